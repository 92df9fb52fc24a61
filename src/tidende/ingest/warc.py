"""Web archives: the pages in a WARC file, such as those of CC-News."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from tidende.errors import EmptyInput, InputError, MalformedInput, OversizeInput
from tidende.ingest.decode import decode
from tidende.ingest.draft import LARGEST_HTML, Draft
from tidende.ingest.items import iso_time
from tidende.ingest.page import read_page

_PAGES = ("text/html", "application/xhtml+xml")
_LONGEST_LINE = 1_000_000  # bytes of a header's line
_BLOCK = 16384  # bytes that are unpacked at a time


def read_warc(name: str, stream: BinaryIO) -> Iterator[Draft | InputError]:
    """Give the article or the error of each page in a WARC file, compressed or not, one record at a time.

    Requests, pictures, answers that are no pages or that failed (status other than 200) are passed over.
    The time of the capture bounds the time of publication. Raise `MalformedInput` where the file is no
    WARC, `EmptyInput` where no page is in it; where it breaks off, what stands before is kept.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader
    from warcio.exceptions import ArchiveLoadFailed

    class Lines(DecompressingBufferedReader):  # type: ignore[misc]
        """Reads a file in which no line is endless: a header of that length is an attack."""

        def readline(self, length: int = 0) -> bytes:
            """Read a line of a header."""
            line: bytes = super().readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
            if len(line) >= _LONGEST_LINE:
                raise MalformedInput(name, f"broken WARC: a line of more than {_LONGEST_LINE:,} bytes")
            return line

    number = pages = 0
    records = ArchiveIterator(stream)
    records.reader = Lines(stream, block_size=_BLOCK)
    while True:
        try:
            record = next(records, None)
        except InputError:
            raise
        except (
            ArchiveLoadFailed,
            EOFError,
            ValueError,
            OSError,
            AttributeError,
            IndexError,
            KeyError,
        ) as error:
            problem = " ".join(str(error).split())[:80] or type(error).__name__
            raise MalformedInput(name, f"broken WARC after record {number}: {problem}") from error
        except Exception as error:
            # zlib.error and what else decompressors raise
            raise MalformedInput(
                name, f"broken WARC after record {number}: {type(error).__name__}"
            ) from error
        if record is None:
            break
        number += 1
        if _is_page(record):
            pages += 1
            try:
                yield _page(f"{name}#{number}", record)
            except InputError as error:
                yield error
    if not number:
        raise MalformedInput(name, "no WARC record in it")
    if not pages:
        raise EmptyInput(name, "no page in it")


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        headers = record.http_headers
        if headers is None or headers.get_statuscode() != "200":
            return False
        return str(headers.get_header("Content-Type") or "").lower().startswith(_PAGES)
    return record.rec_type == "resource" and str(record.content_type or "").lower().startswith(_PAGES)


def _page(name: str, record: Any) -> Draft:
    url = record.rec_headers.get_header("WARC-Target-URI") or None
    if url is not None:
        url = url.strip("<> ")
    content = record.content_stream()
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := content.read(65536):
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST_HTML:
                raise OversizeInput(name, f"more than {LARGEST_HTML:,} bytes when unpacked")
    except InputError:
        raise
    except Exception as error:
        raise MalformedInput(name, f"a record that cannot be unpacked: {type(error).__name__}") from error
    data = b"".join(pieces)
    if not data.strip():
        raise EmptyInput(name, "an empty page")
    html = decode(name, data, declares=True)
    fetched = iso_time(record.rec_headers.get_header("WARC-Date"))
    draft = read_page(name, url or name, html, url=url, fetched=fetched)
    return replace(draft, item=True)
