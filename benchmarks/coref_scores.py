"""Score chains of mentions against gold: MUC, B-cubed and CEAF-e, whose mean F1 is the CoNLL score.

A chain is a set of mentions; mentions are any values that can be compared. Each score gives four numbers,
which may be summed over documents: what recall has right and out of what, what precision has right and out
of what.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

Chains = Sequence[frozenset[Hashable]]
Counts = tuple[float, float, float, float]


def muc(gold: Chains, found: Chains) -> Counts:
    """Count links: a chain of n mentions is n - 1 links, less those that the other side cuts."""
    return *_links(gold, found), *_links(found, gold)


def _links(chains: Chains, others: Chains) -> tuple[float, float]:
    where = {mention: n for n, chain in enumerate(others) for mention in chain}
    kept = 0
    for chain in chains:
        pieces = {where[mention] for mention in chain if mention in where}
        alone = sum(mention not in where for mention in chain)
        kept += len(chain) - len(pieces) - alone
    return kept, sum(len(chain) - 1 for chain in chains)


def b_cubed(gold: Chains, found: Chains) -> Counts:
    """Count, mention by mention, the share of its chain that the other side's chain has too."""
    return *_shares(gold, found), *_shares(found, gold)


def _shares(chains: Chains, others: Chains) -> tuple[float, float]:
    where = {mention: chain for chain in others for mention in chain}
    shares = sum(
        len(chain & where[mention]) / len(chain) for chain in chains for mention in chain if mention in where
    )
    return shares, sum(map(len, chains))


def ceaf_e(gold: Chains, found: Chains) -> Counts:
    """Count the likeness of chains that are paired one to one in the best way."""
    best = _best([[2 * len(one & other) / (len(one) + len(other)) for other in found] for one in gold])
    return best, len(gold), best, len(found)


def _best(likeness: list[list[float]]) -> float:
    """Give the greatest sum of one number a row and column: the Hungarian method with potentials."""
    if not likeness or not likeness[0]:
        return 0.0
    if len(likeness) > len(likeness[0]):
        likeness = [list(column) for column in zip(*likeness, strict=True)]
    rows, columns = len(likeness), len(likeness[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken = [0] * (columns + 1)  # the row, from 1, that each column is given to; column 0 is the one to place
    for row in range(1, rows + 1):
        taken[0], column = row, 0
        cheapest, came = [float("inf")] * (columns + 1), [0] * (columns + 1)
        done = [False] * (columns + 1)
        while taken[column]:
            done[column] = True
            here, step, following = taken[column], float("inf"), 0
            for at in range(1, columns + 1):
                if done[at]:
                    continue
                cost = -likeness[here - 1][at - 1] - row_price[here] - column_price[at]
                if cost < cheapest[at]:
                    cheapest[at], came[at] = cost, column
                if cheapest[at] < step:
                    step, following = cheapest[at], at
            for at in range(columns + 1):
                if done[at]:
                    row_price[taken[at]] += step
                    column_price[at] -= step
                else:
                    cheapest[at] -= step
            column = following
        while column:
            taken[column] = taken[came[column]]
            column = came[column]
    return sum(likeness[taken[at] - 1][at - 1] for at in range(1, columns + 1) if taken[at])


def f1(counts: Counts) -> float:
    """Give the F1 of summed counts, 0 where nothing is right."""
    right, due, own, all_own = counts
    recall, precision = right / due if due else 0.0, own / all_own if all_own else 0.0
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
