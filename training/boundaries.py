"""Learn where sentences end: the weights of `tidende.parse.sentences`, one table for each language.

Each treebank's sentences are printed one after the other as running text, cut by `tidende.parse.tokens`, and
every gap between tokens that may end a sentence is a case of a logistic regression with an L1 penalty (FISTA,
so that most weights are exactly nought). Learned from train parts only (German, which has none here, from its
dev part and from GermEval's sentences); UD dev is what the penalty was chosen on, test is never read.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.parse.sentences import Texts, parts_of_speech
from tidende.parse.tokens import tokenise
from tidende.parse.types import Token
from training import conllu, names, sources

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ARTICLE = 30  # sentences
_DEV = {
    "da": "ud/UD_Danish-DDT/da_ddt-ud-dev.conllu",
    "nb": "ud/UD_Norwegian-Bokmaal/no_bokmaal-ud-dev.conllu",
    "nn": "ud/UD_Norwegian-Nynorsk/no_nynorsk-ud-dev.conllu",
    "sv": "ud/UD_Swedish-Talbanken/sv_talbanken-ud-dev.conllu",
    "en": "ud/UD_English-EWT/en_ewt-ud-dev.conllu",
}
SOURCES = {
    "da": "UD Danish DDT (train, dev), CC BY-SA 4.0",
    "nb": "Norwegian Dependency Treebank, CC0; UD Norwegian Bokmaal (dev), CC BY-SA 4.0",
    "nn": "Norwegian Dependency Treebank, CC0; UD Norwegian Nynorsk (dev), CC BY-SA 4.0",
    "sv": "UD Swedish Talbanken (train, dev), CC BY-SA 4.0",
    "en": "UD English EWT (train, dev), CC BY-SA 4.0; UD English PUD, CC BY-SA 3.0",
    "de": "UD German GSD (dev), CC BY-SA 4.0; UD German PUD, CC BY-SA 3.0; GermEval 2014 (dev), CC BY 4.0",
}
# Chosen on dev, learning from train alone, and so that news (ntrex) is hardly ever cut before a name.
# Talbanken has few names: what may be one needs more to open a sentence there.
PENALTY = {"": 1.0, "nn": 2.0}
NEEDED = {"": (0.0, 1.0, 2.0), "da": (0.0, 0.5, 1.0), "nn": (0.0, 2.0, 3.0), "sv": (0.5, 2.5, 3.5)}
BESIDE = {"nn": ("nb",)}  # languages learned from besides: Nynorsk gains by both (dev 96.7 to 96.9)
LEAST = 3  # cases that a feature must be seen in
_STRAIGHT = "\"'"
_NO_GAP_BEFORE = frozenset(",.;:!?…)]}") | {"..."}

Printed = list[str]  # sentences as printed


def printed(forms: Sequence[str]) -> str:
    """Print words whose white space is unknown as one would; straight quotation marks open, then close."""
    text = ""
    tight = True
    opened = dict.fromkeys(_STRAIGHT, False)
    for form in forms:
        kind = unicodedata.category(form[0]) if len(form) == 1 else ""
        closes = form in _NO_GAP_BEFORE or kind in {"Pe", "Pf"} or opened.get(form, False)
        text += form if tight or closes else " " + form
        tight = kind in {"Ps", "Pi"}
        if form in opened:
            opened[form] = not opened[form]
            tight = opened[form]
    return text


def sentences(data: Path, language: str, *, dev: bool = False) -> list[list[str]]:
    """Give the sentences to learn from as printed, in paragraphs; `dev` adds those that were tuned on."""
    beside = [one for other in BESIDE.get(language, ()) for one in own(data, other)]
    return own(data, language) + beside + (dev_sentences(data, language) if dev else [])


def own(data: Path, language: str) -> list[list[str]]:
    """Give the sentences of the language's own training parts as printed, in paragraphs."""
    return [*_train(data / "ud", data, language)]


def dev_sentences(data: Path, language: str) -> list[list[str]]:
    """Give the sentences of UD dev as printed, in paragraphs; none where training holds them."""
    return _paragraphs(conllu.read(data / _DEV[language])) if language in _DEV else []


def _train(trees: Path, data: Path, language: str) -> list[list[str]]:
    if language == "da":
        found = [one.tree for one in sources.read_ddt(trees / "da_ddt-native/da_ddt-train.merged.tsv")]
        return [[tree.detokenised() for tree in found]]
    if language in ("nb", "nn"):
        native = sources.read_ndt(trees / f"no_ndt-native/ndt-{'nob' if language == 'nb' else 'nno'}.conll")
        return [[printed(one.tree.forms) for one in native if not one.part]]
    if language == "sv":
        native = sources.read_talbanken(trees / "sv_talbanken-v1/sv_talbanken-train.v1.conllu")
        return [[printed(one.tree.forms) for one in native if one.part == "train"]]
    if language == "en":
        return _pud(trees, "English", "en") + _paragraphs(
            conllu.read(trees / "UD_English-EWT/en_ewt-ud-train.conllu")
        )
    corpus = next(one for one in names.CORPORA if one.id == "germeval2014")
    held = [printed(record.tokens) for record in names.read(corpus, data / corpus.files["dev"])]
    return [
        *_pud(trees, "German", "de"),
        held,
        *_paragraphs(conllu.read(trees / "UD_German-GSD/de_gsd-ud-dev.conllu")),
    ]


def _pud(trees: Path, name: str, code: str) -> list[list[str]]:
    """Give the edited prose of a parallel treebank, which no score of sentences is taken from."""
    return _paragraphs(conllu.read(trees / f"UD_{name}-PUD/{code}_pud-ud-test.conllu"))


def _paragraphs(trees: Sequence[conllu.Tree]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for tree in trees:
        if any(comment.startswith(("newpar", "newdoc")) for comment in tree.comments):
            found.append([])
        found[-1].append(tree.detokenised())
    return [one for one in found if one]


def cases(paragraphs: Sequence[Sequence[str]], language: str) -> Iterator[tuple[list[str], bool]]:
    """Yield the features of each gap that may end a sentence, and whether it does."""
    counts = Counter(
        word.lower()
        for paragraph in paragraphs
        for one in paragraph
        for word in re.findall(r"\w+(?:-\w+)*", one)
    )
    # A word that stands here once is unknown to the rest: it shall look as unknown words of other texts do.
    known = {word: parts for word, parts in parts_of_speech(language).items() if counts[word] > 1}
    for paragraph in short(paragraphs):
        text, ends = running(paragraph)
        tokens: list[Token] = list(tokenise(text, 0, len(text), language))
        asked = Texts(tokens, language, known)
        first = 0
        for gap in range(1, len(tokens)):
            is_end = tokens[gap - 1].end in ends
            if asked.may_end(gap):
                yield list(asked.features(gap, first)), is_end
            if is_end:
                first = gap


def running(paragraph: Sequence[str]) -> tuple[str, set[int]]:
    """Print sentences one after the other; give the text, and where each ends."""
    text, ends = "", set()
    for sentence in paragraph:
        text += sentence
        ends.add(len(text))
        text += " "
    return text, ends


def short(paragraphs: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Cut paragraphs to the length of articles: what else stands in the block is told from it."""
    for paragraph in paragraphs:
        for at in range(0, len(paragraph), _ARTICLE):
            yield paragraph[at : at + _ARTICLE]


def learn(rows: Sequence[tuple[list[str], bool]], penalty: float, rounds: int = 400) -> dict[str, float]:
    """Give the weights of features that are not nought: L1 logistic regression by FISTA."""
    import numpy as np

    seen = Counter(feature for row, _ in rows for feature in set(row))
    names = sorted(feature for feature, count in seen.items() if count >= LEAST)
    index = {name: number for number, name in enumerate(names)}
    where: list[int] = []
    which: list[int] = []
    for number, (row, _) in enumerate(rows):
        own = sorted({index[feature] for feature in row if feature in index})
        which += own
        where += [number] * len(own)
    row_of, column_of = np.array(where), np.array(which)
    label = np.array([is_end for _, is_end in rows], dtype=np.float64)

    def scores(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(row_of, weights[column_of], len(rows)).astype(np.float64)

    most = np.bincount(row_of, minlength=len(rows)).max()
    step = 4.0 / (most * len(rows) / 8)  # a bold guess at the curvature; halved below where it fails
    weights = momentum = np.zeros(len(names))
    rate = 1.0
    value = np.inf
    free = np.array([name in ("bias", "mark", "open") for name in names])
    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-scores(momentum)))
        slope = np.bincount(column_of, (chance - label)[row_of], len(names))
        moved = momentum - step * slope
        new = np.where(free, moved, np.sign(moved) * np.maximum(np.abs(moved) - step * penalty, 0))
        raw = scores(new)
        now = float(np.logaddexp(0, raw).sum() - label @ raw + penalty * np.abs(new[~free]).sum())
        if now > value:
            step, momentum, rate = step * 0.7, weights, 1.0
            continue
        after = (1 + (1 + 4 * rate * rate) ** 0.5) / 2
        momentum = new + (rate - 1) / after * (new - weights)
        weights, rate, value = new, after, now
    return {name: round(float(weights[at]), 2) for name, at in index.items() if abs(weights[at]) >= 0.01}


def write(weights: dict[str, float], path: Path, language: str) -> None:
    """Write the table of a language, features in order, with the sources that it was learned from."""
    body = {
        "source": SOURCES[language],
        "needed": NEEDED.get(language, NEEDED[""]),
        "weights": dict(sorted(weights.items())),
    }
    path.write_text(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def run(data: Path, languages: Path, codes: Sequence[str]) -> None:
    """Learn and write the tables of some languages."""
    for code in codes:
        rows = list(cases(sentences(data, code, dev=True), code))
        write(learn(rows, PENALTY.get(code, PENALTY[""])), languages / code / "boundaries.json", code)
        print(f"{code}: {len(rows)} gaps")
