"""Read who did what off the noun for it: "the arrest of X by Y", "killed in an Israeli air strike"."""

from __future__ import annotations

from dataclasses import replace

from tidende.events.frames import Trigger, frames
from tidende.events.governed import Governed, actor_of, head_of
from tidende.events.meant import ids_at, named_owners
from tidende.events.scene import Scene, is_listed
from tidende.events.works import behind
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees

# Acts whose noun has whom they reach in the genitive, where it tells who does them as well.
_ON_OTHERS = ("ASSAULT", "COERCE", "SANCTION", "RETREAT", "ACCUSE", "SUPPORT")
_BY_MEANS = ("in", "during", "by", "with")  # prepositions before the deed in which somebody is killed
_OF_MEETINGS = ("REJECT", "AGREE")  # acts whose object may be a meeting, or a deal, with the other party
_DONE_WITH_A_THING = ("SANCTION", "AID", "COERCE")  # acts whose verb's own preposition may have a thing
_SHORTEST = 5  # letters of a noun that may end another


def by_deed(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Give the parties of an act with those that only the noun for the deed tells."""
    if by_tree.other or not trees.has_tree(scene.sentence):
        return by_tree
    if trigger.kind == "noun":
        return _with_agent(scene, trigger) or _by_participle(scene, trigger, by_tree)
    if trigger.paired and by_tree.passive and not by_tree.recipients:
        return _with_aim(scene, trigger, by_tree)
    if trigger.frame.type in _OF_MEETINGS and by_tree.actors and not by_tree.recipients:
        return _with_partner(scene, trigger, by_tree)
    if trigger.particle >= 0 and by_tree.actors and not (by_tree.recipients or by_tree.passive):
        return _on_object(scene, trigger, by_tree)
    if not by_tree.actors and not by_tree.passive and not trigger.reverse:
        by_tree = _inverted(scene, trigger, by_tree)
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


def _with_partner(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Tell with whom somebody will not meet, or agrees to: "lehnte direkte Gespräche mit den USA ab"."""
    lists = word_list(scene.parsed.language, "events")["nouns"]
    nouns = {form.lower() for name, forms in lists.items() if frames()[name].symmetric for form in forms}
    for at in trees.children(scene.sentence, head_of(scene, trigger), "obj", "obl"):
        token = scene.tokens[at]
        theirs = {token.lower, token.lemma.lower()} & nouns and not named_owners(scene, at)
        found = behind(scene, at, "with") if theirs else ()
        if found := tuple(identifier for identifier in found if identifier not in by_tree.actors):
            return replace(by_tree, recipients=found)
    return by_tree


def _on_object(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Take the object where the preposition of a verb has a thing: "suspended Mali from the organisation"."""
    if "object" not in trigger.frame.recipient or trigger.frame.type not in _DONE_WITH_A_THING:
        return by_tree  # "called Kim a rocket man on a suicide mission" calls on nobody
    objects = trees.children(scene.sentence, head_of(scene, trigger), "obj")
    found = next((ids for at in objects if (ids := ids_at(scene, at))), ())
    found = tuple(identifier for identifier in found if identifier not in by_tree.actors)
    return replace(by_tree, recipients=found) if found else by_tree


def _inverted(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Take for the actor what the tree has for one of two objects: "timer etter anklaget Nord-Korea ham"."""
    if by_tree.place >= 0 or not word_list(scene.parsed.language, "acts")["verb_second"]:
        return by_tree
    objects = trees.children(scene.sentence, head_of(scene, trigger), "obj")
    if len(objects) != 2 or "Case=Acc" not in scene.tokens[objects[1]].feats:
        return by_tree
    if scene.tokens[objects[1]].upos != "PRON" or scene.tokens[objects[0]].upos != "PROPN":
        return by_tree
    actors, suffering = (ids_at(scene, at) for at in objects)
    return Governed(True, actors, suffering, objects[0]) if actors else by_tree


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
        if at < 0 or not _is_blow(scene, at) or _tells_itself(scene, at):
            continue
        actors = named_owners(scene, at) or behind(scene, at, "by")
        actors = tuple(identifier for identifier in actors if identifier not in by_tree.recipients)
        if actors:
            return replace(by_tree, told=True, actors=actors, place=at)
    return by_tree


def _tells_itself(scene: Scene, index: int) -> bool:
    """Tell whether a deed's own noun is an act with both its parties: "Israels Luftangriff auf Rafah"."""
    if not behind(scene, index, *frames()["attack"].noun):
        return False
    word = scene.tokens[index].lower
    nouns = word_set(scene.parsed.language, "events", "nouns", "attack")
    return any(word == noun.lower() or word.endswith(noun.lower()) for noun in nouns)


def _is_blow(scene: Scene, index: int) -> bool:
    """Tell whether a noun is a deed of armed force, or the last part of it is."""
    token, language = scene.tokens[index], scene.parsed.language
    blows = word_set(language, "acts", "blows")
    if is_listed(token, blows):
        return True
    if token.upos != "NOUN" or not word_list(language, "grammar")["compounds"]:
        return False
    return any(len(word) >= _SHORTEST and token.lower.endswith(word) for word in blows)
