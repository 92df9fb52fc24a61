"""Paragraphs out of a tree of HTML, XHTML or NITF: each block is one, white space folds as browsers do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tidende.ingest.line import Line

_HEADING = re.compile(r"h[1-6]|hl[12]")
_BLOCK = re.compile(
    r"address|article|aside|block|blockquote|body|bq|caption|center|dd|details|div|dl|dt|fieldset|figcaption|"
    r"figure|footer|form|header|h[1-6]|hl[12]|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|"
    r"tfoot|th|thead|tr|ul"
)
_LEFT_OUT = re.compile(
    r"audio|button|canvas|datalist|head|iframe|input|link|map|media|meta|noscript|object|script|select|style|"
    r"svg|template|textarea|title|video"
)
_LINE_BREAK = "\v"  # one is as good as a space, two end a paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of one paragraph; `heading` tells whether it is marked as one."""

    words: str
    heading: bool = False


def paragraphs_of(root: Any) -> list[Paragraph]:
    """Give the paragraphs of an lxml tree in order, without scripts, styles and forms.

    Words that the page marks as a quotation inside a line (`<q>`), which browsers print in quotation
    marks, are given in quotation marks.
    """
    found: list[Paragraph] = []
    pieces: list[str] = []
    heading = False

    def close() -> None:
        for part in "".join(pieces).split(_LINE_BREAK * 2):
            words = fold(part)
            if words:
                found.append(Paragraph(words, heading))
        pieces.clear()

    for event, element in _walk(root):
        tag = local_name(element)
        if _BLOCK.fullmatch(tag):
            close()
            heading = event == "start" and _HEADING.fullmatch(tag) is not None
        if event == "start":
            if tag in ("br", "lb"):
                pieces.append(_LINE_BREAK)
            pieces.append("“" if tag == "q" else "")
            pieces.append(element.text or "")
        else:
            pieces.append("”" if tag == "q" else "")
            if element is not root:
                pieces.append(element.tail or "")
    close()
    return found


def paragraphs_of_fragment(html: str) -> list[Paragraph]:
    """Give the paragraphs of a piece of HTML, such as the body of a feed's item; none where it has none."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    if "<" not in html and "&" not in html:
        return [Paragraph(words) for words in map(fold, html.split("\n\n")) if words]
    try:
        tree = lxml_html.fragment_fromstring(html.replace("\0", ""), create_parent="div")
    except (etree.LxmlError, ValueError, AssertionError, RecursionError):
        return []
    return paragraphs_of(tree)


def as_text(paragraphs: Iterable[Paragraph]) -> tuple[str, tuple[Line, ...]]:
    """Set paragraphs as a text with one a line, and give the lines."""
    words: list[str] = []
    lines: list[Line] = []
    position = 0
    for paragraph in paragraphs:
        end = position + len(paragraph.words)
        lines.append(Line(position, end, after_blank=False, heading=paragraph.heading))
        words.append(paragraph.words)
        position = end + 1
    return "\n".join(words), tuple(lines)


def fold(text: str) -> str:
    """Fold white space as browsers do: the ends of lines in a page are no paragraphs."""
    return " ".join(text.split()).replace("\0", "")


def local_name(element: Any) -> str:
    """Give the name of an element without its namespace, "" for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Give each element when it opens and when it closes, in the order of the document, without recursion."""
    stack: list[tuple[str, Any]] = [("start", root)]
    while stack:
        event, element = stack.pop()
        name = local_name(element)
        if event == "end" or name == "" or _LEFT_OUT.fullmatch(name):
            if event == "end" or element is not root:
                yield "end", element
            continue
        yield "start", element
        stack.append(("end", element))
        stack.extend(("start", child) for child in reversed(element))
