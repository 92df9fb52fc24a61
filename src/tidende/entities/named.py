"""Tell what the named items of an article name, and give each its id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from tidende.entities.gazetteer import Entry, Gazetteer
from tidende.entities.items import Item
from tidende.entities.lexicon import Known, Lexicon, listed_forms
from tidende.entities.nouns import common_words, is_noun
from tidende.entities.register import Register, plain_slug
from tidende.entities.shape import same_name, shape_key
from tidende.entities.votes import Votes
from tidende.languages.lists import word_list, word_set
from tidende.parse.genitive import strip_genitive
from tidende.parse.types import Parsed, Sentence
from tidende.records import EntityType

Row = tuple[Sentence, list[Item]]

_AGE = re.compile(r"\d{1,2}")
_SHORTEST_ENDING = 4
_LARGE = 500_000  # a city of this size is named more often than any person of its name
_PROMINENT = ("minister", "deputy")


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    name: str
    keys: tuple[str, ...]  # shape keys of the words of the fullest name
    rank: int  # 0 for a head of state or government in office, 1 for others listed, 2 for the rest


class Namer:
    """Resolve the named items of one article; `persons` fill as full names are met."""

    def __init__(
        self,
        parsed: Parsed,
        lexicon: Lexicon,
        gazetteer: Gazetteer,
        register: Register,
        *,
        votes: Votes,
        published: date | None,
    ) -> None:
        self._parsed = parsed
        self._votes = votes
        self._published = published
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._register = register
        self._persons: list[_Person] = []
        self._countries: set[str] = set()
        self._surnames: frozenset[str] = frozenset()
        self._teams: dict[str, str] = {}  # ids of organisations by the last word of their names
        self._things: set[str] = set()  # last words of the names of storms, prizes and the like
        self._retaken: set[str] = set()  # names of places that are a person's here
        self._at: frozenset[str] = frozenset()  # places that stand behind a preposition of place
        language = parsed.language
        self._organisation_words = _words(language, "organisation_words")
        self._place_words = _words(language, "place_words")
        self._thing_words = _words(language, "thing_words")
        self._in = frozenset[str]().union(
            *(word_set(language, "text", "prepositions", key) for key in ("in", "from", "to"))
        )
        self._generic = self._organisation_words | self._place_words | self._thing_words
        self._generic |= word_set(language, "calendar", "shy_months")
        self._common = common_words(parsed)
        self._nouns_capitalised = bool(word_list(language, "grammar")["nouns_capitalised"])
        self._cues = frozenset[str]().union(
            *(word_set(language, "speech", "finite", kind) for kind in ("say", "tell", "add"))
        )

    def resolve(self, rows: Sequence[Row]) -> None:
        """Fill `id` of every item that mentions a known or knowable thing by name."""
        self._surnames = self._full_surnames(rows)
        self._at = frozenset(
            item.text
            for _, items in rows
            for before, item in pairwise(items)
            if item.kind == "entry" and before.lower in self._in
        )
        # What names a state of itself comes before what asks which states the article is about.
        for kind in ("country", "adjective", "inhabitants", "known", "entry", "shared"):
            for _, items in rows:
                for index, item in enumerate(items):
                    if kind != ("shared" if item.key in self._lexicon.shared else item.kind):
                        continue
                    if kind == "entry" and self._is_surname(items, index):
                        item.kind = "name"
                        self._retaken.add(item.text)
                    else:
                        self._resolve_table(item)
        self._cut_genitives(rows)
        reused = self._single_words(rows)
        # Bodies of text before titles: a headline's capitals tell less, and it repeats the text.
        ordered = sorted(rows, key=lambda row: self._is_title(row[0]))
        for sentence, items in ordered:
            for index, item in enumerate(items):
                if item.kind == "name" and " " in item.text:
                    self._resolve_full(item, items, index, reused, title=self._is_title(sentence))
        steady = Counter(
            item.text
            for sentence, items in rows
            for item in items
            if item.kind == "name" and not item.initial and not self._is_title(sentence)
        )
        for _, items in ordered:
            for index, item in enumerate(items):
                if item.kind == "name" and not item.id:
                    self._resolve_short(item, items, index, steady)

    def _full_surnames(self, rows: Sequence[Row]) -> frozenset[str]:
        """Give the last words of the full names of persons, by their given names."""
        return frozenset(
            item.text.split()[-1]
            for _, items in rows
            for item in items
            if item.kind == "name"
            and " " in item.text
            and (
                item.text.split()[0].lower() in self._gazetteer.given_names
                or self._gazetteer.person(item.text)
            )
            and not _ends_in(item.text.split()[-1], self._place_words | self._organisation_words)
        )

    def _is_surname(self, items: Sequence[Item], index: int) -> bool:
        """Tell whether the name of a place is meant as a person's: "Mr Bolton", "Bolton" of John Bolton."""
        item = items[index]
        before = items[index - 1] if index else None
        entries = self._entries(item.text)
        if " " in item.text or not entries or entries[0].type != "place":
            return False
        if before is not None and before.kind == "honorific":
            return True
        if item.text in self._at or entries[0].population >= _LARGE:
            return False
        if self._votes.type_of(item.text) == "person":
            return True
        return item.text in self._surnames or self._in_office(item.text, introduced=True) is not None

    def _cut_genitives(self, rows: Sequence[Row]) -> None:
        """Cut the bare genitive -s off names ("Donald Trumps", "Kims far").

        It is an ending where the name is known or printed elsewhere without it, or where a
        common noun follows as the thing possessed.
        """
        printed = {
            word for _, items in rows for item in items if item.kind == "name" for word in item.text.split()
        }
        printed |= {item.text for _, items in rows for item in items if item.kind == "name"}
        for _, items in rows:
            for item, following in zip(items, [*items[1:], None], strict=True):
                if item.kind != "name" or item.genitive:
                    continue
                bare = strip_genitive(item.text, self._parsed.language)
                if bare == item.text or self._gazetteer.person(item.text) or item.text in self._surnames:
                    continue
                last = bare.split()[-1]
                if (
                    bare in printed
                    or (last != bare and last in printed)
                    or self._gazetteer.person(bare)
                    or _is_possessed(following)
                ):
                    item.text, item.lower = bare, bare.lower()
                    item.end = item.start + len(bare)
                    item.genitive = True

    def _entries(self, form: str) -> tuple[Entry, ...]:
        """Ask the gazetteer as the scanner did."""
        language = self._parsed.language
        asked = (self._gazetteer.entries(listed, language) for listed in listed_forms(form, language))
        return next((entries for entries in asked if entries), ())

    def _shared(self, form: str) -> Known | None:
        """Choose whose body a form means that several states print: "Højesteret", "Congress"."""
        fitting = [thing for thing in self._lexicon.shared[form] if thing.of in self._countries]
        if not fitting and not self._countries - {""}:
            return self._lexicon.known.get(form)  # no state at all: the paper's own
        return fitting[0] if len(fitting) == 1 else None

    def _is_title(self, sentence: Sentence) -> bool:
        return self._parsed.blocks[sentence.block].is_headline

    def _resolve_table(self, item: Item) -> None:
        if item.kind in ("country", "adjective", "inhabitants"):
            item.id = self._register.country(item.key)
            self._countries.add(item.key)
        elif item.kind == "known":
            shared = item.key in self._lexicon.shared
            thing = self._shared(item.key) if shared else self._lexicon.known[item.key]
            if thing is not None:
                item.id = self._register.known(thing)
                self._countries.add(thing.of)
        elif item.kind == "entry":
            entry = self._entries(item.text)[0]
            identifier = entry.id or f"{entry.type}:{plain_slug(entry.name)}"
            item.id = self._register.open(identifier, entry.type, entry.name)
            self._countries.add(entry.country)

    def _resolve_full(
        self, item: Item, items: Sequence[Item], index: int, reused: frozenset[str], *, title: bool
    ) -> None:
        outlet = self._gazetteer.outlet(item.text)
        if outlet:
            item.id = self._register.open(outlet[0], "organisation", outlet[1])
            return
        type_ = self._type_of(item, items, index, reused, title=title)
        if type_ == "person":
            if self._is_glued(item):
                return
            told = self._votes.type_of(item.text) == "person"
            if title and not told and not self._shorten(item):
                return
            if self._nouns_capitalised and not told:
                self._drop_noun(item)
            person = self._person(item.text)
            item.id = self._register.open(person.id, "person", person.name)
        elif type_ == "other" and not self._is_other(item, title=title):
            return
        else:
            item.id = self._register.open(f"{type_}:{_slug(item.text)}", type_, item.text)
            if type_ == "organisation":
                self._teams.setdefault(item.text.split()[-1], item.id)

    def _is_glued(self, item: Item) -> bool:
        """Tell whether one tag holds two persons, one of whom the article names in full: "... Trump Kim"."""
        first, _, rest = item.text.partition(" ")
        return (
            " " not in rest
            and first in self._votes.surnames
            and first.lower() not in self._gazetteer.given_names
            and not self._gazetteer.person(item.text)
        )

    def _is_other(self, item: Item, *, title: bool) -> bool:
        """Tell whether a run that is no person, organisation or place names anything at all."""
        if self._votes.read:
            return self._votes.type_of(item.text) is not None
        return not (title or self._nouns_capitalised or _starts_by_chance(item))

    def _drop_noun(self, item: Item) -> None:
        """Cut the noun off "Angeklagten Quinton Tellis": a name of three begins with a given name."""
        words = item.text.split()
        given = words[0].lower() in self._gazetteer.given_names
        if len(words) == 3 and not given and words[1][:1].isupper() and not self._gazetteer.person(item.text):
            item.start += len(item.text) - len(" ".join(words[1:]))
            item.text = " ".join(words[1:])
            item.lower = item.text.lower()

    def _shorten(self, item: Item) -> bool:
        """Cut a headline's run of capitals back to a person whom the article or gazetteer knows.

        False where a long run holds none, as "Rosa Threatening Phoenix".
        """
        words = item.text.split()
        for size in range(len(words), 1, -1):
            name = " ".join(words[:size])
            if self._gazetteer.person(name) or any(same_name(p.name, name) for p in self._persons):
                item.text, item.lower = name, name.lower()
                item.end = item.start + len(name)
                return True
        return not self._votes.read and (len(words) == 2 or not words[0][1:].islower())

    def _type_of(
        self, item: Item, items: Sequence[Item], index: int, reused: frozenset[str], *, title: bool
    ) -> EntityType:
        words = item.text.split()
        if self._gazetteer.person(item.text):
            return "person"
        if words[0].lower() in self._thing_words or _ends_in(words[-1], self._thing_words):
            self._things.add(words[-1])
            return "other"
        told = self._votes.type_of(item.text)
        if told == "person":
            return "person"
        if any(_ends_in(word, self._organisation_words) for word in words):
            return "organisation"
        if _ends_in(words[-1], self._place_words):
            return "place"
        if told is not None:
            return told
        if self._names_team(words) and not title:
            return "organisation"
        if words[0].lower() in self._gazetteer.given_names:
            return "other" if self._nouns_capitalised and is_noun(words[-1], self._parsed) else "person"
        if any(_ends_in(word, self._thing_words) or word in self._common for word in words):
            return "other"
        if _is_introduced(items, index) or _is_aged(items, index) or self._speaks(items, index):
            return "person"
        if shape_key(words[-1]) in reused and not self._is_listed(words[0]):
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

    def _single_words(self, rows: Sequence[Row]) -> frozenset[str]:
        """Give the shape keys of names of one word: a run whose last word recurs alone is a person.

        Where nouns are capitalised, only those that speak or bear a title count.
        """
        return frozenset(
            shape_key(item.text)
            for _, items in rows
            for index, item in enumerate(items)
            if item.kind == "name"
            and " " not in item.text
            and item.text not in self._common
            and (not self._nouns_capitalised or self._speaks(items, index) or _is_introduced(items, index))
        )

    def _is_listed(self, word: str) -> bool:
        """Tell whether a word names a state, place or organisation, and so opens no person's name."""
        return bool(self._gazetteer.entries(word, self._parsed.language)) or word.isupper()

    def _speaks(self, items: Sequence[Item], index: int) -> bool:
        """Tell whether a cue of speech stands right beside the name."""
        for neighbour in (index - 1, index + 1):
            if 0 <= neighbour < len(items) and items[neighbour].lower in self._cues:
                return True
        return False

    def _resolve_short(self, item: Item, items: Sequence[Item], index: int, steady: Counter[str]) -> None:
        person = self._short_person(item.text)
        told = self._votes.type_of(item.text)
        generic = item.text in self._common or item.lower in self._generic
        introduced = _is_introduced(items, index) and not _is_role(items, index + 1)
        acronym = len(item.text) > 1 and item.text.isupper()
        if person is None and " " not in item.text and not generic and not acronym:
            entry: Entry | None = None
            certain = introduced or item.text in self._retaken
            certain |= told == "person" and not self._is_doubtful(item, items, index)
            if certain or told is None:
                entry = self._in_office(item.text, introduced=certain)
            if entry is not None:
                person = self._add(entry, item.text)
            elif certain:
                person = self._person(item.text)
        if person is not None:
            item.id = self._register.open(person.id, "person", person.name)
            return
        if told == "person" and (" " in item.text or self._is_doubtful(item, items, index)):
            return
        if (not steady[item.text] and told is None) or len(item.text) < 2 or item.lower in self._generic:
            return
        if item.text in self._teams:
            item.id = self._teams[item.text]
            return
        outlet = self._gazetteer.outlet(item.text)
        if outlet:
            item.id = self._register.open(outlet[0], "organisation", outlet[1])
            return
        if told is None and not self._is_untyped_name(item.text):
            return
        if index + 1 < len(items) and items[index + 1].kind == "adjective":
            return  # "Central American": a part of the demonym
        type_: EntityType = told or "other"
        if _ends_in(item.text, self._organisation_words):
            type_ = "organisation"
        elif _ends_in(item.text, self._place_words):
            type_ = "place"
        item.id = self._register.open(f"{type_}:{_slug(item.text)}", type_, item.text)

    def _is_untyped_name(self, word: str) -> bool:
        """Tell whether a word that nothing types is a name all the same."""
        if not self._votes.read:
            return not self._nouns_capitalised or _is_marked(word)
        named = not self._nouns_capitalised and _ends_in(word, self._organisation_words | self._place_words)
        return named or (_is_marked(word) and not word.isupper() and word.isalnum())

    def _is_doubtful(self, item: Item, items: Sequence[Item], index: int) -> bool:
        """Tell whether a word is a person by one tag at the opening of a sentence alone, or names a storm."""
        if index and items[index - 1].lower in self._thing_words:
            self._things.add(item.text)
        return item.text in self._things or (
            item.initial
            and self._votes.places(item.text) == 1
            and not self._speaks(items, index)
            and item.lower not in self._gazetteer.given_names
            and not self._gazetteer.surname(item.text)
        )

    def _person(self, name: str) -> _Person:
        """Give the person of a full name, by the article's own people before the gazetteer's."""
        for person in self._persons:
            if same_name(person.name, name):
                return person
        entries = self._gazetteer.person(name)
        entry = entries[0] if len(entries) == 1 else self._choose(entries)
        return self._add(entry or self._without_initial(name), name)

    def _without_initial(self, name: str) -> Entry | None:
        """Find the office holder whose listed name has initials more or less: John (R.) Bolton."""
        words = name.split()
        if len(words) < 2:
            return None
        found = [
            entry
            for entry in self._gazetteer.surname(words[-1])
            if entry.country in self._countries
            and _holds_office(entry, self._published)
            and any(same_name(known, name) for names in entry.names.values() for known in names)
        ]
        return found[0] if len(found) == 1 else None

    def _add(self, entry: Entry | None, printed: str) -> _Person:
        name = entry.name if entry is not None else printed
        identifier = entry.id if entry is not None and entry.id else f"person:{_slug(name)}"
        keys = tuple(shape_key(word) for word in (printed if " " in printed else name).split())
        rank = 2 if entry is None else int(not _is_head(entry, self._published))
        person = _Person(identifier, name, keys, rank)
        if all(other.id != identifier for other in self._persons):
            self._persons.append(person)
        return person

    def _choose(self, entries: Sequence[Entry]) -> Entry | None:
        """Choose among namesakes the one in office in a state of the article; none if in doubt."""
        here = [entry for entry in entries if entry.country in self._countries]
        for fitting in (here, [entry for entry in here if _holds_office(entry, self._published)]):
            known = [entry for entry in fitting if entry.id] if len(fitting) > 1 else fitting
            if len(known) == 1:
                return known[0]
        return None

    def _short_person(self, name: str) -> _Person | None:
        """Find the person of a surname or first name alone: last words first, then first words.

        Of several with one surname the head of state or government is meant, then the first.
        """
        keys = tuple(shape_key(word) for word in name.split())
        for place in (slice(-len(keys), None), slice(len(keys))):
            found = [person for person in self._persons if person.keys[place] == keys]
            if found:
                return min(found, key=lambda person: person.rank)
        return None

    def _in_office(self, surname: str, *, introduced: bool) -> Entry | None:
        """Find the one office holder of a surname that the article's states and date allow.

        Without a title before it, a name in another spelling or of a lesser office is too little.
        """
        found = [
            entry
            for entry in self._gazetteer.surname(surname)
            if entry.country in self._countries and _holds_office(entry, self._published)
        ]
        heads = [entry for entry in found if _is_head(entry, self._published)]
        entry = found[0] if len(found) == 1 else (heads[0] if len(heads) == 1 else None)
        if entry is None or introduced or entry in heads:
            return entry
        spelt = any(surname in name.split() for names in entry.names.values() for name in names)
        spelt = spelt and surname.lower() not in self._gazetteer.given_names
        return entry if spelt and _is_prominent(entry, self._published) else None


def _words(language: str, key: str) -> frozenset[str]:
    """Give the words of a list in a language and in English names, which every language prints."""
    return word_set(language, "names", key) | word_set("common", "names", key)


def _holds_office(entry: Entry, on: date | None) -> bool:
    """Tell whether a person held a dated office on a day (in any year, if the day is unknown)."""
    if on is None:
        return bool(entry.positions)
    return any(position.holds(on) for position in entry.positions)


def _is_prominent(entry: Entry, on: date | None) -> bool:
    """Tell whether a person held an office that news names without a title."""
    return any(
        position.kind.endswith(_PROMINENT) and (on is None or position.holds(on))
        for position in entry.positions
    )


def _is_head(entry: Entry, on: date | None) -> bool:
    """Tell whether a person was head of state or government on a day."""
    return any(
        position.kind in ("head of state", "head of government") and (on is None or position.holds(on))
        for position in entry.positions
    )


def _is_possessed(item: Item | None) -> bool:
    """Tell whether an item can be the thing possessed: a post, kin or group."""
    return item is not None and item.kind in ("role", "kin", "group")


def _slug(name: str) -> str:
    """Give the key of a name without the English article that some papers print before it."""
    first, _, rest = name.partition(" ")
    bare = rest if rest and first.lower() in word_set("common", "names", "articles") else name
    return shape_key(bare)


def _ends_in(word: str, endings: frozenset[str]) -> bool:
    lower = word.lower()
    return lower in endings or any(
        lower.endswith(ending) for ending in endings if len(ending) >= _SHORTEST_ENDING
    )


def _is_introduced(items: Sequence[Item], index: int) -> bool:
    """Tell whether a title or role stands right before a name."""
    return (
        index > 0 and items[index - 1].kind in ("role", "honorific", "kin") and not items[index - 1].genitive
    )


def _is_role(items: Sequence[Item], index: int) -> bool:
    """Tell whether a post in capitals stands at an index, as in "Mr Evil President"."""
    return index < len(items) and items[index].kind == "role" and items[index].text[:1].isupper()


def _is_marked(word: str) -> bool:
    """Tell whether capitals or digits inside a word show that it is a name ("KSWB-TV", "RedState")."""
    return any(character.isupper() for character in word[1:]) and word[:1].isupper()


def _is_aged(items: Sequence[Item], index: int) -> bool:
    """Tell whether an age follows, as after persons only: "Wayde Sims, 20, ..."."""
    texts = [item.text for item in items[index + 1 : index + 4]]
    return (
        len(texts) > 1
        and texts[0] in (",", "(")
        and bool(_AGE.fullmatch(texts[1]))
        and texts[2:] in ([","], [")"], ["."])
    )


def _starts_by_chance(item: Item) -> bool:
    return item.initial and len(item.text.split()) == 2


def named_items(rows: Sequence[Row]) -> Iterator[tuple[Sentence, Item]]:
    """Yield the items that mention an entity by name or demonym."""
    for sentence, items in rows:
        for item in items:
            if item.id and item.kind not in ("role", "kin", "group"):
                yield sentence, item
