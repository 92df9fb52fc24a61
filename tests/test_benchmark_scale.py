"""What `benchmarks/scale.py` takes for different, and which articles it files."""

from collections import Counter

import pytest

import desks

pytest.importorskip("dask.distributed")

import scale_cluster
import scale_rows


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    with desks.filled(tmp_path_factory.mktemp("desk") / "desk.db", range(10)) as desk:
        return scale_cluster.held_by(desk)


def test_a_desk_does_not_differ_from_one_filled_in_another_order(held, tmp_path):
    with desks.filled(tmp_path / "other.db", reversed(range(10))) as other:
        assert scale_cluster.differences(held, scale_cluster.held_by(other)) == []


def test_what_differs_is_named(held, tmp_path):
    with desks.filled(tmp_path / "less.db", range(9)) as less:
        found = scale_cluster.differences(held, scale_cluster.held_by(less))
    missing = desks.rows()[9]["id"]
    assert f"article {missing} is in one desk only" in found
    stories, records = held
    name = next(iter(records))
    moved = {**stories, missing: "story:other"}, records
    assert scale_cluster.differences(held, moved) == [
        f"article {missing} is in the stories {stories[missing]} and story:other"
    ]
    title = records[name]["title"]
    other = stories, {**records, name: {**records[name], "title": "Another"}}
    assert scale_cluster.differences(held, other) == [f"record {name}.title: {title!r:.100} and 'Another'"]


def test_every_document_is_filed_in_three_languages():
    rows = scale_rows.development()
    documents = Counter(row["id"].rsplit(".", 1)[0] for row in rows)
    assert set(documents.values()) == {3}
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["id"].rsplit(".", 1)[1] for row in rows}) == 6
