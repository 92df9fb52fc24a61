"""Live reports: a page whose article is a run of dated entries, which extractors take for a list of links."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from tidende.ingest.markup import Paragraph, local_name, paragraphs_of

_FEWEST_ENTRIES = 3
_ENTRY_TAGS = frozenset({"article", "li", "div", "section"})
_NOT_THE_ARTICLE = frozenset({"nav", "aside", "footer", "form"})
_MOST_LINKED = 0.5  # of an entry's words; a list of other articles is all links
_FEWEST_WORDS = 8  # of an entry on the average
_COMMENTS = re.compile(r"comment|disqus|repl(?:y|ies)", re.IGNORECASE)  # in names of classes and ids
_CLOCK = re.compile(r"[\d\s.:,h–-]*")


def live_paragraphs(tree: Any) -> list[Paragraph]:
    """Give the heading, the introduction and the entries of a live report in their order on the page.

    An entry is one of three or more elements of one kind beside each other that hold a `<time>` each and
    more than links. The list is empty where the page is no live report.
    """
    entries = _entries(tree)
    if not entries:
        return []
    found: list[Paragraph] = []
    headline = tree.find(".//h1")
    if headline is not None:
        found += [Paragraph(paragraph.words, heading=True) for paragraph in paragraphs_of(headline)]
        found += _between(tree, headline, entries[0])
    for entry in entries:
        found += [paragraph for paragraph in paragraphs_of(entry) if not _CLOCK.fullmatch(paragraph.words)]
    return found


def _entries(tree: Any) -> list[Any]:
    """Give the longest run of entries on the page."""
    beside: dict[tuple[Any, str, str], list[Any]] = defaultdict(list)
    for time in tree.iter("time"):
        entry = time.getparent()
        while entry is not None and local_name(entry) not in _ENTRY_TAGS:
            entry = entry.getparent()
        # An entry may wrap its time in boxes of its own: go up to where siblings of one kind begin.
        while entry is not None and entry.getparent() is not None:
            if _is_repeated(entry):
                key = (entry.getparent(), local_name(entry), entry.get("class", ""))
                if entry not in beside[key]:
                    beside[key].append(entry)
                break
            entry = entry.getparent()
    runs = [run for run in beside.values() if len(run) >= _FEWEST_ENTRIES and all(map(_is_told, run[:20]))]
    longest = max(runs, key=_words, default=[])
    return longest if _words(longest) >= _FEWEST_WORDS * len(longest) else []


def _is_repeated(element: Any) -> bool:
    kind = (element.tag, element.get("class", ""))
    twins = sum((child.tag, child.get("class", "")) == kind for child in element.getparent())
    return twins >= _FEWEST_ENTRIES


def _is_told(entry: Any) -> bool:
    """Tell whether an entry holds words of its own, not only links, and is no part of the page's frame."""
    words = len("".join(entry.itertext()).split())
    linked = sum(len("".join(link.itertext()).split()) for link in entry.iter("a"))
    around = [entry, *entry.iterancestors()]
    frame = any(local_name(box) in _NOT_THE_ARTICLE or _COMMENTS.search(_names(box)) for box in around)
    return words > 0 and linked <= _MOST_LINKED * words and not frame


def _names(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemtype', '')}"


def _words(run: list[Any]) -> int:
    return sum(len("".join(entry.itertext()).split()) for entry in run)


def _between(tree: Any, headline: Any, entry: Any) -> list[Paragraph]:
    """Give the paragraphs that stand between the headline and the first entry."""
    found: list[Paragraph] = []
    begun = False
    for element in tree.iter():
        if element is headline:
            begun = True
        elif element is entry:
            break
        elif begun and local_name(element) in ("p", "blockquote"):
            above = [local_name(box) for box in element.iterancestors()]
            if not _NOT_THE_ARTICLE.union(("blockquote", "h1")).intersection(above):
                found += paragraphs_of(element)
    return found
