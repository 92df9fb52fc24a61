"""An article's layout and credits: title, lead, headings, body, and whose wire it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.ingest import load
from tidende.ingest.credits import is_credit_line
from tidende.ingest.layout import lay_out
from tidende.ingest.markdown import markdown_lines

LEAD = "Regeringen vil bruge 300 millioner kroner på nye veje, siger transportministeren fredag."
BODY = "Pengene skal især gå til Jylland, hvor køerne er længst, og arbejdet begynder næste år."


def read(tmp_path, text, name="a.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    batch = load([path])
    assert batch.errors == ()
    return batch.articles[0]


def layout(article):
    source = {"text": article.text, "title": article.title}
    return [(block.kind, source[block.part][block.start : block.end]) for block in article.blocks]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r\n\r\n"])
def test_a_headline_opens_the_text(tmp_path, gap):
    article = read(tmp_path, f"Nye veje for 300 millioner{gap}{LEAD}{gap}{BODY}\n")
    assert article.title == "Nye veje for 300 millioner"
    assert layout(article) == [("title", "Nye veje for 300 millioner"), ("lead", LEAD), ("body", BODY)]
    assert article.blocks[0].part == "text"


@pytest.mark.parametrize(
    "first",
    [
        "Russlands president og Nord-Koreas leder var godt fornøyde etter møtet torsdag.",
        "– Vi har akkurat hatt et godt møte, sa han",
        "- Jeg har stor tiltro til ham",
    ],
)
def test_a_text_that_opens_with_its_lead_has_no_title(tmp_path, first):
    article = read(tmp_path, f"\n{first}\n{BODY}\n{LEAD}\n")
    assert article.title is None
    assert [block.kind for block in article.blocks] == ["lead", "body", "body"]
    assert article.blocks[0].start == 1


def test_a_question_alone_above_the_text_is_a_headline(tmp_path):
    assert (
        read(tmp_path, f"Hvem skal betale for vejene?\n\n{LEAD}\n\n{BODY}").title
        == "Hvem skal betale for vejene?"
    )


def test_a_separate_title_is_a_block_of_its_own(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"id": "a", "title": " Nye veje ", "text": "{LEAD}\\n{BODY}"}}', encoding="utf-8")
    article = load([path]).articles[0]
    assert article.title == " Nye veje "
    assert layout(article) == [("title", "Nye veje"), ("lead", LEAD), ("body", BODY)]


def test_a_separate_title_that_also_opens_the_text_is_told_once():
    title, blocks = lay_out(f"Nye veje\n\n{LEAD}", "Nye veje")
    assert title == "Nye veje"
    assert [(block.part, block.kind) for block in blocks] == [("text", "title"), ("text", "lead")]


def test_short_lines_between_paragraphs_are_headings(tmp_path):
    article = read(
        tmp_path, f"Nye veje\n\n{LEAD}\n\nKøer i Jylland\n\n{BODY}\n\n– Endelig\n\n{BODY}\n\nFakta om veje"
    )
    kinds = ["title", "lead", "heading", "body", "body", "body", "body"]
    assert [block.kind for block in article.blocks] == kinds


def test_markdown_headings_span_their_words_only(tmp_path):
    text = f"# Nye veje #\n\n{LEAD}\n\n## Køer\n\n> {BODY}\n\nPenge\n-----\n{BODY}\n\n***\n"
    text = text.replace("\n", "\r\n")
    article = read(tmp_path, text, "a.md")
    assert article.text == text
    assert article.title == "Nye veje"
    kinds = [("title", "Nye veje"), ("lead", LEAD), ("heading", "Køer"), ("body", BODY), ("heading", "Penge")]
    assert layout(article) == [*kinds, ("body", BODY)]


def test_front_matter_tells_about_the_article_and_is_no_block(tmp_path):
    front = '---\ntitle: "Nye veje: 300 millioner"\npublished: 2019-04-25\nurl: https://dr.dk/a\noutlet: DR\n'
    article = read(tmp_path, f"{front}language: da\ntags: [a, b]\n---\n{LEAD}\n", "a.md")
    assert article.title == "Nye veje: 300 millioner"
    assert (article.published, article.url, article.outlet) == ("2019-04-25", "https://dr.dk/a", "DR")
    assert article.language == "da"
    assert layout(article) == [("title", "Nye veje: 300 millioner"), ("lead", LEAD)]
    assert article.text.startswith("---\n")


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("/ritzau/Reuters", ["Ritzau", "Reuters"]),
        ("/ritzau/", ["Ritzau"]),
        ("/RITZAU/AFP/", ["Ritzau", "AFP"]),
        ("(©NTB)", ["NTB"]),
        ("© NTB", ["NTB"]),
        ("(NTB)", ["NTB"]),
        ("NTB-AFP", ["NTB", "AFP"]),
        ("TT-AFP", ["TT", "AFP"]),
        ("dpa/AFP", ["dpa", "AFP"]),
        ("(AP)", ["Associated Press"]),
        ("(Reuters) -", ["Reuters"]),
        ("STOCKHOLM (TT-AFP)", ["TT", "AFP"]),
        ("By Jane Doe, Reuters", ["Reuters"]),
        ("Jane Doe/TT", ["TT"]),
        ("Von Angela Schmidt, dpa", ["dpa"]),
        ("Kilde: Ritzau", ["Ritzau"]),
        ("© 2018 Agence France-Presse", ["AFP"]),
        ("Av Kari Nordmann", []),
    ],
)
def test_a_line_that_is_only_a_credit(tmp_path, line, credits):
    below = read(tmp_path, f"Nye veje\n\n{LEAD}\n\n{BODY}\n\n{line}\n")
    assert below.blocks[-1].kind == "credit"
    assert below.credits == credits
    above = read(tmp_path, f"Nye veje\n\n{line}\n\n{LEAD}\n\n{BODY}\n")
    assert [block.kind for block in above.blocks] == ["title", "credit", "lead", "body"]
    assert above.credits == credits


@pytest.mark.parametrize(
    ("opening", "credits"),
    [
        ("WASHINGTON (Reuters) - ", ["Reuters"]),
        ("Berlin (dpa) - ", ["dpa"]),
        ("Paris/Berlin (dpa/AFP) – ", ["dpa", "AFP"]),
        ("OSLO (NTB-AFP): ", ["NTB", "AFP"]),
        ("STOCKHOLM (TT) ", ["TT"]),
        ("(NTB) ", ["NTB"]),
        ("SEOUL, Oct 1 (Yonhap) -- ", ["Yonhap"]),
        ("The Associated Press (AP) ", []),
        ("Konkurrenten til telegrambyrået (NTB) ", []),
    ],
)
def test_a_dateline_names_the_agency(tmp_path, opening, credits):
    article = read(tmp_path, f"Nye veje\n\n{opening}{LEAD}\n\n{BODY}\n")
    assert article.credits == credits
    assert layout(article)[1] == ("lead", opening + LEAD)


@pytest.mark.parametrize(
    ("ending", "credits"),
    [
        (" (NTB)", ["NTB"]),
        (" (©NTB)", ["NTB"]),
        ("/ritzau/", ["Ritzau"]),
        (" /ritzau/AP", ["Ritzau", "Associated Press"]),
        (" – Reuters", ["Reuters"]),
    ],
)
def test_a_credit_after_the_last_sentence(tmp_path, ending, credits):
    assert read(tmp_path, f"Nye veje\n\n{LEAD}\n\n{BODY}{ending}\n").credits == credits


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister told Reuters that the roads would be built.",
        "Det skriver Norsk Telegrambyrå (NTB).",
        "Das berichtet die Nachrichtenagentur dpa am Freitag.",
        "Reuters and AFP reported the story first, he said.",
    ],
)
def test_an_agency_in_running_text_is_no_credit(tmp_path, sentence):
    article = read(tmp_path, f"Nye veje\n\n{sentence}\n\n{BODY}\n\n{sentence}\n")
    assert article.credits == []
    assert "credit" not in [block.kind for block in article.blocks]


LINES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "# A",
            "## B ##",
            "> «C»",
            "---",
            "===",
            "NTB",
            "(©NTB)",
            "By Jane Doe",
            "\u2028",
            "\x85x",
            "#",
            "> ",
        ]
    ),
)
TEXTS = st.lists(LINES, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n", "\r"]).map(lambda gap: gap.join(lines))
)


@given(TEXTS, st.none() | st.text(max_size=20), st.booleans())
def test_every_block_points_at_words_in_order(text, title, markdown):
    found, blocks = lay_out(text, title, markdown_lines(text, 0) if markdown else None)
    position = 0
    for block in blocks:
        source = text if block.part == "text" else found
        words = source[block.start : block.end]
        assert words
        assert words == words.strip()
        if block.part == "text":
            assert block.start >= position
            position = block.end
    if not markdown:
        assert "".join(text.split()) == "".join(
            "".join(text[block.start : block.end].split()) for block in blocks if block.part == "text"
        )
    assert sum(block.kind == "title" for block in blocks) <= 1
    assert sum(block.kind == "lead" for block in blocks) <= 1


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Publicerad: 2 mars 2026, kl. 05:51", True),
        ("Sist oppdatert 17. apr. 2022 07:20", True),
        ("Uppdaterad", True),
        ("Artiklen fortsætter efter annoncen", True),
        ("Published in 1990, the book sold well", False),
        ("Updated the law in 2019", False),
    ],
)
def test_a_line_that_only_dates_the_page_is_no_paragraph(line: str, credit: bool) -> None:
    assert is_credit_line(line) is credit
