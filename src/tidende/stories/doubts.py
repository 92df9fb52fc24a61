"""Find like words in two mouths: what one article gives to one speaker, and another article to another.

Nothing is merged by it: the two stay two quotes, and a person has to look which article is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from tidende.errors import ModelError
from tidende.languages.lists import READ_IN_FULL, word_set
from tidende.parse.vectors import load_encoder
from tidende.records import Difference, DifferenceValue, Entity, Event, Quote, QuoteVersion

_NEAR = 0.75  # cosine of what is said; two statements of two people about one matter stay below 0.65
_SHORTEST = 5  # words
_LONGEST = 30  # words in which a party sums up its talks
_ALIKE = 0.5  # length of the shorter over the longer
_WORD = re.compile(r"\w+")


def doubts(quotes: Sequence[Quote], events: Sequence[Event], entities: Sequence[Entity]) -> list[Difference]:
    """Give pairs of quotes that may be one, told of two speakers by different articles.

    Either the words are near each other by their vectors, or two parties of one meeting sum it up by the
    formula that communiqués have for it ("a meaningful exchange of views").
    """
    named = {entity.id for entity in entities if entity.named and entity.type == "person"}
    told = [quote for quote in quotes if quote.speaker in named]
    pairs = [(a, b) for a, b in combinations(told, 2) if _may_be_one(a, b)]
    near = _near(pairs)
    met = [{*event.actors, *event.recipients} for event in events if event.type == "CONSULT"]
    found = []
    for n, (a, b) in enumerate(pairs):
        summed = any({a.speaker, b.speaker} <= parties for parties in met) and _sums_up(a) and _sums_up(b)
        if summed or n in near:
            found.append(_doubt(a, b))
    return found


def _may_be_one(a: Quote, b: Quote) -> bool:
    """Tell whether two quotes are of two speakers, and no article has them both."""
    return a.speaker != b.speaker and not {v.article for v in a.versions} & {v.article for v in b.versions}


def _near(pairs: Sequence[tuple[Quote, Quote]]) -> set[int]:
    """Give the places of the pairs whose words are near each other."""
    fitting = [
        (n, a, b)
        for n, (one, other) in enumerate(pairs)
        for a in one.versions
        for b in other.versions
        if _comparable(a, b)
    ]
    texts = list(dict.fromkeys(version.text for _, a, b in fitting for version in (a, b)))
    if not texts:
        return set()
    try:
        encoder = load_encoder()
    except ModelError:
        return set()
    vectors = encoder.whitened(encoder.encode(texts))
    at = {text: row for row, text in enumerate(texts)}
    return {n for n, a, b in fitting if float(vectors[at[a.text]] @ vectors[at[b.text]]) >= _NEAR}


def _comparable(a: QuoteVersion, b: QuoteVersion) -> bool:
    """Tell whether two versions are words in quotation marks, long enough and of like length."""
    short, long = sorted((len(a.text), len(b.text)))
    enough = min(len(a.text.split()), len(b.text.split())) >= _SHORTEST
    return enough and short >= _ALIKE * long and "indirect" not in (a.kind, b.kind)


def _sums_up(quote: Quote) -> bool:
    """Tell whether a speaker calls talks good by a word of the lists, in few words."""
    return any(
        len(version.text.split()) <= _LONGEST
        and version.language in READ_IN_FULL
        and _has(version, "talks")
        and any(
            word.startswith(tuple(word_set(version.language, "compare", "fruitful")))
            for word in _WORD.findall(version.text.lower())
        )
        for version in quote.versions
    )


def _has(version: QuoteVersion, key: str) -> bool:
    text = f" {' '.join(_WORD.findall(version.text.lower()))} "
    return any(f" {form} " in text for form in word_set(version.language, "compare", key))


def _doubt(a: Quote, b: Quote) -> Difference:
    return Difference(
        about=a.id,
        attribute="speaker",
        values=[
            DifferenceValue(
                value=quote.speaker,
                articles=[version.article for version in quote.versions],
                evidence=[version.evidence for version in quote.versions],
            )
            for quote in (a, b)
        ],
    )
