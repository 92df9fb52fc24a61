"""What people decided, put to work: who is one person, and which articles are one story or are not.

Corrections name articles and entities, never stories, for stories come and go. A later correction
stands against an earlier one on the same two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidende.entities.judgement import Judgement, Judgements
from tidende.store import Correction

Alike = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class People:
    """Hold which ids are one person (`names`: id to the id that stands for it), and which are two."""

    names: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    @property
    def touched(self) -> set[str]:
        """Give every id that a correction is about."""
        return {*self.names, *self.names.values(), *(one for pair in self.apart for one in pair)}

    @property
    def judgements(self) -> Judgements:
        """Give what stands above every likeness of names: who was told to be two people."""
        told = Judgements()
        for pair in sorted(map(sorted, self.apart)):
            one, other = pair
            told.judge(one, other, Judgement.DIFFERENT)
        return told

    def every_id(self, identifier: str) -> set[str]:
        """Give all ids of a person."""
        stands = self.names.get(identifier, identifier)
        return {stands, *(one for one, other in self.names.items() if other == stands)}


def in_force(corrections: Iterable[Correction]) -> list[Correction]:
    """Leave out the corrections that were undone."""
    return [one for one in corrections if one.undone_when is None]


def people(corrections: Iterable[Correction]) -> People:
    """Gather what the corrections in force tell about who is who."""
    same: dict[frozenset[str], None] = {}
    apart: dict[frozenset[str], None] = {}
    for one in in_force(corrections):
        if one.kind in ("same-person", "not-same"):
            pair = frozenset((*one.left, *one.right))
            into, out_of = (same, apart) if one.kind == "same-person" else (apart, same)
            out_of.pop(pair, None)
            into[pair] = None
    groups = _joined(sorted({one for pair in same for one in pair}), [sorted(pair) for pair in same])
    names = {}
    for group in groups:
        stands = min(group, key=lambda one: (not (one[:1] == "Q" and one[1:].isdigit()), -len(one), one))
        names.update({one: stands for one in group if one != stands})
    return People(names, frozenset(apart))


def corrected(
    clusters: Sequence[Collection[str]],
    corrections: Iterable[Correction],
    alike: Alike,
    order: Mapping[str, int],
) -> list[list[str]]:
    """Join and part clusters of articles as people decided; `order` is that of the articles.

    What was told to be together is; of two that were told to be apart each takes with it the articles
    that nobody spoke of and that are most alike to it.
    """
    told = [one for one in in_force(corrections) if one.kind in ("merge", "split")]
    together, apart = _pairs(told, order)
    if not together and not apart:
        return [sorted(cluster, key=lambda one: order[one]) for cluster in clusters]
    chains = [list(cluster) for cluster in clusters]
    links = [[*chain[:1], one] for chain in chains for one in chain[1:]]
    atoms = _joined(order, [sorted(pair) for pair in together])
    found = []
    for cluster in _joined(order, [*links, *(sorted(pair) for pair in together)]):
        own = [atom for atom in atoms if atom[0] in set(cluster)]
        found += _parted(own, apart, alike, order)
    return [sorted(cluster, key=lambda one: order[one]) for cluster in found]


def _pairs(
    told: Iterable[Correction], known: Collection[str]
) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    together: set[frozenset[str]] = set()
    apart: set[frozenset[str]] = set()
    for one in told:
        left, right = ([i for i in side if i in known] for side in (one.left, one.right))
        if one.kind == "merge":
            everybody = [*left, *right]
            pairs = {frozenset((a, b)) for a in everybody for b in everybody if a != b}
            together |= pairs
            apart -= pairs
        else:
            pairs = {frozenset((a, b)) for a in left for b in right if a != b}
            apart |= pairs
            together -= pairs
    return together, apart


def _parted(
    atoms: Sequence[Sequence[str]],
    apart: Collection[frozenset[str]],
    alike: Alike,
    order: Mapping[str, int],
) -> list[list[str]]:
    """Part what must not be together; atoms stay whole."""

    def clash(one: Iterable[str], other: Sequence[str]) -> bool:
        return any(frozenset((a, b)) in apart for a in one for b in other)

    spoken = {one for pair in apart for one in pair}
    # those of whom something was told first, then each of the others to whom it is most alike
    ordered = sorted(atoms, key=lambda atom: (not spoken.intersection(atom), min(order[one] for one in atom)))
    parts: list[list[str]] = []
    for atom in ordered:
        free = [part for part in parts if not clash(atom, part)]
        if not free:
            parts.append(list(atom))
        elif len(free) == 1 or spoken.intersection(atom):
            free[0].extend(atom)
        else:
            best = max(free, key=lambda part: max(alike(a, b) for a in atom for b in part))
            best.extend(atom)
    return parts


def _joined(members: Iterable[str], links: Iterable[Sequence[str]]) -> list[list[str]]:
    """Give the groups that links make."""
    parent = {one: one for one in members}

    def root(one: str) -> str:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for link in links:
        for other in link[1:]:
            parent[root(other)] = root(link[0])
    found: dict[str, list[str]] = {}
    for one in parent:
        found.setdefault(root(one), []).append(one)
    return list(found.values())
