"""Answer a question from what records tell: with evidence, or "no source says"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any, Literal

from tidende.answers.archive import Archive
from tidende.answers.names import Names
from tidende.answers.page import Candidate, Page, candidates, which
from tidende.answers.question import Asked, Kind, Party, read_question
from tidende.answers.topics import speaks_of
from tidende.entities.lexicon import broader
from tidende.languages.lists import word_list
from tidende.ledgers import Entry, Sum, by_time, happened, parties, places
from tidende.records import DateValue, Difference, Event, Evidence, Model, Quote, Role
from tidende.render.layout import Item
from tidende.stories.compatible import Places, dates_fit

Status = Literal["answered", "not_told", "ambiguous", "not_understood"]
FactKind = Literal["event", "sum", "quote", "role", "difference"]

_SYMMETRIC = frozenset({"CONSULT", "COOPERATE"})
_FACE_TO_FACE = frozenset({None, "meet", "talk", "multilateral"})
_MOST_READINGS = 16  # of the names of one question


class Fact(Model):
    """Hold one thing that answers: what it is, the value asked for, and where it is told.

    `id` is that of the ledger's entry, the quote, the role or what a difference is about; `value` the date,
    place, length, count or ids of whoever is asked for, None where the whole fact answers.
    """

    kind: FactKind
    id: str
    text: str
    locator: str
    value: Any
    articles: list[str]
    evidence: list[Evidence]


class Answer(Model):
    """Hold the answer to a question, as data and as `text` in the question's language.

    `status` is answered, not_told ("no source says"), ambiguous (a name may mean any of `candidates`), or
    not_understood (not a kind of question that records answer). `read_as` gives the ids that names were
    taken for.
    """

    question: str
    language: str
    kind: Kind | None
    status: Status
    text: str
    facts: list[Fact]
    candidates: list[Candidate]
    read_as: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing found, before it is put into words."""

    kind: FactKind
    id: str
    evidence: list[Evidence]
    value: Any = None
    event: Event | None = None
    sum: Sum | None = None
    quote: Quote | None = None
    role: Role | None = None
    difference: Difference | None = None


def ask(
    records: Archive | Sequence[Any],
    question: str,
    *,
    language: str | None = None,
    today: str | None = None,
    names: Names | None = None,
    asked: Asked | None = None,
) -> Answer:
    """Answer a question in one of the six languages from what records tell.

    `language` is that of the question and of the answer; without it the one whose words the question is made
    of. `today` (ISO date) is what "last year" hangs on. Nothing is guessed: what no record tells is not_told.
    `names` are those that a question may name, where `records` are only some of all: else theirs. `asked` is
    the question where it was read before.
    """
    archive = Archive.of(records)
    asked = asked or read_question(
        question, names or Names(archive), language, date.fromisoformat(today) if today else None
    )
    shown = asked.language
    if asked.kind is None:
        return _silent(archive, question, asked, "not_understood")
    readings = _readings(asked)
    if not readings:
        return _silent(archive, question, asked, "not_told")
    answers = [(one, found) for one in readings if (found := list(_find(archive, one)))]
    if not answers:
        return _silent(archive, question, asked, "not_told")
    if len(answers) > 1 or (asked.kind == "identity" and len(readings) > 1):  # "who is Kim" asks which
        several = readings if asked.kind == "identity" else [one for one, _ in answers]
        return _ambiguous(archive, question, asked, several)
    meant, found = answers[0]
    evidence = [piece for one in found for piece in one.evidence]
    page = Page(archive, shown, evidence)
    rows = [(one, _worded(page, one, meant)) for one in found]
    facts = [
        Fact(
            kind=one.kind,
            id=one.id,
            text=item.lines[0].text,
            locator=item.lines[0].locator,
            value=one.value,
            articles=list(dict.fromkeys(piece.article for piece in one.evidence)),
            evidence=one.evidence,
        )
        for one, item in rows
    ]
    head = page.say(f"{meant.order}_known") if meant.order and meant.kind in ("when", "where") else ""
    return Answer(
        question=question,
        language=shown,
        kind=asked.kind,
        status="answered",
        text=page.printed(head, [("", [item for _, item in rows])]),
        facts=facts,
        candidates=[],
        read_as={party.text: party.ids[0] for party in _named(meant)},
    )


def _silent(archive: Archive, question: str, asked: Asked, status: Status) -> Answer:
    page = Page(archive, asked.language, ())
    return Answer(
        question=question,
        language=asked.language,
        kind=asked.kind,
        status=status,
        text=page.say(status),
        facts=[],
        candidates=[],
        read_as={},
    )


def _ambiguous(archive: Archive, question: str, asked: Asked, meant: Sequence[Asked]) -> Answer:
    """Give the candidates for the first name that two readings take for different things."""
    rows = [_named(one) for one in meant]
    for column in zip(*rows, strict=True):
        ids = list(dict.fromkeys(party.ids[0] for party in column))
        if len(ids) > 1:
            found = candidates(archive, ids, asked.language)
            return Answer(
                question=question,
                language=asked.language,
                kind=asked.kind,
                status="ambiguous",
                text=which(archive, column[0].text, found, asked.language),
                facts=[],
                candidates=found,
                read_as={},
            )
    raise AssertionError("readings of one question differ in a name")


def _named(asked: Asked) -> list[Party]:
    addressee = [asked.addressee] if asked.addressee else []
    return [*asked.parties, *asked.places, *asked.topics, *addressee]


def _readings(asked: Asked) -> list[Asked]:
    """Give the question once for each thing that its names may mean; () where a name means nothing known."""
    named = _named(asked)
    choices = [[replace(party, ids=(one,)) for one in party.ids] for party in named]
    found = []
    for row in list(product(*choices))[:_MOST_READINGS]:
        p, q, r = len(asked.parties), len(asked.places), len(asked.topics)
        found.append(
            replace(
                asked,
                parties=row[:p],
                places=row[p : p + q],
                topics=row[p + q : p + q + r],
                addressee=row[-1] if asked.addressee else None,
            )
        )
    return found


# --- finding ------------------------------------------------------------------------------------


def _find(archive: Archive, asked: Asked) -> Iterator[_Found]:
    if asked.kind == "said":
        yield from _said(archive, asked)
    elif asked.kind in ("identity", "role"):
        yield from _posts(archive, asked)
    elif asked.kind == "differ":
        yield from _differences(archive, asked)
    elif asked.kind == "how_often":
        yield from _counts(archive, asked)
    else:
        yield from _events(archive, asked)


def _events(archive: Archive, asked: Asked) -> Iterator[_Found]:
    entries = [entry for entry in _acts(archive, asked) if not entry.event.is_counted or asked.kind == "who"]
    if asked.planned and asked.kind != "how_long":  # "whom will he meet" asks for what is to come
        entries = [entry for entry in entries if entry.event.modality in ("planned", "possible")]
    if asked.order:
        entries = _ordered(entries, asked.order)
    for entry in entries:
        event = entry.event
        slot = _slot(asked, event)
        value: Any = event.modality
        if slot is not None:
            value = getattr(event, slot)
        elif asked.kind == "who":
            value = _others(event, asked) or (parties(event) if len(asked.parties) > 1 else None)
        if value:
            shown = value.model_dump() if isinstance(value, Model) else value
            told = [one.evidence for row in event.attributes if row.name == slot for one in row.told]
            yield _Found("event", entry.id, told or event.evidence, shown, event=event)


def _slot(asked: Asked, event: Event) -> str | None:
    """Give the slot of an event that a question asks for, None where it asks for the event."""
    if asked.kind == "where":
        return "place" if event.place else "venue"
    if asked.kind == "how_long":
        return "planned_duration" if asked.planned else "duration"
    return "date" if asked.kind == "when" else None


def _others(event: Event, asked: Asked) -> list[str]:
    """Give whoever stands on the side that is asked for."""
    named = {identifier for party in asked.parties for identifier in party.ids}
    if event.type in _SYMMETRIC and event.mode != "visit":
        return [one for one in parties(event) if one not in named]
    sides = {party.side for party in asked.parties}
    if sides == {"recipient"}:
        return [one for one in event.actors if one not in named]
    if sides == {"actor"} and event.recipients:
        return [one for one in event.recipients if one not in named]
    return [one for one in parties(event) if one not in named]


def _ordered(entries: Sequence[Entry], order: str) -> list[Entry]:
    """Give the first or the last of what happened, as far as its time is told."""
    met = [entry for entry in entries if happened(entry.event)]
    if order == "first":
        told = [entry for entry in met if entry.event.ordinal == 1]
        if told:
            return told
    dated = [entry for entry in met if not by_time(entry.event)[0]]
    if not dated:
        return []
    return [dated[0]] if order == "first" else [max(dated, key=lambda entry: by_time(entry.event)[1:])]


def _counts(archive: Archive, asked: Asked) -> Iterator[_Found]:
    """Give the counts told of two, then the meetings known one by one."""
    if not asked.parties:
        return
    entries = _acts(archive, asked)
    listed = {entry.id for entry in entries}
    for one in archive.book.sums:
        if one.entry in listed:
            known = [piece for entry in one.known for piece in archive.book.entry(entry).event.evidence]
            yield _Found("sum", one.entry, [*one.evidence, *known], one.told, sum=one)
    summed = {entry for one in archive.book.sums if one.entry in listed for entry in (one.entry, *one.known)}
    for entry in entries:
        if entry.id not in summed and entry.event.modality == "happened":
            yield _Found("event", entry.id, entry.event.evidence, entry.event.count, event=entry.event)


def _acts(archive: Archive, asked: Asked) -> list[Entry]:
    """Give the entries of the ledger that are of this act, these parties, this place and this time."""
    nobody = not asked.parties and not asked.rest and not asked.places
    frames = asked.frames & {"phone"} or asked.frames  # to talk by telephone is not to meet
    kinds = [_frames()[frame] for frame in sorted(frames) if frame in _frames()]
    inside = Places(list(archive.entities.values()))
    found = [
        entry
        for entry in archive.book.entries
        if any(_is_act(entry.event, kind) for kind in kinds)
        and _takes_part(entry.event, asked.parties)
        and all(_is_at(entry.event, place, inside) for place in asked.places)
        and _in_period(entry.event, asked.period)
        and _accounts_for(archive, entry.event, asked)
        and (entry.main_in or not nobody)
    ]
    return found if len(found) == 1 or not nobody else []  # "the summit" is the one that stories are about


def _frames() -> Mapping[str, Mapping[str, Any]]:
    frames: Mapping[str, Mapping[str, Any]] = word_list("common", "frames")["frames"]
    return frames


def _is_act(event: Event, kind: Mapping[str, Any]) -> bool:
    if event.type != kind["type"]:
        return False
    if event.type != "CONSULT":
        return not kind["mode"] or event.mode in (None, kind["mode"])
    if kind["mode"] in ("meet", "talk"):
        return event.mode in _FACE_TO_FACE or (kind["mode"] == "talk" and event.mode == "phone")
    return bool(event.mode == kind["mode"])


def _takes_part(event: Event, asked: Sequence[Party]) -> bool:
    everybody = parties(event)
    alike = event.type in _SYMMETRIC and (event.mode != "visit" or len(asked) > 1)
    for party in asked:
        wanted = party.ids[0]
        if alike or party.side == "either":
            if wanted not in everybody:
                return False
        elif wanted not in (event.actors if party.side == "actor" else event.recipients):
            return False
    return True


def _is_at(event: Event, place: Party, inside: Places) -> bool:
    told = {*places(event), *(parties(event) if event.mode == "visit" else ())}
    return any(one == place.ids[0] or inside.within(one, place.ids[0]) for one in told)


def _in_period(event: Event, period: DateValue | None) -> bool:
    """Tell whether an event is told to lie in a period; one that only may lie in it is not."""
    if period is None:
        return True
    when = event.date
    if when is None or not when.start or not when.end:
        return False
    after = period.start is None or period.start[:10] <= when.start[:10]
    return after and (period.end is None or when.end[:10] <= period.end[:10])


def _accounts_for(archive: Archive, event: Event, asked: Asked) -> bool:
    """Tell whether the words of an article have every word of the question that is not read otherwise."""
    if not asked.rest:
        return True
    return any(
        speaks_of(piece.text, archive.articles[piece.article].language, asked.rest, asked.language)
        for piece in event.evidence
    )


def _said(archive: Archive, asked: Asked) -> Iterator[_Found]:
    """Give what was said by whom, about whom or what, to whom."""
    if not asked.parties and not asked.topics and not asked.rest:
        return
    for one in archive.statements:
        quote = one.quote
        if asked.parties and quote.speaker != asked.parties[0].ids[0]:
            continue
        if asked.addressee and quote.addressee != asked.addressee.ids[0]:
            continue
        kept = [
            version
            for version in quote.versions
            if all(archive.mentioned_in(topic.ids[0], version) for topic in asked.topics)
            and speaks_of(version.text, version.language, asked.rest, asked.language)
            and _told_in(archive, version.article, asked.period)
        ]
        if kept:
            evidence = [version.evidence for version in kept]
            yield _Found("quote", quote.id, evidence, quote.speaker, quote=quote)


def _told_in(archive: Archive, article: str, period: DateValue | None) -> bool:
    """Tell whether an article was published in a period."""
    published = archive.articles[article].published
    if period is None or published is None:
        return period is None
    day = DateValue(start=published[:10], end=published[:10], precision="day", text="")
    return dates_fit(day, period)


def _posts(archive: Archive, asked: Asked) -> Iterator[_Found]:
    """Give the posts of somebody, or who holds a post."""
    if asked.rest or (asked.kind == "identity" and not asked.parties):
        return
    owners = [party.ids[0] for party in asked.parties]
    for role in archive.roles:
        if asked.kind == "identity":
            if role.holder == owners[0] and len(owners) == 1:
                value = {"role": role.role, "of": role.of, "qualifier": role.qualifier}
                yield _Found("role", role.id, role.evidence, value, role=role)
        elif (
            asked.role in broader(role.role)
            and role.qualifier == asked.qualifier
            and (role.of in owners if owners else True)
        ):
            yield _Found("role", role.id, role.evidence, role.holder, role=role)


def _differences(archive: Archive, asked: Asked) -> Iterator[_Found]:
    """Give where the sources differ, on everything or on whom or what is named."""
    for record, one in archive.differences:
        event = archive.event(record, one.about)
        about = {one.about, *(parties(event) if event else ())}
        named = all(party.ids[0] in about for party in asked.parties)
        evidence = [piece for value in one.values for piece in value.evidence]
        spoken = not asked.rest or any(
            speaks_of(piece.text, archive.articles[piece.article].language, asked.rest, asked.language)
            for piece in [*evidence, *(event.evidence if event else ())]
        )
        if named and spoken:
            values = [value.model_dump(exclude={"evidence"}) for value in one.values]
            yield _Found("difference", one.about, evidence, values, event=event, difference=one)


# --- words --------------------------------------------------------------------------------------


def _worded(page: Page, found: _Found, asked: Asked) -> Item:
    """Put one thing that was found into a line."""
    if found.quote is not None:
        return page.statement(found.quote, found.evidence)
    if found.role is not None:
        return page.post(found.role, found.evidence)
    if found.sum is not None:
        return page.sum(found.sum)
    if found.difference is not None:
        return page.difference(found.difference)
    assert found.event is not None
    said = {"when": "date", "how_long": "" if asked.planned else "duration"}.get(asked.kind or "", "")
    return page.event(found.event, _value(page, found, asked), found.evidence, said=said)


def _value(page: Page, found: _Found, asked: Asked) -> str:
    """Give the value that is asked for, to stand before the event; "" where the event says it."""
    event, view = found.event, page.view
    assert event is not None
    if asked.kind == "when" and event.date is not None:
        return view.words.time(event.date)
    if asked.kind == "where":
        named = dict.fromkeys(view.names(place for place in (event.venue, event.place) if place))
        return ", ".join(named)
    length = event.planned_duration if asked.planned else event.duration
    if asked.kind == "how_long" and length is not None:
        return view.words.duration(length)
    if asked.kind == "who" and set(found.value) < set(parties(event)):
        return ", ".join(view.names(found.value))
    return ""
