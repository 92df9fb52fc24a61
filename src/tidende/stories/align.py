"""Find the same words of one speaker in several articles, across translations.

Nothing is translated. What is cheap is asked first: whether the speakers can be one, how long the quotes are,
which people and numbers they mention, which words share letters though their languages differ (situasjonen,
situationen). Where that leaves it open, vectors of what is said decide; the encoder is opened for nothing
else. Of two quotes that could be one the nearer wins, and neither where both are as near; what stands between
the same two neighbours in both articles is likelier one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import log, sqrt

from tidende.entities.shape import shape_key
from tidende.errors import ModelError
from tidende.languages.lists import READ_IN_FULL, word_set
from tidende.parse.vectors import load_encoder
from tidende.records import Entity, Quote, QuoteVersion
from tidende.stories.likeness import without
from tidende.stories.signature import fold

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*")
_PART = re.compile(r"[.!?…;:,–—\"“”„«»]+(?:\s|$)|(?:^|\s)[\"“”„«»–—]")
_PART_LEAST, _PART_WORDS = 0.35, 4  # share of the characters of a quote, and words, that a part has
_COGNATE = 0.5  # share of letter triples that two words have in common

# Log odds that two quotes are one: weights of logistic regressions on parallel news (part A of the NTREX set
# in `benchmarks`), rounded. The first row is without vectors, the second with them.
_BASE, _NEAR = -9.2, 13.0  # _NEAR: for the cosine, with what all news has in common taken out
_CHEAP_BASE, _CHEAP_COGNATES = -6.2, 6.0
_IN_PART = 0.08  # taken off the cosine of a part
_COGNATES = 1.2
_LENGTH = 1.8  # for the logarithm of the shorter length over the longer one
_OTHER_KIND = -1.2
_NUMBERS = 1.9
_NOBODY = -1.0  # in common, where both mention somebody
_OTHERS = -0.6  # where each mentions somebody besides whom the other does not
_NO_SPEAKER = -0.8
_SPEAKER = 2.2
_UNNAMED = -0.5  # speaker on one side, or two of them
_DEEDS = frozenset({"pledge", "demand", "call", "ask", "opine"})
_QUESTION = "ask"
_OTHER_DEED = -0.5  # one of these in one version, and a verb that does something else in the other
_OTHER_WORDS, _WORDS_SHARED = -1.5, 0.7  # within one language the same utterance has the same words
_ORDER = 6.0  # for each side on which the next sure pair is one, by how alike the articles are
_TELL_ORDER = 4  # sure pairs from which on two articles are known to carry them in one order
_ROUNDS = 3
_HOPELESS = -8.0  # log odds without vectors below which these do not help either
# Log odds for a pair that no neighbours bear out: what is only near in matter stays below, the more so a few
# words that are not the speaker's own.
_BY_ITSELF, _BRIEFLY, _BRIEF = 0.4, 1.0, 7
_SURE = 3.0
_MARGIN = 0.4  # log odds by which a pair must be better than its next rival
_LIKELY, _CLEAR = (
    -1.0,
    2.0,
)  # a pair that is not sure, but so far ahead of its rivals, tells the order as well
# Log odds without neighbours below which few of them do not help: what two reporters chose of one speech
# stands between the same quotes by chance. Where articles of NTREX (part A) keep half of their lines
# each, 7 of 9 false pairs go by it, and 6 of 158 right ones; of whole articles 3 of 324.
_UNLIKE = -1.9
# Cosine without names of people, from which on what two articles report in their own words is one
# utterance, where no neighbour bears it out (log odds below _BORNE_OUT): "Tellis deleted Chambers's
# messages" and "Tellis was with Chambers" are near by their names (0.28 to 0.49 without; what is one:
# 0.52 and more).
_SAID_ALIKE, _BORNE_OUT = 0.5, 2.2
_APART = 200  # code points between two pieces of one quotation
_LONGER = 1.3  # a whole quotation than one of its pieces, at least; the two together than the whole, at most
_NEARER, _PIECE, _WHOLE = (
    0.06,
    0.25,
    0.55,
)  # cosines: how much nearer two pieces are together; of one, of both
_POOR = -2.5  # log odds below which a quote is no piece of another
_Pair = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """One quote of one article with what it is compared by."""

    article: int
    quote: Quote
    version: QuoteVersion
    words: tuple[str, ...]
    numbers: frozenset[str]
    mentions: frozenset[str]
    named: bool
    bare: str  # what is said, without the names of people in it

    @property
    def length(self) -> int:
        """Give the length of what is said, in code points."""
        return len(self.version.text)

    @cached_property
    def triples(self) -> tuple[frozenset[str], ...]:
        """Give the letter triples of each word."""
        return tuple(map(_triples, self.words))


def said(article: int, quote: Quote, entities: Sequence[Entity]) -> Said:
    """Prepare a quote of one version for comparison."""
    version = quote.versions[0]
    names = [
        (entity, piece)
        for entity in entities
        if entity.named
        for piece in entity.evidence
        for span in version.spans
        if piece.part == span.part and span.start <= piece.start and piece.end <= span.end
    ]
    mentions = {entity.id for entity, _ in names}
    people = [piece for entity, piece in names if entity.type == "person"]
    skipped = (
        word_set(version.language, "text", "function_words")
        if version.language in READ_IN_FULL
        else frozenset()
    )
    words = [word for word in _WORD.findall(version.text) if len(word) > 3 and word.lower() not in skipped]
    return Said(
        article=article,
        quote=quote,
        version=version,
        words=tuple(dict.fromkeys(fold(word) for word in words)),
        numbers=frozenset(re.sub(r"\D", "", number) for number in _NUMBER.findall(version.text)),
        mentions=frozenset(mentions - {quote.speaker}),
        named=any(entity.id == quote.speaker and entity.named for entity in entities),
        bare=" ".join(without(span, people) for span in version.spans),
    )


def aligned(quotes: Sequence[Said]) -> list[list[Said]]:
    """Sort quotes into those that are one, best pairs first.

    At most one of each article, but for a quotation that one article prints in two pieces and another whole.
    """
    scores = alone = _scores(quotes)
    for _ in range(_ROUNDS):
        scores = _ordered(quotes, alone, scores)
    home = {i: [i] for i in range(len(quotes))}
    best = _best(quotes, scores)
    for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        if scores[i, j] < 0.0:
            break  # the best come first
        alike = scores[i, j] > alone[i, j] or scores[i, j] >= _enough(quotes[i], quotes[j])
        if not alike and not _has_third((i, j), quotes, scores):
            continue
        left, right = home[i], home[j]
        articles = [quotes[k].article for k in (*left, *right)]
        if left is right or len(set(articles)) < len(articles) or _rivalled((i, j), quotes, scores, best):
            continue
        if any(scores.get((min(a, b), max(a, b)), _HOPELESS) < -_SURE for a in left for b in right):
            continue
        if scores[i, j] < _BORNE_OUT and not _report_alike(quotes[i], quotes[j]):
            continue
        left += right
        home.update(dict.fromkeys(right, left))
    _take_in_pieces(quotes, home, scores)
    found, seen = [], set()
    for i in range(len(quotes)):
        if i not in seen:
            seen.update(home[i])
            found.append([quotes[k] for k in sorted(home[i])])
    return found


def _has_third(pair: _Pair, quotes: Sequence[Said], scores: Mapping[_Pair, float]) -> bool:
    """Tell whether a quote of a third article is likely to be one with both: each bears the others out."""
    i, j = pair
    own = {quotes[i].article, quotes[j].article}
    thirds = (k for k in range(len(quotes)) if quotes[k].article not in own)
    return any(all(scores.get((min(one, k), max(one, k)), _HOPELESS) >= 0.0 for one in pair) for k in thirds)


def _enough(a: Said, b: Said) -> float:
    """Give the log odds from which on two quotes are one by their own words alone."""
    brief = min(len(one.version.text.split()) for one in (a, b)) < _BRIEF
    direct = a.version.kind == b.version.kind == "direct"
    return _BRIEFLY if brief and not direct else _BY_ITSELF


def _report_alike(a: Said, b: Said) -> bool:
    """Tell whether two reports without the speaker's own words say the same but for the names in them."""
    named = a.bare != a.version.text and b.bare != b.version.text
    if not named or {a.version.kind, b.version.kind} != {"indirect"}:
        return True
    try:
        vectors = load_encoder().told([a.bare, b.bare])
    except ModelError:
        return True
    return float(vectors[0] @ vectors[1]) >= _SAID_ALIKE


# --- one here, two there ---------------------------------------------------------------------------


def _take_in_pieces(
    quotes: Sequence[Said], home: dict[int, list[int]], scores: Mapping[_Pair, float]
) -> None:
    """Let a quote that is alone join its neighbour's, where another article has the two as one.

    Together they must be nearer to the words of the other article than either is alone. Two pieces of one
    quotation are as near to it as each other, so neither of them may have been joined to it before.
    """

    def wholes(beside: int) -> list[int]:
        likely = (
            k for k in range(len(quotes)) if scores.get((min(beside, k), max(beside, k)), _POOR) > _POOR
        )
        return home[beside] if len(home[beside]) > 1 else [k for k in likely if len(home[k]) == 1]

    trials = [
        (i, beside, whole)
        for i in range(len(quotes))
        if len(home[i]) == 1
        for beside in (i - 1, i + 1)
        if 0 <= beside < len(quotes) and _goes_with(quotes[i], quotes[beside])
        for whole in wholes(beside)
        if quotes[whole].article != quotes[i].article
        and quotes[whole].length > _LONGER * max(quotes[beside].length, quotes[i].length)
        and quotes[whole].length < _LONGER * (quotes[beside].length + quotes[i].length)
        and quotes[beside].length + quotes[i].length < _LONGER * quotes[whole].length
    ]
    near = _nearness([(_together(quotes, i, beside), quotes[whole]) for i, beside, whole in trials])
    own = _nearness([([quotes[beside]], quotes[whole]) for _, beside, whole in trials])
    alone = _nearness([([quotes[i]], quotes[whole]) for i, _, whole in trials])
    order = sorted(range(len(near)), key=lambda n: (own[n] - near[n], trials[n]))
    for n in order:
        i, beside, whole = trials[n]
        found = home[whole]
        free = len(home[i]) == 1 and (home[beside] is found or len(home[beside]) == len(found) == 1)
        nearer = near[n] > max(_WHOLE, max(own[n], alone[n]) + _NEARER)
        if free and nearer and min(own[n], alone[n]) > _PIECE:
            found += [piece for piece in (beside, i) if piece not in found]
            home[beside] = home[i] = found


def _goes_with(piece: Said, beside: Said) -> bool:
    """Tell whether two quotes of one article can be one quotation: of one speaker, close to each other."""
    if piece.article != beside.article or piece.quote.speaker != beside.quote.speaker:
        return False
    first, second = sorted((piece.version.evidence, beside.version.evidence), key=lambda one: one.start)
    return first.part == second.part and second.start - first.end <= _APART


def _together(quotes: Sequence[Said], i: int, beside: int) -> list[Said]:
    return [quotes[k] for k in sorted((i, beside))]


def _nearness(pairs: Sequence[tuple[Sequence[Said], Said]]) -> list[float]:
    """Give the cosine of words joined to others, for pairs; empty without an encoder."""
    joined = [(" ".join(one.version.text for one in pieces), whole.version.text) for pieces, whole in pairs]
    texts = list(dict.fromkeys(text for pair in joined for text in pair))
    if not texts:
        return []
    try:
        encoder = load_encoder()
    except ModelError:
        return []
    vectors = encoder.told(texts)
    at = {text: row for row, text in enumerate(texts)}
    return [float(vectors[at[one]] @ vectors[at[other]]) for one, other in joined]


# --- how surely two are one ---------------------------------------------------------------------


def _scores(quotes: Sequence[Said]) -> dict[_Pair, float]:
    """Give the log odds that two quotes of different articles are one, those without hope left out."""
    shared: dict[_Pair, float] = {}
    for i, j in combinations(range(len(quotes)), 2):
        a, b = quotes[i], quotes[j]
        if a.article != b.article and _speakers_fit(a, b) and not _numbers_clash(a, b):
            cognate = cognates(a, b)
            if _cheap(a, b, cognate) > _HOPELESS:
                shared[i, j] = cognate
    cosines = _cosines(quotes, list(shared))
    scores = {}
    for (i, j), cognate in shared.items():
        a, b = quotes[i], quotes[j]
        if (i, j) in cosines:
            scores[i, j] = _BASE + _NEAR * cosines[i, j] + _COGNATES * cognate + _common(a, b)
        else:
            scores[i, j] = _cheap(a, b, cognate)
        if a.version.language == b.version.language and cognate < _WORDS_SHARED:
            scores[i, j] += _OTHER_WORDS
    return scores


def _cheap(a: Said, b: Said, cognate: float) -> float:
    return _CHEAP_BASE + _CHEAP_COGNATES * cognate + _common(a, b)


def _common(a: Said, b: Said) -> float:
    """Add up what speaks for two quotes being one but for their words."""
    short, long = sorted((a.length, b.length))
    kinds = {a.version.kind, b.version.kind}
    one, other = a.quote.speaker, b.quote.speaker
    acts = {a.version.act, b.version.act} - {None}
    speaker = _NO_SPEAKER if one is None or other is None else _SPEAKER if one == other else _UNNAMED
    return (
        _LENGTH * log(short / long + 0.05)
        + _OTHER_KIND * (kinds == {"direct", "indirect"})
        + _OTHER_DEED * (len(acts) > 1 and bool(acts & _DEEDS))
        + _NUMBERS * bool(a.numbers & b.numbers)
        + _NOBODY * bool(a.mentions and b.mentions and not a.mentions & b.mentions)
        + _OTHERS * bool(a.mentions & b.mentions and a.mentions - b.mentions and b.mentions - a.mentions)
        + speaker
    )


def _speakers_fit(a: Said, b: Said) -> bool:
    """Tell whether the speakers can be one: two who are named must be the same, for like words in two mouths
    are two quotes; who is unnamed here may be named there. Who asks is not who answers.
    """
    if a.quote.speaker == b.quote.speaker:
        return True
    return not (a.named and b.named) and (a.version.act == _QUESTION) == (b.version.act == _QUESTION)


def _numbers_clash(a: Said, b: Said) -> bool:
    return bool(a.numbers and b.numbers and not a.numbers & b.numbers)


def _cosines(quotes: Sequence[Said], pairs: Sequence[_Pair]) -> dict[_Pair, float]:
    """Give how near what is said is by its vectors, for pairs; empty where there is no encoder.

    A longer version of a shorter one is near it in a part, so parts are compared too.
    """
    rows = {i: _parts(quotes[i].version.text) for i in sorted({i for pair in pairs for i in pair})}
    texts = list(dict.fromkeys(part for parts in rows.values() for part in parts))
    if not texts:
        return {}
    try:
        encoder = load_encoder()
    except ModelError:
        return {}
    vectors = encoder.told(texts)
    at = {text: row for row, text in enumerate(texts)}
    own = {i: vectors[[at[part] for part in parts]] for i, parts in rows.items()}
    found = {}
    for i, j in pairs:
        table = own[i] @ own[j].T
        whole = float(table[0, 0])
        table[0, 0] = -1.0
        found[i, j] = max(whole, float(table.max()) - _IN_PART)
    return found


def _parts(text: str) -> list[str]:
    """Give a quote and those of its sentences and clauses that are no small share of it."""
    pieces = [piece.strip() for piece in _PART.split(text)]
    least = _PART_LEAST * len(text)
    own = [p for p in pieces if len(p) >= least and len(p.split()) >= _PART_WORDS and p != text]
    return list(dict.fromkeys([text, *own]))


# --- rivals and neighbours ----------------------------------------------------------------------


def _best(quotes: Sequence[Said], scores: Mapping[_Pair, float]) -> dict[_Pair, list[float]]:
    """Give for a quote and another article the two best scores that it has there."""
    found: dict[_Pair, list[float]] = {}
    for (i, j), score in scores.items():
        for here, there in ((i, j), (j, i)):
            found.setdefault((here, quotes[there].article), []).append(score)
    return {key: sorted(values, reverse=True)[:2] for key, values in found.items()}


def _rivalled(
    pair: _Pair,
    quotes: Sequence[Said],
    scores: Mapping[_Pair, float],
    best: Mapping[_Pair, list[float]],
    margin: float = _MARGIN,
) -> bool:
    """Tell whether another quote of either article fits about as well: then neither is sure."""
    score = scores[pair]
    for here, there in (pair, pair[::-1]):
        top = best[here, quotes[there].article]
        rival = (top[1] if len(top) > 1 else _HOPELESS) if top[0] == score else top[0]
        if rival > score - margin:
            return True
    return False


def _ordered(
    quotes: Sequence[Said], alone: Mapping[_Pair, float], scores: Mapping[_Pair, float]
) -> dict[_Pair, float]:
    """Raise pairs that stand between the same sure pairs in both of their articles.

    `alone` holds the scores that pairs have by themselves, `scores` those that tell which are sure.
    """
    best, nearest = _best(quotes, scores), _best(quotes, alone)
    anchors: dict[_Pair, list[_Pair]] = {}
    for (i, j), score in sorted(scores.items()):
        margin = _MARGIN if score >= 0 else _CLEAR
        if score >= _LIKELY and not _rivalled((i, j), quotes, scores, best, margin):
            anchors.setdefault((quotes[i].article, quotes[j].article), []).append((i, j))
    sizes = Counter(one.article for one in quotes)
    raised = {}
    for (i, j), score in alone.items():
        articles = quotes[i].article, quotes[j].article
        near = anchors.get(articles, [])
        # Articles that carry the same words throughout carry them in the same order; others need not.
        alike = len(near) / sqrt(sizes[articles[0]] * sizes[articles[1]])
        sides, whole = _sides((i, j), near)
        # A quote more on one side: only what is clearly nearest by itself has its place there.
        if not whole and _rivalled((i, j), quotes, alone, nearest, _CLEAR):
            sides = 0.0
        if len(near) < _TELL_ORDER:
            # two reporters tell what was said in any order
            sides = 0.0 if score < _UNLIKE else max(sides, 0.0)
        raised[i, j] = score + _ORDER * alike * sides
    return raised


def _sides(pair: _Pair, anchors: Sequence[_Pair]) -> tuple[float, bool]:
    """Tell how a pair stands to the sure pairs before and after it: below zero where order is broken.

    Each of them counts that has as many quotes between itself and the pair in either article; also given is
    whether all of them do.
    """
    i, j = pair
    found, even = 0, 0
    for before in (True, False):
        rows = [anchor for anchor in anchors if (anchor[0] < i if before else anchor[0] > i)]
        columns = [anchor for anchor in anchors if (anchor[1] < j if before else anchor[1] > j)]
        if not rows and not columns:
            continue
        one = (rows[-1] if before else rows[0]) if rows else None
        other = (max if before else min)(columns, key=lambda anchor: anchor[1]) if columns else None
        if one is None or one != other:
            return -2.0, True
        found += 1
        even += i - one[0] == j - one[1]
    return float(even), even == found


def cognates(a: Said, b: Said) -> float:
    """Give the share of the letters of the shorter quote that stand in words with a cognate in the other."""
    if not a.words or not b.words:
        return 0.0
    found_a = [max(_dice(one, other) for other in b.triples) >= _COGNATE for one in a.triples]
    found_b = [max(_dice(one, other) for other in a.triples) >= _COGNATE for one in b.triples]
    share_a = sum(len(w) for w, hit in zip(a.words, found_a, strict=True) if hit) / sum(map(len, a.words))
    share_b = sum(len(w) for w, hit in zip(b.words, found_b, strict=True) if hit) / sum(map(len, b.words))
    shorter_first = sum(map(len, a.words)) <= sum(map(len, b.words))
    short, long = (share_a, share_b) if shorter_first else (share_b, share_a)
    return 0.8 * short + 0.2 * long


def _triples(word: str) -> frozenset[str]:
    word = f" {shape_key(word)}"
    return frozenset(word[i : i + 3] for i in range(max(1, len(word) - 2)))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))
