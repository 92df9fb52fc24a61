"""Parse: text to sentences, tokens, trees and names, with exact offsets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidende.languages.lists import READ_IN_FULL
from tidende.parse.names import find_names
from tidende.parse.neural import Model, load_model
from tidende.parse.sentences import split
from tidende.parse.tokens import tokenise
from tidende.parse.types import Name, Parsed, Sentence, Token
from tidende.parse.words import to_tokens, to_words
from tidende.records import Article

__all__ = ["Model", "Name", "Parsed", "Sentence", "Token", "load_model", "parse"]


def parse(article: Article, model: Model | None = None) -> Parsed:
    """Cut an article into sentences, tokens and names, block by block, and read each sentence's tree.

    The article's language must be one that is read in full; its blocks are those of ingest. Without
    a model trees stay empty and no name has a type.
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
        for group in split(tokens, language, headline=block.is_headline):
            sentences.append(
                Sentence(len(sentences), block.part, number, group[0].start, group[-1].end, group)
            )
    if model is not None:
        sentences = _analysed(sentences, model, language)
    names: list[Name] = []
    for part, source in (("title", article.title or ""), ("text", article.text)):
        names += find_names([s for s in sentences if s.part == part], source, language)
    return Parsed(article, language, tuple(article.blocks), tuple(sentences), tuple(names))


def _analysed(sentences: Sequence[Sentence], model: Model, language: str) -> list[Sentence]:
    """Fill the tokens with what the model reads."""
    found = []
    cuts = [to_words(sentence.tokens, language) for sentence in sentences]
    analyses = model.read([cut.words for cut in cuts])
    for sentence, cut, words in zip(sentences, cuts, analyses, strict=True):
        read = to_tokens(cut, words)
        values = zip(
            sentence.tokens,
            read.upos,
            read.feats,
            read.lemmas,
            read.heads,
            read.deprels,
            read.names,
            strict=True,
        )
        tokens = tuple(
            replace(token, upos=upos, feats=feats, lemma=lemma, head=head - 1, deprel=deprel, name=name)
            for token, upos, feats, lemma, head, deprel, name in values
        )
        found.append(replace(sentence, tokens=tokens))
    return found
