"""The network: the encoder of multilingual-e5-small and the heads over the first piece of each word.

Parameters are a dictionary of tensors and every step is a function of it. Attention is written out as
softmax(QK)V: under bf16 autocast on a CPU that is about three times as fast as the fused kernel. The table of
word vectors is frozen and goes in as vectors, so that the parser and the article vectors share one table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

    from training.e5 import E5, Sizes

    Parameters = dict[str, Tensor]

ARC_WIDTH = 256
LABEL_WIDTH = 192
LAYER_NAMES = ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many classes each head tells apart."""

    upos: int
    feats: int
    lemma: int
    relations: int
    names: int


@dataclass(frozen=True, slots=True)
class Scores:
    """What the heads say: [batch, words, classes]; `arcs` [batch, words, 1 + words], the root first.

    `dependents` [batch, words, width] and `heads` [batch, 1 + words, width] are what labels are scored from.
    """

    upos: Tensor
    feats: Tensor
    lemma: Tensor
    names: Tensor
    arcs: Tensor
    dependents: Tensor
    heads: Tensor


def word_table(weights: E5) -> Tensor:
    """Give the frozen table of word vectors, [pieces, width] in half precision."""
    import torch

    return torch.from_numpy(weights.tensor("emb.word", "float16"))


def encoder_parameters(weights: E5) -> Parameters:
    """Give the encoder's own parameters, single precision, the word table left out."""
    import torch

    names = ["emb.pos", "emb.type", "emb.ln.w", "emb.ln.b"]
    for layer in range(weights.sizes.layers):
        names += [f"l{layer}.{name}.{kind}" for name in LAYER_NAMES for kind in "wb"]
    return {name: torch.from_numpy(weights.tensor(name).copy()) for name in names}


def head_parameters(width: int, counts: Counts, seed: int) -> Parameters:
    """Make the parameters of the heads afresh, from a seed."""
    import torch

    dice = torch.Generator().manual_seed(seed)

    def linear(outputs: int, inputs: int) -> Tensor:
        return torch.randn(outputs, inputs, generator=dice) * math.sqrt(2.0 / (inputs + outputs))

    made: Parameters = {}
    plain = {"upos": counts.upos, "feats": counts.feats, "lemma": counts.lemma, "names": counts.names}
    for name, classes in plain.items():
        made[f"head.{name}.mid.w"] = linear(width, width)
        made[f"head.{name}.mid.b"] = torch.zeros(width)
        made[f"head.{name}.w"] = linear(classes, width)
        made[f"head.{name}.b"] = torch.zeros(classes)
    for side in ("dep", "head"):
        for name, wide in (("arc", ARC_WIDTH), ("label", LABEL_WIDTH)):
            made[f"head.{name}.{side}.w"] = linear(wide, width)
            made[f"head.{name}.{side}.b"] = torch.zeros(wide)
    made["head.arc.pair.w"] = linear(ARC_WIDTH, ARC_WIDTH)
    made["head.arc.prior.w"] = torch.zeros(1, ARC_WIDTH)
    made["head.label.w"] = linear(counts.relations, 3 * LABEL_WIDTH)
    made["head.label.b"] = torch.zeros(counts.relations)
    return made


def encode(parameters: Parameters, vectors: Tensor, mask: Tensor, sizes: Sizes) -> Tensor:
    """Run the encoder over word vectors [batch, pieces, width] with `mask` true on pieces; the same shape."""
    from torch.nn import functional

    batch, length = vectors.shape[:2]
    width = sizes.width  # the exporter wants it to be no part of the input's shape
    heads, each = sizes.heads, width // sizes.heads
    bias = (~mask).to(vectors.dtype)[:, None, None, :] * -1e4

    def norm(name: str, x: Tensor) -> Tensor:
        weight, shift = parameters[f"{name}.w"], parameters[f"{name}.b"]
        return functional.layer_norm(x, (width,), weight, shift, sizes.epsilon)

    def linear(name: str, x: Tensor) -> Tensor:
        return functional.linear(x, parameters[f"{name}.w"], parameters[f"{name}.b"])

    def split(x: Tensor) -> Tensor:
        return x.view(batch, length, heads, each).transpose(1, 2)

    x = norm("emb.ln", vectors + parameters["emb.pos"][:length] + parameters["emb.type"][0])
    for layer in range(sizes.layers):
        at = f"l{layer}"
        q, k, v = (split(linear(f"{at}.{name}", x)) for name in "qkv")
        weights = functional.softmax(q @ k.transpose(-1, -2) / math.sqrt(each) + bias, dim=-1)
        context = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, width)
        x = norm(f"{at}.aln", x + linear(f"{at}.ao", context))
        inner = functional.gelu(linear(f"{at}.fi", x))
        x = norm(f"{at}.oln", x + linear(f"{at}.fo", inner))
    return x


def score(parameters: Parameters, hidden: Tensor, firsts: Tensor, drop: float = 0.0) -> Scores:
    """Score words from encoder output; `firsts` [batch, 1 + words] are pieces, the sentence opener first.

    `drop` is the share of values dropped before the heads, in training only.
    """
    import torch
    from torch.nn import functional

    width = hidden.shape[-1]

    nodes = torch.gather(hidden, 1, firsts[:, :, None].expand(-1, -1, width))
    if drop:
        nodes = functional.dropout(nodes, drop)
    words = nodes[:, 1:]

    def linear(name: str, x: Tensor) -> Tensor:
        return functional.linear(x, parameters[f"head.{name}.w"], parameters[f"head.{name}.b"])

    def middle(name: str, x: Tensor) -> Tensor:
        out = functional.gelu(linear(name, x))
        return functional.dropout(out, drop) if drop else out

    plain = {name: linear(name, middle(f"{name}.mid", words)) for name in ("upos", "feats", "lemma", "names")}
    dependents, heads = middle("arc.dep", words), middle("arc.head", nodes)
    pairs = functional.linear(dependents, parameters["head.arc.pair.w"]) @ heads.transpose(-1, -2)
    prior = functional.linear(heads, parameters["head.arc.prior.w"]).transpose(-1, -2)
    return Scores(
        plain["upos"],
        plain["feats"],
        plain["lemma"],
        plain["names"],
        pairs + prior,
        middle("label.dep", words),
        middle("label.head", nodes),
    )


def label(parameters: Parameters, scores: Scores, heads: Tensor) -> Tensor:
    """Score the labels of words given their heads [batch, words] (0 root): [batch, words, labels]."""
    import torch
    from torch.nn import functional

    wide = scores.heads.shape[-1]
    chosen = torch.gather(scores.heads, 1, heads[:, :, None].expand(-1, -1, wide))
    both = torch.cat([scores.dependents, chosen, scores.dependents * chosen], dim=-1).float()
    return functional.linear(both, parameters["head.label.w"], parameters["head.label.b"])


def groups(
    parameters: Parameters, sizes: Sizes, rate: float, head_rate: float, decay: float
) -> list[dict[str, Any]]:
    """Group parameters by learning rate: `rate` for the top layer, less by `decay` for each below it."""
    by_rate: dict[tuple[float, float], list[Tensor]] = {}
    for name, tensor in sorted(parameters.items()):
        start = name.split(".")[0]
        depth = (
            sizes.layers if start == "emb" else sizes.layers - 1 - int(start[1:]) if start[0] == "l" else 0
        )
        own = head_rate if start == "head" else rate * decay**depth
        shrink = 0.01 if tensor.dim() == 2 else 0.0
        by_rate.setdefault((own, shrink), []).append(tensor)
    return [
        {"params": tensors, "lr": own, "rate": own, "weight_decay": shrink}
        for (own, shrink), tensors in by_rate.items()
    ]
