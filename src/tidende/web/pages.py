"""The pages: stories, one story, actors, search, reading and comparing a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tidende.answers import Answer, Archive, between, who
from tidende.desk import read_articles
from tidende.errors import UnknownName, UsageError
from tidende.records import Record
from tidende.render import brief, headline
from tidende.render.briefs import story_page
from tidende.render.words import Words
from tidende.web.chart import chart
from tidende.web.corrections import me, others, rows
from tidende.web.downloads import formats
from tidende.web.guard import COOKIE, Guard
from tidende.web.library import library_of, may_ask
from tidende.web.outline import Part, outline
from tidende.web.pasted import pasted
from tidende.web.shelf import Wanted
from tidende.web.shown import YEAR, language_of, shown

router = APIRouter(include_in_schema=False)
_PAGE = 30  # stories on a page
_FOUND = 20
_STORIES = 50  # stories that a page about one actor reads
_LONGEST = 200_000  # characters of a text that is pasted
_SEEN = "tidende_seen"
_ACTING = ("person", "organisation")


def problem_page(request: Request, detail: str) -> str:
    """Say what went wrong as a page."""
    return shown(request, "problem.html", detail=detail).body.decode()  # type: ignore[union-attr]


def token_page(request: Request) -> str:
    """Ask for the token as a page."""
    return shown(request, "token.html").body.decode()  # type: ignore[union-attr]


@router.get("/health")
def health() -> dict[str, str]:
    """Say that the server answers."""
    return {"status": "ok"}


@router.get("/")
def front(
    request: Request,
    wanted: Annotated[Wanted, Depends()],
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """Show the stories, the latest first."""
    library, language = library_of(request), language_of(request)
    chosen = library.chosen(wanted)
    own = list(library.in_language(chosen[(page - 1) * _PAGE : page * _PAGE], language))
    seen = _number(request.cookies.get(_SEEN, ""))
    latest = library.shelf().latest
    asked = {
        key: value for key, value in request.query_params.items() if value and key not in ("page", "lang")
    }
    part = request.headers.get("hx-request") == "true"
    answer = shown(
        request,
        "stories.html" if part else "front.html",
        spines=own,
        total=len(chosen),
        wanted=wanted,
        page=page,
        pages=-(-len(chosen) // _PAGE),
        seen=seen,
        asked=urlencode(asked),
        choices={} if part else library.shelf().choices,
    )
    if not part and latest != seen:
        answer.set_cookie(_SEEN, str(latest), max_age=YEAR, samesite="strict", httponly=True)
    return answer


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@router.get("/story/{story:path}")
def story(request: Request, story: str) -> Response:
    """Show one story; a former id of it leads to the one it has now."""
    library = library_of(request)
    record = library.record(story)
    if record.id != story and library.desk.resolve(story) == record.id and not _is_article(record, story):
        return RedirectResponse(f"/story/{quote(record.id, safe='')}", 307)  # until that is undone
    page = story_page(record, Words(language_of(request)))
    people = sorted((one for one in record.entities if one.named), key=lambda one: one.type not in _ACTING)
    corrected = rows(library, (*(one.id for one in record.articles), *(one.id for one in people)))
    return shown(
        request,
        "story_page.html",
        page=page,
        record=record,
        people=people,
        names=[(one.id, one.name) for one in people],
        rows=corrected,
        formats=formats(),
        me=me(request),
    )


def _is_article(record: Record, name: str) -> bool:
    return any(article.id == name for article in record.articles)


@router.get("/brief/{story:path}")
def briefed(request: Request, story: str) -> Response:
    """Give the brief of a story as a file in Markdown."""
    text = brief([library_of(request).record(story)], language_of(request))
    return Response(text, media_type="text/markdown; charset=utf-8")


@router.get("/actor/{name:path}")
def actor(request: Request, name: str) -> Response:
    """Show who somebody is, what they said and did, over all stories; another id of theirs leads there."""
    library, language = library_of(request), language_of(request)
    stands = library.desk.stands_for(name)
    if stands != name:
        return RedirectResponse(f"/actor/{quote(stands, safe='')}", 307)
    archive = Archive(library.records_with(name, most=_STORIES))
    told = who(archive, name, language=language)
    if told.id != name:
        raise UnknownName(f"nobody and nothing of the id {name!r} in this desk")
    stories = [(record.id, headline(record, language)) for record in archive.records]
    drawn = chart([*told.meetings, *told.acts])
    return shown(
        request,
        "actor.html",
        told=told,
        parts=outline(told.text, archive.records, _capped(language)),
        stories=stories,
        chart=drawn,
        name=name,
        others=others(name, archive.records),
        rows=rows(library, library.desk.every_id(name)),
        formats=formats(),
        me=me(request),
    )


@router.get("/pair")
def pair(
    request: Request, one: Annotated[str, Query(max_length=500)], other: Annotated[str, Query(max_length=500)]
) -> HTMLResponse:
    """Show what two have to do with each other, over all stories."""
    library, language = library_of(request), language_of(request)
    found = library.records_with(one, other, most=_STORIES)
    told = between(Archive(found), one, other, language=language)
    if told.status == "unknown":
        raise UnknownName(f"no story tells of {one!r} and {other!r}")
    stories = [(record.id, headline(record, language)) for record in found]
    drawn = chart([*told.meetings, *told.accusations, *told.acts])
    parts = outline(told.text, found, _capped(language))
    return shown(request, "pair.html", told=told, parts=parts, stories=stories, chart=drawn)


def _capped(language: str) -> str:
    """Give the line that tells of an option of the command line, which is no use on a page."""
    return Words(language).phrase("capped")


@router.get("/why")
def why(
    request: Request, one: Annotated[str, Query(max_length=500)], other: Annotated[str, Query(max_length=500)]
) -> HTMLResponse:
    """Show why two articles are one story or are not."""
    library = library_of(request)
    explained = library.desk.why(one, other, language_of(request))
    return shown(request, "why.html", lines=explained.text.split("\n"), story=library.desk.resolve(one))


@router.get("/search")
def search(request: Request, q: Annotated[str, Query(max_length=2000)] = "") -> HTMLResponse:
    """Find articles and names, and answer what is a question."""
    library = library_of(request)
    query = q.strip()
    found = library.search(query, _FOUND) if query else []
    people = library.named(query, _FOUND) if query else {}
    answer = library.answer(query) if may_ask(query) else None
    if answer is not None and answer.status == "not_understood":
        answer = None
    told = {one for fact in answer.facts for one in fact.articles} if answer else set()
    return shown(
        request,
        "search.html",
        query=q,
        found=found,
        people=people,
        answer=answer,
        answered=_answered(answer, [library.record(one) for one in sorted(told)]) if answer else [],
        formats=formats(),
    )


def _answered(answer: Answer, records: Sequence[Record]) -> list[Part]:
    return outline(answer.text, records, _capped(answer.language))


@router.get("/read")
def read_form(request: Request) -> HTMLResponse:
    """Ask for a text to read."""
    return shown(request, "read.html", pages=[], given=[""], day="")


@router.post("/read")
def read_now(
    request: Request,
    text: Annotated[str, Form(max_length=_LONGEST)],
    published: Annotated[str, Form(max_length=40)] = "",
) -> HTMLResponse:
    """Read a text, or that at an address, at once; it is not kept."""
    return _read(request, "read.html", [text], published)


@router.get("/compare")
def compare_form(request: Request) -> HTMLResponse:
    """Ask for two texts to compare."""
    return shown(request, "compare.html", pages=[], given=["", ""], day="")


@router.post("/compare")
def compare_now(
    request: Request,
    first: Annotated[str, Form(max_length=_LONGEST)],
    second: Annotated[str, Form(max_length=_LONGEST)],
    published: Annotated[str, Form(max_length=40)] = "",
) -> HTMLResponse:
    """Read two texts beside each other; they are not kept."""
    return _read(request, "compare.html", [first, second], published)


def _read(request: Request, template: str, texts: list[str], published: str) -> HTMLResponse:
    articles = pasted(texts, _day(published), request.app.state.fetcher)
    words = Words(language_of(request))
    records = read_articles(articles, language=words.language)
    made = [story_page(record, words, number) for number, record in enumerate(records, 1)]
    return shown(request, template, pages=made, given=texts, day=published)


def _day(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat() if text.strip() else None
    except ValueError as error:
        raise UsageError(f"no date: {text!r} (YYYY-MM-DD)") from error


@router.post("/token")
def enter(request: Request, token: Annotated[str, Form(max_length=500)]) -> Response:
    """Let a reader in who has the token."""
    guard: Guard = request.app.state.guard
    if not guard.knows(token):
        return HTMLResponse(token_page(request), 401)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, samesite="strict", httponly=True, secure=request.url.scheme == "https")
    return answer
