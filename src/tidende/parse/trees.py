"""Ask a sentence's tree: who acts, on whom, what a word governs; empty answers where no tree was read."""

from __future__ import annotations

from collections.abc import Iterator

from tidende.parse.types import Sentence

_SUBJECTS = ("nsubj", "csubj")
_VERBS = frozenset({"VERB", "AUX"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis", "xcomp", "conj", "root"})


def relation(deprel: str) -> str:
    """Give a relation without its subtype: `nsubj:pass` is `nsubj`."""
    return deprel.partition(":")[0]


def has_tree(sentence: Sentence) -> bool:
    """Tell whether the model read the sentence."""
    return any(token.deprel for token in sentence.tokens)


def children(sentence: Sentence, index: int, *relations: str) -> list[int]:
    """Give the dependents of a token from left to right, those of some relations if any are named.

    A relation without a subtype stands for all of its subtypes.
    """
    own = sentence.dependents[index]
    if not relations or not own:
        return list(own)
    deprels = ((at, sentence.tokens[at].deprel) for at in own)
    return [at for at, deprel in deprels if deprel in relations or relation(deprel) in relations]


def subtree(sentence: Sentence, index: int) -> list[int]:
    """Give a token and all that hangs on it, from left to right."""
    found = {index}
    waiting = [index]
    while waiting:
        for child in children(sentence, waiting.pop()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return sorted(found)


def span(sentence: Sentence, index: int) -> tuple[int, int]:
    """Give the tokens `[first:last]` that hang on a token without a gap, marks at the ends left out."""
    inside = set(subtree(sentence, index))
    first, last = index, index + 1
    while first - 1 in inside:
        first -= 1
    while last in inside:
        last += 1
    while first < index and not sentence.tokens[first].is_word:
        first += 1
    while last - 1 > index and not sentence.tokens[last - 1].is_word:
        last -= 1
    return first, last


def ancestors(sentence: Sentence, index: int) -> Iterator[int]:
    """Yield the heads above a token, the nearest first."""
    seen = {index}
    at = sentence.tokens[index].head
    while at >= 0 and at not in seen:
        yield at
        seen.add(at)
        at = sentence.tokens[at].head


def predicate(sentence: Sentence, index: int) -> int:
    """Give the word that carries the clause of a token that is an auxiliary, copula or particle of it."""
    while relation(sentence.tokens[index].deprel) in ("aux", "cop", "compound", "fixed"):
        above = sentence.tokens[index].head
        if above < 0:
            break
        index = above
    return index


def subject(sentence: Sentence, index: int) -> int:
    """Give the subject of a predicate, -1 for none.

    A second predicate shares the subject of the first, an infinitive that of the verb above it, and that of
    a relative clause is the noun it hangs on.
    """
    seen: set[int] = set()
    while index >= 0 and index not in seen:
        seen.add(index)
        own = children(sentence, index, *_SUBJECTS)
        token = sentence.tokens[index]
        kind = relation(token.deprel)
        if own:
            relative = kind == "acl" and "PronType=Rel" in sentence.tokens[own[0]].feats
            return token.head if relative else own[0]
        if kind == "acl":
            return token.head
        if kind not in ("conj", "xcomp"):
            return -1
        index = token.head
    return -1


def is_passive(sentence: Sentence, index: int) -> bool:
    """Tell whether a predicate stands in the passive."""
    return "Voice=Pass" in sentence.tokens[index].feats or bool(
        children(sentence, index, "nsubj:pass", "aux:pass", "csubj:pass")
    )


def case(sentence: Sentence, index: int) -> str:
    """Give the prepositions that govern a noun, lower case, joined by blanks; "" for none."""
    words = []
    for at in children(sentence, index, "case"):
        words += [sentence.tokens[each].lower for each in (at, *children(sentence, at, "fixed"))]
    return " ".join(words)


def conjuncts(sentence: Sentence, index: int) -> list[int]:
    """Give a word and what is joined to it: "Kim and Moon"."""
    return [index, *children(sentence, index, "conj")]


def clause(sentence: Sentence, index: int) -> list[int]:
    """Give the tokens of the clause of a predicate from left to right, clauses within it left out."""
    found = [index]
    waiting = [index]
    while waiting:
        for child in children(sentence, waiting.pop()):
            token = sentence.tokens[child]
            verbal = token.upos in _VERBS or bool(children(sentence, child, *_SUBJECTS, "cop"))
            if relation(token.deprel) in _CLAUSES and verbal:
                continue
            found.append(child)
            waiting.append(child)
    return sorted(found)
