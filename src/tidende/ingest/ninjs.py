"""News in JSON, the IPTC's ninjs, versions 1 to 3."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tidende.errors import InputError, UnsupportedInput
from tidende.ingest.draft import Draft
from tidende.ingest.items import item_draft
from tidende.ingest.markup import Paragraph, paragraphs_of_fragment

_MARKS = frozenset(
    {"headline", "headlines", "bodies", "versioncreated", "versionCreated", "slugline", "pubstatus"}
)
_TEXTS = ("text", "composite", None)  # compared one by one: what stands there may be anything
_WITHDRAWN = ("canceled", "withheld")


def looks_like_ninjs(value: Any) -> bool:
    """Tell whether a JSON value is a ninjs item."""
    if not isinstance(value, dict) or not isinstance(value.get("uri"), str):
        return False
    return bool(_MARKS & value.keys()) or any(key.startswith("body_") for key in value)


def read_ninjs(
    name: str, item: Mapping[str, Any], *, fetched: str | None = None
) -> Iterator[Draft | InputError]:
    """Give the article of a ninjs item of any version.

    Raise `UnsupportedInput` for an item that is no text (a picture, an event) or is withdrawn by its
    source, `EmptyInput` for one without words.
    """
    kind = item.get("type")
    if kind not in _TEXTS:
        raise UnsupportedInput(name, f"a ninjs item of type {str(kind)[:40]!r}, not a text")
    status = item.get("pubstatus") or item.get("pubStatus")
    if status in _WITHDRAWN:
        raise UnsupportedInput(name, f"withdrawn by its source ({status})")
    uri = str(item["uri"])
    yield item_draft(
        name,
        uri,
        _body(item),
        title=_headline(item),
        published=_first(item, "contentcreated", "contentCreated", "firstcreated", "firstCreated")
        or _first(item, "versioncreated", "versionCreated"),
        fetched=fetched,
        outlet=_source(item),
        url=uri if uri.startswith(("http://", "https://")) else None,
        language=_first(item, "language"),
    )


def _body(item: Mapping[str, Any]) -> list[Paragraph]:
    """Give the paragraphs of the longest body: XHTML or HTML before plain text."""
    marked = [value for key, value in item.items() if key in ("body_xhtml", "body_html") or "html" in key]
    plain = [value for key, value in item.items() if key.startswith("body_") and value not in marked]
    for body in _dicts(item.get("bodies")):
        kind = str(body.get("contentType") or "")
        value = body.get("value")
        is_marked = "html" in kind or "xml" in kind or (not kind and "</" in str(value))
        (marked if is_marked else plain).append(value)
    for values, read in ((marked, paragraphs_of_fragment), (plain, _lines)):
        longest = max((value for value in values if isinstance(value, str)), key=len, default="")
        paragraphs = read(longest) if longest.strip() else []
        if paragraphs:
            return paragraphs
    return []


def _lines(text: str) -> list[Paragraph]:
    return [Paragraph(words) for line in text.splitlines() if (words := " ".join(line.split()))]


def _headline(item: Mapping[str, Any]) -> str | None:
    values = [item.get("headline"), *(headline.get("value") for headline in _dicts(item.get("headlines")))]
    values += [value for key, value in item.items() if key.startswith("headline_")]
    found = next((value for value in values if isinstance(value, str) and value.strip()), None)
    return None if found is None else " ".join(part.words for part in paragraphs_of_fragment(found))


def _source(item: Mapping[str, Any]) -> str | None:
    parties = [*_dicts(item.get("infosource")), *_dicts(item.get("infoSources"))]
    named = next((party["name"] for party in parties if isinstance(party.get("name"), str)), None)
    return named or _first(item, "copyrightholder", "copyrightHolder")


def _first(item: Mapping[str, Any], *keys: str) -> str | None:
    return next((value for key in keys if isinstance(value := item.get(key), str) and value.strip()), None)


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []
