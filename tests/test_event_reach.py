"""Whom an act reaches through what is his, and who does what a word alone does not tell."""

import pytest

from reading_of import acts_of, reading_of


@pytest.mark.parametrize(
    ("language", "text", "event"),
    [
        (
            "nb",
            "Storbritannias statsminister Theresa May sa blankt nei til EUs forslag.",
            ("REJECT", ["Theresa May"], ["European Union"]),
        ),
        (
            "da",
            "Tysklands forbundskansler Angela Merkel udtrykte fuld støtte til Emmanuel Macrons reformer.",
            ("SUPPORT", ["Angela Merkel"], ["Emmanuel Macron"]),
        ),
        (
            "nb",
            "Donald Trump truer med å innføre toll på alle varer fra Kina.",
            ("THREATEN", ["Donald Trump"], []),
        ),
        (
            "nn",
            "Kina varslar mottiltak mot USA.",
            ("THREATEN", ["China"], ["United States"]),
        ),
        (
            "nb",
            "Tyrkias president Recep Tayyip Erdogan er på et tre dagers statsbesøk i Tyskland.",
            ("CONSULT", ["Recep Tayyip Erdoğan"], ["Germany"]),
        ),
        (
            "da",
            "Spanien har udleveret den eftersøgte mand til Storbritannien.",
            ("COOPERATE", ["Spain", "United Kingdom"], []),
        ),
        ("nb", "Hamas og Israel er enige om våpenhvile.", ("AGREE", ["Hamas", "Israel"], [])),
        (
            "nb",
            "Labour vender tommelen ned for Theresa Mays avtale.",
            ("REJECT", ["Labour"], ["Theresa May"]),
        ),
        (
            "nb",
            "Nederland mener Russland sto bak et hackerangrep mot OPCW i Haag.",
            ("ACCUSE", ["Netherlands"], ["Russia"]),
        ),
        (
            "nn",
            "Noreg og Tyskland skal samarbeida om nye ubåtar.",
            ("COOPERATE", ["Norway", "Germany"], []),
        ),
        (
            "da",
            "Tyrkisk politi anholdt 61 soldater, der er mistænkt for at have støttet kuppet.",
            ("COERCE", ["Türkiye"], ["soldiers"]),
        ),
    ],
)
def test_an_act_reaches_its_parties(
    language: str, text: str, event: tuple[str, list[str], list[str]]
) -> None:
    assert acts_of(text, language) == [event]


@pytest.mark.parametrize(
    ("language", "text", "kind", "actor"),
    [
        (
            "nb",
            "Etter å ha truet Nord-Korea i fjor roste Donald Trump landet i år.",
            "THREATEN",
            "Donald Trump",
        ),
        (
            "nb",
            "Nord-Korea har vist velvilje, for eksempel ved å love å ikke spre atomvåpen.",
            "AGREE",
            "North Korea",
        ),
        (
            "nb",
            "Nord-Koreas utenriksminister Ri Yong-ho sa at landet på ingen måte vil gi fra seg atomvåpnene.",
            "REJECT",
            "Ri Yong-ho",
        ),
        ("nb", "Demonstranter protesterte mot presidenten i Honduras.", "PROTEST", "demonstrators"),
        (
            "nb",
            "USAs utenriksminister Mike Pompeo har planer om å besøke Nord-Korea.",
            "CONSULT",
            "Mike Pompeo",
        ),
    ],
)
def test_a_clause_without_subject_has_the_actor_of_its_sentence(
    language: str, text: str, kind: str, actor: str
) -> None:
    assert any(event[0] == kind and actor in event[1] for event in acts_of(text, language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Norge møter Sverige i VM-kvalifiseringen på Ullevaal."),
        ("nb", "USAs president Barack Obama kommer til København uten løfter til Kina."),
        ("nb", "Høyres velgere hjelper statsminister Erna Solberg til å bli tydeligere."),
        ("nb", "Arbeiderpartiet har påtatt seg ansvaret for å danne en regjering."),
        ("da", "Statsminister Mette Frederiksen insisterede på, at hun ikke havde lækket brevet."),
    ],
)
def test_what_looks_like_an_act_is_none(language: str, text: str) -> None:
    assert acts_of(text, language) == []


def test_who_goes_after_an_invitation_was_invited() -> None:
    text = (
        "Nord-Koreas leder Kim Jong-un og Russlands president Vladimir Putin har aldri møttes. "
        "Nå reiser Kim til Russland etter at Putin har sendt en invitasjon."
    )
    assert ("REQUEST", ["Vladimir Putin"], ["Kim Jong-un"]) in acts_of(text, "nb")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The United States weighed penalizing El Salvador, then backed off."),
        ("en", "Germany is considering imposing sanctions on Russia."),
        ("en", "President Donald Trump declined to comment."),
        ("da", "Statsminister Mette Frederiksen afviste at kommentere sagen."),
        ("de", "Bundeskanzler Olaf Scholz wollte sich nicht äußern."),
    ],
)
def test_what_is_only_weighed_and_a_refused_answer_are_no_acts(language, text):
    assert acts_of(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "actor", "recipient"),
    [
        ("da", "Israel har angrebet mål i Syrien.", "Israel", "Syria"),
        ("nb", "Russland har angrepet byer i Ukraina.", "Russia", "Ukraine"),
        ("sv", "USA bombade mål i Jemen på torsdagen.", "United States", "Yemen"),
        ("en", "Israel struck targets in Syria on Monday.", "Israel", "Syria"),
        ("da", "Tidligt torsdag angreb Rusland Ukraine efter længere tids spændinger.", "Russia", "Ukraine"),
    ],
)
def test_an_attack_reaches_the_state_hit(language: str, text: str, actor: str, recipient: str) -> None:
    assert acts_of(text, language) == [("ASSAULT", [actor], [recipient])]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Hundratals personer samlades i centrala Stockholm för att demonstrera mot restriktionerna."),
        ("nb", "Flere hundre personer samlet seg for å demonstrere mot krigen."),
        ("da", "Flere hundrede mennesker var mødt op for at demonstrere mod loven."),
        ("de", "Hunderte Menschen versammelten sich in Berlin, um gegen den Krieg zu demonstrieren."),
    ],
)
def test_who_has_come_to_demonstrate_has_done_so(language: str, text: str) -> None:
    assert [act[:2] for act in acts_of(text, language)] == [("PROTEST", ["people"])]


def test_who_will_come_to_demonstrate_has_not_done_so() -> None:
    assert acts_of("Flere hundre personer skal samle seg for å demonstrere mot krigen.", "nb") == []


def test_who_only_tells_of_an_attack_is_not_hit() -> None:
    text = "Ifølge internationale medier affyrede russiske styrker missiler mod flere byer i Ukraine."
    assert all("media" not in recipients for _, _, recipients in acts_of(text, "da"))


def test_what_is_promised_is_not_who_is_promised_it() -> None:
    text = "New Zealands nye regjering lover skattelette og mer politi."
    assert all("police" not in recipients for _, _, recipients in acts_of(text, "nb"))


def test_whether_to_attack_is_no_plan_to_attack() -> None:
    assert acts_of("USA ska inom två veckor fatta beslut om huruvida USA ska attackera Iran.", "sv") == []


def test_who_is_met_by_a_third_does_not_meet_each_other() -> None:
    text = (
        "USAs utenriksminister Antony Blinken er i Israel for møter med statsminister Benjamin Netanyahu "
        "og president Mahmoud Abbas."
    )
    (act,) = acts_of(text, "nb")
    assert "Antony Blinken" in act[1]


def test_who_is_asked_to_bring_home_his_soldiers_is_asked() -> None:
    text = "António Guterres talte tirsdag. Han oppfordrer Russland til å hente hjem soldatene sine."
    assert acts_of(text, "nb") == [("REQUEST", ["António Guterres"], ["Russia"])]


@pytest.mark.parametrize(
    "text",
    [
        "Iranier som befinner sig i närheten av militär infrastruktur uppmanas evakuera.",
        "Samma dag har den israeliska militären beordrats att intensifiera attackerna mot Iran.",
    ],
)
def test_a_states_people_and_troops_are_not_the_state_that_is_asked(text: str) -> None:
    assert acts_of(text, "sv") == []


def test_who_claims_to_have_attacked_is_told_to_claim_it() -> None:
    reading = reading_of("one", "Ukraina hevder å ha angrepet et russisk fartøy.", language="nb")
    (event,) = [event for event in reading.events if event.type == "ASSAULT"]
    assert event.claimed_by == event.actors[0]


def test_an_attack_is_told_once_by_its_verb_and_its_noun() -> None:
    text = (
        "Amerikanske styrker gjennomførte i går gjengjeldelsesangrep i Irak etter et angrep tidligere på "
        "dagen der tre amerikanske soldater ble såret."
    )
    assert acts_of(text, "nb") == [("ASSAULT", ["United States"], ["Iraq"])]


def test_what_comes_before_something_still_to_come_is_not_done() -> None:
    text = (
        "Ungern vill se att Sveriges statsminister besöker landet innan landets parlament undertecknar den "
        "svenska Natoansökan."
    )
    assert not [act for act in acts_of(text, "sv") if act[0] == "SUPPORT"]


def test_a_states_citizens_are_not_the_state_that_is_accused() -> None:
    text = "EU vart samde om å straffe 19 venezuelanarar som blir skulda for menneskerettsovergrep."
    assert not [act for act in acts_of(text, "nn") if act[0] == "ACCUSE"]


def test_what_is_dated_ahead_in_the_present_is_planned() -> None:
    reading = reading_of(
        "one", "Ungern ratificerar Finland på måndag.", language="sv", published="2023-03-21"
    )
    (event,) = reading.events
    assert event.modality == "planned"
    assert event.date is not None
    assert event.date.start == "2023-03-27"
