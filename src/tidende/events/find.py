"""Find the events of one article."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.entities import Cast
from tidende.events import counts, merge, slots
from tidende.events.accept import may_act
from tidende.events.acts import Parties, parties
from tidende.events.close import close
from tidende.events.drafts import Draft
from tidende.events.elliptic import further
from tidende.events.frames import Trigger, frames
from tidende.events.governed import head_of
from tidende.events.kin import by_name
from tidende.events.meant import first_ids, ids_at, obliques
from tidende.events.mood import (
    claimed_by,
    is_cancelled,
    is_denied_outright,
    is_habit,
    is_to_come,
    is_unreal,
    modality,
)
from tidende.events.politics import (
    as_state,
    is_about_sport,
    is_state,
    state_of_person,
    state_of_place,
)
from tidende.events.refused import refused
from tidende.events.said import said
from tidende.events.scene import Scene, is_listed
from tidende.events.stays import stays
from tidende.events.triggers import find_triggers
from tidende.events.wishes import is_asked
from tidende.events.works import infinitives
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Parsed
from tidende.records import Event, Quote

_OF_LEADERS = ("CONSULT", "AGREE")  # acts that a people does by its leaders only
_OF_WORDS = ("REQUEST", "ACCUSE", "REJECT", "THREATEN")
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
        # Whom the lists know for a crowd protests: "demonstranter protesterte mot" is no mere criticism;
        # and who can go to war attacks with more than words. Else the reading that has the other party.
        read.sort(
            key=lambda one: (not one[0].frame.groups, one[0].frame.type != "ASSAULT", not one[1].recipients)
        )
        found += read[:1]
        bare += [
            trigger
            for trigger in readings
            if not read and trigger.frame.name in _CONSULT_NOUNS and _is_echo(scene, trigger)
        ][:1]
    for trigger, guests, places in stays(scene):
        draft = _draft(scene, trigger, [], told=(guests, places))
        if draft is not None:
            found.append((trigger, draft))
    starts = tuple(scene.tokens[trigger.first].start for trigger, _ in found)
    echoes += [merge.Echo(scene, trigger, starts) for trigger in bare]
    for trigger, draft in found:
        rivals = [scene.tokens[t.first].start for t, d in found if d.parties != draft.parties]
        slots.fill(scene, draft, trigger, alone=not rivals, rivals=rivals)
        if draft.frame.type != "CONSULT":
            slots.theme(scene, draft)
    told = _without_echoes([draft for _, draft in found])
    told += refused(scene, told)
    return [*told, *further(scene, found), *said(scene, told)]


def _without_echoes(drafts: Sequence[Draft]) -> list[Draft]:
    """Leave out what a sentence tells again without its other party: "imposed sanctions and froze aid"."""
    return [
        draft
        for number, draft in enumerate(drafts)
        if not any(
            other.recipients and (other.frame.type, other.actors) == (draft.frame.type, draft.actors)
            for other in drafts
            if not draft.recipients
        )
        # "carried out air strikes": the verb and its noun tell one act.
        and not any(_is_same(other, draft) for other in drafts[:number])
    ]


def _is_same(one: Draft, other: Draft) -> bool:
    """Tell whether two drafts of a sentence are one act: its kind, parties and slots are the same."""

    def told(draft: Draft) -> list[tuple[str, object]]:
        return [(slot, each.value) for slot, rows in sorted(draft.slots.items()) for each in rows]

    kinds = (one.frame.type, one.modality, one.actors) == (other.frame.type, other.modality, other.actors)
    return kinds and bool(one.recipients) and one.recipients == other.recipients and told(one) == told(other)


def _draft(
    scene: Scene, trigger: Trigger, before: Sequence[Draft], told: Parties | None = None
) -> Draft | None:
    mood = modality(scene, trigger)
    frame = trigger.frame
    # A wrong event costs more than a missing one: acts that are not meetings count as done only.
    coming = mood == "planned" and is_to_come(scene, trigger)
    if (
        (mood == "denied" and not is_denied_outright(scene, trigger))
        or is_cancelled(scene, trigger)
        or (
            frame.type != "CONSULT"
            and not coming
            and mood != "denied"
            and (mood != "happened" or is_habit(scene, trigger) or is_unreal(scene, trigger))
        )
    ):
        return None
    if _is_open(scene, trigger):
        return None
    actors, recipients = told or parties(scene, trigger)
    if not actors and _are_inhabitants(scene, recipients, definite=False):
        return None  # "19 Venezuelans who are accused": its people are not the state
    if not actors and frame.type == "REQUEST" and _is_of_own(scene, recipients):
        return None
    if frame.type in _OF_WORDS and trigger.kind == "noun":
        # "the demand for a ceasefire in Gaza" is put to nobody there
        recipients = tuple(i for i in recipients if scene.cast.entity(i).type != "place")
    if frame.symmetric:
        actors = tuple(dict.fromkeys(by_name(scene, identifier) for identifier in actors))
    if frame.name == "visit":
        recipients = _hosts(scene, actors, _places(scene, recipients)) or _hosts(
            scene, actors, _where_people_are(scene, trigger)
        )
    else:
        if frame.name == "invite":
            recipients = tuple(i for i in recipients if not _is_destination(scene, i))
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
    own = {_state_served(scene, identifier) for identifier in actors}
    recipients = tuple(identifier for identifier in recipients if identifier not in own)
    if actors and not recipients and frame.name in ("reject", "demand"):
        recipients = _accuser(actors, before) if frame.name == "reject" else _partner(actors, before)
    if frame.state and not (frame.armed or frame.power):
        # Who is near an offer or a refusal is its other party only by name: "offered 4,000 troops".
        recipients = tuple(i for i in recipients if scene.cast.entity(i).named)
    if frame.type == "AGREE":
        recipients = tuple(i for i in recipients if not _is_promised(scene, i))
    if mood == "denied" and not _has_both_named(scene, actors, recipients):
        return None
    if not frame.groups and _are_inhabitants(scene, actors, definite=frame.type not in _OF_LEADERS):
        return None
    if frame.name == "aid" and not trigger.paired and _is_help_to_do(scene, trigger):
        return None
    if coming and frame.type != "CONSULT" and not _is_plan(scene, trigger, actors, recipients):
        return None
    if frame.type == "AGREE" and _is_hostile(scene, trigger):
        frame = frames()["threaten"]
    if frame.name == "drill" and len(actors) > 1:
        frame = frames()["exercise"]
    if not may_act(scene, trigger, actors, recipients) or is_asked(scene, trigger, actors, before):
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
        present=_is_present(scene, trigger),
    )


def _is_present(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb in the present tense tells an act: "meets", not "has met" or "will meet"."""
    feats = scene.tokens[trigger.first].feats
    return trigger.kind == "verb" and "Tense=Pres" in feats and "VerbForm=Fin" in feats


def _is_open(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether it is still asked if an act shall be done: "decides whether to attack"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    whether = word_set(scene.parsed.language, "speech", "grammar", "whether")
    verb = trees.predicate(scene.sentence, trigger.first)
    marks = trees.children(scene.sentence, verb, "mark", "advmod")
    return any(scene.tokens[at].lower in whether for at in marks if at < verb)


def _is_of_own(scene: Scene, recipients: tuple[str, ...]) -> bool:
    """Tell whether only a state's troops are told to do something, and not the state."""
    organs = word_set(scene.parsed.language, "acts", "organs")
    phrases = [phrase for phrase in scene.phrases if phrase.ids == recipients]
    last = {token.lower for one in phrases for token in scene.tokens if token.end == one.end}
    return bool(phrases) and bool(last) and last <= organs


def _is_promised(scene: Scene, identifier: str) -> bool:
    """Tell whether people without a name are part of what is promised: "tax cuts and more police"."""
    if scene.cast.entity(identifier).named:
        return False
    for phrase in scene.phrases:
        if phrase.ids == (identifier,):
            at = scene.sentence.ending(phrase.end)
            above = scene.tokens[at].head if at >= 0 and scene.tokens[at].deprel == "conj" else -1
            if above >= 0 and scene.tokens[above].deprel == "obj":
                return True
    return False


def _state_served(scene: Scene, identifier: str) -> str:
    """Give the state that a person acts for, none for whoever only was in its service."""
    state = state_of_person(identifier, scene.cast)
    told = [role for role in scene.cast.roles if role.holder == identifier and role.of == state]
    return "" if told and all(role.qualifier == "former" for role in told) else state


def _has_both_named(scene: Scene, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    """Tell whether two parties at least are named: only then is it news that something did not happen."""
    parties = {*actors, *recipients}
    return len(parties) > 1 and all(scene.cast.entity(identifier).named for identifier in parties)


def _is_plan(scene: Scene, trigger: Trigger, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    """Tell whether what is to come is news: two named parties, a state with its object, a resignation."""
    named = all(scene.cast.entity(identifier).named for identifier in actors)
    if trigger.frame.alone:
        return named
    together = trigger.frame.symmetric and len(actors) > 1
    return named and (together or bool(actors and recipients) or (trigger.paired and trigger.frame.state))


def _is_hostile(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether harm is what is promised: "vowed to destroy"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    hostile = word_set(scene.parsed.language, "acts", "hostile")
    verb = trees.predicate(scene.sentence, trigger.first)
    content = trees.children(scene.sentence, verb, "xcomp", "ccomp")
    return any(is_listed(scene.tokens[at], hostile) for at in content)


def _are_inhabitants(scene: Scene, actors: tuple[str, ...], *, definite: bool) -> bool:
    """Tell whether it is people and no state that act: "many Danes are willing to pay".

    With `definite`, whoever is told as the whole people ("the Americans demand") is its state.
    """
    inhabitants = word_set(scene.parsed.language, "names", "inhabitants")
    articles = word_set(scene.parsed.language, "grammar", "definite")
    source = scene.parsed.source(scene.sentence.part)
    governed = [phrase for phrase in scene.phrases if phrase.cases]  # "Iraker ... im Irak"
    some = False
    for mention in scene.cast.mentions_in(scene.sentence.index):
        if not set(mention.entities) & set(actors) or mention.adjective:
            continue
        if any(phrase.start <= mention.start < phrase.end for phrase in governed):
            continue
        if source[mention.start : mention.end].lower() not in inhabitants:
            return False
        token = next((t for t in scene.tokens if t.start <= mention.start < t.end), None)
        before = [t.lower for t in scene.tokens if t.end <= mention.start][-1:]
        known = token is not None and ("Definite=Def" in token.feats or bool(articles.intersection(before)))
        some = some or not (definite and known)
    return some


def _is_help_to_do(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether somebody only makes a thing easier: "the voters help Solberg to be clearer"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    verb = trees.predicate(scene.sentence, trigger.first)
    return bool(trees.children(scene.sentence, verb, "xcomp", "ccomp") or infinitives(scene, verb))


def _is_town(scene: Scene, identifier: str) -> bool:
    """Tell whether a town only says where somebody is: "shopkeepers in the capital Athens refused"."""
    entity = scene.cast.entity(identifier)
    if entity.type != "place" or is_state(entity):
        return False
    closed = word_set(scene.parsed.language, "text", "function_words")
    for phrase in scene.phrases:
        if identifier in phrase.ids and not phrase.cases:
            acts = [t for t in scene.tokens if phrase.start <= t.start < phrase.end]
            if any(trees.relation(token.deprel) == "nsubj" for token in acts):
                return False
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


def _where_people_are(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """Give where those are whom a visit is paid to: "visited the troops in Kunduz"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return ()
    verb = head_of(scene, trigger)
    people = [at for at in trees.children(scene.sentence, verb, "obj") if ids_at(scene, at)]
    places = [at for one in (*people, *([verb] if people else [])) for at in obliques(scene, one, "in")]
    return first_ids(scene, places)


def _places(scene: Scene, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out states that only lend an adjective: who visits German troops does not visit Germany."""
    source = scene.cast.mentions_in(scene.sentence.index)
    named = {i for mention in source if not mention.adjective for i in mention.entities}
    return tuple(i for i in ids if i in named)


def _is_destination(scene: Scene, identifier: str) -> bool:
    """Tell whether a country or place only stands behind a preposition: "an invitation to East Timor"."""
    standing = [phrase for phrase in scene.phrases if identifier in phrase.ids]
    is_person = scene.cast.entity(identifier).type in ("person", "organisation", "other")
    return not is_person and all(phrase.cases for phrase in standing)


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
    if counts.is_counted(scene, trigger):
        return False
    token = scene.tokens[trigger.first]
    before = scene.tokens[trigger.first - 1].lower if trigger.first else ""
    language = scene.parsed.language
    endless = not word_list(language, "grammar")["definite_endings"]
    vague = "Definite=Ind" in token.feats or (endless and trigger.frame.name == "talk")
    bare = vague and "Number=Plur" in token.feats and not _is_determined(scene, trigger)
    indefinite = before in word_set(language, "grammar", "indefinite") or bare
    return not indefinite or bool(scene.lengths) or token.is_capital


def _is_determined(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an article, a possessive or an owner stands before a noun: "deres samtaler"."""
    at = trees.predicate(scene.sentence, trigger.first)
    return bool(trees.children(scene.sentence, at, "det", "nmod:poss", "nmod"))
