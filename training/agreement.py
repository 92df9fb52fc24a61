"""Measure how far converted trees agree with gold UD trees over the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from training.conllu import Tree


@dataclass(slots=True)
class Agreement:
    """Counts of words and of what is equal; `las` wants head and label."""

    words: int = 0
    uas: int = 0
    las: int = 0
    universal: int = 0  # head and label without its subtype
    label: int = 0
    upos: int = 0
    feats: int = 0
    lemma: int = 0
    sentences: int = 0
    content: int = 0  # words that are no punctuation
    content_uas: int = 0
    content_las: int = 0
    confusions: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def line(self) -> str:
        """Give the shares in per cent, one line."""
        parts = ("uas", "las", "universal", "label", "upos", "feats", "lemma")
        shares = " ".join(f"{part} {100 * getattr(self, part) / max(1, self.words):.2f}" for part in parts)
        heads = 100 * self.content_uas / max(1, self.content)
        both = 100 * self.content_las / max(1, self.content)
        shares += f" | without punctuation: uas {heads:.2f} las {both:.2f}"
        return f"{self.sentences} sentences, {self.words} words: {shares}"


def compare(pairs: Iterable[tuple[Tree, Tree]]) -> Agreement:
    """Count agreement over pairs (converted, gold) with the same words.

    The confusions are keyed by kind (`head`, `label`, `upos`, `feats`), then what was made and what was due.
    """
    total = Agreement()
    for made, due in pairs:
        total.sentences += 1
        for mine, gold in zip(made.words, due.words, strict=True):
            total.words += 1
            head = mine.head == gold.head
            label = mine.deprel == gold.deprel
            base = mine.deprel.split(":")[0] == gold.deprel.split(":")[0]
            total.uas += head
            if gold.upos != "PUNCT":
                total.content += 1
                total.content_uas += head
                total.content_las += head and label
            total.label += label
            total.las += head and label
            total.universal += head and base
            total.upos += mine.upos == gold.upos
            total.feats += mine.feats == gold.feats
            total.lemma += mine.lemma == gold.lemma
            if not head:
                total.confusions["head", mine.deprel, gold.deprel] += 1
            elif not label:
                total.confusions["label", mine.deprel, gold.deprel] += 1
            if mine.upos != gold.upos:
                total.confusions["upos", mine.upos, gold.upos, gold.form.lower()] += 1
            if mine.feats != gold.feats:
                total.confusions["feats", _less(mine.feats, gold.feats), _less(gold.feats, mine.feats)] += 1
    return total


def _less(some: str, others: str) -> str:
    rest = set(others.split("|"))
    return "|".join(part for part in some.split("|") if part not in rest)
