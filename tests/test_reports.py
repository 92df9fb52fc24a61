"""What several reporters tell of one event, read as a user reads it: who met whom, and how many say so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import tidende
from tidende.parse.files import FOLDER

REPORTS = Path(__file__).parent / "data" / "reports"
DAYS = {"nato": "2023-04-04", "gaza": "2024-02-06", "quake": "2023-02-07", "trial": "2021-03-01"}

pytestmark = pytest.mark.skipif(not (FOLDER / "parser.onnx").is_file(), reason="the model is not here")


@cache
def record(news: str) -> tidende.Record:
    """Give the record of one piece of news, which must be one story."""
    (found,) = tidende.read(*sorted(REPORTS.glob(f"{news}.*.txt")), published=DAYS[news])
    return found


def people(news: str, *names: str) -> set[str]:
    """Give the ids of people by the ends of their English names."""
    found = {one.id for one in record(news).entities for name in names if one.name.endswith(name)}
    assert len(found) == len(names), names
    return found


def met(news: str, *names: str) -> tidende.Event:
    """Give the one meeting of these people."""
    who = people(news, *names)
    (found,) = (one for one in record(news).events if one.type == "CONSULT" and set(one.actors) == who)
    return found


@pytest.mark.parametrize(
    ("news", "names", "day", "agreement", "modality"),
    [
        ("nato", ("Niinistö", "Stoltenberg"), "2023-04-04", "agree", "happened"),
        ("gaza", ("Blinken", "Sisi"), "2024-02-06", "agree", "happened"),
        ("gaza", ("Blinken", "bin Salman"), "2024-02-05", "agree", "happened"),
        ("gaza", ("Blinken", "Netanyahu"), "2024-02-07", "agree", "planned"),
        ("quake", ("Mitsotakis", "Erdoğan"), "2023-02-06", "agree", "happened"),
    ],
)
def test_a_meeting_told_by_several_is_one(news, names, day, agreement, modality):
    event = met(news, *names)
    assert event.date is not None
    assert (event.date.start, event.agreement, event.modality) == (day, agreement, modality)


def test_reporters_of_one_event_are_witnesses_each():
    assert [article.copy_of for news in DAYS for article in record(news).articles] == [None] * 10


def test_nobody_kills_by_controlling_the_office_that_counts():
    hamas = people("gaza", "Hamas")
    assert [one for one in record("gaza").events if one.type == "ASSAULT" and hamas & set(one.actors)] == []


def test_who_condemns_in_moscow_does_not_condemn_it():
    (event,) = (
        one
        for one in record("nato").events
        if one.type == "ACCUSE" and set(one.actors) == people("nato", "Peskov")
    )
    assert event.recipients == []


def test_a_post_held_until_2012_dates_no_denial():
    denials = [one for one in record("trial").events if one.type == "REJECT"]
    assert [one.date for one in denials] == [None] * len(denials)


def test_the_same_words_in_three_languages_are_one_quote():
    (said,) = people("nato", "Peskov")
    (quote,) = (one for one in record("nato").quotes if one.speaker == said and len(one.versions) == 3)
    assert (quote.agreement, [version.language for version in quote.versions]) == (
        "agree",
        ["da", "nb", "sv"],
    )


def test_a_headline_is_said_by_who_says_so_below():
    said = people("nato", "Niinistö")
    (headline,) = (
        one for one in record("nato").quotes if any(v.evidence.text == '"En stor dag"' for v in one.versions)
    )
    assert {headline.speaker} == said
