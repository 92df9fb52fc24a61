"""The vocabulary that all networks share: how words fall into pieces, and the vector of each piece."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.parse.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BLOCK_VALUES, _BLOCK_BYTES = 32, 18


class Vocabulary:
    """Pieces and the table of their vectors, both mapped into memory and read where they are needed."""

    def __init__(self, folder: Path, width: int, unknown: int) -> None:
        import numpy as np

        self.pieces = Pieces(folder, unknown)
        self._width = width
        row = width // _BLOCK_VALUES * _BLOCK_BYTES
        self._table = np.memmap(folder / "words.q4", dtype=np.uint8, mode="r").reshape(-1, row)

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the vectors of pieces, [..., width], from blocks of 32 four-bit values and a scale (Q4_0)."""
        import numpy as np

        once, back = np.unique(ids, return_inverse=True)
        blocks = self._table[once].reshape(-1, _BLOCK_BYTES)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32)
        vectors = ((halves - 8) * scales).reshape(len(once), self._width)
        return vectors[back.reshape(ids.shape)]


@cache
def load_vocabulary(folder: Path, width: int, unknown: int) -> Vocabulary:
    """Open the vocabulary in a folder of model files, once a process."""
    return Vocabulary(folder, width, unknown)
