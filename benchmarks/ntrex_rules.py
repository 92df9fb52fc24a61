"""The rules by which records of NTREX news are scored; one function for each kind of fact.

Every function gives counts per document, so that figures can be summed over documents and languages and
drawn again for an interval. The rules are those of the SCORING.md that lies beside the data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from matching import any_like, fold, forms_of, names_gold, pair, same_person, same_thing
from scoring import Figure, Json, harmonic, lines, share, touched

LANGUAGES = {"da": "dan", "nb": "nob", "nn": "nno", "sv": "swe", "en": "eng", "de": "deu"}
COUNTED_TYPES = ("person", "organisation", "country", "place")


@dataclass
class Data:
    """One folder of texts and gold rows, by document."""

    texts: dict[str, dict[str, Json]]
    published: dict[str, str]
    stories: dict[str, str]
    domains: dict[str, str]
    parts: dict[str, str]
    quotes: dict[str, list[Json]]
    events: dict[str, list[Json]]
    entities: dict[str, list[Json]]

    def documents(self, part: str = "all", only: Sequence[str] = ()) -> list[str]:
        """Give the documents of a part, or those named, in the order of the source."""
        return [d for d in self.parts if part in ("all", self.parts[d]) and (not only or d in only)]

    def article(self, language: str, document: str) -> Json:
        """Give one article as a JSONL input of `tidende read`."""
        row = self.texts[language][document]
        text = "\n".join(line["text"] for line in row["lines"])
        return {"id": document, "text": text, "published": self.published[document], "outlet": row["outlet"]}


def load(folder: Path) -> Data:
    """Load a folder laid out as `tests/data/ntrex` is."""

    def by_document(name: str) -> dict[str, list[Json]]:
        rows: dict[str, list[Json]] = {}
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows.setdefault(row["doc_id"], []).append(row)
        return rows

    def column(name: str, wanted: str) -> dict[str, str]:
        head, *rows = [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        return {row[0]: row[head.index(wanted)] for row in rows}

    texts = {
        code: {row["doc_id"]: row for rows in by_document(f"texts/{name}.jsonl").values() for row in rows}
        for code, name in LANGUAGES.items()
    }
    return Data(
        texts=texts,
        published=column("published.tsv", "published"),
        stories=column("stories.tsv", "story_id"),
        domains=column("stories.tsv", "domain"),
        parts=column("parts.tsv", "part"),
        quotes=by_document("quotes.jsonl"),
        events=by_document("events.jsonl"),
        entities=by_document("entities.jsonl"),
    )


class Output:
    """What was read in one run, by document."""

    def __init__(self, output: Json, data: Data) -> None:
        self.records: dict[str, Json] = {}
        self.story: dict[str, str] = {}
        self._bounds: dict[str, list[tuple[int, int]]] = {}
        self._first: dict[str, int] = {}
        for record in output["stories"]:
            for article in record["articles"]:
                name = article["id"]
                self.records[name] = record
                self.story[name] = record["id"]
                self._bounds[name] = lines(article["text"])
                self._first[name] = next(iter(data.texts.values()))[name]["lines"][0]["n"]

    def lines_of(self, document: str, evidence: Iterable[Json]) -> set[int]:
        """Give the numbers of the lines in which evidence of a document stands."""
        return {
            self._first[document] + n
            for e in evidence
            if e["article"] == document and e.get("part", "text") == "text"
            for n in touched(e["start"], e["end"], self._bounds[document])
        }

    def quotes(self, document: str) -> list[tuple[Json, Json]]:
        """Give the quotes of a document, each with its version there."""
        return [
            (quote, version)
            for quote in self.records[document]["quotes"]
            for version in quote["versions"]
            if version["article"] == document
        ]

    def events(self, document: str) -> list[Json]:
        """Give the events that a document tells."""
        return [
            event
            for event in self.records[document]["events"]
            if any(evidence["article"] == document for evidence in event["evidence"])
        ]

    def entities(self, document: str) -> list[Json]:
        """Give the entities that a document mentions."""
        return [
            entity
            for entity in self.records[document]["entities"]
            if any(evidence["article"] == document for evidence in entity["evidence"])
        ]


@dataclass
class Notes:
    """Names of misses and extras, for those who tune."""

    lines: list[str] = field(default_factory=list)

    def add(self, kind: str, language: str, document: str, text: str) -> None:
        """Note one."""
        self.lines.append(f"{kind:<14} {language} {document}: {text}")


@dataclass(frozen=True)
class Case:
    """One document in one language, with its gold and what was read."""

    data: Data
    output: Output
    language: str
    document: str
    notes: Notes

    def note(self, kind: str, text: str) -> None:
        """Note a miss or an extra."""
        self.notes.add(kind, self.language, self.document, text)

    def text(self, number: int) -> str:
        """Give a line of the article."""
        rows = self.data.texts[self.language][self.document]["lines"]
        return str(rows[number - rows[0]["n"]]["text"])

    def entity(self, identifier: str | None) -> Json | None:
        """Give the entity of an id."""
        entities: list[Json] = self.output.records[self.document]["entities"]
        return next((e for e in entities if e["id"] == identifier), None)

    def gold_entity(self, name: str | None) -> Json | None:
        """Give the gold row of a name."""
        return next((row for row in self.data.entities.get(self.document, []) if row["name"] == name), None)

    def is_gold(self, entity: Json, row: Json) -> bool:
        """Tell whether an entity of ours is a gold row."""
        names = [row["name"], *row["surface"]]
        return names_gold(entity, names, person=row["type"] == "PER", qid=row["qid"])


# --- quotes -----------------------------------------------------------------------------------

QUOTE_FIGURES = (
    Figure("direct recall", share("direct.found", "direct.gold"), ("direct.found", "direct.gold")),
    Figure("direct precision", lambda c: _precision(c, "direct"), ("direct.found", "direct.answers")),
    Figure(
        "direct F1", harmonic("direct.found", "direct.gold", "direct.wrong"), ("direct.found", "direct.gold")
    ),
    Figure(
        "indirect, mixed recall",
        share("indirect.found", "indirect.gold"),
        ("indirect.found", "indirect.gold"),
    ),
    Figure(
        "indirect, mixed precision",
        lambda c: _precision(c, "indirect"),
        ("indirect.found", "indirect.answers"),
    ),
    Figure(
        "indirect, mixed F1",
        harmonic("indirect.found", "indirect.gold", "indirect.wrong"),
        ("indirect.found", "indirect.gold"),
    ),
    Figure(
        "speaker, of rows found", share("speaker.right", "speaker.found"), ("speaker.right", "speaker.found")
    ),
    Figure(
        "found with right speaker", share("speaker.right", "speaker.gold"), ("speaker.right", "speaker.gold")
    ),
    Figure("text to the letter (en)", share("exact.right", "exact.found"), ("exact.right", "exact.found")),
)


def _precision(counts: Counter[str], kind: str) -> float | None:
    answers = counts[f"{kind}.found"] + counts[f"{kind}.wrong"]
    return counts[f"{kind}.found"] / answers if answers else None


def speaker_is(case: Case, quote: Json, row: Json) -> bool:
    """Tell whether a quote's speaker is the gold row's, by entity or by the printed words."""
    gold = case.gold_entity(row["speaker_entity"])
    person = row["speaker_type"] == "person"
    names = [n for n in (row["speaker"], row["speaker_entity"]) if n]
    entity = case.entity(quote["speaker"])
    if entity is not None:
        qid = gold["qid"] if gold else None
        if names_gold(entity, [*names, *(gold["surface"] if gold else [])], person=person, qid=qid):
            return True
    same = same_person if person else same_thing
    return any(same(quote["speaker_text"], name) for name in names)


@dataclass(frozen=True)
class Matched:
    """The quotes of a document and the lines of each, and the gold rows that count with theirs.

    `found` maps the index of a row in `counted` to that of its quote.
    """

    quotes: list[tuple[Json, Json]]
    places: list[set[int]]
    wanted: dict[str, set[int]]
    counted: list[Json]
    found: dict[int, int]


def match_quotes(case: Case) -> Matched:
    """Pair the gold rows of a document with its quotes."""
    rows = case.data.quotes.get(case.document, [])
    quotes = case.output.quotes(case.document)
    places = [case.output.lines_of(case.document, [version["evidence"]]) for _, version in quotes]
    wanted = {row["id"]: set(range(row["first_line"], row["last_line"] + 1)) for row in rows}

    def fits(row: Json, j: int) -> float:
        quote, version = quotes[j]
        if not places[j] & wanted[row["id"]] or (row["kind"] == "direct" and version["kind"] == "indirect"):
            return 0
        overlap: float = len(places[j] & wanted[row["id"]]) / len(places[j] | wanted[row["id"]])
        same = version["kind"] == row["kind"]
        shared = _shared_words(version["text"], row["text"]) if case.language == "en" else 0.0
        return float(1 + 4 * speaker_is(case, quote, row) + same + overlap + shared)

    counted = [row for row in rows if not row["optional"]]
    return Matched(quotes, places, wanted, counted, pair(counted, range(len(quotes)), fits))


def score_quotes(case: Case) -> Counter[str] | None:
    """Score one document's quotes; None where gold has none."""
    if not case.data.quotes.get(case.document):
        return None
    counts: Counter[str] = Counter()
    matched = match_quotes(case)
    quotes, places, wanted, counted, found = (
        matched.quotes,
        matched.places,
        matched.wanted,
        matched.counted,
        matched.found,
    )
    for i, row in enumerate(counted):
        kind = "direct" if row["kind"] == "direct" else "indirect"
        counts[f"{kind}.gold"] += 1
        who = row["speaker_type"] == "person" or (
            case.language == "en" and row["speaker_type"] == "organisation"
        )
        counts["speaker.gold"] += who
        if i not in found:
            case.note(f"quote missed {kind[0]}", f"{row['speaker']}: {case.text(row['first_line'])}")
            continue
        quote, version = quotes[found[i]]
        counts[f"{kind}.found"] += 1
        if case.language == "en":
            counts["exact.found"] += 1
            exact = fold(version["text"]) == fold(row["text"])
            counts["exact.right"] += exact
            if not exact:
                case.note("quote text", f"{version['text']!r} for {row['text']!r}")
        if who:
            counts["speaker.found"] += 1
            right = speaker_is(case, quote, row)
            counts["speaker.right"] += right
            counts[f"{kind}.speaker.found"] += 1
            counts[f"{kind}.speaker.right"] += right
            if not right:
                case.note(
                    "quote speaker", f"{quote['speaker_text']!r} for {row['speaker']}: {version['text']}"
                )
    for j, (_, version) in enumerate(quotes):
        if not any(places[j] & lines_of_row for lines_of_row in wanted.values()):
            kind = "direct" if version["kind"] == "direct" else "indirect"
            counts[f"{kind}.wrong"] += 1
            case.note(f"quote extra {kind[0]}", f"{quotes[j][0]['speaker_text']!r} {version['text']}")
    for kind in ("direct", "indirect"):
        counts[f"{kind}.answers"] = counts[f"{kind}.found"] + counts[f"{kind}.wrong"]
    return counts


def _shared_words(first: str, second: str) -> float:
    left, right = set(fold(first).split()), set(fold(second).split())
    return len(left & right) / len(left | right) if left | right else 0


# --- events -----------------------------------------------------------------------------------

EVENT_FIGURES = (
    Figure("recall", share("found", "gold"), ("found", "gold")),
    Figure("precision", share("found", "answers"), ("found", "answers")),
    Figure("F1", harmonic("found", "gold", "wrong"), ("found", "gold")),
    Figure("type and an actor", share("actor", "actor.gold"), ("actor", "actor.gold")),
    Figure(
        "extra, other documents (each)",
        lambda c: c["extra"] / c["other.documents"] if c["other.documents"] else None,
        ("extra", "other.documents"),
        percent=False,
    ),
)


def _unnamed(case: Case, name: str) -> bool:
    """Tell whether a party of a gold row is an unnamed group: no row of its own, and no name as its head."""
    return case.gold_entity(name) is None and not name.rsplit(maxsplit=1)[-1][:1].isupper()


def has_a_party(case: Case, event: Json, row: Json) -> bool:
    """Tell whether some actor or recipient of an event is one of the gold row's."""
    ours = [e for i in event["actors"] + event["recipients"] if (e := case.entity(i)) is not None]
    for name in row["actors"] + row["recipients"]:
        gold = case.gold_entity(name)
        for entity in ours:
            if gold is not None and case.is_gold(entity, gold):
                return True
            if gold is None and any(same_thing(f, name) or same_person(f, name) for f in forms_of(entity)):
                return True
            if case.language == "en" and _unnamed(case, name) and any_like(forms_of(entity), [name]):
                return True
    return False


def score_events(case: Case) -> Counter[str]:
    """Score one document's events; where gold has no rows every event is one too many."""
    counts: Counter[str] = Counter()
    rows = case.data.events.get(case.document, [])
    events = case.output.events(case.document)
    places = [case.output.lines_of(case.document, event["evidence"]) for event in events]
    parties = [[case.entity(i) for i in e["actors"] + e["recipients"]] for e in events]
    shown = [
        f"{e['type']} {[p['name'] for p in parties[j] if p]} {[v['text'] for v in e['evidence']]}"
        for j, e in enumerate(events)
    ]
    if not rows:
        counts["other.documents"] = 1
        counts["extra"] = len(events)
        for line in shown:
            case.note("event invented", line)
        return counts

    def fits(row: Json, j: int) -> float:
        if events[j]["type"] not in (row["type"], *row["alt_types"]):
            return 0
        if not places[j] & {row["line"], *row["other_lines"]}:
            return 0
        return 1 + 2 * has_a_party(case, events[j], row) + (row["line"] in places[j])

    found = pair(rows, range(len(events)), fits, optional=lambda row: bool(row["optional"]))
    for i, row in enumerate(rows):
        if row["optional"]:
            continue
        counts["gold"] += 1
        eligible = case.language == "en" or not all(
            _unnamed(case, n) for n in row["actors"] + row["recipients"]
        )
        counts["actor.gold"] += eligible
        told = f"{row['type']} {row['actors']} > {row['recipients']} ({row['trigger']}): "
        told += case.text(row["line"])
        if i not in found:
            case.note("event missed", told)
            continue
        counts["found"] += 1
        right = has_a_party(case, events[found[i]], row)
        counts["actor"] += right and eligible
        if not right and eligible:
            case.note("event actor", f"{shown[found[i]]} for {told}")
    for j in range(len(events)):
        if j not in found.values():
            counts["wrong"] += 1
            case.note("event extra", shown[j])
    counts["answers"] = counts["found"] + counts["wrong"]
    return counts


# --- entities ---------------------------------------------------------------------------------

ENTITY_FIGURES = (
    Figure("found", share("found", "gold"), ("found", "gold")),
    Figure("found as exactly one", share("one", "gold"), ("one", "gold")),
    Figure("right type, of found", share("type", "found"), ("type", "found")),
    Figure("Wikidata id, where gold has one", share("qid", "qid.gold"), ("qid", "qid.gold")),
)
SAME_IDS = Figure("same ids in two languages, F1", share("both", "either"), ("both", "either"))

_TYPES = {
    "PER": ("person",),
    "ORG": ("organisation",),
    "GPE": ("country", "place", "organisation"),
    "LOC": ("place",),
}


def is_asked_for(case: Case, row: Json) -> bool:
    """Tell whether a gold row can be known in a language: by id, as a person, by its form in the text."""
    if row["qid"] or row["type"] == "PER":
        return True
    text = fold("\n".join(line["text"] for line in case.data.texts[case.language][case.document]["lines"]))
    return any(fold(form) in text for form in (row["name"], *row["surface"]))


def score_entities(case: Case) -> Counter[str] | None:
    """Score one document's entities; None where gold has none.

    Gold names are English. In another language a row is asked for only where it can be known by a
    Wikidata id, is a person, or stands in the translation in the same form; the rest is left out.
    """
    rows = case.data.entities.get(case.document)
    if not rows:
        return None
    counts: Counter[str] = Counter()
    ours = case.output.entities(case.document)
    for row in rows:
        if not is_asked_for(case, row):
            counts["left out"] += 1
            continue
        counts["gold"] += 1
        counts["qid.gold"] += row["qid"] is not None
        found = [entity for entity in ours if case.is_gold(entity, row)]
        if not found:
            case.note("entity missed", f"{row['type']} {row['name']} {row['qid']} {row['surface']}")
            continue
        counts["found"] += 1
        counts["one"] += len(found) == 1
        counts["qid"] += row["qid"] is not None and any(e["id"] == row["qid"] for e in found)
        right = any(e["type"] in _TYPES[row["type"]] for e in found)
        counts["type"] += right
        if len(found) > 1:
            case.note("entity twice", f"{row['name']}: {[(e['id'], forms_of(e)) for e in found]}")
        if not right:
            case.note("entity type", f"{row['name']} {row['type']}: {[e['type'] for e in found]}")
    return counts


def score_same_ids(
    data: Data,
    outputs: Mapping[str, Output],
    documents: Sequence[str],
    notes: Notes,
    types: Sequence[str] = COUNTED_TYPES,
) -> dict[str, dict[str, Counter[str]]]:
    """Compare the ids of each document between every two languages: `[pair][document]` counts.

    Only entities of `types` count.
    """
    tallies: dict[str, dict[str, Counter[str]]] = {}
    for first, second in combinations(outputs, 2):
        for document in documents:
            sets = []
            for language in (first, second):
                entities = outputs[language].entities(document)
                sets.append({e["id"]: e["name"] for e in entities if e["type"] in types})
            left, right = sets
            both = left.keys() & right.keys()
            # F1 = 2|A∩B| / (|A| + |B|)
            counts = Counter({"both": 2 * len(both), "either": len(left) + len(right)})
            tallies.setdefault(f"{first}-{second}", {})[document] = counts
            for language, mine, other in ((first, left, right), (second, right, left)):
                for identifier in sorted(mine.keys() - other.keys()):
                    pair_name = f"only in {language} of {first}-{second}"
                    notes.add(
                        "entity id",
                        f"{first}-{second}",
                        document,
                        f"{identifier} {mine[identifier]} {pair_name}",
                    )
    return tallies


# --- stories ----------------------------------------------------------------------------------


def _bcubed(counts: Counter[str]) -> float | None:
    if not counts["items"]:
        return None
    precision, recall = counts["precision"] / counts["items"], counts["recall"] / counts["items"]
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


STORY_FIGURES = (
    Figure("BCubed precision", share("precision", "items"), ("precision", "items")),
    Figure("BCubed recall", share("recall", "items"), ("recall", "items")),
    Figure("BCubed F1", _bcubed, ("items",)),
)


def score_stories(
    gold: Mapping[str, str], answer: Mapping[str, str], name: str, notes: Notes
) -> dict[str, Counter[str]]:
    """Give each article's BCubed precision and recall. `gold` and `answer` map an article to its story.

    Amigó et al. (2009): A comparison of extrinsic clustering evaluation metrics.
    """
    tallies: dict[str, Counter[str]] = {}
    for item, story in gold.items():
        same_answer = {other for other in gold if answer.get(other) == answer.get(item)}
        same_gold = {other for other in gold if gold[other] == story}
        right = same_answer & same_gold
        counts: Counter[str] = Counter()
        # a Counter of shares: fractions are kept as floats
        counts.update({"items": 1})
        counts["precision"] = len(right) / len(same_answer)  # type: ignore[assignment]
        counts["recall"] = len(right) / len(same_gold)  # type: ignore[assignment]
        tallies[item] = counts
        for other in sorted(same_answer - same_gold):
            if item < other:
                notes.add("story joined", name, item, f"with {other}")
        for other in sorted(same_gold - same_answer):
            if item < other:
                notes.add("story parted", name, item, f"from {other}")
    return tallies
