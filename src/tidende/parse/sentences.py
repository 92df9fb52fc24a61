"""Group the tokens of one block into sentences.

Where a sentence ends is a linear decision (logistic regression) over what stands on both sides of a gap:
the marks, the shape of the words, the words themselves. The weights are learned by `training/boundaries.py`
and lie beside the word lists; a gap that no feature tells anything of ends no sentence. Where the score of a
gap is near to either side, `tidende.parse.ends` asks the parser too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise

from tidende.errors import LanguageError
from tidende.languages.lists import word_set
from tidende.parse.tokens import abbreviations
from tidende.parse.types import Token

_ENDS = frozenset({".", "!", "?", "…", ":", ";"})
_CLOSERS = frozenset("\"'”’»«)]“‘›") | {"''"}
_OPENERS = frozenset("\"'“‘«»„‚”‹›([") | {"``"}
_DASHES = frozenset("–—-−•*·")
_LONG_STEPS = (1, 2, 3, 5, 8, 15, 30)
_SUFFIX = 3
_READY = -3.0  # "He left the U.S. He came back.": initials hide the full stop
_SHORT = 8  # tokens that a headline has at most
_SURE = 2.0  # a gap with a higher score ends a sentence, whatever else may be known
_UNLIKELY = -7.0  # one with a lower score ends none


@dataclass(frozen=True, slots=True)
class Table:
    """What was learned for a language: the weight of each feature, the scores that gaps without a mark need.

    `needed` holds three, where neither side may be a name, one may, both may: a sentence cut in two costs a
    reader more than a headline left on the next sentence.
    """

    weights: Mapping[str, float]
    needed: tuple[float, float, float]


@cache
def table(language: str) -> Table:
    """Read the table of a language, once a process; raise `LanguageError` where there is none."""
    import json

    path = files("tidende.languages") / language / "boundaries.json"
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Table(read["weights"], tuple(read["needed"]))
    except (FileNotFoundError, ValueError, KeyError) as error:
        raise LanguageError(f"no table boundaries.json for language {language!r}: {error}") from error


@cache
def parts_of_speech(language: str) -> Mapping[str, str]:
    """Give the parts of speech that treebanks list of words, a letter each, from the lemmas of the model.

    Names are not among them. Empty where these files are not installed.
    """
    from tidende.parse.files import FOLDER
    from tidende.parse.lemmas import lexicon

    found: dict[str, str] = {}
    try:
        listed = lexicon(FOLDER, language).known
    except FileNotFoundError:
        return found
    for form, upos, _ in listed:
        letter = _LETTERS.get(upos, "X")
        word = form.lower()
        if not form.startswith("-") and letter not in found.get(word, ""):
            found[word] = "".join(sorted(found.get(word, "") + letter))
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap that may end a sentence: it goes before token `at`; above 0 the table alone would cut there."""

    at: int
    score: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """Tokens between two sure ends, and the gaps among them that the table leaves unsure."""

    tokens: tuple[Token, ...]
    unsure: tuple[Gap, ...]

    def cut(self, ends: Sequence[int]) -> list[tuple[Token, ...]]:
        """Give the sentences where those before the tokens of these numbers are cut."""
        bounds = (0, *ends, len(self.tokens))
        return [_sentence(self.tokens[first:end]) for first, end in pairwise(bounds)]


def split(tokens: Sequence[Token], language: str, *, headline: bool = False) -> list[tuple[Token, ...]]:
    """Split the tokens of a block into sentences.

    A sentence ends after a mark, with the closing quotation marks that touch it, or before a word that opens
    a new one though no mark stands there (a headline); abbreviations, initials and ordinals ("25. april")
    end none by themselves. A headline ends at such marks alone: "Trump: – Vi ble forelsket" is one.
    """
    gaps = _gaps(tokens, language, table(language), headline=headline)
    ends = [gap.at for gap in gaps if gap.score > 0]
    return Draft(tuple(tokens), ()).cut(ends) if tokens else []


def drafts(
    tokens: Sequence[Token], language: str, *, headline: bool = False, learned: Table | None = None
) -> list[Draft]:
    """Split the tokens of a block at sure ends only, and tell where else a sentence may end.

    `learned` goes in the place of the language's own table.
    """
    found: list[Draft] = []
    unsure: list[Gap] = []
    first = 0
    for gap in _gaps(tokens, language, learned or table(language), headline=headline):
        if gap.score > _SURE:
            found.append(Draft(tuple(tokens[first : gap.at]), tuple(unsure)))
            first, unsure = gap.at, []
        elif gap.score > _UNLIKELY:
            unsure.append(replace(gap, at=gap.at - first))
    if first < len(tokens):
        found.append(Draft(tuple(tokens[first:]), tuple(unsure)))
    return found


def _gaps(tokens: Sequence[Token], language: str, learned: Table, *, headline: bool) -> Iterator[Gap]:
    """Yield the gaps that may end a sentence, each judged as if the table alone had cut what goes before."""
    text = Texts(tokens, language, parts_of_speech(language))
    first = 0
    for at in range(1, len(tokens)):
        if not text.may_end(at) or (headline and not text.is_marked(at)):
            continue
        score = sum(learned.weights.get(one, 0.0) for one in text.features(at, first))
        gap = Gap(at, score - text.needed(at, learned), text.is_marked(at))
        yield gap
        if gap.score > 0:
            first = at


def _sentence(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Give the tokens; the dot of an abbreviation in small letters that ends them is their full stop too."""
    last = tokens[-1]
    if len(last.text) > 1 and last.text.endswith(".") and last.text[0].islower():
        cut = last.end - 1
        word = Token(last.start, cut, last.text[:-1], last.lower[:-1])
        return (*tokens[:-1], word, Token(cut, last.end, ".", "."))
    return tuple(tokens)


class Texts:
    """The tokens of a block, asked about the gaps between them; gap `i` goes before token `i`."""

    def __init__(self, tokens: Sequence[Token], language: str, known: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._pos = known
        self._known = abbreviations(language)
        lists = ("prepositions", "conjunctions", "determiners")
        self._leaders = frozenset().union(*(word_set(language, "text", name) for name in lists))
        self._openers = word_set(language, "text", "function_words")
        self._kinds = kinds = [self._kind(token) for token in tokens]
        self._quotes = list(accumulate((kind == '"' for kind in kinds), initial=0))
        self._depth = list(accumulate(((kind == "(") - (kind == ")") for kind in kinds), initial=0))
        self._capitals = list(accumulate((kind in _CAPITAL for kind in kinds), initial=0))
        self._small = {token.lower for token, kind in zip(tokens, kinds, strict=True) if kind == "low"}
        self._inside = Counter(
            token.lower
            for token, kind, before in zip(tokens[1:], kinds[1:], kinds, strict=False)
            if kind == "Cap" and before == "low"
        )

    def _kind(self, token: Token) -> str:
        """Name the shape of a token."""
        text = token.text
        head = text[0]
        if head.isalpha():
            if text[-1] == ".":
                if len(text) == 2:
                    return "initial"
                return "dotted" if text.count(".") > 1 and text.isupper() else "abbr"
            if head.islower():
                return "low"
            if text.isupper() and len(text) > 1:
                return "UP"
            return "Fw" if token.lower in self._openers else "Cap" if head.isupper() else "caseless"
        if head.isdecimal():
            return "ord" if text[-1] == "." else "num"
        if head in ".…":
            return "." if text == "." else "..."
        if head in "!?":
            return "?"
        if text in _DASHES or head == "-":
            return "-"
        if head in "([":
            return "("
        if head in ")]":
            return ")"
        if text in _CLOSERS or text in _OPENERS:
            return '"'
        return text if text in ",:;" else "sign"

    def may_end(self, gap: int) -> bool:
        """Tell whether a gap is to be decided at all: after a mark, or before what may open a sentence."""
        before, after = self._kinds[gap - 1], self._kinds[gap]
        touching = self._tokens[gap].start == self._tokens[gap - 1].end
        if before in _STRONG:
            return not (touching and after in _TRAILING)
        if touching:
            return before in _CLOSING and self._mark(gap) in _STRONG and after not in _TRAILING
        return before in _MARKS or after not in _NEVER_OPEN

    def is_marked(self, gap: int) -> bool:
        """Tell whether a full stop, question or exclamation mark goes before a gap."""
        return self._mark(gap) in _STRONG

    def needed(self, gap: int, learned: Table) -> float:
        """Give the score that a gap must pass: "Pompeo møtte | Ri" is no two sentences."""
        before, after = self._kinds[gap - 1], self._kinds[gap]
        if before in _MARKS | _CLOSING:
            return 0.0
        if before == "dotted" and after == "Fw":
            return _READY
        if before == "," or self._tokens[gap - 1].lower in self._leaders:
            return learned.needed[2]
        if after not in _WORDS | _NAMELIKE:
            return 0.0
        if after == "Fw" and gap > 1 and before in _NAMELIKE and self._kinds[gap - 2] in _NAMELIKE:
            return learned.needed[2] + 2  # "Ri Yong | Ho": a name may end in what is a word of the language
        return learned.needed[(after in _NAMELIKE) + (before in _NAMELIKE)]

    def _mark(self, gap: int) -> str:
        """Give the kind of the token before the closing marks that stand before a gap."""
        at = gap - 1
        while at > 0 and self._kinds[at] in _CLOSING and self._tokens[at].start == self._tokens[at - 1].end:
            at -= 1
        return self._kinds[at]

    def features(self, gap: int, first: int) -> Iterator[str]:
        """Yield what a gap looks like, its sentence having begun at token `first`."""
        tokens, kinds = self._tokens, self._kinds
        before, after = kinds[gap - 1], kinds[gap]
        mark = self._mark(gap) if before in _CLOSING else before
        second = gap + 1 < len(tokens)
        then = kinds[gap + 1] if second else "end"
        opener = gap
        while opener < len(tokens) - 1 and kinds[opener] in _OPENING:
            opener += 1
        word = tokens[opener].lower
        last = tokens[gap - 1].lower
        long = next((step for step in _LONG_STEPS if gap - first <= step), 99)
        touching = tokens[gap].start == tokens[gap - 1].end
        sort = "mark" if mark in _STRONG else "open"
        yield "bias"
        yield f"{sort}"
        yield f"b={before}"
        yield f"m={mark}"
        yield f"a={after}"
        yield f"o={kinds[opener]}"
        yield f"b={before} a={after}"
        yield f"m={mark} o={kinds[opener]}"
        yield f"m={mark} a={after} t={then}"
        yield f"b={before} o={kinds[opener]} t={kinds[opener + 1] if opener + 1 < len(tokens) else 'end'}"
        yield f"touch={touching} m={mark} a={after}"
        yield f"long={long} {sort}"
        yield f"long={long} m={mark} a={after}"
        yield f"from={kinds[first]} {sort}"
        yield f"from={kinds[first]} {mark} {after}"
        yield f"w={word} {sort}"
        yield f"w={word} m={mark}"
        yield f"l={last} {sort}"
        if second:
            yield f"t={tokens[gap + 1].lower} {sort}"
        if kinds[gap - 1] in _WORDS:
            yield f"ls={last[-_SUFFIX:]} {after}"
            yield f"known={last in self._openers} a={after}"
            yield f"lone={long} {before} {after} {then}"
        elif gap > 1:
            yield f"k={tokens[gap - 2].lower} m={mark}"
        if kinds[opener] in _WORDS:
            yield f"ws={word[-_SUFFIX:]} {sort}"
            yield f"wp={word[:_SUFFIX]} {sort}"
        yield from self._grammar(gap, first, opener, sort)
        quoted = (self._quotes[gap] - self._quotes[first]) % 2
        yield f"quoted={quoted} m={mark}"
        yield f"quoted={quoted} m={mark} a={after}"
        yield f"within={self._depth[gap] > self._depth[first]} {sort}"
        if sort == "open":
            capitals = self._capitals[gap] - self._capitals[first]
            yield f"caps={capitals * 4 // (gap - first)} a={after}"
            if kinds[opener] == "Cap":
                elsewhere = self._inside[word] - (before == "low" and opener == gap)
                yield f"name={min(elsewhere, 2)} {word in self._small}"
                yield f"name={min(elsewhere, 2)} b={before}"
            if gap - first <= _SHORT:
                yield from {f"in={one.lower}" for one in tokens[first:gap] if one.lower in self._openers}

    def _grammar(self, gap: int, first: int, opener: int, sort: str) -> Iterator[str]:
        """Yield what the parts of speech around a gap tell, and whether there are verbs on both sides."""
        before, after, then = self._part(gap - 1), self._part(opener), self._part(opener + 1)
        shape = self._kinds[opener]
        yield f"p={after} {shape} {sort}"
        yield f"p={before}|{after} {shape}"
        yield f"p={after}|{then} {shape} {sort}"
        if sort == "open":
            yield f"p={before}|{after}|{then} {shape}"
            yield f"p={self._part(gap - 2) if gap - 1 > first else 'start'}|{before}|{after} {shape}"
            left = any(_VERB in self._part(at) for at in range(max(first, gap - _FAR), gap))
            right = next((at for at in range(opener, opener + _FAR) if _VERB in self._part(at)), 0)
            yield f"verbs={left}|{min(right - opener, 3) if right else 'none'} {shape}"
            yield f"verb={left} {before}"

    def _part(self, at: int) -> str:
        """Give the parts of speech of a token, "?" for an unknown word, the kind of what is no word."""
        if at >= len(self._tokens):
            return "end"
        return self._pos.get(self._tokens[at].lower, "?") if self._kinds[at] in _WORDS else self._kinds[at]


_LETTERS = {
    **{"NOUN": "N", "VERB": "V", "AUX": "V", "ADJ": "A", "ADV": "R", "ADP": "P", "CCONJ": "C", "SCONJ": "S"},
    **{"DET": "D", "PRON": "O", "NUM": "I", "PART": "T"},
}
_VERB = "V"
_FAR = 8  # tokens to look for a verb in
_STRONG = frozenset({".", "...", "?"})
_MARKS = _STRONG | {":", ";"}
_CLOSING = frozenset({'"', ")"})
_OPENING = frozenset({'"', "(", "-"})
_TRAILING = frozenset({'"', ")", ",", ".", "...", "?", ":", ";"})
_NEVER_OPEN = frozenset({"low", ",", ".", "...", "?", ":", ";", ")", "sign"})
_WORDS = frozenset({"low", "UP", "Fw", "Cap", "caseless", "abbr"})
_NAMELIKE = frozenset({"Cap", "UP", "initial", "dotted", "caseless"})
_CAPITAL = frozenset({"UP", "Cap", "num"})
