"""One record of several articles: who tells what, where they agree, where they differ."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reading_of import reading_of
from tidende.records import (
    Article,
    Attribute,
    DateValue,
    Duration,
    Entity,
    Event,
    Evidence,
    Reading,
    Told,
)
from tidende.render import render
from tidende.stories import reconcile

DAY = "2018-10-03"
# Three reports of one made-up visit; the words are those that news prints.
NB = (
    "Tysklands forbundskansler Angela Merkel møtte Frankrikes president Emmanuel Macron i Paris onsdag. "
    "Møtet varte i nesten to timer.\n"
    "– Europa må stå sammen i spørsmålet om sikkerhet og økonomi, sa Merkel etter møtet.\n"
    "Macrons rådgiver Clément Beaune sier at de snakket om brexit."
)
DA = (
    "Tysklands kansler Angela Merkel mødte Frankrigs præsident Emmanuel Macron i Paris onsdag. "
    "Mødet varede to timer.\n"
    "- Europa må stå sammen i spørgsmålet om sikkerhed og økonomi, sagde Merkel efter mødet.\n"
    "Clément Beaune, der er talsmand for Macron, siger, at de talte om brexit."
)
EN = (
    "French President Emmanuel Macron met Chancellor Angela Merkel in Paris on Wednesday.\n"
    '"We are ready for every outcome of the Brexit talks," Macron said.'
)


def article(identifier, text, **fields):
    return reading_of(identifier, text, **{"published": DAY, **fields})


@pytest.fixture(scope="module")
def readings():
    return [article("nb", NB), article("da", DA), article("en", EN)]


@pytest.fixture(scope="module")
def record(readings):
    return reconcile(readings)


def by_name(record, name):
    return next(entity for entity in record.entities if entity.name == name)


def roles(record, holder):
    return {role.role: role for role in record.roles if role.holder == by_name(record, holder).id}


def quote_with(record, text):
    return next(quote for quote in record.quotes if any(text in v.text for v in quote.versions))


def facts(record):
    """Give what a record says, without the order in which it says it."""
    return (
        record.id,
        {entity.id for entity in record.entities},
        {(role.id, role.agreement) for role in record.roles},
        {(e.id, e.agreement, e.main, str(e.date), str(e.duration), e.place) for e in record.events},
        {(e.id, row.name, str(row.value), row.agreement) for e in record.events for row in e.attributes},
        {(q.id, q.agreement, frozenset(v.article for v in q.versions)) for q in record.quotes},
        {(c.id, c.agreement) for c in record.claims},
        {(d.about, d.attribute) for d in record.differences},
    )


def test_a_person_is_one_in_every_language(record):
    assert sum(entity.type == "person" and "Merkel" in entity.name for entity in record.entities) == 1
    merkel = by_name(record, "Angela Merkel")
    assert {evidence.article for evidence in merkel.evidence} == {"nb", "da", "en"}
    assert set(merkel.names) == {"nb", "da", "en"}


def test_one_meeting_told_three_times_is_one_meeting(record):
    (meeting,) = [event for event in record.events if event.type == "CONSULT" and event.main]
    assert {by_name(record, "Angela Merkel").id, by_name(record, "Emmanuel Macron").id} == set(meeting.actors)
    assert meeting.agreement == "agree"
    assert {evidence.article for evidence in meeting.evidence} == {"nb", "da", "en"}
    assert meeting.date.start == meeting.date.end == DAY
    assert record.title.startswith("Angela Merkel") or record.title.startswith("Emmanuel Macron")


def test_nearly_two_hours_and_two_hours_agree(record):
    meeting = next(event for event in record.events if event.main)
    row = next(row for row in meeting.attributes if row.name == "duration")
    assert (row.agreement, meeting.duration.max_minutes) == ("agree", 120)
    assert meeting.duration.min_minutes == 120  # the more exact of the two
    assert {told.article for told in row.told} == {"nb", "da"}


@pytest.mark.parametrize(
    ("longer", "agreement"),
    [("mer enn to timer", "differ"), ("mer enn en time", "agree"), ("to timer", "agree")],
)
def test_what_lasted_nearly_two_hours_did_not_last_more(longer, agreement):
    nearly = article("da", DA.replace("varede to timer", "varede næsten to timer"))
    record = reconcile([article("nb", NB.replace("nesten to timer", longer)), nearly])
    meeting = next(event for event in record.events if event.main)
    row = next(row for row in meeting.attributes if row.name == "duration")
    assert row.agreement == agreement


def test_posts_told_by_several_agree_and_posts_that_clash_differ(record):
    assert roles(record, "Emmanuel Macron")["president"].agreement == "agree"
    beaune = roles(record, "Clément Beaune")
    assert {post: role.agreement for post, role in beaune.items()} == {
        "adviser": "differ",
        "spokesman": "differ",
    }
    (difference,) = record.differences
    assert (difference.about, difference.attribute) == (by_name(record, "Clément Beaune").id, "role")
    assert [value.articles for value in difference.values] == [["nb"], ["da"]]
    assert [value.value["role"] for value in difference.values] == ["adviser", "spokesman"]


def test_a_quote_in_two_translations_is_one_quote(record):
    quote = quote_with(record, "Europa må stå sammen")
    assert [(v.article, v.language) for v in quote.versions] == [("nb", "nb"), ("da", "da")]
    assert (quote.agreement, quote.kind) == ("agree", "direct")


def test_another_quote_of_another_speaker_stays_alone(record):
    quote = quote_with(record, "every outcome")
    assert [v.article for v in quote.versions] == ["en"]
    assert quote.agreement == "only"


def test_one_article_alone_agrees_with_nobody(readings):
    record = reconcile(readings[:1])
    told = [*record.roles, *record.events, *record.quotes, *record.claims]
    assert told
    assert {fact.agreement for fact in told} == {"only"}
    assert record.differences == []
    assert record.languages == ["nb"]


@settings(max_examples=6)
@given(data=st.data())
def test_facts_do_not_hang_on_the_order_of_articles(readings, record, data):
    turned = reconcile(data.draw(st.permutations(readings)))
    assert facts(turned) == facts(record)


def test_lists_are_in_the_order_of_the_articles(readings):
    turned = reconcile(readings[::-1])
    assert turned.languages == ["en", "da", "nb"]
    assert turned.entities[0].evidence[0].article == "en"
    assert [v.article for v in quote_with(turned, "Europa må").versions] == ["da", "nb"]


def test_a_wire_copy_is_no_second_witness():
    wire = article("wire", DA)
    copy = article("copy", DA + "\nArtiklen er skrevet onsdag.", published="2018-10-04")
    record = reconcile([copy, wire])
    assert {a.id: a.copy_of for a in record.articles} == {"copy": "wire", "wire": None}
    meeting = next(event for event in record.events if event.main)
    assert meeting.agreement == "only"


def test_the_same_page_again_is_a_new_version():
    first = article("first", EN, url="https://example.org/paris")
    second = article("second", EN + " They dined.", url="https://example.org/paris", published="2018-10-04")
    record = reconcile([first, second])
    assert [(a.id, a.version, a.copy_of) for a in record.articles] == [
        ("first", 1, None),
        ("second", 2, None),
    ]


def test_a_surname_alone_is_the_one_person_of_the_story_who_bears_it():
    full = article("full", "The actor Marty Feldstone was arrested in Leeds. Marty Feldstone said nothing.")
    short = article("short", "Skuespilleren Feldstone ble pågrepet i Leeds. – Jeg er uskyldig, sa Feldstone.")
    record = reconcile([short, full])
    bearers = [entity for entity in record.entities if "Feldstone" in entity.name]
    assert [entity.name for entity in bearers] == ["Marty Feldstone"]
    speakers = {quote.speaker for quote in record.quotes}
    assert speakers <= {bearers[0].id}


def test_an_article_that_was_only_grouped_is_kept_whole():
    reading = article("ru", "Встреча в Париже.\nПодробностей нет.")
    record = reconcile([reading])
    assert record.title == "Встреча в Париже."
    assert [a.text for a in record.articles] == [reading.article.text]
    assert record.entities == record.events == record.quotes == []


def meeting(identifier, **slots):
    """Make a reading whose one event is a meeting of A and B with some slots told."""
    text = f"{identifier}: A met B in Hanoi, Vietnam."
    where = Evidence(article=identifier, start=0, end=len(text), text=text)
    people = [
        Entity(id=i, type=kind, name=name, names={"en": [name]}, evidence=[where])
        for i, kind, name in (
            ("person:a", "person", "A"),
            ("person:b", "person", "B"),
            ("place:hanoi", "place", "Hanoi"),
            ("Q881", "country", "Vietnam"),
            ("Q148", "country", "China"),
        )
    ]
    event = Event(
        id="event",
        type="CONSULT",
        actors=["person:a", "person:b"],
        main=True,
        evidence=[where],
        attributes=[
            Attribute(name=name, value=value, told=[Told(article=identifier, value=value, evidence=where)])
            for name, value in slots.items()
        ],
        **slots,
    )
    return Reading(
        article=Article(id=identifier, text=text, language="en", published=DAY),
        entities=people,
        events=[event],
    )


def told(name, one, other):
    """Give agreement and value of a slot that two articles tell."""
    record = reconcile([meeting("one", **{name: one}), meeting("two", **{name: other})])
    (event,) = record.events
    row = next(row for row in event.attributes if row.name == name)
    assert getattr(event, name) == row.value or str(getattr(event, name)) == str(row.value)
    return row.agreement, row.value, [(d.about == event.id, d.attribute) for d in record.differences]


def test_a_town_agrees_with_its_country_and_not_with_another():
    assert told("place", "Q881", "place:hanoi") == ("agree", "place:hanoi", [])
    assert told("place", "Q148", "place:hanoi")[0] == "differ"
    assert told("place", "Q148", "place:hanoi")[2] == [(True, "place")]


def test_lengths_differ_only_where_they_cannot_be_one():
    def length(low, high):
        return Duration(min_minutes=low, max_minutes=high, text="")

    assert told("duration", length(100, None), length(120, 120))[0] == "agree"
    assert told("duration", length(50, 50), length(120, 120))[0] == "differ"


def test_a_day_agrees_with_its_month():
    day = DateValue(start=DAY, end=DAY, precision="day", text="3 October")
    month = DateValue(start="2018-10-01", end="2018-10-31", precision="month", text="October")
    agreement, value, differences = told("date", month, day)
    assert (agreement, value.text, differences) == ("agree", "3 October", [])


def test_two_numbers_of_meetings_differ_over_one_time_and_are_two_facts_over_two():
    assert told("count", 3, 4)[::2] == ("differ", [(True, "count")])

    def over(identifier, count, start):
        time = DateValue(start=start, end=DAY, precision="period", text="")
        return meeting(identifier, count=count, date=time)

    record = reconcile([over("one", 3, "2018-05-03"), over("two", 4, "2017-10-03")])
    assert sorted(event.count for event in record.events) == [3, 4]
    assert {event.agreement for event in record.events} == {"only"}
    assert record.differences == []
    assert sum(event.main for event in record.events) == 1


def test_an_event_and_its_quote_still_point_at_each_other(record):
    events = {event.id: event for event in record.events}
    for quote in record.quotes:
        if quote.event is not None:
            assert quote.id in events[quote.event].quotes
    assert all(i in {q.id for q in record.quotes} for event in events.values() for i in event.quotes)


def texts(*rows, **fields):
    """Reconcile texts, given as (id, language, text) or with the day of publication after it."""
    readings = []
    for identifier, language, text, *day in rows:
        own = {"published": day[0] if day else DAY, **fields.get(identifier, {})}
        readings.append(reading_of(identifier, text, language=language, **own))
    return reconcile(readings)


def tolls(record):
    return {claim.value: claim.agreement for claim in record.claims if claim.kind == "measure"}


DEAD_12 = "12 dræbte efter et bombeangreb i Kabul onsdag."
DEAD_19 = "19 Tote nach einem Bombenanschlag in Kabul am Mittwoch."
DEAD_LEAST = "At least 12 dead in an attack in Kabul on Wednesday."


def test_a_toll_agrees_as_an_interval_and_differs_on_one_day():
    assert tolls(texts(("en", "en", DEAD_LEAST), ("de", "de", DEAD_19))) == {19: "agree"}
    record = texts(("da", "da", DEAD_12), ("de", "de", DEAD_19))
    assert tolls(record) == {12: "differ", 19: "differ"}
    assert [[value.articles for value in d.values] for d in record.differences] == [[["da"], ["de"]]]


def test_a_toll_that_has_grown_by_the_next_day_is_an_update():
    record = texts(("da", "da", DEAD_12), ("de", "de", DEAD_19, "2018-10-04"))
    assert record.differences == []
    (update,) = record.updates
    assert [value.value for value in update.values] == [12, 19]  # the last one holds
    fallen = texts(("da", "da", DEAD_12, "2018-10-04"), ("de", "de", DEAD_19))
    assert (len(fallen.differences), fallen.updates) == (1, [])


SAID_20 = {
    "da": "En bombe eksploderede i Kabul onsdag. Ifølge politiet blev 20 mennesker dræbt.",
    "nb": "En bombe eksploderte i Kabul onsdag. 20 mennesker ble ifølge politiet drept.",
    "nn": "Ei bombe eksploderte i Kabul onsdag. Ifølgje politiet vart 20 menneske drepne.",
    "sv": "En bomb exploderade i Kabul i onsdags. 20 människor dödades, säger polisen.",
    "en": "A bomb exploded in Kabul on Wednesday. Police said 20 people were killed.",
    "de": "Eine Bombe explodierte am Mittwoch in Kabul. Nach Angaben der Polizei wurden 20 Menschen getötet.",
}
SAID_35 = "A bomb exploded in Kabul on Wednesday. According to the ministry, 35 people were killed."
TOLD_35 = "35 drepte etter et bombeangrep i Kabul onsdag."


@pytest.mark.parametrize("language", SAID_20)
def test_tolls_of_two_speakers_differ(language):
    said = ("one", language, SAID_20[language])
    record = texts(said, ("two", "en", SAID_35))
    assert record.claims == []
    (difference,) = record.differences
    assert difference.about in {quote.id for quote in record.quotes}
    assert [(v.value, v.articles) for v in difference.values] == [(20, ["one"]), (35, ["two"])]
    assert all(piece.text for value in difference.values for piece in value.evidence)
    record = texts(said, ("two", "nb", TOLD_35))
    assert tolls(record) == {35: "differ"}
    (difference,) = record.differences
    assert difference.about == record.claims[0].id
    (update,) = texts(said, ("two", "en", SAID_35, "2018-10-04")).updates
    assert [value.value for value in update.values] == [20, 35]


def test_a_difference_between_speakers_says_who_tells_what():
    record = texts(("one", "en", SAID_20["en"]), ("two", "en", SAID_35))
    printed = render(record, language="en")
    assert "“20 people were killed”, value: 20 (police) – en1; 35 (ministry) – en2" in printed


def test_speakers_who_tell_one_toll_or_another_fate_do_not_differ():
    said = ("one", "da", SAID_20["da"])
    assert texts(said, ("two", "de", SAID_20["de"])).differences == []
    hurt = "A bomb exploded in Kabul on Wednesday. According to the ministry, 35 people were injured."
    assert texts(said, ("two", "en", hurt)).differences == []
    elsewhere = "A bomb exploded in Baghdad on Wednesday. According to the ministry, 35 people were killed."
    assert texts(said, ("two", "en", elsewhere)).differences == []


def test_the_same_number_of_others_or_elsewhere_is_another_fact():
    hurt = "12 sårade efter ett bombdåd i Kabul på onsdagen."
    assert tolls(texts(("da", "da", DEAD_12), ("sv", "sv", hurt))) == {12: "only"}
    elsewhere = "12 drepte etter et bombeangrep i Bagdad onsdag."
    record = texts(("da", "da", DEAD_12), ("nb", "nb", elsewhere))
    assert [claim.agreement for claim in record.claims] == ["only", "only"]


def test_a_distance_to_another_place_is_no_conflict():
    border = ("da", "da", "Vladivostok ligger 15 kilometer fra grænsen til Nordkorea.")
    nearer = ("nb", "nb", "Vladivostok ligger 40 kilometer fra grensen til Nord-Korea.")
    finland = ("nn", "nn", "Vladivostok ligg 50 kilometer frå Kina.")
    assert len(texts(border, nearer).differences) == 1
    assert texts(border, finland).differences == []


def test_a_man_dies_once():
    record = texts(
        ("nb", "nb", "Kim Jong-il, som døde i 2011, var Kims far."),
        ("en", "en", "Kim Jong-il, who died in 2012, was Kim's father."),
        ("da", "da", "Kim Jong-il, der døde i december 2011, var Kims far."),
    )
    assert sorted(claim.agreement for claim in record.claims) == ["differ", "differ"]
    (difference,) = record.differences
    assert [(v.value.start[:7], sorted(v.articles)) for v in difference.values] == [
        ("2011-12", ["da", "nb"]),
        ("2012-01", ["en"]),
    ]


def test_the_first_part_and_the_whole_take_their_own_time():
    part = "Den første del af mødet mellem Vladimir Putin og Kim Jong-un onsdag varede 50 minutter."
    whole = "Vladimir Putin and Kim Jong-un met on Wednesday. The meeting lasted two hours."
    longer = "Wladimir Putin und Kim Jong-un trafen sich am Mittwoch. Das Treffen dauerte vier Stunden."
    record = texts(("da", "da", part), ("en", "en", whole))
    assert record.differences == []
    assert record.events[0].duration.min_minutes == 120  # of the whole
    assert [d.attribute for d in texts(("en", "en", whole), ("de", "de", longer)).differences] == ["duration"]


def test_another_day_or_town_of_one_meeting_is_a_difference_and_of_another_is_none():
    def differences(one, other):
        first = f"Mike Pompeo met Ri Yong Ho in {one}."
        second = f"Mike Pompeo møtte Ri Yong Ho i {other}."
        return [d.attribute for d in texts(("en", "en", first), ("nb", "nb", second)).differences]

    assert differences("New York on Tuesday", "New York onsdag") == ["date"]
    assert differences("Geneva on Tuesday", "New York tirsdag") == ["place"]
    assert differences("New York on Tuesday", "New York i mai") == []


def test_what_came_of_a_meeting_can_differ():
    failed = "Topmødet mellem Donald Trump og Kim Jong-un i Hanoi i februar endte uden resultater."
    agreed = "Toppmøtet mellom Donald Trump og Kim Jong-un i Hanoi i februar endte med at de kom til enighet."
    record = texts(("da", "da", failed), ("nb", "nb", agreed))
    assert [d.attribute for d in record.differences] == ["outcome"]


def test_a_later_report_of_the_same_outlet_corrects_the_earlier_one():
    early = ("early", "nb", "Putin møtte Kim. Talsmann Jurij Usjakov sa at møtet var nyttig.")
    late = ("late", "nb", "Putin møtte Kim. Rådgiver Jurij Usjakov sa at møtet var nyttig.", "2018-10-05")
    record = texts(early, late, early={"outlet": "NTB"}, late={"outlet": "NTB"})
    assert record.differences == []
    assert [[v.value["role"] for v in d.values] for d in record.updates] == [["spokesman", "adviser"]]
    record = texts(early, late, early={"outlet": "NTB"}, late={"outlet": "TT"})
    assert (len(record.differences), record.updates) == (1, [])


def test_like_words_in_two_mouths_are_shown_and_not_merged():
    record = texts(
        (
            "nb",
            "nb",
            "Kim Jong-un møtte Vladimir Putin onsdag. – Vi hadde en meningsfull utveksling av syn, sa Kim.",
        ),
        (
            "da",
            "da",
            'Vladimir Putin mødte Kim Jong-un onsdag. Putin siger, at han førte "indholdsrige drøftelser".',
        ),
    )
    assert {quote.agreement for quote in record.quotes} == {"only"}
    (doubt,) = record.doubts
    assert [value.articles for value in doubt.values] == [["nb"], ["da"]]
    assert record.differences == []


def test_articles_say_from_when_they_write():
    record = texts(
        ("sv", "sv", "Vladimir Putin ska träffa Kim Jong-un i Vladivostok på onsdag.", "2018-10-02"),
        ("da", "da", "Vladimir Putin mødte Kim Jong-un i Vladivostok onsdag."),
    )
    assert [(row.article, row.stage) for row in record.as_of] == [("sv", "before"), ("da", "after")]
    assert record.events[0].modality == "happened"


def test_two_outlets_on_one_mans_word_are_two_tellers_of_one_source():
    record = texts(
        (
            "da",
            "da",
            "Kremls talsmand Dmitrij Peskov siger, at Vladimir Putin mødte Kim Jong-un i Vladivostok onsdag.",
        ),
        (
            "nb",
            "nb",
            "Kremls talsmann Dmitrij Peskov sier at Vladimir Putin møtte Kim Jong-un i Vladivostok onsdag.",
        ),
    )
    peskov = next(entity.id for entity in record.entities if "Peskov" in entity.name)
    (event,) = [event for event in record.events if event.type == "CONSULT"]
    assert [(teller.article, teller.source) for teller in event.told_by] == [("da", peskov), ("nb", peskov)]
    assert event.one_source == peskov


def test_a_new_version_of_a_page_brings_its_own_fact_up_to_date():
    met = "Vladimir Putin and Kim Jong-un met in Vladivostok on Wednesday. The meeting lasted"
    page = {"url": "https://example.org/1"}
    record = texts(
        ("old", "en", f"{met} two hours."), ("new", "en", f"{met} four hours."), old=page, new=page
    )
    assert record.events[0].duration.min_minutes == 240
    (update,) = record.updates
    assert [(value.articles, value.value["min_minutes"]) for value in update.values] == [
        (["old"], 120),
        (["new"], 240),
    ]
    assert record.differences == []


def test_a_meeting_told_as_background_is_the_old_meeting_and_not_the_news():
    then = ("then", "en", "Donald Trump and Kim Jong-un met in Singapore on Tuesday.", "2018-06-13")
    now = (
        "now",
        "nb",
        "Vladimir Putin møtte Kim Jong-un i Vladivostok torsdag. "
        "Kim og Donald Trump holdt toppmøte i Singapore i fjor.",
        "2019-04-25",
    )
    record = texts(then, now)
    singapore = [event for event in record.events if event.place == by_name(record, "Singapore").id]
    assert [(event.date.start, event.agreement) for event in singapore] == [("2018-06-12", "agree")]
    assert len(record.events) == 2


def test_one_who_says_it_did_not_happen_differs_from_one_who_says_it_did():
    record = texts(
        ("en", "en", "Mike Pompeo met Kim Jong-un in Pyongyang on Tuesday."),
        ("de", "de", "Mike Pompeo traf Kim Jong-un am Dienstag in Pjöngjang nicht."),
    )
    (event,) = record.events
    assert event.agreement == "differ"
    assert [teller.article for teller in event.told_by] == ["en"]
    assert {piece.article for piece in event.evidence} == {"en"}
    (difference,) = record.differences
    assert [(value.value, value.articles) for value in difference.values] == [
        ("happened", ["en"]),
        ("denied", ["de"]),
    ]


def test_a_surname_that_one_article_took_for_a_place_is_the_man():
    record = texts(
        ("sv", "sv", "Putins rådgivare Jurij Usjakov sade att Nordkoreas kärnvapenprogram blir huvudtemat."),
        (
            "nb",
            "nb",
            "Vladimir Putin møtte Kim Jong-un. Putins rådgiver Jurij Usjakov sa at møtet var nyttig.",
        ),
    )
    assert not [entity.id for entity in record.entities if entity.id == "place:putin"]
    adviser = next(role for role in record.roles if role.role == "adviser")
    assert (adviser.agreement, adviser.of) == ("agree", "Q7747")


def test_who_denies_a_meeting_tells_nothing_of_where_it_was():
    told = article("a", "Angela Merkel mødte Theresa May i Berlin tirsdag.")
    denied = article("b", "Angela Merkel møtte ikke Theresa May i Berlin tirsdag.")
    (event,) = reconcile([told, denied]).events
    assert event.agreement == "differ"
    assert {row.agreement for row in event.attributes} == {"only"}


def test_an_ordinal_counts_within_its_period():
    days = {"published": "2018-09-20"}
    this_year = article(
        "a", "Moon Jae-in og Kim Jong-un mødtes i Pyongyang tirsdag. Det var deres tredje møde i år.", **days
    )
    ever = article(
        "b", "Moon Jae-in och Kim Jong-un möttes i Pyongyang på tisdagen. Det var deras femte möte.", **days
    )
    other = article(
        "c", "Moon Jae-in and Kim Jong-un met in Pyongyang on Tuesday. It was their fourth meeting.", **days
    )
    assert reconcile([this_year, ever]).differences == []
    assert [d.attribute for d in reconcile([ever, other]).differences] == ["ordinal"]


def test_a_town_is_known_whatever_its_name_sounds_like():
    town = article("a", "Theresa May møtte Donald Tusk i Salzburg tirsdag.", language="nb")
    land = article("b", "Donald Tusk og Theresa May mødtes tirsdag i Østrig.")
    capital = article("c", "Donald Tusk and Theresa May met in Vienna on Tuesday.")
    assert reconcile([town, land]).differences == []
    assert [d.attribute for d in reconcile([town, capital]).differences] == ["place"]


def test_what_is_said_of_a_senator_is_not_said_of_her_party():
    party = article("a", "Donald Trump kritiserte Demokratene onsdag.")
    senator = article("b", "Donald Trump criticised the Democratic senator Dianne Feinstein on Wednesday.")
    record = reconcile([party, senator])
    assert [event.agreement for event in record.events] == ["only", "only"]


def _refusals(*texts):
    """Give the refusals in the record of two articles, with who tells each."""
    record = reconcile([article(name, text) for name, text in zip("ab", texts, strict=True)])
    acts = [event for event in record.events if event.type == "REJECT"]
    return [({piece.article for piece in act.evidence}, act.agreement) for act in acts]


ZARIF = (
    "Irans utenriksminister Mohammad Javad Zarif sa at landet hans aldri vil si fra seg rakettprogrammet "
    "så lenge amerikanske styrker står i nabolandene."
)


def test_an_undated_refusal_in_two_languages_is_one():
    same = (
        "Iranian Foreign Minister Mohammad Javad Zarif said his country would never give up its "
        "missile programme as long as American forces are stationed in neighbouring countries."
    )
    assert _refusals(ZARIF, same) == [({"a", "b"}, "agree")]


def test_two_demands_of_one_man_are_two():
    german = (
        "In einem Bericht, der dem Sicherheitsrat der Vereinten Nationen vorgelegt wurde, fordert "
        "UN-Generalsekretär Kofi Annan ein Ende der Rekrutierung von Kindersoldaten im Sudan."
    )
    swedish = (
        "I en rapport som lades fram för FN:s säkerhetsråd kräver generalsekreteraren Kofi Annan att de rika "
        "länderna skickar mer pengar till flyktinglägren i Darfur."
    )
    record = reconcile([article("a", german), article("b", swedish)])
    demands = [event.agreement for event in record.events if event.type == "REQUEST"]
    assert demands == ["only", "only"]
