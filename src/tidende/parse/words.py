"""Cut tokens into the words that the model reads, and bring what it read back to the tokens.

Treebanks take "don't" for two words, German "im" for "in dem", and some cut compounds at hyphens; a reader's
token stays one. Of the words of a token the highest in the tree speaks for it, so a tree of words gives a
tree of tokens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tidende.languages.lists import word_list
from tidende.parse.neural import Analysis, Words
from tidende.parse.types import Token

_HYPHENS = frozenset("-‐‑")
_APOSTROPHES = "'’"
_OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class _Cuts:
    contractions: Mapping[str, tuple[str, ...]]
    clitics: tuple[str, ...]
    hyphens: bool
    whole: frozenset[str]


@cache
def _cuts(language: str) -> _Cuts:
    lists = word_list(language, "words")
    rows = [row.split() for row in lists["contractions"]]
    return _Cuts(
        {row[0]: tuple(row[1:]) for row in rows},
        tuple(lists["clitics"]),
        bool(lists["cut_hyphens"]),
        frozenset(lists["whole_prefixes"]),
    )


def cut(token: Token, language: str) -> tuple[tuple[str, ...], ...]:
    """Give the words of a token in the groups that are the treebank's tokens: (do, n't); (EU), (-), (Rat)."""
    cuts = _cuts(language)
    found = cuts.contractions.get(token.lower)
    if found is not None:
        capital = token.text[0].isupper()
        return ((found[0].capitalize() if capital else found[0], *found[1:]),)
    stem, clitic = _clitic(token, cuts)
    parts = [stem]
    if cuts.hyphens and len(stem) > 1 and not _HYPHENS.isdisjoint(stem):
        parts = _at_hyphens(stem, cuts)
    last = (parts[-1], clitic) if clitic else (parts[-1],)
    return (*((part,) for part in parts[:-1]), last)


def _clitic(token: Token, cuts: _Cuts) -> tuple[str, str]:
    """Take "n't", "'s" or the apostrophe of a genitive off a word."""
    plain = token.lower.replace("’", "'")
    if "'" in plain and len(plain) > 1:
        for ending in cuts.clitics:
            at = len(plain) - len(ending)
            if plain.endswith(ending) and at > 0 and plain[at - 1].isalnum():
                return token.text[:at], token.text[at:]
    return token.text, ""


def _at_hyphens(text: str, cuts: _Cuts) -> list[str]:
    """Cut a compound at its hyphens; addresses, numbers and prefixes that no treebank cuts stay whole."""
    parts: list[str] = [""]
    for character in text:
        if character in _HYPHENS:
            parts += [character, ""]
        else:
            parts[-1] += character
    words = parts[::2]
    letters = all(part.isalnum() for part in words if part)
    if not letters or not words[0] or words[0].lower() in cuts.whole or all(part.isdigit() for part in words):
        return [text]
    return [part for part in parts if part]


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of one sentence, and for each the index of its token."""

    words: Words
    owners: tuple[int, ...]


def to_words(tokens: Sequence[Token], language: str) -> Cut:
    """Give the words of a sentence; words of a token that do not spell it are taken as written apart."""
    texts: list[str] = []
    spaced: list[bool] = []
    owners: list[int] = []
    end = -1
    for number, token in enumerate(tokens):
        own = [word for group in cut(token, language) for word in group]
        apart = len(own) > 1 and "".join(own) != token.text
        texts += own
        spaced += [token.start != end, *([apart] * (len(own) - 1))]
        owners += [number] * len(own)
        end = token.end
    return Cut(Words(tuple(texts), tuple(spaced), language), tuple(owners))


def to_tokens(cut_: Cut, read: Analysis) -> Analysis:
    """Give what was read of the words as a reading of the tokens, a value for each."""
    owners = cut_.owners
    if not owners or owners[-1] + 1 == len(owners):
        return read
    chosen: list[int] = []
    names: list[str] = []
    lemmas: list[str] = []
    for _, own in groupby(range(len(owners)), owners.__getitem__):
        words = list(own)
        highest = min(words, key=lambda at: _depth(at, read.heads))  # the first of several
        chosen.append(highest)
        names.append(_name([read.names[at] for at in words], [cut_.words.texts[at] for at in words]))
        hyphened = any(cut_.words.texts[at] in _HYPHENS for at in words)
        lemmas.append("".join(read.lemmas[at] for at in words) if hyphened else read.lemmas[highest])
    heads = [read.heads[at] for at in chosen]
    return Analysis(
        tuple(read.upos[at] for at in chosen),
        tuple(read.feats[at] for at in chosen),
        tuple(lemmas),
        tuple(1 + owners[head - 1] if head else 0 for head in heads),
        tuple(read.deprels[at] for at in chosen),
        tuple(_whole(names)),
    )


def _depth(at: int, heads: Sequence[int]) -> int:
    """Count the words above a word, as many as there are at most."""
    depth, above = 0, heads[at]
    while above and depth <= len(heads):
        depth, above = depth + 1, heads[above - 1]
    return depth


def _name(tags: Sequence[str], texts: Sequence[str]) -> str:
    """Give the tag of a token: the first word's, if all its words but endings stand in the name."""
    inside = [
        tag
        for at, (tag, text) in enumerate(zip(tags, texts, strict=True))
        if at == 0 or (text[0].isalnum() and tags[0] != _OUTSIDE and "-" in texts)
    ]
    return tags[0] if all(tag != _OUTSIDE for tag in inside) else _OUTSIDE


def _whole(tags: Sequence[str]) -> list[str]:
    """Let a name whose first token was dropped begin at the next."""
    found: list[str] = []
    for tag in tags:
        before = found[-1] if found else _OUTSIDE
        found.append(f"B-{tag[2:]}" if tag.startswith("I-") and before[2:] != tag[2:] else tag)
    return found
