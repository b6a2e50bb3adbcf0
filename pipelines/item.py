"""The item pipeline: fetched pages in, batches of the index out.

::

    PageItem ── worker process ──> Analysis | Rejected ─┐
    Finding (nothing to analyse) ───────────────────────┴─> batch ── settle ──> index.write

Scrapy keeps a page's bytes until `process_item` returns and stops downloading while too many wait
(SCRAPER_SLOT_MAX_ACTIVE_SIZE), so memory is bounded however fast pages come.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, TypeVar

import msgspec
from scrapy.crawler import Crawler

from pipelines.settle import Finding, settle
from pipelines.workers import Job, Workers, WorkersUnusable
from press.campaign import Campaign
from press.coverage import Outcome, Rejected
from press.errors import PickupError
from search.index import Batch, Index, UrlState

BATCH_FINDINGS = 50
BATCH_SECONDS = 1.0
"""A batch is written when it is full or this old. A crash costs at most one batch of work, which
the next run does again; larger batches gain little over SQLite's one sync a transaction."""

T = TypeVar("T")


class PageItem(msgspec.Struct, frozen=True, kw_only=True):
    """A fetched page and its URL's row of the ledger, but for the outcome."""

    state: UrlState
    job: Job

    def __repr__(self) -> str:
        return f"<PageItem {self.state.url} {len(self.job.page.body)} bytes>"


class Crawl(Protocol):
    """What the pipeline needs of the crawl that it belongs to."""

    campaign: Campaign
    index: Index
    workers: int

    def on_index(self, work: Callable[[], T]) -> Awaitable[T]:
        """Do `work` where the index is used, off the event loop, one at a time."""
        ...

    def wrote(self, batch: Batch) -> None:
        """The batch is in the index."""
        ...

    def fail(self, error: PickupError) -> None:
        """The index cannot be written, or no page analysed: the crawl must stop."""
        ...


class AnalysisPipeline:
    """Scrapy's view of the pipeline."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._crawl: Crawl | None = None
        self._workers: Workers | None = None
        self._batches: Batches | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "AnalysisPipeline":
        """Build the pipeline as Scrapy asks for it."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Make ready for the spider's crawl; `scrapy shell` and `scrapy check` have none."""
        self._crawl = getattr(self._crawler.spider, "session", None)
        if self._crawl is not None:
            self._workers = Workers(self._crawl.campaign, self._crawl.workers)
            self._batches = Batches(self._crawl)

    async def process_item(self, item: Any) -> Any:
        """Analyse `item` where it is a page, and give its URL an outcome."""
        if self._crawl is None or self._workers is None or self._batches is None:
            return item
        if isinstance(item, PageItem):
            try:
                result = await self._workers.analyse(item.job)
            except WorkersUnusable as error:
                self._crawl.fail(error)
                return item
            state = item.state
            if isinstance(result, Rejected) and result.outcome is Outcome.TIMEOUT:
                # Not analysed: without a hash the next run does not take it for unchanged.
                state = msgspec.structs.replace(state, body_hash=None, attempts=state.attempts + 1)
            await self._batches.add(Finding(state=state, result=result))
        elif isinstance(item, Finding):
            await self._batches.add(item)
        return item

    async def close_spider(self) -> None:
        """Write what waits, end the workers."""
        if self._batches is not None:
            await self._batches.flush()
        if self._workers is not None:
            self._workers.close()


class Batches:
    """Collects findings and writes them, each batch in one transaction."""

    def __init__(self, crawl: Crawl) -> None:
        self._crawl = crawl
        self._waiting: list[Finding] = []
        self._writing = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None

    async def add(self, finding: Finding) -> None:
        """Put `finding` into the batch; waits while a full batch is written."""
        self._waiting.append(finding)
        if len(self._waiting) >= BATCH_FINDINGS:
            await self.flush()
        elif self._timer is None or self._timer.done():
            self._timer = asyncio.create_task(self._later())

    async def _later(self) -> None:
        await asyncio.sleep(BATCH_SECONDS)
        await self.flush()

    async def flush(self) -> None:
        """Write what waits. An index that fails stops the crawl; its URLs stay pending."""
        async with self._writing:
            findings, self._waiting = self._waiting, []
            if not findings:
                return
            try:
                batch = await self._crawl.on_index(lambda: _write(self._crawl.index, findings))
            except PickupError as error:
                self._crawl.fail(error)
            else:
                self._crawl.wrote(batch)


def _write(index: Index, findings: Sequence[Finding]) -> Batch:
    batch = settle(index, findings)
    index.write(batch)
    return batch
