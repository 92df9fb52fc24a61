"""Tell whether two spellings are one name: a key of a name that no language's spelling changes.

The same Russian is Jurij Usjakov in Danish, Yuri Ushakov in English, Juri Uschakow in German and
Юрий Ушаков at home. The key keeps what all of them share: it writes other alphabets in Latin
letters, drops accents, and maps the ways in which European languages spell one sound to one sign
(sh, sj, sch, s and z to `s`; ch, kh, tj, tsj and tsch to `c`; y, j and i to `i`; v and w to `v`).
Vowels stay, so that Merkel and Markel, Kim Jong-un and Kim Jong-il remain two people.

The sound rules are general; what they cannot bridge (Mohammed and Muhammad, Vladimir and
Volodymyr) is listed in `data/name-variants.txt`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

_CYRILLIC = dict(
    zip(
        "абвгґдѓежзѕиіїйјклљмнњопрстћќуўфхцчџшщъыьэюяёєђ",
        (
            *(
                "a",
                "b",
                "v",
                "g",
                "g",
                "d",
                "g",
                "e",
                "zh",
                "z",
                "dz",
                "i",
                "i",
                "yi",
                "y",
                "j",
                "k",
                "l",
                "lj",
            ),
            *("m", "n", "nj", "o", "p", "r", "s", "t", "c", "k", "u", "u", "f", "kh", "ts", "ch", "dz"),
            *("sh", "shch", "", "y", "", "e", "yu", "ya", "yo", "ye", "dj"),
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (*"avgdezi", "th", *"iklmnxoprsstyf", "ch", "ps", "o"),
        strict=True,
    )
)
_GREEK_PAIRS = (
    ("ου", "ou"),
    ("μπ", "b"),
    ("ντ", "nt"),
    ("γκ", "gk"),
    ("αυ", "av"),
    ("ευ", "ev"),
    ("ει", "i"),
)
# Letters that Unicode does not take apart into a base letter and a mark.
_LATIN = {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "dj", "ı": "i", "ð": "d", "þ": "th"}
_LETTERS = str.maketrans({**_CYRILLIC, **_GREEK, **_LATIN})

# An Arabic article with its hyphen: lower-case before a capital, or opening the whole name.
_ARTICLE = re.compile(r"(?:(?<!\w)[a-z]{2}|^[AE][a-z])[-‐‑](?=[A-ZÀ-Þ])")
_SPLIT = re.compile(r"[^\w]+|_+")
_SILENT = str.maketrans("", "", "'’ʼ`´‘ʹʿʾ")
_ROMAN = re.compile(r"[IVX]+")
_ROMAN_VALUE = {"I": 1, "V": 5, "X": 10}
_DOUBLE = re.compile(r"([^\W\d])\1+")

_SHORTEST_SLIPPED = 5  # letters of a word that may be a slip for another

_SIGNS = str.maketrans({"ç": "c", "ĵ": "j"})

# In order: each rule sees what the ones before it left.
_SOUNDS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"dsch", "j"),  # German Ahmadinedschad and Dschawad are Ahmadinejad and Javad elsewhere
        (r"(?<=.)tja", "tia"),  # Tatjana, but initial Tja- and medial tjo, tje, tji are the affricate
        (r"(?:tsch|tsj|tch|tj|kh|cz)", "ç"),
        (r"sch", "s"),
        (r"ch", "ç"),
        (r"(?:sh|sj|zh|ts|tz|sz|z)", "s"),
        (r"(?<=[a-zç]{3})ic$", "iç"),
        (r"ck", "k"),
        (r"c(?=[eiy])", "ç"),
        (r"c", "k"),
        (r"qu", "kv"),
        (r"q", "k"),
        (r"ph", "f"),
        (r"w", "v"),
        (r"(?<=[tdgbrv])h", ""),
        (r"(?<=.)x", "ks"),
        (r"^j(?=[aeiou]{1,3}(?:n|ng|m|l|k)?$)", "ĵ"),  # Kim Jong-nam is not Kim Yong-nam
        (r"[yj]", "i"),
        (r"i+", "i"),
        (r"^ie", "e"),
        (r"ou|oo", "u"),
        (r"aa|ae", "a"),
        (r"oe", "o"),
        (r"(?<!e)ue", "u"),
        (r"iov(a?)$", r"ev\1"),
        (r"(?<=[sç])ov(a?)$", r"ev\1"),
        (r"ie", "e"),
        (r"(?<=[b-df-hk-np-tvx-zç])iu(?=.)", "u"),
        (r"(?<=[aeiou])h$", ""),
    )
)


@cache
def _variants() -> Mapping[str, str]:
    """Map the token key of each listed spelling to that of the first spelling on its line."""
    text = (files("tidende.entities") / "data" / "name-variants.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            first, *others = (_sound(letters(word)) for word in line.split())
            found.update(dict.fromkeys(others, first))
    return found


def transliterate(text: str) -> str:
    """Write Cyrillic and Greek letters in Latin ones; leave every other character as it is.

    Case is kept for the first letter of each replacement.
    """
    if text.isascii():
        return text
    written: list[str] = []
    lower = unicodedata.normalize("NFC", text)
    for greek, latin in _GREEK_PAIRS:
        lower = lower.replace(greek, latin).replace(greek.capitalize(), latin.capitalize())
    for character in lower:
        plain = character.lower()
        latin_form = _CYRILLIC.get(plain) or _GREEK.get(plain)
        if latin_form is None:
            latin_form = _GREEK.get(unicodedata.normalize("NFD", plain)[:1])
        if latin_form is None:
            written.append("" if plain in _CYRILLIC else character)
        else:
            written.append(latin_form.capitalize() if character != plain else latin_form)
    return "".join(written)


def letters(word: str) -> str:
    """Lower a word and strip it of accents and joined letters."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    plain = "".join(character for character in apart if not unicodedata.combining(character))
    return plain.lower().translate(_LETTERS)


def _sound(word: str) -> str:
    """Map the spellings of each sound to one sign."""
    for pattern, sign in _SOUNDS:
        word = pattern.sub(sign, word)
    return _DOUBLE.sub(r"\1", word).translate(_SIGNS)


def _number(token: str) -> str:
    """Give a Roman numeral in digits, so that doubled letters in it are not lost."""
    values = [_ROMAN_VALUE[letter] for letter in token]
    following = [*values[1:], 0]
    return str(sum(-v if v < after else v for v, after in zip(values, following, strict=True)))


@lru_cache(maxsize=8192)
def shape_key(name: str) -> str:
    """Give the language-neutral key of a name: lower-case parts joined by hyphens.

    Hyphens and spaces count alike, an Arabic article written with a hyphen does not count, a
    Roman numeral that ends the name becomes digits. Genitive endings must be off already. The key
    of a name without letters or digits is "".
    """
    plain = _ARTICLE.sub("", transliterate(name)).translate(_SILENT)
    tokens = [token for token in _SPLIT.split(plain) if token]
    variants = _variants()
    parts: list[str] = []
    for position, token in enumerate(tokens):
        if position and position == len(tokens) - 1 and _ROMAN.fullmatch(token):
            parts.append(_number(token))
            continue
        part = _sound(letters(token))
        if part:
            parts.append(variants.get(part, part))
    return "-".join(parts)


def is_listed_variant(a: str, b: str) -> bool:
    """Tell whether two words share a key only because the list of variants says so."""
    return shape_key(a) == shape_key(b) and _sound(letters(a)) != _sound(letters(b))


def same_name(a: str, b: str) -> bool:
    """Tell whether two full names can be one person's.

    True for equal keys; else the last parts must agree, the first parts must agree or one be the
    other's initial, and the parts between must not contradict each other where both have some. A
    name of one part equals only the same name.
    """
    return same_key(shape_key(a), shape_key(b))


def same_key(a: str, b: str) -> bool:
    """Tell the same as `same_name` of two keys."""
    if a.replace("-", "") == b.replace("-", ""):
        return bool(a)
    left, right = a.split("-"), b.split("-")
    if len(left) < 2 or len(right) < 2 or left[-1] != right[-1] or not _fits(left[0], right[0]):
        return False
    return all(_fits(x, y) for x, y in zip(left[1:-1], right[1:-1], strict=False))


def marked(name: str, spellings: Iterable[str]) -> str:
    """Give the spelling of a name that keeps its marks: "José" where a list has "Jose"; else the name."""
    if not name.isascii():
        return name
    plain = [letters(word) for word in name.split()]
    same = (
        one for one in spellings if not one.isascii() and [letters(word) for word in one.split()] == plain
    )
    return next(same, name)


def is_slip(a: str, b: str) -> bool:
    """Tell whether one word is the other with a letter too many, too few, or two in the wrong order.

    Another letter in place of one is none: Hansen and Jansen are two names. So are some that this takes for
    one (Sander and Sanders): the caller has to know more, as that the article prints one of them once only.
    """
    short, long = sorted((letters(a), letters(b)), key=len)
    if len(short) < _SHORTEST_SLIPPED or short[0] != long[0] or short == long:
        return False
    at = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(long) == len(short) + 1:
        return short[at:] == long[at + 1 :]
    swapped = long[at + 1 : at + 2] + long[at : at + 1] + long[at + 2 :]
    return len(short) == len(long) and short[at:] == swapped


def _fits(a: str, b: str) -> bool:
    """Tell whether two given names agree, an initial standing for the whole."""
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])
