"""Find the same words of one speaker in several articles, across translations.

Nothing is translated. Two quotes are one when the speaker fits, they are about as long, mention the
same people, places and numbers, and share cognates: words whose letters meet though their languages
differ (situasjonen, situationen). What related languages share is much, so it must be much; what
Danish and German share is less.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from tidende.entities.shape import shape_key
from tidende.languages.lists import READ_IN_FULL, word_set
from tidende.records import Entity, Quote, QuoteVersion
from tidende.stories.signature import fold

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*")
_SCANDINAVIAN = frozenset(("da", "nb", "nn", "sv"))
_LONGEST = 2.6  # times as long as the shorter version
_NEEDED = 4.0
_COGNATES_NEEDED = 0.2
_WORDS_NEEDED = 0.6  # within one language, where nothing was translated
_MARGIN = 0.3  # by which a pair must be better than its next rival
_COGNATE = 0.5  # share of letter triples that two words have in common


@dataclass(frozen=True, slots=True)
class Said:
    """One quote of one article with what it is compared by."""

    article: int
    quote: Quote
    version: QuoteVersion
    words: tuple[str, ...]
    numbers: frozenset[str]
    mentions: frozenset[str]

    @property
    def length(self) -> int:
        """Give the length of what is said, in code points."""
        return len(self.version.text)


def said(article: int, quote: Quote, entities: Sequence[Entity]) -> Said:
    """Prepare a quote of one version for comparison."""
    version = quote.versions[0]
    mentions = {
        entity.id
        for entity in entities
        if entity.named
        for piece in entity.evidence
        for span in version.spans
        if piece.part == span.part and span.start <= piece.start and piece.end <= span.end
    }
    skipped = (
        word_set(version.language, "text", "function_words")
        if version.language in READ_IN_FULL
        else frozenset()
    )
    words = [word for word in _WORD.findall(version.text) if len(word) > 3 and word.lower() not in skipped]
    return Said(
        article=article,
        quote=quote,
        version=version,
        words=tuple(dict.fromkeys(fold(word) for word in words)),
        numbers=frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(version.text)),
        mentions=frozenset(mentions - {quote.speaker}),
    )


def aligned(quotes: Sequence[Said]) -> list[list[Said]]:
    """Sort quotes into those that are one, at most one of each article, best pairs first."""
    rarity = _rarity(quotes)
    scores: dict[tuple[int, int], float] = {}
    for i, a in enumerate(quotes):
        for j in range(i + 1, len(quotes)):
            b = quotes[j]
            if a.article != b.article and (score := likeness(a, b, rarity)) > 0:
                scores[i, j] = score
    home = {i: [i] for i in range(len(quotes))}
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        left, right = home[i], home[j]
        articles = [quotes[k].article for k in (*left, *right)]
        certain = not _rivalled((i, j), quotes, scores)
        if certain and left is not right and len(set(articles)) == len(articles):
            left += right
            home.update(dict.fromkeys(right, left))
    found, seen = [], set()
    for i in range(len(quotes)):
        if i not in seen:
            seen.update(home[i])
            found.append([quotes[k] for k in sorted(home[i])])
    return found


def _rivalled(pair: tuple[int, int], quotes: Sequence[Said], scores: Mapping[tuple[int, int], float]) -> bool:
    """Tell whether another quote of either article fits about as well: then neither is sure."""
    return any(
        scores.get((min(here, other), max(here, other)), 0.0) > scores[pair] - _MARGIN
        for here, there in (pair, pair[::-1])
        for other, quote in enumerate(quotes)
        if other != there and quote.article == quotes[there].article
    )


def _rarity(quotes: Sequence[Said]) -> Mapping[str, float]:
    """Weigh an entity by how few of the quotes mention it."""
    counts: dict[str, int] = {}
    for one in quotes:
        for identifier in one.mentions:
            counts[identifier] = counts.get(identifier, 0) + 1
    return {identifier: 1.0 / number for identifier, number in counts.items()}


def likeness(a: Said, b: Said, rarity: Mapping[str, float]) -> float:
    """Say how surely two quotes are one, 0 for not surely enough.

    The weights are those of a logistic regression on parallel news (part A of the NTREX set in
    `benchmarks`), rounded; what passes is likelier one than not even before rivals are compared.
    """
    short, long = sorted((a.length, b.length))
    if not _speakers_fit(a.quote, b.quote) or short * _LONGEST < long:
        return 0.0
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return 0.0
    related = {a.version.language, b.version.language} <= _SCANDINAVIAN
    shared = cognates(a.words, b.words)
    letters = shared * min(sum(map(len, a.words)), sum(map(len, b.words)))
    indirect = [a.version.kind, b.version.kind].count("indirect")
    score = (
        (2.8 if related else 1.9) * shared
        + 0.4 * log1p(letters)
        + 2.6 * _overlap(a, b, rarity)
        + 2.7 * short / long
        - 0.7 * related
        - 1.1 * (indirect == 1)
        - 0.7 * (a.quote.speaker is None or b.quote.speaker is None)
    )
    words_needed = _WORDS_NEEDED if a.version.language == b.version.language else _COGNATES_NEEDED
    return score if score >= _NEEDED and shared >= words_needed else 0.0


def _speakers_fit(a: Quote, b: Quote) -> bool:
    return a.speaker == b.speaker or a.speaker is None or b.speaker is None


def _overlap(a: Said, b: Said, rarity: Mapping[str, float]) -> float:
    """Add for mentions and numbers in common, take off for those that one side lacks."""
    both, either = a.mentions & b.mentions, a.mentions | b.mentions
    numbers = 0.2 * bool(a.numbers & b.numbers) - 0.1 * bool(a.numbers ^ b.numbers)
    if not either:
        return numbers
    total = sum(rarity[i] for i in either)
    return numbers + 0.5 * sum(rarity[i] for i in both) / total - 0.15 * (not both)


def cognates(a: Sequence[str], b: Sequence[str]) -> float:
    """Give the share of the letters of the shorter list that stand in words with a cognate in the other."""
    if not a or not b:
        return 0.0
    here = [_triples(word) for word in a]
    there = [_triples(word) for word in b]
    found_a = [max(_dice(one, other) for other in there) >= _COGNATE for one in here]
    found_b = [max(_dice(one, other) for other in here) >= _COGNATE for one in there]
    share_a = sum(len(w) for w, hit in zip(a, found_a, strict=True) if hit) / sum(map(len, a))
    share_b = sum(len(w) for w, hit in zip(b, found_b, strict=True) if hit) / sum(map(len, b))
    short, long = (share_a, share_b) if sum(map(len, a)) <= sum(map(len, b)) else (share_b, share_a)
    return 0.8 * short + 0.2 * long


def _triples(word: str) -> frozenset[str]:
    word = f" {shape_key(word)}"
    return frozenset(word[i : i + 3] for i in range(max(1, len(word) - 2)))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))
