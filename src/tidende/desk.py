"""The main job: sources in, one record a story out, at once or kept in a desk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tidende.errors import (
    MalformedInput,
    ModelError,
    ReadingFailed,
    StoreError,
    TidendeError,
    UnknownName,
    UsageError,
)
from tidende.filing import correct
from tidende.filing.cards import Card, card_of, read_card
from tidende.filing.check import check
from tidende.filing.compared import vectors_of
from tidende.filing.corrected import People, people
from tidende.filing.explained import Explained, explained
from tidende.filing.file import file, file_part, place, prepare, readdressed
from tidende.filing.make import basis, make_record
from tidende.filing.search import search
from tidende.filing.shapes import Added, Checked, Due, Found, Line, Part, Read, Summary
from tidende.filing.version import reader
from tidende.ingest import is_date, lay_out, load
from tidende.parse import Model, load_model
from tidende.reading import read_batch, unread
from tidende.records import Article, Reading, Record
from tidende.render import check_language
from tidende.store import Correction, Kept, KeptRecord, Store, copy_store, default_location, open_store
from tidende.stories import group, reconcile, with_headline
from tidende.stories.group import signatures_of
from tidende.stories.signature import Signature

OnError = Callable[[TidendeError], None]
ReadAll = Callable[[Iterable[Article]], Iterator[Read]]
Gather = Callable[[Iterator[Due]], Iterator[Part]]
Watch = Callable[[Sequence[Article]], Iterable[Article]]
_TOGETHER = 20_000  # characters of articles that are read together: some eight articles
_SAVED = 20  # records that are kept in one transaction
_AT_ONCE = 200  # stories whose cards are read at once


def read(
    *sources: str | Path,
    published: str | None = None,
    language: str = "en",
    on_error: OnError | None = None,
) -> list[Record]:
    """Read files, folders or "-" (standard input) and give one record a story.

    `published` (ISO date) is the publication date of articles that carry none of their own.
    `language` is the language of titles and summaries, one of da, nb, nn, sv, en, de; nothing else
    hangs on it. The first bad input raises its `InputError`, a damaged model `ModelError`; with
    `on_error`, that is called with each instead and the rest is read all the same, without a model by
    rules alone. Raise `UsageError` for a date that is none or an
    unknown language, before anything is read.
    """
    check_language(language)
    batch = load(sources, published=published)
    for error in batch.errors:
        _tell(error, on_error)
    return read_articles(batch.articles, language=language, on_error=on_error)


def read_articles(
    articles: Iterable[Article], *, language: str = "en", on_error: OnError | None = None
) -> list[Record]:
    """Read articles that are in memory already and give one record a story.

    Each article is in exactly one record, also one that Tidende breaks down over: that raises
    `ReadingFailed`, or with `on_error` is told there and the article is kept unread. An id given
    twice is `MalformedInput`, and the first article of it is kept; an article whose `published` is no
    ISO date is `MalformedInput` and left out. `language` is the language of titles and summaries; raise
    `UsageError` for one that is unknown.
    """
    check_language(language)
    model = _model(on_error)
    known: set[str] = set()

    def new() -> Iterator[Article]:
        for article in articles:
            if article.id in known:
                _tell(MalformedInput(article.id, "an article of this id was already given"), on_error)
            elif article.published is not None and not is_date(article.published):
                _tell(
                    MalformedInput(article.id, f"published: not an ISO date: {article.published}"), on_error
                )
            else:
                known.add(article.id)
                yield article

    readings = _read_all(new(), model, on_error)
    return [_record(story, language, on_error) for story in group(readings)]


def explain(
    one: str,
    other: str,
    *,
    among: Sequence[str | Path] = (),
    published: str | None = None,
    language: str = "en",
) -> Explained:
    """Tell why two articles are one story or are not.

    They are files with one article each, or, where `among` names files, the ids of two articles in
    these, which are then all grouped together. Raise `InputError` for a bad input, `UsageError` where
    there are not two articles.
    """
    check_language(language)
    batch = load(list(among) or [one, other], published=published)
    for error in batch.errors:
        raise error
    model = _model(None)
    found = {article.id: article for article in batch.articles}
    if not among and len(found) != 2:
        raise UsageError(f"{len(found)} articles where two are wanted (--among takes ids)")
    names = [one, other] if among else list(found)
    for name in names:
        if name not in found:
            raise UsageError(f"no article {name!r} in the files given")
    readings = _read_all(found.values(), model, None)
    places = [list(found).index(name) for name in names]
    own = [reading.article for reading in readings]
    return explained(own, signatures_of(readings), (places[0], places[1]), language)


def read_each(
    articles: Iterable[Article], on_error: OnError | None = None, *, together: int = 0
) -> Iterator[Read]:
    """Read articles in order, with their vectors, as a desk keeps them.

    An article that Tidende breaks down over raises `ReadingFailed`, or with `on_error` is told there and
    read as if it told nothing; so does a damaged model, once. Articles are taken until they have
    `together` characters and then read: with 0 each is given before the next is taken.
    """
    model: Model | None = None
    ready = False
    for batch in _batches(map(_laid_out, articles), together):
        if not ready:
            model, ready = _model(on_error), True
        readings = _read_batch(batch, model, on_error)
        for reading, vector in zip(readings, _vectors(readings, on_error), strict=True):
            yield Read(reading, vector, reader(model is not None))


def _vectors(readings: Sequence[Reading], on_error: OnError | None) -> list[bytes]:
    """Give the vectors of articles, empty ones where the encoder is damaged."""
    try:
        return vectors_of(readings)
    except ModelError as error:
        _tell(error, on_error)
        return [b""] * len(readings)


def _model(on_error: OnError | None) -> Model | None:
    try:
        return load_model()
    except ModelError as error:
        _tell(error, on_error)
        return None


def _laid_out(article: Article) -> Article:
    """Find the paragraphs of an article that did not come from `load`."""
    if article.blocks:
        return article
    title, blocks = lay_out(article.text, article.title)
    return article.model_copy(update={"title": title, "blocks": blocks})


def _read_all(articles: Iterable[Article], model: Model | None, on_error: OnError | None) -> list[Reading]:
    """Read articles in order, some at a time: the model is faster over more sentences."""
    return [
        reading
        for batch in _batches(map(_laid_out, articles), _TOGETHER)
        for reading in _read_batch(batch, model, on_error)
    ]


def _read_batch(batch: Sequence[Article], model: Model | None, on_error: OnError | None) -> list[Reading]:
    try:
        return read_batch(batch, model)
    except TidendeError:
        raise
    except Exception:  # one of them breaks down: which one shows when each is read alone
        return [_read_one(article, model, on_error) for article in batch]


def _batches(articles: Iterable[Article], characters: int) -> Iterator[list[Article]]:
    """Cut articles into batches that have at least so many characters, the last one left out."""
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if sum(len(one.text) for one in batch) >= characters:
            yield batch
            batch = []
    if batch:
        yield batch


def _read_one(article: Article, model: Model | None, on_error: OnError | None) -> Reading:
    try:
        return read_batch([article], model)[0]
    except TidendeError:
        raise
    except Exception as error:
        _tell(ReadingFailed.of(article.id, error), on_error, error)
        return unread(article)


def _record(story: Sequence[Reading], language: str, on_error: OnError | None) -> Record:
    try:
        record = reconcile(story)
        return record if language == "en" else with_headline(record, language)
    except TidendeError:
        raise
    except Exception as error:
        names = ", ".join(reading.article.id for reading in story)
        _tell(ReadingFailed.of(names, error), on_error, error)
        return with_headline(reconcile([unread(reading.article) for reading in story]), language)


def _tell(error: TidendeError, on_error: OnError | None, cause: Exception | None = None) -> None:
    if on_error is None:
        raise error from cause
    on_error(error)


@dataclass(frozen=True, slots=True)
class _Story:
    """Hold the articles of a story, what people decided about who is in it, and the digest of both."""

    articles: Sequence[Kept]
    people: People
    basis: str


class Desk:
    """Keep articles and their stories in a file, ask for them, and correct them.

    `location` is a file name or a URL, `default_location()` if None; `create` makes the file where there is
    none. What is wrong on the way without stopping (a bad input, a fault over one article) goes to
    `on_error`, or is raised. Raise `StoreError` where the desk cannot be opened. A desk closes at the
    end of a `with`.
    """

    def __init__(
        self, location: str | Path | None = None, *, create: bool = False, on_error: OnError | None = None
    ) -> None:
        self.store: Store = open_store(default_location() if location is None else location, create=create)
        self._on_error = on_error
        self._corrected: tuple[str, People, frozenset[str]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def add(self, *sources: str | Path, published: str | None = None) -> Added:
        """Read files, folders or "-" and keep them; see `read` for the sources.

        An article is kept as a whole or not at all; one that is known changes nothing.
        """
        batch = load(sources, published=published)
        for error in batch.errors:
            _tell(error, self._on_error)
        return self.add_articles(batch.articles)

    def add_articles(
        self, articles: Iterable[Article], read: ReadAll | None = None, gather: Gather | None = None
    ) -> Added:
        """Read articles that are in memory already, or come one by one, and keep them.

        `read` reads them, `read_each` if None: it takes articles as it goes and gives for each, in order,
        what was read of it. What it sets aside is not kept. `gather` brings together what is filed in one
        go, each alone if None.
        """
        done = Added()
        waiting = list(self._file_each(articles, read, gather, done))
        while waiting:  # another process was here meanwhile, or two came under one id
            waiting = list(self._file_each(waiting, read, gather, done))
        return done

    def _file_each(
        self, articles: Iterable[Article], read: ReadAll | None, gather: Gather | None, done: Added
    ) -> Iterator[Article]:
        """Have articles read that the desk does not have, and file them; give those whose place was taken."""
        asked: deque[tuple[Article, str, Article]] = deque()

        def wanted() -> Iterator[Article]:
            for article in map(_laid_out, articles):
                identifier, source = place(self.store, article)
                if source is None:
                    done.known.append(identifier)
                else:
                    asked.append((article, identifier, source))
                    yield source

        read = read or partial(read_each, on_error=self._on_error, together=_TOGETHER)
        due = (Due(*asked.popleft(), one) for one in read(wanted()))
        parts = (Part([one]) for one in due) if gather is None else gather(due)
        for part in parts:
            yield from file_part(self.store, part, done)

    def add_readings(self, readings: Iterable[Reading], vectors: Iterable[bytes] | None = None) -> Added:
        """Keep articles that were read before; `vectors` are theirs, little-endian float32, made if None."""
        done = Added()
        given = None if vectors is None else iter(vectors)
        for reading in readings:
            vector = _vectors([reading], self._on_error)[0] if given is None else next(given)
            with self.store.writing():
                identifier, source = place(self.store, reading.article)
                if source is None:
                    done.known.append(identifier)
                    continue
                (done.changed if self.store.has(identifier) else done.new).append(identifier)
                kept = readdressed(reading, identifier) if identifier != reading.article.id else reading
                file(self.store, prepare(source, kept, reading.article.id, reader(), vector))
        return done

    def outdated(self) -> list[str]:
        """Give the articles that another version of Tidende or its model read."""
        return self.store.read_by_others(reader())

    def reread(self, *, everything: bool = False, watch: Watch = iter) -> int:
        """Read again the articles that another version read, or all; give how many. Corrections stay."""
        wanted = [one.id for one in self.store.kept()] if everything else self.outdated()
        if everything:
            with self.store.writing():
                self.store.forget_records()
        if not wanted:
            return 0
        sources = self.store.sources(wanted)
        told = read_each(watch(sources), self._on_error, together=_TOGETHER)
        for source, one in zip(sources, told, strict=True):
            if one.reading is not None:
                with self.store.writing():
                    file(self.store, prepare(source, one.reading, source.id, one.reader, one.vector))
        return len(wanted)

    def revision(self) -> str:
        """Give what changes whenever something is kept."""
        return self.store.revision()

    def stories(self, language: str = "en") -> list[Summary]:
        """List the stories, the latest first; `language` is that of titles and summaries."""
        check_language(language)
        if language == "en":
            found = [summary for summary, _ in self.cards()]
        else:
            found = [_headed(articles, kept, language) for articles, kept in self._stories(None)]
        found.sort(key=lambda one: (one.title, one.id))
        return sorted(found, key=lambda one: one.last or "", reverse=True)

    def cards(self, stories: Collection[str] | None = None) -> Iterator[tuple[Summary, Card]]:
        """Give summaries of stories by their ids, all for None, each with its card; records are not read.

        A card that is not kept is made of its record, and kept.
        """
        grouped = self._grouped(stories)
        while part := {one.articles[0].story: one for one in islice(grouped, _AT_ONCE)}:
            kept = self.store.cards(part)
            found = {
                name: card
                for name, (made_of, text) in kept.items()
                if made_of == part[name].basis and (card := read_card(text)) is not None
            }
            lacking = self._made(one for name, one in part.items() if name not in found)
            new = {articles[0].story: (one.basis, card_of(one.record)) for articles, one in lacking}
            self._save(self.store.keep_card, new)
            found |= {name: Card.model_validate_json(text) for name, (_, text) in new.items()}
            for name, story in part.items():
                card = found[name]
                yield _summarised(story.articles, card.title, card.summary, story.basis), card

    def version(self, story: str) -> str:
        """Give what changes whenever a story tells something else, its record made or not.

        Raise `UnknownName` where there is no story of this id.
        """
        for one in self._grouped({story}):
            return one.basis
        raise UnknownName(f"no story of this id in {self.store.location}: {story}")

    def corrected(self) -> frozenset[str]:
        """Give the stories whose people somebody corrected."""
        return self._people()[1]

    def show(self, name: str, language: str = "en") -> Record:
        """Give the record of a story by its id, a former id of it, or the id of one of its articles.

        Raise `UnknownName` where the desk has none.
        """
        check_language(language)
        (record,) = self.records([self.resolve(name)])
        return record if language == "en" else with_headline(record, language)

    def resolve(self, name: str) -> str:
        """Give the id that a story has now, by that, a former one, or the id of one of its articles."""
        return correct.resolve(self.store, name)

    def records(self, stories: Iterable[str] | None = None) -> Iterator[Record]:
        """Give the records of stories by their ids, all of them for None, in the order of their ids."""
        for story in self._stories(None if stories is None else set(stories)):
            yield Record.model_validate_json(story[1].record)

    def records_with(self, *entities: str) -> Iterator[Record]:
        """Give the records of the stories in which all of these ids are told of."""
        if entities:
            yield from self.records(set.intersection(*map(self.stories_with, entities)))

    def stories_with(self, entity: str) -> set[str]:
        """Give the ids of the stories in which an id is told of."""
        return self.store.stories_with(self.every_id(entity))

    def stands_for(self, entity: str) -> str:
        """Give the id that stands for whoever has this one, as people corrected it."""
        return self._people()[0].names.get(entity, entity)

    def every_id(self, entity: str) -> set[str]:
        """Give all ids of whoever an id stands for, as people corrected them."""
        return self._people()[0].every_id(entity)

    def entities(self, name: str) -> list[str]:
        """Give the ids of who or what is printed so or has this id, told of in most articles first."""
        known = self._people()[0]
        found = (known.names.get(one, one) for one in self.store.entities_called(name))
        return list(dict.fromkeys(found))

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Find articles by words, parts of words and what they tell, in any language, the best first."""
        return search(self.store, query, limit)

    def check(self) -> Checked:
        """Verify every span, reference and index of the desk."""
        return check(self.store, self.records())

    def copy(self, location: str | Path) -> int:
        """Copy all that is kept into a desk that is not there yet; give how many articles."""
        target = open_store(location, create=True)
        try:
            return copy_store(self.store, target)
        finally:
            target.close()

    def merge(self, *stories: str, who: str, when: str) -> str:
        """Say that stories are one; give the id that it has. `when` is an ISO time, the caller's."""
        return correct.merge(self.store, stories, who, when)

    def split(self, story: str, *articles: str, who: str, when: str) -> list[str]:
        """Say that articles are not of a story; give the ids of the stories that come of it."""
        return correct.split(self.store, story, articles, who, when)

    def same_person(self, one: str, other: str, *, who: str, when: str) -> str:
        """Say that two ids (or printed names) are one; give the id that stands for both."""
        return correct.same_person(self.store, one, other, who, when)

    def not_same(self, one: str, other: str, *, who: str, when: str) -> list[str]:
        """Say that two ids (or printed names) are two; give the ids."""
        return correct.not_same(self.store, one, other, who, when)

    def note(self, name: str) -> str | None:
        """Give what was kept beside the articles under a name, None where nothing was."""
        return self.store.note(name)

    def keep_note(self, name: str, note: str) -> None:
        """Keep something beside the articles: where a watch stands, which alerts were told."""
        with self.store.writing():
            self.store.keep_note(name, note)

    def why(self, one: str, other: str, language: str = "en") -> Explained:
        """Tell why two articles are one story or are not, among all articles of their stories.

        What somebody corrected goes before that, and is told.
        """
        check_language(language)
        homes = [self.resolve(one), self.resolve(other)]
        names = [kept.id for kept in self.store.members(set(homes))]
        for name in (one, other):
            if name not in names:
                raise UnknownName(f"no article {name!r} in {self.store.location}")
        signatures = [Signature.from_json(text) for text in self.store.signatures(names)]
        places = names.index(one), names.index(other)
        own = [reading.article for reading in self.store.readings(names)]
        return explained(own, signatures, places, language, together=homes[0] == homes[1])

    def corrections(self) -> list[Correction]:
        """List all corrections, those undone too, in the order they were made."""
        return self.store.corrections()

    def undo(self, number: int, *, who: str, when: str) -> None:
        """Take a correction back."""
        correct.undo(self.store, number, who, when)

    def _stories(self, wanted: Collection[str] | None) -> Iterator[tuple[Sequence[Kept], KeptRecord]]:
        """Give stories with their records; those that do not hold any more are made anew, and kept."""
        return self._made(self._grouped(wanted))

    def _grouped(self, wanted: Collection[str] | None) -> Iterator[_Story]:
        """Give stories by their ids, all for None, with what their records are made of."""
        known, touched = self._people()
        stories: dict[str, list[Kept]] = {}
        for one in self.store.kept() if wanted is None else self.store.members(wanted):
            stories.setdefault(one.story, []).append(one)
        for name, articles in sorted(stories.items()):
            own = known if name in touched else People()
            yield _Story(articles, own, basis(articles, own))

    def _people(self) -> tuple[People, frozenset[str]]:
        """Give what the corrections tell of people, and the stories that tell of these."""
        revision = self.store.revision()
        if self._corrected is None or self._corrected[0] != revision:
            known = people(self.store.corrections())
            touched = self.store.stories_with(known.touched) if known.touched else ()
            self._corrected = revision, known, frozenset(touched)
        return self._corrected[1:]

    def _made(self, stories: Iterable[_Story]) -> Iterator[tuple[Sequence[Kept], KeptRecord]]:
        made: dict[str, tuple[KeptRecord]] = {}
        for story in stories:
            name = story.articles[0].story
            kept = self.store.record(name)
            if kept is None or kept.basis != story.basis:
                kept = make_record(
                    self.store, story.articles, story.people, lambda error: _tell(error, self._on_error)
                )[1]
                made[name] = (kept,)
            yield story.articles, kept
            if len(made) >= _SAVED:
                self._save(self._keep, made)
                made.clear()
        self._save(self._keep, made)

    def _keep(self, name: str, record: KeptRecord) -> None:
        self.store.keep_record(name, record)
        self.store.keep_card(name, record.basis, card_of(record.record))

    def _save(self, keep: Callable[..., None], made: dict[str, Any]) -> None:
        """Keep what was made of stories for the next time; it is no matter where that fails."""
        if made and self.store.writable:
            try:
                with self.store.writing():
                    for name, one in made.items():
                        keep(name, *one)
            except StoreError:
                pass


def _headed(articles: Sequence[Kept], kept: KeptRecord, language: str) -> Summary:
    record = with_headline(Record.model_validate_json(kept.record), language)
    return _summarised(articles, record.title, record.summary, kept.basis)


def _summarised(articles: Sequence[Kept], title: str, summary: str, version: str) -> Summary:
    days = sorted(one.published for one in articles if one.published)
    return Summary(
        id=articles[0].story,
        title=title,
        summary=summary,
        languages=list(dict.fromkeys(one.language for one in articles)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        articles=[
            Line(one.id, one.language, one.outlet, one.title, one.published, one.url) for one in articles
        ],
        version=version,
        added=max(one.number for one in articles),
    )
