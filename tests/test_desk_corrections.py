"""Corrections: what people decide holds when articles come, are read again and are grouped anew."""

import json

import pytest

import desks
from tidende import cli
from tidende.desk import Desk
from tidende.errors import UnknownName, UsageError

WHO = {"who": "Kari", "when": "2026-01-02T03:04:05+00:00"}
HANOI = "Møte i Hanoi\n\nDonald Trump og Kim Jong-un møttes i Hanoi onsdag.\n"
HANOI_DA = "Møde i Hanoi\n\nDonald Trump og Kim Jong-un mødtes i Hanoi onsdag.\n"
HANOI_SV = "Möte i Hanoi\n\nDonald Trump och Kim Jong-un träffades i Hanoi på onsdagen.\n"
RAIN = (
    "Kraftig regn på Vestlandet\n\nDet har regnet kraftig i Bergen hele natten, og flere veier er stengt.\n"
)
ROWS = [
    {"id": "nb", "text": HANOI, "published": "2019-02-27"},
    {"id": "da", "text": HANOI_DA, "published": "2019-02-27"},
    {"id": "regn", "text": RAIN, "published": "2019-02-27"},
]
LATE = {"id": "sv", "text": HANOI_SV, "published": "2019-02-28"}


@pytest.fixture
def desk(tmp_path, spot):
    with Desk(spot(), create=True) as desk:
        desk.add(desks.write(tmp_path / "rows.jsonl", ROWS))
        yield desk


def together(desk):
    return {"+".join(sorted(articles)) for articles in desks.together(desk)}


def test_stories_are_put_together_and_their_ids_lead_there(desk):
    assert together(desk) == {"da+nb", "regn"}
    ids = {desk.resolve("nb"), desk.resolve("regn")}
    one = desk.merge(*ids, **WHO)
    assert together(desk) == {"da+nb+regn"}
    assert {desk.resolve(old) for old in ids} == {one}
    assert len(desk.show(one).articles) == 3
    assert desk.check().problems == []


def test_a_story_is_split_and_a_late_article_goes_to_its_like(desk, tmp_path):
    desk.merge("nb", "regn", **WHO)
    first, second = desk.split("nb", "regn", **WHO)
    assert (first, second) == (desk.resolve("nb"), desk.resolve("regn"))
    assert together(desk) == {"da+nb", "regn"}
    desk.add(desks.write(tmp_path / "late.jsonl", [LATE]))
    assert together(desk) == {"da+nb+sv", "regn"}


def test_what_was_split_stays_apart_though_grouping_would_join_it(desk, tmp_path):
    old = desk.resolve("nb")
    ids = desk.split("nb", "da", **WHO)
    assert len(set(ids)) == 2
    assert together(desk) == {"da", "nb", "regn"}
    assert old in ids  # one of the two keeps the name, and the old id leads there
    desk.add(desks.write(tmp_path / "late.jsonl", [LATE]))
    assert together(desk) in ({"da+sv", "nb", "regn"}, {"da", "nb+sv", "regn"})
    desk.reread(everything=True)
    assert "da+nb" not in "|".join(together(desk))
    assert desk.check().problems == []


def test_corrections_are_listed_and_undone_with_who_and_when(desk):
    desk.merge("nb", "regn", **WHO)
    desk.split("nb", "regn", who="Ola", when="2026-02-02T00:00:00+00:00")
    first, second = desk.corrections()
    assert (first.kind, first.left, first.right) == ("merge", ("da", "nb"), ("regn",)) or first.left == (
        "nb",
        "da",
    )
    assert (first.who, first.when) == ("Kari", "2026-01-02T03:04:05+00:00")
    assert (second.kind, second.who) == ("split", "Ola")
    desk.undo(2, who="Per", when="2026-03-03T00:00:00+00:00")
    assert together(desk) == {"da+nb+regn"}
    assert desk.corrections()[1].undone_by == "Per"
    desk.undo(1, **WHO)
    assert together(desk) == {"da+nb", "regn"}
    with pytest.raises(UsageError, match="undone already, by Kari"):
        desk.undo(1, **WHO)
    with pytest.raises(UnknownName, match="no correction 7"):
        desk.undo(7, **WHO)


def test_corrections_survive_a_newer_model(desk, monkeypatch):
    desk.merge("nb", "regn", **WHO)
    desk.split("nb", "da", **WHO)
    before = desks.story_of(desk)
    assert desk.outdated() == []
    monkeypatch.setattr("tidende.desk.reader", lambda model=True: "a newer one")
    assert sorted(desk.outdated()) == ["da", "nb", "regn"]
    assert desk.reread() == 3
    assert desk.outdated() == []
    assert desk.reread() == 0
    assert desks.story_of(desk) == before
    assert [one.kind for one in desk.corrections()] == ["merge", "split"]


def test_the_later_word_stands_against_the_earlier(desk):
    desk.split("nb", "da", **WHO)
    desk.merge("nb", "da", **WHO)
    assert together(desk) == {"da+nb", "regn"}
    desk.split("nb", "da", **WHO)
    assert together(desk) == {"da", "nb", "regn"}


TWO = (
    {"id": "full", "text": "Rektor Mona Kvalvåg sa tirsdag at skolen i Bergen stenger.\n"},
    {"id": "short", "text": "Kvalvåg sa tirsdag at skolen i Bergen skal stenge.\n"},
)


def people(record):
    return {entity.id for entity in record.entities if entity.type == "person"}


def test_two_ids_are_made_one_person_in_every_record(desk, tmp_path):
    rows = [
        {"id": "a", "text": "Per Hansen sa tirsdag at Ola Nordmann er enig.\n", "published": "2020-01-01"},
        {"id": "b", "text": "Peder Hansen sa onsdag at skolen stenger.\n", "published": "2021-01-01"},
    ]
    desk.add(desks.write(tmp_path / "people.jsonl", rows))
    (one,), (other,) = desk.entities("Per Hansen"), desk.entities("Peder Hansen")
    stands = desk.same_person("Per Hansen", "Peder Hansen", **WHO)
    assert stands in {one, other}
    assert stands in people(desk.show("a")) & people(desk.show("b"))
    assert {record.articles[0].id for record in desk.records_with(one)} == {"a", "b"}
    assert desk.entities("Peder Hansen") == [stands]
    desk.reread(everything=True)
    assert stands in people(desk.show("a")) & people(desk.show("b"))
    with pytest.raises(UsageError, match="one already"):
        desk.same_person(one, other, **WHO)
    desk.undo(1, **WHO)
    assert one in people(desk.show("a"))
    assert other in people(desk.show("b"))
    assert desk.check().problems == []


def test_two_people_whom_a_record_takes_for_one_are_kept_apart(desk, tmp_path):
    desk.add(desks.write(tmp_path / "people.jsonl", TWO))
    if desk.resolve("full") != desk.resolve("short"):
        desk.merge("full", "short", **WHO)
    apart = [desk.store.readings([name])[0] for name in ("full", "short")]
    ids = [next(e.id for e in reading.entities if "Kvalvåg" in e.name) for reading in apart]
    assert ids[0] != ids[1]
    assert ids[1] not in people(desk.show("full"))
    assert desk.not_same(*ids, **WHO) == ids
    assert set(ids) <= people(desk.show("full"))
    desk.undo(desk.corrections()[-1].number, **WHO)
    assert ids[1] not in people(desk.show("full"))


def test_what_cannot_be_is_told(desk):
    with pytest.raises(UsageError, match="one story already"):
        desk.merge("nb", "da", **WHO)
    with pytest.raises(UsageError, match="all the articles"):
        desk.split("nb", "nb", "da", **WHO)
    with pytest.raises(UnknownName, match=r"no article of this id in story:.*: regn"):
        desk.split("nb", "regn", **WHO)
    with pytest.raises(UnknownName, match="nobody of this name"):
        desk.same_person("Kim Jong-un", "Ingen Kjent", **WHO)
    with pytest.raises(UsageError, match="cannot be told apart"):
        desk.not_same("Kim Jong-un", "Q56226", **WHO)
    assert desk.corrections() == []


def test_the_commands(desk, capsys):
    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--json", "--desk", desk.store.location])
        assert not ended.value.code
        return json.loads(capsys.readouterr().out)

    merged = call("merge", "nb", "regn", "--by", "Kari")["story"]
    assert merged == desk.resolve("regn")
    assert set(call("split", merged, "regn", "--by", "Kari")["stories"]) == {
        desk.resolve("nb"),
        desk.resolve("regn"),
    }
    assert call("same-person", "Donald Trump", "Kim Jong-un", "--by", "Kari")["entity"] in (
        "Q22686",
        "Q56226",
    )
    assert call("undo", "3", "--by", "Ola") == {"undone": 3}
    assert call("not-same", "Donald Trump", "Kim Jong-un")["entities"] == ["Q22686", "Q56226"]
    listed = call("corrections")["corrections"]
    assert [one["kind"] for one in listed] == ["merge", "split", "same-person", "not-same"]
    assert listed[0]["who"] == "Kari"
    assert listed[0]["when"].endswith("+00:00")
    assert listed[2]["undone_by"] == "Ola"
    assert listed[3]["who"]
