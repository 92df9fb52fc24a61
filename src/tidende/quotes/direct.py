"""Decide which quoted passages are speech, and by the text around each who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.parse.types import Token
from tidende.quotes.cues import QUOTED, Cue, cue_at, cue_span, is_asserted, phrase_at
from tidende.quotes.drafts import Draft
from tidende.quotes.frames import Frame
from tidende.quotes.marks import DASHES, DOUBLE, SINGLE, Passage, trim
from tidende.quotes.speakers import Scene, Subject
from tidende.records import Part

_HARD = frozenset(".:;!?…")
_FEW = 4
_REACH = 16
_INVERTED_REACH = 7
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Attribution:
    """Who is told to speak, by which cue, and the tokens `[first:last]` that tell it."""

    speaker: Subject | None
    cue: tuple[int, int]
    first: int
    last: int
    verb: Cue | None = None
    apart: bool = False


class Direct:
    """Read the direct quotes of one part, frame by frame, in order."""

    def __init__(self, scene: Scene, part: Part, frames: Sequence[Frame]) -> None:
        self.scene = scene
        self.words = scene.words
        self.part: Part = part
        self.frames = frames
        self.text = scene.parsed.source(part)
        self.drafts: list[Draft] = []
        self.used: dict[int, set[int]] = {}
        self.spoken: dict[tuple[int, int], Draft] = {}

    def run(self) -> list[Draft]:
        """Give the drafts of all direct quotes."""
        for number, frame in enumerate(self.frames):
            if not frame.passages:
                self._headline(number, frame)
            for index, passage in frame.passages.items():
                if passage.dash:
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
            draft.standing = True
            draft.speaker, draft.carried = self._carried(number, frame), True
        self._keep(draft, key)

    def _complete(
        self, number: int, frame: Frame, passage: Passage, attribution: _Attribution | None
    ) -> None:
        """Use the attribution that follows the last paragraph of a long passage."""
        draft = self.spoken.get((passage.start, passage.end)) if attribution is not None else None
        if draft is not None and draft.cue is None:
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

    def _keep(self, draft: Draft, key: tuple[int, int]) -> None:
        if draft.spans:
            self.drafts.append(draft)
            self.spoken[key] = draft

    def _attribute(self, number: int, frame: Frame, draft: Draft, told: _Attribution) -> None:
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
            draft.addressee = self.scene.addressee(
                self.part, frame.tokens, told.verb, told.last, told.speaker
            )
        draft.medium = self.scene.medium(frame.tokens, told.first, told.last)

    def _after(self, frame: Frame, index: int, passage: Passage) -> _Attribution | None:
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
        before = index
        while before and not frame.tokens[before - 1].is_word and frame.tokens[before - 1].text not in ":,":
            before -= 1
        if before == 0 or frame.tokens[before - 1].text == ":" or passage.first != frame.block:
            return False
        if frame.tokens[before - 1].text != ",":
            return True
        earlier = [at for at in frame.passages if at < index]
        if earlier and self.is_direct(frame.passages[earlier[-1]]):
            return False
        first = self.text[passage.pieces[0][0] : passage.pieces[0][0] + 1] if passage.pieces else ""
        return not first.isupper()

    def _introduction(self, frame: Frame, index: int, passage: Passage) -> _Attribution | None:
        """Read the attribution that leads to a passage: He said: "…"; sa han: «…»."""
        tokens, words = frame.tokens, self.words
        low = max((at + 1 for at in frame.passages if at < index), default=0)
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
            return _Attribution(subject, cue_span(tokens, cue), low, index, cue, end - reach > _FEW)
        if not colon or end <= low:
            return None
        return _Attribution(self.scene.main_subject(self.part, tokens, end, low), (0, 0), low, index)

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

    def _subject(self, tokens: Sequence[Token], cue: Cue, low: int) -> Subject | None:
        subject = self.scene.subject(self.part, tokens, cue, low)
        if subject is None:
            subject = self.scene.main_subject(self.part, tokens, cue.first, low)
        return subject

    def _same_quotation(self, number: int, frame: Frame, index: int) -> Draft | None:
        """Give the quote that this passage goes on with after an attribution in the same paragraph."""
        tokens = frame.tokens
        earlier = [at for at in frame.passages if at < index]
        if earlier:
            before = self.spoken.get(_key(frame.passages[earlier[-1]]))
            if before is None or before.cue is None or before.cue[0] < tokens[earlier[-1]].start:
                return None
            between = range(earlier[-1] + 1, index)
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
        before = self.spoken.get(_key(previous.passages[last]))
        if before is None or previous.passages[last].dash:
            return None
        rest = any(token.is_word for token in tokens[index + 1 :])
        return None if rest or (before.cue is None and not before.carried) else before

    def _stands_alone(self, number: int, frame: Frame, index: int, passage: Passage) -> bool:
        """Tell whether a passage without attribution is a statement of its own in the text."""
        words = self._size(passage)
        if any(token.is_word for token in frame.tokens):
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
        drafts = [self.spoken[_key(p)] for p in previous.passages.values() if _key(p) in self.spoken]
        if drafts:
            return drafts[-1].speaker
        return self._narrated(previous)

    def _narrated(self, frame: Frame) -> Subject | None:
        """Give the speaker of the sentence before: the subject of its last cue."""
        tokens = frame.tokens
        for at in range(len(tokens) - 1, -1, -1):
            cue = cue_at(tokens, at, self.words)
            if cue is None or cue.form in ("participle", "infinitive"):
                continue
            if is_asserted(tokens, cue, 0, self.words):
                subject = self._subject(tokens, cue, 0)
                if subject is not None and subject.text.lower() not in self.words.impersonal:
                    return subject
        return None

    # --- headlines ------------------------------------------------------------------------------

    def _headline(self, number: int, frame: Frame) -> None:
        """Read a headline that gives a person's words after a colon: "Trump: We fell in love"."""
        kind = self.scene.parsed.blocks[frame.block].kind
        if kind not in ("title", "heading"):
            return
        tokens = frame.tokens
        subject = self.scene.phrase_from(self.part, tokens, 0) if tokens[0].is_word else None
        if subject is None or subject.last >= len(tokens) or tokens[subject.last].text != ":":
            return
        rest = [token for token in tokens[subject.last + 1 :] if token.is_word]
        dashed = len(tokens) > subject.last + 1 and tokens[subject.last + 1].text in DASHES
        own = any(token.lower in self.words.first_person for token in rest)
        if len(rest) < _FEW - 1 or not (dashed or own) or not (subject.known or dashed):
            return
        span = trim(self.text, rest[0].start, tokens[-1].end)
        draft = Draft(self.part, "direct", [span], span, subject, block=frame.block, last_block=frame.block)
        self._keep(draft, span)
        self.used.setdefault(number, set()).update(range(len(tokens)))

    # --- dash paragraphs ------------------------------------------------------------------------

    def _dash(self, number: int, passage: Passage) -> None:
        """Read a dash paragraph: what is left of it when the attribution is cut out."""
        low, high = passage.pieces[0]
        tokens = [
            token
            for sentence in self.scene.parsed.sentences
            if sentence.part == self.part and sentence.block == passage.first
            for token in sentence.tokens
            if token.start >= low
        ]
        ends = {
            s.end for s in self.scene.parsed.sentences if s.part == self.part and s.block == passage.first
        }
        draft = Draft(
            self.part,
            "direct",
            [],
            (passage.start, passage.end),
            block=passage.first,
            last_block=passage.last,
        )
        start, at = low, 0
        told: _Attribution | None = None
        while at < len(tokens) and told is None:
            if tokens[at].text in (",", "?", "!", "–", "—", "-", "»", "”") and at + 1 < len(tokens):
                told = self._inside(tokens, at + 1)
            at += 1
        if told is None:
            self._undivided_dash(number, draft, passage)
            return
        draft.spans.append(trim(self.text, start, self._mark_end(tokens, told.first)))
        stop = told.first
        while stop < len(tokens) and tokens[stop].end not in ends:
            stop += 1
        draft.speaker = told.speaker
        draft.cue = told.cue
        if told.verb is not None:
            draft.particle = told.verb.particle
            draft.addressee = self.scene.addressee(self.part, tokens, told.verb, stop, told.speaker)
        draft.medium = self.scene.medium(tokens, told.first, stop)
        self._after_dash_attribution(draft, tokens, stop + 1, high)
        draft.outer = (passage.start, draft.spans[-1][1])
        draft.spans = [span for span in draft.spans if span[0] < span[1]]
        self._keep(draft, _key(passage))

    def _mark_end(self, tokens: Sequence[Token], first: int) -> int:
        """Give where the words before an attribution end: a question mark belongs to them."""
        before = tokens[first - 1]
        return before.end if before.text in "?!»”" else before.start

    def _inside(self, tokens: Sequence[Token], at: int) -> _Attribution | None:
        cue = cue_at(tokens, at, self.words)
        if cue is not None or tokens[at].lower in self.words.perfect:
            told = attribution(self.scene, self.part, tokens, at)
            return told if told is not None and told.speaker is not None else None
        if phrase_at(tokens, at, self.words.according) or tokens[at].lower in self.words.so:
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
        draft.standing = True
        if previous is None and not (
            number and (subject := self._narrated(self.frames[number - 1])) is not None
        ):
            following = self.frames[number + 1] if number + 1 < len(self.frames) else None
            if following is None or not any(p.dash for p in following.passages.values()):
                return
        elif previous is None:
            draft.speaker, draft.carried = subject, True
        elif not question and not asked:
            draft.speaker, draft.carried = previous.speaker, True
        draft.spans.append((low, high))
        self._keep(draft, _key(passage))

    def _neighbour_draft(self, number: int) -> Draft | None:
        if number < 0:
            return None
        drafts = [
            self.spoken[_key(p)] for p in self.frames[number].passages.values() if _key(p) in self.spoken
        ]
        return drafts[-1] if drafts else None


def _key(passage: Passage) -> tuple[int, int]:
    return passage.start, passage.end


def attribution(scene: Scene, part: Part, tokens: Sequence[Token], at: int) -> _Attribution | None:
    """Read an attribution that begins at a token: "sa Kim", "he said", "so Hale", "ifølge Kim"."""
    words = scene.words
    if tokens[at].lower in words.clause_openers | words.relative - words.determiners | words.coordinating:
        return None
    if size := phrase_at(tokens, at, words.according):
        subject = scene.phrase_from(part, tokens, at + size) if at + size < len(tokens) else None
        if subject is None:
            return None
        return _Attribution(subject, (tokens[at].start, tokens[at + size - 1].end), at, _stop(tokens, at))
    if tokens[at].lower in words.so and at + 1 < len(tokens):
        subject = scene.phrase_from(part, tokens, at + 1)
        if subject is not None and (
            subject.known or subject.text[:1].isupper() or _determined(subject, words.determiners)
        ):
            return _Attribution(subject, (tokens[at].start, tokens[at].end), at, _stop(tokens, at))
        return None
    verb = at
    while verb < len(tokens) and tokens[verb].lower in words.adverbs:
        verb += 1
    inverted = _inverted(scene, part, tokens, verb)
    if inverted is not None:
        return inverted
    return _straight(scene, part, tokens, at)


def _determined(subject: Subject, determiners: frozenset[str]) -> bool:
    return subject.text.split()[0].lower() in determiners


def _stop(tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].text not in _HARD and tokens[at].text != QUOTED:
        at += 1
    return at


def _inverted(scene: Scene, part: Part, tokens: Sequence[Token], at: int) -> _Attribution | None:
    words = scene.words
    if at >= len(tokens):
        return None
    cue = cue_at(tokens, at, words)
    if cue is None and tokens[at].lower in words.perfect and words.verb_second:
        for later in range(at + 1, min(len(tokens), at + _INVERTED_REACH)):
            cue = cue_at(tokens, later, words)
            if cue is not None and cue.form == "participle":
                break
            cue = None
    if cue is None or cue.form in ("gerund", "infinitive"):
        return None
    if cue.form == "participle" and cue.first == at:
        return None
    subject = scene.after(part, tokens, cue)
    if subject is None and not words.verb_second:
        return None
    return _Attribution(subject, cue_span(tokens, cue), at, _stop(tokens, at), cue)


def _straight(scene: Scene, part: Part, tokens: Sequence[Token], at: int) -> _Attribution | None:
    """Read subject before verb; only English prints it after a quotation as a rule."""
    words = scene.words
    reach = _INVERTED_REACH if words.verb_second else _REACH
    for verb in range(at + 1, min(len(tokens), at + reach)):
        if tokens[verb - 1].text in _HARD or tokens[verb].text == QUOTED:
            return None
        cue = cue_at(tokens, verb, words)
        if cue is None or cue.form == "infinitive":
            continue
        subject = scene.subject(part, tokens, cue, at)
        if subject is None and not words.verb_second:
            # "a spokesman who declined to be named told NTB"
            opening = scene.phrase_from(part, tokens, at)
            if opening is not None and opening.last < verb:
                following = tokens[opening.last].lower
                subject = opening if following in words.relative or following == "," else None
        if subject is None or subject.first > cue.first or subject.first - at > 3:
            continue
        if words.verb_second and not (subject.known and subject.first == at and cue.first - at <= _NEAR):
            return None
        if cue.does("report") and not cue.does("say"):
            retold = _retold(scene, part, tokens, cue)
            if retold is not None:
                return retold
        return _Attribution(subject, cue_span(tokens, cue), at, _stop(tokens, at), cue)
    return None


def _retold(scene: Scene, part: Part, tokens: Sequence[Token], report: Cue) -> _Attribution | None:
    """Prefer the speaker over the outlet: "Mediaite reported the president saying"."""
    for at in range(report.last + 1, min(len(tokens), report.last + _INVERTED_REACH)):
        cue = cue_at(tokens, at, scene.words)
        if cue is not None and cue.form == "gerund":
            subject = scene.phrase_from(part, tokens, report.last)
            if subject is not None:
                return _Attribution(subject, cue_span(tokens, cue), report.first, _stop(tokens, at), cue)
    return None
