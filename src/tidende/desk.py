"""The main job: sources in, one record a story out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tidende.errors import MalformedInput, ModelError, ReadingFailed, TidendeError, UsageError
from tidende.ingest import lay_out, load
from tidende.parse import Model, load_model
from tidende.reading import read_article, unread
from tidende.records import Article, Reading, Record
from tidende.render import check_language
from tidende.render.reasons import render_why, say_reason
from tidende.render.words import Words
from tidende.stories import group, reconcile, with_headline
from tidende.stories.group import signatures_of
from tidende.stories.signature import Signature
from tidende.stories.why import Why, why_among

OnError = Callable[[TidendeError], None]


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
    twice is `MalformedInput`, and the first article of it is kept. `language` is the language of
    titles and summaries; raise `UsageError` for one that is unknown.
    """
    check_language(language)
    model = _model(on_error)
    readings: dict[str, Reading] = {}
    for article in articles:
        if article.id in readings:
            _tell(MalformedInput(article.id, "an article of this id was already given"), on_error)
        else:
            readings[article.id] = _read_one(_laid_out(article), model, on_error)
    return [_record(story, language, on_error) for story in group(list(readings.values()))]


@dataclass(frozen=True, slots=True)
class Explained:
    """Why two articles are one story or are not; `text` says it in the reader's language."""

    articles: tuple[Article, Article]
    why: Why
    through: tuple[Article, ...]
    text: str
    language: str

    def told(self) -> dict[str, Any]:
        """Give everything as what JSON holds."""
        words = Words(self.language)
        return {
            "articles": [article.id for article in self.articles],
            "one_story": self.why.joined,
            "alone": self.why.alone,
            "score": self.why.score,
            "through": [article.id for article in self.through],
            "reasons": [{**asdict(one), "text": say_reason(one, words)} for one in self.why.reasons],
        }


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
    readings = [_read_one(_laid_out(article), model, None) for article in found.values()]
    places = [list(found).index(name) for name in names]
    signatures = signatures_of(readings)
    why = why_among(places[0], places[1], signatures)
    pair = readings[places[0]].article, readings[places[1]].article
    through = tuple(readings[i].article for i in why.through)
    text = render_why(
        [_name(signatures[i]) for i in places],
        why.joined,
        why.reasons,
        [_name(signatures[i]) for i in why.through],
        language,
    )
    return Explained(pair, why, through, text, language)


def _name(one: Signature) -> str:
    return one.title or one.digest[:12]


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


def _read_one(article: Article, model: Model | None, on_error: OnError | None) -> Reading:
    try:
        return read_article(article, model)
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
