"""The ledger of a printed record: other events by who takes part, sums closed, claims, short references."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from tidende.records import Claim, Event, Evidence
from tidende.render.layout import WIDTH, Item, Section, capital, clean
from tidende.render.view import View

_SUM = 10  # weighs more than the meetings it adds up


def background(view: View) -> Section | None:
    """Build the ledger: other events by who takes part, in order of time, each sum closed."""
    groups: dict[frozenset[str], list[Event]] = {}
    for event in view.record.events:
        if event is not view.main and in_background(view, event):
            groups.setdefault(frozenset(event.actors) | frozenset(event.recipients), []).append(event)
    items: list[Item] = []
    for pair, events in groups.items():
        sums = [item for event in events if (item := _closed_sum(view, pair, event))]
        # A closed sum names the meetings that it adds up: their own lines may go first.
        items += [
            _entry(view, event, weight=2 if sums else 2 + _tellers(event.evidence))
            for event in sorted(events, key=_when)
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


def _when(event: Event) -> tuple[bool, str]:
    start = event.date.start if event.date else None
    return (start is None, start or "")


def _closed_sum(view: View, pair: frozenset[str], told: Event) -> Item | None:
    """Set a told count beside the dated events of the same pair within its period."""
    if told.count is None or told.type != "CONSULT" or len(pair) < 2:
        return None
    start, end = (told.date.start, told.date.end) if told.date else (None, None)
    known = []
    for event in view.record.events:
        same = event.type == "CONSULT" and event.count is None and event.modality == "happened"
        if not same or frozenset(event.actors) | frozenset(event.recipients) != pair:
            continue
        if event.date is None or event.date.start is None or event.date.end is None:
            continue
        if start is None and end is None:
            if event is not view.main:  # "earlier" does not count the meeting of today
                known.append(event)
        elif (start is None or event.date.end >= start) and (end is None or event.date.start <= end):
            known.append(event)
    if not known:
        return None
    known.sort(key=_when)
    listed = []
    for event in known:
        place = event.place or event.venue
        year = view.words.year(event.date) if event.date else ""
        listed.append(f"{view.name(place) if place else ''} {year}".strip())
    text = view.words.phrase(
        "sum" if len(known) <= told.count else "sum_open",
        names=" – ".join(view.names(dict.fromkeys((*told.actors, *told.recipients)))),
        told=told.count,
        known=len(known),
        list=", ".join(listed),
    )
    evidence = chain(told.evidence, *(event.evidence for event in known))
    return Item.of(text, view.places.locator(evidence), weight=_SUM)


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
    text = f"{head}: {view.quoted(first.text, 180)}"
    if _tellers(evidence) > 1:
        text = view.with_told(text, evidence, differ=any(claim.agreement == "differ" for claim in group))
    return Item.of(text, view.places.locator(evidence), weight=2)
