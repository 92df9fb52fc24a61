"""Score the answers to questions in six languages, and whether what no article tells is left unanswered.

Usage: python benchmarks/ask.py [--languages drawn|all] [--verbose] [--json] [--scoreboard]

Questions and gold are in `tests/data/ask`. With `--languages all` the articles are read six times,
each of NTREX in another language each time, and every question is asked of every reading.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import ntrex_rules as rules
from scoring import ROOT, common_arguments, post, table
from tidende.answers import Answer, Archive, ask
from tidende.desk import read_articles
from tidende.ingest import load
from tidende.records import Article, Evidence

DATA = ROOT / "tests" / "data" / "ask"
NTREX = ROOT / "tests" / "data" / "ntrex"
EXAMPLES = ROOT / "examples" / "vladivostok"
PUBLISHED = "2019-04-25"
_NAMES = {"answered": "that an article answers", "not_told": "that no article answers"}
_JUDGED = ("right", "wrong", "silent")
Json = dict[str, Any]


def articles(turn: int = 0) -> Iterator[Article]:
    """Give the articles; each further turn takes the documents of NTREX in another language."""
    data = rules.load(NTREX)
    with (DATA / "articles.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    given = {article.id: article for article in load([EXAMPLES], published=PUBLISHED).articles}
    codes = list(rules.LANGUAGES)
    for row in rows:
        if row["from"] == "ntrex":
            language = codes[(codes.index(row["language"]) + turn) % len(codes)]
            yield Article(**_fields(data.article(language, row["article"])), language=language)
        else:
            yield given[row["from"]].model_copy(update={"id": row["article"]})


def _fields(row: Json) -> Json:
    return {key: value for key, value in row.items() if key in Article.model_fields and key != "language"}


def archive(turn: int = 0) -> Archive:
    """Read the articles."""
    return Archive(read_articles(articles(turn)))


def questions() -> list[Json]:
    """Give the questions with their gold."""
    return [json.loads(line) for line in (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()]


def judge(known: Archive, row: Mapping[str, Any], answer: Answer) -> str:
    """Say what an answer is: right, silent, or wrong and why."""
    if row["status"] == "not_told":
        return "right" if answer.status == "not_told" else f"wrong: {answer.status}"
    if answer.status != "answered":
        return "silent" if answer.status == "not_told" else f"wrong: {answer.status}"
    strays = [
        f"{piece.article} ¶{paragraph(known, piece)}"
        for fact in answer.facts
        for piece in fact.evidence
        if paragraph(known, piece) not in row["paragraphs"].get(piece.article, ())
    ]
    if strays:
        return f"wrong: told elsewhere, {', '.join(dict.fromkeys(strays))}"
    missing = [name for name, value in row.get("value", {}).items() if not _has(known, answer, name, value)]
    return f"wrong: {', '.join(missing)}" if missing else "right"


def paragraph(known: Archive, piece: Evidence) -> int:
    """Give the number of the paragraph that evidence begins in, counted from 1."""
    text = known.articles[piece.article].text
    return sum(bool(line.strip()) for line in text[: piece.start].split("\n")[:-1]) + 1


def _has(known: Archive, answer: Answer, name: str, wanted: Any) -> bool:
    values = [fact.value for fact in answer.facts]
    if name == "count":
        return wanted in values
    if name == "minutes":
        low, high = wanted
        return any(
            isinstance(value, dict)
            and (value.get("min_minutes") or 0) <= high
            and low <= (value.get("max_minutes") or 10**6)
            for value in values
        )
    if name == "date":
        return any(isinstance(value, dict) and str(value.get("start")).startswith(wanted) for value in values)
    if name == "roles":
        told = {value["role"] for value in values if isinstance(value, dict) and "role" in value}
        return set(wanted) <= {role for one in told for role in _wider(one)}
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    named = {known.entities[one].name.casefold() for one in flat if one in known.entities}
    names = [wanted] if name == "place" else wanted
    return all(any(_same(one, other) for other in named) for one in names)


def _wider(role: str) -> set[str]:
    from tidende.entities.lexicon import broader

    return set(broader(role)) | {role}


def _same(one: str, other: str) -> bool:
    from tidende.entities.shape import shape_key

    return shape_key(one) == shape_key(other)


def measure(turns: Sequence[int], *, verbose: bool) -> dict[str, Counter[str]]:
    """Ask every question of each reading of the articles; count what the answers are, by kind of gold."""
    counts: dict[str, Counter[str]] = {"answered": Counter(), "not_told": Counter()}
    for turn in turns:
        known = archive(turn)
        for row in questions():
            answer = ask(known, row["question"], language=row["language"])
            found = judge(known, row, answer)
            counts[row["status"]][found.split(":")[0]] += 1
            if verbose and found != "right":
                print(f"{turn} {row['language']} {row['question']}\n    {found}; read as {answer.kind}")
                for fact in answer.facts:
                    print(f"      {fact.text[:150]} {fact.locator}")
    return counts


def figures(counts: Mapping[str, Counter[str]]) -> dict[str, float]:
    """Give what is pinned: shares of right answers, and how many answers are wrong."""
    return {
        "answered": round(counts["answered"]["right"] / counts["answered"].total(), 4),
        "not told": round(counts["not_told"]["right"] / counts["not_told"].total(), 4),
        "extra wrong": float(counts["answered"]["wrong"] + counts["not_told"]["wrong"]),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--languages", choices=("drawn", "all"), default="drawn")
    common_arguments(parser)
    options = parser.parse_args()
    turns = range(len(rules.LANGUAGES)) if options.languages == "all" else (0,)
    counts = measure(turns, verbose=options.verbose)
    if options.json:
        print(json.dumps({name: dict(row) for name, row in counts.items()}, indent=1))
        return 0
    rows = [
        [_NAMES[name], *(f"{100 * row[key] / row.total():.1f} ({row[key]}/{row.total()})" for key in _JUDGED)]
        for name, row in counts.items()
    ]
    body = table(["questions", "right", "wrong", '"no source says"'], rows)
    print(body)
    if options.scoreboard:
        read = "six times in turn of languages" if options.languages == "all" else "each in one language"
        post(
            "Questions",
            f"questions in six languages on ten articles, read {read} (tests/data/ask)",
            body,
            options.date,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
