"""Index a language's names and roles by printed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tidende.entities.gazetteer import reaches
from tidende.languages.lists import word_list, word_set
from tidende.records import EntityType

TableKind = Literal["country", "known", "adjective", "inhabitants", "role", "kin", "group"]


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that the word lists name: a stable key, its type, its English name, its state.

    `of` is the ISO code of the state it belongs to or stands for, "" for none.
    """

    key: str
    type: EntityType
    name: str
    of: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names and role words of one language by lower-case printed form.

    `tables` holds the kind of each table with the table itself, form -> key, in the order in
    which they are asked; `known` has the things behind the table "known", `shared` those that a
    form may mean when it is printed without its state. `capitalised` are the
    forms that count only with a capital. `listed` holds the kind and the key of every form, `firsts` their
    first words, `reaches` how many words a form has at most that opens with one. `heads` maps what opens
    a compound of a body's name ("senats") to a form of it, `parties` an adjective before a post to the party.
    """

    tables: tuple[tuple[TableKind, Mapping[str, str]], ...]
    known: Mapping[str, Known]
    shared: Mapping[str, tuple[Known, ...]]
    capitalised: frozenset[str]
    listed: Mapping[str, tuple[TableKind, str]]
    firsts: frozenset[str]
    reaches: Mapping[str, int]
    heads: Mapping[str, str]
    parties: Mapping[str, Known]


@cache
def lexicon(language: str) -> Lexicon:
    """Give the index of a language's `names.toml` and `roles.toml`."""
    names = word_list(language, "names")
    roles = word_list(language, "roles")
    known: dict[str, Known] = {}
    for table, type_ in (("body", "organisation"), ("metonym", "organisation"), ("region", "place")):
        for row in (*names.get(table, []), *word_list("common", "names").get(table, [])):
            thing = Known(row["key"], row.get("type", type_), row["name"], row.get("of", ""))
            for form in row["forms"]:
                known.setdefault(form.lower(), thing)
    by_key = {thing.key: thing for thing in known.values()}
    shared: dict[str, tuple[Known, ...]] = {}
    for key, forms in names["shared_forms"].items():
        for form in {form.lower() for form in forms}:
            shared[form] = (*shared.get(form, ()), by_key[key])
    tables: tuple[tuple[TableKind, Mapping[str, str]], ...] = (
        ("country", _by_form(names["territories"])),
        ("known", {form: form for form in (*known, *shared)}),
        ("adjective", _by_form(names["adjectives"])),
        ("inhabitants", _by_form(names["inhabitants"])),
        ("role", _by_form(roles["roles"])),
        ("kin", _by_form(roles["kin"])),
        ("group", _by_form(roles["groups"])),
    )
    printed = (
        *(
            form
            for row in (
                *names.get("body", []),
                *names.get("metonym", []),
                *names.get("region", []),
                *word_list("common", "names")["body"],
            )
            for form in row["forms"]
        ),
        *(
            form
            for table in (
                names["territories"],
                names["adjectives"],
                names["inhabitants"],
                names["shared_forms"],
            )
            for forms in table.values()
            for form in forms
        ),
        *(
            form
            for table in (roles["roles"], roles["kin"], roles["groups"])
            for forms in table.values()
            for form in forms
        ),
    )
    return Lexicon(
        tables,
        known,
        shared,
        frozenset(form.lower() for form in printed if form[:1].isupper())
        - frozenset(form for form in printed if form.islower()),
        {form: (kind, key) for kind, table in reversed(tables) for form, key in table.items()},
        frozenset(form.split()[0] for _, table in tables for form in table),
        reaches(form for _, table in tables for form in table),
        _heads(names["compound_heads"], shared, known),
        {form: by_key[key] for key, forms in names["party_adjectives"].items() for form in forms},
    )


def _heads(
    listed: Mapping[str, list[str]], shared: Mapping[str, tuple[Known, ...]], known: Mapping[str, Known]
) -> dict[str, str]:
    """Map the heads of compounds, in lower case, to a form that the tables know."""
    forms = {thing.key: form for form, thing in known.items()}
    forms |= {thing.key: form for form, things in shared.items() for thing in things}
    return {head.lower(): forms[key] for key, heads in listed.items() for head in heads}


def listed_forms(form: str, language: str) -> tuple[str, ...]:
    """Give the forms under which a printed form may be listed, itself first.

    Dotted acronyms are listed without dots ("U.N. General Assembly"), German names that open with
    an adjective in one case ("Vereinten Nationen" as "Vereinte Nationen").
    """
    first, space, rest = form.partition(" ")
    found = [form]
    if first.count(".") > 1:
        found.append(form.replace(".", ""))
    # "FN si generalforsamling" is listed as "FNs generalforsamling".
    for link in word_list(language, "grammar")["possessive_links"]:
        if f" {link} " in form:
            found.append(form.replace(f" {link} ", "s ", 1))
    if space and first[:1].isupper():
        for ending, listed in word_list(language, "grammar")["case_endings"]:
            if first.endswith(ending):
                found.append(first[: len(first) - len(ending)] + listed + space + rest)
    return tuple(found)


@cache
def broader(role: str) -> frozenset[str]:
    """Give a role and every role that its holder holds with it: a president is a leader."""
    table: Mapping[str, list[str]] = word_list("common", "roles")["is_a"]
    found = {role}
    todo = [role]
    while todo:
        for wider in table.get(todo.pop(), []):
            if wider not in found:
                found.add(wider)
                todo.append(wider)
    return frozenset(found)


def is_political(role: str) -> bool:
    """Tell whether a role makes its holder a political actor."""
    return role in word_set("common", "roles", "political")


def _by_form(table: Mapping[str, list[str]]) -> dict[str, str]:
    """Turn key -> forms into form -> key; the first key that lists a form keeps it."""
    found: dict[str, str] = {}
    for key, forms in table.items():
        for form in forms:
            found.setdefault(form.lower(), key)
    return found
