"""Give a record its title and summary in the reader's language."""

from __future__ import annotations

from tidende.records import Record
from tidende.render import headline, lead


def with_headline(record: Record, language: str = "en") -> Record:
    """Say the main event in the title and the lead in the summary; ids and evidence stay as they are.

    A record without a main event has the title of its first article, and how each article begins.
    """
    return record.model_copy(update={"title": headline(record, language), "summary": lead(record, language)})
