"""Keep the persons of one article, and find whom a full or short name means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tidende.entities.gazetteer import Entry, Gazetteer
from tidende.entities.keys import slug
from tidende.entities.shape import same_name, shape_key

_HEADS = ("head of state", "head of government")
_PROMINENT = ("minister", "deputy")


@dataclass(frozen=True, slots=True)
class Person:
    """One person: id, fullest name, the shape keys of its words, and how high an office."""

    id: str
    name: str
    keys: tuple[str, ...]  # shape keys of the words of the fullest name
    rank: int  # 0 for a head of state or government in office, 1 for others listed, 2 for the rest


class People:
    """The persons of one article, in the order in which they are met.

    `countries` are the ISO codes of the states that the article names, which the caller fills, like `slips`,
    `tails`, `kin` and `alone`; `served` are those in which its persons hold an office.
    """

    def __init__(self, gazetteer: Gazetteer, published: date | None) -> None:
        self._gazetteer = gazetteer
        self._published = published
        self.persons: list[Person] = []
        self.countries: set[str] = set()
        self.served: set[str] = set()
        self.led: set[str] = set()  # states of which the article names a head, of today or of old, in full
        self.alone: set[str] = set()  # states whose heads the article names by a surname that is theirs alone
        self.slips: dict[str, str] = {}  # a word of a name that is printed once, to the one meant
        self.kin: frozenset[str] = frozenset()  # given names of those told as kin: "his wife Stephanie"
        self.tails: dict[str, str] = {}  # a surname of several words, to the full name that ends in it

    def full(self, name: str) -> Person:
        """Give the person of a full name, by the article's own people before the gazetteer's."""
        name = self._meant(name)
        name = self.tails.get(name, name)
        for person in self.persons:
            if same_name(person.name, name):
                return person
        entries = self._gazetteer.person(name)
        entry = entries[0] if len(entries) == 1 else self._choose(entries)
        return self.add(entry or self._without_initial(name) or self._cut_short(name), name)

    def _without_initial(self, name: str) -> Entry | None:
        """Find the office holder whose listed name has initials more or less: John (R.) Bolton."""
        words = name.split()
        if len(words) < 2:
            return None
        found = [
            entry
            for entry in self._gazetteer.surname(words[-1])
            if entry.country in self.countries
            and holds_office(entry, self._published)
            and any(same_name(known, name) for names in entry.names.values() for known in names)
        ]
        return found[0] if len(found) == 1 else None

    def _cut_short(self, name: str) -> Entry | None:
        """Find the head in office of whose name the last part is left out: "Moon Jae" of Moon Jae-in."""
        keys = shape_key(name).split("-")
        if len(keys) < 2:
            return None
        found = [
            entry
            for entry in self._gazetteer.surname(name.split(maxsplit=1)[0])
            if entry.country in self.countries
            and is_head(entry, self._published)
            and shape_key(entry.name).split("-")[: len(keys)] == keys
        ]
        return found[0] if len(found) == 1 else None

    def add(self, entry: Entry | None, printed: str) -> Person:
        """Add the person of an entry, or of the printed name alone, unless the article has him already."""
        name = entry.name if entry is not None else printed
        identifier = entry.id if entry is not None and entry.id else f"person:{slug(name)}"
        keys = tuple(shape_key(word) for word in (printed if " " in printed else name).split())
        rank = 2 if entry is None else int(not is_head(entry, self._published))
        person = Person(identifier, name, keys, rank)
        if entry is not None and holds_office(entry, self._published):
            self.served.add(entry.country)
        if entry is not None and any(position.kind in _HEADS for position in entry.positions):
            self.led.add(entry.country)
        if all(other.id != identifier for other in self.persons):
            self.persons.append(person)
        return person

    def _choose(self, entries: Sequence[Entry]) -> Entry | None:
        """Choose among namesakes the one in office in a state of the article; none if in doubt."""
        here = [entry for entry in entries if entry.country in self.countries]
        for fitting in (here, [entry for entry in here if holds_office(entry, self._published)]):
            known = [entry for entry in fitting if entry.id] if len(fitting) > 1 else fitting
            if len(known) == 1:
                return known[0]
        return None

    def short(self, name: str, *, but: str = "") -> Person | None:
        """Find the person of a surname or first name alone: last words first, then first words.

        Of several with one surname the head of state or government is meant, then the first; whose wife
        "his wife Stephanie" is has the surname to himself, and nobody is his own kin (`but`): "Kims far Kim
        Jong-il".
        """
        keys = tuple(shape_key(word) for word in self._meant(name).split())
        for place in (slice(-len(keys), None), slice(len(keys))):
            found = [person for person in self.persons if person.keys[place] == keys and person.id != but]
            if place.start is not None:
                found = [one for one in found if one.keys == keys or one.keys[0] not in self.kin]
            if found:
                return min(found, key=lambda person: person.rank)
        return None

    def _meant(self, name: str) -> str:
        return " ".join(self.slips.get(word, word) for word in name.split())

    def in_office(self, surname: str, *, introduced: bool) -> Entry | None:
        """Find the one office holder of a surname that the article's states and date allow.

        Without a title before it, a name in another spelling or of a lesser office is too little. Of a state
        that is not named, a head is meant by a surname that no other head has, in the company of a head of
        another state: "Putin has met Kim Jong-il three times".
        """
        found = [
            entry
            for entry in self._gazetteer.surname(surname)
            if entry.country in self.countries and holds_office(entry, self._published)
        ]
        heads = [entry for entry in found if is_head(entry, self._published)]
        entry = found[0] if len(found) == 1 else (heads[0] if len(heads) == 1 else None)
        if not found:
            entry = self.only_head(surname)
            return entry if entry is not None and (self.led | self.alone) - {entry.country} else None
        if entry is None or introduced or entry in heads:
            return entry
        spelt = _is_spelt(entry, surname, self._gazetteer)
        return entry if spelt and is_prominent(entry, self._published) else None

    def only_head(self, surname: str) -> Entry | None:
        """Find the head in office whose surname no other head has, nor an office holder elsewhere."""
        holders = [one for one in self._gazetteer.surname(surname) if holds_office(one, self._published)]
        heads = [one for one in holders if is_head(one, self._published)]
        if len(heads) != 1 or {one.country for one in holders} != {heads[0].country}:
            return None
        return heads[0] if _is_spelt(heads[0], surname, self._gazetteer) else None


def _is_spelt(entry: Entry, surname: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a person is listed with a surname as spelt, and it is no given name."""
    listed = (name for names in entry.names.values() for name in names)
    return surname.lower() not in gazetteer.given_names and any(surname in name.split() for name in listed)


def holds_office(entry: Entry, on: date | None) -> bool:
    """Tell whether a person held a dated office on a day (in any year, if the day is unknown)."""
    if on is None:
        return bool(entry.positions)
    return any(position.holds(on) for position in entry.positions)


def is_prominent(entry: Entry, on: date | None) -> bool:
    """Tell whether a person held an office that news names without a title."""
    return any(
        position.kind.endswith(_PROMINENT) and (on is None or position.holds(on))
        for position in entry.positions
    )


def is_head(entry: Entry, on: date | None) -> bool:
    """Tell whether a person was head of state or government on a day."""
    return any(position.kind in _HEADS and (on is None or position.holds(on)) for position in entry.positions)
