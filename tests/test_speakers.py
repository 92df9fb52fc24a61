"""The one who speaks is found where the language puts him, and so is the one who listens."""

from __future__ import annotations

import pytest

from test_quotes import quotes, told

SPEAKERS = [
    ("nb", "– Jeg er trygg på det, sa den russiske presidenten Vladimir Putin.", "Putin"),
    ("nb", "Putins rådgiver Jurij Usjakov sa at møtet blir kort.", "Usjakov"),
    ("nb", "I Vladivostok sa Putin at møtet blir kort.", "Putin"),
    ("nb", "Etter møtet med Kim sa Putin at alt gikk bra.", "Putin"),
    ("nb", "– Dette er gledelig, sier inspektør ved skolen, Erlend Staberg, til NRK.", "Staberg"),
    ("da", "Under mødet mellem Putin og Kim, hvor alle deltog, sagde Trump, at han er glad.", "Trump"),
    ("da", "Vladimir Putin, som mødte Kim, fortalte, at han er glad.", "Putin"),
    ("sv", "I går sade Stefan Löfven att mötet blir kort.", "Löfven"),
    ("en", "Dianne Feinstein, who met Trump, denied that the leak came from her office.", "Feinstein"),
    ("en", "Mike Pompeo met Ri and said afterwards that he would visit Pyongyang again.", "Pompeo"),
    ("en", '"This is so," a spokesman who declined to be named told Reuters.', "spokesman"),
    ("de", "Am Mittwoch sagte Trump, er habe keinen Zeitrahmen.", "Trump"),
    ("de", "Es war anders, als Trump der Versammlung sagte, dass er gehen werde.", "Trump"),
    # Where the order of words misleads, the tree tells.
    ("nb", "En kilde nær den amerikanske regjeringen sier til CNN at begge blir løslatt.", "En kilde"),
    ("nb", "Kirkens egne råd og utvalg sier at det er problematisk.", "Kirkens egne råd"),
    ("da", "Det mener Birte Weiss og foreslår, at de politiske ledere kommer med i nævnet.", "Birte Weiss"),
    ("nb", "Bertelsen var dommer i saken, og kommuneadvokaten slo fast at han manglet tillit.", "advokaten"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), SPEAKERS)
def test_the_subject_of_the_cue_speaks(language: str, text: str, speaker: str) -> None:
    (quote,) = quotes(text, language)
    assert speaker in quote.speaker_text


def test_a_pronoun_is_printed_as_it_stands_and_means_its_man() -> None:
    text = "Vladimir Putin møtte Kim i Vladivostok.\n– Det går bra, sa Putin.\nHan la til at møtet var langt."
    first, second = quotes(text, "nb")
    assert second.speaker_text == "Han"
    assert second.speaker == first.speaker is not None


def test_without_a_mention_the_words_stand_alone() -> None:
    (quote,) = quotes("Conservative sites reported that the address was known.", "en")
    assert quote.speaker is None
    assert quote.speaker_text == "Conservative sites"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "- Vi har stor tiltro til det, sagde Vladimir Putin til Kim Jong-un."),
        ("nb", "Vladimir Putin sa til Kim Jong-un at han er velkommen."),
        ("en", '"You are most welcome here," Vladimir Putin told Kim Jong-un.'),
        ("de", "„Wir sind sehr erfolgreich“, sagte Wladimir Putin gegenüber Kim Jong-un."),
    ],
)
def test_the_one_spoken_to_is_the_addressee(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.addressee is not None
    assert quote.speaker is not None
    assert quote.addressee != quote.speaker


@pytest.mark.parametrize(
    ("language", "text", "medium"),
    [
        ("en", '"Lies, lies, and more lies," Waters said in a statement.', "statement"),
        ("nb", "«Løgner og flere løgner», skrev Waters på Twitter.", "twitter"),
        ("da", "Larry Giles sagde på et pressemøde, at der var set en haj.", "press conference"),
        ("de", "„Das ist gelogen“, sagte Waters in einem Interview.", "interview"),
    ],
)
def test_the_medium_is_a_key_of_the_word_list(language: str, text: str, medium: str) -> None:
    assert quotes(text, language)[0].medium == medium


def test_an_outlet_that_passes_words_on_is_not_their_speaker() -> None:
    text = '"They are determined to take back power," Mediaite reported the president saying.'
    assert told(text, "en") == [("direct", "the president", "They are determined to take back power")]


def test_in_a_dialogue_a_question_does_not_get_the_speaker_of_the_answer() -> None:
    text = "– Det går bra, sier Kari Hansen.\n– Hvor lenge har du bodd her?\n– I ti år, sier Kari Hansen."
    kinds = [(q.speaker_text, q.versions[0].text) for q in quotes(text, "nb")]
    assert kinds == [
        ("Kari Hansen", "Det går bra"),
        ("", "Hvor lenge har du bodd her?"),
        ("Kari Hansen", "I ti år"),
    ]
