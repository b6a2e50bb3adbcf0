"""Sites are asked gently, as their robots.txt says, and by somebody who says who it is."""

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.settings import user_agent
from press.campaign import Outlet, Politeness, Source
from press.coverage import Outcome
from search.index import Index
from tests.crawler.conftest import Crawl, ended, row
from tests.crawler.site import Answer, Site, article, campaign, rss
from tests.shared import shared


def gaps(site: Site) -> list[float]:
    times = [asked.at for asked in site.log]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def stories(site: Site, count: int) -> list[str]:
    paths = [f"/story-{n}" for n in range(count)]
    for path in paths:
        site.routes[path] = Answer(article(path, "The ferries will stay in Larkmouth."))
    site.routes["/feed.xml"] = rss(*paths)
    return paths


def test_one_request_at_a_time_with_a_delay_between_two(site: Site, crawl: Crawl) -> None:
    stories(site, 4)
    for path in list(site.routes):
        site.routes[path].delay = 0.05  # type: ignore[union-attr]
    crawl(campaign(("feed", f"{site.url}/feed.xml"), delay=0.2))
    assert max(asked.in_flight for asked in site.log) == 1
    assert min(gaps(site)) > 0.19


def test_a_longer_crawl_delay_wins_over_ours(site: Site, crawl: Crawl) -> None:
    stories(site, 2)
    site.routes["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5\n", type="text/plain")
    crawl(campaign(("feed", f"{site.url}/feed.xml"), delay=0.05))
    assert min(gaps(site)[1:]) > 0.49


def test_the_user_agent_tells_version_contact_and_campaign(site: Site, crawl: Crawl) -> None:
    stories(site, 1)
    plan = campaign(("feed", f"{site.url}/feed.xml"))
    crawl(plan)
    agents = {asked.headers["User-Agent"] for asked in site.log}
    assert agents == {user_agent(plan)}
    said = agents.pop()
    assert said.startswith("Pickup/")
    assert said.endswith("(+mailto:press@ferries.example; Keep the ferries)")
    odd = plan.model_copy(update={"name": "Fähren\r\nX-Evil: 1 (2)"})
    assert user_agent(odd).endswith("F hren X-Evil: 1 2)")


def test_no_cookie_and_no_referer_is_sent(site: Site, crawl: Crawl) -> None:
    stories(site, 2)
    site.routes["/feed.xml"].headers = {"Set-Cookie": "id=1"}  # type: ignore[union-attr]
    crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert not [a for a in site.log if {"Cookie", "Referer"} & set(a.headers)]


def test_what_robots_txt_forbids_is_never_asked_for(site: Site, index: Index, crawl: Crawl) -> None:
    stories(site, 2)
    site.routes["/robots.txt"] = Answer(
        "User-agent: *\nDisallow: /story-1\nDisallow: /hidden\n", type="text/plain"
    )
    site.routes["/go"] = Answer(status=302, headers={"Location": "/hidden"})
    site.routes["/feed.xml"] = rss("/story-0", "/story-1", "/go")
    crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert ended(index, site) == {
        "/story-0": Outcome.INDEXED,
        "/story-1": Outcome.ROBOTS,
        "/go": Outcome.ROBOTS,
    }
    assert not {"/story-1", "/hidden"} & set(site.paths())


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_failing_robots_txt_forbids_everything_for_this_run(
    site: Site, index: Index, crawl: Crawl, status: int
) -> None:
    stories(site, 1)
    site.routes["/robots.txt"] = Answer(status=status, headers={"Retry-After": "0"})
    plan = campaign(("feed", f"{site.url}/feed.xml"), ("page", f"{site.url}/story-0"))
    report = crawl(plan)
    assert site.paths() == []
    assert report.outcomes == {"robots-unreachable": 1}
    failed = [s for s in report.sources if s.kind == "feed"]
    assert failed[0].detail == f"robots-unreachable: robots.txt: HTTP status {status}"
    site.routes["/robots.txt"] = Answer(status=404)
    assert crawl(plan, days=1).outcomes == {"indexed": 1}


def test_a_silent_robots_txt_forbids_everything_for_this_run(site: Site, crawl: Crawl) -> None:
    site.routes["/robots.txt"] = Answer("", delay=2)
    report = crawl(campaign(("page", f"{site.url}/a"), timeout=0.5))
    assert site.paths() == []
    assert report.outcomes == {"robots-unreachable": 1}


def test_a_redirected_robots_txt_is_followed(site: Site, index: Index, crawl: Crawl) -> None:
    site.routes["/robots.txt"] = Answer(status=301, headers={"Location": "/rules.txt"})
    site.routes["/rules.txt"] = Answer("User-agent: *\nDisallow: /\n", type="text/plain")
    assert crawl(campaign(("page", f"{site.url}/a"))).outcomes == {"robots": 1}


def test_retry_after_is_honoured_for_the_whole_site(site: Site, index: Index, crawl: Crawl) -> None:
    stories(site, 3)
    answers: Iterator[Answer] = iter([Answer(status=429, headers={"Retry-After": "1"})])
    good = Answer(article("Story", "The ferries will stay in Larkmouth."))
    site.routes["/story-0"] = lambda _: next(answers, good)
    report = crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert report.outcomes == {"indexed": 3}
    refused = next(n for n, asked in enumerate(site.log) if asked.path == "/story-0")
    assert gaps(site)[refused] > 0.95


def test_a_site_that_wants_a_long_rest_is_left_alone_until_the_next_run(
    site: Site, index: Index, crawl: Crawl
) -> None:
    stories(site, 40)
    site.routes["/story-0"] = Answer(status=503, headers={"Retry-After": "86400"})
    plan = campaign(("feed", f"{site.url}/feed.xml"))
    started = time.monotonic()
    report = crawl(plan)
    assert time.monotonic() - started < 30
    asked = site.paths()
    assert asked[-1] == "/story-0"
    assert report.outcomes["limit"] == 40 - (len(asked) - 2)
    assert "86400 seconds" in row(index, f"{site.url}/story-0").detail


def test_two_sites_are_asked_side_by_side(crawl: Crawl) -> None:
    with Site() as one, Site() as two:
        for site in (one, two):
            stories(site, 3)
        sources = [("feed", f"{s.url}/feed.xml") for s in (one, two)]
        crawl(campaign(*sources, delay=0.3))
        first, last = ([s.log[n].at for s in (one, two)] for n in (0, -1))
        assert max(first) < min(last)


def golden() -> Any:
    folder = shared("golden")
    sys.path.insert(0, str(folder))
    try:
        return __import__("serve")
    finally:
        sys.path.remove(str(folder))


def test_the_golden_corpus_is_crawled_as_its_sites_ask(index: Index, crawl: Crawl) -> None:
    with golden().GoldenServer(delay=0.02) as served:
        feeds = {"thehill": "feed", "cnet": "feed", "aclu": "feed", "commondreams": "sitemap"}
        sources = [
            Source(kind=kind, url=served.url(name, "feed"), outlet=name)  # type: ignore[arg-type]
            for name, kind in feeds.items()
        ]
        sources.append(Source(kind="sitemap", url=served.url("aclu", "/sitemap.xml")))
        plan = campaign().model_copy(
            update={
                "sources": tuple(sources),
                "outlets": tuple(
                    Outlet(name=name, hosts=(f"127.0.0.1:{served.ports[name]}",)) for name in feeds
                ),
                "politeness": Politeness(delay=0.01, allow_private=True),
            }
        )
        report = crawl(plan)
        assert report.outcomes["indexed"] == 5
        assert all(s.status == "ok" for s in report.sources)
        log = served.requests()
        assert not [r for r in log if r["disallowed"]]
        assert {r["in_flight"] for r in log} == {1}
        slow = [r["mono"] for r in log if r["outlet"] == "commondreams"]
        # The first two are robots.txt itself and what follows it.
        assert min(b - a for a, b in itertools.pairwise(slow)) > 0.98
        crawl(plan, days=1)
        again = served.requests()[len(log) :]
        assert {r["status"] for r in again if r["path"] != "/robots.txt"} == {304}
        assert all(r["if_none_match"] for r in again if r["path"] != "/robots.txt")


def scrapy(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_scrapy_project_works_from_its_root() -> None:
    listed = scrapy("list")
    assert listed.stdout.split() == ["coverage", "feeds", "lists", "pages", "sitemaps"]
    assert scrapy("check").returncode == 0


def test_scrapy_crawls_one_kind_of_source_and_its_shell_fetches(site: Site, tmp_path: Path) -> None:
    stories(site, 2)
    site.routes["/other"] = Answer(article("Other", "The ferries will stay in Larkmouth."))
    config = tmp_path / "ferries.toml"
    config.write_text(
        'name = "Ferries"\ncontact = "mailto:press@ferries.example"\n'
        "[politeness]\ndelay = 0\nallow_private = true\n"
        f'[[sources]]\nkind = "feed"\nurl = "{site.url}/feed.xml"\n'
        f'[[sources]]\nkind = "page"\nurl = "{site.url}/other"\n'
    )
    done = scrapy("crawl", "feeds", "-a", f"campaign={config}")
    line = next(x for x in done.stderr.splitlines() if "run report: " in x)
    report = json.loads(line.partition("run report: ")[2])
    assert report["outcomes"] == {"indexed": 2}
    assert (tmp_path / "ferries.db").exists()
    where = ("-s", "PICKUP_ALLOW_PRIVATE=1", "-c", "response.status", f"{site.url}/other")
    fetched = scrapy("shell", *where)
    assert fetched.stdout.strip() == "200", fetched.stderr


def test_scrapy_crawl_without_a_campaign_says_what_is_missing() -> None:
    done = scrapy("crawl", "feeds")
    assert "no campaign: give -a campaign=FILE" in done.stderr
    assert "Traceback" not in done.stderr
