"""Watching feeds: whatever servers do, and whenever it stops, nothing is lost and nothing comes twice."""

import gzip
import hashlib
from collections import Counter
from itertools import pairwise

import pytest

from tidende.errors import FetchFailed, FetchRefused, MalformedInput, UsageError
from tidende.ingest.fetch import Fetcher, Limits
from tidende.ingest.plan import Feed, Plan, WatchState, load_plan
from tidende.ingest.watch import watch
from webserver import LOCAL, Clock, guarded, serving

EVERY = 600.0
WINDOW = 30  # items that the feeds show: as many as a busy outlet's


@pytest.fixture
def server(monkeypatch):
    with guarded(monkeypatch), serving() as running:
        yield running


class Desk:
    """Keeps articles and the state of the watch together, as a desk does; it may be killed between."""

    def __init__(self):
        self.articles = []
        self.state = WatchState().model_dump_json()
        self.fails = 0

    def file(self, articles, state):
        if self.fails:
            self.fails -= 1
            raise OSError("disk full")
        self.articles += articles
        self.state = state.model_dump_json()

    def go_on(self, plan, clock, **options):
        web = Fetcher(
            limits=Limits(seconds=2, delay=0),
            private_hosts=[LOCAL],
            clock=clock,
            sleep=clock.sleep,
        )
        state = WatchState.model_validate_json(self.state)
        return watch(plan, state, self.file, fetcher=web, clock=clock, sleep=clock.sleep, **options)


def rss(items):
    entries = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid><link>{link}</link>"
        f"<description>{words}</description></item>"
        for guid, title, link, words in items
    )
    return f"<rss version='2.0'><channel><title>Bladet</title>{entries}</channel></rss>".encode()


class Outlet:
    """An outlet that prints an article every ten minutes, on a server that has bad days."""

    def __init__(self, server, name, clock):
        self.server, self.name, self.clock, self.start = server, name, clock, clock()
        self.polls = 0
        server.pages[f"/{name}"] = self.feed

    def printed(self):
        return 1 + int((self.clock() - self.start) // EVERY)

    def items(self):
        newest = self.printed() - 1
        for number in range(newest, max(-1, newest - WINDOW), -1):
            link = self.server.url(f"/{self.name}/{number}")
            yield (
                f"{self.name}-{number}",
                f"Sak {number}",
                link,
                f"Dette er sak nummer {number} i {self.name}.",
            )

    def feed(self, request):
        self.polls += 1
        body = rss(self.items())
        etag = '"' + hashlib.sha256(body).hexdigest()[:8] + '"'
        turn = self.polls % 11
        if turn == 2:
            request.answer(500, b"no")
        elif turn == 4:
            request.answer(503, b"later", Retry_After="900")
        elif turn == 5:
            request.send_response(200)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body[: len(body) // 2])
            request.close_connection = True
        elif turn == 6:
            request.answer(302, Location=f"/{self.name}-moved")
        elif turn == 7:
            request.wfile.write(b"nonsense\r\n\r\n")
            request.close_connection = True
        elif turn == 8:
            request.answer(200, gzip.compress(body), Content_Encoding="gzip", ETag=etag)
        elif turn == 9:
            request.answer(200, b"<html><body>Sorry, we are being repaired.</body></html>")
        elif request.headers.get("If-None-Match") == etag:
            request.answer(304)
        else:
            request.answer(200, body, ETag=etag, Content_Type="application/rss+xml")


def test_two_hundred_polls_of_servers_that_misbehave(server):
    clock = Clock()
    one, two = Outlet(server, "en", clock), Outlet(server, "to", clock)
    server.pages["/en-moved"] = lambda request: request.answer(200, rss(one.items()))
    server.pages["/to-moved"] = lambda request: request.answer(404)
    server.pages["/robots.txt"] = b"User-agent: *\nDisallow: /hidden\n"
    server.pages["/hidden"] = rss([("x", "x", "http://x.example/", "x")])
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url(path)) for path in ("/en", "/to", "/hidden")])
    desk = Desk()
    errors = Counter()
    polls = rounds = 0
    while polls < 200:
        rounds += 1
        desk.fails = int(rounds % 7 == 3)  # killed, or the disk is full
        batch = []
        try:
            desk.go_on(plan, clock, polls=min(9, 200 - polls), on_poll=batch.append)
        except OSError:
            clock.sleep(1)
        polls += len(batch)
        errors.update(type(error) for polled in batch for error in polled.errors)
    assert server.asked["/en"] > 50
    assert server.asked["/hidden"] == 0
    assert errors[FetchFailed] > 20
    assert errors[FetchRefused] > 0
    for outlet in (one, two):
        server.pages[f"/{outlet.name}"] = rss(outlet.items())  # a good day at last
    state = WatchState.model_validate_json(desk.state)
    for feed in state.feeds.values():
        feed.due = 0.0
    desk.state = state.model_dump_json()
    desk.go_on(plan, clock, polls=3)
    ids = Counter(article.id.rpartition("#")[2] for article in desk.articles)
    printed = [f"{outlet.name}-{number}" for outlet in (one, two) for number in range(outlet.printed())]
    assert ids == Counter(printed)


def test_a_watch_goes_on_where_it_was_stopped(server):
    clock = Clock()
    Outlet(server, "en", clock)
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url("/en"), outlet="Bladet på øya")])
    desk = Desk()
    desk.go_on(plan, clock, polls=1)
    assert [article.text for article in desk.articles] == ["Dette er sak nummer 0 i en."]
    assert desk.articles[0].outlet == "Bladet på øya"
    desk.go_on(plan, clock, stop=lambda: len(desk.articles) >= 3)
    filed, asked = len(desk.articles), server.asked["/en"]
    desk.go_on(plan, clock, stop=lambda: True)
    assert (len(desk.articles), server.asked["/en"]) == (filed, asked)
    desk.go_on(plan, clock, stop=lambda: len(desk.articles) >= 8)
    numbers = [int(article.id.rpartition("-")[2]) for article in desk.articles]
    assert numbers == list(range(len(numbers)))


def test_a_poll_that_could_not_be_filed_has_not_been(server):
    clock = Clock()
    server.pages["/en"] = rss([("1", "En", "http://a.example/1", "Første sak.")])
    plan = Plan(feeds=[Feed(url=server.url("/en"))])
    desk = Desk()
    desk.fails = 1
    with pytest.raises(OSError, match="disk full"):
        desk.go_on(plan, clock, polls=1)
    assert desk.articles == []
    desk.go_on(plan, clock, polls=1)
    assert [article.text for article in desk.articles] == ["Første sak."]


def test_a_changed_item_is_filed_once_for_each_wording(server):
    clock = Clock()
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url("/en"))])
    desk = Desk()
    for words in ("Tre døde.", "Fire døde.", "Fire døde.", "Tre døde."):
        server.pages["/en"] = rss([("https://a.example/1", "Ulykke", "https://a.example/1", words)])
        desk.go_on(plan, clock, polls=1)
    assert [(article.id, article.text) for article in desk.articles] == [
        ("https://a.example/1", "Tre døde."),
        ("https://a.example/1", "Fire døde."),
    ]


def test_items_without_an_id_are_known_by_their_words(server):
    clock = Clock()
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url("/en"))])
    desk = Desk()
    words = [f"Melding nummer {number}." for number in range(4)]
    for last in range(1, 5):
        entries = "".join(f"<item><description>{each}</description></item>" for each in words[:last][::-1])
        server.pages["/en"] = f"<rss version='2.0'><channel>{entries}</channel></rss>".encode()
        desk.go_on(plan, clock, polls=1)
    assert [article.text for article in desk.articles] == words
    assert len({article.id for article in desk.articles}) == 4


PAGE = (
    '<!DOCTYPE html><html lang="nb"><head><meta charset="utf-8"><title>{title}</title></head><body><article>'
    "<h1>{title}</h1><p>Statsministeren reiste mandag til hovedstaden for å møte kollegaene sine der.</p>"
    "<p>{words}</p></article></body></html>"
)


def page(title, words):
    return PAGE.format(title=title, words=words).encode()


def test_pages_are_read_and_those_that_cannot_be_had_are_tried_again(server):
    clock = Clock()
    answers = [500, 503, 200]
    server.pages["/p/1"] = page("Første", "Det var den første saken om reisen hennes.")
    server.pages["/p/2"] = lambda request: (
        request.answer(200, page("Andre", "Det var den andre saken om reisen hennes."))
        if answers.pop(0) == 200
        else request.answer(500)
    )
    server.pages["/p/3"] = lambda request: request.answer(500)
    server.pages["/robots.txt"] = b"User-agent: *\nDisallow: /p/5\n"
    items = [(f"n{n}", f"Sak {n}", server.url(f"/p/{n}"), f"Kort om sak {n}.") for n in (1, 2, 3, 4, 5)]
    server.pages["/en"] = lambda request: (
        request.answer(304)
        if "If-None-Match" in request.headers
        else request.answer(200, rss(items), ETag='"1"')
    )
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url("/en"), pages=True)])
    desk = Desk()
    found = []
    for _ in range(5):
        before = len(desk.articles)
        desk.go_on(plan, clock, polls=1)
        found.append([article.id.rpartition("#")[2] for article in desk.articles[before:]])
    assert found == [["n5", "n4", "n1"], [], ["n3", "n2"], [], []]
    texts = {article.id.rpartition("#")[2]: article.text for article in desk.articles}
    assert "den første saken" in texts["n1"]
    assert "den andre saken" in texts["n2"]
    assert [texts[key] for key in ("n3", "n4", "n5")] == [
        "Kort om sak 3.",
        "Kort om sak 4.",
        "Kort om sak 5.",
    ]
    assert server.asked["/p/5"] == 0


def test_a_watch_that_is_stopped_amid_pages_loses_none(server):
    clock = Clock()
    for number in range(4):
        server.pages[f"/p/{number}"] = page(f"Sak {number}", f"Her er alt om sak nummer {number} i dag.")
    items = [(f"n{n}", f"Sak {n}", server.url(f"/p/{n}"), f"Kort om sak {n}.") for n in range(4)]
    server.pages["/en"] = rss(items)
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url("/en"), pages=True)])
    desk = Desk()
    desk.go_on(plan, clock, stop=lambda: server.asked["/p/3"] + server.asked["/p/2"] == 2)
    assert len(desk.articles) == 2
    desk.go_on(plan, clock, polls=1)
    assert Counter(article.id.rpartition("#")[2] for article in desk.articles) == dict.fromkeys(
        ("n0", "n1", "n2", "n3"), 1
    )


def test_a_feed_that_fails_is_asked_less_and_less_and_never_before_it_allows(server):
    clock = Clock()
    server.pages["/en"] = lambda request: request.answer(503, b"", Retry_After="7200")
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url("/en"))])
    desk = Desk()
    times = []
    desk.go_on(plan, clock, polls=6, on_poll=lambda polled: times.append(clock()))
    waits = [round(after - before) for before, after in pairwise(times)]
    assert waits == [7200, 7200, 7200, 7200, 9600]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html><body>no feed</body></html>", None),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'y'>]><rss><channel/></rss>", MalformedInput),
        (b"\x00\x01\x02", None),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 5}', MalformedInput),
        (b"<rss", MalformedInput),
    ],
)
def test_what_is_no_feed_is_told_and_asked_again(server, body, kind):
    clock = Clock()
    server.pages["/en"] = lambda request: request.answer(200, body, Content_Type="application/json")
    server.pages["/to"] = rss([("1", "To", "http://a.example/1", "Andre sak.")])
    plan = Plan(every=EVERY, feeds=[Feed(url=server.url(path)) for path in ("/en", "/to")])
    desk = Desk()
    polls = []
    desk.go_on(plan, clock, polls=4, on_poll=polls.append)
    assert [article.text for article in desk.articles] == ["Andre sak."]
    told = [error for polled in polls for error in polled.errors]
    assert told
    assert all(kind is None or isinstance(error, kind) for error in told)
    assert server.asked["/en"] == 2


# feeds.toml


def test_a_plan(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text(
        'every = 300\n[[feeds]]\nurl = "https://a.example/rss"\n'
        '[[feeds]]\nurl = "https://b.example/atom"\noutlet = "B"\npages = true\nevery = 60\n',
        encoding="utf-8",
    )
    plan = load_plan(path)
    assert (plan.every, plan.delay) == (300, 1.0)
    assert [(feed.outlet, feed.pages, feed.every) for feed in plan.feeds] == [
        (None, False, None),
        ("B", True, 60),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("feeds = [", "feeds.toml: "),
        ("every = 300", "feeds: field required"),
        ("feeds = []", "feeds: "),
        ("[[feeds]]\noutlet = 'A'", r"feeds\.0\.url: field required"),
        ("every = 0\n[[feeds]]\nurl = 'x'", "every: input should be greater than 0"),
        ("[[feeds]]\nurl = 'x'\npage = true", r"feeds\.0\.page: extra inputs are not permitted"),
        (None, "no such file"),
    ],
)
def test_a_plan_that_is_wrong_says_where(tmp_path, text, problem):
    path = tmp_path / "feeds.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=problem):
        load_plan(path)
