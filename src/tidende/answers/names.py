"""Find the names in a question, and whom or what of the records they may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tidende.answers.archive import Archive
from tidende.entities.gazetteer import load
from tidende.entities.keys import neutral_slug
from tidende.entities.lexicon import Known, broader, lexicon, listed_forms
from tidende.entities.register import plain_slug
from tidende.entities.shape import shape_key
from tidende.languages.lists import READ_IN_FULL
from tidende.parse.genitive import strip_genitive
from tidende.parse.types import Token
from tidende.records import Entity

_LONGEST = 6  # words of a name
_SHORTEST = 2  # letters of a word that is compared by its sound
_HELD = 8192  # forms of which it is held what the lists say


@dataclass(frozen=True, slots=True)
class NameFound:
    """One name: tokens `[first:last]` of the question, its words, and the ids it may mean.

    `owner` tells a genitive ("Putins"), `adjective` a state told by its adjective.
    """

    first: int
    last: int
    text: str
    ids: tuple[str, ...]
    owner: bool = False
    adjective: bool = False


class Names:
    """Index the names of an archive, for questions in any language."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def find(self, text: str, tokens: Sequence[Token], language: str) -> list[NameFound]:
        """Give the names in a text from left to right, the longest at each place."""
        lowered = not any(token.text[:1].isupper() for token in tokens[1:])
        found: list[NameFound] = []
        position = 0
        while position < len(tokens):
            name = self._at(text, tokens, position, language, lowered=lowered)
            if name is not None:
                found.append(name)
            position = name.last if name is not None else position + 1
        return found

    def meant(self, name: str, language: str) -> tuple[str, ...]:
        """Give the ids that a name alone may mean, () where no record knows it."""
        known = self._archive.entities
        for form in _forms(" ".join(name.split()), language):
            meant = (*self._known(form, language, lowered=not any(map(str.isupper, name))), form)
            found = tuple(identifier for identifier in meant if identifier in known)
            if found:
                return found
        return ()

    def meant_in(self, name: str, language: str) -> tuple[str, ...]:
        """Give the ids that a name may mean, as this language prints it, else as any of the six does."""
        for code in dict.fromkeys((language, *READ_IN_FULL)):
            if found := self.meant(name, code):
                return found
        return ()

    def listed(self, form: str, language: str) -> tuple[str, ...]:
        """Give the ids that the lists of a language give to a form, with or without a genitive ending."""
        found = [one for bare in _forms(form, language) for one in _listed(bare, language)]
        return (*found, *self._adjective(form, language))

    def holders(self, role: str, of: Sequence[str]) -> tuple[str, ...]:
        """Give whom the records tell to hold a post, or one that is a kind of it, of one of these."""
        found = (
            told.holder
            for told in self._archive.roles
            if told.of in of and told.qualifier is None and role in broader(told.role)
        )
        return tuple(dict.fromkeys(found))

    def is_place(self, ids: Sequence[str]) -> bool:
        """Tell whether what is named can be where something happens."""
        entities = self._archive.entities
        types = {entities[identifier].type for identifier in ids if identifier in entities}
        return bool(types & {"place", "country"}) or not types

    def _at(
        self, text: str, tokens: Sequence[Token], first: int, language: str, *, lowered: bool
    ) -> NameFound | None:
        for last in range(min(len(tokens), first + _LONGEST), first, -1):
            if not all(any(map(str.isalnum, token.text)) for token in (tokens[first], tokens[last - 1])):
                continue
            form = text[tokens[first].start : tokens[last - 1].end]
            meant = [
                self._known(bare, language, lowered=lowered) if bare[:1].isupper() or lowered else ()
                for bare in _forms(form, language)
            ]
            ids = next(filter(None, meant), ())
            if ids:
                return NameFound(first, last, form, ids, owner=len(meant) > 1 and meant[-1] == ids)
            if last == first + 1 and (adjective := self._adjective(form, language)):
                return NameFound(first, last, form, adjective, adjective=True)
        return None

    def _known(self, form: str, language: str, *, lowered: bool) -> tuple[str, ...]:
        """Give what a form may mean: as printed first, then by the lists, then by its sound."""
        ids = self._printed.get(form) or (self._folded.get(form.casefold(), ()) if lowered else ())
        listed = _listed(form, language)
        known = [identifier for identifier in listed if identifier in self._archive.entities]
        if len(ids) > 1 and any(identifier in ids for identifier in known[:1]):
            return tuple(known[:1])  # "Washington" and "USA" as this language's lists read them
        if ids:
            return tuple(ids)
        if known:
            return tuple(known[:1])
        key = shape_key(form)
        if len(key) >= _SHORTEST:
            for index in (self._keys, self._surnames, self._first_names):
                if index.get(key):
                    return tuple(index[key])
            for slug in _slugs(form, language) if language in READ_IN_FULL else ():
                if self._keys.get(slug):
                    return tuple(self._keys[slug])
        return listed[:1]  # a name that the lists know and no record tells of

    def _adjective(self, form: str, language: str) -> tuple[str, ...]:
        for kind, table in lexicon(language).tables:
            if kind in ("adjective", "inhabitants") and form.lower() in table:
                return (_country(table[form.lower()]),)
        return ()

    @cached_property
    def _printed(self) -> Mapping[str, Sequence[str]]:
        return self._index(_all_forms)

    @cached_property
    def _folded(self) -> Mapping[str, Sequence[str]]:
        return self._index(lambda entity: (form.casefold() for form in _all_forms(entity)))

    @cached_property
    def _keys(self) -> Mapping[str, Sequence[str]]:
        return self._index(lambda entity: (entity.id.rpartition(":")[2], *map(shape_key, _all_forms(entity))))

    @cached_property
    def _surnames(self) -> Mapping[str, Sequence[str]]:
        return self._index(
            lambda entity: (
                [shape_key(form.split()[-1]) for form in _all_forms(entity) if " " in form]
                if entity.type == "person"
                else ()
            )
        )

    @cached_property
    def _first_names(self) -> Mapping[str, Sequence[str]]:
        """Index what stands first in a name: the family name of a Korean or Chinese, else the given name."""
        return self._index(
            lambda entity: [shape_key(entity.name.split()[0])] if entity.type == "person" else ()
        )

    def _index(self, forms: Callable[[Entity], Iterable[str]]) -> Mapping[str, Sequence[str]]:
        found: dict[str, dict[str, None]] = {}
        for entity in self._archive.entities.values():
            if entity.named:
                for form in forms(entity):
                    found.setdefault(form, {})[entity.id] = None
        return {form: tuple(ids) for form, ids in found.items() if form}


@lru_cache(_HELD)
def _listed(form: str, language: str) -> tuple[str, ...]:
    """Give the ids that the word lists and the gazetteer give to a form."""
    return tuple(dict.fromkeys(_in_lists(form, language)))


def _in_lists(form: str, language: str) -> Iterator[str]:
    gazetteer = load()
    words = lexicon(language)
    lower = form.lower()
    for kind, table in words.tables:
        if kind in ("country", "inhabitants") and lower in table:
            yield _country(table[lower])
        elif kind == "known" and lower in table:
            for thing in words.shared.get(lower, ()) or (words.known[lower],):
                yield from _thing(thing)
    for listed in listed_forms(form, language):
        for entry in gazetteer.entries(listed, language):
            yield entry.id or f"{entry.type}:{shape_key(entry.name)}"
    if " " in form:
        for entry in gazetteer.person(form):
            yield entry.id or f"person:{shape_key(entry.name)}"


@lru_cache(_HELD)
def _slugs(form: str, language: str) -> tuple[str, str]:
    return neutral_slug(form, language, "organisation"), neutral_slug(form, language, "place")


def _all_forms(entity: Entity) -> list[str]:
    return [entity.name, *(form for forms in entity.names.values() for form in forms)]


def _forms(form: str, language: str) -> tuple[str, ...]:
    """Give a form as it stands and without a genitive ending."""
    bare = strip_genitive(form, language) if language in READ_IN_FULL else form
    return (form,) if bare == form else (form, bare)


def _country(key: str) -> str:
    entry = load().territory(key)
    return entry.id if entry is not None and entry.id else f"country:{key.lower()}"


def _thing(thing: Known) -> Iterator[str]:
    """Yield the id that reading gives to a thing of the word lists."""
    owner = load().territory(thing.of) if thing.of else None
    for name in (thing.name, f"{owner.name} {thing.name}" if owner else ""):
        for entry in load().entries(name, "en") if name else ():
            if entry.type == thing.type and entry.id:
                yield entry.id
                return
    yield f"{thing.type}:{plain_slug(thing.name)}"
