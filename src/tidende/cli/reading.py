"""Read and forget: `read`, and the schema of what it prints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.common import BAD, DeskFile, Files, Lang, Published, complain, opened, say, watched
from tidende.errors import TidendeError, UsageError

if TYPE_CHECKING:
    from tidende.filing.explained import Explained

RULE = f"\n\n{'─' * 60}\n\n"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(read)
    app.command()(why)
    app.command()(schema)


def read(
    files: Files,
    as_json: Annotated[bool, typer.Option("--json", help="Print the records as one JSON object.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Print the whole record, not 80 lines.")] = False,
    published: Published = None,
    lang: Lang = "en",
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
    stories = read_articles(watched(batch.articles), language=lang, on_error=errors.append)
    if as_json:
        say(Output(stories=stories).model_dump_json(indent=2))
    elif stories:
        say(RULE.join(render(story, lang, everything=everything) for story in stories))
    for error in errors:
        complain(str(error))
    if not stories and not errors:
        complain("no article to read")
    if errors or not stories:
        raise typer.Exit(BAD)


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
    *,
    desk: DeskFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the reasons as one JSON object.")] = False,
    published: Published = None,
    lang: Lang = "en",
) -> None:
    """Print why two articles are one story or are not.

    An ARTICLE is a file with one article; with --among it is the id of an article in those files, all of
    which are then grouped together; else it is the id of an article in the desk.

    The exit status is 0 whichever it is, and 2 where an input was bad.
    """
    from tidende.desk import explain

    if len(articles) != 2:
        raise UsageError("why takes two articles")
    if not among and not any(Path(one).exists() for one in articles):
        with opened(desk, on_error=_passed) as kept:
            _say_why(kept.why(articles[0], articles[1], lang), as_json)
        return
    explained = explain(articles[0], articles[1], among=among or (), published=published, language=lang)
    _say_why(explained, as_json)


def _say_why(explained: Explained, as_json: bool) -> None:
    say(json.dumps(explained.told(), indent=2, ensure_ascii=False) if as_json else explained.text)


def _passed(_error: TidendeError) -> None:
    """Leave faults over articles that are not asked about."""


def schema() -> None:
    """Print the JSON Schema of what `read --json` prints."""
    from tidende.records import Output

    say(json.dumps(Output.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False))
