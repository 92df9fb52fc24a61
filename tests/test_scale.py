"""`tidende add --cluster`: the same records as one process, whatever dies on the way."""

import json
import logging
import os
import signal
import subprocess
import sys
import time

import pytest

import clusters
import desks
import outputs
from tidende import cli
from tidende.desk import Desk
from tidende.errors import ClusterError, ReadingFailed, SetAside
from tidende.scale import Limits, add_corpus, connected, read_corpus

pytest.importorskip("dask.distributed")

# What no article of ours makes happen any more, each on a word of the text: put into the processes that read
# by the file that Python loads as it starts.
FAULTS = """
import os, signal, sys, time

if "tidende.scale.child" in sys.orig_argv:
    import tidende.desk as desk

    read_batch = desk.read_batch

    def faulty(articles, model):
        text = "".join(article.text for article in articles)
        if "Breakdown" in text:
            raise ValueError("a fault")
        if "Wreckage" in text:
            os.kill(os.getppid(), signal.SIGKILL)
        if "Crash" in text:
            os.abort()
        while "Hanging" in text:
            pass
        if "Memory" in text:
            held = b"x" * (1500 << 20)
            time.sleep(600)
        return read_batch(articles, model)

    desk.read_batch = faulty
"""
NEWS = (
    "Merkel og Macron møttes i Paris\n\nTysklands kansler Angela Merkel og Frankrikes president Emmanuel "
    "Macron møttes i Paris torsdag.\n",
    "Merkel and Macron meet in Paris\n\nGerman Chancellor Angela Merkel met French President Emmanuel Macron "
    "in Paris on Thursday.\n",
    "Kraftig regn på Vestlandet\n\nDet har regnet kraftig i Bergen hele natten, og flere veier er stengt.\n",
    "Statsministeren trækker sig\n\nDen danske statsminister siger, at hun trækker sig.\n",
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two worker processes; the first death of one is told, so that what kills workers is found soon."""
    folder = tmp_path_factory.mktemp("faults")
    (folder / "sitecustomize.py").write_text(FAULTS, encoding="utf-8")
    with clusters.local(2, path=[str(folder), *sys.path], scheduler__allowed_failures=0) as cluster:
        yield cluster


@pytest.fixture
def client(cluster):
    with connected(cluster.scheduler_address) as client:
        client.wait_for_workers(2)
        yield client


@pytest.fixture
def call(capfd):
    """Run the command in this process; give the exit status, the output and the lines of error."""

    def run(*arguments):
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return ended.value.code or 0, out, err.splitlines()

    return run


def write(path, *texts, names="abcdefghijklmnop"):
    rows = (
        {"id": name, "text": text, "published": "2019-04-25"}
        for name, text in zip(names, texts, strict=False)
    )
    return desks.write(path, rows)


def opening(text):
    """Give the first paragraphs, so that many articles are soon read."""
    return text[: text.index("\n", 400) + 1]


def kept(desk):
    return {record.id: record.model_dump() for record in desk.records()}


def test_a_cluster_gives_the_records_that_one_process_gives(cluster, tmp_path, call):
    rows = [{**row, "text": opening(row["text"])} for row in outputs.mixed_articles()]
    path = desks.write(tmp_path / "news.jsonl", rows)
    files = [path, *sorted((outputs.DATA.parent.parent / "examples" / "vladivostok").glob("*.txt"))]
    options = ("--published", "2019-04-25", "--json", "--desk")
    there = call("add", "--cluster", cluster.scheduler_address, *options, tmp_path / "there.db", *files)
    here = call("add", *options, tmp_path / "here.db", *files)
    assert there[0] == 0
    assert there == here
    with Desk(tmp_path / "there.db") as one, Desk(tmp_path / "here.db") as other:
        assert len(desks.story_of(one)) == 14
        assert kept(one) == kept(other)
        assert one.check().problems == []
    again = call("add", "--cluster", cluster.scheduler_address, *options, tmp_path / "there.db", *files)
    told = json.loads(again[1])
    assert (told["new"], told["changed"], len(told["known"])) == ([], [], 14)
    assert again[2] == []


def test_articles_that_break_what_reads_them_are_set_aside_and_named(client, tmp_path):
    faults = ("Breakdown in Bergen.\n", "Crash in Bergen.\n", "Hanging in Bergen.\n", "Memory in Bergen.\n")
    path = write(tmp_path / "news.jsonl", NEWS[0], *faults, NEWS[2])
    errors = []
    limits = Limits(articles=6, seconds=5, memory=1200)
    with Desk(tmp_path / "desk.db", create=True) as desk:
        added = add_corpus(desk, [path], client, on_error=errors.append, limits=limits)
        # a fault that Python tells is what it is in one process: told, and the article is kept unread
        assert added.new == ["a", "b", "f"]
        assert [desk.show(name).articles[0].reading for name in "ab"] == ["full", "grouped"]
    assert [(type(error), error.name) for error in errors] == [
        (ReadingFailed, "b"),
        (SetAside, "c"),
        (SetAside, "d"),
        (SetAside, "e"),
    ]
    assert "ValueError: a fault" in str(errors[0])
    assert str(errors[1]) == "c: set aside: the process that read it was killed by signal 6"
    assert str(errors[2]) == "d: set aside: not read in 5 seconds"
    assert str(errors[3]).startswith("e: set aside: reading it takes 1,")


def test_an_article_that_kills_workers_is_found_among_others(client, tmp_path):
    path = write(tmp_path / "news.jsonl", NEWS[0], "Wreckage in Bergen.\n", NEWS[2])
    errors = []
    read = list(read_corpus([path], client, on_error=errors.append, limits=Limits(articles=3)))
    assert [one.reading and one.reading.article.id for one in read] == ["a", None, "c"]
    assert [str(error) for error in errors] == ["b: set aside: workers died over it"]


def test_killed_workers_lose_nothing(client, tmp_path):
    rows = [{**row, "text": opening(row["text"])} for row in desks.rows()[:8]]
    path = desks.write(tmp_path / "news.jsonl", rows)
    with Desk(tmp_path / "desk.db", create=True) as desk:
        killed = []

        def kill(done):
            for one in done:
                if len(killed) < 2:
                    told = client.run(os.getpid, on_error="return").values()
                    killed.append(next(pid for pid in told if isinstance(pid, int)))
                    os.kill(killed[-1], signal.SIGKILL)
                yield one

        added = add_corpus(desk, [path], client, limits=Limits(articles=2), watch=kill)
        assert added.new == [row["id"] for row in rows]
        assert (added.changed, added.known) == ([], [])
        assert sorted(desks.story_of(desk)) == sorted(added.new)
    assert len(set(killed)) == 2


def test_a_command_that_was_killed_goes_on(cluster, tmp_path, call):
    rows = [{**row, "text": opening(row["text"])} for row in desks.rows()[8:16]]
    path = desks.write(tmp_path / "news.jsonl", rows)
    options = ["add", "--json", "--cluster", cluster.scheduler_address, "--desk", str(tmp_path / "desk.db")]
    running = subprocess.Popen(
        [sys.executable, "-m", "tidende.cli", *options, str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    filed = 0
    while not filed and running.poll() is None:
        time.sleep(0.2)
        if (tmp_path / "desk.db").exists():
            with Desk(tmp_path / "desk.db", create=True) as desk:
                filed = len(desks.story_of(desk))
    running.kill()
    running.wait()
    with Desk(tmp_path / "desk.db") as desk:
        filed = len(desks.story_of(desk))
    assert filed > 0
    status, out, errors = call(*options, path)
    assert (status, errors) == (0, [])
    told = json.loads(out)
    assert len(told["known"]) == filed
    assert told["known"] + told["new"] == [row["id"] for row in rows]


def test_finished_partitions_are_kept_and_not_read_again(client, tmp_path):
    path = write(tmp_path / "news.jsonl", *NEWS)
    shelf, limits = tmp_path / "shelf", Limits(articles=1)
    run = read_corpus([path], client, keep=shelf, limits=limits)
    first = [next(run), next(run)]
    run.close()  # as if it had been killed here
    manifest = shelf / "manifest.jsonl"
    lines = manifest.read_text().splitlines()
    manifest.write_text("\n".join([*lines, '{"part": "torn']))
    texts = (*NEWS[1:], NEWS[0])  # in another order, and in other partitions
    other = write(tmp_path / "other.jsonl", *texts, names="bcda")
    read = list(read_corpus([other], client, keep=shelf, limits=Limits(articles=4)))
    assert [one.reading.article.id for one in read] == ["b", "c", "d", "a"]
    assert [read[3], read[0]] == first
    parts = [line for line in manifest.read_text().splitlines() if line.endswith("}")]
    assert sum(len(json.loads(part)["articles"]) for part in parts) == 4


def test_bad_inputs_are_told_once_each(cluster, tmp_path, call):
    news = tmp_path / "news"
    news.mkdir()
    write(news / "good.jsonl", NEWS[2])
    (news / "bad.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    (news / "torn.parquet").write_bytes(b"PAR1 and no more")
    gone = tmp_path / "*.warc.gz"
    sources = [
        f"file://{news}/*.jsonl",
        news / "torn.parquet",
        gone,
        "https://news.example/x.jsonl",
        "odd://a/b",
    ]
    command = ("add", "--cluster", cluster.scheduler_address, "--desk", tmp_path / "desk.db")
    status, out, errors = call(*command, *sources)
    assert (status, out) == (2, "1 article added, 0 told more of, 0 known\n")
    told = sorted(line.removeprefix("tidende: ").replace(str(tmp_path), "") for line in errors)
    assert told == sorted(
        [
            "/news/bad.jsonl:1: no 'text' in it",
            told[2],
            "/*.warc.gz: no file of this name",
            "https://news.example/x.jsonl: an address is not fetched here; save the page and read the file, "
            "or watch its feed",
            "odd://a/b: protocol not known: odd",
        ]
    )
    assert told[2].startswith("/news/torn.parquet: broken Parquet after row 0: ")
    assert call(*command, gone)[2] == [f"tidende: {gone}: no file of this name"]


def test_a_cluster_that_is_not_there_is_told_in_one_line(tmp_path, call, cluster):
    desk = ("--desk", tmp_path / "desk.db")
    path = write(tmp_path / "news.jsonl", NEWS[0])
    status, out, errors = call("add", "--cluster", "nowhere at all", *desk, path)
    assert (status, out, errors) == (2, "", ["tidende: no address of a cluster: nowhere at all"])
    with (
        pytest.raises(ClusterError, match="no scheduler answers"),
        connected("tcp://127.0.0.1:9", patience=0.5),
    ):
        pass
    status, out, errors = call(
        "add", "--cluster", cluster.scheduler_address, "--published", "soon", *desk, path
    )
    assert (status, out, errors) == (2, "", ["tidende: published: not an ISO date: 'soon'"])


def test_what_dask_logs_is_heard_again_afterwards(cluster):
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    with connected(cluster.scheduler_address):
        assert not any(logger.isEnabledFor(logging.ERROR) for logger in loggers)
    with pytest.raises(ClusterError), connected("tcp://127.0.0.1:9", patience=0.5):
        pass
    assert [logger.level for logger in loggers] == before


@pytest.mark.parametrize("days", [None, 1])
def test_a_cluster_that_is_lost_is_told_and_what_was_read_is_kept(tmp_path, days):
    rows = [{**row, "text": opening(row["text"])} for row in desks.rows()[:12]]
    path = desks.write(tmp_path / "news.jsonl", rows)
    with clusters.Machines(tmp_path, 1) as machines:

        def kill(done):
            for one in done:
                machines.kill_scheduler()
                yield one

        with Desk(tmp_path / "desk.db", create=True) as desk, connected(machines.address) as client:
            with pytest.raises(ClusterError, match="run it again to go on"):
                add_corpus(desk, [path], client, limits=Limits(articles=1), watch=kill, days=days)
            assert 0 < len(desks.story_of(desk)) < 12
            assert desk.check().problems == []


def test_windows_of_days_give_the_records_that_one_process_gives(cluster, tmp_path, call):
    rows = [{**row, "text": opening(row["text"])} for row in desks.rows()[:15]]
    for n, row in enumerate(rows):  # stories on both sides of a border, and some without a day
        row["published"] = None if n % 7 == 0 else f"2019-04-{14 + n % 4}"
    first, second = rows[:6], rows[6:]
    second.append({**rows[1], "id": "later", "published": "2021-01-05"})  # the same text, windows away
    second.append({**rows[2], "text": f"{rows[3]['text']} Mer.", "published": "2017-02-01"})  # of one id
    second += [dict(rows[4]), {**rows[0], "published": "2019-04-14"}]  # known; told more of
    for number, part in enumerate((first, second)):
        path = desks.write(tmp_path / f"news{number}.jsonl", part)
        options = ("--json", "--desk")
        days = ("--cluster", cluster.scheduler_address, "--days", "2")
        there = call("add", *days, *options, tmp_path / "there.db", path)
        here = call("add", *options, tmp_path / "here.db", path)
        assert there[0] == here[0]
        told, due = json.loads(there[1]), json.loads(here[1])
        assert {name: sorted(ids) for name, ids in told.items()} == {n: sorted(i) for n, i in due.items()}
    with Desk(tmp_path / "there.db") as one, Desk(tmp_path / "here.db") as other:
        assert len(desks.story_of(other)) == len(rows) + 2
        assert desks.story_of(one) == desks.story_of(other)
        assert kept(one) == kept(other)
        assert one.check().problems == []
