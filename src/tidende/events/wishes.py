"""Tell deeds from what somebody asks for, offers or means to do."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.events.drafts import Draft
from tidende.events.frames import Trigger
from tidende.events.mood import is_to_come
from tidende.events.scene import Scene
from tidende.languages.lists import word_set


def is_asked(scene: Scene, trigger: Trigger, actors: tuple[str, ...], before: Sequence[Draft]) -> bool:
    """Tell whether an act is what somebody asks, offers or means to do: "demanded that X lift ..."."""
    asked = any(draft.frame.type == "REQUEST" and set(actors) <= set(draft.recipients) for draft in before)
    mark = scene.tokens[trigger.first - 1].lower if trigger.first else ""
    if _is_wish(scene, trigger) and trigger.frame.type != "CONSULT":
        return True
    meant = mark in word_set(scene.parsed.language, "modality", "infinitive")
    meant = meant and not is_to_come(scene, trigger)  # announced: "kündigte an, Truppen zu schicken"
    return trigger.frame.strict and trigger.kind == "verb" and (asked or meant)


def _is_wish(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether the clause of an act hangs on a verb of asking or threatening, whoever does that."""
    language = scene.parsed.language
    start = scene.clause(trigger.first)[0]
    before = [token for token in scene.tokens if token.end <= start and token.is_word][-2:]
    that = word_set(language, "text", "conjunctions", "that")
    wishes = word_set(language, "events", "verbs", "demand") | word_set(
        language, "events", "verbs", "threaten"
    )
    return len(before) == 2 and before[1].lower in that and before[0].lower in wishes
