"""Learn what grouping goes by, and write it into `src/tidende/stories/weights`.

projection.npy  [width, kept]: turns article vectors so that what reports of one story differ in counts little
                (linear discriminants: Fisher 1936; within-class covariance as Hatch et al. 2006 use it)
common.tsv      kind, key and share of the signs that many articles hold, whatever their story
weights.toml    a logistic model of pairs, and the thresholds at which groups join

Learned on part A of NTREX dev, every other story of ITN and of cdt-parallel, and German Wikinews; the
other stories are for `benchmarks/stories.py` to measure on.
"""

from __future__ import annotations

import pickle
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Reading
from tidende.stories import pairs, signs
from tidende.stories.embed import PROJECTION, encoded
from tidende.stories.linkage import linked
from tidende.stories.signature import Signature, signature
from training import story_sets
from training.story_sets import Item

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

FOLDER = PROJECTION.parent
KEPT = 256  # directions of the vectors that are kept
SHRINK = 0.6  # of the covariance within stories, towards that of directions that all vary alike
_SHARE = 0.01  # of the articles in a language: from here on a sign is common
_LEAST = 3  # articles
_ENOUGH = 40  # articles in a language from which shares are told
_DRAWS = 6  # of the languages of NTREX documents
_PAIRS = 20_000  # of each source
_RIDGE = 1e-5
_SIDES = {  # on which side a feature may speak
    "people": 1,
    "people in all": 1,
    "names": 1,
    "names in all": 1,
    "no names": -1,
    "numbers in all": 1,
    "words, other language": 1,
    "words, same language": 1,
    "days": -1,
}
WINDOW = 14  # days: 93 in 100 pairs of blurbs of one ITN topic lie within
_NEAREST = 0.03  # cosine below which a pair of one story is so rare that none is asked
WANTED = {"documents": 0.94, "halves": 0.9, "ITN": 0.8, "cdt": 0.97}  # BCubed F1
_BATCH = 64


class Corpus:
    """Readings and whitened vectors of items; what is costly is kept in a file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._held: dict[str, tuple[Reading, Floats]] = {}
        if path and path.exists():
            self._held = pickle.loads(path.read_bytes())

    def add(self, items: Iterable[Item], full: bool = True) -> None:
        """Read and encode items; without `full` none is read in full."""
        new = {one.id: one for one in (item.article() for item in items) if one.id not in self._held}
        model = load_model() if full and new else None
        articles = list(new.values())
        for start in range(0, len(articles), _BATCH):
            own = articles[start : start + _BATCH]
            for article, vector in zip(own, encoded(own), strict=True):
                reading = read_article(article, model) if full else Reading(article=article)
                self._held[article.id] = reading, vector.astype(np.float16)
            if self._path:
                self._path.write_bytes(pickle.dumps(self._held))

    def reading(self, item: Item) -> Reading:
        """Give the reading of an item that was added."""
        return self._held[item.article().id][0]

    def vectors(self, items: Sequence[Item]) -> Floats:
        """Give the whitened vectors of items that were added."""
        return np.array([self._held[item.article().id][1] for item in items], dtype=np.float32)


# --- the projection -----------------------------------------------------------------------------


def projection(sources: Sequence[Sequence[Floats]], kept: int = KEPT, shrink: float = SHRINK) -> Floats:
    """Give the directions that tell stories apart best, [width, kept]; each source counts alike.

    A source is a list of stories, a story the vectors of its articles.
    """
    width = sources[0][0].shape[1]
    within, between = np.zeros((width, width)), np.zeros((width, width))
    for stories in sources:
        several = [own for own in stories if len(own) > 1]
        for own in several:
            left = own - own.mean(0)
            within += left.T @ left / (len(own) - 1) / len(several) / len(sources)
        means = np.array([own.mean(0) for own in stories])
        means -= means.mean(0)
        between += means.T @ means / len(means) / len(sources)
    within = (1 - shrink) * within + shrink * np.trace(within) / width * np.eye(width)
    root = np.linalg.cholesky(np.linalg.inv(within))
    _, axes = np.linalg.eigh(root.T @ between @ root)
    found = root @ axes[:, ::-1][:, :kept]
    # an axis may point either way; one way, so that the same articles give the same file
    found *= np.sign(np.take_along_axis(found, np.abs(found).argmax(0)[None], axis=0))
    scaled: Floats = (found / np.abs(found).max()).astype(np.float16)
    return scaled


def stories_of(items: Sequence[Item], corpus: Corpus) -> list[Floats]:
    """Give the vectors of items by story."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.story].append(item)
    return [corpus.vectors(own) for own in found.values()]


# --- how common signs are -----------------------------------------------------------------------


def common(readings: Iterable[Reading]) -> list[tuple[str, str, float]]:
    """Give the signs that many articles in some language hold, with their share there."""
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    totals: Counter[str] = Counter()
    for reading in readings:
        own = signs.Signs(reading)
        language = reading.article.language
        for tables, name in (((own.prints, own.words), language), ((own.names,), f"{language} in full")):
            if name == language or reading.entities:
                totals[name] += 1
                counts[name].update(sign for table in tables for sign in table)
    shares: dict[tuple[str, str], float] = {}
    for name, total in totals.items():
        if total >= _ENOUGH:
            for sign, number in counts[name].items():
                if number >= _LEAST and number >= _SHARE * total:
                    shares[sign] = max(shares.get(sign, 0.0), number / total)
    return sorted((kind, key, round(share, 4)) for (kind, key), share in shares.items())


# --- the model of pairs -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles that are grouped together, with the story of each."""

    source: str
    signatures: list[Signature]
    stories: list[str]


def asked(batches: Sequence[Batch], vectors: bool, seed: int = 1) -> tuple[Floats, Floats, Floats]:
    """Give features, answers and weights of pairs; each source counts alike, and so do both answers in it."""
    draw = random.Random(seed)
    rows: dict[str, list[tuple[tuple[float, ...], bool]]] = defaultdict(list)
    for batch in batches:
        most = _PAIRS // sum(other.source == batch.source for other in batches)
        every = list(combinations(range(len(batch.signatures)), 2))
        joined = [(i, j) for i, j in every if batch.stories[i] == batch.stories[j]]
        others = [(i, j) for i, j in every if batch.stories[i] != batch.stories[j]]
        near = cosines(batch.signatures)
        hard = sorted(others, key=lambda pair: -near[pair])[: most // 4]
        chosen = [*_some(joined, most // 4, draw), *hard, *_some(others, most // 2, draw)]
        for i, j in chosen:
            a, b = batch.signatures[i], batch.signatures[j]
            if not pairs.apart(a, b, WINDOW):
                features = pairs.features(a, b, float(near[i, j]) if vectors else None)
                rows[batch.source].append((features, batch.stories[i] == batch.stories[j]))
    table = np.array([row for own in rows.values() for row, _ in own])
    answers = np.array([answer for own in rows.values() for _, answer in own], dtype=float)
    weights = []
    for own in rows.values():
        right = sum(answer for _, answer in own)
        weights += [0.5 / right if answer else 0.5 / (len(own) - right) for _, answer in own]
    return table, answers, np.array(weights) / len(rows)


def _some(found: list[tuple[int, int]], most: int, draw: random.Random) -> list[tuple[int, int]]:
    return draw.sample(found, most) if len(found) > most else found


def cosines(signatures: Sequence[Signature]) -> Floats:
    """Give the cosines of the vectors of every two signatures."""
    width = max(len(one.vector) for one in signatures) // 2
    rows = np.zeros((len(signatures), width), dtype=np.float32)
    for row, one in zip(rows, signatures, strict=True):
        if one.vector:
            row[:] = np.frombuffer(one.vector, dtype=np.float16)
    found: Floats = rows @ rows.T
    return found


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
        if np.abs(step).max() < 1e-8:
            break
    fit: Floats = found / scale
    return fit


def fitted(features: Floats, answers: Floats, weights: Floats) -> Floats:
    """Fit a model in which nothing that is shared speaks against one story, nor what is lacking for it.

    What would is left out: a reason that no reader accepts is none.
    """
    left = list(range(len(pairs.FEATURES)))
    while True:
        found = np.zeros(len(pairs.FEATURES))
        found[left] = logistic(features[:, left], answers, weights)
        wrong = [i for i in left if found[i] * _SIDES.get(pairs.FEATURES[i], 0) < 0]
        if not wrong:
            return found
        left.remove(max(wrong, key=lambda i: abs(found[i]) * features[:, i].std()))


# --- scores -------------------------------------------------------------------------------------


def bcubed(gold: Sequence[str], groups: Iterable[Sequence[int]]) -> tuple[float, float, float]:
    """Give F1, precision and recall of groups, over articles (Bagga and Baldwin 1998)."""
    sizes = Counter(gold)
    precision = recall = 0.0
    for group in groups:
        held = Counter(gold[i] for i in group)
        precision += sum(number * number for number in held.values()) / len(group)
        recall += sum(number * number / sizes[story] for story, number in held.items())
    precision, recall = precision / len(gold), recall / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def threshold(batches: Sequence[Batch], weights: Floats, vectors: bool) -> tuple[float, dict[str, float]]:
    """Give the log odds from which on groups join, and F1 by source.

    It is the one that falls least short of what is wanted of each source; of several, the middle one.
    """
    prepared = [(batch, *_odds(batch, weights, vectors)) for batch in batches]
    rows: list[tuple[float, float, dict[str, float]]] = []
    for value in np.arange(0.5, 3.51, 0.25):
        scores: dict[str, list[float]] = defaultdict(list)
        for batch, near, odds in prepared:
            table = np.full(near.shape, -pairs.LIMIT)
            table[near] = np.clip(odds[near] - value, -pairs.LIMIT, pairs.LIMIT)
            scores[batch.source].append(bcubed(batch.stories, linked(table, 0.0))[0])
        means = {source: round(float(np.mean(own)), 4) for source, own in scores.items()}
        print(f"threshold {value:.2f}: {means}", flush=True)
        short = sum(max(WANTED[source] - mean, 0.0) for source, mean in means.items())
        rows.append((round(short, 4), float(value), means))
    least = min(short for short, _, _ in rows)
    best = [row for row in rows if row[0] == least]
    _, value, means = best[len(best) // 2]
    return value, means


def _odds(batch: Batch, weights: Floats, vectors: bool) -> tuple[Floats, Floats]:
    """Give which pairs are asked at all, and their log odds."""
    near = cosines(batch.signatures)
    odds = np.zeros(near.shape)
    chosen = np.zeros(near.shape, dtype=bool)
    for i, j in combinations(range(len(near)), 2):
        a, b = batch.signatures[i], batch.signatures[j]
        if not pairs.apart(a, b, WINDOW) and (not vectors or near[i, j] >= _NEAREST):
            cosine = float(near[i, j]) if vectors else None
            odds[i, j] = odds[j, i] = weights @ pairs.features(a, b, cosine)
            chosen[i, j] = chosen[j, i] = True
    return chosen, odds


# --- all of it ----------------------------------------------------------------------------------


def run(data: Path, kept: Path | None = None, folder: Path = FOLDER) -> dict[str, dict[str, float]]:
    """Learn everything and write it into `folder`; give F1 by source, on what was learned from."""
    corpus = Corpus(kept)
    ntrex, itn = story_sets.ntrex(data, "A"), story_sets.dev(story_sets.itn(data))
    cdt, wikinews = story_sets.dev(story_sets.cdt(data)), story_sets.wikinews(data)
    corpus.add(item for versions in ntrex.values() for items in versions.values() for item in items)
    corpus.add([*itn, *cdt])
    corpus.add(wikinews, full=False)
    found = projection([stories_of(items, corpus) for items in (itn, cdt, wikinews)])
    folder.mkdir(exist_ok=True)
    np.save(folder / PROJECTION.name, found)
    rows = common(corpus.reading(item) for item in [*itn, *cdt, *wikinews])
    lines = "".join(f"{kind}\t{key}\t{share}\n" for kind, key, share in rows)
    (folder / "common.tsv").write_text(lines, encoding="utf-8")
    signs.forget()

    def batch(source: str, items: Sequence[Item], dated: bool = True) -> Batch:
        vectors = corpus.vectors(items) @ found.astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
        own = [signature(corpus.reading(i), vector) for i, vector in zip(items, vectors, strict=True)]
        if not dated:
            own = [replace(one, day=None) for one in own]
        return Batch(source, own, [item.story for item in items])

    told: dict[str, dict[str, float]] = {}
    out = [f"window = {WINDOW}", f"nearest = {_NEAREST}"]
    for kind in pairs.KINDS:
        vectors, dated = kind
        learned, tried = [batch("ITN", itn, dated)], [batch("ITN", itn, dated)]
        for seed in range(2 * _DRAWS):
            for name, items in zip(("documents", "halves"), story_sets.drawn(ntrex, seed), strict=True):
                (tried if seed % 2 else learned).append(batch(name, items, dated))
        if not dated:
            # translations of one text say little of how reports of one story differ: the threshold hears
            # them, the weights do not
            tried.append(batch("cdt", cdt))
        table = pairs.table_name(kind)
        print(table, flush=True)
        weights = fitted(*asked(learned, vectors))
        value, told[table] = threshold(tried, weights, vectors)
        out += ["", f"[{table}]", f"threshold = {value}", "", f"[{table}.features]"]
        out += [f'"{feature}" = {w:.4f}' for feature, w in zip(pairs.FEATURES, weights, strict=True)]
    head = (
        "# Written by `python -m training stories`: log odds of a pair's features (tidende.stories.pairs).\n"
    )
    (folder / "weights.toml").write_text(head + "\n".join(out) + "\n", encoding="utf-8")
    return told
