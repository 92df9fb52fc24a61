"""Roles: who is what, of which state, organisation or person, with the words that tell it."""

from __future__ import annotations

from datetime import date

import pytest

from tidende.entities import Cast, find_cast
from tidende.parse import load_model, parse
from tidende.records import Article, Block, Role


def read(language: str, text: str, published: date | None = date(2018, 9, 30)) -> Cast:
    blocks = [Block(kind="body", start=0, end=len(text))]
    return find_cast(
        parse(Article(id="a", text=text, language=language, blocks=blocks), load_model()), published=published
    )


def told(language: str, text: str) -> list[tuple[str, str, str | None, str | None, str]]:
    """Give holder and owner by name, role, qualifier and evidence of each role."""
    cast = read(language, text)

    def row(role: Role) -> tuple[str, str, str | None, str | None, str]:
        owner = cast.entity(role.of).name if role.of else None
        return cast.entity(role.holder).name, role.role, owner, role.qualifier, role.evidence[0].text

    return [row(role) for role in cast.roles]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # Before the name
        ("nb", "Kinas president Xi Jinping kom.", ("Xi Jinping", "president", "China", None)),
        ("en", "Russian President Vladimir Putin came.", ("Vladimir Putin", "president", "Russia", None)),
        ("de", "US-Präsident Donald Trump kam.", ("Donald Trump", "president", "United States", None)),
        ("sv", "USA:s president Donald Trump kom.", ("Donald Trump", "president", "United States", None)),
        ("nn", "Tysklands kanslar Angela Merkel kom.", ("Angela Merkel", "chancellor", "Germany", None)),
        (
            "de",
            "Trumps Berater John Bolton kam. Donald Trump schwieg in den USA.",
            ("John R. Bolton", "adviser", "Donald Trump", None),
        ),
        # Behind it
        (
            "en",
            "Jens Stoltenberg, the NATO secretary-general, left.",
            ("Jens Stoltenberg", "secretary-general", "North Atlantic Treaty Organization", None),
        ),
        (
            "nb",
            "Jens Stoltenberg, generalsekretær i Nato, dro.",
            ("Jens Stoltenberg", "secretary-general", "North Atlantic Treaty Organization", None),
        ),
        (
            "da",
            "Jurij Usjakov, der er talsmand for Kreml, talte.",
            ("Yuri Ushakov", "spokesman", "Kremlin", None),
        ),
        # With a copula
        (
            "sv",
            "Stefan Löfven är statsminister i Sverige.",
            ("Stefan Löfven", "prime minister", "Sweden", None),
        ),
        ("de", "Angela Merkel ist Bundeskanzlerin.", ("Angela Merkel", "chancellor", None, None)),
        # No longer, or not quite
        (
            "da",
            "Den tidligere udenrigsminister Sergej Lavrov talte.",
            ("Sergey Lavrov", "foreign minister", None, "former"),
        ),
        (
            "en",
            "Acting attorney general Matthew Whitaker left.",
            ("Matthew Whitaker", "attorney general", None, "acting"),
        ),
        (
            "de",
            "Der frühere Bundeskanzler Gerhard Schröder kam.",
            ("Gerhard Schroeder", "chancellor", None, "former"),
        ),
        # Kinship
        (
            "da",
            "Kim Jong-un kom. Kims far, Kim Jong-il, var død.",
            ("Kim Jong-il", "father", "Kim Jong-un", None),
        ),
    ],
)
def test_a_role_is_told_before_behind_or_with_a_copula(language, text, expected):
    found = [row[:4] for row in told(language, text)]
    assert expected in found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Der Präsident der Region Elsass Adrien Zeller begrüßte den Zug.",
            ("Adrien Zeller", "president"),
        ),
        (
            "de",
            "Der Minister für Verkehr, Infrastruktur und Tourismus Hermann Weber reiste am Montag nach Wien.",
            ("Hermann Weber", "minister"),
        ),
        (
            "de",
            "Der EU-Kommissar für Erweiterung und Nachbarschaftspolitik Štefan Füle empfahl Gespräche.",
            ("Štefan Füle", "commissioner"),
        ),
        (
            "da",
            "Minister for landdistrikter og nordisk samarbejde Karen Holm rejste mandag til Oslo.",
            ("Karen Holm", "minister"),
        ),
        (
            "nb",
            "Ministeren for utvikling og nordisk samarbeid Karen Larsen reiste mandag til Oslo.",
            ("Karen Larsen", "minister"),
        ),
        (
            "nn",
            "Ministeren for samferdsel, infrastruktur og turisme Henrik Madsen reiste måndag til Oslo.",
            ("Henrik Madsen", "minister"),
        ),
        (
            "sv",
            "I måndags reste ministern för transport, infrastruktur och turism Henrik Madsen till Oslo.",
            ("Henrik Madsen", "minister"),
        ),
        (
            "en",
            "On Monday Israel's Minister of Culture and Sport Miri Regev criticised the film.",
            ("Miri Regev", "minister"),
        ),
        (
            "da",
            "Det siger Holly Snyder, vicepræsident for Nationswides livsforsikringsvirksomhed.",
            ("Holly Snyder", "vice president"),
        ),
        # Ministers whose field no list prints
        (
            "de",
            "Der libanesische Informationsminister Ghasi Aridi stimmte zu.",
            ("Ghasi Aridi", "minister"),
        ),
        ("da", "Boligminister Svend Erik Hovmand afviste det.", ("Svend Erik Hovmand", "minister")),
    ],
)
def test_what_a_post_is_for_may_stand_between_it_and_the_name(language, text, expected):
    assert expected in [row[:2] for row in told(language, text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Minister für Verkehr hat Angela Merkel kritisiert."),
        ("de", "Am Montag lobte der Minister für Verkehr und Tourismus Angela Merkel in Berlin."),
        ("de", "Er wurde zum Nachfolger des Argentiniers Carlos Magarinos gewählt."),
        ("en", "A White House spokesman for Mr. John Bolton declined to comment."),
        ("da", "Ministeren for transport og Mette Frederiksen mødtes mandag i Aarhus."),
    ],
)
def test_a_name_near_a_post_is_not_always_its_holder(language, text):
    assert told(language, text) == []


def test_evidence_is_the_words_that_tell_the_role_and_no_more():
    text = "I går talte Kinas præsident Xi Jinping, og alle lyttede."
    assert told("da", text) == [
        ("Xi Jinping", "president", "China", None, "Kinas præsident Xi Jinping"),
    ]


def test_labels_print_the_post_without_its_owner():
    (role,) = read("nb", "Nord-Koreas leder Kim Jong-un smilte.").roles
    assert role.labels == {"nb": "leder"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Putin, statsministeren og andre mødtes i Rusland."),
        ("en", "Putin, the minister and others met in Russia."),
        ("nb", "Presidenten møtte Kim Jong-un."),
        ("da", "Præsidentens besøg hos Kim Jong-un varede længe."),
    ],
)
def test_no_role_is_read_out_of_a_list_or_from_a_neighbour(language, text):
    assert told(language, text) == []


def test_one_role_told_twice_is_one_role_with_two_places():
    cast = read("nb", "Russlands president Vladimir Putin kom. Den russiske presidenten smilte.")
    (role,) = cast.roles
    assert [evidence.text for evidence in role.evidence] == [
        "Russlands president Vladimir Putin",
        "Den russiske presidenten",
    ]


@pytest.mark.parametrize(
    ("language", "text", "printed"),
    [
        ("de", "Angela Merkel ist Bundeskanzlerin. Die Kanzlerin reiste ab.", "Die Kanzlerin"),
        ("sv", "Stefan Löfven är statsminister i Sverige. Statsministern log.", "Statsministern"),
        ("en", "Russian President Vladimir Putin came. The president smiled.", "The president"),
        ("da", "Ruslands præsident Vladimir Putin kom. Præsidenten smilede.", "Præsidenten"),
    ],
)
def test_a_definite_description_means_the_one_who_holds_the_post(language, text, printed):
    cast = read(language, text)
    holder = cast.roles[0].holder
    start = text.index(printed)
    assert [m.entities for m in cast.mentions if m.start == start] == [(holder,)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russian President Vladimir Putin came. A president smiled."),
        ("da", "Ruslands præsident Vladimir Putin kom. En præsident smilede."),
        ("nb", "Russlands president Vladimir Putin kom. En president smilte."),
    ],
)
def test_an_indefinite_description_is_somebody_else(language, text):
    cast = read(language, text)
    assert "other:president" in cast.by_id
    assert not cast.entity("other:president").named


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nn", "Rådgjevaren til Putin, Jurij Usjakov, sa nei.", ("adviser", "Putin", None)),
        ("da", "Jurij Usjakov, rådgiver til Putin, sagde nej.", ("adviser", "Putin", None)),
        ("en", "Yuri Ushakov, who is a spokesman for the Kremlin, said no.", ("spokesman", "Kremlin", None)),
        ("nb", "Jurij Usjakov, en talsmann for Kreml, sa nei.", ("spokesman", "Kremlin", None)),
        ("de", "Jeremy Hunt, der Außenminister von Belgien ist, kam.", ("foreign minister", "Belgium", None)),
        ("nb", "Sarah Palin, som tidligere var guvernør i Alaska, kom.", ("governor", "Alaska", "former")),
        ("en", "Sarah Palin, who was formerly governor of Alaska, came.", ("governor", "Alaska", "former")),
        ("de", "Sarah Palin, die früher Gouverneurin von Alaska war, kam.", ("governor", "Alaska", "former")),
        ("en", "The son of former Alaska governor Sarah Palin came.", ("governor", "Alaska", "former")),
        ("nb", "Den tidligere amerikanske presidenten Obama kom.", ("president", "United States", "former")),
        ("da", "Ekspræsident Nicolas Sarkozy kom.", ("president", None, "former")),
        ("nb", "Den kjente eks-presidenten Nicolas Sarkozy kom.", ("president", None, "former")),
        ("de", "Altkanzler Gerhard Schröder kam.", ("chancellor", None, "former")),
        (
            "en",
            "Yuri Ushakov, an adviser to President Vladimir Putin, came.",
            ("adviser", "Vladimir Putin", None),
        ),
    ],
)
def test_a_post_is_read_in_a_clause_of_its_own(language, text, expected):
    assert expected in [row[1:4] for row in told(language, text)]


def test_an_adviser_sent_somewhere_is_not_of_that_place():
    assert told("nb", "Trump sendte rådgiveren til Kina.") == []


def test_two_posts_joined_by_and_have_one_holder():
    rows = told("da", "Sønnen af den tidligere guvernør i Alaska og kandidat Sarah Palin kom.")
    assert {(who, post) for who, post, *_ in rows} == {
        ("Sarah Palin", "governor"),
        ("Sarah Palin", "candidate"),
    }


def test_a_post_now_and_a_former_one_are_two():
    text = "Alaskas guvernør Sarah Palin kom. Alaskas tidligere guvernør Sarah Palin gikk."
    assert [row[3] for row in told("nb", text)] == [None, "former"]


def test_an_english_title_is_no_part_of_a_name():
    cast = read("da", "Trump sagde: I will be meeting with Chairman Kim Jong Un in Vietnam.")
    assert "Kim Jong Un" in {form for entity in cast.entities for form in entity.names.get("da", [])}


def test_who_is_the_source_is_not_what_a_post_belongs_to():
    text = "President Donald Trump talte. «Dei bryr seg ikkje om nokon», sa presidenten i følgje Reuters."
    assert all(owner != "Reuters" for _, _, owner, _, _ in told("nn", text))
    cast = read("nn", text)
    (trump,) = [one.id for one in cast.entities if one.name == "Donald Trump"]
    start = text.index("presidenten")
    assert any(trump in one.entities and one.start <= start < one.end for one in cast.mentions)
