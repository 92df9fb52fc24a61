"""Records made from the gold itself: what a reading without a mistake would print."""

from __future__ import annotations

from typing import Any

from ntrex_rules import Data
from scoring import lines, paragraphs

Json = dict[str, Any]
_TYPES = {"PER": "person", "ORG": "organisation", "GPE": "country", "LOC": "place"}
EMPTY = {"roles": [], "events": [], "quotes": [], "claims": [], "differences": [], "entities": []}


def evidence(article: Json, start: int, end: int) -> Json:
    return {
        "article": article["id"],
        "part": "text",
        "start": start,
        "end": end,
        "text": article["text"][start:end],
    }


def record(identifier: str, articles: list[Json], **facts: list[Json]) -> Json:
    bare = {
        "language": "en",
        "language_margin": 1.0,
        "reading": "full",
        "credits": [],
        "version": 1,
        "blocks": [],
    }
    full = [{**bare, **article} for article in articles]
    head = {"id": identifier, "title": "", "summary": "", "languages": ["en"]}
    return {**head, "articles": full, **EMPTY, **facts}


def entity(identifier: str, kind: str, name: str, forms: list[str], where: list[Json]) -> Json:
    return {
        "id": identifier,
        "type": kind,
        "named": True,
        "name": name,
        "names": {"en": forms},
        "evidence": where,
    }


def quote(identifier: str, speaker: str | None, said: str, kind: str, versions: list[Json]) -> Json:
    head = {"id": identifier, "speaker": speaker, "speaker_text": said, "kind": kind, "agreement": "only"}
    return {**head, "addressee": None, "medium": None, "event": None, "versions": versions}


def event(identifier: str, kind: str, actors: list[str], recipients: list[str], where: list[Json]) -> Json:
    empty = ("mode", "place", "venue", "date", "count", "ordinal", "duration", "planned_duration", "theme")
    return {
        **{"id": identifier, "type": kind, "actors": actors, "recipients": recipients, "evidence": where},
        **dict.fromkeys((*empty, "outcome", "claimed_by")),
        **{"contexts": [], "modality": "happened", "main": False, "agreement": "only", "attributes": []},
        **{"missing": {}, "quotes": []},
    }


def ntrex(data: Data, documents: list[str]) -> Json:
    """Give the English output whose every fact is a gold row, optional rows too."""
    stories: dict[str, list[str]] = {}
    for document in documents:
        stories.setdefault(data.stories[document], []).append(document)
    return {
        "schema_version": 1,
        "stories": [_story(data, story, members) for story, members in stories.items()],
    }


def _story(data: Data, story: str, documents: list[str]) -> Json:
    articles, entities, quotes, events = [], {}, [], []
    for document in documents:
        article = data.article("en", document)
        articles.append(article)
        first = data.texts["en"][document]["lines"][0]["n"]
        bounds = lines(article["text"])

        def at(number: int, article=article, bounds=bounds, first=first) -> Json:
            return evidence(article, *bounds[number - first])

        ids = {}
        for row in data.entities.get(document, []):
            identifier = row["qid"] or f"{row['type']}:{row['name']}"
            ids[row["name"]] = identifier
            where = [at(number) for number in row["lines"]]
            made = entity(identifier, _TYPES[row["type"]], row["name"], list(row["surface"]), where)
            entities.setdefault(identifier, made)["evidence"].extend(where)
        for row in data.quotes.get(document, []):
            spans = []
            for span in row["spans"]:
                low, high = bounds[span["line"] - first]
                start = article["text"].index(span["text"], low, high)
                spans.append(evidence(article, start, start + len(span["text"])))
            outer = evidence(article, spans[0]["start"], spans[-1]["end"])
            version = {"article": document, "language": "en", "kind": row["kind"], "text": row["text"]}
            version |= {"evidence": outer, "spans": spans, "cue": None}
            quotes.append(
                quote(row["id"], ids.get(row["speaker_entity"]), row["speaker"], row["kind"], [version])
            )
        for row in data.events.get(document, []):
            for name in row["actors"] + row["recipients"]:
                if name not in ids:
                    ids[name] = f"other:{name}"
                    entities[ids[name]] = entity(ids[name], "other", name, [name], [at(row["line"])])
            sides = [[ids[name] for name in row[side]] for side in ("actors", "recipients")]
            events.append(event(row["id"], row["type"], *sides, [at(row["line"])]))
    return record(story, articles, entities=list(entities.values()), quotes=quotes, events=events)


def seeds(gold: Json, texts: dict[str, str]) -> Json:
    """Give the output on the two articles in which every fact is a gold row."""
    articles = [
        {"id": name, "text": text, "language": gold["languages"][name], "credits": gold["credits"][name]}
        for name, text in texts.items()
    ]
    by_name = {article["id"]: article for article in articles}

    def at(sources: dict[str, list[int]]) -> list[Json]:
        return [
            evidence(by_name[name], *paragraphs(texts[name])[number])
            for name, numbers in sources.items()
            for number in numbers
        ]

    ids = {row["id"]: row.get("qid", f"{row['type']}:{row['id']}") for row in gold["entities"]}
    entities = [
        entity(ids[row["id"]], row["type"], row["name"], row.get("also", []), at(row["mentions"]))
        for row in gold["entities"]
    ]
    roles = [
        {
            **{"id": row["id"], "holder": ids[row["holder"]], "role": row["role"], "of": ids.get(row["of"])},
            **{"labels": {}, "agreement": row["status"], "evidence": at(row["sources"])},
        }
        for row in gold["roles"]
    ]
    events = {row["id"]: _seed_event(row, ids, at(row["sources"])) for row in gold["events"] if "type" in row}
    for row in gold["events"]:
        if "attribute" in row:
            _seed_attribute(row, events[row["of"]], ids, at(row["sources"]))
    claims = [
        {
            **{"id": row["id"], "kind": row["kind"], "subject": ids.get(row.get("subject")), "unit": None},
            **{"value": row.get("value"), "date": None, "text": row["text"] + row.get("needle", "")},
            **{"agreement": "only", "evidence": at(row["sources"])},
        }
        for row in gold["facts"]
    ]
    quotes = []
    for row in gold["quotes"]:
        versions = [
            {
                **{"article": name, "language": gold["languages"][name], "kind": row["kind"]},
                **{"text": row.get("text", ""), "cue": None, "evidence": where, "spans": [where]},
            }
            for name, numbers in row["sources"].items()
            for where in at({name: numbers[:1]})
        ]
        made = quote(row["id"], ids.get(row["speaker"]), row["speaker"], row["kind"], versions)
        quotes.append(
            {**made, "agreement": row.get("status", "only"), "addressee": ids.get(row.get("addressee"))}
        )
    told = [{"about": ids["ushakov"], "attribute": "role", "values": []}]
    facts = {"entities": entities, "roles": roles, "events": list(events.values()), "quotes": quotes}
    whole = record("vladivostok", articles, **facts, claims=claims, differences=told)
    return {"schema_version": 1, "stories": [whole]}


def _seed_event(row: Json, ids: dict[str, str], where: list[Json]) -> Json:
    sides = [[ids[keys.split("|")[0]] for keys in row.get(side, [])] for side in ("actors", "recipients")]
    made = event(row["id"], row["type"].split("|")[0], *sides, where)
    made |= {
        "agreement": row.get("status", "only"),
        "main": row.get("main", False),
        "count": row.get("count"),
    }
    made["place"] = ids.get(row.get("place"))
    if "date" in row:
        year = len(row["date"]) == 4
        start, end = (f"{row['date']}-01-01", f"{row['date']}-12-31") if year else (row["date"], row["date"])
        made["date"] = {"start": start, "end": end, "precision": "year" if year else "day", "text": ""}
    if "period" in row:
        start, end = row["period"]
        made["date"] = {"start": start, "end": end, "precision": "period", "text": ""}
    return made


def _seed_attribute(row: Json, made: Json, ids: dict[str, str], where: list[Json]) -> None:
    slots = {"venue": "venue", "duration": "duration", "planned": "planned_duration", "first": "ordinal"}
    key = row["id"].split(".")[1]
    name = slots.get(key, key)
    told = [{"article": e["article"], "value": ids.get(row.get("value")), "evidence": e} for e in where]
    made["attributes"].append({"name": name, "value": None, "agreement": row["status"], "told": told})
    if name == "venue":
        made["venue"] = ids[row["value"]]
    elif name == "ordinal":
        made["ordinal"] = 1
    elif "minutes" in row:
        low, high = row["minutes"]
        made[name] = {"min_minutes": low, "max_minutes": high, "text": ""}
