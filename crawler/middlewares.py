"""What every request and every answer passes on its way: robots.txt, bounds, requests to wait.

Each refusal is an exception of its own, so that the page's outcome can name it.
"""

import asyncio
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.addresses import AskedToWait, ForbiddenAddress, Stopped
from crawler.downloader import polite
from crawler.robots import Rules

MAX_WAIT = 60.0
"""Seconds; a site that asks for a longer wait than this is left alone for the rest of the run."""

FIRST_WAIT = 5.0
"""Seconds of rest after a 429 or 503 that does not say how long."""

_ROBOTS_PRIORITY = 1000


class Disallowed(IgnoreRequest):
    """The site's robots.txt forbids this URL."""


class RobotsUnreachable(IgnoreRequest):
    """The site's robots.txt cannot be had now, so nothing may be fetched (RFC 9309, 2.3.1.4)."""


class TooLarge(IgnoreRequest):
    """The body unpacks to more than the campaign allows."""


class RobotsMiddleware:
    """Obeys robots.txt, and fails closed.

    2xx: its rules; 4xx: no rules; 5xx, no answer, endless redirects: nothing may be fetched from
    this site in this run. Asked once a run and site (scheme, host and port).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._token = str(crawler.settings["PICKUP_TOKEN"])
        self._sites: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """Build the middleware as Scrapy asks for it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `Disallowed` or `RobotsUnreachable` where `request` may not be sent."""
        if request.meta.get("robots"):
            return
        parts = urlparse_cached(request)
        if parts.scheme not in ("http", "https"):
            return
        rules = await self._rules(f"{parts.scheme}://{parts.netloc}".lower())
        if rules.delay:
            polite(self._crawler).slow_down(request, rules.delay)
        if not rules.allows(request.url):
            raise Disallowed("robots.txt forbids it")

    async def _rules(self, site: str) -> Rules:
        known = self._sites.get(site)
        if known is None:
            known = self._sites[site] = asyncio.get_running_loop().create_future()
            try:
                known.set_result(await self._ask(site))
            except BaseException as error:
                known.set_exception(error)
                known.exception()  # seen here; whoever waits gets it too
        return await asyncio.shield(known)

    async def _ask(self, site: str) -> Rules:
        request = Request(
            f"{site}/robots.txt",
            priority=_ROBOTS_PRIORITY,
            meta={"robots": True},
            callback=NO_CALLBACK,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except (ForbiddenAddress, Stopped, AskedToWait):
            raise
        except Exception as error:
            raise RobotsUnreachable(f"robots.txt: {type(error).__name__}: {error}") from error
        if 200 <= response.status < 300:
            return Rules(response.body, self._token)
        if 400 <= response.status < 500 and response.status != 429:
            return Rules(b"", self._token)
        raise RobotsUnreachable(f"robots.txt: HTTP status {response.status}")


class BoundedCompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's decompression, which stops at DOWNLOAD_MAXSIZE, with a refusal that can be told."""

    def process_response(
        self, request: Request, response: Response, spider: Any = None
    ) -> Request | Response:
        """Unpack the body. Raises `TooLarge`."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise TooLarge("unpacks to more than max_page_bytes") from error


class WaitMiddleware:
    """Honours Retry-After on 429 and 503: the whole site rests, then the request is tried again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        # Before the site's next request is let go, which is before `process_response`.
        crawler.signals.connect(self._answered, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WaitMiddleware":
        """Build the middleware as Scrapy asks for it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise `AskedToWait` for a site that is left alone for the rest of this run."""
        downloader = polite(self._crawler)
        reason = downloader.closed.get(downloader.get_slot_key(request))
        if reason is not None:
            raise AskedToWait(reason)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise `AskedToWait` instead of letting the request be tried again too soon."""
        if response.status in (429, 503):
            self.process_request(request)
        return response

    def _answered(self, response: Response, request: Request) -> None:
        if response.status not in (429, 503):
            return
        downloader = polite(self._crawler)
        wait = retry_after(response)
        if wait is None:
            wait = FIRST_WAIT * (1 + request.meta.get("retry_times", 0))
        if wait > MAX_WAIT:
            reason = f"HTTP status {response.status}: asked to wait {wait:.0f} seconds"
            downloader.close_site(request, reason)
        else:
            downloader.rest(request, wait)


def retry_after(response: Response) -> float | None:
    """Seconds that the answer asks to wait (RFC 9110, 10.2.3), by the server's own clock."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
        asked = parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1"))
        return max(0.0, (until - asked).total_seconds())
    except (ValueError, TypeError):
        return None
