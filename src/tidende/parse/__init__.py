"""Parse: text to sentences, tokens, trees and names, with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidende.languages.lists import READ_IN_FULL
from tidende.parse.ends import Read, Uncut, cut
from tidende.parse.names import find_names
from tidende.parse.neural import Model, load_model
from tidende.parse.tagged import states_apart
from tidende.parse.tokens import tokenise
from tidende.parse.types import Name, Parsed, Sentence, Token
from tidende.parse.words import to_tokens
from tidende.records import Article, Block

__all__ = ["Model", "Name", "Parsed", "Sentence", "Token", "load_model", "parse", "parse_all"]


def parse(article: Article, model: Model | None = None) -> Parsed:
    """Cut an article into sentences, tokens and names, block by block, and read each sentence's tree.

    The article's language must be one that is read in full; its blocks are those of ingest. Without
    a model trees stay empty and no name has a type.
    """
    return parse_all([article], model)[0]


def parse_all(articles: Sequence[Article], model: Model | None = None) -> list[Parsed]:
    """Parse articles as `parse` does each; their sentences go through the model together, which is faster."""
    pages = [_page(article) for article in articles]
    blocks = iter(cut([block for page in pages for _, block in page], model))
    return [
        _parsed(article, [(number, next(blocks)) for number, _ in page])
        for article, page in zip(articles, pages, strict=True)
    ]


def _page(article: Article) -> list[tuple[int, Uncut]]:
    """Cut the blocks of an article that are to be read into tokens, each with its number."""
    language = article.language
    if language not in READ_IN_FULL:
        raise ValueError(f"no word lists to parse {language!r}")
    return [
        (number, Uncut(tuple(_tokens(article, block)), language, block.is_headline))
        for number, block in enumerate(article.blocks)
        if block.kind != "credit"
    ]


def _tokens(article: Article, block: Block) -> Iterator[Token]:
    source = article.text if block.part == "text" else (article.title or "")
    return tokenise(source, block.start, block.end, article.language)


def _parsed(article: Article, page: Sequence[tuple[int, Sequence[Read]]]) -> Parsed:
    """Put together an article of its blocks' numbers and what was read in each."""
    sentences: list[Sentence] = []
    for number, found in page:
        for one in found:
            start, end = one.tokens[0].start, one.tokens[-1].end
            part = article.blocks[number].part
            tokens = states_apart(_filled(one), article.language)
            sentences.append(Sentence(len(sentences), part, number, start, end, tokens))
    names: list[Name] = []
    for part, source in (("title", article.title or ""), ("text", article.text)):
        names += find_names([s for s in sentences if s.part == part], source, article.language)
    return Parsed(article, article.language, tuple(article.blocks), tuple(sentences), tuple(names))


def _filled(one: Read) -> tuple[Token, ...]:
    """Fill the tokens of a sentence with what the model reads."""
    if one.analysis is None:
        return one.tokens
    read = to_tokens(one.words, one.analysis)
    values = zip(
        one.tokens, read.upos, read.feats, read.lemmas, read.heads, read.deprels, read.names, strict=True
    )
    return tuple(
        Token(token.start, token.end, token.text, token.lower, upos, feats, lemma, head - 1, deprel, name)
        for token, upos, feats, lemma, head, deprel, name in values
    )
