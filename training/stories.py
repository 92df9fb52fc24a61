"""Learn what grouping goes by, and write it into `src/tidende/stories/weights`.

projection.npy  [width, kept]: turns article vectors so that what reports of one story differ in counts little
                (`story_vectors`)
common.tsv      kind, key and share of the signs that many articles hold, whatever their story
weights.toml    a logistic model of pairs, and the thresholds at which groups join (`story_model`)

Learned on part A of NTREX dev, every other story of ITN and of cdt-parallel, and German Wikinews; the
other stories are for `benchmarks/stories.py` to measure on.
"""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Reading
from tidende.stories import pairs, signs
from tidende.stories.embed import PROJECTION, encoded
from tidende.stories.signature import Signature, signature
from tidende.stories.signs import Counts, Sign, Signs, count
from training import story_sets
from training.story_model import NEAREST, WINDOW, Batch, sample, thresholds
from training.story_sets import Item
from training.story_vectors import FOLDS, Crossed, Left, fold, lefts, projection, scattered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

FOLDER = PROJECTION.parent
_SHARE = 0.01  # of the articles in a language: from here on a sign is common
_LEAST = 3  # articles
_ENOUGH = 40  # articles in a language from which shares are told
_DRAWS = 6  # of the languages of NTREX documents
_ALONE = ("dan", "nob", "nno", "swe", "eng", "deu", "fra", "rus")  # languages of NTREX grouped alone
_LONG = ("documents", "halves")
_COUNTED = ("ITN", "cdt", "Wikinews")  # sources whose signs are counted
_BATCH = 64


class Corpus:
    """Readings and whitened vectors of items; what is costly is kept in a file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._held: dict[str, tuple[Reading, Floats]] = {}
        self._counts: dict[str, Counts] = {}
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

    def counts(self, item: Item) -> Counts:
        """Give how often an item that was added holds each sign."""
        reading = self.reading(item)
        if reading.article.id not in self._counts:
            self._counts[reading.article.id] = count(reading)
        return self._counts[reading.article.id]

    def vectors(self, items: Sequence[Item]) -> Floats:
        """Give the whitened vectors of items that were added."""
        return np.array([self._held[item.article().id][1] for item in items], dtype=np.float32)


# --- how common signs are -----------------------------------------------------------------------


class Common:
    """How many articles hold each sign, by language and by the fold of their stories."""

    def __init__(self, items: Iterable[Item], corpus: Corpus) -> None:
        self._totals: dict[str, Counter[int]] = defaultdict(Counter)
        self._counts: dict[str, dict[int, Counter[Sign]]] = defaultdict(lambda: defaultdict(Counter))
        for item in items:
            reading, own = corpus.reading(item), corpus.counts(item)
            n = fold(item.story)
            language = reading.article.language
            for tables, name in (((own.prints, own.words), language), ((own.names,), f"{language} in full")):
                if name == language or reading.entities:
                    self._totals[name][n] += 1
                    self._counts[name][n].update(sign for table in tables for sign in table)

    def shares(self, without: Sequence[int] = ()) -> dict[Sign, float]:
        """Give the signs that many articles in some language hold, with their share there.

        The stories of the folds `without` are not counted.
        """
        found: dict[Sign, float] = {}
        for name, totals in self._totals.items():
            folds = [n for n in range(FOLDS) if n not in without]
            total = sum(totals[n] for n in folds)
            if total >= _ENOUGH:
                held: Counter[Sign] = Counter()
                for n in folds:
                    held.update(self._counts[name][n])
                for sign, number in held.items():
                    if number >= _LEAST and number >= _SHARE * total:
                        found[sign] = max(found.get(sign, 0.0), number / total)
        return {sign: round(share, 4) for sign, share in sorted(found.items())}


class Weighed:
    """Signatures of items, their signs weighed by what has not counted the stories that are compared."""

    def __init__(self, corpus: Corpus, common: Common) -> None:
        self._corpus = corpus
        self._shares = {without: common.shares(without) for without in [(), *lefts()]}
        self._held: dict[tuple[str, Left], Signature] = {}

    def of(self, item: Item, without: Left = ()) -> Signature:
        """Give the signature of an item as it is where the stories of the folds `without` are not counted."""
        reading = self._corpus.reading(item)
        key = reading.article.id, without
        if key not in self._held:
            signs = Signs(self._corpus.counts(item), self._shares[without])
            self._held[key] = signature(reading, None, signs)
        return self._held[key]


@dataclass(frozen=True, slots=True)
class Told:
    """What tells of two articles without having seen their stories."""

    corpus: Corpus
    crossed: Crossed
    weighed: Weighed


# --- all of it ----------------------------------------------------------------------------------


def run(data: Path, kept: Path | None = None, folder: Path = FOLDER) -> dict[str, dict[str, float]]:
    """Learn everything and write it into `folder`; give F1 by source, by what had not seen the stories."""
    corpus = Corpus(kept)
    ntrex, itn = story_sets.ntrex(data, "A"), story_sets.dev(story_sets.itn(data))
    cdt, wikinews = story_sets.dev(story_sets.cdt(data)), story_sets.wikinews(data)
    every = [item for versions in ntrex.values() for items in versions.values() for item in items]
    corpus.add([*every, *itn, *cdt])
    corpus.add(wikinews, full=False)
    sources = [scattered(items, corpus.vectors) for items in (itn, cdt, wikinews, every)]
    found = projection(sources)
    folder.mkdir(exist_ok=True)
    np.save(folder / PROJECTION.name, found)
    common = Common([*itn, *cdt, *wikinews], corpus)
    lines = "".join(f"{kind}\t{key}\t{share}\n" for (kind, key), share in common.shares().items())
    (folder / "common.tsv").write_text(lines, encoding="utf-8")
    signs.forget()

    seen = Told(corpus, Crossed(sources), Weighed(corpus, common))
    some = [item for item in wikinews if fold(item.story) == 0]
    told: dict[str, dict[str, float]] = {}
    out = [f"window = {WINDOW}", f"nearest = {NEAREST}"]
    for days in (True, False):
        learned, tried = _batches(ntrex, {"ITN": itn, "Wikinews": wikinews if days else some}, seen, days)
        if not days:
            # translations of one text say little of how reports of one story differ: the threshold hears
            # them, the weights do not
            tried.append(_batch("cdt", cdt, seen))
        for vectors in (True, False):
            samples = {same: sample(learned, (vectors, days, same)) for same in (False, True)}
            joins = thresholds(tried, samples, vectors, days)
            for same, own in samples.items():
                table = pairs.table_name((vectors, days, same))
                least = joins.one if same else joins.two
                out += ["", f"[{table}]", f"threshold = {least}", f"closed = {joins.closed}"]
                out += ["", f"[{table}.features]"]
                weights = own.fitted()
                out += [f'"{name}" = {w:.4f}' for name, w in zip(pairs.FEATURES, weights, strict=True)]
                told[table] = dict(joins.scores)
    head = (
        "# Written by `python -m training stories`: log odds of a pair's features (tidende.stories.pairs).\n"
    )
    (folder / "weights.toml").write_text(head + "\n".join(out) + "\n", encoding="utf-8")
    return told


def _batches(
    ntrex: story_sets.Documents,
    others: Mapping[str, Sequence[Item]],
    told: Told,
    days: bool,
) -> tuple[list[Batch], list[Batch]]:
    """Give what weights are learned from, and what thresholds are tried on."""
    learned = [_batch(source, items, told, days) for source, items in others.items()]
    tried = list(learned)
    for seed in range(2 * _DRAWS):
        for source, items in zip(_LONG, story_sets.drawn(ntrex, seed), strict=True):
            (tried if seed % 2 else learned).append(_batch(source, items, told, days))
    for seed in range(_DRAWS // 2):
        # reports of one event that are each told over and over: still one story
        items = story_sets.versions(ntrex, seed)
        tried.append(_batch("documents in five languages", items, told, days))
    for language in _ALONE:
        for source, items in zip(_LONG, story_sets.alone(ntrex, language), strict=True):
            batch = _batch(f"{source} in one language", items, told, days)
            learned.append(batch)
            tried.append(batch)
    return learned, tried


def _batch(source: str, items: Sequence[Item], told: Told, days: bool = True) -> Batch:
    counted = source in _COUNTED

    def of(i: int, left: Left) -> Signature:
        one = told.weighed.of(items[i], left if counted else ())
        return one if days else replace(one, day=None)

    own = [of(i, ()) for i in range(len(items))]
    return Batch(
        source, own, [item.story for item in items], told.crossed.cosines(items, told.corpus.vectors), of
    )
