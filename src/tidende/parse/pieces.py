"""Split words into the pieces of the model's vocabulary."""

from __future__ import annotations

import json
import mmap
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

HEAD = 4  # numbers before the slots: of pieces, of slots, of characters in the longest piece, of nothing yet
PIECE_BITS = 18  # of a slot: the number of its piece, from 1; the rest are those of the sum above them

_BLANK = "\u2581"  # stands for white space before a word
_UNKNOWN_COST = 10.0
_PIECE = (1 << PIECE_BITS) - 1
_MOST_WORDS = 200_000  # words that are remembered
_LONGEST_KEPT = 40  # characters of a word that is remembered; a paragraph without spaces is longer


class Pieces:
    """The vocabulary and its splitter: the likeliest run of pieces of a word (Kudo 2018, unigram).

    Nothing is read but what a word asks for: `pieces.index` is a table of slots, mapped into memory, in which
    a piece is found by the CRC-32 of its letters. Words are remembered, since news repeats its words.
    """

    def __init__(self, folder: Path, unknown: int) -> None:
        """Open `pieces.index`, `pieces.txt` (one a line), `pieces.f4` (scores) and `characters.json`."""
        numbers = _mapped(folder / "pieces.index").cast("I")
        count, slots, self._longest = numbers[:3]
        self._slots = numbers[HEAD : HEAD + slots]
        self._ends = numbers[HEAD + slots : HEAD + slots + count + 1]
        self._letters = _mapped(folder / "pieces.txt")
        self._scores = _mapped(folder / "pieces.f4").cast("f")
        characters = json.loads((folder / "characters.json").read_text(encoding="utf-8"))
        self._normal: Mapping[int, str] = {int(code): text for code, text in characters.items()}
        self._unknown = unknown
        self._unknown_score = self._scores[count] - _UNKNOWN_COST
        self._known: dict[tuple[str, bool], tuple[int, ...]] = {}

    def split(self, word: str, spaced: bool) -> tuple[int, ...]:
        """Give the pieces of a word; `spaced` tells that white space goes before it.

        A word without any piece is the unknown piece.
        """
        key = (word, spaced)
        found = self._known.get(key)
        if found is None:
            text = (_BLANK if spaced else "") + self._normalised(word).strip(_BLANK)
            found = tuple(self._best(text)) or (self._unknown,)
            if len(word) <= _LONGEST_KEPT:
                if len(self._known) >= _MOST_WORDS:
                    self._known.clear()
                self._known[key] = found
        return found

    def _normalised(self, word: str) -> str:
        return _BLANK.join(word.translate(self._normal).split(" ")) if word else ""

    def _best(self, text: str) -> list[int]:
        """Find the likeliest pieces, one character after the other; what is no piece is unknown."""
        letters = [one.encode("utf-8", "replace") for one in text]
        size = len(letters)
        best = [0.0] + [-1e30] * size
        back = [(0, self._unknown)] * (size + 1)
        scores = self._scores
        for start in range(size):
            here = best[start]
            alone = False
            for end, piece in self._starting(letters[start : start + self._longest], start):
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

    def _starting(self, letters: Sequence[bytes], start: int) -> list[tuple[int, int]]:
        """Give end and number of each piece that these letters start with, the first of them at `start`."""
        slots, last = self._slots, len(self._slots) - 1
        found = []
        total = 0
        for end, letter in enumerate(letters, 1):
            total = crc32(letter, total)
            at = total & last
            while slot := slots[at]:
                if not (slot ^ total) >> PIECE_BITS:
                    piece = (slot & _PIECE) - 1
                    if self._letters[self._ends[piece] : self._ends[piece + 1] - 1] == b"".join(
                        letters[:end]
                    ):
                        found.append((start + end, piece))
                        break
                at = (at + 1) & last
        return found


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
