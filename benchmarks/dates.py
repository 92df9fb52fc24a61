"""Score the reading of times, lengths and numbers on labelled news in six languages, dateparser beside it.

Usage: python benchmarks/dates.py [--half dev|test|both] [--set NAME] [--others] [--speed] [--no-peers]
       [--data DIR] [--shared DIR] [--verbose] [--json] [--scoreboard]

The labels are in `tests/data/dates` (its README tells how they were made). A time is found where what is read
overlaps it, and right where the interval of days is the one that the label gives.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import dates_others
import dates_set
from dates_set import FIGURES, LANGUAGES, NUMBER_FIGURES, ReadNumber, ReadTime, Row, Tally
from scoring import NOT_MEASURED, ROOT, SHARED, common_arguments, figures_table, post, total
from tidende import dates
from tidende.dates import Timeline
from tidende.parse import Model, load_model, parse
from tidende.reading import read_article
from tidende.records import Article, Block

PEER = ROOT / ".venv-dateparser"
PACKAGE = "dateparser>=1.2,<2"
_WORKER = ROOT / "benchmarks" / "dates_worker.py"

Reader = Callable[[Sequence[Row]], list[tuple[list[ReadTime], list[ReadNumber]]]]


def article(row: Row) -> Article:
    """Make an article of one sentence."""
    blocks = [Block(kind="body", start=0, end=len(row.text))]
    return Article(id=row.name, text=row.text, language=row.language, blocks=blocks)


def timeline(row: Row, model: Model | None) -> Timeline:
    """Read one sentence."""
    return dates.tag(parse(article(row), model), published=row.published)


def tidende_reader(model: Model | None) -> Reader:
    """Give the reader that is measured."""

    def read(rows: Sequence[Row]) -> list[tuple[list[ReadTime], list[ReadNumber]]]:
        return [_given(timeline(row, model)) for row in rows]

    return read


def _given(found: Timeline) -> tuple[list[ReadTime], list[ReadNumber]]:
    times = [
        ReadTime(time.start, time.end, (time.value.start, time.value.end), time.value.text)
        for time in found.times
    ]
    numbers = [
        ReadNumber(
            length.start,
            length.end,
            "length",
            "",
            (length.value.min_minutes, length.value.max_minutes),
            length.value.text,
        )
        for length in found.lengths
    ]
    numbers += [
        ReadNumber(number.start, number.end, number.kind, number.unit, (number.minimum, number.maximum))
        for number in found.numbers
    ]
    return times, numbers


def dateparser_reader(python: Path, *, whole: bool = False) -> Reader:
    """Give the reader of others, which runs in an environment of its own."""

    def read(rows: Sequence[Row]) -> list[tuple[list[ReadTime], list[ReadNumber]]]:
        lines = [
            json.dumps(
                {
                    "language": row.language,
                    "text": row.text,
                    "published": row.published.isoformat() if row.published else None,
                    "whole": whole,
                }
            )
            for row in rows
        ]
        done = subprocess.run(
            [str(python), "-P", "-W", "ignore", str(_WORKER)],
            env={"PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8"},
            input="\n".join(lines),
            capture_output=True,
            text=True,
            check=True,
        )
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        return [([ReadTime(a, b, (day, day), "") for a, b, day in answer], []) for answer in answers]

    return read


def peer() -> Path | None:
    """Give a Python that has dateparser, made once from the package index; None where it cannot be had."""
    python = PEER / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
            subprocess.run([str(python), "-m", "pip", "install", "-qq", PACKAGE], check=True)
        subprocess.run([str(python), "-c", "import dateparser"], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return python


Tallies = dict[str, dict[str, Counter[str]]]


def score(
    rows: Sequence[Row], read: Reader, *, half: str = "", within: bool = False
) -> tuple[Tallies, list[str]]:
    """Score a reader: counts by language and document, and what is not right."""
    tallies: Tallies = {}
    notes: list[str] = []
    for language, chosen in dates_set.by_language(rows, half):
        documents: dict[str, Tally] = defaultdict(Tally)
        for row, (times, numbers) in zip(chosen, read(chosen), strict=True):
            tally = documents[row.name.rpartition(":")[0] or row.name]
            dates_set.score_times(row, times, tally, within=within)
            dates_set.score_numbers(row, numbers, tally)
        tallies[language] = {name: tally.counts for name, tally in documents.items()}
        notes += [note for tally in documents.values() for note in tally.notes]
    return tallies, notes


def shares(tallies: Tallies) -> dict[str, float]:
    """Give every figure by language and name."""
    found: dict[str, float] = {}
    for language, documents in tallies.items():
        counts = total(documents.values())
        for figure in (*FIGURES, *NUMBER_FIGURES):
            value = figure.value(counts)
            if value is not None:
                found[f"{language}.{figure.name}"] = round(value, 4)
    return found


def speed(rows: Sequence[Row], model: Model | None) -> tuple[float, float]:
    """Give the seconds that tagging and the whole reading take over some documents."""
    documents: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        documents[row.name.rpartition(":")[0], row.language].append(row)
    tagging = whole = 0.0
    for name in sorted(documents)[::7]:
        text = "\n".join(row.text for row in documents[name])
        draft = article(replace(documents[name][0], text=text))
        blocks = [Block(kind="body", start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text)]
        draft = draft.model_copy(update={"blocks": blocks, "published": str(documents[name][0].published)})
        start = time.perf_counter()
        read_article(draft, model)
        whole += time.perf_counter() - start
        parsed = parse(draft, model)
        start = time.perf_counter()
        dates.tag(parsed, published=documents[name][0].published)
        tagging += time.perf_counter() - start
    return tagging, whole


def _section(
    title: str, rows: Sequence[Row], reader: Reader, other: Reader | None, half: str = ""
) -> list[str]:
    """Lay out one set: our figures, then those of dateparser, which may give any day within a longer time."""
    tallies, _ = score(rows, reader, half=half)
    columns = [language for language in LANGUAGES if language in tallies]
    figures = (*FIGURES, *NUMBER_FIGURES) if any(row.numbers for row in rows) else FIGURES[:3]
    parts = [f"**{title}**", figures_table(figures, tallies, columns)]
    if other is not None:
        parts += [
            "dateparser on the same:",
            figures_table(FIGURES[:3], score(rows, other, half=half, within=True)[0], columns),
        ]
    return parts


_CONDITIONS = """The test half was measured once before what it showed was mended; the figures of that first,
unseen measure are in tests/data/dates/README.md. For dateparser any day within a longer time is right.
duckling and recognizers-text are chat and forms; MEANTIME is English Wikinews, seen while rules were made."""


def main() -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("dev", "test", "both"), default="test")
    parser.add_argument("--set", choices=dates_set.SETS, action="append", help="which labelled file (all)")
    parser.add_argument("--data", type=Path, default=dates_set.SET)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--others", action="store_true", help="the sets of others too")
    parser.add_argument("--speed", action="store_true", help="the share of reading time too")
    parser.add_argument("--no-peers", action="store_true", help="our reader only")
    common_arguments(parser)
    options = parser.parse_args()
    rows = [row for name in options.set or dates_set.SETS for row in dates_set.load(name, data=options.data)]
    half = "" if options.half == "both" else options.half
    model = load_model()
    reader = tidende_reader(model)
    if options.json or options.verbose:
        tallies, notes = score(rows, reader, half=half)
        print("\n".join(notes) if options.verbose else json.dumps(shares(tallies), indent=1))
        return 0
    python = None if options.no_peers else peer()
    other = dateparser_reader(python) if python else None
    parts = _section(f"Labelled news, {options.half} half", rows, reader, other, half)
    if options.others:
        for name, load in dates_others.SETS.items():
            if not (options.shared / "data").is_dir():
                parts.append(f"{name}: {NOT_MEASURED}, {options.shared} is not here")
                continue
            beside = dateparser_reader(python, whole=name == "duckling") if python else None
            parts += _section(name, list(load(options.shared)), reader, beside)
    if options.speed:
        tagging, whole = speed(rows, model)
        parts.append(f"Times, lengths and numbers take {tagging / whole:.1%} of the time of reading.")
    parts.append(_CONDITIONS)
    body = "\n\n".join(parts)
    print(body)
    if options.scoreboard:
        post("Times, lengths, numbers", "labelled news in six languages", body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
