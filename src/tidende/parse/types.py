"""What parsing gives: blocks, sentences, tokens and names, all with exact offsets.

The rules of `parse` fill offsets and names; the fields of a tree (`upos`, `feats`, `lemma`, `head`,
`deprel`) and the tag of a name are the model's, empty where there is none, so that every room asks
the same objects.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from operator import attrgetter

from tidende.languages.lists import word_set
from tidende.records import Article, Block, Part

_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark: `[start:end]` of the part it stands in; `lower` is its lower-case form.

    `head` is the index of the governing token in the sentence, -1 for the root or unknown; `deprel`,
    `upos` and `feats` are those of Universal Dependencies; `name` is the BIO tag of a name that the
    word stands in, over PER, ORG, LOC, GPE, MISC, EVT and PROD.
    """

    start: int
    end: int
    text: str
    lower: str
    upos: str = ""
    feats: str = ""
    lemma: str = ""
    head: int = -1
    deprel: str = ""
    name: str = ""

    @property
    def is_word(self) -> bool:
        """Tell whether the token holds a letter or a digit."""
        return self.text.isalnum() or any(character.isalnum() for character in self.text)

    @property
    def is_capital(self) -> bool:
        """Tell whether the token begins as names do: a capital, or an article before one ("al-Qaida")."""
        return self.text[:1].isupper() or ("-" in self.text and _opens_with_article(self.text))


def _opens_with_article(text: str) -> bool:
    """Tell whether a word is an article of names, a hyphen and a capital."""
    article, _, rest = text.partition("-")
    return rest[:1].isupper() and article in word_set("common", "names", "hyphened_articles")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the part, the index of its block, its tokens.

    `dependents` holds for each token those that hang on it, from left to right; none where no tree was read.
    """

    index: int
    part: Part
    block: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    dependents: tuple[tuple[int, ...], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Note what hangs on each token, which is asked all the time."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for at, token in enumerate(self.tokens):
            if token.deprel and 0 <= token.head < len(found):
                found[token.head].append(at)
        object.__setattr__(self, "dependents", tuple(map(tuple, found)))

    def starting(self, place: int) -> int:
        """Give the token that begins at a place of the part, -1 for none."""
        at = bisect_left(self.tokens, place, key=_START)
        return at if at < len(self.tokens) and self.tokens[at].start == place else -1

    def ending(self, place: int) -> int:
        """Give the token that ends at a place of the part, -1 for none."""
        at = bisect_left(self.tokens, place, key=_END)
        return at if at < len(self.tokens) and self.tokens[at].end == place else -1

    def touching(self, start: int, end: int) -> range:
        """Give the tokens that have a character in `[start:end]` of the part."""
        return range(bisect_right(self.tokens, start, key=_END), bisect_left(self.tokens, end, key=_START))


@dataclass(frozen=True, slots=True)
class Name:
    """One name as printed, genitive endings left out; `type` is "" where nothing tells it."""

    part: Part
    start: int
    end: int
    text: str
    sentence: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article cut into blocks, sentences, tokens and names.

    Sentences never cross a block; they are in order of appearance, those of a separate title
    first. `language` is the folder whose word lists were used.
    """

    article: Article
    language: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]

    def source(self, part: Part) -> str:
        """Give the string that offsets of `part` index."""
        return self.article.text if part == "text" else (self.article.title or "")
