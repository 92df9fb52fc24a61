"""Find which events of a story's articles are one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tidende.records import Event, Modality, Role
from tidende.stories.compatible import Places, anchored, dates_fit

_HAPPENING = ("happened", "planned", "possible")


@dataclass(frozen=True, slots=True)
class Told:
    """One event as one article tells it; `article` is the article's place in canonical order."""

    article: int
    event: Event


class Coreference:
    """Compare events of different articles of one story."""

    def __init__(self, roles: Sequence[Role], places: Places) -> None:
        self._places = places
        self._stands_for: Mapping[str, set[str]] = {}
        sides: dict[str, set[str]] = {}
        for role in roles:
            if role.of:
                sides.setdefault(role.holder, set()).add(role.of)
        self._stands_for = sides

    def clusters(self, events: Sequence[Told]) -> list[list[Told]]:
        """Sort events into those that are one, at most one of each article.

        Pairs join from the best down, if all their members are compatible; a pair that has an
        equal rival in the same article joins nothing, for then nobody can say which is meant.
        """
        scores: dict[tuple[int, int], float] = {}
        for i, a in enumerate(events):
            for j in range(i + 1, len(events)):
                if a.article != events[j].article and (score := self.score(a.event, events[j].event)) > 0:
                    scores[i, j] = score
        home = {i: [i] for i in range(len(events))}
        for pair in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            left, right = home[pair[0]], home[pair[1]]
            if left is right or self._rivalled(pair, events, scores):
                continue
            articles = [events[i].article for i in (*left, *right)]
            fits = all((min(i, j), max(i, j)) in scores for i in left for j in right)
            if fits and len(set(articles)) == len(articles):
                left += right
                home.update(dict.fromkeys(right, left))
        seen: set[int] = set()
        found = []
        for i in range(len(events)):
            if i not in seen:
                seen.update(home[i])
                found.append([events[j] for j in sorted(home[i])])
        return found

    @staticmethod
    def _rivalled(
        pair: tuple[int, int], events: Sequence[Told], scores: Mapping[tuple[int, int], float]
    ) -> bool:
        return any(
            scores.get((min(here, other), max(here, other)), 0.0) >= scores[pair]
            for here, there in (pair, pair[::-1])
            for other, event in enumerate(events)
            if other != there and event.article == events[there].article
        )

    def score(self, a: Event, b: Event) -> float:
        """Say how well two events can be one: 0 for not, 1 and more for can."""
        if a.type != b.type or not self._same_parties(a, b) or not _modalities_fit(a, b):
            return 0.0
        if (a.count is None) != (b.count is None) or a.count != b.count or not dates_fit(a.date, b.date):
            return 0.0
        if a.place and b.place and self._places.fit(a.place, b.place) != "same" and not (a.main and b.main):
            return 0.0
        if a.type != "CONSULT" and a.theme and b.theme and a.theme != b.theme:
            return 0.0
        score = 1.0
        score += 2.0 * (anchored(a.date) and anchored(b.date))
        score += 1.0 * bool(a.place and b.place)
        score += 2.0 * (a.main and b.main)
        score += 0.5 * (a.mode == b.mode) + 0.5 * (a.theme == b.theme) + 0.5 * (a.modality == b.modality)
        score += 0.5 * ({*a.actors, *a.recipients} == {*b.actors, *b.recipients})
        return score

    def _same_parties(self, a: Event, b: Event) -> bool:
        if a.type == "CONSULT" and not (a.recipients and b.recipients):
            return self._same_people({*a.actors, *a.recipients}, {*b.actors, *b.recipients})
        if not a.recipients and not b.recipients:
            return set(a.actors) == set(b.actors)
        actors, recipients = set(a.actors) == set(b.actors), set(a.recipients) == set(b.recipients)
        return (actors and self._same_people(set(a.recipients), set(b.recipients), equal=True)) or (
            recipients and self._same_people(set(a.actors), set(b.actors), equal=True)
        )

    def _same_people(self, a: set[str], b: set[str], *, equal: bool = False) -> bool:
        """Tell whether the parties are the same, a state standing for one who acts for it.

        One party at least must be the very same, unless `equal` says that the other side is.
        """
        if len(a) != len(b) or not a or not (equal or a & b):
            return False
        left, right = sorted(a - b), sorted(b - a)
        return all(
            any(other in self._sides(one) or one in self._sides(other) for other in right) for one in left
        ) and all(
            any(other in self._sides(one) or one in self._sides(other) for other in left) for one in right
        )

    def _sides(self, identifier: str) -> set[str]:
        return self._stands_for.get(identifier, set())


def _modalities_fit(a: Event, b: Event) -> bool:
    if a.modality == b.modality or {a.modality, b.modality} == {"planned", "possible"}:
        return a.claimed_by == b.claimed_by or a.claimed_by is None or b.claimed_by is None
    if a.modality not in _HAPPENING or b.modality not in _HAPPENING:
        return False
    return (anchored(a.date) and anchored(b.date)) or (a.main and b.main)


def strongest(modalities: Sequence[Modality]) -> Modality:
    """Give what the best informed article says: what happened is no longer planned."""
    return min(modalities, key=(*_HAPPENING, "denied").index)
