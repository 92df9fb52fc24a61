"""`dates.tag`: lengths of time become intervals in minutes."""

from __future__ import annotations

import pytest

from tidende import dates
from tidende.parse import load_model, parse
from tidende.records import Article, Block


def lengths(text: str, language: str) -> list[tuple[str, float | None, float | None]]:
    article = Article(
        id="a", text=text, language=language, blocks=[Block(kind="body", start=0, end=len(text))]
    )
    found = dates.tag(parse(article, load_model()), published=None).lengths
    return [(length.value.text, length.value.min_minutes, length.value.max_minutes) for length in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "De var fornøyde etter sitt nærmere to timer lange møte.", ("nærmere to timer", 102, 120)),
        ("da", "Han siger det efter et to timer langt topmøde.", ("to timer", 120, 120)),
        ("da", "Første del var planlagt til at vare 50 minutter.", ("50 minutter", 50, 50)),
        ("nn", "Dei snakka i om lag tre timar.", ("om lag tre timar", 153, 207)),
        ("sv", "Efter ett tvåtimmars möte reste han.", ("tvåtimmars", 120, 120)),
        ("sv", "De talade i drygt en halvtimme.", ("drygt en halvtimme", 30, None)),
        ("en", "He had been diving for about half an hour.", ("about half an hour", 25.5, 34.5)),
        ("en", "After a two-hour meeting they left.", ("two-hour", 120, 120)),
        ("en", "It will be on hold for up to a week.", ("up to a week", None, 10080)),
        ("de", "Nach einem zweistündigen Treffen reiste er ab.", ("zweistündigen", 120, 120)),
        ("de", "Sie sprachen mehr als zwei Stunden.", ("mehr als zwei Stunden", 120, None)),
        ("de", "Das dauerte anderthalb Stunden.", ("anderthalb Stunden", 90, 90)),
        ("nb", "Møtet varte i en halv time.", ("en halv time", 30, 30)),
        ("da", "Det varede halvanden time.", ("halvanden time", 90, 90)),
        ("en", "It took less than ten minutes.", ("less than ten minutes", None, 10)),
    ],
)
def test_lengths_are_intervals_in_minutes(language, text, expected):
    assert lengths(text, language) == [expected]


def test_a_multiple_is_resolved_against_the_length_beside_it():
    text = "Mødet skulle vare 50 minutter, men det kom til at vare mere end dobbelt så lang tid."
    assert lengths(text, "da") == [("50 minutter", 50, 50), ("mere end dobbelt så lang tid", 100, None)]


def test_a_multiple_is_resolved_against_what_it_is_compared_with():
    text = "Møtet varte i nærmere to timer, mer enn dobbelt så lenge som de 50 minuttene som var planlagt."
    assert lengths(text, "nb") == [
        ("nærmere to timer", 102, 120),
        ("mer enn dobbelt så lenge", 100, None),
        ("50 minuttene", 50, 50),
    ]


def test_a_multiple_is_resolved_against_the_sentence_before():
    text = "Samtalen skulle vare i 50 minutter. Den varte mer enn dobbelt så lenge."
    assert lengths(text, "nb") == [("50 minutter", 50, 50), ("mer enn dobbelt så lenge", 100, None)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "Han dykket i rundt en halvtime.", ("rundt en halvtime", 25.5, 34.5)),
        ("nn", "Han dykka i om lag ein halvtime.", ("om lag ein halvtime", 25.5, 34.5)),
        ("de", "Er tauchte etwa eine halbe Stunde.", ("etwa eine halbe Stunde", 25.5, 34.5)),
        ("en", "It takes between two and three hours.", ("between two and three hours", 120, 180)),
    ],
)
def test_approximated_halves_and_ranges_are_intervals(language, text, expected):
    assert lengths(text, language) == [expected]


def test_a_multiple_of_nothing_told_is_left_out():
    assert lengths("Det varte mer enn dobbelt så lenge.", "nb") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "De møttes for åtte år siden."),
        ("en", "The 29-year-old died three years later."),
        ("de", "Er starb im Alter von 40 Jahren."),
    ],
)
def test_distances_and_ages_are_no_lengths(language, text):
    assert lengths(text, language) == []
