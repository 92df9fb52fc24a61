"""Find who is meant where a tree leaves it open: by a relative pronoun, a dative, or the order of words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tidende.dates.types import Time
from tidende.events.scene import Scene, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Sentence

_PARTING = frozenset(",:;")  # marks that part two clauses
_HYPHENS = frozenset("-‐‑–")
_OBLIQUE = ("Case=Acc", "Case=Dat", "Case=Gen")  # no subject's
_GIVEN = ("obl:arg", "iobj", "obl", "obl:agent", "obj")  # a dative, as parsers have it


def stands_for(sentence: Sentence, index: int) -> int:
    """Give the noun that a relative pronoun takes up ("Erdogan, dem ..."), of other words the word itself."""
    token = sentence.tokens[index]
    if token.upos != "PRON" or "Rel" not in token.feats:
        return index
    for above in trees.ancestors(sentence, index):
        kind = trees.relation(sentence.tokens[above].deprel)
        if kind == "acl":
            noun = sentence.tokens[above].head
            return noun if 0 <= noun < index else index
        if kind not in ("conj", "xcomp", "obj", "obl", "nmod"):
            break
    return index


def given(sentence: Sentence, verb: int, times: Sequence[Time]) -> list[int]:
    """Give the words without a preposition to whom a thing is done: "ihm wird ... vorgeworfen".

    A preposition of a time in between is the time's own: "kritiserade i lördags Saudiarabien".
    """

    def is_governed(word: int) -> bool:
        starts = [sentence.tokens[at].start for at in trees.children(sentence, word, "case")]
        return any(not any(time.start <= start < time.end for time in times) for start in starts)

    return [at for at in trees.children(sentence, verb, *_GIVEN) if not is_governed(at)]


def beside(sentence: Sentence, verb: int) -> int:
    """Give the predicate that a clause without a subject stands beside ("lobte Kim, kündigte an"), or -1."""
    while trees.relation(sentence.tokens[verb].deprel) in ("xcomp", "conj"):
        verb = sentence.tokens[verb].head
    token = sentence.tokens[verb]
    beside = token.deprel == "parataxis" and "VerbForm=Fin" in token.feats and token.head < verb
    return token.head if beside and "Mood=Imp" not in token.feats else -1


def likelier_subject(sentence: Sentence, verb: int, subjects: list[int], language: str) -> int:
    """Give the subject among several that the tree has by mistake.

    "hat Deutschland Versagen vorgeworfen": before a verb that stands last its object is the nearer one.
    Elsewhere, and of two words for one man ("Mr Evil President" Trump), the nearer one acts.
    """
    parted = [at for at in range(subjects[0], subjects[-1]) if sentence.tokens[at].text in _PARTING]
    beside = all(not sentence.tokens[at].is_word for at in range(subjects[0] + 1, subjects[-1]))
    last = word_list(language, "acts")["verb_last"] and subjects[-1] < verb
    if last and not parted and not beside and closes_clause(sentence, verb):
        return subjects[0]
    return min(subjects, key=lambda at: abs(at - verb))


def closes_clause(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb stands at the end of its clause, but for its auxiliaries."""
    helpers = trees.children(sentence, verb, "aux", "cop")
    after = next((at for at in range(verb + 1, len(sentence.tokens)) if at not in helpers), -1)
    return after < 0 or not sentence.tokens[after].is_word or sentence.tokens[after].deprel in ("cc", "conj")


def after_verb(sentence: Sentence, verb: int) -> int:
    """Give what stands right behind a verb that a clause opens: its subject where verbs stand second.

    "Efter att USA infört tullar hotade Peking ...": parsers take it for an object. -1 for none.
    """
    token = sentence.tokens[verb]
    if (
        "VerbForm=Fin" not in token.feats
        or "Mood=Imp" in token.feats
        or trees.relation(token.deprel) == "acl"
    ):
        return -1
    before = [at for at in trees.children(sentence, verb, "advcl", "obl", "advmod") if at < verb]
    marked = trees.children(sentence, verb, "mark", "nsubj", "csubj", "expl", "aux")
    objects = [at for at in trees.children(sentence, verb, "obj") if at > verb]
    behind = objects and all(sentence.tokens[at].head == objects[0] for at in range(verb + 1, objects[0]))
    return objects[0] if before and not marked and behind else -1


def in_bracket(scene: Scene, verb: int) -> int:
    """Give the subject behind a finite verb that stands second, where the tree hangs it on another word.

    "Nach der Wahl hat nun Präsident Köhler ... aufgelöst": of a bare phrase right behind it nobody else is
    the act. -1 for none.
    """
    sentence = scene.sentence
    token = sentence.tokens[verb]
    if trees.relation(token.deprel) not in ("root", "conj", "parataxis", "ccomp"):
        return -1
    if trees.children(sentence, verb, "nsubj", "csubj", "expl", "mark"):
        return -1
    helpers = [
        at for at in trees.children(sentence, verb, "aux") if "VerbForm=Fin" in sentence.tokens[at].feats
    ]
    finite = helpers[0] if helpers else verb
    if not helpers and ("VerbForm=Fin" not in token.feats or "Mood=Imp" in token.feats):
        return -1
    before = trees.children(sentence, verb, "obl", "advmod", "advcl", "obj")
    if finite > verb or not any(at < finite for at in before):
        return -1
    at = finite + 1
    while at < len(sentence.tokens) and _may_stand_between(scene, at):
        at += 1
    told = next(
        (p for p in scene.phrases if at < len(sentence.tokens) and p.start == sentence.tokens[at].start), None
    )
    if told is None or told.cases or told.genitive:
        return -1
    inside = [one for one in range(at, len(sentence.tokens)) if sentence.tokens[one].start < told.end]
    if any(case in sentence.tokens[one].feats for one in inside[:1] for case in _OBLIQUE):
        return -1
    head = next((one for one in inside if sentence.tokens[one].head not in inside), -1)
    # What the tree has for the only object may be one.
    theirs = sentence.tokens[head].head == verb if head >= 0 else True
    return -1 if theirs else head


def on_both_sides(scene: Scene, noun: int) -> tuple[str, ...]:
    """Give the two that "between" right behind a noun names, whatever long attributes part them.

    "ein Treffen zwischen dem als Kandidat feststehenden Obama und seiner Rivalin Clinton".
    """
    language, tokens = scene.parsed.language, scene.tokens
    if noun + 1 >= len(tokens) or tokens[noun + 1].lower not in word_set(
        language, "text", "prepositions", "between"
    ):
        return ()
    joints = word_set(language, "text", "conjunctions", "and")
    named = [
        phrase
        for phrase in scene.phrases
        if phrase.start > tokens[noun].end
        and not phrase.genitive
        and all(scene.cast.entity(identifier).named for identifier in phrase.ids)
    ]
    if named and len(named[0].ids) > 1:
        return named[0].ids
    for one, other in list(pairwise(named))[:1]:
        inside = [token for token in tokens if one.end <= token.start < other.start]
        plain = all(token.is_word and not token.is_capital and token.upos != "VERB" for token in inside)
        if plain and inside and inside[0].lower in joints:
            return (*one.ids, *(i for i in other.ids if i not in one.ids))
    return ()


def _may_stand_between(scene: Scene, index: int) -> bool:
    """Tell whether a word may part a finite verb from the subject behind it: a time, an adverb, "sich"."""
    token = scene.tokens[index]
    if any(time.start <= token.start < time.end for time in scene.times):
        return True
    return token.upos == "ADV" or "Reflex=Yes" in token.feats


def is_of_other(sentence: Sentence, verb: int, path: Sequence[int]) -> bool:
    """Tell whether a word, from which `path` leads up, is party to another act than that of `verb`."""
    if verb in path[1:]:
        below = sentence.tokens[path[path.index(verb) - 1]]
        if below.upos != "VERB":
            return False
        # "shot and killed three people": a verb without an object of its own shares one.
        joined = below.deprel in ("conj", "parataxis")
        own = trees.children(sentence, verb, "obj", "iobj", "obl:arg")
        return below.deprel == "advcl" or (joined and bool(own))
    while trees.relation(sentence.tokens[verb].deprel) in ("conj", "parataxis"):
        verb = sentence.tokens[verb].head
        if verb in path[1:] and sentence.tokens[verb].upos == "VERB":
            below = sentence.tokens[path[path.index(verb) - 1]]
            return trees.relation(below.deprel) in ("obj", "obl", "iobj")
    return False


def is_means(scene: Scene, verb: int) -> bool:
    """Tell whether a clause says by what a thing was done, which is a fact: "ved at stoppe"."""
    while trees.relation(scene.tokens[verb].deprel) == "conj":
        verb = scene.tokens[verb].head
    means = word_set(scene.parsed.language, "speech", "grammar", "means")
    return scene.tokens[verb].head >= 0 and " ".join(_marks(scene, verb)) in means


def gathered(scene: Scene, verb: int) -> int:
    """Give the verb of coming together that an act is the purpose of: "gathered to demonstrate"; or -1."""
    token = scene.tokens[verb]
    gathering = word_set(scene.parsed.language, "acts", "gathering")
    purpose = trees.relation(token.deprel) in ("advcl", "xcomp") and bool(_marks(scene, verb))
    came = purpose and token.head >= 0 and is_listed(scene.tokens[token.head], gathering)
    return token.head if came else -1


def issued_before(scene: Scene, noun: int) -> tuple[str, ...]:
    """Give the parties told right before a meeting: "a statement of Kim and Trump at the summit".

    Whether the tree hangs the meeting on the statement or on the verb above, both were there.
    """
    opens = scene.tokens[trees.children(scene.sentence, noun, "case")[0]].start
    told = [phrase for phrase in scene.phrases if phrase.end <= opens][-1:]
    if not told or not told[0].cases & {"by", "from"} or scene.words(told[0].end, opens):
        return ()
    return told[0].ids if len(told[0].ids) > 1 else ()


def opening(scene: Scene, noun: int) -> tuple[str, ...]:
    """Give whose name opens a compound: "US-Sanktionen" are of the United States."""
    token = scene.tokens[noun]
    source = scene.parsed.source(scene.sentence.part)
    for mention in scene.cast.mentions_in(scene.sentence.index):
        if mention.start == token.start and mention.end < token.end and mention.kind == "named":
            return mention.entities if source[mention.end] in _HYPHENS else ()
    return ()


def is_done_before(scene: Scene, verb: int) -> bool:
    """Tell whether a clause without a subject says what its subject had done before: "etter å ha truet"."""
    if trees.relation(scene.tokens[verb].deprel) != "advcl":
        return False
    return " ".join(_marks(scene, verb)) in word_set(scene.parsed.language, "modality", "after_having")


def _marks(scene: Scene, verb: int) -> list[str]:
    """Give the words that open a clause, from left to right."""
    return [scene.tokens[at].lower for at in trees.children(scene.sentence, verb, "mark", "case")]


def is_answer(scene: Scene, verb: int) -> bool:
    """Tell whether an infinitive behind "with" says what was done: "svarte med å utvise diplomater"."""
    token, language = scene.tokens[verb], scene.parsed.language
    if trees.relation(token.deprel) != "advcl" or token.head < 0 or "VerbForm=Inf" not in token.feats:
        return False
    marks = set(_marks(scene, verb))
    above = scene.tokens[token.head]
    doing = word_set(language, "modality", "implicative")
    return bool(marks & word_set(language, "text", "prepositions", "with")) and is_listed(above, doing)


def taken_for_owner(sentence: Sentence, verb: int) -> int:
    """Give the subject of a verb that the model took for a noun, and it for its owner, -1 for none.

    "Det er første gang, X og Y mødes": a clause on a word, without a copula, is no noun's.
    """
    token = sentence.tokens[verb]
    if token.upos != "NOUN" or token.deprel != "acl:relcl" or trees.children(sentence, verb, "cop", "case"):
        return -1
    return next((at for at in trees.children(sentence, verb, "nmod:poss") if at < verb), -1)
