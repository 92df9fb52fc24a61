"""The labelled set of times and numbers: what it holds, and what its score sees."""

from __future__ import annotations

from collections import Counter

import pytest

import dates_set
from dates_set import ReadNumber, ReadTime, Row, Tally

ROWS = [row for name in dates_set.SETS for row in dates_set.load(name)]


def test_every_label_is_what_stands_at_its_place():
    for row in ROWS:
        for gold in (*row.times, *row.numbers):
            assert row.text[gold["start"] : gold["end"]] == gold["text"]
        for gold in row.times:
            for start, end in gold["values"]:
                assert start is None or end is None or start <= end


def test_the_set_is_large_and_in_six_languages():
    counted = Counter(row.language for row in ROWS for gold in row.times if not gold.get("optional"))
    assert set(counted) == set(dates_set.LANGUAGES)
    assert sum(counted.values()) >= 400
    assert min(counted.values()) >= 60
    assert sum(len(row.numbers) for row in ROWS) >= 150


def test_a_document_is_in_one_half_only():
    halves = {}
    for row in ROWS:
        document = row.name.rpartition(":")[0]
        assert halves.setdefault(document, row.half) == row.half


GOLD = {"start": 0, "end": 7, "text": "in June", "values": [["2018-06-01", "2018-06-30"]]}


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        (("2018-06-01", "2018-06-30"), {"times": 1, "read": 1, "found": 1, "right": 1}),
        (("2018-07-01", "2018-07-31"), {"times": 1, "read": 1, "found": 1, "wrong year": 0}),
        (("2017-06-01", "2017-06-30"), {"times": 1, "read": 1, "found": 1, "wrong year": 1}),
        ((None, None), {"times": 1, "read": 1, "found": 1, "wrong year": 0}),
    ],
)
def test_the_score_tells_right_from_wrong_year(value, counts):
    row = Row("d:0", "en", None, "dev", "in June they met", (GOLD,), ())
    tally = Tally()
    dates_set.score_times(row, [ReadTime(0, 7, value)], tally)
    assert tally.counts == Counter(counts)


def test_the_score_counts_what_is_too_much_and_what_is_missed():
    row = Row("d:0", "en", None, "dev", "in June they met", (GOLD,), ())
    tally = Tally()
    dates_set.score_times(row, [ReadTime(8, 12, ("2018-06-01", "2018-06-01"))], tally)
    assert (tally.counts["extra"], tally.counts["found"]) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        ("about", (85.0, 115.0), 1),
        ("about", (100.0, 100.0), 0),
        ("over", (100.0, None), 1),
        ("exact", (100.0, 100.0), 1),
        ("most", (None, 100.0), 1),
        ("nearly", (100.0, 100.0), 0),
    ],
)
def test_the_score_asks_for_the_approximation(kind, value, right):
    gold = {"start": 0, "end": 5, "text": "x 100", "kind": "count", "unit": "", "values": [[100, 100, kind]]}
    row = Row("d:0", "en", None, "dev", "x 100 men", (), (gold,))
    tally = Tally()
    dates_set.score_numbers(row, [ReadNumber(0, 5, "count", "", value)], tally)
    assert tally.counts["numbers right"] == right
