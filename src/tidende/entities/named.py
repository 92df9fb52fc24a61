"""Tell what the named items of an article name, and give each its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from tidende.entities.gazetteer import Entry, Gazetteer
from tidende.entities.items import Item
from tidende.entities.keys import generic, generic_key, neutral_slug, slug
from tidende.entities.kinds import Kinds, ends_in, is_introduced, is_role, named_kin
from tidende.entities.lexicon import Known, Lexicon, listed_forms
from tidende.entities.nouns import common_words
from tidende.entities.people import People
from tidende.entities.register import Register, plain_slug
from tidende.entities.shape import is_slip, same_name, shape_key
from tidende.entities.votes import Votes
from tidende.languages.lists import word_list, word_set
from tidende.parse.genitive import strip_genitive
from tidende.parse.types import Parsed, Sentence
from tidende.parse.wordforms import words_of
from tidende.records import EntityType

Row = tuple[Sentence, list[Item]]

_SHORTEST_TAIL = 4  # letters of the noun behind a body's name in a compound
_LARGE = 500_000  # a city of this size is named more often than any person of its name


class Namer:
    """Resolve the named items of one article; its persons are known as their full names are met."""

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
        self._lexicon = lexicon
        self._gazetteer = gazetteer
        self._register = register
        self._people = People(gazetteer, published)
        self._states: set[str] = set()  # named as states, and not only by a town
        self._kinds = Kinds(parsed, gazetteer, votes)
        self._surnames: frozenset[str] = frozenset()
        self._teams: dict[str, str] = {}  # ids of organisations by the last word of their names
        self._retaken: set[str] = set()  # names of places that are a person's here
        self._at: frozenset[str] = frozenset()  # places that stand behind a preposition of place
        language = parsed.language
        self._in = frozenset[str]().union(
            *(word_set(language, "text", "prepositions", key) for key in ("in", "from", "to"))
        )
        self._generic = self._kinds.organisation_words | self._kinds.place_words | self._kinds.thing_words
        self._generic |= word_set(language, "calendar", "shy_months")
        self._common = common_words(parsed)
        self._indefinite = word_set(language, "grammar", "indefinite")
        self._possessives = word_set(language, "text", "possessives")
        self._relatives = frozenset(
            form.lower() for forms in word_list(language, "roles")["kin"].values() for form in forms
        )
        self._joins = word_set(language, "text", "conjunctions", "and") | {","}
        self._heads = sorted(lexicon.heads, key=lambda head: (-len(head), head))
        self._groups = next(table for kind, table in lexicon.tables if kind == "group")
        self._named_heads = self._kinds.organisation_words | self._kinds.place_words
        self._acronyms = frozenset(word_list("common", "names")["thing_acronyms"])
        self._nouns_capitalised = bool(word_list(language, "grammar")["nouns_capitalised"])

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
        for kind in ("country", "adjective", "inhabitants", "known", "entry"):
            for _, items in rows:
                for index, item in enumerate(items):
                    if kind != item.kind or item.key in self._lexicon.shared:
                        continue
                    if kind == "entry" and self._is_surname(items, index):
                        item.kind = "name"
                        self._retaken.add(item.text)
                    else:
                        self._resolve_table(item)
        self._cut_genitives(rows)
        self._kinds.note(rows)
        self._people.slips = self._slips(rows)
        self._people.tails = self._tails(rows)
        self._people.kin = self._kin(rows)
        reused = self._single_words(rows)
        # Bodies of text before titles: a headline's capitals tell less, and it repeats the text.
        ordered = sorted(rows, key=lambda row: self._is_title(row[0]))
        for sentence, items in ordered:
            for index, item in enumerate(items):
                if item.kind == "name" and " " in item.text:
                    self._resolve_full(item, items, index, reused, title=self._is_title(sentence))
        for _, items in rows:
            for index, item in enumerate(items):
                if item.key in self._lexicon.shared:
                    self._resolve_table(item)
                    if not item.id and item.lower in self._groups:
                        item.kind, item.key = "group", self._groups[item.lower]
                elif item.kind == "word" and item.lower in self._lexicon.parties:
                    self._resolve_party(items, index)
        steady = Counter(
            item.text
            for sentence, items in rows
            for item in items
            if item.kind == "name" and not item.initial and not self._is_title(sentence)
        )
        bare = {item.text for _, items in rows for item in items if item.kind == "name" and not item.id}
        heads = (self._people.only_head(name) for name in bare if name not in self._common)
        self._people.alone = {head.country for head in heads if head is not None}
        for sentence, items in ordered:
            for index, item in enumerate(items):
                if item.kind == "name" and not item.id:
                    self._resolve_short(item, items, index, steady, title=self._is_title(sentence))

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
            and not ends_in(item.text.split()[-1], self._kinds.place_words | self._kinds.organisation_words)
        )

    def _slips(self, rows: Sequence[Row]) -> dict[str, str]:
        """Map words of names that are a slip for the surname of a person: "Waers" of Maxine Waters.

        The article prints the slip once and the name more often; what the gazetteer lists is no slip.
        """
        told = Counter(token.text for sentence, _ in rows for token in sentence.tokens)
        names = [item.text for _, items in rows for item in items if item.kind == "name"]
        full = [name for name in names if " " in name and self._votes.type_of(name) == "person"]
        surnames = {name.split()[-1]: name for name in full if told[name.split()[-1]] > 1}
        found: dict[str, str] = {}
        for name in names:
            *first, last = name.split()
            if told[last] != 1 or last in surnames or self._votes.type_of(name) not in ("person", None):
                continue
            if self._gazetteer.person(name) or last.lower() in self._gazetteer.given_names:
                continue
            meant = [
                one
                for one, whole in surnames.items()
                if is_slip(last, one) and first in ([], whole.split()[:-1])
            ]
            if len(meant) == 1:
                found[last] = meant[0]
        return found

    def _kin(self, rows: Sequence[Row]) -> frozenset[str]:
        """Give the shape keys of given names that stand behind a kinship: "seiner Frau Stephanie"."""
        return frozenset(
            shape_key(name.text)
            for _, items in rows
            for whose, kin, name in zip(items, items[1:], items[2:], strict=False)
            if whose.lower in self._possessives
            and kin.lower in self._relatives
            and name.kind == "name"
            and " " not in name.text
        )

    def _tails(self, rows: Sequence[Row]) -> dict[str, str]:
        """Map surnames of several words, "Lund Svindal", to the one full name that ends in them.

        What begins with a given name, or is listed, may be somebody of his own.
        """
        names = dict.fromkeys(
            item.text for _, items in rows for item in items if item.kind == "name" and " " in item.text
        )
        found: dict[str, str] = {}
        for name in names:
            if name.split()[0].lower() in self._gazetteer.given_names or self._gazetteer.person(name):
                continue
            fuller = [one for one in names if one.endswith(f" {name}")]
            known = [one for one in fuller if one.split()[0].lower() in self._gazetteer.given_names]
            known += [one for one in fuller if one not in known and self._gazetteer.person(one)]
            if len(fuller) == len(known) == 1:
                found[name] = known[0]
        return found

    def _is_surname(self, items: Sequence[Item], index: int) -> bool:
        """Tell whether the name of a place is meant as a person's: "Mr Bolton", "Bolton" of John Bolton."""
        item = items[index]
        before = items[index - 1] if index else None
        entries = self._entries(item.text)
        if " " in item.text or not entries or entries[0].type != "place":
            return False
        if before is not None and before.kind == "honorific":
            return True
        person = self._votes.type_of(item.text) == "person"
        if item.text in self._at or (
            entries[0].population >= _LARGE and not (person and item.text in self._surnames)
        ):
            return False
        if person:
            return True
        return item.text in self._surnames or self._people.in_office(item.text, introduced=True) is not None

    def _cut_genitives(self, rows: Sequence[Row]) -> None:
        """Cut the bare genitive -s off names ("Donald Trumps", "Kims far").

        It is an ending where the name is known or printed elsewhere without it, or where a
        common noun follows as the thing possessed.
        """
        printed = {
            word for _, items in rows for item in items if item.kind == "name" for word in item.text.split()
        }
        printed |= {item.text for _, items in rows for item in items if item.kind == "name"}
        tokens = Counter(token.text for sentence, _ in rows for token in sentence.tokens)
        # "Waters" of "Maxine Waters", where hardly a "Water" stands, ends in its own s.
        own = Counter(
            token.text
            for sentence, _ in rows
            for token in sentence.tokens
            if token.upos == "PROPN" and "Case=Gen" not in token.feats
        )
        for _, items in rows:
            for item, following in zip(items, [*items[1:], None], strict=True):
                if item.kind != "name" or item.genitive:
                    continue
                bare = strip_genitive(item.text, self._parsed.language)
                if bare == item.text or self._gazetteer.person(item.text) or item.text in self._surnames:
                    continue
                last = bare.split()[-1]
                if own[item.text.split()[-1]] > tokens[last]:
                    continue
                if (
                    bare in printed
                    or (last != bare and last in printed)
                    or self._gazetteer.person(bare)
                    or bare.isupper()
                    or (ends_in(last, self._named_heads) and not ends_in(item.text, self._named_heads))
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
        fitting: list[Known] = []
        states: frozenset[str] | set[str] = frozenset()
        for states in (self._states | self._people.served, self._people.countries):
            fitting = fitting or [thing for thing in self._lexicon.shared[form] if thing.of in states]
        if not fitting and not states - {""}:
            return self._lexicon.known.get(form)  # no state at all: the paper's own
        if len(fitting) > 1:
            fitting = [thing for thing in fitting if thing.of in self._people.served]
        return fitting[0] if len(fitting) == 1 else None

    def _is_title(self, sentence: Sentence) -> bool:
        return self._parsed.blocks[sentence.block].is_headline

    def _resolve_table(self, item: Item) -> None:
        if item.kind in ("country", "adjective", "inhabitants"):
            item.id = self._register.country(item.key)
            self._states |= {item.key, item.key.partition("-")[0]}
            self._people.countries |= self._states
        elif item.kind == "known":
            shared = item.key in self._lexicon.shared
            thing = self._shared(item.key) if shared else self._lexicon.known[item.key]
            if thing is not None:
                item.id = self._register.known(thing)
                self._people.countries.add(thing.of)
        elif item.kind == "entry":
            entry = self._entries(item.text)[0]
            identifier = entry.id or f"{entry.type}:{plain_slug(entry.name)}"
            item.id = self._register.open(identifier, entry.type, entry.name)
            self._people.countries.add(entry.country)
            if entry.type == "organisation" and entry.key:
                self._states.add(entry.key)  # bodies of the UN or the EU are named like those of states

    def _resolve_party(self, items: Sequence[Item], index: int) -> None:
        """Take "republikanske senatorer" for people of the party, in news of its state."""
        item, party = items[index], self._lexicon.parties[items[index].lower]
        behind = next((other for other in items[index + 1 :] if other.kind != "adjective"), None)
        if behind is None or behind.kind not in ("role", "group"):
            return
        if party.of in self._states | self._people.served:
            item.kind, item.id = "known", self._register.known(party)

    def bodies(self, rows: Sequence[Row]) -> Iterator[tuple[Sentence, Item]]:
        """Yield the bodies that open a common noun: "høyesterettskandidaten", "Senatskommission"."""
        words = words_of(self._parsed.language)
        for sentence, items in rows:
            for item in items:
                head = next((head for head in self._heads if item.lower.startswith(head)), "")
                common = item.kind in ("word", "role", "group") or (item.kind == "name" and not item.id)
                if not head or not common or " " in item.text:
                    continue
                tail = item.lower[len(head) :].lstrip("-")
                if len(tail) < _SHORTEST_TAIL or not (words.knows(tail) or words.compound(tail)):
                    continue
                end = item.start + len(head)
                body = Item("known", item.start, end, end, item.text[: len(head)], head)
                body.key = self._lexicon.heads[head]
                self._resolve_table(body)
                if body.id:
                    yield sentence, body

    def _resolve_full(
        self, item: Item, items: Sequence[Item], index: int, reused: frozenset[str], *, title: bool
    ) -> None:
        outlet = self._gazetteer.outlet(item.text)
        if outlet:
            item.id = self._register.open(outlet[0], "organisation", outlet[1])
            return
        type_ = self._kinds.type_of(item, items, index, reused, title=title)
        if type_ == "person":
            if self._is_glued(item):
                return
            told = self._votes.type_of(item.text) == "person"
            if title and not told and not self._shorten(item):
                return
            if self._nouns_capitalised and not told:
                self._drop_noun(item)
            person = self._people.full(item.text)
            item.id = self._register.open(person.id, "person", _as_printed(person.name, item.text))
        elif type_ == "other" and not self._kinds.is_other(item, title=title):
            return
        else:
            item.id = self._register.open(f"{type_}:{self._slug(item.text, type_)}", type_, item.text)
            if type_ == "organisation":
                self._teams.setdefault(item.text.split()[-1], item.id)

    def _slug(self, name: str, type_: EntityType) -> str:
        """Give the key of a name that no table knows; that of "Sør-California" rests on the state's."""
        if type_ not in ("organisation", "place"):
            return slug(name)
        point, rest = self._directed(name)
        entries = self._entries(rest) if point else ()
        if entries and type_ == "place":
            return f"{point}-{plain_slug(entries[0].name)}"
        return neutral_slug(name, self._parsed.language, type_)

    def _directed(self, name: str) -> tuple[str, str]:
        """Part the point of the compass from a name: "Southern California", "Südkaliforniens"."""
        first, mark, rest = name.partition("-" if "-" in name else " ")
        points = word_set("common", "names", "compass")
        key = generic_key(first, self._parsed.language)
        if mark and key in points:
            return key, rest
        for form, key in generic(self._parsed.language).items():
            if not mark and key in points and len(form) > 2 and name.lower().startswith(form):
                rest = name[len(form) :].capitalize()
                return key, rest if self._entries(rest) else strip_genitive(rest, self._parsed.language)
        return "", ""

    def _outlet(
        self, item: Item, items: Sequence[Item], index: int, told: EntityType | None
    ) -> tuple[str, str] | None:
        """Find the outlet of a short name; its article may stand before it, or be left out."""
        near = items[max(0, index - 1 - items[index - 1].text.islower()) : index] if index else ()
        if self._nouns_capitalised and any(one.lower in self._indefinite for one in near):
            return None  # "ein Bild", "ein ähnliches Bild" are no newspaper
        articles = word_set("common", "names", "articles")
        article = index > 0 and items[index - 1].lower in articles
        forms = [item.text]
        if told == "organisation" or article:
            forms += [f"{word} {item.text}" for word in sorted(articles)]
        return next((found for form in forms if (found := self._gazetteer.outlet(form))), None)

    def _is_pair(self, name: str) -> bool:
        """Tell whether a hyphen joins two persons of the article: "the Kim-Trump summit"."""
        parts = name.split("-")
        return len(parts) == 2 and all(self._people.short(part) is not None for part in parts)

    def _is_glued(self, item: Item) -> bool:
        """Tell whether one tag holds two persons, one of whom the article names in full: "... Trump Kim"."""
        first, _, rest = item.text.partition(" ")
        return (
            " " not in rest
            and first in self._votes.surnames
            and first.lower() not in self._gazetteer.given_names
            and not self._gazetteer.person(item.text)
        )

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
            if self._gazetteer.person(name) or any(same_name(p.name, name) for p in self._people.persons):
                item.text, item.lower = name, name.lower()
                item.end = item.start + len(name)
                return True
        return not self._votes.read and (len(words) == 2 or not words[0][1:].islower())

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
            and (
                not self._nouns_capitalised or self._kinds.speaks(items, index) or is_introduced(items, index)
            )
        )

    def _resolve_short(
        self, item: Item, items: Sequence[Item], index: int, steady: Counter[str], *, title: bool
    ) -> None:
        kin = named_kin(items, index, self._joins)
        person = self._people.short(item.text, but=kin.id if kin is not None else "")
        told = self._votes.type_of(item.text)
        generic = item.text in self._common or item.lower in self._generic
        introduced = is_introduced(items, index) and not is_role(items, index + 1)
        acronym = len(item.text) > 1 and item.text.isupper()
        if person is None and " " not in item.text and not generic and not acronym:
            entry: Entry | None = None
            titled = introduced or item.text in self._retaken
            certain = titled or (told == "person" and not self._is_doubtful(item, items, index, title=title))
            if certain or told is None:
                entry = self._people.in_office(item.text, introduced=titled)
            if entry is not None:
                person = self._people.add(entry, item.text)
            elif certain and not self._is_pair(item.text):
                person = self._people.full(item.text)
        if person is not None:
            item.id = self._register.open(person.id, "person", _as_printed(person.name, item.text))
            return
        if told == "person" and (" " in item.text or self._is_doubtful(item, items, index, title=title)):
            return
        outlet = None if item.text in self._teams else self._outlet(item, items, index, told)
        if outlet:
            item.id = self._register.open(outlet[0], "organisation", outlet[1])
            return
        if (not steady[item.text] and told is None) or len(item.text) < 2 or item.lower in self._generic:
            return
        if item.text in self._teams:
            item.id = self._teams[item.text]
            return
        if told is None and not self._kinds.is_untyped_name(item.text):
            return
        if item.text in self._kinds.things or item.text in self._acronyms or self._is_pair(item.text):
            return
        if index + 1 < len(items) and items[index + 1].kind == "adjective":
            return  # "Central American": a part of the demonym
        if told != "person" and ends_in(item.text, self._kinds.thing_words):
            return
        type_: EntityType = told or "other"
        if ends_in(item.text, self._kinds.organisation_words):
            type_ = "organisation"
        elif ends_in(item.text, self._kinds.place_words):
            type_ = "place"
        item.id = self._register.open(f"{type_}:{self._slug(item.text, type_)}", type_, item.text)

    def _is_doubtful(self, item: Item, items: Sequence[Item], index: int, *, title: bool) -> bool:
        """Tell whether a word is a person by one tag at the opening of a sentence alone, or names a storm."""
        if index and items[index - 1].lower in self._kinds.thing_words:
            self._kinds.things.add(item.text)
        return item.text in self._kinds.things or (
            item.initial
            and self._votes.places(item.text) == 1
            and not self._kinds.speaks(items, index)
            and item.lower not in self._gazetteer.given_names
            and (title or not self._gazetteer.surname(item.text))
        )


def _as_printed(name: str, printed: str) -> str:
    """Give a name that a list prints with capitals the small particles of the text: "von der Leyen"."""
    small = any(word.islower() for word in printed.split())
    return printed if small and printed.lower() == name.lower() else name


def _is_possessed(item: Item | None) -> bool:
    """Tell whether an item can be the thing possessed: a post, kin or group."""
    return item is not None and item.kind in ("role", "kin", "group")


def named_items(rows: Sequence[Row]) -> Iterator[tuple[Sentence, Item]]:
    """Yield the items that mention an entity by name or demonym."""
    for sentence, items in rows:
        for item in items:
            if item.id and item.kind not in ("role", "kin", "group"):
                yield sentence, item
