"""Facts against articles: who tells a fact, who tells it otherwise, who is silent."""

import pytest

from reading_of import readings_of
from tidende.coverage import coverage
from tidende.stories import reconcile

ROWS = [
    {
        "id": "nb",
        "text": "Frankrikes president Emmanuel Macron møtte Angela Merkel i Paris onsdag. "
        "Møtet varte i to timer. Putins rådgiver Jurij Usjakov var ikke til stede.",
    },
    {
        "id": "da",
        "text": "Frankrigs præsident Emmanuel Macron mødte Angela Merkel i Paris onsdag. "
        "Mødet varede fire timer. Kremls talsmand Jurij Usjakov var ikke til stede.",
    },
    {"id": "en", "text": "French President Emmanuel Macron met Angela Merkel on Wednesday."},
]


@pytest.fixture(scope="module")
def record():
    return reconcile(readings_of([{**row, "language": row["id"], "published": "2018-10-03"} for row in ROWS]))


def stands(record, kind, part=""):
    return [
        {cell.article: cell.stand for cell in row.cells}
        for row in coverage(record)
        if (row.kind, row.part) == (kind, part)
    ]


def test_a_meeting_is_told_by_all_and_its_town_by_two(record):
    assert stands(record, "event") == [{"nb": "tells", "da": "tells", "en": "tells"}]
    assert stands(record, "attribute", "place") == [{"nb": "tells", "da": "tells", "en": "silent"}]


def test_who_tells_another_value_tells_it_otherwise(record):
    (length,) = stands(record, "attribute", "duration")
    assert sorted(length.values()) == ["otherwise", "silent", "tells"]
    assert length["en"] == "silent"


def test_two_posts_stand_against_each_other(record):
    posts = {
        row.about.split(":")[2]: {cell.article: cell.stand for cell in row.cells}
        for row in coverage(record)
        if row.kind == "role"
    }
    assert posts["adviser"] == {"nb": "tells", "da": "otherwise", "en": "silent"}
    assert posts["spokesman"] == {"nb": "otherwise", "da": "tells", "en": "silent"}
    assert set(posts["president"].values()) == {"tells"}


def test_every_stand_has_its_characters(record):
    texts = {article.id: article.text for article in record.articles}
    for row in coverage(record):
        assert row.tellers
        for cell in row.cells:
            assert bool(cell.evidence) == (cell.stand != "silent")
            for piece in cell.evidence:
                assert piece.article == cell.article
                assert texts[piece.article][piece.start : piece.end] == piece.text
