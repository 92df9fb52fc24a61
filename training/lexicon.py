"""Write the words whose lemmas the treebanks know, and what their endings teach of the rest.

One file a language, `lemmas.<code>.tsv`, sorted, for `tidende.parse.lemmas`:

    form TAB UPOS TAB FEATS TAB edit     a printed form; FEATS only where they choose between two lemmas
    -ending TAB UPOS TAB FEATS TAB edit  what becomes of unknown words with this ending

An edit is how many letters to cut off the end and the letters to put there (biler -> bil is `2`), or `=` and
the lemma where form and lemma do not begin alike. Ending rules are a decision list over word types: an ending
is written only where it decides otherwise than the longest shorter one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tidende.languages.lists import word_list
from tidende.parse.lemmas import INFLECTED, LONGEST_ENDING, key
from training import batches, manifest
from training.labels import LANGUAGES

_NAMES = "PROPN"  # a name's lemma is the name; its genitive is the model's to tell
_SURE = 4  # letters of an ending that is believed on one word alone
_SHARED = 2  # letters that an inflected form shares with its lemma before an ending may tell anything
_SHORT = 3

Key = tuple[str, str]


def edit(form: str, lemma: str) -> str:
    """Give the edit that makes `lemma` of `form`; `lemmas.edited` undoes it."""
    shared = _shared(form, lemma)
    if not shared or lemma[shared : shared + 1].isdigit():
        return f"={lemma}"
    return f"{len(form) - shared}{lemma[shared:]}"


def _shared(one: str, other: str) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def count(rows: Iterable[Mapping[str, Any]], language: str) -> dict[Key, dict[str, Counter[str]]]:
    """Count the lemmas of each form and part of speech by features, over the trees of a language.

    The rows that validate are left out.
    """
    capitals = bool(word_list(language, "grammar")["nouns_capitalised"])
    found: dict[Key, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        if row["l"] != language or "u" not in row or batches.is_dev(row):
            continue
        for form, upos, feats, lemma in zip(row["w"], row["u"], row["m"], row["e"], strict=True):
            if lemma not in ("", "_") and upos != _NAMES:
                found[key(form, upos, capitals=capitals), upos][feats][lemma] += 1
    return found


def lines(found: Mapping[Key, Mapping[str, Counter[str]]]) -> list[str]:
    """Lay out the forms and the endings, sorted."""
    forms: list[str] = []
    types: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for (form, upos), by_feats in found.items():
        whole: Counter[str] = Counter()
        for own in by_feats.values():
            whole.update(own)
        usual = _first(whole)
        forms.append(f"{form}\t{upos}\t\t{edit(form, usual)}")
        for feats, own in by_feats.items():
            lemma = _first(own)
            if lemma != usual:
                forms.append(f"{form}\t{upos}\t{feats}\t{edit(form, lemma)}")
            if upos in INFLECTED and (_shared(form, lemma) >= _SHARED or len(form) <= _SHORT):
                for size in range(min(LONGEST_ENDING, len(form)) + 1):
                    ending = form[len(form) - size :]
                    types[upos, feats, ending][edit(form, lemma)] += 1
                    types[upos, "", ending][edit(form, lemma)] += 1
    return sorted(forms) + sorted(_endings(types))


def _endings(types: Mapping[tuple[str, str, str], Counter[str]]) -> Iterable[str]:
    kept: dict[tuple[str, str, str], str] = {}
    for upos, feats, ending in sorted(types, key=lambda key: (len(key[2]), key)):
        counts = types[upos, feats, ending]
        if not ending or (counts.total() < _SHARED and len(ending) < _SURE):
            continue
        told = _first(counts)
        shorter = (kept.get((upos, feats, ending[at:])) for at in range(1, len(ending)))
        if told != next((one for one in shorter if one is not None), None):
            kept[upos, feats, ending] = told
    return [f"-{ending}\t{upos}\t{feats}\t{told}" for (upos, feats, ending), told in kept.items()]


def _first(counts: Counter[str]) -> str:
    return min(counts, key=lambda each: (-counts[each], each))


def write(rows: Iterable[Mapping[str, Any]], folder: Path) -> dict[str, int]:
    """Write the file of every language and set it down in the manifest; give the lines of each."""
    written: dict[str, int] = {}
    rows = list(rows)
    for language in sorted(LANGUAGES):
        own = lines(count(rows, language))
        (folder / f"lemmas.{language}.tsv").write_text("\n".join(own) + "\n", encoding="utf-8")
        written[language] = len(own)
    manifest.add(folder, (f"lemmas.{language}.tsv" for language in written))
    return written
