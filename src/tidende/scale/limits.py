"""How much is read at once, and how long one article may take."""

from __future__ import annotations

from dataclasses import dataclass

_STEP = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound what is sent to a worker at once, and what one article may cost there.

    A partition holds at most `articles` articles and `characters` characters (a longer article goes alone);
    at most `ahead` partitions a thread of the cluster are out or waiting to be filed. A worker reads articles
    together until they have `together` characters. They may take `seconds` of a processor for each 10,000
    characters begun (of the clock ten times as many, for a machine that has much to do), and the process of
    reading may hold `memory` MiB. It has `start` seconds to load the model. Without any worker it is waited
    for `patience` seconds.
    """

    articles: int = 8
    characters: int = 100_000
    ahead: int = 3
    together: int = 20_000
    seconds: float = 60.0
    memory: int = 2_000
    start: float = 180.0
    patience: float = 300.0

    def time_for(self, characters: int) -> float:
        """Give the processor seconds that an article of so many characters may take."""
        return self.seconds * (1 + characters // _STEP)


LIMITS = Limits()
