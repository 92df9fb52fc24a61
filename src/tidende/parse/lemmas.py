"""Give words their lemmas: what treebanks know of them, what their endings tell, the network's own script.

A script is `case;prefix;suffix`: case `l` (all small) or `k` (as in the form), prefix and suffix a
number of letters to cut and the letters to put there (Kastet -> kaste is `l;0;1`); where form and lemma
share nothing it is `=` and the lemma. The method is UDPipe 2's (Straka 2018), with a simpler case.
`lemmas.<code>.tsv` hold what is known of words; `training/lexicon.py` writes them and says how.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tidende.languages.lists import word_list

INFLECTED = frozenset({"NOUN", "VERB", "ADJ", "AUX"})
LONGEST_ENDING = 6
_MOST_WORDS = 50_000  # words that are remembered with what was read of them, since news repeats its words
_SHORTEST_PART = 4  # letters of a known word that ends a compound


@lru_cache(_MOST_WORDS)
def apply(script: str, form: str) -> str:
    """Make the lemma of `form` by a script; a form too short for its script is its own lemma."""
    if script.startswith("="):
        return script[1:]
    case, prefix, suffix = script.split(";", 2)
    base = form.lower() if case == "l" else form
    (cut, left), (end, right) = _number(prefix), _number(suffix)
    if cut + end > len(base):
        return base
    return left + base[cut : len(base) - end] + right


def edited(edit: str, form: str) -> str:
    """Make the lemma of `form` by an edit of its end: letters to cut, letters to put there."""
    if edit.startswith("="):
        return edit[1:]
    cut, right = _number(edit)
    return form[: len(form) - cut] + right


def key(form: str, upos: str, *, capitals: bool) -> str:
    """Give the form under which a word is listed: small, but nouns as printed where all have `capitals`."""
    return form if upos == "NOUN" and capitals else form.lower()


@cache
def reader(folder: Path, language: str) -> Callable[[str, str, str, str], str]:
    """Give `Lexicon.lemma` of a language; it remembers what it was asked."""
    return lru_cache(_MOST_WORDS)(lexicon(folder, language).lemma)


@cache
def lexicon(folder: Path, language: str) -> Lexicon:
    """Read what is known of the words of a language, once a process."""
    known: dict[tuple[str, str, str], str] = {}
    with (folder / f"lemmas.{language}.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            form, upos, feats, edit = line.rstrip("\n").split("\t")
            known[form, upos, feats] = edit
    grammar = word_list(language, "grammar")
    return Lexicon(known, bool(grammar["compounds"]), bool(grammar["nouns_capitalised"]))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of the words of one language.

    `known` gives the edit of a (form, UPOS, FEATS), FEATS empty for any, and of a (-ending, UPOS, FEATS).
    `compounds` says whether an unknown word may end in a known one, `capitals` whether nouns have them.
    """

    known: Mapping[tuple[str, str, str], str]
    compounds: bool
    capitals: bool

    def lemma(self, form: str, upos: str, feats: str, script: str) -> str:
        """Give the lemma of a word; `script` is the model's, for words that nothing is known of."""
        word = key(form, upos, capitals=self.capitals)
        edit = self._edit(word, upos, feats)
        if edit is not None:
            return edited(edit, word)
        if upos not in INFLECTED:
            return apply(script, form)
        before, hyphen, last = form.rpartition("-")
        if hyphen and last:
            # "EU-medlemskapet": what stands before the hyphen stays as printed
            last = key(last, upos, capitals=self.capitals)
            edit = self._edit(last, upos, feats)
            if edit is not None:
                return before + hyphen + edited(edit, last)
            return before + hyphen + self._inflected(last, upos, feats, script)
        return self._inflected(word, upos, feats, script)

    def _inflected(self, word: str, upos: str, feats: str, script: str) -> str:
        for cut in range(1, len(word) - _SHORTEST_PART + 1 if self.compounds else 0):
            part = word[cut:]
            if upos == "NOUN" and self.capitals:
                part = part[:1].upper() + part[1:]
            edit = self._edit(part, upos, feats)
            if edit is not None:
                return word[:cut] + edited(edit, part).lower()
        for told in (feats, ""):
            for size in range(min(LONGEST_ENDING, len(word)), 0, -1):
                edit = self.known.get((f"-{word[len(word) - size :]}", upos, told))
                if edit is not None:
                    return edited(edit, word)
        return apply(script, word)

    def _edit(self, word: str, upos: str, feats: str) -> str | None:
        return self.known.get((word, upos, feats)) or self.known.get((word, upos, ""))


def _number(part: str) -> tuple[int, str]:
    digits = 0
    while digits < len(part) and part[digits] in "0123456789":
        digits += 1
    return int(part[:digits]), part[digits:]
