"""Score the reading of times, lengths and numbers on labelled news in six languages, dateparser beside it.

Usage: python benchmarks/dates.py [--half dev|test|both] [--no-peers] [--data DIR] [--verbose] [--json] [--scoreboard]

The labels are in `tests/data/dates` (its README tells how they were made). A time is found where what is read
overlaps it, and right where the interval of days is the one that the label gives.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import dates_set
from dates_set import FIGURES, LANGUAGES, NUMBER_FIGURES, ReadNumber, ReadTime, Row, Tally
from scoring import SHARED, common_arguments, figures_table, post, total

from tidende import dates
from tidende.dates import Timeline
from tidende.parse import Model, load_model, parse
from tidende.records import Article, Block

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
        ReadTime(time.start, time.end, (time.value.start, time.value.end), time.value.text) for time in found.times
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


Tallies = dict[str, dict[str, Counter[str]]]


def score(rows: Sequence[Row], read: Reader, *, half: str = "") -> tuple[Tallies, list[str]]:
    """Score a reader: counts by language and document, and what is not right."""
    tallies: Tallies = {}
    notes: list[str] = []
    for language, chosen in dates_set.by_language(rows, half):
        documents: dict[str, Tally] = defaultdict(Tally)
        for row, (times, numbers) in zip(chosen, read(chosen), strict=True):
            tally = documents[row.name.rpartition(":")[0]]
            dates_set.score_times(row, times, tally)
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


def main() -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test", "both"), default="both")
    parser.add_argument("--set", default="ntrex", help="which labelled file")
    parser.add_argument("--data", type=Path, default=dates_set.SET)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--no-peers", action="store_true", help="our reader only")
    common_arguments(parser)
    options = parser.parse_args()
    rows = dates_set.load(options.set, data=options.data)
    half = "" if options.half == "both" else options.half
    tallies, notes = score(rows, tidende_reader(load_model()), half=half)
    body = figures_table((*FIGURES, *NUMBER_FIGURES), tallies, LANGUAGES)
    print(json.dumps(shares(tallies), indent=1) if options.json else body)
    if options.verbose:
        print("\n".join(notes))
    if options.scoreboard:
        post("Dates", "labelled news", body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
