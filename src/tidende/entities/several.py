"""Tell whom a pronoun for several means: the protesters, the two who met, a party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.entities.chains import Spot
from tidende.entities.items import Item
from tidende.entities.register import Register
from tidende.languages.lists import word_set
from tidende.parse import trees
from tidende.parse.types import Parsed, Sentence, Token


@dataclass(frozen=True, slots=True)
class _Told:
    entities: tuple[str, ...]
    spot: Spot
    body: bool = False  # one body, which "they" may mean where nothing else in its sentence is several


class Several:
    """Hold the groups and the joined parties of the sentence before and of this one.

    A pronoun means the one that is the subject of the clause above its own ("the protesters said that
    they ..."), else the only one that is a subject in the sentence before. Anything else stays open.
    """

    def __init__(self, parsed: Parsed) -> None:
        language = parsed.language
        self._they = word_set(language, "text", "pronouns", "they")
        self._one = word_set(language, "text", "pronouns", "she") | word_set(
            language, "text", "pronouns", "he"
        )
        self._relative = word_set(language, "text", "conjunctions", "relative")
        self._before: list[_Told] = []
        self._here: list[_Told] = []
        self._last: Sentence | None = None
        self._now: Sentence | None = None

    def open(self, sentence: Sentence) -> None:
        """Go on to the next sentence."""
        self._before, self._here = self._here, []
        self._last, self._now = self._now, sentence

    def note(self, entities: tuple[str, ...], spot: Spot, *, body: bool = False) -> None:
        """Note a group, several who are spoken of together, or a body."""
        self._here.append(_Told(entities, spot, body))

    def joined(self, sentence: Sentence, items: Sequence[tuple[Item, Spot]], register: Register) -> None:
        """Note the named who are joined into one subject, "Kim and Putin met", and bodies that are one."""
        parties: dict[int, list[tuple[str, Spot]]] = {}
        for item, spot in items:
            parties.setdefault(_first(sentence, spot.index), []).append((item.id, spot))
        for first, party in parties.items():
            whole = 1 + len(trees.children(sentence, first, "conj"))
            ids = tuple(sorted({identifier for identifier, _ in party}))
            spot = party[0][1]
            if len(ids) == 1 and register.type_of(ids[0]) != "organisation":
                continue
            if len(ids) == whole and spot.role == "subject" and (spot.main or whole == 1):
                self.note(ids, spot, body=len(ids) == 1)

    def is_several(self, sentence: Sentence, token: Token) -> bool:
        """Tell whether a token is a pronoun for several, by its form and, where that is open, its number."""
        if token.lower not in self._they or token.upos != "PRON" or "Poss=Yes" in token.feats:
            return False
        following = next((one for one in sentence.tokens if one.start >= token.end), token)
        if following.lower in self._relative:
            return False  # "those who"
        verb = sentence.tokens[token.head] if token.head >= 0 else token
        plural = "Number=Plur" in token.feats or "Number=Plur" in verb.feats
        return token.lower not in self._one or (plural and not token.text[1:].isupper())

    def meant(self, spot: Spot) -> tuple[str, ...]:
        """Give whom a pronoun for several means, () where that stays in doubt."""
        if spot.role != "subject":
            return ()
        able = [told for told in self._here if told.spot.quoted == spot.quoted]
        for at in trees.ancestors(spot.sentence, spot.index):
            subject = trees.subject(spot.sentence, at)
            if subject < 0 or subject == spot.index:
                continue
            found = {told.entities for told in able if told.spot.index == subject and _may_be(told)}
            return found.pop() if len(found) == 1 else ()
        if able or self._last is None or self._last.part != spot.sentence.part:
            return ()
        told = [told for told in self._before if told.spot.quoted == spot.quoted]
        # A body of the sentence before is too little: the paper may mean people whom only a noun tells.
        if any(one.body for one in told):
            return ()
        subjects = {one.entities for one in told if one.spot.role == "subject"}
        return subjects.pop() if len(subjects) == 1 else ()


def _may_be(told: _Told) -> bool:
    """Tell whether nothing else in a body's sentence is several, so that "they" can be the body."""
    return not told.body or not any(
        token.upos == "NOUN" and "Number=Plur" in token.feats for token in told.spot.sentence.tokens
    )


def _first(sentence: Sentence, index: int) -> int:
    """Give the first of the words that one is joined to."""
    seen = 0
    while trees.relation(sentence.tokens[index].deprel) == "conj" and seen < len(sentence.tokens):
        index = sentence.tokens[index].head
        seen += 1
    return index
