"""Decide which quoted passages are speech, and by the text around each who speaks."""

from __future__ import annotations

from tidende.quotes.attribution import Attribution, attribution
from tidende.quotes.back import Back
from tidende.quotes.cues import Cue, cue_at, cue_span, is_asserted
from tidende.quotes.drafts import Draft
from tidende.quotes.frames import Frame
from tidende.quotes.marks import DOUBLE, SINGLE, Passage
from tidende.quotes.phrases import Subject
from tidende.quotes.speech import key

_FEW = 4
_INVERTED_REACH = 7
_MARKS = 8  # tokens that are no words, before a passage


class Direct(Back):
    """Read the direct quotes of one part, frame by frame, in order."""

    def run(self) -> list[Draft]:
        """Give the drafts of all direct quotes."""
        for number, frame in enumerate(self.frames):
            if not frame.passages:
                if self._interview(number, frame):
                    self.used.setdefault(number, set()).update(range(len(frame.tokens)))
                    continue
                self._headline(number, frame)
                self._told_back(number, frame)
            for index, passage in frame.passages.items():
                if passage.dash or (not passage.closed and self._is_attributed(passage)):
                    self._dash(number, passage)
                else:
                    self._marked(number, frame, index, passage)
        return self.drafts

    def is_direct(self, passage: Passage) -> bool:
        """Tell whether a passage was taken as direct speech."""
        return (passage.start, passage.end) in self.spoken

    # --- passages in quotation marks ------------------------------------------------------------

    def _marked(self, number: int, frame: Frame, index: int, passage: Passage) -> None:
        key = (passage.start, passage.end)
        attribution = self._after(frame, index, passage)
        if passage.first != frame.block:
            self._complete(number, frame, passage, attribution)
            return
        if attribution is None:
            if (before := self._same_quotation(number, frame, index)) is not None:
                before.spans += passage.pieces
                before.outer = (before.outer[0], passage.end)
                before.last_block = passage.last
                self.spoken[key] = before
                return
            attribution = self._introduction(frame, index, passage)
        if attribution is None and not self._stands_alone(number, frame, index, passage):
            return
        draft = self._draft(passage, frame.block)
        if attribution is not None:
            self._attribute(number, frame, draft, attribution)
        else:
            draft.speaker, draft.carried = self._carried(number, frame), True
        self._keep(draft, key)

    def _complete(self, number: int, frame: Frame, passage: Passage, attribution: Attribution | None) -> None:
        """Use the attribution that follows the last paragraph of a long passage."""
        draft = self.spoken.get((passage.start, passage.end))
        if draft is not None and attribution is not None and draft.cue is None:
            self._attribute(number, frame, draft, attribution)
            draft.carried = False

    def _draft(self, passage: Passage, block: int) -> Draft:
        return Draft(
            self.part,
            "direct",
            list(passage.pieces),
            (passage.start, passage.end),
            block=block,
            last_block=passage.last,
        )

    def _attribute(self, number: int, frame: Frame, draft: Draft, told: Attribution) -> None:
        draft.speaker = told.speaker
        draft.cue = told.cue if told.cue[0] < told.cue[1] else None
        draft.particle = told.verb.particle if told.verb is not None else ()
        if told.apart:
            # "sagte, er habe keinen Plan dafür: „…“": the cue also governs a clause of its own.
            return
        self.used.setdefault(number, set()).update(
            at for at in range(told.first, told.last) if told.cue[0] <= frame.tokens[at].start < told.cue[1]
        )
        if told.verb is not None:
            draft.act = told.verb.act
        self.scene.set_scene(
            draft, frame.tokens, (told.first, told.first, told.last), told.verb, told.speaker
        )

    def _after(self, frame: Frame, index: int, passage: Passage) -> Attribution | None:
        """Read the attribution that follows a passage: "…", sa Kim; "…," the minister told NTB."""
        tokens = frame.tokens
        if self._embedded(frame, index, passage):
            return None
        at = index + 1
        while at < len(tokens) and (tokens[at].text == "," or tokens[at].text in DOUBLE):
            at += 1
        if at >= len(tokens) or not tokens[at].is_word:
            return None
        inner = self.text[passage.pieces[-1][1] - 1 : passage.pieces[-1][1]] if passage.pieces else ""
        if inner == "." and tokens[at].is_capital and passage.closed:
            return None
        closing = passage.end - 1
        while closing > passage.start and self.text[closing] in DOUBLE | SINGLE:
            closing -= 1
        paused = at > index + 1 or self.text[closing] in ",?!.…–—-"
        if not paused and cue_at(tokens, at, self.words) is None:
            return None
        return attribution(self.scene, self.part, tokens, at)

    def _embedded(self, frame: Frame, index: int, passage: Passage) -> bool:
        """Tell whether a passage is only a part of a sentence that begins before it."""
        before, least = index, max(0, index - _MARKS)
        while before > least and not (
            frame.tokens[before - 1].is_word or frame.tokens[before - 1].text in ":,"
        ):
            before -= 1
        if before == 0 or frame.tokens[before - 1].text == ":" or passage.first != frame.block:
            return False
        if frame.tokens[before - 1].text != ",":
            return True
        earlier = frame.before(index)
        if earlier is not None and self.is_direct(frame.passages[earlier]):
            return False
        first = self.text[passage.pieces[0][0] : passage.pieces[0][0] + 1] if passage.pieces else ""
        return not first.isupper()

    def _introduction(self, frame: Frame, index: int, passage: Passage) -> Attribution | None:
        """Read the attribution that leads to a passage: He said: "…"; sa han: «…»."""
        tokens, words = frame.tokens, self.words
        earlier = frame.before(index)
        low = 0 if earlier is None else earlier + 1
        end = index
        while end > low and (not tokens[end - 1].is_word or tokens[end - 1].lower in words.that):
            end -= 1
        marks = {token.text for token in tokens[end:index]}
        colon = ":" in marks
        first = self.text[passage.pieces[0][0] : passage.pieces[0][0] + 1] if passage.pieces else ""
        for at in range(end - 1, low - 1, -1):
            cue = cue_at(tokens, at, words)
            if cue is None or cue.last > index or not is_asserted(tokens, cue, low, words):
                continue
            subject = self._subject(tokens, cue, low)
            reach = cue.last if subject is None or subject.first < cue.first else max(subject.last, cue.last)
            touching = reach >= end or ("," in marks and end - reach <= _INVERTED_REACH)
            if not colon and not (touching and first.isupper() and self._speech(frame, index, passage, cue)):
                return None
            return Attribution(subject, cue_span(tokens, cue), low, index, cue, end - reach > _FEW)
        if not colon or end <= low:
            return None
        return Attribution(self.scene.main_subject(self.part, tokens, end, low), (0, 0), low, index)

    def _speech(self, frame: Frame, index: int, passage: Passage, cue: Cue) -> bool:
        """Tell a statement from a name or term in marks that a cue happens to precede."""
        if cue.does("call", "pledge", "demand", "opine") and not cue.does("say", "utter"):
            return False
        following = frame.tokens[index + 1] if index + 1 < len(frame.tokens) else None
        ends_here = following is None or not following.is_word
        return self._size(passage) >= _FEW or (ends_here and self._size(passage) > 1)

    def _size(self, passage: Passage) -> int:
        return sum(
            any(c.isalnum() for c in word)
            for low, high in passage.pieces
            for word in self.text[low:high].split()
        )

    def _same_quotation(self, number: int, frame: Frame, index: int) -> Draft | None:
        """Give the quote that this passage goes on with after an attribution in the same paragraph."""
        tokens = frame.tokens
        earlier = frame.before(index)
        if earlier is not None:
            before = self.spoken.get(key(frame.passages[earlier]))
            if before is None or before.cue is None or before.cue[0] < tokens[earlier].start:
                return None
            between = range(earlier + 1, index)
            others = [
                at for at in between if cue_at(tokens, at, self.words) and at not in self.used.get(number, ())
            ]
            return None if others else before
        if any(token.is_word for token in tokens[:index]) or number == 0:
            return None
        previous = self.frames[number - 1]
        if previous.block != frame.block or not previous.passages:
            return None
        last = max(previous.passages)
        before = self.spoken.get(key(previous.passages[last]))
        if before is None or previous.passages[last].dash:
            return None
        rest = any(token.is_word for token in tokens[index + 1 :])
        return None if rest or (before.cue is None and not before.carried) else before

    def _stands_alone(self, number: int, frame: Frame, index: int, passage: Passage) -> bool:
        """Tell whether a passage without attribution is a statement of its own in the text."""
        words = self._size(passage)
        if frame.words:
            return False
        last = self.text[passage.pieces[-1][1] - 1] if passage.pieces else ""
        return words >= _FEW - 1 or (last in ".!?" and words > 1)

    def _carried(self, number: int, frame: Frame) -> Subject | None:
        """Find the speaker of a passage that has no attribution of its own."""
        if number + 1 < len(self.frames):
            following = self.frames[number + 1]
            first = following.tokens[0]
            if first.text[:1].islower() and following.part == self.part:
                told = attribution(self.scene, self.part, following.tokens, 0)
                if told is not None:
                    return told.speaker
        if number == 0:
            return None
        previous = self.frames[number - 1]
        drafts = [self.spoken[key(p)] for p in previous.passages.values() if key(p) in self.spoken]
        if drafts:
            return drafts[-1].speaker
        return self._narrated(previous)
