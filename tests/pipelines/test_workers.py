"""A page that kills or blocks its worker costs that page and no other."""

import asyncio
import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime

import pytest

from pipelines.workers import Job, Workers, WorkersUnusable
from press.campaign import Campaign
from press.coverage import Analysis, Outcome, Page, Rejected

PLAN = Campaign(name="Keep the ferries", contact="mailto:press@ferries.example")
TEXT = "The council of Larkmouth met on Tuesday in the customs house to speak of the ferries. " * 5


def job(name: str) -> Job:
    body = f"<html><body><article><h1>{name}</h1>{f'<p>{TEXT}</p>' * 3}</article></body>"
    url = f"https://n.example/2024/03/{name}"
    at = datetime(2024, 3, 20, tzinfo=UTC)
    page = Page(requested_url=url, url=url, status=200, body=body.encode(), fetched_at=at)
    return Job(page=page)


def worker_ids() -> set[int]:
    return {p.pid for p in multiprocessing.active_children() if p.pid}


async def together(workers: Workers, jobs: list[Job]) -> list[Analysis | Rejected]:
    return list(await asyncio.gather(*(workers.analyse(j) for j in jobs)))


def test_pages_are_analysed_in_processes_that_end_with_the_workers() -> None:
    async def crawl() -> list[Analysis | Rejected]:
        workers = Workers(PLAN, 2)
        try:
            return await together(workers, [job(f"story-number-{n}") for n in range(5)])
        finally:
            assert worker_ids()
            workers.close()

    found = asyncio.run(crawl())
    urls = [r.article.url for r in found if isinstance(r, Analysis)]
    assert urls == [f"https://n.example/2024/03/story-number-{n}" for n in range(5)]
    assert not worker_ids()


def test_a_worker_that_dies_costs_its_page_only() -> None:
    async def crawl() -> list[Analysis | Rejected]:
        workers = Workers(PLAN, 1)
        try:
            first = await workers.analyse(job("story-number-one"))
            (pid,) = worker_ids()
            os.kill(pid, signal.SIGSTOP)
            busy = asyncio.create_task(workers.analyse(job("story-number-two")))
            await asyncio.sleep(0.2)
            os.kill(pid, signal.SIGKILL)
            return [first, await busy, await workers.analyse(job("story-number-three"))]
        finally:
            workers.close()

    first, hit, third = asyncio.run(crawl())
    assert isinstance(first, Analysis)
    assert hit == Rejected(
        outcome=Outcome.UNPARSABLE, detail="the analysis ended its worker process"
    )
    assert isinstance(third, Analysis)


def test_a_page_that_takes_too_long_is_given_up_and_its_worker_replaced() -> None:
    async def crawl() -> list[Analysis | Rejected]:
        workers = Workers(PLAN, 1, seconds=1.0)
        try:
            await workers.analyse(job("story-number-one"))
            (pid,) = worker_ids()
            os.kill(pid, signal.SIGSTOP)
            started = time.monotonic()
            hit = await workers.analyse(job("story-number-two"))
            assert time.monotonic() - started < 10
            return [hit, await workers.analyse(job("story-number-three"))]
        finally:
            workers.close()

    hit, third = asyncio.run(crawl())
    assert isinstance(hit, Rejected)
    assert hit.outcome is Outcome.TIMEOUT
    assert isinstance(third, Analysis)


def test_a_campaign_that_cannot_be_analysed_is_no_pages_fault() -> None:
    async def crawl() -> None:
        workers = Workers(PLAN.model_copy(update={"topic": '"unclosed'}), 1)
        try:
            await workers.analyse(job("story-number-one"))
        finally:
            workers.close()

    with pytest.raises(WorkersUnusable, match="the analysis cannot start: QueryError"):
        asyncio.run(crawl())


def test_ctrl_c_in_the_terminal_reaches_the_parent_only() -> None:
    async def crawl() -> Analysis | Rejected:
        workers = Workers(PLAN, 1)
        try:
            await workers.analyse(job("story-number-one"))
            for pid in worker_ids():
                os.kill(pid, signal.SIGINT)
                os.kill(pid, signal.SIGTERM)
            return await workers.analyse(job("story-number-two"))
        finally:
            workers.close()

    assert isinstance(asyncio.run(crawl()), Analysis)
