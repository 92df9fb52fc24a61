r"""Match a language's templates: "{day}[.] {month}[ {year}]", "for {n} {unit} siden".

The word lists hold templates, so that word order is data too. `[x]` is optional, `<a/b>` is a
choice, `{slot}` a value, `~` marks a word or slot that must stand there without belonging to the
expression, and ` | name=value, ...` after a template sets values that its words imply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tidende.dates import numerals
from tidende.dates.numerals import Numerals, Phrases
from tidende.dates.tokens import BROKEN, SPACED, TIGHT, Piece
from tidende.languages.lists import word_list

_CHOICE = re.compile(r"\[([^\[\]]*)\]|<([^<>]*)>")
_ELEMENT = re.compile(r"(\s*)(~?)(?:\{(\w+)\}|([^\W\d_]+|\S))")
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_YEAR_DIGITS, _SHORT_YEAR = 4, 2
_NEVER = "\n"
_WORDS_BEFORE_NOUN = 3
# Slots that any word can fill; all others begin with a number or a word of a list.
_OPEN = ("noun", "word")
# Slots that read another list but give the same value.
_ALIAS = {
    "weekdays": "weekday",
    "weekday2": "weekday",
    "monthstart": "month",
    "monthend": "month",
    "monthhalf": "month",
    "feastday": "holiday",
}


@dataclass(frozen=True, slots=True)
class _Edge:
    gap: int
    context: bool
    capital: bool
    slot: str
    node: _Node


@dataclass(slots=True)
class _Node:
    literals: dict[str, list[_Edge]] = field(default_factory=dict)
    slots: list[_Edge] = field(default_factory=list)
    open: list[_Edge] = field(default_factory=list)  # the slots that any word may fill
    rules: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match:
    """One template found: pieces `[first:last]`, the rule's name, and the values of its slots."""

    rule: str
    first: int
    last: int
    slots: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Nouns:
    """What tells a counted noun from other words, by the word lists of one language."""

    never: frozenset[str]
    never_endings: tuple[str, ...]
    adjectives: frozenset[str]
    adjective_endings: tuple[str, ...]
    endings: tuple[str, ...]
    plurals: frozenset[str]
    capital: bool

    def is_noun(self, piece: Piece) -> bool:
        """Tell whether a word can be the counted noun."""
        if piece.key in self.plurals:
            return True
        if self.capital:
            return piece.is_capital
        if piece.key in self.adjectives or piece.key.endswith(self.adjective_endings or (_NEVER,)):
            return False
        if self.endings:
            return piece.key.endswith(self.endings)
        return (
            len(piece.key) > 1
            and not piece.is_capital
            and not piece.key.endswith(self.never_endings or (_NEVER,))
        )

    def may_precede(self, piece: Piece) -> bool:
        """Tell whether a word may stand between the number and its noun."""
        if self.endings or self.capital:
            return True
        return piece.key in self.adjectives or piece.key.endswith(self.adjective_endings or (_NEVER,))


@dataclass(frozen=True, slots=True)
class Grammar:
    """All templates and lexicons of one language."""

    root: _Node
    lexicons: Mapping[str, Phrases]
    numbers: Numerals
    nouns: Nouns
    openers: frozenset[str]


def _expand(template: str) -> Iterator[str]:
    found = _CHOICE.search(template)
    if found is None:
        yield template
        return
    choices = ["", found.group(1)] if found.group(1) is not None else found.group(2).split("/")
    for choice in choices:
        yield from _expand(template[: found.start()] + choice + template[found.end() :])


def _constants(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = pair.partition("=")
        try:
            values[name] = float(value) if "." in value else int(value)
        except ValueError:
            values[name] = value
    return values


def _add(root: _Node, rule: str, template: str) -> None:
    words, _, implied = template.partition("|")
    constants = _constants(implied)
    for flat in _expand(words.strip()):
        node = root
        for spaces, context, slot, literal in _ELEMENT.findall(flat.strip()):
            key, capital = (literal.lower(), literal[:1].isupper()) if literal else ("", False)
            gap = SPACED if spaces else TIGHT
            edges = node.slots if slot else node.literals.setdefault(key, [])
            for edge in edges:
                if (edge.gap, edge.context, edge.capital, edge.slot) == (gap, bool(context), capital, slot):
                    node = edge.node
                    break
            else:
                edge = _Edge(gap, bool(context), capital, slot, _Node())
                edges.append(edge)
                if slot in _OPEN:
                    node.open.append(edge)
                node = edge.node
        node.rules.append((rule, constants))


def _numbered(groups: Sequence[Sequence[str]], first: int) -> Phrases:
    return Phrases((form, value) for value, forms in enumerate(groups, start=first) for form in forms)


def _keyed(table: Mapping[str, Sequence[str]]) -> Phrases:
    return Phrases((form, key) for key, forms in table.items() for form in forms)


def _weekdays(calendar: Mapping[str, Any]) -> Phrases:
    """List weekdays, with the parts of day that the language writes in one word ("Montagabend")."""
    entries: list[tuple[str, int]] = []
    for number, forms in enumerate(calendar["weekdays"]):
        entries += [(form, number) for form in forms]
        stem = forms[0]
        for joiner in calendar["part_joiners"]:
            entries += [(stem + joiner + part, number) for part in calendar["joined_parts"]]
    return Phrases(iter(entries))


def _definite_weekdays(calendar: Mapping[str, Any]) -> Phrases:
    """List the genitives of weekdays, with the parts of day that are definite ("lördagsmorgonen")."""
    entries: list[tuple[str, int]] = []
    for number, forms in enumerate(calendar["weekday_genitives"]):
        entries += [(form, number) for form in forms]
        stem = calendar["weekdays"][number][0]
        for joiner in calendar["part_joiners"]:
            entries += [(stem + joiner + part, number) for part in calendar["definite_parts"]]
    return Phrases(iter(entries))


def _month_compounds(calendar: Mapping[str, Any], key: str) -> Phrases:
    """List the compounds of a month with one of its parts ("Oktoberhälfte")."""
    endings = calendar["month_compounds"][key]
    return Phrases(
        (form + ending, value)
        for value, forms in enumerate(calendar["months"].values(), start=1)
        for form in forms
        if form[-1].isalpha()
        for ending in endings
    )


def _length_words(lists: Mapping[str, Any]) -> Phrases:
    """List the compounds of number and unit: "tvåtimmars", "zweistündige"."""
    entries: list[tuple[str, tuple[float, str]]] = []
    numbers = numerals.compounds(lists)
    small = {word: value for word, value in numbers.items() if value <= 60}
    small.update({form: value for value, form in zip(_HALVES, lists["halves"], strict=False) if form})
    for unit, endings in lists["length_endings"].items():
        for ending in endings:
            entries += [(word + ending, (value, unit)) for word, value in small.items() if value]
    return Phrases(iter(entries))


_HALVES = (1.5, 2.5, 3.5, 4.5)


@cache
def grammar(language: str) -> Grammar:
    """Give the templates of a language, built once.

    Raise `LanguageError` where a word list is missing.
    """
    calendar = word_list(language, "calendar")
    lists = word_list(language, "numbers")
    root = _Node()
    for table in (calendar["templates"], lists["templates"]):
        for rule, templates in table.items():
            for template in templates:
                _add(root, rule, template)
    lexicons = {
        "month": _numbered(list(calendar["months"].values()), 1),
        "weekday": _weekdays(calendar),
        "weekdays": _definite_weekdays(calendar),
        "monthstart": _month_compounds(calendar, "start"),
        "monthend": _month_compounds(calendar, "end"),
        "monthhalf": _month_compounds(calendar, "half"),
        "unit": _keyed(calendar["units"]),
        "season": _numbered(calendar["seasons"], 0),
        "holiday": _keyed(calendar["holidays"]),
        "feastday": _keyed(calendar["feast_days"]),
        "part": Phrases((form, "") for form in calendar["parts"]),
        "yearnoun": Phrases((form, "") for form in calendar["year_nouns"]),
        "measure": _keyed(lists["measures"]),
        "currency": _keyed(lists["currencies"]),
        "times": Phrases((form, "") for form in lists["times"]),
        "frequency": _numbered(lists["frequencies"], 1),
        "lengthword": _length_words(lists),
    }
    numbers = numerals.numerals(language)
    return Grammar(
        root=root,
        lexicons=lexicons,
        numbers=numbers,
        nouns=Nouns(
            never=frozenset(lists["not_nouns"]),
            never_endings=tuple(lists["not_noun_endings"]),
            adjectives=frozenset(lists["adjectives"]),
            adjective_endings=tuple(lists["adjective_endings"]),
            endings=tuple(lists["noun_endings"]),
            plurals=frozenset(lists["plurals"]),
            capital=lists["nouns_capital"],
        ),
        openers=numbers.openers.union(*(lexicon.openers for lexicon in lexicons.values())),
    )


class Matcher:
    """Find every template in one sentence; readings of slots are remembered by position."""

    def __init__(self, rules: Grammar, pieces: Sequence[Piece]) -> None:
        self._grammar = rules
        self._pieces = pieces
        self._seen: dict[tuple[str, int], list[tuple[Any, int]]] = {}

    def matches(self) -> list[Match]:
        """Give all matches, in order of their first piece."""
        found: list[Match] = []
        for position in range(len(self._pieces)):
            self._walk(self._grammar.root, position, (position, position), {}, found)
        return found

    def _walk(
        self, node: _Node, position: int, span: tuple[int, int], slots: dict[str, Any], found: list[Match]
    ) -> None:
        """Follow the tree of templates; `span` leaves out the context around an expression."""
        for rule, constants in node.rules:
            if self._is_whole(*span):
                found.append(Match(rule, *span, {**constants, **slots}))
        if position >= len(self._pieces):
            return
        piece = self._pieces[position]
        opening = node is self._grammar.root
        for edge in node.literals.get(piece.key, ()):
            if self._fits(edge, piece, opening, position) and not (edge.capital and not piece.is_capital):
                ahead = position + 1
                self._walk(edge.node, ahead, _grown(span, position, ahead, edge.context), slots, found)
        valued = piece.number is not None or piece.key in self._grammar.openers
        for edge in node.slots if valued else node.open:
            if not self._fits(edge, piece, opening, position):
                continue
            name = _ALIAS.get(edge.slot, edge.slot)
            for value, ahead in self._readings(edge.slot, position):
                grown = _grown(span, position, ahead, edge.context)
                self._walk(edge.node, ahead, grown, {**slots, name: value}, found)

    def _fits(self, edge: _Edge, piece: Piece, opening: bool, position: int) -> bool:
        if opening:
            return True
        if piece.gap == BROKEN:
            return False
        if piece.key == "-" or self._pieces[position - 1].key == "-":
            return True
        return piece.gap == edge.gap

    def _is_whole(self, first: int, last: int) -> bool:
        """Tell whether no letter or digit is glued to either end of a match."""
        if last <= first:
            return False
        pieces = self._pieces
        if first and pieces[first].gap == TIGHT and _solid(pieces[first]) and _solid(pieces[first - 1]):
            return False
        if last >= len(pieces) or pieces[last].gap != TIGHT:
            return True
        return not (_solid(pieces[last]) and _solid(pieces[last - 1]))

    def _readings(self, slot: str, position: int) -> list[tuple[Any, int]]:
        key = (slot, position)
        if key not in self._seen:
            self._seen[key] = list(self._read(slot, position))
        return self._seen[key]

    def _read(self, slot: str, position: int) -> Iterator[tuple[Any, int]]:
        pieces, numbers = self._pieces, self._grammar.numbers
        piece = pieces[position]
        if slot in self._grammar.lexicons:
            yield from self._grammar.lexicons[slot].at(pieces, position)
        elif slot in ("n", "n2"):
            plain = numerals.read_number(numbers, pieces, position)
            if plain is not None:
                yield plain[0], plain[1]
        elif slot == "number":
            yield from numerals.read_amount(numbers, pieces, position)
        elif slot == "digits":
            if piece.number is not None:
                yield piece.number, position + 1
        elif slot == "ordinal":
            yield from numerals.read_ordinal(numbers, pieces, position)
        elif slot in ("day", "day2"):
            if piece.is_digits and 1 <= int(piece.text) <= 31 and len(piece.text) <= 2:
                yield int(piece.text), position + 1
            yield from (
                reading for reading in numerals.read_ordinal(numbers, pieces, position) if reading[0] <= 31
            )
        elif slot == "monthnumber":
            if piece.is_digits and len(piece.text) <= 2 and 1 <= int(piece.text) <= 12:
                yield int(piece.text), position + 1
        elif slot in ("year", "year2", "decade"):
            yield from _read_year(piece, slot, position)
        elif slot == "word":
            yield from self._read_word(position)
        elif slot == "noun":
            yield from self._read_noun(position)

    def _read_word(self, position: int) -> Iterator[tuple[str, int]]:
        """Give the word that an ordinal stands before, after adjectives that the lists know."""
        nouns = self._grammar.nouns
        for index in range(position, min(position + 2, len(self._pieces))):
            piece = self._pieces[index]
            if not piece.is_word or piece.key in nouns.never or (index > position and piece.gap != SPACED):
                return
            if nouns.capital and piece.is_capital:
                yield piece.key, index + 1
                return
            if piece.key in nouns.adjectives or piece.key.endswith(nouns.adjective_endings or (_NEVER,)):
                continue
            if not piece.key.endswith(nouns.never_endings or (_NEVER,)) and (
                piece.is_capital or not nouns.capital
            ):
                yield piece.key, index + 1
            return

    def _read_noun(self, position: int) -> Iterator[tuple[str, int]]:
        """Give the counted word: the next one, after adjectives that the lists know."""
        nouns = self._grammar.nouns
        for index in range(position, min(position + 1 + _WORDS_BEFORE_NOUN, len(self._pieces))):
            piece = self._pieces[index]
            if not piece.is_word or piece.key in nouns.never or (index > position and piece.gap != SPACED):
                return
            if any(self._grammar.lexicons[slot].at(self._pieces, index) for slot in ("weekday", "month")):
                return
            if nouns.is_noun(piece):
                yield piece.key, index + 1
                return
            if not nouns.may_precede(piece):
                return


def _grown(span: tuple[int, int], position: int, ahead: int, context: bool) -> tuple[int, int]:
    """Extend a span over the pieces `[position:ahead]`; context before it moves its start instead."""
    first, last = span
    if not context:
        return first, ahead
    return (ahead, ahead) if first == last == position else span


def _solid(piece: Piece) -> bool:
    return piece.is_word or piece.number is not None


def _read_year(piece: Piece, slot: str, position: int) -> Iterator[tuple[int, int]]:
    if not piece.is_digits:
        return
    value = int(piece.text)
    if len(piece.text) == _YEAR_DIGITS and _FIRST_YEAR <= value <= _LAST_YEAR:
        if slot != "decade" or value % 10 == 0:
            yield value, position + 1
    elif len(piece.text) == _SHORT_YEAR and slot == "year2":
        yield value, position + 1
