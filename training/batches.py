"""Rows of the pack to batches of numbers: pieces, first pieces, and what each head has to learn.

A word stands for its first piece. Everything unknown is OPEN (no tree, no names, a rare class, a changed
word), so that a source teaches only what it tells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, TypeVar

from training import scripts
from training.labels import ANYTHING, LANGUAGES, OPEN, Labels, permitted

_T = TypeVar("_T")
Row = dict[str, Any]
Split = Callable[[str, bool], tuple[int, ...]]
LONGEST = 320  # pieces of a sentence; longer ones are left out of training, and cut at run time
LONGEST_WORD = 10  # pieces of a word: web addresses end there
DEV_FOLD = 0
_CLOSING = frozenset(".,:;!?")

# How often a sentence of a source (and part) is seen an epoch. Gold weighs more than converted, our six
# languages more than the rest, which only help transfer.
SHARES: Mapping[tuple[str, str], float] = {
    ("ndt-nb", "train"): 1.0,
    ("ndt-nn", "train"): 1.0,
    ("ud-nb", "dev"): 1.0,
    ("ud-nn", "dev"): 1.0,
    ("ddt", "train"): 2.0,
    ("ud-da-ddt", "dev"): 4.0,
    ("talbanken", "train"): 1.5,
    ("ud-sv-talbanken", "dev"): 3.0,
    ("ud-en-ewt", "train"): 1.0,
    ("ud-en-ewt", "dev"): 2.0,
    ("ud-de-gsd", "dev"): 5.0,
    ("pud-de", "train"): 4.0,
    ("pud-sv", "train"): 2.0,
    ("pud-en", "train"): 1.0,
    ("webbnyheter", "train"): 0.7,
    ("germeval2014", "dev"): 3.0,
    ("meantime-silver", "train"): 1.5,
    ("itn-en-silver", "train"): 1.5,
    ("wikinews-de-silver", "train"): 0.3,
    ("turku", "train"): 0.2,
    ("turku", "dev"): 0.2,
    ("ud-fi-tdt", "dev"): 0.3,
}
_OTHER_SHARE = 0.4
# Noisy, silver (see "Silver names" in the README), or of another language.
NAME_WEIGHTS: Mapping[str, float] = {
    "webbnyheter": 0.5,
    "webbnyheter-revised": 0.6,
    "turku": 0.7,
    "ewt-silver": 0.5,
    "meantime-silver": 0.6,
    "itn-en-silver": 0.6,
    "wikinews-de-silver": 0.4,
}


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence in numbers; `firsts` are the first pieces, the sentence opener before them."""

    pieces: tuple[int, ...]
    firsts: tuple[int, ...]
    upos: list[int]
    feats: list[int]
    lemma: list[int]
    heads: list[int]
    relations: list[int]
    names: list[tuple[bool, ...]]
    name_weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as lists of equal length: pieces and firsts padded, classes padded with OPEN."""

    pieces: list[list[int]]
    mask: list[list[bool]]
    firsts: list[list[int]]
    words: list[list[bool]]
    upos: list[list[int]]
    feats: list[list[int]]
    lemma: list[list[int]]
    heads: list[list[int]]
    relations: list[list[int]]
    names: list[list[tuple[bool, ...]]]
    name_weights: list[list[float]]

    @property
    def size(self) -> int:
        """Give how many pieces the batch holds, padding not counted."""
        return sum(map(sum, self.mask))


def is_dev(row: Mapping[str, Any]) -> bool:
    """Say whether a row validates: fold 0 of the dev parts."""
    return bool(row["p"] == "dev" and row["k"] == DEV_FOLD)


def spacing(words: Sequence[str], spaces: str) -> list[bool]:
    """Say for each word whether white space goes before it.

    A source without any word about spacing (white space everywhere) is printed as one would: closing marks
    stand at the word before them, opening marks at the word after.
    """
    if "0" in spaces:
        return [True, *(sign == "1" for sign in spaces[: len(words) - 1])]
    spaced = [True] * len(words)
    for at, word in enumerate(words):
        kind = unicodedata.category(word[0]) if len(word) == 1 else ""
        if at and (kind in {"Pe", "Pf"} or word in _CLOSING):
            spaced[at] = False
        elif kind in {"Ps", "Pi"} and at + 1 < len(words):
            spaced[at + 1] = False
    return spaced


def spaced(row: Mapping[str, Any]) -> list[bool]:
    """Say for each word of a row whether white space goes before it.

    The words of a multiword token stand together where they spell it ("it" + "'s"), else apart ("zu" + "dem"
    for "zum"); a closing mark stands at the token before it.
    """
    words: Sequence[str] = row["w"]
    found = spacing(words, row["x"])
    for start, end, form in row.get("t", ()):
        if "".join(words[start - 1 : end]) == form:
            found[start:end] = [False] * len(words[start:end])
        if end < len(words) and words[end] in _CLOSING:
            found[end] = False
    return found


def pieces(row: Mapping[str, Any], split: Split, ends: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Give the pieces of a sentence with its opener and closer, and the place of each word's first piece."""
    ids, firsts = [ends[0]], [0]
    for word, apart in zip(row["w"], spaced(row), strict=True):
        firsts.append(len(ids))
        ids += split(word, apart)[:LONGEST_WORD]
    return [*ids, ends[1]], firsts


def encode(row: Row, labels: Labels, split: Split, ends: tuple[int, int]) -> Example:
    """Put one row in numbers; `ends` are the pieces that open and close a sentence."""
    words = row["w"]
    changed = row.get("changed", ())
    nothing = [OPEN] * len(words)
    ids, firsts = pieces(row, split, ends)
    upos, feats, lemma, heads, relations = nothing, nothing, nothing, nothing, nothing
    if "g" in row:
        upos, heads = labels.numbers("upos", row["u"]), list(row["h"])
        relations = labels.numbers("relations", row["r"])
        if row["l"] in LANGUAGES:
            feats = labels.numbers("feats", row["m"])
            edits = map(scripts.script, words, row["e"])
            lemma = [
                OPEN if at in changed else number for at, number in enumerate(labels.numbers("lemma", edits))
            ]
    names = [permitted(tag, row["c"]) for tag in row["n"]] if "c" in row else [ANYTHING] * len(words)
    weight = NAME_WEIGHTS.get(row.get("q") or row["s"], 1.0) if "c" in row else 0.0
    return Example(tuple(ids), tuple(firsts), upos, feats, lemma, heads, relations, names, weight)


def epoch(rows: Sequence[Row], dice: Random) -> list[Row]:
    """Draw the rows of one epoch: each as often as its source's share says, the rest of a share by chance."""
    drawn: list[Row] = []
    for row in rows:
        share = SHARES.get((row["s"], row["p"]), _OTHER_SHARE)
        drawn += [row] * (int(share) + (dice.random() < share % 1))
    return drawn


def plan(lengths: Sequence[int], most: int, dice: Random) -> list[list[int]]:
    """Group sentences of like length into batches of at most `most` pieces with padding, in random order.

    Lengths are shaken a little before they are sorted, so that batches differ between epochs.
    """
    order = sorted(range(len(lengths)), key=lambda at: (lengths[at] * (1 + dice.random() * 0.1), at))
    batches: list[list[int]] = []
    current: list[int] = []
    longest = 0
    for at in order:
        longest = max(longest, lengths[at])
        if current and longest * (len(current) + 1) > most:
            batches.append(current)
            current, longest = [], lengths[at]
        current.append(at)
    if current:
        batches.append(current)
    dice.shuffle(batches)
    return batches


def collate(examples: Sequence[Example], pad: int) -> Batch:
    """Pad examples to one length each way."""
    long = max(len(one.pieces) for one in examples)
    wide = max(len(one.upos) for one in examples)

    def classes(kind: str) -> list[list[int]]:
        return [_fill(getattr(one, kind), wide, OPEN) for one in examples]

    return Batch(
        pieces=[_fill(one.pieces, long, pad) for one in examples],
        mask=[_fill([True] * len(one.pieces), long, False) for one in examples],
        firsts=[_fill(one.firsts, wide + 1, 0) for one in examples],
        words=[_fill([True] * len(one.upos), wide, False) for one in examples],
        upos=classes("upos"),
        feats=classes("feats"),
        lemma=classes("lemma"),
        heads=classes("heads"),
        relations=classes("relations"),
        names=[_fill(one.names, wide, ANYTHING) for one in examples],
        name_weights=[_fill([one.name_weight] * len(one.upos), wide, 0.0) for one in examples],
    )


def _fill(values: Iterable[_T], length: int, filler: _T) -> list[_T]:
    own = list(values)
    return own + [filler] * (length - len(own))


def length(row: Row, split: Split, ends: tuple[int, int]) -> int:
    """Give how many pieces a row has."""
    return len(pieces(row, split, ends)[0])


def fitting(rows: Iterable[Row], split: Split, ends: tuple[int, int]) -> Iterator[Row]:
    """Yield the rows that are short enough to learn from and have words."""
    return (row for row in rows if row["w"] and all(row["w"]) and length(row, split, ends) <= LONGEST)
