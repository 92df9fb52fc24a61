"""The labelled pairs of facts: what the set holds, and what its score sees."""

from collections import Counter

import reconcile

PAIRS = reconcile.load()


def test_the_set_is_large_in_six_languages_and_of_every_label():
    labels = Counter(pair["label"] for pair in PAIRS)
    assert len(PAIRS) >= 200
    assert set(labels) == set(reconcile.LABELS)
    assert min(labels[label] for label in ("agree", "differ", "unrelated")) >= 60
    languages = Counter(pair[side]["language"] for pair in PAIRS for side in "ab")
    assert set(languages) == set(reconcile.FILES)
    assert min(languages.values()) >= 80
    assert all(pair["a"]["language"] != pair["b"]["language"] for pair in PAIRS)


def test_every_mark_is_inside_its_text():
    for pair in PAIRS:
        for side in (pair["a"], pair["b"]):
            assert 0 <= side["start"] < side["end"] <= len(side["text"])
            marked = side["text"][side["start"] : side["end"]]
            assert marked == marked.strip()


def test_a_family_is_in_one_half_only():
    halves = {}
    for pair in PAIRS:
        assert halves.setdefault(pair["family"], pair["half"]) == pair["half"]
    assert set(halves.values()) == set(reconcile.HALVES)


def test_the_score_tells_a_wrong_answer_from_a_right_one():
    pair = PAIRS[0] | {"label": "agree"}
    tally = reconcile.Tally()
    tally.add(pair, "agree", read=True)
    tally.add(pair, "differ", read=True)
    tally.add(pair, "unrelated", read=False)
    found = tally.figures()
    assert found["agree precision"] == 1
    assert found["differ precision"] == 0
    assert round(found["accuracy"], 2) == 0.33
    assert found["accuracy of what is read"] == 0.5
