"""Acts as sentences in headline and lead: every kind that is read, in six languages."""

from __future__ import annotations

import pytest

from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.records import DateValue, Entity, Event, Record
from tidende.render import headline
from tidende.render.acts import act
from tidende.render.view import View
from tidende.render.words import Words

MONDAY = DateValue(start="2019-04-29", end="2019-04-29", precision="day", text="Monday")
PARTIES = [
    Entity(id="Q30", type="country", name="United States", names={}, evidence=[]),
    Entity(id="Q794", type="country", name="Iran", names={}, evidence=[]),
    Entity(id="person:olsen", type="person", name="Anna Olsen", names={}, evidence=[]),
    Entity(id="person:berg", type="person", name="Kari Berg", names={}, evidence=[]),
    Entity(id="other:police", type="other", named=False, name="police", names={}, evidence=[]),
    Entity(id="other:crowd", type="other", named=False, name="demonstrators", names={}, evidence=[]),
    Entity(id="other:judge", type="other", named=False, name="president", names={}, evidence=[]),
    Entity(id="place:oslo", type="place", name="Oslo", names={}, evidence=[]),
]
USA, IRAN, OLSEN, BERG, POLICE, CROWD, PRESIDENT, OSLO = (party.id for party in PARTIES)


def record(kind: str, mode: str | None, actors: list[str], recipients: list[str], **more: object) -> Record:
    event = Event(
        id="e1",
        type=kind,
        mode=mode,
        actors=actors,
        recipients=recipients,
        main=True,
        agreement="only",
        evidence=[],
        **{"modality": "happened", **more},
    )
    return Record(id="s", title="", summary="", languages=[], articles=[], entities=PARTIES, events=[event])


def said(*told: object, **more: object) -> dict[str, str]:
    """Give the headline of one act in each language."""
    return {language: headline(record(*told, **more), language) for language in READ_IN_FULL}


def full(language: str, *told: object, **more: object) -> str:
    """Give the sentence of the lead, with place and day."""
    made = record(*told, **more)
    return act(View(made, Words(language), everything=False), made.events[0], brief=False)


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (("REJECT", None, [USA], [IRAN]), ["USA afviste Iran", "Die USA wiesen den Iran zurück"]),
        (("REQUEST", None, [OLSEN], [USA]), ["Anna Olsen rettede en opfordring til USA",
                                             "Anna Olsen richtete einen Appell an die USA"]),
        (("REQUEST", "meet", [USA], [OLSEN]), ["USA inviterede Anna Olsen", "Die USA luden Anna Olsen ein"]),
        (("ACCUSE", "investigate", [POLICE], [OLSEN]), ["Politiet undersøgte Anna Olsen",
                                                       "Die Polizei ermittelte gegen Anna Olsen"]),
        (("ACCUSE", "disapprove", [OLSEN], []), ["Anna Olsen fremsatte kritik", "Anna Olsen übte Kritik"]),
        (("COERCE", "arrest", [POLICE], [CROWD]), ["Politiet anholdt demonstranter",
                                                  "Die Polizei nahm Demonstranten fest"]),
        (("COERCE", "restrict", [IRAN], []), ["Iran greb til tvangsmidler",
                                             "Der Iran griff zu Zwangsmaßnahmen"]),
        (("RETREAT", "resign", [OLSEN], []), ["Anna Olsen trådte tilbage", "Anna Olsen trat zurück"]),
        (("RETREAT", "withdraw", [USA], [IRAN]), ["USA trak sig tilbage fra Iran",
                                                 "Die USA zogen sich aus dem Iran zurück"]),
        (("SANCTION", "expel", [USA], [OLSEN]), ["USA tvang Anna Olsen ud",
                                                "Die USA drängten Anna Olsen hinaus"]),
        (("SANCTION", "expel", [USA], [IRAN]), ["USA tog diplomatiske skridt mod Iran",
                                               "Die USA unternahmen diplomatische Schritte gegen den Iran"]),
        (("AID", None, [USA], [IRAN]), ["USA hjalp Iran", "Die USA halfen dem Iran"]),
        (("CONCEDE", None, [IRAN], [USA]), ["Iran gav USA indrømmelser",
                                           "Der Iran machte den USA Zugeständnisse"]),
        (("COOPERATE", None, [IRAN, USA], []), ["Iran og USA samarbejdede",
                                               "Der Iran und die USA arbeiteten zusammen"]),
        (("MOBILIZE", "troops", [IRAN], []), ["Iran tog et militært skridt",
                                             "Der Iran unternahm einen militärischen Schritt"]),
        (("AGREE", None, [OLSEN], []), ["Anna Olsen gav et tilsagn", "Anna Olsen machte eine Zusage"]),
        (("PROTEST", "demonstrate", [CROWD], [USA]), ["Demonstranter protesterede mod USA",
                                                     "Demonstranten protestierten gegen die USA"]),
    ],
)  # fmt: skip
def test_an_act_is_said_in_idiom(told: tuple[object, ...], wanted: list[str]):
    found = said(*told)
    assert [found["da"], found["de"]] == wanted


def test_an_act_without_an_actor_is_said_of_whom_it_was_done_to():
    assert said("COERCE", "arrest", [], [OLSEN]) == {
        "da": "Anna Olsen blev anholdt",
        "nb": "Anna Olsen ble pågrepet",
        "nn": "Anna Olsen vart arrestert",
        "sv": "Anna Olsen greps",
        "en": "Anna Olsen was arrested",
        "de": "Anna Olsen wurde festgenommen",
    }
    both = said("COERCE", "arrest", [], [OLSEN, BERG], modality="planned")
    assert both == {
        "da": "Anna Olsen og Kari Berg ventes at blive anholdt",
        "nb": "Anna Olsen og Kari Berg ventes å bli pågrepet",
        "nn": "Anna Olsen og Kari Berg er venta å bli arresterte",
        "sv": "Anna Olsen och Kari Berg väntas gripas",
        "en": "Anna Olsen and Kari Berg are to be arrested",
        "de": "Anna Olsen und Kari Berg sollen festgenommen werden",
    }
    assert said("ACCUSE", "allege", [], [USA])["de"] == "Die USA wurden beschuldigt"


def test_what_is_possible_or_denied_is_not_told_as_done():
    assert said("ASSAULT", None, [IRAN], [USA], modality="possible") == {
        "da": "Iran vil måske angribe USA",
        "nb": "Iran vil kanskje angripe USA",
        "nn": "Iran vil kanskje gå til åtak på USA",
        "sv": "Iran kan komma att angripa USA",
        "en": "Iran may attack the United States",
        "de": "Der Iran könnte die USA angreifen",
    }
    denied = said("ASSAULT", None, [IRAN], [USA], modality="denied")
    assert denied["de"] == "Bestritten wird, dass der Iran die USA angriff"
    assert denied["sv"] == "Det förnekas att Iran angrep USA"


def test_what_somebody_claims_is_not_told_as_known():
    told = said("ASSAULT", None, [IRAN], [OLSEN], claimed_by=USA)
    assert told["en"] == "Iran attacked Anna Olsen, according to the United States"
    assert told["nb"] == "Iran angrep Anna Olsen, ifølge USA"


def test_time_and_place_stand_where_each_language_has_them():
    told = ("COERCE", "arrest", [POLICE], [OLSEN])
    when = {"date": MONDAY, "place": OSLO}
    assert {language: full(language, *told, **when) for language in READ_IN_FULL} == {
        "da": "Politiet anholdt Anna Olsen i Oslo mandag den 29. april 2019",
        "nb": "Politiet pågrep Anna Olsen i Oslo mandag 29. april 2019",
        "nn": "Politiet arresterte Anna Olsen i Oslo måndag 29. april 2019",
        "sv": "Polisen grep Anna Olsen i Oslo måndagen den 29 april 2019",
        "en": "The police arrested Anna Olsen in Oslo on Monday 29 April 2019",
        "de": "Die Polizei nahm am Montag (29. April 2019) in Oslo Anna Olsen fest",
    }
    assert full("de", "RETREAT", "withdraw", [USA], [IRAN], **when) == (
        "Die USA zogen sich am Montag (29. April 2019) in Oslo aus dem Iran zurück"
    )


def test_days_that_belong_together_are_a_period():
    week = DateValue(start="2019-04-29", end="2019-05-05", precision="week", text="next week")
    told = ("SANCTION", None, [USA], [IRAN])
    assert full("de", *told, date=week, modality="planned") == (
        "Die USA wollen im Zeitraum 29. April – 5. Mai 2019 Sanktionen gegen den Iran verhängen"
    )
    assert full("sv", *told, date=week) == (
        "USA införde sanktioner mot Iran under perioden 29 april – 5 maj 2019"
    )


def test_a_place_that_acts_or_suffers_is_not_named_twice():
    assert full("en", "ASSAULT", None, [USA], [IRAN], place=IRAN) == "The United States attacked Iran"


def test_somebody_named_by_a_post_alone_gets_no_sentence():
    assert said("REJECT", None, [PRESIDENT], [IRAN])["en"] == "Rejection: president → Iran"


def test_two_are_needed_to_work_together():
    assert said("COOPERATE", None, [IRAN], [])["en"] == "Cooperation: Iran"


def test_every_kind_that_is_read_has_a_sentence_but_one():
    silent = set()
    for frame in word_list("common", "frames")["frames"].values():
        told = (frame["type"], frame["mode"] or None)
        if told[0] == "CONSULT" and frame["symmetric"]:
            continue  # those who meet have sentences of their own
        for language in READ_IN_FULL:
            shown = [
                headline(record(*told, [OLSEN, BERG], suffers), language) for suffers in ([USA], [OLSEN], [])
            ]
            if all(": " in line for line in shown):
                silent.add(told)
    assert silent == {("RETREAT", "release")}  # who is let go and who is let in is told by one word
