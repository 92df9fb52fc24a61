"""What the commands share: options, how they print, how they tell of trouble and of progress."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from tidende.errors import TidendeError

if TYPE_CHECKING:
    from tidende.desk import Desk
    from tidende.records import Article

BAD = 2  # exit status: some input or the usage was bad
STOPPED = 130  # exit status: Ctrl-C
_MANY = 20  # articles from which on a reader wants to see that something happens

Counted = TypeVar("Counted")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Lang = Annotated[str, typer.Option(metavar="LANG", help="Language of the output: en, nb, nn, da, sv or de.")]
Published = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of articles that carry none."),
]
Files = Annotated[
    list[str],
    typer.Argument(metavar="FILE", hidden=True),  # the text of the command tells what it is
]
DeskFile = Annotated[
    str | None,
    typer.Option(
        "--desk",
        metavar="FILE",
        help="The desk: a file or a database URL; else $TIDENDE_DESK, else tidende.db in your data folder.",
    ),
]


def opened(
    location: str | None, *, create: bool = False, on_error: Callable[[TidendeError], None] | None = None
) -> Desk:
    """Open the desk that an option names; what goes wrong in part goes to `on_error`, or is raised."""
    from tidende.desk import Desk

    return Desk(location, create=create, on_error=on_error)


def complain(problem: str) -> int:
    """Tell of trouble in one line on standard error; give the exit status."""
    line = " ".join(f"tidende: {problem}".split())
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
    if sys.stderr is not None:  # print would fall back on standard output
        print(shown, file=sys.stderr)
    return BAD


def finish(errors: Sequence[TidendeError]) -> None:
    """Tell of each error, and end badly where there is one."""
    for error in errors:
        complain(str(error))
    if errors:
        raise typer.Exit(BAD)


def say(text: str) -> None:
    """Print text on standard output."""
    if sys.stdout is None:
        raise TidendeError("there is no standard output")
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        # The reader of our output has gone (`tidende read ... | head`): nothing to tell anybody, not
        # even by the interpreter, which tries once more to write what is left when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit from error
    except OSError as error:
        raise TidendeError(f"standard output: {(error.strerror or str(error)).lower()}") from error


def say_json(value: Any) -> None:
    """Print a value, dataclasses and models in it too, as JSON."""
    from pydantic import TypeAdapter

    plain = TypeAdapter(Any).dump_python(value, mode="json")
    say(json.dumps(plain, indent=2, ensure_ascii=False))


def watched(articles: Sequence[Article]) -> Iterator[Article]:
    """Show how far the reading has come where it takes long and somebody is there to see it."""
    if len(articles) <= _MANY or sys.stderr is None or not sys.stderr.isatty():
        yield from articles
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(articles, description="Reading", console=Console(stderr=True), transient=True)


def counted(done: Iterator[Counted]) -> Iterator[Counted]:
    """Show how many articles are read, and how fast, where nobody knows how many there will be."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("Reading: {task.completed} articles"),
        TextColumn("{task.fields[rate]} a second"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rate="-")
        for one in done:
            yield one
            speed = progress.tasks[0].finished_speed or progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:.1f}" if speed else "-")
