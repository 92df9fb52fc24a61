"""Say how likely two articles tell one story, from what these two print and nothing else.

A small logistic model over what they share: the vectors, who is in both, names and numbers as printed, stems
of words, the days between them, their lengths. Its weights are learned (`training/stories.py`) and ship; that
it asks no third article makes any order and any batch give the same. Pairs in one language have weights of
their own: there two stories of one theme lie nearer than two reports of one story across languages do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from math import fsum, log, sqrt
from operator import mul
from typing import Any
from weakref import WeakKeyDictionary

import tomli

from tidende.stories.signature import Signature, by_kind

FEATURES = (
    "always",
    "vector",
    "vector, longer",
    "longer",
    "longer, squared",
    "people",
    "people in all",
    "names",
    "names in all",
    "no names",
    "numbers in all",
    "words",
    "days",
)
# what features are asked of that are shared signs: the tables of an article as it is compared
_OF = {
    "people": ("people", "people in all", "no names"),
    "names": ("names", "names in all", "no names"),
    "numbers": ("numbers in all",),
    "words": ("words",),
}
TABLES = frozenset(_OF)
Kind = tuple[
    bool, bool, bool
]  # whether the vectors, whether the days of both are known; whether one language
_SIDES = (True, False)
KINDS: tuple[Kind, ...] = tuple((a, b, c) for a, b, c in product(_SIDES, _SIDES, _SIDES))
LIMIT = 8.0  # log odds that no pair exceeds: one sure pair must not carry all others
_NOTHING = 0.0, 0.0
_LONG = 1000  # words from which on more of them tell nothing more


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: log odds for each feature, and the mean log odds from which on groups join.

    There is a table for each `Kind`. `closed` is the share of what articles of a group are alike by which
    those of two groups have to be alike above that (`linkage`). `window` is how many days may lie between
    reports of one story; `nearest` is the cosine below which no pair of one story was seen. `asked` are the
    tables of signs that weigh anything.
    """

    features: Mapping[Kind, Sequence[float]]
    thresholds: Mapping[Kind, float]
    closed: Mapping[Kind, float]
    window: int
    nearest: float
    asked: Mapping[Kind, frozenset[str]]


class Compared:
    """An article with its signs by kind, as it is compared with many.

    `scores` are those of it and others that are still held (`group` keeps them there): a story that grows is
    grouped again with every article that comes.
    """

    def __init__(self, one: Signature) -> None:
        self.one = one
        self.people = _Table(by_kind(one.names))
        prints = by_kind(one.prints)
        self.names, self.numbers = (_Table({kind: prints.get(kind, {})}) for kind in ("name", "number"))
        self.words = _Table(by_kind(one.words))
        self.scores: WeakKeyDictionary[Compared, float] = WeakKeyDictionary()


@cache
def load_weights() -> Weights:
    """Read the weights that ship."""
    path = files("tidende.stories") / "weights" / "weights.toml"
    told = tomli.loads(path.read_text(encoding="utf-8"))
    tables: dict[Kind, dict[str, Any]] = {kind: told[table_name(kind)] for kind in KINDS}
    weigh = {
        kind: {name for name, weight in table["features"].items() if weight} for kind, table in tables.items()
    }
    return Weights(
        {kind: [float(table["features"][name]) for name in FEATURES] for kind, table in tables.items()},
        {kind: float(table["threshold"]) for kind, table in tables.items()},
        {kind: float(table["closed"]) for kind, table in tables.items()},
        int(told["window"]),
        float(told["nearest"]),
        {kind: frozenset(of for of, names in _OF.items() if own & {*names}) for kind, own in weigh.items()},
    )


def apart(a: Signature, b: Signature, window: int) -> bool:
    """Tell whether two articles are too far apart in time to tell one story."""
    return a.day is not None and b.day is not None and abs((a.day - b.day).days) > window


def score(a: Compared, b: Compared, cosine: float | None) -> float:
    """Give by how much the odds that two articles tell one story are above what joins groups (log odds).

    `cosine` is that of their vectors, None where one has none. The score lies within `LIMIT` of 0, and is
    lowest for what cannot be one story: articles too far apart in time or in their vectors.
    """
    weights = load_weights()
    if apart(a.one, b.one, weights.window) or (cosine is not None and cosine < weights.nearest):
        return -LIMIT
    kind = kind_of(a.one, b.one)
    found = features(a, b, cosine, weights.asked[kind])
    odds: float = sum(map(mul, weights.features[kind], found))
    return max(-LIMIT, min(LIMIT, odds - weights.thresholds[kind]))


def kind_of(a: Signature, b: Signature) -> Kind:
    """Tell what is known of a pair: the vectors of both, their days, and whether they share a language."""
    vectors, days = a.vector and b.vector, a.day is not None and b.day is not None
    return bool(vectors), days, a.language == b.language


def table_name(kind: Kind) -> str:
    """Name the table of a kind in the file of weights."""
    vectors, days, same = kind
    names = "vectors" if vectors else "signs", "days" if days else "undated", "one" if same else "two"
    return "-".join(names)


def features(
    a: Compared, b: Compared, cosine: float | None, tables: Collection[str] = TABLES
) -> tuple[float, ...]:
    """Give what is asked of a pair, in the order of `FEATURES`; the same for (a, b) and (b, a).

    What hangs on other `tables` of signs than those told is 0.
    """
    one, other = a.one, b.one
    longer = log(1 + min(one.length, other.length, _LONG)) / log(1 + _LONG)
    near = cosine or 0.0
    full = one.full and other.full
    people, everybody = a.people.shared(b.people) if full and "people" in tables else _NOTHING
    names, every = a.names.shared(b.names) if "names" in tables else _NOTHING
    numbers = a.numbers.weight(b.numbers) if "numbers" in tables else 0.0
    words = a.words.cosine(b.words) if "words" in tables else 0.0
    gap = 0 if one.day is None or other.day is None else abs((one.day - other.day).days)
    return (
        1.0,
        near,
        near * longer,
        longer,
        longer * longer,
        people,
        log(1 + everybody),
        names,
        log(1 + every),
        float(not every and not everybody),
        log(1 + numbers),
        words,
        gap / 7,
    )


class _Table:
    """Signs by kind with what they weigh; sums are exact, so that they do not hang on any order."""

    __slots__ = ("_kinds", "_length")

    def __init__(self, kinds: Mapping[str, Mapping[str, float]]) -> None:
        self._kinds = kinds
        self._length = 0.0  # told when first asked for

    def shared(self, other: _Table) -> tuple[float, float]:
        """Give the cosine of two tables, and what all they share weighs."""
        both = self._common(other)
        return self._alike(other, both), _least(both)

    def cosine(self, other: _Table) -> float:
        """Give the cosine of two tables."""
        return self._alike(other, self._common(other))

    def weight(self, other: _Table) -> float:
        """Give what all that two tables share weighs."""
        return _least(self._common(other))

    def _alike(self, other: _Table, both: Sequence[tuple[float, float]]) -> float:
        return fsum([one * two for one, two in both]) / (self._long() * other._long()) if both else 0.0

    def _common(self, other: _Table) -> list[tuple[float, float]]:
        """Give what each sign that both have weighs here and there."""
        return [
            (weight, there[key])
            for kind, here in self._kinds.items()
            if (there := other._kinds.get(kind))
            for key, weight in here.items()
            if key in there
        ]

    def _long(self) -> float:
        if not self._length:
            squares = [weight * weight for own in self._kinds.values() for weight in own.values()]
            self._length = sqrt(fsum(squares))
        return self._length


def _least(both: Sequence[tuple[float, float]]) -> float:
    # a third of the time that min takes, and this is asked of every pair
    return fsum([one if one < two else two for one, two in both])
