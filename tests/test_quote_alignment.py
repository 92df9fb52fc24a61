"""Versions of one utterance are one quote, whatever their language; different ones stay apart."""

from __future__ import annotations

from datetime import date

import pytest

from tidende.ingest import lay_out
from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Article, Reading, Record
from tidende.render import render
from tidende.stories import reconcile

DAY = date(2019, 4, 25).isoformat()


def reading(name: str, language: str, text: str) -> Reading:
    """Read one article alone."""
    title, blocks = lay_out(text, None)
    article = Article(id=name, text=text, title=title, blocks=blocks, language=language, published=DAY)
    return read_article(article, load_model())


def record(*articles: tuple[str, str]) -> Record:
    """Read articles of one story, each given as its language and text."""
    return reconcile(
        [reading(f"a{n}.{language}", language, text) for n, (language, text) in enumerate(articles)]
    )


def versions(found: Record) -> list[list[str]]:
    """Give the texts of the versions of every quote."""
    return [[version.text for version in quote.versions] for quote in found.quotes]


GERMAN = (
    "„Wir hatten mehr Zeit verlangt, aber niemand hat uns zugehört“, sagte Angela Merkel am Montag in Berlin."
)
NORWEGIAN = "– Vi hadde bedt om mer tid, men ingen hørte på oss, sa Angela Merkel i Berlin mandag."


def test_a_translation_without_like_words_is_one_quote() -> None:
    (quote,) = record(("de", GERMAN), ("nb", NORWEGIAN)).quotes
    assert [version.language for version in quote.versions] == ["de", "nb"]
    assert quote.agreement == "agree"


def test_other_words_of_the_speaker_on_the_subject_stay_apart() -> None:
    other = "– Tiden er ute for denne regjeringen, sa Angela Merkel i Berlin mandag."
    assert all(len(texts) == 1 for texts in versions(record(("de", GERMAN), ("nb", other))))


def test_like_words_in_two_named_mouths_are_two_quotes() -> None:
    other = NORWEGIAN.replace("Angela Merkel", "Emmanuel Macron")
    found = record(("de", GERMAN), ("nb", other))
    assert len(found.quotes) == 2
    assert len({quote.speaker for quote in found.quotes}) == 2


def test_a_longer_and_a_shorter_version_are_one() -> None:
    longer = (
        "– Fokuset vil være på en politisk og diplomatisk løsning på atomproblemet. Russland er innstilt på"
        " å gjøre alt for å styrke en positiv utvikling, sa Vladimir Putin."
    )
    shorter = (
        '"The focus will be on a political and diplomatic solution of the nuclear problem," '
        "Vladimir Putin said."
    )
    (quote,) = record(("nb", longer), ("en", shorter)).quotes
    assert len(quote.versions) == 2


def test_three_languages_give_one_quote_in_any_order() -> None:
    english = (
        '"We had asked for more time, but nobody listened to us," Angela Merkel said in Berlin on Monday.'
    )
    articles = [("de", GERMAN), ("nb", NORWEGIAN), ("en", english)]
    for order in (articles, articles[::-1]):
        (quote,) = record(*order).quotes
        assert {version.language for version in quote.versions} == {"de", "nb", "en"}


def test_numbers_that_cannot_both_be_meant_keep_quotes_apart() -> None:
    first = "– Vi trenger 300 nye fly, sa Angela Merkel mandag."
    second = '"We need 500 new planes," Angela Merkel said on Monday.'
    assert len(record(("nb", first), ("en", second)).quotes) == 2


WHOLE = (
    "– Vi hadde bedt om mer tid, men ingen hørte på oss. Nå må Europa finne sin egen vei uten"
    " amerikanerne, sa Angela Merkel i Berlin mandag."
)
PIECES = {
    "en": (
        '"We had asked for more time, but nobody listened to us," Angela Merkel said in Berlin on Monday.\n'
        "Merkel added that Europe must now find its own way without the Americans."
    ),
    "de": (
        "„Wir hatten mehr Zeit verlangt, aber niemand hat uns zugehört“, sagte Angela Merkel in Berlin."
        " Merkel fügte hinzu: „Jetzt muss Europa ohne die Amerikaner einen eigenen Weg finden.“"
    ),
    "sv": (
        "”Vi hade bett om mer tid, men ingen lyssnade på oss”, sade Angela Merkel i Berlin.\n"
        "Merkel tillade att Europa nu måste hitta sin egen väg utan amerikanerna."
    ),
}


@pytest.mark.parametrize("language", PIECES)
def test_one_quotation_here_may_be_two_there(language: str) -> None:
    (quote,) = record(("nb", WHOLE), (language, PIECES[language])).quotes
    assert [version.language for version in quote.versions] == ["nb", language, language]


def test_what_else_the_speaker_added_is_no_piece_of_it() -> None:
    other = PIECES["en"].split("\n")[0] + "\nMerkel added that the weather had been fine in Berlin for weeks."
    found = versions(record(("nb", WHOLE), ("en", other)))
    assert all(len(texts) < 3 for texts in found)
    assert len(found) >= 2


def wired(name: str, language: str, text: str, *credits: str, outlet: str | None = None) -> Reading:
    """Read an article that credits agencies."""
    found = reading(name, language, text)
    article = found.article.model_copy(update={"credits": list(credits), "outlet": outlet})
    return found.model_copy(update={"article": article})


def test_the_wire_in_its_own_language_is_the_original() -> None:
    german = wired("a", "de", GERMAN, "dpa")
    norwegian = wired("b", "nb", NORWEGIAN, "NTB", "dpa")
    found = reconcile([norwegian, german])
    (quote,) = found.quotes
    assert {version.language: version.original for version in quote.versions} == {"de": True, "nb": False}
    assert "original: de" in render(found, "en")


def test_who_told_an_agency_is_translated_where_the_agency_has_it_too() -> None:
    english = wired("a", "en", '"We had asked for more time," Angela Merkel told Reuters.', outlet="Reuters")
    norwegian = wired("b", "nb", "– Vi hadde bedt om mer tid, sa Angela Merkel til Reuters.")
    (quote,) = reconcile([english, norwegian]).quotes
    assert {version.language: version.original for version in quote.versions} == {"en": True, "nb": False}


def test_without_a_common_wire_nothing_is_called_the_original() -> None:
    for second in (wired("b", "nb", NORWEGIAN), wired("b", "nb", NORWEGIAN, "NTB")):
        (quote,) = reconcile([wired("a", "de", GERMAN, "dpa"), second]).quotes
        assert [version.original for version in quote.versions] == [None, None]
