"""Fetching: only public addresses, politely and within limits; what goes wrong is told and does no harm."""

import gzip
import socket
import time
import zlib

import pytest

from tidende.errors import FetchFailed, FetchRefused, OversizeInput
from tidende.ingest.fetch import Fetcher, Limits, Validators
from webserver import LOCAL, Clock, guarded, serving

PUBLIC = "93.184.216.34"
OURS = (LOCAL, "a.example", "b.example", "avisa.example")


@pytest.fixture
def tried(monkeypatch):
    with guarded(monkeypatch) as addresses:
        yield addresses


@pytest.fixture
def server(tried):
    with serving() as running:
        yield running


def fetcher(**options):
    clock = Clock()
    limits = options.pop("limits", Limits(seconds=5, delay=0))
    options.setdefault("resolve", lambda host, port: [LOCAL])
    return Fetcher(limits=limits, private_hosts=OURS, clock=clock, sleep=clock.sleep, **options)


def strict(resolve=lambda host, port: [PUBLIC], **options):
    return Fetcher(limits=Limits(seconds=5, delay=0), resolve=resolve, **options)


# What is refused, before anything is connected to


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost.",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0x7f.1",
        "127.1",
        "0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:a00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1%25eth0]",
        "[fc00::1]",
        "[ff02::1]",
    ],
)
def test_a_private_address_is_refused_in_every_form(host, tried):
    system = strict(resolve=lambda name, port: [LOCAL])
    with pytest.raises(FetchRefused):
        system.get(f"http://{host}/latest/meta-data")
    assert tried == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.8", "::1", "fd00::1", "::ffff:192.168.1.1", "nonsense"]
)
def test_a_name_that_leads_to_a_private_address_is_refused(address, tried):
    with pytest.raises(FetchRefused, match="not a public address"):
        strict(resolve=lambda host, port: [address]).get("https://rebind.example/")
    with pytest.raises(FetchRefused, match="not a public address"):
        strict(resolve=lambda host, port: [PUBLIC, address]).get("https://both.example/")
    assert tried == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(tried):
    """A name server that answers with a public address, then with a private one, gains nothing."""
    answers = [[PUBLIC], [LOCAL]]
    with pytest.raises(FetchFailed):
        strict(resolve=lambda host, port: answers.pop(0)).get("http://rebind.example/")
    assert tried == [PUBLIC]


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest", "//inner.example/x", "http://[::1]/"])
def test_a_redirect_to_a_private_address_is_refused(server, tried, target):
    server.pages["/"] = lambda request: request.answer(302, Location=target)
    addresses = {"a.example": LOCAL, "inner.example": "10.0.0.1"}
    with pytest.raises(FetchRefused, match="not a public address"):
        fetcher(resolve=lambda host, port: [addresses[host]]).get(server.url("/", "a.example"))
    assert set(tried) == {LOCAL}
    assert server.asked["/"] == 1


def test_a_host_of_ones_own_may_be_named(server):
    server.pages["/"] = b"x"
    with pytest.raises(FetchRefused):
        strict().get(server.url("/"))
    assert strict(private_hosts=[LOCAL]).get(server.url("/")).data == b"x"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/html,x",
        "javascript:alert(1)",
        "//example.org/",
        "example.org",
        "",
        "http://",
        "http:///x",
        "http://user@example.org/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/a b",
        "http://example.org/\r\nHost: inner",
        "http://[::1",
        "http://example.org:99999/",
        "http://" + "a" * 64 + ".example/",
        "http://exa mple.org/",
        "http://example.org/" + "a" * 5000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url, tried):
    with pytest.raises(FetchRefused) as told:
        strict().get(url)
    assert len(str(told.value)) < 400
    assert tried == []


def test_a_host_that_nobody_knows(tried):
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(FetchFailed, match=r"the host nowhere\.example is not known"):
        strict(resolve=unknown).get("http://nowhere.example/")
    assert tried == []


# What is fetched


def test_a_page_with_what_is_known_of_it(server):
    server.pages["/å"] = server.pages["/%C3%A5"] = lambda request: request.answer(
        200, b"<p>hei", ETag='"1"', Last_Modified="Mon, 02 Mar 2026 10:00:00 GMT", Content_Type="text/html"
    )
    found = fetcher().get(server.url("/å", "avisa.example"))
    assert (found.data, found.content_type, found.changed) == (b"<p>hei", "text/html", True)
    assert found.validators == Validators('"1"', "Mon, 02 Mar 2026 10:00:00 GMT")
    assert found.url == server.url("/%C3%A5", "avisa.example")
    assert found.fetched.endswith("Z")
    path, headers = server.requests[-1]
    assert (path, headers["Host"]) == ("/%C3%A5", f"avisa.example:{server.server_port}")
    assert headers["User-Agent"] == "tidende"


def test_what_has_not_changed_is_not_sent_again(server):
    def page(request):
        if request.headers.get("If-None-Match") == '"1"':
            request.answer(304)
        else:
            request.answer(200, b"new", ETag='"1"')

    server.pages["/"] = page
    web = fetcher()
    first = web.get(server.url("/"))
    second = web.get(server.url("/"), first.validators)
    assert (second.changed, second.data, second.validators) == (False, b"", first.validators)


def test_redirects_are_followed_and_counted(server):
    server.pages["/one"] = lambda request: request.answer(301, Location="two?x=1#part")
    server.pages["/two"] = lambda request: request.answer(307, Location=server.url("/three", "b.example"))
    server.pages["/three"] = b"there"
    server.pages["/round"] = lambda request: request.answer(302, Location="/round")
    web = fetcher()
    assert web.get(server.url("/one", "a.example")).url == server.url("/three", "b.example")
    with pytest.raises(FetchFailed, match="more than 5 redirects"):
        web.get(server.url("/round"))
    assert server.asked["/round"] == 6


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_packed_pages_are_unpacked(server, pack):
    encoding = "gzip" if pack is gzip.compress else "deflate"
    server.pages["/"] = lambda request: request.answer(200, pack(b"side" * 5000), Content_Encoding=encoding)
    assert fetcher().get(server.url("/")).data == b"side" * 5000


@pytest.mark.parametrize(
    ("status", "after", "seconds"), [(503, "120", 120.0), (500, None, None), (410, "x", None)]
)
def test_an_answer_that_is_an_error_is_told(server, status, after, seconds):
    server.pages["/"] = lambda request: request.answer(
        status, b"no", **({"Retry_After": after} if after else {})
    )
    with pytest.raises(FetchFailed, match=f"the server answers {status}") as told:
        fetcher().get(server.url("/"))
    assert (told.value.status, told.value.retry_after) == (status, seconds)


# Limits


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_cut(server, encoding):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(300)) + packer.flush()
    server.pages["/"] = lambda request: request.answer(200, bomb, Content_Encoding=encoding)
    with pytest.raises(OversizeInput, match="more than 1,000,000 bytes"):
        fetcher(limits=Limits(size=1_000_000, delay=0)).get(server.url("/"))


def test_an_endless_page_is_cut(server):
    def endless(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for _ in range(100_000):
            request.wfile.write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")

    server.pages["/"] = endless
    with pytest.raises(OversizeInput):
        fetcher(limits=Limits(size=1_000_000, delay=0)).get(server.url("/"))


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_server_that_drips_is_left(server, part):
    def drip(request):
        if part == "body":
            request.send_response(200)
            request.send_header("Content-Length", "100000")
            request.end_headers()
        for _ in range(100):
            request.wfile.write(b"H" if part == "head" else b"x")
            request.wfile.flush()
            time.sleep(0.1)

    server.pages["/"] = drip
    begun = time.monotonic()
    with pytest.raises(FetchFailed, match="within 1 seconds"):
        fetcher(limits=Limits(seconds=1, delay=0)).get(server.url("/"))
    assert time.monotonic() - begun < 4


def broken(request):
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b"half")
    request.close_connection = True


def no_http(request):
    request.wfile.write(b"\x00\xff nonsense \r\n\r\n")
    request.close_connection = True


def endless_head(request):
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 5_000_000)
    request.close_connection = True


def half_packed(request):
    request.answer(200, gzip.compress(b"side" * 5000)[:-30], Content_Encoding="gzip")


def wrongly_packed(request):
    request.answer(200, b"not packed at all", Content_Encoding="gzip")


def strangely_packed(request):
    request.answer(200, b"x", Content_Encoding="br")


def silent(request):
    request.close_connection = True


@pytest.mark.parametrize(
    "page", [broken, no_http, endless_head, half_packed, wrongly_packed, strangely_packed, silent]
)
def test_a_broken_answer_is_told(server, page):
    server.pages["/"] = page
    with pytest.raises(FetchFailed):
        fetcher().get(server.url("/"))


# Manners


def test_robots_txt_is_obeyed_also_by_redirects(server):
    server.pages["/robots.txt"] = b"User-agent: *\nDisallow: /inner\nCrawl-delay: 3\n"
    server.pages["/inner"] = server.pages["/open"] = b"x"
    server.pages["/door"] = lambda request: request.answer(302, Location="/inner")
    web = fetcher()
    assert web.get(server.url("/open")).data == b"x"
    for path in ("/inner", "/door"):
        with pytest.raises(FetchRefused, match=r"robots\.txt"):
            web.get(server.url(path))
    assert server.asked["/inner"] == 0
    assert server.asked["/robots.txt"] == 1


@pytest.mark.parametrize(
    ("status", "body", "fetched"),
    [
        (404, b"", True),
        (403, b"", True),
        (200, b"<html>no robots</html>", True),
        (500, b"", False),
        (429, b"", False),
    ],
)
def test_a_missing_robots_txt_allows_and_a_broken_server_does_not(server, status, body, fetched):
    server.pages["/robots.txt"] = lambda request: request.answer(status, body)
    server.pages["/"] = b"x"
    if fetched:
        assert fetcher().get(server.url("/")).data == b"x"
    else:
        with pytest.raises(FetchFailed, match=r"robots\.txt cannot be had"):
            fetcher().get(server.url("/"))
        assert server.asked["/"] == 0


def test_a_host_is_asked_no_faster_than_agreed(server):
    server.pages["/"] = b"x"
    web = fetcher(limits=Limits(delay=2.0))
    for _ in range(3):
        web.get(server.url("/"))
    assert web.sleep.__self__.slept == [2.0, 2.0, 2.0]  # robots.txt, then three pages


def test_a_host_may_ask_for_more_time(server):
    server.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 7\n"
    server.pages["/"] = b"x"
    web = fetcher(limits=Limits(delay=2.0))
    web.get(server.url("/"))
    web.get(server.url("/"))
    assert web.sleep.__self__.slept == [7.0, 7.0]


def test_no_proxy_of_the_environment_is_asked(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    server.pages["/"] = b"x"
    assert fetcher().get(server.url("/")).data == b"x"
