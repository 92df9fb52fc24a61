"""Find how far a cue of speech can reach: from where its clause begins to where another takes over."""

from __future__ import annotations

from tidende.quotes.cues import QUOTED, cue_at, opener_at, phrase_at
from tidende.quotes.frames import Frame
from tidende.quotes.speakers import Scene
from tidende.records import Part

_CONNECTED = 9
_DEEDS = ("call", "pledge", "demand")


class Reach:
    """Measure reach in one frame; `barred` are the indices of direct passages, `used` of their cues."""

    def __init__(self, scene: Scene, part: Part, frame: Frame, used: set[int], barred: set[int]) -> None:
        self.scene = scene
        self.words = scene.words
        self.part: Part = part
        self.frame = frame
        self.tokens = frame.tokens
        self.used = used
        self.barred = barred
        self.text = scene.parsed.source(part)

    def _low(self, at: int, *, sentence: bool = False) -> int:
        """Give where the clause of a token begins at the earliest: after direct speech or a semicolon.

        With `sentence`, clauses that a conjunction opens are not told apart. A verb that is joined by
        "and" after a comma has the subject of the sentence: ", og sagde".
        """
        joined = at > 1 and self.tokens[at - 1].lower in self.words.coordinating
        sentence = sentence or (joined and self.tokens[at - 2].text == ",")
        for before in range(at - 1, -1, -1):
            if before in self.barred or self.tokens[before].text in (";", ":"):
                return before + 1
            if sentence:
                continue
            opens = before + 1 < at and self.tokens[before + 1].lower in self.words.clause_openers
            if opens and not self.words.verb_final and before + 2 < at and self.tokens[before].text == ",":
                return before + 2
        return 0

    def _stop(self, after: int) -> int:
        """Give where the reach of a cue ends: at direct speech, or where another cue takes over."""
        tokens, words = self.tokens, self.words
        for at in range(after, len(tokens)):
            if at in self.barred or tokens[at].text == ";":
                return at
            if tokens[at].text == ":" and at + 1 in self.barred:
                return at
            if tokens[at - 1].text == QUOTED and opener_at(tokens, at, words):
                return at
            if at <= after + 1 or at + 1 >= len(tokens):
                continue
            if tokens[at].text in (",", "–", "—") and self._takes_over(at + 1):
                return at
            if tokens[at].text == "," and phrase_at(tokens, at + 1, words.aftermath):
                # "said progress had been made, only for the North to denounce him"
                return at
            if tokens[at].lower in words.coordinating:
                cue = cue_at(tokens, at + 1, words)
                if (cue is not None and cue.form == "finite") or self._others_words(at + 1):
                    return at
            if tokens[at].lower in words.contrast and self._others_words(at + 1):
                return at
        return len(tokens)

    def _others_words(self, at: int) -> bool:
        """Tell whether somebody and what he says stand here: "and police said", "medan Trump lovade"."""
        tokens, words = self.tokens, self.words
        subject = self.scene.phrase_from(self.part, tokens, at)
        if subject is None or not subject.known or subject.last >= len(tokens):
            return False
        contrast = words.verb_final and tokens[at - 1].lower in words.contrast
        for verb in range(subject.last, len(tokens) if contrast else subject.last + 1):
            cue = cue_at(tokens, verb, words)
            if cue is not None and cue.form == "finite" and not cue.does("call", "opine", "utter"):
                return True
        return False

    def _takes_over(self, at: int) -> bool:
        """Tell whether a new attribution begins at a token: ", sa Kim", ", The Hill reported"."""
        tokens, words = self.tokens, self.words
        if tokens[at].lower in words.clause_openers | words.coordinating:
            # ", mens Nord-Korea anklaget ham": another's words begin after the connective.
            joined = tokens[at].lower in words.coordinating | words.contrast
            for later in range(at + 1, min(len(tokens), at + _CONNECTED)):
                if tokens[later].text == "," or tokens[later].lower in words.that:
                    return False
                cue = cue_at(tokens, later, words) if later > at + 1 else None
                if cue is not None and cue.form == "finite" and (joined or not cue.does(*_DEEDS)):
                    return True
            return False
        if opener_at(tokens, at, words) or tokens[at].lower in words.so - words.adverbs:
            return True
        if tokens[at].lower in words.so and at + 1 < len(tokens) and tokens[at + 1].is_capital:
            return True
        if self._ends_so(at):
            return True
        cue = cue_at(tokens, at, words)
        if cue is not None:
            if cue.form == "gerund":
                return True
            return (
                words.verb_second
                and cue.form == "finite"
                and self.scene.after(self.part, tokens, cue) is not None
            )
        if words.verb_second:
            return False
        subject = self.scene.phrase_from(self.part, tokens, at)
        if (
            subject is None
            or subject.last >= len(tokens)
            or (not subject.known and not tokens[at].is_capital)
        ):
            return False
        cue = cue_at(tokens, subject.last, words)
        return cue is not None and cue.form == "finite" and not cue.does("call", "pledge", "opine")

    def _ends_so(self, at: int) -> bool:
        """Tell "so das Netzwerk" from a clause that "so" opens: nothing follows the noun."""
        tokens, words = self.tokens, self.words
        if tokens[at].lower not in words.so or at + 1 >= len(tokens):
            return False
        determined = tokens[at + 1].lower in words.determiners
        subject = self.scene.phrase_from(self.part, tokens, at + 1) if determined else None
        return subject is not None and all(not token.is_word for token in self.tokens[subject.last :])
