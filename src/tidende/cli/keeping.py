"""Keep and ask: `add`, `stories`, `show`, `search`, `check`, `reread`, `copy`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.common import (
    BAD,
    AsJson,
    DeskFile,
    Files,
    Lang,
    Published,
    complain,
    counted,
    finish,
    opened,
    say,
    say_json,
    watched,
)
from tidende.errors import TidendeError, UsageError

if TYPE_CHECKING:
    from tidende.desk import Desk
    from tidende.filing.shapes import Added, Found, Summary


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (add, stories, show, search, check, reread, copy):
        app.command()(command)


def add(
    files: Files,
    desk: DeskFile = None,
    published: Published = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Read on the Dask cluster at this address (tcp://host:8786)."),
    ] = None,
    days: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="With --cluster: group each N days of articles there, too."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Read articles and keep them in the desk.

    A FILE is what `tidende read` reads. An article is kept as a whole or not at all, and one that the desk
    has changes nothing. A bad input is told in one line and the rest is kept; the exit status is then 2.

    With --cluster the workers of a cluster read, and a FILE may be a glob, or a URL such as s3://news/*.jsonl.
    What they had read is kept if the cluster is lost: the same command again goes on. With --days, meant for
    archives of years, the articles of each N days are grouped there as well; the desk is the same.
    """
    from tidende.ingest import load

    if days is not None and cluster is None:
        raise UsageError("--days groups on a cluster: give its address with --cluster")
    errors: list[TidendeError] = []
    with opened(desk, create=True, on_error=errors.append) as kept:
        if cluster is not None:
            done = _add_on(cluster, kept, files, published, errors, days=days)
        else:
            batch = load(files, published=published)
            errors[:0] = batch.errors
            done = kept.add_articles(watched(batch.articles))
        _tell_outdated(kept)
    if as_json:
        say_json(done)
    else:
        told = f"{len(done.changed)} told more of, {len(done.known)} known"
        say(f"{_number(len(done.new), 'article')} added, {told}")
    finish(errors)
    if not (done.new or done.changed or done.known):
        raise typer.Exit(complain("no article to read"))


def _add_on(
    address: str,
    desk: Desk,
    files: list[str],
    published: str | None,
    errors: list[TidendeError],
    *,
    days: int | None,
) -> Added:
    """Add on a cluster; what was told before the cluster was lost is told all the same."""
    from tidende.scale import add_corpus, connected

    with connected(address) as client:
        try:
            return add_corpus(
                desk,
                files,
                client,
                published=published,
                on_error=errors.append,
                watch=counted,
                days=days,
            )
        except TidendeError:
            for error in errors:
                complain(str(error))
            raise


def stories(desk: DeskFile = None, lang: Lang = "en", as_json: AsJson = False) -> None:
    """List the stories, the latest first."""
    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        found = kept.stories(lang)
        _tell_outdated(kept)
    if as_json:
        say_json({"stories": found})
    elif found:
        say("\n".join(_story_line(one) for one in found))
    else:
        say("no story")
    finish(errors)


def show(
    story: Annotated[str, typer.Argument(metavar="ID", hidden=True)],
    desk: DeskFile = None,
    lang: Lang = "en",
    everything: Annotated[bool, typer.Option("--all", help="Print the whole record, not 80 lines.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the record of a story.

    ID is the id of a story, one that it had before it grew, was merged or split, or that of an article.
    """
    from tidende.render import render

    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        record = kept.show(story, lang)
    say(record.model_dump_json(indent=2) if as_json else render(record, lang, everything=everything))
    finish(errors)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", hidden=True)],
    desk: DeskFile = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many articles.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find articles by their words, parts of words, and what they tell, in any language.

    Words of QUERY in quotation marks are looked for as they stand.
    """
    with opened(desk) as kept:
        found = kept.search(query, limit)
    if as_json:
        say_json({"results": found})
    else:
        say("\n\n".join(_found_lines(one) for one in found) if found else "nothing found")


def copy(
    target: Annotated[str, typer.Argument(metavar="TO", hidden=True)],
    desk: DeskFile = None,
    as_json: AsJson = False,
) -> None:
    """Copy the desk into another that is not there yet, from a file to a database or back.

    TO is a file or a database URL. Articles, stories and corrections are copied as a whole or not at all.
    """
    with opened(desk) as kept:
        copied = kept.copy(target)
    if as_json:
        say_json({"copied": copied})
    else:
        say(f"{_number(copied, 'article')} copied")


def check(desk: DeskFile = None, as_json: AsJson = False) -> None:
    """Verify every span of evidence, every reference and every index; status 2 if one is wrong."""
    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        found = kept.check()
    if as_json:
        say_json(found)
    else:
        told = (_number(found.articles, "article"), _number(found.stories, "story", "stories"))
        say(f"checked {', '.join(told)}, {_number(found.evidence, 'span')} of evidence")
        for problem in found.problems:
            complain(problem)
    if found.problems:
        raise typer.Exit(BAD)
    finish(errors)


def reread(
    desk: DeskFile = None,
    everything: Annotated[bool, typer.Option("--all", help="Read all articles again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read again the articles that another version of Tidende or of its model read; corrections stay."""
    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        count = kept.reread(everything=everything, watch=watched)
    if as_json:
        say_json({"reread": count})
    else:
        say(f"{_number(count, 'article')} read again")
    finish(errors)


def _tell_outdated(desk: Desk) -> None:
    count = len(desk.outdated())
    if count:
        complain(f"{_number(count, 'article')} read by another version: tidende reread")


def _story_line(one: Summary) -> str:
    days = " to ".join(dict.fromkeys(day[:10] for day in (one.first, one.last) if day)) or "undated"
    told = f"{days} · {', '.join(one.languages)} · {_number(len(one.articles), 'article')}"
    return f"{one.title}\n    {one.id} · {told}"


def _found_lines(one: Found) -> str:
    told = [told for told in (one.outlet, one.language, one.published and one.published[:10]) if told]
    text = " ".join(one.evidence.text.split())
    head = f"{one.title or one.article} [{', '.join(told)}]"
    return f"{head}\n    {one.article} in {one.story}\n    {text}"


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
