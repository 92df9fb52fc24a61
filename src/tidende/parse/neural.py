"""Read sentences with the model: parts of speech, features, lemmas, trees and names, in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tidende.languages.lists import READ_IN_FULL
from tidende.parse import decode, lemmas
from tidende.parse.files import FOLDER, ModelFiles, check
from tidende.parse.runtime import grouped, open_session
from tidende.parse.vocabulary import load_vocabulary

LONGEST = 320  # pieces of a sentence that are read together; training saw none longer
LONGEST_WORD = 10  # pieces of a word: web addresses end there
_BATCH = 1000  # pieces of a batch, padding counted: what stays in a processor's cache
_LATER_ROOT = "parataxis"  # how the second half of a sentence too long to be read at once hangs on the first


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one sentence; `spaced` tells for each whether white space goes before it.

    With `language` lemmas are those of its word lists, else the network's own guess.
    """

    texts: tuple[str, ...]
    spaced: tuple[bool, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the model reads in one sentence, a value for each word.

    `heads` count words from 1, 0 is the root; `deprels` are UD relations; `names` are BIO tags over
    PER, ORG, LOC, GPE, MISC, EVT and PROD.
    """

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]


@cache
def load_model(folder: Path = FOLDER) -> Model:
    """Open the model, once a process; raise `ModelError` where a file is missing or damaged."""
    return Model(check(folder))


class Model:
    """The network with its vocabulary, word table and classes.

    `TIDENDE_THREADS` says how many threads it computes on, all the machine's by default.
    """

    def __init__(self, files: ModelFiles) -> None:
        import numpy as np

        self._folder = files.folder
        self._classes = files.labels
        self._special = files.special
        self._vocabulary = load_vocabulary(files.folder, int(files.sizes["width"]), files.special["unknown"])
        self._pieces = self._vocabulary.pieces
        layer = np.load(files.folder / "labels.npy")
        self._label_weights, self._label_shift = layer[:, :-1].T.copy(), layer[:, -1]
        self._session = open_session(files.folder / "parser.onnx", arranged=files.arranged)

    def read(self, sentences: Sequence[Words]) -> list[Analysis]:
        """Read sentences, in order; those of like length are read together.

        A sentence of more than `LONGEST` pieces is read in parts, at most so long each.
        """
        parts = [part for at, words in enumerate(sentences) for part in self._parts(at, words)]
        read: dict[int, Analysis] = {}
        for group in grouped([len(part.ids) for part in parts], _BATCH):
            for number, analysis in zip(group, self._run([parts[number] for number in group]), strict=True):
                read[number] = analysis
        found: list[list[Analysis]] = [[] for _ in sentences]
        for number, part in enumerate(parts):
            found[part.sentence].append(read[number])
        return [_joined(each) for each in found]

    def _parts(self, at: int, words: Words) -> Iterator[_Part]:
        part = _Part(at, [self._special["bos"]], [0], [], words.language)
        for text, spaced in zip(words.texts, words.spaced, strict=True):
            own = self._pieces.split(text, spaced)[:LONGEST_WORD]
            if len(part.ids) + len(own) >= LONGEST:
                part.ids.append(self._special["eos"])
                yield part
                part = _Part(at, [self._special["bos"]], [0], [], words.language)
            part.firsts.append(len(part.ids))
            part.ids.extend(own)
            part.texts.append(text)
        if part.texts:
            part.ids.append(self._special["eos"])
            yield part

    def _run(self, parts: Sequence[_Part]) -> Iterator[Analysis]:
        import numpy as np

        long = max(len(part.ids) for part in parts)
        wide = max(len(part.firsts) for part in parts)
        ids = np.full((len(parts), long), self._special["pad"])
        mask = np.zeros((len(parts), long), dtype=bool)
        firsts = np.zeros((len(parts), wide), dtype=np.int64)
        for at, part in enumerate(parts):
            ids[at, : len(part.ids)] = part.ids
            mask[at, : len(part.ids)] = True
            firsts[at, : len(part.firsts)] = part.firsts
        outputs = ("upos", "feats", "lemma", "names", "arcs", "dependents", "heads")
        inputs = {"vectors": self._vocabulary.vectors(ids), "mask": mask, "firsts": firsts}
        said: dict[str, Any] = dict(zip(outputs, self._session.run(list(outputs), inputs), strict=True))
        trees = np.zeros((len(parts), wide - 1), dtype=np.int64)
        for at, part in enumerate(parts):
            count = len(part.texts)
            trees[at, :count] = decode.heads(said["arcs"][at, :count, : count + 1])
        chosen = np.take_along_axis(said["heads"], trees[:, :, None], axis=1)
        both = np.concatenate([said["dependents"], chosen, said["dependents"] * chosen], axis=-1)
        relations = (both @ self._label_weights + self._label_shift).argmax(-1)
        for at, part in enumerate(parts):
            count = len(part.texts)
            upos = self._named("upos", said["upos"][at, :count])
            feats = self._named("feats", said["feats"][at, :count])
            yield Analysis(
                upos,
                feats,
                self._lemmas(part, upos, feats, self._named("lemma", said["lemma"][at, :count])),
                tuple(trees[at, :count].tolist()),
                self._named("relations", relations[at, :count]),
                tuple(decode.tags(said["names"][at, :count], self._classes["names"])),
            )

    def _lemmas(
        self, part: _Part, upos: Sequence[str], feats: Sequence[str], scripts: Sequence[str]
    ) -> tuple[str, ...]:
        if part.language not in READ_IN_FULL:
            return tuple(map(lemmas.apply, scripts, part.texts))
        known = lemmas.lexicon(self._folder, part.language)
        return tuple(map(known.lemma, part.texts, upos, feats, scripts))

    def _named(self, kind: str, numbers: Any) -> tuple[str, ...]:
        classes = self._classes[kind]
        return tuple(classes[number] for number in numbers.tolist())


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or a part of one too long, in pieces; the places of first pieces, the opener first."""

    sentence: int
    ids: list[int]
    firsts: list[int]
    texts: list[str]
    language: str


def _joined(parts: Sequence[Analysis]) -> Analysis:
    """Join the parts of one sentence: later roots hang on the first one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Analysis((), (), (), (), (), ())
    root = 1 + parts[0].heads.index(0)
    joined = parts[0]
    for part in parts[1:]:
        start = len(joined.heads)
        relations = zip(part.heads, part.deprels, strict=True)
        joined = Analysis(
            joined.upos + part.upos,
            joined.feats + part.feats,
            joined.lemmas + part.lemmas,
            joined.heads + tuple(head + start if head else root for head in part.heads),
            joined.deprels + tuple(own if head else _LATER_ROOT for head, own in relations),
            joined.names + part.names,
        )
    return joined
