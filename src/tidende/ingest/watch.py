"""Poll feeds, file each item once, go on where it was stopped. State goes in and comes out as a value."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tidende.errors import EmptyInput, FetchFailed, InputError, ReadingFailed
from tidende.ingest.draft import Draft, finish
from tidende.ingest.fetch import Fetched, Fetcher, Limits
from tidende.ingest.formats import read_bytes
from tidende.ingest.kinds import kind_by_type
from tidende.ingest.plan import Feed, FeedState, Pending, Plan, WatchState
from tidende.records import Article

_MOST_TRIES = 3  # of an item's page, before the feed's own words are filed
_LONGEST_WAIT = 24 * 3600.0
_MOST_DOUBLINGS = 6
_NAP = 1.0  # seconds between two looks whether to stop

File = Callable[[Sequence[Article], WatchState], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a feed gave: new articles, what went wrong, and the state after it."""

    feed: Feed
    articles: tuple[Article, ...]
    errors: tuple[InputError, ...]
    state: WatchState


def make_fetcher(plan: Plan) -> Fetcher:
    """Make the fetcher that a plan asks for."""
    return Fetcher(limits=Limits(delay=plan.delay), private_hosts=plan.private_hosts)


def watch(
    plan: Plan,
    state: WatchState,
    file: File,
    *,
    fetcher: Fetcher | None = None,
    on_poll: Callable[[Polled], None] | None = None,
    polls: int | None = None,
    stop: Stop = lambda: False,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
) -> WatchState:
    """Poll the feeds when they are due until `stop` says so or `polls` are done; give the last state.

    After each poll `file` gets the new articles and the state after it: it has to keep both or neither.
    Then nothing is lost and nothing filed twice, whenever the watch is stopped or killed; where it raises,
    the watch ends with that error and the poll has not been. An item whose words have changed is filed
    again under its id, once for each wording.
    """
    web = fetcher or make_fetcher(plan)
    done = 0
    while not stop() and (polls is None or done < polls):
        feed = min(plan.feeds, key=lambda each: state.of(each).due)
        wait = state.of(feed).due - clock()
        if wait > 0:
            sleep(min(wait, _NAP))
            continue
        polled = poll(feed, state, web, every=feed.every or plan.every, now=clock(), stop=stop)
        file(polled.articles, polled.state)
        state = polled.state
        done += 1
        if on_poll is not None:
            on_poll(polled)
    return state


def poll(
    feed: Feed, state: WatchState, fetcher: Fetcher, *, every: float, now: float, stop: Stop = lambda: False
) -> Polled:
    """Ask a feed once, and give what is new in it with the state after.

    A feed that cannot be had is due again after `every` seconds, doubled with each failure, and never
    before the server allows. Items whose pages cannot be had stay pending.
    """
    before = state.of(feed)
    errors: list[InputError] = []
    items: list[tuple[str, str, Article]] = []
    after = before.model_copy(update={"due": now + every, "failures": 0})
    try:
        found = fetcher.get(feed.url, before.validators)
        if found.changed:
            items, errors = _new_items(feed, found, state)
        known = {"etag": found.validators.etag, "modified": found.validators.modified}
        after = after.model_copy(update=known)
    except InputError as error:
        errors.append(error)
        after = after.model_copy(update=_later(before, error, every, now))
    articles = [article for _, _, article in items]
    marks = [(key, mark) for key, mark, _ in items]
    pending: list[Pending] = []
    if feed.pages:
        waiting = [*before.pending, *(Pending(article=article) for article in articles)]
        read, pending = _with_pages(feed, waiting, fetcher, errors, stop)
        articles = []
        for article in read:  # the feed's words may change where the page's do not
            filed = (article.id, f"page-{_mark(article)}")
            if not state.knows(*filed) and filed not in marks:
                articles.append(article)
                marks.append(filed)
    after = after.model_copy(update={"pending": pending})
    return Polled(feed, tuple(articles), tuple(errors), state.after(feed, after, marks))


def _later(before: FeedState, error: InputError, every: float, now: float) -> dict[str, float]:
    wait = min(every * 2 ** min(before.failures, _MOST_DOUBLINGS), max(every, _LONGEST_WAIT))
    asked = error.retry_after if isinstance(error, FetchFailed) else None
    return {"due": now + max(wait, min(asked or 0.0, _LONGEST_WAIT)), "failures": before.failures + 1}


def _new_items(
    feed: Feed, found: Fetched, state: WatchState
) -> tuple[list[tuple[str, str, Article]], list[InputError]]:
    """Give the items that were not taken yet, each with its key and the mark of its words; oldest first."""
    items: dict[tuple[str, str], Article] = {}
    errors: list[InputError] = []
    for each in _drafts(found):
        if isinstance(each, InputError):
            errors.append(each)
            continue
        try:
            article = finish(each, published=None)
        except InputError as error:
            errors.append(error)
            continue
        mark = _mark(article)
        key = _key(feed, each, mark)
        if not state.knows(key, mark):
            outlet = feed.outlet or article.outlet
            items.setdefault((key, mark), article.model_copy(update={"id": key, "outlet": outlet}))
    ordered = [(key, mark, article) for (key, mark), article in items.items()]
    return ordered[::-1], errors  # feeds begin with what is newest


def _drafts(found: Fetched) -> Iterator[Draft | InputError]:
    """Give the articles of what was fetched; a fault of ours over strange bytes is an error like others."""
    kind = kind_by_type(found.content_type, found.data)
    try:
        yield from read_bytes(found.url, found.url, found.data, kind, url=found.url, fetched=found.fetched)
    except EmptyInput:
        return  # a feed may well be empty
    except InputError as error:
        yield error
    except Exception as error:
        yield ReadingFailed.of(found.url, error)


def _with_pages(
    feed: Feed, waiting: Sequence[Pending], fetcher: Fetcher, errors: list[InputError], stop: Stop
) -> tuple[list[Article], list[Pending]]:
    """Read the pages of items; give the articles, and the items whose pages are to be tried again."""
    articles: list[Article] = []
    pending: list[Pending] = []
    for item in waiting:
        if stop():
            pending.append(item)
            continue
        try:
            articles.append(_page(feed, item.article, fetcher))
        except FetchFailed as error:
            errors.append(error)
            if item.tries + 1 < _MOST_TRIES and error.status not in (404, 410):
                pending.append(item.model_copy(update={"tries": item.tries + 1}))
            else:
                articles.append(item.article)
        except InputError as error:  # robots.txt forbids it, it holds no article: the feed's words remain
            errors.append(error)
            articles.append(item.article)
    return articles, pending


def _page(feed: Feed, item: Article, fetcher: Fetcher) -> Article:
    """Give an item with the words of its page; what the page does not tell, the feed does."""
    if item.url is None:
        return item
    found = fetcher.get(item.url)
    drafts = list(_drafts(found))
    for each in drafts:
        if isinstance(each, InputError):
            raise each
    if len(drafts) != 1 or not isinstance(drafts[0], Draft):
        raise EmptyInput(item.url, "no article found in the page")
    page = finish(drafts[0], published=None)
    return page.model_copy(
        update={
            "id": item.id,
            "url": item.url,
            "title": page.title or item.title,
            "published": item.published or page.published,
            "outlet": feed.outlet or page.outlet or item.outlet,
            "language": page.language if page.language != "und" else item.language,
        }
    )


def _key(feed: Feed, draft: Draft, mark: str) -> str:
    """Give the id of an item: its own where that is one in the whole world, else one within its feed."""
    if draft.item and draft.id == draft.name:  # it has none: its place in the feed is none, for feeds move
        return f"{feed.url}#{mark}"
    return draft.id if ":" in draft.id else f"{feed.url}#{draft.id}"


def _mark(article: Article) -> str:
    words = f"{article.title or ''}\n{article.text}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
