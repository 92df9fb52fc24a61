"""Give articles vectors that lie near each other where the articles tell alike, in about a hundred languages.

The encoder is that of multilingual-e5-small (Wang et al. 2024) as it is, in 8 bits; pieces and word table
are the parser's. A text is read in windows, each with the opener that the encoder was trained with, and its
vector is the mean over all pieces of all windows. A text has the same vector, whatever is read with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tidende.parse import files
from tidende.parse.runtime import grouped, open_session
from tidende.parse.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Kind = Literal["passage", "query"]

FOLDER = Path(__file__).with_name("encoder")
WINDOW = 128  # pieces of a text that are read together; what attention costs grows with their square
START = (
    256  # pieces from an article's start that tell its story as well as all of it (see training/README.md)
)
_BATCH = 1024  # pieces of a batch: what stays in a processor's cache
_KEPT = 4096  # texts whose vectors are kept: 6 MB
_TEXTS = 256  # texts whose pieces are held at once


@cache
def load_encoder(folder: Path = FOLDER, model: Path = files.FOLDER) -> Encoder:
    """Open the encoder, once a process; `model` is the folder of the parser's files, for its vocabulary.

    Raise `ModelError` where a file is missing or damaged.
    """
    files.verify(folder)
    return Encoder(folder, files.check(model))


class Encoder:
    """The network with the vocabulary, and what makes vectors of news tell more (`whitened`).

    `TIDENDE_THREADS` says how many threads it computes on, all the machine's by default.
    """

    def __init__(self, folder: Path, model: files.ModelFiles) -> None:
        import numpy as np

        self.width = int(model.sizes["width"])
        self._special = model.special
        self._vocabulary = load_vocabulary(model.folder, self.width, model.special["unknown"])
        self._common = np.load(folder / "whitening.npy")
        self._session = open_session(folder / "encoder.onnx")
        self._kept: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], kind: Kind = "passage", most: int | None = None) -> Vectors:
        """Give the vectors of texts, [texts, width], each of length one; that of a blank text is zero.

        `kind` is what the texts are: passages, such as articles and titles, or questions asked of them.
        `most` is how many pieces of each are read, from its start; None reads all.
        """
        import numpy as np

        split = self._vocabulary.pieces.split
        pieces = ((piece for word in text.split() for piece in split(word, True)) for text in texts)
        found = np.zeros((len(texts), self.width), dtype=np.float32)
        opener = [self._special["bos"], *split(f"{kind}:", True)]
        for start in range(0, len(texts), _TEXTS):
            some = enumerate(map(list, (islice(own, most) for own in islice(pieces, _TEXTS))), start)
            rows = [
                (at, [*opener, *part, self._special["eos"]]) for at, own in some for part in _windows(own)
            ]
            for group in grouped([len(ids) for _, ids in rows], _BATCH, equal=True):
                vectors = self._vocabulary.vectors(np.array([rows[number][1] for number in group]))
                (means,) = self._session.run(None, {"vectors": vectors})
                # one by one and in order, so that sums do not hang on the batch
                for number, mean in zip(group, means, strict=True):
                    found[rows[number][0]] += mean
        found /= np.linalg.norm(found, axis=1, keepdims=True).clip(1e-9)
        return found

    def told(self, texts: Sequence[str]) -> Vectors:
        """Give the whitened vectors of passages, [texts, width], as `whitened(encode(texts))` does.

        Those of the latest texts are kept, for a story is put together anew with every article that comes.
        """
        import numpy as np

        rows = {text: self._kept.get(text) for text in texts}
        new = [text for text, row in rows.items() if row is None]
        if new:
            made = dict(zip(new, self.whitened(self.encode(new)), strict=True))
            rows |= made
            for text in list(self._kept)[: max(0, len(self._kept) + len(new) - _KEPT)]:
                self._kept.pop(text, None)
            self._kept.update(made)
        found = [row for text in texts if (row := rows[text]) is not None]
        vectors: Vectors = np.stack(found) if found else np.zeros((0, self.width), dtype=np.float32)
        return vectors

    def whitened(self, vectors: Vectors) -> Vectors:
        """Take out of vectors what all news has in common, and give them the length one again.

        The mean and the first principal components go (Mu and Viswanath 2018, "all but the top"), told
        from general news in many languages: without them any two articles look alike. Zero stays zero.
        """
        import numpy as np

        mean, components = self._common[0], self._common[1:]
        left: Vectors = vectors - mean
        left -= left @ components.T @ components
        left[~vectors.any(1)] = 0
        left /= np.linalg.norm(left, axis=1, keepdims=True).clip(1e-9)
        return left


def _windows(pieces: Sequence[int]) -> Iterator[Sequence[int]]:
    """Cut the pieces of a text into as few windows as hold them, all of one length and evenly spread.

    Neighbours share a piece or two where the length does not divide.
    """
    if not pieces:
        return
    count = -(-len(pieces) // WINDOW)
    length = -(-len(pieces) // count)
    for number in range(count):
        start = (len(pieces) - length) * number // max(count - 1, 1)
        yield pieces[start : start + length]
