"""Learn what the parser tells of the ends of sentences: the weights of `tidende.parse.ends`.

The text is that of `training/boundaries.py`: train parts, cut to the length of articles. A table that did not
learn from an article (`_FOLDS`) leaves gaps unsure in it; the parser reads what stands between sure ends,
and each such gap is a case. Its parameters stay as they are. Two networks of one hidden layer are learned by
Adam from all languages together and shipped as one, their mean. UD dev is scored first, by weights from train
parts alone; then dev is learned from too. Test is never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tidende.parse.ends import Ends, inputs
from tidende.parse.files import ENDS, NETWORK, check
from tidende.parse.neural import Model
from tidende.parse.sentences import Draft, Table, drafts
from tidende.parse.tokens import tokenise
from tidende.parse.words import Cut, to_words
from training import boundaries, manifest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FOLDS = 3
_ROUNDS = 200  # of a table's learning: enough for scores that are only compared
_WARM = -4.0  # the least score of a gap that is worth reading a draft for
_MOST = 1500  # such drafts of a language
_REST = 0.06  # share of the other drafts
_HEAVIEST = 20.0  # how much a case may stand for
_LONGEST = 150  # words of a draft to learn from
_HIDDEN = 32
_SEEDS = (0, 1)
_EPOCHS = 15
_BATCH = 256
_RATE = 2e-3
_DECAY = 1e-3
_DROPPED = 0.3


@dataclass(frozen=True, slots=True)
class _Read:
    """A draft to be read, whether each unsure gap in it is an end, how many drafts it stands for."""

    draft: Draft
    words: Cut
    ends: tuple[bool, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Cases:
    """Gaps: what is known of each, whether a sentence ends there, its weight, the table's score."""

    known: NDArray[np.float32]
    ends: NDArray[np.float32]
    weights: NDArray[np.float32]
    scores: NDArray[np.float32]


def run(data: Path, folder: Path, codes: Sequence[str]) -> dict[str, str]:
    """Learn the weights for the parser in `folder`, write them there; tell of dev by language."""
    import numpy as np

    model = Model(check(folder))
    train = [read(list(_train(data, code)), model) for code in codes]
    dev = {
        code: read(list(_dev(data, code)), model) for code in codes if boundaries.dev_sentences(data, code)
    }
    first = learn(train)
    told = {code: _told(cases, first) for code, cases in dev.items()}
    np.save(folder / ENDS, learn([*train, *dev.values()]).weights)
    network = manifest.read(folder)["files"][NETWORK]["sha256"]
    manifest.add(folder, [ENDS], ends_of=network)
    return told


def _told(cases: Cases, ends: Ends) -> str:
    due = cases.ends > 0
    shown = []
    for name, found in (("table", cases.scores > 0), ("asked", ends.scores(cases.known) > 0)):
        shown.append(f"{name} {(due & ~found).sum()} ends missed, {(found & ~due).sum()} wrong")
    return f"{len(due)} unsure gaps; {'; '.join(shown)}"


# --- cases ------------------------------------------------------------------------------------


def _train(data: Path, code: str) -> Iterator[_Read]:
    """Yield some drafts of the train part of a language, each cut by a table that did not learn from it."""
    articles = list(boundaries.short(boundaries.own(data, code)))
    beside = [one for other in boundaries.BESIDE.get(code, ()) for one in boundaries.own(data, other)]
    folds = [at * _FOLDS * 4 // len(articles) % _FOLDS for at in range(len(articles))]
    found: list[_Read] = []
    for fold in range(_FOLDS):
        others = [one for one, own in zip(articles, folds, strict=True) if own != fold]
        learned = _table([*others, *beside], code)
        for article, own in zip(articles, folds, strict=True):
            if own == fold:
                found += _drafts(article, code, learned)
    chance = Random(len(found))
    found = [one for one in found if len(one.words.owners) <= _LONGEST]
    warm = [one for one in found if _is_warm(one)]
    share = min(1.0, _MOST / max(1, len(warm)))
    for one in found:
        kept = share if _is_warm(one) else _REST
        if chance.random() < kept:
            yield _Read(one.draft, one.words, one.ends, min(1 / kept, _HEAVIEST))


def _dev(data: Path, code: str) -> Iterator[_Read]:
    """Yield the drafts of the dev part of a language, cut by a table from its train part."""
    learned = _table(boundaries.sentences(data, code), code)
    for paragraph in boundaries.dev_sentences(data, code):
        yield from _drafts(paragraph, code, learned)


def _is_warm(one: _Read) -> bool:
    pairs = zip(one.draft.unsure, one.ends, strict=True)
    return any(gap.score > _WARM or (is_end and gap.score <= 0) for gap, is_end in pairs)


def _table(paragraphs: Sequence[Sequence[str]], code: str) -> Table:
    penalty = boundaries.PENALTY.get(code, boundaries.PENALTY[""])
    weights = boundaries.learn(list(boundaries.cases(paragraphs, code)), penalty, _ROUNDS)
    return Table(weights, boundaries.NEEDED.get(code, boundaries.NEEDED[""]))


def _drafts(article: Sequence[str], code: str, learned: Table) -> Iterator[_Read]:
    text, ends = boundaries.running(article)
    tokens = tuple(tokenise(text, 0, len(text), code))
    for draft in drafts(tokens, code, learned=learned):
        if draft.unsure:
            is_end = tuple(draft.tokens[gap.at - 1].end in ends for gap in draft.unsure)
            yield _Read(draft, to_words(draft.cut(())[0], code), is_end, 1.0)


def read(kept: Sequence[_Read], model: Model) -> Cases:
    """Have the parser read drafts; give their gaps as cases."""
    import numpy as np

    known: list[NDArray[np.float32]] = []
    ends: list[bool] = []
    weights: list[float] = []
    scores: list[float] = []
    for one, (analysis, seen) in zip(
        kept, model.read_closely([one.words.words for one in kept]), strict=True
    ):
        if seen.nodes is None:
            continue
        known.append(inputs(one.draft.unsure, one.words, analysis, seen))
        ends += one.ends
        weights += [one.weight] * len(one.ends)
        scores += [gap.score for gap in one.draft.unsure]
    columns = (np.array(column, dtype=np.float32) for column in (ends, weights, scores))
    return Cases(np.concatenate(known), *columns)


# --- learning ---------------------------------------------------------------------------------


def learn(parts: Sequence[Cases]) -> Ends:
    """Learn from the cases of all languages together."""
    import numpy as np

    known = np.concatenate([one.known for one in parts])
    due = np.concatenate([one.ends for one in parts])
    weights = np.concatenate([one.weights for one in parts])
    mean, spread = known.mean(0), known.std(0) + 1e-3
    made = [_learnt((known - mean) / spread, due, weights / weights.mean(), seed) for seed in _SEEDS]
    # one network as wide as both; what was subtracted and divided by goes into its weights
    layer = np.concatenate([one[0][:, :-1] for one in made], axis=1)
    past = np.mean([one[0][:, -1] for one in made], axis=0)[:, None]
    inner = np.concatenate([layer, past], axis=1)
    shift = np.concatenate([*(one[1][:-1] for one in made), [np.mean([one[1][-1] for one in made])]])
    out = np.concatenate([*(one[2] / len(made) for one in made), [0.0]])
    rows = [inner / spread[:, None], (shift - (mean / spread) @ inner)[None], out[None]]
    return Ends(np.concatenate(rows).astype(np.float32))


def _learnt(
    known: NDArray[np.float32], due: NDArray[np.float32], weights: NDArray[np.float32], seed: int
) -> list[NDArray[np.float32]]:
    """Give [inputs, hidden + 1], [hidden + 1] shifts and [hidden] of one network, by Adam."""
    import numpy as np

    chance = np.random.default_rng(seed)
    width = known.shape[1]
    first = np.zeros((width, _HIDDEN + 1), dtype=np.float32)
    first[:, :-1] = chance.normal(0, width**-0.5, (width, _HIDDEN))
    held = [first, np.zeros(_HIDDEN + 1, dtype=np.float32), np.zeros(_HIDDEN, dtype=np.float32)]
    speed, size = [np.zeros_like(one) for one in held], [np.zeros_like(one) for one in held]
    steps = _EPOCHS * -(-len(known) // _BATCH)
    step = 0
    for _ in range(_EPOCHS):
        order = chance.permutation(len(known))
        for start in range(0, len(known), _BATCH):
            own = order[start : start + _BATCH]
            shown = known[own] * (chance.random((len(own), width), dtype=np.float32) > _DROPPED)
            shown /= 1 - _DROPPED
            made = shown @ held[0] + held[1]
            raised = np.maximum(made[:, :-1], 0)
            score = raised @ held[2] + made[:, -1]
            error = (1 / (1 + np.exp(-score)) - due[own]) * weights[own] / len(own)
            back = np.concatenate([np.outer(error, held[2]) * (made[:, :-1] > 0), error[:, None]], axis=1)
            slopes = [shown.T @ back, back.sum(0), raised.T @ error]
            step += 1
            rate = _RATE * (1 - step / (steps + 1))
            for at, slope in enumerate(slopes):
                speed[at] = 0.9 * speed[at] + 0.1 * slope
                size[at] = 0.999 * size[at] + 0.001 * slope**2
                moved = speed[at] / (1 - 0.9**step)
                moved /= np.sqrt(size[at] / (1 - 0.999**step)) + 1e-8
                held[at] = (held[at] - rate * (moved + _DECAY * held[at])).astype(np.float32)
    return held
