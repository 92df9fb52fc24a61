"""Score what `tidende read` takes from NTREX news in six languages against its gold.

Usage: python benchmarks/ntrex.py [--data DIR] [--part A|B|all] [--lang da ...] [--doc ID ...]
       [--only quotes ...] [--verbose] [--json] [--scoreboard] [--save DIR | --record DIR]

The set (61 documents) is not in this repository; where it is missing, this says "not measured". The twelve
documents in `tests/data/ntrex` are a part of it: `--data tests/data/ntrex`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ntrex_rules as rules
from ntrex_rules import LANGUAGES, Case, Data, Notes, Output
from scoring import (
    NOT_MEASURED,
    SHARED,
    Figure,
    Json,
    ReadFailed,
    common_arguments,
    figures_table,
    post,
    read_json,
    total,
)

FULL = SHARED / "data" / "ntrex"
SECTIONS = ("quotes", "events", "entities", "stories")
Tallies = dict[str, dict[str, Counter[str]]]


def mixed(data: Data, documents: Sequence[str]) -> dict[str, str]:
    """Give each document one language, drawn with a fixed seed over the whole set."""
    draw = random.Random(20180930)
    drawn = {document: draw.choice(list(LANGUAGES)) for document in data.parts}
    return {document: drawn[document] for document in documents}


def read(data: Data, chosen: Sequence[tuple[str, str]]) -> Json:
    """Read documents, each in a language, in one run. `chosen` holds (language, document)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        rows = (
            json.dumps(data.article(language, document), ensure_ascii=False) for language, document in chosen
        )
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return read_json([path])


def read_all(data: Data, languages: Sequence[str], documents: Sequence[str]) -> dict[str, Json]:
    """Read every language in a run of its own, and "mixed": one run, a language drawn for each document."""
    runs = {language: [(language, document) for document in documents] for language in languages}
    if len(languages) > 1:
        runs["mixed"] = [(language, document) for document, language in mixed(data, documents).items()]
    with ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda chosen: read(data, chosen), runs.values())
        return dict(zip(runs, done, strict=True))


class Scores:
    """The counts of one evaluation: `quotes[language][document]` and so on."""

    def __init__(self, data: Data, outputs: dict[str, Json], documents: Sequence[str]) -> None:
        self.notes = Notes()
        self.languages = [language for language in outputs if language in LANGUAGES]
        self.quotes: Tallies = {}
        self.events: Tallies = {}
        self.entities: Tallies = {}
        self.stories: Tallies = {}
        read_as = {language: Output(outputs[language], data) for language in outputs}
        for language in self.languages:
            for document in documents:
                case = Case(data, read_as[language], language, document, self.notes)
                if (quotes := rules.score_quotes(case)) is not None:
                    self.quotes.setdefault(language, {})[document] = quotes
                self.events.setdefault(language, {})[document] = rules.score_events(case)
                if (entities := rules.score_entities(case)) is not None:
                    self.entities.setdefault(language, {})[document] = entities
        gold = {document: data.stories[document] for document in documents}
        for name, output in read_as.items():
            self.stories[name] = rules.score_stories(gold, output.story, name, self.notes)
        by_language = {language: read_as[language] for language in self.languages}
        self.same_ids = rules.score_same_ids(data, by_language, documents, self.notes)

    def sections(self) -> list[tuple[str, Sequence[Figure], Tallies, list[str]]]:
        """Give title, figures, counts and columns of every table."""
        found: list[tuple[str, Sequence[Figure], Tallies, list[str]]] = [
            ("Quotes", rules.QUOTE_FIGURES, self.quotes, self.languages),
            ("Events", rules.EVENT_FIGURES, self.events, self.languages),
            ("Entities", rules.ENTITY_FIGURES, self.entities, self.languages),
        ]
        if self.same_ids:
            pairs = list(self.same_ids)
            merged: Tallies = {language: {} for language in self.languages}
            for language in self.languages:
                for name in pairs:
                    if language in name.split("-"):
                        for document, counts in self.same_ids[name].items():
                            merged[language].setdefault(document, Counter()).update(counts)
            found.append(("Entities: ids", (rules.SAME_IDS,), merged, self.languages))
        return found

    def printed(self, only: Sequence[str] = SECTIONS) -> str:
        """Lay every table out."""
        out = []
        for title, figures, tallies, columns in self.sections():
            if title.lower().split(":")[0] in only:
                out.append(f"### {title}\n\n{figures_table(figures, tallies, columns)}")
        if "stories" in only:
            columns = list(self.stories)
            out.append(f"### Stories\n\n{figures_table(rules.STORY_FIGURES, self.stories, columns)}")
        left_out = {
            language: total(tallies.values())["left out"] for language, tallies in self.entities.items()
        }
        if "entities" in only:
            out.append(
                "Entity rows left out where the English name alone cannot tell (no Wikidata id, translated): "
                + ", ".join(f"{language} {number}" for language, number in left_out.items())
            )
        return "\n\n".join(out)

    def figures(self) -> dict[str, float]:
        """Give every figure by name (`quotes.direct F1.da`, `.all`), as a share of 1."""
        found: dict[str, float] = {}
        sections = [*self.sections(), ("Stories", rules.STORY_FIGURES, self.stories, list(self.stories))]
        for title, figures, tallies, columns in sections:
            for figure in figures:
                for column in [*columns, "all"]:
                    chosen = columns if column == "all" else [column]
                    counts = total(t for c in chosen for t in tallies.get(c, {}).values())
                    value = figure.value(counts)
                    if value is not None:
                        found[f"{title.lower()}.{figure.name}.{column}"] = round(value, 4)
        return found


def evaluate(
    data: Data, languages: Sequence[str] = tuple(LANGUAGES), documents: Sequence[str] = ()
) -> Scores:
    """Read documents (all, where none is named) and score them."""
    chosen = list(documents) or data.documents()
    return Scores(data, read_all(data, languages, chosen), chosen)


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=FULL)
    parser.add_argument("--part", choices=("A", "B", "all"), default="A")
    parser.add_argument("--lang", nargs="+", choices=tuple(LANGUAGES), default=list(LANGUAGES))
    parser.add_argument("--doc", nargs="+", default=[], help="these documents only")
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS, help="these tables only")
    parser.add_argument("--save", type=Path, help="keep what was read in this folder")
    parser.add_argument("--record", type=Path, help="score what --save kept, do not read")
    common_arguments(parser)
    options = parser.parse_args()
    if not options.data.is_dir():
        print(f"ntrex: {NOT_MEASURED}: {options.data} is not here")
        return 0
    data = rules.load(options.data)
    documents = data.documents("all" if options.doc else options.part, options.doc)
    if not documents:
        print("ntrex: no such document", file=sys.stderr)
        return 1
    if options.record:
        names = [name for name in (*options.lang, "mixed") if (options.record / f"{name}.json").exists()]
        outputs = {n: json.loads((options.record / f"{n}.json").read_text(encoding="utf-8")) for n in names}
    else:
        try:
            outputs = read_all(data, options.lang, documents)
        except ReadFailed as failure:
            print(f"ntrex: {failure}", file=sys.stderr)
            return 1
    if options.save:
        options.save.mkdir(parents=True, exist_ok=True)
        for name, output in outputs.items():
            text = json.dumps(output, ensure_ascii=False, indent=1)
            (options.save / f"{name}.json").write_text(text, encoding="utf-8")
    scores = Scores(data, outputs, documents)
    body = scores.printed(options.only)
    print(json.dumps(scores.figures(), indent=1) if options.json else body)
    if options.verbose:
        wanted = {"quotes": "quote ", "events": "event ", "entities": "entity ", "stories": "story "}
        starts = tuple(wanted[name] for name in options.only)
        notes = [line for line in scores.notes.lines if line.startswith(starts)]
        print(*sorted(notes), sep="\n", file=sys.stderr if options.json else sys.stdout)
    if options.scoreboard:
        size = f"{len(documents)} documents, each in {len(options.lang)} languages"
        where = f"NTREX news, dev, part {options.part} ({size})"
        post(f"NTREX news, part {options.part}", where, body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
