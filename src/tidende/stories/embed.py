"""Give articles vectors in which those that tell one story lie near each other, in about a hundred languages.

The encoder's vectors hold much that does not tell stories apart: language, length, which part of an article
it is. A projection that was learned from articles and short news of one story in several languages turns them
so that what reports of one story differ in counts little (`training/stories.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.parse.vectors import START, load_encoder
from tidende.records import Article, Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

PROJECTION = Path(__file__).with_name("weights") / "projection.npy"


def embed(readings: Sequence[Reading]) -> Vectors:
    """Give the vectors of articles, [articles, width], each of length one; that of an empty article is zero.

    A vector hangs on its article alone. Raise `ModelError` where the encoder is missing or damaged.
    """
    return projected(encoded([reading.article for reading in readings]))


def encoded(articles: Sequence[Article]) -> Vectors:
    """Give the whitened vectors of what articles print, their credits left out."""
    encoder = load_encoder()
    return encoder.whitened(encoder.encode([_passage(article) for article in articles], most=START))


def projected(vectors: Vectors) -> Vectors:
    """Turn whitened vectors so that they tell stories apart."""
    import numpy as np

    turned: Vectors = vectors @ _projection()
    turned /= np.linalg.norm(turned, axis=1, keepdims=True).clip(1e-9)
    return turned


@cache
def _projection() -> Vectors:
    import numpy as np

    turns: Vectors = np.load(PROJECTION).astype(np.float32)
    return turns


def _passage(article: Article) -> str:
    sources = {"text": article.text, "title": article.title or ""}
    parts = [sources[b.part][b.start : b.end] for b in article.blocks if b.kind != "credit"]
    return "\n".join(parts or filter(None, (article.title, article.text)))
