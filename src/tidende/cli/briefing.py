"""Write stories up for readers: `brief`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.common import DeskFile, Lang, Published, complain, finish, opened, say, watched
from tidende.errors import TidendeError, UsageError

if TYPE_CHECKING:
    from tidende.records import Record


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(brief)


def brief(
    sources: Annotated[list[str] | None, typer.Argument(metavar="SOURCE", hidden=True)] = None,
    desk: DeskFile = None,
    *,
    as_html: Annotated[bool, typer.Option("--html", help="Write one HTML page, not Markdown.")] = False,
    output: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Begin with what no article told before that day.")
    ] = None,
    published: Published = None,
    lang: Lang = "en",
) -> None:
    """Write a brief of stories, every line with the paragraphs it was read from.

    A SOURCE is a file or folder, as `tidende read` takes it, or else the id of a story in the desk. With
    none, the stories of the desk are written up, with --since those that have an article from that day on.
    """
    from tidende.render import brief as write
    from tidende.render import check_language

    check_language(lang)
    day = _day(since)
    errors: list[TidendeError] = []
    files = [one for one in sources or () if one == "-" or Path(one).exists()]
    stories = [one for one in sources or () if one not in files]
    records = list(_read(files, published, lang, errors)) if files else []
    if stories or not sources:
        with opened(desk, on_error=errors.append) as kept:
            records += [kept.show(one, lang) for one in stories]
            if not sources:
                records += [record for record in kept.records() if _is_since(record, day)]
    text = write(records, lang, form="html" if as_html else "markdown", since=day)
    if output is None:
        say(text.rstrip("\n"))
    else:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise TidendeError(f"{output}: {(error.strerror or str(error)).lower()}") from error
    finish(errors)
    if not records:
        raise typer.Exit(complain("no story to write up"))


def _read(
    files: Sequence[str], published: str | None, lang: str, errors: list[TidendeError]
) -> Iterator[Record]:
    from tidende.desk import read_articles
    from tidende.ingest import load

    batch = load(files, published=published)
    errors.extend(batch.errors)
    yield from read_articles(watched(batch.articles), language=lang, on_error=errors.append)


def _is_since(record: Record, day: date | None) -> bool:
    days: Iterable[str] = (article.published[:10] for article in record.articles if article.published)
    return day is None or any(one >= day.isoformat() for one in days)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"not a date: {text!r} (YYYY-MM-DD)") from error
