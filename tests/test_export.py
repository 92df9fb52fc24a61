"""Exports: every format is opened by a program that was made for it, and nothing is missing in it."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import duckdb
import icalendar
import pytest
import rdflib
from jsonschema import Draft202012Validator
from pyarrow import parquet

import tidende
from tidende.errors import MissingExtra, OutputError, UsageError
from tidende.export import FORMATS, export
from tidende.export.write import written_whole
from tidende.records import Article, Record

NORWEGIAN = """Støre møter von der Leyen

Statsminister Jonas Gahr Støre skal møte EU-kommisjonens president Ursula von der Leyen i \
Brussel 12. mai 2026. Norges utenriksminister Espen Barth Eide fordømmer angrepet på Kyiv.

– Vi vil snakke om sikkerhet, sier Støre.
"""
DANISH = """Danmark støtter Ukraine

Statsminister Mette Frederiksen mødtes mandag med Ukraines præsident Volodymyr Zelenskyj i København. \
Rusland afviser anklagen fra USA.

»Vi giver ikke op,« siger Frederiksen.
"""
SEM = rdflib.Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
GAF = rdflib.Namespace("http://groundedannotationframework.org/gaf#")
SCHEMA = rdflib.Namespace("https://schema.org/")

# What ninjs 3.0 asks of an event (IPTC, ninjs-schema_3.0.json, CC BY 4.0), without what we do not write.
_NAMED = {
    "type": "object",
    "additionalProperties": False,
    "properties": {key: {"type": "string"} for key in ("name", "rel", "literal", "role")}
    | {"uri": {"type": "string", "format": "uri", "pattern": "^[a-z]+:[^ ]+$"}},
}
_DATE = {
    "type": "string",
    "pattern": r"^(-?(?:[1-9][0-9]*)?[0-9]{4})(-(1[0-2]|0[1-9])(-(3[01]|0[1-9]|[12][0-9]))?)?$",
}
NINJS_EVENT = {
    "type": "object",
    "required": ["uri", "type", "eventDetails"],
    "not": {"required": ["renditions"]},
    "additionalProperties": False,
    "properties": {
        "uri": {"type": "string", "format": "uri", "pattern": "^[a-z]+:[^ ]+$"},
        "type": {"const": "event"},
        "language": {"type": "string"},
        "title": {"type": "string"},
        "standard": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "name": {"const": "ninjs"},
                "version": {"const": "3.0"},
                "schema": {"type": "string"},
            },
        },
        "eventDetails": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "dates": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["expectedStartDate", "expectedEndDate"],
                    "properties": {"expectedStartDate": _DATE, "expectedEndDate": _DATE},
                }
            },
        },
        "descriptions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["value"],
                "additionalProperties": False,
                "properties": {key: {"type": "string"} for key in ("role", "contentType", "value")},
            },
        },
        "events": {
            "type": "array",
            "items": {**_NAMED, "properties": {**_NAMED["properties"], "id": {"type": "string"}}},
        },
        **{
            key: {"type": "array", "items": _NAMED}
            for key in ("people", "organisations", "places", "subjects", "infoSources")
        },
    },
}


@pytest.fixture(scope="module")
def records():
    articles = [
        Article(
            id="nb-1", text=NORWEGIAN, outlet="Utkikk", url="https://utkikk.example/a", published="2026-03-02"
        ),
        Article(id="da 1#", text=DANISH, outlet="=Udkig", published="2026-03-02T10:00:00Z"),
    ]
    found = tidende.read_articles(articles)
    assert sum(len(record.events) for record in found) >= 5
    assert sum(len(record.quotes) for record in found) == 2
    return found


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out"


def facts(records, *kinds):
    return [fact for record in records for kind in kinds for fact in getattr(record, kind)]


ALL_FACTS = ("events", "quotes", "roles", "claims", "differences")


def test_json_lines_are_records_that_their_schema_accepts(records, target):
    export(records, "jsonl", target)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [Record.model_validate_json(line) for line in lines] == records
    schema = json.loads(target.with_name("out.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert all(validator.is_valid(json.loads(line)) for line in lines)
    assert not validator.is_valid({"id": "x"})


def test_csv_has_a_row_for_every_fact(records, target):
    export(records, "csv", target)
    rows = duckdb.sql(f"select * from read_csv('{target}', all_varchar=true, header=true)").fetchall()
    names = duckdb.sql(f"select * from read_csv('{target}', all_varchar=true, header=true)").columns
    assert len(rows) == len(facts(records, *ALL_FACTS))
    table = [dict(zip(names, row, strict=True)) for row in rows]
    (meeting,) = [row for row in table if row["modality"] == "planned"]
    assert (meeting["type"], meeting["start"], meeting["place"]) == ("CONSULT", "2026-05-12", "Brussels")
    assert "Jonas Gahr Støre" in meeting["subjects"]
    assert all(piece in NORWEGIAN for piece in meeting["evidence"].split(" | "))


def test_a_cell_is_no_formula(records, target):
    export(records, "csv", target)
    with target.open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert "'=Udkig" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_parquet_keeps_lists_and_offsets(records, target):
    export(records, "parquet", target)
    table = parquet.read_table(target)
    assert table.num_rows == len(facts(records, *ALL_FACTS))
    kinds = Counter(table.column("kind").to_pylist())
    assert kinds["event"] == len(facts(records, "events"))
    texts = {"nb-1": NORWEGIAN, "da 1#": DANISH}
    pieces = [piece for row in table.column("evidence").to_pylist() for piece in row]
    assert pieces
    for piece in pieces:
        assert texts[piece["article"]][piece["start"] : piece["end"]] == piece["text"]
    count = duckdb.sql(f"select count(*) from read_parquet('{target}') where kind = 'quote'").fetchall()
    assert count == [(len(facts(records, "quotes")),)]


def test_plover_has_the_columns_of_polecat_and_a_row_for_every_event(records, target):
    export(records, "plover", target)
    rows = list(csv.DictReader(target.open(encoding="utf-8", newline=""), delimiter="\t"))
    assert [row["Event ID"] for row in rows] == [event.id for event in facts(records, "events")]
    assert list(rows[0])[:8] == [
        "Event ID",
        "Event Date",
        "Event Type",
        "Event Mode",
        "Intensity",
        "Quad Code",
        "Contexts",
        "Actor Name",
    ]
    (support,) = [row for row in rows if row["Event Type"] == "SUPPORT"]
    assert (support["Actor Country"], support["Recipient Country"]) == ("Denmark", "Ukraine")
    assert (support["Quad Code"], support["Intensity"]) == ("Verbal Cooperation", "")
    assert support["Language"] == "da"


def test_follow_the_money_reads_every_thing(records, target):
    pytest.importorskip("followthemoney", reason="no followthemoney (pip install '.[consumers]')")
    from followthemoney import model
    from followthemoney.statement.serialize import read_path_statements

    export(records, "ftm", target)
    schemata = {}
    for statement in read_path_statements(target, "csv"):
        schemata[statement.entity_id] = statement.schema
        assert model.get(statement.schema).get(statement.prop) or statement.prop == "id"
        key = statement.make_key(
            "tidende", statement.entity_id, statement.prop, statement.value, False, statement.lang
        )
        assert statement.id == key
    for row in csv.DictReader(target.open(encoding="utf-8", newline="")):
        assert row["prop"] == "id" or model.get(row["schema"]).get(row["prop"]).type.name == row["prop_type"]
    counts = Counter(schemata.values())
    assert counts["Article"] == 2
    assert counts["Event"] == len({event.id for event in facts(records, "events")})
    assert counts["Note"] == len(facts(records, "quotes"))
    kinds = Counter({entity.id: entity.type for entity in facts(records, "entities")}.values())
    assert (counts["Person"], counts["PublicBody"]) == (kinds["person"], kinds["country"])
    assert schemata["Q5015"] == "Person"


def test_json_ld_is_a_graph_in_the_words_of_schema_org(records, target):
    export(records, "jsonld", target)
    graph = rdflib.Graph().parse(target, format="json-ld")
    for kind, wanted in (
        ("NewsArticle", facts(records, "articles")),
        ("Event", facts(records, "events")),
        ("Quotation", facts(records, "quotes")),
        ("Person", [entity for entity in facts(records, "entities") if entity.type == "person"]),
    ):
        assert len(set(graph.subjects(rdflib.RDF.type, SCHEMA[kind]))) == len(
            {thing.id for thing in wanted}
        ), kind
    person = rdflib.URIRef("http://www.wikidata.org/entity/Q5015")
    assert [str(name) for name in graph.objects(person, SCHEMA.name)] == ["Mette Frederiksen"]


def test_ninjs_items_are_events(records, target):
    Draft202012Validator.check_schema(NINJS_EVENT)
    validator = Draft202012Validator(NINJS_EVENT)
    export(records, "ninjs", target)
    items = json.loads(target.read_text(encoding="utf-8"))
    assert [error.message for item in items for error in validator.iter_errors(item)] == []
    assert len(items) == len({item["uri"] for item in items}) == len(facts(records, "events"))
    (planned,) = [item for item in items if {"name": "planned", "rel": "modality"} in item["subjects"]]
    assert planned["eventDetails"]["dates"]["expectedStartDate"] == "2026-05-12"


def test_turtle_tells_every_event_and_the_words_that_denote_it(records, target):
    export(records, "turtle", target)
    graph = rdflib.Graph().parse(target, format="turtle")
    events = {event.id: event for event in facts(records, "events")}
    assert len(set(graph.subjects(rdflib.RDF.type, SEM.Event))) == len(events)
    told = graph.query(
        """
        select ?words where {
          ?event a sem:Event ; sem:hasActor wd:Q5015 ; gaf:denotedBy ?mention . ?mention rdf:value ?words
        }""",
        initNs={"sem": SEM, "gaf": GAF, "wd": rdflib.Namespace("http://www.wikidata.org/entity/")},
    )
    words = [str(row.words) for row in told]
    assert words
    assert all(piece in DANISH for piece in words)


def test_planned_events_are_a_calendar(records, target):
    export(records, "ics", target)
    calendar = icalendar.Calendar.from_ical(target.read_bytes())
    (entry,) = calendar.walk("VEVENT")
    assert entry.decoded("DTSTART").isoformat() == "2026-05-12"
    assert entry.decoded("DTEND").isoformat() == "2026-05-13"
    assert entry["LOCATION"] == "Brussels"
    assert "skal møte EU-kommisjonens president" in entry["DESCRIPTION"]
    assert max(len(line) for line in target.read_bytes().split(b"\r\n")) <= 75


def test_an_event_told_in_two_records_is_one_thing_in_a_graph_and_two_rows_in_a_table(records, target):
    again = [*records, *(record.model_copy(update={"id": f"{record.id}:again"}) for record in records)]
    events = facts(records, "events")
    export(again, "turtle", target)
    graph = rdflib.Graph().parse(target, format="turtle")
    assert len(set(graph.subjects(rdflib.RDF.type, SEM.Event))) == len(events)
    export(again, "ics", target)
    assert len(icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")) == 1
    export(again, "plover", target)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 1 + 2 * len(events)


@pytest.mark.parametrize("format", FORMATS)
def test_no_record_gives_a_file_that_is_valid_and_empty(format, target):
    export([], format, target)
    data = target.read_bytes()
    if format == "ics":
        assert icalendar.Calendar.from_ical(data).walk("VEVENT") == []
    elif format == "parquet":
        assert parquet.read_table(target).num_rows == 0
    elif format == "turtle":
        assert len(rdflib.Graph().parse(target, format="turtle")) == 0
    elif format in ("jsonld", "ninjs"):
        json.loads(data)
    elif format == "jsonl":
        assert data == b""
    else:
        assert len(data.splitlines()) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_records_give_the_same_bytes(records, format, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    export(records, format, first)
    export(records, format, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_words_stay_words(records, format, target):
    """What articles print may hold marks that mean something to a format, and characters none allows."""
    nasty = 'x"\\<>&;,\r\n\tEND:VEVENT\r\n "@en . <a> <b> <c> .\u2028 \u0001 ]]> \U0001f600 \x7f'

    def spoilt(value):
        if isinstance(value, dict):
            return {key: spoilt(item) if key != "id" else item for key, item in value.items()}
        if isinstance(value, list):
            return [spoilt(item) for item in value]
        return nasty if isinstance(value, str) and value in texts else value

    texts = {piece.text for event in facts(records, "events") for piece in event.evidence}
    texts |= {NORWEGIAN, DANISH, "Utkikk", "=Udkig", "Jonas Gahr Støre", "https://utkikk.example/a"}
    bad = [Record.model_validate(spoilt(record.model_dump())) for record in records]
    export(bad, format, target)
    events = len(facts(records, "events"))
    if format == "ics":
        assert len(icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")) == 1
    elif format == "turtle":
        graph = rdflib.Graph().parse(target, format="turtle")
        assert len(set(graph.subjects(rdflib.RDF.type, SEM.Event))) == events
    elif format == "jsonld":
        graph = rdflib.Graph().parse(target, format="json-ld")
        assert len(set(graph.subjects(rdflib.RDF.type, SCHEMA.Event))) == events
    elif format == "plover":
        with target.open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream, delimiter="\t"))) == events
    elif format == "csv":
        with target.open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream))) == len(facts(records, *ALL_FACTS))
    elif format == "parquet":
        assert parquet.read_table(target).num_rows == len(facts(records, *ALL_FACTS))
    elif format == "ftm":
        serialize = pytest.importorskip(
            "followthemoney.statement.serialize", reason="no followthemoney (pip install '.[consumers]')"
        )
        read = serialize.read_path_statements
        kinds = {statement.entity_id: statement.schema for statement in read(target, "csv")}
        assert Counter(kinds.values())["Event"] == events
    elif format == "ninjs":
        assert len(json.loads(target.read_text(encoding="utf-8"))) == events
    else:
        assert [Record.model_validate_json(line) for line in target.read_bytes().split(b"\n")[:-1]] == bad


# Files


def test_a_file_is_there_whole_or_as_it_was(target):
    def stop_half_way():
        with written_whole(target) as stream:
            stream.write(b"half")
            raise MemoryError

    target.write_text("before", encoding="utf-8")
    with pytest.raises(MemoryError):
        stop_half_way()
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in target.parent.iterdir()] == ["out"]


def test_a_link_goes_on_to_lead_to_the_file(records, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    export(records, "ics", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_where_nothing_can_be_written_is_told(records, tmp_path):
    with pytest.raises(OutputError, match="no such file"):
        export(records, "csv", tmp_path / "nowhere" / "out.csv")
    with pytest.raises(OutputError, match="folder"):
        export(records, "csv", tmp_path)


def test_an_unknown_format_is_told_with_those_there_are(target):
    with pytest.raises(UsageError, match=r"rtf.*csv, ftm, ics"):
        export([], "rtf", target)


def test_a_missing_package_is_named_with_the_command_that_installs_it(target, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'tidende\[exports\]'"):
        export([], "parquet", target)
    assert not target.exists()


def test_a_format_loads_only_its_own_packages():
    code = (
        "import sys, os; from tidende.export import export; export([], 'csv', os.devnull);"
        "print({'pyarrow', 'followthemoney', 'icalendar', 'rdflib'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(tidende.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "set()"
