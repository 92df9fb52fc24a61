"""Find who is party to an act through a text or thing of his, or by where his name stands."""

from __future__ import annotations

from tidende.events.frames import Trigger
from tidende.events.meant import ids_at, is_named, named_owners, prepositions
from tidende.events.relative import closes_clause
from tidende.events.scene import Scene, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees

_OF_SPEECH = ("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN")  # acts that a text may do


def author(scene: Scene, trigger: Trigger, subject: int) -> tuple[str, ...]:
    """Give whose text says a thing: "der Bericht des Büros für Menschenrechte der OSZE kritisiert".

    An office that nobody knows by name is that of the body whose it is.
    """
    documents = word_set(scene.parsed.language, "acts", "documents")
    if subject < 0 or trigger.frame.type not in _OF_SPEECH or not is_listed(scene.tokens[subject], documents):
        return ()
    if found := named_owners(scene, subject):
        return found
    makers = frozenset[str]().union(*(prepositions(scene, kind) for kind in ("by", "from", "of")))
    for at in trees.subtree(scene.sentence, subject):
        case, ids = trees.case(scene.sentence, at), ids_at(scene, at) if at > subject else ()
        if at > subject and scene.tokens[at].upos == "VERB":
            break
        if ids and is_named(scene, ids) and (not case or case in makers):
            return ids
    return ()


def before_last(scene: Scene, verb: int) -> tuple[str, ...]:
    """Give whose name stands right before a verb that closes its clause, hung on a thing by mistake.

    "hatten die Streitkräfte bei einem Luftangriff Qasem Soleimani getötet"
    """
    last = word_list(scene.parsed.language, "acts")["verb_last"]
    if not last or verb < 2 or not closes_clause(scene.sentence, verb):
        return ()
    name = scene.tokens[verb - 1]
    inside = [at for at in range(verb) if scene.tokens[at].name and scene.tokens[at].name.endswith("PER")]
    first = verb - 1
    while first - 1 in inside and scene.tokens[first].name.startswith("I-"):
        first -= 1
    if first not in inside or name.upos != "PROPN":
        return ()
    token = scene.tokens[first]
    thing = scene.tokens[token.head] if token.head >= 0 else None
    apposed = (
        thing is not None and token.deprel == "appos" and token.head == first - 1 and thing.upos == "NOUN"
    )
    governed_by = trees.case(scene.sentence, token.head) if apposed else ""
    meant = thing is not None and any(p.start <= thing.start < p.end for p in scene.phrases)
    return ids_at(scene, first) if governed_by and not meant else ()


def maker(scene: Scene, thing: int) -> tuple[str, ...]:
    """Give who made a thing by its relative clause: "an offer that the European Commission had made"."""
    for clause in trees.children(scene.sentence, thing, "acl"):
        makers = trees.children(scene.sentence, clause, "nsubj")
        taken = trees.children(scene.sentence, clause, "obj", "mark")
        relative = any("Rel" in scene.tokens[at].feats for at in taken) or not taken
        if clause > thing and makers and relative and scene.tokens[makers[0]].upos != "PRON":
            return ids_at(scene, makers[0])
    return ()
