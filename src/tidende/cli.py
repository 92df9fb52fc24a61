"""The command line: thin over the API."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read the same news in many languages and keep one record of it.",
)


def main() -> None:
    """Run the command line; end with exit status 2 on what Tidende itself calls an error."""
    from tidende.errors import TidendeError

    try:
        app()
    except TidendeError as error:
        sys.exit(_complain(error))
    except BrokenPipeError:
        # The reader of our output has gone (`tidende read ... | head`): nothing to tell anybody.
        sys.stderr.close()
        sys.exit(0)


def _complain(error: Exception) -> int:
    print(f"tidende: {error}", file=sys.stderr)
    return 2


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    if version:
        from tidende import __version__

        print(f"tidende {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit


@app.command()
def read(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help=".txt .md .html .jsonl, a folder, or - for standard input."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the records as one JSON object.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print the whole record, not 80 lines.")] = False,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication date (YYYY-MM-DD) of articles that carry none."),
    ] = None,
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="Language of the output: en nb nn da sv de.")
    ] = "en",
) -> None:
    """Read articles and print one record a story."""
    from tidende.desk import read as read_sources
    from tidende.errors import InputError
    from tidende.records import Output
    from tidende.render import check_language, render

    check_language(lang)
    errors: list[InputError] = []
    stories = read_sources(*files, published=published, on_error=errors.append)
    if as_json:
        sys.stdout.write(Output(stories=stories).model_dump_json(indent=2) + "\n")
    else:
        sys.stdout.write("\n\n".join(render(story, lang, everything=everything) for story in stories) + "\n")
    sys.stdout.flush()
    for error in errors:
        _complain(error)
    if errors:
        raise typer.Exit(2)


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `read --json` prints."""
    from tidende.records import Output

    print(json.dumps(Output.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
