"""Lay the articles of NARC out as they were printed, and tell names, pronouns and descriptions in them apart.

The corpus parts tokens by blanks and puts one sentence a line. Here marks go back to their words, each line
is a paragraph, and every gold mention is moved to its new place. Documents are halved by a hash of their
id: `dev` is for tuning, `test` for the printed figures (sentences of both stand in the Norwegian treebanks
too).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from scoring import SHARED
from tidende.languages.lists import word_set

FILE = SHARED / "data" / "coref" / "narc" / "narc-1.0.jsonl"
LANGUAGES = ("nb", "nn")
PARTS = ("dev", "test")

Span = tuple[int, int]
Kind = Literal["name", "pronoun", "they", "description", "other"]

_WORD = re.compile(r"\S+")
_CLOSING = frozenset(",.:;?!)]»…")
_OPENING = frozenset("([«")
_QUOTE = '"'
_HEADING = "|"
_OF_PLACE = ("in", "from", "to", "of", "for", "with", "by", "about", "against", "between")


@dataclass(frozen=True)
class Gold:
    """One gold mention: its span, and the word or name at its core that an answer must cover."""

    start: int
    end: int
    core: Span
    kind: Kind


@dataclass(frozen=True)
class Document:
    """One article with its gold chains; offsets are code points of `text`."""

    id: str
    language: str
    text: str
    chains: tuple[tuple[Gold, ...], ...]


def part_of(identifier: str) -> str:
    """Give the half that a document belongs to."""
    return PARTS[int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 2]


def shuffled(identifier: str) -> str:
    """Give a key that puts documents of all papers and both written forms among each other."""
    return hashlib.sha256(f"x{identifier}".encode()).hexdigest()


def load(part: str, path: Path = FILE) -> list[Document]:
    """Read the documents of one half. Raise `FileNotFoundError` where the corpus is not here."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [document(row) for row in rows if part_of(row["id"]) == part]


def document(row: dict[str, object]) -> Document:
    """Lay one row of the corpus out."""
    language, source = str(row["lang"]), str(row["text"])
    text, places = printed(source)
    chains = []
    for chain in row["chains"]:  # type: ignore[attr-defined]
        mentions = (_moved(source, places, tuple(span)) for span in chain)
        found = [gold(text, span) for span in mentions if span is not None]
        if len(found) > 1:
            chains.append(tuple(found))
    return Document(str(row["id"]), language, text, tuple(chains))


def printed(source: str) -> tuple[str, dict[int, Span]]:
    """Put the marks of a text back to their words; give it with the new place of every old word's start."""
    out: list[str] = []
    length = 0
    places: dict[int, Span] = {}
    start = 0
    for line in source.split("\n"):
        glued, open_ = True, False
        last = ""
        for match in _WORD.finditer(line):
            word = match.group()
            closes = word[0] in _CLOSING or (word == _QUOTE and open_)
            if word == _HEADING or (word == "." and last.endswith(".")):
                continue
            if not glued and not closes:
                out.append(" ")
                length += 1
            places[start + match.start()] = (length, length + len(word))
            out.append(word)
            length += len(word)
            glued = word in _OPENING or (word == _QUOTE and not open_)
            open_ = open_ != (word == _QUOTE)
            last = word
        out.append("\n")
        length += 1
        start += len(line) + 1
    return "".join(out), places


def _moved(source: str, places: dict[int, Span], span: Sequence[int]) -> Span | None:
    """Give the new place of a span of the corpus, None where only marks stand in it."""
    words = [places[at] for at in range(span[0], span[1]) if at in places]
    return (words[0][0], words[-1][1]) if words else None


# --- what a mention is ------------------------------------------------------------------------


@cache
def _set(*keys: str) -> frozenset[str]:
    """Give the words of both written forms: articles in one of them quote the other."""
    return frozenset[str]().union(*(word_set(language, *keys) for language in LANGUAGES))


@cache
def _stops() -> frozenset[str]:
    """Give the words behind which no head of a phrase stands any more."""
    prepositions = frozenset[str]().union(*(_set("text", "prepositions", key) for key in _OF_PLACE))
    return prepositions | _set("grammar", "other_prepositions") | _set("text", "conjunctions", "relative")


def gold(text: str, span: Span) -> Gold:
    """Tell what kind of mention stands at a span: by its words alone, whatever any model reads."""
    words = [(m.start() + span[0], m.end() + span[0], m.group()) for m in _words(text[span[0] : span[1]])]
    stops = _stops()
    head: list[tuple[int, int, str]] = []
    for at, (start, end, word) in enumerate(words):
        if (at and word.lower() in stops) or not word[0].isalnum():
            break
        head.append((start, end, word))
    joined = _set("text", "conjunctions", "and")
    if not head or any(word.lower() in joined for _, _, word in words):
        return Gold(*span, span, "other")
    if len(words) == 1:
        lower = words[0][2].lower()
        if lower in _set("text", "pronouns", "he") | _set("text", "pronouns", "she"):
            return Gold(*span, span, "pronoun")
        if lower in _set("text", "pronouns", "they"):
            return Gold(*span, span, "they")
    small = _set("text", "function_words") - _nouns()
    while len(head) > 1 and head[-1][2].lower() in small:
        head.pop()
    run = _run(head)
    if run and _is_name(text, run):
        return Gold(*span, (run[0][0], run[-1][1]), "name")
    start, end, word = head[-1]
    closed = _set("text", "pronouns") | _set("text", "possessives") | _set("text", "function_words")
    return Gold(*span, (start, end), "other" if word.lower() in closed - _nouns() else "description")


@cache
def _nouns() -> frozenset[str]:
    """Give the words for people that are listed among the everyday words too."""
    kinds = ("roles", "kin", "groups")
    return frozenset[str]().union(*(_set("roles", kind) for kind in kinds))


def _words(text: str) -> Iterable[re.Match[str]]:
    return re.finditer(r"\w[\w.'’-]*|\S", text)


def _run(head: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Give the words with capitals that a phrase ends in."""
    first = len(head)
    while first and head[first - 1][2][0].isupper():
        first -= 1
    return head[first:]


def _is_name(text: str, run: list[tuple[int, int, str]]) -> bool:
    """Tell whether words with capitals are a name: not one word alone that opens a sentence."""
    start, _, word = run[0]
    if len(run) == 1 and word.lower() in _set("text", "function_words"):
        return False
    before = text[:start].rstrip(" «\"'(–-")
    opens = not before or before[-1] in ".:?!\n"
    if not opens:
        return True
    if len(run) > 1 and run[1][2][0].isupper():
        return True
    again = rf"(?<=[\w,] ){re.escape(word)}\b"
    return re.search(again, text) is not None
