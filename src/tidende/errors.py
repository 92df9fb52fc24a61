"""The one tree of errors: everything Tidende raises on purpose is a `TidendeError`."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class TidendeError(Exception):
    """Root of all errors that Tidende raises on purpose."""


class InputError(TidendeError):
    """Tell what is wrong with one input, and where: `name`, or `name:line`.

    One bad input never stops the others: ingest collects these and goes on.
    """

    def __init__(self, name: str, problem: str, *, line: int | None = None) -> None:
        self.name = name
        self.problem = problem
        self.line = line
        where = name if line is None else f"{name}:{line}"
        super().__init__(f"{where}: {problem}")


class UnreadableInput(InputError):
    """The bytes could not be had: no such file, no permission, not a regular file."""


class EmptyInput(InputError):
    """The input holds no text."""


class BinaryInput(InputError):
    """The input is not text: binary data, or bytes in no known encoding."""


class OversizeInput(InputError):
    """The input is larger than Tidende reads in one piece."""


class MalformedInput(InputError):
    """The input breaks its own format: a JSON line, a date, a field of the wrong type."""


class UnsupportedInput(InputError):
    """The input is of a kind that Tidende does not read."""


class ReadingFailed(InputError):
    """Tidende itself broke down over an article or a story: a bug to report; the articles are kept unread."""

    @classmethod
    def of(cls, name: str, error: Exception) -> ReadingFailed:
        """Name the article and the exception that should not have been."""
        return cls(name, f"a fault in Tidende, please report it: {type(error).__name__}: {error}")


class LanguageError(TidendeError):
    """A language folder is missing, or one of its word lists is damaged."""


class ModelError(TidendeError):
    """A file of the model is missing or damaged; reading goes on by rules alone."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}")


class UsageError(TidendeError):
    """A call asks for something that does not exist: an unknown output language, a bad date."""

    @classmethod
    def of_table(cls, path: object, error: Any) -> UsageError:
        """Name the file and the first thing that pydantic finds wrong in it, and where."""
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        return cls(f"{path}: {where}: {first['msg'][:1].lower()}{first['msg'][1:]}")


class StoreError(TidendeError):
    """A desk cannot be opened, read or written: damaged, another program's, a newer Tidende's, read-only."""

    def __init__(self, location: str, problem: str) -> None:
        self.location = location
        self.problem = problem
        super().__init__(f"{location}: {problem}")


class UnknownName(TidendeError):
    """The desk keeps no story, article, person or correction of this name."""


class OutputError(TidendeError):
    """What was to be written could not be: no such folder, no permission, a full disk."""


class MissingExtra(TidendeError):
    """A format needs a package that is not installed; the message names the command that installs it."""

    def __init__(self, what: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"{what} needs a package that is not installed: pip install 'tidende[{extra}]'")


class FetchFailed(InputError):
    """An address could not be had now: no answer, a broken one, a refusal by the server; it may be had later.

    `status` is the server's answer, `retry_after` the seconds it asks to wait, where there are such.
    """

    def __init__(
        self, name: str, problem: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        self.status = status
        self.retry_after = retry_after
        super().__init__(name, problem)


class FetchRefused(InputError):
    """An address is not fetched on principle: it is private, of another scheme, or robots.txt forbids it."""


class SetAside(InputError):
    """An article over which a process of reading died, hung or outgrew its memory; it is not kept."""


class ClusterError(TidendeError):
    """A cluster cannot be reached, has no worker, runs another Tidende, or was lost on the way."""

    def __init__(self, address: str, problem: str) -> None:
        self.address = address
        self.problem = problem
        super().__init__(f"{address}: {problem}")
