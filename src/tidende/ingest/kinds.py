"""What kind of input something is: by the name of its file, by what a server calls it, by how it opens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

Kind = Literal["text", "markdown", "html", "jsonl", "json", "xml", "mail", "warc", "parquet", "pdf", "docx"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".json": "json",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".eml": "mail",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".docx": "docx",
}
_SERVED: dict[str, Kind] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/feed+json": "json",
    "application/x-ndjson": "jsonl",
    "text/xml": "xml",
    "application/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
    "message/rfc822": "mail",
    "application/warc": "warc",
    "application/pdf": "pdf",
}
_XML = re.compile(rb"\s*(?:<\?xml\b|<(?:rss|feed|rdf:RDF|newsMessage|newsItem|nitf)\b)", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]?[^\r\n]*\r?\n")
_OF_MAIL = re.compile(rb"^(?:from|received|return-path|delivered-to|message-id|mime-version):", re.I | re.M)
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)


def kind_by_name(path: str) -> Kind | None:
    """Give the kind that a file's name tells, None where it tells none."""
    name = Path(path).name.lower()
    both = "".join(Path(name).suffixes[-2:])
    return SUFFIXES.get(both) or SUFFIXES.get(Path(name).suffix)


def kind_by_type(content_type: str | None, data: bytes) -> Kind | None:
    """Give the kind of what a server sent: as it opens where that tells, else as the server calls it."""
    served = _SERVED.get((content_type or "").partition(";")[0].strip().lower())
    opened = kind_by_content(data)
    if opened in (None, "xml") and looks_like_html(data[:4096].decode("latin-1")):
        opened = "html"
    return opened if opened is not None and (served in (None, "text", "html", "xml")) else served or opened


def kind_by_content(data: bytes) -> Kind | None:
    """Give the kind of bytes that open like no other kind of file; None for what is text or unknown."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04") and b"word/" in data:
        return "docx"
    if head.startswith(b"WARC/1.") or (head.startswith(b"\x1f\x8b") and _is_packed_warc(data)):
        return "warc"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[2:].replace(b"\0", b"")
    if _XML.match(head) and not _HTML.search(head):
        return "xml"
    return "mail" if looks_like_mail(head) else None


def looks_like_html(text: str) -> bool:
    """Tell whether a text opens like a web page."""
    return _LOOKS_LIKE_HTML.match(text) is not None


def looks_like_mail(data: bytes) -> bool:
    """Tell whether bytes open like a mail: header lines, some of which only mails have."""
    head = data[:4096]
    return _HEADER.match(head) is not None and len(_OF_MAIL.findall(head)) >= 2


def _is_packed_warc(data: bytes) -> bool:
    import zlib

    try:
        return zlib.decompressobj(31).decompress(data[:512], 16).startswith(b"WARC/1.")
    except zlib.error:
        return False
