"""Where many articles come from: globs, addresses that fsspec opens, Parquet; the same as `load` gives."""

import datetime
import gzip
import json
import shutil
from pathlib import Path

import pytest

import tidende
from tidende.errors import InputError
from tidende.ingest import load
from tidende.records import Article
from tidende.scale import stream

fsspec = pytest.importorskip("fsspec")
pyarrow = pytest.importorskip("pyarrow")

RAIN = "Det har regnet kraftig i Bergen hele natten, og flere veier er stengt.\n"
SNOW = "Det har snødd i Tromsø, og skolene holder stengt.\n"
PAGE = f"<html><body><article><h1>Kraftig regn på Vestlandet</h1><p>{RAIN * 3}</p></article></body></html>"
ROW = {
    "id": "1",
    "text": RAIN,
    "title": "Regn",
    "outlet": "bt.no",
    "url": "https://bt.no/1",
    "language": "nb",
}


@pytest.fixture
def memory():
    """A file system of fsspec in memory, emptied after use."""
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def parquet(path, rows, **types):
    from pyarrow import parquet as files

    table = pyarrow.Table.from_pylist(rows)
    for name, kind in types.items():
        table = table.set_column(table.column_names.index(name), name, table[name].cast(kind))
    files.write_table(table, path)
    return path


def jsonl(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def warc(*pages):
    found = b""
    for url, page in pages:
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            "WARC-Date: 2019-04-25T10:00:00Z\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        found += gzip.compress(head.encode() + body + b"\r\n\r\n")
    return found


def given(*sources, **options):
    """The articles, and what was told of bad inputs."""
    found = list(stream(sources, **options))
    articles = [one for one in found if isinstance(one, Article)]
    return articles, [str(one) for one in found if isinstance(one, InputError)]


def test_a_row_of_parquet_is_what_a_line_of_json_lines_is(tmp_path):
    rows = [{**ROW, "published": "2019-04-25"}, {**ROW, "id": "2", "published": None}]
    (tmp_path / "news.jsonl").write_bytes(jsonl(*rows))
    parquet(tmp_path / "news.parquet", [{**row, "clicks": 7} for row in rows])
    assert load([tmp_path / "news.parquet"]).articles == load([tmp_path / "news.jsonl"]).articles
    timed = [{**ROW, "published": datetime.datetime(2019, 4, 25, 10, 30)}]
    parquet(tmp_path / "timed.parquet", timed)
    assert load([tmp_path / "timed.parquet"]).articles[0].published == "2019-04-25T10:30:00"
    (record,) = tidende.read(tmp_path / "timed.parquet")
    assert record.articles[0].outlet == "bt.no"


def test_what_is_wrong_with_parquet_is_told(tmp_path):
    rows = [ROW, {**ROW, "id": None}, {**ROW, "id": "3", "text": " "}, ROW]
    batch = load([parquet(tmp_path / "rows.parquet", rows)])
    assert [article.id for article in batch.articles] == ["1"]
    name = tmp_path / "rows.parquet"
    assert [str(error) for error in batch.errors] == [
        f"{name}:2: id: not a string but null",
        f"{name}:3: no text in it",
        f"{name}:4: id '1' is already used at {name}:1",
    ]
    (tmp_path / "torn.parquet").write_bytes(name.read_bytes()[:-9])
    (error,) = load([tmp_path / "torn.parquet"]).errors
    assert str(error).startswith(f"{tmp_path / 'torn.parquet'}: broken Parquet after row 0: ")
    (error,) = load([parquet(tmp_path / "other.parquet", [{"name": "x"}])]).errors
    assert str(error) == f"{tmp_path / 'other.parquet'}: no column 'id'"


def test_one_at_a_time_gives_what_all_at_once_gives(tmp_path):
    for folder, text in (("a", RAIN), ("b", SNOW)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "today.txt").write_text(text, encoding="utf-8")
    (tmp_path / "a" / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b" / "news.jsonl").write_bytes(jsonl(ROW, {**ROW, "id": "2"}, {"id": "3"}))
    (tmp_path / "b" / "web.warc.gz").write_bytes(
        warc(
            ("https://bt.no/1", PAGE), ("https://bt.no/1", PAGE), ("https://bt.no/1", PAGE.replace("r", "d"))
        )
    )
    for sources in ([tmp_path], [tmp_path / "b", tmp_path / "a", tmp_path / "a" / "today.txt"]):
        batch = load(sources, published="2019-04-25")
        articles, errors = given(*sources, published="2019-04-25")
        assert articles == list(batch.articles)
        assert errors == [str(error) for error in batch.errors]
        assert len(articles) == 7


def test_globs_and_addresses_name_files(tmp_path, memory):
    for day in ("01", "02"):
        rows = [{**ROW, "id": f"{day}-{n}"} for n in range(2)]
        (tmp_path / f"news-{day}.jsonl").write_bytes(jsonl(*rows))
        memory.pipe(f"/news/{day}.jsonl", jsonl(*rows))
    shutil.copy(parquet(tmp_path / "x.parquet", [{**ROW, "id": "03-0"}]), tmp_path / "news-03.parquet")
    memory.pipe("/news/03.parquet", Path(tmp_path / "x.parquet").read_bytes())
    memory.pipe("/news/04.warc.gz", warc(("https://bt.no/4", PAGE)))
    memory.pipe("/pages/a/today.txt", RAIN.encode())
    memory.pipe("/pages/b/today.txt", SNOW.encode())
    days = ["01-0", "01-1", "02-0", "02-1", "03-0"]
    for sources in (
        [f"{tmp_path}/news-*"],
        [f"file://{tmp_path}/news-0[12].jsonl", tmp_path / "news-03.parquet", f"{tmp_path}/news-01.jsonl"],
    ):
        articles, errors = given(*sources)
        assert ([article.id for article in articles], errors) == (days, [])
    articles, errors = given("memory://news/*")
    assert ([article.id for article in articles], errors) == ([*days, "https://bt.no/4"], [])
    articles, errors = given("memory://pages")
    assert [article.id for article in articles] == [
        "memory:///pages/a/today.txt",
        "memory:///pages/b/today.txt",
    ]
    assert [article.text for article in articles] == [RAIN, SNOW]
    assert given("memory://pages/a/today.txt")[0][0].id == "today.txt"


def test_what_is_not_there_is_told(tmp_path, memory):
    memory.pipe("/news/bad.jsonl", b'{"id": "1"}\n')
    memory.pipe("/news/bad.parquet", b"PAR1 and no more")
    articles, errors = given(
        "memory://news/bad.jsonl",
        "memory://news/bad.parquet",
        "memory://news/gone.jsonl",
        "memory://news/*.warc.gz",
        "odd://news/x.jsonl",
        "https://news.example/x.jsonl",
        str(tmp_path / "none-*.jsonl"),
        "",
    )
    assert articles == []
    torn = next(error for error in errors if "bad.parquet" in error)
    assert torn.startswith("memory:///news/bad.parquet: broken Parquet after row 0: ")
    web = next(error for error in errors if "https" in error)
    assert web.startswith("https://news.example/x.jsonl: an address is not fetched here")
    assert sorted({*errors} - {torn, web}) == [
        "'': a file name that is empty",
        f"{tmp_path}/none-*.jsonl: no file of this name",
        "memory:///news/bad.jsonl:1: no 'text' in it",
        "memory://news/*.warc.gz: no file of this name",
        "memory://news/gone.jsonl: no file of this name",
        "odd://news/x.jsonl: protocol not known: odd",
    ]
    assert len(errors) == 8
