"""Ask the desk: `who`, `between`, `ask`, `timeline`, `diff`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from tidende.cli.common import AsJson, DeskFile, Lang, finish, opened, say
from tidende.errors import TidendeError

if TYPE_CHECKING:
    from tidende.answers import Archive

Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day on.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Until this day.")]


class _Told(Protocol):
    text: str

    def model_dump_json(self, *, indent: int) -> str: ...


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (who, between, ask, timeline, diff):
        app.command()(command)


def who(
    name: Annotated[str, typer.Argument(metavar="NAME", hidden=True)],
    desk: DeskFile = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Tell of a person, country or organisation: posts over time, statements, meetings, relations.

    NAME is an id or a name as any article prints it; where several are of that name they are listed.
    """
    from tidende.answers import who as told

    _answer(desk, as_json, lambda archive: told(archive, name, language=lang), lang, of=[name])


def between(
    one: Annotated[str, typer.Argument(metavar="ONE", hidden=True)],
    other: Annotated[str, typer.Argument(metavar="OTHER", hidden=True)],
    desk: DeskFile = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Tell of two: what they did together and to each other, what one said of the other, what was counted."""
    from tidende.answers import between as told
    from tidende.filing.asked import between as records_between

    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        _print(told(records_between(kept, [one, other], lang), one, other, language=lang), as_json)
    finish(errors)


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", hidden=True)],
    desk: DeskFile = None,
    *,
    lang: Annotated[
        str | None, typer.Option(metavar="LANG", help="Language of question and answer; told by its words.")
    ] = None,
    today: Annotated[
        str | None, typer.Option(metavar="DATE", help='The day on which "last year" hangs.')
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question from what the desk's articles tell, with evidence, or say that no source tells it.

    Who met whom, how often, when, where, how long; what somebody said about whom or what; who accuses whom;
    where sources differ; who somebody is. In da, nb, nn, sv, en and de.
    """
    from tidende.answers import ask as told
    from tidende.answers.question import read_question
    from tidende.filing.asked import (
        MANY,
        NOT_OF_EVENTS,
        NamesOfSome,
        acting_in,
        holding_word,
        stories_of,
    )
    from tidende.filing.named import named_in

    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        store = kept.store
        named = named_in(kept, question, store.printed, store.stories_printing)
        day = date.fromisoformat(today) if today else None
        names = NamesOfSome(card for _, card in kept.cards(named.few))
        asked = read_question(question, names, lang, day)
        if names.posts and named.few != named.every:
            names = NamesOfSome(card for _, card in kept.cards(named.every))
            asked = read_question(question, names, lang, day)
        stories = stories_of(kept, question, asked, partial(holding_word, store))
        if stories is None:  # of nobody in particular
            found = told(list(kept.records()), question, language=lang, today=today)
        else:
            if len(stories) > MANY and asked.parties and asked.kind not in NOT_OF_EVENTS:
                stories = acting_in(kept.cards(stories), asked)
            records = list(kept.records(stories))
            found = told(records, question, language=lang, today=today, names=names, asked=asked)
        _print(found, as_json)
    finish(errors)


def timeline(
    desk: DeskFile = None,
    *,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Events of this actor.")] = None,
    story: Annotated[str | None, typer.Option(metavar="ID", help="Events of this story.")] = None,
    since: Since = None,
    until: Until = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """List events in order of time: all, of an actor, of a story, of a period."""
    from tidende.answers import timeline as told

    def answer(archive: Archive) -> _Told:
        return told(archive, actor=actor, story=story, since=since, until=until, language=lang)

    _answer(desk, as_json, answer, lang, of=[actor] if actor else [])


def diff(
    story: Annotated[str, typer.Argument(metavar="ID", hidden=True)],
    desk: DeskFile = None,
    lang: Lang = "en",
    as_json: AsJson = False,
) -> None:
    """Tell where the articles of a story differ, and what changed between versions of one article."""
    from tidende.answers import diff as told

    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        _print(told(kept.show(story), language=lang), as_json)
    finish(errors)


def _answer(
    desk: str | None, as_json: bool, answer: Callable[[Archive], _Told], language: str, of: list[str]
) -> None:
    """Answer from the records that can tell of some names, all of them where none is given."""
    from tidende.answers import Archive
    from tidende.filing.asked import bearing

    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        _print(answer(Archive(bearing(kept, of, language) if of else list(kept.records()))), as_json)
    finish(errors)


def _print(told: _Told, as_json: bool) -> None:
    say(told.model_dump_json(indent=2) if as_json else told.text)
