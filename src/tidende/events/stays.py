"""Read stays of which a number is told: "has been to China four times" tells of four visits."""

from __future__ import annotations

from tidende.events.counts import is_times, told_of
from tidende.events.frames import Trigger, frames
from tidende.events.governed import actor_of
from tidende.events.meant import ids_at
from tidende.events.scene import Scene
from tidende.languages.lists import word_set
from tidende.parse import trees

_PLACED = ("obl", "obj", "nmod", "advmod", "xcomp")  # how a parser may hang a place on "been"
_TOWARDS = ("in", "to")

Stay = tuple[Trigger, tuple[str, ...], tuple[str, ...]]  # trigger, guests, places


def stays(scene: Scene) -> list[Stay]:
    """Give who has been where so many times; none where no tree was read or no number is told."""
    if not trees.has_tree(scene.sentence) or not any(is_times(number) for number in scene.numbers):
        return []
    being = word_set(scene.parsed.language, "events", "being")
    found: list[Stay] = []
    for index, token in enumerate(scene.tokens):
        if token.lower not in being or trees.relation(token.deprel) in ("aux", "expl"):
            continue
        predicate = trees.predicate(scene.sentence, index)
        if not any(is_times(number) and told_of(scene, number, predicate) for number in scene.numbers):
            continue
        places = _places(scene, predicate)
        guests = ids_at(scene, actor_of(scene, predicate)) if places else ()
        if guests:
            found.append((Trigger(frames()["visit"], "verb", index, index + 1, by_tree=True), guests, places))
    return found


def _places(scene: Scene, predicate: int) -> tuple[str, ...]:
    """Give where somebody is: a country or town behind "in" or "to"."""
    words = frozenset[str]().union(
        *(word_set(scene.parsed.language, "text", "prepositions", kind) for kind in _TOWARDS)
    )
    for at in (predicate, *trees.children(scene.sentence, predicate, *_PLACED)):
        if trees.case(scene.sentence, at) not in words:
            continue
        ids = tuple(i for i in ids_at(scene, at) if scene.cast.entity(i).type in ("country", "place"))
        if ids:
            return ids
    return ()
