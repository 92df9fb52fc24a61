"""Hostile input: whatever comes in, there is an article or a clear error, and the other inputs are read."""

import gzip
import io
import json
import re
import time
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from test_ingest import DANISH, load, only, write
from test_ingest_formats import ATOM, JSON_FEED, MAIL, NEWSML, NINJS, PAGE, RSS, entries, pdf
from tidende import cli
from tidende.errors import InputError, MalformedInput, OversizeInput
from tidende.ingest.draft import Draft, finish
from tidende.ingest.fetch import Fetched
from tidende.ingest.formats import read_bytes
from tidende.ingest.kinds import kind_by_type
from tidende.ingest.plan import Feed, WatchState
from tidende.ingest.watch import poll
from webserver import guarded


def warc_of(body, **headers):
    """Write a web archive of one page by hand, so that anything in it can be wrong."""
    told = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in headers.items())
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{told}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        "WARC-Date: 2026-03-02T12:00:00Z\r\n"
        "WARC-Target-URI: https://a.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


LIVE = f"<html><body><main><h1>Direkte</h1>{entries('div')}</main></body></html>"
SAMPLES = {
    "html": [PAGE.format(published="2026-03-02", after="").encode(), LIVE.encode()],
    "xml": [RSS.format(encoding="utf-8").encode(), ATOM.encode(), NEWSML.encode()],
    "json": [json.dumps(JSON_FEED).encode(), *(json.dumps(item).encode() for item in NINJS.values())],
    "warc": [warc_of(PAGE.format(published="2026-03-02", after="").encode())],
    "mail": [MAIL.encode()],
    "pdf": [pdf("Han kom hjem.")],
}
SNIPPETS = [
    *(
        b"<",
        b">",
        b"&",
        b"\0",
        b"\xff",
        b"]]>",
        b"<!--",
        b"<![CDATA[",
        b"&#0;",
        b"&#x110000;",
        b"\xed\xa0\x80",
    ),
    *(
        b"<q>",
        b"</p>",
        b"<time>",
        b"\r\n\r\n",
        b"Content-Length: -1\r\n",
        b"1e999",
        b"{",
        b"[",
        b'"',
        b"\\ud800",
    ),
    *(
        b"=?utf-8?b?//8=?=",
        b"charset=utf-7",
        b"encoding='utf-32'",
        b"\x1f\x8b",
        b"WARC/1.0\r\n",
        b"2026-99-99",
    ),
]


@st.composite
def spoilt(draw):
    """A sample with pieces cut out, doubled, overwritten, or put in."""
    kind = draw(st.sampled_from(sorted(SAMPLES)))
    data = draw(st.sampled_from(SAMPLES[kind]))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 60)))
        put = draw(st.one_of(st.sampled_from(SNIPPETS), st.binary(max_size=12), st.just(data[at:end] * 2)))
        data = data[:at] + put + data[end:]
    return kind, data


def read_all(kind, data):
    """Read as `load` does; anything else than an `InputError` is a fault of ours."""
    found, errors = [], []
    try:
        for each in read_bytes("input", "input", data, kind, fetched="2026-03-02T12:00:00Z"):
            if isinstance(each, Draft):
                found.append(finish(each, published=None))
            else:
                errors.append(each)
    except InputError as error:
        errors.append(error)
    for error in errors:
        assert isinstance(error, InputError)
        assert str(error).startswith("input")
        assert len(str(error)) < 400
    assert found or errors
    return found


@given(spoilt())
@settings(max_examples=250, suppress_health_check=list(HealthCheck))
def test_spoilt_files_give_articles_or_errors(sample):
    for article in read_all(*sample):
        assert article.text.strip()
        assert "\0" not in article.text
        for block in article.blocks:
            source = article.text if block.part == "text" else article.title
            assert source[block.start : block.end].strip()


@given(st.sampled_from([*sorted(SAMPLES), "docx", "markdown", None]), st.binary(max_size=400))
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_bytes_without_sense_give_articles_or_errors(kind, data):
    read_all(kind, data)


KEYS = re.findall(
    r"\w+",
    "items version uri headline headlines bodies value id text url title content_html language type "
    "infosource name body_html published",
)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS), inner),
    )
)
@example({"uri": "", "headline": None, "type": []})
@example({"uri": "", "headline": None, "pubstatus": [[]]})
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_json_of_any_shape_gives_articles_or_errors(value):
    if isinstance(value, dict) and "items" in value:
        value["version"] = "https://jsonfeed.org/version/1"
    read_all("json", json.dumps(value).encode())


# XML that reaches out, or blows up

LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
ENTITIES = {
    "laughs": f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{LAUGHS}]>",
    "quadratic": f"<!DOCTYPE rss [<!ENTITY l9 '{'a' * 50_000}'>]>",
    "file": "<!DOCTYPE rss [<!ENTITY l9 SYSTEM 'file:///etc/passwd'>]>",
    "net": "<!DOCTYPE rss [<!ENTITY l9 SYSTEM 'http://a.example/x'>]>",
    "parameter": "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'http://a.example/x'> %p;]>",
}


@pytest.mark.parametrize("name", sorted(ENTITIES))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("root", ["rss", "newsItem", "html"])
def test_entities_are_refused(tmp_path, monkeypatch, name, encoding, root):
    body = {
        "rss": "<rss version='2.0'><channel><item><title>x</title><description>&l9;&l9;</description></item>"
        "</channel></rss>",
        "newsItem": "<newsItem guid='x'><contentSet><inlineData>&l9;</inlineData></contentSet></newsItem>",
        "html": "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>&l9;</p></body></html>",
    }[root]
    data = (f"<?xml version='1.0' encoding='{encoding}'?>{ENTITIES[name]}{body}").encode(encoding)
    begun = time.monotonic()
    with guarded(monkeypatch) as tried:
        batch = load([write(tmp_path / "a.xml", data), write(tmp_path / "good.txt", DANISH)])
    assert time.monotonic() - begun < 5
    assert tried == []
    assert [article.id for article in batch.articles] == ["good.txt"]
    (error,) = batch.errors
    assert isinstance(error, MalformedInput)


def test_a_named_dtd_is_not_read(tmp_path, monkeypatch):
    data = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://a.example/rss.dtd">'
        + RSS.format(encoding="utf-8").partition("?>")[2].strip()
    )
    with guarded(monkeypatch) as tried:
        batch = load([write(tmp_path / "a.xml", data)])
    assert tried == []
    assert batch.articles[0].id == "bladet-1"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xml", b"<rss>" + b"<a>" * 200_000),
        ("a.html", b"<html><body>" + b"<div>" * 200_000 + b"x"),
        ("a.html", b"<html><body>" + b"<q>" * 20_000 + b"x"),
        ("a.html", b"<html><body>" + b"<blockquote><figure>" * 20_000 + b"x"),
        ("a.json", b"[" * 1_000_000),
        ("a.json", b'{"a":' * 1_000_000),
        (
            "a.eml",
            b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 50_000,
        ),
    ],
)
def test_deep_nesting_ends_soon(tmp_path, name, data):
    begun = time.monotonic()
    batch = load([write(tmp_path / name, data), write(tmp_path / "good.txt", DANISH)])
    assert "good.txt" in [article.id for article in batch.articles]
    assert len(batch.articles) + len(batch.errors) == 2
    assert time.monotonic() - begun < 60


# What is too long


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.jsonl", b'{"id": "a", "text": "'),
        ("a.json", b'{"id": "a", "text": "'),
        ("a.warc", b"WARC/1.0\r\nX: "),
        ("a.warc.gz", b""),
        ("a.eml", b"Subject: "),
        ("a.xml", b"<rss><channel><title>"),
        ("a.html", b"<html><body><p>"),
        ("a.txt", b"x"),
        ("a.pdf", b"%PDF-1.7 "),
    ],
)
def test_a_line_of_fifty_megabytes(tmp_path, name, head):
    data = head + b"a" * 50_000_001
    if name.endswith(".gz"):
        data = gzip.compress(b"WARC/1.0\r\nX: " + data, 1)
    begun = time.monotonic()
    batch = load([write(tmp_path / name, data), write(tmp_path / "good.txt", DANISH)])
    assert [article.id for article in batch.articles] == ["good.txt"]
    assert len(batch.errors) == 1
    assert time.monotonic() - begun < 60


def bomb(megabytes, wbits=31):
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def peak_of(call):
    tracemalloc.start()
    try:
        return call(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_in_a_web_archive_is_cut(tmp_path):
    path = write(tmp_path / "a.warc", warc_of(bomb(500), Content_Encoding="gzip"))
    batch, peak = peak_of(lambda: load([path]))
    (error,) = batch.errors
    assert isinstance(error, OversizeInput)
    assert peak < 200e6


def test_a_web_archive_that_is_a_bomb_is_read_in_pieces(tmp_path):
    page = PAGE.format(published="2026-03-01", after="").encode()
    path = write(tmp_path / "a.warc.gz", gzip.compress(warc_of(page)) + bomb(300))
    batch, peak = peak_of(lambda: load([path]))
    assert [article.id for article in batch.articles] == ["https://a.example/1"]
    assert len(batch.errors) <= 1
    assert peak < 200e6


@pytest.mark.parametrize("parts", [1, 12])
def test_a_word_file_that_is_a_bomb_is_refused(tmp_path, parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>")
        for number in range(parts):
            archive.writestr(f"word/{number}.xml", bytes(20_000_000))
    batch, peak = peak_of(lambda: load([write(tmp_path / "a.docx", out.getvalue())]))
    (error,) = batch.errors
    assert isinstance(error, OversizeInput)
    assert peak < 50e6


# Encodings


@pytest.mark.parametrize(
    "declared", ["utf-8", "utf-16", "ascii", "iso-8859-1", "utf-7", "no-such", "base64", "idna"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_feed_and_a_page_that_lie_about_their_encoding(tmp_path, declared, encoding):
    feed = RSS.format(encoding=declared).encode(encoding)
    page = PAGE.format(published="2026-03-02", after="").replace('"utf-8"', f'"{declared}"').encode(encoding)
    batch = load([write(tmp_path / "a.rss", feed), write(tmp_path / "a.html", page)])
    assert len(batch.articles) + len(batch.errors) >= 2
    assert all(str(error).startswith(str(tmp_path)) for error in batch.errors)
    if encoding == "utf-8":
        (article,) = [article for article in batch.articles if article.id == "a.html"]
        assert "avskjedssøknaden" in article.text


@pytest.mark.parametrize("charset", ["utf-8", "no-such", "utf-7", "rot13", "undefined"])
def test_a_mail_that_lies_about_its_encoding(tmp_path, charset):
    mail = MAIL.replace("charset=iso-8859-1", f"charset={charset}")
    article = only([write(tmp_path / "a.eml", mail)])
    assert "Statsministeren reiser til" in article.text


# From the web, and to the exit status


@given(
    st.binary(max_size=200),
    st.sampled_from([None, "text/html", "application/rss+xml", "application/json", "x/y"]),
)
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_whatever_a_server_sends_a_poll_ends(data, content_type):
    class Sent:
        def get(self, url, validators=None):
            return Fetched(url, "2026-03-02T12:00:00Z", data, content_type)

    polled = poll(Feed(url="https://a.example/"), WatchState(), Sent(), every=600, now=0)
    assert polled.state.feeds["https://a.example/"].due >= 600


def test_served_pages_are_known_by_what_they_are():
    assert kind_by_type("text/html", RSS.format(encoding="utf-8").encode()) == "xml"
    assert kind_by_type("application/xml", PAGE.encode()) == "html"
    assert kind_by_type("text/plain; charset=utf-8", b"Han kom.") == "text"
    assert kind_by_type(None, pdf("x")) == "pdf"
    assert kind_by_type("application/json", b"{}") == "json"


def test_the_exit_status_tells_and_what_is_good_is_printed(tmp_path, capsys):
    bad = [
        write(tmp_path / "a.xml", f"{ENTITIES['laughs']}<rss>&l9;</rss>"),
        write(tmp_path / "b.json", "{"),
        write(tmp_path / "c.warc.gz", bomb(5)),
        write(tmp_path / "d.docx", b"PK\x03\x04"),
    ]
    good = write(tmp_path / "good.json", json.dumps(NINJS["3.0"]))
    with pytest.raises(SystemExit) as ended:
        cli.main(["read", "--json", *map(str, bad), str(good)])
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert [article["id"] for story in json.loads(out)["stories"] for article in story["articles"]] == [
        "urn:agency:3"
    ]
    lines = err.splitlines()
    assert len(lines) == 4
    assert all(line.startswith(f"tidende: {path}") for line, path in zip(lines, bad, strict=True))
