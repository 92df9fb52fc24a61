"""Write the vocabulary as `tidende.parse.pieces` reads it: nothing to build when a process starts.

pieces.txt       the pieces, one a line
pieces.f4        their log probabilities in single precision, and the least of them after the last
pieces.index     numbers of 32 bits: how many pieces, how many slots, characters of the longest piece, 0;
                 the slots; the place in pieces.txt where each piece starts, and where the last one ends
characters.json  what characters become before words are split

A piece stands in the first free slot from the place that the low bits of its CRC-32 give. A slot holds its
number from 1 in the low bits, and the high bits of the sum; 0 is a free slot.
"""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

import numpy as np

from tidende.parse.pieces import HEAD, PIECE_BITS
from training.e5 import Unigram

FILES = ("pieces.txt", "pieces.f4", "pieces.index", "characters.json")
_SLOTS = 1 << 19


def write(unigram: Unigram, folder: Path) -> None:
    """Write the four files into a folder."""
    letters = [piece.encode() for piece in unigram.pieces]
    if len(letters) >= 1 << PIECE_BITS:
        raise ValueError(f"{len(letters)} pieces: a slot tells only {1 << PIECE_BITS} apart")
    (folder / "pieces.txt").write_bytes(b"\n".join(letters))
    scores = [*unigram.scores, min(unigram.scores)]
    (folder / "pieces.f4").write_bytes(np.array(scores, dtype="<f4").tobytes())
    slots = [0] * _SLOTS
    for piece, own in enumerate(letters, 1):
        total = crc32(own)
        at = total % _SLOTS
        while slots[at]:
            at = (at + 1) % _SLOTS
        slots[at] = total >> PIECE_BITS << PIECE_BITS | piece
    starts = np.cumsum([0, *(len(own) + 1 for own in letters)])
    longest = max(map(len, unigram.pieces))
    head = [len(letters), _SLOTS, longest, 0]
    assert len(head) == HEAD
    (folder / "pieces.index").write_bytes(np.array([*head, *slots, *starts.tolist()], dtype="<u4").tobytes())
    characters = {str(code): text for code, text in unigram.normal.items()}
    text = json.dumps(characters, ensure_ascii=False, indent=1) + "\n"
    (folder / "characters.json").write_text(text, encoding="utf-8")
