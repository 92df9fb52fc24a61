"""Fill the slots of an act from its sentence: where, when, how long, how often, how, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.dates.types import Length
from tidende.entities.gazetteer import load
from tidende.events import counts
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger
from tidende.events.politics import is_political_actor
from tidende.events.scene import Scene, find_words, holds_phrase
from tidende.events.times import Owner, note_date
from tidende.languages.lists import word_list, word_set

_LONGEST = 7 * 24 * 60  # minutes that a meeting, visit or call may take
_PLACE_REACH = 80  # characters from a trigger to the place it names
_SAID = ("AGREE", "REQUEST", "REJECT", "ACCUSE", "THREATEN")  # acts of a moment, done by words
_FEW_LETTERS = 3  # of a theme word that must stand as it is
_NO_OUTCOME_TYPES = ("CONSULT",)


def fill(scene: Scene, draft: Draft, trigger: Trigger, *, alone: bool, rivals: Sequence[int] = ()) -> None:
    """Add to a draft what the sentence tells of the act that `trigger` opens.

    `alone` says that the sentence tells no other act, so that times and lengths of its other
    clauses belong to this one too; `rivals` are the places of the triggers of other acts.
    """
    start, end = scene.tokens[trigger.first].start, scene.tokens[trigger.last - 1].end
    clause = scene.clause(trigger.first)
    span = (scene.sentence.start, scene.sentence.end) if alone else clause
    owned = Owner(start, rivals)
    _place(scene, draft, (start, end), clause, owned)
    own = not draft.frame.symmetric and draft.frame.type != "CONSULT" and trigger.kind == "noun"
    # "the letter about X's accusations was sent in July" dates the sending, not the accusations.
    note_date(scene, draft, trigger, span, owned, own=own)
    _lengths(scene, draft, span)
    counts.fill(scene, draft, trigger, clause, span)
    if draft.frame.symmetric:
        _keyed(scene, draft, "format", span)
        _keyed(scene, draft, "part", span)
    if draft.frame.type in _NO_OUTCOME_TYPES:
        _outcome(scene, draft, start, span, owned)


def _place(scene: Scene, draft: Draft, trigger: tuple[int, int], span: tuple[int, int], owned: Owner) -> None:
    """Take the nearest "in X" that the trigger's own words lead to; a town is a place, a house a venue."""
    if draft.frame.name == "visit" and draft.recipients:
        return
    fitting = [
        phrase
        for phrase in scene.phrases
        if "in" in phrase.cases
        and not phrase.genitive
        and span[0] <= phrase.start < span[1]
        and owned.has(phrase.start)
        and abs(phrase.start - trigger[1]) <= _PLACE_REACH
    ]
    fitting.sort(key=lambda phrase: (phrase.start < trigger[0], abs(phrase.start - trigger[1])))
    for phrase in fitting:
        entity = scene.cast.entity(phrase.ids[0])
        if phrase.ids[0] in draft.parties or scene.has_helper(trigger[1], phrase.start):
            continue
        if "about" in phrase.cases and entity.type == "country":
            continue  # "talks on Syria" are held elsewhere
        owned_by = any(scene.cast.entity(identifier).named for identifier in draft.recipients)
        if owned_by and draft.frame.type in _SAID and _is_of_noun(scene, trigger, phrase.start):
            continue  # "condemns Russia's annexations in Ukraine": there was annexed, not condemned
        slot = "place" if entity.type in ("place", "country") else "venue"
        house = entity.type == "organisation" and not is_political_actor(entity, scene.cast)
        if slot == "place" or (house and draft.frame.symmetric):
            draft.tell(slot, phrase.ids[0], scene.evidence(phrase.start, phrase.end))
            return


def _is_of_noun(scene: Scene, trigger: tuple[int, int], position: int) -> bool:
    """Tell whether a place stands right behind a noun of what is said, and so may be where that was done."""
    before = [token for token in scene.tokens if trigger[1] <= token.start and token.end <= position]
    timed = any(time.start <= one.start < time.end for time in scene.times for one in before[-2:-1])
    return len(before) > 1 and before[-1].is_word and before[-2].upos == "NOUN" and not timed


def _lengths(scene: Scene, draft: Draft, span: tuple[int, int]) -> None:
    if draft.frame.type in _SAID:
        return  # a promise of three days of mourning takes no three days
    planned = word_set(scene.parsed.language, "modality", "planned")
    allotted = word_set(scene.parsed.language, "modality", "allotted")
    for length in scene.lengths:
        if not span[0] <= length.start < span[1] or _minutes(length) > _LONGEST:
            continue  # "the third time in three months" is not how long it took
        first, last = scene.clause(_token_at(scene, length.start))
        before, after = scene.words(first, length.start), scene.words(length.end, last)
        to_be = holds_phrase(before, planned | allotted) or holds_phrase(after, allotted)
        slot = "planned_duration" if to_be else "duration"
        draft.tell(slot, length.value, scene.evidence(length.start, length.end))


def _minutes(length: Length) -> float:
    return max(length.value.min_minutes or 0.0, length.value.max_minutes or 0.0)


def _token_at(scene: Scene, position: int) -> int:
    for index, token in enumerate(scene.tokens):
        if token.end > position:
            return index
    return len(scene.tokens) - 1


def manner(scene: Scene, draft: Draft) -> None:
    """Add how a meeting is held, from a sentence that names its parties and no act."""
    _keyed(scene, draft, "format", (scene.sentence.start, scene.sentence.end))


def _keyed(scene: Scene, draft: Draft, table: str, span: tuple[int, int]) -> None:
    """Note every format and part by the key of the word list whose phrase is printed.

    What the clause puts into the future is no detail of what happened: it goes to `planned`.
    """
    future = word_set(scene.parsed.language, "modality", "future")
    for key, place in _phrases(scene, table, span):
        clause = scene.words(*scene.clause(_token_at(scene, place[0])))
        planned = draft.modality == "happened" and bool(holds_phrase(clause, future))
        draft.tell("planned" if planned else table, key, scene.evidence(*place))


def _outcome(scene: Scene, draft: Draft, start: int, span: tuple[int, int], owned: Owner) -> None:
    """Note the outcome told nearest, unless another act of the sentence stands nearer to it.

    Of phrases that overlap the longer one tells: who "agree to disagree" do not agree.
    """
    told = list(_phrases(scene, "outcome", span))
    for key, place in sorted(told, key=lambda found: abs(found[1][0] - start)):
        within = (other for _, other in told if other[0] < place[1] and place[0] < other[1])
        if any(other[1] - other[0] > place[1] - place[0] for other in within):
            continue
        if owned.has(place[0]):
            draft.tell("outcome", key, scene.evidence(*place))
            return


def _phrases(scene: Scene, table: str, span: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int]]]:
    for key, forms in word_list(scene.parsed.language, "events")[table].items():
        form = holds_phrase(scene.words(*span), frozenset(form.lower() for form in forms))
        found = find_words(scene, form, span) if form else None
        if found is not None:
            yield key, found


def theme(scene: Scene, draft: Draft) -> None:
    """Note what an act is about, by the first theme word of its sentence."""
    found = theme_at(scene)
    if found is not None:
        key, start, end = found
        draft.tell("theme", key, scene.evidence(start, end))


def theme_at(scene: Scene) -> tuple[str, int, int] | None:
    """Give the first theme that a word of the sentence opens, with that word's place."""
    source = scene.parsed.source(scene.sentence.part).lower()
    themes = word_list(scene.parsed.language, "themes")["themes"].items()
    compounds = bool(word_list(scene.parsed.language, "grammar")["compounds"])
    for token in scene.tokens:
        for key, beginnings in themes:
            opens = [one for one in beginnings if source.startswith(one, token.start)]
            # Without compounds few letters open other words too: "war" is no "warning".
            if any(compounds or len(one) > _FEW_LETTERS or token.lower in (one, f"{one}s") for one in opens):
                return key, token.start, token.end
    return None


def within(inner: str, outer: str, names: dict[str, str]) -> bool:
    """Tell whether one place lies in another: a town in its country. `names` maps id -> name."""
    if inner == outer:
        return True
    if inner not in names:
        return False
    gazetteer = load()
    for entry in gazetteer.entries(names[inner], "en"):
        territory = gazetteer.territory(entry.country) if entry.country else None
        if territory is not None and territory.id == outer:
            return True
    return False
