"""What is not said stays out: attributions, purposes, bystanders, things that cannot speak."""

from __future__ import annotations

import pytest

from test_quotes import quotes, told

SPANS = [
    # What follows a name is about the speaker, not said by him.
    (
        "nb",
        "Vårt budskap er fred og respekt, sa skuespilleren Meryl Streep, som ledet konserten med en kollega.",
        "Vårt budskap er fred og respekt",
    ),
    (
        "nn",
        "Dei fleste lever under svært vanskelege kår, forklarer Berit Olsen, landdirektør for hjelpa.",
        "Dei fleste lever under svært vanskelege kår",
    ),
    (
        "da",
        "Vi kan mærke, at der er fremtid i pasta, siger Lars Bred, der i går vendte hjem fra en messe.",
        "Vi kan mærke, at der er fremtid i pasta",
    ),
    # A clause with a conjunction is said as well.
    (
        "da",
        "En haj angreb lørdag en dreng, da han dykkede efter hummere, siger Larry Giles.",
        "En haj angreb lørdag en dreng, da han dykkede efter hummere",
    ),
    (
        "da",
        "Lars Bred indrømmede, at han ikke kommer, når serien slutter næste sommer, og rejste hjem.",
        "han ikke kommer, når serien slutter næste sommer, og rejste hjem",
    ),
    # The earlier clause, not the one inside it.
    (
        "de",
        "Volker Kauder erklärte, die Regierung werde dafür sorgen, dass es soziale Sicherheit gebe.",
        "die Regierung werde dafür sorgen, dass es soziale Sicherheit gebe",
    ),
    (
        "de",
        "Volker Kauder drohte damit, das Ergebnis der Wahl nicht zu akzeptieren.",
        "das Ergebnis der Wahl nicht zu akzeptieren",
    ),
    # When it was said is no part of what was said.
    ("en", "Elizabeth Warren said on Saturday she would run next year.", "she would run next year"),
]


@pytest.mark.parametrize(("language", "text", "words"), SPANS)
def test_a_reported_clause_is_whole_and_nothing_else(language: str, text: str, words: str) -> None:
    assert [said for _, _, said in told(text, language)] == [words]


SPEAKERS = [
    # The one who is told something does not tell it.
    (
        "da",
        "En talsmand fra Tennessee State fortalte Chris Harris, at operationen var overstået.",
        "En talsmand",
    ),
    (
        "de",
        "Jimmy Carter, der als Beobachter im Land war, sagte Reportern, dass alles gut sei.",
        "Jimmy Carter",
    ),
    # The source that passes words on is not their speaker.
    ("de", "Laut Associated Press teilte Joe Biden mit, dass er sich bald entscheiden werde.", "Joe Biden"),
    ("de", "Als Begründung gaben die USA an, dass zwei verdächtige Männer an Bord seien.", "USA"),
    # Where somebody works, or has just left, does not speak.
    (
        "nn",
        "Sofie Matiassen i Dagens Næringsliv, som peikar på at fondet er trygt, er glad.",
        "Sofie Matiassen",
    ),
    ("en", "Mike Pompeo left Pyongyang in July saying that progress had been made.", "Mike Pompeo"),
    # An article is no pronoun.
    (
        "nn",
        "«Faren er mykje regn i Baja California», sa det nasjonale orkansenteret.",
        "det nasjonale orkansenteret",
    ),
    ("da", "I går hævdede de to tiltalte, at manden blot ringede hjem.", "de to tiltalte"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), SPEAKERS)
def test_bystanders_do_not_speak(language: str, text: str, speaker: str) -> None:
    assert [quote.speaker_text for quote in quotes(text, language)] == [speaker]


NOTHING_SAID = [
    ("da", "Kinas regering har lovet fri adgang til medicin som et forsøg på at løse problemet."),
    ("nb", "Myndighetene krever entydige bevis for å endre reglene."),
    ("de", "Die chinesische Regierung verspricht freien Zugang, um das Problem anzugehen."),
    ("en", "China's government promised universal access to medicines in an attempt to tackle the issue."),
    # Things show and demand; they say nothing.
    ("da", "Vores lange udsigt indikerer, at der kommer regn i næste uge."),
    ("nn", "Eit slikt regime krev at alle er nøkterne i pengebruken."),
    # A noun, not the verb, governs the clause.
    ("nb", "Trump nevnte viktigheten av at folk stemmer ved valget."),
    # The clause only tells when.
    ("nb", "Da avisen forsøkte å få ham til å utdype dette, svarte Hagen bare:"),
    ("nb", "Presidenten refererte diskré til Kavanaughs nominasjon da han snakket om hvor viktig det er."),
    ("nb", "Informerte forbrukere vil vite at man burde redusere bruken."),
    ("nn", "Dei har ikkje vorte slipte, men seier det dei meiner."),
]


@pytest.mark.parametrize(("language", "text"), NOTHING_SAID)
def test_purposes_results_and_times_are_no_speech(language: str, text: str) -> None:
    assert told(text, language) == []


def test_two_who_speak_in_one_sentence_each_keep_their_own() -> None:
    text = "Kim Jong-un pledged to disarm the whole peninsula while Donald Trump promised to guarantee peace."
    assert [(speaker, said) for _, speaker, said in told(text, "en")] == [
        ("Kim Jong-un", "to disarm the whole peninsula"),
        ("Donald Trump", "to guarantee peace"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The search goes on and police said they are looking for a man."),
        ("en", "An official from Tennessee State told Chris Harris that the player was fine."),
        ("da", "En talsmand for politiet bekræftede, at kvinden boede i byen."),
    ],
)
def test_the_unnamed_have_an_entity_too(language: str, text: str) -> None:
    (quote,) = quotes(text, language)
    assert quote.speaker is not None


UNSAID = [
    # A wish, an order received, a thing repeated, somebody else's clause.
    ("nb", "Jeg håper du virkelig forteller nordmennene hva vi synes om det."),
    ("en", "She was instructed to destroy the agreement and another would be forwarded to her."),
    ("nn", "Termen gjer derimot merksam på det historisk kontingente ved alt vitskapane handlar om."),
    (
        "da",
        "Enkelte maskiner gik så lavt, at de fik jernkæderne i bommene til at dirre, store skygger tordnede"
        " hen over hovederne på os, man måtte håbe, at de fandt op i deres formation igen.",
    ),
]


@pytest.mark.parametrize(("language", "text"), UNSAID)
def test_a_cue_that_does_not_govern_the_clause_reports_nothing(language: str, text: str) -> None:
    assert told(text, language) == []


WHOLE = [
    (
        "en",
        "Vladimir Putin said Russia will have new nuclear weapons that other countries do not have.",
        "Russia will have new nuclear weapons that other countries do not have",
    ),
    (
        "nn",
        "Vi har ikkje utstyr til slik sløkking, konstaterte rådmann Ole John Østenstad, medan flammane åt"
        " seg gjennom toppetasjen på gamleskulen i går ettermiddag.",
        "Vi har ikkje utstyr til slik sløkking",
    ),
    ("nb", "Det var tvangshandlinger, forteller pappa Tore.", "Det var tvangshandlinger"),
    ("nn", "Då kan liv gå tapt, seier Hugøy til NRK.", "Då kan liv gå tapt"),
    (
        "de",
        "Die Christen dürften sich nicht darauf beschränken, ethische Grundsätze zu formulieren, verlangte"
        " Günter Brakelmann, Sozialethiker an der Universität Bochum.",
        "Die Christen dürften sich nicht darauf beschränken, ethische Grundsätze zu formulieren",
    ),
]


@pytest.mark.parametrize(("language", "text", "words"), WHOLE)
def test_the_tree_tells_how_far_a_clause_goes(language: str, text: str, words: str) -> None:
    assert [said for _, _, said in told(text, language)] == [words]
