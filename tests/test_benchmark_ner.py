"""The judge of names is judged, and other people's names fit into the sentences they are put in."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import name_swap
import ner
import treebanks
from scoring import NOT_MEASURED
from treebanks import Sentence

DATA = Path(__file__).parent / "data" / "training"
PEOPLE = [("Amina", "Yusuf"), ("Barham", "Salih"), ("Abdrabbuh", "Mansour", "Hadi")]


def sentence(*words):
    """Make a sentence of (word, tag) or (word, tag, features)."""
    return Sentence(
        tuple(word[0] for word in words),
        (True,) * len(words),
        tuple(word[1] for word in words),
        tuple(word[2] if len(word) > 2 else "" for word in words),
    )


PETER = sentence(
    ("Peter", "B-PER"), ("Hansen", "I-PER"), ("slog", "O"), ("Niels'", "B-PER", "Case=Gen"), ("mor", "O"),
    ("i", "O"), ("Ålborg", "B-GPE"), ("for", "O"), ("Novo", "B-ORG"), (",", "O"), ("sagde", "O"),
    ("Peter", "B-PER"), ("Hansen", "I-PER"), (".", "O"),
)  # fmt: skip


class Model:
    """Stands in for the model: finds what it is told."""

    def __init__(self, tags):
        self.tags = tags

    def read(self, sentences):
        return [SimpleNamespace(names=self.tags[words.texts]) for words in sentences]


# -- counting -----------------------------------------------------------------------------------------------


def test_gold_tags_have_full_marks():
    figures = ner.figures(ner.measure([PETER], [PETER.tags]))
    assert figures == {"PER": 1, "ORG": 1, "LOC": 1, "all": 1, "precision": 1, "recall": 1}


def test_a_wrong_border_is_a_miss_and_an_extra():
    counts = ner.count(["B-PER", "I-PER", "O"], ["B-PER", "O", "O"])
    assert (counts["PER due"], counts["PER right"], counts["PER wrong"]) == (1, 0, 1)


def test_a_wrong_type_counts_against_both_types():
    counts = ner.count(["B-LOC"], ["B-ORG"])
    assert (counts["LOC due"], counts["ORG wrong"], counts["all right"]) == (1, 1, 0)


def test_a_polity_is_a_place_and_other_kinds_are_no_names():
    counts = ner.count(["B-GPE", "B-LOC", "O", "B-MISC"], ["B-LOC", "B-GPE", "B-EVT", "O"])
    assert (counts["LOC right"], counts["all due"], counts["all found"]) == (2, 2, 2)


def test_misses_and_extras_are_named():
    found = ner.notes([PETER], [["O"] * 8 + ["B-LOC"] + ["O"] * 5])
    assert any(note.startswith("miss  ORG 'Novo'") for note in found)
    assert any(note.startswith("extra LOC 'Novo'") for note in found)


def test_what_was_read_once_is_not_read_again():
    reader = treebanks.Reader(Model({PETER.texts: PETER.tags}))
    known = {}
    assert ner.find([PETER, PETER], reader, known) == [PETER.tags] * 2
    assert ner.find([PETER], reader, known) == [PETER.tags]
    assert reader.words == len(PETER.texts)


def test_names_that_were_kept_come_back(tmp_path):
    known = {PETER.key: PETER.tags}
    treebanks.save(known, tmp_path / "build" / "names.jsonl")
    assert treebanks.kept(tmp_path / "build" / "names.jsonl") == known


# -- corpora ------------------------------------------------------------------------------------------------


def shelf(folder, files):
    for name, path in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / name, folder / path)
    return folder


def test_german_names_are_the_outer_ones_without_derived_words(tmp_path):
    data = shelf(tmp_path, {"germeval.tsv": "ner/germeval2014/de_news_test.tsv"})
    raw = (DATA / "germeval.tsv").read_text(encoding="utf-8")
    assert "deriv" in raw or "part" in raw
    labels = {tag.partition("-")[2] for one in treebanks.named("de", data=data) for tag in one.tags}
    assert labels <= {"", "PER", "ORG", "LOC", "MISC"}


def test_english_names_have_the_white_space_of_their_trees(tmp_path):
    files = {
        "ewt.iob2": treebanks.NAME_SETS["en"].files["test"],
        "ud-en.conllu": treebanks.NAME_SETS["en"].trees["test"],
    }
    first = treebanks.named("en", data=shelf(tmp_path, files))[0]
    assert first.texts[:3] == ("We", "'ve", "moved")
    assert first.spaced[:3] == (True, False, True)


def test_norwegian_names_are_those_of_the_test_sentences(tmp_path):
    norne = treebanks.NAME_SETS["nb"]
    files = {"ndt-nb.conll": norne.trees["native"], "ud-nb.conllu": norne.trees["test"]}
    data = shelf(tmp_path, files)
    native = data / norne.trees["native"]
    assert treebanks.named("nb", data=data) == []
    native.write_text(native.read_text(encoding="utf-8").replace("# ud = dev", "# ud = test"), "utf-8")
    found = treebanks.named("nb", data=data)
    assert found
    assert {one.texts for one in found} <= {tree.forms for tree in treebanks.trees("nb", data=data)}
    assert any(feature for one in found for feature in one.features)


@pytest.mark.parametrize("arguments", [[], ["--corpus", "da", "--no-swap"]])
def test_missing_sets_are_said_and_do_not_stop_the_bench(tmp_path, monkeypatch, capsys, arguments):
    monkeypatch.setattr("sys.argv", ["ner.py", "--data", str(tmp_path), *arguments])
    assert ner.main() == 0
    assert capsys.readouterr().out.startswith(f"ner: {NOT_MEASURED}: ")


# -- other people's names -----------------------------------------------------------------------------------


def persons(one):
    return [one.texts[start:end] for start, end, label in sorted(treebanks.spans(one.tags)) if label == "PER"]


@pytest.mark.parametrize("group", ["Arabic", "Slavic", "African"])
def test_persons_change_and_all_else_stays(group):
    other = name_swap.swapped(PETER, PEOPLE, group)
    first, owner, again = persons(other)
    assert first in PEOPLE
    assert again == first
    assert owner[0] in ("Yusufs", "Salihs", "Hadis")
    kept = [word for word, tag in zip(other.texts, other.tags, strict=True) if not tag.endswith("PER")]
    assert kept == [
        word for word, tag in zip(PETER.texts, PETER.tags, strict=True) if not tag.endswith("PER")
    ]
    assert len(other.texts) == len(other.spaced) == len(other.tags) == len(other.features)
    assert name_swap.swapped(PETER, PEOPLE, group) == other


def test_a_genitive_after_s_has_an_apostrophe_alone():
    other = name_swap.swapped(sentence(("Peters", "B-PER", "Case=Gen"), ("hals", "O")), [("Al", "Abbas")], "")
    assert other.texts == ("Abbas'", "hals")


@given(st.lists(st.sampled_from(["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]), min_size=1, max_size=12))
def test_as_many_persons_and_the_same_organisations(tags):
    one = sentence(*((f"w{at}", tag) for at, tag in enumerate(tags)))
    other = name_swap.swapped(one, PEOPLE, "Arabic")
    count = ner.count(one.tags, other.tags)
    assert count["PER due"] == count["PER found"]
    assert [other.texts[a:b] for a, b, label in sorted(treebanks.spans(other.tags)) if label == "ORG"] == [
        one.texts[a:b] for a, b, label in sorted(treebanks.spans(one.tags)) if label == "ORG"
    ]


def test_lists_hold_whole_latin_names_by_country(tmp_path):
    folder = tmp_path / "names" / "leaders"
    folder.mkdir(parents=True)
    head = "name\tcountry\tsource\n"
    rows = [
        "Barham Salih\tIRQ\twikidata",
        "Presidential Menfi\tIRQ\tcia-factbook",
        "Kim\tPRK\twikidata",
        "Владимир Елистратов\tRUS\twikidata",
        "Jens P. Hansen\tDNK\twikidata",
        "Åse Michaelsen\tNOR\twikidata",
        "Angela Merkel\tDEU\twikidata",
    ]
    (folder / "people.tsv").write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    (folder / "people-wikidata.tsv").write_text(head, encoding="utf-8")
    found = {group: names for group, names in name_swap.lists(tmp_path).items() if names}
    assert found == {"Arabic": [("Barham", "Salih")], "Nordic": [("Åse", "Michaelsen")]}
