"""Say who denies or rejects what a story's main event tells: from what is read of them, never by guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidende.languages.lists import word_set
from tidende.records import Event, Evidence
from tidende.render.view import View

_WORD = re.compile(r"\w+")
_RIGHT_BEHIND = 3  # code points between two sentences that follow each other


@dataclass(frozen=True, slots=True)
class Denial:
    """One clause that sets somebody against an event, and where it is told."""

    text: str
    evidence: tuple[Evidence, ...]


def denials(view: View, event: Event) -> Iterator[Denial]:
    """Yield who denies an event: speakers first, then articles that tell it did not happen, then refusals.

    A refusal counts where the accused gives it to who accuses, or to whoever claims what is told of him.
    """
    told: dict[str, list[Evidence]] = {}
    silent: list[Evidence] = []
    for difference in view.record.differences:
        if difference.about != event.id or difference.attribute != "modality":
            continue
        for value in difference.values:
            for piece in value.evidence if value.value == "denied" else ():
                speaker = _speaker(view, piece)
                if speaker is None:
                    silent.append(piece)
                else:
                    told.setdefault(speaker, []).append(piece)
    if told:
        yield Denial(_say(view, "denies", list(told)), tuple(p for pieces in told.values() for p in pieces))
    if silent:
        labels = view.words.joined(view.places.labelled(piece.article for piece in silent))
        yield Denial(view.words.say("lead", "not_so", articles=labels), tuple(silent))
    accused, accusers = _sides(event)
    for other in view.record.events:
        if other.type != "REJECT" or other.modality != "happened" or not other.actors:
            continue
        answers = accusers.intersection(other.recipients) or _follows(view, event, other)
        if set(other.actors) <= accused and answers:
            if not set(other.actors) & set(told):
                yield Denial(_say(view, "rejects", other.actors), tuple(other.evidence))
            return


def _follows(view: View, event: Event, refusal: Event) -> bool:
    """Tell whether a refusal stands right behind the event in an article, and is of an accusation."""
    languages = {article.id: article.language for article in view.record.articles}
    if refusal.recipients:
        return False
    for piece in refusal.evidence:
        words = set(_WORD.findall(piece.text.lower()))
        if not words & word_set(languages[piece.article], "compare", "accusations"):
            continue
        for told in event.evidence:
            apart = piece.start - told.end
            if (told.article, told.part) == (piece.article, piece.part) and 0 <= apart <= _RIGHT_BEHIND:
                return True
    return False


def _sides(event: Event) -> tuple[set[str], set[str]]:
    """Give who is said to have done something, and who says so."""
    if event.type == "ACCUSE":
        return set(event.recipients), set(event.actors)
    return (set(event.actors), {event.claimed_by}) if event.claimed_by else (set(), set())


def _speaker(view: View, piece: Evidence) -> str | None:
    """Give the one who is heard in a sentence that denies, None where the article speaks itself."""
    for quote in view.record.quotes:
        for version in quote.versions:
            heard = any(
                (span.article, span.part) == (piece.article, piece.part)
                and span.start < piece.end
                and piece.start < span.end
                for span in version.spans
            )
            if heard and quote.speaker is not None and view.can_be_said(quote.speaker):
                return quote.speaker
    return None


def _say(view: View, key: str, parties: Sequence[str]) -> str:
    forms = view.words.table("lead")[key]
    form = forms if isinstance(forms, str) else forms[1] if view.are_many(parties) else forms[0]
    name = view.words.joined([view.in_sentence(party, 0) for party in parties])
    return str(form).format(name=name)
