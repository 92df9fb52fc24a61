"""Put the short lines of a wire or a mail together into the paragraphs that they were cut from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tidende.ingest.line import Line

_WIDEST = 100  # characters: longer lines are paragraphs
_NARROWEST = 30
_FEWEST = 3  # breaks that tell that a text is wrapped
_ORDINARY = 0.95
_MOST = 0.9  # of the breaks inside paragraphs


def unwrapped(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Join the lines that were broken only because they were full; other texts come back as they are.

    A line was full where the first word of the next one would not have fitted in a long line of the text.
    """
    widest = max((line.end - line.start for line in lines), default=0)
    if not _NARROWEST <= widest <= _WIDEST:
        return tuple(lines)
    lengths = sorted(line.end - line.start for line in lines)
    widest = lengths[int(_ORDINARY * (len(lengths) - 1))]  # a word that may not be parted makes a line longer
    full = [not line.after_blank and _is_full(text, before, line, widest) for before, line in pairwise(lines)]
    touching = sum(not line.after_blank for line in lines[1:])
    if sum(full) < _FEWEST or sum(full) < _MOST * touching:
        return tuple(lines)
    found = [lines[0]]
    for line, joins in zip(lines[1:], full, strict=True):
        if joins:
            found[-1] = replace(found[-1], end=line.end)
        else:
            found.append(line)
    return tuple(found)


def _is_full(text: str, before: Line, line: Line, widest: int) -> bool:
    word = text[line.start : line.end].split(maxsplit=1)[0]
    cut = text[before.end - 1] in "-‐\u00ad" and word[0].islower()
    return cut or before.end - before.start + 1 + len(word) > widest
