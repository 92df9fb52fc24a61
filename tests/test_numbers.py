"""`dates.tag`: counts, ordinals and quantities with what they count."""

from __future__ import annotations

import pytest

from tidende import dates
from tidende.dates import Number
from tidende.parse import load_model, parse
from tidende.records import Article, Block


def numbers(text: str, language: str) -> list[Number]:
    article = Article(
        id="a", text=text, language=language, blocks=[Block(kind="body", start=0, end=len(text))]
    )
    return list(dates.tag(parse(article, load_model()), published=None).numbers)


def shown(text: str, language: str) -> list[tuple[str, str, float | None, float | None, str]]:
    return [
        (text[n.start : n.end], n.kind, n.minimum, n.maximum, n.unit or n.noun)
        for n in numbers(text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "Putin har tre ganger tidligere møtt faren.", ("tre ganger", "count", 3, 3, "")),
        ("en", "They have met four times.", ("four times", "count", 4, 4, "")),
        ("de", "Sie haben sich dreimal getroffen.", ("dreimal", "count", 3, 3, "")),
        ("nb", "Han har hatt fire møter med Xi.", ("fire møter", "count", 4, 4, "møter")),
        ("nb", "Det er første gang de møtes.", ("første gang", "ordinal", 1, 1, "")),
        ("en", "They met for the first time.", ("for the first time", "ordinal", 1, 1, "")),
        ("de", "Sie trafen sich zum ersten Mal.", ("zum ersten Mal", "ordinal", 1, 1, "")),
        ("da", "De havde deres første møde.", ("første møde", "ordinal", 1, 1, "møde")),
        ("sv", "Det var för första gången.", ("för första gången", "ordinal", 1, 1, "")),
        (
            "da",
            "Byen ligger cirka 130 kilometer fra grænsen.",
            ("cirka 130 kilometer", "quantity", 110.5, 149.5, "kilometre"),
        ),
        ("da", "Jordskælvet kostede mindst 384 døde.", ("mindst 384 døde", "count", 384, None, "døde")),
        ("nb", "Det koster 20 millioner dollar.", ("20 millioner dollar", "quantity", 2e7, 2e7, "dollar")),
        ("en", "Sales rose 12 per cent.", ("12 per cent", "quantity", 12, 12, "percent")),
        ("en", "Thieves stole $26,750 there.", ("$26,750", "quantity", 26750, 26750, "dollar")),
        (
            "en",
            "More than 820,000 people are affected.",
            ("More than 820,000 people", "count", 820000, None, "people"),
        ),
        (
            "sv",
            "Omkring 40 000 nya fall rapporterades.",
            ("Omkring 40 000 nya fall", "count", 34000, 46000, "fall"),
        ),
        (
            "nn",
            "Om lag 40.000 nye saker vart rapporterte.",
            ("Om lag 40.000 nye saker", "count", 34000, 46000, "saker"),
        ),
        (
            "de",
            "Etwa 40.000 neue Fälle wurden gemeldet.",
            ("Etwa 40.000 neue Fälle", "count", 34000, 46000, "fälle"),
        ),
        (
            "de",
            "Das kostet 2 Milliarden US-Dollar.",
            ("2 Milliarden US-Dollar", "quantity", 2e9, 2e9, "dollar"),
        ),
        ("da", "Femogtyve soldater faldt.", ("Femogtyve soldater", "count", 25, 25, "soldater")),
        ("en", "The 29-year-old spoke.", ("29-year-old", "quantity", 29, 29, "years old")),
        ("nb", "Salget steg 2,7 prosent.", ("2,7 prosent", "quantity", 2.7, 2.7, "percent")),
    ],
)
def test_numbers_tell_what_they_count(language, text, expected):
    assert shown(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It invests more than $100 million in this.", ("more than $100 million", 1e8, None)),
        ("nb", "De investerer mer enn USD 100 millioner.", ("mer enn USD 100 millioner", 1e8, None)),
        ("da", "Han fik en bøde på 250.000 $.", ("250.000 $", 250000, 250000)),
        ("nn", "Dei fekk over 9 milliardar pund.", ("over 9 milliardar pund", 9e9, None)),
        ("nn", "Det fall mellom 3 og 10 centimeter regn.", ("mellom 3 og 10 centimeter", 3, 10)),
        ("sv", "Den sträcker sig drygt 20 mil.", ("drygt 20 mil", 20, None)),
        ("de", "Der Sturm zog mit 19 Kilometern pro Stunde.", ("19 Kilometern pro Stunde", 19, 19)),
    ],
)
def test_money_and_measures_take_their_approximation(language, text, expected):
    (found,) = numbers(text, language)
    assert found.kind == "quantity"
    assert (text[found.start : found.end], found.minimum, found.maximum) == expected


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("nn", "Det er andre gongen dei møtest.", 2),
        ("de", "Er traf in der 89. Minute.", 89),
        ("en", "It was the first time they met.", 1),
    ],
)
def test_ordinals_tell_their_place(language, text, value):
    assert [found.minimum for found in numbers(text, language) if found.kind == "ordinal"] == [value]


def test_an_elliptic_number_stays_plain():
    found = shown("Han har hatt fire møter med Xi og tre med president Moon.", "nb")
    assert found == [("fire møter", "count", 4, 4, "møter"), ("tre", "plain", 3, 3, "")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They lost 31-27 at 11:15."),
        ("da", "Kampen begynder kl. 20.15."),
        ("nb", "En mann kom i 2016."),
        ("sv", "En man föll på ett fält."),
    ],
)
def test_scores_clocks_years_and_articles_are_no_numbers(language, text):
    assert numbers(text, language) == []
