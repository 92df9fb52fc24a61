"""Read NTREX news in worn print, and compare with what is read of the same articles in clean print.

Usage: python benchmarks/robust.py [--data DIR] [--part A|all] [--lang da ...] [--doc ID ...]
       [--only KIND ...] [--every N] [--verbose] [--json] [--scoreboard]

The reading of the clean text is what the damaged text is held against, right or wrong: F1 of 100 says that
the damage changed nothing. `--every 3` takes each third document, another for each language.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import damage
import ntrex
import ntrex_rules as rules
from damage import Damaged
from ntrex_rules import LANGUAGES, Data
from scoring import NOT_MEASURED, ROOT, Figure, Json, common_arguments, figures_table, harmonic, post

PLAIN = "as it is"
KINDS: dict[str, Callable[[str], Damaged]] = {
    "headline in capitals": damage.headline,
    "all in capitals": damage.capitals,
    "ae, oe, aa": damage.spelt_out,
    "no diacritics": damage.bare,
    "worn print": damage.worn,
    "mixed marks": damage.marks,
    "short lines": damage.wrapped,
    "scanned, 1 %": damage.scanned,
}
FOREIGN = {"a foreign paragraph": "\n", "a foreign sentence": " "}  # and what goes before it
SORTS = ("entities", "quotes", "events")
FIGURES = tuple(
    Figure(
        f"{sort} F1",
        harmonic(f"{sort}.same", f"{sort}.clean", f"{sort}.more"),
        (f"{sort}.same", f"{sort}.clean"),
    )
    for sort in SORTS
)
QUICK = ROOT / "tests" / "data" / "ntrex"
_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Fact:
    """What is compared: its key must be the same, and its place, in the clean text, nearly so."""

    sort: str
    key: str
    start: int = 0
    end: int = 0

    def same(self, other: Fact) -> bool:
        """Tell whether two facts are one."""
        if (self.sort, self.key) != (other.sort, other.key):
            return False
        if self.sort == "entities":
            return True
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared > _OVERLAP * max(self.end - self.start, other.end - other.start, 1)


def facts(reading: Json, origin: Damaged | None) -> list[Fact]:
    """Give what was read, in the offsets of the clean text."""

    def place(evidence: Json) -> tuple[int, int]:
        start, end = evidence["start"], evidence["end"]
        return origin.span(start, end) if origin else (start, end)

    found = [Fact("entities", entity["id"]) for entity in reading["entities"] if entity["named"]]
    for quote in reading["quotes"]:
        version = quote["versions"][0]
        direct = "indirect" if version["kind"] == "indirect" else "direct"
        found.append(Fact("quotes", f"{direct} {quote['speaker']}", *place(version["evidence"])))
    for event in reading["events"]:
        parties = " ".join(sorted(event["actors"]))
        places = [place(evidence) for evidence in event["evidence"]]
        found.append(
            Fact("events", f"{event['type']} {parties}", min(s for s, _ in places), max(e for _, e in places))
        )
    return found


def compare(clean: Sequence[Fact], worn: Sequence[Fact], note: Callable[[str], None]) -> Counter[str]:
    """Count the facts of both, those that are the same, and those too many."""
    counts: Counter[str] = Counter()
    left = list(worn)
    for fact in clean:
        counts[f"{fact.sort}.clean"] += 1
        twin = next((other for other in left if fact.same(other)), None)
        if twin is None:
            note(f"{fact.sort} lost: {fact.key} {fact.start}")
            continue
        counts[f"{fact.sort}.same"] += 1
        left.remove(twin)
    for fact in left:
        counts[f"{fact.sort}.more"] += 1
        note(f"{fact.sort} more: {fact.key} {fact.start}")
    return counts


def read(rows: Sequence[Json]) -> list[Json]:
    """Read articles, each alone, in this process."""
    from tidende.ingest import load
    from tidende.parse import load_model
    from tidende.reading import read_article

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        batch = load([path])
    assert not batch.errors, batch.errors
    return [read_article(article, load_model()).model_dump() for article in batch.articles]


def foreign(data: Data, language: str, document: str, before: str) -> Damaged:
    """Put one paragraph of an article in English (Danish for English): the longest after the lead.

    `before` goes in front of it: with a space for a new line it ends the paragraph before.
    """
    text = data.article(language, document)["text"]
    other = data.article("da" if language == "en" else "en", document)["text"].split("\n")
    own = text.split("\n")
    number = max(range(1 if before == "\n" else 2, len(own)), key=lambda at: (len(own[at]), -at))
    return damage.with_paragraph(text, other, number, before)


def worn(data: Data, language: str, document: str, kinds: Sequence[str]) -> Iterator[tuple[str, Damaged]]:
    """Yield an article in each kind of damage that changes it."""
    text = data.article(language, document)["text"]
    for kind in kinds:
        made = foreign(data, language, document, FOREIGN[kind]) if kind in FOREIGN else KINDS[kind](text)
        if made.text != text:
            yield kind, made


def chosen(
    data: Data, languages: Sequence[str], part: str, only: Sequence[str], every: int
) -> list[tuple[str, str]]:
    """Give (language, document): every document, or each n-th, not the same ones in each language."""
    documents = data.documents(part, only)
    return [
        (language, document)
        for shift, language in enumerate(languages)
        for at, document in enumerate(documents)
        if (at + shift) % every == 0
    ]


Tallies = dict[str, dict[str, Counter[str]]]


def measure(
    data: Data,
    pairs: Sequence[tuple[str, str]],
    kinds: Sequence[str],
    note: Callable[[str], None] = lambda _: None,
) -> Tallies:
    """Read and compare; counts by kind of damage and document."""
    tallies: Tallies = {kind: {} for kind in kinds}
    for language, document in pairs:
        row = data.article(language, document)
        made = list(worn(data, language, document, kinds))
        rows = [row, *({**row, "id": f"{document} {kind}", "text": text.text} for kind, text in made)]
        clean, *others = read(rows)
        told = facts(clean, None)
        for (kind, text), reading in zip(made, others, strict=True):
            name = f"{language} {document} {kind}"
            counts = compare(told, facts(reading, text), lambda line, name=name: note(f"{name}: {line}"))  # type: ignore[misc]
            if reading["article"]["language"] != clean["article"]["language"]:
                note(f"{name}: language {reading['article']['language']}")
            tallies[kind].setdefault(f"{language} {document}", Counter()).update(counts)
    return tallies


def figures(tallies: Tallies) -> dict[str, float]:
    """Give each figure by name, `ae, oe, aa.entities F1`, as a share of 1."""
    found: dict[str, float] = {}
    for kind, documents in tallies.items():
        counts: Counter[str] = sum(documents.values(), Counter())
        for figure in FIGURES:
            value = figure.value(counts)
            if value is not None:
                found[f"{kind}.{figure.name}"] = round(value, 4)
    return found


def quick() -> dict[str, float]:
    """Give the figures of three of the articles that are in this repository, in three languages."""
    data = rules.load(QUICK)
    return figures(measure(data, chosen(data, ("da", "sv", "de"), "all", (), 12), [*KINDS, *FOREIGN]))


def main() -> int:
    """Read, compare and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ntrex.FULL)
    parser.add_argument("--part", choices=("A", "all"), default="A")
    parser.add_argument("--lang", nargs="+", choices=tuple(LANGUAGES), default=list(LANGUAGES))
    parser.add_argument("--doc", nargs="+", default=[], help="these documents only")
    parser.add_argument("--only", nargs="+", choices=(*KINDS, *FOREIGN), default=[*KINDS, *FOREIGN])
    parser.add_argument("--every", type=int, default=3, help="take each n-th document (default: 3)")
    common_arguments(parser)
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"robust: {NOT_MEASURED}: {options.data} is not here")
        return 0
    data = rules.load(options.data)
    pairs = chosen(data, options.lang, options.part, options.doc, options.every)
    notes: list[str] = []
    tallies = measure(data, pairs, options.only, notes.append)
    body = figures_table(FIGURES, tallies, list(tallies))
    print(json.dumps(figures(tallies), indent=1) if options.json else body)
    if options.verbose:
        print(*notes, sep="\n")
    if options.scoreboard:
        where = f"NTREX news, part {options.part} ({len(pairs)} articles in {len(options.lang)} languages)"
        post("Robust reading", where, body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
