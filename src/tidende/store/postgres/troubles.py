"""What PostgreSQL says is wrong, in the words of a desk."""

from __future__ import annotations

from psycopg import Error, OperationalError

from tidende.store.postgres.address import Address

_SHOWN = 200  # characters of what the server says, which may quote a whole text
_LOST = "the connection to the server is lost"
# The server says these before it is a connection, so without a code; one that speaks another language
# than English is quoted instead.
_REFUSED = (
    ("password authentication failed", "wrong password, or no user of this name: {user}"),
    ("no password supplied", "a password is needed: in ~/.pgpass, or in the environment as PGPASSWORD"),
    ("authentication failed", "the server does not let {user} in"),
    ("no pg_hba.conf entry", "the server does not let {user} in from here"),
    ('role "', "no user of this name: {user}"),
    ("permission denied for database", "{user} has no right to connect to this database"),
    ('database "', "no such database (createdb makes one): {database}"),
    ("too many c", "the server has no connection left"),
    ("remaining connection slots", "the server has no connection left"),
    ("starting up", "the server is not ready yet"),
    ("shutting down", "the server is about to stop"),
    ("could not translate host name", "no server of this name"),
    ("failed to resolve host", "no server of this name"),
    ("timeout expired", "the server does not answer"),
    ("connection refused", "no server answers there"),
    ("no such file or directory", "no server answers there"),
    ("could not connect", "no server answers there"),
)
_BY_CODE = {
    "42501": "no right to do this: {said}",
    "25006": "cannot be written",
    "55P03": "another process has been writing for too long",
    "53100": "the disk is full",
    "53200": "the server has no memory left",
    "53300": "the server has no connection left",
    "58P01": "the server lacks an extension that this desk uses: {said}",
    "42P01": "damaged: {said}",
    "42703": "damaged: {said}",
    "XX001": "damaged: {said}",
    "XX002": "damaged: {said}",
}


def refused(error: Error, address: Address) -> str:
    """Say why there is no connection."""
    text = " ".join(str(error).split())
    for sign, problem in _REFUSED:
        if sign in text.lower():
            return problem.format(
                user=address.user or "this user", database=address.database or "named like the user"
            )
    # of several tries (IPv6, IPv4) the last one is told
    return "cannot be opened: " + text.rpartition("failed: ")[2].removeprefix("FATAL: ").strip()


def wrong(error: Error) -> str:
    """Say what was wrong with a query or the connection."""
    said = (error.diag.message_primary or str(error)).strip().split("\n")[0][:_SHOWN]
    code = error.sqlstate or ""
    if code in _BY_CODE:
        return _BY_CODE[code].format(said=said)
    if code.startswith(("08", "57P")) or (not code and isinstance(error, OperationalError)):
        return _LOST
    return said
