"""Bytes of a known kind to drafts: the one place that knows which reader takes which kind.

A reader is loaded when it is needed: a text asks for none of them.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from tidende.errors import EmptyInput, InputError, MalformedInput, OversizeInput
from tidende.ingest.decode import decode
from tidende.ingest.draft import LARGEST_HTML, LARGEST_TEXT, Draft
from tidende.ingest.jsonl import looks_like_jsonl, read_fields, read_jsonl
from tidende.ingest.kinds import Kind, looks_like_html
from tidende.ingest.markdown import markdown_lines, read_front_matter

STREAMED: frozenset[Kind | None] = frozenset({"jsonl", "parquet", "warc"})  # many articles, read in pieces
_FEEDS = frozenset({"rss", "feed", "rdf"})


def check_size(name: str, size: int, kind: Kind) -> None:
    """Raise `OversizeInput` for more bytes than are read as one input of a kind."""
    largest = LARGEST_TEXT if kind in ("text", "markdown") else LARGEST_HTML
    if size > largest:
        raise OversizeInput(name, f"{size:,} bytes; at most {largest:,} are read as one article")


def read_stream(name: str, stream: BinaryIO, kind: Kind | None) -> Iterator[Draft | InputError]:
    """Give the articles of an input of a `STREAMED` kind, a piece at a time; see `read_bytes`.

    Parquet is read from its end: its stream must be able to seek.
    """
    if kind == "jsonl":
        yield from read_jsonl(name, stream)
    elif kind == "parquet":
        from tidende.ingest.parquet import read_parquet

        yield from read_parquet(name, stream)
    else:
        from tidende.ingest.warc import read_warc

        yield from read_warc(name, stream)


def read_bytes(
    name: str,
    article_id: str,
    data: bytes,
    kind: Kind | None,
    *,
    url: str | None = None,
    fetched: str | None = None,
) -> Iterator[Draft | InputError]:
    """Give the articles in the bytes of one input, and an error for each item that is bad.

    `kind` None is text that may turn out to be JSON lines or a page. `url` and `fetched` (ISO time) tell
    where and when the bytes were had, where they came from the web. Raise the `InputError` of an input
    that is bad as a whole.
    """
    if kind is not None and kind not in STREAMED:
        check_size(name, len(data), kind)
    if kind in STREAMED:
        yield from read_stream(name, io.BytesIO(data), kind)
    elif kind == "json":
        yield from _read_json(name, decode(name, data), fetched)
    elif kind == "xml":
        yield from _read_xml(name, data, fetched)
    elif kind == "mail":
        from tidende.ingest.mail import read_mail

        yield read_mail(name, data)
    elif kind == "pdf":
        from tidende.ingest.documents import read_pdf

        yield read_pdf(name, article_id, data)
    elif kind == "docx":
        from tidende.ingest.documents import read_docx

        yield read_docx(name, article_id, data)
    elif kind == "html":
        from tidende.ingest.page import read_page

        text = _not_empty(name, decode(name, data, declares=True))
        yield read_page(name, article_id, text, url=url, fetched=fetched)
    elif kind == "markdown":
        yield _read_markdown(name, article_id, decode(name, data))
    elif kind == "text":
        yield Draft(name, None, article_id, decode(name, data))
    else:
        text = decode(name, data, declares=True)
        if looks_like_jsonl(text):
            yield from read_jsonl(name, io.BytesIO(text.encode("utf-8", "surrogatepass")))
        elif looks_like_html(text):
            from tidende.ingest.page import read_page

            check_size(name, len(data), "html")
            yield read_page(name, article_id, text, url=url, fetched=fetched)
        else:
            check_size(name, len(data), "text")
            yield Draft(name, None, article_id, text)


def _read_json(name: str, text: str, fetched: str | None) -> Iterator[Draft | InputError]:
    """Read a JSON Feed, ninjs, or articles with the fields of a line of JSON lines: one or a list."""
    from tidende.ingest.feed import looks_like_json_feed, read_json_feed

    try:
        value = json.loads(_not_empty(name, text))
    except RecursionError as error:
        raise MalformedInput(name, "broken JSON: nested too deeply") from error
    except ValueError as error:
        if looks_like_jsonl(text):
            yield from read_jsonl(name, io.BytesIO(text.encode("utf-8", "surrogatepass")))
            return
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise MalformedInput(name, f"broken JSON: {what}", line=line) from error
    if looks_like_json_feed(value):
        yield from read_json_feed(name, value, fetched=fetched)
        return
    items = value if isinstance(value, list) else [value]
    if not items:
        raise EmptyInput(name, "no article in it")
    for number, item in enumerate(items, start=1):
        where = name if not isinstance(value, list) else f"{name}#{number}"
        try:
            yield from _read_object(where, item, fetched)
        except InputError as error:
            yield error


def _read_object(name: str, item: Any, fetched: str | None) -> Iterator[Draft | InputError]:
    from tidende.ingest.ninjs import looks_like_ninjs, read_ninjs

    if looks_like_ninjs(item):
        yield from read_ninjs(name, item, fetched=fetched)
    elif isinstance(item, dict) and "text" not in item:
        raise MalformedInput(name, "JSON that is no article, no JSON Feed and no ninjs")
    else:
        yield read_fields(name, None, item)


def _read_xml(name: str, data: bytes, fetched: str | None) -> Iterator[Draft | InputError]:
    """Read NewsML-G2, NITF, RSS or Atom; a feed that is no well-formed XML is read as far as it goes."""
    from tidende.ingest.feed import read_feed
    from tidende.ingest.markup import local_name
    from tidende.ingest.newsml import looks_like_newsml, read_newsml
    from tidende.ingest.xml import parse_xml

    if not data.strip():
        raise EmptyInput(name, "no text in it")
    try:
        root = parse_xml(name, data)
    except MalformedInput as error:
        if "entities" in error.problem or "depth" in error.problem or not _opens_like_feed(data):
            raise
        yield from read_feed(name, data, fetched=fetched)
        return
    if local_name(root) in _FEEDS:
        yield from read_feed(name, data, fetched=fetched)
    elif looks_like_newsml(root):
        yield from read_newsml(name, root, fetched=fetched)
    elif local_name(root) == "html":
        from tidende.ingest.page import read_page

        yield read_page(name, name, decode(name, data, declares=True), fetched=fetched)
    else:
        raise MalformedInput(name, f"XML of an unknown kind (<{local_name(root)[:40]}>)")


def _opens_like_feed(data: bytes) -> bool:
    head = data[:4096].replace(b"\0", b"").lower()
    return any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel"))


def _read_markdown(name: str, article_id: str, text: str) -> Draft:
    fields, begin = read_front_matter(text)
    lines = markdown_lines(text, begin)
    if not lines:
        raise EmptyInput(name, "no text in it")
    return Draft(
        name,
        None,
        article_id,
        text,
        title=fields.get("title"),
        published=fields.get("published"),
        outlet=fields.get("outlet"),
        url=fields.get("url"),
        language=fields.get("language"),
        lines=lines,
    )


def _not_empty(name: str, text: str) -> str:
    if not text.strip():
        raise EmptyInput(name, "no text in it")
    return text
