"""Find whom an act reaches through what is his: his plan, what he did, what shall be done with him."""

from __future__ import annotations

from tidende.events.frames import Trigger
from tidende.events.governed import actor_of, head_of
from tidende.events.meant import ids_at, named_owners, obliques
from tidende.events.scene import Scene, is_listed
from tidende.languages.lists import word_set
from tidende.parse import trees

_OF_WORKS = ("REJECT", "SUPPORT", "ACCUSE", "CONCEDE")  # acts of words aimed at what is another's
_OF_CONTENT = ("AGREE", "THREATEN", "REJECT", "REQUEST")  # acts of saying what shall be done
_MAKERS = ("by", "from", "of")


def infinitives(scene: Scene, verb: int) -> list[int]:
    """Give the infinitives that say what is promised, threatened or refused: "truer med å innføre toll".

    One behind a preposition hangs on its verb as an adverbial would; what it is done for ("for å") is none.
    """
    language = scene.parsed.language
    marks = word_set(language, "modality", "infinitive")
    purpose = word_set(language, "text", "prepositions", "for")
    found = trees.children(scene.sentence, verb, "xcomp")
    for at in trees.children(scene.sentence, verb, "advcl"):
        words = {scene.tokens[child].lower for child in trees.children(scene.sentence, at, "mark", "case")}
        bare = "VerbForm=Inf" in scene.tokens[at].feats
        if bare and words & marks and not words & purpose and len(words) > 1:
            found.append(at)
    return found


def reached(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """Give the other party of an act of words whose own words name none: "sa nei til EUs forslag"."""
    frame = trigger.frame
    if trigger.kind != "verb" or frame.symmetric or not trees.has_tree(scene.sentence):
        return ()
    verb = head_of(scene, trigger)
    if frame.armed:
        return _struck(scene, verb)
    if frame.type == "REQUEST" and frame.mode == "meet":
        return _guests(scene, verb)
    if frame.type in _OF_WORKS:
        for noun in _aims(scene, trigger, verb):
            found = named_owners(scene, noun) or behind(scene, noun, *_MAKERS)
            if found:
                return found
    if frame.type == "THREATEN":
        for noun in trees.children(scene.sentence, verb, "obj"):
            found = behind(scene, noun, "against", "to", "other")
            if found:
                return found
    if frame.type in _OF_CONTENT:
        for clause in infinitives(scene, verb):
            for noun in (*trees.children(scene.sentence, clause, "obj"), clause):
                found = ids_at(scene, noun) if noun != clause else ()
                found = found or behind(scene, noun, "against", "with", "to", "other")
                if found:
                    return found
    return ()


def _guests(scene: Scene, verb: int) -> tuple[str, ...]:
    """Give who goes or turns to somebody once he has been invited: "Kim reiste etter at Putin sendte ..."."""
    token = scene.tokens[verb]
    if trees.relation(token.deprel) != "advcl" or token.head < 0:
        return ()
    going = word_set(scene.parsed.language, "acts", "going")
    above = scene.tokens[token.head]
    if not is_listed(above, going):
        return ()
    return ids_at(scene, actor_of(scene, token.head))


def _aims(scene: Scene, trigger: Trigger, verb: int) -> list[int]:
    """Give the nouns that an act is aimed at, behind its own preposition or one that its frame has."""
    own = [at for at in (*range(trigger.first, trigger.last), trigger.particle) if at >= 0]
    nouns = [scene.tokens[at].head for at in own if trees.relation(scene.tokens[at].deprel) == "case"]
    kinds = [kind for kind in trigger.frame.recipient if kind not in ("object", "that", "genitive", "of")]
    things = [verb, *trees.children(scene.sentence, verb, "obj")]
    return [*nouns, *(at for thing in things for at in obliques(scene, thing, *kinds))]


def behind(scene: Scene, word: int, *kinds: str) -> tuple[str, ...]:
    """Give who stands on a word behind a preposition of some kinds."""
    return next((ids for at in obliques(scene, word, *kinds) if (ids := ids_at(scene, at))), ())


def doer(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """Give who did what a noun tells, and is praised or punished for it: "straffe X for støtten til Y"."""
    if trigger.kind != "noun" or trigger.frame.symmetric or not trees.has_tree(scene.sentence):
        return ()
    noun = head_of(scene, trigger)
    token = scene.tokens[noun]
    causes = word_set(scene.parsed.language, "text", "prepositions", "for")
    if trees.relation(token.deprel) not in ("obl", "nmod") or trees.case(scene.sentence, noun) not in causes:
        return ()
    for above in trees.ancestors(scene.sentence, noun):
        if not _is_on_deeds(scene, above):
            continue
        objects = [at for at in trees.children(scene.sentence, above, "obj", "nsubj:pass") if at != noun]
        if scene.tokens[above].upos == "NOUN":
            return behind(scene, above, "against", "of")  # "straffetiltak mot X for støtte til Y"
        return ids_at(scene, objects[0]) if objects else ()
    return ()


def _is_on_deeds(scene: Scene, index: int) -> bool:
    """Tell whether a word takes for a fact what somebody is praised, blamed or punished for."""
    words = {scene.tokens[index].lemma.lower(), scene.tokens[index].lower}
    verbs, nouns = ("support", "criticise", "punish"), ("support", "criticise", "sanction")
    table, names = ("nouns", nouns) if scene.tokens[index].upos == "NOUN" else ("lemmas", verbs)
    return any(words & word_set(scene.parsed.language, "events", table, name) for name in names)


def staying(scene: Scene, trigger: Trigger) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give who is on a visit, and where: "er på statsbesøk i Tyskland"."""
    if trigger.kind != "noun" or trigger.frame.name != "visit" or not trees.has_tree(scene.sentence):
        return (), ()
    noun = head_of(scene, trigger)
    case = trees.case(scene.sentence, noun)
    if case not in word_set(scene.parsed.language, "events", "on_visit"):
        return (), ()
    verb = noun if trees.children(scene.sentence, noun, "cop") else scene.tokens[noun].head
    if verb < 0 or scene.tokens[verb].upos not in ("VERB", "AUX", "NOUN"):
        return (), ()
    guests = ids_at(scene, actor_of(scene, verb))
    hosts = behind(scene, noun, "in", "to") or behind(scene, verb, "in", "to")
    return (guests, tuple(i for i in hosts if i not in guests)) if guests and hosts else ((), ())


def _struck(scene: Scene, verb: int) -> tuple[str, ...]:
    """Give the state in which lies what an attack hits: "struck targets in Syria"."""
    struck = word_set(scene.parsed.language, "acts", "struck")
    for thing in trees.children(scene.sentence, verb, "obj", "obl"):
        if not is_listed(scene.tokens[thing], struck):
            continue
        for at in (*obliques(scene, thing, "in"), *obliques(scene, verb, "in")):
            found = ids_at(scene, at)
            if at > thing and found and all(scene.cast.entity(i).type == "country" for i in found):
                return found
    return ()
