"""What articles are compared by, and who is together: the one place that knows how `stories` does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from tidende.parse.vectors import START, load_encoder
from tidende.records import Reading
from tidende.stories.embed import encoded, projected
from tidende.stories.group import group_compared, group_linked
from tidende.stories.group import neighbours as touched
from tidende.stories.pairs import Compared, load_weights
from tidende.stories.signature import Signature, signature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

_HELD = 1_000  # articles whose signatures are read once: those near one that comes are near the next, too


def window() -> int:
    """Give the days between two reports of one story."""
    return int(load_weights().window)


def vectors_of(readings: Sequence[Reading]) -> list[bytes]:
    """Give the whitened vectors of articles, little-endian float32.

    Raise `ModelError` where there is no encoder.
    """
    vectors = encoded([one.article for one in readings])
    return [vector.astype("<f4").tobytes() for vector in vectors]


def query_vector(query: str) -> Vector:
    """Give the vector of a question, near those of the articles that answer it; else as `vectors_of`."""
    encoder = load_encoder()
    vector: Vector = encoder.whitened(encoder.encode([query], "query", START))[0]
    return vector


def signed(reading: Reading, vector: bytes) -> tuple[str, bytes]:
    """Take the signature of a reading; give it as text, and its vector, little-endian float32."""
    import numpy as np

    if not vector:
        return signature(reading).to_json(), b""
    one = signature(reading, projected(np.frombuffer(vector, dtype="<f4")[None])[0])
    return one.to_json(), np.frombuffer(one.vector, dtype="<f2").astype("<f4").tobytes()


def clusters(signatures: Sequence[str]) -> list[list[int]]:
    """Sort articles into stories: the places of each story's articles among the signatures given."""
    return group_compared([_read(text) for text in signatures])


def grouped(signatures: Sequence[str]) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Sort articles into stories as `clusters` does, and give the pairs that may tell one story."""
    return group_linked([_read(text) for text in signatures])


def neighbours(signature: str, others: Sequence[str]) -> list[int]:
    """Give the places of those articles that may tell one story with an article."""
    return touched(_read(signature), [_read(text) for text in others])


@lru_cache(_HELD)
def _read(text: str) -> Compared:
    return Compared(Signature.from_json(text))
