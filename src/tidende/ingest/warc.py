"""Web archives: the pages in a WARC file, such as those of CC-News."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from tidende.errors import BinaryInput, InputError, MalformedInput, OversizeInput
from tidende.ingest.decode import decode
from tidende.ingest.draft import LARGEST_HTML, Draft
from tidende.ingest.items import iso_time
from tidende.ingest.page import read_page

_PAGES = ("text/html", "application/xhtml+xml")
_LARGEST_RECORD = 20 * LARGEST_HTML  # bytes that a record may say it has


def read_warc(name: str, stream: BinaryIO) -> Iterator[Draft | InputError]:
    """Give the article or the error of each page in a WARC file, compressed or not, one record at a time.

    Requests, pictures, answers that are no pages or that failed (status other than 200) are passed over.
    The time of the capture bounds the time of publication. Raise `MalformedInput` where the file is no
    WARC; where it breaks off, what stands before is kept.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    records = ArchiveIterator(_Bounded(stream), no_record_parse=False, arc2warc=False)
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
            return
        number += 1
        if _is_page(record):
            try:
                yield _page(f"{name}#{number}", record)
            except InputError as error:
                yield error


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
        raise BinaryInput(name, "an empty page")
    html = decode(name, data, declares=True)
    fetched = iso_time(record.rec_headers.get_header("WARC-Date"))
    draft = read_page(name, url or name, html, url=url, fetched=fetched)
    return replace(draft, item=True)


class _Bounded:
    """A stream in which no line is longer than a record may be: a file of one endless line is refused."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Read bytes, never all that is left in one go."""
        return self._stream.read(size if 0 <= size <= _LARGEST_RECORD else 65536)

    def readline(self, size: int = -1) -> bytes:
        """Read a line, or as much of it as is allowed."""
        return self._stream.readline(size if 0 <= size <= 65536 else 65536)

    def tell(self) -> int:
        """Give the place in the stream."""
        return self._stream.tell()

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()
