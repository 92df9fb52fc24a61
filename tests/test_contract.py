"""The contract of `tidende read --json`, checked on real articles in six languages."""

import copy
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import jsonschema
import pytest

import outputs
import scoring
import seeds

SLOTS = ("place", "venue", "date", "count", "ordinal", "duration", "planned_duration", "theme", "outcome")

every_output = pytest.mark.parametrize("name", outputs.NAMES)


@pytest.fixture(scope="session")
def schema():
    done = subprocess.run(
        [sys.executable, "-c", "from tidende.cli import main; main()", "schema"],
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def records(name):
    return outputs.output(name)["stories"]


def evidence_of(row):
    """Give the evidence of a role, event, claim or quote."""
    return row["evidence"] if "evidence" in row else [version["evidence"] for version in row["versions"]]


@every_output
def test_output_is_valid_against_the_printed_schema(name, schema):
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(outputs.output(name))


def test_the_schema_refuses_what_the_contract_does_not_know(schema):
    broken = copy.deepcopy(outputs.output("seeds"))
    broken["stories"][0]["confidence"] = 0.9
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(broken)


@every_output
def test_every_article_is_in_exactly_one_record_as_it_was_given(name):
    given = {row["id"]: row["text"] for row in outputs.articles(name)}
    read = [(article["id"], article["text"]) for record in records(name) for article in record["articles"]]
    assert Counter(identifier for identifier, _ in read) == Counter(list(given))
    for identifier, text in read:
        assert text == given[identifier]


@pytest.mark.parametrize("language", outputs.LANGUAGES)
def test_every_article_is_read_in_its_own_language(language):
    found = {
        a["id"]: (a["language"], a["reading"]) for record in records(language) for a in record["articles"]
    }
    assert set(found.values()) == {(language, "full")}, found


@every_output
def test_every_span_is_the_text_that_stands_there(name):
    spans = [e for record in records(name) for e in scoring.every_evidence(record)]
    assert len(spans) > 100
    assert [scoring.false_evidence(record) for record in records(name)] == [[] for _ in records(name)]


@every_output
def test_every_fact_has_evidence(name):
    for record in records(name):
        for section in ("entities", "roles", "events", "claims", "quotes"):
            for row in record[section]:
                assert evidence_of(row), (section, row["id"])
        for quote in record["quotes"]:
            assert all(version["spans"] for version in quote["versions"])
        for event in record["events"]:
            for attribute in event["attributes"]:
                assert attribute["told"], (event["id"], attribute["name"])


@every_output
def test_every_id_that_is_pointed_at_is_there(name):
    for record in records(name):
        articles = {article["id"] for article in record["articles"]}
        entities = {entity["id"] for entity in record["entities"]}
        events = {event["id"] for event in record["events"]}
        quotes = {quote["id"] for quote in record["quotes"]}
        facts = {row["id"] for section in ("roles", "claims") for row in record[section]}
        to_entities = [role[key] for role in record["roles"] for key in ("holder", "of")]
        to_entities += [claim["subject"] for claim in record["claims"]]
        to_entities += [quote[key] for quote in record["quotes"] for key in ("speaker", "addressee")]
        for event in record["events"]:
            to_entities += event["actors"] + event["recipients"]
            to_entities += [event[key] for key in ("place", "venue", "claimed_by")]
        assert {i for i in to_entities if i is not None} <= entities
        assert {q["event"] for q in record["quotes"]} - {None} <= events
        assert {identifier for event in record["events"] for identifier in event["quotes"]} <= quotes
        assert {d["about"] for d in record["differences"]} <= entities | events | quotes | facts
        told = {v["article"] for quote in record["quotes"] for v in quote["versions"]}
        told |= {t["article"] for e in record["events"] for a in e["attributes"] for t in a["told"]}
        told |= {a for d in record["differences"] for v in d["values"] for a in v["articles"]}
        told |= {e["article"] for e in scoring.every_evidence(record)}
        told |= {a["copy_of"] for a in record["articles"] if a["copy_of"]}
        assert told <= articles


@every_output
def test_ids_are_not_given_twice(name):
    assert max(Counter(record["id"] for record in records(name)).values()) == 1
    for record in records(name):
        for section in ("entities", "roles", "events", "quotes", "claims"):
            counts = Counter(row["id"] for row in record[section])
            assert all(number == 1 for number in counts.values()), counts.most_common(3)


@every_output
def test_a_quote_and_its_event_point_at_each_other(name):
    for record in records(name):
        events = {event["id"]: event for event in record["events"]}
        quotes = {quote["id"]: quote for quote in record["quotes"]}
        for quote in quotes.values():
            if quote["event"]:
                assert quote["id"] in events[quote["event"]]["quotes"]
        for event in events.values():
            assert all(quotes[i]["event"] == event["id"] for i in event["quotes"])


@every_output
def test_at_most_one_event_is_what_a_story_is_about(name):
    assert all(sum(event["main"] for event in record["events"]) <= 1 for record in records(name))


@every_output
def test_filled_slots_have_a_teller_and_empty_ones_a_reason(name):
    for record in records(name):
        for event in record["events"]:
            told = {attribute["name"] for attribute in event["attributes"]}
            filled = {slot for slot in SLOTS if event[slot] is not None}
            assert filled <= told, (event["id"], filled - told)
            assert not filled & set(event["missing"]) - {"date"}, event["id"]
            for slot in ("date", "place"):
                assert event[slot] is not None or event["missing"].get(slot), (event["id"], slot)
            if event["date"] is not None and event["date"]["start"] is None:
                assert event["missing"].get("date"), event["id"]


@every_output
def test_agreement_counts_the_articles_that_tell(name):
    for record in records(name):
        rows = [row for section in ("roles", "events", "claims", "quotes") for row in record[section]]
        tellers = [(row["id"], row["agreement"], {e["article"] for e in evidence_of(row)}) for row in rows]
        for event in record["events"]:
            for attribute in event["attributes"]:
                articles = {told["article"] for told in attribute["told"]}
                tellers.append((f"{event['id']} {attribute['name']}", attribute["agreement"], articles))
        for identifier, agreement, articles in tellers:
            if agreement == "only":
                assert len(articles) == 1, (identifier, articles)
            if agreement == "agree":
                assert len(articles) > 1, (identifier, articles)


@every_output
def test_the_unnamed_are_of_type_other_and_have_no_wikidata_id(name):
    for record in records(name):
        for entity in record["entities"]:
            assert entity["evidence"]
            if not entity["named"]:
                assert entity["type"] == "other"
                assert not (entity["id"][0] == "Q" and entity["id"][1:].isdigit()), entity


@every_output
def test_evidence_stands_in_reading_order(name):
    for record in records(name):
        order = {article["id"]: i for i, article in enumerate(record["articles"])}
        for entity in record["entities"]:
            places = [(order[e["article"]], e["part"] == "text", e["start"]) for e in entity["evidence"]]
            assert places == sorted(places), entity["id"]


def test_the_same_bytes_come_out_of_every_process():
    rows = outputs.mixed_articles()
    assert outputs.read_bytes(rows, hash_seed="1") == outputs.read_bytes(rows, hash_seed="2024")
    arguments = ["--published", outputs.PUBLISHED, *seeds.ARTICLES]
    assert scoring.read_bytes(arguments, hash_seed="1") == scoring.read_bytes(arguments, hash_seed="2024")


def ids_by_article(output):
    """Give the ids that each article has evidence for."""
    found = {}
    for record in output["stories"]:
        for entity in record["entities"]:
            for evidence in entity["evidence"]:
                found.setdefault(evidence["article"], set()).add(entity["id"])
    return found


def test_ids_do_not_hang_on_the_order_of_the_input():
    straight = outputs.output("mixed")
    turned = json.loads(outputs.read_bytes(outputs.mixed_articles()[::-1]))
    assert ids_by_article(turned) == ids_by_article(straight)
    stories = [{frozenset(a["id"] for a in r["articles"]) for r in o["stories"]} for o in (straight, turned)]
    assert stories[0] == stories[1]


def test_ids_of_the_two_articles_do_not_hang_on_the_order():
    turned = scoring.read_json(["--published", outputs.PUBLISHED, *reversed(seeds.ARTICLES)])
    assert ids_by_article(turned) == ids_by_article(outputs.output("seeds"))


def test_ids_of_who_has_a_name_do_not_hang_on_what_is_read_beside():
    alone = scoring.read_json(["--published", outputs.PUBLISHED, seeds.ARTICLES[1]])
    together = outputs.output("seeds")["stories"][0]["entities"]
    named = {e["id"] for story in alone["stories"] for e in story["entities"] if e["named"]}
    assert named <= {entity["id"] for entity in together}


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "de"])
def test_the_language_of_the_output_changes_no_fact(language):
    def facts(output):
        return [
            {k: v for k, v in record.items() if k not in ("title", "summary")} for record in output["stories"]
        ]

    arguments = ["--published", outputs.PUBLISHED, "--lang", language, *seeds.ARTICLES]
    assert facts(scoring.read_json(arguments)) == facts(outputs.output("seeds"))


def test_a_story_without_a_political_event_still_tells_who_is_in_it():
    story = next(r for r in records("en") if "upi.176249" in {a["id"] for a in r["articles"]})
    assert story["events"] == []
    assert story["title"]
    assert "Daniel Sturridge" in {entity["name"] for entity in story["entities"]}


def test_the_sets_are_whole():
    data = outputs.ntrex_data()
    assert len(data.documents()) == 12
    assert {len(texts) for texts in data.texts.values()} == {12}
    assert {"A", "B"} == set(data.parts.values())
    assert len(seeds.ARTICLES) == 2
    for folder in ("seeds", "ntrex"):
        assert (Path(__file__).parent / "data" / folder / "SOURCE.md").is_file()
