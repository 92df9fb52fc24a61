"""The ledger of a printed record: other events by who takes part, sums closed, claims, short references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from tidende.ledgers import Sum, by_time, parties
from tidende.records import Claim, Event, Evidence
from tidende.render.layout import WIDTH, Item, Section, capital, clean
from tidende.render.view import View

_SUM = 10  # weighs more than the meetings it adds up
_WORDED = 3  # articles whose words of one claim are given


def background(view: View) -> Section | None:
    """Build the ledger: other events by who takes part, in order of time, each sum closed."""
    groups: dict[frozenset[str], list[Event]] = {}
    for event in view.record.events:
        if event is not view.main and in_background(view, event):
            groups.setdefault(frozenset(parties(event)), []).append(event)
    items: list[Item] = []
    closed = {found.entry: item for found in view.book.sums if (item := _closed_sum(view, found))}
    for events in groups.values():
        sums = [closed[event.id] for event in events if event.id in closed]
        # A closed sum names the meetings that it adds up: their own lines may go first.
        items += [
            _entry(view, event, weight=2 if sums else 2 + _tellers(event.evidence))
            for event in sorted(events, key=by_time)
        ]
        items += sums
    shared = [
        c
        for c in view.record.claims
        if c.kind != "assessment" and view.total > 1 and _tellers(c.evidence) > 1
    ]
    items += claims(view, shared)
    heading = view.words.label("headings", "background")
    return Section(heading, tuple(items), rank=40, share=11) if items else None


def _entry(view: View, event: Event, weight: int) -> Item:
    """Print an event of the ledger; what is no meeting needs the words of the article to be understood."""
    text = view.with_told(view.phrase(event), event.evidence)
    if event.type == "CONSULT" or not event.evidence:
        return Item.of(text, view.places.locator(event.evidence), weight=weight)
    return reference(view, f"{text};", event.evidence[0].text, event.evidence, _tellers(event.evidence))


def in_background(view: View, event: Event) -> bool:
    """Tell whether an event belongs in the ledger; the rest is listed with the article that tells it."""
    return view.total < 2 or event.type == "CONSULT" or _tellers(event.evidence) > 1


def _tellers(evidence: Iterable[Evidence]) -> int:
    return len({piece.article for piece in evidence})


def _closed_sum(view: View, found: Sum) -> Item | None:
    """Print a told count beside the events known; without any there is nothing to set beside it."""
    if not found.known:
        return None
    known = [view.book.entry(identifier).event for identifier in found.known]
    evidence = chain(found.evidence, *(event.evidence for event in known))
    return Item.of(summed(view, found, known), view.places.locator(evidence), weight=_SUM)


def summed(view: View, found: Sum, known: Sequence[Event]) -> str:
    """Set a told count beside the events known: "A - B: 2 told, 2 known: Singapore 2018, Hanoi 2019"."""
    listed = []
    for event in known:
        place = event.place or event.venue
        year = view.words.year(event.date) if event.date else ""
        listed.append(f"{view.name(place) if place else ''} {year}".strip())
    return view.words.phrase(
        ("sum" if found.gap >= 0 else "sum_open") if known else "sum_none",
        names=" – ".join(view.names(found.parties)),
        told=found.told,
        known=len(known),
        list=", ".join(listed),
    )


def reference(view: View, head: str, words: str, evidence: Sequence[Evidence], weight: int) -> Item:
    """Print what one article tells as a short reference: its words are cut to fill one line."""
    locator = view.places.locator(evidence)
    room = WIDTH - len(head) - len(locator) - 7  # indent, spaces, quotation marks
    text = f"{head} {view.quoted(words, max(room, 50))}" if clean(words) else head.rstrip(";:")
    return Item.of(text, locator, weight=weight)


def claims(view: View, chosen: Iterable[Claim]) -> list[Item]:
    """Print claims in the words of the articles; those read from the same words share a line."""
    groups: dict[tuple[str | None, str], list[Claim]] = {}
    for claim in chosen:
        groups.setdefault((claim.subject, clean(claim.text).rstrip(".")), []).append(claim)
    return [_claims(view, group) for group in groups.values()]


def _claims(view: View, group: Sequence[Claim]) -> Item:
    first = group[0]
    evidence = list(chain.from_iterable(claim.evidence for claim in group))
    kinds = dict.fromkeys(view.words.label("kinds", claim.kind) for claim in group)
    head = capital(", ".join((*kinds, view.name(first.subject)) if first.subject else kinds))
    text = f"{head}: {_worded(view, first, evidence)}"
    if _tellers(evidence) > 1:
        text = view.with_told(text, evidence, differ=any(claim.agreement == "differ" for claim in group))
    return Item.of(text, view.places.locator(evidence), weight=2)


def _worded(view: View, claim: Claim, evidence: Sequence[Evidence]) -> str:
    """Quote a claim as each article words it: who has "at least seven" does not tell nine."""
    shown: dict[str, str] = {}
    for piece in evidence:
        shown.setdefault(piece.article, clean(piece.text))
    if len(set(shown.values())) < 2:
        return view.quoted(claim.text, 180)
    rows = list(shown.items())[: None if view.everything else _WORDED]
    return ", ".join(f"{view.places.label(article)} {view.quoted(words, 90)}" for article, words in rows)
