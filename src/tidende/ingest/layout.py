"""An article's layout: which line is title, lead, heading, body or credit. Offsets stay those of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from tidende.ingest.credits import is_credit_line
from tidende.ingest.line import Line
from tidende.ingest.wrapped import unwrapped
from tidende.records import Block, BlockKind

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_CLOSERS = "\"'”“’‘»«›‹)]}*_ \t\xa0"
_FULL_STOPS = ".!?…:;,。！？।؟۔"
_DASHES = "-–—―‒•*"  # a quotation or a list opens so, a title or heading does not
_LONGEST_TITLE = 160
_LONGEST_HEADING = 90


def lines_of(text: str) -> tuple[Line, ...]:
    """Cut a text into its non-empty lines, white space at their ends left out."""
    found: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        words = match.group()
        left = len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if match.start() + left >= end:
            continue
        start = match.start() + left
        breaks = len(_LINE_END.findall(text, last_end, start))
        found.append(Line(start, end, after_blank=breaks > 1))
        last_end = end
    return tuple(found)


def lay_out(
    text: str, title: str | None, lines: Sequence[Line] | None = None
) -> tuple[str | None, list[Block]]:
    """Give the title (the separate one, else the one that opens the text) and the blocks in order.

    `lines` are given where the format itself tells headings apart (HTML, Markdown).
    """
    lines = unwrapped(text, lines_of(text)) if lines is None else lines
    kinds = [_first_guess(text, line) for line in lines]
    open_lines = [at for at, kind in enumerate(kinds) if kind != "credit"]
    blocks: list[Block] = []
    if open_lines and _opens_with_title(text, title, [lines[at] for at in open_lines]):
        first = open_lines.pop(0)
        kinds[first] = "title"
        title = text[lines[first].start : lines[first].end] if title is None else title
    elif title is not None and title.strip():
        left = len(title) - len(title.lstrip())
        blocks.append(Block(part="title", kind="title", start=left, end=len(title.rstrip())))
    for at in _headings(text, [lines[at] for at in open_lines]):
        kinds[open_lines[at]] = "heading"
    lead = next((at for at in open_lines if kinds[at] == "body"), None)
    if lead is not None:
        kinds[lead] = "lead"
    pairs = zip(lines, kinds, strict=True)
    blocks.extend(Block(kind=kind, start=line.start, end=line.end) for line, kind in pairs)
    return title, blocks


def _first_guess(text: str, line: Line) -> BlockKind:
    return "credit" if not line.heading and is_credit_line(text[line.start : line.end]) else "body"


def _opens_with_title(text: str, title: str | None, lines: list[Line]) -> bool:
    """Tell whether the first line is the title: marked so, equal to the separate one, or shaped like one."""
    first = lines[0]
    words = text[first.start : first.end]
    if title is not None:
        return " ".join(words.split()).casefold() == " ".join(title.split()).casefold()
    if first.heading is not None and (first.heading or any(line.heading for line in lines)):
        return first.heading
    if len(lines) < 2 or len(words) > _LONGEST_TITLE or words[0] in _DASHES:
        return False
    following = [line.end - line.start for line in lines[1:]]
    if _ends_sentence(text, first):
        # A question or a cry can be a headline: then it stands alone, and what follows is longer.
        asks = (
            words.rstrip(_CLOSERS)[-1:] in "?!？！؟"
            and lines[1].after_blank
            and len(re.findall(r"[.!?](?=\s)", words)) == 0
        )
        return asks and len(words) <= _LONGEST_HEADING and following[0] >= 1.5 * len(words)
    if lines[1].after_blank or following[0] >= 1.2 * len(words) or len(words) < median(following):
        return True
    return 2 * sum(_ends_sentence(text, line) for line in lines[1:]) >= len(lines) - 1


def _headings(text: str, lines: list[Line]) -> list[int]:
    """Find the headings among the lines after the title: marked ones, or short ones between paragraphs."""
    if any(line.heading for line in lines):
        return [at for at, line in enumerate(lines) if line.heading]
    return [at for at in range(len(lines)) if _heads(text, lines, at)]


def _heads(text: str, lines: list[Line], at: int) -> bool:
    """Tell whether a line reads like a heading: short, no final mark, and a real paragraph on either side."""
    line = lines[at]
    words = text[line.start : line.end]
    if len(words) > _LONGEST_HEADING or at + 1 == len(lines) or words[0] in _DASHES:
        return False
    if _ends_sentence(text, line) or not any(character.isalpha() for character in words):
        return False
    if words[-1] in '"”“’»«›‹' and words[0] in '"“„”‘»«›‹':  # a quotation that lost its full stop
        return False
    return all(_is_paragraph(text, lines[near], len(words)) for near in (at - 1, at + 1) if near >= 0)


def _is_paragraph(text: str, line: Line, longer_than: int) -> bool:
    return _ends_sentence(text, line) and line.end - line.start > 1.2 * longer_than


def _ends_sentence(text: str, line: Line) -> bool:
    return text[line.start : line.end].rstrip(_CLOSERS)[-1:] in _FULL_STOPS
