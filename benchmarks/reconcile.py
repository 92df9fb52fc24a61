"""Score what reconciling makes of labelled pairs of facts: agree, differ, update or unrelated.

Usage: python benchmarks/reconcile.py [--half dev|test|both] [--family NAME] [--verbose] [--json]
       [--scoreboard]

The pairs are in `tests/data/reconcile` (its README tells how they were made). Both texts of a pair are read
as two articles of one story and reconciled; the answer is
what the record says of the two facts that the pair marks.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scoring import ROOT, Json, common_arguments, post, table
from tidende.ingest import lay_out
from tidende.parse import Model, load_model
from tidende.reading import read_article
from tidende.records import Article, Evidence, Reading, Record
from tidende.stories import reconcile

PAIRS = ROOT / "tests" / "data" / "reconcile" / "pairs.jsonl"
NTREX = ROOT / "tests" / "data" / "ntrex" / "texts"
FILES = {"da": "dan", "nb": "nob", "nn": "nno", "sv": "swe", "en": "eng", "de": "deu"}
LABELS = ("agree", "differ", "update", "unrelated")
HALVES = ("dev", "test")
# Facts that are an attribute of an event, by their name; the others have rows of their own.
ATTRIBUTES = ("duration", "date", "place", "count", "ordinal", "outcome")
_SLOTS = {"duration": ("duration", "planned_duration")}

Row = tuple[str, list[Evidence]]  # the row's agreement, and where it is told


@dataclass
class Tally:
    """Count answers by label; `unread` are pairs of which a text gave no such fact."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    read_answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, pair: Json, answer: str, read: bool) -> None:
        """Count one pair."""
        key = (pair["label"], answer)
        self.answers[key] += 1
        self.unread[pair["label"]] += not read
        if read:
            self.read_answers[key] += 1
        if pair["label"] != answer:
            sides = " | ".join(f"{pair[side]['language']}: {_shown(pair[side])}" for side in "ab")
            note = "" if read else " (unread)"
            self.misses.append(f"{pair['id']} {pair['label']} -> {answer}{note}: {sides}")

    def figures(self) -> dict[str, float]:
        """Give accuracy over all pairs and over those read, and precision and recall of agree and differ."""
        found = {
            "accuracy": _accuracy(self.answers),
            "accuracy of what is read": _accuracy(self.read_answers),
            "read": 1 - sum(self.unread.values()) / max(1, sum(self.answers.values())),
        }
        for label in ("agree", "differ"):
            hits = self.answers[label, label]
            found[f"{label} precision"] = _share(
                hits, sum(n for (_, a), n in self.answers.items() if a == label)
            )
            found[f"{label} recall"] = _share(
                hits, sum(n for (g, _), n in self.answers.items() if g == label)
            )
        return found


def _shown(side: Json) -> str:
    start, end, text = side["start"], side["end"], side["text"]
    return f"{text[max(0, start - 80) : start]}[{text[start:end]}]{text[end : end + 60]}".replace("\n", " ")


def _share(hits: int, of: int) -> float:
    return hits / of if of else 1.0


def _accuracy(answers: Mapping[tuple[str, str], int]) -> float:
    return _share(sum(n for (gold, answer), n in answers.items() if gold == answer), sum(answers.values()))


def load(half: str = "both") -> list[Json]:
    """Read the labelled pairs of one half, or of both."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if half in ("both", row["half"])]
    texts = _documents({row[side]["language"] for row in rows for side in "ab" if "document" in row[side]})
    for row in rows:
        for side in (row["a"], row["b"]):
            if "document" in side:
                _put_into(side, texts[side["language"], side["document"]])
    return rows


def _documents(languages: Collection[str]) -> dict[tuple[str, str], list[Json]]:
    """Give the lines of the documents of NTREX by language and name."""
    found: dict[tuple[str, str], list[Json]] = {}
    for language in languages:
        for row in (NTREX / f"{FILES[language]}.jsonl").read_text(encoding="utf-8").splitlines():
            document = json.loads(row)
            found[language, document["doc_id"]] = document["lines"]
    return found


def _put_into(side: Json, lines: Sequence[Json]) -> None:
    """Give a side that marks a place in a line of a document the whole text, and the place in it."""
    at = 0
    for line in lines:
        if line["n"] == side["line"]:
            side["start"], side["end"] = at + side["start"], at + side["end"]
        at += len(line["text"]) + 1
    side["text"] = "\n".join(line["text"] for line in lines)


class Reader:
    """Read the texts of pairs, each once."""

    def __init__(self, model: Model | None) -> None:
        self._model = model
        self._known: dict[tuple[str, str, str], Reading] = {}

    def reading(self, name: str, side: Json) -> Reading:
        """Give the reading of one side of a pair under the id `name`."""
        key = (name, side["text"], side["language"] + side["published"])
        if key not in self._known:
            title, blocks = lay_out(side["text"], None)
            article = Article(
                id=name,
                text=side["text"],
                language=side["language"],
                published=side["published"],
                outlet=side.get("outlet", name),
                title=title,
                blocks=blocks,
            )
            self._known[key] = read_article(article, self._model)
        return self._known[key]


def answer(pair: Json, record: Record) -> tuple[str, bool]:
    """Give what a record says of the two facts of a pair, and whether both were read at all."""
    marked = {side: (pair[side]["start"], pair[side]["end"]) for side in "ab"}

    def touches(evidence: Sequence[Evidence], side: str) -> bool:
        start, end = marked[side]
        return any(e.article == side and e.start < end and start < e.end for e in evidence)

    read = all(any(touches(evidence, side) for _, evidence in _rows(pair["fact"], record)) for side in "ab")
    for said, differences in (("differ", record.differences), ("update", record.updates)):
        for difference in differences:
            if not _is_about(pair["fact"], difference.attribute):
                continue
            sides = [{s for s in "ab" if touches(value.evidence, s)} for value in difference.values]
            if {"a"} in sides and {"b"} in sides:
                return said, True
    # Two translations of one text are one witness: what both tell is then told alike, though by one.
    alike = {"agree", "only"} if any(article.copy_of for article in record.articles) else {"agree"}
    for agreement, evidence in _rows(pair["fact"], record):
        if agreement in alike and touches(evidence, "a") and touches(evidence, "b"):
            return "agree", read
    return "unrelated", read


def _is_about(fact: str, attribute: str) -> bool:
    if fact == "event":
        return attribute == "modality"
    if fact == "claim":
        return attribute in ("value", "date", "claim")
    return attribute in _SLOTS.get(fact, (fact,))


def _rows(fact: str, record: Record) -> Iterator[Row]:
    if fact in ATTRIBUTES:
        for event in record.events:
            for row in event.attributes:
                if row.name in _SLOTS.get(fact, (fact,)):
                    yield row.agreement, [told.evidence for told in row.told]
    elif fact == "quote":
        for quote in record.quotes:
            yield quote.agreement, [version.evidence for version in quote.versions]
    else:
        facts: Mapping[str, Sequence[Any]] = {
            "role": record.roles,
            "event": record.events,
            "claim": record.claims,
        }
        for one in facts[fact]:
            yield one.agreement, one.evidence


def score(pairs: Sequence[Json], model: Model | None) -> Tally:
    """Read and reconcile every pair."""
    reader, tally = Reader(model), Tally()
    for pair in pairs:
        record = reconcile([reader.reading(side, pair[side]) for side in "ab"])
        tally.add(pair, *answer(pair, record))
    return tally


def figures(model: Model | None) -> dict[str, float]:
    """Give the pinned figures of both halves."""
    return {
        f"reconcile.{half}.{name}": value
        for half in HALVES
        for name, value in score(load(half), model).figures().items()
        if name in ("accuracy", "differ precision", "agree precision")
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description="Score agree, differ and unrelated on labelled pairs of facts."
    )
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both")
    parser.add_argument("--family", help="only families whose name begins so")
    common_arguments(parser)
    options = parser.parse_args(arguments)
    model = load_model()
    halves = HALVES if options.half == "both" else (options.half,)
    tallies: dict[str, Tally] = {}
    for half in halves:
        pairs = [row for row in load(half) if row["family"].startswith(options.family or "")]
        tallies[half] = score(pairs, model)
    found = {half: tally.figures() for half, tally in tallies.items()}
    if options.json:
        print(json.dumps(found))
        return 0
    names = list(next(iter(found.values())))
    rows = [[name, *(f"{100 * found[half][name]:.1f}" for half in halves)] for name in names]
    rows.append(["pairs", *(str(sum(tallies[half].answers.values())) for half in halves)])
    for label in LABELS:
        told = (_spread(tallies[half], label) for half in halves)
        rows.append([f"labelled {label}", *told])
    text = table(["", *halves], rows)
    print(text)
    if options.verbose:
        for half in halves:
            print("\n".join(tallies[half].misses))
    if options.scoreboard:
        post("Reconciling: pairs of facts", "tests/data/reconcile", text, options.date)
    return 0


def _spread(tally: Tally, label: str) -> str:
    return ", ".join(f"{tally.answers[label, a]} {a}" for a in LABELS if tally.answers[label, a]) or "none"


if __name__ == "__main__":
    sys.exit(main())
