"""Runs a crawl: from a campaign and its index to a report.

::

    sources ── plan ── pages ── analysis ── index      CoverageSpider, pipelines.item
                                             └─ link   clusters and stories
                                                 └─ RunReport

A run can be killed at any moment and simply run again: what was announced is in the ledger
before the source counts as read, and what was fetched is in the index before its URL counts as
dealt with.
"""

import asyncio
import logging
import os
import secrets
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import scrapy
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings

from crawler import settings as project
from crawler.coverage import CoverageSpider
from crawler.downloader import polite
from crawler.fetching import FetchSpider
from crawler.report import Progress, RunReport, SourceResult
from crawler.session import Given, Session
from pipelines.link import link
from press.campaign import Campaign, Source
from press.campaign_file import index_url, load
from press.coverage import Page, Rejected
from search.index import Batch, Index
from search.open import open_index

__all__ = ["Given", "Progress", "RunReport", "SourceResult", "add", "fetch", "run", "run_async"]

LAST_RUN = "last-run"
"""The fact of the index that holds the last run's report as JSON."""

# What goes wrong is in the report; whoever wants Scrapy's log configures logging.
logging.getLogger("scrapy").addHandler(logging.NullHandler())


def run(campaign: Campaign, index: Index, **options: Any) -> RunReport:
    """`run_async`, to its end. Not to be called from within an event loop."""
    return asyncio.run(run_async(campaign, index, **options))


def add(campaign: Campaign, index: Index, urls: Sequence[str | Given], **options: Any) -> RunReport:
    """Fetch and index the pages at `urls`, even those that are known; no source is read."""
    return run(campaign, index, sources=(), extra_urls=urls, resume=False, **options)


async def run_async(
    campaign: Campaign,
    index: Index,
    *,
    now: datetime | None = None,
    sources: Iterable[Source] | None = None,
    extra_urls: Sequence[str | Given] = (),
    resume: bool = True,
    progress: Callable[[Progress], None] | None = None,
    workers: int | None = None,
) -> RunReport:
    """Crawl `sources` (default: all of the campaign's) and the pages they announce, once.

    `now` is the run's time: every page it fetches is dated so. `extra_urls` are fetched even if
    they are known; `resume` takes up what earlier runs left. `workers` is the number of processes
    that analyse pages (default: one for each processor). On SIGINT and SIGTERM the run finishes
    what it has in hand and reports `stopped`; a second signal kills.

    Raises `press.errors.IndexUnavailable` or `IndexUnusable` when the index cannot be written,
    `pipelines.workers.WorkersUnusable` when no page can be analysed, ValueError for an extra URL
    that cannot be fetched; either way the next run goes on.
    """
    started = now or datetime.now(UTC)
    session = Session(
        campaign,
        index,
        run=f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
        now=started,
        sources=tuple(campaign.sources if sources is None else sources),
        given=tuple(g if isinstance(g, Given) else Given(url=g) for g in extra_urls),
        resume=resume,
        workers=workers if workers is not None else os.cpu_count() or 1,
        progress=progress,
    )
    try:
        await session.on_index(session.prepare)
        await _crawl(CoverageSpider, session=session)
        if session.failure is not None:
            raise session.failure
        session.tell(Progress(phase="linking"))
        return await session.on_index(lambda: finish(session))
    finally:
        session.close()


def finish(session: Session) -> RunReport:
    """Decide clusters and stories, write and give the report."""
    link(session.index)
    report = session.report(datetime.now(UTC))
    encoded = msgspec.json.encode(report).decode()
    session.index.write(Batch(facts=((LAST_RUN, encoded),)))
    return report


def session_of_files(campaign: str, index: str | None, kinds: frozenset[str]) -> Session:
    """The session of a crawl that `scrapy crawl` starts. Raises `press.errors.PickupError`."""
    loaded = load(Path(campaign))
    now = datetime.now(UTC)
    session = Session(
        loaded,
        open_index(index_url(campaign, loaded, index, os.environ)),
        run=f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
        now=now,
        sources=tuple(s for s in loaded.sources if s.kind in kinds),
        workers=os.cpu_count() or 1,
    )
    session.prepare()
    return session


def fetch(campaign: Campaign, urls: Sequence[str]) -> Iterator[tuple[str, Page | Rejected]]:
    """Fetch `urls` as politely as a run does, without an index; in the order given."""
    found: dict[str, Page | Rejected] = {}
    asyncio.run(_crawl(FetchSpider, campaign=campaign, urls=tuple(urls), found=found))
    for url in urls:
        if url in found:
            yield url, found[url]


async def _crawl(spider: type[scrapy.Spider], **arguments: Any) -> None:
    settings = Settings()
    settings.setmodule(project, priority="project")
    crawler = Crawler(spider, settings)
    session: Session | None = arguments.get("session")

    def stop() -> None:
        if session is not None:
            session.stopped = True
        _stop(crawler)

    if session is not None:
        session.on_failure = lambda: _stop(crawler)
    with _Signals(stop):
        await AsyncCrawlerRunner(settings).crawl(crawler, **arguments)


def _stop(crawler: Crawler) -> None:
    """Send nothing more, finish what is in hand."""
    engine = crawler._engine  # None before the crawl has begun
    if engine is None or not crawler.crawling:
        return
    polite(crawler).stop()
    task = asyncio.ensure_future(crawler.stop_async())
    _stopping.add(task)
    task.add_done_callback(_stopping.discard)


_stopping: set["asyncio.Task[None]"] = set()
"""Keeps the tasks that stop a crawl until they are done."""


class _Signals:
    """Turns the first SIGINT or SIGTERM into `stop`; the second does what it always does."""

    def __init__(self, stop: Callable[[], None]) -> None:
        self._stop = stop
        self._loop = asyncio.get_running_loop()
        self._caught: list[signal.Signals] = []

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            try:
                self._loop.add_signal_handler(number, self._first)
            except (RuntimeError, ValueError, NotImplementedError):
                return  # not the main thread: whoever runs us there handles signals
            self._caught.append(number)

    def _first(self) -> None:
        self.__exit__()
        self._stop()

    def __exit__(self, *_: object) -> None:
        while self._caught:
            self._loop.remove_signal_handler(self._caught.pop())
