"""Tell a reader what changed in the facts between the versions of an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.records import Evidence
from tidende.render.changes import Change, Version, revised
from tidende.render.layout import Item, Section, capital
from tidende.render.view import View


def revisions(view: View) -> Section | None:
    """Build what changed between versions of one article that stand side by side in the record."""
    items: list[Item] = []
    for old, new, changes in revised([view.record]):
        label = f"{view.places.label(old.article.id)} → {view.places.label(new.article.id)}"
        items += told_changes((view, view), old, new, changes, f"{label}: ")
    return Section(view.words.label("headings", "revised"), tuple(items), rank=72, share=6) if items else None


def told_changes(
    views: tuple[View, View], old: Version, new: Version, changes: Sequence[Change], label: str = ""
) -> Iterator[Item]:
    """Print each change behind a label: what is told otherwise first, then what is new, then what is gone.

    `views` locate the older and the newer version; they are one where both stand in one record.
    """
    before, after = views
    words = after.words

    def item(view: View, text: str, evidence: Sequence[Evidence]) -> Item:
        return Item.of(f"{label}{text}", view.places.locator(evidence), weight=4)

    for change in changes:
        if change.attribute is not None:
            was, now = _value(before, change, change.old), _value(after, change, change.new)
            became = words.phrase("became", old=was or "–", new=now or "–")
            named = capital(_named(after, new, change))
            slot = "" if change.kind == "quote" else f"; {words.label('attributes', change.attribute)}"
            both = [*change.old_evidence, *change.new_evidence] if after is before else change.new_evidence
            yield item(after, f"{named}{slot}: {became}", both or _of(new, change))
    for change in changes:
        if change.attribute is None and change.new is not None:
            fact = _named(after, new, change)
            yield item(after, words.phrase("added", fact=fact), change.new_evidence)
    for change in changes:
        if change.attribute is None and change.new is None:
            fact = _named(before, old, change)
            yield item(before, words.phrase("dropped", fact=fact), change.old_evidence)


def _value(view: View, change: Change, value: object) -> str:
    if change.kind == "quote" and isinstance(value, str):
        return view.quoted(value, 160)
    return view.value(change.attribute or "", value)


def _of(version: Version, change: Change) -> list[Evidence]:
    event = next((one for one in version.record.events if one.id == change.id), None)
    return [one for one in event.evidence if one.article == version.article.id] if event else []


def _named(view: View, version: Version, change: Change) -> str:
    """Name a fact in the reader's words; of a quote that changed, who said it."""
    record = version.record
    if change.kind == "event":
        event = next((one for one in record.events if one.id == change.id), None)
        return view.short(event) if event and change.attribute else view.phrase(event) if event else change.id
    if change.kind == "role":
        role = next((one for one in record.roles if one.id == change.id), None)
        return f"{view.name(role.holder)}: {view.post(role)}" if role else change.id
    if change.kind == "quote":
        quote = next((one for one in record.quotes if one.id == change.id), None)
        text = change.new if isinstance(change.new, str) else str(change.old)
        who = (view.name(quote.speaker) if quote.speaker else quote.speaker_text) if quote else ""
        who = capital(who) or capital(view.words.phrase("unknown_speaker"))
        return who if change.attribute else f"{who}: {view.quoted(text, 200)}"
    claim = next((one for one in record.claims if one.id == change.id), None)
    return view.quoted(claim.text, 160) if claim else change.id
