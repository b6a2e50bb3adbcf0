"""Serves the demo press on loopback: one port for each outlet, validators and all.

::

    with PressServer() as server:
        server.base["ledger"]   # http://127.0.0.1:43817
        server.requests         # what was asked, in order

Only 127.0.0.1 is bound, and no page links anywhere else.
"""

import gzip
import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Self

import msgspec

from demo.site import Paper, Site

LOOPBACK = "127.0.0.1"
POLL_SECONDS = 0.02


class Request(msgspec.Struct, frozen=True):
    """One request that the press answered."""

    outlet: str
    path: str
    status: int
    user_agent: str
    conditional: bool
    """True when it carried an If-None-Match."""


class PressServer:
    """The demo press while it is being served; a context manager."""

    def __init__(self, site: Site | None = None) -> None:
        self.site = site or Site()
        self.base: dict[str, str] = {}
        self.requests: list[Request] = []
        self._servers: list[ThreadingHTTPServer] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        for paper in self.site.papers:
            server = ThreadingHTTPServer((LOOPBACK, 0), _handler(self, paper))
            self._servers.append(server)
            self.base[paper.id] = f"http://{LOOPBACK}:{server.server_address[1]}"
        for server in self._servers:
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": POLL_SECONDS}, daemon=True
            )
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()


def _handler(press: PressServer, outlet: Paper) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        server_of = press
        paper = outlet

    return Handler


class _Handler(BaseHTTPRequestHandler):
    server_of: ClassVar[PressServer]
    paper: ClassVar[Paper]
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        status, headers, body = self._answer(path)
        self.server_of.requests.append(
            Request(
                self.paper.id,
                self.path,
                status,
                self.headers.get("User-Agent", ""),
                "If-None-Match" in self.headers,
            )
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def _answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, self.paper.robots.encode()
        route = self.paper.routes.get(path)
        if route is None:
            return 404, {"Content-Type": "text/plain"}, b"404\n"
        if route.redirect is not None:
            return 302, {"Location": route.redirect, "Content-Type": "text/plain"}, b""
        body = self.server_of.site.content(self.paper, path, self.server_of.base)
        headers = {"Content-Type": route.type}
        if route.status != 200:
            return route.status, headers, body
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers["ETag"] = etag
        if self.headers.get("If-None-Match") == etag:
            return 304, headers, b""
        if route.gzip and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            body = gzip.compress(body, mtime=0)
        return 200, headers, body

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the demo."""
