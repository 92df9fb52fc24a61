"""Look whether everything in a desk is as it should be: spans, references, stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tidende.filing.corrected import in_force
from tidende.filing.shapes import Checked
from tidende.records import Article, Evidence, Model, Reading, Record
from tidende.store import Kept, Store

_BATCH = 50  # readings that are held at once


def check(store: Store, records: Iterable[Record]) -> Checked:
    """Check the store itself, every reading, every correction, and records, one of each story.

    Each span has to be the characters of the article it points into, each id has to name something,
    and each article has to be in one story, and that in one record.
    """
    problems = store.damage()
    kept = store.kept()
    spans = 0
    for start in range(0, len(kept), _BATCH):
        part = kept[start : start + _BATCH]
        for one, reading in zip(part, store.readings([one.id for one in part]), strict=True):
            articles = {reading.article.id: reading.article}
            if one.id != reading.article.id:
                problems.append(f"{one.id}: filed under it is {reading.article.id}")
            spans += _check_spans(f"article {one.id}", reading, articles, problems)
            problems += [f"article {one.id}: {what}" for what in _dangling(reading)]
    stories = {one.story for one in kept}
    seen: dict[str, str] = {}
    for record in records:
        articles = {article.id: article for article in record.articles}
        spans += _check_spans(f"story {record.id}", record, articles, problems)
        problems += [f"story {record.id}: {what}" for what in _dangling(record)]
        seen.update(dict.fromkeys(articles, record.id))
    problems += _misplaced(kept, seen)
    problems += _lost_corrections(store, {one.id for one in kept})
    return Checked(len(kept), len(stories), spans, problems)


def _check_spans(where: str, model: Model, articles: Mapping[str, Article], problems: list[str]) -> int:
    count = 0
    for piece in _evidence(model):
        count += 1
        article = articles.get(piece.article)
        if article is None:
            problems.append(f"{where}: evidence from an article that is not there: {piece.article}")
            continue
        source = article.text if piece.part == "text" else (article.title or "")
        if source[piece.start : piece.end] != piece.text:
            problems.append(f"{where}: {piece.article} does not say {piece.text[:40]!r} at {piece.start}")
    return count


def _evidence(value: object) -> Iterator[Evidence]:
    """Give every evidence in a model, wherever it stands."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _evidence(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _evidence(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _evidence(one)


def _dangling(told: Reading | Record) -> list[str]:
    """Give the references that lead nowhere."""
    entities = {one.id for one in told.entities}
    events, quotes = {one.id for one in told.events}, {one.id for one in told.quotes}
    used: dict[str | None, str] = {}
    for role in told.roles:
        used.update(dict.fromkeys((role.holder, role.of), role.id))
    for event in told.events:
        ids = (*event.actors, *event.recipients, event.place, event.venue, event.claimed_by)
        used.update(dict.fromkeys(ids, event.id))
    for quote in told.quotes:
        used.update(dict.fromkeys((quote.speaker, quote.addressee), quote.id))
    for claim in told.claims:
        used[claim.subject] = claim.id
    lost = [f"{by} names {one}, who is not there" for one, by in used.items() if one and one not in entities]
    lost += [
        f"{e.id} names quote {q}, which is not there"
        for e in told.events
        for q in e.quotes
        if q not in quotes
    ]
    lost += [
        f"{q.id} names event {q.event}, which is not there"
        for q in told.quotes
        if q.event not in {None, *events}
    ]
    return lost


def _misplaced(kept: Iterable[Kept], seen: Mapping[str, str]) -> list[str]:
    return [
        f"article {one.id}: in story {one.story}, and in the record of {seen.get(one.id, 'none')}"
        for one in kept
        if seen.get(one.id) != one.story
    ]


def _lost_corrections(store: Store, known: set[str]) -> list[str]:
    return [
        f"correction {one.number}: no article {article}"
        for one in in_force(store.corrections())
        if one.kind in ("merge", "split")
        for article in (*one.left, *one.right)
        if article not in known
    ]
