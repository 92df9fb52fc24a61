"""Give quotes as cards: who speaks, and each version in its language with what it has more marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tidende.records import Quote, QuoteVersion
from tidende.render.layout import clean
from tidende.render.people import bare_words, shown_beside, speaker_line
from tidende.render.surplus import surplus
from tidende.render.view import View


@dataclass(frozen=True, slots=True)
class CardVersion:
    """One version: its article's label, its language, how it is quoted, its words, where it stands.

    `pieces` are runs of words; one that no other version has is marked as more.
    """

    label: str
    language: str
    kind: str
    pieces: tuple[tuple[str, bool], ...]
    locator: str


@dataclass(frozen=True, slots=True)
class Card:
    """One quote: its id, its head (speaker, addressee, who tells it), its versions side by side."""

    id: str
    head: str
    versions: tuple[CardVersion, ...]


def cards(view: View) -> list[Card]:
    """Give the quotes that stand side by side, in the order of the record."""
    return [
        Card(quote.id, speaker_line(view, quote), tuple(_version(view, quote, one) for one in quote.versions))
        for quote in view.record.quotes
        if shown_beside(view, quote) and quote.versions
    ]


def _version(view: View, quote: Quote, version: QuoteVersion) -> CardVersion:
    others = [view.said(one) for one in quote.versions if one.article != version.article]
    label = view.places.label(version.article)
    kind = view.manner(version)
    pieces = _pieces(bare_words(view, version), surplus(view.said(version), others))
    return CardVersion(label, version.language, kind, pieces, view.places.locator([version.evidence]))


def _pieces(text: str, extra: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a text round the sentences that only it has."""
    found: list[tuple[str, bool]] = []
    rest = clean(text)
    for sentence in extra:
        before, matched, after = rest.partition(sentence)
        if matched:
            found += [(before, False), (matched, True)]
            rest = after
    return tuple((words, more) for words, more in [*found, (rest, False)] if words)
