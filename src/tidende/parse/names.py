"""Find runs of capitalised words that may be names; what they name is told by `entities`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tidende.languages.lists import word_list, word_set
from tidende.parse.genitive import is_genitive, strip_genitive
from tidende.parse.tagged import Span, merge
from tidende.parse.types import Name, Sentence, Token

_APOSTROPHES = ("'", "’")


def find_names(sentences: Sequence[Sentence], text: str, language: str) -> Iterator[Name]:
    """Yield the candidate names of the sentences of one part, genitive endings left out.

    A run is one or more capitalised words, joined by name particles ("Ursula von der Leyen").
    A word that stands capitalised only because it opens the sentence is left out when it is a
    function word or stands in lower case elsewhere in the text; runs break after a genitive
    with an apostrophe. In German every noun is capitalised, so most runs there are no names:
    `entities` keeps those that it can tell. Where a model tagged the sentences, its names come
    before the runs, and have types.
    """
    runs = _Runs(sentences, language)
    steady = _steady_words(sentences)
    for sentence in sentences:
        spans: list[Span] = [(first, last, None) for first, last in runs.of(sentence)]
        if any(token.name for token in sentence.tokens):
            spans = merge(sentence, [(first, last) for first, last, _ in spans], language)
            spans = [span for span in spans if span[2] or not _only_opens(sentence, span)]
        for first, last, type_ in spans:
            start, end = _bounds(sentence, (first, last), language, steady)
            yield Name(sentence.part, start, end, text[start:end], sentence.index, type_ or "")


class _Runs:
    """Find the runs of capitals of one part."""

    def __init__(self, sentences: Sequence[Sentence], language: str) -> None:
        self._language = language
        self._small = frozenset(
            token.text for sentence in sentences for token in sentence.tokens if token.text[:1].islower()
        )
        self._particles = word_set(language, "text", "name_particles")
        self._function_words = word_set(language, "text", "function_words")
        self._surnames = _small_surnames(sentences, self._small, language)

    def of(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Yield the first and last token, end exclusive, of each run of a sentence."""
        first = -1
        for index, token in enumerate(sentence.tokens):
            last = index
            if self._is_part(sentence, index, inside=first >= 0):
                first = index if first < 0 else first
                if not _has_apostrophe_genitive(token, self._language) or _owns(sentence, index):
                    continue
                last += 1
            elif (
                first >= 0
                and not _may_be_name(token)
                and token.lower in self._particles
                and _continues(sentence, index, self._particles)
            ):
                continue
            if first >= 0:
                yield first, last
                first = -1
        if first >= 0:
            yield first, len(sentence.tokens)

    def _is_part(self, sentence: Sentence, index: int, *, inside: bool) -> bool:
        """Tell whether a capital may be a name's."""
        token = sentence.tokens[index]
        if not _may_be_name(token):
            return False
        if token.text in self._surnames and _stands_as_name(sentence, index, self._language):
            return True
        small = token.lower in self._function_words and not (inside and token.lower in self._particles)
        if small and not _is_acronym(token) and not _leads_name(sentence, index):
            return False
        return not (opens(sentence, index) and token.lower in self._small)


def opens(sentence: Sentence, index: int) -> bool:
    """Tell whether a token is the first word of its sentence, of a quotation or after a colon."""
    while index > 0:
        before = sentence.tokens[index - 1]
        if before.is_word:
            return False
        if before.text in ":–—-\"“”„«»‘’'.!?":
            return True
        index -= 1
    return True


def _only_opens(sentence: Sentence, span: Span) -> bool:
    """Tell whether a word has its capital only as the adjective that opens a sentence: "Rige købmænd"."""
    first, last, _ = span
    token = sentence.tokens[first]
    noun = sentence.tokens[token.head] if token.head >= 0 else token
    plain = token.upos == "ADJ" and token.deprel == "amod" and noun.upos == "NOUN" and noun.text.islower()
    return last - first == 1 and first == 0 and plain


def _may_be_name(token: Token) -> bool:
    return token.is_capital and token.is_word and not token.text.isdigit()


def _is_acronym(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper()


def _leads_name(sentence: Sentence, index: int) -> bool:
    """Tell whether a capital that nothing but a name explains stands before another ("Min Aung")."""
    return (
        not opens(sentence, index)
        and len(sentence.tokens[index].text) > 1
        and index + 1 < len(sentence.tokens)
        and _may_be_name(sentence.tokens[index + 1])
        and _is_plain(sentence)
    )


def _small_surnames(sentences: Sequence[Sentence], small: frozenset[str], language: str) -> frozenset[str]:
    """Give the small words that stand as the last word of a name somewhere: "Theresa May".

    Small words are function words and those that the text prints in lower case elsewhere.

    Where every noun is capitalised, and in headlines that capitalise all words, a capital tells
    nothing of the kind.
    """
    if word_list(language, "grammar")["nouns_capitalised"]:
        return frozenset()
    function_words = word_set(language, "text", "function_words")
    return frozenset(
        token.text
        for sentence in sentences
        for before, token in pairwise(sentence.tokens)
        if _may_be_name(token)
        and (token.lower in function_words or token.lower in small)
        and _may_be_name(before)
        and before.lower not in function_words
        and _is_plain(sentence)
    )


def _stands_as_name(sentence: Sentence, index: int, language: str) -> bool:
    """Tell "May told reporters" from "May I ask" and from a headline's capitals."""
    following = sentence.tokens[index + 1] if index + 1 < len(sentence.tokens) else None
    if not _is_plain(sentence):
        return False
    if not opens(sentence, index):
        return True
    return (
        following is not None
        and following.text.islower()
        and following.lower not in word_set(language, "text", "pronouns")
        and following.lower not in word_set(language, "text", "determiners")
    )


def _is_plain(sentence: Sentence) -> bool:
    """Tell whether most words of a sentence are in lower case, so that a capital tells something."""
    words = [token for token in sentence.tokens if token.is_word]
    return sum(token.text[:1].islower() for token in words) > len(words) // 2


def _continues(sentence: Sentence, index: int, particles: frozenset[str]) -> bool:
    """Tell whether a particle stands between two capitalised words, other particles aside."""
    for token in sentence.tokens[index + 1 : index + 3]:
        if _may_be_name(token):
            return True
        if token.lower not in particles:
            return False
    return False


def _has_apostrophe_genitive(token: Token, language: str) -> bool:
    stripped = strip_genitive(token.text, language)
    return stripped != token.text and token.text[len(stripped)] in (*_APOSTROPHES, ":")


def _owns(sentence: Sentence, index: int) -> bool:
    """Tell whether a genitive stands inside one English name: "Rady Children's Hospital"."""
    following = sentence.tokens[index + 1 : index + 2]
    return bool(following) and following[0].is_capital and following[0].lower in _owned_words()


def _owned_words() -> frozenset[str]:
    return word_set("common", "names", "owned_words")


def _steady_words(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Give the proper nouns that stand somewhere in no genitive: an -s that ends them is their own."""
    return frozenset(
        token.text
        for sentence in sentences
        for token in sentence.tokens
        if token.upos == "PROPN" and "Case=Gen" not in token.feats
    )


def _bounds(
    sentence: Sentence, span: tuple[int, int], language: str, steady: frozenset[str]
) -> tuple[int, int]:
    """Give where a name begins and ends, its genitive ending left out."""
    last = sentence.tokens[span[1] - 1]
    end = last.end
    genitive = last.text not in steady and is_genitive(sentence.tokens, *span)
    if genitive or _has_apostrophe_genitive(last, language):
        end = last.start + len(strip_genitive(last.text, language))
    if span[1] - span[0] > 1 and (cut := last.text.find("/")) > 0:
        end = last.start + cut  # "Foto: Jonas Ekströmer/TT": the agency is no part of the name
    return sentence.tokens[span[0]].start, end
