"""From scores to a tree and to names: one root, no cycle, tags that hold together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_NEVER = -1e9


def heads(arcs: Floats) -> list[int]:
    """Give the head of each word (0 root) from scores [words, 1 + words].

    The best head of each word if they form a tree with one root, else the best spanning tree with one root
    (Chu-Liu and Edmonds; the root is tried in the order of its score, as Zmigrod et al. 2020 advise).
    """
    import numpy as np

    scores = arcs.astype("float64").copy()
    scores[np.arange(len(scores)), np.arange(1, len(scores) + 1)] = _NEVER
    best: list[int] = scores.argmax(1).tolist()
    if is_tree(best):
        return best
    roots = scores[:, 0].argsort()[::-1][:4].tolist()
    trees = [_rooted(scores, root) for root in roots]
    return max(trees, key=lambda tree: sum(scores[at, head] for at, head in enumerate(tree)))


def is_tree(found: Sequence[int]) -> bool:
    """Tell whether heads (0 root) make a tree with one root."""
    if sum(head == 0 for head in found) != 1:
        return False
    safe: set[int] = {0}
    for start in range(1, len(found) + 1):
        path: set[int] = set()
        at = start
        while at not in safe:
            if at in path:
                return False
            path.add(at)
            at = found[at - 1]
        safe |= path
    return True


def _rooted(scores: Any, root: int) -> list[int]:
    import numpy as np

    size = len(scores) + 1
    matrix = np.full((size, size), _NEVER)
    matrix[1:, 1:] = scores[:, 1:]
    matrix[1 + root, :] = _NEVER
    matrix[1 + root, 0] = scores[root, 0]
    np.fill_diagonal(matrix, -1e18)
    return _spanning(matrix)[1:]


def _spanning(matrix: Any) -> list[int]:
    """Give the head of each node of the best tree from node 0; `matrix` is [dependent, head]."""
    import numpy as np

    size = len(matrix)
    best: list[int] = matrix.argmax(1).tolist()
    best[0] = 0
    cycle = _cycle(best)
    if not cycle:
        return best
    inside = set(cycle)
    outside = [node for node in range(size) if node not in inside]
    total = sum(matrix[node, best[node]] for node in cycle)
    small = np.full((len(outside) + 1, len(outside) + 1), -1e18)
    small[:-1, :-1] = matrix[np.ix_(outside, outside)]
    enter, leave = {}, {}
    for at, node in enumerate(outside):
        gains = [matrix[one, node] - matrix[one, best[one]] for one in cycle]
        enter[at] = cycle[int(np.argmax(gains))]
        small[-1, at] = max(gains) + total
        leave[at] = cycle[int(np.argmax([matrix[node, one] for one in cycle]))]
        small[at, -1] = matrix[node, leave[at]]
    inner = _spanning(small)
    found = list(best)
    for at, node in enumerate(outside):
        if node:
            found[node] = leave[at] if inner[at] == len(outside) else outside[inner[at]]
    found[enter[inner[-1]]] = outside[inner[-1]]
    return found


def _cycle(found: Sequence[int]) -> list[int]:
    done: set[int] = {0}
    for start in range(1, len(found)):
        path: list[int] = []
        at = start
        while at not in done and at not in path:
            path.append(at)
            at = found[at]
        if at in path:
            return path[path.index(at) :]
        done.update(path)
    return []


def tags(scores: Floats, names: tuple[str, ...]) -> list[str]:
    """Give the best BIO tags from scores [words, tags]: an I- stands only after its B- or I-.

    `names` are the tags in the order of the scores.
    """
    import numpy as np

    first: list[int] = scores.argmax(1).tolist()
    if all(
        follows(names[before], names[after])
        for before, after in zip([names.index("O"), *first], first, strict=False)
    ):
        return [names[one] for one in first]
    cost = np.array(_costs(names))
    best = scores[0] + cost[names.index("O")]
    back = []
    for row in scores[1:]:
        paths = best[:, None] + cost
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    at = int(best.argmax())
    found = [at]
    for step in reversed(back):
        at = int(step[at])
        found.append(at)
    return [names[one] for one in reversed(found)]


@cache
def _costs(names: tuple[str, ...]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(0.0 if follows(before, after) else _NEVER for after in names) for before in names)


def follows(before: str, after: str) -> bool:
    """Tell whether one BIO tag may stand after another."""
    return after[0] != "I" or before[1:] == after[1:]
