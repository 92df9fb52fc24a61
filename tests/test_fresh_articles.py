"""Sentences as real English and German articles write them: who speaks, what was done, and what was not."""

from __future__ import annotations

import pytest

from reading_of import acts_of, reading_of
from test_quotes import quotes


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "de",
            "Der ukrainische Präsident Wolodymyr Selenskyj dankte ihr und sprach von einem „großen Schritt“.",
            "Wolodymyr Selenskyj",
        ),
        (
            "en",
            'Prime Minister Irakli Garibashvili defended the bill, saying it was needed for "transparency".',
            "Irakli Garibashvili",
        ),
        (
            "de",
            "„Das bleibt so“, sagte der SPD-Politiker nach einem Gespräch mit Präsident Emmanuel Macron.",
            "der SPD-Politiker",
        ),
        (
            "de",
            "Nach Angaben des Direktors der Bank, Jens Weidmann, sei die Lage am Morgen ruhig gewesen.",
            "Jens Weidmann",
        ),
    ],
)
def test_a_name_behind_a_post_speaks_unless_another_word_governs_it(
    language: str, text: str, speaker: str
) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker_text == speaker


def test_who_is_called_upon_does_not_speak() -> None:
    text = "Der Vertreter Libyens tadelte die Strafen und rief die libysche Armee auf, ihr Volk zu schützen."
    assert all("Armee" not in quote.speaker_text for quote in quotes(text, "de"))


def test_what_a_source_says_begins_with_the_verb_behind_all_words_of_the_source() -> None:
    (quote,) = quotes(
        "Nach Angaben der Sprecherin Anja Seugling gegenüber dem Kurier ist der Flughafen Bremen offen.", "de"
    )
    assert quote.versions[0].text.startswith("ist der Flughafen")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Insgesamt zählte der Flughafen im Jahr 2007 laut aktueller Statistik 2.232.018 Passagiere."),
        ("en", 'Asked whether he would change his team, the manager left the room with "no comment".'),
        ("de", "Als die junge Frau der Presse davon erzählte, verdoppelte ein Gericht die Zahl der Schläge."),
        ("en", "Shares in the United States fell amid low confidence and worries that banks will close."),
    ],
)
def test_counts_questions_and_worries_of_nobody_are_no_speech(language: str, text: str) -> None:
    assert not quotes(text, language)


def test_german_reported_speech_goes_on_in_forms_that_only_it_has() -> None:
    found = quotes(
        "Der Kompromiss sei fair, so Christian Lindner. Die Landwirte müssten ihren Beitrag leisten. "
        "Man dürfe das nicht zulassen. Die Regierung tagt am Montag.",
        "de",
    )
    assert [quote.versions[0].text for quote in found] == [
        "Der Kompromiss sei fair",
        "Die Landwirte müssten ihren Beitrag leisten",
        "Man dürfe das nicht zulassen",
    ]
    assert len({quote.speaker for quote in found}) == 1


def test_a_quotation_right_behind_reported_speech_has_its_speaker() -> None:
    found = quotes(
        "»Ich stehe dazu«, sagte Joe Biden in Washington. Die Führung habe aufgegeben. »Wir gehen heim.«",
        "de",
    )
    assert len(found) == 3
    assert {quote.speaker for quote in found} == {"Q6279"}


def test_particles_that_the_tagger_leaves_out_belong_to_a_name() -> None:
    text = "Kommissionspräsidentin Ursula von der Leyen hat sich für den Beitritt der Ukraine ausgesprochen."
    people = [
        entity.name for entity in reading_of("a", text, language="de").entities if entity.type == "person"
    ]
    assert people == ["Ursula von der Leyen"]


def test_a_street_named_for_a_day_dates_nothing() -> None:
    text = "Tausende Landwirte haben in Berlin die Straße des 17. Juni blockiert."
    reading = reading_of("a", text, language="de", published="2024-02-05")
    assert reading.events
    assert all(event.date is None for event in reading.events)


def test_to_promise_a_veto_is_a_threat() -> None:
    acts = acts_of("President Salome Zourabichvili has promised to veto the bill.", "en")
    assert [act[0] for act in acts] == ["THREATEN"]


def test_a_plan_in_bare_infinitives_has_befallen_nobody() -> None:
    assert not acts_of(
        "The aims are clear. These are 1) Assassinate or overthrow General Pervez Musharraf, the president.",
        "en",
    )


def test_a_pronoun_means_the_thing_told_in_its_own_sentence() -> None:
    acts = acts_of(
        "Präsident Wladimir Putin sprach. Die Regierung Frankreichs zeigte sich bestürzt über den Vorfall "
        "und verurteilte ihn.",
        "de",
    )
    assert not any("Vladimir Putin" in recipients for _, _, recipients in acts)


def test_whoever_leads_a_party_by_its_name_acts_in_politics() -> None:
    acts = acts_of("Die Vorsitzende der SPD, Saskia Esken, warf der Bundesregierung vor, zu lügen.", "de")
    assert acts == [("ACCUSE", ["Saskia Esken"], ["government"])]
