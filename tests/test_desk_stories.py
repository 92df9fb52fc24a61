"""`tidende stories` and `tidende show`: ids that stay, and old ones that lead to the story of today."""

import json

import pytest

import desks
from tidende import cli
from tidende.desk import Desk
from tidende.errors import UnknownName

MEETING = {
    "nb": "Møte i Hanoi\n\nDonald Trump og Kim Jong-un møttes i Hanoi onsdag.\n",
    "da": "Møde i Hanoi\n\nDonald Trump og Kim Jong-un mødtes i Hanoi onsdag.\n",
    "sv": "Möte i Hanoi\n\nDonald Trump och Kim Jong-un träffades i Hanoi på onsdagen.\n",
}
RAIN = (
    "Kraftig regn på Vestlandet\n\nDet har regnet kraftig i Bergen hele natten, og flere veier er stengt.\n"
)


def article(identifier, text, day):
    return {"id": identifier, "text": text, "published": day}


def add(desk, tmp_path, *rows):
    return desk.add(desks.write(tmp_path / "rows.jsonl", rows))


def test_a_story_that_grows_backwards_answers_to_its_old_id(tmp_path, spot):
    with Desk(spot(), create=True) as desk:
        page = {"url": "https://avisa.no/hanoi"}
        add(desk, tmp_path, {**article("nb", MEETING["nb"], "2019-02-28"), **page})
        (old,) = (story.id for story in desk.stories())
        # an earlier article names the story after itself
        early = "Trump på vei til Hanoi\n\nDonald Trump og Kim Jong-un skal møtes i Hanoi denne uken.\n"
        add(desk, tmp_path, {**article("tidlig", early, "2019-02-26"), **page})
        (story,) = desk.stories()
        assert story.id != old
        assert desk.show(old).id == desk.show("nb").id == desk.show("tidlig").id == story.id
        assert [line.id for line in story.articles] == ["tidlig", "nb"]


def test_an_id_does_not_hang_on_the_order_or_the_run(tmp_path, spot):
    rows = [article(code, text, "2019-02-27") for code, text in MEETING.items()]
    found = []
    for order in ([0, 1, 2], [2, 0, 1]):
        with Desk(spot(), create=True) as desk:
            for place in order:
                add(desk, tmp_path, rows[place])
            found.append([(story.id, story.title, story.languages) for story in desk.stories()])
    assert found[0] == found[1]
    assert found[0][0][0] == "story:consult:Q22686+Q56226:2019-02-27"
    assert sorted(found[0][0][2]) == ["da", "nb", "sv"]


def test_stories_are_listed_the_latest_first_in_the_language_asked_for(tmp_path, spot):
    with Desk(spot(), create=True) as desk:
        add(
            desk,
            tmp_path,
            article("nb", MEETING["nb"], "2019-02-27"),
            article("regn", RAIN, "2019-03-02"),
            article("regn 2", RAIN.replace("Bergen", "Stavanger"), "2018-01-02"),
        )
        assert [story.last for story in desk.stories()] == ["2019-03-02", "2019-02-27", "2018-01-02"]
        assert desk.stories("da")[1].title == "Donald Trump og Kim Jong-un mødtes i Hanoi"
        assert desk.stories("de")[1].title == "Donald Trump und Kim Jong-un trafen sich in Hanoi"


def test_records_are_kept_and_made_anew_when_something_changed(tmp_path, spot):
    with Desk(spot(), create=True) as desk:
        add(desk, tmp_path, article("nb", MEETING["nb"], "2019-02-27"))
        assert desk.stories()[0].languages == ["nb"]
        add(desk, tmp_path, article("da", MEETING["da"], "2019-02-27"))
        (story,) = desk.stories()
        assert sorted(story.languages) == ["da", "nb"]
        (event,) = (event for event in desk.show("da").events if event.main)
        assert event.agreement == "agree"


def test_records_of_the_stories_that_tell_of_somebody(tmp_path, spot):
    with Desk(spot(), create=True) as desk:
        add(
            desk,
            tmp_path,
            article("nb", MEETING["nb"], "2019-02-27"),
            article("p", "Paris\n\nDonald Trump og Emmanuel Macron møttes i Paris torsdag.\n", "2018-11-10"),
            article("regn", RAIN, "2019-03-02"),
        )
        (kim,) = desk.entities("kim jong-un")
        (trump,) = desk.entities("Donald Trump")
        assert kim == "Q56226"
        assert [record.articles[0].id for record in desk.records_with(kim)] == ["nb"]
        assert {record.articles[0].id for record in desk.records_with(trump)} == {"nb", "p"}
        assert [record.articles[0].id for record in desk.records_with(trump, kim)] == ["nb"]
        assert list(desk.records_with("Q0")) == []
        assert len(list(desk.records())) == 3


def test_an_unknown_story_is_told(capsys, spot):
    place = spot()
    with Desk(place, create=True) as desk, pytest.raises(UnknownName, match="story:none"):
        desk.show("story:none")
    with pytest.raises(SystemExit) as ended:
        cli.main(["show", "story:none", "--desk", place])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert err == f"tidende: no story or article of this id in {place}: story:none\n"


def test_show_prints_what_read_prints(tmp_path, capsys, spot):
    path = desks.write(tmp_path / "rows.jsonl", [article("nb", MEETING["nb"], "2019-02-27")])
    printed = {}
    desk = spot()
    for name, arguments in (
        ("add", ["add", str(path), "--desk", desk]),
        ("show", ["show", "nb", "--lang", "sv", "--desk", desk]),
        ("read", ["read", str(path), "--lang", "sv"]),
        ("show json", ["show", "nb", "--json", "--desk", desk]),
        ("read json", ["read", str(path), "--json"]),
    ):
        with pytest.raises(SystemExit):
            cli.main(arguments)
        printed[name] = capsys.readouterr().out
    assert printed["show"] == printed["read"]
    assert [json.loads(printed["show json"])] == json.loads(printed["read json"])["stories"]
