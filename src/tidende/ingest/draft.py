"""An article on its way in: what the input says, checked, before its layout and id are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from tidende.errors import EmptyInput, MalformedInput, OversizeInput
from tidende.ingest.credits import find_credits
from tidende.ingest.layout import lay_out
from tidende.ingest.line import Line
from tidende.records import Article

LARGEST_TEXT = 20_000_000  # characters of one article, or bytes of one text file
LARGEST_HTML = 50_000_000  # bytes of one page, most of which is not text

_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_EXTENDED_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """One input's text and what it says about itself; `lines` is None where the text alone tells them.

    `item` tells that the input held more than this one, and that `id` is what it calls the article.
    """

    name: str
    line: int | None
    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    lines: tuple[Line, ...] | None = None
    item: bool = False


def finish(draft: Draft, *, published: str | None) -> Article:
    """Check a draft and make it an article with blocks and credits.

    Raise `EmptyInput`, `OversizeInput` or `MalformedInput`, naming the draft's file and line.
    """
    name, line = draft.name, draft.line
    if not draft.text.strip().strip("\ufeff\u200b\u2060"):
        raise EmptyInput(name, "no text in it", line=line)
    if len(draft.text) > LARGEST_TEXT:
        problem = f"the text has more than {LARGEST_TEXT:,} characters"
        raise OversizeInput(name, problem, line=line)
    for field in ("id", "text", "title", "published", "outlet", "url", "language"):
        value = getattr(draft, field)
        if value is None:
            continue
        if _SURROGATE.search(value):
            raise MalformedInput(name, f"{field}: half a surrogate pair, which is no character", line=line)
        if "\0" in value:
            raise MalformedInput(name, f"{field}: a NUL character", line=line)
    if draft.published is not None and not is_date(draft.published):
        raise MalformedInput(name, f"published: not an ISO date: {shown(draft.published)}", line=line)
    if draft.language is not None and not _LANGUAGE_CODE.fullmatch(draft.language):
        raise MalformedInput(name, f"language: not a language code: {shown(draft.language)}", line=line)
    title, blocks = lay_out(draft.text, draft.title, draft.lines)
    return Article(
        id=draft.id,
        text=draft.text,
        language=draft.language or "und",
        outlet=draft.outlet,
        url=draft.url,
        title=title,
        published=_extended(draft.published or published),
        credits=find_credits(draft.text, blocks),
        blocks=blocks,
    )


def is_date(value: str) -> bool:
    """Tell whether a string is an ISO date or date-time, such as 2019-04-25 or 2019-04-25T10:30:00Z."""
    for kind in (date, datetime):
        try:
            kind.fromisoformat(value)
        except ValueError:
            continue
        return True
    return False


def _extended(value: str | None) -> str | None:
    """Write a date in the form that begins YYYY-MM-DD, whatever other ISO form it came in."""
    if value is None or _EXTENDED_DATE.match(value):
        return value
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return datetime.fromisoformat(value).isoformat()


def shown(value: str) -> str:
    """Quote a value for an error message: printable, and not too long."""
    return ascii(value) if len(value) <= 40 else ascii(value[:37]) + "..."
