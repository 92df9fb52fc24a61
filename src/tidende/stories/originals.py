"""Tell which version of a quote is the wire's own, and which translate it."""

from __future__ import annotations

from collections.abc import Sequence

from tidende.ingest.credits import agency_of, home_language
from tidende.records import Article, Quote, QuoteVersion


def with_originals(quote: Quote, articles: Sequence[Article]) -> Quote:
    """Mark the versions of a quote in the own language of a wire, where others rest on that wire.

    An article rests on a wire that it credits, that brings it out, or that was spoken to ("told Reuters").
    Only two articles on one wire, one in its language and one not, tell an original and a
    translation; whatever else the languages suggest is left open.
    """
    at = {article.id: article for article in articles}
    wires = [_wires(version, at[version.article]) for version in quote.versions]
    own = [
        {wire for wire in names if home_language(wire) == version.language}
        for version, names in zip(quote.versions, wires, strict=True)
    ]
    versions = []
    for n, version in enumerate(quote.versions):
        here: bool | None = None
        if any(own[n] & (wires[k] - own[k]) for k in range(len(own))):
            here = True
        elif any((wires[n] - own[n]) & own[k] for k in range(len(own))):
            here = False
        versions.append(version.model_copy(update={"original": here}) if here is not None else version)
    return quote.model_copy(update={"versions": versions})


def _wires(version: QuoteVersion, article: Article) -> set[str]:
    told = [*article.credits, article.outlet or ""]
    if version.addressee_evidence is not None:
        told.append(version.addressee_evidence.text)
    return {agency for printed in told if (agency := agency_of(printed)) is not None}
