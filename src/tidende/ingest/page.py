"""A saved web page: what of it is the article, as plain text, with what the page says about itself."""

from __future__ import annotations

import re
from typing import Any

from tidende.errors import EmptyInput
from tidende.ingest.draft import Draft, is_date
from tidende.ingest.layout import Line

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_BREAK = "\n"


def looks_like_html(text: str) -> bool:
    """Tell whether a text opens like a web page."""
    return _LOOKS_LIKE_HTML.match(text) is not None


def read_page(name: str, article_id: str, html: str) -> Draft:
    """Extract the article of a page with trafilatura; its paragraphs become the lines of the text.

    Raise `EmptyInput` where no article is found. The date is taken from what the page declares only.
    """
    from trafilatura import bare_extraction

    try:
        page: Any = bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # whatever a broken page does to the parsers below, it is a page without an article
        page = None
    paragraphs = [] if page is None or page.body is None else _paragraphs(page.body)
    title = _squeezed(page.title) if page is not None and page.title else None
    if paragraphs and title is not None and paragraphs[0][0] == title:
        del paragraphs[0]
    if not paragraphs:
        raise EmptyInput(name, "no article found in the page")
    lines: list[Line] = []
    position = 0
    for words, heading in paragraphs:
        lines.append(Line(position, position + len(words), after_blank=False, heading=heading))
        position += len(words) + len(_BREAK)
    published = str(page.date) if page.date else None
    return Draft(
        name,
        None,
        article_id,
        _BREAK.join(words for words, _ in paragraphs),
        title=title,
        published=published if published and is_date(published) else None,
        outlet=page.sitename or None,
        url=page.url or None,
        lines=tuple(lines),
    )


def _paragraphs(body: Any) -> list[tuple[str, bool]]:
    """Give the paragraphs of trafilatura's tree in order, and whether each is a heading."""
    found: list[tuple[str, bool]] = []
    pieces: list[str] = []

    def close(heading: bool) -> None:
        words = _squeezed("".join(pieces))
        pieces.clear()
        if words:
            found.append((words, heading))

    def walk(element: Any, heading: bool) -> None:
        if not isinstance(element.tag, str):  # a comment or processing instruction
            return
        block = element.tag in {
            "body",
            "p",
            "head",
            "quote",
            "list",
            "item",
            "lb",
            "cell",
            "row",
            "table",
            "div",
            "ab",
        }
        if block:
            close(heading)
        inside = heading or element.tag == "head"
        pieces.append(element.text or "")
        for child in element:
            walk(child, inside)
            pieces.append(child.tail or "")
        if block:
            close(inside)

    walk(body, False)
    return found


def _squeezed(text: str) -> str:
    """Fold white space as browsers do: a page's line ends are no paragraphs."""
    return " ".join(text.split()).replace("\0", "")
