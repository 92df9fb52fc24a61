"""Put the application together: routes, guard, errors, headers."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware

from tidende.errors import InputError, MissingExtra, TidendeError, UnknownName, UsageError
from tidende.ingest.fetch import Fetcher, Limits
from tidende.web import api, corrections, downloads, pages
from tidende.web.guard import HEADERS, Guard
from tidende.web.library import Library

_HERE = Path(__file__).parent
_STYLE = _HERE.parent / "render" / "templates" / "brief.css"
_BAD, _MISSING, _FAULT, _LACKING = 400, 404, 500, 501
_PATIENCE = 15.0  # seconds for an address that a reader pastes
_LONGEST = 8_000_000  # bytes of a request
Next = Callable[[Request], Awaitable[Response]]


def create_app(
    desk: str | None = None, *, guard: Guard | None = None, fetcher: Fetcher | None = None
) -> FastAPI:
    """Make the application over a desk (a file or a URL, the default one for None).

    `guard` says who may write and read; by default everybody who reaches it, which is this machine alone.
    `fetcher` opens the addresses that readers paste; by default one that asks public hosts only.
    """
    app = FastAPI(
        title="Tidende",
        description="Stories read from news in many languages, every fact with its characters.",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.library = Library(desk)
    app.state.guard = guard or Guard()
    app.state.fetcher = fetcher or Fetcher(Limits(seconds=_PATIENCE, delay=0.0))
    app.include_router(downloads.router)  # before the stories, whose ids may hold a slash
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(corrections.router)
    app.add_api_route("/static/brief.css", _style, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.add_middleware(BaseHTTPMiddleware, dispatch=_guarded)
    app.add_exception_handler(TidendeError, _told)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unclear)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Put the stories on the shelf before the first reader comes."""
    threading.Thread(target=_prepared, args=(app.state.library,), daemon=True).start()
    yield


def _prepared(library: Library) -> None:
    with suppress(TidendeError):  # what is wrong is told to who asks
        library.shelf()


def _style() -> FileResponse:
    return FileResponse(_STYLE)


async def _guarded(request: Request, call_next: Next) -> Response:
    """Refuse what the guard refuses; give every answer its headers, and none twice that has not changed."""
    guard: Guard = request.app.state.guard
    if int(request.headers.get("content-length") or 0) > _LONGEST:
        return _headed(_problem(request, 413, "the request is too long"))
    refused = guard.problem(request.method, request.url.path, request.headers, request.cookies)
    if refused is not None:
        return _headed(_problem(request, *refused))
    response = await call_next(request)
    plain = request.method == "GET" and response.status_code == 200 and "etag" not in response.headers
    return _headed(await _tagged(request, response) if plain else response)


async def _tagged(request: Request, response: Response) -> Response:
    """Give an answer a tag of what it says; one that the reader has already stays empty."""
    body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    same = tag in request.headers.get("if-none-match", "")
    answer = Response(b"" if same else body, 304 if same else 200)
    for key, value in response.headers.items():
        if key != "content-length" and not (same and key == "content-type"):
            answer.headers.append(key, value)
    answer.headers["etag"] = tag
    answer.headers.setdefault("cache-control", "no-cache")
    return answer


def _headed(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response


async def _told(request: Request, error: Exception) -> Response:
    bad = isinstance(error, UsageError | InputError)
    status = _MISSING if isinstance(error, UnknownName) else _BAD if bad else _FAULT
    status = _LACKING if isinstance(error, MissingExtra) else status
    library: Library = request.app.state.library
    return _problem(request, status, library.without_location(str(error)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(request, error.status_code, str(error.detail))


async def _unclear(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    shown = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
    return _problem(request, 422, shown)


def _problem(request: Request, status: int, detail: str) -> Response:
    """Say what is wrong: to a program as problem+json (RFC 9457), to a reader as a page."""
    if request.url.path.startswith("/api/"):
        body = {"type": "about:blank", "title": detail, "status": status, "instance": request.url.path}
        return JSONResponse(body, status, media_type="application/problem+json")
    if status == 401:
        return HTMLResponse(pages.token_page(request), status)
    return HTMLResponse(pages.problem_page(request, detail), status)
