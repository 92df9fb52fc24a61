"""What somebody is told to say or think without a verb of speech is his word, not the article's."""

from __future__ import annotations

import pytest

from reading_of import reading_of
from tidende.records import Reading

EU, UN, NATO, USA, RUSSIA = "Q458", "Q1065", "Q7184", "Q30", "Q159"
MERKEL, POLICE = "person:angela-merkel", "other:police"


def read(language: str, text: str) -> Reading:
    return reading_of("a", text, language=language, published="2018-09-28")


def told(language: str, text: str) -> list[tuple[str | None, str]]:
    return [(quote.speaker, quote.versions[0].text) for quote in read(language, text).quotes]


@pytest.mark.parametrize(
    ("language", "text", "speaker", "words"),
    [
        ("da", "Efter EU's opfattelse har Rusland brudt aftalen.", EU, "har Rusland brudt aftalen"),
        ("da", "Ifølge EU's vurdering har Rusland brudt aftalen.", EU, "har Rusland brudt aftalen"),
        ("da", "I Angela Merkels optik er aftalen død.", MERKEL, "er aftalen død"),
        ("nb", "Etter Angela Merkels mening er avtalen god.", MERKEL, "er avtalen god"),
        ("nb", "Etter Angela Merkel sin mening er avtalen god.", MERKEL, "er avtalen god"),
        ("nn", "Etter Angela Merkel si meining er avtalen god.", MERKEL, "er avtalen god"),
        ("sv", "Enligt EU:s uppfattning har Ryssland brutit avtalet.", EU, "har Ryssland brutit avtalet"),
        ("en", "In Angela Merkel's view, the deal is good.", MERKEL, "the deal is good"),
        ("en", "In the opinion of the EU, the deal is dead.", EU, "the deal is dead"),
        ("de", "Nach Ansicht der EU verletzt Russland das Abkommen.", EU, "verletzt Russland das Abkommen"),
        ("de", "Nach Meinung von Angela Merkel ist das Abkommen gut.", MERKEL, "ist das Abkommen gut"),
        ("de", "Aus Sicht der NATO ist Russland eine Bedrohung.", NATO, "ist Russland eine Bedrohung"),
        (
            "de",
            "Nach US-Angaben hat Russland drei Städte bombardiert.",
            USA,
            "hat Russland drei Städte bombardiert",
        ),
    ],
)
def test_a_view_is_whose_it_is(language: str, text: str, speaker: str, words: str) -> None:
    assert told(language, text) == [(speaker, words)]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("da", "Ifølge en rapport fra FN sulter folk i Yemen.", "sulter folk i Yemen"),
        ("nb", "Ifølge en rapport fra FN sulter folk i Jemen.", "sulter folk i Jemen"),
        ("nn", "Ifølgje ein rapport frå FN svelt folk i Jemen.", "svelt folk i Jemen"),
        ("sv", "Enligt en rapport från FN svälter folk i Jemen.", "svälter folk i Jemen"),
        ("en", "According to a report by the United Nations, people are starving.", "people are starving"),
        ("de", "Laut einem Bericht der Vereinten Nationen herrscht dort Armut.", "herrscht dort Armut"),
        ("de", "Einem Bericht der Vereinten Nationen zufolge herrscht dort Armut.", "herrscht dort Armut"),
    ],
)
def test_a_report_speaks_for_who_made_it(language: str, text: str, words: str) -> None:
    assert told(language, text) == [(UN, words)]


AMID = {
    "da": ("Rusland har ifølge FN brudt aftalen.", "Rusland har brudt aftalen"),
    "nb": ("Russland har ifølge FN brutt avtalen.", "Russland har brutt avtalen"),
    "nn": ("Russland har ifølgje FN brote avtalen.", "Russland har brote avtalen"),
    "sv": ("Ryssland har enligt FN brutit avtalet.", "Ryssland har brutit avtalet"),
    "en": ("Russia has, according to the UN, broken the deal.", "Russia has broken the deal"),
    "de": ("Russland hat laut UNO das Abkommen verletzt.", "Russland hat das Abkommen verletzt"),
}


@pytest.mark.parametrize("language", AMID)
def test_a_source_amid_a_clause_tells_both_sides_of_it(language: str) -> None:
    text, words = AMID[language]
    (quote,) = read(language, text).quotes
    assert (quote.speaker, quote.versions[0].text) == (UN, words)
    assert len(quote.versions[0].spans) == 2
    assert quote.versions[0].evidence.text == text.rstrip(".")


@pytest.mark.parametrize("language", ["da", "nb", "nn", "de"])
def test_an_act_that_a_source_tells_is_claimed_by_it(language: str) -> None:
    acts = read(language, AMID[language][0]).events
    assert [act.claimed_by for act in acts if RUSSIA in act.actors] == [UN]


def test_a_source_is_no_agent_of_what_it_tells() -> None:
    text = "Der Angriff wurde nach Angaben von Angela Merkel, der Kanzlerin, abgewehrt."
    reading = read("de", text)
    assert [(quote.speaker, quote.versions[0].text) for quote in reading.quotes] == [
        (MERKEL, "Der Angriff wurde abgewehrt")
    ]
    assert all(MERKEL not in act.actors for act in reading.events)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        (
            "da",
            "Tre soldater blev ifølge politiet, der tog derhen, dræbt mandag.",
            "Tre soldater blev dræbt mandag",
        ),
        ("sv", "Men enligt polisen dödades tre soldater.", "dödades tre soldater"),
        ("en", "And, according to the police, three people were killed.", "three people were killed"),
        ("de", "Drei Soldaten wurden nach Angaben der Polizei getötet.", "Drei Soldaten wurden getötet"),
    ],
)
def test_what_is_told_of_the_source_is_not_what_it_tells(language: str, text: str, words: str) -> None:
    assert told(language, text) == [(POLICE, words)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Efter Angela Merkels besøg er aftalen død."),
        ("nb", "Etter EUs møte i Brussel er avtalen død."),
        ("en", "He saw tears in Angela Merkel's eyes."),
        ("en", "In Angela Merkel's house the deal was signed."),
        ("de", "Nach dem Besuch der EU ist das Abkommen tot."),
        ("de", "Der Soldat, der laut Polizei 23 Jahre alt ist, wurde verletzt."),
    ],
)
def test_a_preposition_of_time_or_place_tells_no_source(language: str, text: str) -> None:
    assert told(language, text) == []
