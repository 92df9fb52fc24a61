"""Say how likely two articles tell one story, from what these two print and nothing else.

A small logistic model over what they share: the vectors, who is in both, names and numbers as printed, stems
of words, the days between them, their lengths. Its weights are learned (`training/stories.py`) and ship; that
it asks no third article makes any order and any batch give the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log, sqrt
from typing import Any

import tomli

from tidende.stories.signature import Signature
from tidende.stories.signs import Sign

FEATURES = (
    "always",
    "vector",
    "vector, same language",
    "vector, longer",
    "longer",
    "longer, squared",
    "people",
    "people in all",
    "names",
    "names in all",
    "no names",
    "numbers in all",
    "words, other language",
    "words, same language",
    "same language",
    "days",
)
Kind = tuple[bool, bool]  # whether the vectors, whether the days of both are known
KINDS: tuple[Kind, ...] = ((True, True), (True, False), (False, True), (False, False))
LIMIT = 8.0  # log odds that no pair exceeds: one sure pair must not carry all others
_LONG = 1000  # words from which on more of them tell nothing more


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: log odds for each feature, and the mean log odds from which on groups join.

    There is a table for each `Kind` of pair. `window` is how many days may lie between
    reports of one story; `nearest` is the cosine below which no pair of one story was seen.
    """

    features: Mapping[Kind, Sequence[float]]
    thresholds: Mapping[Kind, float]
    window: int
    nearest: float


@cache
def load_weights() -> Weights:
    """Read the weights that ship."""
    path = files("tidende.stories") / "weights" / "weights.toml"
    told = tomli.loads(path.read_text(encoding="utf-8"))
    tables: dict[Kind, dict[str, Any]] = {kind: told[table_name(kind)] for kind in KINDS}
    return Weights(
        {kind: [float(table["features"][name]) for name in FEATURES] for kind, table in tables.items()},
        {kind: float(table["threshold"]) for kind, table in tables.items()},
        int(told["window"]),
        float(told["nearest"]),
    )


def apart(a: Signature, b: Signature, window: int) -> bool:
    """Tell whether two articles are too far apart in time to tell one story."""
    return a.day is not None and b.day is not None and abs((a.day - b.day).days) > window


def score(a: Signature, b: Signature, cosine: float | None) -> float:
    """Give by how much the odds that two articles tell one story are above what joins groups (log odds).

    `cosine` is that of their vectors, None where one has none. The score lies within `LIMIT` of 0, and is
    lowest for what cannot be one story: articles too far apart in time or in their vectors.
    """
    weights = load_weights()
    if apart(a, b, weights.window) or (cosine is not None and cosine < weights.nearest):
        return -LIMIT
    kind = kind_of(a, b, cosine)
    odds = sum(w * x for w, x in zip(weights.features[kind], features(a, b, cosine), strict=True))
    return max(-LIMIT, min(LIMIT, odds - weights.thresholds[kind]))


def kind_of(a: Signature, b: Signature, cosine: float | None) -> Kind:
    """Tell what is known of a pair: the vectors of both, the days of both."""
    return cosine is not None, a.day is not None and b.day is not None


def table_name(kind: Kind) -> str:
    """Name the table of a kind in the file of weights."""
    return f"{'vectors' if kind[0] else 'signs'}-{'days' if kind[1] else 'undated'}"


def features(a: Signature, b: Signature, cosine: float | None) -> tuple[float, ...]:
    """Give what is asked of a pair, in the order of `FEATURES`; the same for (a, b) and (b, a)."""
    same = float(a.language == b.language)
    longer = log(1 + min(a.length, b.length, _LONG)) / log(1 + _LONG)
    near = cosine or 0.0
    both = a.full and b.full
    people, everybody = _shared(a.names, b.names) if both else (0.0, 0.0)
    names, every = _shared(*(_of(one.prints, "name") for one in (a, b)))
    _, numbers = _shared(*(_of(one.prints, "number") for one in (a, b)))
    words, _ = _shared(a.words, b.words)
    gap = 0 if a.day is None or b.day is None else abs((a.day - b.day).days)
    return (
        1.0,
        near,
        near * same,
        near * longer,
        longer,
        longer * longer,
        people,
        log(1 + everybody),
        names,
        log(1 + every),
        float(not every and not everybody),
        log(1 + numbers),
        words * (1 - same),
        words * same,
        same,
        gap / 7,
    )


def _of(signs: Mapping[Sign, float], kind: str) -> dict[Sign, float]:
    return {sign: weight for sign, weight in signs.items() if sign[0] == kind}


def _shared(a: Mapping[Sign, float], b: Mapping[Sign, float]) -> tuple[float, float]:
    """Give the cosine of two tables of signs, and what all they share weighs."""
    if len(a) > len(b):
        a, b = b, a
    common = [(weight, b[sign]) for sign, weight in a.items() if sign in b]
    if not common:
        return 0.0, 0.0
    lengths = sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return sum(x * y for x, y in common) / lengths, sum(min(pair) for pair in common)
