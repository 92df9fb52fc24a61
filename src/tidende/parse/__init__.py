"""Parse: text to sentences, tokens and names, with exact offsets."""

from __future__ import annotations

from tidende.languages.lists import READ_IN_FULL
from tidende.parse.names import find_names
from tidende.parse.sentences import split
from tidende.parse.tokens import tokenise
from tidende.parse.types import Name, Parsed, Sentence, Token
from tidende.records import Article

__all__ = ["Name", "Parsed", "Sentence", "Token", "parse"]


def parse(article: Article) -> Parsed:
    """Cut an article into sentences, tokens and names, block by block.

    The article's language must be one that is read in full; its blocks are those of ingest.
    """
    language = article.language
    if language not in READ_IN_FULL:
        raise ValueError(f"no word lists to parse {language!r}")
    sentences: list[Sentence] = []
    for number, block in enumerate(article.blocks):
        source = article.text if block.part == "text" else (article.title or "")
        tokens = tuple(tokenise(source, block.start, block.end, language))
        if block.kind == "credit":
            continue
        for group in split(tokens, language):
            sentences.append(
                Sentence(len(sentences), block.part, number, group[0].start, group[-1].end, group)
            )
    names: list[Name] = []
    for part, source in (("title", article.title or ""), ("text", article.text)):
        names += find_names([s for s in sentences if s.part == part], source, language)
    return Parsed(article, language, tuple(article.blocks), tuple(sentences), tuple(names))
