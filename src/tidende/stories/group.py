"""Put articles that tell the same story together.

Two articles are compared by the signs they share, weighed by rarity (cosine of sign weights, names
apart from words); groups grow by average linkage: the two groups that are most alike on average join
first, until no two are alike enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import log, sqrt

from tidende.records import Reading
from tidende.stories.signature import Sign, Signature, signature

_WINDOW = 7  # days between two reports of one story
_THRESHOLD = 0.2
# How many of a hundred imagined articles hold a sign of a kind, beside those that are read: a small
# batch cannot tell what is rare.
_EXPECTED = {
    "country": 12.0,
    "place": 3.0,
    "person": 1.5,
    "organisation": 2.0,
    "other": 3.0,
    "event": 0.5,
    "name": 4.0,
    "number": 6.0,
    "year": 25.0,
    "word": 8.0,
}
_IMAGINED = 100
_NEIGHBOURS = (frozenset(("da", "nb", "nn", "sv")),)


def group(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Sort readings into stories, by order of appearance; every reading is in exactly one."""
    clusters = group_signatures([signature(reading) for reading in readings])
    return [[readings[i] for i in cluster] for cluster in clusters]


def group_signatures(signatures: Sequence[Signature]) -> list[list[int]]:
    """Sort articles into stories by what they are compared by; give the places of each story's articles.

    Which articles meet does not depend on their order. Articles with one text, one URL or one
    main event always meet; articles published more than a week apart otherwise never do.
    """
    alike = _similarities(signatures)
    same = _same(signatures)
    # Groups that average enough have one pair at least that is alike enough: nothing else can meet.
    near = [pair for pair, value in alike.items() if value >= _THRESHOLD]
    regions = _joined(range(len(signatures)), [*same, *near])
    home = {i: n for n, region in enumerate(regions) for i in region}
    inside: list[dict[tuple[int, int], float]] = [{} for _ in regions]
    for pair, value in alike.items():
        if home[pair[0]] == home[pair[1]]:
            inside[home[pair[0]]][pair] = value
    tied: list[list[tuple[int, int]]] = [[] for _ in regions]
    for pair in same:
        tied[home[pair[0]]].append(pair)
    clusters: list[list[int]] = []
    for n, region in enumerate(regions):
        parts = _joined(region, tied[n])
        clusters += _linked(parts, signatures, inside[n])
    return sorted((sorted(cluster) for cluster in clusters), key=min)


def _same(signatures: Sequence[Signature]) -> list[tuple[int, int]]:
    """Pair what needs no comparing: the same text, address or main event."""
    seen: dict[tuple[str, str], int] = {}
    pairs = []
    for i, one in enumerate(signatures):
        for sign in (("text", one.digest), ("url", one.url), ("key", one.key)):
            if sign[1]:
                pairs.append((seen.setdefault(sign, i), i))
    return pairs


def _joined(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Give the groups that pairs make of articles."""
    parent = {i: i for i in members}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in pairs:
        parent[root(j)] = root(i)
    found: dict[int, list[int]] = defaultdict(list)
    for i in parent:
        found[root(i)].append(i)
    return list(found.values())


def _similarities(signatures: Sequence[Signature]) -> dict[tuple[int, int], float]:
    """Give how alike every two articles are that share a sign, 0 to 1."""
    names = _cosines([one.names for one in signatures])
    words = _cosines([one.words for one in signatures])
    every = all(one.full for one in signatures)
    prints = {} if every else _cosines([one.prints for one in signatures])
    found = {}
    for i, j in {**names, **prints}:
        a, b = signatures[i], signatures[j]
        if a.day is None or b.day is None or abs((a.day - b.day).days) <= _WINDOW:
            by_name = (names if a.full and b.full else prints).get((i, j), 0.0)
            found[i, j] = _combined(a, b, by_name, words.get((i, j), 0.0))
    return found


def _combined(a: Signature, b: Signature, names: float, words: float) -> float:
    """Let words count beside names where the two languages share most of theirs."""
    if a.language == b.language or any({a.language, b.language} <= family for family in _NEIGHBOURS):
        return 0.7 * names + 0.3 * words
    return names


def _rarity(documents: Iterable[Mapping[Sign, float]]) -> dict[Sign, float]:
    """Weigh every sign by how few articles hold it."""
    counts: Counter[Sign] = Counter()
    total = _IMAGINED
    for signs in documents:
        counts.update(signs.keys())
        total += 1
    return {sign: log(total / (number + _EXPECTED[sign[0]])) for sign, number in counts.items()}


def _cosines(
    documents: Sequence[Mapping[Sign, float]],
) -> dict[tuple[int, int], float]:
    """Give the cosine of every two documents that share a sign."""
    rarity = _rarity(documents)
    holders: dict[Sign, list[tuple[int, float]]] = defaultdict(list)
    lengths = []
    for i, signs in enumerate(documents):
        weights = {sign: strength * rarity[sign] for sign, strength in signs.items()}
        for sign, weight in weights.items():
            holders[sign].append((i, weight))
        lengths.append(sqrt(sum(weight * weight for weight in weights.values())))
    products: dict[tuple[int, int], float] = defaultdict(float)
    for rows in holders.values():
        for (i, left), (j, right) in combinations(rows, 2):
            products[i, j] += left * right
    return {(i, j): value / (lengths[i] * lengths[j]) for (i, j), value in products.items() if value > 0}


def _linked(
    parts: Sequence[Sequence[int]], signatures: Sequence[Signature], alike: Mapping[tuple[int, int], float]
) -> list[list[int]]:
    """Join groups by average linkage; ties fall by the texts, never by the order of the input."""
    groups = {n: sorted(part) for n, part in enumerate(parts)}
    label = {n: min(signatures[i].digest for i in part) for n, part in groups.items()}
    home = {i: n for n, part in groups.items() for i in part}
    sums: dict[frozenset[int], float] = defaultdict(float)
    for (i, j), value in sorted(alike.items(), key=lambda row: sorted(signatures[k].digest for k in row[0])):
        if home[i] != home[j]:
            sums[frozenset((home[i], home[j]))] += value

    def average(pair: frozenset[int]) -> float:
        a, b = pair
        return round(sums[pair] / (len(groups[a]) * len(groups[b])), 9)

    while sums:
        best = min(sums, key=lambda pair: (-average(pair), sorted(label[n] for n in pair)))
        if average(best) < _THRESHOLD:
            break
        a, b = sorted(best, key=lambda n: label[n])
        groups[a] += groups.pop(b)
        del sums[best]
        for pair in [pair for pair in sums if b in pair]:
            (other,) = pair - {b}
            sums[frozenset((a, other))] += sums.pop(pair)
    return list(groups.values())
