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

from training import manifest
from training.train import State

if TYPE_CHECKING:
    from training.e5 import Sizes
    from training.model import Parameters

_CONSTANT = "const."
_PAIR = "head.arc.pair"  # its shift is what speaks for a head, whatever hangs on it


def thaw(folder: Path, output: Path, sizes: Sizes) -> None:
    """Write the parser in `folder` as a checkpoint without an optimiser.

    Raise ValueError where its network is not one that export writes now.
    """
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(folder / "parser.onnx")).graph
    held = {one.name.removeprefix(_CONSTANT): numpy_helper.to_array(one) for one in graph.initializer}
    if "places" not in held:
        raise ValueError(f"{folder}: its network is not one that export writes now")
    values: dict[str, Any] = {
        name: value for name, value in held.items() if name.split(".")[-2:-1] in (["ln"], ["aln"], ["oln"])
    }
    values["emb.pos"], values["emb.type"] = held["places"], np.zeros((1, sizes.width), dtype=np.float32)
    for node in graph.node:
        if node.op_type != "MatMulIntegerToFloat":
            continue
        name, evened = node.name, f"{node.input[0].removesuffix('.q')}.s"
        weight = held[f"{name}.w"].T * held[f"{name}.each"][:, None]
        values[f"{name}.w"] = weight * held.get(evened, np.float32(1))
        values[f"{name}.b"] = held[f"{name}.b"]
    values["head.arc.prior.w"] = values.pop(f"{_PAIR}.b")[None]
    made: Parameters = {
        name: torch.from_numpy(np.array(value, dtype=np.float32)) for name, value in values.items()
    }
    layer = torch.from_numpy(np.load(folder / "labels.npy"))
    made["head.label.w"], made["head.label.b"] = layer[:, :-1].contiguous(), layer[:, -1].contiguous()
    told: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    seen = int(manifest.read(folder)["state"]["seen"])
    output.parent.mkdir(parents=True, exist_ok=True)
    torch.save(
        {
            "parameters": made,
            "labels": told["labels"],
            "state": asdict(State(seen=seen, begun=seen)),
            "data": manifest.read(folder)["data"],
        },
        output,
    )
