"""Tell common nouns from names by what the article itself shows."""

from __future__ import annotations

from itertools import pairwise

from tidende.languages.lists import word_list, word_set
from tidende.parse.types import Parsed

_SHORTEST_NOUN = 6


def common_words(parsed: Parsed) -> frozenset[str]:
    """Give the capitalised words that the article shows to be common nouns or everyday words.

    A word is one that stands in lower case too; where nouns are capitalised, also one that a
    determiner, an adjective or a contraction with an article ("im", "zur") introduces, or that
    has a noun's ending.
    """
    language = parsed.language
    grammar = word_list(language, "grammar")
    lower = {t.text for s in parsed.sentences for t in s.tokens if t.text[:1].islower()}
    capital = {t.text for s in parsed.sentences for t in s.tokens if t.is_capital}
    found = {word for word in capital if word.lower() in lower}
    if not grammar["nouns_capitalised"]:
        return frozenset(found)
    before = word_set(language, "text", "determiners") | word_set(language, "text", "possessives")
    before |= frozenset(grammar["contracted"])
    small = word_set(language, "text", "function_words")
    adjectives = tuple(grammar["adjective_endings"])
    for sentence in parsed.sentences:
        for (first, second), (_, third) in pairwise(pairwise((*sentence.tokens, sentence.tokens[-1]))):
            # "der National Science Foundation": the determiner is the whole name's.
            alone = third is second or not third.is_capital
            if not second.is_capital or not alone:
                continue
            told = first.lower not in small and first.text.islower() and first.text.endswith(adjectives)
            if told or first.lower in before:
                found.add(second.text)
    found |= {word for word in capital if is_noun(word, parsed)}
    return frozenset(found)


def is_noun(word: str, parsed: Parsed) -> bool:
    """Tell whether a word has an ending that makes common nouns in a language that capitalises them."""
    endings = tuple(word_list(parsed.language, "grammar")["noun_endings"])
    return word.endswith(endings) and len(word) > _SHORTEST_NOUN
