"""The quotes benchmark sets texts anew as papers print them, and changes nothing else."""

from __future__ import annotations

import pytest

import quotes
import typeset

SAID = '"We are glad," said Kim.'


@pytest.mark.parametrize(
    ("style", "opener", "expected"),
    [
        ("«…»", None, "«We are glad,» said Kim."),
        ("»…«", None, "»We are glad,« said Kim."),
        ("„…“", None, "„We are glad,“ said Kim."),
        ("– dash", None, "– We are glad, said Kim."),
        ("cue first", "Torsdag", 'Torsdag said Kim: "We are glad."'),
        ("cue first", None, SAID),
    ],
)
def test_one_paragraph_in_each_style(style: str, opener: str | None, expected: str) -> None:
    assert typeset.restyled(SAID, style, opener)[0] == expected


def test_a_long_quotation_is_split_at_a_sentence() -> None:
    text = '"We are very glad. There is more to do," said Kim.'
    assert (
        typeset.restyled(text, "cue split", None)[0] == '"We are very glad," said Kim. "There is more to do."'
    )


def test_every_paragraph_of_a_quotation_gets_its_dash() -> None:
    text = '"We are glad.\nThere is more to do."\nKim went home.'
    assert (
        typeset.restyled(text, "– dash", None)[0] == "– We are glad.\n– There is more to do.\nKim went home."
    )


def test_text_without_speech_stays_as_it_is() -> None:
    text = "Kim didn't go to the '90s party."
    for style in typeset.STYLES:
        assert typeset.restyled(text, style, "Torsdag") == (text, 0)


def test_the_rule_of_marks_and_capitals_takes_long_passages_alone() -> None:
    found = quotes.baseline('"We are very glad," said Kim of the "Sun".')
    assert [speaker for _, _, speaker in found] == ["Kim"]
