"""Group the tokens of one block into sentences."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.languages.lists import word_list, word_set
from tidende.parse.tokens import abbreviations
from tidende.parse.types import Token

_ENDS = frozenset({".", "!", "?", "…", "...", "..", "?!", ":"})
_CLOSERS = frozenset("\"'”’»«)]“‘")
_OPENERS = frozenset("\"'“‘«»„‚”([–—-")


def _ordinal_dot(language: str) -> bool:
    return bool(word_list(language, "text")["ordinal_dot"])


def split(tokens: Sequence[Token], language: str) -> list[tuple[Token, ...]]:
    """Split the tokens of a block into sentences.

    A sentence ends at a full stop, question or exclamation mark, with the closing quotation
    marks after it, when the next token can open a sentence. Abbreviations, initials and
    ordinals ("25. april") end none, nor does a mark before a lower-case word.
    """
    sentences: list[tuple[Token, ...]] = []
    first = 0
    index = 0
    while index < len(tokens):
        if not _ends(tokens, index, language):
            index += 1
            continue
        last = index + 1
        # Closing marks belong to the sentence they close only when they touch it.
        while (
            last < len(tokens)
            and tokens[last].text in _CLOSERS
            and tokens[last].start == tokens[last - 1].end
        ):
            last += 1
        if last < len(tokens) and _opens(tokens, last):
            sentences.append(tuple(tokens[first:last]))
            first = last
        index = last
    if first < len(tokens):
        sentences.append(tuple(tokens[first:]))
    return sentences


def _ends(tokens: Sequence[Token], index: int, language: str) -> bool:
    token = tokens[index]
    if token.text not in _ENDS:
        return _abbreviation_ends(tokens, index, language)
    if token.text == ":":
        return False
    if token.text != ".":
        return True
    before = tokens[index - 1] if index else None
    if before is None or before.end != token.start or not before.text.isdigit():
        return True
    # "25. april", "3. plass", "25. April": an ordinal, unless it is too large to be a day or rank.
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if not _ordinal_dot(language) or following is None or len(before.text) > 3:
        return True
    if index > 1 and _leads_ordinal(tokens[index - 2], language):
        return False
    return not (
        following.text[:1].islower()
        or following.lower.rstrip(".") in word_set(language, "calendar", "months")
    )


def _leads_ordinal(token: Token, language: str) -> bool:
    """Tell whether a word asks for an ordinal after it: "in der 89. Minute", "d. 29. sept."."""
    return token.lower in word_set(language, "grammar", "definite") or (
        token.text.endswith(".") and len(token.text) > 1
    )


def _abbreviation_ends(tokens: Sequence[Token], index: int, language: str) -> bool:
    """Tell whether an abbreviation's own dot also ends a sentence ("... i USA m.m. Han sa")."""
    token = tokens[index]
    if not token.text.endswith(".") or index + 1 >= len(tokens) or len(token.text) < 2:
        return False
    following = tokens[index + 1]
    dotted = token.text.count(".") > 1 and token.text.isupper()
    known = token.lower[:-1] in abbreviations(language)
    return (
        (dotted or known)
        and following.is_capital
        and following.lower in word_set(language, "text", "function_words")
    )


def _opens(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a sentence can begin at a token: a capital, a number, or a mark before one."""
    token = tokens[index]
    if token.text[:1].isupper() or token.text[:1].isdigit():
        return True
    if token.text in _OPENERS:
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        return following is not None and not following.text[:1].islower()
    # Scripts without capitals: any letter that has no case can open a sentence.
    return token.text[:1].isalpha() and not token.text[:1].islower()
