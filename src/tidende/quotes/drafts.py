"""Hold one quote while it is being found, and write it out as a record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from tidende.parse.types import Parsed
from tidende.quotes.phrases import Subject
from tidende.records import Evidence, Part, Quote, QuoteAct, QuoteKind, QuoteVersion, evidence_at

Span = tuple[int, int]
Medium = tuple[str, int, int]  # its key, and where it stands


@dataclass(slots=True)
class Draft:
    """One quote: `outer` with its marks, `spans` without; offsets into `part`."""

    part: Part
    kind: QuoteKind
    spans: list[Span]
    outer: Span
    speaker: Subject | None = None
    cue: Span | None = None
    addressee: Subject | None = None
    medium: Medium | None = None
    occasion: Span | None = None
    act: QuoteAct | None = None
    thought: bool = False
    block: int = 0
    last_block: int = 0
    particle: tuple[str, ...] = ()
    carried: bool = False
    speaker_part: Part | None = None  # where the speaker is read, if in another part


def quote(parsed: Parsed, draft: Draft) -> Quote:
    """Write a draft as a quote of one version."""
    article = parsed.article

    def cut(span: Span, part: Part | None = None) -> Evidence:
        return evidence_at(article, span[0], span[1], part or draft.part)

    spans = [cut(span) for span in draft.spans]
    text = " ".join(span.text for span in spans)
    speaker, listener = draft.speaker, draft.addressee
    entity = speaker.entity if speaker is not None else None
    outer = (min(draft.outer[0], draft.spans[0][0]), max(draft.outer[1], draft.spans[-1][1]))
    version = QuoteVersion(
        article=article.id,
        language=parsed.language,
        kind=draft.kind,
        text=text,
        cue=_cue(cut(draft.cue).text, draft.particle) if draft.cue is not None else None,
        cue_evidence=cut(draft.cue) if draft.cue is not None else None,
        act=draft.act,
        speaker_evidence=cut((speaker.start, speaker.end), draft.speaker_part)
        if speaker is not None
        else None,
        addressee_evidence=cut((listener.start, listener.end)) if listener is not None else None,
        medium_evidence=cut(draft.medium[1:]) if draft.medium is not None else None,
        occasion=cut(draft.occasion) if draft.occasion is not None else None,
        evidence=cut(outer),
        spans=spans,
    )
    return Quote(
        id=f"quote:{entity or 'unknown'}:{_digest(text)}",
        speaker=entity,
        speaker_text=speaker.text if speaker is not None else "",
        addressee=listener.entity if listener is not None else None,
        medium=draft.medium[0] if draft.medium is not None else None,
        thought=draft.thought,
        kind=draft.kind,
        versions=[version],
    )


def _cue(printed: str, particle: tuple[str, ...]) -> str:
    """Give a cue with its particle, which may stand apart from the verb: "la ... til"."""
    missing = " ".join(particle)
    return printed if not particle or printed.lower().endswith(f" {missing}") else f"{printed} {missing}"


def _digest(text: str) -> str:
    """Fold a quote to its letters and digits, so that marks and spacing do not change its id."""
    folded = " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
    return hashlib.sha256(folded.encode("utf-8")).hexdigest()[:10]
