"""The command line: thin over the API."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tidende.errors import TidendeError, UsageError

if TYPE_CHECKING:
    from tidende.records import Article

_BAD = 2  # exit status: some input or the usage was bad
_STOPPED = 130  # exit status: Ctrl-C
_MANY = 20  # articles from which on a reader wants to see that something happens
_RULE = f"\n\n{'─' * 60}\n\n"

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read the same news in many languages and keep one record of it.",
    epilog="Try: tidende read nb.txt da.txt",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and end: status 0, 2 where usage or some input was bad, 130 after Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # names come in every script, whatever the terminal's code page
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(_run(arguments))
    except KeyboardInterrupt:
        sys.exit(_STOPPED)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        status = app(
            None if arguments is None else list(arguments), prog_name="tidende", standalone_mode=False
        )
        return status if isinstance(status, int) else 0
    except TidendeError as error:
        return _complain(str(error))
    except typer.Abort:
        return _STOPPED
    except Exception as error:
        problem = _usage_problem(error)
        if problem is None:
            raise
        return _complain(problem)


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


def _complain(problem: str) -> int:
    line = " ".join(f"tidende: {problem}".split())
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)
    if sys.stderr is not None:  # print would fall back on standard output
        print(shown, file=sys.stderr)
    return _BAD


def _print(text: str) -> None:
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


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from tidende import __version__

        _print(f"tidende {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        _print(context.get_help())
        raise typer.Exit


@app.command()
def read(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", hidden=True),  # the text of the command tells what it is
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the records as one JSON object.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print the whole record, not 80 lines.")] = False,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of articles that carry none."),
    ] = None,
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Language of the output: en, nb, nn, da, sv or de.")
    ] = "en",
) -> None:
    """Read articles and print one record a story.

    A FILE is a .txt, .md or .html file with one article, a .jsonl file with one article a line
    (id, text, and if known title, published, outlet, url, language), a folder of these, or - for
    standard input.

    A bad input is told in one line on standard error and the rest is read; the exit status is then 2.
    """
    from tidende.desk import read_articles
    from tidende.ingest import load
    from tidende.records import Output
    from tidende.render import check_language, render

    check_language(lang)
    batch = load(files, published=published)
    errors: list[TidendeError] = list(batch.errors)
    stories = read_articles(_watched(batch.articles), language=lang, on_error=errors.append)
    if as_json:
        _print(Output(stories=stories).model_dump_json(indent=2))
    elif stories:
        _print(_RULE.join(render(story, lang, everything=everything) for story in stories))
    for error in errors:
        _complain(str(error))
    if not stories and not errors:
        _complain("no article to read")
    if errors or not stories:
        raise typer.Exit(_BAD)


def _watched(articles: Sequence[Article]) -> Iterator[Article]:
    """Show how far the reading has come where it takes long and somebody is there to see it."""
    if len(articles) <= _MANY or sys.stderr is None or not sys.stderr.isatty():
        yield from articles
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(articles, description="Reading", console=Console(stderr=True), transient=True)


@app.command()
def why(
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLE ARTICLE", hidden=True),  # the text of the command tells what it is
    ],
    among: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE", help="Read the articles of this file with them, and take two of their ids."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reasons as one JSON object.")] = False,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of articles that carry none."),
    ] = None,
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Language of the output: en, nb, nn, da, sv or de.")
    ] = "en",
) -> None:
    """Print why two articles are one story or are not.

    An ARTICLE is a file with one article; with --among it is the id of an article in those files, all of
    which are then grouped together.

    The exit status is 0 whichever it is, and 2 where an input was bad.
    """
    from tidende.desk import explain

    if len(articles) != 2:
        raise UsageError("why takes two articles")
    explained = explain(articles[0], articles[1], among=among or (), published=published, language=lang)
    _print(json.dumps(explained.told(), indent=2, ensure_ascii=False) if as_json else explained.text)


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `read --json` prints."""
    from tidende.records import Output

    _print(json.dumps(Output.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
