"""Who did it and to whom is read off the clause of the act, and nobody is made a party by standing near."""

from __future__ import annotations

import pytest

from reading_of import reading_of
from tidende.languages.lists import READ_IN_FULL
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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Der französische Staatspräsident Nicolas Sarkozy erklärte, dass die Zeit zu Verhandlungen mit "
            "Iran bis zum G-20-Gipfel in Pittsburgh befristet sei.",
        ),
        (
            "nb",
            "Obama og utenriksminister Hillary Clinton har lagt om amerikansk utenrikspolitikk fra "
            "forgjengernes lederskap gjennom alenegang til dagens «lederskap gjennom samarbeid».",
        ),
        ("en", "President Emmanuel Macron has said that the time for talks with Iran is running out."),
        (
            "de",
            "Er sagte, dem Iran bleibe keine andere Möglichkeit, als die Urananreicherung wieder aufzunehmen "
            "und die Zusammenarbeit mit der IAEA aufzukündigen.",
        ),
    ],
)
def test_who_only_speaks_of_talks_takes_no_part_in_them(language: str, text: str):
    assert [event for event in events(text, language) if event.type in ("CONSULT", "COOPERATE")] == []


def test_who_does_something_at_talks_takes_part_in_them():
    text = "Nord-Korea forpliktet seg i et møte med Moon Jae-in til å legge ned et missilområde."
    found = [event for event in events(text, "nb") if event.type == "CONSULT"]
    assert [len(event.actors) for event in found] == [2]
    text = "Forsvarsminister Donald Rumsfeld har vore på tre besøk i Baku."
    (visit,) = events(text, "nn")
    assert (visit.type, visit.recipients, visit.count) == ("CONSULT", ["place:baku"], 3)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Zehn Soldaten bei Hubschrauberabsturz in Nepal getötet"),
        ("de", "IAEA einigt sich in der Iran-Frage auf Anrufung des Sicherheitsrates"),
        ("de", "Hunderte Osttimoresen forderten 263 Milliarden Rupien als Ausgleichszahlung."),
        ("nb", "Albania og Kroatia har jobbet hardt med å møte alliansens standarder."),
        ("nn", "USA endra politikk under Bush og trekte seg heilt frå Kyoto-avtalen."),
        (
            "de",
            "Angela Merkel bezeichnete Christian Wulff in Berlin als „einen wunderbaren zukünftigen "
            "Präsidenten“.",
        ),
        ("de", "Im April 2008 verurteilte ein chinesisches Gericht Hu Jia zu dreieinhalb Jahren Haft."),
    ],
)
def test_nobody_is_a_party_by_standing_near(language: str, text: str):
    told = [event for event in events(text, language) if event.type != "COERCE"]
    assert [(event.type, event.actors, event.recipients) for event in told if event.recipients] == []
    assert not [event for event in told if event.type in ("CONSULT", "ASSAULT", "ACCUSE")]


def test_what_is_promised_after_an_accident_is_not_promised_to_it():
    text = (
        "Etter Server-ulykken lovet Regjeringen dyrt og hellig at oljeberedskapen skulle rustes kraftig opp."
    )
    assert all(event.recipients == [] for event in events(text, "nb"))


BEFALLEN = {
    "da": "Malaysias tidligere premierminister Najib Razak blev onsdag anholdt i Kuala Lumpur.",
    "nb": "Malaysias tidligere statsminister Najib Razak ble onsdag arrestert i Kuala Lumpur.",
    "nn": "Den tidlegare statsministeren i Malaysia, Najib Razak, blei onsdag arrestert i Kuala Lumpur.",
    "sv": "Malaysias tidigare premiärminister Najib Razak greps på onsdagen i Kuala Lumpur.",
    "en": "Former Malaysian Prime Minister Najib Razak was arrested on Wednesday in Kuala Lumpur.",
    "de": "Der frühere malaysische Ministerpräsident Najib Razak ist am Mittwoch festgenommen worden.",
}


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_a_passive_without_its_actor_tells_whom_it_befell_and_that_nobody_is_told(language: str):
    (event,) = events(BEFALLEN[language], language)
    assert (event.type, event.actors, len(event.recipients)) == ("COERCE", [], 1)
    assert event.missing["actors"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Palin, 29, was arrested on suspicion of assault."),
        ("en", "A Nigerian student was arrested in Tunis."),
        ("de", "Der Minister kann nicht verhaftet werden, sagte Angela Merkel."),
        ("da", "Ti soldater blev dræbt ved et helikopterstyrt i Nepal."),
    ],
)
def test_a_passive_without_its_actor_is_no_event_of_whoever_is_no_statesman(language: str, text: str):
    assert events(text, language) == []


def test_a_resignation_is_told_by_its_announcement_too():
    text = (
        "Amid a government crisis, Prime Minister of the United Kingdom Liz Truss announces her resignation."
    )
    (event,) = events(text, "en", published="2022-10-20")
    assert (event.type, event.mode) == ("RETREAT", "resign")
    (event,) = events(
        "Pakistans Präsident Pervez Musharraf kündigt Rücktritt an.", "de", published="2008-08-18"
    )
    assert (event.type, event.mode) == ("RETREAT", "resign")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Udenrigsminister Ine Eriksen Søreide talte mandag med sin svenske kollega."),
        ("nb", "Utenriksminister Ine Eriksen Søreide møtte sin svenske kollega i Stockholm tirsdag."),
        ("nn", "Utanriksminister Ine Eriksen Søreide møtte den svenske kollegaen sin i Stockholm tysdag."),
        ("sv", "Utrikesminister Ine Eriksen Søreide träffade sin svenska kollega i Stockholm i tisdags."),
        ("en", "Foreign Minister Ine Eriksen Søreide met her Swedish counterpart in Stockholm on Tuesday."),
        ("de", "Außenministerin Ine Eriksen Søreide traf am Dienstag ihre schwedische Amtskollegin."),
    ],
)
def test_a_counterpart_acts_for_the_state(language: str, text: str):
    (meeting,) = events(text, language)
    assert (meeting.type, set(meeting.actors)) == ("CONSULT", {"Q1770992", "Q34"})


def test_a_counterpart_who_is_named_acts_himself():
    text = "Jeremy Hunt, the Foreign Secretary, met his Iranian counterpart, Mohammad Javad Zarif, in Tehran."
    (meeting,) = events(text, "en")
    assert set(meeting.actors) == {"Q333533", "Q10296812"}


def test_the_forces_of_two_states_are_those_of_both():
    (attack,) = events("Russian and Syrian forces attacked the town of Idlib on Monday.", "en")
    assert (attack.type, attack.actors) == ("ASSAULT", ["Q159", "Q858"])
    (meeting,) = events("Jeremy Hunt met his French and German counterparts in Paris on Tuesday.", "en")
    assert meeting.actors == ["Q333533", "Q142", "Q183"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Ruslands ambassadør i Danmark er blevet indkaldt til samtale."),
        ("nb", "Russlands ambassadør ble kalt inn på teppet i går."),
        ("sv", "Rysslands ambassadör har kallats upp till UD."),
        ("en", "The Russian ambassador was summoned to the Foreign Office on Monday."),
        ("de", "Der russische Botschafter wurde ins Auswärtige Amt zitiert."),
    ],
)
def test_an_ambassador_who_is_summoned_is_rebuked(language: str, text: str):
    (rebuke,) = events(text, language)
    assert (rebuke.type, rebuke.actors, rebuke.recipients) == ("ACCUSE", [], ["Q159"])


def test_a_rebuke_on_a_day_of_its_own_is_not_the_accusation_told_beside_it():
    text = (
        "Tyrkias president Recep Tayyip Erdogan har anklaget Saudi-Arabia for å ha beordret drapet. "
        "Saudi-Arabias ambassadør i Oslo ble torsdag innkalt til samtaler i Utenriksdepartementet."
    )
    accusation, rebuke = events(text, "nb", published="2018-11-10")
    assert (accusation.actors, accusation.date, accusation.place) == (["Q39259"], None, None)
    assert rebuke.actors == []
    assert rebuke.date is not None
    assert rebuke.date.start == "2018-11-08"


def test_what_is_sent_of_several_things_reaches_whom_they_are_sent_to():
    text = (
        "Norge stanser våpeneksport til Saudi-Arabia.\n\nUtenriksminister Ine Eriksen Søreide kunngjorde "
        "fredag at Norge suspenderer all eksport av våpen og ammunisjon til Saudi-Arabia inntil videre."
    )
    (halt,) = events(text, "nb", published="2018-11-10")
    assert (halt.type, halt.actors, halt.recipients, halt.claimed_by) == ("SANCTION", ["Q20"], ["Q851"], None)
    assert len(halt.evidence) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Russian drones struck the city of Sumy on Monday, wounding 74 people, according to officials.",
        ),
        ("da", "Russiske droner ramte mandag byen Sumy og sårede 74 mennesker, ifølge myndighederne."),
        ("sv", "Ryska drönare angrep i måndags staden Sumy och skadade 74 människor, enligt myndigheterna."),
    ],
)
def test_an_attack_and_whom_it_hurt_are_one_and_who_says_so_is_not_hit(language: str, text: str):
    found = [event for event in events(text, language) if event.type == "ASSAULT"]
    assert [(event.actors, event.recipients) for event in found] == [(["Q159"], ["place:sumy"])]


def test_a_counterpart_of_whose_post_nothing_is_known_acts_for_the_state():
    text = "Außenministerin Annalena Baerbock traf in Paris ihren französischen Amtskollegen Jean Beispiel."
    (meeting,) = events(text, "de")
    assert set(meeting.actors) == {"Q564328", "Q142"}


def test_a_member_of_a_party_acts_himself():
    (blame,) = events("Der Republikaner Mitch McConnell kritisierte Präsident Donald Trump.", "de")
    assert blame.actors == ["person:mic-mkonel"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Taliban angreb forsvarsministeriet."),
        ("nb", "Taliban angrep forsvarsdepartementet."),
        ("nn", "Taliban gjekk til åtak på forsvarsdepartementet."),
        ("sv", "Talibanerna anföll försvarsministeriet."),
        ("en", "The Taliban attacked the defence ministry."),
        ("de", "Die Taliban griffen das Verteidigungsministerium an."),
    ],
)
def test_a_movement_that_fights_attacks_with_arms(language: str, text: str) -> None:
    (act,) = reading_of("a", text, language=language, published="2018-09-28").events
    assert (act.type, act.actors, act.recipients) == ("ASSAULT", ["organisation:taliban"], ["other:ministry"])
