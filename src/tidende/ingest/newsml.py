"""NewsML-G2, the IPTC's XML for news agencies, with NITF or XHTML inside, and NITF alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tidende.errors import EmptyInput, InputError, UnsupportedInput
from tidende.ingest.draft import Draft
from tidende.ingest.items import item_draft
from tidende.ingest.markup import Paragraph, local_name, paragraphs_of

_ROOTS = frozenset({"newsmessage", "newsitem", "nitf"})
_WITHDRAWN = ("canceled", "withheld")
_NITF_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})?")


def looks_like_newsml(root: Any) -> bool:
    """Tell whether the root of an XML document is one of NewsML-G2 or NITF."""
    return local_name(root) in _ROOTS


def read_newsml(name: str, root: Any, *, fetched: str | None = None) -> Iterator[Draft | InputError]:
    """Give the article or the error of each news item in a document.

    Pictures, items withdrawn by their source and the like are errors that say so. Raise `EmptyInput`
    where the document holds no news item.
    """
    if local_name(root) == "nitf":
        items = [root]
    else:
        items = [element for element in root.iter() if local_name(element) == "newsitem"]
    if not items:
        raise EmptyInput(name, "no news item in it")
    for number, item in enumerate(items, start=1):
        where = name if len(items) == 1 else f"{name}#{number}"
        try:
            yield (
                _nitf(where, item, fetched)
                if item is root and len(items) == 1 and local_name(root) == "nitf"
                else _item(where, item, fetched)
            )
        except InputError as error:
            yield error


def _item(name: str, item: Any, fetched: str | None) -> Draft:
    status = _code(_find(item, "pubstatus"))
    if status in _WITHDRAWN:
        raise UnsupportedInput(name, f"withdrawn by its source ({status})")
    kind = _code(_find(item, "itemclass"))
    if kind and kind not in ("text", "composite"):
        raise UnsupportedInput(name, f"a news item of class {kind[:40]!r}, not a text")
    meta = _find(item, "contentmeta")
    headline = None if meta is None else _find(meta, "headline")
    title = _words(headline) or _words(_find(item, "hl1")) or _words(_find(item, "title"))
    times = [_words(_find(item, tag)) for tag in ("contentcreated", "firstcreated", "versioncreated")]
    language = None if meta is None else _find(meta, "language")
    return item_draft(
        name,
        item.get("guid") or name,
        _paragraphs(item),
        title=title,
        published=next(filter(None, times), None),
        fetched=fetched,
        outlet=_provider(item),
        language=None if language is None else language.get("tag"),
    )


def _nitf(name: str, root: Any, fetched: str | None) -> Draft:
    issued = _find(root, "date.issue")
    time = _NITF_TIME.fullmatch("" if issued is None else issued.get("norm", ""))
    identity = _find(root, "doc-id")
    return item_draft(
        name,
        (None if identity is None else identity.get("id-string")) or name,
        _content(root),
        title=_words(_find(root, "hl1")) or _words(_find(root, "title")),
        published=None if time is None else "{}-{}-{}T{}:{}:{}".format(*time.groups()[:6]) + (time[7] or ""),
        fetched=fetched,
        outlet=_words(_find(root, "distributor")),
    )


def _paragraphs(item: Any) -> list[Paragraph]:
    inline = _find(item, "inlinexml")
    if inline is not None and len(inline):
        return _content(inline)
    data = _find(item, "inlinedata")
    text = "" if data is None else "".join(data.itertext())
    return [Paragraph(words) for line in text.splitlines() if (words := " ".join(line.split()))]


def _content(root: Any) -> list[Paragraph]:
    """Give the paragraphs of the body: of NITF its content, of XHTML all."""
    for tag in ("body.content", "body"):
        body = _find(root, tag)
        if body is not None:
            return paragraphs_of(body)
    return paragraphs_of(root)


def _provider(item: Any) -> str | None:
    provider = _find(item, "provider")
    if provider is None:
        return None
    names = [_words(element) for element in provider.iter() if local_name(element) == "name"]
    return next(filter(None, names), None) or provider.get("literal") or _code(provider)


def _find(root: Any, tag: str) -> Any:
    """Give the first element of a name (in small letters) below another, in whatever namespace."""
    return next(
        (element for element in root.iter() if local_name(element) == tag and element is not root), None
    )


def _words(element: Any) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None


def _code(element: Any) -> str | None:
    """Give the code of a qcode or a uri, without its scheme."""
    if element is None:
        return None
    value = element.get("qcode") or element.get("uri") or ""
    return re.split(r"[:/]", value)[-1] or None
