"""What readers of six languages print as speech is found, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidende.entities import find_cast
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.parse import load_model, parse
from tidende.quotes import find_quotes
from tidende.records import Article, Block, Quote


def quotes(text: str, language: str, *, title: bool = False) -> list[Quote]:
    """Read the quotes of a text; each line is a paragraph, with `title` the first is a headline."""
    blocks = [
        Block(kind="title" if title and number == 0 else "body", start=match.start(), end=match.end())
        for number, match in enumerate(re.finditer(r"[^\n]*\S[^\n]*", text))
    ]
    article = Article(id="a", text=text, language=language, reading="full", blocks=blocks)
    parsed = parse(article, load_model())
    return find_quotes(parsed, find_cast(parsed, published=None))


def told(text: str, language: str, *, title: bool = False) -> list[tuple[str, str, str]]:
    """Give kind, speaker as printed and text of every quote."""
    return [(q.kind, q.speaker_text, q.versions[0].text) for q in quotes(text, language, title=title)]


DIRECT = [
    (
        "nb",
        "– Vi har hatt en meningsfull utveksling av syn, sa Kim etter møtet.",
        "Kim",
        "Vi har hatt en meningsfull utveksling av syn",
    ),
    ("nb", "- Det går bra, sier Usjakov.", "Usjakov", "Det går bra"),
    ("nb", "«Dette var et veldig nyttig møte», sa Kim.", "Kim", "Dette var et veldig nyttig møte"),
    ("nb", "– Hvorfor skjedde dette? spør rådmannen.", "rådmannen", "Hvorfor skjedde dette?"),
    ("nb", "— Vi var der ikke, la Hammel til.", "Hammel", "Vi var der ikke"),
    ("da", '"Det går rigtig godt med Nordkorea", sagde Trump.', "Trump", "Det går rigtig godt med Nordkorea"),
    (
        "da",
        "- Jeg har stor tiltro til, at besøget vil hjælpe os, sagde Putin til Kim Jong-un.",
        "Putin",
        "Jeg har stor tiltro til, at besøget vil hjælpe os",
    ),
    ("da", "»Det er en vred fornægtelse,« skrev Fleischer.", "Fleischer", "Det er en vred fornægtelse"),
    ("nn", "«Dette er ei sint nekting», skreiv Fleischer.", "Fleischer", "Dette er ei sint nekting"),
    ("nn", "– Slik blir det, seier rådmannen.", "rådmannen", "Slik blir det"),
    ("sv", "”Det går jättebra med Nordkorea”, sa Trump.", "Trump", "Det går jättebra med Nordkorea"),
    ("sv", "– Han suddade ut henne från sitt liv, sade Hale.", "Hale", "Han suddade ut henne från sitt liv"),
    ("sv", "’Vi ser inget svar från USA’, sade Ri.", "Ri", "Vi ser inget svar från USA"),
    (
        "en",
        '"We\'re doing great with North Korea," Trump said.',
        "Trump",
        "We're doing great with North Korea",
    ),
    ("en", "“He erased her from his life,” said Hale.", "Hale", "He erased her from his life"),
    ("en", "'It was never China's fault,' Lee told CNBC.", "Lee", "It was never China's fault"),
    (
        "en",
        'Mike Pompeo told the council on Thursday: "Enforcement must continue vigorously."',
        "Mike Pompeo",
        "Enforcement must continue vigorously.",
    ),
    (
        "de",
        "„Wir sehen jedoch keine entsprechende Reaktion der USA“, sagte Trump.",
        "Trump",
        "Wir sehen jedoch keine entsprechende Reaktion der USA",
    ),
    (
        "de",
        "»Er hat sie aus seinem Leben gestrichen«, so Hale.",
        "Hale",
        "Er hat sie aus seinem Leben gestrichen",
    ),
    (
        "de",
        "„Diese Anschuldigung ist völlig falsch“, fuhr Maxine Waters fort.",
        "Maxine Waters",
        "Diese Anschuldigung ist völlig falsch",
    ),
]


@pytest.mark.parametrize(("language", "text", "speaker", "words"), DIRECT)
def test_direct_speech_in_every_style(language: str, text: str, speaker: str, words: str) -> None:
    assert told(text, language) == [("direct", speaker, words)]


INDIRECT = [
    (
        "nb",
        "Jurij Usjakov sa tidligere i uken at hovedtema blir atomprogrammet.",
        "Jurij Usjakov",
        "hovedtema blir atomprogrammet",
    ),
    ("nb", "Kim sa han håper på et nytt møte.", "Kim", "han håper på et nytt møte"),
    ("nb", "Putin åpnet møtet med å si at Russland ønsker å hjelpe.", "Putin", "Russland ønsker å hjelpe"),
    ("nb", "Da gjorde politiet det klart at veien er stengt.", "politiet", "veien er stengt"),
    (
        "da",
        "Jurij Usjakov, der er talsmand for Kreml, oplyste, at mødet bliver kort.",
        "Jurij Usjakov",
        "mødet bliver kort",
    ),
    (
        "da",
        "Ifølge Putin drøftede de to landes ledere situationen.",
        "Putin",
        "drøftede de to landes ledere situationen",
    ),
    (
        "nn",
        "Sanford fortalde at han ikkje var i byen den dagen.",
        "Sanford",
        "han ikkje var i byen den dagen",
    ),
    ("sv", "Enligt Hammel trodde han att pojken var glad.", "Hammel", "trodde han att pojken var glad"),
    ("sv", "Ri säger att nationen inte kommer att nedrusta.", "Ri", "nationen inte kommer att nedrusta"),
    (
        "en",
        "Trump said he did not have a time frame for this.",
        "Trump",
        "he did not have a time frame for this",
    ),
    (
        "en",
        "A shark attacked a 13-year-old boy on Saturday, Larry Giles said.",
        "Larry Giles",
        "A shark attacked a 13-year-old boy on Saturday",
    ),
    (
        "en",
        "Larry Giles told Reuters he had been diving with friends.",
        "Larry Giles",
        "he had been diving with friends",
    ),
    (
        "en",
        "Kim pledged in a meeting with Moon to dismantle a missile site.",
        "Kim",
        "to dismantle a missile site",
    ),
    (
        "de",
        "Mike Pompeo sagte anschließend, er werde Pjöngjang erneut besuchen.",
        "Mike Pompeo",
        "er werde Pjöngjang erneut besuchen",
    ),
    (
        "de",
        "Laut Putin ging es um die Sanktionen gegen Nordkorea.",
        "Putin",
        "ging es um die Sanktionen gegen Nordkorea",
    ),
]


@pytest.mark.parametrize(("language", "text", "speaker", "words"), INDIRECT)
def test_reported_speech(language: str, text: str, speaker: str, words: str) -> None:
    assert told(text, language) == [("indirect", speaker, words)]


MIXED = [
    (
        "da",
        'Putin siger efter mødet, at han førte "indholdsrige drøftelser" med Kim.',
        'han førte "indholdsrige drøftelser" med Kim',
    ),
    ("nb", "Putin sa at det er en «ønskedrøm» å tro dette.", "det er en «ønskedrøm» å tro dette"),
    (
        "en",
        'Trump said that people were "mean and nasty and untruthful."',
        'people were "mean and nasty and untruthful."',
    ),
    (
        "de",
        "Trump sagte, Kavanaugh habe „unter der Wut“ gelitten.",
        "Kavanaugh habe „unter der Wut“ gelitten",
    ),
]


@pytest.mark.parametrize(("language", "text", "words"), MIXED)
def test_marks_inside_a_reported_clause_make_it_mixed(language: str, text: str, words: str) -> None:
    assert [(kind, said) for kind, _, said in told(text, language)] == [("mixed", words)]


NO_SPEECH = [
    ("en", 'Lee, whose book "AI Superpowers: China, Silicon Valley" was published this month, is rich.'),
    ("en", 'Kim has not shown the "corresponding measures" yet.'),
    ("en", "Ri made no mention of plans for a second summit."),
    ("en", "Trump would not say that the deal was off."),
    ("nb", "Filmen «Kongens nei» vant tre priser."),
    ("nb", "Trump sa ikke at avtalen er brutt."),
    ("nb", "Hvis Putin sier at avtalen er brutt, reiser Kim hjem."),
    ("nb", "- 3 egg"),
    ("nb", "Du trenger:\n- Mel\n- Sukker og salt\n- Egg"),
    ("da", "Topmødet anses for at være en diplomatisk sejr for Kim Jong-un."),
    ("sv", "Boken ”Kriget” säljer bra i Sverige."),
    ("nb", "Trump snakket om været."),
    ("en", "Trump spoke of the weather in Oslo."),
    ("de", "Trump soll gesagt haben, die Lage sei ernst."),
    ("de", "Wohin die Maschine geflogen ist, gab die Bahn nicht bekannt."),
    ("de", "Der „Game of Thrones“-Star wohnt in London."),
]


@pytest.mark.parametrize(("language", "text"), NO_SPEECH)
def test_titles_terms_and_speech_that_did_not_happen_are_no_quotes(language: str, text: str) -> None:
    assert told(text, language) == []


def test_a_quotation_split_by_its_attribution_is_one_quote_of_two_spans() -> None:
    text = '"We will ensure that they are revealed," Waters continued, "and that they will be held liable."'
    (quote,) = quotes(text, "en")
    version = quote.versions[0]
    assert [span.text for span in version.spans] == [
        "We will ensure that they are revealed",
        "and that they will be held liable.",
    ]
    assert version.evidence.text == text
    assert version.cue == "continued"


def test_a_quotation_over_several_paragraphs_is_one_quote() -> None:
    text = (
        'Peter Martin said: "Sunshine meant July followed a similar pattern.\n'
        '"Restaurants were hit even harder.\n'
        'That will not change."\n'
        "Sales rose by 2 per cent."
    )
    (quote,) = quotes(text, "en")
    assert quote.speaker_text == "Peter Martin"
    assert [span.text for span in quote.versions[0].spans] == [
        "Sunshine meant July followed a similar pattern.",
        "Restaurants were hit even harder.",
        "That will not change.",
    ]


def test_marks_inside_a_quotation_belong_to_it() -> None:
    text = "\"I yelled at everyone: 'There's a shark in the water!'\" Hammel added."
    assert told(text, "en") == [
        ("direct", "Hammel", "I yelled at everyone: 'There's a shark in the water!'"),
    ]


def test_a_quotation_that_follows_keeps_the_speaker_without_a_cue() -> None:
    text = "«Hun ba meg holde det hemmelig», sa Dianne Feinstein.\n«Jeg holdt det hemmelig, som hun ba om.»"
    first, second = quotes(text, "nb")
    assert second.speaker_text == "Dianne Feinstein"
    assert second.speaker == first.speaker is not None
    assert second.versions[0].cue is None


def test_the_attribution_is_cut_out_of_a_dash_paragraph_that_goes_on() -> None:
    text = "– Vi er glade, sier Jonas Gahr Støre. – Men vi må gjøre mer."
    (quote,) = quotes(text, "nb")
    assert [span.text for span in quote.versions[0].spans] == ["Vi er glade", "Men vi må gjøre mer."]


def test_a_headline_that_gives_words_after_a_colon_is_direct() -> None:
    text = "Donald Trump: – Vi ble forelsket\nDonald Trump talte i Virginia lørdag."
    assert told(text, "nb", title=True)[0] == ("direct", "Donald Trump", "Vi ble forelsket")


ANSWERS = [
    (
        "nb",
        "Spørsmål: Hvorfor kom du ikke?\nJonas Gahr Støre: Det var ikke mulig å komme dit.",
        "Jonas Gahr Støre",
    ),
    ("de", "SPIEGEL: Warum kommen Sie nicht?\nOlaf Scholz: Das war leider nicht möglich.", "Olaf Scholz"),
    (
        "en",
        "Reporter: Why did you not come?\nBoris Johnson: That was not possible, I am afraid.",
        "Boris Johnson",
    ),
]


@pytest.mark.parametrize(("language", "text", "speaker"), ANSWERS)
def test_an_interview_gives_each_paragraph_to_the_name_before_its_colon(
    language: str, text: str, speaker: str
) -> None:
    asked, answered = told(text, language)
    assert asked[0] == answered[0] == "direct"
    assert answered[1:] == (speaker, text.rsplit(": ", 1)[1])


def test_a_list_with_colons_is_no_interview() -> None:
    assert told("Oslo: Sol og varmt hele dagen.\nBergen: Regn og vind hele dagen.", "nb") == []


def test_german_goes_on_reporting_by_its_mood() -> None:
    text = (
        "Volker Kauder erklärte, die Lage sei ernst. Er habe nicht reisen können. Dabei sei niemand verletzt"
        " worden. Danach ging er nach Hause."
    )
    assert told(text, "de") == [
        ("indirect", "Volker Kauder", "die Lage sei ernst"),
        ("indirect", "Volker Kauder", "Er habe nicht reisen können"),
        ("indirect", "Volker Kauder", "Dabei sei niemand verletzt worden"),
    ]


CALLED = [
    ("da", "Dengang talte Trump om et stort gennembrud.", "et stort gennembrud"),
    ("nb", "Trump snakket om et stort gjennombrudd.", "et stort gjennombrudd"),
    ("nn", "Trump snakka om eit stort gjennombrot.", "eit stort gjennombrot"),
    ("sv", "Trump talade om ett stort genombrott.", "ett stort genombrott"),
    ("en", "Trump spoke of a great breakthrough.", "a great breakthrough"),
    ("de", "Trump sprach von einem großen Durchbruch.", "einem großen Durchbruch"),
]


@pytest.mark.parametrize(("language", "text", "words"), CALLED)
def test_what_somebody_calls_the_thing_he_speaks_of_is_his_word(language: str, text: str, words: str) -> None:
    assert told(text, language) == [("indirect", "Trump", words)]


def test_single_marks_hold_a_quotation_of_many_paragraphs() -> None:
    text = (
        "’This denial is angry,’ Ari Fleischer wrote.\n’This suggests that she doesn’t have the temper.\n"
        "They must not be angry.\nThey must not be defiant.\nThey must be calm and serene.’\nHe went home."
    )
    first, second = quotes(text, "en")
    assert [span.text for span in second.versions[0].spans] == [
        "This suggests that she doesn’t have the temper.",
        "They must not be angry.",
        "They must not be defiant.",
        "They must be calm and serene.",
    ]
    assert second.speaker == first.speaker is not None


def test_single_marks_hold_speech_within_speech_over_paragraphs() -> None:
    text = (
        "’Når du ser på lekkasjer, og så sier de «Å, jeg gjorde det ikke.\nJeg gjorde det ikke».\n"
        "Husker dere?\nVent litt.\nNei, vi lekket ikke’, la Donald Trump til.\nHan dro hjem."
    )
    (quote,) = quotes(text, "nb")
    assert quote.speaker_text == "Donald Trump"
    assert [span.text for span in quote.versions[0].spans][-2:] == ["Vent litt.", "Nei, vi lekket ikke"]


def test_two_cues_in_one_sentence_give_two_quotes() -> None:
    text = 'On Wednesday, Trump said he had no plan, saying "If it takes two years, it takes two years."'
    assert told(text, "en") == [
        ("indirect", "Trump", "he had no plan"),
        ("direct", "Trump", "If it takes two years, it takes two years."),
    ]


def test_cue_and_speaker_point_at_their_words() -> None:
    text = "„Diese Anschuldigung ist falsch“, fuhr Maxine Waters fort."
    version = quotes(text, "de")[0].versions[0]
    assert version.cue == "fuhr fort"
    assert version.cue_evidence is not None
    assert version.cue_evidence.text == "fuhr"
    assert version.speaker_evidence is not None
    assert text[version.speaker_evidence.start : version.speaker_evidence.end] == "Maxine Waters"


def test_ids_depend_on_the_words_not_on_their_marks() -> None:
    first = quotes('"Lies, lies and more lies," Maxine Waters said.', "en")[0]
    second = quotes("On Saturday Maxine Waters said: “Lies, lies and more lies”.", "en")[0]
    assert first.id == second.id
    assert re.fullmatch(r"quote:.+:[0-9a-f]{10}", first.id)


def test_speech_lists_have_the_same_keys_in_every_language() -> None:
    def keys(language: str) -> set[tuple[str, ...]]:
        lists = word_list(language, "speech")
        inner = {(name, key) for name, table in lists.items() if isinstance(table, dict) for key in table}
        return inner | {(name,) for name in lists}

    for language in READ_IN_FULL:
        assert keys(language) == keys("en"), language


_PRINTED = (
    "Kim Putin sa said sagte at that dass han he er ikke ifølge according to the som who der og and la til "
    "fuhr fort Vi we har so 𝛑 , . : ? ! - – \" “ ” „ « » ' ’ ‘"
)
WORDS = st.sampled_from([*_PRINTED.split(), "\n", "\n– "])


@settings(max_examples=150)
@given(
    st.one_of(
        st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join), st.lists(WORDS).map("".join)
    ),
    st.sampled_from(READ_IN_FULL),
)
def test_any_text_gives_spans_in_order_that_never_overlap(text: str, language: str) -> None:
    taken: list[tuple[int, int]] = []
    for quote in quotes(text, language):
        version = quote.versions[0]
        places = [(span.start, span.end) for span in version.spans]
        assert places == sorted(places)
        assert version.evidence.start <= places[0][0]
        assert places[-1][1] <= version.evidence.end
        for evidence in (version.evidence, version.cue_evidence, version.speaker_evidence, *version.spans):
            assert evidence is None or evidence.text == text[evidence.start : evidence.end] != ""
        for start, end in places:
            assert all(end <= low or start >= high for low, high in taken)
        taken += places
