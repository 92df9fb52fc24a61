"""Build the network of article vectors: the encoder of multilingual-e5-small as it is, in 8 bits.

Ranges are told beforehand (see network.py) and windows read together have one length, so a window's mean
never hangs on what is read beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from training.network import Builder, Port, watch

if TYPE_CHECKING:
    from training.e5 import E5
    from training.network import Floats, Ranges

INPUT, OUTPUT = "vectors", "means"
_POWER = 0.7  # of the smoothing; 0.5 loses four times as much here


def plain(source: E5) -> Any:
    """Build the network in single precision, with what goes into each product as further outputs."""
    return _built(source, None)


def quantised(source: E5, ranges: Ranges) -> Any:
    """Build the network in 8 bits from the ranges that `watched` gave."""
    return _built(source, ranges)


def watched(source: E5, batches: Iterable[Floats]) -> Ranges:
    """Run the plain network over word vectors [windows, pieces, width]; give the range of each input."""
    return watch(plain(source), ({INPUT: vectors} for vectors in batches))


def _built(source: E5, ranges: Ranges | None) -> Any:
    own = Builder(source.tensor, source.sizes, ranges, _POWER)
    own.node("ReduceMean", [own.encoded(INPUT), own.index("pieces", 1)], OUTPUT, keepdims=0)
    inputs = [Port(INPUT, ("windows", "pieces", source.sizes.width))]
    return own.model("encoder", inputs, [Port(OUTPUT, ("windows", source.sizes.width))])
