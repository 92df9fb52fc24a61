"""The scores of chains are those of the published example, and the corpus is laid out as it was printed."""

from __future__ import annotations

import pytest

import coref
import coref_scores
import narc

# The example of Pradhan et al. (2014), "Scoring coreference partitions of predicted mentions".
GOLD = [frozenset("abc"), frozenset("defg")]
FOUND = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


@pytest.mark.parametrize(
    ("score", "recall", "precision"),
    [
        (coref_scores.muc, 2 / 5, 2 / 5),
        (coref_scores.b_cubed, 35 / 12 / 7, 4 / 8),
        (coref_scores.ceaf_e, 1.3 / 2, 1.3 / 3),
    ],
)
def test_scores_are_those_of_the_published_example(score, recall, precision):
    right, due, own, all_own = score(GOLD, FOUND)
    assert right / due == pytest.approx(recall)
    assert own / all_own == pytest.approx(precision)


@pytest.mark.parametrize("score", [coref_scores.muc, coref_scores.b_cubed, coref_scores.ceaf_e])
def test_gold_itself_scores_full_marks_and_nothing_scores_none(score):
    assert coref_scores.f1(score(GOLD, GOLD)) == 1
    assert coref_scores.f1(score(GOLD, [])) == 0


def test_marks_go_back_to_their_words_and_mentions_move_along():
    text = 'Slik er det |\n- Kari Moe , rektor her , kommer .\n" Nei " , sa hun ( 40 ) .'
    first = text.index("Kari")
    she = text.index("hun")
    spans = [[first, first + len("Kari Moe , rektor her")], [she, she + 3]]
    document = narc.document({"id": "x", "lang": "nb", "text": text, "chains": [spans]})
    assert document.text.splitlines() == [
        "Slik er det",
        "- Kari Moe, rektor her, kommer.",
        '"Nei", sa hun (40).',
    ]
    (chain,) = document.chains
    assert [(document.text[gold.core[0] : gold.core[1]], gold.kind) for gold in chain] == [
        ("Kari Moe", "name"),
        ("hun", "pronoun"),
    ]


@pytest.mark.parametrize(
    ("phrase", "core", "kind"),
    [
        ("den russiske presidenten", "presidenten", "description"),
        ("lederen i Høyre", "lederen", "description"),
        ("søsteren min", "søsteren", "description"),
        ("statsminister Jens Stoltenberg , som kom", "Jens Stoltenberg", "name"),
        ("Kari og Per", "Kari og Per", "other"),
    ],
)
def test_a_mention_is_told_by_its_words(phrase, core, kind):
    text = f"Da kom {phrase}"
    gold = narc.gold(text, (len("Da kom "), len(text)))
    assert (text[gold.core[0] : gold.core[1]], gold.kind) == (core, kind)


def test_without_the_corpus_nothing_is_measured(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["coref.py", "--data", str(tmp_path / "none.jsonl")])
    assert coref.main() == 0
    assert "not measured" in capsys.readouterr().out


def test_an_answer_is_right_wrong_or_silent():
    """Kari is told of twice by a pronoun; one is read right by any reader, and the counts say so."""
    text = "Kari Nordmann kom til Oslo . Hun smilte ."
    she = text.index("Hun")
    row = {"id": "x", "lang": "nb", "text": text, "chains": [[[0, 13], [she, she + 3]]]}
    (scored,) = coref.score([narc.document(row)])
    assert scored.counts["pronouns due"] == 1
    assert scored.counts["pronouns right"] == scored.counts["pronouns given"] == 1
