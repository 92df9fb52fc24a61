"""Put articles that tell the same story together.

How likely two articles tell one story is asked of the two alone (`pairs`). Articles that are likely to,
directly or through others, make a region; in it groups grow by average linkage. A new article touches the
regions of its `neighbours` only, and these are grouped anew: that is how stories join late and part late.
Nothing hangs on the order of articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tidende.errors import ModelError
from tidende.records import Reading
from tidende.stories.embed import embed
from tidende.stories.linkage import connected, linked
from tidende.stories.pairs import LIMIT, Compared, apart, kind_of, load_weights, score
from tidende.stories.signature import Signature, signature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_ASKED = 64  # nearest articles that one is compared with
_ROWS = 512  # of a table of cosines that are held at once


def group(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Sort readings into stories, by order of appearance; every reading is in exactly one.

    Which articles meet does not depend on their order. Articles with one text, one URL or one
    main event always meet; articles published longer apart than a story runs otherwise never do.
    Without the files of the encoder, signs alone decide.
    """
    clusters = group_signatures(signatures_of(readings))
    return [[readings[i] for i in cluster] for cluster in clusters]


def signatures_of(readings: Sequence[Reading]) -> list[Signature]:
    """Take what articles are compared by; one article alone needs no vector."""
    if len(readings) < 2:
        return [signature(reading) for reading in readings]
    try:
        vectors = embed(readings)
    except ModelError:
        return [signature(reading) for reading in readings]
    return [signature(reading, vector) for reading, vector in zip(readings, vectors, strict=True)]


def group_signatures(signatures: Sequence[Signature]) -> list[list[int]]:
    """Sort articles into stories: their numbers, each story in order, stories by their first articles."""
    return group_compared([Compared(one) for one in signatures])


def group_compared(articles: Sequence[Compared]) -> list[list[int]]:
    """Sort articles into stories as `group_signatures` does; what they score is held with them."""
    return group_linked(articles)[0]


def group_linked(articles: Sequence[Compared]) -> tuple[list[list[int]], list[tuple[int, int]]]:
    """Sort articles into stories as `group_compared` does, and give the pairs that may tell one story."""
    order = sorted(range(len(articles)), key=lambda i: _rank(articles[i].one))
    own = [articles[i].one for i in order]
    scores = _Scores([articles[i] for i in order])
    tied = _tied(own)
    near = [pair for pair in _candidates(own) if scores.of(*pair) >= 0]
    clusters: list[list[int]] = []
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    regions = connected(range(len(own)), [*tied, *near])
    home = {i: n for n, region in enumerate(regions) for i in region}
    for i, j in tied:
        inside[home[i]].append((i, j))
    for n, region in enumerate(regions):
        clusters += _linked(region, scores, inside[n])
    stories = sorted(sorted(order[i] for i in cluster) for cluster in clusters)
    pairs = {(min(i, j), max(i, j)) for i, j in ((order[a], order[b]) for a, b in (*tied, *near)) if i != j}
    return stories, sorted(pairs)


def neighbours(new: Compared, articles: Sequence[Compared]) -> list[int]:
    """Give the numbers of those articles whose story a new one can touch."""
    scores = _Scores([new, *articles])
    keys = set(_ties(new.one))
    return [
        n
        for n, article in enumerate(articles)
        if scores.of(0, n + 1) >= 0 or keys.intersection(_ties(article.one))
    ]


def _rank(one: Signature) -> tuple[str, ...]:
    """Order articles by themselves."""
    return one.digest, one.url, str(one.day), one.language, one.title


def _ties(one: Signature) -> Iterator[tuple[str, str]]:
    """Yield what makes two articles one story whatever else they print: text, address, main event."""
    for kind, key in (("text", one.digest), ("url", one.url), ("key", one.key)):
        if key:
            yield kind, key


def _tied(signatures: Sequence[Signature]) -> list[tuple[int, int]]:
    seen: dict[tuple[str, str], int] = {}
    return [(seen.setdefault(key, i), i) for i, one in enumerate(signatures) for key in _ties(one)]


class _Scores:
    """The scores of pairs, told when first asked for."""

    def __init__(self, articles: Sequence[Compared]) -> None:
        self._compared = articles
        self._rows = vectors_of([article.one for article in articles])

    def of(self, i: int, j: int) -> float:
        """Give the score of the articles of two numbers."""
        a, b = self._compared[i], self._compared[j]
        if b.one.digest < a.one.digest:  # held with one of the two, whoever asks
            a, b = b, a
        value = a.scores.get(b)
        if value is None:
            value = a.scores[b] = score(a, b, self._cosine(i, j))
        return value

    def closed(self, i: int, j: int) -> float:
        """Give the share by which groups have to be nearer for the articles of two numbers."""
        return load_weights().closed[kind_of(self._compared[i].one, self._compared[j].one)]

    def _cosine(self, i: int, j: int) -> float | None:
        both = self._compared[i].one.vector and self._compared[j].one.vector
        return float(self._rows[i] @ self._rows[j]) if both else None


def _candidates(signatures: Sequence[Signature]) -> list[tuple[int, int]]:
    """Give pairs of which one is among the other's nearest, or which share a sign where one has no vector."""
    placed = [i for i, one in enumerate(signatures) if one.vector]
    found = set(_nearest(signatures, placed))
    if len(placed) < len(signatures):
        both = set(placed)
        found.update(pair for pair in _sharing(signatures) if not both.issuperset(pair))
    return sorted(found)


def _nearest(signatures: Sequence[Signature], placed: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each article with those nearest it by their vectors, of those within the window and undated."""
    import numpy as np

    weights = load_weights()
    never = date.max.toordinal()
    days = np.array([day.toordinal() if (day := signatures[i].day) else never for i in placed])
    by_day = np.argsort(days, kind="stable")
    days, places = days[by_day], np.array(placed)[by_day]
    rows = vectors_of([signatures[i] for i in places])
    undated = int(np.searchsorted(days, never))
    for start in range(0, len(rows), _ROWS):
        block = days[start : start + _ROWS]
        first, last = np.searchsorted(days, (block[0] - weights.window, block[-1] + weights.window + 1))
        if block[-1] == never:
            first, last = 0, undated
        columns = np.r_[first : min(last, undated), undated : len(rows)]
        cosines = rows[start : start + _ROWS] @ rows[columns].T
        gone = np.abs(block[:, None] - days[columns][None]) > weights.window
        gone &= (block[:, None] != never) & (days[columns][None] != never)
        cosines[gone] = -1
        cosines[np.arange(len(block))[:, None] + start == columns[None]] = -1
        most = min(_ASKED, len(columns))
        for row, best in enumerate(np.argpartition(-cosines, most - 1, axis=1)[:, :most]):
            i = int(places[start + row])
            for column in best[cosines[row, best] >= weights.nearest]:
                j = int(places[columns[column]])
                yield (i, j) if i < j else (j, i)


def _sharing(signatures: Sequence[Signature]) -> Iterable[tuple[int, int]]:
    """Give pairs that share a name, a number or a word, and are not too far apart in time."""
    window = load_weights().window
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    found: set[tuple[int, int]] = set()
    for i, one in enumerate(signatures):
        for sign in (*one.names, *one.prints, *one.words):
            found.update((j, i) for j in holders[sign] if not apart(one, signatures[j], window))
            holders[sign].append(i)
    return sorted((j, i) for j, i in found if j != i)


def vectors_of(signatures: Sequence[Signature]) -> Vectors:
    """Give the vectors of signatures, [signatures, width]; that of one without is zero."""
    import numpy as np

    width = max((len(one.vector) for one in signatures), default=0) // 2
    rows = np.zeros((len(signatures), width), dtype=np.float32)
    for row, one in zip(rows, signatures, strict=True):
        if one.vector:
            row[:] = np.frombuffer(one.vector, dtype=np.float16)
    return rows


def _linked(region: Sequence[int], scores: _Scores, tied: Sequence[tuple[int, int]]) -> list[list[int]]:
    import numpy as np

    if len(region) == 1:
        return [list(region)]
    place = {i: n for n, i in enumerate(region)}
    table = np.full((len(region), len(region)), -LIMIT)
    closed = np.zeros_like(table)
    for a, i in enumerate(region):
        for b in range(a + 1, len(region)):
            table[a, b] = table[b, a] = scores.of(i, region[b])
            closed[a, b] = closed[b, a] = scores.closed(i, region[b])
    found = linked(table, 0.0, [(place[i], place[j]) for i, j in tied], closed)
    return [[region[n] for n in own] for own in found]
