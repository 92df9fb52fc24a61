"""Fit the model of pairs and the scores at which groups join, on stories that neither has seen.

The odds of a pair are told by weights, and its cosine by a projection, that were fitted without the folds of
both stories; the thresholds are those with which such odds group best.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, combinations_with_replacement
from typing import TYPE_CHECKING, Any

import numpy as np

from tidende.stories import pairs
from tidende.stories.linkage import connected, linked
from tidende.stories.pairs import FEATURES, LIMIT, Compared, Kind
from tidende.stories.signature import Signature
from training.story_vectors import FOLDS, Left, fold, left_out, lefts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

WINDOW = 14  # days: 93 in 100 pairs of blurbs of one ITN topic lie within
NEAREST = 0.03  # cosine below which a pair of one story is so rare that none is asked
_PAIRS = 6_000  # of each source
_RIDGE = 1e-5
_SIDES = {  # on which side a feature may speak
    "people": 1,
    "people in all": 1,
    "names": 1,
    "names in all": 1,
    "no names": -1,
    "numbers in all": 1,
    "words": 1,
    "days": -1,
}
# BCubed F that is wanted; errors count as shares of what it leaves, so 1 of 3 weighs as 2 of 6
WANTED = {
    "documents": 0.94,
    "halves": 0.9,
    "documents in five languages": 0.94,
    "documents in one language": 0.98,
    "halves in one language": 0.9,
    "ITN": 0.8,
    "cdt": 0.97,
    "Wikinews": 0.9,
}
# Where no days are known, what is made small is the mean over sources, and recall weighs half of what
# precision does, for a story wrongly joined says what is not so. Where they are, it is the error of the
# source that is worst off: a mean lets one pay for another.
_PRECISE = 0.5
_MADE = 2.0  # times as much error is allowed where an article that has a day is tried without it
_UNDATED = "cdt"  # whose texts have no days
# Where the search starts, and its steps: log odds that may join groups, in two languages and in one, and the
# share by which close groups have to be nearer.
_START = 1.5, 1.5, 0.2
_STEPS = ((0.5, 0.5, 0.2), (0.25, 0.25, 0.1))
Place = tuple[float, float, float]
Scores = tuple[float, float, float]  # F1, precision, recall
_VECTOR = [n for n, name in enumerate(FEATURES) if name.startswith("vector")]


@dataclass(frozen=True)
class Batch:
    """Articles that are grouped together, with the story of each and their cosines.

    `weighed` gives the signature of an article by its number, its signs weighed without the folds named.
    """

    source: str
    signatures: Sequence[Signature]
    stories: Sequence[str]
    cosines: Floats
    weighed: Callable[[int, Left], Signature]

    @cached_property
    def asked(self) -> Floats:
        """Give the pairs of articles that are not too far apart in time, [pairs, 2]."""
        own = self.signatures
        every = combinations(range(len(own)), 2)
        return np.array([(i, j) for i, j in every if not pairs.apart(own[i], own[j], WINDOW)])

    @cached_property
    def features(self) -> Floats:
        """Give the features of these pairs."""
        folds = [fold(story) for story in self.stories]
        held: dict[tuple[int, Left], Compared] = {}

        def compared(i: int, left: Left) -> Compared:
            if (i, left) not in held:
                held[i, left] = Compared(self.weighed(i, left))
            return held[i, left]

        rows = []
        for i, j in self.asked:
            left = left_out(folds[i], folds[j])
            rows.append(pairs.features(compared(i, left), compared(j, left), float(self.cosines[i, j])))
        return np.array(rows, dtype=np.float32)

    @cached_property
    def joined(self) -> Floats:
        """Tell of these pairs which are of one story."""
        stories = np.array(self.stories)
        return stories[self.asked[:, 0]] == stories[self.asked[:, 1]]  # type: ignore[no-any-return]

    @cached_property
    def near(self) -> Floats:
        """Give the cosines of these pairs."""
        return self.cosines[self.asked[:, 0], self.asked[:, 1]]

    @cached_property
    def same(self) -> Floats:
        """Tell of these pairs which are in one language."""
        languages = np.array([one.language for one in self.signatures])
        return languages[self.asked[:, 0]] == languages[self.asked[:, 1]]  # type: ignore[no-any-return]

    @cached_property
    def without(self) -> Floats:
        """Give of these pairs the two folds that are left out for them, as one number."""
        folds = np.array([fold(story) for story in self.stories])
        codes = np.zeros((FOLDS, FOLDS), dtype=int)
        for a, b in combinations_with_replacement(range(FOLDS), 2):
            one, other = left_out(a, b)
            codes[a, b] = codes[b, a] = one * FOLDS + other
        found: Floats = codes[folds[self.asked[:, 0]], folds[self.asked[:, 1]]]
        return found

    def told(self, kind: Kind) -> Floats:
        """Give the features as a kind of pair has them."""
        if kind[0]:
            return self.features
        bare = self.features.copy()
        bare[:, _VECTOR] = 0
        return bare


@dataclass(frozen=True)
class Sample:
    """Pairs of one kind to learn from: features, answers, the folds of both stories, and the source."""

    features: Floats
    answers: Floats
    folds: Floats
    sources: Floats

    def fitted(self, without: Sequence[int] = ()) -> Floats:
        """Fit a model to pairs of stories of other folds; sources count alike, and so do answers."""
        held: Floats = np.isin(self.folds, without).sum(1) == 0
        weights = np.zeros(len(held))
        for source in np.unique(self.sources[held]):
            own = held & (self.sources == source)
            for answer in (0.0, 1.0):
                rows = own & (self.answers == answer)
                weights[rows] = 0.5 / max(rows.sum(), 1)
        weights /= weights.sum()
        return _fitted(self.features[held], self.answers[held], weights[held])


def sample(batches: Sequence[Batch], kind: Kind, seed: int = 1) -> Sample:
    """Draw pairs of a kind: half of them chance pairs of two stories, a quarter the nearest such."""
    draw = random.Random(seed)
    parts: list[tuple[Floats, Floats, Floats, list[str]]] = []
    for batch in batches:
        most = _PAIRS // sum(other.source == batch.source for other in batches)
        own = np.flatnonzero(batch.same == kind[2])
        joined, others = own[batch.joined[own]], own[~batch.joined[own]]
        hard = others[np.argsort(-batch.near[others], kind="stable")][: most // 4]
        chosen = [*_some(joined, most // 4, draw), *hard, *_some(others, most // 2, draw)]
        if chosen:
            folds = np.array([fold(story) for story in batch.stories])
            parts.append(
                (
                    batch.told(kind)[chosen],
                    batch.joined[chosen].astype(float),
                    folds[batch.asked[chosen]],
                    [batch.source] * len(chosen),
                )
            )
    return Sample(
        np.concatenate([part[0] for part in parts]).astype(float),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.array([name for part in parts for name in part[3]]),
    )


def _some(found: Floats, most: int, draw: random.Random) -> list[int]:
    return draw.sample(list(found), most) if len(found) > most else list(found)


def logistic(features: Floats, answers: Floats, weights: Floats, ridge: float = _RIDGE) -> Floats:
    """Fit a logistic regression by Newton's method; give its weights."""
    found = np.zeros(features.shape[1])
    scale = np.abs(features).max(0).clip(1e-9)
    scaled = features / scale
    for _ in range(50):
        p = 1 / (1 + np.exp(-(scaled @ found)))
        slope = scaled.T @ (weights * (p - answers)) + ridge * found
        bend = (scaled * (weights * p * (1 - p))[:, None]).T @ scaled + ridge * np.eye(len(found))
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    fit: Floats = found / scale
    return fit


def _fitted(features: Floats, answers: Floats, weights: Floats) -> Floats:
    """Fit a model in which nothing that is shared speaks against one story, nor what is lacking for it.

    What would is left out: a reason that no reader accepts is none.
    """
    left = [n for n in range(len(FEATURES)) if features[:, n].any()]
    while True:
        found = np.zeros(len(FEATURES))
        found[left] = logistic(features[:, left], answers, weights)
        wrong = [i for i in left if found[i] * _SIDES.get(FEATURES[i], 0) < 0]
        if not wrong:
            return found
        left.remove(max(wrong, key=lambda i: abs(found[i]) * features[:, i].std()))


# --- grouping -----------------------------------------------------------------------------------


def bcubed(gold: Sequence[str], groups: Iterable[Sequence[int]]) -> Scores:
    """Give F1, precision and recall of groups, over articles (Bagga and Baldwin 1998)."""
    sizes = Counter(gold)
    precision = recall = 0.0
    for group in groups:
        held = Counter(gold[i] for i in group)
        precision += sum(number * number for number in held.values()) / len(group)
        recall += sum(number * number / sizes[story] for story, number in held.items())
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


@dataclass(frozen=True, slots=True)
class Found:
    """The log odds from which on groups join, in two languages and in one, and the share `closed`.

    `scores` is F1 by source, by what had not seen the stories.
    """

    two: float
    one: float
    closed: float
    scores: Mapping[str, float]


def thresholds(batches: Sequence[Batch], samples: Mapping[bool, Sample], vectors: bool, days: bool) -> Found:
    """Find with what groups join best.

    Odds and cosines are told by what has not seen the stories. From where the search stands it goes to the
    best neighbour, until there is none better.
    """
    fits = {
        (one * FOLDS + other, same): own.fitted((one, other))
        for same, own in samples.items()
        for one, other in lefts()
    }
    prepared = [(batch, *_odds(batch, fits, vectors, days)) for batch in batches]
    tried: dict[Place, tuple[tuple[float, float], dict[str, float]]] = {}

    def errors(place: Place) -> tuple[float, float]:
        if place not in tried:
            two, one, closed = place
            scores: dict[str, list[Scores]] = defaultdict(list)
            for batch, own, odds in prepared:
                left = odds - np.where(batch.same[own], one, two)
                groups = _groups(len(batch.stories), batch.asked[own], left, closed)
                scores[batch.source].append(bcubed(batch.stories, groups))
            means = {source: np.mean(found, axis=0) for source, found in scores.items()}
            allowed = {s: (1 - WANTED[s]) * (1 if days or s == _UNDATED else _MADE) for s in means}
            beta = 1.0 if days else _PRECISE
            lacks = [(1 - _precise(p, r, beta)) / allowed[source] for source, (_, p, r) in means.items()]
            share = (max(lacks), np.mean(lacks)) if days else (np.mean(lacks), max(lacks))
            f1 = {source: round(float(own[0]), 3) for source, own in means.items()}
            if all(share < least for least, _ in tried.values()):
                print(f"two {two:.2f}, one {one:.2f}, closed {closed:.1f}: {share[0]:.3f} {f1}", flush=True)
            tried[place] = (float(share[0]), float(share[1])), f1
        return tried[place][0]

    best: Place = _START
    for steps in _STEPS:
        while True:
            last, best = best, min((best, *_around(best, steps)), key=errors)
            if best == last:
                break
    return Found(*best, tried[best][1])


def _precise(precision: float, recall: float, beta: float) -> float:
    """Give F in which recall weighs `beta` times what precision does (van Rijsbergen 1979)."""
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall)


def _around(place: Place, steps: Place) -> list[Place]:
    """Give the places a step away in one direction; a share is never below nothing."""
    found = []
    for n, step in enumerate(steps):
        for other in (place[n] - step, place[n] + step):
            if n < 2 or other > -step / 2:
                found.append((*place[:n], round(max(other, 0.0) if n == 2 else other, 3), *place[n + 1 :]))
    return found  # type: ignore[return-value]


def _odds(
    batch: Batch, fits: Mapping[tuple[int, bool], Floats], vectors: bool, days: bool
) -> tuple[Floats, Floats]:
    """Give which of the pairs are asked at all, and their log odds."""
    own = np.flatnonzero(batch.near >= NEAREST) if vectors else np.arange(len(batch.near))
    odds = np.zeros(len(own))
    for same in (True, False):
        features = batch.told((vectors, days, same))
        for code in np.unique(batch.without):
            rows = (batch.without[own] == code) & (batch.same[own] == same)
            odds[rows] = features[own[rows]] @ fits[int(code), same]
    return own, odds


def _groups(count: int, asked: Floats, scores: Floats, closed: float) -> list[list[int]]:
    """Group articles as `tidende.stories.group` does."""
    near = scores >= 0
    regions = connected(range(count), [(int(i), int(j)) for i, j in asked[near]])
    home, place = np.zeros(count, dtype=int), np.zeros(count, dtype=int)
    for n, region in enumerate(regions):
        home[region], place[region] = n, np.arange(len(region))
    tables = [np.full((len(region), len(region)), -LIMIT) for region in regions]
    inside = home[asked[:, 0]] == home[asked[:, 1]]
    for (i, j), value in zip(asked[inside], np.clip(scores[inside], -LIMIT, LIMIT), strict=True):
        tables[home[i]][place[i], place[j]] = tables[home[i]][place[j], place[i]] = value
    return [
        [region[n] for n in group]
        for region, table in zip(regions, tables, strict=True)
        for group in linked(table, 0.0, closed=closed)
    ]
