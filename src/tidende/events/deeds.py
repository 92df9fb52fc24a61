"""Read who did what off a noun that tells the deed: "the arrest of X by Y", "killed in an Israeli air strike"."""

from __future__ import annotations

from dataclasses import replace

from tidende.events.frames import Trigger
from tidende.events.governed import Governed, actor_of, head_of, ids_at, named_owners
from tidende.events.scene import Scene
from tidende.events.works import behind
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees

# Acts whose noun has whom they reach in the genitive, where it tells who does them as well.
_ON_OTHERS = ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "ACCUSE", "SUPPORT")
_BY_MEANS = ("in", "during", "by", "with")  # prepositions before the deed in which somebody is killed
_SHORTEST = 5  # letters of a noun that may end another


def by_deed(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Give the parties of an act with those that only the noun for the deed tells."""
    if by_tree.other or not trees.has_tree(scene.sentence):
        return by_tree
    if trigger.kind == "noun":
        return _with_agent(scene, trigger) or _by_participle(scene, trigger, by_tree)
    if trigger.paired and by_tree.passive and by_tree.actors and not by_tree.recipients:
        return _with_aim(scene, trigger, by_tree)
    if trigger.frame.type == "ASSAULT" and not by_tree.actors and not trigger.reverse:
        return _by_blow(scene, trigger, by_tree)
    return by_tree


def _with_agent(scene: Scene, trigger: Trigger) -> Governed | None:
    """Read a noun that has both its parties: "die Festnahme von Soldaten durch die Marine"."""
    frame = trigger.frame
    if frame.symmetric or frame.type not in _ON_OTHERS or "object" not in frame.recipient:
        return None
    noun = head_of(scene, trigger)
    words = word_set(scene.parsed.language, "text", "prepositions", "by")
    words -= word_set(scene.parsed.language, "text", "prepositions", "of")
    near = trees.children(scene.sentence, noun, "nmod", "obl")
    # The tree may hang who does it on whom it is done to.
    near += [at for one in near for at in trees.children(scene.sentence, one, "nmod")]
    agents = [at for at in near if trees.case(scene.sentence, at) in words and not _is_place(scene, at)]
    actors = next((ids for at in agents if (ids := ids_at(scene, at))), ())
    suffering = behind(scene, noun, "of") or named_owners(scene, noun)
    suffering = tuple(identifier for identifier in suffering if identifier not in actors)
    return Governed(True, actors, suffering, agents[0]) if actors and suffering else None


def _with_aim(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Tell whom a passive reaches through its thing: "gegen Russland wurden Sanktionen verhängt"."""
    kinds = [kind for kind in trigger.frame.recipient if kind not in ("object", "of", "other", "in")]
    verb = head_of(scene, trigger)
    things = (verb, *trees.children(scene.sentence, verb, "nsubj"))
    found = next((ids for at in things if (ids := behind(scene, at, *kinds))), ())
    found = tuple(identifier for identifier in found if identifier not in by_tree.actors)
    return replace(by_tree, recipients=found) if found else by_tree


def _by_participle(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Read who did it off a participle on a noun: "die von der EU gegen Russland verhängten Sanktionen"."""
    if by_tree.actors or trigger.frame.symmetric:
        return by_tree
    noun = head_of(scene, trigger)
    for at in trees.children(scene.sentence, noun, "amod", "acl"):
        if not _does(scene, trigger, at, noun):
            continue
        actors = behind(scene, at, "by")
        suffering = behind(scene, at, *trigger.frame.noun) or behind(scene, noun, *trigger.frame.noun)
        suffering = tuple(identifier for identifier in suffering if identifier not in actors)
        if actors and suffering:
            return Governed(True, actors, suffering, at)
    return by_tree


def _does(scene: Scene, trigger: Trigger, verb: int, noun: int) -> bool:
    """Tell whether a verb with a noun for its object is the act that the noun tells: "imposed sanctions"."""
    words = {scene.tokens[verb].lower, scene.tokens[verb].lemma.lower()}
    thing = {scene.tokens[noun].lower, scene.tokens[noun].lemma.lower()}
    return any(
        row["frame"] == trigger.frame.name
        and words & {*row["verbs"], *row["lemmas"]}
        and thing & {form.lower() for form in row["objects"]}
        for row in word_list(scene.parsed.language, "acts")["pair"]
    )


def _is_place(scene: Scene, index: int) -> bool:
    """Tell whether a word says where a deed was done: "ved grensen"."""
    return any(scene.cast.entity(identifier).type == "place" for identifier in ids_at(scene, index))


def _by_blow(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Tell whose strike or raid killed: "wurde bei einem israelischen Luftangriff getötet"."""
    verb = head_of(scene, trigger)
    if by_tree.passive:
        language = scene.parsed.language
        means = frozenset[str]().union(
            *(word_set(language, "text", "prepositions", kind) for kind in _BY_MEANS)
        )
        places = [
            at
            for at in trees.children(scene.sentence, verb, "obl")
            if trees.case(scene.sentence, at) in means
        ]
    else:
        places = [actor_of(scene, verb)]
    for at in places:
        if at < 0 or not _is_blow(scene, at):
            continue
        actors = named_owners(scene, at) or behind(scene, at, "by")
        actors = tuple(identifier for identifier in actors if identifier not in by_tree.recipients)
        if actors:
            return replace(by_tree, told=True, actors=actors, place=at)
    return by_tree


def _is_blow(scene: Scene, index: int) -> bool:
    """Tell whether a noun is a deed of armed force, or the last part of it is."""
    token, language = scene.tokens[index], scene.parsed.language
    blows = word_set(language, "acts", "blows")
    if token.lower in blows or token.lemma.lower() in blows:
        return True
    if token.upos != "NOUN" or not word_list(language, "grammar")["compounds"]:
        return False
    return any(len(word) >= _SHORTEST and token.lower.endswith(word) for word in blows)
