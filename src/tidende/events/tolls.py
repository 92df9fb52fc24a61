"""Find tolls: how many are dead, hurt or missing, with the words that say so.

A toll is told with a noun of the dead or hurt ("12 dead"), with people and what became of them ("seven
Israelis were killed", "killing 19 of the 43 on board"), by what something cost in lives, or as the count
itself ("the death toll has risen to 310").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.dates.types import Number
from tidende.events.scene import Scene, holds_phrase
from tidende.languages.lists import word_set
from tidende.parse import trees
from tidende.parse.types import Token

Toll = tuple[float, tuple[int, int]]  # how many, and the span that tells it

_REACH = 9  # words from "384 people" to what became of them
_BEFORE = 3  # words from "killed" to "384 people"
_SHARE = 2  # words from "19" to "43" in "19 of the 43"
_SUBJECTS = ("nsubj", "obj")


def tolls(scene: Scene) -> Iterator[Toll]:
    """Yield the tolls that a sentence tells as facts."""
    claims = _Words(scene)
    for number in scene.numbers:
        if number.minimum is None and number.maximum is None:
            continue
        value = middle(number.minimum, number.maximum)
        if number.kind == "count" and number.noun in claims.of("toll"):
            yield value, (number.start, number.end)
        elif number.kind == "count" and claims.is_of_lives(number):
            span = claims.cost(number)
            if span is not None:
                yield value, span
        elif (number.kind == "count" and claims.is_people(number)) or claims.stands_alone(number):
            span = claims.befallen(number.start, number.end)
            if span is not None and not claims.is_whole_of_share(number):
                yield value, span
    for start, end in claims.persons():
        span = claims.befallen(start, end)
        if span is not None:
            yield 1.0, span
    yield from claims.tallies()


def middle(minimum: float | None, maximum: float | None) -> float:
    """Give one number for an interval: its middle, or the bound that is told."""
    if minimum is not None and maximum is not None:
        return (minimum + maximum) / 2
    return minimum if minimum is not None else maximum or 0.0


class _Words:
    """Read the words around the numbers of one sentence."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._language = scene.parsed.language
        self._tokens = scene.tokens

    def of(self, key: str) -> frozenset[str]:
        """Give a list of `claims.toml`."""
        return word_set(self._language, "claims", key)

    def is_people(self, number: Number) -> bool:
        """Tell whether people are counted: by a word for them, or by their country ("ten Palestinians")."""
        if number.noun in self.of("people"):
            return True
        return any(
            number.start < phrase.start and phrase.end == number.end and len(phrase.ids) == 1
            for phrase in self._scene.phrases
            if self._scene.cast.entity(phrase.ids[0]).type in ("country", "place")
        )

    def is_of_lives(self, number: Number) -> bool:
        """Tell whether lives are counted."""
        return number.noun in self.of("lives")

    def cost(self, number: Number) -> tuple[int, int] | None:
        """Give the words of "claimed 12 lives"; None where nothing did, or not as a fact."""
        first, last = self._clause(number.start)
        if self._is_unreal(first, last):
            return None
        found = [t for t in self._tokens if first <= t.start < last and t.lower in self.of("cost")]
        if not found:
            return None
        return min(found[0].start, number.start), max(found[0].end, number.end)

    def stands_alone(self, number: Number) -> bool:
        """Tell whether a bare number is who something befell: "nine were injured", "killing 19 of them"."""
        if number.kind != "plain" or not trees.has_tree(self._scene.sentence):
            return False
        at = next((n for n, token in enumerate(self._tokens) if token.end >= number.end), -1)
        token = self._tokens[at] if at >= 0 else None
        if token is None or token.head < 0 or trees.relation(token.deprel) not in _SUBJECTS:
            return False
        verb = self._tokens[token.head]
        below = trees.children(self._scene.sentence, at, "appos", "conj")
        return (verb.lower in self.of("befell") or verb.lower in self.of("harmed")) and not below

    def is_whole_of_share(self, number: Number) -> bool:
        """Tell whether a number is the whole of which another is told: 43 in "19 of the 43 people"."""
        others = [one for one in self._scene.numbers if one.end <= number.start]
        if not others:
            return False
        between = self._scene.words(others[-1].end, number.start)
        return len(between.split()) <= _SHARE and between in self.of("share")

    def persons(self) -> Iterator[tuple[int, int]]:
        """Yield the places of one person counted by an article: "ein Mensch ist getötet worden"."""
        articles = word_set(self._language, "numbers", "article")
        for n, token in enumerate(self._tokens[1:], start=1):
            counted = any(one.start < token.end and token.start < one.end for one in self._scene.numbers)
            before = self._tokens[n - 1]
            if not counted and token.lower in self.of("person") and before.lower in articles:
                verb = self._tokens[token.head] if token.head >= 0 else token
                if trees.relation(token.deprel) in _SUBJECTS and (
                    verb.lower in self.of("befell") or verb.lower in self.of("harmed")
                ):
                    yield before.start, token.end

    def befallen(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the words of a toll of people with what became of them: "384 people were reported dead".

        The nearest word after them tells it, else the one before. None where nothing did, or where it is not
        told as a fact.
        """
        first, last = self._clause(start)
        if self._is_unreal(first, last):
            return None
        words = [token for token in self._tokens if token.is_word and first <= token.start < last]
        after = [token for token in words if token.start >= end][:_REACH]
        forms = [form.split() for form in sorted(self.of("befell"), key=lambda form: (-len(form), form))]
        for n in range(len(after)):
            for parts in forms:
                if _lower(after[n : n + len(parts)]) == parts:
                    return start, after[n + len(parts) - 1].end
        before = [token for token in words if token.end <= start][-_BEFORE:]
        harmed = [token for token in before if token.lower in self.of("harmed")]
        return (harmed[-1].start, end) if harmed else None

    def tallies(self) -> Iterator[Toll]:
        """Yield counts told as such: "the death toll in Palu has risen to 310"."""
        forms = [form.split() for form in sorted(self.of("tally"), key=lambda form: (-len(form), form))]
        for n, token in enumerate(self._tokens):
            form = next((f for f in forms if _lower(self._tokens[n : n + len(f)]) == f), None)
            if form is None:
                continue
            opened = n + len(form)
            told = [number for number in self._scene.numbers if self._stands(number, opened)]
            clause = self._clause(told[-1].start) if told else (0, 0)
            if told and not self._is_unreal(*clause):
                value = middle(told[-1].minimum, told[-1].maximum)
                yield value, (token.start, told[-1].end)
            return

    def _stands(self, number: Number, opened: int) -> bool:
        """Tell whether a number is the figure of a count: behind it, and after "to", "at" or "is"."""
        if number.kind not in ("plain", "count") or (number.minimum is None and number.maximum is None):
            return False
        known = self.of("toll") | self.of("people") | self.of("lives")
        if number.kind == "count" and number.noun not in known:
            return False
        before = [token for token in self._tokens[opened:] if token.end <= number.start]
        return bool(before) and before[-1].lower in self.of("stands")

    def _clause(self, position: int) -> tuple[int, int]:
        at = next(n for n, token in enumerate(self._tokens) if token.end > position)
        return self._scene.clause(at)

    def _is_unreal(self, first: int, last: int) -> bool:
        unreal = frozenset[str]().union(
            *(
                word_set(self._language, "modality", key)
                for key in ("negation", "possible", "hypothetical", "future")
            )
        )
        # The word that opens the clause stands before it: "hvis 43 personer var blevet dræbt".
        opener = [token.start for token in self._tokens if token.is_word and token.end <= first][-1:]
        return bool(holds_phrase(self._scene.words(opener[0] if opener else first, last), unreal))


def _lower(tokens: Sequence[Token]) -> list[str]:
    return [token.lower for token in tokens]
