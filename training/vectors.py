"""Write the encoder of article vectors as the files that `tidende.parse.vectors` reads.

encoder.onnx    vectors [windows, pieces, width] -> means [windows, width]: multilingual-e5-small, 8 bits
whitening.npy   [1 + k, width]: the mean of vectors of general news, then their first k principal components
manifest.json   sha256 and size of each file, and what it was made of

General news: the news part of PUD, the same in eight languages; German Wikinews; Norwegian newspapers in both
written languages. None of it is NTREX, ITN or the Copenhagen treebanks, on which the vectors
are measured; that leaves no Danish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tidende.parse import files
from tidende.parse.vectors import WINDOW, Encoder
from tidende.parse.vocabulary import load_vocabulary
from training import conllu, e5, encoder, manifest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

COMPONENTS = 8  # how many principal components are taken out; chosen on part A of NTREX dev, see README
_PUD = ("English", "German", "Swedish", "Finnish", "Icelandic", "French", "Spanish", "Russian")
_TEXTS = 100  # of each source
_WORDS = 80  # of each text: its lead, which tells what it is about
_WATCHED = 120  # texts from which ranges are told
_NEWS = "n"  # how PUD names its sentences from news


def news(data: Path) -> dict[str, list[str]]:
    """Give short texts of general news by source, evenly spread over each."""
    found = {f"PUD {language}": list(_pud(data, language)) for language in _PUD}
    found["German Wikinews"] = [row["text"] for row in _rows(data / "text/de-wikinews/de-wikinews.jsonl")]
    narc = _rows(data / "coref/narc/narc-1.0.jsonl")
    for language in ("nb", "nn"):
        found[f"NARC {language}"] = [_closed_up(row["text"]) for row in narc if row["lang"] == language]
    return {source: _spread([_lead(text) for text in texts], _TEXTS) for source, texts in found.items()}


def write(folder: Path, model: Path, data: Path) -> dict[str, Any]:
    """Write all files into `folder`; `model` holds the vocabulary, `data` the news. Give the manifest."""
    from onnx import save

    folder.mkdir(parents=True, exist_ok=True)
    source = e5.read(e5.find())
    texts = news(data)
    ranges = encoder.watched(source, _batches(list(_mixed(texts, _WATCHED)), source, model))
    save(encoder.quantised(source, ranges), str(folder / "encoder.onnx"))
    np.save(folder / "whitening.npy", np.zeros((1, source.sizes.width), dtype=np.float32))
    reader = Encoder(folder, files.check(model))
    vectors = {name: reader.encode(own) for name, own in texts.items()}
    np.save(folder / "whitening.npy", whitening(vectors, COMPONENTS))
    made_of = {"news": {name: len(own) for name, own in texts.items()}, "components": COMPONENTS}
    return manifest.write(folder, ("encoder.onnx", "whitening.npy"), made_of)


def whitening(vectors: dict[str, Floats], components: int) -> Floats:
    """Give the mean and the first principal components, [1 + components, width]; each source counts alike."""
    mean = np.mean([own.mean(0) for own in vectors.values()], axis=0)
    spread = [(own - mean) / np.sqrt(len(own)) for own in vectors.values()]
    _, _, axes = np.linalg.svd(np.concatenate(spread).astype(np.float64), full_matrices=False)
    axes = axes[:components]
    # an axis may point either way; one way, so that the same news gives the same file
    axes *= np.sign(np.take_along_axis(axes, np.abs(axes).argmax(1)[:, None], axis=1))
    found: Floats = np.concatenate([mean[None], axes]).astype(np.float32)
    return found


def check(folder: Path, model: Path, data: Path) -> tuple[float, float]:
    """Give the mean and the least cosine of our vectors and those of single precision, over some news."""
    import onnxruntime

    source = e5.read(e5.find())
    ids = _ids([texts[-1] for texts in news(data).values()], model)
    vocabulary = load_vocabulary(model, source.sizes.width, source.unigram.unknown)
    exact = onnxruntime.InferenceSession(encoder.plain(source).SerializeToString())
    ours = onnxruntime.InferenceSession(str(folder / "encoder.onnx"))
    cosines = []
    for one in ids:
        vectors = vocabulary.vectors(np.array([one]))
        first, second = (run.run([encoder.OUTPUT], {encoder.INPUT: vectors})[0][0] for run in (exact, ours))
        cosines.append(float(first @ second / np.linalg.norm(first) / np.linalg.norm(second)))
    return float(np.mean(cosines)), min(cosines)


def _batches(texts: Sequence[str], source: e5.E5, model: Path) -> Iterator[Floats]:
    vocabulary = load_vocabulary(model, source.sizes.width, source.unigram.unknown)
    for _, group in groupby(sorted(_ids(texts, model), key=len), key=len):
        yield vocabulary.vectors(np.array(list(group)))


def _ids(texts: Sequence[str], model: Path) -> list[list[int]]:
    """Split texts as the reader does, each in one window."""
    described = files.check(model)
    special = described.special
    split = load_vocabulary(model, int(described.sizes["width"]), special["unknown"]).pieces.split
    opener = [special["bos"], *split("passage:", True)]
    return [
        [*opener, *[piece for word in text.split() for piece in split(word, True)][:WINDOW], special["eos"]]
        for text in texts
    ]


def _mixed(texts: dict[str, list[str]], most: int) -> Iterator[str]:
    for own in texts.values():
        yield from _spread(own, most // len(texts))


def _spread(texts: Sequence[str], most: int) -> list[str]:
    return [texts[at * len(texts) // most] for at in range(most)] if len(texts) > most else list(texts)


def _lead(text: str) -> str:
    return " ".join(text.split()[:_WORDS])


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _pud(data: Path, language: str) -> Iterator[str]:
    """Yield the news of PUD, the few sentences of a document together: n01001011 is of document n01001."""
    (path,) = (data / f"ud/UD_{language}-PUD").glob("*-test.conllu")
    trees = [tree for tree in conllu.read(path) if tree.sent_id.startswith(_NEWS)]
    for _, group in groupby(trees, key=lambda tree: tree.sent_id[:6]):
        yield " ".join(tree.text for tree in group)


def _closed_up(text: str) -> str:
    """Put marks back where they stand in print: the corpus parts all tokens by spaces."""
    return re.sub(r"([(«]) | (?=[,.:;?!)»])", r"\1", text)
