"""Ask the gazetteer what offices a person holds: of which state, on which day."""

from __future__ import annotations

from datetime import date

from tidende.entities.gazetteer import Gazetteer, Position

_HEADS = ("head of state", "head of government")


def positions(gazetteer: Gazetteer, identifier: str, name: str) -> tuple[Position, ...]:
    """Give the positions that the gazetteer knows of a person, by id and English name."""
    for entry in gazetteer.person(name):
        if identifier in (entry.id, f"person:{entry.name}"):
            return entry.positions
    return ()


def holds(role: str, country: str, held: tuple[Position, ...], on: date | None) -> bool:
    """Tell whether positions include a role in a state (ISO2), on a day if it is known.

    A leader is a head of state or government; other roles go by the kind or the English title.
    """
    for position in held:
        if position.country != country or (on is not None and not position.holds(on)):
            continue
        if role == position.kind or (role == "leader" and position.kind in _HEADS):
            return True
        title = f" {position.title.lower()} "
        if f" {role} " in title and position.kind in (*_HEADS, "deputy", "minister", ""):
            return True
    return False


def state_of(held: tuple[Position, ...], on: date | None) -> str:
    """Give the one state (ISO2) that a person holds office in, "" for none or several."""
    states = {position.country for position in held if on is None or position.holds(on)}
    return states.pop() if len(states) == 1 else ""
