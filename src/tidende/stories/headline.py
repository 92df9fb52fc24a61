"""Give a record its title and summary in English; `render` says the same in the reader's language."""

from __future__ import annotations

from tidende.records import Record
from tidende.render.lead import opening
from tidende.render.view import View
from tidende.render.words import Words

_SENTENCES = 3


def with_headline(record: Record) -> Record:
    """Say the main event in the title and the lead in the summary.

    A record without a main event keeps the title it has: the words of its first article.
    """
    if not any(event.main for event in record.events):
        return record
    items = opening(View(record, Words("en"), everything=True)).items
    title, *lead = [line.text for item in items for line in item.lines]
    return record.model_copy(update={"title": title, "summary": " ".join(lead[:_SENTENCES])})
