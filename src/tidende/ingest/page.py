"""A web page: what of it is the article, as plain text, with what the page says about itself."""

from __future__ import annotations

import re
from typing import Any

from tidende.errors import EmptyInput
from tidende.ingest.draft import Draft, is_date
from tidende.ingest.items import not_after
from tidende.ingest.live import live_paragraphs
from tidende.ingest.markup import Paragraph, as_text, fold
from tidende.ingest.outlets import outlet_of

_LINE_BREAK = "\v"  # as good as a space once, the end of a paragraph twice
_PARAGRAPH_BREAK = re.compile(r"\v\s*\v")
_BLOCKS = frozenset({"body", "p", "head", "quote", "list", "item", "ab", "div", "table", "row", "cell"})


def read_page(
    name: str, article_id: str, html: str, *, url: str | None = None, fetched: str | None = None
) -> Draft:
    """Extract the article of a page with trafilatura; its paragraphs become the lines of the text.

    Raise `EmptyInput` where no article is found. The date is taken from what the page declares only, and
    only if it is not after `fetched` (ISO). `url` is the address the page was had from, where known.
    """
    try:
        page, live = _extracted(html, url, fetched)
    except Exception:  # whatever a broken page does to the parsers below, it is a page without an article
        page, live = None, []
    paragraphs = [] if page is None or page.body is None else _paragraphs(page.body)
    if not _told_in(live, paragraphs):
        live = []
    paragraphs = live or paragraphs
    title = fold(page.title) if page is not None and page.title else None
    if live and live[0].heading:
        title = live[0].words
    if paragraphs and title is not None and paragraphs[0].words == title:
        del paragraphs[0]
    if not paragraphs:
        raise EmptyInput(name, "no article found in the page")
    text, lines = as_text(paragraphs)
    published = str(page.date) if page is not None and page.date else None
    address = url or (page.url if page is not None else None) or None
    return Draft(
        name,
        None,
        article_id,
        text,
        title=title,
        published=not_after(published if published and is_date(published) else None, fetched),
        outlet=(page.sitename if page is not None else None) or outlet_of(address),
        url=address,
        lines=lines,
    )


def _extracted(html: str, url: str | None, fetched: str | None) -> tuple[Any, list[Paragraph]]:
    """Give what trafilatura makes of a page, and the paragraphs of a live report, if it is one."""
    from trafilatura import bare_extraction, load_html

    dates: dict[str, Any] = {"extensive_search": False, "original_date": True}
    if fetched is not None:
        dates["max_date"] = fetched[:10]
    tree = load_html(html)
    if tree is None:
        return None, []
    live = live_paragraphs(tree)
    _mend(tree)
    page = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dates,
    )
    return page, live


def _told_in(live: list[Paragraph], paragraphs: list[Paragraph]) -> bool:
    """Tell whether most of what was extracted stands in the entries of a live report.

    Where it does not, the article stands elsewhere, and the dated entries are its comments or other articles.
    """
    inside = {paragraph.words for paragraph in live}
    told = sum(len(paragraph.words) for paragraph in paragraphs if paragraph.words in inside)
    return 2 * told >= sum(len(paragraph.words) for paragraph in paragraphs)


def _mend(tree: Any) -> None:
    """Set in the tree what trafilatura would lose: quotations in figures, and the marks of inline ones."""
    for figure in list(tree.iter("figure")):
        if figure.find(".//blockquote") is not None:
            figure.tag = "div"
    for quoted in list(tree.iter("q")):  # browsers print the marks of an inline quotation
        quoted.text = "“" + (quoted.text or "")
        if len(quoted):
            quoted[-1].tail = (quoted[-1].tail or "") + "”"
        else:
            quoted.text += "”"
        quoted.drop_tag()


def _paragraphs(body: Any) -> list[Paragraph]:
    """Give the paragraphs of trafilatura's tree in order, and whether each is a heading."""
    from lxml.etree import iterwalk  # type: ignore[import-untyped]

    found: list[Paragraph] = []
    pieces: list[str] = []
    headings_open = 0
    for event, element in iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("start", "end") and element.tag in _BLOCKS:
            for part in _PARAGRAPH_BREAK.split("".join(pieces)):
                words = fold(part)
                if words:
                    found.append(Paragraph(words, headings_open > 0))
            pieces.clear()
        if event == "start":
            headings_open += element.tag == "head"
            pieces.append(_LINE_BREAK if element.tag == "lb" else element.text or "")
        else:
            headings_open -= event == "end" and element.tag == "head"
            pieces.append(element.tail or "")
    return found
