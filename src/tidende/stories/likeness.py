"""Tell whether the sentences in which two articles tell an act say the same, in whatever language.

Only acts of one doer are asked about, so his name and post say nothing, and in a short sentence they are
most of what its vector is made of: "Norway's Prime Minister Erna Solberg threatens to close the border"
lies at 0.72 from the sentence in which she threatens to resign. So they are left out of both sentences.

Measured on acts done to nobody (part A of the NTREX set: one line in two translations, 103 pairs, against
other acts of the same doer and kind, 57) and on short sentences of our own, made to be hard (300 pairs that
are one, 620 that are two). With names and posts left in, a cosine of 0.67 joined 72 and 74 in 100 of what
is one, and 7.3 of our own that are two. Without the doer 0.62 joins as many, and 2.4 that are two. All
names left out, not the doer's alone, loses more: for whom and what it is about tells acts apart.

What is two lies nearer in one language ("strike for higher pay", "against longer hours": 0.82) than in two
of the North (0.73), and nearer there than in others (0.66), so each has a threshold of its own. Acts that
are one share a theme, a day or a place in 68 of 100 cases, those that are two in 9: with such a sign less
is asked. So 73 and 70 in 100 are joined (the latter without signs), and 1.6 of our own that are two; of the
57 none, the nearest at 0.56.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from tidende.errors import ModelError
from tidende.languages.lists import word_set
from tidende.parse.vectors import load_encoder
from tidende.records import Event, Evidence, Reading

_Kin = Literal["one", "near", "far"]  # how near each other the languages of two articles are
# Cosine from which on two acts are one: with another sign of it, and without.
_ALIKE: dict[_Kin, tuple[float, float]] = {"one": (0.74, 0.8), "near": (0.66, 0.7), "far": (0.57, 0.6)}
_MEETING = 0.67  # of meetings, whose parties are what is told: with their names
# Below it they tell two acts of one doer and kind: so do 79 in 100 of those that are two, and 8 of those that
# are one.
_UNLIKE = 0.45
_LONGEST = 8  # sentences of an event that are compared, from its first
_SPACES = re.compile(r"\s+")


class Likeness:
    """Compare the sentences of acts, without the names and posts of who does them.

    `readings` are those of one story, in which ids are settled.
    """

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._languages = {reading.article.id: reading.article.language for reading in readings}
        self._places: dict[str, list[Evidence]] = defaultdict(list)
        for reading in readings:
            for entity in reading.entities:
                self._places[entity.id] += entity.evidence
            for role in reading.roles:
                self._places[role.holder] += role.evidence

    def alike(self, a: Event, b: Event) -> bool:
        """Tell whether two acts' sentences say the same; nothing is alike where there is no encoder."""
        near = self._nearness(a, b)
        signed, by_itself = _ALIKE[self._kin(a, b)]
        least = _MEETING if a.type == "CONSULT" else signed if _has_sign(a, b) else by_itself
        return near is not None and near >= least

    def unlike(self, a: Event, b: Event) -> bool:
        """Tell whether two acts' sentences speak of other things; nothing does where there is no encoder.

        Of what several do together, and of one doer told in a word ("He accused ..."), the whole sentences
        must lie apart too: their names say little, and what is left of a short sentence is like nothing.
        """
        near = self._nearness(a, b)
        if near is None or near >= _UNLIKE:
            return False
        several = len(a.actors) > 1 and len(b.actors) > 1
        if not several and not (self._is_bare(a) and self._is_bare(b)):
            return True
        near = self._nearness(a, b, whole=True)
        return near is not None and near < _UNLIKE

    def _is_bare(self, event: Event) -> bool:
        """Tell whether an act's sentences have one word at most for who does it."""
        pieces = event.evidence[:_LONGEST]
        return all(len(one.text.split()) - len(self._without_doer(event, one).split()) < 2 for one in pieces)

    def _kin(self, a: Event, b: Event) -> _Kin:
        here, there = (self._languages.get(event.evidence[0].article) for event in (a, b))
        if here == there:
            return "one"
        return "near" if {here, there} <= word_set("common", "nearness", "near") else "far"

    def _nearness(self, a: Event, b: Event, *, whole: bool = False) -> float | None:
        texts = [
            [piece.text if whole else self._without_doer(event, piece) for piece in event.evidence[:_LONGEST]]
            for event in (a, b)
        ]
        if not all(texts):
            return None
        try:
            vectors = load_encoder().told([*texts[0], *texts[1]])
        except ModelError:
            return None
        here, there = vectors[: len(texts[0])], vectors[len(texts[0]) :]
        return float((here @ there.T).max())

    def _without_doer(self, event: Event, piece: Evidence) -> str:
        if event.type == "CONSULT":
            return piece.text
        spans = (place for actor in event.actors for place in self._places.get(actor, ()))
        return without(piece, spans)


def without(piece: Evidence, places: Iterable[Evidence]) -> str:
    """Give the text of a piece without what stands at some places in it; all of it if that leaves nothing."""
    left = list(piece.text)
    for place in places:
        inside = piece.start <= place.start and place.end <= piece.end
        if inside and (place.article, place.part) == (piece.article, piece.part):
            start, end = place.start - piece.start, place.end - piece.start
            left[start:end] = [""] * (end - start)
    return _SPACES.sub(" ", "".join(left)).strip() or piece.text


def _has_sign(a: Event, b: Event) -> bool:
    """Tell whether more than their words shows two acts to be one: a theme, a day or a place told of both."""
    days = [event.date.start if event.date is not None else None for event in (a, b)]
    pairs = ((a.theme, b.theme), (a.place, b.place), (days[0], days[1]))
    return any(one is not None and one == other for one, other in pairs)
