"""What is watched (`feeds.toml`), and what a watch remembers from one poll to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from tidende.errors import UsageError
from tidende.ingest.fetch import Validators
from tidende.records import Article, Model

_MOST_SEEN = 100_000  # items that are remembered; feeds hold a few dozen each

Seconds = Annotated[float, Field(gt=0)]


class Feed(Model):
    """A feed to poll every so many seconds; with `pages` the page of each item is read, not the feed's words.

    `outlet` names who writes it, where the feed's own title is not the name.
    """

    url: str
    outlet: str | None = None
    pages: bool = False
    every: Seconds | None = None


class Plan(Model):
    """The feeds, how often they are polled where they do not say, and how politely.

    `delay` is the seconds between two requests to one host; `private_hosts` may lie in one's own net.
    """

    every: Seconds = 600.0
    delay: Annotated[float, Field(ge=0)] = 1.0
    private_hosts: list[str] = Field(default_factory=list)
    feeds: Annotated[list[Feed], Field(min_length=1)]


class Pending(Model):
    """An item whose page could not be had yet: what the feed says of it, and how often it was tried."""

    article: Article
    tries: int = 0


class FeedState(Model):
    """Where one feed stands: what to ask "has it changed?" with, when it is due (epoch seconds), failures."""

    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    pending: list[Pending] = Field(default_factory=list)

    @property
    def validators(self) -> Validators:
        """Give the validators of the last answer."""
        return Validators(self.etag, self.modified)


class WatchState(Model):
    """All that a watch remembers; kept together with what it filed, it goes on where it stopped.

    `seen` holds for each item the marks of the words it was filed with, latest item last.
    """

    version: int = 1
    feeds: dict[str, FeedState] = Field(default_factory=dict)
    seen: dict[str, list[str]] = Field(default_factory=dict)

    def of(self, feed: Feed) -> FeedState:
        """Give the state of a feed, a fresh one where it was never polled."""
        return self.feeds.get(feed.url) or FeedState()

    def knows(self, key: str, mark: str) -> bool:
        """Tell whether an item was filed, or is to be, with these very words."""
        return mark in self.seen.get(key, ())

    def after(self, feed: Feed, state: FeedState, marks: list[tuple[str, str]]) -> WatchState:
        """Give the state after a poll of a feed in which these items were taken."""
        seen = dict(self.seen)
        for key, mark in marks:
            seen[key] = [*seen.pop(key, []), mark]
        for key in list(seen)[: max(0, len(seen) - _MOST_SEEN)]:
            del seen[key]
        return WatchState(version=self.version, feeds={**self.feeds, feed.url: state}, seen=seen)


def load_plan(path: str | Path) -> Plan:
    """Read a `feeds.toml`. Raise `UsageError` that names what is wrong in it."""
    import tomli

    try:
        return Plan.model_validate(tomli.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    except ValidationError as error:
        raise UsageError.of_table(path, error) from error
