"""Split words into the pieces of the model's vocabulary."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from pathlib import Path

_BLANK = "\u2581"  # stands for white space before a word
_UNKNOWN_COST = 10.0


class Pieces:
    """The vocabulary and its splitter: the likeliest run of pieces of a word (Kudo 2018, unigram).

    A dictionary and forty lines do here what a library needs a second to load for. Words are
    remembered, since news repeats its words.
    """

    def __init__(
        self, pieces: Mapping[str, int], scores: array[float], normal: Mapping[int, str], unknown: int
    ) -> None:
        self._pieces = pieces
        self._scores = scores
        self._normal = dict(normal)
        self._unknown = unknown
        self._unknown_score = min(scores) - _UNKNOWN_COST
        self._longest = max(map(len, pieces))
        self._known: dict[tuple[str, bool], tuple[int, ...]] = {}

    @classmethod
    def load(cls, folder: Path, unknown: int) -> Pieces:
        """Read `pieces.txt` (one a line), `pieces.f4` (log probabilities) and `characters.json`."""
        listed = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
        scores = array("f", (folder / "pieces.f4").read_bytes())
        characters = json.loads((folder / "characters.json").read_text(encoding="utf-8"))
        normal = {int(code): text for code, text in characters.items()}
        return cls(dict(zip(listed, range(len(listed)), strict=True)), scores, normal, unknown)

    def split(self, word: str, spaced: bool) -> tuple[int, ...]:
        """Give the pieces of a word; `spaced` tells that white space goes before it.

        A word without any piece is the unknown piece.
        """
        key = (word, spaced)
        if key not in self._known:
            text = (_BLANK if spaced else "") + self._normalised(word).strip(_BLANK)
            self._known[key] = tuple(self._best(text)) or (self._unknown,)
        return self._known[key]

    def _normalised(self, word: str) -> str:
        return _BLANK.join(word.translate(self._normal).split(" ")) if word else ""

    def _best(self, text: str) -> list[int]:
        """Find the likeliest pieces, one character after the other; what is no piece is unknown."""
        size = len(text)
        best = [0.0] + [-1e30] * size
        back = [(0, self._unknown)] * (size + 1)
        pieces, scores = self._pieces, self._scores
        for start in range(size):
            here = best[start]
            alone = False
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = pieces.get(text[start:end])
                if piece is None:
                    continue
                alone = alone or end == start + 1
                if here + scores[piece] > best[end]:
                    best[end], back[end] = here + scores[piece], (start, piece)
            if not alone and here + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = here + self._unknown_score, (start, self._unknown)
        found: list[int] = []
        at = size
        while at:
            at, piece = back[at]
            if not (piece == self._unknown and found and found[-1] == self._unknown):
                found.append(piece)
        return found[::-1]
