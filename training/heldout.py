"""Know the sentences that no model of ours may learn from, and keep them out of every training source."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from training import conllu, names

_TREES = {
    "da": "ud/UD_Danish-DDT/da_ddt-ud-{part}.conllu",
    "nb": "ud/UD_Norwegian-Bokmaal/no_bokmaal-ud-{part}.conllu",
    "nn": "ud/UD_Norwegian-Nynorsk/no_nynorsk-ud-{part}.conllu",
    "sv": "ud/UD_Swedish-Talbanken/sv_talbanken-ud-{part}.conllu",
    "en": "ud/UD_English-EWT/en_ewt-ud-{part}.conllu",
    "de": "ud/UD_German-GSD/de_gsd-ud-{part}.conllu",
    "fi": "ud/UD_Finnish-TDT/fi_tdt-ud-{part}.conllu",
}


def fingerprint(forms: Iterable[str]) -> str:
    """Give the hash of a sentence by its letters and digits alone: case, spaces, marks do not count.

    A sentence without letters and digits has the empty fingerprint, which is never held out.
    """
    text = unicodedata.normalize("NFKC", "".join(forms)).casefold()
    bare = "".join(character for character in text if character.isalnum())
    return sha256(bare.encode()).hexdigest()[:16] if bare else ""


def fold(forms: Iterable[str], folds: int = 5) -> int:
    """Give the fold (0 to `folds` - 1) of a sentence, the same in every run and source."""
    key = fingerprint(forms)
    return int(key[:8], 16) % folds if key else 0


def test_sentences(data: Path) -> dict[str, frozenset[str]]:
    """Give, by language, the fingerprints of the test sentences of trees and names under `data`.

    These are the official UD test sets and the test parts of the name corpora. PUD is not among them: its
    trees may be learned from, and its names (English, German, Swedish) are never read by the packer.
    """
    return _collect(data, "test")


def dev_sentences(data: Path) -> dict[str, frozenset[str]]:
    """Give, by language, the fingerprints of the UD dev sentences."""
    return _collect(data, "dev")


def _collect(data: Path, part: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language, pattern in _TREES.items():
        held = found.setdefault(language, set())
        for tree in conllu.read(data / pattern.format(part=part)):
            held.add(fingerprint(tree.forms))
            held.add(fingerprint(form for form, _ in tree.surface()))
    if part == "test":
        for corpus in names.CORPORA:
            for path in corpus.test_files:
                held = found.setdefault(corpus.language, set())
                held.update(fingerprint(record.tokens) for record in names.read(corpus, data / path))
    return {language: frozenset(held - {""}) for language, held in sorted(found.items())}


def is_held(variants: Iterable[Iterable[str]], held: frozenset[str]) -> bool:
    """Say whether a sentence is held out; `variants` are its ways of being cut into words."""
    return any(fingerprint(forms) in held for forms in variants)
