"""Read twenty real articles without a political event, in six languages: none may break or give an event.

Sport, crime, accidents, weather, culture, business: documents outside the twelve in `tests/data/ntrex`.
Usage: python benchmarks/ntrex20.py [--verbose] [--json] [--scoreboard]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import ntrex
import ntrex_rules as rules
from ntrex_rules import LANGUAGES
from scoring import NOT_MEASURED, ROOT, ReadFailed, common_arguments, post, table

WITH_POLITICS = frozenset({"politics", "opinion", "history"})
QUICK = ROOT / "tests" / "data" / "ntrex"


def chosen(data: rules.Data) -> list[str]:
    """Give the first twenty documents that tell no political event, each subject taken in turn."""
    quick = set(rules.load(QUICK).parts)
    by_domain: dict[str, list[str]] = {}
    for document, domain in data.domains.items():
        if domain not in WITH_POLITICS and document not in quick and document not in data.events:
            by_domain.setdefault(domain, []).append(document)
    found: list[str] = []
    while any(by_domain.values()) and len(found) < 20:
        for documents in by_domain.values():
            if documents and len(found) < 20:
                found.append(documents.pop(0))
    return found


def main() -> int:
    """Read and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ntrex.FULL)
    common_arguments(parser)
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"ntrex20: {NOT_MEASURED}: {options.data} is not here")
        return 0
    data = rules.load(options.data)
    documents = chosen(data)
    invented: dict[str, Counter[str]] = {}
    notes: list[str] = []
    for language in LANGUAGES:
        try:
            output = rules.Output(ntrex.read(data, [(language, d) for d in documents]), data)
        except ReadFailed as failure:
            print(f"ntrex20: {language}: {failure}", file=sys.stderr)
            return 1
        for document in documents:
            events = output.events(document)
            invented.setdefault(document, Counter())[language] = len(events)
            notes += [
                f"{language} {document}: {e['type']} {[v['text'] for v in e['evidence']]}" for e in events
            ]
    rows = [
        [document, data.domains[document], *(str(invented[document][language]) for language in LANGUAGES)]
        for document in documents
    ]
    rows.append(["all", "", *(str(sum(c[language] for c in invented.values())) for language in LANGUAGES)])
    body = table(["document", "subject", *LANGUAGES], rows)
    print(json.dumps(invented, indent=1) if options.json else body)
    if options.verbose:
        print(*notes, sep="\n", file=sys.stderr if options.json else sys.stdout)
    if options.scoreboard:
        where = f"{len(documents)} NTREX documents without a political event, each in six languages"
        post("Invented events", where, body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
