"""Turn the files that are shipped into a checkpoint to go on from: `python -m training thaw`.

A run's own checkpoint holds more (weights in full, the state of the optimiser) and is the better start. It
is not kept with the project, so a new machine has the files alone; the losses of a run that goes on from them
are from the first batch on those that the run before ended with.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training import manifest, smooth
from training.train import State

if TYPE_CHECKING:
    from training.e5 import Sizes
    from training.model import Parameters

_OWN = "own."
_PRODUCTS = {"DynamicQuantizeMatMul": (1, 2, 4), "MatMulIntegerToFloat": (1, 3, 6)}  # weight, scale, shift
# The two products without a shift; the second has one column.
_PAIR, _PRIOR = "head.arc.pair", "head.arc.prior"


def thaw(folder: Path, output: Path, sizes: Sizes) -> None:
    """Write the parser in `folder` as a checkpoint without an optimiser."""
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(folder / "parser.onnx")).graph
    held: dict[str, Any] = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    own = {key.removeprefix(_OWN): value for key, value in held.items() if key.startswith(_OWN)}
    names = _names(sizes)
    made: Parameters = {
        names[key]: torch.from_numpy(value.copy()) for key, value in own.items() if not key.endswith("_s")
    }
    inputs = {product: name for name, several in smooth.products(sizes).items() for product in several}
    for node in graph.node:
        if node.op_type not in _PRODUCTS:
            continue
        weight, scale, shift = (node.input[at] for at in _PRODUCTS[node.op_type])
        values = (held[weight].astype(np.float32) * held[scale]).T
        shiftless = _PRIOR if len(values) == 1 else _PAIR
        product = names[shift.removeprefix(_OWN)].removesuffix(".b") if shift else shiftless
        if product in inputs:
            values = values * own[inputs[product].replace(".", "_") + "_s"]
        made[f"{product}.w"] = torch.from_numpy(np.ascontiguousarray(values))
    # The kind of piece is always the first: the exporter made a constant of it.
    adds = [node.input[1] for node in graph.node if node.op_type == "Add" and node.input[1] in held]
    made["emb.type"] = torch.from_numpy(held[adds[0]].copy())[None]
    layer = torch.from_numpy(np.load(folder / "labels.npy"))
    made["head.label.w"], made["head.label.b"] = layer[:, :-1].contiguous(), layer[:, -1].contiguous()
    seen = int(manifest.read(folder)["state"]["seen"])
    output.parent.mkdir(parents=True, exist_ok=True)
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["labels"]
    state = asdict(State(seen=seen, begun=seen))
    data = manifest.read(folder)["data"]
    torch.save({"parameters": made, "labels": labels, "state": state, "data": data}, output)


def _names(sizes: Sizes) -> dict[str, str]:
    """Give the name of each parameter by its name in the file, where dots are not allowed."""
    from training import model

    made = ["emb.pos", "emb.ln.w", "emb.ln.b", *model.head_parameters(1, model.Counts(1, 1, 1, 1, 1), 0)]
    layers = range(sizes.layers)
    made += [f"l{layer}.{name}.{kind}" for layer in layers for name in model.LAYER_NAMES for kind in "wb"]
    return {name.replace(".", "_"): name for name in made}
