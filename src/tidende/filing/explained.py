"""Tell why two articles are one story or are not, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from tidende.records import Article
from tidende.render.reasons import render_why, say_reason
from tidende.render.words import Words
from tidende.stories.signature import Signature
from tidende.stories.why import Why, why_among


@dataclass(frozen=True, slots=True)
class Explained:
    """Why two articles are one story or are not; `text` says it in the reader's language.

    `corrected` tells that somebody decided otherwise than the reasons do.
    """

    articles: tuple[Article, Article]
    why: Why
    through: tuple[Article, ...]
    text: str
    language: str
    corrected: bool = False

    def told(self) -> dict[str, Any]:
        """Give everything as what JSON holds."""
        words = Words(self.language)
        return {
            "articles": [article.id for article in self.articles],
            "one_story": self.why.joined,
            "alone": self.why.alone,
            "score": self.why.score,
            "corrected": self.corrected,
            "through": [article.id for article in self.through],
            "reasons": [{**asdict(one), "text": say_reason(one, words)} for one in self.why.reasons],
        }


def explained(
    articles: Sequence[Article],
    signatures: Sequence[Signature],
    places: tuple[int, int],
    language: str,
    *,
    together: bool | None = None,
) -> Explained:
    """Explain two of some articles, by their places among them.

    `together` is what a desk has them in, one story or two; where grouping says otherwise, somebody
    corrected it.
    """
    why = why_among(*places, signatures)
    corrected = together is not None and together is not why.joined
    if corrected:
        why = replace(why, joined=not why.joined, through=())
    text = render_why(
        [_name(signatures[i]) for i in places],
        why.joined,
        why.reasons,
        [_name(signatures[i]) for i in why.through],
        language,
        corrected=corrected,
    )
    pair = articles[places[0]], articles[places[1]]
    return Explained(pair, why, tuple(articles[i] for i in why.through), text, language, corrected)


def _name(one: Signature) -> str:
    return one.title or one.digest[:12]
