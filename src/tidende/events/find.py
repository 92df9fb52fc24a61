"""Find the events of one article."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.entities import Cast
from tidende.events import merge, slots
from tidende.events.acts import parties
from tidende.events.close import close
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger, frames
from tidende.events.mood import claimed_by, is_habit, is_unreal, modality
from tidende.events.politics import (
    as_state,
    is_about_sport,
    is_political_actor,
    is_state,
    state_of_person,
    state_of_place,
    touches_sport,
)
from tidende.events.scene import Scene
from tidende.events.triggers import find_triggers
from tidende.events.wishes import is_asked, obligations
from tidende.languages.lists import word_set
from tidende.parse.types import Parsed
from tidende.records import Entity, Event, Quote

_OF_LEADERS = ("CONSULT", "AGREE")  # acts that a people does by its leaders only
_CONSULT_NOUNS = ("meet", "talk")


def find_events(parsed: Parsed, cast: Cast, seen: Sequence[Scene], quotes: Sequence[Quote]) -> list[Event]:
    """Find the political events that an article tells in its scenes, in order of first telling.

    Each act needs a trigger of the word lists and political parties; an article of the sports
    pages gives none. Tellings of one event are put together, told counts stay events of their
    own, and at most one event is the main one. Types are those of PLOVER (Open Event Data
    Alliance, 2021 codebook).
    """
    if is_about_sport(parsed):
        return []
    drafts: list[Draft] = []
    echoes: list[merge.Echo] = []
    for scene in seen:
        drafts += _read(scene, echoes)
    drafts = merge.merge(drafts, parsed, cast)
    merge.echo(drafts, echoes)
    merge.manners(drafts, seen)
    # An echo may have dated a meeting that an announcement spoke of.
    drafts = merge.merge(drafts, parsed, cast)
    main = merge.main_event(drafts, parsed)
    return close(parsed, cast, drafts, main, quotes)


def _read(scene: Scene, echoes: list[merge.Echo]) -> list[Draft]:
    found: list[tuple[Trigger, Draft]] = []
    bare: list[Trigger] = []
    for readings in find_triggers(scene.sentence, scene.parsed.language):
        if scene.is_spoken(scene.tokens[readings[0].first].start):
            continue
        before = [draft for _, draft in found]
        drafts = [(trigger, _draft(scene, trigger, before)) for trigger in readings]
        read = [(trigger, draft) for trigger, draft in drafts if draft is not None]
        found += read[:1]
        bare += [
            trigger
            for trigger in readings
            if not read and trigger.frame.name in _CONSULT_NOUNS and _is_echo(scene, trigger)
        ][:1]
    starts = tuple(scene.tokens[trigger.first].start for trigger, _ in found)
    echoes += [merge.Echo(scene, trigger, starts) for trigger in bare]
    for trigger, draft in found:
        rivals = [scene.tokens[t.first].start for t, d in found if d.parties != draft.parties]
        slots.fill(scene, draft, trigger, alone=not rivals, rivals=rivals)
        if draft.frame.type != "CONSULT":
            slots.theme(scene, draft)
    return [*(draft for _, draft in found), *_elliptic(scene, found), *obligations(scene)]


def _draft(scene: Scene, trigger: Trigger, before: Sequence[Draft]) -> Draft | None:
    mood = modality(scene, trigger)
    frame = trigger.frame
    # A wrong event costs more than a missing one: acts that are not meetings count as done only.
    if mood == "denied" or (
        frame.type != "CONSULT"
        and (mood != "happened" or is_habit(scene, trigger) or is_unreal(scene, trigger))
    ):
        return None
    actors, recipients = parties(scene, trigger)
    if frame.name == "visit":
        recipients = _hosts(scene, actors, recipients)
    else:
        recipients = tuple(
            dict.fromkeys(
                as_state(scene.cast, identifier, scene.parsed.language) for identifier in recipients
            )
        )
    if frame.state and not recipients and any(_is_town(scene, identifier) for identifier in actors):
        return None  # "shopkeepers in the capital Athens refused"
    actors = tuple(
        dict.fromkeys(as_state(scene.cast, identifier, scene.parsed.language) for identifier in actors)
    )
    own = {state_of_person(identifier, scene.cast) for identifier in actors}
    recipients = tuple(identifier for identifier in recipients if identifier not in own)
    if actors and not recipients and frame.name in ("reject", "demand"):
        recipients = _accuser(actors, before) if frame.name == "reject" else _partner(actors, before)
    if frame.state and not (frame.armed or frame.power):
        # Who is near an offer or a refusal is its other party only by name: "offered 4,000 troops".
        recipients = tuple(i for i in recipients if scene.cast.entity(i).named)
    if frame.type in _OF_LEADERS and _are_inhabitants(scene, actors):
        return None
    if not _may_act(scene, trigger, actors, recipients) or is_asked(scene, trigger, actors, before):
        return None
    block = scene.parsed.blocks[scene.sentence.block]
    return Draft(
        frame=frame,
        actors=actors,
        recipients=recipients,
        order=scene.sentence.index,
        evidence=[scene.whole()],
        modality=mood,
        claimed_by=claimed_by(scene, trigger),
        lead=block.kind in ("title", "lead"),
    )


def _may_act(scene: Scene, trigger: Trigger, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    """Tell whether the parties make an event: political ones, and as many as the frame needs."""
    frame, cast = trigger.frame, scene.cast
    acting = [cast.entity(identifier) for identifier in actors]
    suffering = [cast.entity(identifier) for identifier in recipients]
    if frame.armed and not _may_fight(scene, acting, suffering):
        return False  # a politician attacks with words, a robber makes no war
    if frame.groups:
        return (
            _may_coerce(cast, acting, suffering) if frame.needs_both else _may_march(scene, trigger, acting)
        )
    if frame.armed and not frame.needs_both and not any(entity.named for entity in suffering):
        return any(entity.named for entity in acting)
    political = all(is_political_actor(entity, cast) for entity in acting)
    if frame.symmetric and all(is_state(entity) for entity in acting) and touches_sport(scene.parsed):
        return False  # where states are teams, to meet is to play
    if not acting or (frame.symmetric and len(acting) < 2):
        return False
    if frame.symmetric:
        return political and all(entity.named for entity in acting)
    known = any(entity.named and entity.type != "other" for entity in suffering)
    if recipients and (known or not frame.state):
        against_politics = known and all(
            is_political_actor(entity, cast) or (frame.armed and bool(state_of_place(entity.id, cast)))
            for entity in suffering
        )
        named = any(entity.named for entity in acting)
        if frame.type in ("ACCUSE", "REQUEST") and named and against_politics and acting[0].type != "other":
            return True  # who accuses or presses a statesman makes news, whoever it is
        return political and known and (named or against_politics)
    if frame.alone:
        return political and all(entity.named and state_of_person(entity.id, cast) for entity in acting)
    if trigger.by_tree and not trigger.paired:
        return False  # a verb that no list prints says little without whom it concerns
    if not any(entity.named for entity in acting):
        return False
    return political and not frame.needs_both and _is_state_affair(scene, trigger, actors)


def _may_march(scene: Scene, trigger: Trigger, acting: Sequence[Entity]) -> bool:
    """Tell whether a crowd takes to the streets: people by their label, or inhabitants of a state."""
    crowds = word_set("common", "frames", "crowds") | word_set("common", "roles", "people_who_protest")
    if acting and all(not entity.named and entity.name in crowds for entity in acting):
        return True
    inhabitants = word_set(scene.parsed.language, "names", "inhabitants")
    ids = {entity.id for entity in acting}
    end = scene.tokens[trigger.first].end
    return bool(acting) and any(
        scene.parsed.source(scene.sentence.part)[mention.start : mention.end].lower() in inhabitants
        for mention in scene.cast.mentions_in(scene.sentence.index)
        if mention.end <= end and ids & set(mention.entities)
    )


def _are_inhabitants(scene: Scene, actors: tuple[str, ...]) -> bool:
    """Tell whether it is people and no state that meet or promise: "many Danes are willing to pay"."""
    inhabitants = word_set(scene.parsed.language, "names", "inhabitants")
    source = scene.parsed.source(scene.sentence.part)
    printed = {
        source[mention.start : mention.end].lower()
        for mention in scene.cast.mentions_in(scene.sentence.index)
        if set(mention.entities) & set(actors) and not mention.adjective
    }
    return bool(printed) and printed <= inhabitants


def _may_protest(acting: Sequence[Entity]) -> bool:
    """Tell whether a group of people protests: its label says so in the word lists."""
    people = word_set("common", "roles", "people_who_protest")
    return bool(acting) and all(not entity.named and entity.name in people for entity in acting)


def _may_fight(scene: Scene, acting: Sequence[Entity], suffering: Sequence[Entity]) -> bool:
    """Tell whether the attackers are states, their forces or armed groups, and the attacked no things."""
    armed = word_set("common", "frames", "armed")
    return bool(acting) and all(
        is_state(entity)
        or (entity.type == "organisation" and is_political_actor(entity, scene.cast))
        or (not entity.named and entity.name in armed)
        for entity in acting
    )


def _may_coerce(cast: Cast, acting: Sequence[Entity], suffering: Sequence[Entity]) -> bool:
    """Tell whether an arrest is one of politics: by a state or its police, of politicians or protesters."""
    if not acting or not suffering or not all(is_political_actor(entity, cast) for entity in acting):
        return False
    if any(entity.type == "country" for entity in suffering):
        return False  # a foreigner by his nationality: crime
    return _may_protest(suffering) or all(
        entity.named and is_political_actor(entity, cast) for entity in suffering
    )


def _is_state_affair(scene: Scene, trigger: Trigger, actors: tuple[str, ...]) -> bool:
    """Tell whether a promise, demand or refusal to nobody in particular is news of states.

    It is one where its subject stands by name in the sentence, and is a state whose act needs no
    other party, or the sentence has a theme of the word lists.
    """
    first, last = scene.sentence.start, scene.sentence.end
    named = any(
        as_state(scene.cast, identifier, scene.parsed.language) in actors and mention.kind != "pronoun"
        for mention in scene.cast.mentions_between(scene.sentence.part, first, last)
        for identifier in mention.entities
    )
    state = all(is_state(scene.cast.entity(actor)) for actor in actors)
    # A president closes a border in the name of the state, but refuses and demands as anybody does.
    if trigger.frame.power and not trigger.paired:
        return False  # "withdraws" and "freed" say little without what was withdrawn
    ruler = trigger.frame.power and all(state_of_person(actor, scene.cast) for actor in actors)
    return named and (
        ((state or ruler) and trigger.frame.state and not touches_sport(scene.parsed))
        or slots.theme_at(scene) is not None
    )


def _is_town(scene: Scene, identifier: str) -> bool:
    """Tell whether a town only says where somebody is: "shopkeepers in the capital Athens refused"."""
    entity = scene.cast.entity(identifier)
    if entity.type != "place" or is_state(entity):
        return False
    closed = word_set(scene.parsed.language, "text", "function_words")
    for phrase in scene.phrases:
        if identifier in phrase.ids and not phrase.cases:
            before = [token for token in scene.tokens if token.end <= phrase.start][-1:]
            return any(t.is_word and t.text.islower() and t.lower not in closed for t in before)
    return True


def _hosts(scene: Scene, actors: tuple[str, ...], recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Give whom a visit is paid to: a foreign state, by name or by its town."""
    home = {state_of_person(actor, scene.cast) for actor in actors}
    for identifier in recipients:
        entity = scene.cast.entity(identifier)
        state = identifier if entity.type == "country" else state_of_place(identifier, scene.cast)
        if state and state not in home:
            return (state,) if state in scene.cast.by_id else (identifier,)
    return ()


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
