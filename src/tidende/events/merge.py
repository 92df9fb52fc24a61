"""Put the tellings of one event together, and choose the main one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tidende.entities import Cast
from tidende.events import slots, times
from tidende.events.drafts import Draft
from tidende.events.frames import Trigger
from tidende.events.scene import Scene
from tidende.parse.types import Parsed
from tidende.records import DateValue

_SAME_ACT = ("meet", "talk", "visit", "host")
_ECHO_REACH = 2  # sentences that "the meeting" looks back before it means the main event
_NEWS_DAYS = 4  # days between an event and the article whose news it is


@dataclass(frozen=True, slots=True)
class Echo:
    """A noun that means a meeting told elsewhere; `rivals` are the places of other acts beside it."""

    scene: Scene
    trigger: Trigger
    rivals: tuple[int, ...]


def merge(drafts: Sequence[Draft], parsed: Parsed, cast: Cast) -> list[Draft]:
    """Put drafts together that tell one event, in order of first telling."""
    sides = {role.holder: role.of for role in cast.roles if role.of}
    names = {entity.id: entity.name for entity in cast.entities}
    merged: list[Draft] = []
    for draft in _with_actors(_without_tolls(drafts, cast), names, parsed.article.published):
        same = [other for other in merged if _same(other, draft, sides, names, parsed.article.published)]
        if same:
            _join(same[-1] if not any(other.lead for other in same) else same[0], draft)
        else:
            merged.append(draft)
    return merged


def _without_tolls(drafts: Sequence[Draft], cast: Cast) -> list[Draft]:
    """Put whom an attack killed or hurt to the attack that its sentence tells: "struck Sumy, wounding 74"."""
    kept: list[Draft] = []
    for draft in drafts:
        nameless = bool(draft.recipients) and not any(cast.entity(one).named for one in draft.recipients)
        attacks = [
            other
            for other in drafts
            if nameless
            and draft.frame.type == other.frame.type == "ASSAULT"
            and (draft.order, set(draft.actors)) == (other.order, set(other.actors))
            and draft.modality == other.modality
            and any(cast.entity(one).named for one in other.recipients)
        ]
        if len(attacks) == 1:
            _join(attacks[0], draft)
        else:
            kept.append(draft)
    return kept


def _with_actors(drafts: Sequence[Draft], names: dict[str, str], published: str | None) -> list[Draft]:
    """Put what is told without who did it to the one act that tells who did, if there is one.

    Where several tell who did, a further telling without it is of none in particular, and left out. Another
    kind of act with a day or place of its own is another one: an ambassador summoned on Thursday has not been
    accused by whoever the article says accuses his country.
    """
    kept: list[Draft] = []
    for draft in drafts:
        if draft.actors:
            kept.append(draft)
            continue
        whole = [
            other
            for other in drafts
            if other.actors
            and other.frame.type == draft.frame.type
            and set(draft.recipients) <= set(other.recipients)
            and (_same_frame(other, draft) or not (draft.slots.get("date") or draft.slots.get("place")))
            and _same_time(other, draft, published)
            and _same_place(other, draft, names)
        ]
        if len(whole) == 1:
            _join(whole[0], draft)
        elif not whole:
            kept.append(draft)
    return kept


def _same(
    one: Draft, other: Draft, sides: dict[str, str], names: dict[str, str], published: str | None
) -> bool:
    if one.frame.type != other.frame.type or not _same_frame(one, other):
        return False
    if (one.modality == "denied") != (other.modality == "denied"):
        return False
    if bool(one.slots.get("count")) != bool(other.slots.get("count")):
        return False
    if one.first("count") != other.first("count") or not _same_parties(one, other, sides):
        return False
    if not _same_time(one, other, published):
        return False
    numbers = {draft.first("ordinal") for draft in (one, other)}
    if len(numbers - {None}) > 1 or (None in numbers and numbers - {None, 1} and one.order != other.order):
        return False  # where one sentence tells both, what has no number is what has one
    if not _same_place(one, other, names):
        return False
    # what the article tells in its own voice too is not only what somebody says
    told = {one.claimed_by, other.claimed_by}
    return one.frame.symmetric or len(told) == 1 or None in told


def _same_place(one: Draft, other: Draft, names: dict[str, str]) -> bool:
    here, there = one.first("place"), other.first("place")
    return not (here and there) or slots.within(here, there, names) or slots.within(there, here, names)


def _same_time(one: Draft, other: Draft, published: str | None) -> bool:
    """Tell whether all times told can be one.

    What was planned is what happened only by its date: both are dated alike, or the plan is for
    these days and what happened is the news of the lead.
    """
    first = [telling.value for telling in one.slots.get("date", [])]
    second = [telling.value for telling in other.slots.get("date", [])]
    if any(not times.overlaps(here, there) for here in first for there in second):
        return False
    same_mood = (one.modality == "happened") == (other.modality == "happened")
    if same_mood or (first and second):
        return True
    happened, planned = (one, second) if one.modality == "happened" else (other, first)
    return (
        happened.lead
        and bool(planned)
        and all(value.start and _is_news(value, published) for value in planned)
    )


def _same_frame(one: Draft, other: Draft) -> bool:
    pair = {one.frame.name, other.frame.name}
    return len(pair) == 1 or pair <= set(_SAME_ACT)


def _same_parties(one: Draft, other: Draft, sides: dict[str, str]) -> bool:
    """Tell whether the parties are the same people, a state standing for who leads it."""
    if one.frame.symmetric or other.frame.symmetric:
        left, right = set(one.parties), set(other.parties)
    else:
        if set(one.actors) != set(other.actors):
            return False
        left, right = set(one.recipients), set(other.recipients)
    for identifier in left ^ right:
        others = right if identifier in left else left
        stands = sides.get(identifier) in others or any(sides.get(o) == identifier for o in others)
        if not stands:
            return False
    return bool(left & right) or left == right


def _join(kept: Draft, other: Draft) -> None:
    kept.evidence += [evidence for evidence in other.evidence if evidence not in kept.evidence]
    kept.weight += 1
    kept.lead = kept.lead or other.lead
    for slot, tellings in other.slots.items():
        for telling in tellings:
            kept.tell(slot, telling.value, telling.evidence)
    kept.why.update(other.why)
    if kept.modality != "happened" and other.modality == "happened":
        kept.modality = "happened"
    if other.claimed_by is None:
        kept.claimed_by = None


def echo(drafts: Sequence[Draft], echoes: Sequence[Echo]) -> None:
    """Give what is told of "the meeting" to the meeting it means.

    That is the meeting spoken of in the sentences just before, else the one in the lead; where
    neither is plain, nothing is told of anything.
    """
    told = [draft for draft in drafts if draft.frame.type == "CONSULT" and not draft.slots.get("count")]
    for heard in echoes:
        scene, trigger = heard.scene, heard.trigger
        meetings = [draft for draft in told if not _is_past_meeting(draft, heard)]
        position = scene.sentence.index
        near = [
            draft
            for draft in meetings
            if any(
                evidence.part == scene.sentence.part and evidence.end <= scene.sentence.start
                for evidence in draft.evidence
            )
            and position - _last_told(draft, scene, position) <= _ECHO_REACH
            and times.may_be_at(scene, draft, trigger)
        ]
        lead = [draft for draft in meetings if draft.lead and times.may_be_at(scene, draft, trigger)]
        if not near and not lead:
            continue
        meant = max(near, key=lambda draft: _last_told(draft, scene, position)) if near else lead[0]
        slots.fill(scene, meant, trigger, alone=not heard.rivals, rivals=heard.rivals)
        evidence = scene.whole()
        if evidence not in meant.evidence:
            meant.evidence.append(evidence)


def _is_past_meeting(draft: Draft, heard: Echo) -> bool:
    """Tell whether "the negotiations" go on after a meeting of long ago, which they are not."""
    when = draft.first("date")
    talks = heard.trigger.frame.name == "talk" and draft.frame.name != "talk"
    return talks and not _is_news(when, heard.scene.parsed.article.published)


def manners(drafts: Sequence[Draft], seen: Sequence[Scene]) -> None:
    """Give meetings what sentences say of how they are held: "Only interpreters joined the two"."""
    for scene in seen:
        groups = [frozenset(phrase.ids) for phrase in scene.phrases if len(phrase.ids) > 1]
        for draft in drafts:
            if draft.frame.symmetric and not draft.slots.get("count") and draft.parties in groups:
                slots.manner(scene, draft)
                break


def _last_told(draft: Draft, scene: Scene, position: int) -> int:
    """Give the index of the last sentence up to `position` that tells a draft."""
    told = [
        sentence.index
        for sentence in scene.parsed.sentences
        for evidence in draft.evidence
        if sentence.part == evidence.part and sentence.start == evidence.start and sentence.index <= position
    ]
    return max(told, default=-(10**6))


def main_event(drafts: Sequence[Draft], parsed: Parsed) -> Draft | None:
    """Choose the event that the article is about: in title or lead, news, told most."""
    published = parsed.article.published
    fitting = [
        draft
        for draft in drafts
        if draft.lead and not draft.slots.get("count") and _is_news(draft.first("date"), published)
    ]
    return max(fitting, key=lambda draft: (draft.weight, -draft.order), default=None)


def _is_news(value: DateValue | None, published: str | None) -> bool:
    if value is None or value.start is None or value.end is None or published is None:
        return True
    day = date.fromisoformat(published[:10])
    near = timedelta(days=_NEWS_DAYS)
    return date.fromisoformat(value.start) - day <= near and day - date.fromisoformat(value.end) <= near
