"""Tell how the names that the gazetteer lists are usually written, for text that is not."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from tidende.entities.gazetteer import Entry, Gazetteer, load
from tidende.languages.lists import READ_IN_FULL, letters, word_list
from tidende.parse.wordforms import ends

_ACRONYM = 5  # letters of a form in capitals that is asked for as it stands
_LONGEST = 4
_HEADS = ("head of state", "head of government")


class ListedNames:
    """The names of the gazetteer and the word lists, whatever case or letters they are printed in."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def cased(self, words: Sequence[str], language: str) -> tuple[str, int]:
        """Give the usual form of the longest name that these words begin with, and its number of words."""
        for size in range(min(len(words), _LONGEST), 0, -1):
            form = self._cased(" ".join(words[:size]), language)
            if form and form.count(" ") == size - 1:
                return form, size
        return "", 0

    def _cased(self, form: str, language: str) -> str:
        entries = self._gazetteer.entries(form, language) if len(form) <= _ACRONYM else ()
        if entries and _listed(entries[0], form) == form:
            return form
        listed = _by_case(language).get(form.lower())
        if listed:
            return listed
        entries = entries or self._gazetteer.entries(form.title(), language)
        entries = entries or self._gazetteer.entries(form, language)
        if not entries and " " in form:
            entries = self._gazetteer.person(form.title())
            if entries:
                return _listed(entries[0], form) or form.title()
        return _listed(entries[0], form) if entries else ""

    def spelt(self, form: str, language: str) -> str:
        """Give the listed name of which a form is a spelling without diacritics, "" for none."""
        for ending in ("", *(e for e in word_list(language, "text")["genitive"] if e.isalpha())):
            stem = form.removesuffix(ending) if ending else form
            if ending and stem == form:
                continue
            found = _by_letters(language).get(stem.lower(), "")
            if found:
                return f"{found}{ending}"
        return ""

    def endings(self) -> Mapping[str, int]:
        """Count the ends of names of people and places, of two to four letters, all names under ""."""
        return _endings()

    def leads(self, form: str) -> bool:
        """Tell whether a form is the family name of a head of state or government."""
        people = self._gazetteer.surname(form.capitalize()) if len(form) >= _LONGEST else ()
        return any(position.kind in _HEADS for person in people[:1] for position in person.positions)

    def knows(self, form: str, language: str) -> bool:
        """Tell whether a form is listed as it is, as a name or a given name."""
        if form.lower() in self._gazetteer.given_names or form.lower() in _by_case(language):
            return True
        return bool(self._gazetteer.entries(form, language))


def _listed(entry: Entry, form: str) -> str:
    """Give the form of an entry that is the given one but for its case."""
    lower = form.lower()
    if len(form) <= _ACRONYM and form in {entry.key, *(f for forms in entry.names.values() for f in forms)}:
        return form
    forms = [entry.name, *(one for several in entry.names.values() for one in several)]
    return next((one for one in forms if one.lower() == lower), "")


@cache
def _by_case(language: str) -> Mapping[str, str]:
    """Index the names of the word lists by their small letters."""
    names = word_list(language, "names")
    rows = [
        form
        for table in ("body", "metonym", "region")
        for row in names.get(table, [])
        for form in row["forms"]
    ]
    rows += [form for forms in names["territories"].values() for form in forms]
    return {form.lower(): form for form in rows if form[:1].isupper()}


@cache
def _by_letters(language: str) -> Mapping[str, str]:
    """Index single names with letters beyond the alphabet by both ways to spell them without.

    A spelling that two names share, or that is a name itself, is left out.
    """
    gazetteer = load()
    ways = [
        str.maketrans(
            {letter: plain for code in READ_IN_FULL for letter, plain in letters(code, table).items()}
        )
        for table in ("spelt", "bare")
    ]
    listed = frozenset(gazetteer.forms(language)) | frozenset(_by_case(language).values())
    found: dict[str, set[str]] = {}
    for form in listed:
        if form.isascii() or " " in form or len(form) < _LONGEST:
            continue
        for way in ways:
            plain = _plain(form.lower().translate(way))
            if plain != form.lower():
                found.setdefault(plain, set()).add(form)
    return {
        plain: next(iter(forms))
        for plain, forms in found.items()
        if len(forms) == 1 and plain.isascii() and plain.capitalize() not in listed
    }


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@cache
def _endings() -> Mapping[str, int]:
    gazetteer = load()
    return ends(sorted(gazetteer.last_names | gazetteer.given_names))


@cache
def listed_names() -> ListedNames:
    """Give the one list of names."""
    return ListedNames(load())
