"""Score events: English gold sentences, NTREX news in six languages, agreement between translations.

Usage: python benchmarks/events.py [--shared DIR] [--part A|B|all] [--half tuned|held|all] [--json]
       [--only gold ntrex meantime] [--verbose] [--scoreboard]

Gold sentences are the PLOVER records and the validation sentences of PETRARCH-2. Half of them, by the hash of
their names, were looked at while the word lists were made ("tuned"); the other half was not ("held"). Each is
read as an article of its own, so that nothing tells who "the minister" is. Beside Tidende stands a coder of
verbs (`events_peer.py`); `events_meantime.py` tells how MEANTIME is scored. Missing data are "not measured".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import events_meantime
import ntrex
import ntrex_rules as rules
from matching import any_like, forms_of
from ntrex import Tallies
from ntrex_rules import Output
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
    share,
)

PEER = Path(__file__).with_name("events_peer.py")
PEERS = (Path(__file__).parents[1] / ".venv-peers", SHARED.parent / "main" / ".venv-peers")
HALVES = ("tuned", "held")
PARTS = ("gold", "ntrex", "meantime")
# The records were made for the draft of 2016; the codebook of 2021 has other names for some types.
RENAMED = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "YIELD": "CONCEDE",
}
# The codebook has other types for what is yet to come; Tidende keeps the type and tells the modality.
YET_TO_COME = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
    "SANCTION": "THREATEN",
    "COERCE": "THREATEN",
    "ASSAULT": "THREATEN",
    "MOBILIZE": "THREATEN",
}

GOLD_FIGURES = (
    Figure("type", share("type", "gold"), ("type", "gold")),
    Figure("type and an actor", share("actor", "gold.actor"), ("actor", "gold.actor")),
    Figure("type and both parties", share("both", "gold.both"), ("both", "gold.both")),
    Figure("events of a gold type", share("right", "events"), ("right", "events")),
    Figure("sentences without event, rightly empty", share("empty", "without"), ("empty", "without")),
)
AGREEMENT_FIGURES = (
    Figure("agreement of two translations, F1", share("shared", "all"), ("shared", "all")),
    Figure("the same without parties, F1", share("typed", "all"), ("typed", "all")),
)


@dataclass(frozen=True)
class Row:
    """One gold sentence: its types (none: no event), and the words for who acts and who suffers."""

    name: str
    text: str
    date: str
    types: frozenset[str]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def half_of(name: str) -> str:
    """Tell in which half a gold sentence lies."""
    return HALVES[int(hashlib.sha256(name.partition(" ")[0].encode()).hexdigest(), 16) % 2]


def plover_rows(folder: Path) -> Iterator[Row]:
    """Yield the gold records of PLOVER."""
    for record in json.loads((folder / "PLOVER_GSR_CAMEO.json").read_text(encoding="utf-8")):
        if record["event"] == "DOCUMENT" or not record.get("text"):
            continue
        kind = RENAMED.get(record["event"], record["event"])
        parties = [_words_of(record.get(side)) for side in ("source", "target")]
        day = record.get("date", "2000-01-01")
        yield Row(record["id"], record["text"], day, frozenset({kind}), parties[0], parties[1])


def _words_of(side: Any) -> tuple[str, ...]:
    """Give the words for the parties of one side, which a record has as one or as a list."""
    found = side if isinstance(side, list) else [side]
    return tuple(str(one["actorText"]) for one in found if isinstance(one, dict) and one.get("actorText"))


def types_of_codes(folder: Path) -> dict[str, str]:
    """Give the PLOVER type of each CAMEO code."""
    text = (folder / "CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^(\d+): (\w+)", text))


def petrarch_rows(folder: Path, types: dict[str, str]) -> Iterator[Row]:
    """Yield the validation sentences of PETRARCH-2, which name parties by codes only."""
    text = (folder / "PETR2_GSR_validation.xml").read_text(encoding="utf-8")
    for block in re.findall(r"<Sentence .*?</Sentence>", text, re.DOTALL):
        head = re.search(r'date="(\d{4})(\d\d)(\d\d)" id="([^"]+)"', block)
        body = re.search(r"<Text>(.*?)</Text>", block, re.DOTALL)
        if head is None or body is None:
            continue
        codes = re.findall(r'<EventCoding eventcode="(\d+)"', block)
        found = frozenset(types[code] for code in codes if code in types)
        year, month, day, name = head.groups()
        yield Row(name, " ".join(body[1].split()), f"{year}-{month}-{day}", found, (), ())


def named_once(rows: Iterable[Row]) -> list[Row]:
    """Give the rows that have a text; a name that stands twice is numbered."""
    seen: Counter[str] = Counter()
    found: list[Row] = []
    for row in rows:
        seen[row.name] += 1
        name = row.name if seen[row.name] == 1 else f"{row.name} {seen[row.name]}"
        if row.text.strip():
            found.append(replace(row, name=name))
    return found


def read_rows(rows: Sequence[Row]) -> dict[str, Json]:
    """Give the record of each sentence, read as an English article of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentences.jsonl"
        lines = (
            json.dumps({"id": row.name, "text": row.text, "language": "en", "published": row.date})
            for row in rows
        )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        output = read_json([path])
    return {article["id"]: record for record in output["stories"] for article in record["articles"]}


def types_of(event: Json) -> set[str]:
    """Give the types by which an event may stand in gold."""
    coming = event["modality"] in ("planned", "possible")
    return {event["type"], YET_TO_COME.get(event["type"], event["type"]) if coming else event["type"]}


def score_row(row: Row, record: Json) -> Counter[str]:
    """Score one sentence: its best event counts, every event is weighed for precision."""
    counts: Counter[str] = Counter()
    events = [e for e in record["events"] if any(v["article"] == row.name for v in e["evidence"])]
    entities = {entity["id"]: entity for entity in record["entities"]}
    if not row.types:
        counts["without"] = 1
        counts["empty"] = not events
        return counts
    fitting = [event for event in events if types_of(event) & row.types]

    def names(event: Json, wanted: Sequence[str]) -> bool:
        ids = (*event["actors"], *event["recipients"])
        ours = [entities[identifier] for identifier in ids if identifier in entities]
        return any(any_like(forms_of(entity), [name]) for entity in ours for name in wanted)

    parties = (*row.actors, *row.recipients)
    counts.update(gold=1, type=bool(fitting), events=len(events), right=len(fitting))
    if parties:
        counts["gold.actor"] = 1
        counts["actor"] = any(names(event, parties) for event in fitting)
    if row.actors and row.recipients:
        counts["gold.both"] = 1
        counts["both"] = any(names(e, row.actors) and names(e, row.recipients) for e in fitting)
    return counts


def score_gold(sets: dict[str, list[Row]], notes: list[str]) -> Tallies:
    """Score every set of gold sentences: `tallies[set and half][sentence]`."""
    tallies: Tallies = {}
    for name, rows in sets.items():
        records = read_rows(rows)
        for row in rows:
            counts = score_row(row, records[row.name])
            tallies.setdefault(f"{name}, {half_of(row.name)}", {})[row.name] = counts
            if (counts["gold"] and not counts["type"]) or (counts["without"] and not counts["empty"]):
                told = [event["type"] for event in records[row.name]["events"]]
                notes.append(f"{name} {half_of(row.name)}: {sorted(row.types)} for {told}: {row.text}")
    return tallies


def verb_types(folder: Path, types: dict[str, str]) -> dict[str, str]:
    """Give the PLOVER type of each verb of PETRARCH's dictionary that has a CAMEO code of its own."""
    found: dict[str, str] = {}
    kind = ""
    for line in (folder / "CAMEO.2.0.txt").read_text(encoding="latin-1").splitlines():
        head = re.match(r"---\s+\S+\s+\[(\w+|---)\]", line)
        verb = re.match(r"([A-Z][A-Z-]+)[\s{\[#]*", line)
        if head:
            code = head[1]
            kind = types.get(code) or types.get(code[:2], "") or types.get(f"{code[:2]}0", "")
        elif verb and kind:
            found.setdefault(verb[1].lower(), kind)
    return found


def score_peer(sets: dict[str, list[Row]], types: dict[str, str]) -> Tallies | None:
    """Score the coder of verbs on the same sentences; None where it is not installed."""
    python = next((p / "bin" / "python" for p in PEERS if (p / "bin" / "python").exists()), None)
    if python is None:
        return None
    tallies: Tallies = {}
    for name, rows in sets.items():
        asked = json.dumps({"types": types, "texts": [row.text for row in rows]})
        done = subprocess.run([python, PEER], input=asked, capture_output=True, text=True, check=False)
        if done.returncode:
            return None
        for row, coded in zip(rows, json.loads(done.stdout), strict=True):
            counts: Counter[str] = Counter()
            fitting = [sides for kind, *sides in coded if kind in row.types]
            if row.types:
                counts.update(gold=1, type=bool(fitting), events=len(coded), right=len(fitting))
            else:
                counts.update(without=1, empty=not coded)
            parties = (*row.actors, *row.recipients)
            if parties:
                counts["gold.actor"] = 1
                counts["actor"] = any(any_like(sides, parties) for sides in fitting)
            if row.actors and row.recipients:
                counts["gold.both"] = 1
                counts["both"] = any(
                    any_like(sides, row.actors) and any_like(sides, row.recipients) for sides in fitting
                )
            tallies.setdefault(f"{name}, {half_of(row.name)}", {})[row.name] = counts
    return tallies


def score_meantime(shared: Path) -> Tallies:
    """Score the political events of MEANTIME's articles by their parties and dates."""
    found = list(events_meantime.documents(shared))
    rows = [Row(one.name, one.text, one.published, frozenset(), (), ()) for one in found]
    return events_meantime.score(found, read_rows(rows))


def score_agreement(outputs: dict[str, Output], documents: Sequence[str]) -> Tallies:
    """Compare the events of each document between every two languages, each language with all others.

    Two events are one if their type is and they share a party, or neither has any.
    """
    tallies: Tallies = {language: {} for language in outputs}
    for first, second in combinations(outputs, 2):
        for document in documents:
            left, right = outputs[first].events(document), outputs[second].events(document)
            counts = Counter({"all": len(left) + len(right)})
            counts["shared"] = 2 * _pairs(left, right, parties=True)
            counts["typed"] = 2 * _pairs(left, right, parties=False)
            for language in (first, second):
                tallies[language].setdefault(document, Counter()).update(counts)
    return tallies


def _pairs(left: Sequence[Json], right: Sequence[Json], *, parties: bool) -> int:
    rest = list(right)
    found = 0
    for event in left:
        mine = {*event["actors"], *event["recipients"]}
        for other in rest:
            theirs = {*other["actors"], *other["recipients"]}
            if event["type"] == other["type"] and (not parties or mine & theirs or mine == theirs):
                rest.remove(other)
                found += 1
                break
    return found


def score_ntrex(folder: Path, part: str) -> tuple[Tallies, Tallies, rules.Notes]:
    """Score the events of NTREX news in six languages, and how far its translations agree."""
    data = rules.load(folder)
    documents = data.documents(part)
    notes = rules.Notes()
    read = {
        language: Output(ntrex.read(data, [(language, document) for document in documents]), data)
        for language in rules.LANGUAGES
    }
    events: Tallies = {
        language: {
            document: rules.score_events(rules.Case(data, output, language, document, notes))
            for document in documents
        }
        for language, output in read.items()
    }
    return events, score_agreement(read, documents), notes


def main() -> int:
    """Read, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--part", choices=("A", "B", "all"), default="A")
    parser.add_argument("--half", choices=(*HALVES, "all"), default="all")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    common_arguments(parser)
    options = parser.parse_args()
    plover = options.shared / "data" / "events" / "plover"
    petrarch = options.shared / "data" / "events" / "petrarch-dictionaries"
    news = options.shared / "data" / "ntrex"
    if not (plover.is_dir() and petrarch.is_dir() and news.is_dir()):
        print(f"events: {NOT_MEASURED}: {options.shared} is not here")
        return 0
    out: list[str] = []
    notes: list[str] = []
    figures: dict[str, float | None] = {}

    def show(title: str, chosen: Sequence[Figure], tallies: Tallies) -> None:
        out.append(f"### {title}\n\n{figures_table(chosen, tallies, list(tallies))}")
        for figure in chosen:
            for column, counts in tallies.items():
                figures[f"{figure.name}.{column}"] = figure.value(sum(counts.values(), Counter()))

    try:
        if "gold" in options.only:
            sets = {
                "PLOVER": named_once(plover_rows(plover)),
                "PETRARCH": named_once(petrarch_rows(petrarch, types_of_codes(plover))),
            }
            if options.half != "all":
                sets = {
                    name: [r for r in rows if half_of(r.name) == options.half] for name, rows in sets.items()
                }
            show("Gold sentences (English)", GOLD_FIGURES, score_gold(sets, notes))
            peer = score_peer(sets, verb_types(petrarch, types_of_codes(plover)))
            if peer is None:
                out.append(f"textacy's triples: {NOT_MEASURED} (not in .venv-peers)")
            else:
                title = "The same by textacy 0.13: its triples, their verbs by PETRARCH's dictionary"
                out.append(f"### {title}\n\n{figures_table(GOLD_FIGURES, peer, list(peer))}")
        if "ntrex" in options.only:
            events, agreement, told = score_ntrex(news, options.part)
            show(f"NTREX news, part {options.part}", rules.EVENT_FIGURES, events)
            show("Translations of one article", AGREEMENT_FIGURES, agreement)
            notes += [line for line in told.lines if line.startswith("event ")]
        if "meantime" in options.only:
            show("MEANTIME (English Wikinews)", events_meantime.FIGURES, score_meantime(options.shared))
    except ReadFailed as failure:
        print(f"events: {failure}", file=sys.stderr)
        return 1
    body = "\n\n".join(out)
    print(json.dumps(figures, indent=1) if options.json else body)
    if options.verbose:
        # Of the held half nothing but its figures is shown.
        shown = [line for line in sorted(notes) if " held: " not in line]
        print(*shown, sep="\n", file=sys.stderr if options.json else sys.stdout)
    if options.scoreboard:
        post("Events", f"gold sentences and NTREX news, part {options.part}", body, options.date)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
