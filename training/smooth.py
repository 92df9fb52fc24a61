"""Even out what goes into each product of matrices, so that it loses less in 8 bits.

A few of the encoder's values are always large, and one scale for a whole tensor leaves the rest few steps.
What goes in is divided and the weights multiplied, value by value, by max|x|^a / max|w|^(1-a), after
SmoothQuant (Xiao et al. 2023); the product stays the same. Here the division stays in the network, for the
large values also go on past the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

    from training.e5 import Sizes
    from training.model import Parameters

_POWER = 0.65
_LEAST = 1e-4


def products(sizes: Sizes) -> dict[str, tuple[str, ...]]:
    """Give, for each input that is scaled, the products that it goes into."""
    made: dict[str, tuple[str, ...]] = {}
    plain = ("upos", "feats", "lemma", "names")
    pairs = tuple(f"head.{kind}.{side}" for kind in ("arc", "label") for side in ("dep", "head"))
    made["head.nodes"] = (*(f"head.{name}.mid" for name in plain), *pairs)
    for name in (*plain, "arc.pair"):
        made[f"head.{name}"] = (f"head.{name}",)
    for layer in range(sizes.layers):
        at = f"l{layer}"
        made[f"{at}.qkv"] = (f"{at}.q", f"{at}.k", f"{at}.v")
        for name in ("ao", "fi", "fo"):
            made[f"{at}.{name}"] = (f"{at}.{name}",)
    return made


def largest(
    parameters: Parameters,
    batches: Iterable[tuple[Tensor, Tensor, Tensor]],
    sizes: Sizes,
) -> dict[str, Tensor]:
    """Give the largest size of each value of each input over batches of (vectors, mask, firsts).

    Padding is looked at too: it holds what a closer of a sentence holds, nothing larger.
    """
    import torch

    from training import model

    found: dict[str, Tensor] = {}

    class Watch(dict[str, Any]):
        """Parameters that hand out a scale which sees what it scales."""

        def get(self, name: str, default: Any = None) -> Any:
            return _Seen(name.removesuffix(".s"), found) if name.endswith(".s") else default

    with torch.no_grad():
        for vectors, mask, firsts in batches:
            watch = Watch(parameters)
            model.score(watch, model.encode(watch, vectors, mask, sizes), firsts)
    return found


class _Seen:
    """A scale of one that keeps the largest values seen."""

    def __init__(self, name: str, found: dict[str, Tensor]) -> None:
        self._name, self._found = name, found

    def __rmul__(self, x: Tensor) -> Tensor:
        import torch

        seen = x.abs().flatten(0, -2).amax(0)
        held = self._found.get(self._name)
        self._found[self._name] = seen if held is None else torch.maximum(held, seen)
        return x


def smoothed(parameters: Parameters, seen: Mapping[str, Tensor], sizes: Sizes) -> Parameters:
    """Give parameters with scales for the inputs and weights to match."""
    import torch

    made = dict(parameters)
    for name, users in products(sizes).items():
        weights = torch.stack([parameters[f"{user}.w"].abs().amax(0) for user in users]).amax(0)
        size = seen[name].clamp(min=_LEAST)
        scale = size**_POWER / weights.clamp(min=_LEAST) ** (1 - _POWER)
        scale = (scale / scale.log().mean().exp()).clamp(1e-3, 1e3)
        made[f"{name}.s"] = 1 / scale
        for user in users:
            made[f"{user}.w"] = parameters[f"{user}.w"] * scale
    return made
