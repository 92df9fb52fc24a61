"""An event while it is being read: slots with everything told of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tidende.events.frames import Frame
from tidende.records import Evidence, Modality


@dataclass(slots=True)
class Telling:
    """One value told for one slot, with its characters."""

    value: Any
    evidence: Evidence


@dataclass(slots=True)
class Draft:
    """One event under construction.

    `order` is the index of the sentence that tells it first; `slots` maps a slot or detail to
    its tellings in text order; `weight` counts tellings, `lead` is true when the title or lead
    tells it; `recalls` is true where it says of an act just told which time that was, `present`
    where only verbs in the present tense tell it, which may mean what is to come.
    """

    frame: Frame
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    order: int
    evidence: list[Evidence]
    modality: Modality = "happened"
    claimed_by: str | None = None
    lead: bool = False
    weight: int = 1
    recalls: bool = False
    present: bool = False
    slots: dict[str, list[Telling]] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)

    def tell(self, slot: str, value: Any, evidence: Evidence) -> None:
        """Add one telling of a slot; the same characters count once."""
        tellings = self.slots.setdefault(slot, [])
        if all(telling.evidence != evidence for telling in tellings):
            tellings.append(Telling(value, evidence))

    def first(self, slot: str) -> Any:
        """Give the first value told of a slot, None if nothing is told."""
        tellings = self.slots.get(slot)
        return tellings[0].value if tellings else None

    @property
    def is_counted(self) -> bool:
        """Tell whether a number of such acts is told, exact or not."""
        return bool(self.slots.get("count") or self.slots.get("counted"))

    @property
    def parties(self) -> frozenset[str]:
        """Everybody who takes part."""
        return frozenset(self.actors) | frozenset(self.recipients)
