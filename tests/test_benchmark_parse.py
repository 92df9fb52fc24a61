"""The judge of trees is judged: gold has full marks, each kind of mistake costs what it should."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import parse
import treebanks
from scoring import NOT_MEASURED
from tidende.errors import ModelError
from tidende.parse.neural import Analysis
from training import conllu, heldout

DATA = Path(__file__).parent / "data" / "training"


def gold(language):
    return conllu.read(DATA / f"ud-{language}.conllu")


def perfect(tree):
    return Analysis(
        tuple(word.upos for word in tree.words),
        tuple(word.feats for word in tree.words),
        tuple(word.lemma for word in tree.words),
        tuple(word.head for word in tree.words),
        tuple(word.deprel for word in tree.words),
        ("O",) * len(tree.words),
    )


def changed(read, field, at, value):
    values = list(getattr(read, field))
    values[at] = value
    return replace(read, **{field: tuple(values)})


def tree_of(*rows):
    lines = [f"{at}\t" + "\t".join(row) for at, row in enumerate(rows, 1)]
    (tree,) = conllu.parse([*lines, ""])
    return tree


@pytest.fixture
def small():
    return tree_of(
        ("Ho", "ho", "PRON", "_", "Gender=Fem|Number=Sing|PronType=Prs", "2", "nsubj", "_", "_"),
        ("kom", "kome", "VERB", "_", "Mood=Ind|Tense=Past|VerbForm=Fin", "0", "root", "_", "_"),
        ("heim", "_", "ADV", "_", "Typo=Yes", "2", "advmod:lmod", "_", "SpaceAfter=No"),
        (".", "$.", "PUNCT", "_", "_", "2", "punct", "_", "_"),
    )


@pytest.mark.parametrize("language", ["da", "nb", "nn", "sv", "en"])
def test_gold_read_as_gold_has_full_marks(language):
    trees = gold(language)
    figures = parse.figures(parse.measure(trees, [perfect(tree) for tree in trees], language))
    assert len(figures) == len(parse.FIGURES)
    assert set(figures.values()) == {1.0}


def test_a_wrong_relation_costs_las_alone_and_a_subtype_costs_nothing(small):
    read = perfect(small)
    assert parse.count(small, changed(read, "deprels", 2, "advmod"), "nn")["las"] == 4
    wrong = parse.count(small, changed(read, "deprels", 2, "obl:lmod"), "nn")
    assert (wrong["uas"], wrong["las"], wrong["bare las"]) == (4, 3, 2)


def test_a_wrong_head_costs_both_and_punctuation_counts_in_one_column_only(small):
    wrong = parse.count(small, changed(perfect(small), "heads", 3, 1), "nn")
    assert (wrong["words"], wrong["uas"], wrong["las"]) == (4, 3, 3)
    assert (wrong["bare"], wrong["bare uas"], wrong["bare las"]) == (3, 3, 3)


def test_features_are_the_universal_ones_and_nynorsk_leaves_two_values_out(small):
    read = changed(perfect(small), "feats", 2, "")
    assert parse.count(small, read, "nn")["feats"] == 4
    read = changed(read, "feats", 0, "Gender=Fem|PronType=Prs")
    assert parse.count(small, read, "nn")["feats"] == 4
    assert parse.count(small, read, "nb")["feats"] == 3
    assert parse.count(small, changed(read, "feats", 1, "Tense=Pres"), "nn")["feats"] == 3


def test_a_lemma_that_gold_does_not_tell_cannot_be_wrong(small):
    read = perfect(small)
    assert parse.count(small, changed(read, "lemmas", 2, "heime"), "nn")["lemma"] == 4
    assert parse.count(small, changed(read, "lemmas", 1, "komme"), "nn")["lemma"] == 3


def test_confusions_name_what_was_taken_for_what(small):
    printed = parse.confusions([small], [changed(perfect(small), "deprels", 0, "obj")])
    assert [cell.strip() for cell in printed.splitlines()[-1].strip("|").split("|")] == [
        "nsubj",
        "obj",
        "right",
        "1",
    ]


def test_words_that_spell_their_token_stand_together_others_apart():
    rows = [
        "1-2\tIt's\t" + "\t".join("_" * 8),
        "1\tIt\tit\tPRON\t_\t_\t3\tnsubj\t_\t_",
        "2\t's\tbe\tAUX\t_\t_\t3\tcop\t_\t_",
        "3-4\tim\t" + "\t".join("_" * 7) + "\tSpaceAfter=No",
        "3\tin\tin\tADP\t_\t_\t0\troot\t_\t_",
        "4\tdem\tder\tDET\t_\t_\t3\tdet\t_\t_",
        "5\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_",
        "",
    ]
    (tree,) = conllu.parse(rows)
    assert treebanks.spacing(tree) == (True, False, True, True, False)


@pytest.mark.parametrize("language", ["da", "nb", "nn", "sv", "en"])
def test_spacing_gives_back_the_text(language):
    for tree in gold(language):
        words = zip(tree.forms, treebanks.spacing(tree), strict=True)
        assert "".join(" " * spaced + form for form, spaced in words).strip() == tree.text


def test_a_part_of_a_set_is_taken_from_all_of_it():
    assert treebanks.spread(range(10), 0) == list(range(10))
    assert treebanks.spread(range(10), 5) == [0, 2, 4, 6, 8]
    assert treebanks.spread(range(3), 5) == [0, 1, 2]


def shelf(folder, part):
    """Lay the Danish sample out as the treebank is."""
    path = folder / treebanks.TREEBANKS["da"][1].format(part)
    path.parent.mkdir(parents=True)
    shutil.copy(DATA / "ud-da.conllu", path)
    return folder


def test_of_dev_only_the_unlearned_fold_is_taken(tmp_path):
    whole = gold("da")
    taken = treebanks.trees("da", "dev", data=shelf(tmp_path / "dev", "dev"))
    assert taken == [tree for tree in whole if heldout.fold(tree.forms) == 0]
    assert treebanks.trees("da", "test", data=shelf(tmp_path / "test", "test")) == whole


def test_missing_treebanks_are_said_and_do_not_stop_the_bench(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["parse.py", "--data", str(tmp_path)])
    assert parse.main() == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1
    assert said[0].startswith(f"parse: {NOT_MEASURED}: ")


def test_a_missing_model_is_said_and_does_not_stop_the_bench(tmp_path, monkeypatch, capsys):
    def missing():
        raise ModelError(tmp_path / "manifest.json", "no such file")

    monkeypatch.setattr("tidende.parse.neural.load_model", missing)
    monkeypatch.setattr("sys.argv", ["parse.py", "--data", str(shelf(tmp_path, "test")), "--lang", "da"])
    assert parse.main() == 0
    assert f"{NOT_MEASURED}: no model" in capsys.readouterr().out
