"""All stories of a desk as they stand on its shelf, and what they can be chosen by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from sys import intern

from tidende.filing.cards import Card
from tidende.filing.shapes import Summary
from tidende.store import Correction

_CHOICES = 40  # actors and countries to choose from
_ASKED = 128  # choices whose stories are held
Mark = tuple[int, str]  # number and stamp of an article
Choices = Mapping[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Spine:
    """One story on the shelf: its summary and what it can be chosen by.

    `actors` are ids of who acts, is acted upon or speaks, with their names; `kinds` types of events;
    `witnesses` counts the articles that copy no other.
    """

    summary: Summary
    actors: dict[str, str]
    countries: dict[str, str]
    kinds: frozenset[str]
    witnesses: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader chooses stories by; an empty field chooses nothing."""

    actor: str = ""
    country: str = ""
    kind: str = ""
    told_in: str = ""
    since: str = ""
    until: str = ""

    def has(self, spine: Spine) -> bool:
        """Tell whether a story is among those that are wanted."""
        one = spine.summary
        last, first = (one.last or "")[:10], (one.first or "")[:10]
        return (
            (not self.actor or self.actor in spine.actors)
            and (not self.country or self.country in spine.countries)
            and (not self.kind or self.kind in spine.kinds)
            and (not self.told_in or self.told_in in one.languages)
            and (not self.since or last >= self.since)
            and (not self.until or ("" < first <= self.until))
        )


@dataclass
class Shelf:
    """Hold the stories of a desk by their ids, the latest first, and by what it is seen that one changed.

    `state` grows with every change. `due` are stories that are told as before people in them were corrected.
    """

    revision: str = ""
    state: int = 0
    spines: dict[str, Spine] = field(default_factory=dict)
    marks: Mapping[str, Sequence[Mark]] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    corrected: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()
    _chosen: dict[Wanted, list[Spine]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        spines: Iterable[Spine],
        *,
        revision: str,
        state: int,
        marks: Mapping[str, Sequence[Mark]],
        corrections: Sequence[Correction],
        corrected: frozenset[str],
        due: frozenset[str],
    ) -> Shelf:
        """Put stories in order."""
        found = sorted(spines, key=lambda one: (one.summary.title, one.summary.id))
        found.sort(key=lambda one: one.summary.last or "", reverse=True)
        ordered = {one.summary.id: one for one in found}
        return cls(revision, state, ordered, marks, corrections, corrected, due)

    def mended(self, told: Mapping[str, Spine], due: Collection[str]) -> Shelf:
        """Give the shelf with stories told anew, which are due no more."""
        return Shelf.of(
            [told.get(name, spine) for name, spine in self.spines.items()],
            revision=self.revision,
            state=self.state + 1,
            marks=self.marks,
            corrections=self.corrections,
            corrected=self.corrected,
            due=self.due - set(due),
        )

    def chosen(self, wanted: Wanted) -> list[Spine]:
        """Give the stories that a reader wants, the latest first."""
        found = self._chosen.get(wanted)
        if found is None:
            found = [spine for spine in self.spines.values() if wanted.has(spine)]
            if len(self._chosen) < _ASKED:
                self._chosen[wanted] = found
        return found

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Give where each story stands."""
        return {name: place for place, name in enumerate(self.spines)}

    @cached_property
    def latest(self) -> int:
        """Give the number of the article that came last."""
        return max((spine.summary.added for spine in self.spines.values()), default=0)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Give who acts or speaks, and countries, by their ids, named as in the latest story."""
        found: dict[str, str] = {}
        for spine in reversed(self.spines.values()):
            found |= spine.countries
            found |= spine.actors
        return found

    @cached_property
    def choices(self) -> Choices:
        """Give what stories can be chosen by, the most frequent first."""
        actors: Counter[tuple[str, str]] = Counter()
        countries: Counter[tuple[str, str]] = Counter()
        kinds: set[str] = set()
        languages: set[str] = set()
        for spine in self.spines.values():
            actors.update(spine.actors.items())
            countries.update(spine.countries.items())
            kinds |= spine.kinds
            languages.update(spine.summary.languages)
        return {
            "actor": [one for one, _ in actors.most_common(_CHOICES)],
            "country": [one for one, _ in countries.most_common(_CHOICES)],
            "kind": [(kind, kind) for kind in sorted(kinds)],
            "told_in": [(one, one) for one in sorted(languages)],
        }


def name_in(card: Card, entity: str) -> str | None:
    """Give the name that a story has for an entity."""
    return next((one.name for one in card.entities if one.id == entity), None)


def spine_of(summary: Summary, told: Card) -> Spine:
    """Make the spine of a story from its card."""
    acting = {one for event in told.events for one in event.parties}
    acting |= {quote.speaker for quote in told.quotes if quote.speaker}
    return Spine(
        summary,
        {intern(one.id): intern(one.name) for one in told.entities if one.named and one.id in acting},
        {intern(one.id): intern(one.name) for one in told.entities if one.type == "country"},
        frozenset(intern(event.type) for event in told.events),
        sum(article.copy_of is None for article in told.articles),
    )
