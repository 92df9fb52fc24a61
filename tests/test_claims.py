"""What an article tells in its own voice is kept as a claim; what a speaker tells is not."""

from __future__ import annotations

import pytest

from reading_of import reading_of
from tidende.languages.lists import READ_IN_FULL
from tidende.records import Claim


def claims(text: str, language: str) -> list[Claim]:
    return reading_of("a", text, language=language, published="2018-09-28").claims


@pytest.mark.parametrize(
    ("language", "text", "year"),
    [
        ("da", "Kim Jong-il, der døde i 2011, var hans far.", "2011"),
        ("nb", "Kim Jong-il, som døde i 2011, var hans far.", "2011"),
        ("sv", "Kim Jong-il, som dog 2011, var hans far.", "2011"),
        ("en", "Kim Jong-il, who died in 2011, was his father.", "2011"),
        ("de", "Kim Jong-il, der 2011 starb, war sein Vater. Kim Jong-il starb im Jahr 2011.", "2011"),
    ],
)
def test_a_death_has_its_year(language: str, text: str, year: str):
    claim = next(claim for claim in claims(text, language) if claim.kind == "life")
    assert (claim.subject, claim.value) == ("Q10665", "died")
    assert claim.date is not None
    assert claim.date.start == f"{year}-01-01"


def test_a_distance_is_a_measure_of_the_place():
    measure = next(c for c in claims("Tromsø ligger 15 kilometer fra grensen til Russland.", "nb"))
    assert (measure.kind, measure.value, measure.unit) == ("measure", 15, "kilometre")


def test_a_toll_is_a_measure():
    (toll,) = claims("Mindst 384 døde blev fundet i byen.", "da")
    assert (toll.kind, toll.value) == ("measure", 384)


def test_an_unsourced_judgement_is_an_assessment():
    (claim,) = claims("The summit is widely seen as a victory for Kim Jong-un.", "en")
    assert claim.kind == "assessment"


def test_what_somebody_says_is_no_claim():
    assert claims("Putin sa at Kim Jong-il døde i 2011.", "nb") == []


ELECTED = {
    "da": "Petr Pavel vinder præsidentvalget i Tjekkiet.",
    "nb": "Petr Pavel blir valgt til president i Tsjekkia.",
    "nn": "Petr Pavel vart vald til president i Tsjekkia.",
    "sv": "Ulf Kristersson väljs av riksdagen till Sveriges statsminister.",
    "en": "Petr Pavel is elected as President of the Czech Republic, defeating Andrej Babiš in the runoff.",
    "de": "Petr Pavel wurde zum Präsidenten der Tschechischen Republik gewählt.",
}


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_an_election_is_kept_of_who_is_elected(language: str):
    found = [claim for claim in claims(ELECTED[language], language) if claim.kind == "life"]
    assert [claim.value for claim in found] == ["elected"]
    assert found[0].subject is not None


def test_an_appointment_and_a_death_are_kept_of_statesmen():
    text = "Xi Jinping is named General Secretary of the Chinese Communist Party for a third term."
    assert [(claim.subject, claim.value) for claim in claims(text, "en")] == [("Q15031", "appointed")]
    text = "Jiang Zemin, former general secretary of the Chinese Communist Party, dies at the age of 96."
    assert [claim.value for claim in claims(text, "en")] == ["died"]


@pytest.mark.parametrize(
    "text",
    [
        "Petr Pavel may be elected president of the Czech Republic.",
        "A footballer from Leeds has died at the age of 96.",
        "Xi Jinping has not been named General Secretary for a third term.",
    ],
)
def test_what_is_not_so_or_of_no_statesman_is_not_kept(text: str):
    assert claims(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Mindst 384 mennesker er omkommet i Palu."),
        ("nb", "Jordskjelvet drepte 384 mennesker i Palu."),
        ("nn", "384 menneske er melde døde i Palu."),
        ("sv", "Minst 384 människor har omkommit i Palu."),
        ("en", "384 people were reported dead in Palu."),
        ("de", "Mindestens 384 Menschen kamen in Palu ums Leben."),
    ],
)
def test_people_of_whom_the_verb_tells_what_befell_them_are_a_toll(language: str, text: str):
    (toll,) = claims(text, language)
    assert (toll.kind, toll.value, toll.unit) == ("measure", 384, "people")


@pytest.mark.parametrize(
    "text", ["Up to 384 people may have been killed.", "384 people came.", "No 384 people were killed."]
)
def test_people_to_whom_nothing_happened_are_no_toll(text: str):
    assert claims(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "A plane crashed into Lake Victoria in Tanzania, killing 19 of the 43 people on board.", 19),
        ("sv", "En person dödades och nio skadades vid ett attentat i Lahore.", 9),
        ("da", "Syv israelere er blevet dræbt ved et angreb på en synagoge.", 7),
        ("de", "Bei dem Einsatz in Dschenin wurden zehn Palästinenser getötet.", 10),
        ("nb", "Dødstallet etter jordskjelvet på Vest-Java i Indonesia er steget til 310.", 310),
        ("nn", "Talet på døde etter jordskjelvet i Indonesia er no 310.", 310),
        ("de", "Die Zahl der Toten nach dem Erdbeben in Indonesien ist auf 310 gestiegen.", 310),
        ("en", "The attack in Kabul claimed 12 lives.", 12),
    ],
)
def test_a_toll_is_told_in_many_ways(language: str, text: str, value: int):
    assert value in [claim.value for claim in claims(text, language) if claim.unit == "people"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A plane crashed into Lake Victoria, killing 19 of the 43 people on board."),
        ("en", "There were 43 people on board the plane that crashed into Lake Victoria."),
        ("da", "Angrebet kunne have kostet 43 mennesker livet, hvis 43 personer var blevet dræbt."),
    ],
)
def test_nobody_is_dead_whom_no_word_kills(language: str, text: str):
    assert 43 not in [claim.value for claim in claims(text, language)]
