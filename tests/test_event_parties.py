"""Who did it and to whom is read off the clause of the act, and nobody is made a party by standing near."""

from __future__ import annotations

from reading_of import reading_of
from tidende.records import Event

CHINA, EU = "Q148", "Q458"


def events(text: str, language: str, published: str = "2018-09-28") -> list[Event]:
    return reading_of("a", text, language=language, published=published).events


def test_before_a_verb_that_stands_last_the_first_noun_acts():
    text = (
        "China hatte der EU im Vorfeld mit Konsequenzen gedroht, "
        "sollte das EU-Parlament den Preis an Hu vergeben."
    )
    (threat,) = events(text, "de")
    assert (threat.type, threat.actors, threat.recipients) == ("THREATEN", [CHINA], [EU])


def test_of_two_words_for_one_man_the_nearer_acts():
    text = (
        "Ri told the U.N. General Assembly that targeting the U.S. mainland was inevitable after "
        '"Mr Evil President" Donald Trump called Kim Jong-un a "rocket man" on a suicide mission.'
    )
    found = [event for event in events(text, "en") if event.type == "ACCUSE"]
    assert [(event.actors, len(event.recipients)) for event in found] == [(["Q22686"], 1)]


def test_a_day_told_of_another_does_not_date_the_act():
    text = (
        "Nicolas Sarkozy verlangte auch die umgehende Freilassung einer französischen Lehrerin, die am "
        "1. Juli in Teheran festgenommen wurde, weil sie Fotos der demonstrierenden Massen aufgenommen hatte."
    )
    (demand,) = events(text, "de", published="2009-07-07")
    assert demand.type == "REQUEST"
    assert demand.date is None
    text = "Frankreichs Präsident Emmanuel Macron kritisierte am 1. Juli den türkischen Präsidenten Erdoğan."
    (blame,) = events(text, "de", published="2018-07-07")
    assert blame.date is not None
    assert blame.date.start == "2018-07-01"
