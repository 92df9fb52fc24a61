"""Score the record of the two articles in `examples/vladivostok` against what a careful reader tells.

Usage: python benchmarks/seeds.py [--record FILE] [--verbose] [--json] [--scoreboard]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matching import best_first, fold, forms_of, names_gold
from scoring import (
    ROOT,
    Json,
    ReadFailed,
    common_arguments,
    false_evidence,
    paragraphs,
    post,
    read_json,
    table,
    touched,
)

GOLD = ROOT / "tests" / "data" / "seeds" / "gold.json"
ARTICLES = sorted((ROOT / "examples" / "vladivostok").glob("*.txt"))

# Attributes that hold the plain slots of an event; what is not here is a further detail.
_SLOTS = frozenset(
    (
        *("type", "mode", "contexts", "actors", "recipients", "place", "city", "venue", "date", "duration"),
        *("planned_duration", "ordinal", "count", "theme", "outcome", "modality", "claimed_by"),
    )
)


class Tally:
    """Count hits and totals under a name, and keep the names of misses and extras."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = {}
        self.notes: list[str] = []

    def add(self, figure: str, hit: bool, note: str = "") -> bool:
        """Count one row; a miss is noted."""
        count = self.counts.setdefault(figure, [0, 0])
        count[0] += hit
        count[1] += 1
        if not hit:
            self.notes.append(f"miss   {figure}: {note}")
        return hit

    def extra(self, figure: str, note: str) -> None:
        """Count one thing too many."""
        self.counts.setdefault(figure, [0, 0])[0] += 1
        self.notes.append(f"extra  {figure}: {note}")

    def open(self, *figures: str) -> None:
        """Have figures of things too many stand at 0."""
        for figure in figures:
            self.counts.setdefault(figure, [0, 0])


class Seeds:
    """One record set beside the gold."""

    def __init__(self, output: Json, gold: Json) -> None:
        self.gold = gold
        self.tally = Tally()
        stories = output["stories"]
        self.tally.add("stories", len(stories) == gold["stories"], f"{len(stories)} stories")
        # were the articles kept apart, the larger record is scored and the rest is missed
        self.record: Json = max(stories, key=lambda record: len(record["articles"]))
        self.articles: dict[str, Json] = {Path(a["id"]).name: a for a in self.record["articles"]}
        self.bounds = {name: paragraphs(a["text"]) for name, a in self.articles.items()}
        self.entities: dict[str, Json] = {e["id"]: e for e in self.record["entities"]}
        self.who: dict[str, list[str]] = {}
        for row in gold["entities"]:
            forms = [row["name"], *row.get("also", [])]
            qid = row.get("qid")
            person = row["type"] == "person"
            self.who[row["id"]] = [
                e["id"] for e in self.entities.values() if names_gold(e, forms, person=person, qid=qid)
            ]

    # --- small questions ---

    def is_one(self, identifier: str | None, keys: str | None) -> bool:
        """Tell whether an id of ours is one of the gold entities `a|b`."""
        return identifier is not None and any(
            identifier in self.who.get(k, []) for k in (keys or "").split("|")
        )

    def label(self, identifier: str | None) -> str:
        """Give an entity's name for a note."""
        return self.entities[identifier]["name"] if identifier in self.entities else str(identifier)

    def places(self, evidence: Sequence[Json]) -> set[tuple[str, int]]:
        """Give the paragraphs that evidence touches, as (file, paragraph)."""
        return {
            (name, n)
            for e in evidence
            if (name := Path(e["article"]).name) in self.bounds and e.get("part", "text") == "text"
            for n in touched(e["start"], e["end"], self.bounds[name])
        }

    @staticmethod
    def wanted(row: Json) -> set[tuple[str, int]]:
        """Give the paragraphs that tell a gold row."""
        return {(name, n) for name, numbers in row.get("sources", {}).items() for n in numbers}

    def article_hits(self, row: Json, evidence: Sequence[Json]) -> tuple[int, int]:
        """Count in how many of a gold row's articles the evidence touches a right paragraph."""
        right = self.places(evidence) & self.wanted(row)
        return len({name for name, _ in right}), len(row["sources"])

    def score(self) -> Tally:
        """Score every section."""
        self.score_articles()
        self.score_entities()
        self.score_roles()
        self.score_events()
        self.score_quotes()
        self.score_facts()
        self.score_evidence()
        return self.tally

    # --- sections ---

    def score_articles(self) -> None:
        """Language and credits of each article."""
        for name, language in self.gold["languages"].items():
            article = self.articles.get(name, {"language": None, "credits": None})
            self.tally.add(
                "articles.language", article["language"] == language, f"{name} {article['language']}"
            )
            credits = self.gold["credits"][name]
            self.tally.add("articles.credits", article["credits"] == credits, f"{name} {article['credits']}")

    def score_entities(self) -> None:
        """Who is found, with the right type and id, once, and with every paragraph that names them."""
        tally = self.tally
        matched: set[str] = set()
        for row in self.gold["entities"]:
            ours = self.who[row["id"]]
            matched.update(ours)
            if not tally.add("entities.found", bool(ours), row["name"]):
                continue
            printed = [f"{e} {forms_of(self.entities[e])}" for e in ours]
            tally.add("entities.exactly_one", len(ours) == 1, f"{row['name']}: {printed}")
            types = [self.entities[e]["type"] for e in ours]
            tally.add("entities.type", row["type"] in types, f"{row['name']}: {types}")
            if "qid" in row:
                tally.add("entities.qid", row["qid"] in ours, f"{row['name']} {row['qid']}: {ours}")
            told = self.places([ev for e in ours for ev in self.entities[e]["evidence"]])
            for name, numbers in row["mentions"].items():
                for n in numbers:
                    tally.add("entities.mentions", (name, n) in told, f"{row['name']} in {name[:3]} ¶{n}")
        tally.open("extra.entities")
        for entity in self.entities.values():
            if entity["named"] and entity["id"] not in matched:
                tally.extra("extra.entities", f"{entity['id']} {entity['type']} {forms_of(entity)}")

    def score_roles(self) -> None:
        """Who holds which role of whom."""
        tally = self.tally
        roles: list[Json] = self.record["roles"]

        def fits(row: Json, role: Json) -> float:
            if not self.is_one(role["holder"], row["holder"]) or role["role"] != row["role"]:
                return 0
            return 1 + (row["of"] is None or self.is_one(role["of"], row["of"]))

        pairs = best_first(self.gold["roles"], roles, fits)
        for i, row in enumerate(self.gold["roles"]):
            name = f"{row['id']} {row['holder']} {row['role']} of {row['of']}"
            if not tally.add("roles.found", i in pairs, name):
                continue
            role = roles[pairs[i]]
            tally.add("roles.of", fits(row, role) == 2, f"{name}: {self.label(role['of'])}")
            tally.add("roles.agreement", role["agreement"] == row["status"], f"{name}: {role['agreement']}")
            hits, of = self.article_hits(row, role["evidence"])
            tally.add("roles.sources", hits == of, f"{name}: {hits} of {of} articles")
        tally.open("extra.roles")
        for j, role in enumerate(roles):
            if j not in pairs.values():
                said = [e["text"] for e in role["evidence"]]
                tally.extra(
                    "extra.roles",
                    f"{self.label(role['holder'])} {role['role']} of {self.label(role['of'])} {said}",
                )

    def _parties(self, row: Json, event: Json) -> tuple[int, int]:
        """Count the gold parties that an event has, in either list for events of two sides alike."""
        both = event["actors"] + event["recipients"] if row["type"] == "CONSULT" else event["actors"]
        hits = sum(any(self.is_one(i, keys) for i in both) for keys in row["actors"])
        return hits, len(row["actors"])

    def _event_fits(self, row: Json, event: Json) -> float:
        if event["type"] not in row["type"].split("|"):
            return 0
        hits, of = self._parties(row, event)
        places = self.places(event["evidence"]) & self.wanted(row)
        if not hits or not places:
            return 0
        score: float = 3 * hits / of + len(places) / len(self.wanted(row)) + (len(event["actors"]) == of)
        score += 2 * (row.get("count") == event["count"]) + 2 * bool(row.get("main") and event["main"])
        if "place" in row:
            score += 2 * self._place_right(row, event)
        if "date" in row or "period" in row:
            score += 2 * self._date_right(row, event)
        return score

    def _place_right(self, row: Json, event: Json) -> bool:
        keys = row["place"]
        city = next((r["value"] for r in self.gold["events"] if r["id"] == f"{row['id']}.city"), None)
        return self.is_one(event["place"], f"{keys}|{city}" if city else keys)

    @staticmethod
    def _date_right(row: Json, event: Json) -> bool:
        date = event["date"] or {}
        start, end = date.get("start"), date.get("end")
        if not start or not end:
            return False
        if "period" in row:
            return (
                abs(_days(start) - _days(row["period"][0])) <= 2
                and abs(_days(end) - _days(row["period"][1])) <= 2
            )
        # inside the day or year that gold gives ("earlier this year" may end at the publication)
        return bool(start[: len(row["date"])] == end[: len(row["date"])] == row["date"])

    def score_events(self) -> None:
        """What happened, and each attribute."""
        tally = self.tally
        rows = [row for row in self.gold["events"] if "type" in row]
        events: list[Json] = self.record["events"]
        pairs = best_first(rows, events, self._event_fits)
        by_gold = {row["id"]: events[pairs[i]] for i, row in enumerate(rows) if i in pairs}
        for row in rows:
            name = f"{row['id']} {row['type']} {row['actors']} {row.get('recipients', [])} {row.get('theme')}"
            event = by_gold.get(row["id"])
            if "status" not in row:  # "may be a detail of the main event": neither missed nor too many
                continue
            if not tally.add("events.found", event is not None, name) or event is None:
                continue
            parties = [self.label(i) for i in event["actors"]]
            exact = self._parties(row, event)[0] == len(row["actors"]) == len(event["actors"])
            tally.add("events.actors", exact, f"{name}: {parties}")
            if "recipients" in row:
                right = all(
                    any(self.is_one(i, keys) for i in event["recipients"]) for keys in row["recipients"]
                )
                tally.add(
                    "events.recipients", right, f"{name}: {[self.label(i) for i in event['recipients']]}"
                )
            if "place" in row:
                tally.add(
                    "events.place", self._place_right(row, event), f"{name}: {self.label(event['place'])}"
                )
            if "date" in row or "period" in row:
                tally.add("events.date", self._date_right(row, event), f"{name}: {event['date']}")
            if "count" in row:
                tally.add("events.count", event["count"] == row["count"], f"{name}: {event['count']}")
            tally.add(
                "events.agreement", event["agreement"] == row["status"], f"{name}: {event['agreement']}"
            )
            hits, of = self.article_hits(row, event["evidence"])
            tally.add("events.sources", hits == of, f"{name}: {hits} of {of} articles")
            tally.add(
                "events.main", event["main"] == row.get("main", False), f"{name}: main is {event['main']}"
            )
        second = self.score_attributes(by_gold)
        tally.open("extra.events")
        for j, event in enumerate(events):
            if j not in pairs.values() and event["id"] not in second:
                said = [e["text"] for e in event["evidence"]]
                sides = [[self.label(i) for i in event[side]] for side in ("actors", "recipients")]
                tally.extra("extra.events", f"{event['type']} {sides} {said}")

    def score_attributes(self, by_gold: dict[str, Json]) -> set[str]:
        """Score the attribute rows; give the ids of events that tell one in a row of their own."""
        tally = self.tally
        used: set[str] = set()
        for row in self.gold["events"]:
            if "attribute" not in row:
                continue
            event = by_gold.get(row["of"])
            found: Json | None = None
            if event is not None:
                found = self._attribute(row, event)
            if found is None and row.get("modality") == "planned" and event is not None:
                for other in self.record["events"]:
                    close = self.places(other["evidence"]) & self.wanted(row)
                    if close and other is not event and other["modality"] == "planned":
                        found = other
                        used.add(other["id"])
                        break
            name = f"{row['id']} {row['attribute']} {row.get('value', '')}"
            if tally.add("attributes.found", found is not None, name) and found is not None:
                tally.add(
                    "attributes.agreement",
                    found["agreement"] == row["status"],
                    f"{name}: {found['agreement']}",
                )
        return used

    def _attribute(self, row: Json, event: Json) -> Any:
        """Give the attribute of an event that tells a gold row, with its value right."""
        key = row["id"].split(".")[1]
        named = {a["name"]: a for a in event["attributes"]}
        missing = {"agreement": None}
        if key == "venue":
            return named.get("venue", missing) if self.is_one(event["venue"], row["value"]) else None
        if key in ("duration", "planned"):
            slot = "duration" if key == "duration" else "planned_duration"
            value = event[slot] or {}
            low, high = value.get("min_minutes"), value.get("max_minutes")
            first, last = row["minutes"]
            slack = 0 if first == last else 15
            inside = low is not None and high is not None and first - slack <= low <= high <= last + slack
            return named.get(slot, missing) if inside else None
        if key == "first":
            return named.get("ordinal", missing) if event["ordinal"] == 1 else None
        if key == "outcome":
            attribute = named.get("outcome")
            close = attribute and self.places([t["evidence"] for t in attribute["told"]]) & self.wanted(row)
            return attribute if close else None
        if key == "city":
            for name in ("city", "place"):
                for one in named.get(name, {"told": []})["told"]:
                    if self.is_one(str(one["value"]), row["value"]):
                        return {"agreement": "only"}
            return {"agreement": "only"} if self.is_one(event["place"], row["value"]) else None
        for name, attribute in named.items():  # closed doors, the second part: free names, told at the place
            told = self.places([t["evidence"] for t in attribute["told"]])
            if name not in _SLOTS and told & self.wanted(row):
                return attribute
        return None

    def _speaks(self, row: Json, quote: Json) -> bool:
        speaker = quote["speaker"]
        if row["speaker"] in self.who:
            return self.is_one(speaker, row["speaker"])
        stem = fold(row["speaker"]).split()[0][:6]
        words = [
            quote["speaker_text"],
            *(forms_of(self.entities[speaker]) if speaker in self.entities else []),
        ]
        return any(stem in fold(word) for word in words)

    def score_quotes(self) -> None:
        """Who said what, where, in which languages."""
        tally = self.tally
        quotes: list[Json] = self.record["quotes"]

        def fits(row: Json, quote: Json) -> float:
            hits, _ = self.article_hits(row, [v["evidence"] for v in quote["versions"]])
            if not hits:
                return 0
            same_kind = any(v["kind"] == row["kind"] for v in quote["versions"])
            text = "text" not in row or any(row["text"] in v["text"] for v in quote["versions"])
            return hits + 2 * self._speaks(row, quote) + same_kind + 2 * text

        pairs = best_first(self.gold["quotes"], quotes, fits)
        for i, row in enumerate(self.gold["quotes"]):
            name = f"{row['id']} {row['speaker']} {row['kind']} {sorted(self.wanted(row))}"
            if not tally.add("quotes.found", i in pairs, name):
                continue
            quote = quotes[pairs[i]]
            who = f"{name}: {quote['speaker_text']!r} = {self.label(quote['speaker'])}"
            tally.add("quotes.speaker", self._speaks(row, quote), who)
            kinds = [v["kind"] for v in quote["versions"]]
            tally.add("quotes.kind", row["kind"] in kinds, f"{name}: {kinds}")
            hits, of = self.article_hits(row, [v["evidence"] for v in quote["versions"]])
            if of > 1:
                tally.add("quotes.aligned", hits == of == len(quote["versions"]), f"{name}: {hits} of {of}")
            status = row.get("status", "only")
            tally.add("quotes.agreement", quote["agreement"] == status, f"{name}: {quote['agreement']}")
            if "addressee" in row:
                right = self.is_one(quote["addressee"], row["addressee"])
                tally.add("quotes.addressee", right, f"{name}: {self.label(quote['addressee'])}")
        tally.open("extra.quotes")
        for j, quote in enumerate(quotes):
            if j not in pairs.values():
                said = [v["text"] for v in quote["versions"]]
                tally.extra("extra.quotes", f"{quote['kind']} {self.label(quote['speaker'])}: {said}")

    def score_facts(self) -> None:
        """The article's own voice."""
        tally = self.tally
        claims: list[Json] = self.record["claims"]

        def fits(row: Json, claim: Json) -> float:
            if claim["kind"] != row["kind"] or not self.article_hits(row, claim["evidence"])[0]:
                return 0
            if "subject" in row and not self.is_one(claim["subject"], row["subject"]):
                return 0
            if "value" in row:
                return float(claim["value"] == row["value"])
            said = " ".join([claim["text"], json.dumps(claim["date"]), str(claim["value"])])
            return float(bool(re.search(row["needle"], said, re.IGNORECASE)))

        pairs = best_first(self.gold["facts"], claims, fits)
        for i, row in enumerate(self.gold["facts"]):
            tally.add("claims.found", i in pairs, f"{row['id']} {row['kind']} {row['text']}")
        tally.open("extra.claims")
        for j, claim in enumerate(claims):
            if j not in pairs.values():
                tally.extra(
                    "extra.claims", f"{claim['kind']} {self.label(claim['subject'])}: {claim['text']}"
                )
        man = self.who["ushakov"]
        told = [
            d for d in self.record["differences"] if d["about"] in man or self._is_role_of(d["about"], man)
        ]
        tally.add("differences.ushakov", bool(told), "two posts told for one man")
        tally.open("extra.differences")
        for difference in self.record["differences"]:
            if difference not in told:
                tally.extra(
                    "extra.differences", f"{self.label(difference['about'])} {difference['attribute']}"
                )

    def _is_role_of(self, identifier: str, holders: Sequence[str]) -> bool:
        return any(role["id"] == identifier and role["holder"] in holders for role in self.record["roles"])

    def score_evidence(self) -> None:
        """Every fact carries its characters, and they are the article's."""
        tally = self.tally
        tally.open("extra.without_evidence", "extra.false_evidence")
        bare = [
            f"{section} {row['id']}"
            for section in ("entities", "roles", "events", "claims")
            for row in self.record[section]
            if not row["evidence"]
        ]
        bare += [
            f"quote {q['id']}" for q in self.record["quotes"] if not all(v["spans"] for v in q["versions"])
        ]
        for event in self.record["events"]:
            bare += [f"{event['id']} {a['name']}" for a in event["attributes"] if not a["told"]]
        for name in bare:
            tally.extra("extra.without_evidence", name)
        for evidence in false_evidence(self.record):
            tally.extra("extra.false_evidence", str(evidence))


def _days(date: str) -> int:
    import datetime

    return datetime.date.fromisoformat(date).toordinal()


def score(output: Json, gold: Json | None = None) -> Tally:
    """Score one output of `tidende read --json` on the two articles."""
    return Seeds(output, gold or json.loads(GOLD.read_text(encoding="utf-8"))).score()


def read_seeds(gold: Json | None = None) -> Json:
    """Read the two articles."""
    gold = gold or json.loads(GOLD.read_text(encoding="utf-8"))
    return read_json(["--published", gold["published"], *ARTICLES])


def figures(tally: Tally) -> dict[str, Any]:
    """Give the counts by name: [hits, of], and a bare number for things too many."""
    return {
        name: (n[0] if name.startswith("extra.") else list(n)) for name, n in sorted(tally.counts.items())
    }


def printed(tally: Tally) -> str:
    """Lay the counts out as a table."""
    rows = []
    for name, (hits, of) in sorted(tally.counts.items()):
        rows.append([name, str(hits), "" if name.startswith("extra.") else str(of)])
    return table(["figure", "count", "of"], rows)


def main() -> int:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", type=Path, help="score this JSON, do not read")
    common_arguments(parser)
    options = parser.parse_args()
    try:
        output = json.loads(options.record.read_text(encoding="utf-8")) if options.record else read_seeds()
    except ReadFailed as failure:
        print(f"seeds: {failure}", file=sys.stderr)
        return 1
    tally = score(output)
    print(json.dumps(figures(tally), indent=1) if options.json else printed(tally))
    if options.verbose:
        print(*sorted(tally.notes), sep="\n", file=sys.stderr if options.json else sys.stdout)
    if options.scoreboard:
        post(
            "Two articles, one record",
            "`examples/vladivostok` (two articles, gold by one reader)",
            printed(tally),
            options.date,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
