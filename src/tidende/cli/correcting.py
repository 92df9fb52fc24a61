"""Correct: `merge`, `split`, `same-person`, `not-same`, `corrections`, `undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.common import AsJson, DeskFile, opened, say, say_json

if TYPE_CHECKING:
    from tidende.store import Correction

By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; your user name if not told.")]
One = Annotated[str, typer.Argument(metavar="ONE", hidden=True)]
Other = Annotated[str, typer.Argument(metavar="OTHER", hidden=True)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(merge)
    app.command()(split)
    app.command("same-person")(same_person)
    app.command("not-same")(not_same)
    app.command()(corrections)
    app.command()(undo)


def merge(
    stories: Annotated[list[str], typer.Argument(metavar="STORY...", hidden=True)],
    desk: DeskFile = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say that stories are one and the same; their former ids lead to it."""
    with opened(desk) as kept:
        story = kept.merge(*stories, who=_who(by), when=_now())
    say_json({"story": story}) if as_json else say(story)


def split(
    story: Annotated[str, typer.Argument(metavar="STORY", hidden=True)],
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", hidden=True)],
    desk: DeskFile = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say that articles do not belong to a story."""
    with opened(desk) as kept:
        found = kept.split(story, *articles, who=_who(by), when=_now())
    say_json({"stories": found}) if as_json else say("\n".join(found))


def same_person(
    one: One,
    other: Other,
    desk: DeskFile = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say that two ids, or printed names, are one person (or body, or place)."""
    with opened(desk) as kept:
        entity = kept.same_person(one, other, who=_who(by), when=_now())
    say_json({"entity": entity}) if as_json else say(entity)


def not_same(
    one: One,
    other: Other,
    desk: DeskFile = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Say that two ids, or printed names, are two people."""
    with opened(desk) as kept:
        entities = kept.not_same(one, other, who=_who(by), when=_now())
    say_json({"entities": entities}) if as_json else say("\n".join(entities))


def corrections(desk: DeskFile = None, as_json: AsJson = False) -> None:
    """List every correction, who made it and when, those undone too."""
    with opened(desk) as kept:
        found = kept.corrections()
    if as_json:
        say_json({"corrections": found})
    else:
        say("\n".join(_line(one) for one in found) or "no correction")


def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", hidden=True)],
    desk: DeskFile = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take a correction back, by its number in `tidende corrections`."""
    with opened(desk) as kept:
        kept.undo(number, who=_who(by), when=_now())
    say_json({"undone": number}) if as_json else say(f"{number} undone")


def _line(one: Correction) -> str:
    undone = f", undone by {one.undone_by} {one.undone_when}" if one.undone_when else ""
    sides = " | ".join(", ".join(side) for side in (one.left, one.right))
    return f"{one.number} {one.kind} {sides} (by {one.who} {one.when}{undone})"


def _who(by: str | None) -> str:
    from getpass import getuser

    try:
        return by or getuser()
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        return "unknown"


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
