"""A saved web page: what of it is the article, as plain text, with what the page says about itself."""

from __future__ import annotations

import re
from typing import Any

from tidende.errors import EmptyInput
from tidende.ingest.draft import Draft, is_date
from tidende.ingest.line import Line

_LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_BREAK = "\n"
_LINE_BREAK = "\v"  # as good as a space once, the end of a paragraph twice
_PARAGRAPH_BREAK = re.compile(r"\v\s*\v")
_BLOCKS = frozenset({"body", "p", "head", "quote", "list", "item", "ab", "div", "table", "row", "cell"})


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
    from lxml.etree import iterwalk  # type: ignore[import-untyped]

    found: list[tuple[str, bool]] = []
    pieces: list[str] = []
    headings_open = 0
    for event, element in iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("start", "end") and element.tag in _BLOCKS:
            for part in _PARAGRAPH_BREAK.split("".join(pieces)):
                words = _squeezed(part)
                if words:
                    found.append((words, headings_open > 0))
            pieces.clear()
        if event == "start":
            headings_open += element.tag == "head"
            pieces.append(_LINE_BREAK if element.tag == "lb" else element.text or "")
        else:
            headings_open -= event == "end" and element.tag == "head"
            pieces.append(element.tail or "")
    return found


def _squeezed(text: str) -> str:
    """Fold white space as browsers do: a page's line ends are no paragraphs."""
    return " ".join(text.split()).replace("\0", "")
