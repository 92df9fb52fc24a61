"""Tell whether two printed names can name one thing, and why: each feature speaks for or against.

The gazetteer is asked first: two forms of one entry are one, forms of two entries are two. Where it knows
neither, persons are compared by the sound of their parts, by what papers leave out (first
names, middle names, initials) and by how the two languages write the sounds of other alphabets; bodies and
places by their own words and by the words for what they are. In doubt two names are two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from tidende.entities.gazetteer import Entry, Gazetteer, load
from tidende.entities.judgement import Judgement
from tidende.entities.keys import neutral_slug
from tidende.entities.lexicon import Known, lexicon, listed_forms
from tidende.entities.shape import is_listed_variant, letters, shape_key
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.parse.genitive import strip_genitive
from tidende.records import EntityType

_MOST_SPELLINGS = 64  # of one name: a name has few doubtful sounds
_SHORTEST = 4  # letters of a word whose ending may be one
_VOWELS = str.maketrans("", "", "aeiou")
_VOWELS_MARKED = frozenset("àáâãäåæèéêëìíîïòóôõöøùúûüýÿāēīōūăąęěőűıů")


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for (weight above 0) or against (below 0) two names being one."""

    name: str
    weight: float
    told: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two names compared: the features and their sum, and what a person decided, which stands above it."""

    features: tuple[Feature, ...]
    judgement: Judgement | None = None

    @property
    def score(self) -> float:
        """Give the sum of the weights, within [-1, 1]."""
        return round(max(-1.0, min(1.0, sum(feature.weight for feature in self.features))), 3)

    @property
    def same(self) -> bool:
        """Tell whether the names are taken for one thing's."""
        if self.judgement in (Judgement.SAME, Judgement.DIFFERENT):
            return self.judgement is Judgement.SAME
        return self.score >= 0.5

    def explained(self) -> tuple[str, ...]:
        """Give one line for each thing that spoke for or against, a judgement above all."""
        rows = sorted(self.features, key=lambda feature: (-abs(feature.weight), feature.name))
        told = [f"{row.weight:+.1f} {row.name}{f' ({row.told})' if row.told else ''}" for row in rows]
        return (f"judged {self.judgement}", *told) if self.judgement else tuple(told)


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as an article prints it: the words, the language, the type if it is known."""

    text: str
    language: str = "en"
    type: EntityType | None = None


def compare(one: PrintedName, other: PrintedName, *, judgement: Judgement | None = None) -> Comparison:
    """Compare two printed names; the order does not matter. A `judgement` overrules the features."""
    return Comparison(tuple(_features(one, other)), judgement)


def _features(one: PrintedName, other: PrintedName) -> Iterator[Feature]:
    types = {name.type for name in (one, other)} - {None, "other"}
    if len(types) > 1 and types != {"country", "place"}:
        yield Feature("types differ", -1.0, " and ".join(sorted(map(str, types))))
        return
    if _plain(one.text) == _plain(other.text):
        yield Feature("same words", 1.0, one.text)
        return
    person = types == {"person"}
    known = [_known(name, person=person) for name in (one, other)]
    if all(known):
        shared = known[0] & known[1]
        if shared and person and not _heard_alike(one, other):
            yield Feature("no sound that both languages write so", -1.0, f"{one.text} and {other.text}")
            return
        if shared:
            yield Feature("one entry of the gazetteer", 1.0, min(shared))
            return
        if not person:
            yield Feature("two entries of the gazetteer", -1.0, f"{min(known[0])} and {min(known[1])}")
            return
    yield from (_person if person else _thing)(one, other)


# --- persons ------------------------------------------------------------------------------------


def _person(one: PrintedName, other: PrintedName) -> Iterator[Feature]:
    pairs = [(a, b) for a in _bare(one) for b in _bare(other)]
    best = max((list(_parts(a, b)) for a, b in pairs), key=lambda found: sum(f.weight for f in found))
    yield from best
    if sum(feature.weight for feature in best) >= 0.5 and not _heard_alike(one, other):
        yield Feature("no sound that both languages write so", -0.6, f"{one.text} and {other.text}")


def _heard_alike(one: PrintedName, other: PrintedName) -> bool:
    return any(_agree(a, one.language, b, other.language) for a in _bare(one) for b in _bare(other))


def _parts(one: str, other: str) -> Iterator[Feature]:
    left, right = shape_key(one).split("-"), shape_key(other).split("-")
    if "".join(left) == "".join(right):
        yield Feature("same sound", 1.0, "-".join(left))
        return
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        if short[0] == long[-1]:
            yield Feature("the last name alone", 0.6, short[0])
        elif short[0] == long[0] and len(short[0]) > 2:
            yield Feature("the first name alone", 0.5, short[0])
        else:
            yield Feature("no part in common", -1.0, f"{short[0]} and {'-'.join(long)}")
        return
    if left[-1] != right[-1]:
        if sorted(left) == sorted(right):
            yield Feature("same parts in another order", 0.7, "-".join(left))
        elif _contained(short, long):
            yield Feature("all parts of the shorter name in the longer", 0.6, "-".join(short))
        else:
            yield Feature("last names differ", -1.0, f"{left[-1]} and {right[-1]}")
        return
    yield Feature("same last name", 0.3, left[-1])
    if left[0] == right[0]:
        yield Feature("same first name", 0.5, left[0])
    elif min(len(left[0]), len(right[0])) == 1 and left[0][:1] == right[0][:1]:
        # "H. R. McMaster" need not be Henry: with two initials the second name has to be there.
        initials = max(sum(len(part) == 1 for part in name[:-1]) for name in (left, right))
        enough = initials < len(short) or initials == 1
        yield Feature("an initial for the first name", 0.3 if enough else 0.1, f"{left[0]} and {right[0]}")
    elif len(short) < len(long) and _contained(short, long):
        yield Feature("all parts of the shorter name in the longer", 0.3, "-".join(short))
    else:
        yield Feature("first names differ", -1.0, f"{left[0]} and {right[0]}")
        return
    if _contained(short, long):
        return
    clash = [(a, b) for a, b in zip(left[1:-1], right[1:-1], strict=False) if not _initials(a, b)]
    if clash:
        yield Feature("middle names differ", -0.6, f"{clash[0][0]} and {clash[0][1]}")


def _contained(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether the parts of one name stand in another in the same order."""
    rest = iter(long)
    return all(part in rest for part in short)


def _initials(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1])


def _agree(one: str, first: str, other: str, second: str) -> bool:
    """Tell whether two spellings can write one row of sounds, by the conventions of their languages.

    Parts that one of them leaves out do not count.
    """
    left, right = _words(one), _words(other)
    if len(left) != len(right):
        left, right = left[-1:], right[-1:]
    return all(
        shape_key(a) != shape_key(b) or is_listed_variant(a, b) or _meet(sounds(a, first), sounds(b, second))
        for a, b in zip(left, right, strict=True)
    )


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _words(name: str) -> list[str]:
    return name.replace("-", " ").split()


@cache
def sounds(word: str, language: str) -> frozenset[str]:
    """Give the rows of sounds that a word of another alphabet may be written for in a language.

    The rows of `transliteration` in `names.toml` give what a language writes and the sounds it may stand
    for: German "sch" for sh and zh, Danish "tj" for ch. What it does not list stands for itself. A word with
    a mark on a consonant is written by another language's rules: the empty set, which agrees with anything.
    """
    table = _sounds(language)
    lower = letters(word)
    if not table or any(shown not in _VOWELS_MARKED for shown in word.lower() if not shown.isascii()):
        return frozenset()
    rows: list[tuple[str, ...]] = []
    at = 0
    while at < len(lower):
        for size in range(4, 0, -1):
            heard = table.get(lower[at : at + size])
            if heard:
                rows.append(heard)
                break
        else:
            size = 1
            rows.append((lower[at],))
        at += size
    count = 1
    for row in rows:
        count *= len(row)
    if count > _MOST_SPELLINGS:
        rows = [row[:1] for row in rows]
    return frozenset(_consonants("".join(row)) for row in product(*rows))


def _consonants(heard: str) -> str:
    """Keep what the conventions tell apart: consonants, each once; vowels are the key's business."""
    kept = [letter for letter in heard.translate(_VOWELS) if letter.isalnum()]
    return "".join(letter for n, letter in enumerate(kept) if n == 0 or letter != kept[n - 1])


@cache
def _sounds(language: str) -> Mapping[str, tuple[str, ...]]:
    if language not in READ_IN_FULL:
        return {}
    rows = word_list(language, "names")["transliteration"]["sounds"]
    parted = (row.split(": ") for row in rows)
    return {written: tuple(heard.split("|")) for written, heard in parted}


# --- bodies and places --------------------------------------------------------------------------


def _thing(one: PrintedName, other: PrintedName) -> Iterator[Feature]:
    type_: EntityType = "organisation" if "organisation" in (one.type, other.type) else "place"
    pairs = [
        (neutral_slug(a, one.language, type_), neutral_slug(b, other.language, type_))
        for a in _bare(one)
        for b in _bare(other)
    ]
    for left, right in pairs:
        if left and left.replace("-", "") == right.replace("-", ""):
            yield Feature("same words by sound and kind", 1.0, left)
            return
    left, right = pairs[0]
    if _acronym(one.text, right) or _acronym(other.text, left):
        yield Feature("the first letters of the other", 0.5, f"{one.text} and {other.text}")
        return
    yield Feature("words differ", -1.0, f"{left} and {right}")


def _acronym(short: str, key: str) -> bool:
    """Tell whether an acronym of three letters or more is made of the first letters of a key's parts."""
    letters = short.replace(".", "")
    if len(letters) < 3 or not letters.isupper() or not letters.isalpha():
        return False
    return shape_key("".join(part[0] for part in key.split("-"))) == shape_key(letters) and "-" in key


# --- what both use ------------------------------------------------------------------------------


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("’", "'").split())


def _bare(name: PrintedName) -> tuple[str, ...]:
    """Give a printed name, without a genitive ending, and what opens a compound: "Kreml-talsmand"."""
    text = name.text
    found = [text]
    if name.language in READ_IN_FULL:
        stripped = strip_genitive(text, name.language)
        if stripped != text and len(stripped) >= _SHORTEST - 1:
            found.append(stripped)
    head, hyphen, tail = text.rpartition("-")
    if hyphen and len(head) > 1 and len(tail) > _SHORTEST and tail[:1].islower():
        found.append(head)
    first, _, rest = text.partition(" ")
    if rest and first.lower() in word_list("common", "names")["articles"]:
        found.append(rest)
    return tuple(found)


def _known(name: PrintedName, *, person: bool) -> frozenset[str]:
    """Give the ids or marks of what the tables and the gazetteer know by a printed form."""
    gazetteer = load()
    for form in _bare(name):
        if person:
            entries: Sequence[Entry] = gazetteer.person(form) if " " in form else ()
            found = {_mark(entry) for entry in entries}
        else:
            found = set(_listed(form, name, gazetteer))
        if found:
            return frozenset(found)
    return frozenset()


def _listed(form: str, name: PrintedName, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield what the word lists and the gazetteer know: the first meaning that fits the type."""
    language = name.language if name.language in READ_IN_FULL else ""
    if language:
        words = lexicon(language)
        lower = form.lower()
        for kind, table in words.tables:
            if kind == "country" and lower in table:
                entry = gazetteer.territory(table[lower])
                yield _mark(entry) if entry else f"country {table[lower]}"
                return
            if kind == "known" and lower in words.shared:
                for thing in words.shared[lower]:
                    if name.type in (None, thing.type):
                        yield _thing_mark(thing, gazetteer)
                return
            if kind == "known" and lower in words.known:
                thing = words.known[lower]
                if name.type in (None, thing.type):
                    yield _thing_mark(thing, gazetteer)
                    return
    for listed in listed_forms(form, language) if language else (form,):
        for entry in gazetteer.entries(listed, name.language):
            fits = name.type in (None, entry.type) or {name.type, entry.type} == {"country", "place"}
            if fits:
                yield _mark(entry)
                return


def _thing_mark(thing: Known, gazetteer: Gazetteer) -> str:
    same = [entry for entry in gazetteer.entries(thing.name, "en") if entry.type == thing.type]
    return _mark(same[0]) if same else thing.key


def _mark(entry: Entry) -> str:
    return entry.id or f"{entry.type} {entry.name} {entry.country}"
