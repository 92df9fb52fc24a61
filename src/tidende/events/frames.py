"""Find the words that tell an act: forms of verbs and nouns, each opening a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Token
from tidende.records import EventType

_Objects = frozenset[tuple[str, ...]]
TriggerKind = Literal["verb", "noun"]
_PREPOSITION_REACH = 5
_OBJECT_REACH = 6  # tokens from a verb to the object that makes it an act
_LONGEST_OBJECT = 3  # words
_STOPS = frozenset(',;:–—-.()"“”„«»')
_CLAUSES = frozenset({"acl:relcl", "ccomp", "csubj", "advcl"})
_PARTICLE_REACH = 12  # tokens that may stand between a verb and its particle


@dataclass(frozen=True, slots=True)
class Frame:
    """What an act is, whatever the language (`languages/common/frames.toml` says what each field means)."""

    name: str
    type: EventType
    mode: str
    symmetric: bool
    recipient: tuple[str, ...]
    noun: tuple[str, ...]
    needs_both: bool
    groups: bool
    armed: bool
    strict: bool
    state: bool
    power: bool
    alone: bool
    word: bool
    suffered: bool
    there: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that tell an act in one sentence: tokens `[first:last]`, which open `frame`.

    `particle` is the index of a verb's particle that stands apart, -1 for none; `paired` tells a
    verb that was found with one of its objects, `by_tree` one that was found by the tree alone, so
    that word order cannot tell its parties; of a `reverse` one the subject is who suffers the act.
    """

    frame: Frame
    kind: TriggerKind
    first: int
    last: int
    particle: int = -1
    paired: bool = False
    by_tree: bool = False
    reverse: bool = False


@cache
def frames() -> dict[str, Frame]:
    """Give the frames by name."""
    return {
        name: Frame(
            name,
            cast(EventType, row["type"]),
            row["mode"],
            row["symmetric"],
            tuple(row["recipient"]),
            tuple(row.get("noun", row["recipient"])),
            row["needs"] == "both",
            row.get("groups", False),
            row.get("armed", False),
            row.get("strict", False),
            row.get("state", False),
            row.get("power", False),
            row.get("alone", False),
            row.get("word", False),
            row.get("suffered", False),
            row.get("there", False),
        )
        for name, row in word_list("common", "frames")["frames"].items()
    }


@cache
def _index(language: str) -> dict[str, tuple[tuple[tuple[str, ...], TriggerKind, str], ...]]:
    """Index the forms of a language by their first word; longer forms first."""
    found: dict[str, list[tuple[tuple[str, ...], TriggerKind, str]]] = {}
    lists = word_list(language, "events")
    kinds: tuple[tuple[TriggerKind, str], ...] = (("noun", "nouns"), ("verb", "verbs"))
    for kind, table in kinds:
        for frame, forms in lists[table].items():
            for form in forms:
                words = tuple(form.lower().split())
                found.setdefault(words[0], []).append((words, kind, frame))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


def by_form(tokens: Sequence[Token], position: int, language: str) -> tuple[Trigger, ...]:
    """Give the triggers that begin at a token, as printed: the longest form, its likelier readings first.

    "møter" is a verb and a noun: the word class decides if the model gave one, else both are read.
    A verb of two words may have its particle apart ("forderte ... auf"). Where nouns are capitalised,
    the capital decides between noun and verb.
    """
    return _pair(tokens, position, language) or _match(tokens, position, _index(language), language)


@cache
def _pairs(language: str) -> dict[str, tuple[tuple[tuple[str, ...], _Objects, str], ...]]:
    """Index the verbs that tell an act only with one of their objects ("lifted the curfew")."""
    found: dict[str, list[tuple[tuple[str, ...], _Objects, str]]] = {}
    for row in word_list(language, "acts")["pair"]:
        objects = frozenset(tuple(form.lower().split()) for form in row["objects"])
        for verb in row["verbs"]:
            words = tuple(verb.lower().split())
            found.setdefault(words[0], []).append((words, objects, row["frame"]))
    return {word: tuple(rows) for word, rows in found.items()}


def _pair(tokens: Sequence[Token], position: int, language: str) -> tuple[Trigger, ...]:
    """Read a verb with its object: "imposed tough new sanctions"; the trigger spans both."""
    before = tokens[position - 1] if position else None
    for words, objects, frame in _pairs(language).get(tokens[position].lower, ()):
        last = position + len(words)
        if tuple(t.lower for t in tokens[position:last]) != words or not _may_be_verb(
            before, language, twin=False
        ):
            continue
        if not _is_of_class(tokens[position], "verb"):
            continue
        for index in range(last, min(len(tokens), last + _OBJECT_REACH)):
            if tokens[index].text in _STOPS:
                break
            width = _object_at(tokens, index, objects, language)
            if width:
                return (Trigger(frames()[frame], "verb", position, index + width, paired=True),)
        if not word_list(language, "acts")["verb_last"]:
            continue
        for index in range(position - 1, max(-1, position - 1 - 2 * _OBJECT_REACH), -1):
            if tokens[index].text in _STOPS:
                break
            if _object_at(tokens, index, objects, language) and tokens[index].deprel != "nsubj":
                return (Trigger(frames()[frame], "verb", position, last, paired=True),)
    return ()


def is_month(token: Token, language: str) -> bool:
    """Tell whether a name is a month's: who has held talks "since March" has held no march."""
    return token.upos == "PROPN" and token.lower in word_set(language, "calendar", "months")


def _object_at(tokens: Sequence[Token], index: int, objects: _Objects, language: str) -> int:
    """Give the number of words of the object that begins at a place, 0 for none."""
    if is_month(tokens[index], language):
        return 0
    for width in range(min(_LONGEST_OBJECT, len(tokens) - index), 0, -1):
        if tuple(token.lower for token in tokens[index : index + width]) in objects:
            return width
    return 0


def _match(
    tokens: Sequence[Token],
    position: int,
    index: dict[str, tuple[tuple[tuple[str, ...], TriggerKind, str], ...]],
    language: str,
) -> tuple[Trigger, ...]:
    token = tokens[position]
    nouns_capitalised = bool(word_list(language, "grammar")["nouns_capitalised"])
    before = tokens[position - 1] if position else None
    found: list[Trigger] = []
    rows = index.get(token.lower, ())
    twins = {words for words, kind, _ in rows if kind == "noun"}
    for words, kind, frame in rows:
        if not _is_of_class(token, kind) and not (kind == "verb" and words not in twins and _opens(token)):
            continue
        if nouns_capitalised and position and (kind == "noun") != token.is_capital:
            continue
        if kind == "verb" and len(words) == 1 and not _may_be_verb(before, language, twin=words in twins):
            continue
        if found and (len(words) < found[0].last - found[0].first or found[0].particle >= 0):
            break  # shorter than what is found already
        last = position + len(words)
        if tuple(t.lower for t in tokens[position:last]) == words:
            if _is_preposition(tokens[last - 1], token, words, frame, language):
                continue
            found.append(Trigger(frames()[frame], kind, position, last))
        elif kind == "verb" and len(words) == 2 and word_list(language, "grammar")["particles_apart"]:
            apart = _particle(tokens, position, words[1], language)
            if apart >= 0 and not _is_preposition(tokens[apart], token, words, frame, language):
                found.append(Trigger(frames()[frame], kind, position, position + 1, apart))
    found.sort(key=lambda trigger: trigger.kind == "noun" and _follows_subject(before, language))
    return tuple(found)


def _is_preposition(particle: Token, verb: Token, words: tuple[str, ...], frame: str, language: str) -> bool:
    """Tell a preposition from the particle of a parted verb: "sagte zu Merkel" promises nothing."""
    if len(words) != 2 or particle.deprel not in ("case", "mark"):
        return False
    return words[1] + verb.lemma.lower() in word_set(language, "events", "lemmas", frame)


def _is_of_class(token: Token, kind: TriggerKind) -> bool:
    """Tell whether the model, if it read the sentence, lets a token be a verb that acts, or a noun.

    "the accused" and "angrebet" are no verbs, whatever the lists print.
    """
    if not token.upos:
        return True
    if kind == "noun":
        return token.upos not in ("VERB", "AUX")
    return token.upos in ("VERB", "AUX", "ADJ") and token.deprel != "amod"


def _opens(token: Token) -> bool:
    """Tell whether a word that the model took for a noun carries a clause: "første gang, de mødes"."""
    return token.upos == "NOUN" and token.deprel in _CLAUSES


def _particle(tokens: Sequence[Token], position: int, particle: str, language: str) -> int:
    """Give the index of a particle that stands apart from its verb, -1 for none.

    A preposition is a particle only near its verb: "sprach gestern mit", not any later "mit".
    """
    for apart in range(position + 2, len(tokens)):
        token = tokens[apart]
        if token.deprel == "compound:prt" and token.head == position and token.lower == particle:
            return apart
    reach = _PREPOSITION_REACH if particle in word_set(language, "text", "prepositions") else _PARTICLE_REACH
    for apart in range(position + 2, min(len(tokens), position + reach)):
        if tokens[apart].lower == particle:
            return apart
        if tokens[apart].text in ".;:":
            break
    return -1


def _may_be_verb(before: Token | None, language: str, *, twin: bool) -> bool:
    """Tell a verb from its noun twin ("et møde", "fire møter") and its gerund ("of supporting")."""
    if before is None:
        return True
    prepositions = word_set(language, "text", "prepositions") - word_set(language, "modality", "infinitive")
    if before.lower in prepositions:
        return False
    if not twin:
        return True
    if before.text.isdigit() or before.lower in _number_words(language):
        return False
    grammar = word_set(language, "grammar", "indefinite") | word_set(language, "grammar", "definite")
    return before.lower not in grammar


def _follows_subject(before: Token | None, language: str) -> bool:
    """Tell whether the word before a form asks for a verb: a name, a pronoun, an auxiliary, "to"."""
    if before is None or before.is_capital:
        return before is not None
    return any(
        before.lower in words
        for words in (
            word_set(language, "modality", "infinitive"),
            word_set(language, "modality", "future"),
            word_set(language, "modality", "possible"),
            word_set(language, "text", "pronouns"),
            word_set(language, "events", "light"),
        )
    )


@cache
def _number_words(language: str) -> frozenset[str]:
    numbers = word_list(language, "numbers")
    return frozenset(form for forms in (*numbers["ones"], *numbers["ordinals"]) for form in forms)
