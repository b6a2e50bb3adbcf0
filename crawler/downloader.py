"""The pace of each site: one request at a time, never faster than it asks.

Scrapy's downloader keeps a slot for each host. Here a slot belongs to a host and port, a redirect
to another site waits in that site's slot, and a slot has a floor: the site's Crawl-delay or the
wait that a 429 or 503 asked for, below which AutoThrottle cannot push it.
"""

from time import monotonic
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached


class PoliteSlot(Slot):
    """A slot whose delay has a floor."""

    def __init__(self, owner: "PoliteDownloader", key: str, concurrency: int, delay: float) -> None:
        super().__init__(concurrency, delay, jitter=0.0)
        self._owner = owner
        self._key = key

    def download_delay(self) -> float:
        """Seconds between the starts of two requests."""
        owner = self._owner
        if owner.stopping or self._key in owner.closed:
            return 0.0
        pace = max(float(self.delay), owner.floors.get(self._key, 0.0))
        return max(pace, owner.resting.get(self._key, 0.0) - float(self.lastseen))


class PoliteDownloader(Downloader):
    """Scrapy's downloader with a floor for each site, and a quick way to stop."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.floors: dict[str, float] = {}
        self.resting: dict[str, float] = {}
        """Until when (monotonic) a site gets no request."""
        self.closed: dict[str, str] = {}
        """Sites that get no more requests in this run, and why."""
        self.stopping = False

    def get_slot_key(self, request: Request) -> str:
        """Host and port, whatever slot the request waited in before it was redirected."""
        return urlparse_cached(request).netloc.lower()

    def _get_slot(self, request: Request, spider: Any = None) -> tuple[str, Slot]:
        key = self.get_slot_key(request)
        if key not in self.slots:
            self.slots[key] = PoliteSlot(self, key, self.domain_concurrency, self._delay)
            self._start_slot_gc()
        return key, self.slots[key]

    def slow_down(self, request: Request, seconds: float) -> None:
        """Keep at least `seconds` between requests to this request's site."""
        key = self.get_slot_key(request)
        self.floors[key] = max(self.floors.get(key, 0.0), seconds)

    def rest(self, request: Request, seconds: float) -> None:
        """Send nothing to this request's site for `seconds`."""
        key, slot = self._get_slot(request)
        self.resting[key] = max(self.resting.get(key, 0.0), monotonic() + seconds)
        self._again(slot)

    def close_site(self, request: Request, reason: str) -> None:
        """Send nothing more to this request's site."""
        key, slot = self._get_slot(request)
        self.closed[key] = reason
        self._again(slot)

    def stop(self) -> None:
        """Let all that waits run into the handler's refusal now instead of after its delay."""
        self.stopping = True
        for slot in list(self.slots.values()):
            self._again(slot)

    def _again(self, slot: Slot) -> None:
        slot.close()
        self._process_queue(slot)


def polite(crawler: Crawler) -> PoliteDownloader:
    """The downloader of `crawler`."""
    downloader = crawler.engine.downloader
    if not isinstance(downloader, PoliteDownloader):
        raise TypeError("the setting DOWNLOADER names another downloader")
    return downloader
