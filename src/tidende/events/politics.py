"""Tell who acts in politics: only their acts are events."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tidende.entities import Cast
from tidende.entities.gazetteer import load
from tidende.entities.lexicon import broader, is_political, lexicon
from tidende.entities.register import plain_slug
from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.parse.types import Parsed, Sentence
from tidende.records import Entity

_MOST_SPORT = 4  # different words of the sports pages that a political article may hold
_STATESMEN = frozenset({"politician", "diplomat"})
_VOICES = frozenset({"leader", "head", "spokesman", "official"})
_POSTS = frozenset({"leader", "pope", "candidate", "nominee", "activist", "spokesman", "official"})


def is_political_actor(entity: Entity, cast: Cast) -> bool:
    """Tell whether an entity can be party to a political event.

    States and their organs are; a person is by a post told in the article or by an office that
    the gazetteer knows; an unnamed group is by its label.
    """
    if is_state(entity):
        return True
    if entity.type == "person":
        told = [role for role in cast.roles if role.holder == entity.id]
        if any(_is_statesman(role.role) for role in told):
            return True
        if any(is_political(role.role) and _is_state(role.of, cast) for role in told):
            return True
        # "IAEA chief Rafael Grossi": who leads or speaks for a body that is party to politics is party too.
        if any(_speaks_for(role.role) and _is_body_of_states(role.of, cast) for role in told):
            return True
        if any(role.of in cast.by_id and is_party(cast.entity(role.of)) for role in told if role.of):
            return True  # whoever holds a post of a party
        if any(is_political(role.role) and _is_of_statesman(role.of, cast) for role in told):
            return True  # "President Putin's spokesman, Dmitry Peskov"
        # "Catalan leader Quim Torra": a post of politics, unless a company or a club has it to give.
        if any(role.role in _POSTS and role.of is None for role in told):
            return True
        # The gazetteer knows many office holders without a Wikidata id: then the name tells.
        return any(
            bool(found.positions)
            and (found.id == entity.id or (not found.id and entity.id.startswith("person:")))
            for found in load().person(entity.name)
        )
    if entity.type == "organisation":
        return _is_known_body(entity) or is_organ(entity) or is_party(entity) or _is_body(entity)
    groups = word_set("common", "roles", "political_groups")
    return not entity.named and (entity.name in groups or is_political(entity.name))


def is_state(entity: Entity) -> bool:
    """Tell whether an entity is a state, or a territory with rulers of its own that the gazetteer codes."""
    if entity.type != "place":
        return entity.type == "country"
    territories = (load().territory(e.country) for e in load().entries(entity.name, "en") if e.country)
    return any(territory is not None and territory.id == entity.id for territory in territories)


def state_of_place(identifier: str, cast: Cast) -> str:
    """Give the id of the state that a town lies in, "" for what is no town the gazetteer knows."""
    entity = cast.entity(identifier)
    if entity.type != "place":
        return ""
    for entry in load().entries(entity.name, "en"):
        territory = load().territory(entry.country) if entry.type == "place" and entry.country else None
        if territory is not None:
            return territory.id
    return ""


def as_state(cast: Cast, identifier: str, language: str) -> str:
    """Give the state that a capital speaks for ("Moscow and Washington"), else the id itself."""
    state = state_of_place(identifier, cast) if is_capital(cast.entity(identifier), language) else ""
    return state if state in cast.by_id else identifier


def is_capital(entity: Entity, language: str) -> bool:
    """Tell whether a place speaks for its state: "Berlin refused"."""
    if entity.type != "place":
        return False
    known = lexicon(language).known
    forms = [form.lower() for forms in entity.names.values() for form in forms]
    if any(form in known and bool(known[form].of) for form in forms):
        return True
    return any(entry.capital for entry in load().entries(entity.name, "en")[:1])


def is_statesman(entity: Entity, cast: Cast) -> bool:
    """Tell whether a named person holds or held a post of politics, or an entity is a state or its organ."""
    return entity.named and is_political_actor(entity, cast)


def state_of_person(identifier: str, cast: Cast) -> str:
    """Give the id of the state that a person holds a post of, told or known; "" for none."""
    for role in cast.roles:
        if role.holder == identifier and role.of in cast.by_id and cast.entity(role.of).type == "country":
            return role.of
    entity = cast.entity(identifier)
    for entry in load().person(entity.name):
        territory = load().territory(entry.country) if entry.id == identifier else None
        if territory is not None:
            return territory.id
    return ""


def is_about_sport(parsed: Parsed) -> bool:
    """Tell whether an article belongs on the sports pages, where to meet is to play."""
    return len(_sport_words(parsed.language, parsed.sentences)) > _MOST_SPORT


def touches_sport(parsed: Parsed) -> bool:
    """Tell whether states may be teams in an article: what one of them refuses alone is no politics."""
    return len(_sport_words(parsed.language, parsed.sentences)) > 1


def names_sport(parsed: Parsed, sentence: Sentence) -> bool:
    """Tell whether a sentence itself speaks of sport: "Norge møter Sverige i VM-kvalifiseringen"."""
    return bool(_sport_words(parsed.language, [sentence]))


def _sport_words(language: str, sentences: Iterable[Sentence]) -> set[str]:
    """Give the beginnings of words of the sports pages that some sentences hold."""
    beginnings = tuple(start for start in word_list(language, "themes")["sport"] if " " not in start)
    words = {token.lower for sentence in sentences for token in sentence.tokens}
    sport = [word for word in words if word.startswith(beginnings)]
    return {start for start in beginnings if any(word.startswith(start) for word in sport)}


def holds_office(entity: Entity, cast: Cast) -> bool:
    """Tell whether an article tells a person's post of politics, of whatever land or body."""
    told = [role for role in cast.roles if role.holder == entity.id]
    return entity.type == "person" and any(_is_statesman(role.role) for role in told)


def _is_statesman(role: str) -> bool:
    return bool(broader(role) & _STATESMEN)


def _speaks_for(role: str) -> bool:
    return bool(broader(role) & _VOICES)


def _is_body_of_states(identifier: str | None, cast: Cast) -> bool:
    """Tell whether an organisation is one that states are members of or deal with."""
    entity = cast.entity(identifier) if identifier is not None and identifier in cast.by_id else None
    return entity is not None and entity.type == "organisation" and _is_known_body(entity)


def _is_known_body(entity: Entity) -> bool:
    """Tell whether the gazetteer knows an organisation by its name."""
    return any(found.type == "organisation" for found in load().entries(entity.name, "en"))


def _is_of_statesman(identifier: str | None, cast: Cast) -> bool:
    return any(role.holder == identifier and _is_statesman(role.role) for role in cast.roles)


def _is_state(identifier: str | None, cast: Cast) -> bool:
    if identifier is None or identifier not in cast.by_id:
        return False
    entity = cast.entity(identifier)
    return is_state(entity) or is_organ(entity)


def _is_body(entity: Entity) -> bool:
    """Tell whether a word of its name makes an organisation a party, a movement, a court or the like."""
    return any(
        word in word_set(language, "acts", "bodies")
        for language, words in _name_words(entity)
        for word in words
    )


def _name_words(entity: Entity) -> list[tuple[str, set[str]]]:
    """Give the words of an entity's names in the languages that have word lists, lower case."""
    return [
        (language, {word for form in forms for word in form.lower().split()})
        for language, forms in entity.names.items()
        if language in READ_IN_FULL
    ]


@cache
def _body_endings(language: str) -> tuple[str, ...]:
    """Give the endings of joined words for bodies, bare and definite; none where nouns are not joined."""
    if not word_list(language, "grammar")["compounds"]:
        return ()
    bodies = word_set(language, "acts", "heads_of_bodies")
    endings = ("", *word_list(language, "grammar")["definite_endings"])
    return tuple(sorted(body + ending for body in bodies for ending in endings))


def is_party(entity: Entity, *, armed: bool = False) -> bool:
    """Tell whether an organisation bears the name of a party, or with `armed` of a movement that fights."""
    printed = {entity.name, *(form for forms in entity.names.values() for form in forms)}
    listed = not printed.isdisjoint(_party_names()[armed])
    return entity.type == "organisation" and (listed or (not armed and _has_word_of_party(entity)))


def _has_word_of_party(entity: Entity) -> bool:
    """Tell whether a word of a name is that of a party, or ends in one: "Arbeiderpartiet"."""
    return any(
        word in word_set(language, "acts", "parties") or word.endswith(_body_endings(language))
        for language, words in _name_words(entity)
        for word in words
    )


@cache
def _party_names() -> tuple[frozenset[str], frozenset[str]]:
    """Give the names of all parties and movements, and those of the movements that fight."""
    lists = word_list("common", "parties")
    armed = frozenset(lists["armed"]["groups"])
    return armed.union(*lists["parties"].values()), armed


def is_organ(entity: Entity) -> bool:
    """Tell whether the word lists know an organisation as an organ of a state."""
    return entity.type == "organisation" and entity.id in _organs()


def _organs() -> frozenset[str]:
    names = word_list("en", "names")
    rows = [*names.get("metonym", []), *names.get("body", [])]
    return frozenset(f"organisation:{plain_slug(row['name'])}" for row in rows)
