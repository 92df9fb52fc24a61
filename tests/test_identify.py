"""Identifying the language of a text."""

import subprocess
import sys

import pytest

from tidende.languages.identify import identify, short_code

TEXTS = {
    "da": "Regeringen siger, at der ikke er penge nok til de nye veje. Men ministeren vil nu have, at "
    "sagen bliver undersøgt, og hvad det kan koste. Han sagde også, at de efter mødet havde fået "
    "mange spørgsmål, som han selv ville svare på hjemme i Aarhus.",
    "nb": "Regjeringen sier at det ikke er penger nok til de nye veiene. Men statsråden vil nå at saken "
    "blir undersøkt, og hva det kan koste. Han sa også at de etter møtet hadde fått mange spørsmål, "
    "som han selv ville svare på hjemme i Bergen.",
    "nn": "Regjeringa seier at det ikkje er pengar nok til dei nye vegane. Men statsråden vil no at saka "
    "vert granska, og kva det kan koste. Han sa òg at dei etter møtet hadde fått mange spørsmål, som "
    "han sjølv ville svare på heime i Førde, men ikkje før i haust.",
    "sv": "Regeringen säger att det inte finns pengar till de nya vägarna. Men ministern vill nu att saken "
    "ska utredas, och vad det kan kosta. Han sade också att de efter mötet hade fått många frågor "
    "som han själv skulle svara på hemma i Göteborg.",
    "en": "The government says that there is not enough money for the new roads. But the minister now "
    "wants the matter to be looked into, and what it could cost. He also said that after the meeting "
    "they had been asked many questions which he would answer himself.",
    "de": "Die Regierung sagt, dass für die neuen Straßen nicht genug Geld da ist. Aber der Minister will "
    "nun, dass die Sache geprüft wird, und was sie kosten kann. Er sagte auch, dass sie nach dem "
    "Treffen viele Fragen bekommen hätten, die er selbst beantworten werde.",
    "nl": "De regering zegt dat er niet genoeg geld is voor de nieuwe wegen. Maar de minister wil nu dat "
    "de zaak wordt onderzocht en wat het kan kosten.",
    "is": "Ríkisstjórnin segir að ekki séu til nægir peningar fyrir nýju vegina. En ráðherrann vill nú að "
    "málið verði rannsakað og hvað það geti kostað.",
    "fo": "Landsstýrið sigur, at tað ikki er nóg mikið av peningi til teir nýggju vegirnar. Men "
    "landsstýrismaðurin vil nú hava málið kannað, og hvat tað kann kosta.",
    "fi": "Hallitus sanoo, että uusiin teihin ei ole tarpeeksi rahaa. Mutta ministeri haluaa nyt, että "
    "asia tutkitaan ja mitä se voi maksaa.",
    "ru": "Правительство заявляет, что на новые дороги не хватает денег. Но министр хочет, чтобы дело "
    "изучили.",
    "uk": "Уряд заявляє, що на нові дороги не вистачає грошей. Але міністр хоче, щоб справу вивчили.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_few_sentences_tell_the_language(language):
    found = identify(TEXTS[language])
    assert found.language == language
    assert 0.25 < found.margin <= 1


@pytest.mark.parametrize("language", ["da", "nb", "nn", "sv", "en", "de"])
def test_the_languages_read_in_full_need_no_model(language):
    code = (
        "import sys; from tidende.languages.identify import identify\n"
        f"assert identify({TEXTS[language]!r}).language == {language!r}\n"
        "assert 'py3langid' not in sys.modules and 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("text", ["", "  \n", "12 345 : 67"])
def test_nothing_to_tell_it_by(text):
    assert identify(text).language == "und"
    assert identify(text).margin == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Emmanuel Macron met Mette Frederiksen in Paris on Thursday.", "en"),
        ("Putin møtte Kim i Vladivostok torsdag.", "nb"),
        ("Vladimir Putin mødte Kim Jong-un i Vladivostok torsdag.", "da"),
        ("Erna Solberg vitja Kina måndag.", "nn"),
        ("Angela Merkel traf Theresa May.", "de"),
        ("Merkel traf Macron am Donnerstag in Paris.", "de"),
        ("De premier ontmoette de president donderdag in Parijs.", "nl"),
    ],
)
def test_a_short_text_is_told_by_the_languages_that_are_read(text, language):
    assert identify(text).language == language


def test_a_known_language_wins():
    found = identify(TEXTS["da"], known="nb-NO")
    assert (found.language, found.margin) == ("nb", 1.0)


@pytest.mark.parametrize("known", ["und", "", "mul"])
def test_a_code_that_names_no_language_does_not_win(known):
    assert identify(TEXTS["sv"], known=known).language == "sv"


@pytest.mark.parametrize(
    ("code", "short"),
    [
        ("no", "nb"),
        ("nor", "nb"),
        ("nob", "nb"),
        ("nb-NO", "nb"),
        ("nn_NO", "nn"),
        ("nno", "nn"),
        ("dan", "da"),
        ("swe", "sv"),
        ("en-GB", "en"),
        ("EN", "en"),
        ("eng", "en"),
        ("deu", "de"),
        ("ger", "de"),
        ("zh-Hant-TW", "zh"),
        ("yue", "yue"),
    ],
)
def test_codes_are_made_short(code, short):
    assert short_code(code) == short
