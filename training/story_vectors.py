"""Learn the projection that turns article vectors so that reports of one story lie near each other.

Linear discriminants (Fisher 1936; within-class covariance as Hatch et al. 2006 use it). Stories are dealt
into folds by chance, the same each time, so that the cosine of two articles can be told by a projection that
has seen neither story (`Crossed`): those of stories that it has seen flatter it, and a threshold that is set
by them is set too low for news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np

from training.story_sets import Item

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

FOLDS = 8
KEPT = 256  # directions of the vectors that are kept
SHRINK = 0.6  # of the covariance within stories, towards that of directions that all vary alike
_FEW = 100  # stories: a source of fewer does not say what sets stories apart
Vectors = Callable[[Sequence[Item]], "Floats"]
Left = tuple[int, ...]  # the folds that are left out for a pair


def fold(story: str) -> int:
    """Give the fold of a story: chance decides, the same for all parts of one topic."""
    name = story if story.startswith("wikinews") else story.split(maxsplit=1)[0]
    return sha256(name.encode()).digest()[0] % FOLDS


def left_out(a: int, b: int) -> tuple[int, int]:
    """Give the two folds that a pair of stories of two folds has to be left out with."""
    return (min(a, b), max(a, b)) if a != b else tuple(sorted((a, (a + 1) % FOLDS)))  # type: ignore[return-value]


def lefts() -> list[Left]:
    """Give every two folds that some pair of stories is left out with."""
    return sorted({left_out(a, b) for a, b in combinations_with_replacement(range(FOLDS), 2)})


@dataclass(frozen=True, slots=True)
class Scatter:
    """How the vectors of one source vary: within stories (summed, by fold), and the mean of each story."""

    within: Floats
    stories: Floats
    means: list[Floats]


def scattered(items: Sequence[Item], vectors: Vectors) -> Scatter:
    """Tell how the vectors of items vary within their stories."""
    by_story: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_story[item.story].append(item)
    means: list[list[Floats]] = [[] for _ in range(FOLDS)]
    rows = {story: vectors(own).astype(float) for story, own in by_story.items()}
    width = next(iter(rows.values())).shape[1]
    within, stories = np.zeros((FOLDS, width, width)), np.zeros(FOLDS)
    for story, own in rows.items():
        mean = own.mean(0)
        means[fold(story)].append(mean)
        if len(own) > 1:
            left = own - mean
            within[fold(story)] += left.T @ left / (len(own) - 1)
            stories[fold(story)] += 1
    return Scatter(within, stories, [np.array(own).reshape(-1, width) for own in means])


def projection(sources: Sequence[Scatter], without: Sequence[int] = ()) -> Floats:
    """Give the directions that tell stories apart best, [width, kept]; each source counts alike.

    The stories of the folds `without` are not looked at.
    """
    width = sources[0].within.shape[1]
    folds = [n for n in range(FOLDS) if n not in without]
    within, between = np.zeros((width, width)), np.zeros((width, width))
    for source in sources:
        within += source.within[folds].sum(0) / source.stories[folds].sum() / len(sources)
        means = np.concatenate([source.means[n] for n in folds])
        if sum(map(len, source.means)) >= _FEW:
            means = means - means.mean(0)
            between += means.T @ means / len(means)
    within = (1 - SHRINK) * within + SHRINK * np.trace(within) / width * np.eye(width)
    root = np.linalg.cholesky(np.linalg.inv(within))
    _, axes = np.linalg.eigh(root.T @ between @ root)
    found = root @ axes[:, ::-1][:, :KEPT]
    # an axis may point either way; one way, so that the same articles give the same file
    found *= np.sign(np.take_along_axis(found, np.abs(found).argmax(0)[None], axis=0))
    scaled: Floats = (found / np.abs(found).max()).astype(np.float16)
    return scaled


class Crossed:
    """Cosines of articles by projections that have not seen their stories."""

    def __init__(self, sources: Sequence[Scatter]) -> None:
        self._turns = {pair: projection(sources, pair).astype(np.float32) for pair in lefts()}

    def cosines(self, items: Sequence[Item], vectors: Vectors) -> Floats:
        """Give the cosines of every two items, [items, items]."""
        rows = vectors(items)
        folds = np.array([fold(item.story) for item in items])
        found = np.zeros((len(items), len(items)), dtype=np.float32)
        for a, b in combinations_with_replacement(range(FOLDS), 2):
            one, other = np.flatnonzero(folds == a), np.flatnonzero(folds == b)
            turns = self._turns[left_out(a, b)]
            near = _unit(rows[one] @ turns) @ _unit(rows[other] @ turns).T
            found[np.ix_(one, other)] = near
            found[np.ix_(other, one)] = near.T
        return found


def _unit(rows: Floats) -> Floats:
    found: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-9)
    return found
