"""The clock of the model: what is missing is said, and rates are of words that white space parts."""

from __future__ import annotations

import json
import sys

import pytest

import parse_peer
import parse_speed
from parse_peer import Told
from parse_speed import Measured, ReaderFailed
from scoring import NOT_MEASURED
from treebanks import LANGUAGES


def run(words, seconds):
    return {"words": words, "sentences": 1, "seconds": seconds, "peak MiB": 100 * seconds}


def test_rates_weigh_languages_by_their_words():
    measured = Measured({"en": run(100, 1.0), "da": run(300, 3.0)})
    assert measured.rate(["en"]) == 100
    assert measured.rate(["en", "da"]) == 100
    assert measured.peak() == 300


def test_the_other_model_is_measured_in_english_only():
    ours = Measured({language: run(1000, 0.5) for language in LANGUAGES}, 1.25)
    body = parse_speed.laid_out({"Tidende": ours, "spaCy": Measured({"en": run(9000, 1.0)})}, "")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()]
    assert ["Tidende", "2,000", "2,000", "50 MiB", "1.25 s"] in rows
    assert ["spaCy", "9,000", "-", "100 MiB", "-"] in rows


def test_what_cannot_be_installed_is_said_with_the_reason():
    fails = [sys.executable, "-c", "import sys; sys.exit('no such package')"]
    with pytest.raises(ReaderFailed, match="cannot be installed: no such package"):
        parse_speed._do(fails)


def test_missing_texts_are_said_and_do_not_stop_the_bench(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["parse_speed.py", "--data", str(tmp_path)])
    assert parse_speed.main() == 0
    assert capsys.readouterr().out.startswith(f"parse_speed: {NOT_MEASURED}: ")


def test_the_lines_of_a_document_are_what_is_read(tmp_path):
    (tmp_path / "texts").mkdir()
    row = {"doc_id": "a", "lines": [{"n": 1, "text": "One line."}, {"n": 2, "text": "Another."}]}
    for code in ("dan", "nob", "nno", "swe", "eng", "deu"):
        (tmp_path / "texts" / f"{code}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert parse_speed.texts(data=tmp_path)["en"] == [["One line.", "Another."]]


def test_both_conventions_of_trees_tell_the_same_subjects_and_objects():
    due = Told(
        ["PROPN", "AUX", "VERB", "PROPN", "PUNCT"],
        ["B-PER", "O", "O", "B-PER", "O"],
        [3, 3, 0, 3, 3],
        ["nsubj", "aux", "root", "obj", "punct"],
    )
    own = Told(
        due.upos, ["B-PER", "O", "O", "B-ORG", "O"], due.heads, ["nsubj", "aux", "ROOT", "dobj", "punct"]
    )
    counts = parse_peer.count(due, own)
    assert (counts["subjects and objects right"], counts["subjects and objects wrong"]) == (2, 0)
    assert (counts["names right"], counts["names due"], counts["names wrong"]) == (1, 2, 1)
    assert counts["upos right"] == counts["words"] == 5
