"""What articles are compared by, and who is together: the one place that knows how `stories` does it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from tidende.parse.vectors import START, load_encoder
from tidende.records import Reading
from tidende.stories.group import _THRESHOLD, _same, _similarities, group_signatures
from tidende.stories.signature import Signature, signature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]

WINDOW = 7  # days between two reports of one story
_TABLES = ("names", "prints", "words")


def vectors_of(readings: Sequence[Reading]) -> list[bytes]:
    """Give the whitened vectors of articles, little-endian float32.

    Raise `ModelError` where there is no encoder.
    """
    texts = ["\n".join(filter(None, (one.article.title, one.article.text))) for one in readings]
    encoder = load_encoder()
    vectors = encoder.whitened(encoder.encode(texts, "passage", START))
    return [vector.astype("<f4").tobytes() for vector in vectors]


def query_vector(query: str) -> Vector:
    """Give the vector of a question, near those of the articles that answer it; else as `vectors_of`."""
    encoder = load_encoder()
    vector: Vector = encoder.whitened(encoder.encode([query], "query", START))[0]
    return vector


def signature_text(reading: Reading, _vector: bytes) -> str:
    """Take the signature of a reading and write it down."""
    made = signature(reading)
    tables = {name: [[*sign, weight] for sign, weight in getattr(made, name).items()] for name in _TABLES}
    day = made.day.isoformat() if made.day else None
    rest = {name: getattr(made, name) for name in ("language", "key", "url", "digest", "full")}
    return json.dumps({**tables, **rest, "day": day}, ensure_ascii=False)


def clusters(signatures: Sequence[str]) -> list[list[int]]:
    """Sort articles into stories: the places of each story's articles among the signatures given."""
    return group_signatures([_signature(text) for text in signatures])


def neighbours(signature: str, others: Sequence[str]) -> list[int]:
    """Give the places of those articles that may tell one story with an article."""
    signatures = [_signature(text) for text in (signature, *others)]
    alike = _similarities(signatures)
    near = {pair for pair, value in alike.items() if value >= _THRESHOLD} | set(_same(signatures))
    return sorted({max(pair) - 1 for pair in near if min(pair) == 0 < max(pair)})


def _signature(text: str) -> Signature:
    fields = json.loads(text)
    for name in _TABLES:
        fields[name] = {(kind, key): weight for kind, key, weight in fields[name]}
    fields["day"] = date.fromisoformat(fields["day"]) if fields["day"] else None
    return Signature(**fields)
