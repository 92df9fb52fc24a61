"""The sections of a printed record that hold what happened: lead, main event, differences, ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from tidende.records import Attribute, Claim, DateValue, Difference, Event, Evidence
from tidende.render.layout import Item, Section, clip
from tidende.render.view import View

_MEETINGS = (None, "meet", "phone", "multilateral")
_IN_THE_HEAD = ("type", "mode", "actors", "recipients", "modality", "claimed_by")
_SLOTS = ("date", "place", "venue", "duration", "planned_duration", "count", "ordinal", "theme", "outcome")
_SELF_EVIDENT = ("place", "venue", "participants")  # the words of the article would repeat the value


def opening(view: View) -> Section:
    """Build title and lead: who met whom where and when, who tells it, and what no source tells."""
    event, words = view.main, view.words
    everywhere = view.places.whole(article.id for article in view.record.articles)
    if event is None:
        title = next((view.article_title(article) for article in view.record.articles), "")
        title = title or clip(view.record.title, 160) or "–"
        lead = words.say("lead", "no_main" if view.record.events else "no_event")
        return Section(
            "", (Item.of(title, everywhere, indent=0), Item.of(lead, everywhere)), rank=99, floor=2
        )
    told = list(dict.fromkeys(piece.article for piece in event.evidence))
    shown = _lead_sentence(view, event, brief=False)
    if event.claimed_by:
        shown = f"{shown}, {words.phrase('claimed', name=view.name(event.claimed_by))}"
    items = [
        Item.of(
            _lead_sentence(view, event, brief=True), view.places.locator(event.evidence), indent=0, weight=3
        ),
        Item.of(f"{shown}; {_witnesses(view, told)}.", view.places.locator(event.evidence), weight=2),
    ]
    if event.outcome and not event.missing.get("outcome"):
        label = _capital(words.label("attributes", "outcome"))
        rows = [row for row in event.attributes if row.name == "outcome"]
        source = _evidence_of(rows[0]) if rows else event.evidence
        items.append(
            Item.of(f"{label}: {view.value('outcome', event.outcome)}.", view.places.locator(source))
        )
    if event.missing:
        slots = ", ".join(_missing(view, slot, reason) for slot, reason in event.missing.items())
        items.append(Item.of(words.say("lead", "missing", slots=slots), everywhere))
    return Section("", tuple(items), rank=99, floor=4)


def _missing(view: View, slot: str, reason: str) -> str:
    label = view.words.label("attributes", slot)
    known = view.words.has("reasons", reason) and reason != "not told"
    return f"{label} ({view.words.label('reasons', reason)})" if known else label


def _witnesses(view: View, articles: Sequence[str]) -> str:
    labels = view.places.labelled(articles)
    shown = ", ".join(labels[:8]) + (f" +{len(labels) - 8}" if len(labels) > 8 else "")
    if len(labels) == 1:
        return view.words.say("lead", "told_by_one", articles=shown)
    key = "told_by_some" if len(labels) < view.total else "told_by_both" if view.total == 2 else "told_by_all"
    return view.words.say("lead", key, count=len(labels), total=view.total, articles=shown)


def _lead_sentence(view: View, event: Event, *, brief: bool) -> str:
    """Say the main event: a sentence for people who meet, the line of the ledger for all else."""
    if event.type != "CONSULT" or len(event.actors) < 2 or event.recipients or event.mode not in _MEETINGS:
        if not brief:
            return view.phrase(event.model_copy(update={"claimed_by": None, "outcome": None}))
        kept = {"claimed_by": None, "outcome": None, "duration": None, "count": None, "ordinal": None}
        return view.phrase(event.model_copy(update={**kept, "date": None, "venue": None}))
    length = "" if brief or event.duration is None else view.words.duration(event.duration)
    sentence = view.words.say(
        "lead",
        _verb(view, event),
        actors=view.words.joined(view.names(event.actors) if brief else _with_posts(view, event.actors)),
        place=_in_place(view, event.place),
        date="" if brief or event.date is None else _on_date(view, event.date),
        duration=view.words.say("lead", "duration", duration=length) if length else "",
    )
    return _capital(sentence)


def _verb(view: View, event: Event) -> str:
    if event.modality != "happened":
        return event.modality
    if event.mode == "phone":
        return "phoned"
    entities = [view.entities.get(actor) for actor in event.actors]
    people = all(entity is not None and entity.type in ("person", "other") for entity in entities)
    return "met" if people and view.head(event) == view.words.label("modes", "meet") else "talked"


def _with_posts(view: View, actors: Iterable[str]) -> list[str]:
    """Name actors with the post that says best who they are: one held in a country or a body."""
    shown = []
    for actor in actors:
        posts = [
            role
            for role in view.roles.get(actor, ())
            if role.of in view.entities and role.agreement != "differ"
        ]
        post = next((r for r in posts if view.entities[r.of or ""].type in ("country", "organisation")), None)
        name = view.name(actor)
        shown.append(f"{name} ({view.words.role(post.role)}, {view.name(post.of or '')})" if post else name)
    return shown


def _in_place(view: View, place: str | None) -> str:
    if place is None:
        return ""
    if view.words.has("places", place):
        return view.words.label("places", place)
    entity = view.entities.get(place)
    plain = entity is not None and (entity.type == "country" or len(view.name(place).split()) == 1)
    return view.words.say(
        "lead", "place" if plain else "other_date", place=view.name(place), date=view.name(place)
    )


def _on_date(view: View, value: DateValue) -> str:
    one_day = value.start is not None and value.start[:10] == (value.end or "")[:10]
    anchored = value.start is not None and value.end is not None
    key = "day" if one_day else value.precision if value.precision in ("month", "year") else "other_date"
    return view.words.say(
        "lead", key if anchored else "other_date", date=view.words.time(value, weekday=one_day)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def happened(view: View) -> Section | None:
    """Build the main event with its attributes, one line each, and who tells each."""
    event = view.main
    if event is None:
        return None
    head = view.short(event)
    if event.claimed_by:
        head = f"{head}; {view.words.phrase('claimed', name=view.name(event.claimed_by))}"
    items = [Item.of(view.with_told(head, event.evidence), view.places.locator(event.evidence), weight=9)]
    for row in event.attributes:
        if row.name not in _IN_THE_HEAD or row.agreement == "differ":
            items.append(_attribute(view, row))
    rows = {row.name for row in event.attributes}
    for slot in _SLOTS:
        value = getattr(event, slot)
        if slot not in rows and value is not None:
            text = f"{_capital(view.words.label('attributes', slot))}: {view.value(slot, value)}"
            items.append(Item.of(text, view.places.locator(event.evidence), weight=5))
    return Section(view.words.label("headings", "happened"), tuple(items), rank=80, floor=12)


def _attribute(view: View, row: Attribute) -> Item:
    value = view.value(row.name, row.value)
    parts = [f"{_capital(view.words.label('attributes', row.name))}: {value}"]
    if row.name not in _SELF_EVIDENT:
        words = _in_words(view, row, value)
        if words:
            parts.append(words)
    evidence = _evidence_of(row)
    told = view.told(evidence, differ=row.agreement == "differ")
    text = "; ".join([*parts, told] if told else parts)
    return Item.of(text, view.places.locator(evidence), weight=5 if row.name in _SLOTS else 4)


def _in_words(view: View, row: Attribute, value: str) -> str:
    """Quote how each article words an attribute, where that is not the value itself."""
    shown: dict[str, None] = {}
    for told in row.told:
        words = view.clip(told.evidence.text, 60)
        if words and words.casefold() not in value.casefold():
            shown.setdefault(f"{view.places.label(told.article)} {view.words.quoted(words)}")
    cut = None if view.everything else 4
    return ", ".join(list(shown)[:cut])


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
    return _section(view, "differ", items, rank=75, floor=8)


def _posts(view: View, holder: str) -> Item:
    roles = [role for role in view.roles[holder] if role.agreement == "differ"]
    values = []
    for role in roles:
        labels = ", ".join(view.places.labelled(piece.article for piece in role.evidence))
        values.append(f"{view.role(role.role, role.of)} – {labels}")
    text = view.words.phrase("posts", name=view.name(holder), values="; ".join(values))
    return Item.of(text, view.places.locator(chain.from_iterable(r.evidence for r in roles)), weight=6)


def _difference(view: View, difference: Difference) -> Item:
    values = [(view.value(difference.attribute, one.value), one.articles) for one in difference.values]
    text = f"{_about(view, difference.about)}, {_told_values(view, difference.attribute, values)}"
    evidence = chain.from_iterable(one.evidence for one in difference.values)
    return Item.of(text, view.places.locator(evidence), weight=5)


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
            said = quote.versions[0].text if quote.versions else quote.speaker_text
            return view.quoted(said, 60)
    for claim in record.claims:
        if claim.id == identifier:
            return view.quoted(claim.text, 60)
    return view.name(identifier)


def checks(view: View) -> Section | None:
    """Build what an editor should look into: scope left open, witnesses that may be one."""
    places, words = view.places, view.words
    items: list[Item] = []
    event = view.main
    for row in event.attributes if event and event.planned_duration else ():
        if row.name == "duration" and len({told.evidence.text.casefold() for told in row.told}) > 1:
            text = words.phrase("scope", values=_in_words(view, row, ""))
            items.append(Item.of(text, places.locator(_evidence_of(row)), weight=4))
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
    return _section(view, "check", items, rank=70, floor=6)


def background(view: View) -> Section | None:
    """Build the ledger: other events by who takes part, in order of time, each sum closed."""
    groups: dict[frozenset[str], list[Event]] = {}
    for event in view.record.events:
        if event is not view.main and in_background(view, event):
            groups.setdefault(frozenset(event.actors) | frozenset(event.recipients), []).append(event)
    items: list[Item] = []
    for pair, events in groups.items():
        for event in sorted(events, key=_when):
            text = view.with_told(view.phrase(event), event.evidence)
            weight = 3 if event.type == "CONSULT" else 1
            items.append(Item.of(text, view.places.locator(event.evidence), weight=weight))
        items += [item for event in events if (item := _closed_sum(view, pair, event))]
    shared = [
        c
        for c in view.record.claims
        if c.kind != "assessment" and view.total > 1 and _tellers(c.evidence) > 1
    ]
    items += [claim_line(view, claim) for claim in shared]
    return _section(view, "background", items, rank=40, floor=6)


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
    return Item.of(text, view.places.locator(evidence), weight=4, indent=4)


def claim_line(view: View, claim: Claim, limit: int = 180) -> Item:
    """Print a claim: its kind, whom it is about, and the words of the article."""
    head = _capital(view.words.label("kinds", claim.kind))
    if claim.subject:
        head = f"{head}, {view.name(claim.subject)}"
    text = f"{head}: {view.quoted(claim.text, limit)}"
    if _tellers(claim.evidence) > 1:
        text = view.with_told(text, claim.evidence, differ=claim.agreement == "differ")
    return Item.of(text, view.places.locator(claim.evidence), weight=2)


def _section(view: View, heading: str, items: Sequence[Item], *, rank: int, floor: int) -> Section | None:
    return Section(view.words.label("headings", heading), tuple(items), rank, floor) if items else None
