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

    scores = arcs.astype("float64")
    every = np.arange(len(scores))
    scores[every, every + 1] = _NEVER
    best: list[int] = scores.argmax(1).tolist()
    if is_tree(best):
        return best
    inner = scores[:, 1:].max(1)
    most, found = -np.inf, best
    for root in scores[:, 0].argsort()[::-1][:4].tolist():
        # no tree with this root is better than its root and the best head of every other word
        if scores[root, 0] + inner.sum() - inner[root] < most:
            continue
        tree = _rooted(scores, root)
        total = scores[every, tree].sum()
        if total > most:
            most, found = total, tree
    return found


def not_trees(found: Any, counts: Any) -> list[int]:
    """Give the rows of heads [sentences, words] that are no tree with one root, `counts` words in each."""
    import numpy as np

    rows, wide = found.shape
    inside = np.arange(wide) < counts[:, None]
    above = np.zeros((rows, wide + 1), dtype=np.int64)
    above[:, 1:] = np.where(inside, found, 0)
    whole = ((above[:, 1:] == 0) & inside).sum(1) == 1
    whole &= (above <= counts[:, None]).all(1)
    above[~whole] = 0
    starts = np.arange(rows)[:, None] * (wide + 1)
    above += starts
    steps = 1
    while steps < wide:  # after each step a word knows the one twice as far above it
        above = above.ravel()[above]
        steps *= 2
    whole &= (above == starts).all(1)
    bad: list[int] = np.flatnonzero(~whole).tolist()
    return bad


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
    columns = matrix[np.ix_(cycle, outside)] - matrix[cycle, [best[node] for node in cycle]][:, None]
    enter = columns.argmax(0)
    small[-1, :-1] = columns.max(0) + total
    rows = matrix[np.ix_(outside, cycle)]
    leave = rows.argmax(1)
    small[:-1, -1] = rows.max(1)
    inner = _spanning(small)
    found = list(best)
    for at, node in enumerate(outside):
        if node:
            found[node] = cycle[leave[at]] if inner[at] == len(outside) else outside[inner[at]]
    found[cycle[enter[inner[-1]]]] = outside[inner[-1]]
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

    (found,) = tag_rows(scores[None], np.array([len(scores)]), names)
    return found


def tag_rows(scores: Floats, counts: Any, names: tuple[str, ...]) -> list[list[str]]:
    """Give the best BIO tags from scores [sentences, words, tags], `counts` words in each (see `tags`)."""
    import numpy as np

    costs = np.array(_costs(tuple(names)))
    first = scores.argmax(-1)
    before = np.full_like(first, names.index("O"))
    before[:, 1:] = first[:, :-1]
    wrong = (costs[before, first] < 0) & (np.arange(first.shape[1]) < counts[:, None])
    found = [row[:count] for row, count in zip(first.tolist(), counts.tolist(), strict=True)]
    for at in np.flatnonzero(wrong.any(1)).tolist():
        found[at] = _path(scores[at, : counts[at]], costs, names.index("O"))
    return [[names[one] for one in row] for row in found]


def _path(scores: Floats, costs: Any, start: int) -> list[int]:
    """Give the best path from tag to tag (Viterbi)."""
    best = scores[0] + costs[start]
    back = []
    for row in scores[1:]:
        paths = best[:, None] + costs
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    at = int(best.argmax())
    found = [at]
    for step in reversed(back):
        at = int(step[at])
        found.append(at)
    return found[::-1]


@cache
def _costs(names: tuple[str, ...]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(0.0 if follows(before, after) else _NEVER for after in names) for before in names)


def follows(before: str, after: str) -> bool:
    """Tell whether one BIO tag may stand after another."""
    return after[0] != "I" or before[1:] == after[1:]
