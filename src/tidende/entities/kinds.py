"""Tell what kind of thing a capitalised run names: person, organisation, place, something else, nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tidende.entities.gazetteer import Gazetteer
from tidende.entities.items import Item
from tidende.entities.nouns import common_words, is_noun
from tidende.entities.shape import shape_key
from tidende.entities.votes import Votes
from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Parsed, Sentence
from tidende.records import EntityType

_AGE = re.compile(r"\d{1,2}")
_KIN_REACH = 5  # items from a kinship to whose it is: "faren og føregangaren til Kim"
_SHORTEST_ENDING = 4


class Kinds:
    """Ask what the runs of one article name, by words, neighbours, gazetteer and model.

    `things` fills with the last words of the names of storms, prizes and the like.
    """

    def __init__(self, parsed: Parsed, gazetteer: Gazetteer, votes: Votes) -> None:
        self._parsed = parsed
        self._gazetteer = gazetteer
        self._votes = votes
        language = parsed.language
        self.organisation_words = _words(language, "organisation_words")
        self.place_words = _words(language, "place_words")
        self.thing_words = _words(language, "thing_words")
        self._at = word_set(language, "text", "prepositions", "in")
        self._thing_titles = word_set(language, "names", "thing_titles")
        self.things: set[str] = set()
        self._placed: set[str] = set()  # names that end in a word for a place and stand behind "in"
        self._common = common_words(parsed)
        self._nouns_capitalised = bool(word_list(language, "grammar")["nouns_capitalised"])
        self._cues = frozenset[str]().union(
            *(word_set(language, "speech", "finite", kind) for kind in ("say", "tell", "add"))
        )

    def note(self, rows: Sequence[tuple[Sentence, Sequence[Item]]]) -> None:
        """Learn from the words before names: "orkanen Rosa" is no woman, "på John Street" no man."""
        for _, items in rows:
            for before, item in pairwise(items):
                if item.kind == "name" and " " not in item.text and before.lower in self._thing_titles:
                    self.things.add(item.text)
                first, _, rest = item.text.partition(" ")
                if item.kind == "name" and rest and " " not in rest and first.lower() in self._thing_titles:
                    self.things.add(rest)
                last = item.text.rpartition(" ")[2]
                if rest and before.lower in self._at and ends_in(last, self.place_words):
                    self._placed.add(item.text)

    def is_other(self, item: Item, *, title: bool) -> bool:
        """Tell whether a run that is no person, organisation or place names anything at all."""
        if self._votes.read:
            return self._votes.type_of(item.text) is not None
        return not (title or self._nouns_capitalised or starts_by_chance(item))

    def type_of(
        self, item: Item, items: Sequence[Item], index: int, reused: frozenset[str], *, title: bool
    ) -> EntityType:
        """Tell what a run of several words names; `reused` are the shape keys of words that stand alone."""
        words = item.text.split()
        if self._gazetteer.person(item.text):
            return "person"
        if words[0].lower() in self.thing_words or ends_in(words[-1], self.thing_words):
            self.things.add(words[-1])
            return "other"
        told = self._votes.type_of(item.text)
        if told == "person" and item.text not in self._placed:
            return "person"
        if any(ends_in(word, self.organisation_words) for word in words):
            return "organisation"
        if ends_in(words[-1], self.place_words):
            return "place"
        if told is not None:
            return told
        if self._names_team(words) and not title:
            return "organisation"
        if words[0].lower() in self._gazetteer.given_names:
            return "other" if self._nouns_capitalised and is_noun(words[-1], self._parsed) else "person"
        if any(ends_in(word, self.thing_words) or word in self._common for word in words):
            return "other"
        if is_introduced(items, index) or is_aged(items, index) or self.speaks(items, index):
            return "person"
        if shape_key(words[-1]) in reused and not self.is_listed(words[0]):
            return "person"
        return "other"

    def _names_team(self, words: Sequence[str]) -> bool:
        """Tell whether a place opens a longer name: a club or paper is named after it."""
        given = words[0].lower() in self._gazetteer.given_names
        for size in range(len(words) - 1, int(given), -1):
            entries = self._gazetteer.entries(" ".join(words[:size]), self._parsed.language)
            if entries and entries[0].type == "place":
                return not (self._nouns_capitalised and any(word in self._common for word in words[size:]))
        return False

    def is_listed(self, word: str) -> bool:
        """Tell whether a word names a state, place or organisation, and so opens no person's name."""
        return bool(self._gazetteer.entries(word, self._parsed.language)) or word.isupper()

    def speaks(self, items: Sequence[Item], index: int) -> bool:
        """Tell whether a cue of speech stands right beside the name."""
        for neighbour in (index - 1, index + 1):
            if 0 <= neighbour < len(items) and items[neighbour].lower in self._cues:
                return True
        return False

    def is_untyped_name(self, word: str) -> bool:
        """Tell whether a word that nothing types is a name all the same."""
        if not self._votes.read:
            return not self._nouns_capitalised or is_marked(word)
        named = not self._nouns_capitalised and ends_in(word, self.organisation_words | self.place_words)
        return named or (is_marked(word) and not word.isupper() and word.isalnum())


def _words(language: str, key: str) -> frozenset[str]:
    """Give the words of a list in a language and in English names, which every language prints."""
    return word_set(language, "names", key) | word_set("common", "names", key)


def ends_in(word: str, endings: frozenset[str]) -> bool:
    """Tell whether a word is one of a list, or a compound that ends in one of four letters or more."""
    lower = word.lower()
    return lower in endings or lower.endswith(_long(endings))


@cache
def _long(endings: frozenset[str]) -> tuple[str, ...]:
    return tuple(ending for ending in endings if len(ending) >= _SHORTEST_ENDING)


def is_introduced(items: Sequence[Item], index: int) -> bool:
    """Tell whether a title or role stands right before a name."""
    return (
        index > 0 and items[index - 1].kind in ("role", "honorific", "kin") and not items[index - 1].genitive
    )


def named_kin(items: Sequence[Item], index: int, joins: frozenset[str]) -> Item | None:
    """Give the name of whom an item's bearer is kin to: of "Kims far og forgjenger Kim Jong-il".

    `joins` are the words that stand between two of kin or post ("and"), and commas.
    """
    at = index + 1
    if not items[index].genitive:
        before = items[max(0, index - _KIN_REACH) : index]
        if not any(item.kind == "kin" for item in before) or any(item.kind == "name" for item in before):
            return None
        at += at < len(items) and items[at].text == ","
        return items[at] if at < len(items) and items[at].kind == "name" and at > index + 1 else None
    if at >= len(items) or items[at].kind not in ("kin", "role"):
        return None
    kin = False
    while at < len(items) and (items[at].kind in ("kin", "role") or items[at].lower in joins):
        kin = kin or items[at].kind == "kin"
        at += 1
    return items[at] if kin and at < len(items) and items[at].kind == "name" else None


def is_role(items: Sequence[Item], index: int) -> bool:
    """Tell whether a post in capitals stands at an index, as in "Mr Evil President"."""
    return index < len(items) and items[index].kind == "role" and items[index].text[:1].isupper()


def is_marked(word: str) -> bool:
    """Tell whether capitals or digits inside a word show that it is a name ("KSWB-TV", "RedState")."""
    return any(character.isupper() for character in word[1:]) and word[:1].isupper()


def is_aged(items: Sequence[Item], index: int) -> bool:
    """Tell whether an age follows, as after persons only: "Wayde Sims, 20, ..."."""
    texts = [item.text for item in items[index + 1 : index + 4]]
    return (
        len(texts) > 1
        and texts[0] in (",", "(")
        and bool(_AGE.fullmatch(texts[1]))
        and texts[2:] in ([","], [")"], ["."])
    )


def starts_by_chance(item: Item) -> bool:
    """Tell whether a run of two words may owe its first capital to the sentence alone."""
    return item.initial and len(item.text.split()) == 2
