"""What several reporters tell of one event, read as a user reads it: who met whom, and how many say so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import tidende
from tidende.parse.files import FOLDER
from tidende.render import render

REPORTS = Path(__file__).parent / "data" / "reports"
DAYS = {
    "nato": "2023-04-04",
    "gaza": "2024-02-06",
    "quake": "2023-02-07",
    "trial": "2021-03-01",
    "ferry": "2026-01-15",
    "talks": "2026-01-15",
}

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
    assert [article.copy_of for news in DAYS for article in record(news).articles] == [None] * 14


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


def test_rebels_are_one_body_in_every_language():
    (rebels,) = (one for one in record("gaza").entities if one.id == "organisation:houthis")
    assert rebels.names == {
        "de": ["Huthi-Miliz", "Huthi"],
        "en": ["Houthi rebels", "Houthi"],
        "sv": ["Huthirörelsen"],
    }


def test_who_speaks_for_the_office_that_counts_is_named_in_full():
    told = [one.speaker_text for one in record("gaza").quotes if "22 människor" in one.versions[0].text]
    assert told == ["den Hamasstyrda hälsomyndigheten"]


def test_the_spokesman_beside_whose_post_his_name_stands_speaks_in_both_languages():
    (said,) = people("ferry", "Alexiou")
    both = [one for one in record("ferry").quotes if one.speaker == said and len(one.versions) == 2]
    assert [[version.language for version in one.versions] for one in both] == [["de", "sv"]]
    assert [role.role for role in record("ferry").roles if role.holder == said] == ["spokesman"]


def test_a_promise_has_no_length():
    promises = [one for one in record("ferry").events if one.type == "AGREE"]
    assert [(one.duration, one.planned_duration) for one in promises] == [(None, None)]


def test_two_figures_of_a_toll_stand_beside_each_other():
    (line,) = (line for line in render(record("ferry"), "en").splitlines() if "Figure:" in line)
    assert "“Neun Tote”" in line
    assert "“Minst sju döda”" in line


def test_a_surname_of_two_words_is_the_minister_s():
    rasmussen = [one for one in record("talks").entities if one.name.endswith("Rasmussen")]
    assert [one.id for one in rasmussen] == ["Q182397"]


def test_who_agree_to_disagree_reach_no_agreement():
    assert met("talks", "Rasmussen", "Rubio").outcome == "without result"


def test_a_spokeswoman_and_a_guest_are_not_the_two_sides():
    spokeswoman = people("talks", "Bruce")
    assert [one for one in record("talks").events if spokeswoman & set(one.actors)] == []


def test_a_warning_is_not_about_war():
    (warning,) = (one for one in record("talks").events if one.type == "THREATEN")
    assert (warning.agreement, warning.theme) == ("agree", None)


def test_a_state_stands_once_beside_a_post_and_a_woman_has_hers():
    text = render(record("talks"), "de")
    assert "Marco Rubio: Außenminister (Vereinigte Staaten)" in text
    assert "Tammy Bruce: Sprecherin (US-Außenministerium)" in text
