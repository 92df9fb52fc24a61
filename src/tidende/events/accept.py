"""Tell whether parties make an event of an act: who may do it, to whom, and with how many."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.entities import Cast
from tidende.entities.lexicon import is_political
from tidende.events import slots
from tidende.events.doubts import is_no_act
from tidende.events.frames import Frame, Trigger
from tidende.events.governed import actor_of, governed, head_of
from tidende.events.kin import is_kin_of_statesman
from tidende.events.meant import is_called_party, phrase_at
from tidende.events.politics import (
    as_state,
    holds_office,
    is_capital,
    is_party,
    is_political_actor,
    is_state,
    is_statesman,
    names_sport,
    state_of_person,
    state_of_place,
    touches_sport,
)
from tidende.events.scene import Scene, is_listed
from tidende.events.works import infinitives
from tidende.languages.lists import word_set
from tidende.parse import trees
from tidende.records import Entity

_OF_PERSONS, _OF_BODIES = ("he", "she"), ("it", "they")  # whose pronouns call a thing theirs
_OF_WORDS = ("ACCUSE", "REQUEST")  # whoever does these to a statesman makes news
_OF_OTHERS = ("SUPPORT", "ACCUSE")
_OF_SPEECH = ("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN")
_OF_CONTENT = ("obj", "ccomp", "xcomp", "obl")  # what a statesman refuses, demands or promises


def may_act(scene: Scene, trigger: Trigger, actors: tuple[str, ...], recipients: tuple[str, ...]) -> bool:
    """Tell whether the parties make an event: political ones, and as many as the frame needs."""
    frame, cast = trigger.frame, scene.cast
    acting = [cast.entity(identifier) for identifier in actors]
    suffering = [cast.entity(identifier) for identifier in recipients]
    if is_no_act(scene, trigger, actors):
        return False
    if not acting:
        return bool(suffering) and _may_befall(scene, trigger, suffering)
    if frame.symmetric and len(acting) < 2:
        return False
    if frame.name == "host" and not any(entity.type == "person" for entity in acting[1:]):
        return False  # a party is welcomed by words, a guest in person
    if frame.name == "criticise" and all(entity.name in _judges() for entity in acting):
        return False  # a sentence is no criticism
    if frame.type == "REJECT" and _keeps_silent(scene, trigger):
        return False  # "declined to comment"
    if (
        frame.type == "REJECT"
        and not suffering
        and not trigger.paired
        and _gives_up_own(scene, trigger, acting)
    ):
        return False  # "verwarf ihre Pläne"
    if frame.name == "support" and _is_in_court(scene, trigger):
        return False  # counsel's word
    if frame.name == "assail" and any(_is_armed(entity) for entity in acting):
        return False  # rebels attack with arms
    if frame.armed and not _may_fight(scene, acting):
        return False  # a politician attacks with words, a robber makes no war
    if frame.groups:
        return (
            _may_coerce(cast, acting, suffering) if frame.needs_both else _may_march(scene, trigger, acting)
        )
    if frame.armed and not frame.needs_both and not any(entity.named for entity in suffering):
        return any(entity.named for entity in acting) or (bool(suffering) and _is_force(acting, suffering))
    states = frame.symmetric and all(is_state(entity) for entity in acting)
    if states and (touches_sport(scene.parsed) or names_sport(scene.parsed, scene.sentence)):
        return False  # where states are teams, to meet is to play
    kin = {one.id for one in acting if frame.symmetric and is_kin_of_statesman(scene, one.id)}
    political = all(
        is_political_actor(entity, cast)
        or is_capital(entity, scene.parsed.language)
        or entity.id in kin
        or is_called_party(scene, entity)
        for entity in acting
    )
    if frame.symmetric:
        # "talks between the government and the rebels"
        armed = word_set("common", "frames", "armed") if frame.armed else frozenset[str]()
        return political and all(
            entity.named or entity.name in armed or entity.id in kin or _are_parties([entity])
            for entity in acting
        )
    if suffering and _may_suffer(scene, frame, acting, suffering, political=political):
        return True
    if frame.alone:
        served = _is_of_unnamed(scene, trigger)  # "Malis premiärminister avgick"
        return political and all(
            entity.named
            and (
                state_of_person(entity.id, cast)
                or holds_office(entity, cast)
                or (served and is_state(entity))
            )
            for entity in acting
        )
    if not political or not (any(entity.named for entity in acting) or _are_parties(acting)):
        return False
    if _is_word_of_statesman(scene, trigger, acting):
        return True
    if frame.type == "AGREE" and len(acting) > 1 and all(entity.named for entity in acting):
        return True  # they agree with each other
    if frame.needs_both or _are_parties(acting):
        return False
    if trigger.by_tree and not trigger.paired and trigger.kind == "verb" and trigger.particle < 0:
        return False  # one verb that no list prints says little without whom it concerns
    return _is_state_affair(scene, trigger, actors)


def _keeps_silent(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether what is refused is no more than an answer."""
    silent = word_set(scene.parsed.language, "modality", "no_answer")
    verb = trees.predicate(scene.sentence, trigger.first)
    said = [at for at in trees.children(scene.sentence, verb) if scene.tokens[at].upos == "VERB"]
    said = [at for at in said if trees.relation(scene.tokens[at].deprel) not in ("conj", "parataxis")]
    return any(is_listed(scene.tokens[at], silent) for at in said)


def _may_befall(scene: Scene, trigger: Trigger, suffering: Sequence[Entity]) -> bool:
    """Tell whether what a passive tells without its actor is news: it befell a statesman or a state."""
    frame, cast = trigger.frame, scene.cast
    if not frame.suffered or trigger.kind != "verb" or _is_no_passive(scene, trigger):
        return False
    word, verdicts = scene.tokens[trigger.first], word_set(scene.parsed.language, "acts", "verdicts")
    if trigger.frame.name == "criticise" and is_listed(word, verdicts):
        return False
    if not all(is_statesman(entity, cast) for entity in suffering):
        return False
    if any(entity.type == "person" and not _is_told_with_post(scene, entity) for entity in suffering):
        return False  # a name alone may be that of a son
    if frame.type in ("COERCE", "ASSAULT"):
        return all(entity.type == "person" for entity in suffering)
    if _suffers_in_person(scene, trigger):
        return False  # "a US soldier, who is accused of murder"
    return not (touches_sport(scene.parsed) and any(is_state(entity) for entity in suffering))


def _is_no_passive(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb tells of no deed: "his alleged victim", or the bare "1) Overthrow X" of a plan."""
    if not trees.has_tree(scene.sentence):
        return False
    word = scene.tokens[trigger.first]
    if word.deprel == "amod" and word.upos == "ADJ":
        return True
    plan = "VerbForm=Inf" in word.feats or "Mood=Imp" in word.feats
    return (
        plan
        and word.deprel in ("root", "parataxis")
        and not trees.children(scene.sentence, trigger.first, "aux")
    )


def _is_in_court(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether somebody is defended before a court: "hatte ihn vor Gericht verteidigt"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    courts = word_set(scene.parsed.language, "acts", "courts")
    to = word_set(scene.parsed.language, "text", "prepositions", "to")  # "a candidate to the Supreme Court"
    places = trees.children(scene.sentence, trees.predicate(scene.sentence, trigger.first), "obl")
    return any(
        is_listed(scene.tokens[at], courts) and trees.case(scene.sentence, at) not in to for at in places
    )


def _suffers_in_person(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether whom an act befell is somebody without a name who only serves a state."""
    phrase = phrase_at(scene, actor_of(scene, head_of(scene, trigger)))
    labels = (
        {scene.cast.entity(i).name for i in phrase.ids if not scene.cast.entity(i).named} if phrase else set()
    )
    return bool(labels) and not labels <= word_set("common", "roles", "stands_for_state")


def _is_of_unnamed(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an act is told of somebody by his post alone, who stands for the state that he serves."""
    subject = governed(scene, trigger).place
    phrase = phrase_at(scene, subject)
    return phrase is not None and not any(scene.cast.entity(i).named for i in phrase.ids)


def _is_told_with_post(scene: Scene, entity: Entity) -> bool:
    """Tell whether a sentence names somebody by his post ("the vice-president, Eva Kaili") or in full."""
    roles = [role for role in scene.cast.roles if role.holder == entity.id and is_political(role.role)]
    told = [evidence for role in roles for evidence in role.evidence if evidence.part == scene.sentence.part]
    if any(scene.sentence.start <= evidence.start < scene.sentence.end for evidence in told):
        return True
    source = scene.parsed.source(scene.sentence.part)
    named = [m for m in scene.cast.mentions_in(scene.sentence.index) if entity.id in m.entities]
    return bool(roles) and any(" " in source[m.start : m.end] for m in named if m.kind == "named")


def _judges() -> frozenset[str]:
    return word_set("common", "frames", "judges")


def _may_suffer(
    scene: Scene, frame: Frame, acting: Sequence[Entity], suffering: Sequence[Entity], *, political: bool
) -> bool:
    """Tell whether an act on somebody is politics: by its actor, by whom it concerns, or by both."""
    cast = scene.cast
    known = any(entity.named and entity.type != "other" for entity in suffering)
    against_politics = known and all(
        is_political_actor(entity, cast)
        or (frame.armed and bool(state_of_place(entity.id, cast)))
        or is_called_party(scene, entity)
        for entity in suffering
    )
    named = any(entity.named for entity in acting)
    if frame.type in _OF_WORDS and against_politics and (political or frame.name != "assail"):
        return True  # who accuses or presses a statesman makes news, whoever it is
    if political and known:
        return named or against_politics
    if frame.armed:
        return not known and _is_force(acting, suffering)
    groups = all(is_political_actor(entity, cast) for entity in suffering)
    spoken = frame.type in _OF_SPEECH and _are_parties(acting)
    freed = frame.mode == "release"  # "Israel released the mayor of Nablus"
    return political and (named or spoken) and groups and (freed or not frame.state)


def _are_parties(acting: Sequence[Entity]) -> bool:
    """Tell whether unnamed groups do politics by their label: "lawmakers", "the government"."""
    parties = word_set("common", "frames", "parties")
    return bool(acting) and all(not entity.named and entity.name in parties for entity in acting)


def _is_force(acting: Sequence[Entity], suffering: Sequence[Entity]) -> bool:
    """Tell whether who may fight turns on people or a body: "soldiers killed three demonstrators"."""
    armed = word_set("common", "frames", "armed")
    targets = word_set("common", "frames", "targets") | word_set("common", "roles", "political_groups")
    return all(entity.named or entity.name in armed for entity in acting) and all(
        not entity.named and entity.name in targets for entity in suffering
    )


def _is_word_of_statesman(scene: Scene, trigger: Trigger, acting: Sequence[Entity]) -> bool:
    """Tell whether a statesman says what he refuses, demands or promises, whoever it concerns."""
    if not trigger.frame.word or trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    if not all(is_statesman(entity, scene.cast) for entity in acting) and not _are_parties(acting):
        return False
    if touches_sport(scene.parsed) and any(is_state(entity) for entity in acting):
        return False  # a team refuses to give up
    if trigger.frame.name == "agree" and not all(one.named and one.type == "person" for one in acting):
        return False  # a parliament or a lawyer says yes to much
    verb = trees.predicate(scene.sentence, trigger.first)
    if trigger.frame.type == "REQUEST" and trigger.frame.needs_both:
        # Whoever is asked, it must be told for what: "urged the voters to stay at home".
        content = trees.children(scene.sentence, verb, "xcomp")
        return any(scene.tokens[at].upos == "VERB" for at in content)
    threat = (*trees.children(scene.sentence, verb, "xcomp", "ccomp", "obl"), *infinitives(scene, verb))
    if trigger.frame.type == "THREATEN" and not threat:
        return False  # "Japan droht eine Rezession"
    if trigger.frame.type in _OF_OTHERS and any(
        _is_own(scene, at) for at in trees.children(scene.sentence, verb, "obj")
    ):
        return False  # "he defended his approach" is about himself
    return bool(
        trees.children(scene.sentence, verb, *_OF_CONTENT)
        or infinitives(scene, verb)
        or (trigger.frame.type == "REJECT" and _is_told_that(scene, verb))
    )


def _is_told_that(scene: Scene, verb: int) -> bool:
    """Tell whether a clause behind a preposition says what somebody denies: "nektet for at ..."."""
    that = word_set(scene.parsed.language, "text", "conjunctions", "that")
    return any(
        scene.tokens[mark].lower in that
        for clause in trees.children(scene.sentence, verb, "advcl")
        for mark in trees.children(scene.sentence, clause, "mark")
        if clause > verb and "VerbForm=Inf" not in scene.tokens[clause].feats
    )


def _gives_up_own(scene: Scene, trigger: Trigger, acting: Sequence[Entity]) -> bool:
    """Tell whether what somebody drops is called his own: no other is refused anything.

    Where a language has a word for what is the subject's own ("sin"), the others mean somebody else.
    """
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    language = scene.parsed.language
    person = all(entity.type == "person" for entity in acting)
    own = word_set(language, "text", "possessives", "own") or frozenset[str]().union(
        *(word_set(language, "text", "possessives", key) for key in (_OF_PERSONS if person else _OF_BODIES))
    )
    verb = trees.predicate(scene.sentence, trigger.first)
    things = trees.children(scene.sentence, verb, "obj")
    owners = [at for thing in things for at in trees.children(scene.sentence, thing, "nmod", "det")]
    return any(scene.tokens[at].lower in own for at in owners)


def _is_own(scene: Scene, noun: int) -> bool:
    """Tell whether a thing is called somebody's own by a pronoun: "his approach", "sin politik"."""
    language = scene.parsed.language
    own = frozenset[str]().union(
        *(word_set(language, "text", "possessives", key) for key in ("he", "she", "it", "they", "own"))
    )
    owners = trees.children(scene.sentence, noun, "nmod", "det")
    return any(scene.tokens[at].lower in own for at in owners)


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


def _may_protest(acting: Sequence[Entity]) -> bool:
    """Tell whether a group of people protests: its label says so in the word lists."""
    people = word_set("common", "roles", "people_who_protest")
    return bool(acting) and all(not entity.named and entity.name in people for entity in acting)


def _may_fight(scene: Scene, acting: Sequence[Entity]) -> bool:
    """Tell whether the attackers are states, their forces or armed groups."""
    armed = word_set("common", "frames", "armed")
    return bool(acting) and all(
        is_state(entity)
        or (entity.type == "organisation" and _is_force_by_name(entity, scene.cast))
        or (not entity.named and entity.name in armed)
        for entity in acting
    )


def _is_armed(entity: Entity) -> bool:
    """Tell a movement that fights, rebels and troops from states, which also fight with words."""
    unnamed = not entity.named and entity.name in word_set("common", "frames", "armed")
    return unnamed or (entity.type == "organisation" and is_party(entity, armed=True))


def _is_force_by_name(entity: Entity, cast: Cast) -> bool:
    """Tell whether an organisation may go to war: no party does, unless it is a movement that fights."""
    return is_political_actor(entity, cast) and (not is_party(entity) or is_party(entity, armed=True))


def _may_coerce(cast: Cast, acting: Sequence[Entity], suffering: Sequence[Entity]) -> bool:
    """Tell whether an arrest is one of politics: by a state or its police, of politicians or protesters."""
    if not acting or not suffering or not all(is_political_actor(entity, cast) for entity in acting):
        return False
    if any(entity.type == "country" for entity in suffering):
        return False  # a foreigner by his nationality: crime
    # Police of a state that jail soldiers, leaders or reporters do politics; thieves and drunkards are none.
    detained = word_set("common", "frames", "detained")
    if all(entity.named for entity in acting) and all(
        not entity.named and entity.name in detained for entity in suffering
    ):
        return True
    if _may_protest(suffering):
        return True
    # "Gaddafi and his son": who is taken with a statesman is named beside him.
    named = all(entity.named and entity.type in ("person", "organisation") for entity in suffering)
    return named and is_political_actor(suffering[0], cast)


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
    acting = [scene.cast.entity(actor) for actor in actors]
    state = all(
        is_state(entity) or (entity.type == "organisation" and is_political_actor(entity, scene.cast))
        for entity in acting
    )
    # A president closes a border in the name of the state, but refuses and demands as anybody does.
    if trigger.frame.power and not trigger.paired:
        return False  # "withdraws" and "freed" say little without what was withdrawn
    ruler = trigger.frame.power and all(
        state_of_person(entity.id, scene.cast) or holds_office(entity, scene.cast) for entity in acting
    )
    return named and (
        ((state or ruler) and trigger.frame.state and not touches_sport(scene.parsed))
        or slots.theme_at(scene) is not None
    )
