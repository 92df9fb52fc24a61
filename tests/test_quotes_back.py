"""Speech is told where the words that tell it stand: before it, after it, or in the paragraph around it."""

from __future__ import annotations

import pytest

from test_quotes import quotes


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        ("nb", "– Vi har snakket med begge parter om dette.\n\nDet sier Jonas Gahr Støre til NRK.", "Støre"),
        ("nn", "– Vi har snakka med begge partar om dette.\n\nDet seier Jonas Gahr Støre til NRK.", "Støre"),
        ("da", "- Det er vi meget kede af.\n\nDet siger Mette Frederiksen til Ritzau.", "Frederiksen"),
        ("sv", "”Vi har inget att dölja i den här frågan.” Det säger Ann Linde till TT.", "Linde"),
        ("de", "„Wir haben nichts zu verbergen.“ Das sagte Angela Merkel am Montag in Berlin.", "Merkel"),
    ],
)
def test_a_sentence_that_points_back_tells_who_has_spoken(language: str, text: str, speaker: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.kind == "direct"
    assert speaker in quote.speaker_text


def test_what_only_points_back_is_no_quote_of_the_paper() -> None:
    text = "Ett nytt paket är på väg. Det säger statsministern Magdalena Andersson enligt TT."
    assert not [q for q in quotes(text, "sv") if "Det säger" in q.versions[0].text]


@pytest.mark.parametrize(
    ("language", "text", "speaker"),
    [
        (
            "sv",
            "Om omröstningarna säger Magdalena Andersson:\n\n– Det är inget annat än en fars.",
            "Andersson",
        ),
        ("da", 'Politidirektør Poul Eefsen:\n\n"Jeg ønsker ikke blæst om denne sag."', "Eefsen"),
        ("nb", "Om avstemningen sier Erna Solberg:\n\n– Dette er ikke annet enn en farse.", "Solberg"),
    ],
)
def test_a_paragraph_with_a_colon_leads_to_speech(language: str, text: str, speaker: str) -> None:
    (quote,) = quotes(text, language)
    assert speaker in quote.speaker_text


def test_a_post_that_a_town_opens_is_told_by_the_name_after_it() -> None:
    text = '"Vor hund blev fodret godt," siger Københavns politidirektør, Poul Eefsen, til B.T.'
    (quote,) = quotes(text, "da")
    assert quote.speaker_text == "Poul Eefsen"


def test_a_source_is_known_by_the_name_beside_it() -> None:
    text = "Ifølge en talsmann for politiet, Mickey Rosenfeld, tok flere seg inn i moskeen natt til mandag."
    (quote,) = quotes(text, "nb")
    assert quote.speaker_text == "Mickey Rosenfeld"
    assert quote.versions[0].text == "tok flere seg inn i moskeen natt til mandag"


def test_a_length_of_time_does_not_speak() -> None:
    text = (
        "En 30-årig, barnløs kvinde fra Aalborg meldte sig hos politiet og tilstod otte måneder efter "
        '"Basses" bortkomst, at hun havde kastet nøglen i åen.'
    )
    assert not [q for q in quotes(text, "da") if "måneder" in q.speaker_text]


def test_a_passage_that_is_never_closed_ends_where_its_speaker_is_told() -> None:
    text = (
        "»De, der bor her, fortæller, hvad de har set, siger Teodor Smedius.\n\n"
        "Han fortæller videre, at politiet arbejder på sagen.\n\n"
        "»Det har været en svær oplevelse. Vi må klare det«, siger han."
    )
    first, second, third = quotes(text, "da")
    assert first.versions[0].text == "De, der bor her, fortæller, hvad de har set"
    assert second.kind == "indirect"
    assert third.versions[0].text == "Det har været en svær oplevelse. Vi må klare det"


def test_words_in_marks_at_the_end_need_no_comma_before_who_says_them() -> None:
    text = "Ambassadören ska kallas upp för att ta emot ”ett kraftigt fördömande” säger Ann Linde."
    (quote,) = quotes(text, "sv")
    assert quote.speaker_text == "Ann Linde"


def test_an_answer_in_an_interview_is_of_the_one_who_answered_before() -> None:
    text = (
        "– Vi kan snakke med mange, sier Jonas Gahr Støre.\n\nOgså med Hamas?\n\n"
        "– Om nødvendig. Det er en bevegelse som fører en brutal krig."
    )
    first, second = quotes(text, "nb")
    assert second.versions[0].text.startswith("Om nødvendig")
    assert second.speaker == first.speaker


def test_when_somebody_said_it_is_not_what_was_said() -> None:
    text = (
        "Kriget är ett krig som aldrig borde ha inträffat, sa Wang Yi när han träffade media i Peking i dag."
    )
    (quote,) = quotes(text, "sv")
    assert quote.versions[0].text == "Kriget är ett krig som aldrig borde ha inträffat"


def test_a_party_in_brackets_parts_nobody_from_what_he_says() -> None:
    text = (
        "Det skyldtes situationen i Gaza, som udenrigsminister Lars Løkke Rasmussen (M) siger "
        'er "katastrofal".'
    )
    assert all("Gaza" not in quote.speaker_text for quote in quotes(text, "da"))


def test_a_source_is_whose_the_tree_has_it() -> None:
    text = "Enligt Financial Times källor har Xi Jinpings uppmaning fått önskad effekt."
    (quote,) = quotes(text, "sv")
    assert quote.speaker_text == "Financial Times källor"
    assert quote.versions[0].text == "har Xi Jinpings uppmaning fått önskad effekt"


def test_who_speaks_with_others_does_not_speak_alone() -> None:
    text = "Emmanuel Macron, Olaf Scholz och Keir Starmer säger att gisslan som hålls av Hamas ska friges."
    (quote,) = quotes(text, "sv")
    assert quote.speaker_text == "Emmanuel Macron, Olaf Scholz och Keir Starmer"


def test_those_whom_somebody_leads_do_not_speak() -> None:
    text = "Ledarna för Frankrike, Tyskland och Storbritannien säger att de vill ha fred i Gaza."
    (quote,) = quotes(text, "sv")
    assert quote.speaker is None


def test_a_reference_to_sources_is_no_word_to_them() -> None:
    text = "– Putin har beslutat om detta, rapporterar Reuters med hänvisning till källor nära Kreml."
    (quote,) = quotes(text, "sv")
    assert quote.addressee is None


def test_a_subhead_after_reported_speech_is_nobodys_word() -> None:
    text = (
        "António Guterres oppfordrer Russland til å hente hjem soldatene.\n\n"
        "– Russiske transportfly skutt ned\n\n"
        "Ukraina har skutt ned to russiske transportfly natt til fredag."
    )
    assert not [q for q in quotes(text, "nb") if "transportfly" in q.versions[0].text and q.kind == "direct"]


def test_what_he_says_he_has_not_is_said() -> None:
    (quote,) = quotes("Trump seier han ikkje har tid til å reise utanlands før valet.", "nn")
    assert quote.versions[0].text.startswith("han ikkje har tid")
