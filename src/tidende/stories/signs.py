"""Find the signs that an article is known by, whatever its language: names, numbers, stems of words.

A sign is an entity or a pair of parties where the article was read in full, else a name as it sounds, cut to
where endings begin; a number; the stem of a longer word. Signs weigh by how rare they are in general news:
the statistics ship (`weights/common.tsv`, written by `training/stories.py`), so that the weight of a sign
hangs on no other article.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log

from tidende.entities.shape import shape_key
from tidende.records import Reading

Sign = tuple[str, str]  # kind and key

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?!\w)")
_INSIDE = re.compile(r"[\w,;]\s+\Z")  # what stands before a word inside a sentence
_OPENING = 400  # code points in which an article says what it is about
_PRINT = 5  # letters of a name that case endings leave alone
_STEM = 6  # letters that inflection leaves alone
_SHOUTED = 0.8  # share of the longer words of a line that are capitalised in a headline that capitalises all
_MOST = {"names": 64, "prints": 64, "words": 64}  # signs kept, those that weigh most
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Counts:
    """How often one article holds each sign, by kind; which stand in its opening; how it prints them.

    `names` is who and what is in an article that was read in full, `prints` what every article has,
    `words` the stems of longer words.
    """

    names: Mapping[Sign, int]
    prints: Mapping[Sign, int]
    words: Mapping[Sign, int]
    lead: Set[Sign]
    shown: Mapping[Sign, str]


class Signs:
    """The signs of one article with what each weighs, and how the article prints it.

    `shares` gives the share of articles that hold each common sign; without it, what ships.
    """

    def __init__(self, counts: Counts, shares: Mapping[Sign, float] | None = None) -> None:
        table = _shares() if shares is None else _with_least(shares)
        self.names = _weighed(counts.names, counts.lead, _MOST["names"], table)
        self.prints = _weighed(counts.prints, counts.lead, _MOST["prints"], table)
        self.words = _weighed(counts.words, set(), _MOST["words"], table)
        kept = {*self.names, *self.prints, *self.words}
        self.shown = {sign: text for sign, text in counts.shown.items() if sign in kept}


def count(reading: Reading) -> Counts:
    """Count the signs of an article; no other article and no statistics are asked."""
    article = reading.article
    source = "\n".join(part for part in (article.title, article.text) if part)
    shown: dict[Sign, str] = {}
    names: Counter[Sign] = Counter()
    lead: set[Sign] = set()
    for entity in reading.entities:
        if entity.named:
            sign: Sign = (entity.type, entity.id)
            names[sign] += len(entity.evidence)
            shown[sign] = entity.name
            if any(e.part == "title" or e.start < _OPENING for e in entity.evidence):
                lead.add(sign)
    for event in reading.events:
        parties = sorted({*event.actors, *event.recipients})
        if len(parties) > 1:
            sign = ("event", f"{event.type} {' '.join(parties)}")
            names[sign] += 1
            if event.main:
                lead.add(sign)
    prints: Counter[Sign] = Counter()
    for start, key, word in _capitals(source):
        sign = ("name", key[:_PRINT])
        prints[sign] += 1
        shown.setdefault(sign, word)
        if start < _OPENING:
            lead.add(sign)
    for found in _NUMBER.finditer(source):
        digits = re.sub(r"\D", "", found.group())
        if len(digits) > 1:
            year = len(digits) == 4 and found.group() == digits and digits[:2] in ("19", "20")
            sign = ("year" if year else "number", digits)
            prints[sign] += 1
            shown.setdefault(sign, found.group())
    words: Counter[Sign] = Counter()
    for found in _WORD.finditer(source):
        word = fold(found.group())
        if len(word) >= _STEM:
            sign = ("word", word[:_STEM])
            words[sign] += 1
            shown.setdefault(sign, found.group())
    return Counts(names, prints, words, lead, shown)


@cache
def _shares() -> tuple[Mapping[Sign, float], float]:
    """Give the share of articles that hold each common sign, and that of one that is not listed."""
    rows = (files("tidende.stories") / "weights" / "common.tsv").read_text(encoding="utf-8").splitlines()
    shares = {}
    for row in rows:
        kind, key, share = row.split("\t")
        shares[kind, key] = float(share)
    return _with_least(shares)


def _with_least(shares: Mapping[Sign, float]) -> tuple[Mapping[Sign, float], float]:
    return shares, min(shares.values(), default=0.01)


def forget() -> None:
    """Read the statistics anew at the next call, after they were written."""
    _shares.cache_clear()


def _weighed(
    counts: Mapping[Sign, int], lead: Set[Sign], most: int, table: tuple[Mapping[Sign, float], float]
) -> dict[Sign, float]:
    """Weigh signs by rarity; one that comes often or in the opening counts more, but not in proportion.

    Rarity is the logarithm of how many articles there are for each that holds the sign.
    """
    shares, least = table
    weights = {
        sign: round(
            (1 + min(number - 1, 3) / 3) * (1.5 if sign in lead else 1) * -log(shares.get(sign, least)), 3
        )
        for sign, number in counts.items()
    }
    best = sorted(weights, key=lambda sign: (-weights[sign], sign))[:most]
    return {sign: weights[sign] for sign in sorted(best)}


def _capitals(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield capitalised words with their places and shape keys.

    Words of a line in which most are capitalised count where they are so elsewhere too, and so do those that
    open a sentence and are printed in lower case as well.
    """
    found: list[tuple[int, str, str, bool]] = []
    start = 0
    lower = {match.group() for match in _WORD.finditer(source) if match.group()[0].islower()}
    for line in source.splitlines(keepends=True):
        words = list(_WORD.finditer(line))
        long = [match.group() for match in words if len(match.group()) > 3]
        shouted = len(long) > 2 and sum(word[0].isupper() for word in long) > _SHOUTED * len(long)
        for match in words:
            word = match.group()
            if word[0].isupper() and len(word) > 2:
                key = shape_key(word).replace("-", "")
                if len(key) > 2:
                    before = line[max(0, match.start() - 3) : match.start()]
                    opens = word.lower() in lower and not _INSIDE.search(before)
                    found.append((start + match.start(), key, word, not (shouted or opens)))
        start += len(line)
    surely = {key[:_PRINT] for _, key, _, sure in found if sure}
    for at, key, word, _ in found:
        if key[:_PRINT] in surely:
            yield at, key, word


def fold(word: str) -> str:
    """Bring a word to lower case without accents, so that neighbours' spellings meet."""
    word = word.lower()
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))
