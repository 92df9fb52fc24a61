"""Alerts: rules over records, each alert once, as JSON lines and as an Atom feed that any reader shows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

from pydantic import Field, ValidationError

from tidende.errors import UsageError
from tidende.export.facts import View, evidence_of, iri
from tidende.export.write import written_whole
from tidende.records import Difference, Event, EventType, Evidence, Modality, Model, Record

_ATOM = "http://www.w3.org/2005/Atom"
_MOST_SHOWN = 200  # alerts in the feed
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN_TIME = "1970-01-01T00:00:00Z"

Words = Annotated[list[str], Field(min_length=1)]


class Rule(Model):
    """What to be told of. All that a rule names has to hold; of a list, one is enough.

    Actors and places are ids or names, in any printed form. `pair` are two who meet in one event.
    `differences` are the attributes that articles tell differently; a rule that names them is about
    differences, every other one about events.
    """

    name: str
    actors: Words | None = None
    pair: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    types: Annotated[list[EventType], Field(min_length=1)] | None = None
    modality: Annotated[list[Modality], Field(min_length=1)] | None = None
    places: Words | None = None
    differences: Words | None = None
    languages: Words | None = None


class Rules(Model):
    """The rules of an `alerts.toml`."""

    rules: Annotated[list[Rule], Field(min_length=1)]


class Alert(Model):
    """One thing to be told, once: by which rule, in which story, about which event or difference."""

    id: str
    rule: str
    story: str
    title: str
    about: str
    what: str
    articles: list[str]
    urls: list[str]
    published: str | None = None
    evidence: list[Evidence]


def load_rules(path: str | Path) -> list[Rule]:
    """Read an `alerts.toml`. Raise `UsageError` that names what is wrong in it."""
    import tomli

    try:
        rules = Rules.model_validate(tomli.loads(Path(path).read_text(encoding="utf-8"))).rules
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    except ValidationError as error:
        raise UsageError.of_table(path, error) from error
    for rule in rules:
        if not rule.model_fields_set - {"name"}:
            raise UsageError(f"{path}: the rule {rule.name!r} names nothing to be told of")
    return rules


def find_alerts(
    rules: Sequence[Rule], records: Iterable[Record], seen: Collection[str] = frozenset()
) -> list[Alert]:
    """Give the alerts whose id is not among `seen`, in order of the records, then of the rules.

    An id hangs on the rule and the event, or on the rule and the values that differ: an event told again,
    by one article more or in a story that has grown, is no new alert; a further value is.
    """
    found: dict[str, Alert] = {}
    for record in records:
        view = View.of(record)
        for rule in rules:
            for alert in _differences(view, rule) if rule.differences else _events(view, rule):
                if alert.id not in seen:
                    found.setdefault(alert.id, alert)
    return list(found.values())


def write_lines(alerts: Iterable[Alert], stream: BinaryIO) -> None:
    """Write alerts as JSON lines, and send each on at once."""
    for alert in alerts:
        stream.write(alert.model_dump_json().encode() + b"\n")
        stream.flush()


def write_feed(alerts: Sequence[Alert], path: str | Path) -> None:
    """Write an Atom feed of alerts, given oldest first; the last 200 are shown, newest first.

    The feed is there whole or as it was before. Raise `OutputError` where it cannot be written.
    """
    from xml.etree import ElementTree as tree

    tree.register_namespace("", _ATOM)
    feed = tree.Element(f"{{{_ATOM}}}feed")

    def add(parent: tree.Element, tag: str, text: str | None = None, **attributes: str) -> tree.Element:
        element = tree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
        element.text = None if text is None else _printable(text)
        return element

    shown = list(alerts)[-_MOST_SHOWN:][::-1]
    add(feed, "id", "urn:tidende:alerts")
    add(feed, "title", "Tidende")
    add(feed, "updated", max(map(_time, shown), default=_UNKNOWN_TIME))
    add(add(feed, "author"), "name", "Tidende")
    for alert in shown:
        entry = add(feed, "entry")
        add(entry, "id", iri(alert.id))
        add(entry, "title", f"{alert.rule}: {alert.what}")
        add(entry, "updated", _time(alert))
        for url in alert.urls:
            add(entry, "link", rel="alternate" if url == alert.urls[0] else "related", href=_printable(url))
        add(entry, "category", term=_printable(alert.rule))
        told = "\n".join(f"{piece.article}: {piece.text}" for piece in alert.evidence)
        add(entry, "content", f"{alert.title}\n{told}", type="text")
    with written_whole(Path(path)) as stream:
        tree.ElementTree(feed).write(stream, encoding="utf-8", xml_declaration=True)


def _events(view: View, rule: Rule) -> Iterator[Alert]:
    for event in view.record.events:
        parties = [*event.actors, *event.recipients]
        holds = (
            (rule.types is None or event.type in rule.types)
            and (rule.modality is None or event.modality in rule.modality)
            and (rule.actors is None or any(_is_named(view, rule.actors, party) for party in parties))
            and (rule.pair is None or _meet(view, rule.pair, parties))
            and (rule.places is None or _is_there(view, rule.places, event))
            and _is_told_in(view, rule, event.evidence)
        )
        if holds:
            what = view.title_of(event)
            yield _alert(view, rule, event.id, about=event.id, what=what, evidence=event.evidence)


def _differences(view: View, rule: Rule) -> Iterator[Alert]:
    about = {event.id: event for event in view.record.events}
    for difference in view.record.differences:
        event = about.get(difference.about)
        parties = [difference.about] if event is None else [*event.actors, *event.recipients]
        evidence = evidence_of(difference)
        holds = (
            difference.attribute in (rule.differences or ())
            and (rule.actors is None or any(_is_named(view, rule.actors, party) for party in parties))
            and (rule.pair is None or _meet(view, rule.pair, parties))
            and (rule.types is None or (event is not None and event.type in rule.types))
            and (rule.modality is None or (event is not None and event.modality in rule.modality))
            and (rule.places is None or (event is not None and _is_there(view, rule.places, event)))
            and _is_told_in(view, rule, evidence)
        )
        if holds:
            subject = view.name(difference.about) if event is None else view.title_of(event)
            key = f"{difference.about}#{difference.attribute}:{_mark(difference)}"
            what = f"{subject}: {difference.attribute}"
            yield _alert(view, rule, key, about=difference.about, what=what, evidence=evidence)


def _alert(view: View, rule: Rule, key: str, *, about: str, what: str, evidence: list[Evidence]) -> Alert:
    tellers = view.tellers(evidence)
    return Alert(
        id=f"alert:{rule.name}:{key}",
        rule=rule.name,
        story=view.record.id,
        title=view.record.title,
        about=about,
        what=what,
        articles=[article.id for article in tellers],
        urls=[article.url for article in tellers if article.url],
        published=max((article.published for article in tellers if article.published), default=None),
        evidence=evidence,
    )


def _is_named(view: View, names: Collection[str], entity_id: str) -> bool:
    """Tell whether an entity is one of those named: by its id, its name or a form in which it is printed."""
    entity = view.entities.get(entity_id)
    forms = [entity_id]
    if entity is not None:
        forms += [entity.name, *(form for printed in entity.names.values() for form in printed)]
    wanted = {name.casefold() for name in names}
    return any(form.casefold() in wanted for form in forms)


def _meet(view: View, pair: Sequence[str], parties: Sequence[str]) -> bool:
    first, second = ([party for party in parties if _is_named(view, [name], party)] for name in pair)
    return any(one != other for one in first for other in second)


def _is_there(view: View, places: Collection[str], event: Event) -> bool:
    return any(_is_named(view, places, place) for place in (event.place, event.venue) if place)


def _is_told_in(view: View, rule: Rule, evidence: Iterable[Evidence]) -> bool:
    return rule.languages is None or any(view.language(piece) in rule.languages for piece in evidence)


def _mark(difference: Difference) -> str:
    values = sorted(str(value.value) for value in difference.values)
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:12]


def _time(alert: Alert) -> str:
    """Give the time of an alert as Atom wants it: the latest publication of the articles that tell it."""
    published = alert.published or _UNKNOWN_TIME
    if "T" not in published:
        return f"{published[:10]}T00:00:00Z"
    return published if published[-1] == "Z" or published[-6] in "+-" else f"{published}Z"


def _printable(text: str) -> str:
    """Leave out the characters that XML has no way to write."""
    return _NOT_IN_XML.sub("", text)
