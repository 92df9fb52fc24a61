"""Scores of raw text are those of the CoNLL 2018 shared task."""

from __future__ import annotations

import rawtext
from tidende.parse.types import Token
from training import conllu

GOLD = """# newpar
1\tEr\ter\t_\t_\t_\t2\tnsubj\t_\t_
2\tging\tgehen\t_\t_\t_\t0\troot\t_\t_
3-4\tzum\t_\t_\t_\t_\t_\t_\t_\t_
3\tzu\tzu\t_\t_\t_\t5\tcase\t_\t_
4\tdem\tder\t_\t_\t_\t5\tdet\t_\t_
5\tArzt\tArzt\t_\t_\t_\t2\tobl\t_\tSpaceAfter=No
6\t.\t.\t_\t_\t_\t2\tpunct\t_\t_

1\tGut\tgut\t_\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\t_\t_\t_\t1\tpunct\t_\t_
"""


def trees():
    return list(conllu.parse(GOLD.splitlines()))


def test_the_text_is_rebuilt_from_tokens_and_white_space():
    assert rawtext.text(trees()) == "Er ging zum Arzt. Gut!"
    twice = trees() + trees()
    assert rawtext.text(twice) == "Er ging zum Arzt. Gut!\n\nEr ging zum Arzt. Gut!"


def test_gold_against_itself_is_all_right():
    due = rawtext.gold(trees())
    found = rawtext.counts(due, due)
    assert [figure.value(found) for figure in rawtext.FIGURES] == [1.0] * 5
    assert (found["sentences due"], found["tokens due"], found["words due"]) == (2, 7, 8)


def test_words_of_a_contraction_are_aligned_by_their_forms():
    text = "Er ging zum Arzt. Gut!"
    own, at = [], 0
    for form in ("Er", "ging", "zum", "Arzt", ".", "Gut", "!"):
        at = text.index(form, at)
        own.append(Token(at, at + len(form), form, form.lower()))
        at += len(form)
    read = rawtext.system(text, [own], "de")
    found = rawtext.counts(rawtext.gold(trees()), read)
    assert found["tokens right"] == 7
    assert found["words right"] == 8
    assert (found["sentences found"], found["sentences right"]) == (1, 0)


def test_a_wrong_cut_costs_its_words_and_what_hangs_on_them():
    due = rawtext.gold(trees())
    kept = [word for word in due.words if word.form != "Arzt"]
    heads = {0: 1, 1: -1, 2: 4, 3: 4, 4: 1, 5: -1, 6: 5}
    words = [
        rawtext.Word(word.form, word.place, heads[at], word.deprel, word.joint)
        for at, word in enumerate(kept)
    ]
    found = rawtext.counts(due, rawtext.Reading(due.sentences, due.tokens, tuple(words)))
    assert found["words right"] == 7
    assert found["las"] == 5  # the words of "zum" lost their head
