"""Show a page in the reader's language."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from tidende.languages.lists import READ_IN_FULL, word_list
from tidende.render.briefs import environment
from tidende.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment

YEAR = 365 * 24 * 3600
_LANGUAGE = "tidende_lang"


class Said:
    """The words of a page in the reader's language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.render = Words(language)
        self._own = word_list(language, "web")["page"]
        self.formats: dict[str, str] = word_list(language, "web")["formats"]

    def __call__(self, key: str, **values: object) -> str:
        """Give what the page says, its slots filled."""
        return str(self._own[key]).format(**values)

    def many(self, key: str, count: int) -> str:
        """Count things: "1 article", "3 articles"."""
        return self(f"{key}_{'one' if count == 1 else 'many'}", count=count)

    def moment(self, when: str) -> str:
        """Give a time as kept as a day and a time of day (UTC), as it stands where it is none."""
        try:
            told = datetime.fromisoformat(when)
        except ValueError:
            return when
        return f"{self.render.day(when[:10])} {told:%H:%M}"


@cache
def _said(language: str) -> Said:
    return Said(language)


@cache
def _templates() -> Environment:
    from jinja2 import ChoiceLoader, FileSystemLoader

    shared = environment()
    made = shared.overlay(
        loader=ChoiceLoader([FileSystemLoader(Path(__file__).with_name("templates")), shared.loader])  # type: ignore[list-item]
    )
    made.globals = {**shared.globals, "actor_page": "/actor/"}  # names lead to their pages
    return made


def language_of(request: Request) -> str:
    """Give the reader's language: as asked, as before, as the browser says, else English."""
    asked = [request.query_params.get("lang", ""), request.cookies.get(_LANGUAGE, "")]
    accepted = request.headers.get("accept-language", "").split(",")
    asked += [one.split(";")[0].split("-")[0].strip().lower() for one in accepted]
    return next((known for one in asked if (known := {"no": "nb"}.get(one, one)) in READ_IN_FULL), "en")


def shown(request: Request, template: str, **values: Any) -> HTMLResponse:
    """Fill a template; what it prints is escaped."""
    said = _said(language_of(request))
    text = (
        _templates()
        .get_template(template)
        .render(said=said, words=said.render, languages=READ_IN_FULL, path=request.url.path, **values)
    )
    answer = HTMLResponse(text)
    if request.query_params.get("lang") == said.language:
        answer.set_cookie(_LANGUAGE, said.language, max_age=YEAR, samesite="strict", httponly=True)
    return answer
