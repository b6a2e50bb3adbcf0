"""How a fetch ended, as an outcome: statuses, kinds of content and everything that can go wrong."""

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.addresses import AskedToWait, ForbiddenAddress, Stopped
from crawler.middlewares import Disallowed, RobotsUnreachable, TooLarge
from press.coverage import Outcome, Rejected

_HTML = ("text/html", "application/xhtml+xml")
_PERHAPS_HTML = ("", "text/xml", "application/xml", "application/octet-stream", "text/plain")

_OF_ERRORS: tuple[tuple[type[BaseException], Outcome], ...] = (
    (Disallowed, Outcome.ROBOTS),
    (RobotsUnreachable, Outcome.ROBOTS_UNREACHABLE),
    (ForbiddenAddress, Outcome.FORBIDDEN_ADDRESS),
    (TooLarge, Outcome.TOO_LARGE),
    (DownloadCancelledError, Outcome.TOO_LARGE),
    (AskedToWait, Outcome.LIMIT),
    (DownloadTimeoutError, Outcome.TIMEOUT),
    (CannotResolveHostError, Outcome.NETWORK_ERROR),
    (IgnoreRequest, Outcome.HTTP_ERROR),  # Scrapy's own: redirected without end
)


def request_of(failure: Failure) -> Request:
    """The request that failed, as Scrapy notes it on the failure."""
    request: Request = failure.request  # type: ignore[attr-defined]
    return request


def of_error(error: BaseException | None) -> Rejected | None:
    """The outcome of a request that got no answer; None when it was never sent."""
    if isinstance(error, Stopped):
        return None
    for kind, outcome in _OF_ERRORS:
        if isinstance(error, kind):
            return Rejected(outcome=outcome, detail=_line(error))
    return Rejected(outcome=Outcome.NETWORK_ERROR, detail=f"{type(error).__name__}: {_line(error)}")


def of_status(response: Response) -> Rejected | None:
    """The outcome of an answer that is no success; None for a success."""
    if 200 <= response.status < 300:
        return None
    detail = f"HTTP status {response.status}"
    if 300 <= response.status < 400:
        location = (response.headers.get("Location") or b"").decode("latin-1")
        detail += f" to {location[:200]}" if location else ""
    return Rejected(outcome=Outcome.HTTP_ERROR, detail=detail)


def of_content(response: Response) -> Rejected | None:
    """The outcome of a success that is no web page; None for a web page."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    kind = kind.partition(";")[0].strip().lower()
    if not response.body.strip():
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="the answer is empty")
    if kind in _HTML:
        return None
    if kind in _PERHAPS_HTML:
        head = response.body[:1000].lower()
        if b"<html" in head or b"<!doctype html" in head:
            return None
    return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail=f"content type {kind or 'missing'}")


def _line(error: BaseException | None) -> str:
    return " ".join(str(error).split())[:300]
