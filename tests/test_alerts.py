"""Alerts: what a rule asks for is told, with the words, once."""

import io
import json

import feedparser
import pytest

import tidende
from test_export import DANISH, NORWEGIAN
from tidende.errors import UsageError
from tidende.export.alerts import Rule, find_alerts, load_rules, write_feed, write_lines
from tidende.ingest.feed import read_feed
from tidende.records import Article

ENGLISH = """Frederiksen met Zelenskyy

Prime Minister Mette Frederiksen met Ukraine's President Volodymyr Zelenskyy in Copenhagen on Monday.
"""


def read(*articles):
    return tidende.read_articles([Article(**article) for article in articles])


@pytest.fixture(scope="module")
def records():
    return read(
        {"id": "nb", "text": NORWEGIAN, "url": "https://utkikk.example/a", "published": "2026-03-02"},
        {"id": "da", "text": DANISH, "url": "https://udkig.example/b", "published": "2026-03-02T10:00:00"},
    )


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"actors": ["Mette Frederiksen"], "types": ["CONSULT"]}, ["Frederiksen"]),
        ({"actors": ["Q5015"]}, ["Frederiksen"]),
        ({"actors": ["norge"]}, []),
        ({"pair": ["Zelenskyj", "Mette Frederiksen"]}, []),
        ({"pair": ["Volodymyr Zelenskyj", "Mette Frederiksen"]}, ["Frederiksen"]),
        ({"pair": ["Mette Frederiksen", "Mette Frederiksen"]}, []),
        ({"types": ["SUPPORT", "REJECT"]}, ["Denmark", "Russia"]),
        ({"places": ["København"]}, ["Frederiksen"]),
        ({"places": ["Copenhagen"], "languages": ["nb"]}, []),
        ({"modality": ["planned"], "languages": ["nb"]}, ["Støre"]),
        ({"differences": ["role"]}, []),
    ],
)
def test_what_a_rule_asks_for_is_told(records, rule, told):
    alerts = find_alerts([Rule(name="regel", **rule)], records)
    assert len(alerts) == len(told)
    for name in told:
        assert any(name in alert.what for alert in alerts)
    for alert in alerts:
        assert alert.evidence
        assert all(piece.text in NORWEGIAN + DANISH for piece in alert.evidence)


def test_each_alert_is_told_once_also_when_the_story_grows(records):
    rules = [Rule(name="støtte", types=["SUPPORT"]), Rule(name="frederiksen", actors=["Q5015"])]
    first = find_alerts(rules, records)
    assert [alert.rule for alert in first] == ["støtte", "frederiksen"]
    seen = {alert.id for alert in first}
    assert find_alerts(rules, records, seen) == []
    grown = read(
        {"id": "da", "text": DANISH, "published": "2026-03-02"},
        {"id": "en", "text": ENGLISH, "published": "2026-03-02"},
    )
    assert find_alerts(rules, grown, seen) == []
    assert find_alerts([*rules, Rule(name="ny", places=["Copenhagen"])], grown, seen)[0].rule == "ny"


ADVISER = """Putin og Kim møttes

Russlands president Vladimir Putin møtte Nord-Koreas leder Kim Jong-un i Vladivostok torsdag.

– Det var et godt møte, sa Putins rådgiver Jurij Usjakov.
"""
SPOKESMAN = """Putin og Kim mødtes

Ruslands præsident Vladimir Putin mødte Nordkoreas leder Kim Jong-un i Vladivostok torsdag.

»Det var et godt møde,« sagde Kremls talsmand Jurij Usjakov.
"""


def test_a_difference_is_told_with_both_sides_and_once():
    nb = {"id": "nb", "text": ADVISER, "published": "2019-04-25"}
    da = {"id": "da", "text": SPOKESMAN, "published": "2019-04-25"}
    rule = Rule(name="ulikt", actors=["Yuri Ushakov"], differences=["role"])
    assert find_alerts([rule], read(nb)) == []
    records = read(nb, da)
    (alert,) = find_alerts([rule], records)
    assert alert.what == "Yuri Ushakov: role"
    assert [piece.article for piece in alert.evidence] == ["nb", "da"]
    assert find_alerts([rule], records, {alert.id}) == []
    assert find_alerts([rule.model_copy(update={"actors": ["Kim Jong-un"]})], records) == []


def test_a_feed_that_readers_show_and_lines_that_programs_read(records, tmp_path):
    alerts = find_alerts([Rule(name="møter & \x01<mer>", types=["CONSULT"])], records)
    assert len(alerts) >= 2
    path = tmp_path / "alerts.xml"
    write_feed(alerts, path)
    shown = feedparser.parse(path.read_bytes())
    assert not shown.bozo
    assert len(shown.entries) == len(alerts)
    assert shown.entries[0].title.startswith("møter & <mer>: ")
    assert [draft.url for draft in read_feed("alerts.xml", path.read_bytes())] == [
        alert.urls[0] for alert in alerts[::-1]
    ]
    write_feed([], path)
    assert feedparser.parse(path.read_bytes()).entries == []
    out = io.BytesIO()
    write_lines(alerts, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["id"] for line in lines] == [alert.id for alert in alerts]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[rules]]\nname = 'a'", "'a' names nothing"),
        ("[[rules]]\ntypes = ['CONSULT']", r"rules\.0\.name: field required"),
        ("[[rules]]\nname = 'a'\ntypes = ['MEET']", r"rules\.0\.types\.0: input should be 'AGREE'"),
        ("[[rules]]\nname = 'a'\npair = ['x']", r"rules\.0\.pair: "),
        ("[[rules]]\nname = 'a'\nactor = ['x']", "extra inputs are not permitted"),
        ("rules = ", "alerts.toml: "),
        (None, "no such file"),
    ],
)
def test_rules_that_are_wrong_say_where(tmp_path, text, problem):
    path = tmp_path / "alerts.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        load_rules(path)


def test_rules_are_read(tmp_path):
    path = tmp_path / "alerts.toml"
    path.write_text("[[rules]]\nname = 'a'\npair = ['Q1', 'Q2']\nlanguages = ['da']\n", encoding="utf-8")
    assert load_rules(path) == [Rule(name="a", pair=["Q1", "Q2"], languages=["da"])]
