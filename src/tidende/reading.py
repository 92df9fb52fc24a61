"""Read one article: language, parse, cast, times, quotes, events, claims; no state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tidende.dates import tag
from tidende.entities import Cast, find_cast
from tidende.entities.listed import listed_names
from tidende.events import find_claims, find_events, scenes
from tidende.languages.identify import identify, other_language
from tidende.languages.lists import READ_IN_FULL
from tidende.parse import Model, parse
from tidende.parse.clear import clear, joined
from tidende.quotes import find_quotes
from tidende.records import Article, Claim, Entity, Event, Quote, Reading, Role
from tidende.stories import join_parts


def read_article(article: Article, model: Model | None) -> Reading:
    """Read one article alone, without a model by rules alone.

    A language that is not read in full is no error: the reading then holds the article, marked
    `grouped`, and nothing else. What is worn in print is read as it was meant (`parse.view`), and told in
    the characters of the article.
    """
    view = joined(article)
    told = _identified(view.read())
    article = article.model_copy(
        update={"language": told.language, "language_margin": told.language_margin, "reading": told.reading}
    )
    if article.language not in READ_IN_FULL:
        return Reading(article=article)
    article = article.model_copy(update={"reading": "full"})
    view = clear(replace(view, article=article), article.language, listed_names())
    shown = view.read()
    others = _others(shown)
    reading = _read(shown, model)
    if others:
        parts = [_read(_part(shown, others, language), model) for language in sorted(set(others.values()))]
        reading = join_parts(shown, reading, parts, [shown.blocks[number] for number in others])
    return view.written(reading)


def _others(article: Article) -> dict[int, str]:
    """Find the paragraphs that are clearly in another language, by number.

    What stands in quotation marks stays with the paragraphs that tell who said it.
    """
    found: dict[int, str] = {}
    for number, block in enumerate(article.blocks):
        source = article.text if block.part == "text" else (article.title or "")
        text = source[block.start : block.end]
        if block.kind in ("lead", "body") and (text[:1].isalnum() or text[:1] == "("):
            other = other_language(text, article.language)
            if other:
                found[number] = other
    return found if len(found) < len(article.blocks) else {}


def _part(article: Article, others: Mapping[int, str], language: str) -> Article:
    """Give the paragraphs of one language as an article of it."""
    blocks = [article.blocks[number] for number, one in others.items() if one == language]
    return article.model_copy(update={"language": language, "blocks": blocks})


def _read(article: Article, model: Model | None) -> Reading:
    """Read an article as it stands."""
    published = publication_day(article)
    parsed = parse(article, model)
    cast = find_cast(parsed, published=published)
    timeline = tag(parsed, published=published)
    quotes = find_quotes(parsed, cast)
    seen = scenes(parsed, cast, timeline, quotes)
    events = find_events(parsed, cast, seen, quotes)
    claims = find_claims(seen)
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
