"""Which addresses may be asked: of the web, public, and meant as they read."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urljoin, urlsplit

from tidende.errors import FetchFailed, FetchRefused

Resolve = Callable[[str, int], Sequence[str]]

_PORTS = {"http": 80, "https": 443}
_LONGEST = 4000
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\<>\"`{}|^]")
_NAME = re.compile(r"(?=.{1,253}\Z)(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: an IPv4 address in its last four bytes


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web, taken apart once: what is checked is what is asked."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Give scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """Write the address."""
        return self.origin + self.target


def read_address(url: str, base: str | None = None) -> Address:
    """Take a URL apart; `base` is the one that a relative URL was met in.

    Raise `FetchRefused` for another scheme than http and https, a user name in it, and what is no URL.
    """
    shown = url[:200]
    if base is not None:
        try:
            url = urljoin(base, url.strip())
        except ValueError as error:
            raise FetchRefused(shown, "no address of the web") from error
    if len(url) > _LONGEST:
        raise FetchRefused(shown, f"an address of more than {_LONGEST:,} characters")
    if _NOT_IN_AN_ADDRESS.search(url):
        raise FetchRefused(shown, "no address of the web: it holds characters that none has")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise FetchRefused(shown, "no address of the web") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise FetchRefused(shown, "not fetched: only http and https are")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(shown, "not fetched: there is a user name in the address")
    if ":" not in host:
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError as error:
            raise FetchRefused(shown, "no address of the web: a host of no known form") from error
        if not _NAME.fullmatch(host):
            raise FetchRefused(shown, "no address of the web: a host of no known form")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]") if parts.query else ""
    return Address(scheme, host, _PORTS[scheme] if port is None else port, path + query)


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(
    host: str, port: int, *, resolve: Resolve = resolve, allow_private: bool = False, name: str | None = None
) -> list[str]:
    """Give the IP addresses of a host that may be connected to: those and no others were checked.

    A number, in whatever form systems read one (2130706433, 0x7f.1, 0177.0.0.1), is itself. Raise
    `FetchRefused` where any of them is not public, unless `allow_private`; `FetchFailed` where there is
    none.
    """
    name = name or host
    literal = _literal(host)
    if literal is not None:
        found: list[str] = [literal]
    else:
        try:
            found = list(resolve(host, port))
        except (OSError, UnicodeError) as error:
            raise FetchFailed(name, f"the host {host} is not known") from error
    if not found:
        raise FetchFailed(name, f"the host {host} is not known")
    for each in found:
        if not allow_private and not is_public(each):
            raise FetchRefused(name, f"not fetched: {host} is {each}, which is not a public address")
    return found


def is_public(address: str) -> bool:
    """Tell whether an IP address, and every one that it wraps, belongs to the public net."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        wrapped = _wrapped(ip)
        if wrapped and not all(is_public(str(inner)) for inner in wrapped):
            return False
        if ip in _TRANSLATED or ip.ipv4_mapped is not None:
            return True
        if ip.is_site_local or ip.scope_id is not None:
            return False
    return ip.is_global and not (
        ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    )


def _wrapped(ip: IPv6Address) -> list[IPv4Address]:
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    if ip in _TRANSLATED:
        found.append(IPv4Address(ip.packed[-4:]))
    return [inner for inner in found if inner is not None]


def _literal(host: str) -> str | None:
    """Give the IP address that a host is by itself, None for a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
