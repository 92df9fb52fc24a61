"""What the shared queries stand on: a database that is asked in SQL, `?` for each value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from typing import Any, ClassVar

from tidende.errors import StoreError
from tidende.records import Article

Row = tuple[Any, ...]


class Database(ABC):
    """Ask one database; what it says is wrong is raised as `StoreError` that names where the desk is."""

    by_id: ClassVar[str] = "id"  # what articles are ordered by where an index has to give their order
    names_of: ClassVar[str]  # a subquery: the names that article `a` gives now, in order, a line each
    rollbacks = 0  # what was read of a transaction before it was undone may not be believed

    @property
    @abstractmethod
    def location(self) -> str:
        """Give the file name or URL."""

    @abstractmethod
    def _run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Write."""

    @abstractmethod
    def _run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write once for each row."""

    @abstractmethod
    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Write rows, every column of each."""

    @abstractmethod
    def _made(self, sql: str, values: Sequence[Any]) -> int:
        """Write one row, and give the number that `returning` tells."""

    @abstractmethod
    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Ask."""

    @abstractmethod
    def _rows_in(self, sql: str, values: Collection[str]) -> list[Row]:
        """Ask with a set of texts in the place of `{}`, each once."""

    @abstractmethod
    def _rows_of(self, sql: str, keys: Sequence[int]) -> list[Row]:
        """Ask with a set of keys in the place of `{}`."""

    @abstractmethod
    def _index(self, key: int, article: Article, *, new: bool) -> None:
        """Enter the words of an article; where it is not `new`, its text is what it was."""

    def _counted(self) -> None:  # noqa: B027
        """Let the next article have a number that none of those written with their numbers has."""

    def _one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        rows = self._rows(sql, values)
        return rows[0][0] if rows else None

    def _error(self, problem: str) -> StoreError:
        return StoreError(self.location, problem)
