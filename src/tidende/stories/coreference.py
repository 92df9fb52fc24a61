"""Find which events of a story's articles are one event."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf

from tidende.languages.lists import word_set
from tidende.records import Bounds, DateValue, Event, Modality, Role
from tidende.stories.compatible import Places, anchored, counts_fit, date_width, dates_fit, days
from tidende.stories.likeness import Likeness

_HAPPENING = ("happened", "planned", "possible")
_DAYS = ("day", "minute")
_TALKS = frozenset({"meet", "talk", None})
_FACE_TO_FACE = frozenset({"meet", "visit", "multilateral"})
_CROWD = "other:"  # how ids of what has no name begin
_COMING = ("planned", "possible")
_OWN_THEMES = {"SANCTION": "sanctions", "AID": "aid"}  # what every act of a type is about
_NEAR = 2  # days by which articles may date one event apart
_SLACK_DAYS = 3  # "the past year" of articles of the same days is one period
_MONTH = 31


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Told:
    """One event as one article tells it; `article` is the article's place in canonical order."""

    article: int
    event: Event
    published: str | None = None

    @property
    def is_news(self) -> bool:
        """Tell whether the event is of the days before the article."""
        day = self.event.date
        return (
            self.published is not None
            and day is not None
            and anchored(day)
            and days(day.start, self.published[:10]) <= _SLACK_DAYS
            and days(day.end, self.published[:10]) <= _SLACK_DAYS
        )


class Coreference:
    """Compare events of different articles of one story."""

    def __init__(self, roles: Sequence[Role], places: Places, likeness: Likeness) -> None:
        self._places = places
        self._likeness = likeness
        self._stands_for: Mapping[str, set[str]] = {}
        sides: dict[str, set[str]] = {}
        acting = word_set("common", "posts", "act_for")
        for role in roles:
            if role.of and not role.qualifier and role.role in acting:
                sides.setdefault(role.holder, set()).add(role.of)
        self._stands_for = sides

    def clusters(self, events: Sequence[Told]) -> list[list[Told]]:
        """Sort events into those that are one, at most one of each article.

        Pairs join from the best down, if all their members are compatible; a pair that has an
        equal rival in the same article joins nothing, for then nobody can say which is meant.
        """
        scores: dict[tuple[int, int], float] = {}
        alone = [self._alone(one, events) for one in events]
        for i, a in enumerate(events):
            for j in range(i + 1, len(events)):
                b = events[j]
                if a.article == b.article:
                    continue
                once = alone[i] and alone[j]
                score = self.score(
                    a.event,
                    b.event,
                    alone=once,
                    fresh=once and _is_same_news(a, b),
                    alike=partial(self._likeness.alike, a.event, b.event) if once else _never,
                )
                if score > 0:
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

    def _alone(self, one: Told, events: Sequence[Told]) -> bool:
        """Tell whether an article tells one event only of the kind and of these parties."""
        return not any(
            other is not one
            and other.article == one.article
            and other.event.type == one.event.type
            and other.event.is_counted == one.event.is_counted
            and self._same_parties(one.event, other.event)
            for other in events
        )

    def score(
        self,
        a: Event,
        b: Event,
        *,
        alone: bool = False,
        fresh: bool = False,
        alike: Callable[[], bool] = _never,
    ) -> float:
        """Say how well two events can be one: 0 for not, 1 and more for can.

        `alone` says that neither article tells another event that could be meant: then one slot may be
        told otherwise, and the articles differ in it. `fresh` says that the one that is dated is news, and
        nothing speaks for another meeting in the article that has no date. `alike` tells whether the
        sentences of both say the same, and is asked only where nothing else shows it.
        """
        if a.type != b.type or _are_apart(a, b):
            return 0.0
        if not self._same_parties(a, b) and not (alone and _same_but_for_whom(a, b, alike)):
            return 0.0
        coming = a.modality in _COMING and b.modality in _COMING
        adrift = _adrift(a) != _adrift(b) and not fresh
        if a.type == "CONSULT" and not (a.main and b.main) and adrift and not (coming and alike()):
            return 0.0  # a meeting told with neither time nor place is not by itself the one that has them
        clashes = self._clashes(a, b)
        if clashes is None or len(clashes) > 1 or (clashes and not alone):
            return 0.0
        if a.type != "CONSULT" and not _themes_fit(a, b):
            return 0.0
        to_nobody = not (a.recipients or b.recipients or a.type == "CONSULT")
        if to_nobody and not self._is_one_act(a, b) and not (not clashes and alike()):
            return 0.0
        dated = anchored(a.date) and anchored(b.date)
        aside = a.type != "CONSULT" and not to_nobody and not dated and not (a.main and b.main)
        if aside and self._likeness.unlike(a, b):
            return 0.0  # one accuses another of two things
        score = 1.0
        score += 2.0 * dated
        score += 1.0 * bool(a.place and b.place)
        score += 2.0 * (a.main and b.main)
        score += 0.5 * (a.mode == b.mode) + 0.5 * (a.theme == b.theme) + 0.5 * (a.modality == b.modality)
        score += 0.5 * ({*a.actors, *a.recipients} == {*b.actors, *b.recipients})
        return score if not clashes else score / 10

    def _is_one_act(self, a: Event, b: Event) -> bool:
        """Tell whether more than its kind and doer shows an act done to nobody to be one: time, or news.

        On one day somebody may refuse two things, so the sentences must not speak of other things either.
        """
        dated = anchored(a.date) and anchored(b.date)
        return (dated or (a.main and b.main)) and not self._likeness.unlike(a, b)

    def _clashes(self, a: Event, b: Event) -> list[str] | None:
        """Name what two tellings of one event would differ in; None if they are two events."""
        found: list[str] = []
        news = a.main and b.main
        if a.is_counted != b.is_counted:
            return None
        if a.is_counted:
            equal = a.count is not None and a.count == b.count
            if not _same_period(a.date, b.date) and (not equal or _begin_apart(a.date, b.date)):
                return None
            if not counts_fit(_told_count(a), _told_count(b)):
                found.append("count")
        if not dates_fit(a.date, b.date):
            if not _near(a.date, b.date):
                return None
            found.append("date")
        if a.place and b.place and (fit := self._places.fit(a.place, b.place)) != "same":
            if not news and not (fit == "clash" and _short(a.date) and _short(b.date)):
                return None
            if fit == "clash":
                found.append("place")
        if (a.ordinal or b.ordinal) and a.ordinal and b.ordinal and a.ordinal != b.ordinal:
            if not (_same_period(a.date, b.date) and anchored(a.date)) and not news:
                return None
            found.append("ordinal")
        if not _modalities_fit(a, b):
            if not _disputed(a, b) or not (news or a.theme or anchored(a.date)):
                return None
            found.append("modality")
        return found

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


def _told_count(event: Event) -> Bounds | int | None:
    return event.counted if event.count is None else event.count


def _are_apart(a: Event, b: Event) -> bool:
    """Tell whether one is a call and the other needs people in one place."""
    modes = {a.mode, b.mode}
    return "phone" in modes and bool(modes & _FACE_TO_FACE)


def _same_but_for_whom(a: Event, b: Event, alike: Callable[[], bool]) -> bool:
    """Tell whether two acts of one doer are one though only one tells to whom it was done, or by name.

    What both speak of shows it of main acts: "condemned the coup in Niger" and, of Niger, "condemned the
    military". Else the day has to. Of others all that is told in their sentences does.
    """
    if a.type == "CONSULT" or a.mode != b.mode or a.claimed_by != b.claimed_by:
        return False
    if not a.actors or set(a.actors) != set(b.actors) or not _themes_fit(a, b):
        return False
    left, right = _named_among(a.recipients), _named_among(b.recipients)
    if left and right:
        return False
    if not (a.main and b.main):
        return not (a.recipients and b.recipients) and alike()
    if a.theme != b.theme:
        return False
    about, other = left | {a.place}, right | {b.place}
    shared = bool((about & other) - {None})
    day = anchored(a.date) and anchored(b.date) and date_width(a.date) < 1 and date_width(b.date) < 1
    return shared or (day and dates_fit(a.date, b.date) and not (a.recipients and b.recipients))


def _themes_fit(a: Event, b: Event) -> bool:
    """Tell whether two acts can be about one thing: what every act of the type is about tells nothing."""
    own = _OWN_THEMES.get(a.type)
    return a.theme == b.theme or not {None, own}.isdisjoint((a.theme, b.theme))


def _named_among(parties: Sequence[str]) -> set[str]:
    """Give those that have an id of their own, and are no crowd like "the rebels"."""
    return {party for party in parties if not party.startswith(_CROWD)}


def _same_period(a: DateValue | None, b: DateValue | None) -> bool:
    """Tell whether two told numbers count over one time: none told, or ends that lie together."""
    if not anchored(a) or not anchored(b):
        return not anchored(a) and not anchored(b)
    assert a is not None  # anchored
    assert b is not None
    return days(a.start, b.start) <= _SLACK_DAYS and days(a.end, b.end) <= _SLACK_DAYS


def _begin_apart(a: DateValue | None, b: DateValue | None) -> bool:
    """Tell whether a number counts over a longer time than another does: "this year", "since 2013".

    "Last year" may be the calendar's year in one language and the last twelve months in the other.
    """
    if a is None or b is None or not inf > days(a.start, b.start) > _MONTH:
        return False
    widths = sorted((date_width(a), date_width(b)))
    return widths[1] > 2 * widths[0]


def _near(a: DateValue | None, b: DateValue | None) -> bool:
    """Tell whether two days that are not the same may be told of one event."""
    if a is None or b is None or a.precision not in _DAYS or b.precision not in _DAYS:
        return False
    if not anchored(a) or not anchored(b):
        return False
    return days(a.start, b.start) <= _NEAR and days(a.end, b.end) <= _NEAR


def _short(value: DateValue | None) -> bool:
    """Tell whether a time is so short that two such meetings of the same people in it are unlikely."""
    return date_width(value) <= _MONTH


def _adrift(event: Event) -> bool:
    """Tell whether nothing but its parties tells which event is meant."""
    return event.date is None and event.place is None and not event.is_counted and event.ordinal is None


def _is_same_news(a: Told, b: Told) -> bool:
    """Tell whether two articles of the same days tell a meeting as news, one of them without saying when."""
    modes = {a.event.mode, b.event.mode}
    return (
        (a.is_news or b.is_news)
        and a.event.modality == b.event.modality == "happened"
        and (len(modes) == 1 or modes <= _TALKS)
        and a.published is not None
        and b.published is not None
        and days(a.published[:10], b.published[:10]) <= _SLACK_DAYS
    )


def _disputed(a: Event, b: Event) -> bool:
    """Tell whether one article tells that something happened, the other that it did not, not by one voice."""
    voices = a.claimed_by != b.claimed_by or a.claimed_by is None
    return {a.modality, b.modality} == {"happened", "denied"} and voices


def _modalities_fit(a: Event, b: Event) -> bool:
    if a.modality == b.modality or {a.modality, b.modality} == {"planned", "possible"}:
        voices = {a.claimed_by, b.claimed_by}
        unnamed = all(voice is None or voice.startswith(_CROWD) for voice in voices)
        return len(voices) == 1 or None in voices or unnamed
    if a.modality not in _HAPPENING or b.modality not in _HAPPENING:
        return False
    return (anchored(a.date) and anchored(b.date)) or (a.main and b.main)


def strongest(modalities: Sequence[Modality]) -> Modality:
    """Give what the best informed article says: what happened is no longer planned."""
    return min(modalities, key=(*_HAPPENING, "denied").index)
