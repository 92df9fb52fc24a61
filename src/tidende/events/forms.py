"""Know a verb by its form where the model's dictionary form or its voice is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Sentence, Token

_DEEPEST = 7  # letters of a prefix before the mark of a participle: "zurückgewiesen"


def dictionary_forms(token: Token, language: str) -> Iterator[str]:
    """Yield the dictionary forms that a participle or infinitive may have: "aufkündigen" of "aufgekündigt".

    A language's `participles` are rows of a mark within the word, the ending of the form, and that of the
    infinitive; the model's own lemma may have kept the mark ("aufgekündigen").
    """
    if "VerbForm=Fin" in token.feats:
        return
    for mark, ending, infinitive in word_list(language, "grammar")["participles"]:
        word = token.lower
        for start in _places(mark, word) if word.endswith(ending) else ():
            yield word[:start] + word[start + len(mark) : len(word) - len(ending)] + infinitive
        lemma = token.lemma.lower()
        start = lemma.find(mark)
        if 0 <= start <= _DEEPEST:
            yield lemma[:start] + lemma[start + len(mark) :]


def _places(mark: str, word: str) -> list[int]:
    """Give where the mark of a participle or infinitive may stand in a word: "zurückzutreten"."""
    return [start for start in range(_DEEPEST + 1) if word.startswith(mark, start)] if mark else [0]


def becoming(sentence: Sentence, index: int, language: str) -> int:
    """Give the verb of becoming or being that makes a passive of a participle beneath it, -1 for none.

    Parsers may take the participle for an adjective: "har blivit anklagad av tre kvinnor".
    """
    while trees.relation(sentence.tokens[index].deprel) == "conj":
        index = sentence.tokens[index].head
    token = sentence.tokens[index]
    if trees.relation(token.deprel) != "xcomp" or token.head < 0 or "VerbForm=Part" not in token.feats:
        return -1
    above = sentence.tokens[token.head]
    passive = word_set(language, "grammar", "passive")
    return token.head if {above.lower, above.lemma.lower()} & passive else -1


def active_form(token: Token, language: str) -> str:
    """Give the listed form that a passive one is made of by an ending ("greps" of "grep"), "" for none."""
    printed = _printed(language)
    if token.lower in printed:
        return ""
    for ending in word_list(language, "grammar")["passive_endings"]:
        bare = token.lower.removesuffix(ending)
        if bare != token.lower and bare in printed:
            return bare
    return ""


@cache
def _printed(language: str) -> frozenset[str]:
    """Give the verb forms of one word that the lists print."""
    lists = word_list(language, "events")["verbs"]
    return frozenset(form.lower() for forms in lists.values() for form in forms if " " not in form)
