"""What several articles are said to tell alike is what each of them tells, and no more."""

import pytest

from reading_of import reading_of
from tidende.render import render
from tidende.stories import reconcile

DAY = "2018-10-03"


def joined(*told, days=(DAY, DAY)):
    """Reconcile texts, each with its language, as articles of different outlets."""
    return reconcile(
        [
            reading_of(f"{language}{n}", text, language=language, published=day, outlet=f"outlet {n}")
            for n, ((language, text), day) in enumerate(zip(told, days, strict=True))
        ]
    )


def posts(record):
    names = {entity.id: entity.name for entity in record.entities}
    return {(role.qualifier, role.role, names.get(role.of)): role.agreement for role in record.roles}


def agreed(rows):
    return [row for row in rows if row.agreement == "agree"]


def test_a_senator_whose_party_one_article_tells_is_a_senator_to_both():
    record = joined(
        ("en", "He referenced Democratic Sen. Dianne Feinstein by name."),
        (
            "nb",
            "President Donald Trump hånet senator Dianne Feinstein under et politikerarrangement på lørdag.",
        ),
    )
    found = posts(record)
    assert found[None, "senator", None] == "agree"
    assert found[None, "senator", "Democratic Party"] == "only"


def test_a_president_told_without_his_state_is_the_president_of_it():
    record = joined(
        ("de", "Warum hat Präsident Trump so viel aufgegeben?"),
        ("sv", "Både Kim och USA:s president Donald Trump vill ha ett till toppmöte."),
    )
    assert posts(record)[None, "president", "United States"] == "agree"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # who leads a party, and its secretary-general
        (
            ("nb", "Lederen for CSU, Edmund Stoiber, kritiserte SPD."),
            ("sv", "CSU:s generalsekreterare Edmund Stoiber kritiserade SPD."),
        ),
        # who chairs a parliament, and who speaks for it
        (
            ("en", "Parliament speaker Ali Larijani rejected the deal."),
            ("sv", "Irans talesman Ali Larijani avvisade avtalet."),
        ),
        # a minister, and the deputy
        (
            ("en", "Deputy Foreign Minister Sergei Ryabkov arrived in Geneva."),
            ("de", ("Der russische Außenminister Sergej Rjabkow traf in Genf ein.")),
        ),
        (("en", "Vice President Mike Pence spoke."), ("sv", "USA:s president Mike Pence talade.")),
    ],
)
def test_posts_that_look_alike_and_are_two_differ(one, other):
    record = joined(one, other)
    assert [difference.attribute for difference in record.differences] == ["role"]
    assert not agreed(record.roles)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # of an organisation the secretary-general is the head
        (("nb", "Jens Stoltenberg, generalsekretær i Nato, dro."), ("de", "Nato-Chef Jens Stoltenberg kam.")),
        # and the communist party of China is led by him
        (
            ("en", "Chinese Communist Party General Secretary Xi Jinping spoke."),
            ("nb", "Kommunistpartiets leder Xi Jinping talte."),
        ),
        # outlets drop "former" and "acting", and who is a candidate may be in office
        (
            ("en", "Former President Barack Obama spoke in Oslo."),
            ("nb", "President Barack Obama talte i Oslo."),
        ),
        (
            ("en", "Acting Defense Secretary Patrick Shanahan resigned."),
            ("sv", "USA:s försvarsminister Patrick Shanahan avgår."),
        ),
        (
            ("en", "Presidential candidate Jair Bolsonaro spoke."),
            ("de", "Der brasilianische Präsident Jair Bolsonaro sprach."),
        ),
    ],
)
def test_posts_that_one_man_may_hold_do_not_differ(one, other):
    assert not joined(one, other).differences


def test_two_lower_bounds_of_a_toll_are_two_figures_and_the_later_is_news():
    early = (
        "sv",
        "Minst 125 personer dödas under ett upplopp efter en fotbollsmatch på östra Java i Indonesien.",
    )
    late = ("en", "At least 182 people are killed in a crush at a football match on Java in Indonesia.")
    record = joined(early, late)
    assert not agreed(record.claims)
    assert not record.differences
    record = joined(early, late, days=("2022-10-02", "2022-10-03"))
    assert [[value.value for value in row.values] for row in record.updates] == [[125, 182]]


def test_a_lower_bound_and_a_figure_far_above_it_are_not_one():
    record = joined(
        ("en", "At least 12 people were killed in the earthquake in Turkey."),
        ("nb", "400 mennesker ble drept i jordskjelvet i Tyrkia."),
    )
    assert not agreed(record.claims)


def test_two_findings_of_one_speaker_on_one_case_are_two():
    record = joined(
        (
            "en",
            (
                "Quinton Tellis is on trial for the death of Jessica Chambers.\nRowlett said he "
                "received location data from several cellphones that showed Tellis was with Chambers "
                "the evening of her death, contradicting his previous claims, according to the "
                "Clarion Ledger."
            ),
        ),
        (
            "nn",
            (
                "Quinton Tellis er tiltalt for drapet på Jessica Chambers.\nRowlett sa at ei stund "
                "etter at Chambers døydde, sletta Tellis meldingar, samtaler og Chambers sin "
                "kontaktinformasjon frå mobiltelefonen sin."
            ),
        ),
    )
    assert len(record.quotes) == 2
    assert not agreed(record.quotes)


LAVROV = {
    "talks": {
        "nb": "Russlands utenriksminister Sergej Lavrov avviser nye forhandlinger.",
        "en": "Russian Foreign Minister Sergei Lavrov rejects new negotiations.",
    },
    "report": {
        "nb": "Russlands utenriksminister Sergej Lavrov avviser rapporten om giftgass.",
        "en": "Russian Foreign Minister Sergei Lavrov rejects the report on poison gas.",
        "da": "Ruslands udenrigsminister Sergej Lavrov afviser rapporten om giftgas.",
    },
}


@pytest.mark.parametrize(("one", "other"), [("nb", "en"), ("nb", "da")])
def test_a_long_name_and_post_do_not_make_two_refusals_one(one, other):
    two = joined((one, LAVROV["talks"]["nb"]), (other, LAVROV["report"][other]))
    assert [event.type for event in two.events] == ["REJECT", "REJECT"]
    assert not agreed(two.events)
    same = joined((one, LAVROV["report"][one]), (other, LAVROV["report"][other]))
    assert [event.agreement for event in same.events] == ["agree"]


def test_a_third_article_bears_out_that_two_quotes_are_one():
    told = {
        "de": "Sie haben die Macht, die Regierung zu stürzen, aber nicht die, die Wirklichkeit auszulöschen",
        "sv": "Ni har makt att fälla regeringen, men ni har inte makt att sudda ut verkligheten",
        "da": "I har magten til at vælte regeringen, men I har ikke magten til at udviske virkeligheden",
    }
    heads = {
        "de": "Der französische Premierminister François Bayrou verlor am Montag die Vertrauensabstimmung.",
        "sv": "Frankrikes premiärminister François Bayrou förlorade på måndagen en förtroendeomröstning.",
        "da": "Frankrigs premierminister, François Bayrou, tabte mandag aften en tillidsafstemning.",
    }
    said = {"de": "sagte Bayrou.", "sv": "sade Bayrou.", "da": "sagde Bayrou."}
    marks = {"de": '"{}", ', "sv": "– {}, ", "da": '"{}," '}
    articles = [
        reading_of(code, f"{heads[code]}\n\n{marks[code].format(told[code])}{said[code]}", language=code)
        for code in told
    ]
    (quote,) = [quote for quote in reconcile(articles).quotes if quote.kind == "direct"]
    assert {version.language for version in quote.versions} == {"de", "sv", "da"}


def test_the_american_foreign_minister_and_the_secretary_of_state_hold_one_post():
    record = joined(
        ("en", "Secretary of State Mike Pompeo seems to be on the verge of restarting diplomacy."),
        ("da", "USA's udenrigsminister Mike Pompeo sagde dog til FN's sikkerhedsråd torsdag, at det haster."),
    )
    assert posts(record)[None, "secretary of state", "United States"] == "agree"
    view = render(record, "de")
    assert "Mike Pompeo: Außenminister (Vereinigte Staaten) [" in view


def test_the_leader_of_a_state_and_a_body_have_the_names_of_the_readers_language():
    record = joined(
        ("nb", "Nordkoreas leder Kim Jong-un kritiserte Den europeiske union i Brussel."),
        ("da", "Nordkoreas leder Kim Jong-un kritiserede Den Europæiske Union."),
    )
    assert "Staatschef (Nordkorea)" in render(record, "de")
    assert "Europeiska unionen" in render(record, "sv")


def met_in(place):
    return ("en", f"Vladimir Putin met Xi Jinping in {place} on Monday.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Greenland", "Denmark"),  # it belongs to it
        ("Hong Kong", "China"),
        ("Kosovo", "Serbia"),  # it is claimed by it
        ("Sevastopol", "Russia"),
        ("East Jerusalem", "Israel"),
        ("Belfast", "Ireland"),  # an island and a state have one name
        ("Solna", "Stockholm"),  # they are one town to foreigners
        ("Manhattan", "New York"),
        ("Rome", "Vatican City"),
    ],
)
def test_places_that_may_stand_for_each_other_make_no_difference(one, other):
    assert not joined(met_in(one), met_in(other)).differences
    assert not joined(met_in(other), met_in(one)).differences


@pytest.mark.parametrize(
    ("one", "other"), [("Nuuk", "Norway"), ("Kyiv", "Russia"), ("Hong Kong", "Taiwan"), ("Oslo", "Stockholm")]
)
def test_other_places_do(one, other):
    assert [row.attribute for row in joined(met_in(one), met_in(other)).differences] == ["place"]
