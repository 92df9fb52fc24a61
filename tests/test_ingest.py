"""Loading articles: what comes in stays as it is, and what cannot be read is named."""

import io
import os
import sys
import tempfile
from pathlib import Path

import pytest

from tidende.errors import (
    BinaryInput,
    EmptyInput,
    MalformedInput,
    OversizeInput,
    UnreadableInput,
    UnsupportedInput,
    UsageError,
)
from tidende.ingest import load

DANISH = (
    "Topmødet varede længere end planlagt\n\n"
    "Den russiske præsident siger, at han førte »gode drøftelser« – på dansk.\n\n"
    "Han rejste hjem fredag.\n"
)


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def only(sources, **options):
    batch = load(sources, **options)
    assert batch.errors == ()
    (article,) = batch.articles
    return article


def error_of(sources):
    batch = load(sources)
    assert batch.articles == ()
    (error,) = batch.errors
    return error


class Stdin:
    def __init__(self, data):
        self.buffer = io.BytesIO(data)
        self.closed = False


# What comes in stays as it is


def test_a_file_is_kept_to_the_character(tmp_path):
    text = " \r\nOverskrift\r\n\r\nFo\u0308rste  linje.\t\x07\r\n\r"
    article = only([write(tmp_path / "a.txt", text)])
    assert article.text == text
    assert article.id == "a.txt"
    assert article.language == "und"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_the_text_is_the_same_in_every_encoding(tmp_path, encoding):
    assert only([write(tmp_path / "a.txt", DANISH.encode(encoding))]).text == DANISH


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Polisen i Göteborg grep två män på lördagen, säger åklagaren.\n”De nekar”, sade hon."),
        ("cp1252", "Die Kanzlerin äußerte sich „zuversichtlich“ – trotz der Kämpfe in Straßennähe."),
        ("latin-1", "Statsråden fekk spørsmål om både båtar og fly på måndag."),
        ("cp1252", "“It’s over,” said the café owner – he lost £3m."),
        ("cp1251", "Президент России прибыл в город в четверг и встретился с руководителем страны."),
        (
            "cp1250",
            "Policja zatrzymała dwóch mężczyzn w piątek, powiedział rzecznik. Żaden się nie przyznał.",
        ),
    ],
)
def test_older_encodings_are_known_by_their_letters(tmp_path, encoding, text):
    assert only([write(tmp_path / "a.txt", text.encode(encoding))]).text == text


def test_json_lines_keep_id_and_text_and_take_the_given_date_where_they_have_none(tmp_path):
    path = write(
        tmp_path / "two.jsonl",
        '\ufeff{"id": " a/1 ", "text": "\\r\\nHan sa: \\"Nei.\\" \\n", "published": null, "title": ""}\r\n'
        "\r\n"
        '{"id": "b", "text": "Hun gikk.", "published": "2019-04-24T08:00:00+02:00", "language": "nb",'
        ' "outlet": "NRK", "url": "https://nrk.no/1", "title": "Hun gikk", "other": [1]}\r\n',
    )
    batch = load([path], published="2019-04-25")
    assert batch.errors == ()
    first, second = batch.articles
    assert (first.id, first.text) == (" a/1 ", '\r\nHan sa: "Nei." \n')
    assert (first.published, first.title) == ("2019-04-25", None)
    assert second.published == "2019-04-24T08:00:00+02:00"
    assert (second.language, second.outlet, second.url) == ("nb", "NRK", "https://nrk.no/1")
    assert second.title == "Hun gikk"


# Order and names


def test_a_folder_is_read_in_order_of_paths_and_leaves_out_what_it_does_not_know(tmp_path):
    for name in ("b.txt", "a/z.md", "a/c.TXT", ".hidden.txt", ".git/x.txt", "notes.xlsx", "data.csv"):
        write(tmp_path / name, "Han kom hjem i går.")
    last = write(tmp_path.parent / f"{tmp_path.name}-last.txt", "Sist.")
    batch = load([last, tmp_path])
    assert [article.id for article in batch.articles] == [last.name, "c.TXT", "z.md", "b.txt"]
    assert batch.errors == ()


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path):
    first, second = write(tmp_path / "x/a.txt", "En."), write(tmp_path / "y/a.txt", "To.")
    batch = load([first, second])
    assert [article.id for article in batch.articles] == [str(first), str(second)]


def test_a_file_named_twice_is_read_once(tmp_path):
    path = write(tmp_path / "a.txt", "En.")
    assert only([path, tmp_path]).id == "a.txt"


def test_a_file_whose_name_is_an_id_in_json_lines_goes_by_its_path(tmp_path):
    plain = write(tmp_path / "a.txt", "En.")
    lines = write(tmp_path / "b.jsonl", '{"id": "a.txt", "text": "To."}')
    assert [article.id for article in load([plain, lines]).articles] == [str(plain), "a.txt"]


def test_an_id_used_twice_names_both_lines_and_the_first_stays(tmp_path):
    one = write(tmp_path / "1.jsonl", '{"id": "a", "text": "En."}\n{"id": "b", "text": "To."}\n')
    two = write(tmp_path / "2.jsonl", '\n{"id": "a", "text": "Tre."}\n')
    batch = load([one, two])
    assert [article.text for article in batch.articles] == ["En.", "To."]
    (error,) = batch.errors
    assert isinstance(error, MalformedInput)
    assert str(error).startswith(f"{two}:2: ")
    assert f"{one}:1" in str(error)


# Standard input


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (DANISH.encode(), ["-"]),
        (b'{"id": "a", "text": "En."}\n\n{"id": "b", "text": "To."}\n', ["a", "b"]),
        (b"<!DOCTYPE html><html><body><p>The ministers met in Oslo on Friday.</p></body></html>", ["-"]),
    ],
)
def test_standard_input_is_known_by_what_it_holds(monkeypatch, data, ids):
    monkeypatch.setattr(sys, "stdin", Stdin(data))
    batch = load(["-"])
    assert [article.id for article in batch.articles] == ids
    assert "<" not in batch.articles[0].text


def test_a_broken_line_on_standard_input_is_named(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Stdin(b'{"id": "a", "text": "En."}\n{"id": "b", "te\n'))
    batch = load(["-"])
    assert [article.id for article in batch.articles] == ["a"]
    assert [str(error)[:4] for error in batch.errors] == ["-:2:"]


def test_empty_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", Stdin(b" \n"))
    assert isinstance(error_of(["-"]), EmptyInput)


# Bad input: one clear error, the rest still read


BAD_LINES = [
    ('{"id": "x", "text": "abc', "broken JSON"),
    ("[1, 2]", "not a JSON object but a list"),
    ('"text"', "not a JSON object but a string"),
    ('{"id": "x"}', "no 'text' in it"),
    ('{"text": "Han kom."}', "no 'id' in it"),
    ('{"id": 7, "text": "Han kom."}', "id: not a string but a number"),
    ('{"id": "", "text": "Han kom."}', "id: empty"),
    ('{"id": "x", "text": ["Han kom."]}', "text: not a string but a list"),
    ('{"id": "x", "text": null}', "text: not a string but null"),
    ('{"id": "x", "text": " \\n\\t"}', "no text in it"),
    ('{"id": "x", "text": "Han kom.", "title": {"a": 1}}', "title: not a string but an object"),
    ('{"id": "x", "text": "Han kom.", "outlet": true}', "outlet: not a string but a boolean"),
    ('{"id": "x", "text": "Han kom.", "published": "25. april"}', "published: not an ISO date"),
    ('{"id": "x", "text": "Han kom.", "published": "2019-02-30"}', "published: not an ISO date"),
    ('{"id": "x", "text": "Han kom.", "language": "på norsk"}', "language: not a language code"),
    ('{"id": "x", "text": "Han \\ud83d kom."}', "half a surrogate pair"),
    ('{"id": "x\\udc80", "text": "Han kom."}', "half a surrogate pair"),
    ('{"id": "x", "text": "Han\\u0000kom."}', "NUL"),
    ("[" * 100_000, "broken JSON"),
    ('{"id": "x", "text": ' + "9" * 5000 + "}", "broken JSON"),
]


@pytest.mark.parametrize(("line", "problem"), BAD_LINES)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path, line, problem):
    good = '{"id": "%s", "text": "Hun gikk hjem."}'
    path = write(tmp_path / "a.jsonl", f"{good % 'one'}\n\n{line}\n{good % 'two'}\n")
    batch = load([path])
    assert [article.id for article in batch.articles] == ["one", "two"]
    (error,) = batch.errors
    assert str(error).startswith(f"{path}:3: ")
    assert problem in str(error)
    assert len(str(error)) < 300 + len(str(path))


def test_bytes_that_are_no_utf8_spoil_their_line_only(tmp_path):
    path = write(tmp_path / "a.jsonl", b'{"id": "a", "text": "bl\xe5"}\n{"id": "b", "text": "bl\xc3\xa5"}\n')
    batch = load([path])
    assert [article.text for article in batch.articles] == ["blå"]
    assert [error.line for error in batch.errors] == [1]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", b"", EmptyInput),
        ("a.txt", b" \r\n\t\n", EmptyInput),
        ("a.txt", b"\xef\xbb\xbf", EmptyInput),
        ("a.md", b"---\ntitle: Bare tittel\n---\n\n", EmptyInput),
        ("a.html", b"<html><body><p></p></body></html>", EmptyInput),
        ("a.html", b"<p" * 50, EmptyInput),
        ("a.jsonl", b"\n\n", EmptyInput),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", BinaryInput),
        ("a.txt", b"%PDF-1.7\n1 0 obj\n", BinaryInput),
        ("a.txt", b"abc\x00def", BinaryInput),
        ("a.jsonl", b"PK\x03\x04\x14\x00", BinaryInput),
        ("a.md", bytes(range(128, 256)) * 20, BinaryInput),
        ("a.docx", b"PK\x03\x04\x14\x00", MalformedInput),
        ("a.odt", b"PK\x03\x04\x14\x00", UnsupportedInput),
        ("a.txt", "Først går det godt på øya, så ".encode() + b"\xff slutt.", MalformedInput),
        ("a.txt", b"\xff\xfea\x00b", MalformedInput),
        ("a.txt", b"a" * 20_000_001, OversizeInput),
        ("a.md", "---\npublished: i går\n---\nHan kom hjem.\n", MalformedInput),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(tmp_path, name, content, kind):
    bad = write(tmp_path / name, content)
    good = write(tmp_path / "good.txt", "Hun gikk hjem.")
    batch = load([bad, good])
    assert [article.id for article in batch.articles] == ["good.txt"]
    (error,) = batch.errors
    assert isinstance(error, kind)
    assert str(error).startswith(str(bad))


def test_what_cannot_be_opened_is_told_in_words(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    sources = [
        "nowhere/a.txt",
        tmp_path / "empty",
        tmp_path / "link.txt",
        tmp_path / "pipe.txt",
        "",
        "a\0b",
        "x" * 5000,
    ]
    batch = load(sources)
    assert batch.articles == ()
    assert all(isinstance(error, UnreadableInput) for error in batch.errors)
    assert len(batch.errors) == len(sources)
    assert str(batch.errors[0]) == "nowhere/a.txt: no such file"


@pytest.fixture
def open_folder():
    """A folder that everybody may enter; the superuser, who may read everything, is nobody meanwhile."""
    user = os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield lambda: os.seteuid(65534) if user == 0 else None, Path(folder)
        os.seteuid(user)


def test_a_file_without_permission(open_folder):
    become_nobody, folder = open_folder
    path = write(folder / "a.txt", "Han kom.")
    path.chmod(0)
    become_nobody()
    assert str(error_of([path])) == f"{path}: permission denied"


def test_an_address_is_not_fetched():
    error = error_of(["https://example.org/a.html"])
    assert isinstance(error, UnsupportedInput)
    assert "fetch" in str(error)


@pytest.mark.parametrize("value", ["25.4.2019", "2019-13-01", "", "2019-04-25 kl. 12"])
def test_a_date_that_is_none_is_refused(value):
    with pytest.raises(UsageError, match="not an ISO date"):
        load([], published=value)


def test_a_file_of_unknown_kind_is_read_if_it_is_text(tmp_path):
    assert only([write(tmp_path / "artikkel.article", DANISH)]).text == DANISH


# Web pages


PAGE = """<html lang="da"><head><title>Topmøde - DR</title><meta charset="{charset}">
<meta property="og:title" content="Topmøde i Vladivostok"><meta property="og:site_name" content="DR">
<meta property="article:published_time" content="2019-04-25T10:00:00+02:00">
<link rel="canonical" href="https://dr.dk/a"></head><body><nav><a href="/">Forside</a></nav><article>
<h1>Topmøde i Vladivostok</h1>
<p>Den russiske præsident siger, at han førte "gode drøftelser" med Kim efter mødet på
to timer.</p><blockquote><p>»Vi er glade,« sagde han til pressen.</p></blockquote>
<h2>Lang tid</h2><p>Mødet varede <b>to</b> timer,<br>og mere end dobbelt så længe som planlagt.</p>
<p>– Fokus vil være på en løsning, sagde talsmanden torsdag.</p></article>
<footer>Ophavsret</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_gives_its_article_with_quotation_marks_and_paragraphs(tmp_path, charset):
    data = PAGE.format(charset=charset).replace("–", "&ndash;").encode(charset)
    article = only([write(tmp_path / "side.html", data)], published="2020-01-01")
    assert article.text.split("\n") == [
        'Den russiske præsident siger, at han førte "gode drøftelser" med Kim efter mødet på to timer.',
        "»Vi er glade,« sagde han til pressen.",
        "Lang tid",
        "Mødet varede to timer, og mere end dobbelt så længe som planlagt.",
        "– Fokus vil være på en løsning, sagde talsmanden torsdag.",
    ]
    assert (article.title, article.outlet, article.url) == ("Topmøde i Vladivostok", "DR", "https://dr.dk/a")
    assert article.published == "2019-04-25"
    assert [block.kind for block in article.blocks] == ["title", "lead", "body", "heading", "body", "body"]
    assert article.blocks[0].part == "title"
