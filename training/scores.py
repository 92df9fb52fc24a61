"""Scores of dev sentences: UPOS, UAS, LAS, features, lemma, and names as spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.parse.neural import Analysis
from training.labels import seen
from training.names import spans, without_polities

_MEASURED = frozenset({"PER", "ORG", "LOC"})


@dataclass(slots=True)
class Tally:
    """Counts over sentences of one source: words and what is right of them; names found, due and right."""

    words: int = 0
    upos: int = 0
    feats: int = 0
    lemma: int = 0
    uas: int = 0
    las: int = 0
    found: int = 0
    due: int = 0
    right: int = 0
    sentences: int = 0

    def add(self, row: Mapping[str, Any], read: Analysis) -> None:
        """Count one sentence. LAS takes labels without their subtype, as the CoNLL 2018 measure does."""
        self.sentences += 1
        if "g" in row:
            self.words += len(row["w"])
            self.upos += _same(row["u"], read.upos)
            self.feats += _same(row["m"], read.feats)
            self.lemma += _same(row["e"], read.lemmas)
            self.uas += _same(row["h"], read.heads)
            self.las += _same(
                [(head, label.split(":")[0]) for head, label in zip(row["h"], row["r"], strict=True)],
                [(head, label.split(":")[0]) for head, label in zip(read.heads, read.deprels, strict=True)],
            )
        if "c" in row:
            due = {(start, end, without_polities(label)) for start, end, label in spans(row["n"])}
            mine = {
                (start, end, without_polities(seen(label, row["c"])))
                for start, end, label in spans(read.names)
            }
            due = {one for one in due if one[2] in _MEASURED}
            mine = {one for one in mine if one[2] in _MEASURED}
            self.found, self.due = self.found + len(mine), self.due + len(due)
            self.right += len(due & mine)

    def figures(self) -> dict[str, float]:
        """Give the scores in per cent; none where nothing was to be scored. Names are PER, ORG and places."""
        made: dict[str, float] = {}
        if self.words:
            for kind in ("upos", "feats", "lemma", "uas", "las"):
                made[kind] = round(100 * getattr(self, kind) / self.words, 2)
        if self.due:
            made["names"] = round(200 * self.right / (self.found + self.due), 2)
        return made


def _same(due: Sequence[Any], made: Sequence[Any]) -> int:
    return sum(a == b for a, b in zip(due, made, strict=True))
