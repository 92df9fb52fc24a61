"""Feeds: RSS, Atom and JSON Feed, an article for each item."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from tidende.errors import EmptyInput, InputError, MalformedInput
from tidende.ingest.draft import Draft
from tidende.ingest.items import iso_time, item_draft
from tidende.ingest.markup import Paragraph, paragraphs_of_fragment
from tidende.ingest.xml import refuse_entities

_ASKED_ITSELF = frozenset({"en", "no", "nb", "nn", "und", "mul"})


def read_feed(name: str, data: bytes, *, fetched: str | None = None) -> Iterator[Draft | InputError]:
    """Give the article or the error of each item of an RSS or Atom feed, in its order.

    A broken feed gives what can be read of it. Raise `MalformedInput` where it is no feed at all, or
    declares entities, `EmptyInput` where it has no item.
    """
    import feedparser

    refuse_entities(name, data)
    found = feedparser.parse(io.BytesIO(data), response_headers={"content-type": "application/xml"})
    if not found.entries and (found.bozo or not found.version):
        raise MalformedInput(name, "no feed in it" if not found.version else "a broken feed without an item")
    if not found.entries:
        raise EmptyInput(name, "no article in it")
    outlet = _words(found.feed, "title")
    language = _language(found.feed.get("language"))
    for number, entry in enumerate(found.entries, start=1):
        contents = [part.get("value") or "" for part in entry.get("content") or []]
        html = max([*contents, _words(entry, "summary") or ""], key=len)
        url = _words(entry, "link")
        yield from _item(
            name,
            number,
            _words(entry, "id") or url,
            paragraphs_of_fragment(html),
            title=_plain(_words(entry, "title")),
            published=_time(entry, "published") or _time(entry, "updated"),
            fetched=fetched,
            outlet=_plain(outlet),
            url=url,
            language=_language(entry.get("language")) or language,
        )


def looks_like_json_feed(value: Any) -> bool:
    """Tell whether a JSON value is a JSON Feed."""
    return isinstance(value, dict) and "jsonfeed.org/version" in str(value.get("version"))


def read_json_feed(
    name: str, feed: Mapping[str, Any], *, fetched: str | None = None
) -> Iterator[Draft | InputError]:
    """Give the article or the error of each item of a JSON Feed, in its order."""
    items = feed.get("items")
    if not isinstance(items, list):
        raise MalformedInput(name, "items: not a list")
    if not items:
        raise EmptyInput(name, "no article in it")
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield MalformedInput(f"{name}#{number}", "not a JSON object")
            continue
        html, text = _words(item, "content_html"), _words(item, "content_text") or _words(item, "summary")
        paragraphs = paragraphs_of_fragment(html) if html else []
        if not paragraphs and text:
            paragraphs = [Paragraph(words) for line in text.splitlines() if (words := " ".join(line.split()))]
        identity = item.get("id")
        yield from _item(
            name,
            number,
            str(identity) if isinstance(identity, str | int) and str(identity) else _words(item, "url"),
            paragraphs,
            title=_words(item, "title"),
            published=_words(item, "date_published") or _words(item, "date_modified"),
            fetched=fetched,
            outlet=_words(feed, "title"),
            url=_words(item, "url") or _words(item, "external_url"),
            language=_language(item.get("language")) or _language(feed.get("language")),
        )


def _item(
    name: str, number: int, identity: str | None, paragraphs: list[Paragraph], **fields: str | None
) -> Iterator[Draft | InputError]:
    try:
        yield item_draft(f"{name}#{number}", identity or f"{name}#{number}", paragraphs, **fields)
    except InputError as error:
        yield error


def _words(fields: Mapping[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _plain(html: str | None) -> str | None:
    """Take the marks of HTML out of a title."""
    return " ".join(paragraph.words for paragraph in paragraphs_of_fragment(html)) if html else None


def _time(entry: Mapping[str, Any], key: str) -> str | None:
    """Give a time in the zone that the feed prints, which tells the day, where that is known; else in UTC."""
    printed = iso_time(_words(entry, key))
    if printed is not None:
        return printed
    parsed = entry.get(f"{key}_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else None


def _language(value: Any) -> str | None:
    """Give the language that a feed declares for all its items, None where that tells little.

    English is what software writes where nobody set it, and Norwegian feeds hold both Bokmål and Nynorsk:
    there each article is asked itself.
    """
    base = re.split(r"[-_]", str(value or "").strip().lower())[0]
    return base if re.fullmatch(r"[a-z]{2,3}", base) and base not in _ASKED_ITSELF else None
