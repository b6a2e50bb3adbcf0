"""A real HTTP server on loopback whose answers a test writes, and which keeps a request log."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from press.campaign import Campaign, Outlet, Politeness, Source


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    type: str | None = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    """Seconds between two pieces of the body."""
    length: int | None = None
    """Content-Length to claim; -1 claims none and closes."""


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    at: float
    in_flight: int


Route = Answer | Callable[[Asked], Answer]


class Site:
    """Use as a context manager. `routes` maps a path with its query to an answer."""

    def __init__(self, **routes: Route) -> None:
        self.routes: dict[str, Route] = {"/robots.txt": Answer("", type="text/plain")}
        self.log: list[Asked] = []
        self._flight = 0
        self._lock = threading.Lock()

    def __enter__(self) -> "Site":
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                site._answer(self)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._lock:
            self._flight += 1
            asked = Asked(handler.path, dict(handler.headers), time.monotonic(), self._flight)
            self.log.append(asked)
        try:
            route = self.routes.get(handler.path, Answer("nothing here", status=404))
            answer = route(asked) if callable(route) else route
            self._send(handler, answer)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            with self._lock:
                self._flight -= 1

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        body = body.replace(b"{{BASE}}", self.url.encode())
        time.sleep(answer.delay)
        handler.send_response(answer.status)
        if answer.type is not None:
            handler.send_header("Content-Type", answer.type)
        for name, value in answer.headers.items():
            handler.send_header(name, value.replace("{{BASE}}", self.url))
        handler.close_connection = answer.length is not None
        if answer.length != -1 and answer.status != 304:
            handler.send_header("Content-Length", str(answer.length or len(body)))
        handler.end_headers()
        if answer.drip:
            for at in range(len(body)):
                handler.wfile.write(body[at : at + 1])
                handler.wfile.flush()
                time.sleep(answer.drip)
        else:
            handler.wfile.write(body)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.log if asked.path != "/robots.txt"]

    def forget(self) -> None:
        self.log.clear()


def article(headline: str, *paragraphs: str, canonical: str | None = None) -> str:
    """A web page of an invented newspaper."""
    filler = (
        (
            "The council of Larkmouth met on Tuesday evening in the old customs house, where about "
            "eighty people had come to hear what would become of the harbor and its ferries."
        ),
        (
            "Members spoke for nearly three hours, and the mayor promised an answer before the "
            "winter timetable begins, although several said that they had heard this before."
        ),
    )
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    body = "".join(f"<p>{text}</p>" for text in (*paragraphs, *filler))
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title>{link}</head>"
        f"<body><article><h1>{headline}</h1>{body}</article></body></html>"
    )


def rss(*links: str, date: str | None = None) -> Answer:
    """A feed whose entries lead to `links`."""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    items = "".join(f"<item><title>A story</title><link>{x}</link>{dated}</item>" for x in links)
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{items}'
    return Answer(f"{text}</channel></rss>", type="application/rss+xml")


def campaign(*sources: tuple[str, str], site: Site | None = None, **polite: object) -> Campaign:
    """A campaign on loopback: sources as (kind, URL), small delays."""
    outlets = (Outlet(name="The Larkmouth Ledger", hosts=(site.host,)),) if site else ()
    settings = {"delay": 0.0, "timeout": 5.0, "allow_private": True, **polite}
    return Campaign(
        name="Keep the ferries",
        contact="mailto:press@ferries.example",
        outlets=outlets,
        sources=tuple(
            Source(kind=kind, url=url, outlet=outlets[0].name if outlets else None)
            for kind, url in sources
        ),
        politeness=Politeness.model_validate(settings),
    )


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
