"""Tell whether the sentences in which two articles tell an act say the same, in whatever language."""

from __future__ import annotations

from tidende.errors import ModelError
from tidende.parse.vectors import load_encoder
from tidende.records import Event

# Cosine from which on they do: some 70 in 100 acts of one doer and kind in one line of two translations
# (NTREX dev, part A) lie above it, those of other lines lie below 0.54. "Threatened to close the border" and
# "threatened to leave the summit", of one doer, lie at 0.61: short sentences with little else to tell. Two
# refusals told with the same long name and post lie at 0.66.
_ALIKE = 0.67
# Under it they tell two acts of one doer and kind (0.43, 0.46); those that are one lie at 0.61 and more.
_UNLIKE = 0.5
_LONGEST = 8  # sentences of an event that are compared, from its first


def told_alike(a: Event, b: Event) -> bool:
    """Tell whether two events' sentences say the same; nothing is alike where there is no encoder."""
    near = _nearness(a, b)
    return near is not None and near >= _ALIKE


def told_unlike(a: Event, b: Event) -> bool:
    """Tell whether two events' sentences speak of other things; nothing is where there is no encoder."""
    near = _nearness(a, b)
    return near is not None and near < _UNLIKE


def _nearness(a: Event, b: Event) -> float | None:
    texts = [[piece.text for piece in event.evidence][:_LONGEST] for event in (a, b)]
    if not all(texts):
        return None
    try:
        vectors = load_encoder().told([*texts[0], *texts[1]])
    except ModelError:
        return None
    here, there = vectors[: len(texts[0])], vectors[len(texts[0]) :]
    return float((here @ there.T).max())
