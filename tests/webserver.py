"""A web server on this machine that behaves as a test tells it, and a guard on connections."""

import socket
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCAL = "127.0.0.1"


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__((LOCAL, 0), Handler)
        self.pages = {}
        self.asked = Counter()
        self.requests = []

    def url(self, path, host=LOCAL):
        return f"http://{host}:{self.server_port}{path}"

    def handle_error(self, request, client_address):
        pass  # a client that hangs up is what some tests are about


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        self.server.asked[path] += 1
        self.server.requests.append((self.path, dict(self.headers)))
        page = self.server.pages.get(path)
        if page is None:
            self.answer(404, b"not here")
        elif callable(page):
            page(self)
        else:
            self.answer(200, page)

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextmanager
def serving():
    """Run a server while the block lasts."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def guarded(monkeypatch):
    """Let no connection leave this machine; give the list of all addresses that were to be connected to."""
    tried = []
    connect = socket.socket.connect

    def guard(self, address):
        tried.append(address[0])
        if address[0] != LOCAL:
            raise ConnectionRefusedError(f"the guard refuses {address[0]}")
        return connect(self, address)

    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", guard)
        yield tried


class Clock:
    """A clock that stands still until somebody sleeps."""

    def __init__(self, start=1_000.0):
        self.seconds = start
        self.slept = []

    def __call__(self):
        return self.seconds

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.seconds += seconds
