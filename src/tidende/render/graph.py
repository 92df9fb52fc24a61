"""Lay out who deals with whom: actors on a circle, a line for each two who share events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import cos, pi, sin

from tidende.records import COOPERATIVE, Event
from tidende.render.layout import clip
from tidende.render.view import View

SIZE = 640, 440  # width and height of the drawing
_MOST = 14  # actors that a drawing can hold and be read
_NAME = 26
_ROUND = 230.0, 165.0  # half axes of the ellipse that actors stand on
_BEND = 0.16  # of the way to the middle that a line bends


@dataclass(frozen=True, slots=True)
class Node:
    """One actor: where it stands, its name, which side of the point the name is printed on."""

    id: str
    name: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What two actors share: who, the path of the line, its width, how, and the ids of the events."""

    pair: tuple[str, str]
    path: str
    width: float
    kind: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing of actors and what they share; `more` counts those that found no room."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    more: int


def graph(view: View) -> Graph:
    """Draw the actors of a record's events; those in most events keep their place where there are many."""
    shared: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in view.record.events:
        for one, other in _pairs(event):
            shared[min(one, other), max(one, other)].append(event)
    weight: Counter[str] = Counter()
    for pair, events in shared.items():
        for actor in pair:
            weight[actor] += len(events)
    order = {entity.id: at for at, entity in enumerate(view.record.entities)}
    actors = sorted(weight, key=lambda actor: (-weight[actor], order.get(actor, len(order)), actor))[:_MOST]
    points = _points(len(actors))
    at = dict(zip(actors, points, strict=True))
    nodes = tuple(
        Node(actor, clip(view.name(actor), _NAME), round(x, 1), round(y, 1), _anchor(x))
        for actor, (x, y) in at.items()
    )
    edges = tuple(
        _edge((one, other), at[one], at[other], events)
        for (one, other), events in sorted(shared.items())
        if one in at and other in at
    )
    return Graph(nodes, edges, len(weight) - len(actors))


def _pairs(event: Event) -> Iterator[tuple[str, str]]:
    """Give the pairs that an event joins: actors with recipients, or the parties of a meeting."""
    if event.modality == "denied":
        return
    actors, recipients = list(dict.fromkeys(event.actors)), list(dict.fromkeys(event.recipients))
    if recipients:
        yield from ((one, other) for one in actors for other in recipients if one != other)
    else:
        yield from combinations(actors, 2)


def _points(count: int) -> list[tuple[float, float]]:
    """Give places on an ellipse, from the left on; those next to each other in weight stand apart."""
    width, height = SIZE
    found = []
    for at in range(count):
        angle = pi + 2 * pi * at / max(count, 1)
        found.append((width / 2 + _ROUND[0] * cos(angle), height / 2 + _ROUND[1] * sin(angle)))
    return found


def _anchor(x: float) -> str:
    middle = SIZE[0] / 2
    return "middle" if abs(x - middle) < 40 else "end" if x < middle else "start"


def _edge(
    pair: tuple[str, str], one: tuple[float, float], other: tuple[float, float], events: list[Event]
) -> Edge:
    width, height = SIZE
    mid = [(a + b) / 2 for a, b in zip(one, other, strict=True)]
    bend = [m + (c - m) * _BEND for m, c in zip(mid, (width / 2, height / 2), strict=True)]
    path = f"M{one[0]:.1f} {one[1]:.1f}Q{bend[0]:.1f} {bend[1]:.1f} {other[0]:.1f} {other[1]:.1f}"
    ways = {event.type in COOPERATIVE for event in events}
    kind = "both" if len(ways) > 1 else "cooperative" if True in ways else "conflictual"
    return Edge(pair, path, min(1.5 + len(events), 7.0), kind, tuple(dict.fromkeys(one.id for one in events)))
