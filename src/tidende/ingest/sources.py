"""Find and read the inputs: files, folders, standard input. One bad input never stops the others."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path

from tidende.errors import (
    BinaryInput,
    EmptyInput,
    InputError,
    MalformedInput,
    UnreadableInput,
    UnsupportedInput,
    UsageError,
)
from tidende.ingest.draft import Draft, finish, is_date, shown
from tidende.ingest.formats import STREAMED, check_size, read_bytes, read_stream
from tidende.ingest.kinds import SUFFIXES, kind_by_content, kind_by_name
from tidende.records import Article

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Batch:
    """What the sources gave: the articles, in order of the sources, and one error for each bad input."""

    articles: tuple[Article, ...]
    errors: tuple[InputError, ...]


def load(sources: Iterable[str | Path], *, published: str | None = None) -> Batch:
    """Read every article of the sources.

    A source is a file, a folder of files, or `-` for standard input. What a file holds is told by its name
    (`tidende.ingest.kinds.SUFFIXES`), else by how it opens.
    `published` is the ISO date of articles that carry none; `UsageError` where it is no date.
    """
    finishing = Finishing(published)
    read: list[tuple[Draft, Article]] = []
    errors: list[InputError] = []
    for found in drafts(sources):
        try:
            article = finishing.article(found)
        except InputError as error:
            errors.append(error)
            continue
        if article is not None and isinstance(found, Draft):
            read.append((found, article))
    return Batch(tuple(_with_file_ids(read, finishing.places)), tuple(errors))


class Finishing:
    """Make drafts articles one by one, knowing the ids and items that came before.

    `published` is the ISO date of articles that carry none; raise `UsageError` where it is no date.
    `places` tells where the ids stand that the inputs gave themselves.
    """

    def __init__(self, published: str | None) -> None:
        if published is not None and not is_date(published):
            raise UsageError(f"published: not an ISO date: {shown(published)}")
        self.places: dict[str, str] = {}
        self._published = published
        self._texts: dict[str, set[bytes]] = {}  # digests of the items of one id

    def article(self, found: Draft | InputError) -> Article | None:
        """Make a draft an article, None where it is an item that came before; raise its `InputError`."""
        if isinstance(found, InputError):
            raise found
        if found.line is not None and found.id in self.places:
            problem = f"id {shown(found.id)} is already used at {self.places[found.id]}"
            raise MalformedInput(found.name, problem, line=found.line)
        article = finish(found, published=self._published)
        if found.item:
            known = self._texts.setdefault(article.id, set())
            digest = sha256(article.text.encode("utf-8", "surrogatepass")).digest()
            if digest in known:  # the same item in another feed, or fetched once more
                return None
            known.add(digest)
            article = article.model_copy(update={"id": _free(article.id, self.places)})
        if found.line is not None or found.item:
            self.places[article.id] = found.name if found.line is None else f"{found.name}:{found.line}"
        return article


def _free(article_id: str, taken: Container[str]) -> str:
    """Give an id that is not taken yet: the item's own, else numbered."""
    numbered = (f"{article_id}#{number}" for number in count(2))
    return article_id if article_id not in taken else next(each for each in numbered if each not in taken)


def _with_file_ids(read: list[tuple[Draft, Article]], taken: Container[str]) -> Iterator[Article]:
    """Name files by their path where the name alone would be used twice."""
    names = Counter(article.id for draft, article in read if named_by_file(draft))
    for draft, article in read:
        if named_by_file(draft) and (names[article.id] > 1 or article.id in taken):
            yield article.model_copy(update={"id": printable(draft.name)})
        else:
            yield article


def named_by_file(draft: Draft) -> bool:
    """Tell whether the id of an article is the name of its file."""
    return draft.line is None and not draft.item


def drafts(sources: Iterable[str | Path]) -> Iterator[Draft | InputError]:
    """Give the article or the error of each input; a file reached twice is read once."""
    seen: set[tuple[int, int]] = set()
    for source in sources:
        name = str(source)
        try:
            if name == _STDIN:
                yield from _read_stdin()
            elif not name:
                raise UnreadableInput("''", "a file name that is empty")
            elif _URL.match(name):
                raise UnsupportedInput(
                    name, "an address is not fetched here; save the page and read the file, or watch its feed"
                )
            elif Path(name).is_dir():
                yield from _read_folder(name, seen)
            else:
                yield from _read_file(name, seen)
        except InputError as error:
            yield error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            yield UnreadableInput(printable(name), _reason(error))


def files_in(folder: str) -> tuple[list[Path], list[OSError]]:
    """Find the files of a folder, and of those in it, that can be read by their names; what was denied too.

    Files are given in the order of their names; what begins with a dot is left out.
    """
    denied: list[OSError] = []
    files: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=denied.append):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        files += [
            Path(place) / name
            for name in names
            if not name.startswith(".") and kind_by_name(name) is not None
        ]
    return sorted(files), denied


def _read_folder(name: str, seen: set[tuple[int, int]]) -> Iterator[Draft | InputError]:
    paths, denied = files_in(name)
    for error in denied:
        yield UnreadableInput(printable(str(error.filename)), _reason(error))
    if not paths and not denied:
        kinds = ", ".join(sorted(SUFFIXES))
        raise UnreadableInput(printable(name), f"a folder without a file to read ({kinds})")
    for path in paths:
        try:
            yield from _read_file(str(path), seen)
        except InputError as error:
            yield error
        except OSError as error:
            yield UnreadableInput(printable(str(path)), _reason(error))


def _read_file(path: str, seen: set[tuple[int, int]]) -> Iterator[Draft | InputError]:
    name = printable(path)
    status = Path(path).stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInput(name, "not a regular file")
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    kind = kind_by_name(path)
    if kind in STREAMED:  # of any size
        with Path(path).open("rb") as stream:
            yield from read_stream(name, stream, kind)
        return
    check_size(name, status.st_size, kind or "html")
    data = Path(path).read_bytes()
    article_id = printable(Path(path).name)
    known = kind or kind_by_content(data)
    try:
        yield from read_bytes(name, article_id, data, known or "text")
    except BinaryInput as error:
        if known is not None:
            raise
        raise UnsupportedInput(name, f"a kind of file that is not read ({error.problem})") from error


def _read_stdin() -> Iterator[Draft | InputError]:
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableInput(_STDIN, "there is no standard input")
    data = sys.stdin.buffer.read()
    if not data.strip():
        raise EmptyInput(_STDIN, "no text in it")
    yield from read_bytes(_STDIN, _STDIN, data, kind_by_content(data))


def printable(name: str) -> str:
    """Replace bytes of a file name that are no UTF-8, so that it can be printed and written as JSON."""
    return os.fsencode(name).decode("utf-8", "replace") if not name.isascii() else name


def _reason(error: Exception) -> str:
    """Say in words why the operating system refused."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
