"""PDF and Word files: their text, as far as they hold any."""

from __future__ import annotations

import io
import re
from typing import Any

from tidende.errors import (
    BinaryInput,
    EmptyInput,
    MalformedInput,
    MissingExtra,
    OversizeInput,
    UnsupportedInput,
)
from tidende.ingest.draft import LARGEST_TEXT, Draft
from tidende.ingest.markup import Paragraph, as_text, fold

_MOST_PAGES = 2000
_LARGEST_UNPACKED = 200_000_000  # bytes of all that a Word file packs
_MOST_PACKED = 300  # times a part may be packed; text is packed ten to twenty times


def read_pdf(name: str, article_id: str, data: bytes) -> Draft:
    """Give the text of a PDF, a paragraph where its lines break.

    Raise `UnsupportedInput` where the package is missing or the file is locked, `EmptyInput` for a scan
    without text, `MalformedInput` for a broken file.
    """
    try:
        import pypdf
    except ImportError as error:
        raise UnsupportedInput(name, str(MissingExtra("a PDF", "formats"))) from error
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells standard error of every flaw
    pages: list[str] = []
    size = 0
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnsupportedInput(name, "a PDF that is locked with a password")
        if len(reader.pages) > _MOST_PAGES:
            raise OversizeInput(name, f"a PDF of more than {_MOST_PAGES:,} pages")
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            size += len(pages[-1])
            if size > LARGEST_TEXT:
                raise OversizeInput(name, f"the text has more than {LARGEST_TEXT:,} characters")
    except (UnsupportedInput, OversizeInput):
        raise
    except Exception as error:  # pypdf raises many things over broken files
        raise MalformedInput(name, f"a broken PDF: {type(error).__name__}") from error
    text = "\n\n".join(pages).replace("\0", "")
    if not text.strip():
        raise EmptyInput(name, "a PDF without text (a scan?)")
    return Draft(name, None, article_id, text)


def read_docx(name: str, article_id: str, data: bytes) -> Draft:
    """Give the text of a Word file (.docx), a line for each paragraph; headings are known by their style.

    Raise `UnsupportedInput` where the package is missing, `OversizeInput` for a file that unpacks to far
    more than it is, `BinaryInput` or `MalformedInput` for one that is no Word file.
    """
    _check_archive(name, data)
    try:
        import docx
    except ImportError as error:
        raise UnsupportedInput(name, str(MissingExtra("a Word file", "formats"))) from error
    try:
        document: Any = docx.Document(io.BytesIO(data))
        paragraphs = [
            Paragraph(words, _is_heading(paragraph))
            for paragraph in document.paragraphs
            if (words := fold(paragraph.text))
        ]
    except Exception as error:  # a broken part breaks python-docx in many ways
        raise MalformedInput(name, f"a broken Word file: {type(error).__name__}") from error
    if not paragraphs:
        raise EmptyInput(name, "no text in it")
    text, lines = as_text(paragraphs)
    return Draft(name, None, article_id, text, lines=lines)


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.style
    name = "" if style is None else str(style.name or "")  # the file's own name, whatever Word prints
    return re.fullmatch(r"Title|Heading \d", name) is not None


def _check_archive(name: str, data: bytes) -> None:
    """Refuse an archive that is broken or unpacks to far more than it is, before anything is unpacked."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise MalformedInput(name, "a broken ZIP archive") from error
    if not any(part.filename == "word/document.xml" for part in parts):
        raise BinaryInput(name, "a ZIP archive that is no Word file")
    unpacked = sum(part.file_size for part in parts)
    packed = max(
        (part.file_size / max(part.compress_size, 1) for part in parts if part.file_size > 1e6), default=0
    )
    if unpacked > _LARGEST_UNPACKED or packed > _MOST_PACKED:
        raise OversizeInput(name, f"unpacks to {unpacked:,} bytes, which is refused")
