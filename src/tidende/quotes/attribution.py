"""Read attributions: the words beside a quotation that tell who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.parse.types import Token
from tidende.quotes.cues import QUOTED, Cue, cue_at, cue_span, opener_at
from tidende.quotes.phrases import Subject
from tidende.quotes.speakers import Scene
from tidende.records import Part

_HARD = frozenset(".:;!?…")
_REACH = 16
_INVERTED_REACH = 7
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """Hold who is told to speak, by which cue, and the tokens `[first:last]` that tell it."""

    speaker: Subject | None
    cue: tuple[int, int]
    first: int
    last: int
    verb: Cue | None = None
    apart: bool = False


def attribution(scene: Scene, part: Part, tokens: Sequence[Token], at: int) -> Attribution | None:
    """Read an attribution that begins at a token: "sa Kim", "he said", "so Hale", "ifølge Kim"."""
    words = scene.words
    if tokens[at].lower in words.clause_openers | words.relative - words.determiners | words.coordinating:
        return None
    if size := opener_at(tokens, at, words):
        subject = scene.phrase_from(part, tokens, at + size) if at + size < len(tokens) else None
        if subject is None:
            return None
        return Attribution(subject, (tokens[at].start, tokens[at + size - 1].end), at, _stop(tokens, at))
    if tokens[at].lower in words.so and at + 1 < len(tokens):
        subject = scene.phrase_from(part, tokens, at + 1)
        if subject is not None and (
            subject.known or subject.text[:1].isupper() or _determined(subject, words.determiners)
        ):
            return Attribution(subject, (tokens[at].start, tokens[at].end), at, _stop(tokens, at))
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


def _inverted(scene: Scene, part: Part, tokens: Sequence[Token], at: int) -> Attribution | None:
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
    return Attribution(subject, cue_span(tokens, cue), at, _stop(tokens, at), cue)


def _straight(scene: Scene, part: Part, tokens: Sequence[Token], at: int) -> Attribution | None:
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
        return Attribution(subject, cue_span(tokens, cue), at, _stop(tokens, at), cue)
    return None


def _retold(scene: Scene, part: Part, tokens: Sequence[Token], report: Cue) -> Attribution | None:
    """Prefer the speaker over the outlet: "Mediaite reported the president saying"."""
    for at in range(report.last + 1, min(len(tokens), report.last + _INVERTED_REACH)):
        cue = cue_at(tokens, at, scene.words)
        if cue is not None and cue.form == "gerund":
            subject = scene.phrase_from(part, tokens, report.last)
            if subject is not None:
                return Attribution(subject, cue_span(tokens, cue), report.first, _stop(tokens, at), cue)
    return None
