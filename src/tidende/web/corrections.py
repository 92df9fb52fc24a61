"""Corrections: made where the reader stands, listed with who and when, taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal
from urllib.parse import quote, unquote, urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from tidende.records import Entity, Record
from tidende.store import Correction
from tidende.web.library import Library, library_of
from tidende.web.shown import YEAR, shown

router = APIRouter(include_in_schema=False)
_ME = "tidende_who"
_LIKE = 8  # stories that are offered to be joined with one
_OTHERS = 60  # names that are offered to be one with a name
_PEOPLE = ("same-person", "not-same")

Name = Annotated[str, Form(min_length=1, max_length=500)]
Who = Annotated[str, Form(min_length=1, max_length=100)]


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a correction: what it is called, and where it is shown ("" for nowhere)."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One correction as a reader is told it."""

    correction: Correction
    left: tuple[Told, ...]
    right: tuple[Told, ...]


def rows(library: Library, about: Iterable[str] | None = None) -> list[Row]:
    """Give the corrections, the latest first; with `about` those of these articles or entities alone."""
    wanted = None if about is None else set(about)
    found = [
        one
        for one in reversed(library.desk.corrections())
        if wanted is None or not wanted.isdisjoint((*one.left, *one.right))
    ]
    articles = {side for one in found if one.kind not in _PEOPLE for side in (*one.left, *one.right)}
    kept = {one.id: one for one in library.desk.store.kept(articles)} if articles else {}

    def side(ids: Sequence[str], people: bool) -> tuple[Told, ...]:
        if people:
            return tuple(
                Told(library.named(one, 1).get(one, one), f"/actor/{quote(one, safe='')}") for one in ids
            )
        return tuple(
            Told(kept[one].title or one, f"/story/{quote(kept[one].story, safe='')}")
            if one in kept
            else Told(one, "")
            for one in ids
        )

    return [
        Row(one, side(one.left, one.kind in _PEOPLE), side(one.right, one.kind in _PEOPLE)) for one in found
    ]


def others(name: str, records: Iterable[Record]) -> list[tuple[str, str]]:
    """Give who or what may be the same as an id: of its type, those that share a word of its name first."""
    told: Counter[str] = Counter()
    entities: dict[str, Entity] = {}
    for record in records:
        for one in record.entities:
            if one.named:
                told[one.id] += 1
                entities.setdefault(one.id, one)
    own = entities.pop(name, None)
    if own is None:
        return []
    words = _words(own)
    found = sorted(
        (one for one in entities.values() if one.type == own.type),
        key=lambda one: (words.isdisjoint(_words(one)), -told[one.id], one.name),
    )
    return [(one.id, one.name) for one in found[:_OTHERS]]


def _words(entity: Entity) -> set[str]:
    forms = (form for own in entity.names.values() for form in own)
    return {word.casefold() for form in (entity.name, *forms) for word in form.replace("-", " ").split()}


@router.get("/corrections")
def corrections(request: Request) -> HTMLResponse:
    """Show what was corrected, by whom and when."""
    return shown(request, "corrections.html", rows=rows(library_of(request)), me=me(request))


@router.get("/corrections/merge")
def merge_form(
    request: Request,
    story: Annotated[str, Query(max_length=500)],
    q: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Offer stories that may be one with a story."""
    library = library_of(request)
    record = library.record(story)
    query = q.strip() or record.title
    found = dict.fromkeys(one.story for one in library.search(query, 4 * _LIKE))
    spines = library.shelf().spines
    like = [spines[one] for one in found if one in spines and one != record.id][:_LIKE]
    return shown(request, "merge.html", record=record, query=query, like=like, me=me(request))


@router.post("/corrections/merge")
def merge(request: Request, story: Name, other: Name, who: Who) -> RedirectResponse:
    """Say that two stories are one; the other may be named by its address, too."""
    kept = library_of(request).desk.merge(story.strip(), _named(other), who=who, when=_now())
    return _done(f"/story/{quote(kept, safe='')}", who)


@router.post("/corrections/split")
def split(request: Request, story: Name, article: Name, who: Who) -> RedirectResponse:
    """Say that an article is not of a story."""
    made = library_of(request).desk.split(story, article, who=who, when=_now())
    return _done(f"/story/{quote(made[0], safe='')}", who)


@router.post("/corrections/people")
def people(
    request: Request,
    one: Name,
    other: Name,
    who: Who,
    verdict: Annotated[Literal["same", "not-same"], Form()] = "same",
) -> RedirectResponse:
    """Say that two names or ids are one person or thing, or that they are not."""
    desk = library_of(request).desk
    if verdict == "same":
        stands = desk.same_person(one.strip(), other.strip(), who=who, when=_now())
    else:
        stands = desk.not_same(one.strip(), other.strip(), who=who, when=_now())[0]
    return _done(f"/actor/{quote(stands, safe='')}", who)


@router.post("/corrections/undo")
def undo(request: Request, number: Annotated[int, Form()], who: Who) -> RedirectResponse:
    """Take a correction back."""
    library_of(request).desk.undo(number, who=who, when=_now())
    return _done("/corrections", who)


def me(request: Request) -> str:
    """Give the name under which this reader corrected before."""
    return unquote(request.cookies.get(_ME, ""))[:100]


def _named(other: str) -> str:
    """Take the id of a story out of its address where that was given."""
    path = urlsplit(other.strip()).path if "/story/" in other else ""
    return unquote(path.partition("/story/")[2]) if path else other.strip()


def _done(address: str, who: str) -> RedirectResponse:
    answer = RedirectResponse(address, 303)
    answer.set_cookie(_ME, quote(who), max_age=YEAR, samesite="strict", httponly=True)
    return answer


def _now() -> str:
    """Give the time of a correction, which is the one clock in a desk."""
    return datetime.now(UTC).isoformat(timespec="seconds")
