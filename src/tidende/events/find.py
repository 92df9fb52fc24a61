"""Find the events of one article."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.dates.types import Timeline
from tidende.entities import Cast
from tidende.events import merge, slots
from tidende.events.acts import parties
from tidende.events.close import close
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger, find_triggers, frames
from tidende.events.mood import claimed_by, modality
from tidende.events.politics import is_about_sport, is_political_actor
from tidende.events.scene import Scene, scenes
from tidende.languages.lists import word_set
from tidende.parse.types import Parsed
from tidende.records import Event, Quote

_CONSULT_NOUNS = ("meet", "talk")


def find_events(parsed: Parsed, cast: Cast, timeline: Timeline, quotes: list[Quote]) -> list[Event]:
    """Find the political events that an article tells, in order of first telling.

    Each act needs a trigger of the word lists and political parties; an article of the sports
    pages gives none. Tellings of one event are put together, told counts stay events of their
    own, and at most one event is the main one. Types are those of PLOVER (Open Event Data
    Alliance, 2021 codebook).
    """
    if is_about_sport(parsed):
        return []
    drafts: list[Draft] = []
    echoes: list[tuple[Scene, Trigger]] = []
    for scene in scenes(parsed, cast, timeline, quotes):
        drafts += _read(scene, echoes)
    drafts = merge.merge(drafts, parsed, cast)
    merge.echo(drafts, echoes)
    main = merge.main_event(drafts, parsed)
    return close(parsed, cast, drafts, main, quotes)


def _read(scene: Scene, echoes: list[tuple[Scene, Trigger]]) -> list[Draft]:
    found: list[tuple[Trigger, Draft]] = []
    for readings in find_triggers(scene.tokens, scene.parsed.language):
        if scene.is_spoken(scene.tokens[readings[0].first].start):
            continue
        before = [draft for _, draft in found]
        drafts = [(trigger, _draft(scene, trigger, before)) for trigger in readings]
        read = [(trigger, draft) for trigger, draft in drafts if draft is not None]
        found += read[:1]
        echoes += [
            (scene, trigger)
            for trigger in readings
            if not read and trigger.frame.name in _CONSULT_NOUNS and _is_echo(scene, trigger)
        ][:1]
    for trigger, draft in found:
        rivals = [scene.tokens[t.first].start for t, d in found if d.parties != draft.parties]
        slots.fill(scene, draft, trigger, alone=not rivals, rivals=rivals)
        if draft.frame.type != "CONSULT":
            slots.theme(scene, draft)
    return [*(draft for _, draft in found), *_elliptic(scene, found)]


def _draft(scene: Scene, trigger: Trigger, before: Sequence[Draft]) -> Draft | None:
    actors, recipients = parties(scene, trigger)
    frame = trigger.frame
    mood = modality(scene, trigger)
    # A wrong event costs more than a missing one: acts that are not meetings count as done only.
    if frame.type != "CONSULT" and mood != "happened":
        return None
    if mood == "denied":
        return None
    if frame.name == "reject" and actors and not recipients:
        recipients = _accuser(actors, before)
    if frame.name == "demand" and actors and not recipients:
        recipients = _partner(actors, before)
    if (
        not actors
        or (frame.symmetric and len(actors) < 2)
        or (frame.needs_both and not frame.symmetric and not recipients)
    ):
        return None
    everybody = [scene.cast.entity(identifier) for identifier in (*actors, *recipients)]
    political = [is_political_actor(entity, scene.cast) for entity in everybody]
    if frame.symmetric and not all(political):
        return None
    if not political[0] or not any(entity.named for entity in everybody[: len(actors)]):
        return None
    block = scene.parsed.blocks[scene.sentence.block]
    return Draft(
        frame=frame,
        actors=tuple(actors),
        recipients=tuple(recipients),
        order=scene.sentence.index,
        evidence=[scene.whole()],
        modality=mood,
        claimed_by=claimed_by(scene, trigger),
        lead=block.kind in ("title", "lead"),
    )


def _accuser(actors: tuple[str, ...], before: Sequence[Draft]) -> tuple[str, ...]:
    """Give whom a rejection answers: who accused or asked the actors in the same sentence."""
    for draft in before:
        if draft.frame.type in ("ACCUSE", "REQUEST") and set(actors) & set(draft.recipients):
            return draft.actors
    return ()


def _partner(actors: tuple[str, ...], before: Sequence[Draft]) -> tuple[str, ...]:
    """Give whom a demand made at a meeting is put to: the others at the table."""
    for draft in before:
        if draft.frame.symmetric and set(actors) & set(draft.actors):
            return tuple(actor for actor in draft.actors if actor not in actors)
    return ()


def _is_echo(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a noun without parties is a definite one: "the meeting", "topmødet"."""
    if trigger.kind != "noun":
        return False
    token = scene.tokens[trigger.first]
    before = scene.tokens[trigger.first - 1].lower if trigger.first else ""
    language = scene.parsed.language
    return (
        before not in word_set(language, "grammar", "indefinite") or bool(scene.lengths) or token.is_capital
    )


def _elliptic(scene: Scene, found: Sequence[tuple[Trigger, Draft]]) -> list[Draft]:
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
        owner = tuple(i for i in pattern.actors if all(i in draft.actors for draft in counted))
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
