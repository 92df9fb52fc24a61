"""Keep others out: who may write, from which page, under which name of this machine; headers of answers."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

COOKIE = "tidende_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Say who may do what: `token` is needed for writing, and with `closed` for reading too.

    `hosts` are the names under which this machine is asked; another name is refused, so that no page of
    another site can be led here by its own name server.
    """

    token: str = ""
    closed: bool = False
    hosts: frozenset[str] = frozenset()

    def knows(self, given: str) -> bool:
        """Tell whether a token is the right one."""
        return bool(self.token) and hmac.compare_digest(given.encode(), self.token.encode())

    def problem(
        self, method: str, path: str, headers: Mapping[str, str], cookies: Mapping[str, str]
    ) -> tuple[int, str] | None:
        """Give status and reason where a request is refused, None where it may pass."""
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if self.hosts and host not in self.hosts:
            return 421, "this machine is not asked by that name"
        writes = method not in SAFE
        if writes and not self._same_origin(headers):
            return 403, "the request comes from another site"
        if path in ("/token", "/health") or path.startswith("/static/"):
            return None
        if self.token and (writes or self.closed) and not self.knows(_given(headers, cookies)):
            return 401, "a token is needed"
        return None

    def _same_origin(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request that writes comes from our own page, or from no page at all."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == headers.get("host")


def _given(headers: Mapping[str, str], cookies: Mapping[str, str]) -> str:
    kind, _, value = headers.get("authorization", "").partition(" ")
    return value.strip() if kind.lower() == "bearer" else cookies.get(COOKIE, "")


def is_loopback(host: str) -> bool:
    """Tell whether a host to bind to is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
