"""Take a correction: which story or person is meant, what it says, and the stories that it changes."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.errors import UnknownName, UsageError
from tidende.filing.corrected import people
from tidende.filing.file import regroup
from tidende.store import Kept, Store


def resolve(store: Store, name: str) -> str:
    """Give the id of the story that a name leads to.

    A name is the id of a story, an id that a story had before it grew, was merged or split, or the id of
    an article. Raise `UnknownName`.
    """
    for one in (name, f"story:{name}"):
        found = store.named(one)
        if found:
            exact = next((kept for kept in found if kept.story == one), found[0])
            return exact.story
    kept = store.kept([name])
    if kept:
        return kept[0].story
    raise UnknownName(f"no story or article of this id in {store.location}: {name}")


def merge(store: Store, names: Sequence[str], who: str, when: str) -> str:
    """Put stories together; give the id of what they become."""
    stories = list(dict.fromkeys(resolve(store, name) for name in names))
    if len(stories) < 2:
        raise UsageError(f"one story already: {stories[0] if stories else 'none'}")
    with store.writing():
        left = _ids(store.members(stories[:1]))
        right = _ids(store.members(stories[1:]))
        store.correct("merge", left, right, who, when)
        regroup(store, {*left, *right})
        return store.kept(left[:1])[0].story


def split(store: Store, name: str, articles: Sequence[str], who: str, when: str) -> list[str]:
    """Take articles out of a story; give the ids of the two or more that come of it, the old one's first."""
    with store.writing():
        story = resolve(store, name)
        members = _ids(store.members([story]))
        for article in articles:
            if article not in members:
                raise UnknownName(f"no article of this id in {story}: {article}")
        rest = [one for one in members if one not in articles]
        if not rest:
            raise UsageError(f"these are all the articles of {story}")
        store.correct("split", [one for one in members if one in articles], rest, who, when)
        regroup(store, members)
        now = {one.id: one.story for one in store.kept(members)}
        return list(dict.fromkeys(now[one] for one in (*rest, *members)))


def entity(store: Store, name: str) -> str:
    """Give the id of an entity by its id or a name; raise `UnknownName`, or `UsageError` for several."""
    found = store.entities_called(name)
    if name in found:
        return name
    known = people(store.corrections()).names
    stand = list(dict.fromkeys(known.get(one, one) for one in found))
    if not stand:
        raise UnknownName(f"nobody of this name in {store.location}: {name}")
    if len(stand) > 1:
        raise UsageError(f"{name} is the name of {len(stand)}: {', '.join(stand)}; say which by id")
    return stand[0]


def same_person(store: Store, one: str, other: str, who: str, when: str) -> str:
    """Take two ids for one person; give the id that stands for both from now on."""
    with store.writing():
        left, right = entity(store, one), entity(store, other)
        known = people(store.corrections())
        if left == right or known.every_id(left) & known.every_id(right):
            raise UsageError(f"one already: {left}")
        store.correct("same-person", [left], [right], who, when)
        return people(store.corrections()).names.get(left, left)


def not_same(store: Store, one: str, other: str, who: str, when: str) -> list[str]:
    """Keep two ids two people, in every story; give the ids."""
    with store.writing():
        left, right = entity(store, one), entity(store, other)
        if left == right:
            raise UsageError(f"both are {left}: two people of one id cannot be told apart yet")
        store.correct("not-same", [left], [right], who, when)
        known = people(store.corrections())
        if known.every_id(left) & known.every_id(right):
            raise UsageError("one through others: undo one of those corrections first")
        return [left, right]


def undo(store: Store, number: int, who: str, when: str) -> None:
    """Take a correction back. Raise `UnknownName` where there is none of this number in force."""
    with store.writing():
        found = next((one for one in store.corrections() if one.number == number), None)
        if found is None:
            raise UnknownName(f"no correction {number} in {store.location}")
        if found.undone_when is not None:
            raise UsageError(f"correction {number} was undone already, by {found.undone_by}")
        store.undo(number, who, when)
        if found.kind in ("merge", "split"):
            regroup(store, {*found.left, *found.right})


def _ids(kept: Sequence[Kept]) -> list[str]:
    return [one.id for one in kept]
