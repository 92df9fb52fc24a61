"""Who acts on whom is read through passives, relative clauses, compounds and the order of words."""

from __future__ import annotations

import pytest

from reading_of import reading_of
from tidende.records import Reading


def told(text: str, language: str) -> list[tuple[str, set[str], set[str]]]:
    """Give type, actors and recipients of each event of a text, by their English names."""
    read: Reading = reading_of("a", text, language=language, published="2018-10-02")
    names = {entity.id: entity.name for entity in read.entities}
    return [
        (event.type, {names[i] for i in event.actors}, {names[i] for i in event.recipients})
        for event in read.events
    ]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Die SPD fordert die Entlassung von Verfassungsschutzpräsident Hans-Georg Maaßen.", "REQUEST"),
        ("sv", "Moderaterna kräver att statsministern avgår.", "REQUEST"),
        ("en", "The DUP threatened to bring down Theresa May's government.", "THREATEN"),
    ],
)
def test_a_party_acts_in_politics(language, text, kind):
    assert kind in {event[0] for event in told(text, language)}


def test_a_party_that_attacks_makes_no_war():
    text = "Labour attacked the government of Theresa May over its plans for Brexit."
    assert "ASSAULT" not in {event[0] for event in told(text, "en")}


def test_a_present_passive_is_no_future():
    text = "Der Richter Brett Kavanaugh wird von drei Frauen der sexuellen Nötigung beschuldigt."
    assert told(text, "de") == [("ACCUSE", {"women"}, {"Brett Kavanaugh"})]


def test_a_relative_pronoun_stands_for_whom_an_act_concerns():
    text = "Präsident Recep Tayyip Erdogan, dem die Opposition Wahlbetrug vorwirft, kam nach Köln."
    ((kind, actors, recipients),) = [event for event in told(text, "de") if event[0] == "ACCUSE"]
    assert (kind, actors) == ("ACCUSE", {"opposition"})
    assert {name.split()[0] for name in recipients} == {"Recep"}


def test_a_state_that_opens_a_compound_acts():
    text = "US-Sanktionen gegen den Iran traten am Montag in Kraft."
    assert told(text, "de") == [("SANCTION", {"United States"}, {"Iran"})]


def test_ministers_of_a_body_act_for_it_and_not_for_whom_they_offer_something():
    text = "Die EU-Außenminister hatten Serbien kurz vor der Wahl den Abschluss eines Vertrags angeboten."
    assert told(text, "de") == [("AGREE", {"European Union"}, {"Serbia"})]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Präsident Trump bot Kim Jong Un am Dienstag in Singapur Sicherheitsgarantien an.", "AGREE"),
        ("US-Präsident Donald Trump hat das Atomabkommen mit dem Iran aufgekündigt.", "SANCTION"),
        ("Außenminister Boris Johnson ist zurückgetreten.", "RETREAT"),
        ("Israel gab der Hamas die Schuld an der Gewalt.", "ACCUSE"),
    ],
)
def test_german_verbs_are_known_by_particle_and_participle(text, event):
    assert [kind for kind, _, _ in told(text, "de")] == [event]


@pytest.mark.parametrize(
    "text",
    [
        "Die USA prüfte die Bestrafung El Salvadors.",
        "Drei Kubaner wurden wegen Verschwörung zu lebenslanger Haft verurteilt.",
        "Ein US-Soldat, der des Mordes angeklagt ist, steht in Berlin vor Gericht.",
        "Inspektoren der Vereinten Nationen dürfen nicht nach Nordkorea reisen.",
        "Präsident Trump darf den Iran nicht angreifen.",
        "Der frühere Minister Otto Schily hatte den Angeklagten vor Gericht verteidigt.",
    ],
)
def test_what_only_looks_like_an_act_gives_none(text):
    assert told(text, "de") == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Utrikesminister Margot Wallström kritiserade i lördags Saudiarabien för gripandena.",
            ("ACCUSE", {"Margot Wallström"}, {"Saudi Arabia"}),
        ),
        ("Efter att USA infört nya tullar hotade Kina med motåtgärder.", ("THREATEN", {"China"}, set())),
        ("Malis premiärminister avgick på tisdagen.", ("RETREAT", {"Mali"}, set())),
    ],
)
def test_swedish_acts_have_the_right_parties(text, event):
    assert event in told(text, "sv")


def test_what_somebody_wants_of_others_is_no_deed():
    text = "Tyskland och Frankrike vill att EU inför sanktioner mot Saudiarabien."
    assert told(text, "sv") == []


def test_a_statement_at_a_summit_tells_who_met():
    text = (
        "Die EU verwies auf eine Erklärung von Kim Jong-un und Donald Trump beim Gipfeltreffen in Singapur."
    )
    ((kind, actors, _),) = told(text, "de")
    assert (kind, actors) == ("CONSULT", {"Kim Jong-un", "Donald Trump"})


def test_a_party_named_after_a_state_is_not_the_state():
    text = "Regeringen stöds av Sverigedemokraterna."
    assert all("Sweden" not in actors for _, actors, _ in told(text, "sv"))


def test_what_a_second_verb_asks_for_is_no_party_to_the_first():
    text = (
        "Außenminister Sergej Lawrow hat den Westen scharf kritisiert und die USA zum Rückzug aufgefordert."
    )
    assert all(
        "United States" not in recipients for kind, _, recipients in told(text, "de") if kind == "ACCUSE"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Præsident Jacob Zuma er blevet anklaget for korruption af oppositionen."),
        ("nb", "President Jacob Zuma har blitt anklaget for korrupsjon av opposisjonen."),
        ("nn", "President Jacob Zuma har vorte skulda for korrupsjon av opposisjonen."),
        ("sv", "President Jacob Zuma har blivit anklagad för korruption av oppositionen."),
        ("en", "President Jacob Zuma has been accused of corruption by the opposition."),
        ("de", "Präsident Jacob Zuma ist von der Opposition der Korruption beschuldigt worden."),
    ],
)
def test_an_agent_behind_the_reproach_accuses(language, text):
    assert told(text, language) == [("ACCUSE", {"opposition"}, {"Jacob Zuma"})]


@pytest.mark.parametrize(
    "text",
    [
        "Premiärminister Theresa May är nominerad till priset av tidningen.",
        "President Vladimir Putin kan bli anklagad för krigsbrott av EU.",
    ],
)
def test_a_participle_that_tells_no_deed_is_no_event(text):
    assert told(text, "sv") == []


def test_a_relative_clause_behind_a_body_means_the_person_before_it():
    text = (
        "Trump försvarar kandidaten till Högsta domstolen, som har blivit anklagad för brott av tre kvinnor."
    )
    accused = [whom for kind, _, whom in told(text, "sv") if kind == "ACCUSE"]
    assert not any("Court" in name for names in accused for name in names)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Rusland vil ikke anerkende Kosovos uafhængighed."),
        ("nb", "Russland vil ikke godta Kosovos uavhengighet."),
        ("nn", "Russland kan ikkje godta Kosovos sjølvstende."),
        ("sv", "Ryssland kan inte acceptera Kosovos självständighet."),
        ("en", "Russia will not recognise Kosovo's independence."),
        ("de", "Russland will die Unabhängigkeit des Kosovo nicht anerkennen."),
    ],
)
def test_who_will_not_accept_something_refuses_it(language, text):
    assert told(text, language) == [("REJECT", {"Russia"}, {"Kosovo"})]


@pytest.mark.parametrize(
    "text",
    [
        "If Russia will not recognise Kosovo, Serbia will be content.",
        "Will Russia not recognise Kosovo?",
        "Russia recognises Kosovo.",
    ],
)
def test_a_refusal_that_is_only_weighed_is_none(text):
    assert "REJECT" not in {kind for kind, _, _ in told(text, "en")}


def test_representatives_from_parties_act_for_them():
    text = "Representantane frå Ap og Sp bad regjeringa fremja eit nytt forslag."
    ((kind, actors, _),) = told(text, "nn")
    assert (kind, len(actors)) == ("REQUEST", 2)


def test_an_attack_on_what_is_somebodys_is_aimed_at_him():
    assert told("Israel angrep Hizbollahs stillinger i Libanon.", "nb")[0][1:] == ({"Israel"}, {"Hezbollah"})
