"""Turn an input's bytes into text: nothing stripped, no newline or Unicode repair."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from tidende.errors import BinaryInput, MalformedInput

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_BETWEEN_LETTERS = frozenset("’‘´–—·\xad\xa0")  # marks that stand inside words or between them
_SAMPLE = 65536  # bytes that are looked at to know an encoding


def decode(name: str, data: bytes, *, declares: bool = False) -> str:
    """Decode the bytes of an input: by byte-order mark, as UTF-8, else by what the bytes look like.

    `declares` lets a `charset=` near the beginning (HTML) speak before the guess. Raise `BinaryInput` for
    bytes that are no text, `MalformedInput` for text in UTF-8 or UTF-16 that is damaged.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(name, data[len(mark) :], encoding)
    refuse_binary(name, data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise MalformedInput(name, "damaged UTF-8: not every byte is text", line=line) from error
    declared = _DECLARED.search(data[:2048]) if declares else None
    if declared is not None:
        try:
            # Browsers read a declared Latin-1 as Windows-1252, and pages rely on it.
            encoding = codecs.lookup(declared.group(1).decode("ascii")).name
            return data.decode("cp1252" if encoding == "iso8859-1" else encoding)
        except (LookupError, UnicodeError):
            pass
    return _guess(name, data)


def refuse_binary(name: str, data: bytes) -> None:
    """Raise `BinaryInput` for bytes that open like a known binary format or hold a NUL."""
    for signature, kind in _data()["signatures"].items():
        if data.startswith(bytes.fromhex(signature)):
            raise BinaryInput(name, f"not text: it is {kind}")
    if b"\0" in data:
        raise BinaryInput(name, "not text: binary data (it holds NUL bytes)")


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        label = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise MalformedInput(name, f"damaged {label}: not every byte is text") from error
    if "\0" in text:
        raise BinaryInput(name, "not text: binary data (it holds NUL characters)")
    return text


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether most high bytes form UTF-8 sequences: then one that does not is damage."""
    good = sum(len(match) for match in _UTF8_SEQUENCE.findall(data))
    return good > 0.5 * len(_HIGH.findall(data))


def _guess(name: str, data: bytes) -> str:
    for encoding in _data()["western_encodings"]:
        text = _decoded(data, encoding)
        if text is not None and _is_western(text):
            return text
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    text = None if best is None else _decoded(data, best.encoding)
    if text is None or _signs_in_words(text) > 0.1 or sum(map(_unprintable, text)) > 0.01 * len(text):
        raise BinaryInput(name, "not text: bytes in no known encoding")
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unprintable(character: str) -> bool:
    return not (character.isprintable() or character.isspace())


def _is_western(text: str) -> bool:
    """Tell whether the letters beyond ASCII are those of one Western alphabet.

    Statistics alone mistake short Swedish or Spanish for Central European or Macintosh encodings.
    """
    letters = sum(character.isalpha() for character in text)
    high = [character.lower() for character in text if character >= "\x80" and character.isalpha()]
    if _signs_in_words(text) > 0.1 or len(high) > 0.4 * letters:
        return False
    if len(high) < 0.01 * letters:  # a foreign name here and there belongs to no alphabet
        return True
    best: int = max(sum(character in alphabet for character in high) for alphabet in _data()["western"])
    return best >= 0.8 * len(high)


def _signs_in_words(text: str) -> float:
    """Give the share of characters beyond ASCII that are signs in the middle of a word.

    There a sign is mostly a letter of another encoding.
    """
    high = inside = 0
    for at, character in enumerate(text):
        if character < "\x80":
            continue
        high += 1
        if not character.isalpha() and character not in _BETWEEN_LETTERS:
            inside += text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()
    return inside / high if high else 0.0


@cache
def _data() -> Mapping[str, Any]:
    path = files("tidende.ingest") / "encodings.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))
