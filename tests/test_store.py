"""The file: what is damaged, foreign, older, newer or not to be written is told in one clear line."""

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest

import desks
from tidende import cli
from tidende.desk import Desk
from tidende.errors import StoreError
from tidende.store.sql.text import packed, unpacked
from tidende.store.sqlite import schema


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "desk.db"
    desks.filled(path, range(12)).close()
    return path


@pytest.fixture
def path(whole, tmp_path):
    return shutil.copy(whole, tmp_path / "desk.db")


def commands(path):
    return (["stories"], ["show", "x"], ["search", "x"], ["check"], ["corrections"], ["reread"])


def test_a_desk_that_is_not_there_is_told_by_every_command(tmp_path, capsys):
    path = tmp_path / "none.db"
    for command in commands(path):
        with pytest.raises(SystemExit) as ended:
            cli.main([*command, "--desk", str(path)])
        told = capsys.readouterr().err
        assert (ended.value.code, told) == (2, f"tidende: {path}: no such desk (tidende add makes one)\n")
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"no database at all, but a note of some length\n" * 50, b"\x89PNG\r\n" * 99]
)
def test_another_kind_of_file_is_no_desk(tmp_path, content):
    path = tmp_path / "note.db"
    path.write_bytes(content)
    for create in (False, True):
        with pytest.raises(StoreError, match="no desk: not a database"):
            Desk(path, create=create)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("create table bookmarks (url text)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        Desk(path, create=True)
    assert path.read_bytes() == before


def test_a_folder_is_no_desk(tmp_path):
    with pytest.raises(StoreError, match="not a file"):
        Desk(tmp_path, create=True)


def test_damage_is_told_and_checked(path):
    data = bytearray(path.read_bytes())
    for place in range(3 * 4096, len(data), 4096):
        data[place : place + 2000] = b"\xff" * 2000
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"), Desk(path) as desk:
        list(desk.records())


def test_check_finds_a_changed_word_and_a_lost_article(path):
    db = sqlite3.connect(path)
    key, body = db.execute("select article, reading from bodies order by article limit 1").fetchone()
    changed = unpacked(body).replace('"text":"', '"text":"X', 1)
    db.execute("update bodies set reading = ? where article = ?", (packed(changed), key))
    db.execute("update articles set story = '' where key = 2")
    db.execute("delete from signatures where article = 3")
    db.commit()
    db.close()
    with Desk(path) as desk:
        problems = desk.check().problems
    assert any("does not say" in one for one in problems)
    assert any("in no story" in one for one in problems)
    assert any("nothing in signatures" in one for one in problems)


def test_check_is_content_with_a_whole_desk(path, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["check", "--desk", str(path)])
    out, err = capsys.readouterr()
    assert (ended.value.code or 0, err) == (0, "")
    assert out.startswith("checked 12 articles, ")


def test_a_newer_desk_is_not_touched(path):
    with sqlite3.connect(path) as db:
        db.execute(f"pragma user_version = {schema.VERSION + 1}")
    with pytest.raises(StoreError, match="newer Tidende"):
        Desk(path)


def _older(path):
    """Make a desk what version 1 made it: without the indices of words, names, signs and ties."""
    db = sqlite3.connect(path, isolation_level=None)
    for table in ("words", "parts", "forms", "notes"):
        db.execute(f"drop table {table}")
    db.execute("drop table signs")
    db.execute("drop table cards")
    db.execute("drop index ties_article")
    db.execute("drop index articles_reader")
    db.execute("pragma user_version = 1")
    db.execute("vacuum")
    db.close()


def test_an_older_desk_is_brought_up_to_date(path):
    with Desk(path) as desk:
        before = desks.story_of(desk)
        names = desk.store.sources(list(before))
        query = names[0].text.split("\n")[0]
        hits = [one.article for one in desk.search(query)]
        called = desk.entities("Theresa May")
    _older(path)
    with Desk(path) as desk:
        assert desks.story_of(desk) == before
        assert [one.article for one in desk.search(query)] == hits
        assert desk.entities("Theresa May") == called
        assert desk.check().problems == []


def test_a_step_that_fails_leaves_the_older_desk_as_it_was(path, monkeypatch):
    _older(path)

    def fails(db):
        schema._make_search(db)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(schema, "STEPS", (schema._make_articles, fails))
    with pytest.raises(StoreError, match="disk I/O error"):
        Desk(path)
    monkeypatch.undo()
    with Desk(path) as desk:
        assert desk.check().problems == []


def test_where_nothing_can_be_written_nothing_is(tmp_path, capsys):
    articles = desks.write(tmp_path / "rows.jsonl", desks.rows()[:1])
    for place in ("/proc/tidende.db", "/proc/tidende/tidende.db", str(articles / "desk.db")):
        with pytest.raises(SystemExit) as ended:
            cli.main(["add", str(articles), "--desk", place])
        (line,) = capsys.readouterr().err.splitlines()
        assert ended.value.code == 2
        assert line.startswith(f"tidende: {place}: cannot be ")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_desk_in_a_folder_that_cannot_be_written_is_read_and_not_added_to(whole):
    folder = Path(tempfile.mkdtemp())
    try:
        path = Path(shutil.copy(whole, folder / "desk.db"))
        path.chmod(0o444)
        folder.chmod(0o555)
        told, wanted = _as_nobody(path)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
    assert told == f"True {wanted} {path}: cannot be written|{path}: cannot be written"


def _as_nobody(path):
    """Give what a child without rights tells of a desk, and how many stories that has."""
    with Desk(path) as desk:  # loads what is needed before the child gives up its rights
        wanted = desks.story_of(desk)
        list(desk.records())
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told = "nothing"
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            with Desk(path) as desk:
                told = f"{desks.story_of(desk) == wanted} {len(list(desk.records()))} "
                try:
                    desk.add_readings(desks.readings()[:20], desks.vectors()[:20])
                except StoreError as error:
                    told += str(error)
            try:
                Desk(path, create=True)
            except StoreError as error:
                told += f"|{error}"
        except BaseException as error:
            told = repr(error)
        finally:
            os.write(writing, told.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told, len(set(wanted.values()))


def test_what_is_added_to_a_copied_desk_finds_its_neighbours(path, tmp_path):
    copied = tmp_path / "copied.db"
    with Desk(path) as desk:
        assert desk.copy(copied) == 12
    found = []
    for place in (path, copied):
        with Desk(place) as desk:
            desk.add_readings(desks.readings()[12:20], desks.vectors()[12:20])
            found.append((desks.story_of(desk), desks.like(desk, desks.vectors()[12])))
    assert found[0] == found[1]
