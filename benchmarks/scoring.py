"""What the benchmark scripts share: reading, places in a text, figures with intervals, the scoreboard."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SCOREBOARD = ROOT / "benchmarks" / "scoreboard.md"
SAMPLES = 1000
NOT_MEASURED = "not measured"

_RUN = "from tidende.cli import main; main()"


class ReadFailed(Exception):
    """`tidende read` did not give a record; the message holds what it printed."""


def read_json(arguments: Sequence[str | Path], *, hash_seed: str | None = None) -> Json:
    """Give what `tidende read --json ARGUMENTS` prints, run in a process of its own from the root.

    Exit status 2 (some input was bad) still gives a record. Raise `ReadFailed` for anything else.
    """
    return json.loads(read_bytes(arguments, hash_seed=hash_seed))  # type: ignore[no-any-return]


def read_bytes(arguments: Sequence[str | Path], *, hash_seed: str | None = None) -> bytes:
    """Give the bytes of `tidende read --json ARGUMENTS`; see `read_json`."""
    # Two such processes run side by side, and threads of both on one core only hinder each other.
    environment = {"TIDENDE_THREADS": "1", **os.environ, "PYTHONIOENCODING": "utf-8"}
    if hash_seed is not None:
        environment["PYTHONHASHSEED"] = hash_seed
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "read", "--json", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    errors = done.stderr.decode("utf-8", "replace")
    if done.returncode not in (0, 2) or "Traceback" in errors or not done.stdout.strip():
        raise ReadFailed(f"tidende read ended with {done.returncode}: {errors.strip()[-2000:]}")
    return done.stdout


# --- places in a text -------------------------------------------------------------------------


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Give start and end of every non-empty line, in order."""
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip()]


def lines(text: str) -> list[tuple[int, int]]:
    """Give start and end of every line, empty ones too."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def touched(start: int, end: int, bounds: Sequence[tuple[int, int]]) -> set[int]:
    """Give the numbers of the lines that `[start:end]` touches."""
    return {i for i, (low, high) in enumerate(bounds) if start < high and end > low}


def every_evidence(value: Any) -> Iterator[Json]:
    """Walk a JSON value and give every evidence object in it."""
    if isinstance(value, dict):
        if {"article", "start", "end", "text"} <= value.keys():
            yield value
        for child in value.values():
            yield from every_evidence(child)
    elif isinstance(value, list):
        for child in value:
            yield from every_evidence(child)


def source(article: Json, part: str) -> str:
    """Give the string that offsets of a part index."""
    return str(article["text"] if part == "text" else article.get("title") or "")


def false_evidence(record: Json) -> list[Json]:
    """Give every evidence of a record whose text is not what stands at its place."""
    articles = {article["id"]: article for article in record["articles"]}
    return [
        evidence
        for evidence in every_evidence(record)
        if evidence["article"] not in articles
        or source(articles[evidence["article"]], evidence.get("part", "text"))[
            evidence["start"] : evidence["end"]
        ]
        != evidence["text"]
        or not evidence["text"]
    ]


# --- figures ----------------------------------------------------------------------------------


def share(hit: str, total: str) -> Callable[[Counter[str]], float | None]:
    """Make the figure `hit / total`."""
    return lambda c: c[hit] / c[total] if c[total] else None


def harmonic(hit: str, gold: str, wrong: str) -> Callable[[Counter[str]], float | None]:
    """Make the F1 of found rows, rows in gold, and wrong answers."""
    return lambda c: 2 * c[hit] / (c[hit] + c[wrong] + c[gold]) if c[gold] else None


@dataclass(frozen=True)
class Figure:
    """One row of a table: how it is had from summed counts, and which two counts it shows."""

    name: str
    value: Callable[[Counter[str]], float | None]
    counts: tuple[str, ...]
    percent: bool = True


def total(tallies: Iterable[Counter[str]]) -> Counter[str]:
    """Sum counts."""
    summed: Counter[str] = Counter()
    for tally in tallies:
        summed.update(tally)
    return summed


def interval(figure: Figure, groups: Sequence[Sequence[Counter[str]]]) -> tuple[float, float] | None:
    """Give the 95 % bootstrap interval of a figure, drawing whole documents (fixed seed).

    `groups` holds one list of counts per document: its counts in each language.
    """
    if len(groups) < 2:
        return None
    merged = [total(group) for group in groups]
    draw = random.Random(20180930)
    values = []
    for _ in range(SAMPLES):
        value = figure.value(total(draw.choices(merged, k=len(merged))))
        if value is not None:
            values.append(value)
    if len(values) < SAMPLES // 2:
        return None
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values)) - 1]


def printed(figure: Figure, counts: Counter[str]) -> str:
    """Print one figure with its counts: `83.3 (10/12)`."""
    value = figure.value(counts)
    shown = "/".join(str(round(counts[name], 1)).removesuffix(".0") for name in figure.counts)
    if value is None:
        return "-"
    return f"{100 * value:.1f} ({shown})" if figure.percent else f"{value:.2f} ({shown})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out as a Markdown table that is readable as plain text too."""
    everything = [list(head), *map(list, rows)]
    widths = [max(len(row[i]) for row in everything) for i in range(len(head))]
    out = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in everything
    ]
    out.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(out)


def figures_table(
    figures: Sequence[Figure], tallies: Mapping[str, Mapping[str, Counter[str]]], columns: Sequence[str]
) -> str:
    """Lay figures out by language, and over all with a 95 % interval. `tallies[column][document]`."""
    documents = sorted({document for column in columns for document in tallies.get(column, {})})
    rows = []
    for figure in figures:
        cells = [printed(figure, total(tallies.get(column, {}).values())) for column in columns]
        groups = [[tallies[c][d] for c in columns if d in tallies.get(c, {})] for d in documents]
        everything = total(tally for group in groups for tally in group)
        bounds = interval(figure, groups)
        factor = 100 if figure.percent else 1
        between = f"[{factor * bounds[0]:.1f}, {factor * bounds[1]:.1f}]" if bounds else ""
        rows.append([figure.name, *cells, printed(figure, everything), between])
    return table(["figure", *columns, "all", "95 %"], rows)


# --- the scoreboard ---------------------------------------------------------------------------


def commit() -> str:
    """Give the commit that is measured, with a plus where the tree has changes."""
    try:
        name = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        changed = subprocess.run(
            ["git", "status", "--porcelain", "--", "src"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name.stdout.strip() + ("+" if changed.stdout.strip() else "")


def post(section: str, data: str, body: str, date: str | None = None) -> None:
    """Write one section of the scoreboard, in place of the one of that name."""
    day = date or datetime.date.today().isoformat()
    entry = f"## {section}\n\nMeasured {day}, commit {commit()}, on {data}.\n\n{body.strip()}\n"
    text = SCOREBOARD.read_text(encoding="utf-8") if SCOREBOARD.exists() else _SCOREBOARD_HEAD
    head, *parts = re.split(r"(?m)^(?=## )", text)
    kept = {part.split("\n", 1)[0]: part.rstrip("\n") + "\n" for part in parts}
    kept[f"## {section}"] = entry
    SCOREBOARD.write_text(
        head.rstrip("\n") + "\n\n" + "\n".join(kept[k] for k in sorted(kept)), encoding="utf-8"
    )


_SCOREBOARD_HEAD = """# Scoreboard

Written by the scripts in `benchmarks/` (`make bench`); not edited by hand. Each figure stands with its
counts; intervals are 95 % bootstrap intervals over documents.
"""


def common_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that every script has."""
    parser.add_argument("--verbose", action="store_true", help="name every miss and every extra")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--scoreboard", action="store_true", help="write the section in scoreboard.md")
    parser.add_argument("--date", help="the day to write there (default: today)")
