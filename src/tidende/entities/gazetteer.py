"""Look up territories, cities, organisations and office holders by the names that news prints.

The tables in `data/` are plain text, made by `scripts/build_gazetteer.py`; `data/ATTRIBUTION.md`
says from what. Each is read on first use and kept as lines: only the lines that are asked for are
taken apart, so that a cold start costs tens of milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from importlib.resources import files

from tidende.entities.shape import shape_key
from tidende.records import EntityType

_COLUMNS = ("en", "da", "nb", "nn", "sv", "de")
# Bokmål and Nynorsk papers print each other's forms.
_NEIGHBOURS = {"nb": "nn", "nn": "nb"}
_PLAIN = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "‑": "-", "‐": "-"})
_WORD_END = re.compile(r"(?<=\w)(?!\w)|(?<=\.)")
_HEADS = ("head of state", "head of government")
# The order of what one form may mean. A large city comes before organisations and regions; so does
# a city in the region that is named after it (Geneva).
_COUNTRY, _CITY, _ORGANISATION, _REGION, _TOWN = range(5)
_ORDER = {"country": _COUNTRY, "organisation": _ORGANISATION}
_LARGE = 500_000
_LISTED = "\t\t\t\t"  # how a capital ends that is among the cities
_OUTWEIGHS = 100_000  # below this, a name that is also an everyday word is taken for the word


@dataclass(frozen=True, slots=True)
class Position:
    """One term of office: English title, ISO2 country, first and last day as far as known.

    Dates are ISO, cut to year or month where no more is known; `end` is "" while in office or
    unknown; `seen` is the last year or month for which a list prints the holder, "" if the source
    keeps no such list. `kind` is "head of state", "head of government", "deputy", "foreign
    minister", "defence minister", "finance minister", "interior minister", "minister",
    "ambassador", "judge", "governor", "mayor", "regional" (an office of a part of a state) or "".
    """

    title: str
    country: str
    start: str
    end: str
    seen: str = ""
    kind: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether the office was held on a day, as far as the dates say."""
        day = on.isoformat()
        if self.start and self.start > day[: len(self.start)]:
            return False
        if self.end:
            return day[: len(self.end)] <= self.end
        if self.seen and (not self.start or len(self.seen) == 4):
            return (day[: len(self.seen)] <= self.seen) and (bool(self.start) or day.startswith(self.seen))
        return bool(self.start)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the gazetteer.

    `id` is a Wikidata id or ""; `name` English or most common; `country` the ISO2 code of the
    state it belongs to or ""; `key` the ISO2 (UN M.49 for world regions, ISO 3166-2 for parts of
    states) code of a territory, the acronym of an organisation, else ""; `population` 0 where
    unknown; `names` its forms by language, "" holding those of no one language. `common` names
    the languages in which the name of a city is also an everyday word; `capital` tells that it is the
    capital of its state.
    """

    id: str
    type: EntityType
    name: str
    country: str = ""
    key: str = ""
    population: int = 0
    positions: tuple[Position, ...] = ()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    common: tuple[str, ...] = ()
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The longest form that stands at a place: `[start:end]` of the text and what it may mean."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One news outlet: ISO2 country, ISO 639-1 languages with commas, Wikidata id or ""."""

    name: str
    domain: str
    country: str
    language: str
    wikidata: str
    type: str


def reaches(forms: Iterable[str]) -> dict[str, int]:
    """Map the first words of forms of several words, case folded, to the most words that one has."""
    found: dict[str, int] = {}
    for form in forms:
        if " " in form:
            first, words = form.partition(" ")[0].casefold(), form.count(" ") + 1
            found[first] = max(words, found.get(first, 0))
    return found


def _lines(name: str) -> list[str]:
    """Read the lines of one table below its header."""
    text = (files("tidende.entities") / "data" / name).read_text(encoding="utf-8")
    return text.split("\n")[1:-1]


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


class _Lines:
    """Which lines bear a form: most forms stand in one, which costs no list and so little time."""

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        first: dict[str, int] = {}
        more: dict[str, list[int]] = {}
        for number, forms in enumerate(rows):
            for form in forms:
                if first.setdefault(form, number) != number:
                    more.setdefault(form, []).append(number)
        self._first, self._more = first, more

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def get(self, form: str) -> tuple[int, ...]:
        """Give the numbers of the lines that bear a form, in order, each once."""
        if form not in self._first:
            return ()
        return tuple(dict.fromkeys((self._first[form], *self._more.get(form, ()))))


_Ref = tuple[str, int, str]  # table, line, language of the form


class Gazetteer:
    """All tables; ask `load()` for the one instance."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self._surnames: dict[str, tuple[Entry, ...]] = {}
        self._offices: dict[str, tuple[int, ...]] = {}

    # Territories, organisations, cities

    def entries(self, form: str, language: str) -> tuple[Entry, ...]:
        """Give what a printed form may name in a language, the likeliest first; () for nothing.

        Case counts, except in forms of several words that begin with a capital and in forms all
        in capitals; towns whose name is an everyday word are left out. Countries come first, then
        cities of half a million, organisations, other territories, smaller cities by population.
        An unknown language is read as any language.
        """
        asked = (form, language)
        if asked not in self._found:
            self._found[asked] = tuple(self._look_up(form.translate(_PLAIN), language))
        return self._found[asked]

    def longest(self, text: str, start: int, language: str, endings: Sequence[str] = ()) -> Match | None:
        """Find the longest form that begins at `start` and ends with a word, if any.

        `endings` are genitive endings that may follow the form inside the word; the match leaves
        them out.
        """
        window = text[start : start + self._longest_characters + 8].translate(_PLAIN)
        first = re.match(r"[^\s-]+", window)
        if first is None:
            return None
        ends = [found.end() for found in _WORD_END.finditer(window) if found.end()][: self.longest_form + 6]
        for end in reversed(ends):
            printed = window[:end]
            for ending in ("", *endings):
                if printed.endswith(ending) and len(ending) < len(printed):
                    size = end - len(ending)
                    entries = self.entries(window[:size], language)
                    if entries:
                        return Match(start, start + size, entries)
        return None

    def forms(self, language: str) -> Iterator[str]:
        """Give the forms of territories and cities in a language and in none."""
        for form, refs in self._named.items():
            if any(_fit(spoken, language) is not None for _, _, spoken in refs):
                yield form
        yield from (line.split("\t", 1)[0] for line in self._cities)

    def territory(self, key: str) -> Entry | None:
        """Give the territory of an ISO2 (or M.49, or ISO 3166-2) code, in any case; None if unknown."""
        line = self._territory_keys.get(key.upper())
        return None if line is None else self._entry("territories.tsv", line)

    @cached_property
    def longest_form(self) -> int:
        """Give the number of words of the longest form."""
        return 1 + max(form.count(" ") for form in self._named)

    def reach(self, first: str) -> int:
        """Give how many words the longest form has that opens with a word, 0 for none of several."""
        return self._reaches.get(first.translate(_PLAIN).casefold(), 0)

    @cached_property
    def _reaches(self) -> dict[str, int]:
        return reaches((*self._named, *self._city_lines))

    @cached_property
    def _longest_characters(self) -> int:
        return max(map(len, self._named))

    # People

    def person(self, full_name: str) -> tuple[Entry, ...]:
        """Give the people of a full name or alias, however spelt; several only if they are namesakes."""
        return self._people(self._person_keys.get(shape_key(full_name)))

    def surname(self, name: str) -> tuple[Entry, ...]:
        """Give the people of a family name, however spelt, by office, the latest first.

        Heads of state and government come first, then deputies and the ministers of foreign
        affairs, defence, finance and the interior, then the others. Of a double name each end
        part is found: Løkke Rasmussen and Rasmussen.
        """
        if name not in self._surnames:
            ranked = []
            for line in self._surname_lines.get(shape_key(name)):
                entry = self._person_entry(line)
                rank = self._people_lines[line].split("\t", 5)[4]
                latest = max((max(p.start, p.end, p.seen) for p in entry.positions), default="")
                ranked.append(((rank, _backwards(latest), entry.name), entry))
            ranked.sort(key=lambda pair: pair[0])
            self._surnames[name] = tuple(entry for _, entry in ranked)
        return self._surnames[name]

    def holders(self, country: str, kind: str, on: date) -> tuple[Entry, ...]:
        """Give who held an office of a state on a day, the latest to take it first.

        `kind` is one of `Position.kind`. Where a head's end of office is not known, the next
        holder's first day ends it. Some states divide an office, and some posts are missing: more
        than one, or none, is no error.
        """
        found: list[tuple[Position, Entry]] = []
        state = country.upper()
        for line in self._office(kind, state):
            entry = self._person_entry(line)
            held = [p for p in entry.positions if (p.kind, p.country) == (kind, state) and p.holds(on)]
            if held:
                found.append((max(held, key=lambda p: p.start), entry))
        found.sort(key=lambda pair: (pair[0].start, pair[1].name), reverse=True)
        if kind in _HEADS and found:
            latest = found[0][0].start
            found = [(p, e) for p, e in found if p.end or p.start == latest]
        return tuple(entry for _, entry in found)

    # Word sets and outlets

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Give first names that office holders of the world bear, or that are common, in lower case."""
        text = (files("tidende.entities") / "data" / "given-names.txt").read_text(encoding="utf-8")
        return frozenset((*text.split(), *self._genders))

    def gender(self, name: str) -> str:
        """Give "he" or "she" where a first name is borne by men or by women alone, else ""."""
        return self._genders.get(name.partition(" ")[0].lower(), "")

    @cached_property
    def _genders(self) -> dict[str, str]:
        path = files("tidende.entities") / "data" / "given-names-common.txt"
        rows = (line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines())
        return {name: gender for name, _, gender in rows}

    @cached_property
    def last_names(self) -> frozenset[str]:
        """Give the last words of the names of office holders, in lower case."""
        names = (line.split("\t", 6)[5] for line in self._people_lines)
        return frozenset(name.rsplit(" ", 1)[-1].lower() for name in names)

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """Give the news outlets, by name."""
        rows = (line.split("\t") for line in _lines("outlets.tsv"))
        return tuple(Outlet(*row) for row in rows)

    def outlet(self, printed: str) -> tuple[str, str] | None:
        """Give the id and the name of the news outlet of a printed name; None for no or an unclear one.

        "The" may be printed or not before names of several words and of acronyms; a single
        everyday word ("Hill") counts only with it.
        """
        return self._outlet_names.get(_unhyphened(printed))

    @cached_property
    def _outlet_names(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        several: set[str] = set()
        for line in _lines("outlets.tsv"):
            cells = line.split("\t")
            name = cells[0].partition(" (")[0]
            bare = name.removeprefix("The ")
            identifier = cells[4] or f"organisation:{shape_key(bare)}"
            forms, shown = {_unhyphened(name)}, name
            if " " in bare or "-" in bare or bare.isupper():
                forms |= {_unhyphened(bare), _unhyphened(f"the {bare}")}
                shown = bare
            for form in forms:
                if found.setdefault(form, (identifier, shown))[0] != identifier:
                    several.add(form)
        return {form: outlet for form, outlet in found.items() if form not in several and ":" not in form}

    # Indexes, each built on first use

    @cached_property
    def _tables(self) -> dict[str, list[str]]:
        return {
            name: _lines(name)
            for name in ("territories.tsv", "organisations.tsv", "organisations-supraverden.tsv")
        }

    @cached_property
    def _cities(self) -> list[str]:
        return [
            *_lines("cities.tsv"),
            *(line for line in _lines("capitals.tsv") if not line.endswith(_LISTED)),
        ]

    @cached_property
    def _capitals(self) -> frozenset[tuple[str, str]]:
        """Give name and country of the capitals; a line that ends in empty cells is among the cities."""
        rows = (line.split("\t", 2) for line in _lines("capitals.tsv"))
        return frozenset((name, country) for name, country, _ in rows)

    @cached_property
    def _named(self) -> dict[str, list[_Ref]]:
        """Index the forms of territories and organisations."""
        index: dict[str, list[_Ref]] = {}
        for table, lines in self._tables.items():
            first = 6 if table == "territories.tsv" else 3
            for number, line in enumerate(lines):
                for language, cell in zip((*_COLUMNS, ""), line.split("\t")[first:], strict=False):
                    if cell:
                        for form in cell.split("|"):
                            index.setdefault(form, []).append((table, number, language))
        return index

    @cached_property
    def _city_lines(self) -> _Lines:
        """Index the forms of cities, larger ones first."""
        rows = (line.split("\t") for line in self._cities)
        return _Lines([row[0], *row[5].split("|")] if row[5] else row[:1] for row in rows)

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        """Index the forms of territories and organisations without regard to case."""
        index: dict[str, list[str]] = {}
        for form in self._named:
            index.setdefault(form.casefold(), []).append(form)
        return index

    @cached_property
    def _territory_keys(self) -> dict[str, int]:
        return {line.split("\t", 2)[1]: n for n, line in enumerate(self._tables["territories.tsv"])}

    @cached_property
    def _people_lines(self) -> list[str]:
        return _lines("people.tsv")

    @cached_property
    def _person_keys(self) -> _Lines:
        return _Lines(line[: line.index("\t")].split("|") for line in self._people_lines)

    @cached_property
    def _surname_lines(self) -> _Lines:
        """Index people by every end part of their names, or the first part where that is the family's."""
        return _Lines(map(_surnames, self._people_lines))

    def _office(self, kind: str, country: str) -> tuple[int, ...]:
        """Find the lines of people of a country, or with posts in it, who held an office."""
        if kind not in self._offices:
            needle = f";{kind};"
            self._offices[kind] = tuple(n for n, line in enumerate(self._people_lines) if needle in line)
        own, abroad = f"\t{country}\t", f";{kind};{country};"
        lines = self._people_lines
        return tuple(n for n in self._offices[kind] if own in lines[n] or abroad in lines[n])

    # From lines to entries

    def _look_up(self, form: str, language: str) -> Iterator[Entry]:
        forms = [form]
        capitals = form.isupper() and len(form) > 3
        if form[:1].isupper() and (capitals or " " in form or "-" in form):
            forms += [known for known in self._folded.get(form.casefold(), ()) if known != form]
            forms += [form.title()] if capitals else []
        ranked: list[tuple[tuple[int, int, int], Entry]] = []
        for known in forms:
            for table, line, spoken in self._named.get(known, ()):
                fit = _fit(spoken, language)
                if fit is not None:
                    entry = self._entry(table, line)
                    ranked.append(((_ORDER.get(entry.type, _REGION), fit, 0), entry))
            regions = {entry.country for (order, *_), entry in ranked if order == _REGION}
            for line in self._city_lines.get(known):
                if self._is_word(line, known, language):
                    continue
                entry = self._city(line)
                large = entry.population >= _LARGE or entry.country in regions
                ranked.append(((_CITY if large else _TOWN, -entry.population, 0), entry))
        seen = set()
        for _, entry in sorted(ranked, key=lambda pair: pair[0]):
            mark = entry.id or (entry.type, entry.name, entry.country, entry.population)
            if mark not in seen:
                seen.add(mark)
                yield entry

    def _entry(self, table: str, line: int) -> Entry:
        cells = self._tables[table][line].split("\t")
        if table != "territories.tsv":
            names = _names(cells[3:])
            return Entry(cells[0], "organisation", cells[2], key=cells[1], names=names)
        kind, parent = cells[3], cells[4]
        type_: EntityType = "country" if kind in ("country", "historical") else "place"
        own = cells[1] if len(cells[1]) == 2 and kind != "region" else ""
        return Entry(cells[0], type_, cells[5], parent or own, cells[1], names=_names(cells[6:]))

    def _is_word(self, line: int, form: str, language: str) -> bool:
        """Tell whether print in a language means the everyday word rather than the city of that name.

        A "!" in the table marks pronouns and the like, which no city outweighs.
        """
        name, _, population, _, common, _ = self._cities[line].split("\t")
        languages = common.split(",") if form == name else []
        usual = language in languages or "en" in languages  # English words stand in names everywhere
        return f"{language}!" in languages or (usual and int(population) < _OUTWEIGHS)

    def _city(self, line: int) -> Entry:
        name, country, population, identifier, common, forms = self._cities[line].split("\t")
        names = {"": (name, *_forms(forms))}
        languages = tuple(common.replace("!", "").split(",")) if common else ()
        capital = (name, country) in self._capitals
        return Entry(identifier, "place", name, country, "", int(population), (), names, languages, capital)

    def _people(self, lines: Iterable[int]) -> tuple[Entry, ...]:
        return tuple(map(self._person_entry, lines))

    def _person_entry(self, line: int) -> Entry:
        _, _, identifier, country, _, name, aliases, held = self._people_lines[line].split("\t")
        positions = tuple(_position(cell, country) for cell in _forms(held))
        names = {"": (name, *_forms(aliases))}
        return Entry(identifier, "person", name, country, positions=positions, names=names)


def _unhyphened(name: str) -> str:
    """Bring the name of an outlet to the form that papers agree on: Clarion-Ledger, Clarion Ledger."""
    return name.casefold().replace("-", " ")


def _surnames(line: str) -> Iterator[str]:
    """Give the keys under which a line of people.tsv is found by surname, each at most twice."""
    cell, order, _ = line.split("\t", 2)
    for key in cell.split("|"):
        first, _, rest = key.partition("-")
        if order == "e":
            yield first
        while order == "w" and rest:
            yield rest
            rest = rest.partition("-")[2]


def _names(cells: Sequence[str]) -> dict[str, tuple[str, ...]]:
    return {language: _forms(cell) for language, cell in zip((*_COLUMNS, ""), cells, strict=False) if cell}


def _position(cell: str, country: str) -> Position:
    title, kind, abroad, start, end, seen = (cell.split(";") + [""] * 5)[:6]
    return Position(title, abroad or country, start, end, seen, kind)


def _fit(spoken: str, language: str) -> int | None:
    """Rank how well a form's language fits the text's: its own, a neighbour's, none, English; else None."""
    if spoken == language or language not in _COLUMNS:
        return 0
    if spoken == _NEIGHBOURS.get(language):
        return 1
    return {"": 2, "en": 3}.get(spoken)


def _backwards(day: str) -> str:
    """Turn an ISO date into a string that sorts the latest date first, no date last."""
    return "".join(chr(ord("0") + ord("9") - ord(c)) for c in day) + "~"


@cache
def load() -> Gazetteer:
    """Give the gazetteer; its tables are read when they are first asked."""
    return Gazetteer()
