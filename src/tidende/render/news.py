"""Tell what is new in a story: facts that nobody told before a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from tidende.records import Evidence
from tidende.render.layout import Item, Section
from tidende.render.people import shown_beside, speaker_line
from tidende.render.view import View


def new(view: View, since: date) -> Section:
    """Build the events, quotes, posts and claims that only articles published on `since` or later tell.

    An article without a date of publication is not new: nothing says so.
    """
    items = list(_items(view, since.isoformat()))
    shown = view.words.day(since.isoformat())
    if not items:
        everywhere = view.places.whole(article.id for article in view.record.articles)
        items = [Item.of(view.words.say("brief", "nothing_new", date=shown), everywhere)]
    return Section(view.words.say("headings", "new", date=shown), tuple(items), rank=80, share=10)


def _items(view: View, since: str) -> Iterator[Item]:
    late = {a.id for a in view.record.articles if a.published and a.published[:10] >= since}

    def only_late(evidence: Iterable[Evidence]) -> bool:
        return {piece.article for piece in evidence} <= late

    for event in view.record.events:
        if event.evidence and only_late(event.evidence):
            yield Item.of(
                view.with_told(view.phrase(event), event.evidence), view.places.locator(event.evidence)
            )
    for quote in view.record.quotes:
        evidence = [version.evidence for version in quote.versions]
        if evidence and only_late(evidence) and shown_beside(view, quote):
            text = f"{speaker_line(view, quote)}: {view.quoted(view.said(quote.versions[0]), 200)}"
            yield Item.of(text, view.places.locator(evidence))
    for holder, roles in view.roles.items():
        evidence = list(chain.from_iterable(role.evidence for role in roles))
        if evidence and only_late(evidence):
            yield Item.of(f"{view.name(holder)}: {view.roles_of(holder)}", view.places.locator(evidence))
    for claim in view.record.claims:
        if claim.evidence and only_late(claim.evidence):
            yield Item.of(view.quoted(claim.text, 200), view.places.locator(claim.evidence))
