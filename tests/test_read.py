"""Reading from Python: sources in, one record a story out."""

import json
from pathlib import Path

import pytest

import outputs
import tidende
from tidende import desk
from tidende.errors import EmptyInput, MalformedInput, ReadingFailed, UnreadableInput, UsageError
from tidende.records import Article

SWEDISH = (
    "Löfven mötte Merkel\n\n"
    "Statsminister Stefan Löfven mötte Tysklands förbundskansler Angela Merkel i Berlin på torsdagen.\n\n"
    "– Det var ett bra möte, sade Löfven.\n"
)
FINNISH = (
    "Hallitus esitteli budjetin\n\n"
    "Suomen hallitus esitteli tiistaina ensi vuoden talousarvion, jossa koulutukseen lisätään rahaa.\n\n"
    "Oppositio arvosteli esitystä heti tuoreeltaan riittämättömäksi ja vaati parempaa.\n"
)


def write(path: Path, text):
    path.write_text(text, encoding="utf-8")
    return path


def ids(records):
    return sorted(article.id for record in records for article in record.articles)


def test_a_meeting_becomes_a_record(tmp_path):
    (record,) = tidende.read(write(tmp_path / "sv.txt", SWEDISH), published="2018-10-11")
    assert record.title == "Stefan Löfven and Angela Merkel met in Berlin"
    (main,) = [event for event in record.events if event.main]
    assert main.type == "CONSULT"
    assert main.date.start == "2018-10-11"
    assert record.articles[0].published == "2018-10-11"
    assert record.articles[0].text == SWEDISH
    assert [quote.versions[0].text for quote in record.quotes] == ["Det var ett bra möte"]


def test_title_and_summary_are_in_the_language_asked_for(tmp_path):
    path = write(tmp_path / "sv.txt", SWEDISH)
    (english,), (swedish,) = tidende.read(path), tidende.read(path, language="sv")
    assert swedish.title == "Stefan Löfven och Angela Merkel träffades i Berlin"
    assert "en artikel" in swedish.summary
    words = {"title", "summary"}
    assert swedish.model_dump(exclude=words) == english.model_dump(exclude=words)


def test_an_unknown_language_or_date_is_refused_before_anything_is_read():
    with pytest.raises(UsageError, match="'fi'"):
        tidende.read("missing.txt", language="fi")
    with pytest.raises(UsageError, match="yesterday"):
        tidende.read("missing.txt", published="yesterday")
    with pytest.raises(UsageError, match="'fi'"):
        tidende.read_articles([], language="fi")


def test_bad_input_raises_unless_somebody_listens(tmp_path):
    good = write(tmp_path / "sv.txt", SWEDISH)
    empty = write(tmp_path / "tom.txt", "\n")
    with pytest.raises(EmptyInput, match=r"tom\.txt"):
        tidende.read(good, empty)
    heard = []
    records = tidende.read(empty, good, tmp_path / "gone.txt", on_error=heard.append)
    assert ids(records) == ["sv.txt"]
    assert [type(error) for error in heard] == [EmptyInput, UnreadableInput]
    assert [Path(error.name).name for error in heard] == ["tom.txt", "gone.txt"]


def test_kinds_of_file_may_be_mixed(tmp_path):
    write(tmp_path / "a.txt", SWEDISH)
    write(tmp_path / "b.md", f"---\ntitle: Møte i Berlin\nlanguage: nb\n---\n\n{SWEDISH}")
    body = "".join(f"<p>{line}</p>" for line in SWEDISH.splitlines()[2:] if line)
    write(
        tmp_path / "c.html",
        f"<html><head><title>Löfven</title></head><body><article>{body}</article></body></html>",
    )
    rows = [{"id": "d1", "text": FINNISH}, {"id": 7, "text": "x"}, {"id": "d2", "text": "Ein kurzer Satz."}]
    write(tmp_path / "d.jsonl", "\n".join(map(json.dumps, rows)))
    heard = []
    records = tidende.read(tmp_path, on_error=heard.append)
    assert ids(records) == ["a.txt", "b.md", "c.html", "d1", "d2"]
    assert [(type(error), error.line) for error in heard] == [(MalformedInput, 2)]
    for record in records:
        for article in record.articles:
            for entity in record.entities:
                for piece in entity.evidence:
                    source = article.text if piece.part == "text" else article.title
                    assert piece.article != article.id or piece.text == source[piece.start : piece.end]


def test_a_language_that_is_not_read_is_kept_and_said_so(tmp_path):
    (record,) = tidende.read(write(tmp_path / "fi.txt", FINNISH), language="nb")
    (article,) = record.articles
    assert (article.language, article.reading, article.text) == ("fi", "grouped", FINNISH)
    assert record.title == "Hallitus esitteli budjetin"
    assert "Suomen hallitus esitteli tiistaina" in record.summary
    assert record.entities == record.events == record.quotes == record.claims == []


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2018-10-11", "2018-10-11"),
        ("2018-10-11T23:30:00Z", "2018-10-11"),
        ("20181011", "2018-10-11"),
        ("20181011T233000Z", "2018-10-11"),
        ("2018-W41-4", "2018-10-11"),
    ],
)
def test_every_iso_form_of_a_date_is_understood(tmp_path, given, day):
    row = {"id": "sv", "text": SWEDISH, "published": given}
    (record,) = tidende.read(write(tmp_path / "a.jsonl", json.dumps(row)))
    assert [event.date.start for event in record.events if event.main] == [day]


def test_articles_in_memory_are_read_too():
    (record,) = tidende.read_articles(Article(id=str(n), text=SWEDISH) for n in range(2))
    assert ids([record]) == ["0", "1"]
    assert record.title == "Stefan Löfven and Angela Merkel met in Berlin"
    assert tidende.read_articles([]) == []


def test_an_id_stands_for_one_article():
    articles = [Article(id="a", text=SWEDISH), Article(id="a", text=FINNISH)]
    with pytest.raises(MalformedInput, match="already given"):
        tidende.read_articles(articles)
    heard = []
    (record,) = tidende.read_articles(articles, on_error=heard.append)
    assert [article.text for article in record.articles] == [SWEDISH]
    assert [type(error) for error in heard] == [MalformedInput]


def test_a_day_that_is_none_is_told_and_the_rest_is_read():
    articles = [Article(id="a", text=SWEDISH, published="1988"), Article(id="b", text=FINNISH)]
    with pytest.raises(MalformedInput, match="a: published: not an ISO date: 1988"):
        tidende.read_articles(articles)
    heard = []
    (record,) = tidende.read_articles(articles, on_error=heard.append)
    assert ids([record]) == ["b"]
    assert [type(error) for error in heard] == [MalformedInput]


def test_a_fault_of_our_own_raises_or_is_told_and_the_article_is_kept(monkeypatch):
    def broken(articles, model):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(desk, "read_batch", broken)
    article = Article(id="sv", text=SWEDISH, language="sv")
    with pytest.raises(ReadingFailed, match=r"sv: .*ZeroDivisionError: division by zero"):
        tidende.read_articles([article])
    heard = []
    (record,) = tidende.read_articles([article], on_error=heard.append)
    assert [type(error) for error in heard] == [ReadingFailed]
    assert [kept.reading for kept in record.articles] == ["grouped"]


def test_a_fault_over_a_story_keeps_its_articles(monkeypatch):
    joins = desk.reconcile

    def broken(readings):
        if any(reading.entities for reading in readings):
            raise KeyError("Q64")
        return joins(readings)

    monkeypatch.setattr(desk, "reconcile", broken)
    heard = []
    articles = [Article(id=name, text=SWEDISH, language="sv") for name in ("one", "two")]
    records = tidende.read_articles(articles, language="da", on_error=heard.append)
    assert ids(records) == ["one", "two"]
    assert [error.name for error in heard] == ["one, two"]


def test_twelve_real_articles_in_six_languages_are_told_apart_and_entitled():
    output = outputs.ntrex_outputs()["mixed"]
    stories = output["stories"]
    assert 7 <= len(stories) <= 12
    for story in stories:
        assert story["title"].strip()
        assert len(story["title"].splitlines()) == 1
        assert story["summary"].strip()
