"""No score may fall: the two articles and the twelve documents are measured against pinned floors."""

import json

import gate
import outputs


def test_no_score_falls():
    pinned = json.loads(gate.GATE.read_text(encoding="utf-8"))
    measured = gate.flat(outputs.seeds_output(), outputs.ntrex_outputs())
    assert gate.fallen(measured, pinned) == []


def test_every_measured_figure_is_pinned():
    pinned = json.loads(gate.GATE.read_text(encoding="utf-8"))
    assert set(gate.flat(outputs.seeds_output(), outputs.ntrex_outputs())) == set(pinned)


def test_the_gate_sees_a_fall_and_a_false_fact():
    pinned = {"seeds.entities.found": 22, "seeds.extra.events": 0, "ntrex.quotes.direct F1": 0.8}
    assert gate.fallen({**pinned, "seeds.entities.found": 21}, pinned) == [
        "seeds.entities.found: 21, pinned at 22"
    ]
    assert gate.fallen({**pinned, "seeds.extra.events": 1}, pinned) == ["seeds.extra.events: 1, pinned at 0"]
    assert gate.fallen({}, {"seeds.stories": 1}) == ["seeds.stories: pinned at 1, not measured"]
    assert gate.fallen({**pinned, "ntrex.quotes.direct F1": 0.9}, pinned) == []
