"""A site on loopback, an index on disk, and a run over both."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.run import RunReport, run
from press.campaign import Campaign
from press.coverage import Outcome
from search.index import Index, UrlState
from search.open import open_index
from tests.crawler.site import Site

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = open_index(f"sqlite:///{tmp_path}/index.db")
    yield opened
    opened.close()


Crawl = Callable[..., RunReport]


@pytest.fixture
def crawl(index: Index) -> Crawl:
    """Runs a campaign on the index; `days` after the first run. Checks that the report adds up."""

    def crawl_once(campaign: Campaign, *, days: float = 0, **options: Any) -> RunReport:
        options.setdefault("workers", 1)
        report = run(campaign, index, now=NOW + timedelta(days=days), **options)
        assert report.discovered == sum(report.outcomes.values()) + report.pending
        ended = [r for r in index.ledger(run=report.run) if r.kind == "page" and r.outcome]
        assert len(ended) == sum(report.outcomes.values())
        return report

    return crawl_once


def row(index: Index, url: str) -> UrlState:
    return index.url_states([url])[url]


def ended(index: Index, site: Site) -> dict[str, Outcome | None]:
    """What became of each page, by its path."""
    pages = (r for r in index.ledger() if r.kind == "page")
    return {r.url.removeprefix(site.url): r.outcome for r in pages}
