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
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Reading
from tidende.stories import pairs, signs
from tidende.stories.embed import PROJECTION, encoded
from tidende.stories.signature import signature
from training import story_sets
from training.story_model import NEAREST, WINDOW, Batch, sample, thresholds
from training.story_sets import Item
from training.story_vectors import Crossed, fold, projection, scattered

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
    rows = common(corpus.reading(item) for item in [*itn, *cdt, *wikinews])
    lines = "".join(f"{kind}\t{key}\t{share}\n" for kind, key, share in rows)
    (folder / "common.tsv").write_text(lines, encoding="utf-8")
    signs.forget()

    crossed = Crossed(sources)
    some = [item for item in wikinews if fold(item.story) == 0]
    told: dict[str, dict[str, float]] = {}
    out = [f"window = {WINDOW}", f"nearest = {NEAREST}"]
    for days in (True, False):
        learned, tried = _batches(
            ntrex, {"ITN": itn, "Wikinews": wikinews if days else some}, corpus, crossed, days
        )
        if not days:
            # translations of one text say little of how reports of one story differ: the threshold hears
            # them, the weights do not
            tried.append(_batch("cdt", cdt, corpus, crossed))
        for vectors in (True, False):
            samples = {same: sample(learned, (vectors, days, same)) for same in (False, True)}
            values, scores = thresholds(tried, samples, vectors, days)
            for same, own in samples.items():
                table = pairs.table_name((vectors, days, same))
                out += ["", f"[{table}]", f"threshold = {values[same]}", "", f"[{table}.features]"]
                weights = own.fitted()
                out += [f'"{name}" = {w:.4f}' for name, w in zip(pairs.FEATURES, weights, strict=True)]
                told[table] = scores
    head = (
        "# Written by `python -m training stories`: log odds of a pair's features (tidende.stories.pairs).\n"
    )
    (folder / "weights.toml").write_text(head + "\n".join(out) + "\n", encoding="utf-8")
    return told


def _batches(
    ntrex: story_sets.Documents,
    others: Mapping[str, Sequence[Item]],
    corpus: Corpus,
    crossed: Crossed,
    days: bool,
) -> tuple[list[Batch], list[Batch]]:
    """Give what weights are learned from, and what thresholds are tried on."""
    learned = [_batch(source, items, corpus, crossed, days) for source, items in others.items()]
    tried = list(learned)
    for seed in range(2 * _DRAWS):
        for source, items in zip(_LONG, story_sets.drawn(ntrex, seed), strict=True):
            (tried if seed % 2 else learned).append(_batch(source, items, corpus, crossed, days))
    for language in _ALONE:
        for source, items in zip(_LONG, story_sets.alone(ntrex, language), strict=True):
            batch = _batch(f"{source} in one language", items, corpus, crossed, days)
            learned.append(batch)
            tried.append(batch)
    return learned, tried


def _batch(source: str, items: Sequence[Item], corpus: Corpus, crossed: Crossed, days: bool = True) -> Batch:
    readings = [corpus.reading(item) for item in items]
    own = [signature(reading) for reading in readings]
    own = own if days else [replace(one, day=None) for one in own]
    return Batch(source, own, [item.story for item in items], crossed.cosines(items, corpus.vectors))
