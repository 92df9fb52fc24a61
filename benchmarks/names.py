"""Score how well two printed names are told to be one thing's or two, on labelled pairs.

Usage: python benchmarks/names.py [--data FILE] [--verbose] [--json] [--scoreboard]

The pairs are real: names in one line of NTREX news in two languages, spellings that lists give for one office
holder, states in two languages, and hard negatives; `tests/data/names/SOURCE.md` tells of each source. The
simple peer is Jaro-Winkler similarity with the threshold that suits these very pairs best; it is measured
where rapidfuzz is installed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scoring import NOT_MEASURED, ROOT, common_arguments, post, table

DATA = ROOT / "tests" / "data" / "names" / "pairs.tsv"
_ROUNDS = 3


@dataclass(frozen=True)
class Pair:
    """Two printed names with their languages, their kind, and whether they name one thing."""

    same: bool
    kind: str
    left: str
    left_language: str
    right: str
    right_language: str
    source: str


def load(path: Path = DATA) -> list[Pair]:
    """Read the labelled pairs."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [Pair(row[0] == "same", *row[1:]) for row in rows]


def ours() -> Callable[[Pair], Any]:
    """Give the package's comparison; importing it is not part of the time."""
    from tidende.entities.match import PrintedName, compare

    def answer(pair: Pair) -> Any:
        kind: Any = pair.kind
        return compare(
            PrintedName(pair.left, pair.left_language, kind),
            PrintedName(pair.right, pair.right_language, kind),
        )

    return answer


def timed(answer: Callable[[Pair], Any], pairs: Sequence[Pair]) -> float:
    """Give the microseconds a pair, the best of three rounds; a first round opens the tables."""
    for pair in pairs:
        answer(pair)
    best = min(_round(answer, pairs) for _ in range(_ROUNDS))
    return 1e6 * best / len(pairs)


def _round(answer: Callable[[Pair], Any], pairs: Sequence[Pair]) -> float:
    start = time.perf_counter()
    for pair in pairs:
        answer(pair)
    return time.perf_counter() - start


def counted(pairs: Sequence[Pair], answers: Sequence[bool]) -> dict[str, Counter[str]]:
    """Count pairs, right answers, false merges and misses, by source and over all."""
    found: dict[str, Counter[str]] = {}
    for pair, answer in zip(pairs, answers, strict=True):
        for name in (pair.source, "all"):
            counts = found.setdefault(name, Counter())
            counts.update(
                {
                    "pairs": 1,
                    "right": int(answer == pair.same),
                    "false merges": int(answer and not pair.same),
                    "missed": int(pair.same and not answer),
                    "negatives": int(not pair.same),
                }
            )
    return found


def peer(pairs: Sequence[Pair]) -> tuple[str, list[bool], float] | None:
    """Give the answers of Jaro-Winkler with its best threshold here; None where rapidfuzz is missing.

    The best is that of the highest mean of found pairs and of negatives kept apart: by accuracy alone the
    best is to call every pair one, since there are more of those.
    """
    try:
        from rapidfuzz.distance import JaroWinkler
    except ImportError:
        return None

    def answer(pair: Pair) -> float:
        return float(JaroWinkler.similarity(pair.left.lower(), pair.right.lower()))

    scores = [answer(pair) for pair in pairs]
    same = [score for score, pair in zip(scores, pairs, strict=True) if pair.same]
    other = [score for score, pair in zip(scores, pairs, strict=True) if not pair.same]

    def both(threshold: float) -> float:
        found = sum(score >= threshold for score in same) / len(same)
        return found + sum(score < threshold for score in other) / len(other)

    best = max(sorted(set(scores)), key=both)
    return f"Jaro-Winkler at {best:.2f}", [score >= best for score in scores], timed(answer, pairs)


def figures(pairs: Sequence[Pair] | None = None) -> dict[str, float]:
    """Give accuracy and false merges over all pairs."""
    rows = load() if pairs is None else pairs
    answer = ours()
    counts = counted(rows, [answer(pair).same for pair in rows])["all"]
    return {
        "accuracy": round(counts["right"] / counts["pairs"], 4),
        "extra merges": counts["false merges"],
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    common_arguments(parser)
    options = parser.parse_args()
    pairs = load(options.data)
    answer = ours()
    answers = [answer(pair) for pair in pairs]
    counts = counted(pairs, [found.same for found in answers])
    if options.json:
        print(json.dumps({name: dict(row) for name, row in counts.items()}, indent=1))
        return 0
    rows = [
        [
            name,
            f"{100 * row['right'] / row['pairs']:.1f} ({row['right']}/{row['pairs']})",
            f"{row['false merges']}/{row['negatives']}",
            f"{row['missed']}/{row['pairs'] - row['negatives']}",
        ]
        for name, row in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0]))
    ]
    body = table(["pairs from", "accuracy", "false merges", "missed"], rows)
    simple = peer(pairs)
    body += f"\n\nMicroseconds a pair: {timed(answer, pairs):.0f}."
    if simple is None:
        body += f" Peer (Jaro-Winkler, best threshold): {NOT_MEASURED}, rapidfuzz is not installed."
    else:
        name, theirs, cost = simple
        row = counted(pairs, theirs)["all"]
        body += (
            f" Peer, {name} (picked on these pairs): accuracy {100 * row['right'] / row['pairs']:.1f}, "
            f"{row['false merges']} false merges, {cost:.1f} microseconds a pair."
        )
    print(body)
    if options.verbose:
        for pair, found in zip(pairs, answers, strict=True):
            if found.same != pair.same:
                told = "; ".join(f"{f.name} {f.weight:+} ({f.told})" for f in found.features)
                names = f"{pair.left} ({pair.left_language}) | {pair.right} ({pair.right_language})"
                print("missed" if pair.same else "MERGED", pair.source, pair.kind, names, told, sep="  ")
    if options.scoreboard:
        post("Pairs of names", f"{len(pairs)} labelled pairs of names (tests/data/names)", body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
