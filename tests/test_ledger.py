"""The ledger: events are counted, not articles, and counts told stand beside events known."""

import pytest

import tidende
from reading_of import readings_of
from tidende.stories import reconcile

HANOI = (
    "US President Donald Trump met North Korean leader Kim Jong-un in Hanoi on 28 February 2019.\n"
    "The summit ended without a deal.\n"
)
VLADIVOSTOK = (
    "Russlands president Vladimir Putin og Nord-Koreas leder Kim Jong-un møttes i Vladivostok torsdag.\n"
    "Det siste året har Kim Jong-un hatt to møter med Donald Trump "
    "og fire møter med Kinas president Xi Jinping.\n"
    "Kim Jong-un møtte Donald Trump i Hanoi i februar 2019.\n"
)
SINGAPORE = (
    "Donald Trump og Kim Jong-un mødtes i Singapore den 12. juni 2018.\n"
    "USA har beskyldt Nordkorea for at bryde aftalen.\n"
)
KIM, TRUMP, XI = "Q56226", "Q22686", "Q15031"


@pytest.fixture(scope="module")
def records():
    rows = [
        {"id": "en", "text": HANOI, "published": "2019-03-01", "language": "en"},
        {"id": "nb", "text": VLADIVOSTOK, "published": "2019-04-25", "language": "nb"},
        {"id": "da", "text": SINGAPORE, "published": "2018-06-12", "language": "da"},
    ]
    return [reconcile([reading]) for reading in readings_of(rows)]


def test_a_meeting_told_in_two_stories_is_one_meeting(records):
    book = tidende.ledger(records)
    account = book.between(KIM, TRUMP)
    met = [book.entry(one) for one in account.entries if book.entry(one).event.count is None]
    assert [(entry.event.date.start, set(entry.articles)) for entry in met] == [
        ("2018-06-12", {"da"}),
        ("2019-02-28", {"en", "nb"}),
    ]
    assert len(met[1].stories) == 2
    assert met[1].event.date.precision == "day"


def test_the_sum_of_a_told_count_is_closed_or_its_gap_is_named(records):
    book = tidende.ledger(records)
    (trump,) = book.between(KIM, TRUMP).sums
    assert (trump.told, len(trump.known), trump.gap, trump.articles) == (2, 2, 0, ["nb"])
    (xi,) = book.between(KIM, XI).sums
    assert (xi.told, xi.known, xi.gap) == (4, [], 4)
    assert "fire møter" in xi.evidence[0].text


def test_first_and_last_meeting_are_those_of_the_earliest_and_latest_day(records):
    book = tidende.ledger(records)
    account = book.between(TRUMP, KIM)
    assert book.entry(account.first).event.date.start == "2018-06-12"
    assert book.entry(account.last).event.date.start == "2019-02-28"


def test_an_act_is_between_who_acts_and_whom_it_meets(records):
    book = tidende.ledger(records)
    account = book.between("Q30", "Q423")
    assert account.counts == {"ACCUSE": 1}
    assert account.articles == ["da"]
    assert book.of("Q30").entries == account.entries


def test_the_order_of_records_changes_nothing_that_is_counted(records):
    one, other = tidende.ledger(records), tidende.ledger(records[::-1])
    assert [account.parties for account in one.pairs] == [account.parties for account in other.pairs]
    assert [len(account.entries) for account in one.pairs] == [len(a.entries) for a in other.pairs]


def test_a_first_meeting_is_one_and_has_the_time_that_most_tell():
    rows = [
        {"id": f"{n}", "text": f"Donald Trump og Kim Jong-un mødtes for første gang i Singapore {when}.\n"}
        for n, when in enumerate(("i juni 2018", "i 2018", "den 12. juni 2018", "den 3. oktober 2018"))
    ]
    records = [reconcile([reading]) for reading in readings_of([{**row, "language": "da"} for row in rows])]
    book = tidende.ledger(records)
    (entry,) = [book.entry(one) for one in book.between(KIM, TRUMP).entries]
    assert sorted(entry.articles) == ["0", "1", "2", "3"]
    assert entry.event.date.start == "2018-06-12"


def test_who_never_met_has_no_account(records):
    assert tidende.ledger(records).between(TRUMP, XI) is None
    assert tidende.ledger([]).entries == []
