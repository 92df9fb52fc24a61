"""Find the whole sentences that one version of a quote has and the other has not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from tidende.render.layout import clean

_BOUNDARY = re.compile(r"(?<=[^\W\d_]{2}[.!?…])[\"'»”’“«]*\s+(?=[\"'«»“„”–-]*\s*\w)")
_LONGER = 1.2  # below this the longer version may just be wordier
_MERGED = 1.7  # a partner so much longer may hold two sentences in one
_ALIKE = 0.25  # likeness at which a sentence may have its counterpart after all
_MOST = 40


def sentences(text: str) -> list[str]:
    """Cut a quote into sentences, at a full stop after a word and before a capital letter."""
    text = clean(text)
    cuts = [m.end() for m in _BOUNDARY.finditer(text) if _opens(text[m.end() :])]
    edges = [0, *cuts, len(text)]
    return [piece for a, b in itertools.pairwise(edges) if (piece := text[a:b].strip())]


def surplus(version: str, others: Sequence[str]) -> list[str]:
    """Give the sentences of a version that none of the others has, in order.

    Sentences are aligned in order by the letter groups they share, which holds between the
    Germanic languages and for names and numbers in any. Where one side may have joined two
    sentences into one, nothing is claimed.
    """
    own = sentences(version)
    missing = set(range(len(own)))
    for other in others:
        missing &= _unmatched(own, sentences(other))
    return [own[index] for index in sorted(missing)] if others else []


def _unmatched(own: Sequence[str], other: Sequence[str]) -> set[int]:
    size, shorter = sum(map(len, own)), sum(map(len, other))
    if not other or len(own) <= len(other) or len(own) > _MOST or size < _LONGER * shorter:
        return set()
    likeness = [[_likeness(a, b) for b in other] for a in own]
    pairs = _align(likeness)
    if any(len(other[j]) > _MERGED * len(own[i]) for i, j in pairs):
        return set()
    matched = {i for i, _ in pairs}
    return {i for i in range(len(own)) if i not in matched and max(likeness[i]) < _ALIKE}


def _align(likeness: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Give the pairs of the best alignment in order, each column used once."""
    rows, columns = len(likeness), len(likeness[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = 0.01 + likeness[i][j] + best[i + 1][j + 1]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(first: str, second: str) -> float:
    one, two = _grams(first), _grams(second)
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _grams(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {f" {word} "[i : i + 3] for word in words for i in range(len(word))}


def _opens(rest: str) -> bool:
    letter = next((character for character in rest if character.isalnum()), "")
    return letter.isupper() or letter.isdigit()
