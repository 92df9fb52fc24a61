"""Put the application together: routes, guard, errors, headers."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
_TOGETHER = 8  # readers who are answered at once: each has a connection and what that holds in memory
_TURN = 0.001  # seconds after which one of them lets another go on


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
    app.add_middleware(_Guarded)
    app.add_exception_handler(TidendeError, _told)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _unclear)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Put the stories on the shelf before the first reader comes; say how many are answered at once."""
    to_thread.current_default_thread_limiter().total_tokens = _TOGETHER
    sys.setswitchinterval(_TURN)
    threading.Thread(target=_prepared, args=(app.state.library,), daemon=True).start()
    yield


def _prepared(library: Library) -> None:
    with suppress(TidendeError):  # what is wrong is told to who asks
        library.shelf()


def _style() -> FileResponse:
    return FileResponse(_STYLE)


class _Guarded:
    """Refuse what the guard refuses; give every answer its headers, and none twice that has not changed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = _refused(request)
        if refused is not None:
            await _headed(_problem(request, *refused))(scope, receive, send)
            return
        sent: list[Message] = []

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                if request.method == "GET" and message["status"] == 200 and "etag" not in headers:
                    sent.append(message)
                    return
            elif sent:
                sent.append(message)
                if not message.get("more_body", False):
                    await _tagged(request, sent, send)
                return
            await send(message)

        await self._app(scope, receive, held)


def _refused(request: Request) -> tuple[int, str] | None:
    guard: Guard = request.app.state.guard
    if int(request.headers.get("content-length") or 0) > _LONGEST:
        return 413, "the request is too long"
    return guard.problem(request.method, request.url.path, request.headers, request.cookies)


async def _tagged(request: Request, sent: list[Message], send: Send) -> None:
    """Give an answer a tag of what it says; one that the reader has already stays empty."""
    start, *parts = sent
    headers = MutableHeaders(scope=start)
    body = b"".join(part.get("body", b"") for part in parts)
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    if tag in request.headers.get("if-none-match", ""):
        start["status"], body = 304, b""
        del headers["content-type"], headers["content-length"]
    headers["etag"] = tag
    headers.setdefault("cache-control", "no-cache")
    await send(start)
    await send({"type": "http.response.body", "body": body})


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
