"""Read refusals that a negation makes of verbs of accepting: "will not recognise", "cannot agree to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.events.accept import may_act
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger, frames
from tidende.events.governed import actor_of, ids_at, is_passive, named_within
from tidende.events.mood import claimed_by, is_habit
from tidende.events.politics import as_state
from tidende.events.scene import Scene, holds_phrase
from tidende.events.triggers import dependents
from tidende.languages.lists import word_set
from tidende.parse import trees


def refused(scene: Scene, before: Sequence[Draft]) -> Iterator[Draft]:
    """Yield what somebody of politics will not or cannot accept, unless the sentence tells it already."""
    if not trees.has_tree(scene.sentence) or any(token.text == "?" for token in scene.tokens):
        return
    known = {draft.actors for draft in before if draft.frame.type == "REJECT"}
    for index, token in enumerate(scene.tokens):
        if token.upos != "VERB" or scene.is_spoken(token.start) or not _is_refusal(scene, index):
            continue
        trigger = Trigger(frames()["reject"], "verb", index, index + 1, by_tree=True, paired=True)
        actors = _states(scene, ids_at(scene, actor_of(scene, index)))
        others = _states(scene, named_within(scene, index))
        recipients = tuple(one for one in others if one not in actors)
        if not actors or actors in known or not all(_may_refuse(scene, one) for one in actors):
            continue
        if is_habit(scene, trigger) or not may_act(scene, trigger, actors, recipients):
            continue
        known.add(actors)
        yield Draft(
            frame=frames()["reject"],
            actors=actors,
            recipients=recipients,
            order=scene.sentence.index,
            evidence=[scene.whole()],
            claimed_by=claimed_by(scene, trigger),
        )


def _may_refuse(scene: Scene, identifier: str) -> bool:
    """Tell whether somebody stands by name; a town is none who refuses."""
    entity = scene.cast.entity(identifier)
    return entity.named and entity.type != "place"


def _states(scene: Scene, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(as_state(scene.cast, one, scene.parsed.language) for one in ids))


def _is_refusal(scene: Scene, verb: int) -> bool:
    """Tell whether a verb of accepting stands under "will not" or "cannot", and under no condition."""
    language, sentence = scene.parsed.language, scene.sentence
    if not _is_accepting(scene, verb) or is_passive(scene, verb):
        return False
    beside = trees.children(sentence, verb, "aux", "advmod", "mark")
    words = {scene.tokens[at].lower for at in beside}
    things = trees.children(sentence, verb, "obj")
    words |= {
        scene.tokens[at].lower for thing in things for at in trees.children(sentence, thing, "det", "advmod")
    }
    clause = scene.words(*scene.clause(verb))
    if holds_phrase(clause, word_set(language, "modality", "hypothetical")):
        return False
    refusing = word_set(language, "acts", "will") | word_set(language, "acts", "able")
    return bool(words & refusing) and bool(words & word_set(language, "modality", "negation"))


def _is_accepting(scene: Scene, verb: int) -> bool:
    """Tell whether a verb, with the words that belong to it, is one of accepting something."""
    token = scene.tokens[verb]
    for form in sorted(word_set(scene.parsed.language, "acts", "accepting")):
        first, *rest = form.split()
        if (
            first in (token.lower, token.lemma.lower())
            and dependents(scene.sentence, verb, tuple(rest)) is not None
        ):
            return bool(trees.children(scene.sentence, verb, "obj", "ccomp", "xcomp", "obl"))
    return False
