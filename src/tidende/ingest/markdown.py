"""Markdown as given: offsets stay those of the file, marks are left out of the blocks."""

from __future__ import annotations

import re

from tidende.ingest.layout import lines_of
from tidende.ingest.line import Line

_KEYS = ("title", "published", "url", "outlet", "language")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<inside>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_ENTRY = re.compile(r"(?P<key>[A-Za-z_]+)[ \t]*:[ \t]*(?P<value>.*)")
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>.*?)(?:[ \t]+#+)?")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"(?:=+|-{2,}|(?:[*_-][ \t]*){3,})")
_UNDERLINE = re.compile(r"=+|-{2,}")


def read_front_matter(text: str) -> tuple[dict[str, str], int]:
    """Give the known `key: value` entries of a YAML front matter, and where the text after it begins."""
    block = _FRONT_MATTER.match(text)
    if block is None:
        return {}, 0
    found: dict[str, str] = {}
    for line in block["inside"].splitlines():
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry is None:
            continue
        value = entry["value"].strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if entry["key"].lower() in _KEYS and value.strip():
            found[entry["key"].lower()] = value
    return found, block.end()


def markdown_lines(text: str, begin: int) -> tuple[Line, ...]:
    """Cut a Markdown text into its lines from `begin` on; `#` headings and underlined ones are marked so."""
    found: list[Line] = []
    for line in lines_of(text):
        if line.start < begin:
            continue
        words = text[line.start : line.end]
        if _RULE.fullmatch(words):
            if found and not line.after_blank and _UNDERLINE.fullmatch(words):
                found[-1] = Line(found[-1].start, found[-1].end, found[-1].after_blank, heading=True)
            continue
        heading = _HEADING.fullmatch(words)
        quoted = _QUOTED.match(words)
        if heading is not None:
            start, end = line.start + heading.start("words"), line.start + heading.end("words")
        else:
            start, end = line.start + (quoted.end() if quoted else 0), line.end
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append(Line(start, end, line.after_blank, heading=heading is not None))
    return tuple(found)
