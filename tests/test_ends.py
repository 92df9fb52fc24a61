"""Ends of sentences where no full stop tells of them: what is left unsure, and what the parser says of it."""

from __future__ import annotations

from itertools import chain

import pytest

from tidende.parse import load_model
from tidende.parse.ends import Uncut, cut
from tidende.parse.sentences import drafts, split
from tidende.parse.tokens import tokenise

asked = pytest.mark.skipif(load_model().ends is None, reason="the model has no ends.npy, or shows no nodes")

HEADLINES = {
    "da": "Tre mænd dømt for røveri Retten i Odense idømte i går tre mænd fængsel i to år. De ankede dommen.",
    "nb": "Krever svar fra ministeren Stortinget behandler saken på torsdag, sier lederen. Han venter uro.",
    "nn": "Meir pengar til skulen Kommunestyret vedtok budsjettet torsdag kveld. Det vart ingen debatt.",
    "sv": "Regeringen backar om skatten Statsministern sade i går att förslaget dras tillbaka. Han log.",
}


def tokens(language, text):
    return tuple(tokenise(text, 0, len(text), language))


def sentences(language, text, model, *, headline=False):
    (found,) = cut([Uncut(tokens(language, text), language, headline)], model)
    return [text[one.tokens[0].start : one.tokens[-1].end] for one in found]


@pytest.mark.parametrize(("language", "text"), HEADLINES.items())
def test_drafts_cut_where_the_table_would_are_its_sentences(language, text):
    found = drafts(tokens(language, text), language)
    by_table = [one.cut([gap.at for gap in one.unsure if gap.score > 0]) for one in found]
    assert list(chain(*by_table)) == split(tokens(language, text), language)


@pytest.mark.parametrize(("language", "text"), HEADLINES.items())
def test_without_a_model_the_table_decides_alone(language, text):
    (found,) = cut([Uncut(tokens(language, text), language)], None)
    assert [one.tokens for one in found] == split(tokens(language, text), language)
    assert all(one.analysis is None for one in found)


@asked
@pytest.mark.parametrize(("language", "text"), HEADLINES.items())
def test_every_token_stays_in_its_place_and_is_read_once(language, text):
    (found,) = cut([Uncut(tokens(language, text), language)], load_model())
    assert [token for one in found for token in one.tokens] == list(tokens(language, text))
    for one in found:
        assert one.analysis is not None
        assert len(one.analysis.heads) == len(one.words.words.texts)
        assert one.analysis.heads.count(0) == 1


@asked
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nb", "Pompeo møtte Ri på sidelinjene i FN."),
        ("sv", "Daniel Sturridge räddade Liverpool från en förlust."),
        ("da", "Ministeren besøgte Det Hvide Hus i Washington sammen med Donald Trump."),
        ("en", "Lakers reporter Mike Trudell tweeted that James will play."),
        ("de", "Der Präsident sprach mit Dr. Angela Merkel über die NATO."),
    ],
)
def test_a_name_inside_a_sentence_does_not_cut_it(language, text):
    assert sentences(language, text, load_model()) == [text]


@asked
def test_a_headline_block_stays_one_sentence():
    text = "Trump: – Vi ble forelsket Kim skrev vakre brev"
    assert sentences("nb", text, load_model(), headline=True) == [text]
