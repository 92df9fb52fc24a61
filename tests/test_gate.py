"""No score may fall: the two articles and the twelve documents are measured against pinned floors."""

import json

import pytest

import gate
import outputs


@pytest.fixture(scope="module")
def measured():
    return {
        **gate.flat(outputs.seeds_output(), outputs.ntrex_outputs()),
        **gate.quote_figures(),
        **gate.model_figures(),
        **gate.other_figures(),
    }


def test_no_score_falls(measured):
    pinned = json.loads(gate.GATE.read_text(encoding="utf-8"))
    assert gate.fallen(measured, pinned) == []


def test_every_measured_figure_is_pinned(measured):
    assert set(measured) == set(json.loads(gate.GATE.read_text(encoding="utf-8")))


def test_only_what_the_network_scores_is_given_slack():
    assert gate.floors({"parse.da.LAS": 0.81, "seeds.extra.events": 0}) == {
        "parse.da.LAS": 0.8,
        "seeds.extra.events": 0,
    }


def test_the_gate_sees_a_fall_and_a_false_fact():
    pinned = {"seeds.entities.found": 22, "seeds.extra.events": 0, "ntrex.quotes.direct F1": 0.8}
    assert gate.fallen({**pinned, "seeds.entities.found": 21}, pinned) == [
        "seeds.entities.found: 21, pinned at 22"
    ]
    assert gate.fallen({**pinned, "seeds.extra.events": 1}, pinned) == ["seeds.extra.events: 1, pinned at 0"]
    assert gate.fallen({}, {"seeds.stories": 1}) == ["seeds.stories: pinned at 1, not measured"]
    assert gate.fallen({**pinned, "ntrex.quotes.direct F1": 0.9}, pinned) == []
