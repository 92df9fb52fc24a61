"""Tell what only looks like an act: a dateline for an actor, a demonstration that proves, sources who agree to talk."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.events.frames import Trigger
from tidende.events.governed import governed, head_of
from tidende.events.politics import as_state
from tidende.events.scene import Scene
from tidende.languages.lists import word_set
from tidende.parse import trees


def is_no_act(scene: Scene, trigger: Trigger, actors: Sequence[str]) -> bool:
    """Tell whether the sentence around a trigger shows that nobody does there what its word says."""
    if trigger.kind != "verb" or not trees.has_tree(scene.sentence):
        return False
    if not actors:
        return not _is_suffered(scene, trigger)
    if trigger.frame.type == "PROTEST":
        # "demonstrierten damit, dass ...": they showed it.
        return bool(trees.children(scene.sentence, head_of(scene, trigger), "ccomp"))
    if trigger.frame.type == "AGREE" and _is_of_source(scene):
        return True
    return _is_dateline(scene, trigger, actors)


def _is_suffered(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an act without an actor is told as done: by a passive, or by somebody of no name.

    "first driving out the Americans" and "1) Assassinate Musharraf" tell of nothing that was done.
    """
    told = governed(scene, trigger)
    return told.passive or told.place >= 0 or not scene.tokens[trigger.first].upos


def _is_of_source(scene: Scene) -> bool:
    """Tell whether a sentence says that its sources gave no name: "agreed to talk on condition of anonymity"."""
    unnamed = word_set(scene.parsed.language, "modality", "anonymous")
    return any(token.lower in unnamed for token in scene.tokens)


def _is_dateline(scene: Scene, trigger: Trigger, actors: Sequence[str]) -> bool:
    """Tell whether a place that opens a line is taken for who acts: "Tokio: Amokläufer tötet sieben Menschen"."""
    tokens = scene.tokens
    colon = next((at for at, token in enumerate(tokens[: trigger.first]) if token.text == ":"), -1)
    if colon < 0:
        return False
    opening = [phrase for phrase in scene.phrases if phrase.start == tokens[0].start]
    ends = tokens[colon - 1].end if colon else 0
    return any(
        phrase.end == ends and set(actors) <= set(_spoken_for(scene, phrase.ids)) for phrase in opening
    )


def _spoken_for(scene: Scene, ids: Sequence[str]) -> tuple[str, ...]:
    """Give places and the states that they speak for."""
    return (*ids, *(as_state(scene.cast, identifier, scene.parsed.language) for identifier in ids))
