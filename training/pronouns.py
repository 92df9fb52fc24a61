"""Learn how much speaks for whom a pronoun means, from the half of NARC that is for tuning.

Usage: python -m training.pronouns [--write]   (with benchmarks/ on the path; prints the weights)

The features are those of `tidende.entities.chains`, which hold in any language: no word is among them. A
pronoun's right answer is whoever is named in its gold chain; where nobody of those that can be meant is,
nobody is right. The weights go to `languages/common/coref.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

import narc
from tidende.entities import chains as rooms
from tidende.entities import find_cast
from tidende.entities.chains import Chains, Features, Known, Spot
from tidende.ingest.draft import Draft, finish
from tidende.parse import Model, load_model
from tidende.parse import parse as read

Weights = np.ndarray[Any, np.dtype[np.float64]]
Row = tuple[list[Features], int]  # features of each who can be meant; which is right, -1 for none


class Watched(Chains):
    """Chains that go by the gold answer, and keep what could have been chosen."""

    rows: ClassVar[list[Row]] = []
    own = False  # whether to go by the weights that are, as in use, and not by gold
    gold: ClassVar[dict[tuple[int, int], int]] = {}
    names: ClassVar[list[list[tuple[int, int]]]] = []

    def meant(self, spot: Spot, gender: str) -> tuple[Known | None, str]:
        """Keep the row, and give the right one."""
        token = spot.sentence.tokens[spot.index]
        able = list(self.weighed(spot, gender))
        chain = self.gold.get((token.start, token.end), -1)
        right = next((n for n, (known, _) in enumerate(able) if self._is(known, chain)), -1)
        if able:
            self.rows.append(([features for _, features in able], right))
        if self.own:
            return super().meant(spot, gender)
        return (able[right][0], "gold") if right >= 0 else (None, "")

    def _is(self, known: Known, chain: int) -> bool:
        spans = self.names[chain] if chain >= 0 else []
        tokens = [spot.sentence.tokens[spot.index] for spot in known.spots]
        return any(a < token.end and token.start < b for token in tokens for a, b in spans)


def rows(documents: Sequence[narc.Document], model: Model) -> Iterator[Row]:
    """Give the rows of documents."""
    from tidende.entities import nominal

    nominal.Chains = Watched  # type: ignore[attr-defined]
    for document in documents:
        Watched.rows = []
        Watched.gold = {gold.core: n for n, chain in enumerate(document.chains) for gold in chain}
        Watched.names = [[gold.core for gold in chain] for chain in document.chains]
        draft = Draft(document.id, None, document.id, document.text, language=document.language)
        find_cast(read(finish(draft, published=None), model), published=None)
        yield from Watched.rows


def learn(data: Sequence[Row], names: Sequence[str], *, decay: float = 0.2, steps: int = 600) -> Weights:
    """Fit weights so that the right one, or nobody at 0, is likeliest."""
    place = {name: n for n, name in enumerate(names)}
    sizes = np.array([len(options) + 1 for options, _ in data])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    matrix = np.zeros((int(sizes.sum()), len(names)))
    right = starts.copy()
    for number, (options, best) in enumerate(data):
        right[number] += best if best >= 0 else len(options)
        for n, features in enumerate(options):
            for name, value in features.items():
                matrix[starts[number] + n, place[name]] = value
    group = np.repeat(np.arange(len(data)), sizes)
    due = matrix[right].sum(axis=0)
    weights = np.zeros(len(names))
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        likely = np.exp(matrix @ weights)
        likely /= np.add.reduceat(likely, starts)[group]
        slope = (likely @ matrix - due) / len(data) + decay * weights / 100
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> int:
    """Learn and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    documents = narc.load("dev")
    documents = sorted(
        documents, key=lambda d: __import__("hashlib").sha256(("x" + d.id).encode()).hexdigest()
    )
    Watched.own = True  # as in use: by the weights that are, so learn again until they stay
    data = list(rows(documents[: options.most or None], load_model()))
    names = sorted({name for each, _ in data for features in each for name in features})
    cut = len(data) * 3 // 4
    print(held_out(data[:cut], data[cut:], names))
    weights = dict(zip(names, learn(data, names), strict=True))
    lines = "".join(f'"{name}" = {weight:.2f}\n' for name, weight in weights.items())
    print(lines)
    if options.write:
        path = Path(rooms.__file__).parents[1] / "languages" / "common" / "coref.toml"
        head = path.read_text(encoding="utf-8").split("[weights]")[0]
        path.write_text(f"{head}[weights]\n{lines}", encoding="utf-8")
    return 0


def held_out(data: Sequence[Row], kept: Sequence[Row], names: Sequence[str]) -> str:
    """Learn on some rows, and tell how many of the others come out right, by how sure one has to be."""
    weights = dict(zip(names, learn(data, names), strict=True))
    rows = []
    for least in (0.0, 0.4, 0.5, 0.6, 0.7):
        hit = given = 0
        for options, right in kept:
            scores = np.exp([sum(weights[n] * v for n, v in one.items()) for one in options])
            best = int(np.argmax(scores))
            sure = scores[best] > 1 and scores[best] / (scores.sum() + 1) >= least
            given, hit = given + sure, hit + (sure and best == right)
        due = sum(right >= 0 for _, right in kept)
        rows.append(f"held out, from {least}: right {hit}, given {given}, due {due}")
    return "\n".join(rows)


if __name__ == "__main__":
    raise SystemExit(main())
