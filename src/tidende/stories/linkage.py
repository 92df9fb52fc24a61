"""Join what is alike on average: the two groups that are most alike first, until no two are alike enough.

Average linkage (Sokal and Michener 1958) does not hang on the order of what it joins, but for ties: those
fall by place, so give things in an order of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float64]


def linked(alike: Table, threshold: float, tied: Iterable[tuple[int, int]] = ()) -> list[list[int]]:
    """Sort 0 to n-1 into groups; `alike` is [n, n], symmetric; what is `tied` is together from the start."""
    import numpy as np

    groups: list[list[int]] = connected(range(len(alike)), tied)
    spread = np.zeros((len(groups), len(alike)))
    for row, own in enumerate(groups):
        spread[row, own] = 1 / len(own)
    table = spread @ alike @ spread.T
    np.fill_diagonal(table, -np.inf)
    sizes = np.array([len(own) for own in groups], dtype=float)
    for _ in range(len(groups) - 1):
        # what is as near as rounding goes is a tie
        a, b = divmod(int(np.round(table, 9).argmax()), len(table))
        if table[a, b] < threshold:
            break
        a, b = min(a, b), max(a, b)
        row = (sizes[a] * table[a] + sizes[b] * table[b]) / (sizes[a] + sizes[b])
        row[a] = row[b] = -np.inf
        table[a] = table[:, a] = row
        sizes[a] += sizes[b]
        groups[a] += groups[b]
        groups[b] = []
        table[b] = table[:, b] = -np.inf
    return [sorted(own) for own in groups if own]


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
