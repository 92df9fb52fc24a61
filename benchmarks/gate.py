"""Hold every score at the floor that `gate.json` pins; `make test` fails where one falls.

Usage: python benchmarks/gate.py [--write]
The gate reads the two articles and the twelve NTREX documents that are in this repository. `--write` pins
what is measured now: do so when a score has risen, never to let one fall.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

import ntrex
import ntrex_rules
import seeds
from scoring import ROOT, Json

GATE = ROOT / "benchmarks" / "gate.json"
QUICK = ROOT / "tests" / "data" / "ntrex"


def flat(seeds_output: Json, ntrex_outputs: Mapping[str, Json]) -> dict[str, float]:
    """Give every pinned figure by name; one with "extra" in its name counts what is too many."""
    found: dict[str, float] = {}
    for name, value in seeds.figures(seeds.score(seeds_output)).items():
        found[f"seeds.{name}"] = value if isinstance(value, int) else value[0]
    data = ntrex_rules.load(QUICK)
    for name, share in ntrex.Scores(data, dict(ntrex_outputs), data.documents()).figures().items():
        if name.endswith(".all"):
            found[f"ntrex.{name.removesuffix('.all')}"] = share
    return found


def read() -> tuple[Json, dict[str, Json]]:
    """Read the articles of both sets."""
    data = ntrex_rules.load(QUICK)
    return seeds.read_seeds(), ntrex.read_all(data, tuple(ntrex_rules.LANGUAGES), data.documents())


def fallen(measured: Mapping[str, float], pinned: Mapping[str, Any]) -> list[str]:
    """Name every pinned figure that is worse than its floor, or not measured at all."""
    found = []
    for name, floor in pinned.items():
        value = measured.get(name)
        if value is None:
            found.append(f"{name}: pinned at {floor}, not measured")
        elif value > floor if "extra" in name else value < floor:
            found.append(f"{name}: {value}, pinned at {floor}")
    return found


def main() -> int:
    """Measure, and compare or pin."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="pin what is measured now")
    options = parser.parse_args()
    measured = flat(*read())
    if options.write:
        GATE.write_text(json.dumps(dict(sorted(measured.items())), indent=1) + "\n", encoding="utf-8")
        print(f"pinned {len(measured)} figures")
        return 0
    worse = fallen(measured, json.loads(GATE.read_text(encoding="utf-8")))
    print("\n".join(worse) or "every score holds")
    return bool(worse)


if __name__ == "__main__":
    raise SystemExit(main())
