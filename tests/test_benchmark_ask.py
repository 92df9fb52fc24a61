"""The measure of answers: what an answer must be to be right, and that the answers of today are."""

import json

import pytest

import ask as measure
from tidende.answers import ask


@pytest.fixture(scope="module")
def known():
    return measure.archive()


def row(question):
    (found,) = (row for row in measure.questions() if row["question"] == question)
    return found


def test_there_are_forty_questions_and_twenty_that_nobody_can_answer():
    rows = measure.questions()
    assert sum(row["status"] == "answered" for row in rows) >= 40
    assert sum(row["status"] == "not_told" for row in rows) >= 20
    for status in ("answered", "not_told"):
        asked = {row["language"] for row in rows if row["status"] == status}
        assert asked == {"da", "nb", "nn", "sv", "en", "de"}


def test_gold_paragraphs_are_there(known):
    for one in measure.questions():
        for article, numbers in one.get("paragraphs", {}).items():
            lines = [line for line in known.articles[article].text.split("\n") if line.strip()]
            assert numbers
            assert all(1 <= number <= len(lines) for number in numbers)


def test_an_answer_is_wrong_for_its_value_for_a_stray_paragraph_or_for_silence(known):
    one = row("How often has Kim met Xi?")
    answer = ask(known, one["question"])
    assert measure.judge(known, one, answer) == "right"
    assert measure.judge(known, {**one, "value": {"count": 5}}, answer) == "wrong: count"
    assert "told elsewhere" in measure.judge(known, {**one, "paragraphs": {}}, answer)
    nothing = ask(known, "How often has Kim met Macron?")
    assert measure.judge(known, one, nothing) == "silent"
    assert measure.judge(known, {"status": "not_told"}, answer) == "wrong: answered"


def test_the_questions_are_answered(known):
    wrong = []
    for one in measure.questions():
        found = measure.judge(known, one, ask(known, one["question"], language=one["language"]))
        if found != "right":
            wrong.append(json.dumps([one["question"], found], ensure_ascii=False))
    assert len(wrong) <= 2, wrong
    assert not [line for line in wrong if "wrong: answered" in line]


def test_the_language_of_a_question_is_told_by_its_words(known):
    told = [ask(known, one["question"]).language == one["language"] for one in measure.questions()]
    assert sum(told) >= 0.9 * len(told)
