"""One run's state: what it works on, what it plans, what it has counted.

The spider asks it what to fetch and tells it what came; the item pipeline writes through it.
All work on the index goes through one thread, so that the event loop never waits for a disk.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import msgspec

from crawler.report import FAILURES, Progress, RunReport, SourceResult
from crawler.schedule import Candidate, Plan
from pipelines.reanalyse import reanalyse
from press.campaign import Campaign, Source
from press.coverage import Hints, Outcome
from press.errors import PickupError
from press.urls import clean
from search.index import Batch, Index, UrlState

MAX_ERRORS = 100
"""Lines of `RunReport.errors`; the ledger has them all."""

T = TypeVar("T")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A page that staff name: asked for even if it is known."""

    url: str
    outlet: str | None = None
    published: str | None = None
    """ISO 8601, for a page that does not say it."""


class Session:
    """What one run shares between its spider, the item pipeline and the report."""

    def __init__(
        self,
        campaign: Campaign,
        index: Index,
        *,
        run: str,
        now: datetime,
        sources: tuple[Source, ...],
        given: tuple[Given, ...] = (),
        resume: bool = True,
        workers: int,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.campaign = campaign
        self.index = index
        self.run = run
        self.now = now
        self.sources = sources
        self.given = given
        self.workers = workers
        self.plan = Plan(now, campaign.politeness.recheck_days)
        self.source_rows: dict[str, UrlState] = {}
        """The ledger's rows of sources, those of sitemaps in an index included."""
        self.results: list[SourceResult] = []
        self.planned: list[UrlState] = []
        self.failure: PickupError | None = None
        self.faults: list[str] = []
        """Exceptions that nobody expected; what they hit stays pending."""
        self.stopped = False
        self.on_failure: Callable[[], None] = lambda: None
        self._resume = resume
        self._progress = progress
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")
        self._settled: set[str] = set()
        self._discovered: set[str] = set()

    def on_index(self, work: Callable[[], T]) -> Awaitable[T]:
        """Do `work` in the thread of the index."""
        return asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """End the thread of the index."""
        self._thread.shutdown(wait=True)

    def prepare(self) -> None:
        """Read what earlier runs left, with what the campaign says now.

        Runs in the thread of the index.
        """
        reanalyse(
            self.campaign,
            self.index,
            progress=lambda done: self.tell(Progress(phase="reanalysis", done=done)),
        )
        left = []
        for row in self.index.ledger():
            if row.kind == "source":
                self.source_rows[row.url] = row
            else:
                left.append(row)
        if self._resume:
            self.plan.resume(left)
        own = [
            Candidate(url=clean(s.url), source=s.url, outlet=s.outlet)
            for s in self.sources
            if s.kind == "page"
        ]
        staff = [
            Candidate(
                url=clean(g.url),
                source="user",
                outlet=g.outlet,
                hints=Hints(source="user", published=g.published),
                always=True,
            )
            for g in self.given
        ]
        self._announce([*own, *staff], ())

    def children(self, root: str) -> list[str]:
        """The sitemaps that `root`, an index of sitemaps, listed when it was last read."""
        return sorted(r.url for r in self.source_rows.values() if r.source == root != r.url)

    async def announce(
        self, candidates: Sequence[Candidate], source: UrlState, others: Sequence[UrlState] = ()
    ) -> int:
        """Plan what a source lists and note its new state (and `others`), in one transaction.

        Gives how many of the candidates are new.
        """
        return await self.on_index(lambda: self._announce(candidates, (source, *others)))

    def _announce(self, candidates: Sequence[Candidate], sources: Sequence[UrlState]) -> int:
        places = {s.url for s in self.sources if s.kind != "page"} | self.source_rows.keys()
        candidates = [c for c in candidates if c.url not in places]
        known = self.index.url_states([c.url for c in candidates])
        rows, new = self.plan.announce(candidates, known)
        self.source_rows.update((row.url, row) for row in sources)
        if rows or sources:
            self.index.write(Batch(urls=(*rows, *sources)))
        return new

    async def schedule(self) -> list[UrlState]:
        """The pages to ask for, now that every source is read; the rest reaches the limit."""
        pages, beyond = self.plan.pages(self.campaign.politeness.max_pages)
        self._discovered = {row.url for row in (*pages, *beyond)}
        if beyond:
            limited = Batch(
                urls=tuple(
                    msgspec.structs.replace(
                        row, outcome=Outcome.LIMIT, detail="max_pages", run=self.run
                    )
                    for row in beyond
                )
            )
            await self.on_index(lambda: self.index.write(limited))
            self.wrote(limited)
        self.planned = pages
        return pages

    def wrote(self, batch: Batch) -> None:
        """Count what `batch` settled."""
        self._settled.update(r.url for r in batch.urls if r.run == self.run and r.outcome)
        self.tell(Progress(phase="pages", done=len(self._settled), total=len(self._discovered)))

    def fail(self, error: PickupError) -> None:
        """Stop: the index cannot be written, or no page analysed."""
        if self.failure is None:
            self.failure = error
            self.on_failure()

    def tell(self, progress: Progress) -> None:
        """Pass `progress` on to whoever watches."""
        if self._progress is not None:
            self._progress(progress)

    def report(self, finished: datetime) -> RunReport:
        """The report of this run, counted in the ledger."""
        outcomes: Counter[str] = Counter()
        errors = [*self.faults]
        errors += [f"{s.url}: {s.detail}" for s in self.results if s.status == "failed"]
        counted = set()
        for row in self.index.ledger(run=self.run):
            if row.kind != "page" or row.outcome is None or row.url not in self._discovered:
                continue
            counted.add(row.url)
            outcomes[row.outcome.value] += 1
            if row.outcome in FAILURES and len(errors) < MAX_ERRORS:
                errors.append(f"{row.url}: {row.outcome.value}: {row.detail}")
        if not self._discovered:
            self._discovered = {row.url for row in self.plan.pages(0)[1]}
        return RunReport(
            run=self.run,
            started=self.now.isoformat(),
            finished=finished.isoformat(),
            discovered=len(self._discovered),
            outcomes=dict(sorted(outcomes.items())),
            pending=len(self._discovered - counted),
            known=len(self.plan.known),
            sources=tuple(sorted(self.results, key=lambda r: (r.url, r.kind))),
            errors=tuple(errors[:MAX_ERRORS]),
            stopped=self.stopped,
        )
