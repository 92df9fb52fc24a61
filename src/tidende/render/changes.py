"""Compare the versions of an article: what a later one tells that an earlier one did not, or otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel

from tidende.ledgers import parties
from tidende.records import Article, Event, Evidence, Model, Record

FactKind = Literal["event", "role", "quote", "claim"]
_SLOTS = ("date", "place", "venue", "count", "duration", "planned_duration", "modality", "theme", "outcome")
_ALIKE = 0.8  # of the characters of two wordings of one quote


class Change(Model):
    """Hold one fact that two versions of an article tell differently.

    `old` is None where it is new, `new` None where it is gone; `attribute` names what changed of a fact that
    both tell. Evidence points into each version's own text.
    """

    kind: FactKind
    id: str
    attribute: str | None
    old: Any
    new: Any
    old_evidence: list[Evidence]
    new_evidence: list[Evidence]


class Revision(Model):
    """Hold what changed from one version of an article to the next."""

    article: str
    old: int
    new: int
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Version:
    """Hold one version of an article and the record that was made of it."""

    article: Article
    record: Record


def revised(records: Sequence[Record]) -> Iterator[tuple[Version, Version, list[Change]]]:
    """Yield each two versions of an article that follow each other, and what the facts of it changed in.

    Versions are of one article where URL, else id, is the same; they may stand side by side in one record
    or in several.
    """
    for versions in _versions(records):
        for old, new in pairwise(versions):
            yield old, new, list(_changes(old, new))


def _versions(records: Sequence[Record]) -> Iterator[list[Version]]:
    """Yield the versions of each article that has several, the oldest first."""
    found: dict[str, dict[tuple[int, str], Version]] = {}
    for record in records:
        for article in record.articles:
            rows = found.setdefault(article.url or article.id, {})
            rows.setdefault((article.version, article.text), Version(article, record))
    for rows in found.values():
        if len(rows) > 1:
            yield [rows[key] for key in sorted(rows, key=lambda key: key[0])]


def _changes(old: Version, new: Version) -> Iterator[Change]:
    yield from _events(old, new)
    yield from _facts("role", _roles(old), _roles(new))
    yield from _facts("claim", _claims(old), _claims(new))
    yield from _quotes(old, new)


@dataclass(frozen=True, slots=True)
class _Fact:
    id: str
    attribute: str
    value: Any
    evidence: list[Evidence]


_Facts = dict[tuple[object, ...], _Fact]


def _facts(kind: FactKind, old: _Facts, new: _Facts) -> Iterator[Change]:
    """Compare facts that have one value each: gone, changed, new."""
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and was.value == now.value:
            continue
        fact = now or was
        assert fact is not None
        yield Change(
            kind=kind,
            id=fact.id,
            attribute=fact.attribute if was and now else None,
            old=was.value if was else None,
            new=now.value if now else None,
            old_evidence=was.evidence if was else [],
            new_evidence=now.evidence if now else [],
        )


def _own(evidence: Iterable[Evidence], version: Version) -> list[Evidence]:
    return [piece for piece in evidence if piece.article == version.article.id]


def _roles(version: Version) -> _Facts:
    return {
        (role.holder, role.role, role.of): _Fact(
            role.id, "role", {"role": role.role, "of": role.of, "qualifier": role.qualifier}, own
        )
        for role in version.record.roles
        if (own := _own(role.evidence, version))
    }


def _claims(version: Version) -> _Facts:
    found: _Facts = {}
    for claim in version.record.claims:
        own = _own(claim.evidence, version)
        if own:
            value = claim.text if claim.value is None else claim.value
            found.setdefault(
                (claim.kind, claim.subject, claim.unit, claim.value is None and claim.text),
                _Fact(claim.id, "value", value, own),
            )
    return found


def _events(old: Version, new: Version) -> Iterator[Change]:
    before, after = _told_events(old), _told_events(new)
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            event, version = (now, new) if now is not None else (was, old)
            assert event is not None
            own = _own(event.evidence, version)
            yield Change(
                kind="event",
                id=event.id,
                attribute=None,
                old=event.type if was is not None else None,
                new=event.type if now is not None else None,
                old_evidence=own if was is not None else [],
                new_evidence=own if now is not None else [],
            )
            continue
        for slot in _SLOTS:
            (first, one), (second, other) = _slot(was, slot, old), _slot(now, slot, new)
            if _plain(first) != _plain(second):
                yield Change(
                    kind="event",
                    id=now.id,
                    attribute=slot,
                    old=first,
                    new=second,
                    old_evidence=one,
                    new_evidence=other,
                )


def _told_events(version: Version) -> dict[tuple[object, ...], Event]:
    found: dict[tuple[object, ...], Event] = {}
    for event in version.record.events:
        if _own(event.evidence, version):
            key = (event.type, event.mode, frozenset(parties(event)), event.is_counted)
            found.setdefault(key, event)
    return found


def _slot(event: Event, slot: str, version: Version) -> tuple[Any, list[Evidence]]:
    """Give what one version tells for a slot, and where."""
    for row in event.attributes:
        told = [one for one in row.told if one.article == version.article.id] if row.name == slot else []
        if told:
            return _dumped(told[0].value), [one.evidence for one in told]
    for update in version.record.updates:  # what a later version took the place of
        if (update.about, update.attribute) == (event.id, slot):
            for one in update.values:
                if version.article.id in one.articles:
                    return _dumped(one.value), _own(one.evidence, version)
    value = getattr(event, slot) if not event.attributes or slot == "modality" else None
    return _dumped(value), _own(event.evidence, version)


def _dumped(value: Any) -> Any:
    return value.model_dump() if isinstance(value, BaseModel) else value


def _plain(value: Any) -> Any:
    """Give what counts of a value: the days of a time, the bounds of a length, else its words."""
    if not isinstance(value, dict):
        return value
    bare = {key: part for key, part in value.items() if key not in ("text", "precision")}
    return bare if any(part is not None for part in bare.values()) else value


def _quotes(old: Version, new: Version) -> Iterator[Change]:
    """Compare quotes: another wording of one is a change, not one gone and one new."""
    before, after = _said(old), _said(new)
    left = dict(after)
    for identifier, (speaker, text, evidence) in before.items():
        best = max(
            (one for one in left if left[one][0] == speaker),
            key=lambda one: SequenceMatcher(None, text, left[one][1]).ratio(),
            default=None,
        )
        alike = best is not None and SequenceMatcher(None, text, left[best][1]).ratio() >= _ALIKE
        now = left.pop(best) if best is not None and alike else None
        if now is not None and now[1] == text:
            continue
        yield Change(
            kind="quote",
            id=identifier,
            attribute="text" if now else None,
            old=text,
            new=now[1] if now else None,
            old_evidence=[evidence],
            new_evidence=[now[2]] if now else [],
        )
    for identifier, (_, text, evidence) in left.items():
        yield Change(
            kind="quote",
            id=identifier,
            attribute=None,
            old=None,
            new=text,
            old_evidence=[],
            new_evidence=[evidence],
        )


def _said(version: Version) -> dict[str, tuple[str, str, Evidence]]:
    return {
        quote.id: (quote.speaker or quote.speaker_text, one.text, one.evidence)
        for quote in version.record.quotes
        for one in quote.versions
        if one.article == version.article.id
    }
