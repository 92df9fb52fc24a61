"""Find the words that tell an act: as printed, and by their dictionary form where a tree was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from tidende.events.forms import active_form, becoming, dictionary_forms
from tidende.events.frames import Trigger, by_form, frames, is_month
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Sentence

_Verbs = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
_Objects = frozenset[str]
_Pairs = dict[str, tuple[tuple[tuple[str, ...], _Objects, str, bool], ...]]
_Row = TypeVar("_Row")
_OBJECTS = ("obj", "nsubj:pass")
_SHORTEST_IN_COMPOUND = 5  # letters of a noun that may end another: "fredssamtaler" are talks


def find_triggers(sentence: Sentence, language: str) -> Iterator[tuple[Trigger, ...]]:
    """Yield the triggers of a sentence from left to right, each a tuple of readings, the likelier first."""
    position = 0
    while position < len(sentence.tokens):
        printed = by_form(sentence.tokens, position, language)
        known = {trigger.frame.name for trigger in printed}
        rest = by_dictionary(sentence, position, language)
        more = [trigger for trigger in rest if trigger.frame.name not in known]
        # A verb with its object says more than the verb: "verurteilte ihn zu zwei Jahren Haft" blames nobody.
        readings = tuple(sorted((*printed, *more), key=lambda trigger: not trigger.paired))
        if readings:
            yield readings
        position = readings[0].last if readings else position + 1


def by_dictionary(sentence: Sentence, index: int, language: str) -> tuple[Trigger, ...]:
    """Read a token as a trigger by the lemma, word class and dependents that the tree gives it.

    Forms of a list are one verb, or a verb and the words that belong to it in any order: its
    particle, its reflexive, its preposition. Nothing is found where no tree was read.
    """
    token = sentence.tokens[index]
    if token.upos == "VERB":
        return (*_paired(sentence, index, language), *_verb(sentence, index, language))
    if token.upos == "ADJ" and (
        trees.children(sentence, index, "cop") or is_suffered(sentence, index, language)
    ):
        return _verb(sentence, index, language)  # "er einige om", "ist bereit zu", "blev dömd"
    if token.upos == "NOUN":
        return _compound(sentence, index, language)
    return ()


def is_verb(sentence: Sentence, index: int) -> bool:
    """Tell whether a token is a verb, or a participle with its auxiliary: "vart vald til president"."""
    token = sentence.tokens[index]
    participle = token.upos == "ADJ" and "VerbForm=Part" in token.feats
    return token.upos == "VERB" or (participle and bool(trees.children(sentence, index, "aux")))


def is_suffered(sentence: Sentence, index: int, language: str) -> bool:
    """Tell whether a participle that the model has for an adjective stands in a passive."""
    if "VerbForm=Part" not in sentence.tokens[index].feats:
        return False
    return becoming(sentence, index, language) >= 0 or bool(trees.children(sentence, index, "aux:pass"))


def _verb(sentence: Sentence, index: int, language: str) -> tuple[Trigger, ...]:
    found: dict[str, Trigger] = {}
    rows = _of_token(sentence, index, _verbs(language), language) or _of_passive(sentence, index, language)
    for rest, frame in rows:
        places = dependents(sentence, index, rest)
        if places is not None and frame not in found and not _is_of_day(sentence, places, language):
            last = places[-1] if places else -1
            found[frame] = Trigger(frames()[frame], "verb", index, index + 1, last, by_tree=True)
    return tuple(found.values())


def _is_of_day(sentence: Sentence, places: list[int], language: str) -> bool:
    """Tell whether a preposition is that of a day and no part of the verb: "turned on Monday"."""
    days = word_set(language, "calendar", "weekdays")
    return any(
        sentence.tokens[at].deprel == "case" and sentence.tokens[sentence.tokens[at].head].lower in days
        for at in places
    )


def _paired(sentence: Sentence, index: int, language: str) -> tuple[Trigger, ...]:
    found: dict[str, Trigger] = {}
    # "haben Sanktionen ... beschlossen": a printed form far from its object, whatever lemma the model gave.
    printed = _printed_pairs(language).get(sentence.tokens[index].lower, ())
    for rest, objects, frame, reverse in (*_of_token(sentence, index, _pairs(language), language), *printed):
        if frame in found or dependents(sentence, index, rest) is None:
            continue
        # A preposition of its own has the object behind it: "come under pressure", "pull out of the deal".
        relations = (*_OBJECTS, "obl") if rest else _OBJECTS
        if _is_helped(sentence, index, language):
            relations = (*relations, "nsubj")  # "er blevet indkaldt": no subject of a passive to the parser
        things = [
            at
            for at in _things(sentence, index, relations)
            if _is_among(sentence, at, objects) and not is_month(sentence.tokens[at], language)
        ]
        if things and not (
            frames()[frame].symmetric and _say_it_themselves(sentence, index, things, language)
        ):
            found[frame] = Trigger(
                frames()[frame], "verb", index, index + 1, paired=True, by_tree=True, reverse=reverse
            )
    return tuple(found.values())


def _is_helped(sentence: Sentence, index: int, language: str) -> bool:
    """Tell whether a verb that makes passives stands with a participle as its auxiliary."""
    passive = word_set(language, "grammar", "passive")
    helpers = (sentence.tokens[at].lower for at in trees.children(sentence, index, "aux"))
    return "VerbForm=Part" in sentence.tokens[index].feats and any(word in passive for word in helpers)


def _say_it_themselves(sentence: Sentence, verb: int, things: list[int], language: str) -> bool:
    """Tell whether nouns are acts of their own, with parties and counts: "held two meetings"."""
    token, lists = sentence.tokens[verb], word_list(language, "events")
    if not {token.lower, token.lemma.lower()} & set(lists["light"]):
        return False
    acts = {
        form.lower() for name, forms in lists["nouns"].items() if frames()[name].symmetric for form in forms
    }
    return all(sentence.tokens[at].lower in acts for at in things)


def _things(sentence: Sentence, verb: int, relations: tuple[str, ...]) -> list[int]:
    """Give what a verb is done with, and what that is made of: "tons of food aid", "$140 million in aid"."""
    found: list[int] = []
    for at in trees.children(sentence, verb, *relations):
        found += [at, *trees.children(sentence, at, "conj", "nmod")]
        if not sentence.tokens[at].text.isalpha() or trees.children(sentence, at, "nummod", "nmod"):
            found += trees.children(sentence, verb, "obl")
    return found


def _is_among(sentence: Sentence, index: int, objects: _Objects) -> bool:
    token = sentence.tokens[index]
    for word in (token.lower, token.lemma.lower()):
        if word in objects or any(
            len(form) >= _SHORTEST_IN_COMPOUND and word.endswith(form) for form in objects
        ):
            return True
    return False


def _compound(sentence: Sentence, index: int, language: str) -> tuple[Trigger, ...]:
    """Read a noun by the last part of it: "fredssamtaler", "Gipfelgespräche"."""
    if not word_list(language, "events")["compounds"]:
        return ()
    word = sentence.tokens[index].lower
    endings = _endings(language)
    if not word.endswith(tuple(endings)):
        return ()
    found = [(len(form), frame) for form, frame in endings.items() if word.endswith(form)]
    return (Trigger(frames()[max(found)[1]], "noun", index, index + 1, by_tree=True),)


def _of_token(
    sentence: Sentence, index: int, table: Mapping[str, tuple[_Row, ...]], language: str
) -> tuple[_Row, ...]:
    token = sentence.tokens[index]
    lemma = token.lemma.lower().rstrip("e")
    for at in trees.children(sentence, index, "compound:prt"):
        joined = table.get(sentence.tokens[at].lower + lemma)  # "löste ... aus" is "auslösen"
        if joined:
            return joined
    # The model's lemmas err most at the end of verbs it has not seen: "receiv", "lavee", "udtryke".
    found = table.get(token.lower.rstrip("e")) or table.get(lemma) or table.get(lemma + lemma[-1:], ())
    # "är nominerad" tells what somebody is, and nobody's act.
    acts = token.upos == "VERB" or is_suffered(sentence, index, language)
    forms = dictionary_forms(token, language) if acts else ()
    return found or next((table[form] for form in forms if form in table), ())


def _of_passive(sentence: Sentence, index: int, language: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Read a passive by the form it is made of, in a list: "greps" is "grep" and "s"."""
    token = sentence.tokens[index]
    bare = active_form(token, language)
    found = _verbs(language).get(bare.rstrip("e")) or _printed(language).get(bare, ())
    if "Voice=Pass" in token.feats and not found:
        for ending in word_list(language, "grammar")["passive_endings"]:
            found = found or _verbs(language).get(token.lower.removesuffix(ending).rstrip("e"), ())
    # Only what befalls somebody: a passive of words says little of who spoke them.
    return tuple(
        row for row in found if frames()[row[1]].type in ("COERCE", "SANCTION") or row[1] == "accuse"
    )


def dependents(sentence: Sentence, index: int, words: tuple[str, ...]) -> list[int] | None:
    """Give the places of words that hang on a verb or introduce what hangs on it, None if one is missing."""
    near = trees.children(sentence, index)
    # A preposition's noun may hang on the object or on a word of the form: "utlevere mannen til Spania",
    # "ble enige om", "gå til angrep på".
    things = [
        child
        for child in near
        if trees.relation(sentence.tokens[child].deprel) in ("obj", "xcomp")
        or sentence.tokens[child].lower in words
    ]
    inner = [at for thing in things for at in trees.children(sentence, thing, "nmod", "obl")]
    # "zu 20 Jahren Haft": the preposition may hang on what measures the noun.
    bare = [at for at in trees.children(sentence, index, "obl") if not trees.case(sentence, at)]
    inner += [at for one in bare for at in trees.children(sentence, one, "nmod")]
    near += [at for child in (*near, *inner) for at in trees.children(sentence, child, "case")]
    bare = [child for child in near if "VerbForm=Inf" in sentence.tokens[child].feats]
    near += [at for child in bare for at in trees.children(sentence, child, "mark")]
    places: list[int] = []
    for word in words:
        at = next((at for at in near if sentence.tokens[at].lower == word), None)
        if at is None:
            return None
        places.append(at)
    return places


@cache
def _verbs(language: str) -> _Verbs:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for frame, forms in word_list(language, "events")["lemmas"].items():
        for form in forms:
            first, *rest = form.lower().split()
            found.setdefault(first.rstrip("e"), []).append((tuple(rest), frame))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


@cache
def _printed(language: str) -> _Verbs:
    """Give the frames of verb forms of one word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for frame, forms in word_list(language, "events")["verbs"].items():
        for form in forms:
            if " " not in form:
                found.setdefault(form.lower(), []).append(((), frame))
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def _pairs(language: str) -> _Pairs:
    found: dict[str, list[tuple[tuple[str, ...], _Objects, str, bool]]] = {}
    for row in word_list(language, "acts")["pair"]:
        objects = frozenset(form.lower() for form in row["objects"] if " " not in form)
        for form in row["lemmas"]:
            first, *rest = form.lower().split()
            reverse = row.get("reverse", False)
            found.setdefault(first.rstrip("e"), []).append((tuple(rest), objects, row["frame"], reverse))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


@cache
def _printed_pairs(language: str) -> _Pairs:
    """Give what verb forms of one word tell with one of their objects."""
    found: dict[str, list[tuple[tuple[str, ...], _Objects, str, bool]]] = {}
    for row in word_list(language, "acts")["pair"]:
        objects = frozenset(form.lower() for form in row["objects"] if " " not in form)
        for form in row["verbs"]:
            if " " not in form:
                found.setdefault(form.lower(), []).append(
                    ((), objects, row["frame"], row.get("reverse", False))
                )
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def _endings(language: str) -> dict[str, str]:
    """Give the frames of nouns that may end a compound."""
    return dict(
        sorted(
            (form.lower(), frame)
            for frame, forms in word_list(language, "events")["nouns"].items()
            for form in forms
            if len(form) >= _SHORTEST_IN_COMPOUND and " " not in form
        )
    )
