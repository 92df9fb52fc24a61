"""The JSON API: stories, entities, quotes, events, search, reading a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from tidende.answers import Answer
from tidende.desk import read_articles
from tidende.errors import UnknownName
from tidende.filing.shapes import Found, Summary
from tidende.records import Article, Event, EventType, Output, Quote, Record
from tidende.web.library import library_of
from tidende.web.shelf import Wanted

_MOST = 100
_ARTICLES = 20
_LONGEST = 200_000
_T = TypeVar("_T")

Limit = Annotated[int, Query(ge=1, le=_MOST, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Leave out so many from the beginning.")]
Tongue = Literal["en", "nb", "nn", "da", "sv", "de"]
Lang = Annotated[Tongue, Query(description="Language of titles and summaries.")]


class Problem(BaseModel):
    """Say what is wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    instance: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}, "description": told}
    for status, told in (
        (400, "The request asks for what cannot be"),
        (401, "A token is needed"),
        (403, "The request comes from another site"),
        (404, "There is no such thing"),
        (422, "The request is not understood"),
    )
}
router = APIRouter(prefix="/api/v1", responses=PROBLEMS)


@dataclass(frozen=True, slots=True)
class Part:
    """Say which part of a list is wanted."""

    limit: Limit = 30
    offset: Offset = 0

    def of(self, found: Sequence[_T]) -> Sequence[_T]:
        """Take this part."""
        return found[self.offset : self.offset + self.limit]

    def next(self, total: int) -> int | None:
        """Give where the next part begins, None at the end."""
        return self.offset + self.limit if self.offset + self.limit < total else None


class Page(BaseModel):
    """Tell where in a list an answer stands; `next` is the offset of what follows, null at the end."""

    total: int | None = Field(default=None, description="How many there are, null where that is not known.")
    offset: int
    next: int | None


class Stories(Page):
    """Hold stories, the latest first."""

    stories: list[Summary]


class EntityTold(BaseModel):
    """Hold one entity as the stories name it."""

    id: str
    type: str
    name: str
    names: dict[str, list[str]]
    stories: list[str]


class Entities(Page):
    """Hold who or what is of a name, with the stories that tell of it."""

    entities: list[EntityTold]


class InStory(BaseModel):
    """Name the story that something is told in."""

    story: str


class QuoteTold(InStory):
    """Hold a quote and its story."""

    quote: Quote


class EventTold(InStory):
    """Hold an event and its story."""

    event: Event


class Quotes(Page):
    """Hold quotes, those of the latest stories first."""

    quotes: list[QuoteTold]


class Events(Page):
    """Hold events, those of the latest stories first."""

    events: list[EventTold]


class Results(BaseModel):
    """Hold what a search found, the best first."""

    results: list[Found]


class ReasonTold(BaseModel):
    """Hold one reason, and how much it weighs (log odds)."""

    name: str
    weight: float
    value: float | None
    needed: float | None
    shown: list[str]
    text: str


class Reasons(BaseModel):
    """Hold why two articles are one story or are not."""

    articles: list[str]
    one_story: bool
    alone: bool
    score: float
    corrected: bool
    through: list[str]
    reasons: list[ReasonTold]


class Text(BaseModel):
    """Hold an article to read."""

    id: str | None = Field(default=None, max_length=500)
    text: str = Field(
        min_length=1, max_length=_LONGEST, examples=["Putin and Kim met in Vladivostok on Thursday."]
    )
    title: str | None = Field(default=None, max_length=2000)
    published: date | None = Field(default=None, examples=["2019-04-25"])
    outlet: str | None = Field(default=None, max_length=500)


class Texts(BaseModel):
    """Hold articles to read together; nothing of them is kept."""

    articles: list[Text] = Field(min_length=1, max_length=_ARTICLES)
    lang: Tongue = "en"


@router.get("/stories")
def stories(
    request: Request,
    wanted: Annotated[Wanted, Depends()],
    part: Annotated[Part, Depends()],
    lang: Lang = "en",
) -> Stories:
    """List stories, the latest first; choose by ids of actors and countries, type of event, language, day."""
    library = library_of(request)
    chosen = library.chosen(wanted)
    own = [spine.summary for spine in library.in_language(part.of(chosen), lang)]
    return Stories(stories=own, total=len(chosen), offset=part.offset, next=part.next(len(chosen)))


@router.get("/stories/{story:path}")
def story(request: Request, story: str, lang: Lang = "en") -> Record:
    """Give the record of a story, by its id, a former one, or the id of one of its articles."""
    return library_of(request).desk.show(story, lang)


@router.get("/entities")
def entities(
    request: Request,
    name: Annotated[str, Query(min_length=1, max_length=500)],
    part: Annotated[Part, Depends()],
) -> Entities:
    """Find who or what is printed so, or has this id."""
    found = library_of(request).desk.entities(name)
    own = [_entity(request, one) for one in part.of(found)]
    return Entities(entities=own, total=len(found), offset=part.offset, next=part.next(len(found)))


@router.get("/entities/{entity:path}")
def entity(request: Request, entity: str) -> EntityTold:
    """Tell of one entity by its id."""
    return _entity(request, entity)


def _entity(request: Request, identifier: str) -> EntityTold:
    records = list(library_of(request).desk.records_with(identifier))
    told = [one for record in records for one in record.entities if one.id == identifier]
    if not told:
        raise UnknownName(f"no entity {identifier!r}")
    names: dict[str, dict[str, None]] = {}
    for one in told:
        for language, forms in one.names.items():
            names.setdefault(language, {}).update(dict.fromkeys(forms))
    return EntityTold(
        id=identifier,
        type=told[0].type,
        name=told[0].name,
        names={language: list(forms) for language, forms in names.items()},
        stories=[record.id for record in records],
    )


@router.get("/quotes")
def quotes(
    request: Request,
    part: Annotated[Part, Depends()],
    speaker: Annotated[str, Query(description="Id of who speaks.")] = "",
    story: str = "",
) -> Quotes:
    """List quotes, those of the latest stories first."""
    found = (
        QuoteTold(story=record.id, quote=quote)
        for record in _records(request, speaker, story)
        for quote in record.quotes
        if not speaker or quote.speaker == speaker
    )
    own, more = _cut(found, part)
    return Quotes(quotes=own, offset=part.offset, next=more)


@router.get("/events")
def events(
    request: Request,
    part: Annotated[Part, Depends()],
    actor: Annotated[str, Query(description="Id of who acts or is acted upon.")] = "",
    kind: Annotated[EventType | None, Query(alias="type")] = None,
    story: str = "",
) -> Events:
    """List events, those of the latest stories first."""
    found = (
        EventTold(story=record.id, event=event)
        for record in _records(request, actor, story, kind or "")
        for event in record.events
        if (not actor or actor in (*event.actors, *event.recipients)) and kind in (None, event.type)
    )
    own, more = _cut(found, part)
    return Events(events=own, offset=part.offset, next=more)


def _records(request: Request, actor: str, story: str, kind: str = "") -> Iterator[Record]:
    library = library_of(request)
    if story:
        yield library.desk.show(story)
        return
    for spine in library.chosen(Wanted(actor=actor, kind=kind)):
        yield library.record(spine.summary.id)


def _cut(found: Iterator[_T], part: Part) -> tuple[list[_T], int | None]:
    """Take a part of what is found one by one; give where the next part begins, None at the end."""
    own = list(islice(found, part.offset, part.offset + part.limit))
    return own, None if next(found, None) is None else part.offset + part.limit


@router.get("/search")
def search(
    request: Request, q: Annotated[str, Query(min_length=1, max_length=2000)], limit: Limit = 20
) -> Results:
    """Find articles by their words, parts of words, and what they tell, in any language."""
    return Results(results=library_of(request).search(q, limit))


@router.get("/ask")
def ask(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=2000)],
    lang: Tongue | None = None,
    today: date | None = None,
) -> Answer:
    """Answer a question in one of the six languages from what articles tell; say it where none tells it."""
    return library_of(request).answer(q, lang, today.isoformat() if today else None)


@router.get("/why")
def why(
    request: Request,
    one: Annotated[str, Query(min_length=1, max_length=500)],
    other: Annotated[str, Query(min_length=1, max_length=500)],
    lang: Lang = "en",
) -> Reasons:
    """Tell why two articles are one story or are not."""
    return Reasons.model_validate(library_of(request).desk.why(one, other, lang).told())


@router.post("/read")
def read(request: Request, texts: Texts) -> Output:
    """Read articles together and give one record a story; nothing is kept."""
    articles = [
        Article(**{**one.model_dump(mode="json"), "id": one.id or str(number)})
        for number, one in enumerate(texts.articles, 1)
    ]
    return Output(stories=read_articles(articles, language=texts.lang))
