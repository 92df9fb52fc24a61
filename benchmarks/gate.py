"""Hold every score at the floor that `gate.json` pins; `make test` fails where one falls.

Usage: python benchmarks/gate.py [--write]
The gate reads the two articles, the twelve NTREX documents, the labelled times and the few sentences of dev
sets that are in this repository, some of the documents in worn print too, and what the help and a first
article cost. `--write` pins what is measured now: do so when a score has risen, never to let one fall.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import Any

import dates
import dates_set
import entities
import names
import ner
import ntrex
import ntrex_rules
import parse
import parse_sample
import quotes
import robust
import seeds
import speed
import treebanks
from scoring import ROOT, Json
from tidende.parse import load_model

GATE = ROOT / "benchmarks" / "gate.json"
QUICK = ROOT / "tests" / "data" / "ntrex"

_PARSE = ("UPOS", "lemma", "LAS")
_NAMES = ("da", "nb", "nn", "en", "de")
_TIMES = ("times found", "right value, of those found", "numbers and lengths found")
_SLACK = 0.01  # the same network rounds a little otherwise on another processor
_FEW = 0.05  # so few facts are compared in worn print that one is a share of some size


def flat(seeds_output: Json, ntrex_outputs: Mapping[str, Json]) -> dict[str, float]:
    """Give every pinned figure by name; one with "extra" in its name counts what is too many."""
    found: dict[str, float] = {}
    for name, value in seeds.figures(seeds.score(seeds_output)).items():
        found[f"seeds.{name}"] = value if isinstance(value, int) else value[0]
    data = ntrex_rules.load(QUICK)
    for name, share in ntrex.Scores(data, dict(ntrex_outputs), data.documents()).figures().items():
        if name.endswith(".all"):
            found[f"ntrex.{name.removesuffix('.all')}"] = share
    for name, share in entities.Scores(data, ntrex_outputs, data.documents()).figures().items():
        found[f"who.{name}"] = share
    for name, value in names.figures().items():
        found[f"pairs.{name}"] = value
    return found


def model_figures() -> dict[str, float]:
    """Give what the model that ships scores on the dev sentences that are here."""
    found: dict[str, float] = {}
    reader = treebanks.reader()
    for language in treebanks.LANGUAGES:
        scores = parse.scores(language, part="dev", data=parse_sample.SAMPLE, reader=reader)
        for name in _PARSE:
            found[f"parse.{language}.{name}"] = scores[name]
    for corpus in _NAMES:
        scores = ner.scores(corpus, part="dev", data=parse_sample.SAMPLE, reader=reader)
        found[f"names.{corpus}"] = scores[ner.ALL.name]
    return {**found, **date_figures()}


def date_figures() -> dict[str, float]:
    """Give what is read of the labelled times and numbers, test half, and how many years are wrong."""
    rows = dates_set.load("ntrex")
    tallies, notes = dates.score(rows, dates.tidende_reader(load_model()), half="test")
    named = {f"{language}.{name}" for language in tallies for name in _TIMES}
    shares = {f"dates.{name}": value for name, value in dates.shares(tallies).items() if name in named}
    return {**shares, "extra dates.wrong year": float(sum(note.startswith("wrong year") for note in notes))}


def other_figures() -> dict[str, float]:
    """Give what worn print costs, and what reading costs in time and memory."""
    # three articles hold too few events for a share of them to be held
    found = {f"robust.{name}": value for name, value in robust.quick().items() if ".events" not in name}
    return found | {f"extra.{name}": round(value, 2) for name, value in speed.quick().items()}


def quote_figures() -> dict[str, float]:
    """Give how quotes of the documents here align, agree, and bear other house styles."""
    data = ntrex_rules.load(QUICK)
    return quotes.figures(data, data.documents(), quotes.QUICK_STYLES)


def read() -> tuple[Json, dict[str, Json]]:
    """Read the articles of both sets."""
    data = ntrex_rules.load(QUICK)
    return seeds.read_seeds(), ntrex.read_all(data, tuple(ntrex_rules.LANGUAGES), data.documents())


def floors(measured: Mapping[str, float]) -> dict[str, float]:
    """Give what to pin of measured figures, by name in order."""
    limits = {f"extra.{name}": limit for name, limit in speed.LIMITS.items()}
    return {name: limits.get(name, _floor(name, value)) for name, value in sorted(measured.items())}


def _floor(name: str, value: float) -> float:
    if name.startswith("robust."):
        return round(value - _FEW, 4)
    modelled = ("parse.", "names.", "dates.", "quotes.aligned")
    return round(value - _SLACK, 4) if name.startswith(modelled) else value


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
    measured = {**flat(*read()), **quote_figures(), **model_figures(), **other_figures()}
    if options.write:
        GATE.write_text(json.dumps(floors(measured), indent=1) + "\n", encoding="utf-8")
        print(f"pinned {len(measured)} figures")
        return 0
    worse = fallen(measured, json.loads(GATE.read_text(encoding="utf-8")))
    print("\n".join(worse) or "every score holds")
    return bool(worse)


if __name__ == "__main__":
    raise SystemExit(main())
