"""Say an act as a sentence: who did what to whom, where and when, as done, planned, possible or denied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tidende.records import DateValue, Event
from tidende.render.layout import capital
from tidende.render.view import View


def act(view: View, event: Event, *, brief: bool) -> str:
    """Say an event as a sentence, without who claims it; "" where no sentence is made for such an act.

    Somebody unnamed acts by a label that can stand in a sentence. Where no source tells who did it, the
    sentence says what was done to whom. A `brief` one leaves out posts and time.
    """
    row = _row(view, event)
    if row is None or not all(view.can_be_said(party) for party in (*event.actors, *event.recipients)):
        return ""
    subject = event.actors or event.recipients
    values = {
        "past": _form(row["past"], view.are_many(subject)),
        "infinitive": row["infinitive"],
        "particle": row.get("particle", ""),
        "passive": _form(row.get("passive", ""), view.are_many(subject)),
        "suffer": row.get("suffer", ""),
        "actors": named(view, event.actors, brief=brief),
        "recipients": named(view, event.recipients, brief=brief, case=1 if event.actors else 0),
        "recipients_dative": named(view, event.recipients, brief=brief, case=2),
        "place": _where(view, event) if row.get("place", True) else "",
        "date": "" if brief or event.date is None else on_date(view, event.date),
    }
    for slot in ("first", "object"):
        values[slot] = row.get(slot, "").format(**values)
    happened = event.modality == "happened"
    key = event.modality if event.actors else "suffered" if happened else f"suffered_{event.modality}"
    clause = _form(view.words.table("clauses")[key], view.are_many(subject))
    return capital(" ".join(clause.format(**values).split()))


def _row(view: View, event: Event) -> Mapping[str, Any] | None:
    """Give the words for an act: those of its mode, else those of its type if the mode adds nothing."""
    acts = view.words.table("acts")
    row: Mapping[str, Any] | None = next((acts[key] for key in _keys(view, event) if key in acts), None)
    if row is None or (row.get("several") and len(event.actors) < 2):
        return None
    return row if event.actors or row.get("passive") else None


def _keys(view: View, event: Event) -> Iterator[str]:
    if not event.actors and not event.recipients:
        return
    kind = event.type.lower()
    if view.is_mutual(event):
        yield f"{kind}-together"
    plain = event.mode is None or view.head(event) == view.words.label("events", event.type)
    countries = [e for one in event.recipients if (e := view.entities.get(one)) and e.type == "country"]
    for stem in [f"{kind}-{event.mode}"] * (event.mode is not None) + [kind] * plain:
        if not event.recipients:
            yield f"{stem}-alone"
            continue
        if event.actors and len(countries) == len(event.recipients):
            yield f"{stem}-state"
        yield stem


def _form(forms: str | Sequence[str], many: bool) -> str:
    """Choose the form for one or for several."""
    return forms if isinstance(forms, str) else forms[1] if many else forms[0]


def named(view: View, parties: Sequence[str], *, brief: bool, case: int = 0) -> str:
    """Name parties as a sentence does, each with the post that says who it is unless it is to be brief.

    `case` is 0 for who acts, 1 for whom it is done to, 2 for the dative.
    """
    shown = [view.in_sentence(party, case) for party in parties]
    if not brief:
        shown = [f"{name}{_post(view, party)}" for name, party in zip(shown, parties, strict=True)]
    return view.words.joined(shown)


def _post(view: View, holder: str) -> str:
    """Give the post that says best who somebody is, in brackets: one held in a country or a body."""
    for role in view.roles.get(holder, ()):
        of = view.entities.get(role.of or "")
        if of is not None and of.type in ("country", "organisation") and role.agreement != "differ":
            key = f"{role.qualifier} {role.role}" if role.qualifier else role.role
            post = view.words.role(key, of.id, woman=view.is_woman(holder))
            return f" ({post}, {view.name(of.id)})"
    return ""


def _where(view: View, event: Event) -> str:
    """Say where, unless the place is one of those that act or suffer."""
    return "" if event.place in (*event.actors, *event.recipients) else in_place(view, event.place)


def in_place(view: View, place: str | None) -> str:
    """Say where something was, as it stands in a sentence; "" for no place."""
    if place is None:
        return ""
    if view.words.has("places", place):
        return view.words.label("places", place)
    entity = view.entities.get(place)
    plain = entity is not None and (entity.type == "country" or len(view.name(place).split()) == 1)
    key = "place" if plain else "other_date"
    return view.words.say("lead", key, place=view.name(place), date=view.name(place))


def on_date(view: View, value: DateValue) -> str:
    """Say when something was, as it stands in a sentence."""
    if value.start is None or value.end is None:
        return view.words.say("lead", "other_date", date=view.words.time(value))
    one_day = value.start[:10] == value.end[:10]
    key = "day" if one_day else value.precision if value.precision in ("month", "year") else "span"
    return view.words.say("lead", key, date=view.words.time(value, weekday=one_day))
