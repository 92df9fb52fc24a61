"""Make the record of a story, unless the one that was made last still holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from hashlib import sha256

from tidende.errors import ReadingFailed, TidendeError
from tidende.filing.corrected import People
from tidende.filing.version import reader
from tidende.reading import unread
from tidende.records import Reading, Record
from tidende.store import Kept, KeptRecord, Store
from tidende.stories import reconcile
from tidende.stories.identity import renamed

Tell = Callable[[TidendeError], None]


def make_record(store: Store, story: Sequence[Kept], people: People, tell: Tell) -> tuple[Record, KeptRecord]:
    """Make the record of a story whose articles these are, in order; `people` is what is told of its people.

    A story that Tidende breaks down over is told, and has a record of unread articles.
    """
    readings = [corrected_reading(one, people) for one in store.readings([one.id for one in story])]
    try:
        record = reconcile(readings, people.judgements)
    except TidendeError:
        raise
    except Exception as error:
        tell(ReadingFailed.of(", ".join(one.id for one in story), error))
        record = reconcile([unread(one.article) for one in readings])
    record = record.model_copy(update={"id": story[0].story})
    return record, KeptRecord(basis(story, people), record.title, record.summary, record.model_dump_json())


def basis(story: Sequence[Kept], people: People) -> str:
    """Give a digest of all that the record of a story is made of."""
    parts = [
        reader(),
        story[0].story,
        [(one.id, one.stamp) for one in story],
        sorted(people.names.items()),
        sorted(sorted(pair) for pair in people.apart),
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()


def corrected_reading(reading: Reading, people: People) -> Reading:
    """Give a reading in which everybody who is one person has one id."""
    own = {entity.id for entity in reading.entities}
    names = {one: other for one, other in people.names.items() if one in own}
    return renamed(reading, names) if names else reading
