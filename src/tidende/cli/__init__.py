"""The command line: thin over the API. Each module holds the commands of one errand."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tidende.cli import asking, briefing, carrying, correcting, keeping, reading, serving
from tidende.cli.common import STOPPED, complain, say
from tidende.errors import TidendeError
from tidende.rings import look_seldom

__all__ = ["app", "main"]

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read the same news in many languages and keep one record of it.",
    epilog="Try: tidende read nb.txt da.txt",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and end: status 0, 2 where usage or some input was bad, 130 after Ctrl-C."""
    look_seldom()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # names come in every script, whatever the terminal's code page
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(_run(arguments))
    except KeyboardInterrupt:
        sys.exit(STOPPED)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = app(
            None if arguments is None else list(arguments), prog_name="tidende", standalone_mode=False
        )
        return status if isinstance(status, int) else 0
    except TidendeError as error:
        return complain(str(error))
    except typer.Abort:
        return STOPPED
    except Exception as error:
        problem = _usage_problem(error)
        if problem is None:
            raise
        return complain(problem)


def _usage_problem(error: Exception) -> str | None:
    """Say what a parser of the command line found wrong, None for any other exception."""
    # Click's exceptions are known by this method: Typer carries a copy of Click or uses the original,
    # as its version goes.
    message = getattr(error, "format_message", None)
    if message is None:
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "tidende"
    problem = message().strip().rstrip(".")
    return f"{problem[:1].lower()}{problem[1:]} (see {command} --help)"


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from tidende import __version__

        say(f"tidende {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit


for _errand in (reading, briefing, keeping, asking, correcting, carrying, serving):
    _errand.register(app)
