"""Read sentences with the model: parts of speech, features, lemmas, trees and names, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from tidende.languages.lists import READ_IN_FULL
from tidende.parse import decode, lemmas
from tidende.parse.files import ENDS, FOLDER, NETWORK, ModelFiles, check
from tidende.parse.runtime import grouped, open_session, side_by_side, threads
from tidende.parse.vocabulary import load_vocabulary

LONGEST = 320  # pieces of a sentence that are read together; training saw none longer
LONGEST_WORD = 10  # pieces of a word: web addresses end there
_BATCH = 400  # pieces of a batch: what stays in a processor's cache
_OUTPUTS = ("upos", "feats", "lemma", "names", "arcs", "dependents", "heads", "governors", "relations")
_NODES = "nodes"  # the output of the network that `read_closely` shows besides
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network makes of one sentence on its way: what an analysis leaves out.

    `nodes` are vectors, [1 + words, width], the opener first; `arcs` are scores of heads, [words, 1 + words],
    the root first. Both are None where the sentence was read in parts.
    """

    nodes: Any
    arcs: Any


@cache
def load_model(folder: Path = FOLDER) -> Model:
    """Open the model, once a process; raise `ModelError` where a file is missing or damaged."""
    return Model(check(folder))


class Model:
    """The network with its vocabulary, word table and classes.

    `TIDENDE_THREADS` says how many threads it computes on, all the machine's by default. `ends` is the file
    that knows where sentences end, None where there is none for this network.
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
        self._class_names = {kind: np.array(own, dtype=object) for kind, own in files.labels.items()}
        self._session = open_session(files.folder / NETWORK, alone=True)
        self.ends = files.folder / ENDS if files.ends else None

    def read(self, sentences: Sequence[Words]) -> list[Analysis]:
        """Read sentences, in order; those of one length are read together, which changes nothing.

        A sentence of more than `LONGEST` pieces is read in parts, at most so long each.
        """
        return [analysis for analysis, _ in self._read(sentences, closely=False)]

    def read_closely(self, sentences: Sequence[Words]) -> list[tuple[Analysis, Seen]]:
        """Read sentences as `read` does, and give what the network makes of each on its way."""
        return self._read(sentences, closely=True)

    def _read(self, sentences: Sequence[Words], *, closely: bool) -> list[tuple[Analysis, Seen]]:
        parts = [part for at, words in enumerate(sentences) for part in self._parts(at, words)]
        groups = list(grouped([len(part.ids) for part in parts], _BATCH, equal=True))
        runs = [[parts[number] for number in group] for group in groups]
        run = partial(self._run, closely=closely)
        read: dict[int, tuple[Analysis, Seen]] = {}
        for group, made in zip(groups, side_by_side(run, runs, threads()), strict=True):
            read.update(zip(group, made, strict=True))
        found: list[list[tuple[Analysis, Seen]]] = [[] for _ in sentences]
        for number, part in enumerate(parts):
            found[part.sentence].append(read[number])
        return [each[0] if len(each) == 1 else (_joined([one for one, _ in each]), _UNSEEN) for each in found]

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

    def _run(self, parts: Sequence[_Part], *, closely: bool) -> list[tuple[Analysis, Seen]]:
        """Read sentences of one length in one run of the network."""
        import numpy as np

        counts = np.array([len(part.texts) for part in parts])
        said = self._said(parts, 1 + int(counts.max()), closely=closely)
        trees, relations = self._trees(said, counts)
        upos, feats = self._named("upos", said["upos"]), self._named("feats", said["feats"])
        scripts, labels = self._named("lemma", said["lemma"]), self._named("relations", relations)
        tags = decode.tag_rows(said["names"], counts, self._classes["names"])
        found = []
        rows = zip(upos, feats, scripts, labels, tags, trees.tolist(), strict=True)
        for at, (part, (*read, heads)) in enumerate(zip(parts, rows, strict=True)):
            count = len(part.texts)
            own_upos, own_feats, own_scripts, own_labels, names = (tuple(each[:count]) for each in read)
            lemma = self._lemmas(part.language)
            own_lemmas = tuple(map(lemma, part.texts, own_upos, own_feats, own_scripts))
            analysis = Analysis(own_upos, own_feats, own_lemmas, tuple(heads[:count]), own_labels, names)
            arcs = said["arcs"][at, :count, : count + 1]
            found.append((analysis, Seen(said[_NODES][at, : count + 1], arcs) if closely else _UNSEEN))
        return found

    def _said(self, parts: Sequence[_Part], wide: int, *, closely: bool) -> dict[str, Any]:
        """Run the network over sentences of one length, of at most `wide` nodes; give its outputs by name."""
        import numpy as np

        ids = np.array([part.ids for part in parts])
        firsts = np.zeros((len(parts), wide), dtype=np.int64)
        for row, part in zip(firsts, parts, strict=True):
            row[: len(part.firsts)] = part.firsts
        outputs = [*_OUTPUTS, _NODES] if closely else list(_OUTPUTS)
        inputs = {"vectors": self._vocabulary.vectors(ids), "firsts": firsts}
        return dict(zip(outputs, self._session.run(outputs, inputs), strict=True))

    def _trees(self, said: dict[str, Any], counts: Any) -> tuple[Any, Any]:
        """Give heads and the numbers of relations, [sentences, words].

        The network gives the best head of each word; only where those are no tree they are sought here.
        """
        import numpy as np

        trees, relations = said["governors"], said["relations"]
        for at in decode.not_trees(trees, counts):
            count = int(counts[at])
            heads = np.array(decode.heads(said["arcs"][at, :count, : count + 1]))
            (others,) = np.nonzero(heads != trees[at, :count])
            dependents, chosen = said["dependents"][at, others], said["heads"][at, heads[others]]
            both = np.concatenate([dependents, chosen, dependents * chosen], axis=-1)
            relations[at, others] = (both @ self._label_weights + self._label_shift).argmax(-1)
            trees[at, :count] = heads
        return trees, relations

    def _lemmas(self, language: str) -> Callable[[str, str, str, str], str]:
        """Give what makes a lemma of form, UPOS, FEATS and script."""
        return lemmas.reader(self._folder, language) if language in READ_IN_FULL else _by_script

    def _named(self, kind: str, numbers: Any) -> list[list[str]]:
        found: list[list[str]] = self._class_names[kind][numbers].tolist()
        return found


def _by_script(form: str, _upos: str, _feats: str, script: str) -> str:
    return lemmas.apply(script, form)


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or a part of one too long, in pieces; the places of first pieces, the opener first."""

    sentence: int
    ids: list[int]
    firsts: list[int]
    texts: list[str]
    language: str


_UNSEEN = Seen(None, None)


def _joined(parts: Sequence[Analysis]) -> Analysis:
    """Join the parts of one sentence: later roots hang on the first one."""
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
