"""Score who said what: quotes and speakers in six languages, in every house style, and across translations.

Usage: python benchmarks/quotes.py [--data DIR] [--part A|B|all] [--shared DIR] [--only found ...]
       [--no-peers] [--verbose] [--json] [--scoreboard]

Tables: `found` (gold of the NTREX news set, by the rules of its SCORING.md), `peers` (textacy on the English
texts, in `.venv-peers`, and a rule of three lines), `styles` (every translation set anew by `typeset.py`),
`agreement` (the translations of one article compared with each other), `aligned` (translations of one article
among other articles of the same speakers), `trees` (Danish and Norwegian quotations read off dev sentences of
manual trees). Everything is read in this process. What is not here is "not measured".
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import ntrex
import ntrex_rules as rules
import quotes_trees
import typeset
from matching import fold
from ntrex_rules import LANGUAGES, Case, Data, Notes, Output
from scoring import (
    NOT_MEASURED,
    ROOT,
    SHARED,
    Figure,
    Json,
    common_arguments,
    figures_table,
    post,
    share,
    table,
    total,
)
from tidende.ingest import lay_out
from tidende.languages.lists import word_list
from tidende.parse import load_model
from tidende.reading import read_article
from tidende.records import Article, Reading
from tidende.stories import reconcile

QUICK_STYLES = ("»…«", "– dash", typeset.FIRST)
SECTIONS = ("found", "peers", "styles", "agreement", "aligned", "trees")
PEER = ROOT / "benchmarks" / "quotes_peer.py"
_PEERS = (ROOT / ".venv-peers", SHARED.parent / "main" / ".venv-peers")
_SAME_WORDS = 0.5  # of the English gold: two articles of one story that carry one utterance

Tallies = dict[str, dict[str, Counter[str]]]


def _speakers(kind: str) -> Figure:
    counts = (f"{kind}.speaker.right", f"{kind}.speaker.found")
    return Figure(f"{kind} speaker, of found", share(*counts), counts)


FOUND_FIGURES = (
    *rules.QUOTE_FIGURES[:3],
    _speakers("direct"),
    *rules.QUOTE_FIGURES[3:6],
    _speakers("indirect"),
    rules.QUOTE_FIGURES[7],
)
_COMPARED = {"direct F1": FOUND_FIGURES[2], "indirect F1": FOUND_FIGURES[6], "speaker": FOUND_FIGURES[8]}


class Reader:
    """Read each article once. `documents` are those of the part that have gold quotes."""

    def __init__(self, data: Data, documents: Iterable[str]) -> None:
        self.data = data
        self.documents = [document for document in documents if data.quotes.get(document)]
        self._model = load_model()
        self._readings: dict[tuple[str, str, str], Reading] = {}

    def reading(self, language: str, document: str, text: str | None = None) -> Reading:
        """Read a document in a language, or another text in its place; its id is "document.language"."""
        row = self.data.article(language, document)
        text = row["text"] if text is None else text
        key = (language, document, text)
        if key not in self._readings:
            title, blocks = lay_out(text, None)
            article = Article(
                id=f"{document}.{language}", text=text, published=row["published"], outlet=row["outlet"],
                title=title, blocks=blocks, language=language,
            )  # fmt: skip
            self._readings[key] = read_article(article, self._model)
        return self._readings[key]

    def case(self, language: str, document: str, notes: Notes, text: str | None = None) -> Case:
        """Give what the rules score: a document read alone."""
        record = reconcile([self.reading(language, document, text)]).model_dump(mode="json")
        data = _suffixed(self.data, language, document)
        name = f"{document}.{language}"
        return Case(data, Output({"stories": [record]}, data), language, name, notes)


def _suffixed(data: Data, language: str, document: str) -> Data:
    """Give the rows of one document under the id that it has in one language."""
    name = f"{document}.{language}"
    texts = {code: {name: rows[document]} for code, rows in data.texts.items()}
    quotes, entities = data.quotes.get(document, []), data.entities.get(document, [])
    return replace(data, texts=texts, quotes={name: quotes}, entities={name: entities})


def found(reader: Reader, notes: Notes, style: str = "") -> tuple[Tallies, int]:
    """Score every document in every language, set anew in a style; count the paragraphs that changed."""
    tallies: Tallies = {}
    changed = 0
    for language in LANGUAGES:
        for document in reader.documents:
            text = None
            if style:
                printed = reader.data.article(language, document)["text"]
                text, paragraphs = typeset.restyled(printed, style, _opener(language))
                changed += paragraphs
            counts = rules.score_quotes(reader.case(language, document, notes, text))
            tallies.setdefault(language, {})[document] = counts or Counter()
    return tallies, changed


def _opener(language: str) -> str | None:
    """Give a word to open a sentence with, in a language whose verb comes second."""
    if not word_list(language, "speech")["verb_second"]:
        return None
    day = str(word_list(language, "calendar")["weekdays"][3][0])
    return day[:1].upper() + day[1:]


def styles(
    reader: Reader, plain: Tallies, notes: Notes, chosen: Sequence[str] = typeset.STYLES
) -> list[list[str]]:
    """Give a row for each house style: paragraphs changed, figures, and the difference from print."""

    def value(figure: Figure, tallies: Tallies) -> float:
        return 100 * (figure.value(total(t for d in tallies.values() for t in d.values())) or 0.0)

    rows = [["as printed", "", *(f"{value(f, plain):.1f}" for f in _COMPARED.values())]]
    for style in chosen:
        own = Notes()
        tallies, changed = found(reader, own, style)
        notes.lines += [f"{style}: {line}" for line in own.lines]
        cells = [
            f"{(here := value(figure, tallies)):.1f} ({here - value(figure, plain):+.1f})"
            for figure in _COMPARED.values()
        ]
        rows.append([style, str(changed), *cells])
    return rows


# --- peers ------------------------------------------------------------------------------------

_MARKED = re.compile(r"[\"“”„«»]([^\"“”„«»\n]+)[\"“”„«»]")
_CAPITAL = re.compile(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+)*")
_LEAST = 3  # words; fewer in marks are a name or a term


def baseline(text: str) -> list[tuple[int, int, str]]:
    """Take what stands in marks for speech, and the nearest capitalised words outside for its speaker."""
    rows = []
    for mark in _MARKED.finditer(text):
        if len(mark[1].split()) < _LEAST:
            continue
        low, high = text.rfind("\n", 0, mark.start()) + 1, text.find("\n", mark.end())
        after = _CAPITAL.search(text, mark.end(), high if high >= 0 else len(text))
        before = list(_CAPITAL.finditer(text, low, mark.start()))
        name = after or (before[-1] if before else None)
        rows.append((mark.start(1), mark.end(1), name[0] if name else ""))
    return rows


def textacy(texts: Sequence[str]) -> list[list[tuple[int, int, str]]] | None:
    """Let textacy find direct quotations; None where it is not installed."""
    python = next((p / "bin" / "python" for p in _PEERS if (p / "bin" / "python").exists()), None)
    if python is None:
        return None
    done = subprocess.run(
        [python, PEER], input=json.dumps(list(texts)), capture_output=True, text=True, check=False
    )
    return json.loads(done.stdout) if done.returncode == 0 else None


def peers(reader: Reader, plain: Tallies) -> str:
    """Compare direct speech of the English texts with what others find there."""
    texts = [reader.data.article("en", document)["text"] for document in reader.documents]
    answers = {"textacy 0.13": textacy(texts), "baseline: marks and capitals": [baseline(t) for t in texts]}
    columns: Tallies = {"ours": plain["en"]}
    missing = []
    for name, rows in answers.items():
        if rows is None:
            missing.append(f"{name}: {NOT_MEASURED} (not in .venv-peers)")
            continue
        for document, text, own in zip(reader.documents, texts, rows, strict=True):
            record = reconcile([reader.reading("en", document)]).model_dump(mode="json")
            record["quotes"] = [_quote(f"{document}.en", text, *row) for row in own]
            data = _suffixed(reader.data, "en", document)
            case = Case(data, Output({"stories": [record]}, data), "en", f"{document}.en", Notes())
            columns.setdefault(name, {})[document] = rules.score_quotes(case) or Counter()
    return "\n".join([figures_table(FOUND_FIGURES[:4], columns, list(columns)), *missing])


def _quote(article: str, text: str, start: int, end: int, speaker: str) -> Json:
    evidence = {"article": article, "part": "text", "start": start, "end": end, "text": text[start:end]}
    version = {"article": article, "kind": "direct", "text": text[start:end], "evidence": evidence}
    return {"speaker": None, "speaker_text": speaker, "kind": "direct", "versions": [version]}


# --- agreement and alignment ------------------------------------------------------------------

AGREEMENT = (
    Figure("same lines and kind, F1", share("lines", "either"), ("lines", "either")),
    Figure(
        "same lines, kind and speaker, F1", share("speaker", "either.speaker"), ("speaker", "either.speaker")
    ),
)
ALIGNED = (
    Figure("precision", share("right", "answers"), ("right", "answers")),
    Figure("recall", share("hit", "gold"), ("hit", "gold")),
    Figure(
        "F1",
        lambda c: (
            _mean(c["right"] / c["answers"] if c["answers"] else 0.0, c["hit"] / c["gold"])
            if c["gold"]
            else None
        ),
        ("hit", "gold"),
    ),
    Figure("words of one article apart", share("apart", "answers"), ("apart", "answers")),
)


def _mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def agreement(reader: Reader) -> Tallies:
    """Compare the quotes of each document between every two languages: `[language][document]`."""
    tallies: Tallies = {}
    for document in reader.documents:
        cases = {language: reader.case(language, document, Notes()) for language in LANGUAGES}
        for first, second in combinations(LANGUAGES, 2):
            sets = []
            for language in (first, second):
                case = cases[language]
                told = [
                    (
                        tuple(sorted(case.output.lines_of(case.document, [v["evidence"]]))),
                        v["kind"] == "direct",
                        q,
                    )
                    for q, v in case.output.quotes(case.document)
                ]
                places = Counter((where, direct) for where, direct, _ in told)
                whose = Counter((where, direct, q["speaker"]) for where, direct, q in told if q["speaker"])
                sets.append((places, whose))
            counts: Counter[str] = Counter()
            for name, either, left, right in (
                ("lines", "either", sets[0][0], sets[1][0]),
                ("speaker", "either.speaker", sets[0][1], sets[1][1]),
            ):
                counts[name] = 2 * (left & right).total()  # type: ignore[operator]
                counts[either] = left.total() + right.total()
            for language in (first, second):
                tallies.setdefault(language, {}).setdefault(document, Counter()).update(counts)
    return tallies


def aligned(reader: Reader, notes: Notes, pairs: Iterable[tuple[str, str]] | None = None) -> Tallies:
    """Reconcile two translations of a document with other articles of its speakers: `[pair][document]`.

    `pairs` are the pairs of languages, every two if None.
    """
    tallies: Tallies = {}
    rows = {
        (language, document): _rows(reader.case(language, document, Notes()))
        for language in LANGUAGES
        for document in reader.documents
    }
    speakers = {
        document: {row["speaker_entity"] for row in reader.data.quotes[document] if row["speaker_entity"]}
        for document in reader.documents
    }
    for first, second in combinations(LANGUAGES, 2) if pairs is None else pairs:
        for document in reader.documents:
            others = [d for d in reader.documents if d != document and speakers[d] & speakers[document]]
            told = [reader.reading(first, document), reader.reading(second, document)]
            told += [reader.reading((first, second)[n % 2], other) for n, other in enumerate(others)]
            record = reconcile(told).model_dump(mode="json")
            counts = _score_alignment(reader.data, record, rows, notes)
            for language in (first, second):
                tallies.setdefault(language, {}).setdefault(document, Counter()).update(counts)
    return tallies


def _rows(case: Case) -> dict[tuple[int, int], tuple[str, set[int]]]:
    """Give the gold row (its id, "" for none) and the lines of every quote of a document, by its place."""
    matched = rules.match_quotes(case)
    own = {j: matched.counted[i]["id"] for i, j in matched.found.items()}
    return {
        (v["evidence"]["start"], v["evidence"]["end"]): (own.get(j, ""), matched.places[j])
        for j, (_, v) in enumerate(matched.quotes)
    }


def _score_alignment(
    data: Data,
    record: Json,
    rows: dict[tuple[str, str], dict[tuple[int, int], tuple[str, set[int]]]],
    notes: Notes,
) -> Counter[str]:
    """Count pairs of versions that are one quote, and pairs of one gold row that should be."""
    texts = {row["id"]: row["text"] for own in data.quotes.values() for row in own}
    where: list[tuple[int, str, str, str, set[int], str]] = []
    for number, quote in enumerate(record["quotes"]):
        for version in quote["versions"]:
            document, language = version["article"].rsplit(".", 1)
            place = version["evidence"]["start"], version["evidence"]["end"]
            row, lines = rows[language, document].get(place, ("", set()))
            where.append((number, document, language, row, lines, version["text"]))
    counts: Counter[str] = Counter()
    for one, other in combinations(where, 2):
        if one[1:3] == other[1:3]:
            counts["apart"] += one[0] == other[0]
            continue
        joined = one[0] == other[0]
        same_row = one[1] == other[1] and one[3] == other[3] != ""
        if one[1] == other[1]:
            right = same_row or (bool(one[4] & other[4]) and not (one[3] and other[3]))
        else:
            right = bool(one[3] and other[3]) and _alike(texts[one[3]], texts[other[3]])
        counts["answers"] += joined
        counts["right"] += joined and right
        counts["gold"] += same_row
        counts["hit"] += same_row and joined
        if joined != right and (joined or same_row):
            kind = "alignment wrong" if joined else "alignment missed"
            shown = f"{one[1]}.{one[2]} {one[5]!r} | {other[1]}.{other[2]} {other[5]!r}"
            notes.add(kind, f"{one[2]}-{other[2]}", one[1], shown)
    return counts


def _alike(first: str, second: str) -> bool:
    left, right = set(fold(first).split()), set(fold(second).split())
    return len(left & right) >= _SAME_WORDS * min(len(left), len(right))


# --- the whole --------------------------------------------------------------------------------


def figures(data: Data, documents: Sequence[str], chosen: Sequence[str]) -> dict[str, float]:
    """Give what the gate pins: alignment, agreement, and the figures in some house styles.

    To be quick, each language is aligned with two others only, and each second document is set anew.
    """
    reader = Reader(data, documents)
    languages = list(LANGUAGES)
    ring = list(zip(languages, [*languages[1:], languages[0]], strict=True))
    some = Reader(data, list(documents)[::2])
    plain, _ = found(some, Notes())
    pinned: dict[str, float] = {}
    for title, own, tallies in (
        ("aligned", ALIGNED[:3], aligned(reader, Notes(), ring)),
        ("agreement", AGREEMENT, agreement(reader)),
    ):
        summed = total(t for d in tallies.values() for t in d.values())
        for figure in own:
            pinned[f"quotes.{title} {figure.name}"] = round(figure.value(summed) or 0.0, 4)
    for row in styles(some, plain, Notes(), chosen)[1:]:
        for name, cell in zip(_COMPARED, row[2:], strict=True):
            pinned[f"quotes.{row[0]}.{name}"] = float(cell.split()[0])
    return pinned


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ntrex.FULL)
    parser.add_argument("--part", choices=("A", "B", "all"), default="A")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=SECTIONS, help="these tables only")
    parser.add_argument("--no-peers", action="store_true", help="our reader only")
    common_arguments(parser)
    options = parser.parse_args()
    if options.part != "A" and options.verbose:
        parser.error("misses are shown of part A alone")
    body, notes = _body(options)
    print(json.dumps(body, indent=1, ensure_ascii=False) if options.json else "\n\n".join(body.values()))
    if options.verbose:
        print(*sorted(notes.lines), sep="\n", file=sys.stderr if options.json else sys.stdout)
    if options.scoreboard:
        post("Quotes", f"NTREX news, dev, part {options.part}, and dev sentences of NDT and DDT",
             "\n\n".join(body.values()), options.date)  # fmt: skip
    return 0


def _body(options: argparse.Namespace) -> tuple[dict[str, str], Notes]:
    """Make the tables that are asked for, by name."""
    notes = Notes()
    body: dict[str, str] = {}
    names = [name for name in options.only if not (options.no_peers and name == "peers")]
    if not options.data.is_dir():
        body["found"] = f"quotes: {NOT_MEASURED}: {options.data} is not here"
        names = [name for name in names if name == "trees"]
    else:
        data = rules.load(options.data)
        reader = Reader(data, data.documents(options.part))
        plain, _ = found(reader, notes)
    columns = list(LANGUAGES)
    for name in names:
        if name == "found":
            body[name] = f"### Found\n\n{figures_table(FOUND_FIGURES, plain, columns)}"
        elif name == "peers":
            body[name] = f"### Direct speech in English, beside others\n\n{peers(reader, plain)}"
        elif name == "styles":
            head = ["style", "paragraphs", *_COMPARED]
            body[name] = f"### House styles, six languages\n\n{table(head, styles(reader, plain, notes))}"
        elif name == "agreement":
            shown = figures_table(AGREEMENT, agreement(reader), columns)
            body[name] = f"### Agreement of each language with the five others\n\n{shown}"
        elif name == "aligned":
            shown = figures_table(ALIGNED, aligned(reader, notes), columns)
            body[name] = f"### One quote in two translations, each language with the five others\n\n{shown}"
        elif name == "trees":
            body[name] = quotes_trees.printed(options.shared / "data", notes)
    return body, notes


if __name__ == "__main__":
    raise SystemExit(main())
