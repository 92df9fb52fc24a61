"""`parse.parse`: sentences, tokens and names of six languages, with exact offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidende.languages.lists import READ_IN_FULL
from tidende.parse import Parsed, load_model, parse
from tidende.records import Article, Block


def read(language: str, text: str) -> Parsed:
    blocks = [Block(kind="body", start=0, end=len(text))] if text.strip() else []
    return parse(Article(id="a", text=text, language=language, blocks=blocks), load_model())


def sentences(language: str, text: str) -> list[str]:
    return [text[s.start : s.end] for s in read(language, text).sentences]


def names(language: str, text: str) -> list[str]:
    return [name.text for name in read(language, text).names]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("da", "Mødet varer bl.a. to timer, dvs. lidt. Så er det slut.", 2),
        ("da", "De mødtes den 25. april i Rusland. Det var torsdag.", 2),
        ("nb", "Møtet var 25. april. Han kom på 3. plass.", 2),
        ("nn", "Møtet var t.d. kort. Ho gjekk heim.", 2),
        ("sv", "Mötet tog ca. två timmar. Sedan gick de.", 2),
        ("de", "Das Treffen am 25. April war kurz. Danach gingen sie.", 2),
        ("de", "Er sprach u.a. mit Dr. Schmidt. Sie schwieg.", 2),
        ("en", "The U.S. Senate met at 7 a.m. on Friday. Mr. Smith left.", 2),
        ("en", "George W. Bush spoke. Donald J. Trump listened!", 2),
        ("en", "He left the U.S. He came back.", 2),
        ("en", "“It is over.” She wept. (He did not.) They left?", 4),
        ("da", "»Det er slut.« Hun græd.", 2),
        ("nb", "– Det er slutt, sa hun. – Ja?", 2),
        ("en", "Prices rose 3.5 percent to 1,000.50. That is much.", 2),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(language, text, count):
    found = sentences(language, text)
    assert len(found) == count
    assert " ".join(found) == text


@pytest.mark.parametrize(
    ("language", "text", "token"),
    [
        ("en", "The U.S. left.", "U.S."),
        ("da", "Han er 19-årig.", "19-årig"),
        ("sv", "FN:s råd.", "FN:s"),
        ("nb", "Kim Jong-un kom.", "Jong-un"),
        ("da", "Det koster 10.000 kroner.", "10.000"),
        ("da", "Selskabet A/S Norden.", "A/S"),
        ("en", "They don't know.", "don't"),
        ("de", "Am 25. April z.B. war es so.", "z.B."),
    ],
)
def test_a_word_with_marks_inside_is_one_token(language, text, token):
    assert token in [t.text for s in read(language, text).sentences for t in s.tokens]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("da", "Ifølge Ursula von der Leyen er det slut.", ["Ursula von der Leyen"]),
        ("nb", "I går kom Kim Jong-un til Vladivostok.", ["Kim Jong-un", "Vladivostok"]),
        ("en", "On Monday Putin's aide spoke.", ["Monday", "Putin"]),
        ("en", "Beacon's Beach is closed, and so is Russia's port.", ["Beacon's Beach", "Russia"]),
        ("en", "He told The Hill that he knew.", ["The Hill"]),
        ("sv", "När Löfven kom, log Putin.", ["Löfven", "Putin"]),
    ],
)
def test_names_are_runs_of_capitals_without_what_only_opens_a_sentence(language, text, expected):
    assert names(language, text) == expected


def test_a_credit_line_is_no_sentence():
    text = "Putin kom.\n/ritzau/"
    blocks = [Block(kind="body", start=0, end=10), Block(kind="credit", start=11, end=len(text))]
    parsed = parse(Article(id="a", text=text, language="da", blocks=blocks), load_model())
    assert [text[s.start : s.end] for s in parsed.sentences] == ["Putin kom."]


def test_a_separate_title_has_its_own_offsets():
    blocks = [
        Block(part="title", kind="title", start=0, end=len("Kim i Rusland")),
        Block(kind="body", start=0, end=len("Putin ventede.")),
    ]
    article = Article(id="a", title="Kim i Rusland", text="Putin ventede.", language="da", blocks=blocks)
    assert [(n.part, n.text) for n in parse(article, load_model()).names] == [
        ("title", "Kim"),
        ("title", "Rusland"),
        ("text", "Putin"),
    ]


def test_a_language_without_word_lists_is_refused_by_name():
    with pytest.raises(ValueError, match="'fr'"):
        parse(Article(id="a", text="Bonjour.", language="fr"), None)


_PIECES = st.sampled_from(
    [
        *(
            "25.",
            "april",
            "U.S.",
            "bl.a.",
            "«",
            "»",
            '"',
            "”",
            "Kim",
            "Jong-un",
            "A/S",
            "FN:s",
            "…",
            "...",
            "?!",
        ),
        "\u00a0",
    ]
)


@given(
    language=st.sampled_from(READ_IN_FULL),
    text=st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=20).map(" ".join)),
)
@settings(max_examples=200)
def test_tokens_cover_every_character_that_is_no_space_in_order(language, text):
    parsed = read(language, text)
    tokens = [token for sentence in parsed.sentences for token in sentence.tokens]
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    covered = {index for token in tokens for index in range(token.start, token.end)}
    if text.strip():
        assert {index for index, character in enumerate(text) if not character.isspace()} <= covered
    for sentence in parsed.sentences:
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
    for name in parsed.names:
        assert text[name.start : name.end] == name.text
        assert parsed.sentences[name.sentence].start <= name.start
        assert name.end <= parsed.sentences[name.sentence].end


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Er traf in der 89. Minute zum Ausgleich."),
        ("da", "Mødet er d. 29. september i byen."),
        ("en", "The talks began on Nov. 5 in Oslo."),
    ],
)
def test_ordinals_and_short_months_end_no_sentence(language, text):
    assert sentences(language, text) == [text]


def test_a_web_address_is_one_token():
    (sentence,) = read("en", "Ask weather.com today.").sentences
    assert [token.text for token in sentence.tokens] == ["Ask", "weather.com", "today", "."]


def test_a_surname_that_is_also_a_small_word_is_a_name_where_it_stands_as_one():
    text = "Theresa May left the talks in silence. “We may go,” May told reporters. May I ask why?"
    assert [name for name in names("en", text) if name.endswith("May")] == [
        "Theresa May",
        "May",
    ]


def types(language: str, text: str) -> list[tuple[str, str]]:
    return [(name.text, name.type) for name in read(language, text).names if name.type]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Der Angeklagte Quinton Tellis schwieg in Hamburg.",
            [("Quinton Tellis", "person"), ("Hamburg", "place")],
        ),
        (
            "nb",
            "Han leder Statens vegvesen i Oslo.",
            [("Statens vegvesen", "organisation"), ("Oslo", "place")],
        ),
        ("en", "Mr. Rattner met Chrysler on Monday.", [("Rattner", "person"), ("Chrysler", "organisation")]),
        ("sv", "Thatchers regering avgick.", [("Thatcher", "person")]),
    ],
)
def test_the_model_tells_where_a_name_ends_and_what_it_names(language, text, expected):
    assert types(language, text) == expected
