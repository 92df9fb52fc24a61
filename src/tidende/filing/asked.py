"""Choose, by their cards, the stories that can answer a question, so that only their records are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, Protocol

from tidende.answers import Archive
from tidende.answers.names import Names
from tidende.answers.question import Asked, Party
from tidende.answers.topics import themes_of
from tidende.entities.lexicon import broader
from tidende.filing.cards import Card, Post
from tidende.filing.named import Told, ids_like, ids_of, stories_with_any, told_in, told_of
from tidende.filing.shapes import Summary
from tidende.languages.lists import word_list
from tidende.records import Entity, Record
from tidende.store import Store

_PART = 4  # letters that two forms of a word begin with alike
MANY = 50  # stories that are read as they are; of more it is looked first which of them tell of the act
_MOST = 2_000  # articles that hold a word
NOT_OF_EVENTS = ("said", "identity", "role", "differ")  # kinds of questions that other things answer
_OF_SOMEBODY = ("identity", "how_often")  # kinds of questions that ask of somebody, or of nothing


class Opened(Told, Protocol):
    """A desk whose store and cards are looked into as well."""

    store: Store

    def cards(self, stories: Collection[str]) -> Iterator[tuple[Summary, Card]]:
        """Give summaries of stories, each with its card."""

    def records(self, stories: Collection[str]) -> Iterator[Record]:
        """Give the records of stories, in the order of their ids."""


def bearing(desk: Opened, names: Sequence[str], language: str) -> list[Record]:
    """Give the records that tell of all whom some names may mean, in the order of their ids."""
    printed = desk.store.printed
    return _telling(desk, set().union(*(told_of(desk, name, printed) for name in names)), names, language)


def between(desk: Opened, names: Sequence[str], language: str) -> list[Record]:
    """Give the records that can tell what those who bear some names have to do with each other.

    Where each name means one, those of the stories that tell of all of them, and of the first of each, which
    say how he is called; else those of any.
    """
    printed, printing = desk.store.printed, desk.store.stories_printing
    every: set[str] = set()
    few: set[str] = set()
    for name in names:
        words = " ".join(name.split())
        found, some = told_in(desk, words, ids_of(desk, words), printing)
        if not found:
            found, some = told_in(desk, words, ids_like([words], printed()), printing)
        every |= found
        few |= some
    known = NamesOfSome(card for _, card in desk.cards(few))
    meant = [known.meant_in(name, language) for name in names]
    if any(len(ids) != 1 for ids in meant):
        return _telling(desk, every, names, language)
    stories = set.intersection(*(desk.stories_with(ids[0]) for ids in meant))
    if len(stories) > MANY:
        who = {ids[0] for ids in meant}
        stories = {summary.id for summary, card in desk.cards(stories) if _of_all(card, who)}
    return list(desk.records(stories | few))


def _telling(desk: Opened, stories: set[str], names: Sequence[str], language: str) -> list[Record]:
    """Give the records of stories; where a name may mean several or nobody, whole ones of these only.

    Then only what tells them apart is asked for, and of the others how everybody is called in them.
    """
    cards = [card for _, card in desk.cards(stories)]
    known = NamesOfSome(cards)
    meant = (known.meant_in(name, language) for name in names)
    several = next((ids for ids in meant if len(ids) != 1), None)
    if several is None:
        return list(desk.records(stories))
    telling = {card.id for card in cards if any(one.id in several for one in card.entities)}
    whole = {record.id: record for record in desk.records(telling)}
    return [whole.get(card.id) or _calling(card) for card in cards]


def _calling(card: Card) -> Record:
    """Give the record of a story with nothing in it but how everybody is called."""
    return Record(
        id=card.id,
        title=card.title,
        summary=card.summary,
        languages=[],
        articles=[],
        entities=[Entity(**one.model_dump(), evidence=[]) for one in card.entities],
        roles=[],
        events=[],
        quotes=[],
        claims=[],
        differences=[],
    )


class NamesOfSome(Names):
    """Index the names of some stories by their cards; `posts` tells whether it was asked who holds a post."""

    posts = False

    def __init__(self, cards: Iterable[Card]) -> None:
        told: Sequence[Any] = list(cards)  # a card has of a record what is asked of it here
        super().__init__(Archive(told))
        self._posts: dict[str, Post] = {}
        for card in told:
            for post in card.roles:
                self._posts.setdefault(post.id, post)

    def holders(self, role: str, of: Sequence[str]) -> tuple[str, ...]:
        """Give who holds a post as far as these cards tell."""
        self.posts = True
        found = (
            post.holder
            for post in self._posts.values()
            if post.of in of and post.qualifier is None and role in broader(post.role)
        )
        return tuple(dict.fromkeys(found))


def stories_of(
    desk: Told, question: str, asked: Asked, holding: Callable[[str], set[str]] | None = None
) -> set[str] | None:
    """Give the stories that can answer a question whose names are known, None where it may be any.

    What answers has everybody in it who takes part or speaks, or is spoken to or of; where nobody known is
    named, every name that nobody bears stands in its words: `holding` gives the stories that
    hold such a word.
    """
    if asked.kind is None:
        return set()
    sides = [stories_with_any(desk, party.ids) for party in _needed(asked)]
    if not sides:
        if asked.kind in _OF_SOMEBODY or (asked.kind == "role" and asked.rest):
            return set()
        strange = [word for word in asked.rest if holding is not None and _is_strange(word, question, asked)]
        return reduce(set.intersection, map(holding, strange)) if holding and strange else None
    return set().union(*sides) if asked.kind == "role" else reduce(set.intersection, sides)


def _of_all(told: Card, who: set[str]) -> bool:
    """Tell whether a record has an event or a post that joins all of these, or words of one of them."""
    return (
        any(who <= event.parties for event in told.events)
        or any({role.holder, role.of} == who for role in told.roles)
        or any(quote.speaker in who for quote in told.quotes)
    )


def acting_in(cards: Iterable[tuple[Summary, Card]], asked: Asked) -> set[str]:
    """Give the stories, of these with their cards, that have an event of all who are asked for."""
    return {
        summary.id
        for summary, card in cards
        if any(
            all(not event.parties.isdisjoint(party.ids) for party in asked.parties) for event in card.events
        )
    }


def _is_strange(word: str, question: str, asked: Asked) -> bool:
    """Tell whether a word is a name that nobody bears: written as names are, and a word for no theme."""
    capitals = not word_list(asked.language, "grammar")["nouns_capitalised"]
    return (
        capitals
        and word[:1].isupper()
        and not question.startswith(word)
        and not themes_of(word.lower(), asked.language)
    )


def holding_word(store: Store, word: str) -> set[str]:
    """Give the stories of the articles that hold a word, or one that begins like it."""
    found = store.find_words([word], every=True, limit=_MOST)
    found += store.find_parts([word[:_PART]], _MOST) if len(word) >= _PART else []
    return {one.story for one in store.kept(found)} if found else set()


def _needed(asked: Asked) -> list[Party]:
    addressee = [asked.addressee] if asked.addressee else []
    return [*asked.parties, *asked.topics, *addressee]
