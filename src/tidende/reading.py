"""Read one article: language, parse, cast, times, quotes, events, claims; no state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tidende.dates import tag
from tidende.entities import Cast, find_cast
from tidende.entities.listed import listed_names
from tidende.events import find_claims, find_events, scenes, with_figures
from tidende.languages.identify import identify, other_language
from tidende.languages.lists import READ_IN_FULL
from tidende.parse import Model, Parsed, parse_all
from tidende.parse.clear import clear, joined
from tidende.parse.view import View
from tidende.quotes import find_quotes
from tidende.records import Article, Block, Claim, Entity, Event, Evidence, Quote, Reading, Role
from tidende.stories import join_parts


def read_article(article: Article, model: Model | None) -> Reading:
    """Read one article alone, without a model by rules alone.

    A language that is not read in full is no error: the reading then holds the article, marked
    `grouped`, and nothing else. What is worn in print is read as it was meant (`parse.view`), and told in
    the characters of the article.
    """
    return read_batch([article], model)[0]


def read_batch(articles: Sequence[Article], model: Model | None) -> list[Reading]:
    """Read articles as `read_article` does each; their sentences go through the model together."""
    views = [_shown(article) for article in articles]
    pages = [view.read() for view in views]
    full = [page for page in pages if page.reading == "full"]
    parsed = iter(parse_all(full, model))
    return [
        view.written(_whole(next(parsed), model)) if page.reading == "full" else Reading(article=view.article)
        for view, page in zip(views, pages, strict=True)
    ]


def _shown(article: Article) -> View:
    """Show an article as it is read, with its language."""
    view = joined(article)
    told = _identified(view.read())
    full = told.language in READ_IN_FULL
    article = article.model_copy(
        update={
            "language": told.language,
            "language_margin": told.language_margin,
            "reading": "full" if full else told.reading,
        }
    )
    view = replace(view, article=article)
    return clear(view, article.language, listed_names()) if full else view


def _whole(parsed: Parsed, model: Model | None) -> Reading:
    """Read an article that was parsed, and what it tells in other languages."""
    reading = _read(parsed)
    others = _others(parsed, reading.quotes)
    if not others:
        return reading
    languages = sorted({language for _, language in others})
    pages = [_part(parsed.article, others, language) for language in languages]
    parts = [_read(one) for one in parse_all(pages, model)]
    return join_parts(parsed.article, reading, parts, [block for block, _ in others])


def _others(parsed: Parsed, quotes: Sequence[Quote]) -> list[tuple[Block, str]]:
    """Find the paragraphs, and the sentences in others, that are clearly in another language.

    What stands in quotation marks stays with the paragraphs that tell who said it.
    """
    found: list[tuple[Block, str]] = []
    said = [version.evidence for quote in quotes for version in quote.versions if version.kind != "indirect"]
    for number, block in enumerate(parsed.blocks):
        if block.kind not in ("lead", "body"):
            continue
        whole = _other(parsed, block)
        if whole:
            found.append((block, whole))
            continue
        own = [sentence for sentence in parsed.sentences if sentence.block == number]
        for sentence in own if len(own) > 1 else ():
            piece = block.model_copy(update={"start": sentence.start, "end": sentence.end})
            other = "" if any(_overlaps(piece, told) for told in said) else _other(parsed, piece)
            if other:
                found.append((piece, other))
    return found if [block for block, _ in found] != list(parsed.blocks) else []


def _overlaps(piece: Block, evidence: Evidence) -> bool:
    return evidence.part == piece.part and evidence.start < piece.end and piece.start < evidence.end


def _other(parsed: Parsed, block: Block) -> str:
    """Give the language of a piece of text that is clearly not the article's, "" for any other."""
    source = parsed.article.text if block.part == "text" else (parsed.article.title or "")
    text = source[block.start : block.end]
    return other_language(text, parsed.language) if text[:1].isalnum() or text[:1] == "(" else ""


def _part(article: Article, others: Sequence[tuple[Block, str]], language: str) -> Article:
    """Give what an article tells in one language as an article of it."""
    blocks = [block for block, one in others if one == language]
    return article.model_copy(update={"language": language, "blocks": blocks})


def _read(parsed: Parsed) -> Reading:
    """Read an article as it stands."""
    article = parsed.article
    published = publication_day(article)
    cast = find_cast(parsed, published=published)
    timeline = tag(parsed, published=published)
    quotes = find_quotes(parsed, cast)
    seen = scenes(parsed, cast, timeline, quotes)
    events = find_events(parsed, cast, seen, quotes)
    claims = find_claims(seen)
    quotes = with_figures(quotes, seen)
    used = _used(list(cast.roles), events, quotes, claims)
    entities = [entity for entity in cast.entities if entity.id in used or _stands_alone(entity, cast)]
    return Reading(
        article=article,
        entities=entities,
        roles=list(cast.roles),
        events=events,
        quotes=quotes,
        claims=claims,
    )


def unread(article: Article) -> Reading:
    """Keep an article whose reading broke down: its language is told, and nothing else."""
    return Reading(article=_identified(article))


def _identified(article: Article) -> Article:
    """Tell the language of an article, which is not read yet."""
    known = article.language if article.language != "und" else None
    blocks = "\n".join(
        (article.text if block.part == "text" else article.title or "")[block.start : block.end]
        for block in article.blocks
    )
    identified = identify(blocks, known=known)
    return article.model_copy(
        update={
            "language": identified.language,
            "language_margin": round(identified.margin, 4),
            "reading": "grouped",
        }
    )


def publication_day(article: Article) -> date | None:
    """Give the day an article was published, None if it is not known."""
    return date.fromisoformat(article.published[:10]) if article.published else None


def _stands_alone(entity: Entity, cast: Cast) -> bool:
    """Tell whether an entity is worth keeping though no fact uses it: it is named, no state by adjectives."""
    return entity.named and any(
        entity.id in mention.entities and (not mention.adjective or entity.type == "organisation")
        for mention in cast.mentions
    )


def _used(roles: list[Role], events: list[Event], quotes: list[Quote], claims: list[Claim]) -> set[str]:
    """Give the ids that facts point at."""
    used: set[str | None] = set()
    for role in roles:
        used |= {role.holder, role.of}
    for event in events:
        used |= {*event.actors, *event.recipients, event.place, event.venue, event.claimed_by}
    for quote in quotes:
        used |= {quote.speaker, quote.addressee}
    used |= {claim.subject for claim in claims}
    return {identifier for identifier in used if identifier}
