"""Read the parties of an act off the sentence's tree: who is its subject, whom does its word govern."""

from __future__ import annotations

from dataclasses import dataclass

from tidende.events.forms import active_form, becoming
from tidende.events.frames import Trigger
from tidende.events.makers import author, before_last, maker
from tidende.events.meant import (
    first_ids,
    ids_at,
    is_named,
    is_named_in_full,
    named_owners,
    obliques,
    phrase_at,
    prepositions,
)
from tidende.events.relative import (
    after_verb,
    beside,
    given,
    in_bracket,
    is_answer,
    is_done_before,
    is_means,
    is_of_other,
    issued_before,
    likelier_subject,
    on_both_sides,
    opening,
    stands_for,
    taken_for_owner,
)
from tidende.events.scene import Scene, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees

_OBJECTS = ("obj", "iobj", "obl:arg")
_OWNERS = ("nmod:poss",)
_OF_WORKS = (
    "REJECT",
    "SUPPORT",
    "ACCUSE",
    "ASSAULT",
    "SANCTION",
    "COERCE",
    "CONCEDE",
)  # acts aimed at what is another's
_AT_PLACES = ("meet", "sign")  # acts whose noun may bear the name of a place: "the Minsk agreement"
_OF_CONTENT = ("AGREE", "THREATEN", "REJECT", "REQUEST")  # acts of saying what shall be done


@dataclass(frozen=True, slots=True)
class Governed:
    """What the tree tells of an act's parties.

    `told` says that the tree has a word in the actor's place, whether or not that is an actor of the
    cast; `place` is the index of a verb's subject, or of its agent where it is `passive`; -1 for none;
    `sufferer` is the index of the subject of a passive, -1 for none; `other` that the act is done to a
    thing, so that nobody is party to it.
    """

    told: bool = False
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: int = -1
    passive: bool = False
    sufferer: int = -1
    other: bool = False


def governed(scene: Scene, trigger: Trigger) -> Governed:
    """Give the parties of an act as the tree has them; nothing is told where no tree was read."""
    if not trees.has_tree(scene.sentence):
        return Governed()
    return _of_verb(scene, trigger) if trigger.kind == "verb" else _of_noun(scene, trigger)


def head_of(scene: Scene, trigger: Trigger) -> int:
    """Give the token of a trigger that the others hang on."""
    inside = range(trigger.first, trigger.last)
    if trigger.kind == "verb":
        return trees.predicate(scene.sentence, trigger.first)
    return next((at for at in inside if scene.tokens[at].head not in inside), trigger.first)


def actor_of(scene: Scene, verb: int) -> int:
    """Give the subject of a verb, one that it shares or that its participle has included; -1 for none."""
    own = trees.children(scene.sentence, verb, "nsubj")
    if not own and (taken := taken_for_owner(scene.sentence, verb)) >= 0:
        return taken
    if len(own) > 1:
        return likelier_subject(scene.sentence, verb, own, scene.parsed.language)
    found = trees.subject(scene.sentence, verb)
    token = scene.tokens[verb]
    if own and found == own[0] and trees.relation(token.deprel) == "acl":
        # "Kavanaugh, der beschuldigt wurde": a pronoun that stands for nobody else is a relative one.
        pronoun = scene.tokens[found].upos == "PRON" and phrase_at(scene, found) is None
        found = token.head if pronoun and token.head < found else found
    if found < 0 and word_list(scene.parsed.language, "acts")["verb_second"]:
        found = after_verb(scene.sentence, verb)
        found = in_bracket(scene, verb) if found < 0 else found
    if found < 0 and (other := beside(scene.sentence, verb)) >= 0:
        return actor_of(scene, other)
    while found < 0 and trees.relation(token.deprel) == "conj":
        token = scene.tokens[token.head]  # "such as stopping tests, dismantling ... and pledging ..."
    bare = "VerbForm=Part" in token.feats or "VerbForm=Ger" in token.feats
    marks = trees.children(scene.sentence, verb, "mark", "case")
    free = not marks or bool(trees.children(scene.sentence, marks[0], "fixed"))  # none, or "such as"
    if found < 0 and (is_means(scene, verb) or is_done_before(scene, verb) or is_answer(scene, verb)):
        return actor_of(scene, token.head)
    if found < 0 and trees.relation(token.deprel) == "obj" and "VerbForm=Inf" in token.feats:
        # "nåede at mødes med X": the parser has the infinitive for an object
        real = word_set(scene.parsed.language, "modality", "implicative")
        return actor_of(scene, token.head) if is_listed(scene.tokens[token.head], real) else -1
    if found < 0 and trees.relation(token.deprel) in ("advcl", "ccomp") and bare and free:
        return actor_of(scene, token.head)
    if found < 0 and word_list(scene.parsed.language, "acts")["verb_last"]:
        # Where cases look alike the first of two objects acts: "seine Nation werde ihre Waffen ...".
        objects = [at for at in trees.children(scene.sentence, verb, "obj") if at < verb]
        return objects[0] if len(objects) > 1 else -1
    finite = bool(trees.children(scene.sentence, verb, "aux"))
    open_verb = (bare and not finite) or "VerbForm=Inf" in token.feats  # "har planer om å besøke ..."
    is_text = trees.relation(token.deprel) == "acl" and open_verb and found == token.head < verb
    if is_text and phrase_at(scene, found) is None and "Tense=Past" not in token.feats:
        above = scene.tokens[found]  # "issued a declaration demanding ...": who issued it demands
        if trees.relation(above.deprel) == "obj" and above.head >= 0:
            return actor_of(scene, above.head)
    return found


def is_passive(scene: Scene, verb: int, *, strict: bool = False) -> bool:
    """Tell whether whoever is the subject of a verb suffers its act.

    Participles that hang on a noun are passive too. Where an auxiliary is one of the perfect as
    well ("er"), the tree must have a passive subject or an agent, or the act be a `strict` one.
    """
    token = scene.tokens[verb]
    language = scene.parsed.language
    participle = "VerbForm=Part" in token.feats and "Tense=Pres" not in token.feats
    describes = trees.relation(token.deprel) in ("acl", "amod") and participle
    if describes and not trees.children(scene.sentence, verb, "aux", "nsubj"):
        return True
    if trees.children(scene.sentence, verb, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    if active_form(token, language):
        return True
    if participle and becoming(scene.sentence, verb, language) >= 0:
        return True
    joined = participle and trees.relation(token.deprel) == "conj"
    if joined and not trees.children(scene.sentence, verb, "aux", "nsubj", "obj"):
        return is_passive(scene, token.head, strict=strict)  # "blev afsat og arresteret"
    helpers = [scene.tokens[at].lower for at in trees.children(scene.sentence, verb, "aux")]
    agent = bool(obliques(scene, verb, "by"))
    if "Voice=Pass" in token.feats and not participle:
        return agent or strict
    passive = word_set(language, "grammar", "passive")
    return participle and any(word in passive for word in helpers) and (agent or strict)


def _of_verb(scene: Scene, trigger: Trigger) -> Governed:
    verb = head_of(scene, trigger)
    frame = trigger.frame
    subject = actor_of(scene, verb)
    if trigger.reverse:
        return _reversed(scene, trigger, verb, subject)
    moves = frame.mode in ("resign", "visit", "withdraw")  # "ist zurückgetreten" is no passive
    passive = is_passive(scene, verb, strict=not moves and (frame.strict or not frame.symmetric))
    if passive and not _meet_each_other(scene, trigger, verb, subject):
        agents = _agents(scene, verb)
        actors = ids_at(scene, agents[0]) if agents else ()
        place = agents[0] if agents else -1
        sufferer = _person_above(scene, verb, stands_for(scene.sentence, subject)) if subject >= 0 else -1
        suffering = ids_at(scene, sufferer) or first_ids(scene, given(scene.sentence, verb, scene.times))
        if frame.symmetric and actors and suffering:  # "was received by X"
            return Governed(True, (*actors, *_without(suffering, actors)), (), place, passive=True)
        return Governed(True, actors, _without(suffering, actors), place, passive=True, sufferer=sufferer)
    actors = ids_at(scene, subject) or _speaker_of(scene, verb, subject) or author(scene, trigger, subject)
    recipients = _without(_suffering(scene, trigger, verb), actors)
    if frame.symmetric and not recipients:
        # Where cases look alike the parser may have two subjects: "die Putin viermal getroffen hat".
        others = [at for at in trees.children(scene.sentence, verb, "nsubj") if at != subject]
        recipients = _without(first_ids(scene, others), actors) if actors else ()
    if frame.symmetric and recipients:
        return Governed(subject >= 0, (*actors, *recipients), (), subject)
    if frame.name == "meet" and any(_is_else(scene, trigger, at) for at in _objects(scene, verb)):
        return Governed(True, other=True)  # "Albania og Kroatia har jobbet for å møte standarder"
    return Governed(subject >= 0, actors, recipients, subject)


def _person_above(scene: Scene, verb: int, noun: int) -> int:
    """Give whom a relative clause means that hangs on his body: "the candidate to the court, who ..."."""
    relative = trees.relation(scene.tokens[verb].deprel) in ("acl", "xcomp") and 0 <= noun < verb
    cases = trees.children(scene.sentence, noun, "case") if relative else []
    if not cases or _has_person(scene, noun):
        return noun
    token = scene.tokens[noun]
    if trees.relation(token.deprel) == "nmod":
        return token.head if _has_person(scene, token.head) else noun
    before = [at for at in trees.children(scene.sentence, token.head, "obj") if at == cases[0] - 1]
    return before[0] if before and _has_person(scene, before[0]) else noun


def _has_person(scene: Scene, index: int, ids: tuple[str, ...] = ()) -> bool:
    """Tell whether a word, or the entities given, stand for persons, named or not."""
    kinds = {scene.cast.entity(identifier).type for identifier in ids or ids_at(scene, index)}
    return bool(kinds) and kinds <= {"person", "other"}


def _meet_each_other(scene: Scene, trigger: Trigger, verb: int, subject: int) -> bool:
    """Tell whether a form that looks passive says that its subjects do it to each other: "A och B möttes"."""
    several = trigger.frame.symmetric and len(ids_at(scene, subject)) > 1
    return several and not trees.children(scene.sentence, verb, "aux:pass") and not _agents(scene, verb)


def _is_else(scene: Scene, trigger: Trigger, index: int) -> bool:
    """Tell whether an object is something else than the parties, each other, or the meeting itself."""
    inside = trigger.first <= index < trigger.last or index == trigger.particle
    return not inside and scene.tokens[index].upos in ("NOUN", "PROPN") and not ids_at(scene, index)


def _speaker_of(scene: Scene, verb: int, subject: int) -> tuple[str, ...]:
    """Give whom a pronoun means that takes up who speaks: "Iraq said it would allow inspectors in"."""
    if subject < 0 or scene.tokens[subject].upos != "PRON":
        return ()
    if scene.tokens[subject].lower not in word_set(scene.parsed.language, "acts", "self"):
        return ()
    while trees.relation(scene.tokens[verb].deprel) == "conj":
        verb = scene.tokens[verb].head
    above = scene.tokens[verb].head
    if trees.relation(scene.tokens[verb].deprel) != "ccomp" or above < 0:
        return ()
    return ids_at(scene, actor_of(scene, above))


def _agents(scene: Scene, verb: int) -> list[int]:
    """Give the agents of a passive verb; one may hang on a noun below ("accused of misconduct by women")."""
    language = scene.parsed.language
    above = becoming(scene.sentence, verb, language)  # what belongs to the participle may hang there
    verbs = [at for at in (verb, above) if at >= 0]
    own = [at for one in verbs for at in obliques(scene, one, "by")]
    if own:
        return own
    words = word_set(language, "text", "prepositions", "by")
    only = words - word_set(language, "text", "prepositions", "of")
    times = {form.lower() for form in word_list(language, "numbers")["times"]}
    found: list[int] = []
    for noun in (noun for one in verbs for noun in trees.children(scene.sentence, one, "obl")):
        for at in trees.children(scene.sentence, noun, "nmod"):
            case = trees.case(scene.sentence, at)
            counted = scene.tokens[noun].lower in times  # "straffet to ganger av USA"
            if case in only or (case in words and (counted or _is_of_people(scene, at))):
                found.append(at)
    return found


def _is_of_people(scene: Scene, index: int) -> bool:
    """Tell whether a word stands for people or a body, as "af tre kvinder" does and "af landet" not."""
    kinds = {scene.cast.entity(identifier).type for identifier in ids_at(scene, index)}
    return bool(kinds) and kinds <= {"person", "organisation", "other"}


def _reversed(scene: Scene, trigger: Trigger, verb: int, subject: int) -> Governed:
    """Give the parties where the subject suffers: "received aid from X", "drew criticism from X"."""
    objects = _objects(scene, verb)
    places = obliques(scene, verb, "by", "from")
    for at in (*objects, *(a for o in objects for a in trees.children(scene.sentence, o, "appos"))):
        places += obliques(scene, at, "by", "from")
    actors = first_ids(scene, places)
    inner = [i for at in objects for i in trees.children(scene.sentence, at, "nmod")]
    for at in (*objects, *inner, *trees.children(scene.sentence, verb, "obl")):
        actors = actors or named_owners(scene, at)
    suffering = (
        _without(ids_at(scene, subject) or named_owners(scene, subject), actors) if subject >= 0 else ()
    )
    return Governed(bool(actors), actors, suffering, places[0] if places else -1, passive=True)


def _suffering(scene: Scene, trigger: Trigger, verb: int) -> tuple[str, ...]:
    """Give the other party: the object, or what stands behind the preposition that the frame asks for."""
    sentence, kinds = scene.sentence, trigger.frame.recipient
    if trigger.paired and trigger.frame.type == "REQUEST":
        kinds = (*kinds, "to", "against", "other")  # "øker presset på Kina"
    objects = _objects(scene, verb)
    inside = {*range(trigger.first, trigger.last), trigger.particle}
    own = [at for at in inside if at >= 0 and trees.relation(scene.tokens[at].deprel) == "case"]
    # "oppfordrer Russland til å hente": before an infinitive the preposition governs nobody.
    own = [at for at in own if scene.tokens[scene.tokens[at].head].upos not in ("VERB", "AUX")]
    for at in own:  # "called on Iran": the preposition is the trigger's own
        found = ids_at(scene, scene.tokens[at].head)
        if found:
            return found
    if "object" in kinds and not own:
        for at in (*objects, *given(sentence, verb, scene.times)):
            found = () if at in inside else ids_at(scene, at)
            if found:
                return found
    if "object" in kinds and not own and not objects and (found := before_last(scene, verb)):
        return found
    # "warf der Linken Nähe zur PKK vor": whoever is accused is told
    told = "object" in kinds and any(scene.tokens[at].deprel in ("iobj", "obl:arg") for at in objects)
    things = [] if told else [thing for at in objects for thing in _inside(scene, at)]
    inner = [at for thing in things for at in obliques(scene, thing, *kinds)]
    around = obliques(scene, verb, *kinds)
    # What is done with an object is aimed where that points: "Beziehungen zum Iran in der Botschaft ...".
    for at in (*inner, *around) if trigger.paired else (*around, *inner):
        found = ids_at(scene, at)
        if found and not _is_setting(scene, at, kinds):
            return found
    if "that" in kinds:
        for clause in trees.children(sentence, verb, "ccomp"):
            found = ids_at(scene, trees.subject(sentence, clause))
            if found:
                return found
    if "genitive" in kinds or trigger.frame.type in _OF_WORKS:
        # A preposition of a time may seem to govern the object: "avvisade i fredags EU:s krav".
        for at in (*objects, *given(sentence, verb, scene.times)):
            found = named_owners(scene, at) or first_ids(scene, obliques(scene, at, "by", "from", "of"))
            if found := found or maker(scene, at):
                return found
    found = _demanded(scene, verb) if trigger.frame.type == "REQUEST" else ()
    if trigger.frame.type in _OF_CONTENT:
        return found or _in_content(scene, verb)
    return ()


def _inside(scene: Scene, noun: int) -> list[int]:
    """Give a noun and those that it holds: "export of arms and ammunition", the last of which holds more."""
    found = [noun]
    for at in found:
        found += [one for one in trees.children(scene.sentence, at, "nmod", "conj") if one not in found]
    return found


def _is_setting(scene: Scene, index: int, kinds: tuple[str, ...]) -> bool:
    """Tell whether a town is where an act is done, not whom it concerns: "In Moskau verurteilte er ..."."""
    where = word_set(scene.parsed.language, "text", "prepositions", "in")
    return (
        "in" not in kinds
        and trees.case(scene.sentence, index) in where
        and all(scene.cast.entity(found).type == "place" for found in ids_at(scene, index))
    )


def _demanded(scene: Scene, verb: int) -> tuple[str, ...]:
    """Give who shall do what a thing asks for: "voted for resolutions with a demand that Iran stop ..."."""
    that = word_set(scene.parsed.language, "text", "conjunctions", "that")
    things = [*_objects(scene, verb), *trees.children(scene.sentence, verb, "obl")]
    things += [at for thing in things for at in trees.children(scene.sentence, thing, "nmod")]
    for thing in things:
        for clause in trees.children(scene.sentence, thing, "acl", "ccomp"):
            marks = {scene.tokens[at].lower for at in trees.children(scene.sentence, clause, "mark")}
            subjects = trees.children(scene.sentence, clause, "nsubj")
            if marks & that and subjects:
                return ids_at(scene, subjects[0])
    return ()


def _in_content(scene: Scene, verb: int) -> tuple[str, ...]:
    """Give whom that concerns which is promised, threatened or refused: "threatened to attack Iran"."""
    for clause in trees.children(scene.sentence, verb, "xcomp"):
        found = first_ids(
            scene,
            [
                *_objects(scene, clause),
                *obliques(scene, clause, "with", "against", "to", "other"),
            ],
        )
        if found:
            return found
        for at in _objects(scene, clause):
            found = named_owners(scene, at) or first_ids(
                scene, obliques(scene, at, "against", "with", "other")
            )
            if found:
                return found
    return ()


def may_be_reached(scene: Scene, trigger: Trigger, identifier: str) -> bool:
    """Tell whether the tree lets an act reach somebody: not behind a preposition that says where or when.

    "Etter ulykken lovet regjeringen": nothing is promised to the accident. Of what does not hang
    on the act's word the tree tells nothing.
    """
    word = head_of(scene, trigger)
    words_of = frozenset[str]().union(
        *(prepositions(scene, kind) for kind in (*trigger.frame.recipient, "by"))
    )
    for phrase in scene.phrases:
        if identifier not in phrase.ids:
            continue
        inside = [at for at, token in enumerate(scene.tokens) if phrase.start <= token.start < phrase.end]
        path = [*inside[:1], *trees.ancestors(scene.sentence, inside[0])] if inside else []
        if path and is_of_other(scene.sentence, word, path):
            continue
        if word not in path or path[0] == word:
            return True
        below = path[path.index(word) - 1]
        if _is_setting(scene, below, trigger.frame.recipient):
            continue
        cases = trees.children(scene.sentence, below, "case")
        own = any(trigger.first <= at < trigger.last or at == trigger.particle for at in cases)
        words = trees.case(scene.sentence, below)
        if own or not words or words in words_of or not words_of.isdisjoint(words.split(" ")):
            return True
    return False


def _objects(scene: Scene, verb: int) -> list[int]:
    """Give the objects of a verb; one in a case of its own counts, what has a preposition does not."""
    found = trees.children(scene.sentence, verb, *_OBJECTS)
    return [at for at in found if not trees.case(scene.sentence, at)]


def _of_noun(scene: Scene, trigger: Trigger) -> Governed:
    noun, frame = head_of(scene, trigger), trigger.frame
    between = [ids_at(scene, at) for at in obliques(scene, noun, "between")]
    if not any(len(ids) > 1 for ids in between) and (both := on_both_sides(scene, noun)):
        between = [both]
    if between and not is_named(scene, between[0][-1:]) and is_named(scene, between[0]):
        between = []  # "between a president and a leader of North Korea": who they are is told elsewhere
    if between and len(between[0]) > 1:
        return Governed(True, between[0], ()) if frame.symmetric else Governed()
    owner = named_owners(scene, noun)
    if frame.name in _AT_PLACES and owner == opening(scene, noun) and not _has_person(scene, noun, owner):
        owner = ()  # "the Singapore meeting" with Kim bears the name of a place
    if not frame.symmetric and _has_pronoun(scene, noun):
        owner = ()  # "outspoken in her criticism of X" tells what she thinks, and no act
    partner = first_ids(scene, obliques(scene, noun, *frame.noun))
    if not owner and not frame.symmetric:
        owner = first_ids(scene, obliques(scene, noun, "by", "from"))
    if not owner and _is_own(scene, noun):
        owner = next((ids_at(scene, at) for at in _subjects_above(scene, noun)), ())
    light = light_verb(scene, noun)
    if light >= 0 and not owner:
        owner = ids_at(scene, actor_of(scene, light)) if not is_passive(scene, light) else ()
        aims = [kind for kind in frame.noun if kind != "of"]  # "I Tyskland har arbeidarar krav på ..."
        partner = partner or first_ids(scene, obliques(scene, light, *aims))
    if (verb := happening(scene, noun)) >= 0:
        # "begann der Besuch des Präsidenten in Wien": the verb may have whom the noun is short of.
        whole = [at for at in obliques(scene, verb, *frame.noun) if is_named_in_full(scene, at)]
        partner = partner or first_ids(scene, whole)
    partner = _without(partner, owner)
    if frame.symmetric:
        if not owner and partner:
            owner = _without(attending(scene, noun), partner)
            if not owner and bool(obliques(scene, noun, "with")):
                return Governed()  # "er i Israel for møter med A og B": these two meet somebody else
        together = (*owner, *partner) if owner or partner else attending(scene, noun)
        return Governed(True, together, ()) if len(together) > 1 else Governed()
    aimed = bool(partner) or (not frame.needs_both and bool(obliques(scene, noun, *frame.noun)))
    return Governed(True, owner, partner) if owner and aimed else Governed()


def attending(scene: Scene, noun: int) -> tuple[str, ...]:
    """Give who does something at a meeting together: "a statement issued by Kim and Trump at a summit"."""
    first = _first_of(scene, noun)
    noun = first if scene.tokens[first].upos == "NOUN" else noun
    token = scene.tokens[noun]
    case = trees.case(scene.sentence, noun)
    at = frozenset[str]().union(*(prepositions(scene, kind) for kind in ("in", "during", "after")))
    if case in at | prepositions(scene, "other") and trees.children(scene.sentence, noun, "cop"):
        return ids_at(scene, actor_of(scene, noun))  # "har vore på tre besøk i Baku"
    if trees.relation(token.deprel) == "nmod":
        # "a statement by Kim and Trump at the summit": both were there.
        issuing = first_ids(scene, obliques(scene, token.head, "by", "from")) if case in at else ()
        return issuing if len(issuing) > 1 else _having(scene, noun)
    bound = at | prepositions(scene, "for") | prepositions(scene, "to")
    if trees.relation(token.deprel) != "obl" or case not in bound or token.head < 0:
        return ()
    if case not in at and _is_wished(scene, token.head):
        return ()
    if case in at and (issuing := issued_before(scene, noun)):
        return issuing
    verb = token.head
    if is_passive(scene, verb):
        return first_ids(scene, obliques(scene, verb, "by"))
    return ids_at(scene, actor_of(scene, verb))


def _is_wished(scene: Scene, verb: int) -> bool:
    """Tell whether a verb only speaks of an act or asks for it: "called for talks with Iran"."""
    language, token = scene.parsed.language, scene.tokens[verb]
    words = word_set(language, "speech", "finite")
    for table in ("verbs", "lemmas"):
        words |= {form.split()[0] for form in word_set(language, "events", table, "demand")}
    return is_listed(token, words)


def _having(scene: Scene, noun: int) -> tuple[str, ...]:
    """Give who has what a noun stands beside: "har i tillegg til to møter med Trump hatt fire møter"."""
    light = word_set(scene.parsed.language, "events", "light")
    for at in trees.ancestors(scene.sentence, noun):
        token = scene.tokens[at]
        if token.upos == "VERB":
            return ids_at(scene, actor_of(scene, at)) if token.lower in light else ()
        rounds = word_set(scene.parsed.language, "events", "rounds")  # "holdt en tredje runde af samtaler"
        if trees.relation(token.deprel) not in ("nmod", "obl") and not is_listed(token, rounds):
            break
    return ()


def happening(scene: Scene, noun: int) -> int:
    """Give the verb that only says that what a noun tells begins, ends or takes place; -1 for none."""
    token = scene.tokens[noun]
    if token.head < 0 or trees.relation(token.deprel) not in ("nsubj", "obj"):
        return -1
    verb, words = scene.tokens[token.head], word_set(scene.parsed.language, "events", "happens")
    if is_listed(verb, words):
        return token.head
    apart = trees.children(scene.sentence, token.head, "compound:prt")
    joined = {scene.tokens[at].lower + verb.lemma.lower() for at in apart}
    return token.head if joined & words else -1


def _has_pronoun(scene: Scene, noun: int) -> bool:
    owners = trees.children(scene.sentence, noun, *_OWNERS)
    return any(scene.tokens[at].upos in ("PRON", "DET") for at in owners)


def _is_own(scene: Scene, noun: int) -> bool:
    """Tell whether a noun is the subject's by a possessive that points back: "sitt møte"."""
    own = word_set(scene.parsed.language, "text", "possessives", "own")
    return any(scene.tokens[at].lower in own for at in trees.children(scene.sentence, noun, "nmod", "det"))


def _subjects_above(scene: Scene, word: int) -> list[int]:
    """Give the subjects of the predicates above a word, the nearest first."""
    found = (actor_of(scene, at) for at in trees.ancestors(scene.sentence, word))
    return [at for at in found if at >= 0]


def light_verb(scene: Scene, noun: int) -> int:
    """Give the verb whose object a noun is, if it only says that the act is done; -1 for none."""
    at = _first_of(scene, noun)
    verb = at if at != noun and scene.tokens[at].upos == "VERB" else -1
    if verb < 0 and trees.relation(scene.tokens[at].deprel) in ("obj", "obl"):
        verb = scene.tokens[at].head
    if verb < 0:
        return -1
    light = word_set(scene.parsed.language, "events", "light")
    return verb if is_listed(scene.tokens[verb], light) else -1


def _first_of(scene: Scene, noun: int) -> int:
    """Give the word that a noun is joined to, a noun or the verb that is not said again.

    "had two meetings with A and four meetings with B": the tree joins the second noun to the first, or to
    the verb.
    """
    while trees.relation(scene.tokens[noun].deprel) == "conj" and scene.tokens[noun].head >= 0:
        noun = scene.tokens[noun].head
    return noun


def _without(ids: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(identifier for identifier in ids if identifier not in others)


def named_within(scene: Scene, verb: int) -> list[str]:
    """Give the entities that hang on a verb as its objects or behind its prepositions, or own those."""
    found: list[str] = []
    for at in trees.children(scene.sentence, verb, *_OBJECTS, "obl", "xcomp"):
        inner = trees.children(scene.sentence, at, *_OBJECTS, "obl", "nmod")
        for each in (at, *inner):
            found += [i for i in (*ids_at(scene, each), *named_owners(scene, each)) if i not in found]
    return found
