"""Keep what direct speech has been read so far in one part of an article."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.parse.types import Token
from tidende.quotes.cues import Cue, cue_at, is_asserted
from tidende.quotes.drafts import Draft
from tidende.quotes.frames import Frame
from tidende.quotes.marks import Passage
from tidende.quotes.phrases import Subject
from tidende.quotes.speakers import Scene
from tidende.records import Part


class Speech:
    """Hold the frames of a part, the drafts made of them, and the cues that the drafts used.

    `spoken` maps the place of a passage to its draft, `used` a frame to the indices of its used cues.
    """

    def __init__(self, scene: Scene, part: Part, frames: Sequence[Frame]) -> None:
        self.scene = scene
        self.words = scene.words
        self.part: Part = part
        self.frames = frames
        self.text = scene.parsed.source(part)
        self.drafts: list[Draft] = []
        self.used: dict[int, set[int]] = {}
        self._answers: set[int] = set()  # blocks of an interview
        self.spoken: dict[tuple[int, int], Draft] = {}

    def _keep(self, draft: Draft, key: tuple[int, int]) -> None:
        if draft.spans:
            self.drafts.append(draft)
            self.spoken[key] = draft

    def _subject(self, tokens: Sequence[Token], cue: Cue, low: int) -> Subject | None:
        subject = self.scene.subject(self.part, tokens, cue, low)
        if subject is None:
            subject = self.scene.main_subject(self.part, tokens, cue.first, low)
        things = self.words.impersonal - self.words.first_person
        return None if subject is not None and subject.text.lower() in things else subject

    def _narrated(self, frame: Frame) -> Subject | None:
        """Give the speaker of the sentence before: the subject of its last cue."""
        tokens = frame.tokens
        # "Om skenomröstningarna säger hon:": what a colon closes leads to what is said.
        colon = tokens[-1].text == ":"
        for at in range(len(tokens) - 1, -1, -1):
            cue = cue_at(tokens, at, self.words)
            if cue is None or cue.form in ("participle", "infinitive"):
                continue
            asserted = is_asserted(tokens, cue, cue.first if colon else 0, self.words)
            if asserted:
                subject = self._subject(tokens, cue, 0)
                if subject is not None and subject.text.lower() not in self.words.impersonal:
                    return subject
        return self._alone(tokens) if colon else None

    def _alone(self, tokens: Sequence[Token]) -> Subject | None:
        """Give the person that is all of a paragraph before its colon: "Politidirektør Poul Eefsen:"."""
        subject = self.scene.phrase_from(self.part, tokens, 0) if tokens[0].is_word else None
        alone = subject is not None and subject.last == len(tokens) - 1 and subject.type == "person"
        return subject if alone else None

    def _neighbour_draft(self, number: int) -> Draft | None:
        if number < 0:
            return None
        drafts = [self.spoken[key(p)] for p in self.frames[number].passages.values() if key(p) in self.spoken]
        return drafts[-1] if drafts else None


def key(passage: Passage) -> tuple[int, int]:
    """Give the place of a passage."""
    return passage.start, passage.end
