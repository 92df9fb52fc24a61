"""Damage a text as print, wires and scanners do, and know for each character where it came from."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

_WIDTH = 64  # characters of a line on an old wire
_OCR = {
    **{"e": "c", "c": "e", "i": "l", "l": "1", "o": "0", "h": "b", "n": "u", "u": "n", "a": "o", "t": "f"},
    **{"s": "5", "m": "rn", "r": "n", "g": "q", "d": "cl", "å": "a", "ä": "a", "ø": "o", "ö": "o", "æ": "e"},
    **{"I": "l", "O": "0", "S": "5", "B": "8", "0": "O", "1": "l", ",": ".", ".": ","},
}
_SPELT = {"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_BARE = {"ø": "o", "æ": "ae", "ß": "ss"}
_LIGATURES = {"ffi": "\ufb03", "fi": "\ufb01", "fl": "\ufb02"}
_OPENING = {"“": '"„«', "„": '"“»', "«": '"“„', "»": '"“„', '"': "“„«"}
_VOWELS = frozenset("aeiouyæøåäöü")
_CLOSING = "”“»"
_SOFT = "\u00ad"


@dataclass(frozen=True, slots=True)
class Damaged:
    """A text and for each of its characters the offset that it had, one more at the end."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the text as it was."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


def damaged(pieces: Iterable[tuple[str, int]]) -> Damaged:
    """Join pieces, each with the offset it had."""
    texts: list[str] = []
    origin: list[int] = []
    for piece, at in pieces:
        texts.append(piece)
        origin += [at] * len(piece)
    return Damaged("".join(texts), (*origin, origin[-1] + 1 if origin else 0))


def _each(text: str, change: Callable[[str], str]) -> Damaged:
    return damaged((change(sign), at) for at, sign in enumerate(text))


def _dice(kind: str, text: str) -> random.Random:
    return random.Random(sha256(f"{kind} {text}".encode()).hexdigest())


def headline(text: str) -> Damaged:
    """Print the first line in capitals."""
    end = text.find("\n") % (len(text) + 1)
    return damaged((sign.upper() if at < end else sign, at) for at, sign in enumerate(text))


def capitals(text: str) -> Damaged:
    """Print all in capitals."""
    return _each(text, str.upper)


def spelt_out(text: str) -> Damaged:
    """Write letters that a keyboard lacks in two: "Aalesund", "moede", "Muenchen"."""
    return _each(text, lambda sign: _mapped(sign, _SPELT))


def bare(text: str) -> Damaged:
    """Drop what stands over letters: "Alesund", "Munchen"."""
    return _each(text, lambda sign: _plain(_mapped(sign, _BARE)))


def _mapped(sign: str, letters: dict[str, str]) -> str:
    found = letters.get(sign.lower(), sign)
    return found.capitalize() if sign.isupper() and found != sign else found


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def scanned(text: str) -> Damaged:
    """Misread one character in a hundred."""
    dice = _dice("scanned", text)
    return _each(text, lambda sign: _OCR.get(sign, sign) if dice.random() < 0.01 else sign)


def worn(text: str) -> Damaged:
    """Put in soft hyphens, ligatures, double, hard and missing spaces, and marks of no width."""
    dice = _dice("worn", text)

    def pieces() -> Iterable[tuple[str, int]]:
        at = 0
        while at < len(text):
            joined = next((one for one in _LIGATURES if text.startswith(one, at)), "")
            sign, size = text[at], len(joined) or 1
            if joined:
                yield _LIGATURES[joined], at
            elif sign == " " and at and text[at - 1] == "." and text[at + 1 : at + 2].isupper():
                yield ("" if text[at - 2].islower() and dice.random() < 0.15 else sign), at
            elif sign == " ":
                yield dice.choices([" ", "  ", "\u00a0", " \u200b"], [0.9, 0.05, 0.04, 0.01])[0], at
            else:
                inside = text[at - 3 : at + 3].isalpha() and at > 3 and _breaks(text, at)
                yield (_SOFT if inside and dice.random() < 0.2 else "") + sign, at
            at += size

    return damaged(pieces())


def _breaks(text: str, at: int) -> bool:
    """Tell whether a word may be cut here: before a consonant with a vowel behind it."""
    return text[at].lower() not in _VOWELS and text[at + 1].lower() in _VOWELS


def marks(text: str) -> Damaged:
    """Print every quotation mark in a style of its own."""
    dice = _dice("marks", text)

    def changed(at: int, sign: str) -> str:
        if sign not in '“”„«»"':
            return sign
        opens = at == 0 or text[at - 1] in " \n(–—"
        return dice.choice(_OPENING.get(sign, '"“„') if opens else f'"{_CLOSING}')

    return damaged((changed(at, sign), at) for at, sign in enumerate(text))


def wrapped(text: str) -> Damaged:
    """Break paragraphs into short lines, long words at the end with a hyphen."""
    pieces: list[tuple[str, int]] = []
    column = 0
    for at, sign in enumerate(text):
        if sign == "\n":
            pieces.append(("\n\n", at))
            column = 0
            continue
        width = len(text[at:].split(maxsplit=1)[0]) if sign == " " and text[at:].split() else 0
        if sign == " " and column + width >= _WIDTH and text[at + 1 : at + 2] not in "–—-":
            pieces.append(("\n", at))
            column = 0
            continue
        inside = text[at - 3 : at + 4].islower() and text[at - 3 : at + 4].isalpha()
        if inside and column >= _WIDTH - 4 and _breaks(text, at):
            pieces.append(("-\n", at))
            column = 0
        pieces.append((sign, at))
        column += 1
    return damaged(pieces)


def with_paragraph(text: str, other: Sequence[str], number: int, before: str = "\n") -> Damaged:
    """Put a paragraph of the article in another language in the place of ours, `before` in front of it."""
    pieces: list[tuple[str, int]] = []
    start = 0
    for at, line in enumerate(text.split("\n")):
        if at:
            pieces.append((before if at == number else "\n", start - 1))
        if at == number:
            scale = len(line) / max(len(other[at]), 1)
            last = max(len(line) - 1, 0)
            pieces += [(sign, start + min(int(i * scale), last)) for i, sign in enumerate(other[at])]
        else:
            pieces += [(sign, start + i) for i, sign in enumerate(line)]
        start += len(line) + 1
    return damaged(pieces)
