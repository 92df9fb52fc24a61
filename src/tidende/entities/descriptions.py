"""Tell whom a definite description means by the noun that the article itself told of a name.

"Oljeselskapet Statoil ... selskapet", "rektor Kari Moe ... rektoren", "Bergen kommune ... kommunen": the
noun stood beside the name, in it, or was said of it. Nothing is taken for granted that the article has not
told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidende.entities.items import Item
from tidende.entities.named import Row
from tidende.entities.register import Register
from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Parsed, Sentence

_TITLED = ("appos", "flat", "compound", "nmod")  # how a name may hang on its title, or the title on it
_APPOSED = ("appos", "flat", "compound")
_OWNERS = ("nmod:poss", "det:poss")
_COMPLEMENTS = ("nmod", "acl")  # what follows a noun and tells whose or which it is
_SHORTEST_TAIL = 5
_NAMED = ("name", "entry", "known")
_TYPES = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class _Told:
    noun: str
    entity: str
    sentence: int
    start: int
    own: bool = False  # the last word of the name itself


class Descriptions:
    """Know the nouns that one article tells of what it names."""

    def __init__(self, parsed: Parsed, register: Register, rows: Sequence[Row]) -> None:
        language = parsed.language
        self._definite = word_set(language, "grammar", "definite")
        self._possessives = word_set(language, "text", "possessives")
        self._qualifiers = word_set(language, "roles", "qualifiers")
        self._compounds = bool(word_list(language, "grammar")["compounds"])
        self._names: dict[int, list[Item]] = {}
        self._told: list[_Told] = []
        for sentence, items in rows:
            named = [
                item
                for item in items
                if item.id and item.kind in _NAMED and register.type_of(item.id) in _TYPES
            ]
            self._names[sentence.index] = [item for item in items if item.names]
            if not trees.has_tree(sentence):
                continue
            for item in named:
                person = register.type_of(item.id) == "person"
                for noun in self._nouns(sentence, item):
                    self._told.append(_Told(noun, item.id, sentence.index, item.start))
                if not person:
                    own = item.text.lower().split()[-1]
                    self._told.append(_Told(own, item.id, sentence.index, item.start, own=True))

    def _nouns(self, sentence: Sentence, item: Item) -> Iterator[str]:
        """Yield the nouns that a sentence tells of a name: its title, its apposition, its predicate."""
        tokens = sentence.tokens
        inside = sentence.touching(item.start, item.end)
        if not inside or item.genitive:
            return
        top = next((at for at in inside if tokens[at].head not in inside), inside[0])
        before = inside[0] - 1
        linked = {tokens[top].head, *trees.children(sentence, top)}
        titled = before in linked and trees.relation(
            tokens[before if tokens[before].head == top else top].deprel
        )
        if titled in _TITLED and self._is_noun(sentence, before) and not trees.case(sentence, top):
            yield _key(sentence, before)
        for at in trees.children(sentence, top, "appos"):
            if self._is_noun(sentence, at) and not trees.case(sentence, at):
                yield _key(sentence, at)
        predicates = [tokens[top].head] if tokens[top].deprel == "nsubj" and tokens[top].head >= 0 else []
        predicates += trees.children(sentence, top, "acl")
        for at in predicates:
            plain = self._is_noun(sentence, at) and "Definite=Def" not in tokens[at].feats
            if (
                plain
                and trees.children(sentence, at, "cop")
                and not trees.children(sentence, at, "case", "advmod")
            ):
                yield _key(sentence, at)

    def _is_noun(self, sentence: Sentence, index: int) -> bool:
        token = sentence.tokens[index]
        return token.upos == "NOUN" and "Number=Plur" not in token.feats

    def meant(self, sentence: Sentence, index: int) -> str:
        """Give the entity that a noun means, "" where it is no description or nothing tells."""
        if not self._describes(sentence, index):
            return ""
        start = sentence.tokens[index].start
        wanted = {_key(sentence, index), sentence.tokens[index].lower}
        fitting = [
            told
            for told in self._told
            if (told.sentence, told.start) < (sentence.index, start) and self._fits(told, wanted)
        ]
        entities = dict.fromkeys(told.entity for told in fitting)
        return next(iter(entities)) if len(entities) == 1 else ""

    def _fits(self, told: _Told, wanted: set[str]) -> bool:
        if told.noun in wanted:
            return True
        tail = self._compounds and not told.own
        return tail and any(len(one) >= _SHORTEST_TAIL and told.noun.endswith(one) for one in wanted)

    def _describes(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a noun is definite, nobody else's, and no part of a name or its title."""
        tokens, token = sentence.tokens, sentence.tokens[index]
        if not self._is_noun(sentence, index):
            return False
        if any(item.start < token.end and token.start < item.end for item in self._names[sentence.index]):
            return False
        below = trees.children(sentence, index)
        if "Definite=Def" not in token.feats and not any(tokens[at].lower in self._definite for at in below):
            return False
        for at in below:
            one, kind = tokens[at], trees.relation(tokens[at].deprel)
            if one.deprel in _OWNERS or "Case=Gen" in one.feats or "Poss=Yes" in one.feats:
                return False
            if one.lower in self._possessives | self._qualifiers or "NumType=Ord" in one.feats:
                return False
            if at > index and kind in _APPOSED:
                return False
        if is_complemented(sentence, index):
            return False
        return not (trees.relation(token.deprel) in _APPOSED and token.head >= 0)


def is_complemented(sentence: Sentence, index: int) -> bool:
    """Tell whether words right after a noun, with no comma between, tell whose or which it is."""
    after = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    return (
        after is not None
        and after.is_word
        and any(at > index for at in trees.children(sentence, index, *_COMPLEMENTS))
    )


def span(sentence: Sentence, index: int) -> tuple[int, int]:
    """Give the characters of a noun with the article and adjectives right before it."""
    first = index
    below = trees.children(sentence, index, "det", "amod")
    while first - 1 in below:
        first -= 1
    return sentence.tokens[first].start, sentence.tokens[index].end


def _key(sentence: Sentence, index: int) -> str:
    token = sentence.tokens[index]
    return (token.lemma or token.text).lower()
