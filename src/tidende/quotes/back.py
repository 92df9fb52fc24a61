"""Read a sentence that tells who has said the direct speech before it: "Det seier Støre til NRK."."""

from __future__ import annotations

from tidende.quotes.attribution import Attribution, attribution
from tidende.quotes.cues import is_asserted
from tidende.quotes.drafts import Draft
from tidende.quotes.frames import Frame
from tidende.quotes.labels import Labels
from tidende.quotes.marks import Passage
from tidende.quotes.speech import key

_SAYS = ("say", "tell", "write", "announce", "claim", "add", "report")


class Back(Labels):
    """Give direct speech the speaker that the sentence after it tells."""

    def _told_back(self, number: int, frame: Frame) -> None:
        """Give the paragraphs of speech right before a frame its speaker, if it points back at them."""
        before = self._spoken_before(number)
        told = self._points(frame) if before else None
        if told is None:
            return
        for place, (at, passage) in enumerate(before):
            draft = self.spoken.get(key(passage))
            if draft is None:
                pieces = list(passage.pieces)
                draft = Draft(self.part, "direct", pieces, (passage.start, passage.end), block=passage.first)
                draft.last_block = passage.last
                self._keep(draft, key(passage))
            draft.speaker, draft.carried = told.speaker, place > 0
            if place == 0:
                draft.cue = told.cue
                if told.verb is not None:
                    draft.particle, draft.act = told.verb.particle, told.verb.act
                reach = (told.first, told.first, told.last)
                self.scene.set_scene(draft, frame.tokens, reach, told.verb, told.speaker)
            self.used.setdefault(at, set())
        self.used.setdefault(number, set()).update(range(told.first, told.last))

    def _points(self, frame: Frame) -> Attribution | None:
        """Read "Det seier X": a word that points back, then a cue and its subject."""
        tokens, words = frame.tokens, self.words
        if len(tokens) < 3 or tokens[0].lower not in words.anaphors:
            return None
        told = attribution(self.scene, self.part, tokens, 1)
        if told is None or told.speaker is None or told.verb is None or not told.verb.does(*_SAYS):
            return None
        inverted = told.speaker.first >= told.verb.after or told.verb.form == "participle"
        return told if inverted and is_asserted(tokens, told.verb, 0, words) else None

    def _spoken_before(self, number: int) -> list[tuple[int, Passage]]:
        """Give the passages right before a frame that are paragraphs without a word of the article's own.

        Nearest first; what has an attribution of its own ends them.
        """
        found: list[tuple[int, Passage]] = []
        block = self.frames[number].block
        for at in range(number - 1, -1, -1):
            frame = self.frames[at]
            if frame.words or not frame.passages or block - frame.last_block > 1:
                break
            passages = [frame.passages[index] for index in sorted(frame.passages, reverse=True)]
            drafts = [self.spoken.get(key(passage)) for passage in passages]
            if any(draft is not None and draft.cue is not None for draft in drafts):
                break
            found += [(at, passage) for passage in passages]
            block = frame.block
        return found
