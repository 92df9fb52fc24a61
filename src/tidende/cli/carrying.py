"""Bring articles in by themselves and carry records out: `watch`, `export`."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.common import DeskFile, complain, finish, opened
from tidende.errors import TidendeError, UsageError

if TYPE_CHECKING:
    from tidende.desk import Desk
    from tidende.export.alerts import Rule
    from tidende.ingest.plan import WatchState
    from tidende.ingest.watch import Polled
    from tidende.records import Article

_ALERTS = "alerts"  # the note of those that were told


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (export, watch):
        app.command()(command)


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", hidden=True)],
    output: Annotated[Path, typer.Option(metavar="FILE", help="Write there.")],
    desk: DeskFile = None,
) -> None:
    """Write the records of the desk in a format that other programs read.

    FORMAT is csv, ftm, ics, jsonl, jsonld, ninjs, parquet, plover or turtle. The file is there whole or
    not at all.
    """
    from tidende.export import export as write

    errors: list[TidendeError] = []
    with opened(desk, on_error=errors.append) as kept:
        write(kept.records(), form, output)
    finish(errors)


def watch(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.TOML", hidden=True)],
    desk: DeskFile = None,
    *,
    polls: Annotated[int | None, typer.Option(metavar="N", min=0, help="Stop after so many polls.")] = None,
    alerts: Annotated[
        Path | None, typer.Option(metavar="ALERTS.TOML", help="Tell of what these rules ask for.")
    ] = None,
    alert_feed: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write alerts as an Atom feed, too.")
    ] = None,
) -> None:
    """Poll feeds and keep what is new in them, until Ctrl-C.

    What was filed stays in the desk, so a watch goes on where it was stopped or killed: nothing is lost and
    nothing filed twice. Alerts go to standard output, a JSON object a line, each once.
    """
    from tidende.export.alerts import load_rules
    from tidende.ingest.plan import load_plan
    from tidende.ingest.watch import watch as watched

    plan = load_plan(feeds)
    rules = load_rules(alerts) if alerts is not None else []
    if alert_feed is not None and not rules:
        raise UsageError("an alert feed needs rules (--alerts)")
    stopped = _stopped()
    name = f"watch {feeds.resolve()}"
    with opened(desk, create=True, on_error=_tell) as kept:

        def file(articles: Sequence[Article], state: WatchState) -> None:
            # After a kill before the note the same articles come again: they are known, and change nothing,
            # but nobody may have been told of them.
            added = kept.add_articles(articles)
            if rules:
                _cry(kept, rules, [*added.new, *added.changed, *added.known], alert_feed)
            kept.keep_note(name, state.model_dump_json())

        watched(plan, _state(kept.note(name)), file, on_poll=_show, polls=polls, stop=lambda: bool(stopped))


def _state(known: str | None) -> WatchState:
    from tidende.ingest.plan import WatchState

    return WatchState() if known is None else WatchState.model_validate_json(known)


def _cry(kept: Desk, rules: Sequence[Rule], articles: Sequence[str], feed: Path | None) -> None:
    """Tell of what the stories of some articles hold that rules ask for and nobody was told of yet."""
    from tidende.export.alerts import Alert, find_alerts, write_feed, write_lines

    told = [Alert.model_validate(row) for row in json.loads(kept.note(_ALERTS) or "[]")]
    stories = {kept.resolve(one) for one in articles}
    new = find_alerts(rules, kept.records(stories), {one.id for one in told})
    if not new:
        return
    told += new
    write_lines(new, sys.stdout.buffer)
    if feed is not None:
        write_feed(told, feed)
    kept.keep_note(_ALERTS, json.dumps([one.model_dump(mode="json") for one in told]))


def _stopped() -> list[int]:
    """Give a list that holds a signal once one has asked to stop."""
    found: list[int] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _frame: found.append(number))
    return found


def _show(polled: Polled) -> None:
    for error in polled.errors:
        _tell(error)
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"{polled.feed.url}: {len(polled.articles)} new", file=sys.stderr)


def _tell(error: TidendeError) -> None:
    complain(str(error))
