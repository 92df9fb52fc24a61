"""Build the network of the parser: the encoder and the heads of `model.score`, in 8 bits (see network.py).

vectors [sentences, pieces, width], firsts [sentences, 1 + words] -> what `model.Scores` holds, and
upos, feats, lemma    the best class of each word, [sentences, words]
governors, relations  the best head of each word (0 the root), whether or not they make a tree, and its label
nodes                 what the encoder gives for the opener and each word, [sentences, 1 + words, width]

Sentences read together have one length in pieces; `firsts` of one with fewer words end in zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from training.network import OWN, Builder, Linear, Port, watch

if TYPE_CHECKING:
    from training.e5 import Sizes
    from training.network import Floats, Ranges

    Parameters = Mapping[str, Floats]

BEST = ("upos", "feats", "lemma", "governors", "relations")  # outputs that are classes, not scores
_OF_WORDS = ("upos.mid", "feats.mid", "lemma.mid", "names.mid", "arc.dep", "label.dep")
_OF_NODES = ("arc.head", "label.head")
_OUTPUT = {"label.dep": "dependents", "label.head": "heads"}  # what of them is an output, and its name
_SIDES = ((1, "words"), (2, "nodes"))
# On 210 dev sentences 8 bits change the arc of 2.0 % of words: 2.7 with a power of 0.65, 6.1 with 0.5.
_POWER = 0.75
_KEPT = 0.8  # of what an inner layer gives: 1.7 %


def plain(parameters: Parameters, sizes: Sizes) -> Any:
    """Build the network in single precision, with what goes into each product as further outputs."""
    return _built(parameters, sizes, None)


def quantised(parameters: Parameters, sizes: Sizes, ranges: Ranges) -> Any:
    """Build the network in 8 bits from the ranges that `watched` gave."""
    return _built(parameters, sizes, ranges)


def watched(parameters: Parameters, sizes: Sizes, feeds: Iterable[Mapping[str, Any]]) -> Ranges:
    """Give the range of each product's input over feeds of `vectors` and `firsts`."""
    return watch(plain(parameters, sizes), feeds)


def _built(parameters: Parameters, sizes: Sizes, ranges: Ranges | None) -> Any:
    own = Builder(parameters.__getitem__, sizes, ranges, _POWER, _KEPT)
    nodes = own.encoded("vectors", "firsts", "nodes")
    one = own.index("one", 1)
    words = own.node("Slice", [nodes, one, own.index("end", np.iinfo(np.int64).max), one], "words")
    values = {}
    for x, heads in ((words, _OF_WORDS), (nodes, _OF_NODES)):
        products = own.products(x, {f"head.{name}": own.linear(f"head.{name}") for name in heads})
        for name, product in zip(heads, products, strict=True):
            values[name] = own.bent(product, _OUTPUT.get(name, f"{name}.bent"))
    for name in ("upos", "feats", "lemma", "names"):
        (scores,) = own.products(values[f"{name}.mid"], {f"head.{name}": own.linear(f"head.{name}")})
        if name in BEST:
            own.best(scores, name)
        else:
            own.node("Identity", [scores], name)
    # what speaks for a head, whatever hangs on it, is a shift of what each dependent asks for
    asks = Linear(parameters["head.arc.pair.w"], parameters["head.arc.prior.w"][0])
    (asked,) = own.products(values["arc.dep"], {"head.arc.pair": asks})
    own.node("FusedMatMul", [asked, values["arc.head"]], "arcs", OWN, transB=1)
    _labelled(own, words, values)
    return own.model("parser", *_ports(parameters, sizes))


def _labelled(own: Builder, words: str, values: Mapping[str, str]) -> None:
    """Give each word its best head, itself left out, and the best label of the arc to it."""
    counts = [own.node("Shape", ["arcs"], f"{kind}.count", start=at, end=at + 1) for at, kind in _SIDES]
    empty = own.node("ConstantOfShape", [own.node("Concat", counts, "table", axis=0)], "empty")
    itself = own.node("EyeLike", [empty], "itself", k=1)
    never = own.node("Mul", [itself, own.constant("never", np.float32(-1e9))], "never")
    own.best(own.node("Add", ["arcs", never], "others"), "governors")
    dependents = values["label.dep"]
    chosen = own.chosen(values["label.head"], "governors", "governing")
    both = own.node("Mul", [dependents, chosen], "both")
    pairs = own.node("Concat", [dependents, chosen, both], "pairs", axis=-1)
    own.best(own.product(pairs, "label", own.linear("head.label")), "relations")


def _ports(parameters: Parameters, sizes: Sizes) -> tuple[list[Port], list[Port]]:
    """Give what goes in and what comes out."""
    rows, nodes, words = "sentences", "nodes", "words"
    wide = len(parameters["head.label.dep.w"])
    shapes: dict[str, tuple[str, str | int]] = {
        "names": (words, len(parameters["head.names.w"])),
        "arcs": (words, nodes),
        "dependents": (words, wide),
        "heads": (nodes, wide),
        "nodes": (nodes, sizes.width),
    }
    inputs = [Port("vectors", (rows, "pieces", sizes.width)), Port("firsts", (rows, nodes), "INT64")]
    best = [Port(name, (rows, words), "INT64") for name in BEST]
    return inputs, [*best, *(Port(name, (rows, *shape)) for name, shape in shapes.items())]
