"""Join what is alike on average: the two groups that are most alike first, until no two are alike enough.

Two groups that are each of one mind have to be more alike than others are: five reports that tell much the
same, and five others that tell much the same, on one theme, are two stories, where ten that are all as far
apart as the two fives are from each other would be one.

Average linkage (Sokal and Michener 1958) does not hang on the order of what it joins, but for ties: those
fall by place, so give things in an order of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float64]


def linked(
    alike: Table, threshold: float, tied: Iterable[tuple[int, int]] = (), closed: Table | float = 0.0
) -> list[list[int]]:
    """Sort 0 to n-1 into groups; `alike` is [n, n], symmetric; what is `tied` is together from the start.

    Groups join whose members are alike above `threshold` on average, and by more than the share `closed` of
    what those of the less close one are among themselves; one alone has nothing to be measured by. The share
    may be told for each two, [n, n].
    """
    import numpy as np

    groups: list[list[int]] = connected(range(len(alike)), tied)
    spread = np.zeros((len(groups), len(alike)))
    for row, own in enumerate(groups):
        spread[row, own] = 1 / len(own)
    table = spread @ alike @ spread.T
    share = spread @ np.broadcast_to(np.asarray(closed, dtype=float), alike.shape) @ spread.T
    sizes = np.array([len(own) for own in groups], dtype=float)
    inner = np.array([_inner(alike, own) for own in groups])
    np.fill_diagonal(table, -np.inf)
    left = table - threshold - share * np.minimum.outer(inner, inner)
    for _ in range(len(groups) - 1):
        # what is as near as rounding goes is a tie
        a, b = divmod(int(np.round(left, 9).argmax()), len(table))
        if left[a, b] < 0:
            break
        a, b = min(a, b), max(a, b)
        inner[a] = _joined_inner(sizes[a], sizes[b], inner[a], inner[b], table[a, b])
        for told in (table, share):
            told[a] = told[:, a] = (sizes[a] * told[a] + sizes[b] * told[b]) / (sizes[a] + sizes[b])
        table[a, [a, b]] = -np.inf
        table[b] = table[:, b] = -np.inf
        sizes[a] += sizes[b]
        groups[a] += groups[b]
        groups[b] = []
        left[b] = left[:, b] = -np.inf
        left[a] = left[:, a] = table[a] - threshold - share[a] * np.minimum(inner[a], inner)
    return [sorted(own) for own in groups if own]


def _inner(alike: Table, own: Sequence[int]) -> float:
    """Tell how alike the members of a group are on average; none is told of one alone, nor of enemies."""
    if len(own) < 2:
        return 0.0
    pairs = [float(alike[i, j]) for n, i in enumerate(own) for j in own[:n]]
    return max(sum(pairs) / len(pairs), 0.0)


def _joined_inner(m: float, n: float, one: float, other: float, between: float) -> float:
    """Tell how alike the members of two groups are once they are one."""
    pairs = m * (m - 1) / 2 * one + n * (n - 1) / 2 * other + m * n * between
    found: float = max(pairs / ((m + n) * (m + n - 1) / 2), 0.0)
    return found


def connected(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Give the groups that pairs make of members, each in order, by their first members."""
    parent = {i: i for i in members}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in pairs:
        parent[root(j)] = root(i)
    found: dict[int, list[int]] = {}
    for i in parent:
        found.setdefault(root(i), []).append(i)
    return sorted((sorted(own) for own in found.values()), key=lambda own: own[0])
