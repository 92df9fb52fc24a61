"""Score who is who on NTREX news: names found, linked, under one id, and the same id in every language.

Usage: python benchmarks/entities.py [--data DIR] [--part A|B|all] [--lang da ...] [--record DIR]
       [--verbose] [--json] [--scoreboard]

Each language is read in a run of its own. `--record` scores what `benchmarks/ntrex.py --save` kept. The set
is not in this repository; `--data tests/data/ntrex` reads the twelve documents that are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ntrex
import ntrex_rules as rules
from matching import names_gold
from ntrex_rules import COUNTED_TYPES, LANGUAGES, Case, Data, Notes, Output
from scoring import (
    NOT_MEASURED,
    ROOT,
    Figure,
    Json,
    ReadFailed,
    common_arguments,
    figures_table,
    post,
    printed,
    share,
    table,
    total,
)

NAMED = ("person", "organisation", "country")
_STATES = ROOT / "src" / "tidende" / "entities" / "data" / "territories.tsv"
_WANTED = {"da-nb": 0.88, "da-en": 0.88, "nb-nn": 0.88, "sv-en": 0.88}
_WANTED_DE = 0.83

FIGURES = (
    *rules.ENTITY_FIGURES[:3],
    Figure(
        "mentions: lines where the entity is named", share("lines", "lines.gold"), ("lines", "lines.gold")
    ),
    Figure("one entity, one id, of found", share("one", "found"), ("one", "found")),
    Figure("linking, where we give a Wikidata id", share("linked", "linkable"), ("linked", "linkable")),
    Figure("linking of states", share("state", "state.gold"), ("state", "state.gold")),
    rules.ENTITY_FIGURES[3],
)


def states() -> frozenset[str]:
    """Give the Wikidata ids of states."""
    rows = [line.split("\t") for line in _STATES.read_text(encoding="utf-8").splitlines()[1:]]
    return frozenset(row[0] for row in rows if row[3] == "country" and row[0])


def score(case: Case, countries: frozenset[str]) -> Counter[str] | None:
    """Count one document's entities, the lines that name them, and the ids they get; None without gold."""
    counts = rules.score_entities(case)
    if counts is None:
        return None
    ours = case.output.entities(case.document)
    for row in case.data.entities[case.document]:
        if not rules.is_asked_for(case, row):
            continue
        found = [entity for entity in ours if case.is_gold(entity, row)]
        places = set[int]().union(*(case.output.lines_of(case.document, e["evidence"]) for e in found))
        counts["lines.gold"] += len(row["lines"])
        counts["lines"] += len(places & set(row["lines"]))
        if not row["qid"]:
            continue
        # By name alone, so that a wrong id counts as wrong and not as another entity.
        forms = [row["name"], *row["surface"]]
        person = row["type"] == "PER"
        ids = {e["id"] for e in ours if e["id"] == row["qid"] or names_gold(e, forms, person=person)}
        linked = {identifier for identifier in ids if identifier[:1] == "Q"}
        counts["linkable"] += bool(linked)
        counts["linked"] += row["qid"] in linked
        if linked and row["qid"] not in linked:
            case.note("entity link", f"{row['name']} {row['qid']}: {sorted(linked)}")
        if row["qid"] in countries:
            counts["state.gold"] += 1
            counts["state"] += row["qid"] in ids
    return counts


class Scores:
    """The counts of one evaluation."""

    def __init__(self, data: Data, outputs: Mapping[str, Json], documents: Sequence[str]) -> None:
        self.notes = Notes()
        read_as = {name: Output(output, data) for name, output in outputs.items() if name in LANGUAGES}
        self.languages = list(read_as)
        countries = states()
        self.entities: ntrex.Tallies = {}
        for language, output in read_as.items():
            for document in documents:
                counts = score(Case(data, output, language, document, self.notes), countries)
                if counts is not None:
                    self.entities.setdefault(language, {})[document] = counts
        kinds: dict[str, Sequence[str]] = {
            "persons, organisations, states": NAMED,
            "all four types": COUNTED_TYPES,
            **{f"{kind}s" if kind != "country" else "states": (kind,) for kind in COUNTED_TYPES},
        }
        self.same = {
            name: rules.score_same_ids(data, read_as, documents, Notes(), types)
            for name, types in kinds.items()
        }

    def printed(self) -> str:
        """Lay both tables out."""
        out = f"### Found and linked\n\n{figures_table(FIGURES, self.entities, self.languages)}"
        first = next(iter(self.same.values()))
        if first:
            rows = [[pair, *(self._cell(kind, pair) for kind in self.same), wanted(pair)] for pair in first]
            rows.append(["all", *(self._cell(kind) for kind in self.same), ""])
            head = ["pair", *self.same, "wanted of the first"]
            out += f"\n\n### The same ids in two languages, F1\n\n{table(head, rows)}"
        return out

    def _cell(self, kind: str, pair: str = "") -> str:
        return printed(rules.SAME_IDS, self._counts(kind, pair))

    def _counts(self, kind: str, pair: str = "") -> Counter[str]:
        pairs = [pair] if pair else list(self.same[kind])
        return total(tally for name in pairs for tally in self.same[kind][name].values())

    def figures(self) -> dict[str, float]:
        """Give the figures over all languages by name, as shares of 1."""
        found = {}
        counts = total(tally for by_document in self.entities.values() for tally in by_document.values())
        for figure in FIGURES:
            value = figure.value(counts)
            if value is not None:
                found[figure.name] = round(value, 4)
        for kind in self.same:
            value = rules.SAME_IDS.value(self._counts(kind)) if self.same[kind] else None
            if value is not None:
                found[f"same ids, {kind}"] = round(value, 4)
        return found


def wanted(pair: str) -> str:
    """Give the F1 that is wanted for a pair of languages, "" for none."""
    value = _WANTED.get(pair, _WANTED_DE if "de" in pair.split("-") else None)
    return f"{100 * value:.0f}" if value else ""


def read_alone(data: Data, languages: Sequence[str], documents: Sequence[str]) -> dict[str, Json]:
    """Read each language in a run of its own."""
    with ThreadPoolExecutor(2) as pool:
        runs = pool.map(lambda language: ntrex.read(data, [(language, d) for d in documents]), languages)
        return dict(zip(languages, runs, strict=True))


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ntrex.FULL)
    parser.add_argument("--part", choices=("A", "B", "all"), default="A")
    parser.add_argument("--lang", nargs="+", choices=tuple(LANGUAGES), default=list(LANGUAGES))
    parser.add_argument("--record", type=Path, help="score what ntrex.py --save kept, do not read")
    common_arguments(parser)
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"entities: {NOT_MEASURED}: {options.data} is not here")
        return 0
    data = rules.load(options.data)
    documents = data.documents(options.part)
    if options.record:
        outputs = {
            name: json.loads((options.record / f"{name}.json").read_text(encoding="utf-8"))
            for name in options.lang
        }
    else:
        try:
            outputs = read_alone(data, options.lang, documents)
        except ReadFailed as failure:
            print(f"entities: {failure}", file=sys.stderr)
            return 1
    scores = Scores(data, outputs, documents)
    body = scores.printed()
    print(json.dumps(scores.figures(), indent=1) if options.json else body)
    if options.verbose:
        print(*sorted(scores.notes.lines), sep="\n")
    if options.scoreboard:
        where = (
            f"NTREX news, dev, part {options.part} ({len(documents)} documents, each language in its own run)"
        )
        post(f"Entities, part {options.part}", where, body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
