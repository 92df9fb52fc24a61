"""Fill a desk with NTREX news in ten languages, check it, and search it in every language.

Usage: python benchmarks/desk.py [--part A|B|all] [--desk FILE] [--fresh] [--verbose] [--json] [--scoreboard]

The desk is kept (`build/desk-PART.db`) and filled from where it stands: only the first run takes long.
Searched is with the first line of each article, in its language; wanted are the translations of the article
among the first ten that are found, itself left out.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import ntrex
from scoring import NOT_MEASURED, ROOT, common_arguments, post, table
from tidende.desk import Desk
from tidende.records import Article

LANGUAGES = ("dan", "nob", "nno", "swe", "eng", "deu", "fin", "nld", "fra", "rus")
FIRST = 10


def articles(data: Path, part: str) -> list[Article]:
    """Give the documents of a part in ten languages, each with the code of its language in its id."""
    rows = (data / "parts.tsv").read_text(encoding="utf-8").splitlines()[1:]
    parts = dict(row.split("\t") for row in rows)
    found = []
    for language in LANGUAGES:
        for line in (data / "texts" / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            if part in ("all", parts[row["doc_id"]]):
                text = "\n".join(line["text"] for line in row["lines"])
                told = {"published": row["published"], "outlet": row["outlet"]}
                found.append(Article(id=f"{row['doc_id']}.{language}", text=text, **told))
    return found


def searched(desk: Desk, given: list[Article], verbose: bool) -> dict[str, tuple[float, float, float]]:
    """Give for each language the share of translations that its headlines find, and seconds a search."""
    found: dict[str, tuple[float, float, float]] = {}
    for language in LANGUAGES:
        own = [article for article in given if article.id.endswith(f".{language}")]
        hits, words, started = 0, 0, time.perf_counter()
        for article in own:
            document = article.id.rsplit(".", 1)[0]
            headline = next(line for line in article.text.split("\n") if line.strip())
            results = [one for one in desk.search(headline, FIRST + 1) if one.article != article.id][:FIRST]
            right = [one for one in results if one.article.rsplit(".", 1)[0] == document]
            hits += len(right)
            words += sum("words" in one.by for one in right)
            if verbose and len(right) < len(LANGUAGES) / 2:
                print(f"{article.id}: {len(right)} of {len(LANGUAGES) - 1}: {headline}", file=sys.stderr)
        wanted = len(own) * (len(LANGUAGES) - 1)
        found[language] = (hits / wanted, words / wanted, (time.perf_counter() - started) / len(own))
    return found


def main() -> int:
    """Fill, check and search."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ntrex.FULL)
    parser.add_argument("--part", choices=("A", "B", "all"), default="all")
    parser.add_argument("--desk", type=Path)
    parser.add_argument("--fresh", action="store_true", help="make the desk anew")
    common_arguments(parser)
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"desk: {NOT_MEASURED}: {options.data} is not here")
        return 0
    path = options.desk or ROOT / "build" / f"desk-{options.part}.db"
    if options.fresh:
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
    given = articles(options.data, options.part)
    with Desk(path, create=True) as desk:
        started = time.perf_counter()
        added = desk.add_articles(given)
        filling = time.perf_counter() - started
        started = time.perf_counter()
        stories = len(desk.stories())
        making = time.perf_counter() - started
        checked = desk.check()
        by_language = searched(desk, given, options.verbose)
    for problem in checked.problems:
        print(f"desk: {problem}", file=sys.stderr)
    figures = {
        "articles": checked.articles,
        "added now": len(added.new),
        "seconds an added article": round(filling / max(len(added.new), 1), 3),
        "stories": stories,
        "seconds to make the records": round(making, 1),
        "spans of evidence checked": checked.evidence,
        "problems": len(checked.problems),
        "bytes": path.stat().st_size,
    }
    rows = [[name, str(value)] for name, value in figures.items()]
    languages = [
        [language, *(f"{100 * share:.1f}" for share in row[:2]), f"{1000 * row[2]:.0f}"]
        for language, row in by_language.items()
    ]
    head = ["language of the headline", "translations found, %", "by words too, %", "ms a search"]
    body = f"{table(['a desk', ''], rows)}\n\n{table(head, languages)}"
    print(json.dumps({**figures, "search": by_language}, indent=1) if options.json else body)
    if options.scoreboard:
        where = f"NTREX dev, part {options.part}, in {len(LANGUAGES)} languages"
        post("A desk in ten languages", where, body, options.date)
    return int(bool(checked.problems))


if __name__ == "__main__":
    raise SystemExit(main())
