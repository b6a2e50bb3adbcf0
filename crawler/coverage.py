"""The spider that all spiders are: read every source, then fetch the pages they announce.

One crawl has one spider, so that all requests to one site share one queue. The spiders in
`crawler.spiders` differ in the kinds of sources they read.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

import msgspec
import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import outcomes
from crawler.fetching import page_of
from crawler.report import Progress
from crawler.session import Session
from crawler.settings import settings_of
from crawler.sources import Reading, SourceReader
from pipelines.item import PageItem
from pipelines.settle import Finding
from pipelines.workers import Job
from press.coverage import Outcome, Rejected
from search.index import UrlState

_FAILED_FETCH = frozenset({Outcome.LIMIT, Outcome.ROBOTS, Outcome.ROBOTS_UNREACHABLE})
"""Outcomes for which nothing was asked of the page itself."""


class CoverageSpider(scrapy.Spider):
    """Reads sources of these kinds, and fetches what they announce.

    Arguments: ``campaign`` (the campaign file), ``index`` (the index's URL; else as `pickup run`
    chooses it).
    """

    name = "coverage"
    kinds: ClassVar[frozenset[str]] = frozenset({"feed", "sitemap", "list", "page"})

    def __init__(self, session: Session | None = None, **arguments: str) -> None:
        super().__init__(**arguments)
        self.session = session
        self._reader: SourceReader | None = None
        self._reading = 0
        self._all_read = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "CoverageSpider":
        """Build the spider and apply the campaign's settings.

        From the command line (`scrapy crawl`) it opens campaign and index itself.
        """
        spider: CoverageSpider = super().from_crawler(crawler, *args, **kwargs)
        campaign: str | None = getattr(spider, "campaign", None)
        if spider.session is None and campaign:
            from crawler.run import session_of_files

            spider.session = session_of_files(campaign, getattr(spider, "index", None), cls.kinds)
            crawler.signals.connect(spider.finish_alone, scrapy.signals.spider_closed)
        if spider.session is not None:
            crawler.signals.connect(spider.note_fault, scrapy.signals.spider_error)
            crawler.signals.connect(spider.note_fault, scrapy.signals.item_error)
            crawler.settings.setdict(settings_of(spider.session.campaign), priority="spider")
        return spider

    def note_fault(self, failure: Failure) -> None:
        """Keep an exception that nobody expected for the report."""
        if self.session is not None:
            self.session.faults.append(f"internal error: {failure.value!r}")

    async def finish_alone(self) -> None:
        """Link and report at the end of a crawl that `scrapy crawl` started."""
        from crawler.run import finish

        session = self._require_session()
        report = await session.on_index(lambda: finish(session))
        session.close()
        session.index.close()
        self.logger.info("run report: %s", msgspec.json.encode(report).decode())

    def _require_session(self) -> Session:
        if self.session is None:
            raise scrapy.exceptions.CloseSpider("no campaign: give -a campaign=FILE")
        return self.session

    async def start(self) -> AsyncIterator[Any]:
        """Requests for all sources; when they are read, requests for the pages."""
        session = self._require_session()
        self._reader = SourceReader(session)
        for reading in self._reader.first():
            self._reading += 1
            yield self._source_request(reading)
        session.results = self._reader.results()
        if self._reading:
            await self._all_read.wait()
        pages = await session.schedule()
        session.tell(Progress(phase="pages", total=len(pages)))
        for state in pages:
            yield self._page_request(state)

    # sources

    def _source_request(self, reading: Reading) -> scrapy.Request:
        return scrapy.Request(
            reading.url,
            headers=_conditional(reading.state),
            callback=self.read_source,
            errback=self.source_failed,
            cb_kwargs={"reading": reading},
            meta={"download_maxsize": reading.max_bytes} if reading.max_bytes else {},
            dont_filter=True,
        )

    async def read_source(self, response: Response, reading: Reading) -> AsyncIterator[Any]:
        """Plan what the source lists; a sitemap's index leads to further sources."""
        reader = self._reader
        if reader is None:
            return
        try:
            for further in await reader.answer(reading, response):
                self._reading += 1
                yield self._source_request(further)
        finally:
            self._source_done()

    async def source_failed(self, failure: Failure) -> None:
        """Note that a source did not answer."""
        reading: Reading = outcomes.request_of(failure).cb_kwargs["reading"]
        rejected = outcomes.of_error(failure.value)
        try:
            if self._reader is not None and rejected is not None:
                await self._reader.failed(reading, rejected)
        finally:
            self._source_done()

    def _source_done(self) -> None:
        self._reading -= 1
        if self._reader is not None and self.session is not None:
            done = self._reader.read
            self.session.tell(Progress(phase="sources", done=done, total=done + self._reading))
            self.session.results = self._reader.results()
        if self._reading == 0:
            self._all_read.set()

    # pages

    def _page_request(self, state: UrlState) -> scrapy.Request:
        return scrapy.Request(
            state.url,
            headers=_conditional(state),
            callback=self.read_page,
            errback=self.page_failed,
            cb_kwargs={"state": state},
            dont_filter=True,
        )

    def read_page(self, response: Response, state: UrlState) -> Iterator[Any]:
        """Hand the page to the item pipeline, or say why there is none."""
        session = self._require_session()
        if response.status == 304:
            row = self._row(state, response, state.body_hash)
            kept = msgspec.structs.replace(row, final_url=state.final_url, status=304)
            yield Finding(state=kept, result=None)
            return
        failed = outcomes.of_status(response)
        if failed is not None:
            yield self._failure(state, failed, response.status)
            return
        digest = hashlib.sha256(response.body).hexdigest()
        row = self._row(state, response, digest)
        rejected = outcomes.of_content(response)
        if rejected is not None:
            yield Finding(state=row, result=rejected)
        elif digest == state.body_hash and response.url == state.final_url:
            yield Finding(state=row, result=None)
        else:
            page = page_of(response, state.url, session.now)
            job = Job(page=page, hints=state.hints, outlet=state.outlet)
            yield PageItem(state=row, job=job)

    def page_failed(self, failure: Failure) -> Iterator[Any]:
        """Give a page that was not answered its outcome."""
        state: UrlState = outcomes.request_of(failure).cb_kwargs["state"]
        rejected = outcomes.of_error(failure.value)
        if rejected is not None:
            yield self._failure(state, rejected, None)

    def _row(self, state: UrlState, response: Response, digest: str | None) -> UrlState:
        session = self._require_session()
        return msgspec.structs.replace(
            state,
            status=response.status,
            final_url=response.url,
            etag=_header(response, "ETag") or (state.etag if response.status == 304 else None),
            last_modified=_header(response, "Last-Modified")
            or (state.last_modified if response.status == 304 else None),
            body_hash=digest,
            fetched_at=session.now.isoformat(),
            attempts=0,
            run=session.run,
        )

    def _failure(self, state: UrlState, rejected: Rejected, status: int | None) -> Finding:
        session = self._require_session()
        tried = rejected.outcome not in _FAILED_FETCH or (
            rejected.outcome is Outcome.ROBOTS_UNREACHABLE
        )
        row = msgspec.structs.replace(
            state,
            status=status,
            attempts=state.attempts + (1 if tried else 0),
            run=session.run,
        )
        return Finding(state=row, result=rejected)


def _conditional(state: UrlState | None) -> dict[str, str]:
    """The headers that ask for an answer only if it has changed (RFC 9110, 13.1)."""
    if state is None or state.body_hash is None:
        return {}
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in headers.items() if value}


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
