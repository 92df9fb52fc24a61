"""`tidende add`: what is added is kept once, whole, in one story, in whatever order and whoever else adds."""

import json
import os
import random
import subprocess
import sys

import pytest

import desks
import tidende
from tidende import cli
from tidende.desk import Desk
from tidende.errors import UsageError
from tidende.filing.compared import grouped, signed
from tidende.filing.file import file_part
from tidende.filing.shapes import Added, Due, Part, Read
from tidende.stories import group
from tidende.stories.signature import publication_day

MEETING = (
    "Merkel og Macron møttes i Paris\n\n"
    "Tysklands kansler Angela Merkel og Frankrikes president Emmanuel Macron møttes i Paris torsdag.\n\n"
    "– Vi er enige om det meste, sa Macron etter møtet.\n"
)
RAIN = (
    "Kraftig regn på Vestlandet\n\nDet har regnet kraftig i Bergen hele natten, og flere veier er stengt.\n"
)


@pytest.fixture
def call(capsys):
    """Run the command in this process; give the exit status, the output and the lines of error."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err.splitlines()

    return run


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "møte.txt").write_text(MEETING, encoding="utf-8")
    (tmp_path / "regn.txt").write_text(RAIN, encoding="utf-8")
    return tmp_path


def test_what_is_added_is_listed(folder, call, spot):
    desk = spot()
    added = call("add", "--json", "--desk", desk, folder / "møte.txt", folder / "regn.txt")
    assert added[0] == 0
    assert json.loads(added[1]) == {"new": ["møte.txt", "regn.txt"], "changed": [], "known": []}
    status, out, errors = call("stories", "--json", "--desk", desk)
    assert (status, errors) == (0, [])
    stories = {one["title"]: one for one in json.loads(out)["stories"]}
    meeting = stories["Angela Merkel and Emmanuel Macron met in Paris"]
    assert meeting["languages"] == ["nb"]
    assert [article["id"] for article in meeting["articles"]] == ["møte.txt"]
    assert len(stories) == 2


def test_adding_the_same_file_twice_changes_nothing(folder, call, spot):
    place = spot()
    first = call("add", "--desk", place, folder / "møte.txt")
    before = call("stories", "--json", "--desk", place)
    assert "1 article added" in first[1]
    for name in (folder / "møte.txt", folder):  # by its name, and by the folder it is in
        again = call("add", "--json", "--desk", place, name)
        assert json.loads(again[1])["known"] == ["møte.txt"]
        assert "møte.txt" not in json.loads(again[1])["new"]
    with Desk(place) as desk:
        assert sorted(desks.story_of(desk)) == ["møte.txt", "regn.txt"]
    assert (
        json.loads(before[1])["stories"][0]
        in json.loads(call("stories", "--json", "--desk", place)[1])["stories"]
    )


def test_a_bad_input_is_told_with_its_line_and_the_rest_is_kept(folder, call, spot):
    path = folder / "dagen.jsonl"
    path.write_text('{"id": "1", "text": "Det regner i Bergen."}\n{"id": "2"}\n', encoding="utf-8")
    status, out, errors = call("add", "--json", "--desk", spot(), path, folder / "gone.txt")
    assert status == 2
    assert json.loads(out)["new"] == ["1"]
    assert errors == [
        f"tidende: {path}:2: no 'text' in it",
        f"tidende: {folder / 'gone.txt'}: no such file",
    ]


def test_another_text_under_a_known_name_is_kept_beside_it(folder, spot):
    with Desk(spot(), create=True) as desk:
        desk.add(folder / "regn.txt")
        (folder / "regn.txt").write_text(MEETING, encoding="utf-8")
        (kept,) = desk.add(folder / "regn.txt").new
        assert kept.startswith("regn.txt@")
        assert desk.add(folder / "regn.txt").known == [kept]
        assert desk.show(kept).articles[0].text == MEETING
        assert desk.show("regn.txt").articles[0].text == RAIN
        assert desk.check().problems == []
        assert desk.reread(everything=True) == 2
        assert desk.add(folder / "regn.txt").known == [kept]


def test_what_is_told_of_an_article_later_is_added_to_it(folder, spot):
    with Desk(spot(), create=True) as desk:
        desk.add(folder / "møte.txt")
        assert desk.stories()[0].last is None
        assert desk.add(folder / "møte.txt", published="2019-04-25").changed == ["møte.txt"]
        assert desk.stories()[0].last == "2019-04-25"
        (event,) = (event for event in desk.show("møte.txt").events if event.main)
        assert event.date.start == "2019-04-25"
        # what is not told again is not taken back
        assert desk.add(folder / "møte.txt").known == ["møte.txt"]
        assert desk.stories()[0].last == "2019-04-25"


def test_a_desk_tells_what_reading_at_once_tells(folder, spot):
    names = [folder / "møte.txt", folder / "regn.txt"]
    with Desk(spot(), create=True) as desk:
        desk.add(*names, published="2019-04-25")
        kept = {record.id: record for record in desk.records()}
    assert kept == {record.id: record for record in tidende.read(*names, published="2019-04-25")}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_adding_does_not_count(tmp_path, seed):
    order = list(range(60))
    random.Random(seed).shuffle(order)
    with desks.filled(tmp_path / "a.db") as one, desks.filled(tmp_path / "b.db", order) as other:
        assert desks.story_of(one) == desks.story_of(other)
        at_once = group(desks.readings())
        assert desks.together(one) == {frozenset(r.article.id for r in story) for story in at_once}


@pytest.mark.parametrize("every", [1, 3])
def test_undated_articles_are_grouped_as_at_once(spot, every):
    # sixty are more than one article is compared with: who is near is searched for
    known = [
        one.model_copy(update={"article": one.article.model_copy(update={"published": None})})
        if n % every == 0
        else one
        for n, one in enumerate(desks.readings())
    ]
    order = random.Random(every).sample(range(60), 60)
    with Desk(spot(), create=True) as desk:
        desk.add_readings([known[n] for n in order], [desks.vectors()[n] for n in order])
        assert desks.together(desk) == {frozenset(r.article.id for r in story) for story in group(known)}
        assert len(desks.together(desk)) < 30


def test_two_processes_may_add_at_once(tmp_path, spot):
    place = spot()
    rows = desks.rows()[::5]  # twelve documents in Danish
    names = [desks.write(tmp_path / f"{n}.jsonl", part) for n, part in enumerate((rows[:8], rows[4:]))]
    command = [sys.executable, "-m", "tidende.cli", "add", "--json", "--desk", place]
    running = [
        subprocess.Popen([*command, str(name)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in names
    ]
    told = [process.communicate(timeout=300) for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    new = [identifier for out, _ in told for identifier in json.loads(out)["new"]]
    assert sorted(new) == sorted(row["id"] for row in rows)
    with Desk(place) as desk:
        assert sorted(desks.story_of(desk)) == sorted(new)
        assert desk.check().problems == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_many_writers_lose_nothing_and_double_nothing(tmp_path, spot):
    place = spot()
    readings, vectors = desks.readings(), desks.vectors()
    children = []
    for seed in range(4):
        child = os.fork()
        if child == 0:
            order = random.Random(seed).sample(range(60), 40)
            with Desk(place, create=True) as desk:
                desk.add_readings([readings[n] for n in order], [vectors[n] for n in order])
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    added = {n for seed in range(4) for n in random.Random(seed).sample(range(60), 40)}
    with Desk(place) as desk, desks.filled(tmp_path / "alone.db", sorted(added)) as alone:
        assert desks.story_of(desk) == desks.story_of(alone)
        assert desk.store.damage() == []


def test_the_desk_is_where_the_environment_or_the_data_folder_says(folder, call, monkeypatch):
    monkeypatch.setenv("TIDENDE_DESK", str(folder / "told.db"))
    assert call("add", folder / "regn.txt")[0] == 0
    assert (folder / "told.db").exists()
    monkeypatch.delenv("TIDENDE_DESK")
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("HOME", str(folder))
    assert call("add", folder / "regn.txt")[0] == 0
    assert [path for path in folder.rglob("tidende.db") if path.is_file()]
    url = f"sqlite://{folder / 'told.db'}"
    assert call("stories", "--desk", url)[1].startswith("Kraftig regn på Vestlandet")


def test_a_store_of_an_unknown_kind_is_a_usage_error():
    with pytest.raises(UsageError, match="no store of this kind: mysql"):
        Desk("mysql://somewhere/desk")


def test_days_are_grouped_on_a_cluster_only(folder, call, tmp_path):
    status, out, errors = call("add", "--days", "3", "--desk", tmp_path / "desk.db", folder / "møte.txt")
    assert (status, out) == (2, "")
    assert errors == ["tidende: --days groups on a cluster: give its address with --cluster"]
    assert not (tmp_path / "desk.db").exists()


@pytest.mark.parametrize("days", [1, 4, 30])
def test_articles_filed_by_windows_of_days_are_in_the_stories_of_those_filed_one_by_one(spot, days):
    draw = random.Random(days)
    readings, windows = [], {}
    for n, (reading, vector) in enumerate(zip(desks.readings(), desks.vectors(), strict=True)):
        published = None if n % 11 == 0 else f"2019-04-{draw.randrange(10, 25)}"
        article = reading.article.model_copy(update={"published": published})
        own = reading.model_copy(update={"article": article})
        readings.append((own, vector))
        day = publication_day(article)
        due = Due(article, article.id, article, Read(own, vector, "test"))
        windows.setdefault(None if day is None else day.toordinal() // days, []).append(due)
    draw.shuffle(readings)
    with Desk(spot(), create=True) as alone:
        alone.add_readings(*zip(*readings, strict=True))
        wanted = desks.story_of(alone)
    with Desk(spot(), create=True) as desk:
        desk.store.correct("split", ["nowhere"], [readings[0][0].article.id], "me", "2020-01-01")
        for due in draw.sample(list(windows.values()), len(windows)):
            told = [signed(one.read.reading, one.read.vector)[0] for one in due]
            assert file_part(desk.store, Part(due, *grouped(told)), Added()) == []
        assert desks.story_of(desk) == wanted
        assert desk.store.damage() == []
