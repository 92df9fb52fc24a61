"""Lower the capitals of headlines, leads and whole articles that are printed in them, as the words are meant.

How a word is meant is told, in this order, by the rest of the article, the lists of names, the words of the
language; what nobody knows stays a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from tidende.languages.lists import letters, word_list
from tidende.parse.tokens import abbreviations
from tidende.parse.view import Edit, Names
from tidende.parse.wordforms import endings, function_words, noun_endings, words_of

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_MOST = 0.85  # of the words of a block that is printed in capitals
_RUN = 4  # words in a row that are printed so inside a block of small letters
_HEADLINE = 2
_BODY = 3
_LONGEST_NAME = 5
_ACRONYM = 3  # letters of an unknown word that stays as it is
_OPENING = re.compile(
    r"(?:^[\s\W]*|(?<![\W_][^\W\d_])(?<!\d)[.!?…][\"'”’»)\]]*\s+[\"'“„«»–—\-(\[¡¿\s]*|[.,:!?]\s+[\"“„«»])$"
)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,4}\.){1,3}[^\W\d_]{1,4}\.?")
_FOREIGN = "en"
_ENDING = 4  # letters
_SEEN = 5  # words or names that end so, to tell anything
_LIKELIER = 3
_VOWELS = frozenset("aeiouy") | {"æ", "ø"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in capitals: `[start:end]` of the text."""

    start: int
    end: int


def stretches(text: str, start: int, end: int, language: str, *, headline: bool) -> Iterator[Stretch]:
    """Yield what is printed in capitals in `text[start:end]`, a block: all of it, or runs of words.

    Names and acronyms are written so too, so a run in a block of small letters counts only from four words
    on, a small word of the language among them.
    """
    words = list(_WORD.finditer(text, start, end))
    telling = [match for match in words if len(match[0]) > 1]
    capital = sum(match[0].isupper() for match in telling)
    if capital >= (_HEADLINE if headline else _BODY) and capital >= _MOST * len(telling):
        yield Stretch(start, end)
        return
    if capital < _RUN:
        return
    closed = function_words(language)
    run: list[re.Match[str]] = []
    for match in [*words, None]:
        if match is not None and match[0].isupper():
            run.append(match)
            continue
        long = [one for one in run if len(one[0]) > 1]
        if len(long) >= _RUN and any(one[0].lower() in closed for one in long):
            yield Stretch(run[0].start(), run[-1].end())
        run = []


class Lowerer:
    """Give words in capitals the letters that are meant; `printed` counts the words of the article."""

    def __init__(self, language: str, names: Names, printed: Counter[str]) -> None:
        self._language = language
        self._words = words_of(language)
        self._names = names
        self._genitives: tuple[str, ...] = tuple(
            ending for ending in word_list(language, "text")["genitive"] if ending.isalpha()
        )
        self._pairs: list[tuple[str, str]] = [
            (one, two) for one, two in letters(language, "spelt").items() if one.upper() == two.upper()
        ]
        self._elsewhere: dict[str, str] = {}
        for form, _ in sorted(printed.items(), key=lambda pair: (pair[1], pair[0])):
            self._elsewhere[form.lower()] = form

    def edits(self, text: str, stretch: Stretch, block: int) -> Iterator[Edit]:
        """Yield the edits of one stretch of the block that begins at `block`."""
        words = list(_WORD.finditer(text, stretch.start, stretch.end))
        at, named = 0, -1  # the last word so far that is a listed name
        self._learn(text, words)
        foreign = self._foreign(text, words)
        while at < len(words):
            size, forms = self._name(text, words[at : at + _LONGEST_NAME])
            if size:
                named = at + size - 1
            else:
                form = self._dotted(text, words[at]) or self._word(words[at][0])
                follows = named == at - 1 >= 0 and text[words[named].end() : words[at].start()] == " "
                if form.islower() and (at in foreign or (follows and self._may_name(form))):
                    form = form.capitalize()
                if form.istitle() and self._names.knows(form, self._language):
                    named = at
                size, forms = 1, [form]
            for match, form in zip(words[at : at + size], forms, strict=True):
                if not match[0].isupper():
                    continue
                if _OPENING.search(text[max(block, match.start() - 12) : match.start()]) and (
                    match.start() - block < 12 or _OPENING.search(text[block : match.start()])
                ):
                    yield Edit(match.start(), match.end(), form[:1].upper() + form[1:])
                else:
                    yield Edit(match.start(), match.end(), form)
            at += size

    def _learn(self, text: str, words: Sequence[re.Match[str]]) -> None:
        """Note the names of people that a given name opens and an unknown word ends: "KAREN JANKEL"."""
        for match, after in pairwise(words):
            given, last = match[0].lower(), after[0].lower()
            unknown = last not in self._words.printed and self._may_name(last) and len(last) > _ACRONYM
            if (
                unknown
                and self._may_name(given)
                and text[match.end() : after.start()] == " "
                and self._names.knows(given.capitalize(), self._language)
                and not self._words.compound(last)
            ):
                self._elsewhere.setdefault(given, given.capitalize())
                if not self._is_no_name(last):
                    self._elsewhere.setdefault(last, last.capitalize())

    def _foreign(self, text: str, words: Sequence[re.Match[str]]) -> frozenset[int]:
        """Give the words of English names in other languages: several in a row that only English knows."""
        if self._language == _FOREIGN:
            return frozenset()
        other = words_of(_FOREIGN)
        found: set[int] = set()
        run: list[int] = []
        for at, match in enumerate([*words, None]):
            lower = match[0].lower() if match is not None else ""
            if match is not None and other.knows(lower) and not self._known(match[0]):
                if run and text[words[at - 1].end() : match.start()] != " ":
                    run = []
                run.append(at)
                if len(run) > 1:
                    found.update(run)
            else:
                run = []
        return frozenset(found)

    def _dotted(self, text: str, match: re.Match[str]) -> str:
        """Give a part of "BL.A." in small letters and one of "U.S." as it is, "" for any other word."""
        whole = next(
            (
                one
                for one in _DOTTED.finditer(text, max(0, match.start() - 12), match.end() + 12)
                if one.start() <= match.start() < one.end()
            ),
            None,
        )
        if whole is None:
            return ""
        initials = all(len(part) == 1 for part in whole[0].rstrip(".").split("."))
        known = whole[0].rstrip(".").lower() in abbreviations(self._language)
        return match[0].lower() if known and not initials else match[0]

    def _name(self, text: str, words: Sequence[re.Match[str]]) -> tuple[int, list[str]]:
        """Give how many words are a listed name, and their letters."""
        joined = [words[0]]
        for match in words[1:]:
            if text[joined[-1].end() : match.start()] != " ":
                break
            joined.append(match)
        forms = [match[0] for match in joined]
        if len(forms) == 1 and self._is_word(forms[0].lower()):
            return 0, []
        name, size = self._names.cased(forms, self._language)
        if size == 1 and (self._is_word(forms[0].lower()) or forms[0].lower() in self._elsewhere):
            return 0, []
        return (size, name.split(" ")) if size else (0, [])

    def _is_word(self, lower: str) -> bool:
        """Tell whether a word is none of the names it may be: small in the article, or in the language."""
        elsewhere = self._elsewhere.get(lower)
        if elsewhere is not None:
            return elsewhere.islower()
        usual = self._words.printed.get(lower, "")
        if lower not in self._words.listed and self._names.leads(lower):
            return False
        return usual.islower() or (self._words.capitals and bool(usual))

    def _may_name(self, lower: str) -> bool:
        """Tell whether a word behind a name may be the next part of it: "Mike Organ", but not "Mike says"."""
        return lower not in self._words.listed and lower not in self._words.small and lower.isalpha()

    def _word(self, word: str) -> str:
        known = self._known(word)
        if known:
            return known
        if "-" in word or "‐" in word or "‑" in word or "'" in word or "’" in word:
            parts = _PART.split(word)
            marks = [self._known(part) or self._unknown(part) for part in _PART.findall(word)]
            return "".join(gap + part for gap, part in zip(parts, [*marks, ""], strict=True))
        return self._unknown(word)

    def _known(self, word: str) -> str:
        """Give a word as the article, or else the language, prints it, "" where neither does."""
        lower = word.lower()
        if lower in self._elsewhere:
            return self._elsewhere[lower]
        if lower in self._words.printed:
            return self._words.printed[lower] if self._is_word(lower) else lower.capitalize()
        for pair in self._pairs:  # a letter whose capital is two: "SCHLIESSLICH"
            if pair[1] in lower and lower.replace(pair[1], pair[0]) in self._words.printed:
                return self._words.printed[lower.replace(pair[1], pair[0])]
        for ending in self._genitives:
            stem = lower.removesuffix(ending)
            if stem != lower and len(stem) > 1 and (form := self._elsewhere.get(stem, "")):
                return form + ending
            if stem != lower and len(stem) > 2 and self._names.knows(stem.capitalize(), self._language):
                return stem.capitalize() + ending
        return ""

    def _unknown(self, word: str) -> str:
        lower = word.lower()
        if len(word) <= _ACRONYM or _VOWELS.isdisjoint(normalize("NFD", lower)):
            return word
        if self._names.knows(word.capitalize(), self._language) or self._names.leads(lower):
            return word.capitalize()
        if self._words.capitals and lower[:1] and self._words.compound(lower):
            last = self._words.printed[self._words.compound(lower)]
            return lower if last.islower() else word.capitalize()
        if self._words.compound(lower) or self._is_no_name(lower):
            return lower
        return word.capitalize()

    def _is_no_name(self, lower: str) -> bool:
        """Tell by its end whether an unknown word is likelier a word of the language than a name."""
        words, others = endings(self._language), self._names.endings()
        nouns = noun_endings(self._language) if self._words.capitals else {}
        for size in range(_ENDING, 1, -1):
            end = lower[-size:]
            other = others.get(end, 0) / others[""]
            if nouns:
                other = max(other, nouns.get(end, 0) / words[""])
            seen = words.get(end, 0) + others.get(end, 0) + nouns.get(end, 0)
            if seen >= _SEEN:
                return words.get(end, 0) / words[""] > _LIKELIER * other
        return False


def printed_forms(text: str, apart: Sequence[Stretch], openings: Sequence[int]) -> Counter[str]:
    """Count the words of a text as printed, but for stretches in capitals and words that open a block."""
    found: Counter[str] = Counter()
    taken = iter([*apart, Stretch(len(text), len(text))])
    stretch = next(taken)
    opened = frozenset(openings)
    for match in _WORD.finditer(text):
        while match.start() >= stretch.end and stretch.end < len(text):
            stretch = next(taken)
        if stretch.start <= match.start() < stretch.end or match.start() in opened:
            continue
        if match[0][0].isupper() and _OPENING.search(text, max(0, match.start() - 12), match.start()):
            continue
        found[match[0]] += 1
    return found
