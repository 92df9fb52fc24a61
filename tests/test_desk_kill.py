"""A process that adds may be killed at any point: nothing told of is lost, nothing is left half-filed."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import desks
from tidende.desk import Desk

KILLS = 200
FURTHER_KILLS = 10  # where a server keeps the desk
COMMAND_KILLS = 20
ARTICLES = 30


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_two_hundred_kills_through_the_store(tmp_path, spot):
    in_file = Path(spot()).is_absolute()
    kills = KILLS if in_file else FURTHER_KILLS
    readings, vectors = desks.readings()[:ARTICLES], desks.vectors()[:ARTICLES]
    with desks.filled(tmp_path / "whole.db", range(ARTICLES)) as whole:
        wanted = desks.story_of(whole)
    chance = random.Random(11)
    spent = 1.0  # seconds that filling a desk takes; known better after the first
    path, killed, amid = spot(), 0, 0
    while killed < kills:
        reading, writing = os.pipe()
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _add_each(path, readings, vectors, writing)
        os.close(writing)
        if not in_file and chance.random() < 0.8:
            select.select([reading], [], [], 60)  # a server takes its time before the first article
        # an early kill meets the making of the file, a later one any step of filing an article
        time.sleep(chance.choice((0.004, 0.02, 0.1, 0.3)) * chance.random() * max(spent, 0.5))
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read().decode().split("\n")[:-1]
        killed += os.WIFSIGNALED(ended)
        amid += 0 < len(told) < len(readings)
        with Desk(path, create=True) as desk:
            stories = desks.story_of(desk)
            assert set(told) <= set(stories), "acknowledged and lost"
            assert desk.store.damage() == []
            assert all(stories.values())
            assert len(desk.store.readings(list(stories))) == len(stories)
        if len(stories) == len(wanted):
            assert stories == wanted
            spent = time.monotonic() - started
            path = spot()
    assert amid > kills / 4  # the others fell before the first article, or after the last
    with Desk(path, create=True) as desk:
        desk.add_readings(readings, vectors)
        assert desks.story_of(desk) == wanted
        assert desk.check().problems == []


def _add_each(path, readings, vectors, writing):
    """Add one by one in a child, and tell of each that was kept."""
    try:
        desk = Desk(path, create=True)
        for reading, vector in zip(readings, vectors, strict=True):
            desk.add_readings([reading], [vector])
            os.write(writing, f"{reading.article.id}\n".encode())
    finally:
        os._exit(0)


@pytest.mark.skipif(
    os.environ.get("TIDENDE_REQUIRE") != "all" and not os.environ.get("TIDENDE_KILL"),
    reason="twenty processes with the model take a minute: TIDENDE_KILL=1",
)
def test_twenty_kills_through_the_command(tmp_path, spot):
    articles = desks.write(tmp_path / "articles.jsonl", desks.rows()[:ARTICLES])
    command = [sys.executable, "-m", "tidende.cli", "add", "--json", str(articles), "--desk"]
    whole = subprocess.run([*command, str(tmp_path / "whole.db")], capture_output=True, check=True)
    with Desk(tmp_path / "whole.db") as desk:
        wanted = desks.story_of(desk)
    assert sorted(json.loads(whole.stdout)["new"]) == sorted(wanted)
    chance = random.Random(12)
    path = spot()
    before = 0
    for _ in range(COMMAND_KILLS):
        running = subprocess.Popen([*command, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 2.5))
        running.kill()
        running.wait()
        with Desk(path, create=True) as desk:
            stories = desks.story_of(desk)
            assert len(stories) >= before
            assert desk.store.damage() == []
            before = len(stories)
    subprocess.run([*command, path], capture_output=True, check=True)
    with Desk(path) as desk:
        assert desks.story_of(desk) == wanted
        assert desk.check().problems == []
