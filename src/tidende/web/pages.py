"""The pages: stories, one story, actors, search, reading and comparing a text, corrections."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tidende.answers import Archive, between, who
from tidende.desk import read_articles
from tidende.errors import UnknownName, UsageError
from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.records import Article, Record
from tidende.render import brief, headline
from tidende.render.briefs import environment, story_page
from tidende.render.words import Words
from tidende.web.chart import chart
from tidende.web.guard import COOKIE, Guard
from tidende.web.library import library_of, may_ask
from tidende.web.outline import outline
from tidende.web.shelf import Wanted

if TYPE_CHECKING:
    from jinja2 import Environment

router = APIRouter(include_in_schema=False)
_PAGE = 30  # stories on a page
_FOUND = 20
_STORIES = 50  # stories that a page about one actor reads
_LONGEST = 200_000  # characters of a text that is pasted
_SEEN = "tidende_seen"
_LANGUAGE = "tidende_lang"
_YEAR = 365 * 24 * 3600


@cache
def _templates() -> Environment:
    from jinja2 import ChoiceLoader, FileSystemLoader

    shared = environment()
    return shared.overlay(
        loader=ChoiceLoader([FileSystemLoader(Path(__file__).with_name("templates")), shared.loader])  # type: ignore[list-item]
    )


class Said:
    """The words of a page in the reader's language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.render = Words(language)
        self._own = word_list(language, "web")["page"]

    def __call__(self, key: str, **values: object) -> str:
        """Give what the page says, its slots filled."""
        return str(self._own[key]).format(**values)

    def many(self, key: str, count: int) -> str:
        """Count things: "1 article", "3 articles"."""
        return self(f"{key}_{'one' if count == 1 else 'many'}", count=count)


def _language(request: Request) -> str:
    """Give the reader's language: as asked, as before, as the browser says, else English."""
    asked = [request.query_params.get("lang", ""), request.cookies.get(_LANGUAGE, "")]
    accepted = request.headers.get("accept-language", "").split(",")
    asked += [one.split(";")[0].split("-")[0].strip().lower() for one in accepted]
    return next((known for one in asked if (known := {"no": "nb"}.get(one, one)) in READ_IN_FULL), "en")


def _shown(request: Request, template: str, **values: Any) -> HTMLResponse:
    said = Said(_language(request))
    text = (
        _templates()
        .get_template(template)
        .render(said=said, words=said.render, languages=READ_IN_FULL, path=request.url.path, **values)
    )
    answer = HTMLResponse(text)
    if request.query_params.get("lang") == said.language:
        answer.set_cookie(_LANGUAGE, said.language, max_age=_YEAR, samesite="strict", httponly=True)
    return answer


def problem_page(request: Request, detail: str) -> str:
    """Say what went wrong as a page."""
    return _shown(request, "problem.html", detail=detail).body.decode()  # type: ignore[union-attr]


def token_page(request: Request) -> str:
    """Ask for the token as a page."""
    return _shown(request, "token.html").body.decode()  # type: ignore[union-attr]


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
    library, language = library_of(request), _language(request)
    chosen = library.chosen(wanted)
    own = list(library.in_language(chosen[(page - 1) * _PAGE : page * _PAGE], language))
    seen = _number(request.cookies.get(_SEEN, ""))
    latest = library.shelf().latest
    asked = {
        key: value for key, value in request.query_params.items() if value and key not in ("page", "lang")
    }
    part = request.headers.get("hx-request") == "true"
    answer = _shown(
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
        answer.set_cookie(_SEEN, str(latest), max_age=_YEAR, samesite="strict", httponly=True)
    return answer


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


@router.get("/story/{story:path}")
def story(request: Request, story: str) -> Response:
    """Show one story; a former id of it leads to the one it has now."""
    library = library_of(request)
    record = library.record(story)
    if record.id != story and library.desk.resolve(story) == record.id and not _is_article(record, story):
        return RedirectResponse(f"/story/{record.id}", 308)
    page = story_page(record, Words(_language(request)))
    return _shown(request, "story_page.html", page=page, record=record)


def _is_article(record: Record, name: str) -> bool:
    return any(article.id == name for article in record.articles)


@router.get("/brief/{story:path}")
def briefed(request: Request, story: str) -> Response:
    """Give the brief of a story as a file in Markdown."""
    text = brief([library_of(request).record(story)], _language(request))
    return Response(text, media_type="text/markdown; charset=utf-8")


@router.get("/actor/{name:path}")
def actor(request: Request, name: str) -> HTMLResponse:
    """Show who somebody is, what they said and did, over all stories."""
    library, language = library_of(request), _language(request)
    archive = Archive(library.records_with(name, most=_STORIES))
    told = who(archive, name, language=language)
    if told.id != name:
        raise UnknownName(f"nobody and nothing of the id {name!r} in this desk")
    stories = [(record.id, headline(record, language)) for record in archive.records]
    drawn = chart([*told.meetings, *told.acts])
    return _shown(
        request, "actor.html", told=told, parts=outline(told.text), stories=stories, chart=drawn, name=name
    )


@router.get("/pair")
def pair(
    request: Request, one: Annotated[str, Query(max_length=500)], other: Annotated[str, Query(max_length=500)]
) -> HTMLResponse:
    """Show what two have to do with each other, over all stories."""
    library, language = library_of(request), _language(request)
    found = library.records_with(one, other, most=_STORIES)
    told = between(Archive(found), one, other, language=language)
    if told.status == "unknown":
        raise UnknownName(f"no story tells of {one!r} and {other!r}")
    stories = [(record.id, headline(record, language)) for record in found]
    drawn = chart([*told.meetings, *told.accusations, *told.acts])
    return _shown(request, "pair.html", told=told, parts=outline(told.text), stories=stories, chart=drawn)


@router.get("/why")
def why(
    request: Request, one: Annotated[str, Query(max_length=500)], other: Annotated[str, Query(max_length=500)]
) -> HTMLResponse:
    """Show why two articles are one story or are not."""
    library = library_of(request)
    explained = library.desk.why(one, other, _language(request))
    return _shown(request, "why.html", lines=explained.text.split("\n"), story=library.desk.resolve(one))


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
    return _shown(request, "search.html", query=q, found=found, people=people, answer=answer)


@router.get("/read")
def read_form(request: Request) -> HTMLResponse:
    """Ask for a text to read."""
    return _shown(request, "read.html", pages=[])


@router.post("/read")
def read_now(
    request: Request,
    text: Annotated[str, Form(max_length=_LONGEST)],
    published: Annotated[str, Form(max_length=40)] = "",
) -> HTMLResponse:
    """Read a text at once; it is not kept."""
    return _read(request, "read.html", [text], published)


@router.get("/compare")
def compare_form(request: Request) -> HTMLResponse:
    """Ask for two texts to compare."""
    return _shown(request, "compare.html", pages=[])


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
    told = [text.replace("\r\n", "\n") for text in texts]
    if not all(text.strip() for text in told):
        raise UsageError("there is no text to read")
    day = _day(published)
    articles = [Article(id=str(number), text=text, published=day) for number, text in enumerate(told, 1)]
    words = Words(_language(request))
    records = read_articles(articles, language=words.language)
    made = [story_page(record, words, number) for number, record in enumerate(records, 1)]
    return _shown(request, template, pages=made)


def _day(text: str) -> str | None:
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat() if text.strip() else None
    except ValueError as error:
        raise UsageError(f"no date: {text!r} (YYYY-MM-DD)") from error


@router.get("/corrections")
def corrections(request: Request) -> HTMLResponse:
    """Show what was corrected, by whom and when."""
    return _shown(request, "corrections.html", corrections=library_of(request).desk.corrections()[::-1])


Name = Annotated[str, Form(min_length=1, max_length=500)]
Who = Annotated[str, Form(min_length=1, max_length=100)]


@router.post("/corrections/merge")
def merge(request: Request, story: Name, other: Name, who: Who) -> RedirectResponse:
    """Say that two stories are one."""
    kept = library_of(request).desk.merge(story.strip(), other.strip(), who=who, when=_now())
    return RedirectResponse(f"/story/{kept}", 303)


@router.post("/corrections/split")
def split(request: Request, story: Name, article: Name, who: Who) -> RedirectResponse:
    """Say that an article is not of a story."""
    made = library_of(request).desk.split(story, article, who=who, when=_now())
    return RedirectResponse(f"/story/{made[0]}", 303)


@router.post("/corrections/same")
def same(request: Request, one: Name, other: Name, who: Who) -> RedirectResponse:
    """Say that two names are one person or thing."""
    kept = library_of(request).desk.same_person(one.strip(), other.strip(), who=who, when=_now())
    return RedirectResponse(f"/actor/{kept}", 303)


@router.post("/corrections/undo")
def undo(request: Request, number: Annotated[int, Form()], who: Who) -> RedirectResponse:
    """Take a correction back."""
    library_of(request).desk.undo(number, who=who, when=_now())
    return RedirectResponse("/corrections", 303)


def _now() -> str:
    """Give the time of a correction, which is the one clock in a desk."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@router.post("/token")
def enter(request: Request, token: Annotated[str, Form(max_length=500)]) -> Response:
    """Let a reader in who has the token."""
    guard: Guard = request.app.state.guard
    if not guard.knows(token):
        return HTMLResponse(token_page(request), 401)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, token, samesite="strict", httponly=True, secure=request.url.scheme == "https")
    return answer
