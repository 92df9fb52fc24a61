"""Names that nobody checked: what several readings settle, and what they leave open."""

from __future__ import annotations

import json
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import gazetted, names, pack, peers, silver, silver_pack

BOEING = (
    "President",
    "Jean",
    "Chrétien",
    "met",
    "the",
    "Boeing",
    "Company",
    "'s",
    "chief",
    "in",
    "Ottawa",
    ".",
)
TAGS = ["O", *(f"{prefix}-{label}" for label in names.LABELS for prefix in "BI")]


def read(forms, *found):
    return silver.tags_of(len(forms), found)


def german(text, nouns=(), people=()):
    forms = tuple(text.split())
    tags = gazetted.tagged(forms, gazetted.lists("de", nouns), people)
    return dict(zip(forms, tags, strict=True))


# -- what others' models read -------------------------------------------------------------------------------


def test_labels_and_edges_become_ours():
    found = [(1, 3, "PERSON"), (4, 8, "ORG"), (10, 12, "GPE"), (0, 1, "NORP")]
    assert silver.converted(BOEING, found) == [(1, 3, "PER"), (5, 7, "ORG"), (10, 11, "GPE")]


def test_a_span_without_a_proper_noun_is_no_name():
    upos = [
        "NOUN",
        "PROPN",
        "PROPN",
        "VERB",
        "DET",
        "PROPN",
        "PROPN",
        "PART",
        "NOUN",
        "ADP",
        "PROPN",
        "PUNCT",
    ]
    assert silver.converted(BOEING, [(8, 9, "ORG"), (10, 11, "GPE")], upos) == [(10, 11, "GPE")]


def test_what_all_say_stays_and_the_rest_is_open():
    one = read(BOEING, (1, 3, "PER"), (5, 7, "ORG"), (10, 11, "GPE"))
    two = read(BOEING, (0, 3, "PER"), (5, 7, "ORG"), (10, 11, "PER"))
    merged = silver.united([one, two])
    assert names.spans(merged) == [(5, 7, "ORG")]
    assert merged[:3] == ("?B-PER,O", "?B-PER,I-PER", "?I-PER")
    assert merged[10] == "?B-GPE,B-PER"
    assert merged[3] == "O"


@given(st.lists(st.lists(st.sampled_from(TAGS), min_size=6, max_size=6), min_size=1, max_size=4))
def test_a_union_never_rules_out_what_a_reading_says(readings):
    merged = silver.united(readings)
    assert all(silver.permits(tag, own) for one in readings for tag, own in zip(merged, one, strict=True))


def test_a_name_that_hangs_in_two_places_is_open():
    forms = ("Traci", "Warner", "Enron", "Broadband", "Services")
    tags = read(forms, (0, 5, "ORG"))
    assert silver.in_tree(tags, [0, 1, 5, 5, 1]) == tags
    assert silver.in_tree(tags, [0, 1, 5, 5, 0]) == ("?",) * 5


def test_proper_nouns_that_nobody_names_are_open_but_days_are_not():
    forms = ("On", "Monday", "Zipdash", "left", "the", "Iranian", "Opposition", ".")
    upos = ("ADP", "PROPN", "PROPN", "VERB", "DET", "ADJ", "NOUN", "PUNCT")
    assert silver.uncertain(forms, upos) == {2, 5, 6}
    assert silver.uncertain(forms, upos, told=[5]) == {2, 6}
    assert silver.uncertain(("SELL", "IT", "NOW", "!"), ("VERB", "PRON", "ADV", "PUNCT")) == set()


def test_a_form_that_is_read_in_two_ways_is_open_between_them():
    corpus = silver.Forms()
    for label in ("PER", "PER", "LOC"):
        corpus.add(("Laura",), [(0, 1, label)])
    assert silver.steadied(("Laura", "left"), ("B-PER", "O"), corpus) == ("?B-LOC,B-PER", "O")
    assert silver.steadied(("Mary", "left"), ("B-PER", "O"), corpus) == ("B-PER", "O")


# -- joining with a model of ours ---------------------------------------------------------------------------


def test_a_model_fills_what_silver_leaves_open_and_settles_no_dispute():
    forms = ("Angela", "Merkel", "sprach", "in", "Kassel", "mit", "Siemens")
    mine = read(forms, (0, 2, "PER"), (4, 5, "LOC"), (6, 7, "ORG"))
    lists = ("?", "?", "O", "O", "B-GPE", "O", "?")
    assert silver.joined(mine, lists) == ("B-PER", "I-PER", "O", "O", "B-LOC", "O", "B-ORG")
    assert silver.joined(mine, ("?", "O", "O", "O", "B-PER", "O", "?"))[:5] == (
        "?B-PER",
        "?I-PER,O",
        "O",
        "O",
        "?B-LOC,B-PER",
    )


def test_that_a_model_saw_nothing_proves_nothing():
    assert silver.joined(("O", "O", "O"), ("?", "?B-ORG,B-PER", "O")) == ("?", "?B-ORG,B-PER,O", "O")


@given(st.lists(st.tuples(*[st.sampled_from([*TAGS, "?", "?B-PER,O", "?I-LOC"])] * 2), max_size=8))
def test_joined_tags_are_tags_and_rule_out_nothing_that_both_allow(pairs):
    merged = silver.joined([one for one, _ in pairs], [other for _, other in pairs])
    for tag, (one, other) in zip(merged, pairs, strict=True):
        assert silver.options(tag) <= {*TAGS, "?"}
        both = silver.options(one) & silver.options(other)
        assert silver.is_open(tag) or not both or all(silver.permits(tag, each) for each in both)


@given(st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS)), max_size=8))
def test_a_settled_tag_needs_both(pairs):
    merged = silver.joined([one for one, _ in pairs], [other for _, other in pairs])
    settled = [(tag, pair) for tag, pair in zip(merged, pairs, strict=True) if not silver.is_open(tag)]
    assert all(
        {one, other} <= {tag, tag.replace("LOC", "GPE"), tag.replace("GPE", "LOC")}
        for tag, (one, other) in settled
    )


def test_one_form_is_one_thing_in_one_article():
    article = [
        (("Angela", "Merkel", "kam", "."), ("B-PER", "I-PER", "O", "O")),
        (("Merkel", "sprach", "."), ("B-LOC", "O", "O")),
        (("Darauf", "ging", "Merkel", "."), ("O", "O", "O", "O")),
    ]
    first, second, third = silver.consistent(article)
    assert first == ("B-PER", "I-PER", "O", "O")
    assert second[0] == "?B-LOC,B-PER"
    assert third == ("O", "O", "?", "O")


# -- lists --------------------------------------------------------------------------------------------------


def test_lists_settle_countries_cities_and_full_names():
    read_ = german(
        "Wie die Behörden in Singapur mitteilten , reist Angela Merkel nach Deutschland .", ["Behörden"]
    )
    assert read_["Singapur"] == read_["Deutschland"] == "B-GPE"
    assert (read_["Angela"], read_["Merkel"]) == ("B-PER", "I-PER")
    assert read_["Behörden"] == read_["reist"] == "O"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Das ist eine Auszeichnung für Mainz 05 .", "Mainz"),
        ("Der FC Bayern München gewann .", "München"),
        ("Danach gründete er die Dave Matthews Band .", "Matthews"),
        ("Der Manager der Kassel Huskies ging .", "Huskies"),
    ],
)
def test_a_name_inside_a_longer_one_is_open(text, word):
    assert german(text, ["Auszeichnung", "Manager"])[word] == "?"


def test_a_last_name_is_known_from_elsewhere_in_the_article():
    assert german("Später sprach Figura mit den Studenten .")["Figura"] == "?"
    assert german("Später sprach Figura mit den Studenten .", people=["Figura"])["Figura"] == "B-PER"
    forms = ("Kurt", "von", "Figura", "sprach")
    assert gazetted.surnames(forms, read(forms, (0, 3, "PER"))) == {"Figura"}


def test_words_that_are_counted_are_common_nouns():
    text = "Drei Spieler und mehrere Verträge , 281 Gramm , Kassel und 2005 Apple ."
    assert gazetted.counted_nouns([text.split()], "de") == {"Spieler", "Verträge", "Gramm"}


# -- the pack -----------------------------------------------------------------------------------------------


def test_swedish_web_news_is_left_open_where_it_goes_its_own_way():
    forms = ("I", "södra", "Stockholm", "ingrep", "polisen", ",", "säger", "Tingsrätten")
    tags = ("O", "B-LOC", "I-LOC", "O", "B-ORG", "O", "O", "B-MISC")
    made = silver.revised(forms, tags)
    assert made[1:3] == ("?B-LOC,O", "?B-LOC,I-LOC")
    assert made[4] == "?B-ORG,O"
    assert made[7] == "?B-LOC,B-MISC,B-ORG"


def test_english_is_settled_only_where_all_models_agree():
    forms = ("Ottawa", "and", "Miramar", "met", "Zipdash", ".")
    upos = ("PROPN", "CCONJ", "PROPN", "VERB", "PROPN", "PUNCT")
    found = {"a": [(0, 1, "GPE"), (2, 3, "GPE")], "b": [(0, 1, "GPE"), (2, 3, "ORG")]}
    one = peers.Sentence("ewt-train", "x", forms, "111111", (), found)
    tags = silver_pack.english(one, upos, [4, 3, 1, 0, 4, 4], silver.Forms())
    assert tags == ("B-GPE", "O", "?", "O", "?", "O")


def test_a_name_that_annotators_marked_as_a_product_is_open():
    assert silver_pack.unlike(("B-ORG", "O"), [(0, 2, "PRO")]) == ("?", "O")
    assert silver_pack.unlike(("B-GPE", "O"), [(0, 2, "ORG"), (0, 1, "LOC")]) == ("B-GPE", "O")
    assert silver_pack.unlike(("B-ORG", "O"), [(1, 2, "PRO")]) == ("B-ORG", "O")


def test_german_is_cut_as_in_ud():
    (words, spaces), second = silver_pack.cut("Am 28. Juni kam er. Das ist gut.", "de")
    assert words == ("Am", "28.", "Juni", "kam", "er", ".")
    assert spaces == "111101"
    assert second[0] == ("Das", "ist", "gut", ".")


def written(path, rows):
    lines = [json.dumps({"format": pack.FORMAT, "sha256": path.name}), *map(json.dumps, rows), ""]
    path.write_bytes(lzma.compress("\n".join(lines).encode()))
    return path


def test_names_of_a_further_pack_go_over_trees_that_have_none(tmp_path):
    tree = {"s": "ud-en-ewt", "p": "train", "w": ["Ottawa", "won"], "g": "gold"}
    named = {"s": "webbnyheter", "p": "train", "w": ["polisen"], "n": ["B-ORG"], "c": "four"}
    first = written(tmp_path / "data.xz", [tree, named, {**named, "w": ["Polisen"]}])
    over = {"p": "train", "c": "silver", "q": "x"}
    more = [
        {**over, "s": "ud-en-ewt", "w": ["Ottawa", "won"], "n": ["B-GPE", "O"]},
        {**over, "s": "webbnyheter", "w": ["polisen"], "n": ["?B-ORG,O"], "o": 1},
        {**over, "s": "webbnyheter", "w": ["Polisen"], "n": ["O"]},
        {**over, "s": "wikinews-de-silver", "w": ["Berlin"], "n": ["B-GPE"]},
    ]
    digest, rows = pack.read_all([first, written(tmp_path / "silver.xz", more)])
    assert [row["n"] for row in rows] == [["B-GPE", "O"], ["?B-ORG,O"], ["B-ORG"], ["B-GPE"]]
    assert rows[0]["g"] == "gold"
    assert digest != "data.xz"
    assert pack.read_all([first])[0] == "data.xz"


def test_a_name_beside_a_word_that_stays_open_is_open_too():
    forms = ("Die", "Zukunft", "der", "Kassel", "Huskies", "in", "Berlin")
    row = silver_pack.Row("s", "train", "q", "de", "1", forms, "1" * 7, ("O", "O", "O", "?", "?", "O", "?"))
    mine = {forms: ("O", "O", "O", "B-LOC", "O", "O", "B-LOC")}
    (made,) = silver_pack.joined([row], mine)
    assert made.tags == ("O", "O", "O", "?", "?", "O", "B-LOC")


def test_what_is_barred_twice_there_or_mostly_open_is_left_out():
    def row(text, *tags):
        forms = tuple(text.split())
        return silver_pack.Row("s", "train", "q", "de", "1", forms, "1" * len(forms), tags)

    rows = [
        row("Berlin gewann", "B-GPE", "O"),
        row("Berlin gewann", "O", "O"),
        row("Kassel Huskies", "?", "?"),
    ]
    assert silver_pack.useful(rows, frozenset()) == rows[:1]
    held = frozenset({silver_pack.heldout.fingerprint(("Berlin", "gewann"))})
    assert silver_pack.useful(rows, held) == []
