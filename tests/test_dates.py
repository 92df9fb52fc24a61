"""`dates.tag`: time expressions of six languages become intervals of days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidende import dates
from tidende.dates import Time, Timeline
from tidende.dates.holidays import days_of
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.parse import load_model, parse
from tidende.records import Article, Block

THURSDAY = date(2019, 4, 25)


def read(text: str, language: str, published: date | None = THURSDAY) -> Timeline:
    blocks = [Block(kind="body", start=0, end=len(text))] if text.strip() else []
    return dates.tag(
        parse(Article(id="a", text=text, language=language, blocks=blocks), load_model()), published=published
    )


def times(text: str, language: str, published: date | None = THURSDAY) -> tuple[Time, ...]:
    return read(text, language, published).times


def spans(
    text: str, language: str, published: date | None = THURSDAY
) -> list[tuple[str, str | None, str | None]]:
    return [(t.value.text, t.value.start, t.value.end) for t in times(text, language, published)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "da",
            "De mødtes den 25. april 2019 i Vladivostok.",
            ("den 25. april 2019", "2019-04-25", "2019-04-25"),
        ),
        ("nb", "Avtalen ble signert 4. oktober 1918.", ("4. oktober 1918", "1918-10-04", "1918-10-04")),
        ("nn", "Krigen slutta den 8. mai 1945.", ("den 8. mai 1945", "1945-05-08", "1945-05-08")),
        ("sv", "Han dödades den 4 oktober 1918.", ("den 4 oktober 1918", "1918-10-04", "1918-10-04")),
        (
            "en",
            "The rally is on Saturday, September 29, 2018.",
            ("on Saturday, September 29, 2018", "2018-09-29", "2018-09-29"),
        ),
        ("de", "Er wurde am 4. Oktober 1918 erschossen.", ("am 4. Oktober 1918", "1918-10-04", "1918-10-04")),
        ("de", "Der Vertrag vom 25.4.2019 gilt.", ("25.4.2019", "2019-04-25", "2019-04-25")),
        ("sv", "Lagen gäller från 2019-04-25.", ("2019-04-25", "2019-04-25", "2019-04-25")),
        ("da", "Kim Jong-il, der døde i 2011.", ("i 2011", "2011-01-01", "2011-12-31")),
        ("sv", "Han dog 2011 efter en tids sjukdom.", ("2011", "2011-01-01", "2011-12-31")),
        ("de", "Homosexualität wurde 1997 in China entkriminalisiert.", ("1997", "1997-01-01", "1997-12-31")),
        ("en", "She played the carillon in July 2017.", ("in July 2017", "2017-07-01", "2017-07-31")),
        (
            "nb",
            "I slutten av april 2018 ble de enige.",
            ("I slutten av april 2018", "2018-04-21", "2018-04-30"),
        ),
        ("de", "Sie trafen sich Ende April 2018.", ("Ende April 2018", "2018-04-21", "2018-04-30")),
        ("nn", "Han jobba der på 1980-talet.", ("på 1980-talet", "1980-01-01", "1989-12-31")),
        ("da", "I 1980'erne arbejdede han der.", ("I 1980'erne", "1980-01-01", "1989-12-31")),
        (
            "en",
            "About 40,000 cases in the second quarter of 2018.",
            ("in the second quarter of 2018", "2018-04-01", "2018-06-30"),
        ),
        (
            "nb",
            "Valget holdes første tirsdag i oktober 2018.",
            ("første tirsdag i oktober 2018", "2018-10-02", "2018-10-02"),
        ),
        ("nb", "Sommeren 2018 var tørr.", ("Sommeren 2018", "2018-06-01", "2018-08-31")),
        ("en", "a formal end to the 1950-53 Korea War", ("1950-53", "1950-01-01", "1953-12-31")),
        ("sv", "Han var minister från 2014 till 2016.", ("från 2014 till 2016", "2014-01-01", "2016-12-31")),
        (
            "nb",
            "De møtes mellom 3. og 5. mai 2019.",
            ("mellom 3. og 5. mai 2019", "2019-05-03", "2019-05-05"),
        ),
    ],
)
def test_absolute_dates_need_no_publication_date(language, text, expected):
    assert spans(text, language, None) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "De møttes i Vladivostok torsdag.", ("torsdag", "2019-04-25", "2019-04-25")),
        ("nb", "Putin åpnet torsdagens møte.", ("torsdagens", "2019-04-25", "2019-04-25")),
        ("da", "Det sagde han fredag.", ("fredag", "2019-04-19", "2019-04-19")),
        ("nn", "Ri sa på laurdag at landet ventar.", ("på laurdag", "2019-04-20", "2019-04-20")),
        ("sv", "Sanford vittnade i lördags.", ("i lördags", "2019-04-20", "2019-04-20")),
        ("sv", "De träffas på lördag.", ("på lördag", "2019-04-27", "2019-04-27")),
        ("en", "He said on Saturday that talks failed.", ("on Saturday", "2019-04-20", "2019-04-20")),
        ("en", "The two leaders will meet on Saturday.", ("on Saturday", "2019-04-27", "2019-04-27")),
        ("en", "On Saturday, the two leaders will meet.", ("On Saturday", "2019-04-27", "2019-04-27")),
        ("de", "Er sagte am Samstag ab.", ("am Samstag", "2019-04-20", "2019-04-20")),
        ("de", "Die beiden werden sich am Samstag treffen.", ("am Samstag", "2019-04-27", "2019-04-27")),
        ("nb", "Han døde sist fredag.", ("sist fredag", "2019-04-19", "2019-04-19")),
        ("en", "He died last Thursday.", ("last Thursday", "2019-04-18", "2019-04-18")),
        ("de", "Am Montagabend brannte es.", ("Am Montagabend", "2019-04-22", "2019-04-22")),
        ("nb", "Natt til onsdag brant det.", ("Natt til onsdag", "2019-04-23", "2019-04-24")),
        ("da", "De ankom i går.", ("i går", "2019-04-24", "2019-04-24")),
        ("de", "Gestern kam er an.", ("Gestern", "2019-04-24", "2019-04-24")),
        ("en", "She left yesterday morning.", ("yesterday morning", "2019-04-24", "2019-04-24")),
        ("da", "Kreml meddelte det i sidste uge.", ("i sidste uge", "2019-04-15", "2019-04-21")),
        ("nb", "Han sa det tidligere i uken.", ("tidligere i uken", "2019-04-22", "2019-04-25")),
        (
            "da",
            "Et topmøde endte tidligere i år uden resultater.",
            ("tidligere i år", "2019-01-01", "2019-04-25"),
        ),
        ("da", "De havde deres møde sidste år.", ("sidste år", "2018-01-01", "2018-12-31")),
        ("nb", "Kina innførte en plan i fjor.", ("i fjor", "2018-01-01", "2018-12-31")),
        ("sv", "Daley gifte sig förra året.", ("förra året", "2018-01-01", "2018-12-31")),
        ("de", "Voriges Jahr war es anders.", ("Voriges Jahr", "2018-01-01", "2018-12-31")),
        ("nb", "De møttes for åtte år siden.", ("for åtte år siden", "2011-01-01", "2011-12-31")),
        ("sv", "De möttes för åtta år sedan.", ("för åtta år sedan", "2011-01-01", "2011-12-31")),
        ("en", "They met eight years ago.", ("eight years ago", "2011-01-01", "2011-12-31")),
        ("de", "Sie trafen sich vor acht Jahren.", ("vor acht Jahren", "2011-01-01", "2011-12-31")),
        ("nb", "Det siste året har han reist mye.", ("Det siste året", "2018-04-25", "2019-04-25")),
        ("en", "It took steps in the past year.", ("in the past year", "2018-04-25", "2019-04-25")),
        ("en", "He will visit Pyongyang next month.", ("next month", "2019-05-01", "2019-05-31")),
        (
            "sv",
            "Kinas regering har sedan 2003 lovat fri tillgång.",
            ("sedan 2003", "2003-01-01", "2019-04-25"),
        ),
        (
            "en",
            "We have seen it since the end of March.",
            ("since the end of March", "2019-03-21", "2019-04-25"),
        ),
        (
            "da",
            "De ville mødes i slutningen af april.",
            ("i slutningen af april", "2019-04-21", "2019-04-30"),
        ),
        ("en", "He met Kim on June 12.", ("on June 12", "2018-06-12", "2018-06-12")),
        ("en", "He left Pyongyang in July.", ("in July", "2018-07-01", "2018-07-31")),
        ("nb", "Han skal stille til valg i november.", ("i november", "2019-11-01", "2019-11-30")),
    ],
)
def test_relative_times_hang_on_the_publication_date(language, text, expected):
    assert spans(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "De møttes torsdag."),
        ("en", "It happened last week."),
        ("da", "De mødtes den 25. april."),
        ("de", "Gestern kam er."),
    ],
)
def test_without_publication_date_the_words_stay_and_the_reason_is_told(language, text):
    (found,) = times(text, language, None)
    assert (found.value.start, found.value.end) == (None, None)
    assert found.why == "publication date unknown"


def test_precision_says_how_exact_a_time_is():
    text = "He came on Monday, last week, in March 2018, in 2017, in the 1990s and over the past two years."
    assert [t.value.precision for t in times(text, "en")] == [
        "day",
        "week",
        "month",
        "year",
        "decade",
        "period",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Some 2,000 people came."),
        ("nb", "Fjellet er 2011 meter høyt."),
        ("sv", "Fjället är 2011 meter högt."),
        ("de", "Der Berg ist 2011 Meter hoch."),
        ("en", "The perfect time is a Saturday, he may say."),
        ("en", "He told The Sunday Times that he may march."),
        ("da", "Den 29-årige vandt 31-27."),
        ("nb", "Han døde tre måneder etter møtet."),
        ("en", "It costs $2010 per month."),
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(language, text):
    assert spans(text, language) == []


SATURDAY = date(2018, 9, 29)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "Chelsea spiller mod Videoton i London torsdag.", "2018-10-04"),
        ("nb", "Chelsea spiller mot Videoton i London på torsdag.", "2018-10-04"),
        ("nn", "New York kan nå 25 grader på tysdag.", "2018-10-02"),
        ("sv", "Rosa kommer sedan att färdas norrut och nå gränsen tidigt tisdag morgon.", "2018-10-02"),
        ("en", "Chelsea faces Videoton in London on Thursday.", "2018-10-04"),
        ("de", "Es wird erwartet, dass sich Rosa am Montagabend mit Regen nähert.", "2018-10-01"),
        ("da", "En meningsmåling fra torsdag viser, at hun fører.", "2018-09-27"),
        ("nb", "Det skriver avisen onsdag.", "2018-09-26"),
        ("en", "The report released Thursday shows a rise.", "2018-09-27"),
        ("sv", "Han hade dykt på lördagsmorgonen.", "2018-09-29"),
    ],
)
def test_the_verb_above_a_weekday_tells_where_it_looks(language, text, expected):
    (found,) = times(text, language, SATURDAY)
    assert (found.value.start, found.value.end) == (expected, expected)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "De mødtes skærtorsdag.", ("skærtorsdag", "2019-04-18", "2019-04-18")),
        ("nb", "Avtalen kom på langfredag.", ("på langfredag", "2019-04-19", "2019-04-19")),
        ("nn", "Dei møttest julaftan i fjor.", ("julaftan i fjor", "2018-12-24", "2018-12-24")),
        ("sv", "De träffas på midsommarafton.", ("på midsommarafton", "2019-06-21", "2019-06-21")),
        ("en", "Talks broke down on Good Friday.", ("on Good Friday", "2019-04-19", "2019-04-19")),
        ("en", "It opened on Thanksgiving 2018.", ("on Thanksgiving 2018", "2018-11-22", "2018-11-22")),
        ("de", "Sie trafen sich kurz vor Weihnachten.", ("vor Weihnachten", "2018-12-24", "2018-12-26")),
        ("de", "Sie starben am Ostersonntag.", ("am Ostersonntag", "2019-04-21", "2019-04-21")),
    ],
)
def test_holidays_are_days(language, text, expected):
    assert spans(text, language) == [expected]


def test_a_possessive_or_a_verb_is_no_season_and_no_month():
    assert times("Vi har ingen tillit til vår nasjonale sikkerhet.", "nb") == ()
    assert times("He may march on the capital.", "en") == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "Salget faldt i første halvdel af oktober 2018.", ("2018-10-01", "2018-10-15")),
        ("nb", "Salget falt i første halvår av 2018.", ("2018-01-01", "2018-06-30")),
        ("sv", "Försäljningen sjönk under första halvan av 2018.", ("2018-01-01", "2018-06-30")),
        ("en", "Sales fell in the second half of 2018.", ("2018-07-01", "2018-12-31")),
        ("de", "In der ersten Oktoberhälfte 2018 fiel Regen.", ("2018-10-01", "2018-10-15")),
        ("nn", "Dei skal møtast innan mai 2020.", ("2020-05-01", "2020-05-31")),
        ("en", "It stays open until October 2007.", ("2007-10-01", "2007-10-31")),
    ],
)
def test_halves_and_years_are_read_whole(language, text, expected):
    (found,) = times(text, language)
    assert (found.value.start, found.value.end) == expected


def test_without_publication_date_a_day_takes_the_one_year_that_the_text_tells():
    text = "De møttes 25. april 2019. Den 26. april reiste han hjem."
    first, second = times(text, "nb", None)
    assert (second.value.start, second.anchor, second.why) == ("2019-04-26", "text", "")
    assert first.anchor == "words"


def test_without_publication_date_a_day_stays_open_where_the_text_tells_two_years():
    text = "Han ble født 3. mai 1950 og valgt i 2016. Den 26. april reiste han hjem."
    assert [(t.value.start, t.why) for t in times(text, "nb", None)][-1] == (
        None,
        "publication date unknown",
    )


def test_a_day_told_with_its_year_keeps_it_further_down():
    text = "Vann won the award on 29 September 1918. He led his men across the canal on 29 September."
    assert [t.value.start for t in times(text, "en", SATURDAY)] == ["1918-09-29", "1918-09-29"]


def test_a_year_is_not_guessed_where_no_verb_tells():
    (found,) = times("Halvtidsshowet 2. februar i Miami.", "nb", date(2019, 9, 29))
    assert (found.value.start, found.why) == (None, "year not told")


def test_a_weekday_told_with_a_date_rules_out_other_years():
    (found,) = times("The trial opened on Friday, January 4.", "en", date(2019, 12, 20))
    assert found.value.start == "2019-01-04"


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("da", "Han boede der omkring 1990.", "about"),
        ("nb", "De møttes for nesten 18 år siden.", "nearly"),
        ("en", "He left almost 18 years ago.", "nearly"),
        ("en", "He left 18 years ago.", ""),
        ("en", "Sales fell over the past two weeks.", ""),
    ],
)
def test_an_approximate_time_says_so(language, text, kind):
    (found,) = times(text, language)
    assert found.approximation == kind


@pytest.mark.parametrize(
    ("language", "text", "words", "governor"),
    [
        ("en", "The two leaders met in Singapore in June.", "in June", "met"),
        ("de", "Die Umfrage vom Donnerstag zeigte es.", "vom Donnerstag", "Umfrage"),
        ("nb", "Toppmøtet endte torsdag uten resultat.", "torsdag", "endte"),
    ],
)
def test_a_time_hangs_on_its_verb_or_noun(language, text, words, governor):
    (found,) = times(text, language)
    assert found.value.text == words
    parsed = parse(
        Article(id="a", text=text, language=language, blocks=[Block(kind="body", start=0, end=len(text))]),
        load_model(),
    )
    assert parsed.sentences[found.sentence].tokens[found.governor].text == governor


_YEARLESS = {
    "da": "Det skete {day}. {month}.",
    "nb": "Det skjedde {day}. {month}.",
    "nn": "Det hende {day}. {month}.",
    "sv": "Det hände den {day} {month}.",
    "en": "It happened on {month} {day}.",
    "de": "Es geschah am {day}. {month}.",
}


@pytest.mark.parametrize("language", READ_IN_FULL)
@settings(max_examples=25, deadline=None)
@given(
    published=st.dates(date(1950, 1, 1), date(2060, 12, 31)),
    month=st.integers(1, 12),
    day=st.integers(1, 28),
    year=st.integers(1700, 2090),
)
def test_no_date_lands_in_a_wrong_year(language, published, month, day, year):
    name = list(word_list(language, "calendar")["months"].values())[month - 1][0]
    text = _YEARLESS[language].format(day=day, month=name)
    (found,) = times(text, language, published)
    if found.value.start is not None:
        assert abs(date.fromisoformat(found.value.start) - published).days <= 366
        assert found.value.start[4:] == f"-{month:02}-{day:02}"
    separator = ", " if language == "en" else " "
    (told,) = times(text.removesuffix(".") + f"{separator}{year}.", language, published)
    assert told.value.start == f"{year}-{month:02}-{day:02}"


@given(st.integers(1600, 2400))
def test_easter_is_a_sunday_of_spring(year):
    first, last = days_of("easter_sunday", year)
    assert first == last
    assert first.weekday() == 6
    assert date(year, 3, 22) <= first <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("year", "day"), [(1918, "1918-03-31"), (2000, "2000-04-23"), (2019, "2019-04-21"), (2038, "2038-04-25")]
)
def test_easter_sunday_is_that_of_the_almanac(year, day):
    assert days_of("easter_sunday", year)[0].isoformat() == day


@pytest.mark.parametrize("language", READ_IN_FULL)
def test_every_holiday_of_a_language_has_its_days(language):
    calendar = word_list(language, "calendar")
    for holiday in (*calendar["holidays"], *calendar["feast_days"]):
        first, last = days_of(holiday, 2019)
        assert first <= last


_WORDS = [
    *(
        "torsdag",
        "i",
        "2019",
        "2.",
        "april",
        "May",
        "last",
        "week",
        "om",
        "to",
        "timer",
        "-",
        "–",
        "50",
        "Minuten",
    ),
    *(
        "1.000,5",
        "första",
        "gången",
        "'s",
        "von",
        "bis",
        "25.4.2019",
        "den",
        "siden",
        "12:30",
        "€",
        "%",
        "😀",
        "till",
    ),
    *(
        "million",
        "för",
        "år",
        "sedan",
        ".",
        ",",
        "from",
        "to",
        "and",
        "14",
        "dobbelt så lenge",
        "in the past",
    ),
    *("\u00a0", "\n"),
]


@pytest.mark.parametrize("language", READ_IN_FULL)
@settings(max_examples=60)
@given(data=st.data())
def test_spans_are_ordered_apart_and_inside_their_sentence(language, data):
    words = st.sampled_from(_WORDS)
    text = " ".join(data.draw(st.lists(words | st.text(max_size=6), max_size=25)))
    blocks, position = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="body", start=position, end=position + len(line)))
        position += len(line) + 1
    parsed = parse(Article(id="a", text=text, language=language, blocks=blocks), load_model())
    timeline = dates.tag(parsed, published=THURSDAY)
    found = sorted([*timeline.times, *timeline.lengths, *timeline.numbers], key=lambda item: item.start)
    for item, after in pairwise(found):
        assert item.end <= after.start
    for item in found:
        sentence = parsed.sentences[item.sentence]
        assert sentence.start <= item.start < item.end <= sentence.end
    for item in [*timeline.times, *timeline.lengths]:
        assert item.value.text == text[item.start : item.end]
    for item in timeline.times:
        if item.value.start and item.value.end:
            assert item.value.start <= item.value.end
    for kind in (timeline.times, timeline.lengths, timeline.numbers):
        assert list(kind) == sorted(kind, key=lambda item: item.start)
