"""Let the tags of a model and the runs of capitals together tell where names begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.parse import trees
from tidende.parse.genitive import strip_genitive
from tidende.parse.types import Sentence, Token
from tidende.records import EntityType

Span = tuple[int, int, EntityType | None]  # first and last token, end exclusive

TYPES: dict[str, EntityType] = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "GPE": "place",
    "MISC": "other",
    "EVT": "other",
    "PROD": "other",
}
# What a single word that the model names is not: its capital only opens a sentence, or a noun's.
_NO_NAME = frozenset({"PRON", "DET", "ADP", "ADV", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "NUM", "PUNCT"})
_LINKS = frozenset({"ADP", "CCONJ", "DET"})
_COMMON = frozenset({"NOUN", "ADJ", "VERB"})
_NO_PERSON = _NO_NAME | _COMMON


def merge(sentence: Sentence, runs: Sequence[tuple[int, int]], language: str) -> list[Span]:
    """Give the names of a sentence, in order: those that the model tags, and runs that it leaves alone.

    A tagged name has the boundaries that the model gives it, widened over proper nouns of its run that hang
    on it. What is left of a run stays a name without a type, for the gazetteer to know or not.
    """
    found: list[Span] = []
    tagged = list(_tagged(sentence, language))
    nouns = bool(word_list(language, "grammar")["nouns_capitalised"])
    days = word_set(language, "calendar", "weekdays")
    widened = [
        _widen(sentence, span, runs, tagged, nouns=nouns, days=days)
        for span in _joined(sentence, tagged, runs, word_set(language, "countries", "names"))
    ]
    taken = {at for first, last, _ in widened for at in range(first, last)}
    found += widened
    for first, last in runs:
        rest: list[int] = []
        for at in range(first, last + 1):
            if at < last and at not in taken:
                rest.append(at)
                continue
            found += _left(sentence, rest)
            rest = []
    return sorted(found, key=lambda span: span[:2])


def _joined(
    sentence: Sentence, spans: Sequence[Span], runs: Sequence[tuple[int, int]], states: frozenset[str]
) -> list[Span]:
    """Join neighbours of one type, no persons, between which a run of proper nouns does not break.

    Two countries stay two: "Torsdag angreb Rusland Ukraine".
    """
    found: list[Span] = []
    for first, last, type_ in spans:
        before = found[-1] if found else None
        if (
            before is not None
            and before[2] == type_ != "person"
            and not (
                _printed(sentence, before) in states and _printed(sentence, (first, last, type_)) in states
            )
            and any(a <= before[0] and last <= b for a, b in runs)
            and (
                all(token.upos in ("PROPN", "ADP") for token in sentence.tokens[before[0] : last])
                or _is_one(sentence, before, (first, last, type_))
            )
            and not any("Case=Gen" in token.feats for token in sentence.tokens[before[0] : last - 1])
        ):
            found[-1] = (before[0], last, type_)
        else:
            found.append((first, last, type_))
    return found


def states_apart(tokens: tuple[Token, ...], language: str) -> tuple[Token, ...]:
    """Give the second of two countries that a tree has made one subject its verb as the object.

    "Torsdag angreb Rusland Ukraine": where the verb comes first, nothing stands between the two.
    """
    states = word_set(language, "countries", "names") if language in READ_IN_FULL else frozenset[str]()
    found = list(tokens)
    for at, (left, right) in enumerate(pairwise(tokens)):
        if not right.deprel.startswith("flat") or right.head != at or left.deprel != "nsubj":
            continue
        if left.lower in states and right.lower in states and 0 <= left.head < at:
            found[at + 1] = replace(right, head=left.head, deprel="obj")
    return tuple(found)


def _printed(sentence: Sentence, span: Span) -> str:
    return " ".join(token.lower for token in sentence.tokens[span[0] : span[1]])


def _is_one(sentence: Sentence, left: Span, right: Span) -> bool:
    """Tell whether two organisations are one to the tree: "Suffolk University | Research Center"."""
    heads = {token.head for token in sentence.tokens[left[0] : left[1]]}
    return (
        right[2] == "organisation"
        and left[1] == right[0]
        and any(at in heads for at in range(right[0], right[1]))
    )


def _left(sentence: Sentence, rest: list[int]) -> Iterator[Span]:
    """Yield what is left of a run, particles at its ends left out."""
    while rest and not sentence.tokens[rest[0]].is_capital:
        rest = rest[1:]
    while rest and not sentence.tokens[rest[-1]].is_capital:
        rest = rest[:-1]
    if rest:
        yield rest[0], rest[-1] + 1, None


def _tagged(sentence: Sentence, language: str) -> Iterator[Span]:
    """Yield the names that the tags tell, cut to what can be one."""
    tokens = sentence.tokens
    nouns = bool(word_list(language, "grammar")["nouns_capitalised"])
    for first, end, kind in _bio(tokens):
        last = _past_particles(tokens, first, end) if kind == "PER" else end
        commas = [at for at in range(first, last) if tokens[at].text == ","]
        for before, comma in pairwise((first - 1, *commas, last)):
            span = _trim(sentence, before + 1, comma, kind)
            if span is None or (nouns and _is_a_thing(sentence, span)):
                continue
            if _may_name(tokens[span[0] : span[1]], span[2], language):
                yield span


def _bio(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Yield the runs of tags of one kind; a B divides them unless the tree makes one person of both."""
    first, kind = 0, ""
    for at, token in enumerate((*tokens, None)):
        mark, _, here = token.name.partition("-") if token else ("", "", "")
        begins = mark == "B" and not (kind == "PER" and _is_one_person(tokens, at))
        if kind and (here != kind or begins):
            yield first, at, kind
            kind = ""
        if here and not kind:
            first, kind = at, here


def _past_particles(tokens: Sequence[Token], first: int, last: int) -> int:
    """Give where a person's name ends whose tag breaks off in its particles: "Ursula von | der Leyen"."""
    if last - first < 2 or tokens[last - 1].upos not in _LINKS or tokens[last - 1].is_capital:
        return last
    end = last
    while end < len(tokens) and tokens[end].upos in _LINKS and not tokens[end].is_capital:
        end += 1
    if end - last > 1 or end >= len(tokens) or tokens[end].upos != "PROPN":
        return last
    inside = first <= tokens[end].head < last and not any(
        "-" in token.name for token in tokens[last : end + 1]
    )
    return end + 1 if inside else last


def _is_one_person(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a proper noun belongs to the person before it.

    One hangs on the other, or it is flat, or both stand in apposition to one word: "the president, Recep |
    Tayyip Erdogan".
    """
    left, right = tokens[at - 1], tokens[at]
    hangs = at - 1 == right.head or at == left.head
    beside = left.head == right.head and left.deprel == right.deprel == "appos"
    one = hangs or (beside and "Case=Gen" not in left.feats)
    return right.deprel.startswith("flat") or (one and left.upos == right.upos == "PROPN")


def _trim(sentence: Sentence, first: int, last: int, kind: str) -> Span | None:
    """Cut marks off the ends, and small words off the beginning.

    A person's name has no small words at its end either, and no common nouns at either end, where it
    has a proper noun at all.
    """
    tokens, type_ = sentence.tokens, TYPES[kind]
    person = type_ == "person"
    proper = person and any(token.upos == "PROPN" for token in tokens[first:last])
    while first < last and not (
        _is_capital(tokens[first]) and not (proper and tokens[first].upos in _NO_PERSON)
    ):
        first += 1
    while last > first and not (
        (_is_capital(tokens[last - 1]) and not (proper and tokens[last - 1].upos in _COMMON))
        if person
        else tokens[last - 1].is_word and tokens[last - 1].upos not in _LINKS
    ):
        last -= 1
    return (first, last, type_) if first < last else None


def _is_a_thing(sentence: Sentence, span: Span) -> bool:
    """Tell whether a single word with a determiner is tagged as a place: few places have one ("der Andrang").

    Those that have are countries and regions, which the gazetteer knows without a tag.
    """
    first, last, type_ = span
    return type_ == "place" and last == first + 1 and bool(trees.children(sentence, first, "det"))


def _is_capital(token: Token) -> bool:
    """Tell whether a word begins like a name: a capital, or one behind a small letter ("iPhone")."""
    return token.is_capital or token.text[1:2].isupper() or token.text.isdigit()


def _may_name(words: Sequence[Token], type_: EntityType | None, language: str) -> bool:
    """Tell whether a tagged word can be a name: no part of speech and no list says otherwise."""
    if len(words) > 1:
        return True
    token = words[0]
    lower = strip_genitive(token.lower, language)
    lists = (("text", "pronouns"), ("calendar", "weekdays"), ("calendar", "months"))
    if len(token.text) < 2 or any(lower in word_set(language, *keys) for keys in lists):
        return False
    return token.upos not in (_NO_PERSON if type_ in ("person", "place") else _NO_NAME)


def _widen(
    sentence: Sentence,
    span: Span,
    runs: Sequence[tuple[int, int]],
    tagged: Sequence[Span],
    *,
    nouns: bool,
    days: frozenset[str],
) -> Span:
    """Take in the proper nouns of the run beside a name that the tree makes a part of it.

    `nouns` tells that the language capitalises its nouns; `days` are the words that no name takes in.
    """
    first, last, type_ = span
    run = next(((a, b) for a, b in runs if a < last and first < b), None)
    if run is None:
        return span
    others = {at for a, b, _ in tagged if (a, b) != (first, last) for at in range(a, b)}
    while first > run[0] and first - 1 not in others and _joins(sentence, first - 1, first, type_, days):
        first -= 1
    while last < run[1] and last not in others and _joins(sentence, last, last - 1, type_, days):
        last += 1
    if type_ == "organisation" and nouns and last < run[1] and last not in others:
        # "der Kommunistischen | Partei": an adjective alone is no name
        own = sentence.tokens[last - 1]
        last += own.upos == "ADJ" and own.head == last and sentence.tokens[last].upos == "NOUN"
    if type_ == "organisation" and not nouns:
        # "a Joint | Artificial Intelligence Center": the head of the name stands outside the tag.
        end = last
        while end <= (head := max(token.head for token in sentence.tokens[first:end])) < run[1]:
            end = head + 1
        body = sentence.tokens[end - 1].lower in word_set("common", "names", "organisation_words")
        if body and others.isdisjoint(range(last, end)):
            last = end
    compound = last < run[1] and "-" in sentence.tokens[last].text and not nouns
    if compound and last not in others and "Case=Gen" not in sentence.tokens[last - 1].feats:
        last += 1  # "Tampa | Bay-området": a noun is no capital here, so the name ends inside the compound
    return first, last, type_


def _joins(sentence: Sentence, at: int, name: int, type_: EntityType | None, days: frozenset[str]) -> bool:
    """Tell whether a proper noun belongs to the name beside it: to a person's only as a flat part."""
    one, other = sentence.tokens[at], sentence.tokens[name]
    if one.lower in days:
        return False
    if one.upos != "PROPN" or not one.is_capital or "Case=Gen" in (one if at < name else other).feats:
        return False
    if type_ != "person":
        return other.upos == "PROPN"
    below = one if one.head == name else other
    linked = one.head == name or other.head == at or (one.head == other.head and one.head >= 0)
    return linked and below.deprel.startswith("flat")
