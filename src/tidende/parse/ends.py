"""Ask the parser where sentences end, at the gaps that the table of `tidende.parse.sentences` leaves unsure.

A headline or a fragment that has no full stop runs into the next sentence, and nothing on the surface tells.
The parser reads the text between two sure ends as if it were one sentence. At each unsure gap in it a small
network with one hidden layer looks at the parser's vectors of the words on both sides, at how much of the
tree crosses the gap, and at the table's score. What it leaves whole has been read by then; what it cuts is
read again. `training/ends.py` makes the weights, for all languages at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidende.errors import ModelError
from tidende.parse.neural import Analysis, Model, Seen, Words
from tidende.parse.sentences import Draft, Gap, drafts, split
from tidende.parse.types import Token
from tidende.parse.words import Cut, to_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEEDED = 0.5  # chosen on dev: a sentence cut in two costs a reader more than a headline left on the next one
_FINITE = "VerbForm=Fin"
_FAINT = 0.01  # of a probability or a count that is nought
_LEAST = 1e-4  # the least probability whose odds are told apart
_CLIP = 3.0


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence of tokens, its words, and what the model reads in them (None without a model)."""

    tokens: tuple[Token, ...]
    words: Cut
    analysis: Analysis | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """The weights: [inputs + 2, hidden + 1]; the last column goes round the hidden layer.

    The last row but one are shifts, the last one is the layer's way out.
    """

    weights: NDArray[np.float32]

    def scores(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Score gaps, [gaps, inputs]; a sentence ends where the score is above 0."""
        import numpy as np

        made = inputs @ self.weights[:-2] + self.weights[-2]
        found: NDArray[np.float32] = (
            np.maximum(made[:, :-1], 0) @ self.weights[-1, :-1] + made[:, -1] - _NEEDED
        )
        return found


@cache
def load_ends(path: Path) -> Ends:
    """Open the weights, once a process; raise `ModelError` where the file is none of ours."""
    import numpy as np

    try:
        weights = np.load(path)
    except (OSError, ValueError) as error:
        raise ModelError(path, f"cannot be opened: {error}") from error
    return Ends(weights.astype(np.float32))


@dataclass(frozen=True, slots=True)
class Uncut:
    """The tokens of a block, its language, and whether it is a headline."""

    tokens: tuple[Token, ...]
    language: str
    headline: bool = False


def cut(blocks: Sequence[Uncut], model: Model | None) -> list[list[Read]]:
    """Cut the tokens of blocks into sentences and read them, all at once.

    Without a model, or without weights for its network, the table alone decides.
    """
    if model is None or model.ends is None:
        groups = [split(own.tokens, own.language, headline=own.headline) for own in blocks]
        return _all_read(
            [
                [_unread(one, own.language) for one in group]
                for own, group in zip(blocks, groups, strict=True)
            ],
            model,
        )
    ends = load_ends(model.ends)
    whole = [
        [
            (draft, _unread(draft.cut(())[0], own.language))
            for draft in drafts(own.tokens, own.language, headline=own.headline)
        ]
        for own in blocks
    ]
    asked = [one.words.words for own in whole for draft, one in own if draft.unsure]
    told = iter(model.read_closely(asked))
    settled = [
        [
            part
            for draft, one in own
            for part in (_settled(draft, one, *next(told), ends) if draft.unsure else [one])
        ]
        for own in whole
    ]
    return _all_read(settled, model)


def _settled(draft: Draft, one: Read, analysis: Analysis, seen: Seen, ends: Ends) -> list[Read]:
    """Give the sentences of a draft that was read as `one`: itself, or its parts, still to be read."""
    at = chosen(draft, one.words, analysis, seen, ends)
    if not at:
        return [Read(one.tokens, one.words, analysis)]
    return [_unread(own, one.words.words.language) for own in draft.cut(at)]


def _unread(tokens: tuple[Token, ...], language: str) -> Read:
    return Read(tokens, to_words(tokens, language))


def _all_read(groups: Sequence[Sequence[Read]], model: Model | None) -> list[list[Read]]:
    """Read what is not read yet, all at once."""
    if model is None:
        return [list(group) for group in groups]
    waiting: list[Words] = [one.words.words for group in groups for one in group if one.analysis is None]
    told = iter(model.read(waiting))
    return [
        [one if one.analysis is not None else Read(one.tokens, one.words, next(told)) for one in group]
        for group in groups
    ]


def chosen(draft: Draft, words: Cut, analysis: Analysis, seen: Seen, ends: Ends) -> list[int]:
    """Give the numbers of the tokens that open a sentence of their own inside a draft that was read."""
    if seen.nodes is None:  # read in parts: the table alone decides
        return [gap.at for gap in draft.unsure if gap.score > 0]
    scores = ends.scores(inputs(draft.unsure, words, analysis, seen))
    first = _firsts(words)
    return [
        gap.at
        for gap, score in zip(draft.unsure, scores.tolist(), strict=True)
        if score > 0 and not _in_name(analysis, first[gap.at])
    ]


def _in_name(analysis: Analysis, word: int) -> bool:
    """Tell whether a word goes on with the name before it: "Boris | Johnson: That was not possible"."""
    return analysis.names[word].startswith("I-") or analysis.deprels[word].startswith("flat")


def _firsts(words: Cut) -> dict[int, int]:
    """Give the first word of each token by their numbers."""
    return {owner: at for at, owner in reversed(list(enumerate(words.owners)))}


def inputs(gaps: Sequence[Gap], words: Cut, analysis: Analysis, seen: Seen) -> NDArray[np.float32]:
    """Give what is known of gaps in a sentence that the model read, [gaps, inputs]."""
    import numpy as np

    raised = np.exp(seen.arcs - seen.arcs.max(1, keepdims=True)).astype(np.float64)
    chances = raised / raised.sum(1, keepdims=True)
    finite = np.array([_FINITE in feats for feats in analysis.feats])
    first = _firsts(words)
    rows = []
    for gap in gaps:
        at = first[gap.at]
        told = [*_tree(chances, at), *_verbs(finite, at), *_score(gap), np.log(at), np.log(len(chances) - at)]
        rows.append(np.concatenate([told, seen.nodes[at], seen.nodes[at + 1]]))
    return np.array(rows, dtype=np.float32)


def _tree(chances: NDArray[np.float64], at: int) -> list[Any]:
    """Tell how much of the tree crosses the gap before word `at`, and of roots on both sides."""
    import numpy as np

    left, right = chances[:at], chances[at:]
    over, back = left[:, at + 1 :].sum(1), right[:, 1 : at + 1].sum(1)
    crossing = np.array([over.sum(), back.sum(), over.sum() + back.sum()])
    odds = np.array(
        [left[:, 0].max(), right[:, 0].max(), over[-1], back[0], right[0, 0], back.max(), over.max()]
    )
    odds = odds.clip(_LEAST, 1 - _LEAST)
    return [*np.log(crossing + _FAINT), *np.log(odds / (1 - odds)), left[:, 0].sum(), right[:, 0].sum()]


def _verbs(finite: NDArray[np.bool_], at: int) -> list[float]:
    left, right = float(finite[:at].any()), float(finite[at:].any())
    return [left, right, left * right]


def _score(gap: Gap) -> list[float]:
    marked = float(gap.marked)
    return [
        marked,
        gap.score * marked,
        gap.score * (1 - marked),
        max(-_CLIP, min(_CLIP, gap.score)),
        gap.score,
    ]
