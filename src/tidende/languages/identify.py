"""Tell what language a text is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidende.languages.lists import READ_IN_FULL, letters, word_list, word_set

UNKNOWN = "und"

_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r'[«»“”„"][^«»“”„"\n]*[«»“”„"]')
_TOLD = 30  # words outside quotation marks that tell what language an article is written in
_READ = 6000  # characters from the beginning: more does not change the answer
_SPEAKING = 0.3  # small words are 40-50 % of running text in their language, under 30 % in its neighbours
_LEAD = 6  # words more for the best language than for the second
_MARGIN = 0.5
_PARAGRAPH = 15  # words of a paragraph that tells its own language
_CLEAR = 0.6
_ALIKE = 0.1  # chances of two languages that tell nothing of a short text
_SHARE = 0.15  # of its words, by which those of its language lead those of the article's
_APART = 5  # words by which they lead at least
_NEXT = 3  # words by which they lead those of any other language
_WAYS = (
    "",
    "spelt",
    "bare",
)  # letters as they should be, then as wires and keyboards without them print them
_NO_LANGUAGE = frozenset({"zxx", UNKNOWN})  # the model's label for numbers and the like


@dataclass(frozen=True, slots=True)
class Identified:
    """A language (BCP 47 code) and how clearly it is this one and not the next best: 0 to 1."""

    language: str
    margin: float


def identify(text: str, *, known: str | None = None) -> Identified:
    """Identify the language of a text: title, lead and body, never a headline alone.

    What stands in quotation marks is left out where enough is told outside: papers quote in other languages
    too. A known language wins. Else the small words of the languages that are read in full decide where they
    are clear, in capitals or without their own letters too; that needs no model to be loaded. All other texts
    are ranked by py3langid (140 languages; naive Bayes over byte n-grams, Lui and Baldwin 2012). "und" where
    nothing tells.
    """
    if known is not None:
        code = short_code(known)
        if code != UNKNOWN:
            return Identified(code, 1.0)
    opening = _told(_lowered(text[:_READ]))
    for way in _WAYS:
        by_words = _by_small_words(opening, way)
        if by_words is not None and by_words.margin >= _MARGIN:
            return by_words
    return _by_model(opening)


def _told(text: str) -> str:
    """Give what an article tells in its own words, the whole text where that is little."""
    outside = _MARKED.sub(" ", text)
    return outside if len(_WORD.findall(outside)) >= _TOLD else text


def _lowered(text: str) -> str:
    """Give a text that is printed in capitals in small letters, which is how models have seen words."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return text.lower() if capitals > small else text


def other_language(text: str, language: str) -> str:
    """Give the language of a paragraph or sentence that is clearly not the article's own, "" for any other.

    Only languages that are read in full are told, and only by a text of some length, most of whose small
    words are theirs: a title or a name quoted in English makes no English paragraph.
    """
    words = _WORD.findall(_lowered(text))
    if len(words) < _PARAGRAPH:
        return ""
    counts = Counter(word.lower() for word in words)
    spoken, best, second = _ranked(counts)
    telling = sum(counts[word] for word in _small_words(best, "") ^ _small_words(second, ""))
    lead = spoken[best] - spoken[second]
    clear = spoken[best] >= _SPEAKING * len(words) and lead >= _NEXT and lead >= _CLEAR * telling
    apart = language in spoken and spoken[best] - spoken[language] >= max(_APART, _SHARE * len(words))
    return best if best != language and clear and apart else ""


def _ranked(counts: Counter[str], way: str = "") -> tuple[dict[str, int], str, str]:
    """Give how many words of a text are small words of each language, and the best two languages."""
    spoken = {
        language: sum(counts[word] for word in counts.keys() & _small_words(language, way))
        for language in READ_IN_FULL
    }
    best, second = sorted(READ_IN_FULL, key=lambda language: -spoken[language])[:2]
    return spoken, best, second


def short_code(code: str) -> str:
    """Give the short code of a language: "nob", "nb-NO" and "no" are "nb"; regions are left out."""
    language = re.split(r"[-_]", code.strip().lower(), maxsplit=1)[0]
    if language in ("", "mul", "mis", *_NO_LANGUAGE):
        return UNKNOWN
    return _short_codes().get(language, language)


def _by_small_words(text: str, way: str) -> Identified | None:
    """Compare how often the small words of each language occur; None where no language stands out.

    `way` is a table of `text.toml` by which their letters are spelt, "" for as usual.

    The margin is the share of words that speak for the best language among those that tell it from
    the next best.
    """
    counts = Counter(word.lower() for word in _WORD.findall(text))
    words = counts.total()
    spoken, best, second = _ranked(counts, way)
    if spoken[best] < _SPEAKING * words or spoken[best] - spoken[second] < _LEAD:
        return None
    telling = sum(counts[word] for word in _small_words(best, way) ^ _small_words(second, way))
    return Identified(best, round((spoken[best] - spoken[second]) / telling, 4))


def _by_model(text: str) -> Identified:
    ranked = _model().rank(text)
    (first, likely), (_, second) = ranked[:2]
    if first in _NO_LANGUAGE or likely <= second:
        return Identified(UNKNOWN, 0.0)
    # A headline or two fit many languages alike: of those, the one read in full whose lists know most words.
    alike = [code for code, chance in ranked if likely - chance < _ALIKE]
    words = {word for word in _WORD.findall(text) if word.islower()}  # capitals are names, "May" among them
    able = [code for code in map(short_code, alike) if code in READ_IN_FULL]
    read = max(able, key=lambda code: len(words & _listed(code))) if len(able) > 1 else next(iter(able), None)
    return Identified(read or short_code(first), round(likely - second, 4) if len(alike) == 1 else 0.0)


@cache
def _model() -> Any:
    """Load py3langid's own model once; unpacking it is most of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _small_words(language: str, way: str) -> frozenset[str]:
    table = str.maketrans(letters(language, way)) if way else {}
    return frozenset(word.translate(table) for word in word_list(language, "identify")["small_words"])


@cache
def _listed(language: str) -> frozenset[str]:
    """Give the words by which news in a language tells when, what was done and who said it."""
    lists = (word_set(language, name) for name in ("identify", "calendar", "events", "speech"))
    return frozenset(word for forms in lists for form in forms for word in form.split())


@cache
def _short_codes() -> Mapping[str, str]:
    return dict(word_list("", "codes")["short"])
