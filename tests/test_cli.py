"""The command line as a user meets it: what is printed where, and how it ends."""

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tidende
from tidende import cli, desk

BOKMAAL = (
    "Merkel og Macron møttes i Paris\n\n"
    "Tysklands kansler Angela Merkel og Frankrikes president Emmanuel Macron møttes i Paris torsdag.\n\n"
    "– Vi er enige om det meste, sa Macron etter møtet.\n"
)
DANISH = (
    "Møde i Paris\n\n"
    "Tysklands kansler Angela Merkel og Frankrigs præsident Emmanuel Macron mødtes i Paris torsdag.\n\n"
    "»Vi er enige om det meste,« sagde Macron efter mødet.\n"
)
WEATHER = (
    "Kraftig regn på Vestlandet\n\n"
    "Det har regnet kraftig i Bergen hele natten, og flere veier er stengt.\n\n"
    "Det er ventet mer regn de neste dagene.\n"
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    for name, text in (("nb.txt", BOKMAAL), ("da.txt", DANISH), ("regn.txt", WEATHER)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def process(*arguments, stdin=None, **environment):
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tidende.cli", *map(str, arguments)],
        input=stdin,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
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


@pytest.fixture(scope="module")
def in_english(files):
    """Two reports of one meeting, a report on the weather, and a file that is not there."""
    done = process(
        "read", "--json", files / "nb.txt", files / "gone.txt", files / "da.txt", files / "regn.txt"
    )
    return done.returncode, json.loads(done.stdout), done.stderr.decode()


def all_but_words(output):
    return [{k: v for k, v in story.items() if k not in ("title", "summary")} for story in output["stories"]]


def test_bad_input_is_one_line_of_error_and_the_rest_is_one_json_object(files, in_english):
    status, output, errors = in_english
    assert status == 2
    assert errors == f"tidende: {files / 'gone.txt'}: no such file\n"
    assert sorted(output) == ["schema_version", "stories"]
    found = [[article["id"] for article in story["articles"]] for story in output["stories"]]
    assert sorted(map(sorted, found)) == [["da.txt", "nb.txt"], ["regn.txt"]]


def test_every_story_has_a_title_and_a_summary(in_english):
    titles = {story["title"]: story["summary"] for story in in_english[1]["stories"]}
    assert "Angela Merkel and Emmanuel Macron met in Paris" in titles
    assert "told by both articles" in titles["Angela Merkel and Emmanuel Macron met in Paris"]
    assert "Det har regnet kraftig i Bergen" in titles["Kraftig regn på Vestlandet"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("da", ("Angela Merkel og Emmanuel Macron mødtes i Paris", "Ingen politisk")),
        ("de", ("Angela Merkel und Emmanuel Macron trafen sich in Paris", "Kein politisches")),
    ],
)
def test_the_language_of_the_output_changes_its_words_and_nothing_else(
    files, call, in_english, language, told
):
    names = [files / "nb.txt", files / "da.txt", files / "regn.txt"]
    status, out, errors = call("read", "--json", "--lang", language, *names)
    output = json.loads(out)
    assert (status, errors) == (0, [])
    meeting, weather = sorted(output["stories"], key=lambda story: -len(story["articles"]))
    assert meeting["title"] == told[0]
    assert weather["summary"].startswith(told[1])
    assert all_but_words(output) == all_but_words(in_english[1])


def test_stories_are_printed_apart_each_below_its_title(files, call):
    status, out, errors = call("read", files / "regn.txt", files / "nb.txt", files / "da.txt")
    assert (status, errors) == (0, [])
    first, rule, second = out.partition("\n\n" + "─" * 60 + "\n\n")
    assert rule
    assert first.startswith("Kraftig regn på Vestlandet [")
    assert second.startswith("Angela Merkel and Emmanuel Macron met in Paris [")


def test_everything_is_printed_on_request(call, tmp_path):
    told = "\n\n".join(f"– Dette er sak nummer {n} for oss, sa Jonas Gahr Støre mandag." for n in range(90))
    path = tmp_path / "lang.txt"
    path.write_text(f"Mange saker\n\n{told}\n", encoding="utf-8")
    assert len(call("read", path)[1].splitlines()) <= 80
    assert len(call("read", "--all", path)[1].splitlines()) > 80


def test_nothing_to_read_prints_the_errors_alone(call, tmp_path):
    (tmp_path / "tom.txt").write_bytes(b"  \n")
    status, out, errors = call("read", tmp_path / "tom.txt")
    assert (status, out) == (2, "")
    assert errors == [f"tidende: {tmp_path / 'tom.txt'}: no text in it"]
    status, out, errors = call("read", "--json", tmp_path / "tom.txt")
    assert json.loads(out) == {"schema_version": 1, "stories": []}
    assert (status, len(errors)) == (2, 1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["bogus"], "no such command 'bogus'"),
        (["read"], "missing argument 'FILE"),
        (["read", "--colour", "a.txt"], "no such option"),
        (["read", "--lang"], "requires an argument"),
        (["read", "--lang", "fi", "a.txt"], "no output in language 'fi' (there is: da, nb, nn, sv, en, de)"),
        (["read", "--published", "25/4/2019", "a.txt"], "published: not an ISO date: '25/4/2019'"),
        (["read", "mangler.txt"], "mangler.txt: no such file"),
        (["read", "to\nlinjer.txt"], "to linjer.txt: no such file"),
        (["read", "\x1b[31m.txt"], "\\x1b[31m.txt: no such file"),
        (["read", "https://example.org/a"], "https://example.org/a: an address is not fetched here"),
        (["schema", "more"], "unexpected extra argument"),
    ],
)
def test_wrong_usage_is_one_clear_line(call, arguments, told):
    status, out, errors = call(*arguments)
    assert (status, out) == (2, "")
    (line,) = errors
    assert line.startswith("tidende: ")
    assert told in line


def test_help_tells_the_commands_and_what_a_file_is(call):
    status, out, errors = call("--help")
    assert (status, errors) == (0, [])
    assert "read" in out
    assert "schema" in out
    assert call()[:2] == (0, out)
    told = " ".join(call("read", "--help")[1].split())
    for word in (
        ".txt",
        ".md",
        ".html",
        ".jsonl",
        "folder",
        "standard input",
        "--published DATE",
        "en, nb, nn",
    ):
        assert word in told
    assert "list[str]" not in told


def test_version(call):
    assert call("--version") == (0, f"tidende {tidende.__version__}\n", [])


def test_standard_input(call, monkeypatch):
    rows = [{"id": "nb", "text": BOKMAAL}, {"id": "da"}, {"id": "sv", "text": "Det regnar i Göteborg."}]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    status, out, errors = call("read", "--json", "-")
    assert errors == ["tidende: -:2: no 'text' in it"]
    assert status == 2
    assert {a["id"] for story in json.loads(out)["stories"] for a in story["articles"]} == {"nb", "sv"}


def test_a_folder_files_with_one_name_and_a_file_given_twice(call, tmp_path):
    for folder, text in (("a", BOKMAAL), ("b", WEATHER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "sak.txt").write_text(text, encoding="utf-8")
    status, out, errors = call("read", "--json", tmp_path, tmp_path / "a" / "sak.txt")
    assert (status, errors) == (0, [])
    read = {a["id"]: a["text"] for story in json.loads(out)["stories"] for a in story["articles"]}
    assert read == {str(tmp_path / "a" / "sak.txt"): BOKMAAL, str(tmp_path / "b" / "sak.txt"): WEATHER}


def test_a_fault_in_one_article_is_told_and_loses_no_article(files, call, monkeypatch):
    reads = desk.read_batch

    def broken(articles, model):
        if any(article.id == "da.txt" for article in articles):
            raise IndexError("list index\nout of range")
        return reads(articles, model)

    monkeypatch.setattr(desk, "read_batch", broken)
    status, out, errors = call("read", "--json", files / "nb.txt", files / "da.txt")
    assert status == 2
    assert errors == [
        "tidende: da.txt: a fault in Tidende, please report it: IndexError: list index out of range"
    ]
    articles = {a["id"]: a for story in json.loads(out)["stories"] for a in story["articles"]}
    assert {name: a["reading"] for name, a in articles.items()} == {"nb.txt": "full", "da.txt": "grouped"}
    assert articles["da.txt"]["language"] == "da"


def test_an_interrupt_ends_without_a_word_of_python(call, monkeypatch, files):
    def interrupted(articles, model):
        raise KeyboardInterrupt

    monkeypatch.setattr(desk, "read_batch", interrupted)
    assert call("read", files / "nb.txt") == (130, "", [])


def test_output_is_utf_8_whatever_the_terminal_calls_itself(files):
    done = process("read", files / "regn.txt", PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("Kraftig regn på Vestlandet [nb ¶1]")


def test_a_reader_that_leaves_ends_it_silently(tmp_path):
    rows = [{"id": str(n), "text": "Å" * 100_000, "language": "fi"} for n in range(3)]
    path = tmp_path / "long.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    command = [sys.executable, "-m", "tidende.cli", "read", "--json", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"{\n"
        running.stdout.close()
        errors = running.stderr.read()
    assert (running.returncode, errors) == (0, b"")


def test_a_reader_that_never_came_is_no_error_either():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "tidende.cli", "schema"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_errors_never_land_in_the_output(files):
    code = "import sys; sys.stderr = None; from tidende.cli import main; main()"
    command = [sys.executable, "-c", code, "read", "--json", str(files / "gone.txt")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert json.loads(done.stdout)["stories"] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_told(files):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tidende.cli", "read", str(files / "regn.txt")],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"tidende: standard output: no space left on device\n"


@pytest.mark.parametrize(("arguments", "limit"), [(["--help"], 0.3), (["read", "nb.txt", "da.txt"], 2.0)])
def test_it_answers_soon(files, monkeypatch, arguments, limit):
    monkeypatch.chdir(files)
    start = time.perf_counter()
    done = process(*arguments)
    assert done.returncode == 0
    assert time.perf_counter() - start < 4 * limit  # other work may be going on here
