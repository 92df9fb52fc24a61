"""Tell which words of an article are somebody's own, and who is told to speak beside them.

This is a first look, for pronouns: "he" in a quotation is not its speaker. What a quote is, and whose, is
found by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tidende.languages.lists import word_list, word_set
from tidende.parse import trees
from tidende.parse.types import Parsed, Sentence

_MARKS = frozenset('"“”„‟«»')
_DASHES = frozenset("-–—―")
_BEFORE = frozenset(" \t\u00a0([{—–-―/,")
_MOST = 0.95  # of a paragraph that is all quotation; its marks are none
_FORMS = ("finite", "participle")


class Quoted:
    """Know the quoted words of one article."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._filled: set[int] = set()
        self._spans: dict[int, list[tuple[int, int]]] = {}
        by_block: dict[int, list[Sentence]] = {}
        for sentence in parsed.sentences:
            by_block.setdefault(sentence.block, []).append(sentence)
        for number, sentences in by_block.items():
            spans = [*self._marked(number), *self._dashed(sentences)]
            self._spans[number] = spans
            inside = sum(end - start for start, end in spans)
            if inside >= _MOST * (sentences[-1].end - sentences[0].start):
                self._filled.add(number)

    def has(self, sentence: Sentence, position: int) -> bool:
        """Tell whether what stands at a position of a sentence's part is quoted."""
        return any(start <= position < end for start, end in self._spans[sentence.block])

    def opens(self, index: int) -> bool:
        """Tell whether the sentence of an index begins within a quotation."""
        sentence = self._parsed.sentences[index]
        return self.has(sentence, sentence.tokens[0].start) or self.has(sentence, sentence.tokens[0].end)

    def fills(self, block: int) -> bool:
        """Tell whether a paragraph is all quotation."""
        return block in self._filled

    def speaks(self, sentence: Sentence, index: int) -> bool:
        """Tell whether a word is the subject of a verb of speech by its tree."""
        token = sentence.tokens[index]
        if token.head < 0 or trees.relation(token.deprel) != "nsubj":
            return False
        verb = sentence.tokens[token.head]
        return verb.lower in cues(self._parsed.language)

    def _marked(self, number: int) -> Iterator[tuple[int, int]]:
        block = self._parsed.blocks[number]
        text = self._parsed.source(block.part)
        opened = -1
        for at in range(block.start, block.end):
            if text[at] not in _MARKS:
                continue
            if opened >= 0:
                yield opened, at
                opened = -1
            elif at == block.start or text[at - 1] in _BEFORE:
                opened = at
        if opened >= 0:
            yield opened, block.end

    def _dashed(self, sentences: list[Sentence]) -> Iterator[tuple[int, int]]:
        """Yield what follows a dash that opens a sentence, up to the comma before a verb of speech."""
        for sentence in sentences:
            if sentence.tokens[0].text not in _DASHES:
                continue
            end = sentence.end
            for before, token in zip(sentence.tokens, sentence.tokens[1:], strict=False):
                if token.lower in cues(self._parsed.language) and not before.is_word:
                    end = before.start
                    break
            yield sentence.start, end


@cache
def cues(language: str) -> frozenset[str]:
    """Give the verb forms of one word that report speech."""
    tables = word_list(language, "speech")
    kinds = [(form, kind) for form in _FORMS for kind in tables[form]]
    forms = frozenset[str]().union(*(word_set(language, "speech", *keys) for keys in kinds))
    return frozenset(form for form in forms if " " not in form)
