"""Read words that stand behind a speaker's name and a colon: headlines, and questions and answers."""

from __future__ import annotations

from tidende.parse.types import Token
from tidende.quotes.dashes import Dashes
from tidende.quotes.drafts import Draft
from tidende.quotes.frames import Frame
from tidende.quotes.marks import DASHES, DOUBLE, SINGLE, trim
from tidende.quotes.phrases import Subject

_FEW = 3
_LABEL = 40  # code points before the colon
_LABEL_WORDS = 4
_FIRST = "Person=1"


class Labels(Dashes):
    """Take what a headline or an interview gives as somebody's words without marks."""

    def _headline(self, number: int, frame: Frame) -> None:
        """Read a headline that gives a person's words after a colon: "Trump: We fell in love"."""
        if not self.scene.parsed.blocks[frame.block].is_headline:
            return
        tokens = frame.tokens
        subject = self.scene.phrase_from(self.part, tokens, 0) if tokens[0].is_word else None
        if subject is None or subject.last >= len(tokens) or tokens[subject.last].text != ":":
            return
        rest = [token for token in tokens[subject.last + 1 :] if token.is_word]
        dashed = len(tokens) > subject.last + 1 and tokens[subject.last + 1].text in DASHES
        own = any(token.lower in self.words.first_person or _FIRST in token.feats for token in rest)
        asked = bool(rest) and rest[0].lower in self.words.question
        speaks = subject.type not in ("country", "place") and (subject.known or self._surname(subject))
        if len(rest) < _FEW or not (dashed or (own and speaks and not asked)):
            return
        span = trim(self.text, rest[0].start, tokens[-1].end)
        draft = Draft(self.part, "direct", [span], span, subject, block=frame.block, last_block=frame.block)
        self._keep(draft, span)
        self.used.setdefault(number, set()).update(range(len(tokens)))

    def _surname(self, subject: Subject) -> bool:
        """Tell whether one word is part of the names of just one person: "Løkke" of Lars Løkke Rasmussen."""
        people = [e for e in self.scene.cast.entities if e.named and e.type == "person"]
        forms = [
            {word for names in e.names.values() for name in names for word in name.split()} for e in people
        ]
        return sum(subject.text in words for words in forms) == 1

    def _interview(self, number: int, frame: Frame) -> bool:
        """Read a paragraph of an interview, "Støre: I was ill.": of two such in a row one is a question."""
        block = frame.block
        if number and self.frames[number - 1].block == block:
            return block in self._answers
        colon = self._label(block)
        if colon < 0 or not any(
            self._label(other) >= 0 and (self._asks(other) or self._asks(block))
            for other in (block - 1, block + 1)
        ):
            return False
        end = self.scene.parsed.blocks[block].end
        tokens = frame.tokens
        span = trim(self.text, colon + 1, end)
        draft = Draft(self.part, "direct", [span], span, block=block, last_block=block)
        draft.speaker = self._labelled(tokens, colon)
        self._keep(draft, span)
        self._answers.add(block)
        return True

    def _labelled(self, tokens: tuple[Token, ...], colon: int) -> Subject | None:
        """Give who a label names; a letter or a word for "question" names nobody."""
        found = self.scene.phrase_from(self.part, tokens, 0)
        return found if found is not None and found.end <= colon and found.known else None

    def _asks(self, block: int) -> bool:
        return self.text[: self.scene.parsed.blocks[block].end].rstrip()[-1:] == "?"

    def _label(self, number: int) -> int:
        """Give where the colon of a label stands, -1 where a block has none."""
        blocks = self.scene.parsed.blocks
        if not 0 <= number < len(blocks):
            return -1
        block = blocks[number]
        if block.part != self.part or block.is_headline or block.kind == "credit":
            return -1
        colon = self.text.find(":", block.start, min(block.end, block.start + _LABEL))
        words = self.text[block.start : colon].split() if colon >= 0 else []
        rest = self.text[colon + 1 : block.end].split()
        capital = (
            bool(words) and len(words) <= _LABEL_WORDS and words[0][:1].isupper() and words[-1][:1].isupper()
        )
        plain = not any(mark in self.text[block.start : colon + 3] for mark in DOUBLE | SINGLE | DASHES)
        whole = len(rest) >= _FEW or self._asks(number)
        return colon if capital and plain and whole and self.text[colon + 1].isspace() else -1
