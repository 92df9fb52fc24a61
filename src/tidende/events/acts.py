"""Read the parties of an act off the words around its trigger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tidende.events.deeds import by_deed
from tidende.events.frames import Trigger
from tidende.events.governed import Governed, actor_of, attending, governed, head_of, may_be_reached
from tidende.events.meant import ids_at
from tidende.events.phrases import Phrase
from tidende.events.relative import gathered
from tidende.events.scene import Scene, holds_phrase
from tidende.events.works import behind, doer, reached, staying
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Token

Parties = tuple[tuple[str, ...], tuple[str, ...]]  # actors, recipients

_AGAINST = frozenset({"against", "other"})  # cases that name the other party before the verb too
_CROWD_WORDS = 4  # words before inhabitants in which they are called a crowd
_MOST_BETWEEN = 4  # words between a subject and its verb
_NOUN_REACH = 60  # characters from a noun to the phrase that completes it
_OF_WORKS = ("REJECT", "SUPPORT", "ACCUSE")  # acts that are aimed at what another has made or done
_OF_STRANGERS = ("ACCUSE", "ASSAULT", "COERCE")  # acts that are news whoever does them
_OBJECT_REACH = 90  # characters from a verb to its object


def parties(scene: Scene, trigger: Trigger) -> Parties:
    """Give the actors and recipients of an act; empty where the sentence tells none.

    A passive may tell whom an act befell and not who did it: then there are recipients only.

    The tree has the first word: a verb's subject as it has it is the actor, or holds the actor that
    word order finds, or nobody acts. What it finds no party for is left to the order of words.
    """
    by_tree = by_deed(scene, trigger, governed(scene, trigger))
    if by_tree.other or _is_done_by_clause(scene, trigger):
        return (), ()
    if trigger.kind == "noun" and not by_tree.actors:
        by_tree = _told_above(scene, trigger, by_tree)
    elif not by_tree.recipients and not by_tree.passive:
        found = tuple(i for i in reached(scene, trigger) if i not in by_tree.actors)
        by_tree = replace(by_tree, recipients=found)
    if _befalls(scene, trigger, by_tree):
        return (), by_tree.recipients
    if trigger.frame.groups and not by_tree.told and (above := gathered(scene, head_of(scene, trigger))) >= 0:
        return ids_at(scene, actor_of(scene, above)), by_tree.recipients
    if trigger.by_tree:
        return by_tree.actors, by_tree.recipients
    if not by_tree.told and _is_infinitive(scene, trigger):
        return (), ()
    actors, recipients = _verb(scene, trigger) if trigger.kind == "verb" else _noun(scene, trigger)
    if not by_tree.told:
        return actors, recipients
    if not by_tree.actors:
        # An agent may hang on the wrong word: what the order of words has for one is taken.
        agent = by_tree.passive and by_tree.place < 0 and _is_passive(scene, trigger)
        agent = agent and not _is_of_attribute(scene, trigger, actors)
        held = agent or _is_within(scene, actors, by_tree.place)
        return (actors, recipients) if held else ((), ())
    if trigger.frame.symmetric:
        together = (*by_tree.actors, *(i for i in (*actors, *recipients) if i not in by_tree.actors))
        return (by_tree.actors if len(by_tree.actors) > 1 else together), ()
    rest = by_tree.recipients or tuple(
        i
        for i in (*recipients, *actors)
        # "Das Auswärtige Amt der Bundesrepublik" acts on its own, and not on the Federal Republic.
        if i not in by_tree.actors
        and not _is_within(scene, (i,), by_tree.place)
        and (by_tree.sufferer < 0 or _is_within(scene, (i,), by_tree.sufferer))
        and may_be_reached(scene, trigger, i)
    )
    return by_tree.actors, rest


def _is_infinitive(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb has the mark of an infinitive: who acts only the tree can tell."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    marks = word_set(scene.parsed.language, "modality", "infinitive")
    verb = head_of(scene, trigger)
    bare = "VerbForm=Fin" not in scene.tokens[verb].feats
    return bare and any(
        scene.tokens[at].lower in marks for at in trees.children(scene.sentence, verb, "mark")
    )


def _is_done_by_clause(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a clause is what acts, and so nobody: "å vere eit EU-land krev budsjettdisiplin"."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    verb = head_of(scene, trigger)
    if trees.children(scene.sentence, verb, "csubj"):
        return True
    # The tree may have the infinitive's noun for the subject.
    marks = word_set(scene.parsed.language, "modality", "infinitive")
    return any(
        scene.tokens[mark].lower in marks
        for at in trees.children(scene.sentence, verb, "nsubj")
        for mark in trees.children(scene.sentence, at, "mark")
    )


def _told_above(scene: Scene, trigger: Trigger, by_tree: Governed) -> Governed:
    """Give the parties of a noun that the words above it tell, where its own tell none."""
    guests, hosts = staying(scene, trigger)
    if guests:
        return Governed(True, guests, hosts)
    actors = doer(scene, trigger)
    if not actors:
        return by_tree
    partner = behind(scene, head_of(scene, trigger), *trigger.frame.noun)
    return Governed(True, actors, tuple(i for i in partner if i not in actors)) if partner else by_tree


def _befalls(scene: Scene, trigger: Trigger, by_tree: Governed) -> bool:
    """Tell whether a passive without any agent tells whom an act befell: "Israel wurde aufgefordert"."""
    if _is_done_by_stranger(scene, trigger, by_tree):
        return True
    if by_tree.actors or not by_tree.passive or by_tree.place >= 0 or trigger.reverse:
        return False
    return trigger.frame.suffered and not any("by" in phrase.cases for phrase in scene.phrases)


def _is_done_by_stranger(scene: Scene, trigger: Trigger, by_tree: Governed) -> bool:
    """Tell whether a noun that means nobody of the cast does it: "en storjury tiltalte presidenten"."""
    if by_tree.actors or by_tree.passive or by_tree.place < 0 or trigger.kind != "verb":
        return False
    if trigger.frame.type not in _OF_STRANGERS or not by_tree.recipients or not trigger.frame.suffered:
        return False
    subject = scene.tokens[by_tree.place]
    return subject.upos == "NOUN" and not _is_passive(scene, trigger)


def _is_of_attribute(scene: Scene, trigger: Trigger, ids: tuple[str, ...]) -> bool:
    """Tell whether an agent is that of a participle: "killed, says the ministry controlled by Hamas"."""
    for phrase in scene.phrases:
        if phrase.ids == ids and "by" in phrase.cases:
            inside = [at for at, token in enumerate(scene.tokens) if phrase.start <= token.start < phrase.end]
            above = list(trees.ancestors(scene.sentence, inside[0])) if inside else []
            own = head_of(scene, trigger)
            below = above[: above.index(own)] if own in above else above
            if any(trees.relation(scene.tokens[at].deprel) in ("amod", "acl") for at in below):
                return True
    return False


def _is_within(scene: Scene, ids: tuple[str, ...], subject: int) -> bool:
    """Tell whether actors stand among the words of a subject: "watchdog Amnesty International"."""
    places = {scene.tokens[at].start for at in trees.subtree(scene.sentence, subject)} if subject >= 0 else ()
    return any(p.start in places for p in scene.phrases if p.ids == ids)


def _verb(scene: Scene, trigger: Trigger) -> Parties:
    frame = trigger.frame
    start, end = scene.tokens[trigger.first].start, scene.tokens[trigger.last - 1].end
    clause_start, clause_end = scene.clause(trigger.first)
    left = [p for p in scene.phrases if clause_start <= p.start and p.end <= start]
    first_end = scene.tokens[trigger.first].end
    right = [p for p in scene.phrases if first_end <= p.start and p.start < max(clause_end, end + 1)]
    if _is_passive(scene, trigger):
        agents = [p for p in (*right, *left) if "by" in p.cases]
        objects = [p for p in left if not p.cases and not p.genitive]
        if not agents or not (objects or not frame.needs_both):
            return (), ()
        return agents[0].ids, objects[-1].ids if objects else ()
    subjects = [p for p in left if not p.cases and not p.genitive]
    if frame.groups and not frame.needs_both:
        subjects = [p for p in left if not p.genitive and (not p.cases or _is_crowd(scene, p.start))]
    if frame.strict and subjects and not _stands_before(scene, subjects[-1].end, start):
        return (), ()
    if not subjects:
        subjects = (
            _antecedent(scene, clause_start)
            or ([] if frame.strict or frame.state else _before_comma(scene, clause_start, start))
            or _before_relative(scene, clause_start)
            or _coordinated(scene, clause_start, start)
        )
    rest: Sequence[Phrase] = right
    if not subjects and (not (frame.strict or frame.state) or _is_inverted(scene, clause_start, start)):
        # The verb stands before its subject ("Torsdag mødte Putin ..."): the first bare phrase.
        subjects = [p for p in right if not p.cases and not p.genitive][:1]
        rest = [p for p in right if p not in subjects]
    if not subjects:
        return (), ()
    actors = subjects[-1].ids
    recipients = _object(scene, rest, trigger, end)
    bare = [p for p in left if not p.cases and not p.genitive]
    if not recipients and frame.type in _OF_WORKS:
        recipients = _whose_work(scene, end)
    if not recipients and word_list(scene.parsed.language, "acts")["verb_last"]:
        recipients = next((p.ids for p in left if p.cases.intersection(frame.recipient, _AGAINST)), ())
    if not recipients and len(bare) > 1 and "object" in frame.recipient:
        # The verb closes the clause ("Pompeo hat Nordkorea dreimal besucht"): both stand before it.
        actors, recipients = bare[0].ids, bare[-1].ids
    if frame.symmetric and len(actors) > 1 and not recipients:
        return actors, ()
    if frame.symmetric and recipients:
        return (*actors, *(i for i in recipients if i not in actors)), ()
    return actors, tuple(i for i in recipients if i not in actors)


def _object(scene: Scene, found: Iterable[Phrase], trigger: Trigger, end: int) -> tuple[str, ...]:
    """Give the other party: what follows the verb at once, or stands where the frame has it."""
    kinds = trigger.frame.recipient
    for phrase in found:
        if phrase.start - end > _OBJECT_REACH:
            break
        if phrase.start < end:
            # Within the act's own words: its object, or whose object it is ("imposed US sanctions").
            if phrase.end >= end and "object" in kinds:
                return phrase.ids
            continue
        if phrase.genitive and trigger.frame.symmetric:
            continue
        # A form may end in its preposition ("called on", "heaped praise on"): then the case says nothing.
        if _follows_at_once(scene, end, phrase.start) and trigger.last - trigger.first > 1:
            return phrase.ids
        if ("object" in kinds and not phrase.cases) or phrase.cases.intersection(kinds):
            return phrase.ids
        if phrase.genitive and "genitive" in kinds:
            return phrase.ids
    return _of_clause(scene, end) if "that" in kinds else ()


def _of_clause(scene: Scene, end: int) -> tuple[str, ...]:
    """Give the subject of the clause that a verb of demanding opens: "demanded that Iran ..."."""
    language = scene.parsed.language
    after = [t for t in _untimed(scene, end, scene.sentence.end) if t.text != ","][:2]
    that = word_set(language, "text", "conjunctions", "that")
    if not after or after[0].lower not in that:
        return ()
    found = [p for p in scene.phrases if p.start >= after[0].end and not p.cases][:1]
    return found[0].ids if found and _follows_at_once(scene, after[0].end, found[0].start) else ()


def _is_crowd(scene: Scene, start: int) -> bool:
    """Tell whether a number word makes a crowd of what begins at a place: "thousands of Iranians"."""
    before = [token for token in scene.tokens if token.end <= start][-_CROWD_WORDS:]
    words = " ".join(token.lower for token in before)
    return bool(holds_phrase(words, word_set(scene.parsed.language, "acts", "crowds_of")))


def _untimed(scene: Scene, start: int, end: int) -> list[Token]:
    """Give the tokens between two places that belong to no time."""
    return [
        token
        for token in scene.tokens
        if start <= token.start < end
        and not any(time.start <= token.start < time.end for time in scene.times)
    ]


def _stands_before(scene: Scene, end: int, start: int) -> bool:
    """Tell whether a subject stands so near to its verb that no other can be meant."""
    prepositions = word_set(scene.parsed.language, "text", "prepositions")
    between = [token for token in _untimed(scene, end, start) if token.lower not in prepositions]
    if between and between[0].lower in word_set(scene.parsed.language, "events", "light"):
        return True  # an auxiliary binds the subject to a verb that stands last
    return len(between) <= _MOST_BETWEEN and not any(token.is_capital for token in between)


def _is_inverted(scene: Scene, clause_start: int, start: int) -> bool:
    """Tell whether only a time or an adverbial stands before the verb, its subject after it."""
    language = scene.parsed.language
    if not word_list(language, "acts")["verb_second"]:
        return False
    before = _untimed(scene, clause_start, start)
    adverb = len(before) == 1 and before[0].lower in word_set(language, "text", "function_words")
    return not before or adverb or before[0].lower in word_set(language, "text", "prepositions")


def _whose_work(scene: Scene, end: int) -> tuple[str, ...]:
    """Give the state whose proposal or deed an act is aimed at: "rejected a British proposal"."""
    for mention in scene.cast.mentions_in(scene.sentence.index):
        # A time may stand between: "avviste torsdag et kinesisk forslag".
        if mention.adjective and end <= mention.start and _follows_at_once(scene, end, mention.start):
            return mention.entities
    return ()


def _follows_at_once(scene: Scene, end: int, start: int) -> bool:
    language = scene.parsed.language
    passable = word_set(language, "text", "determiners") | word_set(language, "grammar", "definite")
    return all(token.lower in passable for token in _untimed(scene, end, start))


def _before_comma(scene: Scene, clause_start: int, start: int) -> list[Phrase]:
    """Give the subject whose apposition a comma closes: "Ruslands præsident, Vladimir Putin, mødtes ..."."""
    if scene.words(clause_start, start) not in ("", *word_set(scene.parsed.language, "events", "light")):
        return []
    before = [token for token in scene.tokens if token.end <= clause_start]
    if not before or before[-1].text != ",":
        return []
    return [p for p in scene.phrases if p.end == before[-1].start and not p.cases and not p.genitive][-1:]


def _before_relative(scene: Scene, clause_start: int) -> list[Phrase]:
    """Give the subject that a relative clause parts from its verb: "Trump, who ..., praised Kim"."""
    relative = word_set(scene.parsed.language, "text", "conjunctions", "relative")
    before = [token for token in scene.tokens if token.end <= clause_start]
    if not before or before[-1].text != ",":
        return []
    for index in range(len(before) - 2, 0, -1):
        if before[index].lower in relative and before[index - 1].text == ",":
            position = before[index - 1].start
            return [p for p in scene.phrases if p.end == position and not p.cases][-1:]
    return []


def _antecedent(scene: Scene, clause_start: int) -> list[Phrase]:
    """Give the phrase that a relative clause hangs on: "Trump, who last year threatened ..."."""
    relative = word_set(scene.parsed.language, "text", "conjunctions", "relative")
    before = [token for token in scene.tokens if token.end <= clause_start]
    if not before or before[-1].lower not in relative:
        return []
    position = before[-1].start
    fitting = [p for p in scene.phrases if p.end <= position and not scene.words(p.end, position).strip(", ")]
    return fitting[-1:]


def _coordinated(scene: Scene, clause_start: int, start: int) -> list[Phrase]:
    """Give the subject that a second verb shares: "Russia wants no ... as neighbour and has voted"."""
    conjunctions = word_set(scene.parsed.language, "text", "conjunctions", "and")
    if not any(token.lower in conjunctions for token in scene.tokens if clause_start <= token.start < start):
        return []
    return [p for p in scene.phrases if p.end <= clause_start and not p.cases and not p.genitive][-1:]


def _is_passive(scene: Scene, trigger: Trigger) -> bool:
    language = scene.parsed.language
    passive = word_set(language, "grammar", "passive")
    before = scene.tokens[trigger.first - 1].lower if trigger.first else ""
    end = scene.tokens[trigger.last - 1].end
    if trigger.frame.strict:
        # Whoever suffers must not be taken for whoever acts: any auxiliary of the clause counts.
        first, last = scene.clause(trigger.first)
        start = scene.tokens[trigger.first].start
        words = [t.lower for t in scene.tokens if first <= t.start < start or end <= t.start < last]
        return any(word in passive for word in words)
    if before not in passive:
        return False
    # An auxiliary of the passive is also one of the perfect: "er mødtes"; the agent decides.
    return any("by" in p.cases for p in scene.phrases if p.start >= end)


def _noun(scene: Scene, trigger: Trigger) -> Parties:
    frame = trigger.frame
    start, end = scene.tokens[trigger.first].start, scene.tokens[trigger.last - 1].end
    after = [p for p in scene.phrases if end <= p.start <= end + _NOUN_REACH]
    after = [p for p in after if not scene.has_helper(end, p.start)]
    for phrase in after:
        if "between" in phrase.cases and len(phrase.ids) > 1:
            return (phrase.ids, ()) if frame.symmetric else ((), ())
    owner = _owner(scene, start)
    if _looks_back(scene, trigger):
        return (owner, ()) if frame.symmetric and len(owner) > 1 else ((), ())
    partner = next((p.ids for p in after if p.cases.intersection(frame.noun)), ())
    if frame.symmetric and not owner and not partner and _is_theirs(scene, trigger):
        return _couple(scene), ()
    if frame.symmetric:
        if partner and owner:
            return (*owner, *(i for i in partner if i not in owner)), ()
        if partner or _has_light_verb(scene, trigger):
            subject = _subject(scene, trigger, partner)
            if partner and not subject and trees.has_tree(scene.sentence):
                return (), ()  # whoever met them is told elsewhere
            together = (*subject, *(i for i in partner if i not in subject))
            return (together, ()) if len(together) > 1 else ((), ())
        return (owner, ()) if len(owner) > 1 else ((), ())
    if frame.name == "visit" and partner and not owner and _has_light_verb(scene, trigger):
        owner = _subject(scene, trigger, partner)
    return (owner, tuple(i for i in partner if i not in owner)) if owner and partner else ((), ())


def _is_theirs(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a possessive of several stands before a noun: "their first meeting"."""
    theirs = word_set(scene.parsed.language, "text", "possessives", "they")
    return any(token.lower in theirs for token in scene.tokens[max(0, trigger.first - 3) : trigger.first])


def _couple(scene: Scene) -> tuple[str, ...]:
    """Give the two persons of a sentence that names no third."""
    persons = dict.fromkeys(
        identifier
        for phrase in scene.phrases
        for identifier in phrase.ids
        if scene.cast.entity(identifier).type == "person"
    )
    return tuple(persons) if len(persons) == 2 else ()


def _looks_back(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the noun stands as a known thing in the past: "months after the summit with X"."""
    language = scene.parsed.language
    token = scene.tokens[trigger.last - 1]
    before = [t for t in scene.tokens if t.end <= scene.tokens[trigger.first].start][-3:]
    after = word_set(language, "text", "prepositions", "after")
    definite = word_set(language, "grammar", "definite")
    if not any(t.lower in after for t in before) or scene.tokens[trigger.first - 1].upos == "NUM":
        return False  # nor do several: "efter två toppmöten med Trump"
    endings = word_list(language, "grammar")["definite_endings"]
    forms = word_set(language, "events", "nouns", trigger.frame.name)
    return any(t.lower in definite for t in before) or any(
        token.lower in (form + ending, form[:-1] + ending)
        for form in forms - {token.lower}
        for ending in endings
    )


def _owner(scene: Scene, start: int) -> tuple[str, ...]:
    """Give whose act a noun is: "Putins møde", "USA's sanctions"."""
    genitives = [p for p in scene.phrases if p.genitive and p.end <= start]
    if not genitives:
        return ()
    phrase = genitives[-1]
    between = [token for token in scene.tokens if phrase.end < token.start and token.end <= start]
    closed = word_set(scene.parsed.language, "text", "function_words")
    plain = all(token.is_word and token.lower not in closed for token in between)
    return phrase.ids if plain and len(between) <= 3 else ()


def _has_light_verb(scene: Scene, trigger: Trigger) -> bool:
    first, last = scene.clause(trigger.first)
    light = word_set(scene.parsed.language, "events", "light")
    return any(token.lower in light for token in scene.tokens if first <= token.start < last)


def _subject(scene: Scene, trigger: Trigger, partner: tuple[str, ...]) -> tuple[str, ...]:
    """Give the subject of the sentence that a noun stands in, the partner left out.

    Where a tree was read it must be the subject of what is done at the act, or be told to have it: who only
    speaks of talks ("said that the time for talks with Iran ...") takes no part in them.
    """
    if trees.has_tree(scene.sentence):
        return attending(scene, head_of(scene, trigger))
    start = scene.tokens[trigger.first].start
    clause_start, clause_end = scene.clause(trigger.first)
    bare = [p for p in scene.phrases if not p.cases and not p.genitive and p.ids != partner]
    for fitting in (
        [p for p in bare if clause_start <= p.start < start],
        [p for p in bare if p.start < start],
        [p for p in bare if start < p.start < clause_end],
    ):
        if fitting:
            return fitting[-1].ids if fitting[0].start < start else fitting[0].ids
    return ()
