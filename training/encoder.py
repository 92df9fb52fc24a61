"""Build the network of article vectors: the encoder of multilingual-e5-small as it is, in 8 bits.

The graph is written node by node, not traced: every product takes 8-bit values whose range was told
beforehand, so a window's mean never hangs on what is read beside it, and nothing is left for the runtime to
rearrange. Windows read together have one length, so there is no mask.

What goes into a product is evened out first, as in smooth.py. Where it is a layer's norm or the inner layer,
the network divides; what attention gathers is divided for nothing, in the weights that make it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.e5 import E5

    Floats = NDArray[np.float32]

INPUT, OUTPUT = "vectors", "means"
_OWN = "com.microsoft"  # the runtime's operators that are in no standard
_OPSET, _IR = 17, 8
_STEPS = 255
# Seven bits of eight: the sums of a processor without VNNI would overflow (see README).
_LARGEST_WEIGHT = 64
_POWER = 0.7  # of the smoothing, after SmoothQuant (Xiao et al. 2023); 0.5 loses four times as much here
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the largest that each value of what goes into a product was seen to be, [values]."""

    least: Floats
    largest: Floats

    def joined(self, other: Range) -> Range:
        """Give the range of both."""
        return Range(np.minimum(self.least, other.least), np.maximum(self.largest, other.largest))


def plain(source: E5) -> Any:
    """Build the network in single precision, with what goes into each product as further outputs."""
    return _Builder(source, None).model()


def quantised(source: E5, ranges: dict[str, Range]) -> Any:
    """Build the network in 8 bits from the ranges that `watch` saw."""
    return _Builder(source, ranges).model()


def watch(source: E5, batches: Iterable[Floats]) -> dict[str, Range]:
    """Run the plain network over word vectors [windows, pieces, width]; give the range of each input."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(plain(source).SerializeToString(), options)
    names = [output.name for output in session.get_outputs() if output.name != OUTPUT]
    seen: dict[str, Range] = {}
    for vectors in batches:
        for name, values in zip(names, session.run(names, {INPUT: vectors}), strict=True):
            here = Range(values.min((0, 1)), values.max((0, 1)))
            seen[name] = seen[name].joined(here) if name in seen else here
    return seen


class _Builder:
    """Nodes and constants; `ranges` None builds the plain network."""

    def __init__(self, source: E5, ranges: dict[str, Range] | None) -> None:
        self._source = source
        self._ranges = ranges
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._watched: list[tuple[str, int]] = []

    def model(self) -> Any:
        """Give the whole network."""
        from onnx import TensorProto, helper

        sizes = self._source.sizes
        places = self._tensor("emb.pos") + self._tensor("emb.type")[0]
        count = self._node("Shape", [INPUT], "count", start=1, end=2)
        here = self._node("Slice", [self._constant("places", places), self._index("zero", 0), count], "here")
        x = self._norm("emb.ln", self._node("Add", [INPUT, here], "placed"), "l0.x")
        for layer in range(sizes.layers):
            x = self._layer(layer, x)
        self._node("ReduceMean", [x], OUTPUT, axes=[1], keepdims=0)
        outputs = [(OUTPUT, ["windows", sizes.width])]
        if self._ranges is None:
            outputs += [(name, ["windows", "pieces", size]) for name, size in self._watched]
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["windows", "pieces", sizes.width])],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="tidende")

    def _layer(self, layer: int, x: str) -> str:
        at = f"l{layer}"
        weights = {name: self._tensor(f"{at}.{name}.w") for name in ("q", "k", "v", "ao", "fi", "fo")}
        shifts = {name: self._tensor(f"{at}.{name}.b") for name in weights}
        gathered = self._scale(f"{at}.ctx", [weights["ao"]])
        weights["v"], shifts["v"] = weights["v"] / gathered[:, None], shifts["v"] / gathered
        weights["ao"] = weights["ao"] * gathered

        own = ("q", "k", "v")
        parts = self._products(at, x, {name: (weights[name], shifts[name]) for name in own})
        context = self._node(
            "MultiHeadAttention", parts, f"{at}.ctx", _OWN, num_heads=self._source.sizes.heads
        )
        (out,) = self._products(at, context, {"ao": (weights["ao"], shifts["ao"])}, by=gathered)
        x = self._norm(f"{at}.aln", self._node("Add", [x, out], f"{at}.sum"), f"{at}.mid")
        (inner,) = self._products(at, x, {"fi": (weights["fi"], shifts["fi"])})
        bent = self._node("Gelu", [inner], f"{at}.bent", _OWN)
        (out,) = self._products(at, bent, {"fo": (weights["fo"], shifts["fo"])})
        return self._norm(f"{at}.oln", self._node("Add", [x, out], f"{at}.both"), f"l{layer + 1}.x")

    def _products(
        self,
        at: str,
        x: str,
        users: dict[str, tuple[Floats, Floats]],
        by: Floats | None = None,
    ) -> list[str]:
        """Multiply one input by several matrices; `by` is what it was divided by where it was made."""
        if self._ranges is None:
            self._watched.append((x, next(iter(users.values()))[0].shape[1]))
            return [
                self._node(
                    "Add",
                    [
                        self._node(
                            "MatMul", [x, self._constant(f"{at}.{name}.w", weight.T)], f"{at}.{name}.p"
                        ),
                        self._constant(f"{at}.{name}.b", shift),
                    ],
                    f"{at}.{name}",
                )
                for name, (weight, shift) in users.items()
            ]
        scale, even = by, x
        if scale is None:
            scale = self._scale(x, [weight for weight, _ in users.values()])
            users = {name: (weight * scale, shift) for name, (weight, shift) in users.items()}
            even = self._node("Mul", [x, self._constant(f"{x}.s", 1 / scale)], f"{x}.even")
        found = self._ranges[x]
        least, largest = min((found.least / scale).min(), 0.0), max((found.largest / scale).max(), 0.0)
        step = self._constant(f"{x}.step", np.float32((largest - least) / _STEPS))
        zero = self._constant(f"{x}.zero", np.uint8(round(-least / (largest - least) * _STEPS)))
        whole = self._node("QuantizeLinear", [even, step, zero], f"{x}.q")
        made = []
        for name, (weight, shift) in users.items():
            each = np.abs(weight).max(1) / _LARGEST_WEIGHT
            rounded = np.rint(weight / each[:, None]).astype(np.int8)
            inputs = [
                whole,
                self._constant(f"{at}.{name}.w", rounded.T),
                step,
                self._constant(f"{at}.{name}.each", each),
                zero,
                "",
                self._constant(f"{at}.{name}.b", shift),
            ]
            made.append(self._node("MatMulIntegerToFloat", inputs, f"{at}.{name}", _OWN))
        return made

    def _scale(self, x: str, weights: Sequence[Floats]) -> Floats:
        """Give what each value of an input is divided by, [values]: ones in the plain network."""
        if self._ranges is None:
            return np.ones(weights[0].shape[1], dtype=np.float32)
        found = self._ranges[x]
        size = np.maximum(np.abs(found.least), np.abs(found.largest)).clip(_LEAST)
        heavy = np.stack([np.abs(weight).max(0) for weight in weights]).max(0).clip(_LEAST)
        scale = size**_POWER / heavy ** (1 - _POWER)
        found_scale: Floats = (scale / np.exp(np.log(scale).mean())).clip(1e-3, 1e3).astype(np.float32)
        return found_scale

    def _norm(self, name: str, x: str, out: str) -> str:
        inputs = [x, *(self._constant(f"{name}.{kind}", self._tensor(f"{name}.{kind}")) for kind in "wb")]
        return self._node("LayerNormalization", inputs, out, axis=-1, epsilon=self._source.sizes.epsilon)

    def _node(self, kind: str, inputs: Sequence[str], name: str, domain: str = "", **told: Any) -> str:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, name=name, **told))
        return name

    def _constant(self, name: str, values: Any) -> str:
        from onnx import numpy_helper

        array = np.ascontiguousarray(values) if np.ndim(values) else np.asarray(values)
        self._constants.append(numpy_helper.from_array(array, f"const.{name}"))
        return f"const.{name}"

    def _index(self, name: str, value: int) -> str:
        return self._constant(name, np.array([value], dtype=np.int64))

    def _tensor(self, name: str) -> Floats:
        return self._source.tensor(name)
