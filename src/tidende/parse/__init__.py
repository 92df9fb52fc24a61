"""Parse: text to sentences, tokens, trees and names, with exact offsets."""

from __future__ import annotations

from dataclasses import replace

from tidende.languages.lists import READ_IN_FULL
from tidende.parse.ends import Read, cut
from tidende.parse.names import find_names
from tidende.parse.neural import Model, load_model
from tidende.parse.tokens import tokenise
from tidende.parse.types import Name, Parsed, Sentence, Token
from tidende.parse.words import to_tokens
from tidende.records import Article, Block

__all__ = ["Model", "Name", "Parsed", "Sentence", "Token", "load_model", "parse"]


def parse(article: Article, model: Model | None = None) -> Parsed:
    """Cut an article into sentences, tokens and names, block by block, and read each sentence's tree.

    The article's language must be one that is read in full; its blocks are those of ingest. Without
    a model trees stay empty and no name has a type.
    """
    language = article.language
    if language not in READ_IN_FULL:
        raise ValueError(f"no word lists to parse {language!r}")
    kept: list[tuple[int, Block]] = []
    shown: list[tuple[tuple[Token, ...], bool]] = []
    for number, block in enumerate(article.blocks):
        if block.kind != "credit":
            source = article.text if block.part == "text" else (article.title or "")
            kept.append((number, block))
            shown.append((tuple(tokenise(source, block.start, block.end, language)), block.is_headline))
    sentences: list[Sentence] = []
    for (number, block), found in zip(kept, cut(shown, language, model), strict=True):
        for one in found:
            start, end = one.tokens[0].start, one.tokens[-1].end
            sentences.append(Sentence(len(sentences), block.part, number, start, end, _filled(one)))
    names: list[Name] = []
    for part, source in (("title", article.title or ""), ("text", article.text)):
        names += find_names([s for s in sentences if s.part == part], source, language)
    return Parsed(article, language, tuple(article.blocks), tuple(sentences), tuple(names))


def _filled(one: Read) -> tuple[Token, ...]:
    """Fill the tokens of a sentence with what the model reads."""
    if one.analysis is None:
        return one.tokens
    read = to_tokens(one.words, one.analysis)
    values = zip(
        one.tokens, read.upos, read.feats, read.lemmas, read.heads, read.deprels, read.names, strict=True
    )
    return tuple(
        replace(token, upos=upos, feats=feats, lemma=lemma, head=head - 1, deprel=deprel, name=name)
        for token, upos, feats, lemma, head, deprel, name in values
    )
