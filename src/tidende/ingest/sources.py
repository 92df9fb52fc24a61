"""Find and read the inputs: files, folders, standard input. One bad input never stops the others."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tidende.errors import (
    BinaryInput,
    EmptyInput,
    InputError,
    MalformedInput,
    OversizeInput,
    UnreadableInput,
    UnsupportedInput,
    UsageError,
)
from tidende.ingest.decode import decode
from tidende.ingest.draft import LARGEST_HTML, LARGEST_TEXT, Draft, finish, is_date, shown
from tidende.ingest.jsonl import looks_like_jsonl, read_jsonl
from tidende.ingest.markdown import markdown_lines, read_front_matter
from tidende.ingest.page import looks_like_html, read_page
from tidende.records import Article

_KINDS = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".jsonl": "jsonl"}
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_STDIN = "-"


@dataclass(frozen=True, slots=True)
class Batch:
    """What the sources gave: the articles, in order of the sources, and one error for each bad input."""

    articles: tuple[Article, ...]
    errors: tuple[InputError, ...]


def load(sources: Iterable[str | Path], *, published: str | None = None) -> Batch:
    """Read every article of the sources.

    A source is a `.txt`, `.md`, `.html` or `.jsonl` file, a folder of these, or `-` for standard input.
    `published` is the ISO date of articles that carry none; `UsageError` where it is no date.
    """
    if published is not None and not is_date(published):
        raise UsageError(f"published: not an ISO date: {shown(published)}")
    read: list[tuple[Draft, Article]] = []
    errors: list[InputError] = []
    lines_by_id: dict[str, str] = {}
    for found in _drafts(sources):
        try:
            if isinstance(found, InputError):
                raise found
            if found.line is not None and found.id in lines_by_id:
                problem = f"id {shown(found.id)} is already used at {lines_by_id[found.id]}"
                raise MalformedInput(found.name, problem, line=found.line)
            article = finish(found, published=published)
        except InputError as error:
            errors.append(error)
            continue
        if found.line is not None:
            lines_by_id[found.id] = f"{found.name}:{found.line}"
        read.append((found, article))
    return Batch(tuple(_with_file_ids(read, lines_by_id)), tuple(errors))


def _with_file_ids(read: list[tuple[Draft, Article]], taken: dict[str, str]) -> Iterator[Article]:
    """Name files by their path where the name alone would be used twice."""
    names = Counter(article.id for draft, article in read if draft.line is None)
    for draft, article in read:
        if draft.line is None and (names[article.id] > 1 or article.id in taken):
            yield article.model_copy(update={"id": _printable(draft.name)})
        else:
            yield article


def _drafts(sources: Iterable[str | Path]) -> Iterator[Draft | InputError]:
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
                    name, "fetching from the net is not there yet; save the page and read the file"
                )
            elif Path(name).is_dir():
                yield from _read_folder(name, seen)
            else:
                yield from _read_file(name, seen)
        except InputError as error:
            yield error
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path
            yield UnreadableInput(_printable(name), _reason(error))


def _read_folder(name: str, seen: set[tuple[int, int]]) -> Iterator[Draft | InputError]:
    denied: list[OSError] = []
    paths: list[Path] = []
    for folder, folders, file_names in os.walk(name, onerror=denied.append):
        folders[:] = [inner for inner in folders if not inner.startswith(".")]
        here = Path(folder)
        paths += [here / file for file in file_names if not file.startswith(".") and _kind(file) is not None]
    for error in denied:
        yield UnreadableInput(_printable(str(error.filename)), _reason(error))
    if not paths and not denied:
        kinds = ", ".join(sorted(_KINDS))
        raise UnreadableInput(_printable(name), f"a folder without a file to read ({kinds})")
    for path in sorted(paths):
        try:
            yield from _read_file(str(path), seen)
        except InputError as error:
            yield error
        except OSError as error:
            yield UnreadableInput(_printable(str(path)), _reason(error))


def _read_file(path: str, seen: set[tuple[int, int]]) -> Iterator[Draft | InputError]:
    name = _printable(path)
    status = Path(path).stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInput(name, "not a regular file")
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    kind = _kind(path)
    if kind == "jsonl":
        with Path(path).open("rb") as stream:
            yield from read_jsonl(name, stream)
        return
    _check_size(name, status.st_size, LARGEST_HTML if kind == "html" else LARGEST_TEXT)
    data = Path(path).read_bytes()
    article_id = _printable(Path(path).name)
    if kind is None:
        try:
            yield _read_text(name, article_id, decode(name, data))
        except BinaryInput as error:
            raise UnsupportedInput(name, f"a kind of file that is not read ({error.problem})") from error
    elif kind == "html":
        yield read_page(name, article_id, _not_empty(name, decode(name, data, declares=True)))
    elif kind == "markdown":
        yield _read_markdown(name, article_id, decode(name, data))
    else:
        yield _read_text(name, article_id, decode(name, data))


def _read_stdin() -> Iterator[Draft | InputError]:
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableInput(_STDIN, "there is no standard input")
    data = sys.stdin.buffer.read()
    text = _not_empty(_STDIN, decode(_STDIN, data, declares=True))
    if looks_like_jsonl(text):
        yield from read_jsonl(_STDIN, io.BytesIO(text.encode("utf-8", "surrogatepass")))
    elif looks_like_html(text):
        _check_size(_STDIN, len(data), LARGEST_HTML)
        yield read_page(_STDIN, _STDIN, text)
    else:
        _check_size(_STDIN, len(data), LARGEST_TEXT)
        yield _read_text(_STDIN, _STDIN, text)


def _read_text(name: str, article_id: str, text: str) -> Draft:
    return Draft(name, None, article_id, text)


def _read_markdown(name: str, article_id: str, text: str) -> Draft:
    fields, begin = read_front_matter(text)
    lines = markdown_lines(text, begin)
    if not lines:
        raise EmptyInput(name, "no text in it")
    return Draft(
        name,
        None,
        article_id,
        text,
        title=fields.get("title"),
        published=fields.get("published"),
        outlet=fields.get("outlet"),
        url=fields.get("url"),
        language=fields.get("language"),
        lines=lines,
    )


def _not_empty(name: str, text: str) -> str:
    if not text.strip():
        raise EmptyInput(name, "no text in it")
    return text


def _check_size(name: str, size: int, largest: int) -> None:
    if size > largest:
        raise OversizeInput(name, f"{size:,} bytes; at most {largest:,} are read as one article")


def _kind(path: str) -> str | None:
    return _KINDS.get(Path(path).suffix.lower())


def _printable(name: str) -> str:
    """Replace bytes of a file name that are no UTF-8, so that it can be printed and written as JSON."""
    return os.fsencode(name).decode("utf-8", "replace") if not name.isascii() else name


def _reason(error: Exception) -> str:
    """Say in words why the operating system refused."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    return (error.strerror if isinstance(error, OSError) and error.strerror else str(error)).lower()
