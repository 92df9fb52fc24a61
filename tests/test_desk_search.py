"""`tidende search`: words, parts of words and meaning, in any language; no sign is an operator."""

import json
import time

import pytest

import desks
from tidende import cli


@pytest.fixture(scope="module")
def desk(tmp_path_factory, every_spot):
    folder = tmp_path_factory.mktemp("search")
    with desks.filled(every_spot()) as desk:
        rows = [
            {"id": "sild", "text": "Sildefiskeriet i Nordsjøen er stanset. Kvotene er brukt opp."},
            {"id": "kött", "text": "Köttpriserna stiger i Sverige. Bönderna är nöjda."},
        ]
        desk.add(desks.write(folder / "rows.jsonl", rows))
        yield desk


def found(desk, query, limit=10):
    return [one.article for one in desk.search(query, limit)]


def test_a_whole_word_is_found_with_its_place(desk):
    (best, *_) = desk.search("kvotene")
    assert best.article == "sild"
    assert "words" in best.by
    assert "Kvotene" in best.evidence.text
    (kept,) = desk.show("sild").articles
    assert kept.text[best.evidence.start : best.evidence.end] == best.evidence.text
    assert best.story == desk.show("sild").id


def test_a_part_of_a_compound_is_found(desk):
    (best, *_) = desk.search("fiskeri")
    assert best.article == "sild"
    assert best.by[0] == "parts"


def test_accents_tell_words_apart(desk):
    assert "words" in desk.search("nöjda")[0].by
    assert not [one for one in desk.search("nojda") if "words" in one.by]


@pytest.mark.parametrize("language", desks.LANGUAGES)
def test_a_headline_in_one_language_finds_the_article_in_the_others(desk, language):
    data = desks.outputs.ntrex_data()
    ranks = []
    for document in data.documents():
        headline = data.article(language, document)["text"].split("\n")[0]
        best = found(desk, headline, 5)
        ranks.append(sum(one.rsplit(".", 1)[0] == document for one in best) / 5)
    assert sum(ranks) / len(ranks) >= 0.8, ranks


def test_phrases_are_looked_for_as_they_stand(desk):
    assert "words" in desk.search('"kvotene er brukt"')[0].by
    assert not [one for one in desk.search('"brukt er kvotene"') if "words" in one.by]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "*",
        "AND",
        "a AND",
        "NEAR(a b)",
        "title:kvotene",
        "kvotene*",
        "-kvotene",
        "^kvotene",
        "(",
        "{}",
        "+",
    ],
)
def test_signs_that_mean_something_to_an_index_are_only_signs(desk, query):
    by_word = [one for one in desk.search(query) if "words" in one.by]
    if "kvotene" in query and "title" not in query:
        assert by_word[0].article == "sild"


@pytest.mark.parametrize("query", ["", " ", "\0", "?!", "\ud800", "🙂"])
def test_a_query_without_words_finds_nothing_or_little_and_breaks_nothing(desk, query):
    assert all(one.evidence.text for one in desk.search(query))


def test_a_huge_query_is_answered_soon(desk):
    started = time.monotonic()
    assert desk.search("kvotene " + "lorem ipsum dolor " * 100_000)[0].article == "sild"
    desk.search("x" * 3_000_000)
    assert time.monotonic() - started < 20


def test_the_command_prints_results_as_json_or_text(desk, capsys):
    for arguments in (["--json"], []):
        with pytest.raises(SystemExit) as ended:
            cli.main(["search", "kvotene", "--limit", "1", "--desk", desk.store.location, *arguments])
        assert not ended.value.code
        out = capsys.readouterr().out
        if arguments:
            (one,) = json.loads(out)["results"]
            assert (one["article"], one["evidence"]["article"]) == ("sild", "sild")
        else:
            assert "sild in story:" in out
            assert "Kvotene er brukt opp." in out


def test_what_nobody_tells_of_is_not_found(desk):
    assert found(desk, "xyzzy") == []
