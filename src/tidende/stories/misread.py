"""Find surnames that an article alone took for a place: "Putins rådgivare", where another knows the man."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidende.entities.gazetteer import load
from tidende.entities.shape import shape_key
from tidende.records import Entity, Reading


def taken_for_places(readings: Sequence[Reading], people: Mapping[str, str]) -> dict[str, str]:
    """Map a place that no list knows to the one person of the story who bears its name alone or last.

    `people` maps ids of persons to their better ones (`same_people`).
    """
    bearers: dict[str, set[str]] = {}
    places: dict[str, list[Entity]] = {}
    for reading in readings:
        for entity in reading.entities:
            if entity.type == "person" and entity.named:
                for form in (entity.name, *(form for forms in entity.names.values() for form in forms)):
                    parts = [part for part in shape_key(form).split("-") if part]
                    for start in range(len(parts)):
                        key = "-".join(parts[start:])
                        bearers.setdefault(key, set()).add(people.get(entity.id, entity.id))
            elif entity.type == "place" and entity.id.startswith("place:"):
                places.setdefault(entity.id, []).append(entity)
    found = {}
    for identifier, rows in places.items():
        who = bearers.get(shape_key(rows[0].name), set())
        if len(who) == 1 and not any(map(_is_listed, rows)):
            found[identifier] = next(iter(who))
    return found


def _is_listed(place: Entity) -> bool:
    forms = [(language, form) for language, names in place.names.items() for form in names]
    return any(entry.type != "person" for language, form in forms for entry in load().entries(form, language))
