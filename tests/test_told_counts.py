"""How often an act was done, and for which time, is read off the words of that act, in all six languages."""

from __future__ import annotations

import pytest

from reading_of import reading_of
from tidende.records import Bounds, Event, Record
from tidende.stories import reconcile

DAY = "2019-04-25"
PUTIN, KIM, TRUMP, XI, OBAMA = "Q7747", "Q56226", "Q22686", "Q15031", "Q76"
CHINA, IRAN, RUSSIA, SYRIA, KOREA = "Q148", "Q794", "Q159", "Q858", "Q423"
FATHER = "other:father"


def events(text: str, language: str) -> list[Event]:
    return reading_of("a", text, language=language, published=DAY).events


def record(*told: tuple[str, str]) -> Record:
    return reconcile(
        [reading_of(str(n), text, language=code, published=DAY) for n, (code, text) in enumerate(told)]
    )


def counts(text: str, language: str) -> list[tuple[set[str], int | None]]:
    return [({*event.actors, *event.recipients}, event.count) for event in events(text, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kim Jong-un has been to China four times since he came to power."),
        ("de", "Kim Jong-un ist seit seinem Amtsantritt viermal in China gewesen."),
        ("da", "Kim Jong-un har været i Kina fire gange, siden han kom til magten."),
        ("nb", "Kim Jong-un har vært i Kina fire ganger siden han kom til makten."),
        ("nn", "Kim Jong-un har vore i Kina fire gonger sidan han kom til makta."),
        ("sv", "Kim Jong-un har varit i Kina fyra gånger sedan han kom till makten."),
    ],
)
def test_to_have_been_somewhere_so_many_times_is_so_many_visits(language, text):
    (visits,) = events(text, language)
    assert (visits.mode, visits.actors, visits.recipients, visits.count) == ("visit", [KIM], [CHINA], 4)
    assert not visits.main


def test_to_be_somewhere_without_a_number_is_no_visit():
    assert events("Kim Jong-un has been in China since Monday.", "en") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vladimir Putin has met Kim Jong-un's father three times."),
        ("de", "Wladimir Putin hat den Vater von Kim Jong-un dreimal getroffen."),
        ("da", "Vladimir Putin nåede at mødes med Kim Jong-uns far tre gange."),
        ("nb", "Vladimir Putin har tre ganger møtt Kim Jong-uns far."),
        ("nn", "Vladimir Putin har møtt faren til Kim Jong-un tre gonger."),
        ("sv", "Vladimir Putin har träffat Kim Jong-uns far tre gånger."),
    ],
)
def test_a_statesmans_father_is_a_party_though_nobody_names_him(language, text):
    assert counts(text, language) == [({PUTIN, FATHER}, 3)]


def test_nobodys_father_is_no_party():
    assert events("Vladimir Putin has met the father of a schoolboy three times.", "en") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Barack Obama has met Xi Jinping five times and Vladimir Putin twice."),
        ("de", "Barack Obama hat Xi Jinping fünfmal und Wladimir Putin zweimal getroffen."),
        ("da", "Barack Obama har mødt Xi Jinping fem gange og Vladimir Putin to gange."),
        ("nb", "Barack Obama har møtt Xi Jinping fem ganger og Vladimir Putin to ganger."),
        ("nn", "Barack Obama har møtt Xi Jinping fem gonger og Vladimir Putin to gonger."),
        ("sv", "Barack Obama har träffat Xi Jinping fem gånger och Vladimir Putin två gånger."),
    ],
)
def test_each_number_belongs_to_the_party_beside_it(language, text):
    assert counts(text, language) == [({OBAMA, XI}, 5), ({OBAMA, PUTIN}, 2)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is the third time this month that North Korea has tested a missile."),
        ("de", "Es ist das dritte Mal in diesem Monat, dass Nordkorea eine Rakete getestet hat."),
        ("da", "Det er tredje gang denne måned, at Nordkorea har testet et missil."),
        ("nb", "Det er tredje gang denne måneden at Nord-Korea har testet et missil."),
        ("nn", "Det er tredje gong denne månaden at Nord-Korea har testa eit missil."),
        ("sv", "Det är tredje gången den här månaden som Nordkorea har testat en robot."),
    ],
)
def test_which_time_it_is_may_be_told_before_the_act(language, text):
    (test,) = events(text, language)
    assert (test.actors, test.ordinal, test.count) == ([KOREA], 3, None)
    assert test.date is not None
    assert (test.date.start, test.date.end) == ("2019-04-01", "2019-04-30")


def test_the_next_sentence_may_say_which_time_an_act_was():
    text = (
        "North Korea tested a missile on Monday. It is the third time this month that North Korea "
        "has tested a missile."
    )
    (test,) = events(text, "en")
    assert (test.ordinal, test.main) == (3, True)
    assert test.date is not None
    assert test.date.start == "2019-04-22"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is not the first time that Donald Trump has met Vladimir Putin."),
        ("de", "Es ist nicht das erste Mal, dass Donald Trump Wladimir Putin getroffen hat."),
        ("da", "Det er ikke første gang, Donald Trump har mødt Vladimir Putin."),
        ("sv", "Det är inte första gången som Donald Trump har träffat Vladimir Putin."),
    ],
)
def test_what_is_not_the_first_has_no_number(language, text):
    assert [event.ordinal for event in events(text, language)] == [None]


def test_a_clause_without_its_conjunction_tells_the_first_time_too():
    (met,) = events("Det er første gang, Vladimir Putin og Kim Jong-un mødes.", "da")
    assert (set(met.actors), met.ordinal) == ({PUTIN, KIM}, 1)


@pytest.mark.parametrize(
    ("language", "text", "ordinal"),
    [
        ("en", "It was the 25th meeting between Xi Jinping and Vladimir Putin.", 25),
        ("de", "Es war das 25. Treffen zwischen Xi Jinping und Wladimir Putin.", 25),
        ("nb", "Det var det 25. møtet mellom Xi Jinping og Vladimir Putin.", 25),
        ("sv", "Donald Trump lämnade Hanoi på torsdagen efter sitt andra toppmöte med Kim Jong-un.", 2),
        ("de", "Das dritte Gipfeltreffen zwischen Xi Jinping und Kim Jong-un fand in Peking statt.", 3),
    ],
)
def test_a_numbered_meeting_that_has_been_is_not_planned(language, text, ordinal):
    (met,) = events(text, language)
    assert (met.ordinal, met.modality) == (ordinal, "happened")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia has vetoed twelve resolutions on Syria since 2011."),
        ("de", "Russland hat seit 2011 zwölf Resolutionen zu Syrien mit einem Veto verhindert."),
        ("da", "Rusland har siden 2011 nedlagt veto mod tolv resolutioner om Syrien."),
        ("nb", "Russland har lagt ned veto mot tolv resolusjoner om Syria siden 2011."),
        ("nn", "Russland har brukt vetoet sitt tolv gonger for å verne Syria."),
        ("sv", "Ryssland har lagt in veto mot tolv resolutioner om Syrien sedan 2011."),
    ],
)
def test_each_resolution_takes_a_veto_of_its_own(language, text):
    (veto,) = events(text, language)
    assert (veto.type, veto.actors, veto.count) == ("REJECT", [RUSSIA], 12)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Iran has been sanctioned twice by the United States this year."),
        ("nb", "Iran er blitt straffet to ganger av USA i år."),
        ("sv", "Iran har straffats två gånger av USA i år."),
    ],
)
def test_what_was_suffered_is_counted_too(language, text):
    (punished,) = events(text, language)
    assert (punished.type, punished.actors, punished.recipients) == ("SANCTION", ["Q30"], [IRAN])
    assert punished.count == 2


@pytest.mark.parametrize(
    ("language", "text", "bounds"),
    [
        ("en", "Xi Jinping has met Vladimir Putin more than twice.", (3, None)),
        ("de", "Xi Jinping hat Wladimir Putin mehr als 20 Mal getroffen.", (21, None)),
        ("da", "Xi Jinping har mødt Vladimir Putin flere gange.", (2, None)),
        ("nb", "Xi Jinping har møtt Vladimir Putin minst fem ganger.", (5, None)),
        ("nn", "Xi Jinping har hatt fleire møte med Vladimir Putin.", (2, None)),
        ("sv", "Xi Jinping har träffat Vladimir Putin tre eller fyra gånger.", (3, 4)),
        ("en", "Xi Jinping has met Vladimir Putin about five times.", (4, 6)),
        ("en", "Xi Jinping has met Vladimir Putin fewer than five times.", (1, 4)),
    ],
)
def test_a_number_told_inexactly_has_bounds(language, text, bounds):
    (met,) = events(text, language)
    assert (met.count, met.counted) == (None, Bounds(min=bounds[0], max=bounds[1]))
    assert not met.main


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Narendra Modi has met Xi Jinping a dozen times.", 12),
        ("da", "Theresa May har kun mødt Vladimir Putin én gang.", 1),
        ("en", "Theresa May has met Vladimir Putin only once.", 1),
        ("de", "Theresa May hat Wladimir Putin nur einmal getroffen.", 1),
        ("nb", "Tre ganger har Boris Johnson møtt Vladimir Putin uten gjennombrudd.", 3),
        ("en", "Boris Johnson has met Vladimir Putin three times without a breakthrough.", 3),
    ],
)
def test_a_number_may_be_told_in_other_words(language, text, count):
    assert [(event.count, event.modality) for event in events(text, language)] == [(count, "happened")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Barack Obama met Xi Jinping on Monday as imports grew three times faster than exports."),
        (
            "da",
            "Barack Obama mødte Xi Jinping mandag, mens importen voksede tre gange hurtigere end eksporten.",
        ),
        ("nb", "Donald Trump møtte Vladimir Putin, som ringer tre ganger i uken."),
        ("de", "Wladimir Putin, der viermal zum Präsidenten gewählt wurde, traf am Montag Xi Jinping."),
        ("sv", "Barack Obama träffade Xi Jinping ännu en gång på måndagen."),
    ],
)
def test_a_number_of_something_else_counts_no_meeting(language, text):
    (met,) = events(text, language)
    assert (met.count, met.counted, met.ordinal) == (None, None, None)


def test_two_summits_are_not_the_visit_told_beside_them():
    found = events("Efter två toppmöten med Donald Trump reste Kim Jong-un till Ryssland.", "sv")
    assert [(event.mode, event.count) for event in found] == [("meet", 2), ("visit", None)]


def test_an_inexact_number_agrees_with_an_exact_one_that_it_allows():
    story = record(
        ("en", "Xi Jinping has met Vladimir Putin more than three times this year."),
        ("de", "Xi Jinping hat Wladimir Putin in diesem Jahr viermal getroffen."),
    )
    (met,) = story.events
    assert (met.count, met.agreement, story.differences) == (4, "agree", [])


def test_an_inexact_number_differs_from_one_that_it_excludes():
    story = record(
        ("en", "Xi Jinping has met Vladimir Putin more than three times this year."),
        ("nb", "Xi Jinping har møtt Vladimir Putin to ganger i år."),
    )
    assert [difference.attribute for difference in story.differences] == ["count"]


@pytest.mark.parametrize(
    "other",
    [
        ("nb", "Xi Jinping har møtt Vladimir Putin tre ganger siden 2013."),
        ("nb", "Xi Jinping har møtt Kim Jong-un tre ganger i år."),
        ("nb", "Xi Jinping har møtt Vladimir Putin fem ganger siden 2013."),
    ],
)
def test_numbers_of_another_pair_or_period_have_nothing_to_do_with_each_other(other):
    story = record(("en", "Xi Jinping has met Vladimir Putin three times this year."), other)
    assert [event.agreement for event in story.events] == ["only", "only"]
    assert story.differences == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kim Jong-un has had four meetings with Xi Jinping and three with Donald Trump."),
        ("da", "Kim Jong-un har haft fire møder med Xi Jinping og tre med Donald Trump."),
        ("de", "Kim Jong-un hatte vier Treffen mit Xi Jinping und drei mit Donald Trump."),
        ("sv", "Kim Jong-un har haft fyra möten med Xi Jinping och tre med Donald Trump."),
    ],
)
def test_a_noun_told_once_counts_with_each_party_alone(language, text):
    assert counts(text, language) == [({KIM, XI}, 4), ({KIM, TRUMP}, 3)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Xi Jinping has already been received by Vladimir Putin four times."),
        ("de", "Xi Jinping ist bereits viermal von Wladimir Putin empfangen worden."),
        ("nn", "Xi Jinping har alt vorte teken imot av Vladimir Putin fire gonger."),
        ("sv", "Xi Jinping har redan tagits emot av Vladimir Putin fyra gånger."),
    ],
)
def test_who_was_received_met_his_host(language, text):
    assert counts(text, language) == [({XI, PUTIN}, 4)]
