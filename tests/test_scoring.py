"""The judge is judged: a perfect record scores full marks, and each kind of mistake costs what it should."""

import copy
import json
from collections import Counter
from pathlib import Path

import pytest

import ntrex
import ntrex_rules
import oracles
import scoring
import seeds
from matching import fold, names_gold, pair, same_person, same_thing
from tidende.records import Output

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def data():
    return ntrex_rules.load(DATA / "ntrex")


@pytest.fixture(scope="module")
def gold():
    return json.loads(seeds.GOLD.read_text(encoding="utf-8"))


@pytest.fixture
def perfect(gold):
    return oracles.seeds(gold, {path.name: path.read_text(encoding="utf-8") for path in seeds.ARTICLES})


def score_english(data, output):
    return ntrex.Scores(data, {"en": output}, data.documents())


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Jurij Usjakov", "Yuri Ushakov"),
        ("Dmitrij Medvedev", "Dmitry Medvedev"),
        ("Ri Yong Ho", "Ri Yong-ho"),
        ("Lavrow", "Sergey Lavrov"),
        ("Kavanaugh", "Brett M. Kavanaugh"),
        ("Trumps", "Donald Trump"),
        ("B. Kavanaugh", "Brett Kavanaugh"),
        ("Andrés Manuel López Obrador", "Lopez Obrador"),
    ],
)
def test_two_spellings_of_one_person(name, other):
    assert same_person(name, other)
    assert same_person(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Kim Jong-un", "Kim Jong-il"),
        ("Sarah Palin", "Track Palin"),
        ("Mike Pence", "Mike Pompeo"),
        ("Donald Trump", "Trump Tower"),
        ("Xi", "Yi"),
        ("U.N.", "Kim Jong-un"),
        ("", "Donald Trump"),
    ],
)
def test_two_persons(name, other):
    assert not same_person(name, other)


def test_things_need_the_whole_name():
    assert same_thing("the U.S.", "US")
    assert same_thing("Nord-Korea", "Nordkorea")
    assert not same_thing("New York Times", "New York")
    assert not same_thing("South Korea", "North Korea")


def test_a_short_form_does_not_make_a_person_another():
    kim = oracles.entity("Q56226", "person", "Kim Jong-un", ["Kim Jong Un", "Kim"], [])
    assert names_gold(kim, ["Kim Jong-un"], person=True)
    assert not names_gold(kim, ["Kim Jong-il"], person=True)
    assert not names_gold(kim, ["Kim Jong-un"], person=True, qid="Q10665")


def test_folding_keeps_letters_apart_from_marks():
    assert fold("Sør-Korea’s") == "sor korea"


def test_pairs_are_as_many_as_can_be():
    fits = {("a", "x"): 2, ("a", "y"): 1, ("b", "x"): 3, ("c", "y"): 1}
    rows, answers = ["a", "b", "c"], ["x", "y"]
    assert len(pair(rows, answers, lambda r, a: fits.get((r, a), 0))) == 2


# --- the two articles -------------------------------------------------------------------------


def test_the_perfect_record_of_the_two_articles_has_full_marks(perfect, gold):
    Output.model_validate(perfect)
    tally = seeds.score(perfect, gold)
    assert tally.notes == []
    figures = seeds.figures(tally)
    assert figures["entities.found"] == [22, 22]
    assert figures["quotes.aligned"] == [4, 4]
    assert all(value == 0 or value[0] == value[1] for value in figures.values())


def test_mistakes_on_the_two_articles_are_seen(perfect, gold):
    record = perfect["stories"][0]
    broken = copy.deepcopy(perfect)
    story = broken["stories"][0]
    story["entities"].append({**record["entities"][0], "id": "person:putin"})
    story["events"].append(
        oracles.event("x", "ASSAULT", ["Q7747"], ["Q56226"], record["events"][0]["evidence"])
    )
    next(e for e in story["events"] if e["count"] == 4)["count"] = 5
    story["quotes"] = [q for q in story["quotes"] if q["id"] != "q7"]
    story["roles"][0]["agreement"] = "only"
    story["claims"][0]["evidence"][0]["start"] += 1
    figures = seeds.figures(seeds.score(broken, gold))
    assert figures["entities.exactly_one"] == [21, 22]
    assert figures["extra.events"] == 1
    assert figures["events.count"] == [3, 4]
    assert figures["quotes.found"] == [12, 13]
    assert figures["roles.agreement"] == [8, 9]
    assert figures["extra.false_evidence"] == 1


def test_an_empty_record_finds_nothing_and_invents_nothing(perfect, gold):
    story = perfect["stories"][0]
    figures = seeds.figures(seeds.score({"stories": [{**story, **oracles.EMPTY}]}, gold))
    assert figures["entities.found"] == [0, 22]
    assert figures["events.found"] == [0, 15]
    assert {value for name, value in figures.items() if name.startswith("extra.")} == {0}


# --- NTREX ------------------------------------------------------------------------------------


def test_the_perfect_record_of_the_twelve_has_full_marks(data):
    output = oracles.ntrex(data, data.documents())
    Output.model_validate(output)
    scores = score_english(data, output)
    figures = scores.figures()
    imperfect = {name: value for name, value in figures.items() if value != 1}
    assert imperfect == {
        "events.extra, other documents (each).en": 0,
        "events.extra, other documents (each).all": 0,
    }
    assert not [note for note in scores.notes.lines if "extra" in note or "missed" in note]


def test_nothing_read_is_nothing_found(data):
    stories = [oracles.record(d, [data.article("en", d)]) for d in data.documents()]
    figures = score_english(data, {"stories": stories}).figures()
    assert figures["quotes.direct recall.en"] == 0
    assert figures["events.recall.en"] == 0
    assert figures["entities.found.en"] == 0
    assert figures["stories.BCubed precision.en"] == 1
    assert figures["stories.BCubed recall.en"] < 1


def test_an_event_in_a_report_of_sport_is_one_too_many(data):
    output = oracles.ntrex(data, data.documents())
    story = next(s for s in output["stories"] if s["articles"][0]["id"] == "upi.176249")
    where = oracles.evidence(story["articles"][0], 0, 20)
    story["events"].append(oracles.event("x", "ASSAULT", [], [], [where]))
    tally = score_english(data, output).events["en"]["upi.176249"]
    assert tally["extra"] == 1


def test_one_quote_serves_one_row_and_speakers_count(data):
    output = oracles.ntrex(data, ["reuters.218861"])
    story = output["stories"][0]
    dropped = next(q for q in story["quotes"] if q["kind"] == "direct")
    story["quotes"].remove(dropped)
    for quote in story["quotes"]:
        quote["speaker"], quote["speaker_text"] = None, "Somebody Else"
    scores = ntrex.Scores(data, {"en": output}, ["reuters.218861"])
    tally = scores.quotes["en"]["reuters.218861"]
    assert tally["direct.found"] == tally["direct.gold"] - 1
    assert tally["speaker.right"] == 0
    assert tally["direct.wrong"] == 0


def test_ids_that_differ_between_languages_cost(data):
    english = oracles.ntrex(data, ["bbc.381736"])
    danish = copy.deepcopy(english)
    for entity in danish["stories"][0]["entities"]:
        if entity["name"] == "South Korea":
            entity["id"] = "country:sydkorea"
    scores = ntrex.Scores(data, {"en": english, "da": danish}, ["bbc.381736"])
    counts = scores.same_ids["en-da"]["bbc.381736"]
    assert counts["either"] - counts["both"] == 2


def test_bcubed_of_a_known_case():
    gold = {"a": "1", "b": "1", "c": "2"}
    counts = scoring.total(
        ntrex_rules.score_stories(gold, dict.fromkeys(gold, "x"), "en", ntrex_rules.Notes()).values()
    )
    assert counts["recall"] == 3
    assert counts["precision"] == pytest.approx(2 / 3 + 2 / 3 + 1 / 3)


def test_intervals_hold_the_figure_and_are_the_same_each_time():
    figure = scoring.Figure("recall", scoring.share("hit", "gold"), ("hit", "gold"))
    groups = [[Counter(hit=i % 2, gold=1)] for i in range(20)]
    low, high = scoring.interval(figure, groups)
    assert low < 0.5 < high
    assert (low, high) == scoring.interval(figure, groups)


def test_a_place_in_a_text_is_its_line():
    text = "First.\n\nSecond line.\n"
    assert scoring.lines(text)[2] == (8, 20)
    assert scoring.touched(8, 20, scoring.paragraphs(text)) == {1}
    assert scoring.touched(6, 7, scoring.lines(text)) == set()


def test_the_scoreboard_replaces_a_section(tmp_path, monkeypatch):
    monkeypatch.setattr(scoring, "SCOREBOARD", tmp_path / "scoreboard.md")
    scoring.post("Two", "data", "old", "2026-01-01")
    scoring.post("One", "data", "kept", "2026-01-01")
    scoring.post("Two", "data", "new", "2026-01-02")
    text = (tmp_path / "scoreboard.md").read_text(encoding="utf-8")
    assert "old" not in text
    assert text.index("## One") < text.index("## Two") < text.index("new")


def test_a_set_that_is_not_here_is_said_and_does_not_stop_the_bench(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["ntrex.py", "--data", str(tmp_path / "none")])
    assert ntrex.main() == 0
    assert scoring.NOT_MEASURED in capsys.readouterr().out
