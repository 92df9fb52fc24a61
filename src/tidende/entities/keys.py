"""Make the ids of things that no table knows: a key in which the spellings and the words of languages meet.

The own words of a name are brought to their sound (`shape`); the words for what the thing is (church, county,
university) to one key in every language, by the table `generic` of `names.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tidende.entities.gazetteer import load
from tidende.entities.shape import shape_key
from tidende.languages.lists import READ_IN_FULL, word_list, word_set
from tidende.records import EntityType

_SHORTEST_HEAD = 6  # letters of a generic word that ends a word of its own: "Trumporganisationen"
_SHORTEST_REST = 4
_UNIT = "county"  # of a key: a unit of administration around a town of its name
_INNER = ("'s", "’s")


def slug(name: str) -> str:
    """Give the key of a person's name without the English article that some papers print before it."""
    return shape_key(_bare(name))


def neutral_slug(name: str, language: str, type_: EntityType) -> str:
    """Give the key of the name of an organisation or place, the same in every language.

    Generic words become their key, an inner genitive goes, and a unit of administration does not count:
    papers print "Collier County", "Collier" and "Bezirk Collier". Where the gazetteer has a town of the name,
    the unit is another thing, in one key for whatever it is called: Los Angeles County is not Los Angeles.
    """
    table = generic(language)
    words: list[str] = []
    for printed in _bare(name).replace("-", " ").split():
        word = printed
        for ending in _INNER:
            word = word.removesuffix(ending)
        words += (
            _taken_apart(word, language, table)
            if type_ == "organisation"
            else [table.get(word.lower(), word)]
        )
    if type_ == "place":
        units = word_set("common", "names", "units")
        own = [word for word in words if word not in units]
        around = word_set("common", "names", "units_around_towns")
        if own and not around.isdisjoint(words) and _names_town(" ".join(own), language):
            own.append(_UNIT)
        words = own or words
    return "-".join(key for key in map(shape_key, words) if key)


def _names_town(name: str, language: str) -> bool:
    return any(entry.population for entry in load().entries(name, language))


def generic_key(word: str, language: str) -> str:
    """Give the key of a generic word, "" for any other word."""
    return generic(language).get(word.lower(), "")


@cache
def generic(language: str) -> Mapping[str, str]:
    """Map the generic words of a language, and those of English names, to their keys; lower case."""
    found: dict[str, str] = {}
    for code in dict.fromkeys((language, "en")):
        for key, forms in word_list(code, "names")["generic"].items():
            for form in forms:
                found.setdefault(form.lower(), key)
    return found


def _taken_apart(word: str, language: str, table: Mapping[str, str]) -> list[str]:
    """Part a word of the language's own from the kind of body that it ends in: "Trumporganisationen"."""
    lower = word.lower()
    if lower in table:
        return [table[lower]]
    for key in word_list("common", "names")["heads_of_names"] if compounds(language) else ():
        for form in word_list(language, "names")["generic"][key]:
            rest = word[: len(word) - len(form)]
            if len(form) >= _SHORTEST_HEAD and lower.endswith(form.lower()) and len(rest) >= _SHORTEST_REST:
                return [rest, key]
    return [word]


def compounds(language: str) -> bool:
    """Tell whether a language joins nouns into one word."""
    return language in READ_IN_FULL and bool(word_list(language, "grammar")["compounds"])


def _bare(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in word_set("common", "names", "articles") else name
