"""What an editor would be ashamed of: whole articles read and printed, line by line."""

from __future__ import annotations

import pytest

from reading_of import reading_of, readings_of
from tidende.parse.files import FOLDER
from tidende.records import Record
from tidende.render import render
from tidende.render.words import Words
from tidende.stories import reconcile

pytestmark = pytest.mark.skipif(not (FOLDER / "parser.onnx").is_file(), reason="the model is not here")

VISIT = """Guttenberg besucht Truppen in Afghanistan

Verteidigungsminister Guttenberg stattete am gestrigen Montag den in Afghanistan stationierten deutschen \
Truppen in Kunduz einen unangekündigten Besuch ab. Ungewöhnlich dabei war, dass er von seiner Frau Stephanie \
und dem Fernsehmoderator Johannes B. Kerner begleitet wurde.

Das Verteidigungsministerium teilte mit, dass Stephanie zu Guttenberg aus Solidarität an dem Besuch \
teilgenommen habe."""


def told(language: str, text: str, **fields: str) -> Record:
    """Give the record of one article."""
    return reconcile([reading_of("x", text, language=language, **fields)])


def speakers(language: str, text: str) -> list[str | None]:
    """Give the names of those who speak."""
    record = told(language, text)
    names = {entity.id: entity.name for entity in record.entities}
    return [names.get(quote.speaker or "") for quote in record.quotes]


def posts(language: str, text: str) -> list[tuple[str, str, str | None]]:
    """Give who holds what, and whose post it is."""
    record = told(language, text)
    names = {entity.id: entity.name for entity in record.entities}
    return [(names[role.holder], role.role, names.get(role.of or "")) for role in record.roles]


def test_the_minister_is_not_his_wife():
    record = told("de", VISIT, published="2010-12-14")
    names = {entity.id: entity.name for entity in record.entities}
    assert [names[role.holder] for role in record.roles if role.role == "defence minister"] == ["Guttenberg"]
    assert [[names[one] for one in event.actors] for event in record.events] == [["Guttenberg"]]
    assert "Stephanie zu Guttenberg" in names.values()


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        (
            "nb",
            "Lund Svindal på pallen igjen.\n\nAksel Lund Svindal vant både utfor og super-G i Beaver Creek.",
            "Aksel Lund Svindal",
        ),
        (
            "da",
            "Udenrigsminister Lars Løkke Rasmussen (M) kom hjem. Det var ærligt, siger Løkke Rasmussen.",
            "Lars Løkke Rasmussen",
        ),
    ],
)
def test_a_surname_of_two_words_is_somebody_s_whose_name_ends_so(language, text, person):
    assert [one.name for one in told(language, text).entities if one.type == "person"] == [person]


def test_a_surname_of_two_words_is_found_in_another_article():
    record = reconcile(
        readings_of(
            [
                {"id": "a", "language": "nb", "text": "Aksel Lund Svindal vant utfor i Beaver Creek."},
                {"id": "b", "language": "sv", "text": "Lund Svindal vann störtloppet, sade Lund Svindal."},
            ]
        )
    )
    assert [one.id for one in record.entities if one.type == "person"] == ["person:aksel-lund-svindal"]


@pytest.mark.parametrize(
    ("language", "text", "person"),
    [
        (
            "de",
            "„Die Arbeiten dauern an“, sagte der Sprecher der Küstenwache, Nikos Alexiou.",
            "Nikos Alexiou",
        ),
        (
            "de",
            "Die Senatorin für Massachusetts Elizabeth Warren gab bekannt, dass sie antreten würde.",
            "Elizabeth Warren",
        ),
        (
            "nn",
            "Helseminister Anne-Grete Strøm-Erichsen møtte kommunalminister Liv Signe Navarsete. "
            "Helseministeren tala lenge.\n\nEin institusjon må løyse dei behova folk har, sa statsråden.",
            "Anne-Grete Strøm-Erichsen",
        ),
    ],
)
def test_a_speaker_is_who_holds_the_post(language, text, person):
    assert speakers(language, text) == [person]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "da",
            "Guvernøren for Erzincan-provinsen, Fikret Cuhadaroglu, oplyste, at en fjerdedel lå i ruiner.",
            [("Fikret Cuhadaroglu", "governor", "Erzincan")],
        ),
        ("de", "Adidas wird den US-Konkurrenten Reebok im kommenden Jahr übernehmen.", []),
        (
            "nn",
            "Sp-leiar og kommunalminister Liv Signe Navarsete (Sp) reagerer.",
            [("Liv Signe Navarsete", "leader", "Sp"), ("Liv Signe Navarsete", "minister", None)],
        ),
    ],
)
def test_a_post_is_whose_it_is(language, text, expected):
    assert posts(language, text) == expected


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("da", "benægter"),
        ("nb", "benekter"),
        ("nn", "nektar for"),
        ("sv", "förnekar"),
        ("en", "denies"),
        ("de", "bestreitet"),
    ],
)
def test_what_is_denied_is_not_printed_as_said(language, word):
    text = "Dianne Feinstein denied that the leak came from her office."
    assert f"Dianne Feinstein, {word}: the leak came from her office" in render(told("en", text), language)


def test_a_post_alone_speaks_in_the_words_of_the_article():
    text = "WASHINGTON - Denmark's foreign minister said on Wednesday that he would come."
    record = told("en", text, published="2026-01-15")
    assert "“Denmark's foreign minister”, indirect: he would come" in render(record, "en")
    assert "Udenrigsminister (»Denmark's foreign minister«), indirekte: he would come" in render(record, "da")


def test_marks_within_a_quotation_open_and_close():
    text = "Rubio skrev på X, at USA er »gamle venner«. Statsministeren sagde: »Vi er »gamle venner««."
    printed = render(told("da", text), "nb")
    assert "’gamle venner‘" not in printed


def test_two_who_say_other_things_of_other_states_say_no_one_thing():
    nb = (
        "Nord-Koreas toppdiplomat Ri Yong-ho fortalte verdenslederne i FN at Nord-Korea ikke har sett en "
        "«tilsvarende respons» fra USA på sine tidlige nedrustningstiltak."
    )
    da = (
        "Ministeren Ri Yong-ho fremhævede tre møder mellem Kim og Sydkoreas leder Moon Jae-in. »Hvis "
        "atomnedrustningen skulle forhandles med Sydkorea og ikke USA, ville forhandlingerne ikke være så "
        "fastlåste,« sagde Ri Yong-ho."
    )
    rows = [("a", "nb", nb), ("b", "da", da)]
    record = reconcile(
        readings_of(
            [{"id": i, "language": tongue, "text": t, "published": "2018-09-30"} for i, tongue, t in rows]
        )
    )
    assert [quote.agreement for quote in record.quotes] == ["only", "only"]


@pytest.mark.parametrize(
    ("language", "text", "printed"),
    [
        (
            "en",
            '"My thought was to push it away," Eric Fortier said. "Seconds later it ripped the roof."',
            "My thought was to push it away. Seconds later it ripped the roof.",
        ),
        (
            "de",
            "„Wir haben gewartet“, sagte Angela Merkel am Montag, „Bundestag und Bundesrat entscheiden.“",
            "Wir haben gewartet, Bundestag und Bundesrat entscheiden.",
        ),
    ],
)
def test_a_quotation_that_the_article_breaks_off_goes_on_behind_a_stop_or_a_comma(language, text, printed):
    assert printed in " ".join(render(told(language, text), language).split())


def test_a_mark_within_a_quotation_is_closed_as_it_was_opened():
    text = "Gemäß einer Meldung auf der Internetseite „bbc.co.uk“ vom 23. Juli ist er im Krankenhaus."
    assert "‘bbc.co.uk’" in Words("en").quoted(text)
    assert "‚bbc.co.uk‘" in Words("de").quoted(text)
