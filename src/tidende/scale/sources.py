"""Many inputs, one article at a time: files, folders, globs, and what fsspec opens (`s3://`, `gs://`, `memory://`)."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidende.errors import InputError, MissingExtra, UnreadableInput, UnsupportedInput
from tidende.ingest.draft import Draft
from tidende.ingest.formats import STREAMED, check_size, read_bytes, read_stream
from tidende.ingest.kinds import kind_by_content, kind_by_name
from tidende.ingest.sources import Finishing, drafts, files_in, named_by_file
from tidende.records import Article

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_WEB = frozenset({"http", "https", "ftp", "sftp"})  # the web is fetched by `watch`, and nowhere else
_FILE = frozenset({"file", "local"})


def stream(sources: Iterable[str | Path], *, published: str | None = None) -> Iterator[Article | InputError]:
    """Give the articles of sources and an error for each bad input, in order, and hold one at a time.

    A source is what `tidende.ingest.load` takes, a glob (`news/**/*.warc.gz`), or a URL that fsspec opens,
    with or without a glob in it. Articles get the ids that `load` gives them. `published` is the ISO
    date of articles that carry none; raise `UsageError` where it is no date, at once.
    """
    return _finished(Finishing(published), [str(source) for source in sources])


def _finished(finishing: Finishing, sources: Sequence[str]) -> Iterator[Article | InputError]:
    places, errors = _expanded(sources)
    yield from errors
    names = Counter(place.name for place in places if place.kind not in STREAMED)
    for found in _drafts(places):
        try:
            article = finishing.article(found)
        except InputError as error:
            yield error
            continue
        if article is None or isinstance(found, InputError):
            continue
        if named_by_file(found) and (names[article.id] > 1 or article.id in finishing.places):
            article = article.model_copy(update={"id": found.name})
        yield article


class _Place:
    """One input: a local path (or `-`), or a path in a file system of fsspec."""

    def __init__(self, path: str, shown: str, system: AbstractFileSystem | None = None) -> None:
        self.path = path
        self.shown = shown
        self.system = system
        self.kind = kind_by_name(path)
        self.name = Path(path).name


def _expanded(sources: Sequence[str]) -> tuple[list[_Place], list[InputError]]:
    """Find the inputs that sources name, each once, and what is wrong with sources as a whole."""
    found: dict[str, _Place] = {}
    errors: list[InputError] = []
    for source in sources:
        try:
            for place in _places(source):
                local = place.system is None and "\0" not in place.path
                found.setdefault(os.path.realpath(place.path) if local else place.shown, place)
        except InputError as error:
            errors.append(error)
    return list(found.values()), errors


def _places(source: str) -> Iterator[_Place]:
    if not source or "\0" in source:  # told by `drafts`
        yield _Place(source, source)
        return
    url = _URL.match(source)
    scheme = url[1].lower() if url else ""
    if url and scheme not in _FILE | _WEB:
        yield from _remote(source)
        return
    path = source[url.end() :] if url and scheme in _FILE else source
    if scheme not in _WEB and glob.has_magic(path) and not Path(path).exists():
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - of a path in any folder
        if not matches:
            raise UnreadableInput(source, "no file of this name")
        files = [match for match in matches if not Path(match).is_dir()]
        yield from (_Place(match, match) for match in files or matches)
    elif Path(path).is_dir():
        yield from _folder(path)
    else:
        yield _Place(path, path)


def _folder(path: str) -> Iterator[_Place]:
    """Give the files in a folder that can be read, or the folder itself where something is wrong with it."""
    files, denied = files_in(path)
    if denied or not files:
        yield _Place(path, path)
    else:
        yield from (_Place(str(file), str(file)) for file in files)


def _remote(source: str) -> Iterator[_Place]:
    """Ask a file system of fsspec which files a URL names: one, those of a folder, or those of a glob."""
    try:
        import fsspec
    except ImportError as error:
        raise UnsupportedInput(source, str(MissingExtra("an address of a file system", "scale"))) from error
    if "::" in source:
        raise UnsupportedInput(source, "a chain of addresses")
    try:
        system, path = fsspec.core.url_to_fs(source)
        if glob.has_magic(path):
            paths = [path for path in system.glob(path) if not system.isdir(path)]
        elif system.isdir(path):
            paths = [path for path in system.find(path) if kind_by_name(path)]
        else:
            paths = [path] if system.exists(path) else []
    except Exception as error:  # each file system has exceptions of its own
        raise UnreadableInput(source, _reason(error)) from error
    if not paths:
        raise UnreadableInput(source, "no file of this name")
    yield from (_Place(path, system.unstrip_protocol(path), system) for path in sorted(paths))


def _drafts(places: Sequence[_Place]) -> Iterator[Draft | InputError]:
    local: list[str] = []
    for place in places:
        if place.system is None:
            local.append(place.path)
            continue
        yield from drafts(local)
        local = []
        try:
            yield from _opened(place, place.system)
        except InputError as error:
            yield error
        except Exception as error:  # as above
            yield UnreadableInput(place.shown, _reason(error))
    yield from drafts(local)


def _opened(place: _Place, system: AbstractFileSystem) -> Iterator[Draft | InputError]:
    if place.kind in STREAMED:
        with system.open(place.path, "rb") as opened:
            yield from read_stream(place.shown, opened, place.kind)
        return
    check_size(place.shown, int(system.info(place.path)["size"] or 0), place.kind or "html")
    data: Any = system.cat_file(place.path)
    yield from read_bytes(place.shown, place.name, data, place.kind or kind_by_content(data) or "text")


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "permission denied"
    told = " ".join(str(error).split())[:120]
    return told[:1].lower() + told[1:] if told else type(error).__name__
