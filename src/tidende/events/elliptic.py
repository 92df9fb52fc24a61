"""Read counts without their act: "four meetings with X and three with Y", "met X twice and Y once"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidende.dates.types import Number
from tidende.events.counts import bounds_of, is_times, note, told_of
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger, frames
from tidende.events.governed import actor_of, head_of
from tidende.events.meant import ids_at
from tidende.events.phrases import Phrase
from tidende.events.politics import as_state, is_political_actor
from tidende.events.scene import Scene
from tidende.languages.lists import word_set
from tidende.parse import trees

_KINDS = ("with", "to")  # prepositions that a party may stand behind again


def further(scene: Scene, found: Sequence[tuple[Trigger, Draft]]) -> list[Draft]:
    """Give the acts that a sentence tells by their numbers and parties alone, parted from the first."""
    return [*_of_noun(scene, found), *_of_verb(scene, found)]


def _of_noun(scene: Scene, found: Sequence[tuple[Trigger, Draft]]) -> list[Draft]:
    """Read "four meetings with X and three with Y": the second count stands without its noun."""
    counted = [draft for trigger, draft in found if trigger.kind == "noun" and draft.slots.get("count")]
    if not counted:
        return []
    pattern = counted[-1]
    made: list[Draft] = []
    for number in scene.numbers:
        if number.minimum is None or number.minimum != number.maximum:
            continue
        known = {telling.evidence.start for draft in counted for telling in draft.slots["count"]}
        partner = next((p for p in scene.phrases if "with" in p.cases and p.start > number.end), None)
        if number.start in known or number.start < min(known) or partner is None:
            continue
        words = scene.words(number.end, partner.start).split()
        prepositions = word_set(scene.parsed.language, "text", "prepositions", "with")
        if not words or words[0] not in prepositions:
            continue
        first = {i for p in scene.phrases if "with" in p.cases and p.end <= number.start for i in p.ids}
        shared = [i for i in pattern.actors if all(i in draft.actors for draft in counted)]
        owner = tuple(i for i in shared if i not in first)
        if not owner or set(partner.ids) & set(owner):
            continue
        draft = Draft(
            frame=frames()[pattern.frame.name],
            actors=(*owner, *partner.ids),
            recipients=(),
            order=pattern.order,
            evidence=[scene.whole()],
            modality=pattern.modality,
            claimed_by=pattern.claimed_by,
        )
        draft.tell("count", int(number.minimum), scene.evidence(number.start, number.end))
        for telling in pattern.slots.get("date", []):
            draft.tell("date", telling.value, telling.evidence)
        made.append(draft)
    return made


def _of_verb(scene: Scene, found: Sequence[tuple[Trigger, Draft]]) -> list[Draft]:
    """Read "has met X four times and Y twice": each number belongs to the party beside it."""
    if not trees.has_tree(scene.sentence):
        return []
    numbers = [n for n in scene.numbers if n.kind == "count" and is_times(n) and bounds_of(n) is not None]
    counted = [(trigger, draft) for trigger, draft in found if trigger.kind == "verb" and draft.is_counted]
    if len(numbers) < 2 or len(counted) != 1:
        return []
    trigger, draft = counted[0]
    verb = head_of(scene, trigger)
    subject = ids_at(scene, actor_of(scene, verb))
    others = [p for p in scene.phrases if not set(p.ids) & set(subject) and _may_be_party(scene, p)]
    pairs = _pairs(numbers, others)
    if not subject or len(pairs) < 2 or not any(told_of(scene, number, verb) for number, _ in pairs):
        return []
    made = [_told(scene, draft, subject, number, phrase) for number, phrase in pairs]
    draft.actors, draft.recipients = made[0].actors, made[0].recipients
    for slot in ("count", "counted"):
        draft.slots.pop(slot, None)
        if slot in made[0].slots:
            draft.slots[slot] = made[0].slots[slot]
    return made[1:]


def _may_be_party(scene: Scene, phrase: Phrase) -> bool:
    bare = not phrase.cases or bool(phrase.cases.intersection(_KINDS))
    parties = [scene.cast.entity(identifier) for identifier in phrase.ids]
    return bare and not phrase.genitive and all(is_political_actor(one, scene.cast) for one in parties)


def _pairs(numbers: Sequence[Number], phrases: Sequence[Phrase]) -> list[tuple[Number, Phrase]]:
    """Give each number its party where they stand by turns: "X twice and Y once", "twice X and once Y"."""
    if len(numbers) != len(phrases):
        return []
    pairs = list(zip(numbers, phrases, strict=True))
    behind = all(phrase.end <= number.start for number, phrase in pairs)
    before = all(number.end <= phrase.start for number, phrase in pairs)
    ends = [max(number.end, phrase.end) for number, phrase in pairs]
    starts = [min(number.start, phrase.start) for number, phrase in pairs]
    by_turns = all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    return pairs if (behind or before) and by_turns else []


def _told(scene: Scene, draft: Draft, subject: tuple[str, ...], number: Number, phrase: Phrase) -> Draft:
    language = scene.parsed.language
    subject = tuple(as_state(scene.cast, identifier, language) for identifier in subject)
    other = tuple(as_state(scene.cast, identifier, language) for identifier in phrase.ids)
    together = draft.frame.symmetric
    one = replace(
        draft,
        actors=(*subject, *other) if together else subject,
        recipients=() if together else other,
        evidence=list(draft.evidence),
        slots={slot: list(told) for slot, told in draft.slots.items() if slot not in ("count", "counted")},
        why=dict(draft.why),
    )
    if (bounds := bounds_of(number)) is not None:
        note(scene, one, number, bounds)
    return one
