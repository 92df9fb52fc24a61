"""The commands that ask a desk, and those that carry its records out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tidende.answers import ask as answered
from tidende.answers import between, timeline, who
from tidende.cli import main
from tidende.desk import Desk
from tidende.records import Article

SEEDS = sorted((Path(__file__).parent.parent / "examples" / "vladivostok").glob("*.txt"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("asking") / "desk.db"
    with Desk(path, create=True) as kept:
        kept.add(*SEEDS, published="2019-04-25")
        kept.add_articles(
            [
                Article(
                    id="paris",
                    text="Emmanuel Macron møtte Mette Frederiksen i Paris torsdag.",
                    published="2023-03-02",
                )
            ]
        )
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "tidende.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def ask(desk: Path, *arguments: str) -> str:
    status, text, error = run(arguments[0], "--desk", desk, *arguments[1:])
    assert (status, error) == (0, "")
    return text


def test_a_question_is_answered_in_its_language(desk):
    assert "Kim Jong-un – Xi Jinping: 4 told" in ask(desk, "ask", "How often has Kim met Xi?")
    assert "Kim Jong-un – Xi Jinping: 4 fortalt" in ask(desk, "ask", "Hvor ofte har Kim mødt Xi?")
    answer = json.loads(ask(desk, "ask", "--json", "Wie oft hat Kim Xi getroffen?"))
    assert answer["status"] == "answered"
    (piece, *_) = answer["facts"][0]["evidence"]
    with Desk(desk) as kept:
        (record,) = kept.records([kept.resolve(piece["article"])])
    (article,) = (one for one in record.articles if one.id == piece["article"])
    assert article.text[piece["start"] : piece["end"]] == piece["text"]


def test_what_no_source_tells_is_not_answered(desk):
    assert json.loads(ask(desk, "ask", "--json", "How often has Macron met Xi?"))["status"] == "not_told"


@pytest.mark.parametrize(
    "question",
    [
        "What did Usjakow say?",  # as no article spells him
        "What did Putin say about Kim Jong Un?",
        "who is ushakov",
        "Who met in Paris?",
        "Where do the sources differ?",
        "Wann traf Macron Frederiksen?",
        "What did Fnord say?",
        "Who is the president of Russia?",
        "Hvor ofte har Nordkoreas leder møtt Trump?",
    ],
)
def test_a_question_is_answered_as_from_all_records(desk, question, capsys):
    with pytest.raises(SystemExit):
        main(["ask", "--json", "--desk", str(desk), question])
    told = json.loads(capsys.readouterr().out)
    with Desk(desk) as kept:
        whole = answered(list(kept.records()), question).model_dump(mode="json")
    assert told == whole


def test_who_somebody_is(desk):
    text = ask(desk, "who", "Ushakov")
    assert "adviser" in text
    assert "spokesman" in text
    assert "Macron" not in text


def test_what_two_have_to_do_with_each_other(desk):
    text = ask(desk, "between", "Trump", "Kim", "--lang", "sv")
    assert "Singapore" in text
    assert "Hanoi" in text


def test_events_in_order_of_time(desk):
    rows = json.loads(ask(desk, "timeline", "--json", "--since", "2019-01-01"))["entries"]
    days = [row["event"]["date"]["start"] for row in rows]
    assert days == sorted(days)
    assert {"place:paris"} < {row["event"]["place"] for row in rows}
    assert "Paris" not in ask(desk, "timeline", "--actor", "Putin")


def test_where_the_sources_of_a_story_differ(desk):
    text = ask(desk, "diff", SEEDS[0].name)
    assert "Yuri Ushakov" in text
    assert "spokesman" in text


@pytest.mark.parametrize("form", ["jsonl", "csv", "plover", "jsonld", "ninjs", "turtle", "ics"])
def test_a_desk_is_exported(desk, tmp_path, form):
    target = tmp_path / f"out.{form}"
    assert run("export", form, "--desk", desk, "--output", target) == (0, "", "")
    text = target.read_text(encoding="utf-8")
    if form == "ics":
        assert text.startswith("BEGIN:VCALENDAR")
    else:
        assert "Q7747" in text


def test_what_cannot_be_exported_is_told(desk, tmp_path):
    status, _, error = run("export", "pdf", "--desk", desk, "--output", tmp_path / "x")
    assert (status, error.count("\n")) == (2, 1)
    assert "no such format: 'pdf'" in error
    status, _, error = run("export", "csv", "--desk", desk, "--output", tmp_path / "no" / "x")
    assert (status, error.count("\n")) == (2, 1)


@pytest.mark.parametrize("question", ["When did Macron meet Qzxvson?", "Who met Qzxvson in Paris?"])
def test_a_name_that_nobody_bears_is_not_answered(desk, question, capsys):
    with pytest.raises(SystemExit):
        main(["ask", "--json", "--desk", str(desk), question])
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["facts"]) == ("not_told", [])


@pytest.fixture(scope="module")
def namesakes(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("namesakes") / "desk.db"
    told = {
        "oslo": "Kari Nordmann møtte Jonas Gahr Støre i Oslo torsdag.",
        "bergen": "Ola Nordmann møtte statsminister Mette Frederiksen i Bergen onsdag.",
        "paris": "Emmanuel Macron møtte Mette Frederiksen i Paris mandag.",
    }
    with Desk(path, create=True) as kept:
        kept.add_articles(
            [
                Article(id=name, text=text, language="nb", published="2023-03-02")
                for name, text in told.items()
            ]
        )
    return path


@pytest.mark.parametrize(
    ("command", "told", "status"),
    [
        (["who", "Nordmann"], lambda records: who(records, "Nordmann"), "ambiguous"),
        (["who", "Mette Frederiksen"], lambda records: who(records, "Mette Frederiksen"), "found"),
        (["who", "Fnord"], lambda records: who(records, "Fnord"), "unknown"),
        (
            ["between", "Nordmann", "Macron"],
            lambda records: between(records, "Nordmann", "Macron"),
            "ambiguous",
        ),
        (["between", "Macron", "Fnord"], lambda records: between(records, "Macron", "Fnord"), "unknown"),
        (
            ["timeline", "--actor", "Nordmann"],
            lambda records: timeline(records, actor="Nordmann"),
            "ambiguous",
        ),
    ],
)
def test_names_are_told_apart_as_from_all_records(namesakes, command, told, status):
    answer = json.loads(ask(namesakes, *command, "--json"))
    assert answer["status"] == status
    with Desk(namesakes) as kept:
        assert answer == told(list(kept.records())).model_dump(mode="json")
