"""Political acts are read with their parties, place, time, count and mood, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_of import reading_of
from tidende.languages.lists import READ_IN_FULL
from tidende.records import Event, Reading

PUTIN, RUSSIA, USA, CHINA, IRAN, TURKEY = "Q7747", "Q159", "Q30", "Q148", "Q794", "Q43"


ENGLISH_MATCH = (
    "England met Croatia in the final. The striker scored before half-time, the goalkeeper saved a penalty, "
    "and the coach praised his players after the match."
)
SWEDISH_MATCH = (
    "Sverige mötte Tyskland i finalen. Anfallaren gjorde mål före halvlek, målvakten räddade en straffspark "
    "och tränaren berömde sina spelare efter matchen i ligan."
)


def read(text: str, language: str, published: str = "2018-09-28") -> Reading:
    return reading_of("a", text, language=language, published=published)


def events(text: str, language: str, published: str = "2018-09-28") -> list[Event]:
    return read(text, language, published).events


MEETINGS = {
    "da": "Ruslands præsident, Vladimir Putin, mødtes onsdag med Tyrkiets præsident, Tayyip Erdogan.",
    "nb": "Russlands president Vladimir Putin møtte Tyrkias president Tayyip Erdogan onsdag.",
    "nn": "Russlands president Vladimir Putin møtte Tyrkias president Tayyip Erdogan onsdag.",
    "sv": "Rysslands president Vladimir Putin träffade Turkiets president Tayyip Erdogan i onsdags.",
    "en": "Russian President Vladimir Putin met Turkish President Tayyip Erdogan on Wednesday.",
    "de": "Russlands Präsident Wladimir Putin traf am Mittwoch den türkischen Präsidenten Tayyip Erdogan.",
}


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_a_meeting_has_both_parties_and_its_day(language: str):
    (event,) = events(MEETINGS[language], language)
    assert event.type == "CONSULT"
    assert event.modality == "happened"
    assert PUTIN in event.actors
    assert len(event.actors) == 2
    assert event.recipients == []
    assert event.date is not None
    assert (event.date.start, event.date.end) == ("2018-09-26", "2018-09-26")
    assert event.main


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sv", "Sveriges statsminister Stefan Löfven träffade på tisdagen Angela Merkel i Berlin."),
        ("da", "Stefan Löfven mødte tirsdag Tysklands forbundskansler, Angela Merkel, i Berlin."),
        ("de", "Stefan Löfven traf Angela Merkel am Dienstag in Berlin."),
    ],
)
def test_times_and_appositions_part_no_meeting_from_its_parties_and_place(language: str, text: str):
    (event,) = events(text, language)
    assert len(event.actors) == 2
    assert event.place == "Q64"
    assert event.date is not None
    assert event.date.start == "2018-09-25"


def test_the_parties_have_one_id_in_every_language():
    parties = {language: set(events(text, language)[0].actors) for language, text in MEETINGS.items()}
    assert all(ids == parties["en"] for ids in parties.values()), parties


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Mandag var det nye samtaler mellom USA og Kina om toll."),
        ("da", "Forhandlingerne mellem USA og Kina fortsatte mandag."),
        ("sv", "Samtalen mellan USA och Kina fortsatte i måndags."),
        ("en", "Talks between the United States and China continued on Monday."),
        ("de", "Die Gespräche zwischen den USA und China wurden am Montag fortgesetzt."),
    ],
)
def test_a_noun_tells_who_talked(language: str, text: str):
    (event,) = events(text, language)
    assert event.type == "CONSULT"
    assert set(event.actors) == {USA, CHINA}


def test_a_told_count_is_one_event_with_its_period():
    text = "Det siste året har Vladimir Putin hatt fire møter med Xi Jinping og tre med Recep Tayyip Erdogan."
    first, second = events(text, "nb")
    assert (first.count, second.count) == (4, 3)
    assert {"Q15031", PUTIN} == set(first.actors)
    assert first.date is not None
    assert first.date.start == "2017-09-28"
    assert not first.main
    assert not second.main


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vladimir Putin will meet Xi Jinping in Beijing next week."),
        ("da", "Vladimir Putin skal mødes med Xi Jinping i Beijing i næste uge."),
        ("sv", "Vladimir Putin ska träffa Xi Jinping i Peking nästa vecka."),
        ("de", "Wladimir Putin wird nächste Woche Xi Jinping in Peking treffen."),
    ],
)
def test_a_plan_is_planned(language: str, text: str):
    (event,) = events(text, language)
    assert event.modality == "planned"
    assert event.date is not None
    assert event.date.start == "2018-10-01"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Vladimir Putin did not meet Xi Jinping in Beijing."),
        ("nb", "Vladimir Putin møtte ikke Xi Jinping i Beijing."),
        ("de", "Wladimir Putin traf Xi Jinping nicht."),
    ],
)
def test_what_did_not_happen_is_a_denied_meeting_and_no_other(language: str, text: str):
    assert [event.modality for event in events(text, language)] == ["denied"]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("nb", "USA har beskyldt Iran for å støtte terror.", "ACCUSE"),
        ("da", "USA har beskyldt Iran for at støtte terror.", "ACCUSE"),
        ("sv", "USA har anklagat Iran för att stödja terror.", "ACCUSE"),
        ("en", "The United States accused Iran of supporting terror.", "ACCUSE"),
        ("de", "Die USA haben den Iran kritisiert.", "ACCUSE"),
        ("nn", "USA har oppmoda Iran om å slutte.", "REQUEST"),
        ("da", "USA opfordrede Iran til at stoppe.", "REQUEST"),
        ("en", "The United States urged Iran to stop.", "REQUEST"),
    ],
)
def test_an_act_goes_from_one_state_to_another(language: str, text: str, kind: str):
    (event,) = events(text, language)
    assert (event.type, event.actors, event.recipients) == (kind, [USA], [IRAN])


ACTS = [
    ("en", "The United States on Monday suspended aid to Syria.", "SANCTION", "Q30", "Q858"),
    ("nb", "EU innførte mandag nye sanksjoner mot Syria.", "SANCTION", "Q458", "Q858"),
    ("sv", "EU införde i måndags nya sanktioner mot Syrien.", "SANCTION", "Q458", "Q858"),
    ("de", "Die EU verhängte am Montag neue Sanktionen gegen Syrien.", "SANCTION", "Q458", "Q858"),
    ("en", "China expelled two American diplomats.", "SANCTION", "Q148", "Q30"),
    ("da", "Kina udviste to amerikanske diplomater.", "SANCTION", "Q148", "Q30"),
    ("nn", "I går utviste Russland tre britiske diplomatar.", "SANCTION", "Q159", "Q145"),
    ("de", "China wies zwei amerikanische Diplomaten aus.", "SANCTION", "Q148", "Q30"),
    ("da", "Rusland ophævede sanktionerne mod Tyrkiet.", "CONCEDE", "Q159", "Q43"),
    ("nn", "Russland oppheva sanksjonane mot Tyrkia.", "CONCEDE", "Q159", "Q43"),
    ("sv", "Ryssland hävde sanktionerna mot Turkiet.", "CONCEDE", "Q159", "Q43"),
    ("de", "Russland hat die Sanktionen gegen die Türkei aufgehoben.", "CONCEDE", "Q159", "Q43"),
    ("en", "Syria withdrew its troops from Lebanon.", "RETREAT", "Q858", "Q822"),
    ("da", "Syrien trak sine tropper ud af Libanon.", "RETREAT", "Q858", "Q822"),
    ("sv", "Syrien drog tillbaka sina trupper från Libanon.", "RETREAT", "Q858", "Q822"),
    ("de", "Syrien zog seine Truppen aus dem Libanon ab.", "RETREAT", "Q858", "Q822"),
    ("nb", "USA sendte nødhjelp til Haiti.", "AID", "Q30", "Q790"),
    ("da", "USA sendte nødhjælp til Haiti.", "AID", "Q30", "Q790"),
    ("de", "Die USA schickten Hilfsgüter nach Haiti.", "AID", "Q30", "Q790"),
    ("en", "Israeli soldiers shot dead three Palestinians.", "ASSAULT", "Q801", "Q219060"),
    ("nb", "Israelske soldater skjøt og drepte tre palestinere.", "ASSAULT", "Q801", "Q219060"),
    ("sv", "Israeliska soldater sköt ihjäl tre palestinier.", "ASSAULT", "Q801", "Q219060"),
    ("nb", "Iran avviste kravet fra USA.", "REJECT", "Q794", "Q30"),
    ("sv", "Iran avvisade kravet från USA.", "REJECT", "Q794", "Q30"),
    ("en", "Iran rejected Russia's proposal.", "REJECT", "Q794", "Q159"),
    ("en", "Iran demanded that the United States lift the embargo.", "REQUEST", "Q794", "Q30"),
    ("da", "Iran krævede, at USA ophæver embargoen.", "REQUEST", "Q794", "Q30"),
    ("de", "Der Iran forderte, dass die USA das Embargo aufheben.", "REQUEST", "Q794", "Q30"),
    ("en", "Russia said on Tuesday that Sudan must return a helicopter.", "REQUEST", "Q159", "Q1049"),
    ("nb", "Russland sa tirsdag at Sudan må levere tilbake helikopteret.", "REQUEST", "Q159", "Q1049"),
    ("sv", "Ryssland sade i tisdags att Sudan måste lämna tillbaka helikoptern.", "REQUEST", "Q159", "Q1049"),
]
ACTS_OF_ONE = [
    ("en", "Egypt closed the border crossing to Gaza on Sunday.", "COERCE", "Q79"),
    ("nb", "Egypt stengte søndag grensen til Gaza.", "COERCE", "Q79"),
    ("sv", "Egypten stängde i söndags gränsen till Gaza.", "COERCE", "Q79"),
    ("de", "Ägypten hat am Sonntag die Grenze zum Gazastreifen geschlossen.", "COERCE", "Q79"),
    ("en", "Iran is willing to admit inspectors.", "AGREE", "Q794"),
    ("da", "Iran er villig til at lukke inspektører ind.", "AGREE", "Q794"),
    ("nn", "Iran er villig til å sleppe inn inspektørar.", "AGREE", "Q794"),
    ("de", "Der Iran ist bereit, Inspektoren zuzulassen.", "AGREE", "Q794"),
    ("en", "Turkey threatened to close the border.", "THREATEN", "Q43"),
    ("nb", "Tyrkia truet med å stenge grensen.", "THREATEN", "Q43"),
    ("da", "Tyrkiet truede med at lukke grænsen.", "THREATEN", "Q43"),
    ("en", "Russia deployed warships to the Black Sea.", "MOBILIZE", "Q159"),
    ("nb", "Russland sendte krigsskip til Svartehavet.", "MOBILIZE", "Q159"),
    ("sv", "Ryssland skickade krigsfartyg till Svarta havet.", "MOBILIZE", "Q159"),
    ("nb", "Israelske kampfly bombet mål i Gaza.", "ASSAULT", "Q801"),
    ("da", "Israelske kampfly bombede mål i Gaza.", "ASSAULT", "Q801"),
    ("de", "Die israelische Armee flog Luftangriffe auf Ziele im Gazastreifen.", "ASSAULT", "Q801"),
    ("en", "Thousands of Iranians protested in Tehran.", "PROTEST", "Q794"),
    ("nb", "Tusenvis av iranere demonstrerte i Teheran.", "PROTEST", "Q794"),
    ("de", "Tausende Iraner demonstrierten in Teheran.", "PROTEST", "Q794"),
]


@pytest.mark.parametrize(("language", "text", "kind", "actor", "recipient"), ACTS)
def test_what_one_power_does_to_another_is_read_with_both(
    language: str, text: str, kind: str, actor: str, recipient: str
):
    (event,) = events(text, language)
    assert (event.type, event.actors, event.recipients) == (kind, [actor], [recipient])


@pytest.mark.parametrize(("language", "text", "kind", "actor"), ACTS_OF_ONE)
def test_what_a_state_or_its_people_do_alone_is_news(language: str, text: str, kind: str, actor: str):
    (event,) = events(text, language)
    assert (event.type, event.actors) == (kind, [actor])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # Somebody suffers, and nobody who acts is told.
        ("en", "A bomb killed three Israeli soldiers on Sunday."),
        ("nb", "En bombe drepte tre israelske soldater."),
        ("sv", "En bomb dödade tre israeliska soldater."),
        ("de", "Drei deutsche Soldaten wurden in Afghanistan getötet."),
        # Crime and accidents: neither the police nor a court makes them politics.
        ("en", "German police arrested two Romanians after a robbery in Berlin."),
        ("de", "Die deutsche Polizei nahm nach dem Raub zwei Rumänen fest."),
        ("da", "Politiet anholdt to svenskere efter et røveri i Aarhus."),
        ("nb", "Mannen drepte to personer i Bergen."),
        ("sv", "Polisen har gripit fyra personer misstänkta för rånet."),
        ("nb", "Politiet arresterte fire studenter etter innbruddet."),
        ("sv", "Polisen stängde vägen efter olyckan."),
        # Teams that bear the names of states.
        ("en", "Sweden threatened to score after half-time and refused to give up in the final."),
        ("nb", "Norge nektet å gi seg, og spissen scoret i landskampen mot Sverige i VM-finalen."),
        ("da", "Danmark truede med at score, men målmanden reddede i landskampen mod Norge i VM-finalen."),
        ("sv", "Sverige vägrade ge upp och gjorde mål i matchen och i finalen."),
        # Threats of the weather and of the law.
        ("en", "The storm killed ten people in Mexico."),
        ("de", "Dem französischen Politiker drohen bis zu 20 Jahre Haft."),
        # Duties at home, and duties of nobody in particular.
        ("en", "Angela Merkel said that Germany must save energy."),
        ("nb", "Kongen sa at alle må spare strøm."),
    ],
)
def test_force_without_a_power_behind_it_is_no_event(language: str, text: str):
    assert events(text, language) == []


def test_a_passive_of_force_is_done_by_its_agent():
    (event,) = events("Der Libanon wurde am Sonntag von Israel bombardiert.", "de")
    assert (event.type, event.actors, event.recipients) == ("ASSAULT", ["Q801"], ["Q822"])


def test_a_passive_turns_the_parties_round():
    (event,) = events("Iran was accused by the United States of supporting terror.", "en")
    assert (event.actors, event.recipients) == ([USA], [IRAN])


def test_a_rejection_answers_the_accuser_of_its_sentence():
    accuse, reject = events(
        "USA har beskyldt russerne for å hjelpe Iran, noe russiske myndigheter avviser.", "nb"
    )
    assert (accuse.type, accuse.actors, accuse.recipients) == ("ACCUSE", [USA], [RUSSIA])
    assert (reject.type, reject.actors, reject.recipients) == ("REJECT", [RUSSIA], [USA])


def test_a_visit_abroad_is_an_event_and_one_at_home_is_not():
    text = "Vladimir Putin visited China on Monday. On Tuesday Vladimir Putin visited Russia."
    (event,) = events(text, "en")
    assert (event.mode, event.actors, event.recipients) == ("visit", [PUTIN], [CHINA])


VISITS_TO_TOWNS = {
    "da": (
        "Emmanuel Macron besøgte Beijing mandag.",
        "Israel bombede Gaza mandag.",
        "Rusland angreb Ukraine.",
    ),
    "nb": (
        "Emmanuel Macron besøkte Beijing mandag.",
        "Israel bombet Gaza mandag.",
        "Russland angrep Ukraina.",
    ),
    "nn": ("Emmanuel Macron vitja Beijing måndag.", "Israel bomba Gaza måndag.", "Russland angreip Ukraina."),
    "sv": ("Emmanuel Macron besökte Peking i måndags.", "Israel bombade Gaza.", "Ryssland angrep Ukraina."),
    "en": ("Emmanuel Macron visited Beijing on Monday.", "Israel bombed Gaza.", "Russia attacked Ukraine."),
    "de": (
        "Emmanuel Macron besuchte am Montag Peking.",
        "Israel bombardierte Gaza.",
        "Russland griff die Ukraine an.",
    ),
}


@pytest.mark.parametrize("language", VISITS_TO_TOWNS)
def test_what_is_done_to_a_town_is_done_there(language: str):
    visited, bombed, attacked = VISITS_TO_TOWNS[language]
    for text in (visited, bombed):
        (act,) = events(text, language)
        assert act.place == act.recipients[0]
        assert "place" not in act.missing
        (row,) = (row for row in act.attributes if row.name == "place")
        assert [told.evidence.text for told in row.told] in (["Beijing"], ["Peking"], ["Gaza"])
    (act,) = events(attacked, language)
    assert act.place is None
    assert "place" in act.missing


def test_a_capital_speaks_for_its_state():
    text = "Kina og USA er uenige. Samtalene mellom Beijing og Washington fortsatte mandag."
    (event,) = events(text, "nb")
    assert set(event.actors) == {USA, CHINA}


def test_later_sentences_add_to_the_meeting_they_speak_of():
    text = (
        "Vladimir Putin møtte Xi Jinping i Moskva torsdag.\n"
        "Møtet varte i tre timer og ble holdt bak lukkede dører."
    )
    (event,) = events(text, "nb")
    assert event.duration is not None
    assert (event.duration.min_minutes, event.duration.max_minutes) == (180, 180)
    details = [row.name for row in event.attributes if row.value is True]
    assert details == ["behind closed doors"]
    assert [piece.text for piece in event.evidence][1].startswith("Møtet varte")


def test_a_part_that_is_still_to_come_is_no_detail_of_what_happened():
    text = (
        "Vladimir Putin mødte Xi Jinping i Moskva torsdag.\n"
        "Mødet blev holdt bag lukkede døre. En anden del af mødet vil finde sted efter en pause."
    )
    (event,) = events(text, "da")
    details = {row.name: row.value for row in event.attributes if row.name not in ("place", "date")}
    assert details == {"behind closed doors": True, "second part": "planned"}


def test_how_often_in_what_time_is_not_how_long():
    text = "Vladimir Putin møtte Xi Jinping torsdag. Det er tredje gang på tre måneder at de to møtes."
    assert all(event.duration is None for event in events(text, "nb"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Vladimir Putin avviste torsdag et kinesisk forslag om en ny grense."),
        ("en", "Vladimir Putin rejected a Chinese proposal for a new border."),
        ("da", "Vladimir Putin afviste et kinesisk forslag om en ny grænse."),
    ],
)
def test_who_rejects_a_proposal_rejects_whose_it_is(language: str, text: str):
    (event,) = events(text, language)
    assert (event.type, event.actors, event.recipients) == ("REJECT", [PUTIN], [CHINA])


def test_a_meeting_long_ago_is_not_what_the_article_is_about():
    text = "Vladimir Putin møtte Xi Jinping i Moskva torsdag.\nDe to møttes også i Beijing i 2014."
    now, then = events(text, "nb")
    assert now.main
    assert not then.main
    assert then.date is not None
    assert then.date.start == "2014-01-01"


def test_an_empty_slot_keeps_its_reason():
    (event,) = events("Vladimir Putin møtte Xi Jinping.", "nb")
    assert event.place is None
    assert "place" in event.missing
    assert "date" in event.missing


def test_without_a_publication_date_a_weekday_stays_a_word():
    event = reading_of("a", "Vladimir Putin møtte Xi Jinping torsdag.", language="nb").events[0]
    assert event.date is not None
    assert (event.date.start, event.date.text) == (None, "torsdag")
    assert "publication date" in event.missing["date"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", ENGLISH_MATCH),
        ("sv", SWEDISH_MATCH),
        ("nb", "Politiet møtte mannen utenfor huset i Bergen lørdag kveld."),
        ("da", "Han mødte sin kone på universitetet i Aarhus i 1998."),
        ("de", "Die Polizei traf den Mann am Samstag in seiner Wohnung in Hamburg an."),
        ("en", "The storm hit Mexico on Saturday and will reach the United States on Monday."),
        ("nb", "USA har ofte kritisert Iran."),
    ],
)
def test_sport_crime_weather_and_habits_give_no_political_event(language: str, text: str):
    assert events(text, language) == []


def test_what_a_speaker_says_in_quotation_marks_is_not_the_articles_own_event():
    text = "Vladimir Putin holdt tale.\n– Xi Jinping møtte Kim Jong-un i går, sa Putin."
    assert events(text, "nb") == []


def test_what_is_reported_is_claimed_by_its_speaker():
    reading = read("Vladimir Putin sier at USA har beskyldt Iran for terror.", "nb")
    (event,) = reading.events
    assert event.claimed_by == PUTIN
    assert event.quotes == [quote.id for quote in reading.quotes]


WORDS = (
    "Putin Xi møtte USA Kina i Moskva torsdag og med mellom samtaler ikke vil fire møter . , – «ja» sa at "
    "Iran kritiserte beskyldte hans De to"
)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25))
def test_any_words_give_events_whose_evidence_is_in_the_text(words: list[str]):
    text = " ".join(words)
    for event in events(text, "nb"):
        for piece in [*event.evidence, *(told.evidence for row in event.attributes for told in row.told)]:
            assert text[piece.start : piece.end] == piece.text
        assert event.actors or event.recipients  # "Iran was criticised"
        assert not set(event.actors) & set(event.recipients)


# What the tree tells: sentences of newspapers of the treebanks and of Wikinews, shortened.
GOVERNED = [
    (
        "da",
        "Serbiens præsident Slobodan Milosevic appellerede også i går til USA og Rusland om at bruge deres "
        "indflydelse.",
        "REQUEST",
        ("Slobodan Milosevic",),
        ("United States", "Russia"),
    ),
    (
        "nn",
        "Dagens Næringsliv kunne fredag fortelje at Noreg til no har bomba Libya for 130 millionar kroner.",
        "ASSAULT",
        ("Norway",),
        ("Libya",),
    ),
    (
        "en",
        "Iraq's national security advisor met with Syrian President Bashar Assad Tuesday to discuss "
        "efforts to counter Islamic State militants, Reuters reports.",
        "CONSULT",
        ("Iraq", "Bashar al-Assad"),
        (),
    ),
]


@pytest.mark.parametrize(("language", "text", "kind", "actors", "recipients"), GOVERNED)
def test_the_tree_tells_who_acts_and_on_whom(
    language: str, text: str, kind: str, actors: tuple[str, ...], recipients: tuple[str, ...]
):
    reading = read(text, language)
    names = {entity.id: entity.name for entity in reading.entities}
    (event,) = reading.events
    assert event.type == kind
    assert tuple(names[actor] for actor in event.actors) == actors
    assert tuple(names[recipient] for recipient in event.recipients) == recipients


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "da",
            "Nægter Serbien at rette sig efter advarslen, går planerne ud på at åbne en korridor.",
        ),
        ("da", "Vi tror nemlig, at mange danskere er villige til at betale mere for tryghed."),
        (
            "en",
            "I do not think the Germans and the Spaniards spoke together enough when they designed it.",
        ),
        ("en", "Obama wants Putin to attack Switzerland."),
        ("nb", "Dansk ungdom tyr i dag i større grad enn før til engelsk når de møter svensker og nordmenn."),
    ],
)
def test_what_is_supposed_wished_or_done_by_others_is_no_event(language: str, text: str):
    assert events(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "nb",
            "Det siste året har Kim Jong-un gjennomført to møter med Donald Trump og fire møter med Kinas "
            "president Xi Jinping.",
        ),
        (
            "da",
            "Kim Jong-un har det seneste år holdt to møder med Donald Trump og fire møder med Kinas "
            "præsident Xi Jinping.",
        ),
        (
            "en",
            "Kim Jong-un has held two meetings with Donald Trump and four meetings with Chinese "
            "president Xi Jinping in the past year.",
        ),
        (
            "sv",
            "Kim Jong-un har under det senaste året haft två möten med Donald Trump och fyra möten med Xi "
            "Jinping.",
        ),
    ],
)
def test_who_met_whom_is_kept_apart_where_meetings_are_joined(language, text):
    found = events(text, language, "2019-04-25")
    assert [(event.type, set(event.actors), event.count) for event in found] == [
        ("CONSULT", {"Q56226", "Q22686"}, 2),
        ("CONSULT", {"Q56226", "Q15031"}, 4),
    ]


@pytest.mark.parametrize(
    ("language", "text", "rank"),
    [
        ("da", "Donald Trump og Kim Jong-un holdt deres andet topmøde i Hanoi onsdag.", 2),
        ("nb", "Donald Trump og Kim Jong-un holdt sitt andre toppmøte i Hanoi onsdag.", 2),
        ("nn", "Donald Trump og Kim Jong-un heldt det andre toppmøtet sitt i Hanoi onsdag.", 2),
        ("sv", "Donald Trump och Kim Jong-un möttes för tredje gången i Hanoi på onsdagen.", 3),
        ("en", "Donald Trump and Kim Jong-un held their third meeting in Hanoi on Wednesday.", 3),
        ("de", "Donald Trump und Kim Jong-un trafen sich am Mittwoch zum dritten Mal in Hanoi.", 3),
    ],
)
def test_a_meeting_tells_which_of_its_kind_it_is(language: str, text: str, rank: int):
    (meeting,) = events(text, language)
    assert meeting.ordinal == rank


def test_another_meeting_is_not_the_second():
    assert not [event for event in events("Trump og Kim holdt et andet møde i Hanoi.", "da") if event.ordinal]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Donald Trump met Kim Jong-un in Singapore in June. But nuclear negotiations have stalled."),
        ("sv", "Donald Trump mötte Kim Jong-un i Singapore i juni. Men förhandlingarna har kört fast."),
    ],
)
def test_negotiations_that_go_on_are_no_meeting_of_long_ago(language: str, text: str):
    (meeting,) = events(text, language)
    assert [piece.text for piece in meeting.evidence] == [text.split(". ", maxsplit=1)[0] + "."]
    assert meeting.outcome is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Three months after Donald Trump met Kim Jong Un in Singapore, Ri Yong Ho told the General "
            "Assembly on Saturday that nothing had changed.",
        ),
        (
            "sv",
            "Tre månader efter mötet mellan Donald Trump och Kim Jong-un i Singapore sade Ri Yong Ho "
            "i lördags till generalförsamlingen att ingenting hade ändrats.",
        ),
        (
            "nb",
            "Tre måneder etter møtet mellom Donald Trump og Kim Jong-un i Singapore sa Ri Yong Ho "
            "på lørdag til generalforsamlingen at ingenting var endret.",
        ),
    ],
)
def test_what_is_said_after_a_meeting_does_not_date_it(language: str, text: str):
    meetings = [
        e for e in reading_of("a", text, language=language, published="2018-09-30").events if e.mode == "meet"
    ]
    assert [meeting.date for meeting in meetings] == [None]


@pytest.mark.parametrize(
    ("language", "text", "count", "ordinal"),
    [
        ("en", "The United States and Iran have held three rounds of talks.", 3, None),
        ("da", "USA og Iran har holdt tre samtalerunder.", 3, None),
        ("nb", "USA og Iran har holdt tre samtalerunder.", 3, None),
        ("nn", "USA og Iran har halde tre samtalerundar.", 3, None),
        ("sv", "USA och Iran har hållit tre samtalsrundor.", 3, None),
        ("de", "Die USA und der Iran haben drei Gesprächsrunden abgehalten.", 3, None),
        ("da", "Kim Jong-un rejser til Kina for tredje gang.", None, 3),
        ("sv", "Kim Jong-un reser till Kina för tredje gången.", None, 3),
        ("de", "Kim Jong-un reist zum dritten Mal nach China.", None, 3),
    ],
)
def test_rounds_of_talks_are_counted_and_visits_numbered(language, text, count, ordinal):
    assert [(event.count, event.ordinal) for event in events(text, language)] == [(count, ordinal)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("da", "Præsident Emmanuel Macron møder François Bayrou på tirsdag."),
        ("nb", "President Emmanuel Macron møter François Bayrou på tirsdag."),
        ("nn", "President Emmanuel Macron møter François Bayrou på tysdag."),
        ("sv", "President Emmanuel Macron tar emot François Bayrou på tisdag."),
        ("en", "President Emmanuel Macron meets François Bayrou next Tuesday."),
        ("de", "Präsident Emmanuel Macron trifft François Bayrou am kommenden Dienstag."),
    ],
)
def test_what_the_present_tense_tells_of_a_day_to_come_is_planned(language: str, text: str):
    (meeting,) = reading_of("a", text, language=language, published="2019-04-25").events
    assert (meeting.type, meeting.modality) == ("CONSULT", "planned")
    assert meeting.date is not None
    assert meeting.date.start == "2019-04-30"


def test_a_headline_without_a_day_waits_for_the_meeting_that_is_to_come():
    head = "Macron møter Bayrou\n\nFrankrikes president Emmanuel Macron"
    text = f"{head} møter statsminister François Bayrou på tirsdag."
    (meeting,) = reading_of("a", text, language="nb", published="2019-04-25").events
    assert meeting.modality == "planned"
    text = f"{head} møtte statsminister François Bayrou onsdag."
    (meeting,) = reading_of("a", text, language="nb", published="2019-04-25").events
    assert meeting.modality == "happened"
