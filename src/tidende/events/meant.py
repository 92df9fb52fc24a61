"""Tell who is meant by a word of a sentence's tree: by a name, a description, an owner, a preposition."""

from __future__ import annotations

from tidende.entities.lexicon import is_political
from tidende.events.phrases import Phrase, sourcing
from tidende.events.politics import is_political_actor, is_state, state_of_person
from tidende.events.relative import opening, stands_for
from tidende.events.scene import Scene, is_listed
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.records import Entity

_NAMED_BY = ("appos", "flat")  # relations of a name to the noun that describes it
_BARE_OWNERS = ("nmod:poss", "amod", "compound")  # "Russian", "US" before a noun
_NOT_CASES = frozenset({"object", "that", "genitive"})


def phrase_at(scene: Scene, index: int) -> Phrase | None:
    """Give the phrase of actors that a word heads, or whose name stands beside that word."""
    if index < 0:
        return None
    own = _phrase_over(scene, index)
    if own is not None and is_named(scene, own.ids):
        return own
    for at in trees.children(scene.sentence, index, *_NAMED_BY):
        beside = _phrase_over(scene, at) if not trees.case(scene.sentence, at) else None
        if beside is not None and is_named(scene, beside.ids):
            return beside
    return own


def _phrase_over(scene: Scene, index: int) -> Phrase | None:
    start = scene.tokens[index].start
    return next((phrase for phrase in scene.phrases if phrase.start <= start < phrase.end), None)


def is_named(scene: Scene, ids: tuple[str, ...]) -> bool:
    """Tell whether one of some entities has a name."""
    return any(scene.cast.entity(identifier).named for identifier in ids)


def is_named_in_full(scene: Scene, index: int) -> bool:
    """Tell whether every member of a list is known: of "mellan M, KD, L och SD" some may not be."""
    return len(ids_at(scene, index)) >= len(trees.conjuncts(scene.sentence, index))


def _is_compared(scene: Scene, index: int) -> bool:
    """Tell whether a word is joined by one of comparing: "begrüßte das Urteil ebenso wie Schäuble"."""
    words = word_set(scene.parsed.language, "grammar", "other_prepositions")
    names = trees.children(scene.sentence, index, "appos", "flat")
    joints = [at for one in (index, *names) for at in trees.children(scene.sentence, one, "cc", "case")]
    return any(at < index and scene.tokens[at].lower in words for at in joints)


def ids_at(scene: Scene, index: int) -> tuple[str, ...]:
    """Give the entities that a word and what is joined to it stand for.

    Who acts for a state without a name of his own ("Iraq's security adviser") is that state.
    """
    if index < 0:
        return ()
    found: list[str] = []
    for at in trees.conjuncts(scene.sentence, stands_for(scene.sentence, index)):
        phrase = phrase_at(scene, at) or phrase_at(scene, _members(scene, at))
        if phrase is None or (at != index and phrase.cases and not is_named(scene, phrase.ids)):
            continue  # "als Kanzlerin" joins nobody to her
        if not found and at != index and _is_compared(scene, at):
            continue
        served = () if is_named(scene, phrase.ids) else _served(scene, at, phrase.ids)
        found += served or phrase.ids
    return tuple(dict.fromkeys(found))


def is_called_party(scene: Scene, entity: Entity) -> bool:
    """Tell whether a word for a party or movement stands before a name: "die Oppositionspartei MDC"."""
    if entity.type not in ("organisation", "other") or not entity.named:
        return False
    language = scene.parsed.language
    words = word_set(language, "acts", "words_of_parties")
    joined = tuple(words) if word_list(language, "grammar")["compounds"] else ()
    for mention in scene.cast.mentions:
        if entity.id not in mention.entities or mention.kind != "named":
            continue
        tokens = scene.parsed.sentences[mention.sentence].tokens
        before = [token.lower for token in tokens if token.is_word and token.end <= mention.start][-1:]
        if any(word in words or (joined and word.endswith(joined)) for word in before):
            return True
    return False


def _members(scene: Scene, index: int) -> int:
    """Give the noun that says whose a group is ("a group of diplomats", "the Hamas movement"), or -1."""
    token = scene.tokens[index]
    collective = word_set(scene.parsed.language, "acts", "collective")
    if not is_listed(token, collective):
        return -1
    of = [
        *obliques(scene, index, "of", "from"),
        *trees.children(scene.sentence, index, "appos", "compound", "flat"),
        *(at for at in trees.children(scene.sentence, index, "nmod") if not trees.case(scene.sentence, at)),
    ]
    return next((at for at in of if phrase_at(scene, at) is not None), -1)


def _served(scene: Scene, index: int, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Give the state that unnamed people serve: "two Iranian diplomats", "Iraq's security adviser"."""
    serving = word_set("common", "frames", "servants")
    labels = {scene.cast.entity(identifier).name for identifier in ids}
    if not all(label in serving or is_political(label) for label in labels):
        return ()
    indefinite = word_set(scene.parsed.language, "grammar", "indefinite")
    determiners = (scene.tokens[at].lower for at in trees.children(scene.sentence, index, "det"))
    if not labels <= serving and any(word in indefinite for word in determiners):
        return ()  # "the last time a Russian president came": any of them, not the state
    owners = named_owners(scene, index) or first_ids(scene, obliques(scene, index, "of", "from"))
    # "die Regierung von Präsident Mugabe" is that of his state.
    owners = tuple(dict.fromkeys(state_of_person(owner, scene.cast) or owner for owner in owners))
    owners = tuple(owner for owner in owners if owner in scene.cast.by_id)
    states = (scene.cast.entity(owner) for owner in owners)
    polity = all(
        is_state(one) or (one.type == "organisation" and is_political_actor(one, scene.cast))
        for one in states
    )
    return owners if polity else ()


def named_owners(scene: Scene, noun: int) -> tuple[str, ...]:
    """Give whose a thing is, by a genitive or the adjective of a state: "Putins møde", "US sanctions"."""
    mentions = scene.cast.mentions_in(scene.sentence.index)
    if within := opening(scene, noun):
        return within
    bare = trees.children(scene.sentence, noun, *_BARE_OWNERS)
    # "Hizbollahs stillinger": a parser may leave the genitive to the case.
    nouns = trees.children(scene.sentence, noun, "nmod")
    bare += [at for at in nouns if at < noun and at not in bare and "Case=Gen" in scene.tokens[at].feats]
    for at in bare:
        start = scene.tokens[at].start
        over = [m for m in mentions if m.start <= start < m.end and (m.adjective or m.kind == "named")]
        if over:
            return min(over, key=lambda mention: mention.end - mention.start).entities
        if trees.relation(scene.tokens[at].deprel) == "nmod":
            found = ids_at(scene, at)
            if found:
                return found
    if word_list(scene.parsed.language, "grammar")["nouns_capitalised"]:
        # A genitive by its case alone: "die Kritik der Demokraten".
        bare = trees.children(scene.sentence, noun, "nmod")
        return first_ids(scene, [at for at in bare if at > noun and not trees.case(scene.sentence, at)])
    return ()


def obliques(scene: Scene, word: int, *kinds: str) -> list[int]:
    """Give the nouns that hang on a word behind a preposition of some kinds ("with", "against")."""
    words = frozenset[str]().union(*(prepositions(scene, kind) for kind in kinds))
    # "according to officials" is to nobody
    told_by = word_set(scene.parsed.language, "speech", "attribution", "according")
    found = []
    for at in trees.children(scene.sentence, word, "obl", "nmod"):
        case = trees.case(scene.sentence, at)
        # "including from former secretary Ari Fleischer": the preposition may hang on the title.
        titles = [one for one in trees.children(scene.sentence, at, "nmod:desc") if one < at]
        case = " ".join(filter(None, (case, *(trees.case(scene.sentence, one) for one in titles))))
        if case and case not in told_by and (case in words or not words.isdisjoint(case.split(" "))):
            found.append(at)
    return found


def prepositions(scene: Scene, kind: str) -> frozenset[str]:
    """Give the prepositions of a kind in the language of a scene; of what is no kind of them none."""
    if kind == "other":
        # Who only tells of an act has no part in it: "according to the media".
        language = scene.parsed.language
        return word_set(language, "grammar", "other_prepositions") - sourcing(language)
    return (
        frozenset() if kind in _NOT_CASES else word_set(scene.parsed.language, "text", "prepositions", kind)
    )


def first_ids(scene: Scene, words: list[int]) -> tuple[str, ...]:
    """Give the entities of the first word that stands for any."""
    return next((found for at in words if (found := ids_at(scene, at))), ())
