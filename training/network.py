"""Build networks node by node, in 8 bits, with ranges that were told beforehand.

Every product of matrices takes 8-bit values whose range was seen on a sample, so what is read never hangs on
what is read beside it, and nothing is left for the runtime to rearrange. What is read together has one
length, so there is no mask.

What goes into a product is evened out first, for a few of the encoder's values are always large, and one
scale for all would leave the rest few steps: it is divided and the weights multiplied, value by value, by
max|x|^a / max|w|^(1-a), after SmoothQuant (Xiao et al. 2023). Where it is a norm's or an inner layer's, the
network divides; what attention gathers is divided for nothing, in the weights that make it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.e5 import Sizes

    Floats = NDArray[np.float32]
    Tensors = Callable[[str], Floats]

_SEEN = "seen."  # before the name of what goes into a product, in the plain network
OWN = "com.microsoft"  # the runtime's operators that are in no standard
_OPSET, _IR = 23, 11  # the first with attention
_STEPS = 255
# Seven bits of eight: the sums of a processor without VNNI would overflow (see README).
_LARGEST_WEIGHT = 64
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Range:
    """The least and the largest that each value of what goes into a product was seen to be, [values]."""

    least: Floats
    largest: Floats

    def joined(self, other: Range) -> Range:
        """Give the range of both."""
        return Range(np.minimum(self.least, other.least), np.maximum(self.largest, other.largest))


@dataclass(frozen=True, slots=True)
class Linear:
    """A product: `weight` [outputs, inputs] and what is added, `shift` [outputs]."""

    weight: Floats
    shift: Floats


Ranges = Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of a network: its name, its shape by names and sizes, the name of its type."""

    name: str
    shape: tuple[str | int, ...]
    kind: str = "FLOAT"


def watch(plain: Any, feeds: Iterable[Mapping[str, Any]]) -> dict[str, Range]:
    """Run a plain network over feeds of inputs by name; give the range of what goes into each product."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(plain.SerializeToString(), options)
    names = [output.name for output in session.get_outputs() if output.name.startswith(_SEEN)]
    seen: dict[str, Range] = {}
    for feed in feeds:
        for name, values in zip(names, session.run(names, dict(feed)), strict=True):
            flat = values.reshape(-1, values.shape[-1])
            here, own = Range(flat.min(0), flat.max(0)), name.removeprefix(_SEEN)
            seen[own] = seen[own].joined(here) if own in seen else here
    return seen


class Builder:
    """Nodes and constants of a network whose encoder is that of multilingual-e5-small.

    `tensor` gives the parameters by name, as `model.encode` names them. `ranges` None builds the plain
    network, in single precision, with what goes into each product as further outputs. `power` is the a of
    the smoothing, `kept` the share of its range that an inner layer keeps: what lies beyond is cut off.
    """

    def __init__(
        self, tensor: Tensors, sizes: Sizes, ranges: Ranges | None, power: float, kept: float = 1.0
    ) -> None:
        self.tensor = tensor
        self._sizes = sizes
        self._ranges = ranges
        self._power = power
        self._kept = kept
        self._nodes: list[Any] = []
        self._constants: dict[str, Any] = {}
        self._watched: list[Port] = []

    def model(self, name: str, inputs: Sequence[Port], outputs: Sequence[Port]) -> Any:
        """Give the whole network."""
        from onnx import TensorProto, helper

        def told(port: Port) -> Any:
            return helper.make_tensor_value_info(port.name, getattr(TensorProto, port.kind), port.shape)

        graph = helper.make_graph(
            self._nodes,
            name,
            [told(port) for port in inputs],
            [told(port) for port in (*outputs, *self._watched)],
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(OWN, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="tidende")

    def encoded(self, vectors: str, firsts: str = "", out: str = "encoded") -> str:
        """Run the encoder over word vectors [rows, pieces, width]; the same shape.

        With `firsts` [rows, nodes] only these pieces come out of it, and its last layer works on them alone.
        """
        places = self.tensor("emb.pos") + self.tensor("emb.type")[0]
        count = self.node("Shape", [vectors], "count", start=1, end=2)
        here = self.node("Slice", [self.constant("places", places), self.index("zero", 0), count], "here")
        x = self.norm("emb.ln", self.node("Add", [vectors, here], "placed"), "l0.x")
        for layer in range(self._sizes.layers):
            last = layer == self._sizes.layers - 1
            x = self._layer(layer, x, out if last else f"l{layer + 1}.x", firsts if last else "")
        return x

    def _layer(self, layer: int, x: str, end: str, firsts: str) -> str:
        at = f"l{layer}"
        own = {name: self.linear(f"{at}.{name}") for name in ("q", "k", "v", "ao", "fi", "fo")}
        # what attention gathers is evened out in the weights on both sides of it
        gathered = self._scale(f"{at}.ctx", [own["ao"].weight])
        own["v"] = Linear(own["v"].weight / gathered[:, None], own["v"].shift / gathered)
        own["ao"] = Linear(own["ao"].weight * gathered, own["ao"].shift)

        if firsts:
            key, value = self.products(x, {f"{at}.{name}": own[name] for name in "kv"})
            x = self.chosen(x, firsts, f"{at}.chosen")
            (query,) = self.products(x, {f"{at}.q": own["q"]})
        else:
            query, key, value = self.products(x, {f"{at}.{name}": own[name] for name in "qkv"})
        parts, heads = [query, key, value], self._sizes.heads
        context = self.node("Attention", parts, f"{at}.ctx", q_num_heads=heads, kv_num_heads=heads)
        (out,) = self.products(context, {f"{at}.ao": own["ao"]}, by=gathered)
        x = self.norm(f"{at}.aln", self.node("Add", [x, out], f"{at}.sum"), f"{at}.mid")
        (inner,) = self.products(x, {f"{at}.fi": own["fi"]})
        (out,) = self.products(self.bent(inner, f"{at}.bent"), {f"{at}.fo": own["fo"]}, kept=self._kept)
        return self.norm(f"{at}.oln", self.node("Add", [x, out], f"{at}.both"), end)

    def linear(self, name: str) -> Linear:
        """Give the weights of a product and its shift."""
        return Linear(self.tensor(f"{name}.w"), self.tensor(f"{name}.b"))

    def products(
        self, x: str, users: Mapping[str, Linear], by: Floats | None = None, kept: float = 1.0
    ) -> list[str]:
        """Multiply one input by several matrices.

        `by` is what it was divided by where it was made, `kept` the share of its range that is kept.
        """
        if self._ranges is None:
            seen = self.node("Identity", [x], _SEEN + x)
            self._watched.append(Port(seen, ("rows", "places", next(iter(users.values())).weight.shape[1])))
            return [self.product(x, name, user) for name, user in users.items()]
        scale, even = by, x
        if scale is None:
            scale = self._scale(x, [user.weight for user in users.values()])
            users = {name: Linear(user.weight * scale, user.shift) for name, user in users.items()}
            even = self.node("Mul", [x, self.constant(f"{x}.s", 1 / scale)], f"{x}.even")
        found = self._ranges[x]
        least = min((found.least / scale).min() * kept, 0.0)
        largest = max((found.largest / scale).max() * kept, 0.0)
        step = self.constant(f"{x}.step", np.float32((largest - least) / _STEPS))
        zero = self.constant(f"{x}.zero", np.uint8(round(-least / (largest - least) * _STEPS)))
        whole = self.node("QuantizeLinear", [even, step, zero], f"{x}.q", OWN)
        made = []
        for name, user in users.items():
            each = np.abs(user.weight).max(1) / _LARGEST_WEIGHT
            rounded = np.rint(user.weight / each[:, None]).astype(np.int8)
            weights = [self.constant(f"{name}.w", rounded.T), step, self.constant(f"{name}.each", each)]
            inputs = [whole, *weights, zero, "", self.constant(f"{name}.b", user.shift)]
            made.append(self.node("MatMulIntegerToFloat", inputs, name, OWN))
        return made

    def product(self, x: str, name: str, user: Linear) -> str:
        """Multiply in single precision."""
        product = self.node("MatMul", [x, self.constant(f"{name}.w", user.weight.T)], f"{name}.p")
        return self.node("Add", [product, self.constant(f"{name}.b", user.shift)], name)

    def _scale(self, x: str, weights: Sequence[Floats]) -> Floats:
        """Give what each value of an input is divided by, [values]: ones in the plain network."""
        if self._ranges is None:
            return np.ones(weights[0].shape[1], dtype=np.float32)
        found = self._ranges[x]
        size = np.maximum(np.abs(found.least), np.abs(found.largest)).clip(_LEAST)
        heavy = np.stack([np.abs(weight).max(0) for weight in weights]).max(0).clip(_LEAST)
        scale = size**self._power / heavy ** (1 - self._power)
        found_scale: Floats = (scale / np.exp(np.log(scale).mean())).clip(1e-3, 1e3).astype(np.float32)
        return found_scale

    def norm(self, name: str, x: str, out: str) -> str:
        """Bring each vector to its mean and spread, as a layer's end does."""
        inputs = [x, *(self.constant(f"{name}.{kind}", self.tensor(f"{name}.{kind}")) for kind in "wb")]
        return self.node("LayerNormalization", inputs, out, axis=-1, epsilon=self._sizes.epsilon)

    def bent(self, x: str, out: str) -> str:
        """Bend values by GELU."""
        return self.node("Gelu", [x], out, OWN)

    def best(self, scores: str, out: str) -> str:
        """Choose the best class of each word."""
        return self.node("ArgMax", [scores], out, axis=-1, keepdims=0)

    def chosen(self, x: str, firsts: str, out: str) -> str:
        """Choose pieces [rows, nodes] from [rows, pieces, width]."""
        places = self.node("Unsqueeze", [firsts, self.index("last", -1)], f"{out}.places")
        return self.node("GatherND", [x, places], out, batch_dims=1)

    def node(self, kind: str, inputs: Sequence[str], name: str, domain: str = "", **told: Any) -> str:
        """Add a node with one output of its own name; give it."""
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, name=name, **told))
        return name

    def constant(self, name: str, values: Any) -> str:
        """Add a constant, once a name; give what it is called."""
        from onnx import numpy_helper

        called = f"const.{name}"
        if called not in self._constants:
            array = np.ascontiguousarray(values) if np.ndim(values) else np.asarray(values)
            self._constants[called] = numpy_helper.from_array(array, called)
        return called

    def index(self, name: str, value: int) -> str:
        """Add a constant of one whole number in a list."""
        return self.constant(name, np.array([value], dtype=np.int64))
