"""Tell which article takes the place of which: a new version of a page, a later report of the same outlet."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.records import Article


class Editions:
    """Know the order in which one outlet, or one page, has printed the articles of a story."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {article.id: article for article in articles}

    def related(self, one: str, other: str) -> bool:
        """Tell whether one of two articles takes the place of the other."""
        return self.later(one, other) or self.later(other, one)

    def later(self, early: str, late: str) -> bool:
        """Tell whether `late` corrects what `early` tells otherwise: it is newer, of one page or outlet."""
        one, other = self._articles[early], self._articles[late]
        if one.url and one.url == other.url:
            return one.version < other.version
        if not one.outlet or one.outlet != other.outlet or not one.published or not other.published:
            return False
        size = min(len(one.published), len(other.published))
        return one.published[:size] < other.published[:size]
