"""What the trainer makes of rows of the pack: scripts, classes, masks, batches, noise, trees; no torch."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.parse import decode, lemmas
from tidende.parse.neural import Analysis
from training import batches, labels, noise, scripts, train
from training.names import SCHEMES, spans
from training.scores import Tally

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def split(word, spaced):
    """Split a word into pieces of three letters, a sign for white space before it."""
    text = ("_" if spaced else "") + word
    return tuple(100 + len(text[at : at + 3]) for at in range(0, len(text), 3))


def row(words, **more):
    made = {"s": "ndt-nb", "l": "nb", "p": "train", "k": 1, "w": words.split(), "x": "1" * len(words.split())}
    return made | more


def tree(words, heads, upos="NOUN", **more):
    count = len(words.split())
    return row(
        words,
        g="gold",
        u=[upos] * count,
        m=[""] * count,
        e=[word.lower() for word in words.split()],
        h=heads,
        r=["root" if head == 0 else "dep" for head in heads],
        **more,
    )


HEARD = tree(
    "Kim møtte Putin i Vladivostok .",
    [2, 0, 2, 5, 2, 2],
    n=["B-PER", "O", "B-PER", "O", "B-GPE", "O"],
    c="norne",
)
READY = noise.read({("PER", 1): [("Nguyễn",), ("Åse",)], ("GPE", 1): [("Kypros",)]})


def test_the_trainer_can_be_imported_without_torch():
    assert train.WEIGHTS
    assert "torch" not in sys.modules


# -- lemma scripts ------------------------------------------------------------------------------------------


@given(WORDS, WORDS)
def test_a_script_gives_back_the_lemma_it_was_made_of(form, lemma):
    assert lemmas.apply(scripts.script(form, lemma), form) == lemma


def test_words_that_bend_alike_share_a_script():
    assert scripts.script("bilene", "bil") == scripts.script("Båtene", "båt")
    assert lemmas.apply(scripts.script("bilene", "bil"), "Husene") == "hus"
    assert lemmas.apply(scripts.script("Kims", "Kim"), "Putins") == "Putin"
    assert scripts.script("er", "være").startswith(("=", "l", "k"))
    assert lemmas.apply(scripts.script("bilene", "bil"), "å") == "å"


# -- classes and masks --------------------------------------------------------------------------------------


def test_classes_seen_too_rarely_are_left_open():
    rows = [tree("Bilene stod", [2, 0])] * 3 + [tree("Sjeldne ting", [2, 0], upos="X")]
    for one in rows[:3]:
        one["m"] = ["Number=Plur", ""]
    rows[3]["m"] = ["Foreign=Yes", ""]
    found = labels.gather(rows)
    assert set(found.upos) == {"NOUN", "X"}
    assert found.numbers("feats", ["Foreign=Yes", "Number=Plur", ""])[0] == labels.OPEN
    assert found.feats[found.numbers("feats", ["Number=Plur"])[0]] == "Number=Plur"


def test_features_of_other_languages_are_not_learned():
    found = labels.gather([tree("Talo on", [2, 0]) | {"l": "fi", "m": ["Case=Nom", ""]}] * 5)
    assert found.upos == ("NOUN",)
    assert found.feats == () == found.lemma


def test_a_corpus_teaches_only_what_it_tells():
    def open_(tag, scheme):
        return {one for one, may in zip(labels.NAME_TAGS, labels.ALLOWED[scheme][tag], strict=True) if may}

    assert open_("B-LOC", "norne") == {"B-LOC"}
    assert open_("B-LOC", "uner") == {"B-LOC", "B-GPE"}
    assert open_("I-MISC", "four") == {"I-MISC", "I-EVT", "I-PROD"}
    assert open_("O", "norne") == {"O"} == open_("O", "four")
    assert open_("O", "uner") == {"O", "B-MISC", "I-MISC", "B-EVT", "I-EVT", "B-PROD", "I-PROD"}
    assert labels.seen("GPE", "uner") == "LOC"
    assert labels.seen("EVT", "uner") == ""


def test_what_is_not_annotated_is_open():
    found = labels.gather([HEARD] * 3)
    bare = batches.encode(row("Ingen vet"), found, split, (0, 2))
    assert bare.heads == bare.upos == bare.lemma == [labels.OPEN] * 2
    assert bare.name_weight == 0
    assert all(all(one) for one in bare.names)
    full = batches.encode(HEARD, found, split, (0, 2))
    assert full.heads == [2, 0, 2, 5, 2, 2]
    assert labels.OPEN not in full.upos
    assert [sum(one) for one in full.names] == [1] * 6


# -- pieces and batches -------------------------------------------------------------------------------------


def test_a_word_stands_for_its_first_piece():
    ids, firsts = batches.pieces({"w": ["Kim", "møtte", "Putin", "."], "x": "1100"}, split, (0, 2))
    assert ids[0] == 0
    assert ids[-1] == 2
    assert firsts == [0, 1, 3, 5, 7]


def test_marks_stand_at_words_where_a_source_tells_no_spacing():
    words = ["«", "Ja", "»", ",", "sa", "hun", "(", "32", ")", "."]
    assert (
        "".join(
            (" " if spaced else "") + word
            for word, spaced in zip(words, batches.spacing(words, "1" * 10), strict=True)
        )
        == " «Ja», sa hun (32)."
    )
    assert batches.spacing(["don", "'t"], "01") == [True, False]
    row = {"w": ["We", "do", "n't", ",", "zu", "dem"], "x": "111111", "t": [[2, 3, "don't"], [5, 6, "zum"]]}
    assert batches.spaced(row) == [True, True, False, False, True, True]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80), st.integers(60, 300), st.integers())
def test_batches_hold_every_sentence_once_and_stay_small(lengths, most, seed):
    plan = batches.plan(lengths, most, Random(seed))
    assert Counter(at for group in plan for at in group) == Counter(range(len(lengths)))
    assert all(max(lengths[at] for at in group) * len(group) <= most for group in plan)
    assert plan == batches.plan(lengths, most, Random(seed))


def test_padding_is_masked():
    found = labels.gather([HEARD] * 3)
    short = tree("Kim smilte", [2, 0])
    batch = batches.collate([batches.encode(one, found, split, (0, 2)) for one in (HEARD, short)], 1)
    assert batch.words[1] == [True, True, False, False, False, False]
    assert batch.heads[1] == [2, 0, *[labels.OPEN] * 4]
    assert [len(line) for line in batch.pieces] == [len(line) for line in batch.mask]
    assert batch.size == sum(sign != 1 for line in batch.pieces for sign in line)
    assert batch.name_weights[1] == [0.0] * 6


def test_an_epoch_weighs_sources():
    many = [tree("Det var i går", [0, 1, 1, 1]) | {"s": "ud-da-ddt", "p": "dev"}] * 10 + [
        row("Tanska") | {"s": "turku"}
    ] * 10
    drawn = Counter(one["s"] for one in batches.epoch(many, Random(1)))
    assert drawn["ud-da-ddt"] == 40
    assert drawn["turku"] < 10


def test_the_stream_goes_on_where_it_stopped():
    rows = [tree(f"Ord {number} står her", [0, 1, 1, 1]) for number in range(40)]
    data = train.Data(rows, {}, labels.gather(rows), split, READY, (0, 2), 1, "")
    steps = train.stream(data, train.State(), 7, 60)
    first = [next(steps) for _ in range(20)]
    epoch, number, _ = first[11]
    again = train.stream(data, train.State(epoch, number + 1), 7, 60)
    assert [next(again) for _ in range(8)] == first[12:]


def test_the_pace_rises_and_falls_to_nothing():
    paces = [train.pace(seen, 1000, 0.1, 0.9) for seen in range(0, 1001, 50)]
    assert max(paces) == paces[2] == 1
    assert paces[-1] == 0
    assert paces[2:] == sorted(paces[2:], reverse=True)


# -- noise --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_noise_keeps_trees_whole_and_names_in_place(seed):
    made = noise.disturb(HEARD, READY, Random(seed))
    count = len(made["w"])
    assert {len(made[key]) for key in ("w", "x", "u", "m", "e", "h", "r", "n")} == {count}
    assert decode.is_tree(made["h"])
    assert [label for _, _, label in spans(made["n"])] == ["PER", "PER", "GPE"]
    moved = count - len(HEARD["w"])
    shift = 1 if moved == 1 else 0
    same = [at for at in range(shift, count) if made["w"][at] == HEARD["w"][at - shift]]
    assert set(range(shift, count)) - set(same) == set(made.get("changed", ()))


def test_every_kind_of_noise_happens():
    texts = {" ".join(noise.disturb(HEARD, READY, Random(seed))["w"]) for seed in range(400)}
    assert "KIM MØTTE PUTIN I VLADIVOSTOK ." in texts
    assert "kim møtte putin i vladivostok ." in texts
    assert "Kim moette Putin i Vladivostok ." in texts
    assert "– Kim møtte Putin i Vladivostok ." in texts
    assert "Kim møtte Putin i Vladivostok" in texts
    assert any("Kypros" in text for text in texts)


# -- decoding and scores ------------------------------------------------------------------------------------


@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_tree_is_the_best_one_with_one_root(count, seed):
    scores = np.random.default_rng(seed).normal(size=(count, count + 1)).astype("float32")
    trees = [one for one in product(range(count + 1), repeat=count) if decode.is_tree(one)]
    best = max(sum(float(scores[at, head]) for at, head in enumerate(one)) for one in trees)
    found = decode.heads(scores)
    assert decode.is_tree(found)
    assert sum(float(scores[at, head]) for at, head in enumerate(found)) == pytest.approx(best, abs=1e-4)


@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=7), min_size=1, max_size=6))
def test_heads_that_are_no_tree_are_found_among_several(several):
    counts = np.array([len(heads) for heads in several])
    found = np.full((len(several), counts.max()), 3)
    for row, heads in zip(found, several, strict=True):
        row[: len(heads)] = heads
    whole = [max(heads) <= len(heads) and decode.is_tree(heads) for heads in several]
    assert decode.not_trees(found, counts) == [at for at, one in enumerate(whole) if not one]


@given(st.integers(1, 8), st.integers(0, 10_000))
def test_names_open_before_they_go_on(count, seed):
    scores = np.random.default_rng(seed).normal(size=(count, len(labels.NAME_TAGS)))
    before = "O"
    for tag in decode.tags(scores, labels.NAME_TAGS):
        assert tag[0] != "I" or before[1:] == tag[1:]
        before = tag


def test_scores_count_words_and_names():
    tally = Tally()
    right = Analysis(HEARD["u"], HEARD["m"], HEARD["e"], HEARD["h"], HEARD["r"], HEARD["n"])
    tally.add(HEARD, right)
    assert set(tally.figures().values()) == {100.0}
    wrong = Analysis(
        HEARD["u"], HEARD["m"], HEARD["e"], [2, 0, 2, 5, 2, 5], HEARD["r"], ["B-PER", *["O"] * 5]
    )
    tally.add(HEARD, wrong)
    figures = tally.figures()
    assert figures["uas"] == pytest.approx(100 * 11 / 12, abs=0.01)
    assert figures["names"] == pytest.approx(200 * 4 / (4 + 6), abs=0.01)


def test_a_place_is_right_by_what_its_corpus_calls_it():
    assert set(SCHEMES) == set(labels.ALLOWED)
    tally = Tally()
    danish = row("I København", n=["O", "B-LOC"], c="four")
    tally.add(danish, Analysis([], [], [], [], [], ["O", "B-GPE"]))
    assert tally.figures() == {"names": 100.0}
