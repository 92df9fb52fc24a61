"""Put the sections of a printed record together."""

from __future__ import annotations

from tidende.records import Record
from tidende.render.facts import checks, differences, happened
from tidende.render.layout import BUDGET, Section, fit
from tidende.render.lead import opening
from tidende.render.ledger import background
from tidende.render.people import alone, people, said, sources, voices
from tidende.render.revised import revisions
from tidende.render.view import View
from tidende.render.words import Words


def render(record: Record, language: str = "en", *, everything: bool = False) -> str:
    """Print a record as plain text in a reader's language, one of da, nb, nn, sv, en, de.

    At most 80 lines of 110 characters and no newline at the end, the least important facts counted
    instead of printed; `everything` prints them all and cuts nothing short. Every content line ends
    in a locator (`[nb ¶7, da ¶8]`): the language of the article and the number of the paragraph.
    Raise `UsageError` for another language.
    """
    view = View(record, Words(language), everything=everything)
    more = str(view.words.table("phrases")["more"])
    return "\n".join(fit(sections(view), more, budget=None if everything else BUDGET))


def sections(view: View) -> list[Section]:
    """Give what a record is printed as, in the order of the page."""
    made: list[Section | None] = [
        opening(view),
        happened(view),
        differences(view),
        revisions(view),
        checks(view),
        said(view),
        background(view),
        *alone(view),
        people(view),
        voices(view),
        sources(view),
    ]
    return [section for section in made if section is not None]
