"""`tidende watch`: feeds into a desk, alerts out of it, stopped and gone on with."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tidende.desk import Desk
from webserver import LOCAL, serving

ITEMS = (
    ("a1", "Macron i København", "Emmanuel Macron mødte torsdag Mette Frederiksen i København i en time."),
    ("a2", "Putin og Kim", "Vladimir Putin mødte torsdag Kim Jong-un i Vladivostok. De talte om sanktioner."),
)
RULES = '[[rules]]\nname = "Putin meets"\nactors = ["Vladimir Putin"]\ntypes = ["CONSULT"]\n'


def feed(items) -> bytes:
    entries = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid>"
        f"<pubDate>Thu, 25 Apr 2019 12:00:00 GMT</pubDate><description>{text}</description></item>"
        for guid, title, text in items
    )
    return f"<rss version='2.0'><channel><title>Bladet</title>{entries}</channel></rss>".encode()


@pytest.fixture
def server():
    with serving() as running:
        running.pages["/rss"] = feed(ITEMS[:1])
        yield running


def plan(folder: Path, server) -> Path:
    path = folder / "feeds.toml"
    path.write_text(
        f'every = 0.2\ndelay = 0.0\nprivate_hosts = ["{LOCAL}"]\n\n[[feeds]]\nurl = "{server.url("/rss")}"\n',
        encoding="utf-8",
    )
    return path


def command(folder: Path, server, *options: object) -> list[str]:
    (folder / "alerts.toml").write_text(RULES, encoding="utf-8")
    given = ["--desk", folder / "desk.db", "--alerts", folder / "alerts.toml", *options]
    return [sys.executable, "-m", "tidende.cli", "watch", str(plan(folder, server)), *map(str, given)]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)


def test_what_is_new_is_kept_once_and_alerts_are_told_once(tmp_path, server):
    feed_of_alerts = tmp_path / "alerts.xml"
    first = run(*command(tmp_path, server, "--polls", 2, "--alert-feed", feed_of_alerts))
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    server.pages["/rss"] = feed(ITEMS)
    second = run(*command(tmp_path, server, "--polls", 2, "--alert-feed", feed_of_alerts))
    (told,) = map(json.loads, second.stdout.splitlines())
    assert told["rule"] == "Putin meets"
    assert "Putin" in told["evidence"][0]["text"]
    assert b"Putin meets" in feed_of_alerts.read_bytes()
    third = run(*command(tmp_path, server, "--polls", 1, "--alert-feed", feed_of_alerts))
    assert third.stdout == ""
    with Desk(tmp_path / "desk.db") as desk:
        assert sum(len(story.articles) for story in desk.stories()) == 2
        assert {story.articles[0].outlet for story in desk.stories()} == {"Bladet"}


def test_a_watch_ends_cleanly_when_it_is_told_to(tmp_path, server):
    running = subprocess.Popen(
        command(tmp_path, server), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while server.asked["/rss"] < 3 and time.monotonic() < until:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    _, error = running.communicate(timeout=60)
    assert (running.returncode, error) == (0, "")
    with Desk(tmp_path / "desk.db") as desk:
        assert sum(len(story.articles) for story in desk.stories()) == 1


def test_a_feed_that_cannot_be_had_is_told_and_the_watch_goes_on(tmp_path, server):
    del server.pages["/rss"]
    done = run(*command(tmp_path, server, "--polls", 1))
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "404" in done.stderr


@pytest.mark.parametrize(
    ("plan_text", "problem"),
    [("feeds = []\n", "feeds"), ("[[feeds]]\nurl = 7\n", "url"), ("[[feeds\n", "feeds.toml")],
)
def test_a_plan_that_is_none_is_told(tmp_path, plan_text, problem):
    path = tmp_path / "feeds.toml"
    path.write_text(plan_text, encoding="utf-8")
    done = run(sys.executable, "-m", "tidende.cli", "watch", str(path), "--desk", str(tmp_path / "desk.db"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert problem in done.stderr
