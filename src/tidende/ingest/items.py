"""Formats that hold many articles: each item becomes a draft, or an error that names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tidende.errors import EmptyInput
from tidende.ingest.draft import Draft
from tidende.ingest.markup import Paragraph, as_text, fold
from tidende.ingest.outlets import outlet_of

_EASTERNMOST = timedelta(hours=14)


def item_draft(
    name: str,
    article_id: str,
    paragraphs: Sequence[Paragraph],
    *,
    title: str | None = None,
    published: str | None = None,
    fetched: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    language: str | None = None,
) -> Draft:
    """Make a draft of an item: its paragraphs become the text, a title alone is a text too.

    `published` is given as the item prints it; one that is no date, or after `fetched`, is not kept.
    Without an `outlet` the one that the address belongs to is named. Raise `EmptyInput` where there is
    neither text nor title.
    """
    title = fold(title or "") or None
    body = list(paragraphs)
    if body and title is not None and body[0].words == title:
        del body[0]
    if not body:
        if title is None:
            raise EmptyInput(name, "no text in it")
        body, title = [Paragraph(title)], None
    text, lines = as_text(body)
    return Draft(
        name,
        None,
        article_id,
        text,
        title=title,
        published=not_after(iso_time(published), fetched),
        outlet=fold(outlet or "") or outlet_of(url),
        url=(url or "").strip() or None,
        language=language,
        lines=lines,
        item=True,
    )


def iso_time(value: str | None) -> str | None:
    """Give a time as ISO 8601 in its own zone, from ISO or the form of mail and RSS; None for others."""
    from email.utils import parsedate_to_datetime

    words = (value or "").strip()
    if not words:
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(words)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found.date().isoformat() if "T" not in words and ":" not in words else found.isoformat()
    return None


def not_after(published: str | None, fetched: str | None) -> str | None:
    """Give the time of publication, None where it lies after the time at which the article was fetched.

    A time without a zone may have been told where the day had begun earlier.
    """
    if published is None or fetched is None:
        return published
    latest = _moment(fetched, end=True) + (timedelta() if _zoned(published) else _EASTERNMOST)
    return published if _moment(published) <= latest else None


def _zoned(value: str) -> bool:
    return "T" in value and datetime.fromisoformat(value).tzinfo is not None


def _moment(value: str, *, end: bool = False) -> datetime:
    if "T" not in value and " " not in value:
        moment = datetime.combine(date.fromisoformat(value[:10]), datetime.min.time(), UTC)
        return moment + timedelta(days=1) if end else moment
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
