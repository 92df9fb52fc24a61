"""The sections of a printed record that hold what happened, where it is told differently, what to check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from pydantic import BaseModel

from tidende.records import Attribute, Difference, DifferenceValue, Evidence, Told
from tidende.render.layout import Item, Section, capital, clean, clip
from tidende.render.view import View

_IN_THE_HEAD = ("type", "mode", "actors", "recipients", "modality", "claimed_by")
_SLOTS = ("date", "place", "venue", "duration", "planned_duration", "count", "ordinal", "theme", "outcome")
_DASHES = "–—- "
_DETAILS = "format"  # the name of the line that holds the details
_PLANNED = "planned"  # the name of the line, and the value, of details that are still to come
_SELF_EXPLAINED = ("count", "ordinal", _DETAILS)
_SHORT = 60  # longer evidence is a sentence, which the locator leads to
_PLAIN = (
    *_SELF_EXPLAINED,
    _PLANNED,
    "date",
    "place",
    "venue",
)  # their words would only repeat the value


def happened(view: View) -> Section | None:
    """Build the main event with its attributes, one line each, and who tells each."""
    event = view.main
    if event is None:
        return None
    head = view.short(event)
    if event.claimed_by:
        head = f"{head}; {view.words.phrase('claimed', name=view.source(event.claimed_by))}"
    items = [Item.of(view.with_told(head, event.evidence), view.places.locator(event.evidence), weight=9)]
    for row in _joined(event.attributes):
        if row.name not in _IN_THE_HEAD or row.agreement == "differ":
            items.append(_attribute(view, row))
    rows = {row.name for row in event.attributes}
    for slot in _SLOTS:
        value = getattr(event, slot)
        if slot not in rows and value is not None:
            text = f"{capital(view.words.label('attributes', slot))}: {view.value(slot, value)}"
            items.append(Item.of(text, view.places.locator(event.evidence), weight=5))
    stages = _as_of(view)
    if stages is not None:
        items.append(stages)
    return Section(view.words.label("headings", "happened"), tuple(items), rank=80, share=14)


def _as_of(view: View) -> Item | None:
    """Say from when each article writes; nothing where all write after it, or one article is all there is."""
    rows = [row for row in view.record.as_of if view.main is not None and row.event == view.main.id]
    if view.total < 2 or all(row.stage == "after" for row in rows):
        return None
    told = []
    for row in rows:
        parts = ", ".join(view.words.theme(part) for part in row.to_come)
        key = f"as_of_{row.stage}" if parts or row.stage != "during" else "as_of_after"
        told.append(view.words.phrase(key, article=view.places.label(row.article), parts=parts))
    evidence = list(chain.from_iterable(row.evidence for row in rows))
    return Item.of(view.words.phrase("as_of", rows="; ".join(told)), view.places.locator(evidence), weight=6)


def _joined(rows: Iterable[Attribute]) -> list[Attribute]:
    """Join details that the same articles tell into one line: "behind closed doors, face to face"."""
    joined: dict[tuple[object, ...], Attribute] = {}
    for index, row in enumerate(rows):
        detail = row.value is True or row.value == _PLANNED
        key = (row.value, *sorted({told.article for told in row.told})) if detail else (index,)
        first = joined.get(key)
        values = [] if first is None else first.value
        told = [*(first.told if first else ()), *row.told]
        update = {
            "name": _PLANNED if row.value == _PLANNED else _DETAILS,
            "value": [*values, row.name],
            "told": told,
        }
        joined[key] = row.model_copy(update=update) if detail else row
    return list(joined.values())


def _attribute(view: View, row: Attribute) -> Item:
    value = view.value(row.name, row.value)
    table = "modality" if row.name == _PLANNED else "attributes"
    label = "" if row.name in _SELF_EXPLAINED else f"{view.words.label(table, row.name)}: "
    parts = [capital(f"{label}{value}"), "" if row.name in _PLAIN else _in_words(view, row, value)]
    evidence = _evidence_of(row)
    parts.append(view.told(evidence, differ=row.agreement == "differ"))
    text = "; ".join(part for part in parts if part)
    return Item.of(text, view.places.locator(evidence), weight=5 if row.name in _SLOTS else 4)


def _in_words(view: View, row: Attribute, value: str, most: int = 1) -> str:
    """Quote how each article words an attribute, at most so often, where that is not the value itself."""
    shown: dict[str, list[str]] = {}
    for told in row.told:
        words, listed = _wording(told), shown.setdefault(told.article, [])
        if words and words.casefold() not in value.casefold() and words not in listed:
            listed.append(words)
    pieces = []
    for article, listed in shown.items():
        label = f"{view.places.label(article)} " if view.total > 1 else ""
        kept = listed if view.everything else sorted(listed, key=len)[:most]
        if kept:
            pieces.append(label + ", ".join(view.words.quoted(words) for words in kept))
    return ", ".join(pieces if view.everything else pieces[:4])


def _wording(told: Told) -> str:
    """Give the words of an attribute: those kept with its value, else a short piece of evidence."""
    value = told.value.model_dump() if isinstance(told.value, BaseModel) else told.value
    words = value.get("text") if isinstance(value, Mapping) else None
    words = clean(words if isinstance(words, str) and words else told.evidence.text)
    return words if len(words) <= _SHORT else ""


def _evidence_of(row: Attribute) -> list[Evidence]:
    return [told.evidence for told in row.told]


def differences(view: View) -> Section | None:
    """Build the conflicts: different posts for one holder, and values that cannot hold together."""
    items: list[Item] = []
    posts = [holder for holder, roles in view.roles.items() if any(r.agreement == "differ" for r in roles)]
    items += [_posts(view, holder) for holder in posts]
    held = set(posts) | {role.id for holder in posts for role in view.roles[holder]}
    shown = set()
    for difference in view.record.differences:
        if difference.about not in held:
            items.append(_difference(view, difference))
            shown.add((difference.about, difference.attribute))
    for event in view.record.events:
        for row in event.attributes:
            if row.agreement == "differ" and (event.id, row.name) not in shown:
                values = [(view.value(row.name, told.value), [told.article]) for told in row.told]
                text = f"{_about(view, event.id)}, {_told_values(view, row.name, values)}"
                items.append(Item.of(text, view.places.locator(_evidence_of(row)), weight=5))
    items += [_difference(view, one, updated=True) for one in view.record.updates if not _one_page(view, one)]
    return _section(view, "differ", items, rank=75, share=6)


def _one_page(view: View, update: Difference) -> bool:
    """Tell whether an update is one of versions of a page, which are told of by themselves."""
    return len({view.pages.get(article) for one in update.values for article in one.articles}) < 2


def _posts(view: View, holder: str) -> Item:
    roles = [role for role in view.roles[holder] if role.agreement == "differ"]
    values = []
    for role in roles:
        labels = ", ".join(view.places.labelled(piece.article for piece in role.evidence))
        values.append(f"{view.post(role)} – {labels}")
    text = view.words.phrase("posts", name=view.name(holder), values="; ".join(values))
    return Item.of(text, view.places.locator(chain.from_iterable(r.evidence for r in roles)), weight=6)


def _difference(view: View, difference: Difference, *, updated: bool = False) -> Item:
    evidence = chain.from_iterable(one.evidence for one in difference.values)
    text = differing(view, difference, updated=updated)
    return Item.of(text, view.places.locator(evidence), weight=5)


def differing(view: View, difference: Difference, *, updated: bool = False) -> str:
    """Say what a difference is about, and who tells which value; `updated` where a later one replaces it."""
    values = [
        (view.value(difference.attribute, one.value) + _heard(view, one), one.articles)
        for one in difference.values
    ]
    about, told = _about(view, difference.about), _told_values(view, difference.attribute, values)
    return view.words.phrase("updated", about=about, values=told) if updated else f"{about}, {told}"


def _heard(view: View, told: DifferenceValue) -> str:
    """Give who tells a figure, in brackets, where speakers alone do."""
    quotes = [view.heard.get((piece.article, piece.part, piece.start)) for piece in told.evidence]
    names = dict.fromkeys(
        view.name(quote.speaker) if quote.speaker else clean(quote.speaker_text) for quote in quotes if quote
    )
    return f" ({', '.join(names)})" if None not in quotes and all(names) and names else ""


def _told_values(view: View, attribute: str, values: Iterable[tuple[str, Sequence[str]]]) -> str:
    shown = [f"{value} – {', '.join(view.places.labelled(articles))}" for value, articles in values]
    return f"{view.words.label('attributes', attribute)}: {'; '.join(shown)}"


def _about(view: View, identifier: str) -> str:
    """Name what a difference is about, whatever its id points at."""
    record = view.record
    for event in record.events:
        if event.id == identifier:
            parties = view.parties(event)
            return f"{view.head(event)} ({parties})" if parties else view.head(event)
    for role in record.roles:
        if role.id == identifier:
            return view.name(role.holder)
    for quote in record.quotes:
        if quote.id == identifier:
            said = view.said(quote.versions[0]) if quote.versions else quote.speaker_text
            return view.quoted(said, 60)
    for claim in record.claims:
        if claim.id == identifier:
            return view.quoted(claim.text, 60)
    return view.name(identifier)


def checks(view: View) -> Section | None:
    """Build what an editor should look into: scope left open, witnesses that may be one."""
    places, words = view.places, view.words
    items: list[Item] = []
    main = view.main
    for row in main.attributes if main and main.planned_duration else ():
        if row.name == "duration" and len({_wording(told).casefold() for told in row.told}) > 1:
            text = words.phrase("scope", values=_in_words(view, row, "", 3))
            items.append(Item.of(text, places.locator(_evidence_of(row)), weight=4))
    for doubt in view.record.doubts:
        mouths = [
            words.phrase(
                "mouth",
                article=", ".join(places.labelled(one.articles)),
                name=view.name(str(one.value)),
                words=view.quoted(one.evidence[0].text.lstrip(_DASHES), 90) if one.evidence else "",
            )
            for one in doubt.values
        ]
        evidence = list(chain.from_iterable(one.evidence for one in doubt.values))
        text = words.phrase("two_mouths", values="; ".join(mouths))
        items.append(Item.of(text, places.locator(evidence), weight=6))
    for event in view.record.events:
        if event.one_source is not None:
            text = words.phrase("one_source", event=view.short(event), name=view.name(event.one_source))
            items.append(Item.of(text, places.locator(event.evidence), weight=5))
    credited: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    for article in view.record.articles:
        for credit in dict.fromkeys(article.credits):
            credited.setdefault(credit.casefold(), []).append(article.id)
            spelled.setdefault(credit.casefold(), credit)
        if article.copy_of is not None:
            text = words.phrase(
                "copy", article=places.label(article.id), original=places.label(article.copy_of)
            )
            items.append(Item.of(text, places.whole((article.id, article.copy_of)), weight=6))
        for original in article.reuses:
            text = words.phrase("reuse", article=places.label(article.id), original=places.label(original))
            items.append(Item.of(text, places.whole((article.id, original)), weight=5))
    for key, articles in credited.items():
        if len(set(articles)) > 1:
            labels = words.joined(places.labelled(articles)[: None if view.everything else 8])
            text = words.phrase("credit", articles=labels, credit=clip(spelled[key], 60))
            items.append(Item.of(text, places.whole(articles), weight=5))
    adrift = [
        piece
        for one in view.record.events
        if one.date is not None and one.date.start is None and one.date.end is None
        for piece in one.evidence
    ]
    undated = {a.id for a in view.record.articles if a.published is None} & {
        piece.article for piece in adrift
    }
    if undated:
        text = words.phrase("undated", articles=words.joined(places.labelled(undated)))
        items.append(Item.of(text, places.locator(p for p in adrift if p.article in undated), weight=3))
    return _section(view, "check", items, rank=70, share=8)


def _section(view: View, heading: str, items: Sequence[Item], *, rank: int, share: int) -> Section | None:
    return Section(view.words.label("headings", heading), tuple(items), rank, share) if items else None
