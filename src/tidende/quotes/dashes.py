"""Read paragraphs that a dash marks as speech."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from tidende.parse.types import Token
from tidende.quotes.attribution import Attribution, attribution
from tidende.quotes.cues import cue_at, opener_at
from tidende.quotes.drafts import Draft
from tidende.quotes.marks import DASHES, Passage, trim
from tidende.quotes.phrases import Subject
from tidende.quotes.speech import Speech, key

_ENDS = frozenset(".!?…")
_BEFORE = frozenset(",?!–—-»”")  # what stands before an attribution
_RECENT = 3  # paragraphs between an answer and the one before it
_FEW = 3


class Dashes(Speech):
    """Cut the attribution out of dash paragraphs; what is left is the quote."""

    def _dash(self, number: int, passage: Passage) -> None:
        """Read a dash paragraph: what is left of it when the attribution is cut out.

        A passage that has lost its closing mark is read in the same way.
        """
        low, high = passage.pieces[0]
        tokens = self._tokens(passage)
        ends = {sentence.end for sentence in self.scene.sentences(self.part, passage.first)}
        draft = Draft(
            self.part,
            "direct",
            [],
            (passage.start, passage.end),
            block=passage.first,
            last_block=passage.last,
        )
        told = self._told_inside(tokens)
        if told is None:
            self._undivided_dash(number, draft, passage)
            return
        draft.spans.append(trim(self.text, low, self._mark_end(tokens, told.first)))
        stop = told.first
        while stop < len(tokens) and tokens[stop].end not in ends:
            stop += 1
        draft.speaker = told.speaker
        draft.cue = told.cue
        if told.verb is not None:
            draft.particle = told.verb.particle
            draft.act = told.verb.act
        self.scene.set_scene(draft, tokens, (told.first, told.first, stop), told.verb, told.speaker)
        self._after_dash_attribution(draft, tokens, stop + 1, high)
        draft.outer = (passage.start, draft.spans[-1][1])
        draft.spans = [span for span in draft.spans if span[0] < span[1]]
        self._keep(draft, key(passage))

    def _tokens(self, passage: Passage) -> list[Token]:
        low = passage.pieces[0][0]
        sentences = self.scene.sentences(self.part, passage.first)
        return [token for sentence in sentences for token in sentence.tokens if token.start >= low]

    def _told_inside(self, tokens: Sequence[Token]) -> Attribution | None:
        """Read the first attribution that stands after a comma or its like within a paragraph of speech."""
        for at, token in enumerate(tokens[:-1]):
            told = self._inside(tokens, at + 1) if token.text in _BEFORE else None
            if told is not None:
                return told
        return None

    def _is_attributed(self, passage: Passage) -> bool:
        """Tell whether a passage holds its own attribution."""
        return bool(passage.pieces) and self._told_inside(self._tokens(passage)) is not None

    def _mark_end(self, tokens: Sequence[Token], first: int) -> int:
        """Give where the words before an attribution end: a question mark belongs to them."""
        before = tokens[first - 1]
        return before.end if before.text in "?!»”" else before.start

    def _inside(self, tokens: Sequence[Token], at: int) -> Attribution | None:
        cue = cue_at(tokens, at, self.words)
        if cue is not None or tokens[at].lower in self.words.perfect:
            told = attribution(self.scene, self.part, tokens, at)
            return told if told is not None and told.speaker is not None else None
        if opener_at(tokens, at, self.words) or tokens[at].lower in self.words.so:
            return attribution(self.scene, self.part, tokens, at)
        if not self.words.verb_second:
            return attribution(self.scene, self.part, tokens, at)
        return None

    def _after_dash_attribution(self, draft: Draft, tokens: Sequence[Token], at: int, high: int) -> None:
        """Add what follows the attribution's sentence when it surely goes on with the quotation."""
        if at >= len(tokens):
            return
        dash = tokens[at].text in DASHES
        rest = tokens[at + dash :]
        again = any(cue_at(rest, i, self.words) for i in range(len(rest)))
        if rest and (dash or (not again and any(t.lower in self.words.first_person for t in rest))):
            draft.spans.append(trim(self.text, rest[0].start, high))

    def _undivided_dash(self, number: int, draft: Draft, passage: Passage) -> None:
        """Keep a dash paragraph without attribution only beside other speech."""
        low, high = passage.pieces[0]
        previous = self._neighbour_draft(number - 1)
        question = self.text[high - 1 : high] == "?"
        asked = previous is not None and self.text[previous.spans[-1][1] - 1] == "?"
        if previous is not None:
            if not question:
                answered = self._answered(number - 1, previous) if asked else previous.speaker
                draft.speaker, draft.carried = answered, True
        else:
            narrated = self._narrated(self.frames[number - 1]) if number else None
            following = self.frames[number + 1] if number + 1 < len(self.frames) else None
            dialogue = following is not None and any(p.dash for p in following.passages.values())
            headline = self.scene.parsed.blocks[passage.first].is_headline
            if narrated is None and self._asked_before(number):
                draft.speaker, draft.carried = self._interviewed(passage.first), True
            elif (
                narrated is None
                and not dialogue
                and not (headline and len(self.text[low:high].split()) >= _FEW)
                and not self._dashes_speak
            ):
                return
            else:
                draft.speaker, draft.carried = narrated, True
        # A list has dashes too; what nobody is told to say must at least be a sentence.
        sentence = self.text[high - 1 : high] in _ENDS and len(self.text[low:high].split()) >= _FEW
        told = draft.speaker is not None and previous is not None
        if not (told or sentence or self.scene.parsed.blocks[passage.first].is_headline):
            return
        draft.spans.append((low, high))
        self._keep(draft, key(passage))

    @cached_property
    def _dashes_speak(self) -> bool:
        """Tell whether a dash opens speech in this article: a paragraph with one has an attribution."""
        return any(
            passage.dash and self._is_attributed(passage)
            for frame in self.frames
            for passage in frame.passages.values()
        )

    def _asked_before(self, number: int) -> bool:
        """Tell whether the paragraph before is a question of the article's own: "Også med Hamas?"."""
        if not number or self.frames[number - 1].passages:
            return False
        asked = self.frames[number - 1]
        return (
            asked.tokens[-1].text == "?"
            and self.frames[number].block - asked.block == 1
            and not self.scene.parsed.blocks[asked.block].is_headline
        )

    def _interviewed(self, block: int) -> Subject | None:
        """Give who was told to speak last, if that is near enough to answer in a paragraph."""
        last = self.drafts[-1] if self.drafts else None
        return last.speaker if last is not None and block - last.last_block <= _RECENT else None

    def _answered(self, number: int, question: Draft) -> Subject | None:
        """Give who answers a question that nobody is told to ask: who answered the one before it."""
        earlier = self._neighbour_draft(number - 1)
        if question.speaker is not None or earlier is None or earlier.block != question.block - 1:
            return None
        return earlier.speaker
