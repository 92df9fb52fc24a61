"""Tokens, sentences and words as treebanks cut them, with exact offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidende.languages.lists import READ_IN_FULL
from tidende.parse.neural import Analysis
from tidende.parse.sentences import split
from tidende.parse.tokens import tokenise
from tidende.parse.words import cut, to_tokens, to_words


def tokens(language: str, text: str) -> list[str]:
    return [token.text for token in tokenise(text, 0, len(text), language)]


def sentences(language: str, text: str) -> list[str]:
    found = split(tuple(tokenise(text, 0, len(text), language)), language)
    return [text[one[0].start : one[-1].end] for one in found]


def words(language: str, text: str) -> list[str]:
    return list(to_words(tuple(tokenise(text, 0, len(text), language)), language).words.texts)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "Han fylder 40 den 25. april.", "Han fylder 40 den 25. april ."),
        ("da", "Det skete i 1985. Så gik de.", "Det skete i 1985 . Så gik de ."),
        ("da", "Den 3. Division, 10-15 mand", "Den 3. Division , 10-15 mand"),
        ("nb", "I 2007-2008 var det 2,4 prosent.", "I 2007 - 2008 var det 2,4 prosent ."),
        ("nb", "Olje- og energidepartementet", "Olje- og energidepartementet"),
        ("nb", "EU- og NATO-landene", "EU - og NATO-landene"),
        ("nb", "hiv/aids og A/S", "hiv / aids og A/S"),
        ("nn", "St.meld. nr. 35, jf. kap. 3.", "St.meld. nr. 35 , jf. kap. 3 ."),
        ("sv", "Det är t.ex. så, sid. 112-115.", "Det är t.ex. så , sid. 112-115 ."),
        ("da", "Jeg ved sgu' ikke, om Lars' bil kom.", "Jeg ved sgu' ikke , om Lars' bil kom ."),
        ("sv", "'Vi kom hit' sade han.", "' Vi kom hit ' sade han ."),
        ("de", "Im 6. Stock, am 3. Mai", "Im 6. Stock , am 3. Mai"),
        ("de", "Er sagte: ``Ja'' -- so!", "Er sagte : `` Ja '' -- so !"),
        ("en", "See https://a.no/b_1, or mail me@x.co.uk.", "See https://a.no/b_1 , or mail me@x.co.uk ."),
        ("en", "It cost $20,000 (15%)... Why?!", "It cost $ 20,000 ( 15 % ) ... Why ?!"),
        ("da", "Det er slut.Det var godt.", "Det er slut . Det var godt ."),
    ],
)
def test_tokens_are_those_of_the_treebank(language, text, expected):
    assert " ".join(tokens(language, text)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("da", ["Rudbjerg vil samarbejde med Nakskov", "Men det har intet med sagen at gøre."]),
        ("da", ["Han kom kl. 10.", "De gik hjem."]),
        ("da", ["B.T. skrev, at dr. Jensen var syg.", "Det var løgn."]),
        ("nb", ["– Det er slutt!", "– Er det?", "Han gikk."]),
        ("nb", ["Han fikk 5. plass i år.", "Bra!"]),
        ("nn", ["Ho sa nei...", "Men det var ikkje nok."]),
        ("sv", ["Priset var 3 kr.", "Det är mycket."]),
        ("en", ["George W. Bush met Mr. Blair in St. Louis.", "They left."]),
        ("en", ["“Is it over?” she asked.", "He nodded."]),
        ("de", ["Dr. Sieben kam um 5 Uhr.", "Er blieb bis zum 13. November 1945."]),
        ("de", ["Das war's!!!", "``Wir gehen jetzt'', sagte er."]),
    ],
)
def test_sentences_end_where_the_treebank_ends_them(language, expected):
    assert sentences(language, " ".join(expected)) == expected


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
    assert sentences(language, text) == [text]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They don't know Putin's al-Qaida.", "They do n't know Putin 's al - Qaida ."),
        ("en", "I cannot re-read the soldiers' e-mail.", "I can not re-read the soldiers ' e-mail ."),
        ("de", "Im EU-Parlament zum Beispiel", "In dem EU - Parlament zu dem Beispiel"),
        ("da", "FN's EU-politik", "FN's EU-politik"),
    ],
)
def test_the_model_is_shown_the_words_of_the_treebank(language, text, expected):
    assert " ".join(words(language, text)) == expected


def test_the_highest_word_speaks_for_its_token():
    text = "They don't trust al-Qaida."
    found = to_words(tuple(tokenise(text, 0, len(text), "en")), "en")
    assert found.words.texts == ("They", "do", "n't", "trust", "al", "-", "Qaida", ".")
    read = Analysis(
        upos=("PRON", "AUX", "PART", "VERB", "PROPN", "PUNCT", "PROPN", "PUNCT"),
        feats=("",) * 8,
        lemmas=("they", "do", "not", "trust", "al", "-", "Qaida", "."),
        heads=(4, 4, 4, 0, 4, 5, 5, 4),
        deprels=("nsubj", "aux", "advmod", "root", "obj", "punct", "flat", "punct"),
        names=("O", "O", "O", "O", "B-ORG", "I-ORG", "I-ORG", "O"),
    )
    told = to_tokens(found, read)
    assert told.heads == (3, 3, 0, 3, 3)
    assert told.deprels == ("nsubj", "aux", "root", "obj", "punct")
    assert told.lemmas == ("they", "do", "trust", "al-Qaida", ".")
    assert told.names == ("O", "O", "O", "B-ORG", "O")


_PIECES = st.sampled_from(
    [
        *(
            "25.",
            "april",
            "Im",
            "U.S.",
            "bl.a.",
            "«",
            "»",
            '"',
            "''",
            "``",
            "don't",
            "s'",
            "al-Sadr's",
            "1-2",
        ),
        *(
            "A/S",
            "…",
            "...",
            "?!",
            "kl.",
            "jul.",
            "kr.",
            "-spill",
            "for-",
            ":-)",
            "x@y.no",
            "cannot",
            "'",
            "Det",
        ),
    ]
)
_TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(_PIECES, max_size=25).map(" ".join),
    st.lists(_PIECES, max_size=9).map("".join),
)


@given(language=st.sampled_from(READ_IN_FULL), text=_TEXTS)
@settings(max_examples=300)
def test_sentences_keep_every_character_in_its_place(language, text):
    found = split(tuple(tokenise(text, 0, len(text), language)), language)
    at = 0
    for token in (token for sentence in found for token in sentence):
        assert text[token.start : token.end] == token.text
        assert not text[at : token.start].strip()
        assert token.start < token.end
        at = token.end
    assert not text[at:].strip()
    assert all(found)


@given(language=st.sampled_from(READ_IN_FULL), text=_TEXTS, data=st.data())
@settings(max_examples=200)
def test_a_tree_of_words_gives_a_tree_of_tokens(language, text, data):
    own = tuple(tokenise(text, 0, len(text), language))
    found = to_words(own, language)
    count = len(found.words.texts)
    assert list(found.owners) == sorted(found.owners)
    assert set(found.owners) == set(range(len(own)))
    if not count:
        return
    order = data.draw(st.permutations(range(1, count + 1)))
    heads = [0] * count
    for place, word in enumerate(order[1:], 1):
        heads[word - 1] = order[data.draw(st.integers(0, place - 1))]
    blank = ("",) * count
    told = to_tokens(found, Analysis(blank, blank, blank, tuple(heads), blank, ("O",) * count))
    assert len(told.heads) == len(own)
    assert told.heads.count(0) == 1
    for at in range(len(own)):
        seen, above = 0, at + 1
        while above and seen <= len(own):
            seen, above = seen + 1, told.heads[above - 1]
        assert above == 0


@given(language=st.sampled_from(READ_IN_FULL), text=_TEXTS)
@settings(max_examples=200)
def test_words_spell_their_token_unless_it_is_a_contraction(language, text):
    for token in tokenise(text, 0, len(text), language):
        groups = cut(token, language)
        spelt = "".join("".join(group) for group in groups)
        assert spelt == token.text or (language == "de" and len(groups) == 1)
