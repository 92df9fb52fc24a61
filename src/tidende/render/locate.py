"""Say where a fact stands: `[nb ¶7, da ¶8]`, language of the article and number of the paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from tidende.records import Article, Evidence

_PER_ARTICLE = 3
_IN_ALL = 10


class Places:
    """Know the label of each article and the paragraph of each piece of evidence.

    A label is the article's language; articles that share a language are numbered in order
    (nb1, nb2). A paragraph is a block of the text, counted from 1.
    """

    def __init__(self, articles: Sequence[Article], *, title: str, everything: bool) -> None:
        shared = Counter(article.language for article in articles)
        seen: Counter[str] = Counter()
        self.labels: dict[str, str] = {}
        self.capped = False
        self._order: dict[str, int] = {}
        self._starts: dict[str, list[int]] = {}
        self._title = title
        self._everything = everything
        for index, article in enumerate(articles):
            seen[article.language] += 1
            number = str(seen[article.language]) if shared[article.language] > 1 else ""
            self.labels[article.id] = f"{article.language}{number}"
            self._order[article.id] = index
            blocks = sorted(block.start for block in article.blocks if block.part == "text")
            self._starts[article.id] = blocks or _paragraphs(article.text)

    def label(self, article: str) -> str:
        """Give the label of an article id, the id itself if the record has no such article."""
        return self.labels.get(article, article)

    def labelled(self, articles: Iterable[str]) -> list[str]:
        """Give the labels of articles, each once, in the order of the record."""
        unique = dict.fromkeys(articles)
        return [self.label(article) for article in sorted(unique, key=self._rank)]

    def paragraph(self, evidence: Evidence) -> int:
        """Give the number of the paragraph that evidence begins in, 0 for the title."""
        if evidence.part == "title":
            return 0
        return max(1, bisect_right(self._starts.get(evidence.article, []), evidence.start))

    def locator(self, evidence: Iterable[Evidence], *, few: bool = False) -> str:
        """Give the places of all evidence in order; all articles where there is none.

        At most three paragraphs of an article are given where not everything is wanted, or `few` are.
        """
        places = sorted({(self._rank(e.article), e.article, self.paragraph(e)) for e in evidence})
        if not places:
            return self.whole(self.labels)
        taken: Counter[str] = Counter()
        shown: list[str] = []
        left = 0
        for _, article, paragraph in places:
            taken[article] += 1
            if (few or not self._everything) and taken[article] > _PER_ARTICLE:
                self.capped = self.capped or not self._everything
                continue
            if not self._everything and len(shown) >= _IN_ALL:
                left += 1
                continue
            where = f"¶{paragraph}" if paragraph else self._title
            shown.append(f"{self.label(article)} {where}")
        return self._closed(shown, left)

    def whole(self, articles: Iterable[str]) -> str:
        """Give a locator that points at articles as a whole."""
        labels = self.labelled(articles)
        cut = len(labels) if self._everything else _IN_ALL
        return self._closed(labels[:cut], len(labels) - len(labels[:cut]))

    def _closed(self, shown: Sequence[str], left: int) -> str:
        rest = [f"+{left}"] if left else []
        return f"[{', '.join([*shown, *rest]) or '–'}]"

    def _rank(self, article: str) -> int:
        return self._order.get(article, len(self._order))


def _paragraphs(text: str) -> list[int]:
    """Give where each non-empty line begins."""
    return [line.start() for line in re.finditer(r"[^\r\n]+", text) if line[0].strip()]
