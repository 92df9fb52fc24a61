"""The one module that opens addresses of the web: politely, within limits, and only public ones."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from tidende.errors import FetchFailed, FetchRefused, InputError, OversizeInput
from tidende.ingest.addresses import Address, Resolve, checked, read_address, resolve
from tidende.ingest.draft import LARGEST_HTML

AGENT = "tidende"

_MOVED = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_LARGEST_ROBOTS = 512_000
_ROBOTS_FOR = 24 * 3600.0  # seconds that a robots.txt is remembered
_LONGEST_DELAY = 60.0  # seconds that a robots.txt may ask between two requests
_PIECE = 65536


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything a fetch takes: seconds in all, bytes packed and unpacked, redirects, delay.

    `delay` is the seconds between two requests to one host; robots.txt may ask for more.
    """

    seconds: float = 30.0
    size: int = LARGEST_HTML
    redirects: int = 5
    delay: float = 1.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "has it changed?" with: ETag and Last-Modified, as they came."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: where it was found in the end, when (ISO, UTC), and the bytes, unpacked.

    `changed` is False where the server said that nothing has changed: then there are no bytes.
    """

    url: str
    fetched: str
    data: bytes
    content_type: str | None = None
    validators: Validators = Validators()
    changed: bool = True


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Fetcher:
    """Fetches addresses one after another, and remembers each host's robots.txt and last request.

    `private_hosts` are the hosts whose private and loopback addresses may be asked all the same: a feed
    of one's own house, a test. `agent` is the name it gives itself, also to robots.txt. `resolve` gives
    the IP addresses of a host; `clock`, `sleep` and `now` are the system's.
    """

    limits: Limits = Limits()
    private_hosts: Collection[str] = ()
    agent: str = AGENT
    resolve: Resolve = resolve
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now
    _robots: dict[str, tuple[float, Any]] = field(default_factory=dict, repr=False)
    _asked: dict[str, float] = field(default_factory=dict, repr=False)

    def get(self, url: str, validators: Validators | None = None) -> Fetched:
        """Fetch an address, and those it redirects to; `validators` are those of the last time.

        Raise `FetchRefused` where it, or one it leads to, is not to be asked, and `FetchFailed` where it
        cannot be had. Every connection goes to an IP address that was checked, and no address is asked
        before its robots.txt.
        """
        address = read_address(url)
        asked = validators or Validators()
        for _ in range(self.limits.redirects + 1):
            self._obey_robots(address)
            status, headers, data = self._ask(address, asked, self.limits.size)
            if status in _MOVED and "location" in headers:
                address = read_address(headers["location"], address.url)
                continue
            if status == _NOT_MODIFIED and asked != Validators():
                known = Validators(
                    headers.get("etag", asked.etag), headers.get("last-modified", asked.modified)
                )
                return Fetched(address.url, self._stamp(), b"", None, known, changed=False)
            if status != 200:
                raise FetchFailed(
                    url[:200],
                    f"the server answers {status}",
                    status=status,
                    retry_after=_seconds(headers.get("retry-after"), self.now()),
                )
            given = Validators(headers.get("etag"), headers.get("last-modified"))
            return Fetched(address.url, self._stamp(), data, headers.get("content-type"), given)
        raise FetchFailed(url[:200], f"more than {self.limits.redirects} redirects")

    def _stamp(self) -> str:
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _obey_robots(self, address: Address) -> None:
        """Raise `FetchRefused` where the host's robots.txt forbids an address (RFC 9309)."""
        from urllib.robotparser import RobotFileParser

        since, rules = self._robots.get(address.origin, (0.0, None))
        if rules is None or self.clock() - since > _ROBOTS_FOR:
            rules = RobotFileParser()
            rules.parse(self._robots_lines(address))
            self._robots[address.origin] = (self.clock(), rules)
        if not rules.can_fetch(self.agent, address.url):
            raise FetchRefused(address.url[:200], "not fetched: robots.txt of the host forbids it")

    def _robots_lines(self, address: Address) -> list[str]:
        """Give the lines of a host's robots.txt: none where it has none; a broken server is not asked on."""
        robots = Address(address.scheme, address.host, address.port, "/robots.txt")
        for _ in range(self.limits.redirects + 1):
            status, headers, data = self._ask(robots, Validators(), _LARGEST_ROBOTS, cut=True)
            if status in _MOVED and "location" in headers:
                robots = read_address(headers["location"], robots.url)
            elif status == 200:
                return data.decode("utf-8-sig", "replace").splitlines()
            elif 400 <= status < 500 and status != 429:
                return []
            else:
                raise FetchFailed(address.url[:200], f"robots.txt cannot be had: {status}", status=status)
        return []

    def _wait(self, address: Address) -> None:
        """Wait until the host may be asked again."""
        _, rules = self._robots.get(address.origin, (0.0, None))
        wanted = float((rules and rules.crawl_delay(self.agent)) or 0)
        delay = max(self.limits.delay, min(wanted, _LONGEST_DELAY))
        last = self._asked.get(address.host)
        if last is not None and self.clock() - last < delay:
            self.sleep(delay - (self.clock() - last))
        self._asked[address.host] = self.clock()

    def _ask(
        self, address: Address, validators: Validators, largest: int, *, cut: bool = False
    ) -> tuple[int, dict[str, str], bytes]:
        """Make one request and give status, headers and the unpacked bytes; redirects are not followed."""
        import httpcore

        self._wait(address)
        deadline = time.monotonic() + self.limits.seconds
        host = address.origin.partition("://")[2]
        wanted = {
            "Host": host,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **({"If-None-Match": validators.etag} if validators.etag else {}),
            **({"If-Modified-Since": validators.modified} if validators.modified else {}),
        }
        url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
        name = address.url[:200]
        backend: Any = _Pinned(self, deadline, name)
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend, max_connections=1) as pool,
                pool.stream("GET", url, headers=_bytes(wanted)) as answer,
            ):
                headers = _headers(answer.headers)
                if answer.status != 200:
                    return answer.status, headers, b""
                pieces = _limited(name, answer.iter_stream(), headers, largest, cut=cut)
                return answer.status, headers, b"".join(pieces)
        except InputError:
            raise
        except httpcore.TimeoutException as error:
            raise FetchFailed(name, f"no whole answer within {self.limits.seconds:g} seconds") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ssl.SSLError) as error:
            problem = " ".join(str(error).split())[:120] or type(error).__name__
            raise FetchFailed(name, f"no whole answer: {problem}") from error


class _Pinned:
    """Connects to the very IP addresses that were checked, for httpcore."""

    def __init__(self, fetcher: Fetcher, deadline: float, name: str) -> None:
        self._fetcher = fetcher
        self._deadline = deadline
        self._name = name

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> Any:
        """Resolve, check, and connect to the first checked address that answers."""
        import httpcore

        found = checked(
            host,
            port,
            resolve=self._fetcher.resolve,
            allow_private=host in self._fetcher.private_hosts,
            name=self._name,
        )
        last: Exception | None = None
        for address in found[:4]:
            try:
                left = _left(self._deadline)
                stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=left)
                return _Timed(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last or httpcore.ConnectError("no address")

    def sleep(self, seconds: float) -> None:
        """Wait, as httpcore does between attempts."""
        time.sleep(seconds)


class _Timed:
    """A connection that ends when the time of the whole fetch is up, however slowly the bytes come."""

    def __init__(self, stream: Any, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what has come, or wait for it."""
        data: bytes = self._stream.read(max_bytes, _left(self._deadline))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Timed:
        """Go on encrypted; the certificate has to be that of the host, not of its IP address."""
        inner = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Timed(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Give what httpcore asks of a connection."""
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    import httpcore

    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time is up")
    return left


def _limited(
    name: str, packed: Iterator[bytes], headers: Mapping[str, str], largest: int, *, cut: bool
) -> Iterator[bytes]:
    """Give the bytes of an answer, unpacked; no more than `largest`, packed or unpacked, are ever held.

    More is an error, or with `cut` left away.
    """
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise FetchFailed(name, f"packed in a way that was not asked for ({encoding[:20]!r})")
    decoder = zlib.decompressobj(47) if encoding not in ("identity", "") else None  # 47: gzip or zlib
    size = packed_size = 0
    for piece in packed:
        packed_size += len(piece)
        for part in [piece] if decoder is None else _unpacked(name, decoder, piece):
            size += len(part)
            if max(size, packed_size) > largest:
                if cut:
                    return
                raise OversizeInput(name, f"more than {largest:,} bytes")
            yield part
    if decoder is not None and size and not decoder.eof:
        raise FetchFailed(name, "no whole answer: what is packed breaks off")


def _unpacked(name: str, decoder: Any, piece: bytes) -> Iterator[bytes]:
    """Unpack a piece in parts of a bounded size, so that a bomb is cut before it has gone off."""
    while not decoder.eof:
        try:
            part: bytes = decoder.decompress(piece, _PIECE)
        except zlib.error as error:
            raise FetchFailed(name, "no whole answer: what is packed cannot be unpacked") from error
        piece = decoder.unconsumed_tail
        if part:
            yield part
        if not piece and len(part) < _PIECE:
            return


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Give headers by their names in small letters; of those that come twice the first counts."""
    found: dict[str, str] = {}
    for key, value in raw:
        found.setdefault(key.decode("latin-1").lower(), value.decode("latin-1"))
    return found


def _bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Write headers; characters that none may hold, which a server may have sent us, are left out."""
    plain = {key: "".join(sign for sign in value if " " <= sign <= "~") for key, value in headers.items()}
    return [(key.encode(), value.encode()) for key, value in plain.items()]


def _seconds(retry_after: str | None, now: datetime) -> float | None:
    """Give the seconds that a server asks to wait, told as a number or as a time."""
    words = (retry_after or "").strip()
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        return max(0.0, (parsedate_to_datetime(words) - now).total_seconds()) if words else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
