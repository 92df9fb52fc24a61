"""What is no witness of its own: copies, translated ones too, passages in common, one agency behind two."""

import json
from pathlib import Path

import pytest

from reading_of import reading_of
from tidende.records import Reading
from tidende.stories.copies import with_copies

NTREX = Path(__file__).parent / "data" / "ntrex"


def lines_of(language, document):
    for row in (NTREX / "texts" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(row)
        if told["doc_id"] == document:
            return [line["text"] for line in told["lines"]]
    raise LookupError(document)


@pytest.fixture(scope="module")
def long_ones():
    """Give two documents of at least eight lines."""
    rows = (NTREX / "texts" / "eng.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(row) for row in rows]
    return [row["doc_id"] for row in found if len(row["lines"]) >= 12][:2]


def marked(*articles):
    """Give what is told of articles: id, text, language, credits."""
    readings = []
    for name, text, language, credits in articles:
        article = reading_of(name, text, language=language).article
        readings.append(Reading(article=article.model_copy(update={"credits": credits})))
    return {r.article.id: r.article for r in with_copies(readings)}


def test_a_translation_is_a_copy(long_ones):
    english, danish = ("\n\n".join(lines_of(code, long_ones[0])) for code in ("eng", "dan"))
    found = marked(("en", english, "en", []), ("da", danish, "da", []))
    assert (found["da"].copy_of, found["da"].independence) == ("en", "copy")
    assert (found["en"].copy_of, found["en"].independence) == (None, None)


def test_another_report_is_no_copy(long_ones):
    english = "\n\n".join(lines_of("eng", long_ones[0]))
    danish = "\n\n".join(lines_of("dan", long_ones[1]))
    found = marked(("en", english, "en", []), ("da", danish, "da", []))
    assert [one.independence for one in found.values()] == [None, None]


def test_the_same_credit_alone_leaves_it_open(long_ones):
    english = "\n\n".join(lines_of("eng", long_ones[0]))
    danish = "\n\n".join(lines_of("dan", long_ones[1]))
    found = marked(("en", english, "en", ["Reuters"]), ("da", danish, "da", ["REUTERS"]))
    assert [one.independence for one in found.values()] == ["unknown", "unknown"]


def test_passages_in_common_are_told(long_ones):
    lines, others = lines_of("eng", long_ones[0]), lines_of("eng", long_ones[1])
    half = len(lines) // 2
    found = marked(
        ("first", "\n\n".join(lines), "en", []),
        ("second", "\n\n".join([*lines[:half], *others[:half]]), "en", []),
    )
    assert (found["second"].reuses, found["second"].independence) == (["first"], "partial")
    assert found["second"].copy_of is None
