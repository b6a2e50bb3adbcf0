"""Worker processes that analyse pages, each on its own, so that one bad page costs one page.

A page can take a parser down with it or keep it busy for ever. Every worker is a pool of one
process: when it dies or takes too long, the page that it had is to blame and nobody else's.
"""

import asyncio
import contextlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import msgspec

from press.campaign import Campaign
from press.coverage import Analysis, Hints, Outcome, Page, Rejected
from press.errors import PickupError

if TYPE_CHECKING:
    from pipelines.analyse import Analyser

PAGE_SECONDS = 60.0
"""How long one page may take; the slowest of the 990 real pages of the extraction benchmark takes
a fraction of a second, so that a page beyond this is one that never ends."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A page to analyse, with what its source says of it."""

    page: Page
    hints: Hints | None = None
    outlet: str | None = None


class WorkersUnusable(PickupError):
    """No page can be analysed: the fault is not a page's."""


_analyser: "Analyser | None" = None
_fault: Exception | None = None


def _prepare(campaign: Campaign) -> None:
    """Run once in each worker: build the analyser, leave signals to the parent, end with it."""
    global _analyser, _fault  # noqa: PLW0603 - a worker process has exactly one
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            multiprocessing.connection.wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        from pipelines.analyse import Analyser  # heavy, and needed in no other process

        _analyser = Analyser.of(campaign)
    except Exception as error:
        _fault = error


def _ready() -> tuple[int, str | None]:
    """The worker's process id, and why it cannot work."""
    return os.getpid(), f"{type(_fault).__name__}: {_fault}" if _fault else None


def _analyse(job: Job) -> Analysis | Rejected:
    if _analyser is None:
        raise RuntimeError("the worker has not been prepared")
    return analyse(_analyser, job)


def analyse(analyser: "Analyser", job: Job) -> Analysis | Rejected:
    """What `job` yields; a page that the analysis cannot take is rejected, never raised."""
    try:
        return analyser.page(job.page, hints=job.hints, outlet=job.outlet)
    except (Exception, RecursionError) as error:
        return Rejected(outcome=Outcome.UNPARSABLE, detail=f"{type(error).__name__}: {error}"[:300])


class Workers:
    """Analyses pages in `count` processes."""

    def __init__(self, campaign: Campaign, count: int, *, seconds: float = PAGE_SECONDS) -> None:
        self._campaign = campaign
        self._seconds = seconds
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        for _ in range(max(1, count)):
            self._add()

    def _add(self) -> None:
        worker = _Worker(self._campaign)
        self._all.add(worker)
        self._idle.put_nowait(worker)

    async def analyse(self, job: Job) -> Analysis | Rejected:
        """What `job` yields, as soon as a worker is free. Raises `WorkersUnusable`."""
        worker = await self._idle.get()
        try:
            result = await asyncio.wait_for(
                asyncio.wrap_future(await worker.submit(job)), self._seconds
            )
        except TimeoutError:
            self._replace(worker)
            detail = f"the analysis took longer than {self._seconds:g} seconds"
            return Rejected(outcome=Outcome.TIMEOUT, detail=detail)
        except BrokenProcessPool:
            self._replace(worker)
            detail = "the analysis ended its worker process"
            return Rejected(outcome=Outcome.UNPARSABLE, detail=detail)
        except BaseException:
            self._replace(worker)
            raise
        self._idle.put_nowait(worker)
        return result

    def _replace(self, worker: "_Worker") -> None:
        self._all.discard(worker)
        worker.kill()
        self._add()

    def close(self) -> None:
        """End all worker processes."""
        for worker in self._all:
            worker.kill()
        self._all.clear()


class _Worker:
    """A pool of one process, started with its first page."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._pool: ProcessPoolExecutor | None = None
        self._pid: int | None = None

    async def submit(self, job: Job) -> "Future[Analysis | Rejected]":
        """Hand over `job`; the first time, wait for the process to be ready.

        Raises `WorkersUnusable`.
        """
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_prepare,
                initargs=(self._campaign,),
            )
            try:
                self._pid, fault = await asyncio.wrap_future(self._pool.submit(_ready))
            except BrokenProcessPool as error:
                raise WorkersUnusable(f"the analysis cannot start: {error}") from error
            if fault is not None:
                raise WorkersUnusable(f"the analysis cannot start: {fault}")
        return self._pool.submit(_analyse, job)

    def kill(self) -> None:
        if self._pool is None:
            return
        if self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._pool.shutdown(wait=True, cancel_futures=True)
