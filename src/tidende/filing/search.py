"""Find articles by their words, by parts of words, and by what they tell, in any language.

Three lists, each with its best first, become one by the sum of 1 / (60 + rank) (Cormack et al. 2009,
"Reciprocal rank fusion").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from tidende.errors import ModelError
from tidende.filing.compared import query_vector
from tidende.filing.shapes import Found, FoundBy
from tidende.records import Article, Evidence, evidence_at
from tidende.store import Store

_ASKED = re.compile(r'"([^"]*)"|(\w+)')
_WORD = re.compile(r"\w+")
_MOST_WORDS = 40  # of a query; the rest of a longer one is not looked up
_MOST_CHARACTERS = 4_000  # of a query that are read at all
_DEEP = 200  # how far down each list is read
_DAMPING = 60
_LEAST_PART = 3  # characters in the index of parts
# Cosine. Of the articles of other documents one in twenty is nearer to a headline than this, of the
# translations of its own one in seventeen is farther (part A of the NTREX set, ten languages).
_LEAST_LIKENESS = 0.2
_SHOWN = 300  # code points of the words that are shown


def search(store: Store, query: str, limit: int) -> list[Found]:
    """Find the articles that a query asks for, the best first.

    Words in quotation marks are looked up as they stand. Without an encoder words alone are looked up.
    """
    query = query[:_MOST_CHARACTERS]
    words = _words(query)
    lists: dict[FoundBy, list[str]] = {
        "words": store.find_words(words, every=True, limit=_DEEP)
        or store.find_words(words, every=False, limit=_DEEP),
        "parts": store.find_parts([one for one in words if len(one) >= _LEAST_PART], _DEEP),
        "meaning": _meant(store, query),
    }
    scores: dict[str, float] = {}
    for ranked in lists.values():
        for rank, article in enumerate(ranked, start=1):
            scores[article] = scores.get(article, 0.0) + 1 / (_DAMPING + rank)
    best = sorted(scores, key=lambda one: (-scores[one], one))[:limit]
    kept = {one.id: one for one in store.kept(best)}
    texts = dict(zip(best, store.sources(best), strict=True))
    return [
        Found(
            article=one,
            story=kept[one].story,
            title=kept[one].title,
            language=kept[one].language,
            outlet=kept[one].outlet,
            published=kept[one].published,
            by=[by for by, ranked in lists.items() if one in ranked],
            score=round(scores[one], 6),
            evidence=_shown(texts[one], words),
        )
        for one in best
    ]


def _words(query: str) -> list[str]:
    """Give the words and the phrases of a query, each once."""
    found = (" ".join(_WORD.findall(phrase or word)) for phrase, word in _ASKED.findall(query))
    return list(dict.fromkeys(one for one in found if one))[:_MOST_WORDS]


def _meant(store: Store, query: str) -> list[str]:
    """Give the articles whose vectors are near that of the query."""
    if not query.strip():
        return []
    try:
        vector = query_vector(query)
    except ModelError:
        return []
    found = store.nearest(vector.astype("<f4").tobytes(), _DEEP)
    return [one for one, likeness in found if likeness >= _LEAST_LIKENESS]


def _shown(article: Article, words: Sequence[str]) -> Evidence:
    """Cut out the paragraph that holds most of the words, the first of the body where none does."""

    @cache
    def held(n: int) -> int:
        block = article.blocks[n]
        source = article.text if block.part == "text" else (article.title or "")
        text = source[block.start : block.end].casefold()
        return sum(word.casefold() in text for word in words)

    body = [n for n, one in enumerate(article.blocks) if one.kind in ("lead", "body")]
    chosen = max(body or range(len(article.blocks)), key=lambda n: (held(n), -n), default=None)
    if chosen is None:
        return evidence_at(article, 0, min(len(article.text), _SHOWN))
    block = article.blocks[chosen]
    source = article.text if block.part == "text" else (article.title or "")
    start, end = block.start, block.end
    if end - start > _SHOWN:
        text = source[start:end].lower()
        places = [place for word in words if (place := text.find(word.lower())) >= 0]
        if places and min(places) > _SHOWN // 2:
            start = source.rfind(" ", start, start + min(places) - _SHOWN // 3) + 1 or start
        end = min(end, start + _SHOWN)
    return evidence_at(article, start, end, block.part)
