"""Show a desk in a browser: `serve`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from tidende.cli.common import DeskFile, opened, say
from tidende.errors import MissingExtra, UsageError

_TOKEN = "TIDENDE_TOKEN"  # the variable, not a secret
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"  # numpy reads it when it is loaded


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)


def serve(
    *,
    desk: DeskFile = None,
    host: Annotated[str, typer.Option(metavar="HOST", help="Address to answer at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to answer at.")] = 8080,
    token: Annotated[
        str, typer.Option(metavar="TOKEN", help=f"What writing asks for; better given in ${_TOKEN}.")
    ] = "",
    closed: Annotated[bool, typer.Option("--closed", help="Ask for the token for reading too.")] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further name of this machine; may be given again."),
    ] = None,
) -> None:
    """Show the desk as pages, and as JSON under /api/v1, until Ctrl-C.

    Only this machine is answered unless HOST is another address, which asks for a token.
    """
    os.environ.setdefault(_BLAS_THREADS, "1")  # many are answered side by side: threads of each only hinder
    try:
        import uvicorn

        from tidende.parse.runtime import THREADS
        from tidende.web import create_app
        from tidende.web.guard import Guard, is_loopback
    except ModuleNotFoundError as error:
        raise MissingExtra("the web page", "web") from error
    given = token or os.environ.get(_TOKEN, "")
    if not is_loopback(host) and not given:
        raise UsageError(f"{host} can be reached from other machines: give a token (--token or ${_TOKEN})")
    if closed and not given:
        raise UsageError(f"nobody could read: give a token (--token or ${_TOKEN})")
    with opened(desk, create=True):
        pass  # a desk that cannot be opened is told here, not at the first reader
    names = {"localhost", "127.0.0.1", "::1", *(name or ())} if is_loopback(host) else set(name or ())
    os.environ.setdefault(THREADS, "1")
    app = create_app(desk, guard=Guard(given, closed, frozenset(names)))
    say(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
