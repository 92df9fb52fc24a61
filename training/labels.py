"""The classes of each head, made from the pack, and what a corpus of names allows a word to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from typing import Any

from training import scripts, silver
from training.names import LABELS, OUTSIDE, SCHEMES, Scheme

LANGUAGES = frozenset({"da", "nb", "nn", "sv", "en", "de"})
NAME_TAGS = (OUTSIDE, *(f"{prefix}-{label}" for label in LABELS for prefix in "BI"))
OPEN = -1  # a class that is not known or not to be learned


@dataclass(frozen=True)
class Labels:
    """The classes of each head in order; features, scripts seen too rarely are left out and not learned."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemma: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...] = NAME_TAGS

    @cached_property
    def index(self) -> dict[str, dict[str, int]]:
        """Give, for each head, the number of each class."""
        return {kind: {one: at for at, one in enumerate(classes)} for kind, classes in asdict(self).items()}

    def numbers(self, kind: str, values: Iterable[str]) -> list[int]:
        """Give the numbers of classes of one head, OPEN where a class is none of its."""
        known = self.index[kind]
        return [known.get(value, OPEN) for value in values]


def gather(rows: Iterable[Mapping[str, Any]], *, least: int = 3) -> Labels:
    """Collect the classes of all rows with trees; features and scripts from our six languages only.

    `least` is how often a set of features or a script must be seen. Order is by count, then by name.
    """
    upos: Counter[str] = Counter()
    feats: Counter[str] = Counter()
    lemma: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for row in rows:
        if "g" not in row:
            continue
        upos.update(row["u"])
        if row["l"] in LANGUAGES:
            relations.update(row["r"])
            feats.update(row["m"])
            lemma.update(map(scripts.script, row["w"], row["e"]))
    return Labels(_kept(upos, 1), _kept(feats, least), _kept(lemma, least), _kept(relations, 1))


def _kept(counts: Counter[str], least: int) -> tuple[str, ...]:
    return tuple(
        sorted((one for one, n in counts.items() if n >= least), key=lambda one: (-counts[one], one))
    )


def allowed(tag: str, scheme: Scheme) -> tuple[bool, ...]:
    """Say which of NAME_TAGS a word may have that a corpus tagged `tag`."""
    prefix, _, label = tag.partition("-")
    if tag == OUTSIDE:
        open_ = {OUTSIDE, *(f"{each}-{hidden}" for hidden in scheme.hidden for each in "BI")}
    else:
        open_ = {f"{prefix}-{one}" for one in scheme.may.get(label, (label,))}
    return tuple(one in open_ for one in NAME_TAGS)


ALLOWED = {key: {tag: allowed(tag, scheme) for tag in NAME_TAGS} for key, scheme in SCHEMES.items()}
ANYTHING = (True,) * len(NAME_TAGS)


@cache
def permitted(tag: str, scheme: str) -> tuple[bool, ...]:
    """Say which of NAME_TAGS a word may have by a tag of a row of the pack; silver tags may be open."""
    if tag == silver.ANY:
        return ANYTHING
    every = [ALLOWED[scheme][one] for one in silver.options(tag)]
    return tuple(map(any, zip(*every, strict=True)))


def seen(label: str, scheme: str) -> str:
    """Give what a corpus of `scheme` calls a name that we call `label`; empty: it marks none of them."""
    for own, several in SCHEMES[scheme].may.items():
        if label in several:
            return own
    return "" if label in SCHEMES[scheme].hidden else label
