"""Read acts off what a politician is reported to say: what others must, what he will not, whom he blames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.events.drafts import Draft
from tidende.events.frames import frames
from tidende.events.governed import actor_of, named_within
from tidende.events.meant import ids_at, named_owners, phrase_at
from tidende.events.phrases import Phrase
from tidende.events.politics import as_state, is_capital, is_political_actor, is_state, state_of_person
from tidende.events.scene import Scene
from tidende.events.triggers import dependents
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Token
from tidende.records import Quote

_LONGEST_NAME = 6  # words of a name that somebody is called
_MARKS = frozenset('"“”„«»')


def said(scene: Scene, before: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the acts that a sentence's reported speech amounts to, one of a kind at most.

    "Russia said that Sudan must return ..." is a request, "Kim says his nation will never disarm" a
    rejection, "May said Russia had lied" an accusation. What the sentence tells already is left out.
    """
    known = {(draft.frame.type, draft.actors) for draft in before}
    for actors, called in _called(scene):
        if ("ACCUSE", actors) not in known:
            known.add(("ACCUSE", actors))
            yield _draft(scene, "criticise", actors, called)
    for quote in scene.reported:
        speaker = _speaker(scene, quote)
        witness = speaker or _witness(scene, quote)
        if not witness:
            continue
        for name, suffering in (
            ("demand", _bound_by(scene, quote)),
            ("reject", _refused(scene, quote)),
            ("accuse", _blamed(scene, quote)),
        ):
            frame = frames()[name]
            actors = (as_state(scene.cast, witness, scene.parsed.language),)
            if suffering is None or (name != "accuse" and not speaker) or (frame.type, actors) in known:
                continue
            known.add((frame.type, actors))
            yield _draft(scene, name, actors, suffering)


def _draft(scene: Scene, name: str, actors: tuple[str, ...], suffering: tuple[str, ...]) -> Draft:
    return Draft(
        frame=frames()[name],
        actors=actors,
        recipients=tuple(identifier for identifier in suffering if identifier not in actors),
        order=scene.sentence.index,
        evidence=[scene.whole()],
    )


def _speaker(scene: Scene, quote: Quote) -> str:
    """Give the politician, state or body that says something; "" for anybody else."""
    if quote.speaker is None or quote.speaker not in scene.cast.by_id:
        return ""
    entity = scene.cast.entity(quote.speaker)
    if not entity.named:
        return _served_state(scene, quote)
    capital = is_capital(entity, scene.parsed.language)
    return quote.speaker if capital or is_political_actor(entity, scene.cast) else ""


def _witness(scene: Scene, quote: Quote) -> str:
    """Give the named person who speaks, no politician: who blames a statesman makes news."""
    if quote.speaker is None or quote.speaker not in scene.cast.by_id or quote.kind == "direct":
        return ""
    entity = scene.cast.entity(quote.speaker)
    return entity.id if entity.named and entity.type == "person" else ""


def _served_state(scene: Scene, quote: Quote) -> str:
    """Give the state whose unnamed officials speak: "Iranian officials said"."""
    told = quote.versions[0].speaker_evidence
    if told is None or told.part != scene.sentence.part:
        return ""
    for phrase in scene.phrases:
        if phrase.start < told.end and told.start < phrase.end and len(phrase.ids) == 1:
            entity = scene.cast.entity(phrase.ids[0])
            return entity.id if entity.named and is_state(entity) else ""
    return ""


def _home(scene: Scene, quote: Quote) -> set[str]:
    speaker = quote.speaker or ""
    state = as_state(scene.cast, speaker, scene.parsed.language)
    return {speaker, state, state_of_person(speaker, scene.cast)} - {""}


def _is_said(quote: Quote, token: Token) -> bool:
    return any(span.start <= token.start < span.end for span in quote.versions[0].spans)


def _as_states(scene: Scene, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(as_state(scene.cast, i, scene.parsed.language) for i in ids))


# --- what others must do ----------------------------------------------------------------------


def _bound_by(scene: Scene, quote: Quote) -> tuple[str, ...] | None:
    """Give the other state or body that must do something, None for none."""
    must = word_set(scene.parsed.language, "acts", "must")
    home = _home(scene, quote)
    entity = scene.cast.entity(quote.speaker or "")
    if quote.kind == "direct" or (entity.type == "person" and len(home) < 2):
        return None  # of what land a speaker is must be known: what he says of his own is no request
    future = word_set(scene.parsed.language, "modality", "future")
    for index, token in enumerate(scene.tokens):
        if token.lower not in must or not _is_said(quote, token):
            continue
        subject = _subject_of(scene, index)
        linear = _bound(scene, token)
        ids = ids_at(scene, subject) if subject >= 0 else ()
        if not ids and linear and not linear[0].cases and not linear[0].genitive:
            ids = linear[0].ids
        ids = _as_states(scene, ids)
        # Where the word tells what is to come as well, only states are bound: "vicepresidenten ska tala".
        if token.lower in future and not all(is_state(scene.cast.entity(i)) for i in ids):
            continue
        if ids and all(_is_other(scene, identifier, home) for identifier in ids):
            return ids
    return None


def _is_other(scene: Scene, identifier: str, home: set[str]) -> bool:
    """Tell whether an entity is a foreign state, or another body or statesman that stands by name."""
    entity = scene.cast.entity(identifier)
    if identifier in home or not entity.named:
        return False
    return is_state(entity) or is_political_actor(entity, scene.cast)


def _subject_of(scene: Scene, index: int) -> int:
    """Give the subject of the verb that an auxiliary belongs to, -1 for none or a passive one."""
    if not trees.has_tree(scene.sentence):
        return -1
    verb = trees.predicate(scene.sentence, index)
    if trees.is_passive(scene.sentence, verb):
        return -1
    return actor_of(scene, verb)


def _bound(scene: Scene, must: Token) -> list[Phrase]:
    """Give who must: what stands before the word, or where verbs stand last opens its clause."""
    if not word_list(scene.parsed.language, "acts")["verb_last"]:
        return [p for p in scene.phrases if _is_beside(scene, p.end, must.start)][-1:]
    that = word_set(scene.parsed.language, "text", "conjunctions", "that")
    opening = [token for token in scene.tokens if token.lower in that and token.end < must.start][-1:]
    bare = [p for p in scene.phrases if opening and opening[0].end < p.start < must.start and not p.cases]
    return [p for p in bare[:1] if len(scene.words(opening[0].end, p.start).split()) <= 1]


def _is_beside(scene: Scene, end: int, start: int) -> bool:
    """Tell whether at most one adverb stands between two places: "Moscow first must"."""
    between = [token for token in scene.tokens if end <= token.start < start]
    return end <= start and len(between) <= 1 and all(token.text.islower() for token in between)


# --- what the speaker will not do -------------------------------------------------------------


def _refused(scene: Scene, quote: Quote) -> tuple[str, ...] | None:
    """Give whom a refusal concerns ("will never disarm"; nobody, perhaps), None where nothing is refused."""
    if quote.kind == "direct" or not trees.has_tree(scene.sentence):
        return None
    language = scene.parsed.language
    refusing = word_set(language, "acts", "will")
    negations = word_set(language, "modality", "negation")
    home = _home(scene, quote)
    for index, token in enumerate(scene.tokens):
        if token.upos not in ("VERB", "AUX") or not _is_said(quote, token):
            continue
        helpers = trees.children(scene.sentence, index, "aux", "advmod")
        words = {scene.tokens[at].lower for at in helpers}
        words |= {_phrase(scene, at) for at in trees.children(scene.sentence, index, "obl")}
        if not (words & refusing and words & negations) or trees.is_passive(scene.sentence, index):
            continue
        if trees.children(scene.sentence, index, "cop") or not _is_verb_of_deed(scene, index):
            continue
        if _is_speaker(scene, actor_of(scene, index), home):
            others = (i for i in named_within(scene, index) if _is_other(scene, i, home))
            return _as_states(scene, list(others))
    return None


def _phrase(scene: Scene, index: int) -> str:
    """Give the words of what hangs on a verb: "på ingen måte"."""
    return " ".join(scene.tokens[at].lower for at in trees.subtree(scene.sentence, index))


def _is_verb_of_deed(scene: Scene, index: int) -> bool:
    """Tell whether a verb does something of its own: an object, a complement or a party hangs on it."""
    return bool(trees.children(scene.sentence, index, "obj", "xcomp", "ccomp", "obl"))


def _is_speaker(scene: Scene, subject: int, home: set[str]) -> bool:
    """Tell whether a subject is the speaker, his state, or what he calls his own: "his nation"."""
    if subject < 0:
        return False
    ids = ids_at(scene, subject)
    if ids:
        return set(_as_states(scene, ids)) <= home
    token = scene.tokens[subject]
    if token.upos == "PRON":
        return token.lower in word_set(scene.parsed.language, "acts", "self")
    owners = trees.children(scene.sentence, subject, "nmod:poss", "det", "nmod")
    possessives = frozenset[str]().union(
        *(word_set(scene.parsed.language, "text", "possessives", key) for key in ("he", "she", "own", "they"))
    )
    own = any(scene.tokens[at].lower in possessives for at in owners)
    definite = word_set(scene.parsed.language, "grammar", "definite")
    known = "Definite=Def" in token.feats or any(scene.tokens[at].lower in definite for at in owners)
    return (own or known) and token.lemma.lower() in word_set(scene.parsed.language, "acts", "own_state")


# --- who is to blame --------------------------------------------------------------------------


def _blamed(scene: Scene, quote: Quote) -> tuple[str, ...] | None:
    """Give the other state, body or statesman that is said to do wrong, None for none."""
    if not trees.has_tree(scene.sentence):
        return None
    language = scene.parsed.language
    wrongs = word_set(language, "acts", "wrongs")
    unreal = frozenset[str]().union(
        word_set(language, "modality", "negation"),
        word_set(language, "modality", "modal"),
        word_set(language, "modality", "future"),
    )
    conditions = word_set(language, "modality", "hypothetical")
    home = _home(scene, quote)
    for index, token in enumerate(scene.tokens):
        if token.upos != "VERB" or not _is_said(quote, token):
            continue
        if (
            token.lemma.lower() not in wrongs
            and token.lower not in wrongs
            and not _is_told(scene, index, wrongs)
        ):
            continue
        helpers = trees.children(scene.sentence, index, "aux", "advmod", "mark")
        words = {scene.tokens[at].lower for at in helpers}
        if words & unreal or words & conditions or trees.is_passive(scene.sentence, index):
            continue
        if not _is_clause_of_speech(scene, index, quote):
            continue
        ids = _as_states(scene, ids_at(scene, actor_of(scene, index)))
        if ids and all(_is_other(scene, identifier, home) for identifier in ids):
            return ids
    return None


def _is_told(scene: Scene, index: int, phrases: frozenset[str]) -> bool:
    """Tell whether a verb and the words on it are one of some phrases: "sto bak"."""
    lemma = scene.tokens[index].lemma.lower()
    rows = [phrase.split()[1:] for phrase in phrases if phrase.startswith(f"{lemma} ")]
    return any(dependents(scene.sentence, index, tuple(rest)) is not None for rest in rows)


def _is_clause_of_speech(scene: Scene, index: int, quote: Quote) -> bool:
    """Tell whether a verb is what is said, or joined to it, and no clause further down."""
    for _ in scene.tokens:
        kind = trees.relation(scene.tokens[index].deprel)
        above = scene.tokens[index].head
        if above < 0 or not _is_said(quote, scene.tokens[above]):
            return True
        if kind not in ("conj", "parataxis", "xcomp"):
            return False
        index = above
    return False


# --- what others are called -------------------------------------------------------------------


def _called(scene: Scene) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield who calls whom a bad name: "called Kim a 'rocket man'", "called May's plan deranged"."""
    if not trees.has_tree(scene.sentence):
        return
    language = scene.parsed.language
    unreal = word_set(language, "modality", "negation") | word_set(language, "modality", "modal")
    for index, token in enumerate(scene.tokens):
        if token.upos != "VERB" or token.lemma.lower() not in word_set(language, "acts", "calling"):
            continue
        helpers = trees.children(scene.sentence, index, "aux", "advmod")
        if any(scene.tokens[at].lower in unreal for at in helpers) or scene.is_spoken(token.start):
            continue
        objects = trees.children(scene.sentence, index, "obj", "obl:arg")
        if not objects or trees.is_passive(scene.sentence, index):
            continue
        called = ids_at(scene, objects[0]) or named_owners(scene, objects[0])
        actors = _as_states(scene, ids_at(scene, actor_of(scene, index)))
        parties = [scene.cast.entity(identifier) for identifier in (*actors, *called)]
        political = all(entity.named and is_political_actor(entity, scene.cast) for entity in parties)
        names = trees.children(scene.sentence, index, "xcomp", "obl", "obj", "advcl", "ccomp", "amod")
        names += trees.children(scene.sentence, objects[0], "amod", "acl", "appos", "advmod")
        bad = any(_is_bad(scene, at) for at in names if at > objects[0])
        if actors and called and political and bad and not set(actors) & set(called):
            yield actors, _as_states(scene, called)


def _is_bad(scene: Scene, index: int) -> bool:
    """Tell whether a name is blame: a word of the list, or one in quotation marks that is no praise."""
    language = scene.parsed.language
    words = [scene.tokens[at].lemma.lower() for at in trees.subtree(scene.sentence, index)]
    if any(word in word_set(language, "acts", "bad") for word in words):
        return True
    first, last = trees.span(scene.sentence, index)
    before = [token for token in scene.tokens[:index] if token.text in _MARKS]
    quoted = len(before) % 2 == 1 and last - first <= _LONGEST_NAME
    quoted = quoted and phrase_at(scene, index) is None  # a post says nothing bad: "a future president"
    return quoted and not any(word in word_set(language, "acts", "good") for word in words)
