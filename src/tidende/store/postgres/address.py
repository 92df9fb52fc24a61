"""The URL of a desk in PostgreSQL: what libpq is told, and what may be printed of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from psycopg import Error
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tidende.errors import StoreError

SCHEMA = "tidende"  # where a desk is in its database, unless the URL says another: ?schema=NAME
_OURS = "schema"
_SECRET = re.compile(r"password|secret", re.IGNORECASE)
_PORTS = re.compile(r"[0-9,]*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_SECONDS = "10"  # to wait for a server that does not answer, unless the URL says


@dataclass(frozen=True, slots=True)
class Address:
    """Hold where a desk is: `conninfo` for libpq, the schema, and `location`, which tells no secret."""

    conninfo: str
    schema: str
    location: str
    database: str
    user: str


def read_address(url: str) -> Address:
    """Take a URL apart; raise `StoreError`, with nothing of the URL in it, where it is none.

    What libpq says of a bad URL is not told either, for it quotes what may be a piece of a password.
    """
    base, _, asked = url.partition("?")
    pairs = parse_qsl(asked, keep_blank_values=True)
    schema = next((value for name, value in pairs if name == _OURS), SCHEMA)
    rest = urlencode([pair for pair in pairs if pair[0] != _OURS], quote_via=quote)
    try:
        told = {k: str(v) for k, v in conninfo_to_dict(f"{base}?{rest}" if rest else base).items()}
    except Error:
        raise _unreadable() from None
    # libpq takes the first / or : of a password that is written as it is for the end of the server's name
    if not _PORTS.fullmatch(told.get("port", "")) or "@" in told.get("dbname", "") + told.get("host", ""):
        raise _unreadable()
    if not _NAME.fullmatch(schema):
        raise StoreError("postgresql://...", "the schema in the URL is no plain name")
    location = _printable(told, schema)
    told.setdefault("connect_timeout", _SECONDS)
    told.setdefault("application_name", "tidende")
    return Address(make_conninfo("", **told), schema, location, told.get("dbname", ""), told.get("user", ""))


def _unreadable() -> StoreError:
    return StoreError(
        "postgresql://...",
        "not the URL of a database: postgresql://USER@HOST:PORT/DATABASE"
        " (signs in a password are written %40 for @, %2F for /, %3A for :)",
    )


def _printable(told: Mapping[str, str], schema: str) -> str:
    """Write the URL anew without what is secret."""
    rest = {name: value for name, value in told.items() if not _SECRET.search(name)}
    host, port = rest.get("host", ""), rest.get("port", "")
    at = ""
    if re.fullmatch(r"[\w.-]+", host):
        at = quote(rest.pop("user", ""), safe="")
        at = f"{at}@{rest.pop('host')}" if at else rest.pop("host")
        if port.isdigit():
            at += f":{rest.pop('port')}"
    database = quote(rest.pop("dbname", ""), safe="")
    if schema != SCHEMA:
        rest[_OURS] = schema
    more = urlencode(rest, safe="/", quote_via=quote)
    return f"postgresql://{at}/{database}" + (f"?{more}" if more else "")
