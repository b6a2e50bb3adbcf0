"""A run reads sources, fetches what they announce, and asks again for what may have changed."""

import gzip
from pathlib import Path

import msgspec
import pytest

from crawler.run import LAST_RUN, Given, RunReport, add, fetch, run
from press.campaign import Line, Statement
from press.coverage import Outcome, Page, Rejected
from press.errors import PickupError
from search.index import Batch, Index, UrlState
from search.open import open_index
from tests.crawler.conftest import NOW, Crawl, ended, row
from tests.crawler.site import Answer, Asked, Site, article, campaign, free_port, rss

FERRIES = "“The ferries belong to the harbor,” said Ann Wye, who chairs the residents' union."


def conditional(body: str, tag: str, **answer: object) -> object:
    def reply(asked: Asked) -> Answer:
        if asked.headers.get("If-None-Match") == tag:
            return Answer(status=304, headers={"ETag": tag})
        return Answer(body, headers={"ETag": tag}, **answer)  # type: ignore[arg-type]

    return reply


def test_every_kind_of_source_leads_to_its_pages(site: Site, index: Index, crawl: Crawl) -> None:
    for name in ("feed", "map", "deep", "list", "page", "json"):
        site.routes[f"/{name}/story"] = Answer(article(f"The {name} story", FERRIES))
    site.routes["/feed.xml"] = rss("/feed/story?utm_source=rss#top", "mailto:x@y.example")
    site.routes["/map.xml"] = Answer(
        "<sitemapindex><sitemap><loc>/deep.xml.gz</loc></sitemap>"
        "<sitemap><loc>/news.txt</loc></sitemap></sitemapindex>",
        type="application/xml",
    )
    deep = "<urlset><url><loc>/deep/story</loc><lastmod>2024-03-19</lastmod></url></urlset>"
    site.routes["/deep.xml.gz"] = Answer(gzip.compress(deep.encode()), type="application/gzip")
    site.routes["/news.txt"] = Answer(f"{site.url}/map/story\n", type="text/plain")
    site.routes["/today"] = Answer(
        '<a href="/list/story">x</a><a href="https://elsewhere.example/">y</a><a href="#z">z</a>'
    )
    site.routes["/feed.json"] = Answer(
        '{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/json/story"}]}',
        type="application/json",
    )
    sources = [("feed", "/feed.xml"), ("sitemap", "/map.xml"), ("list", "/today")]
    sources += [("page", "/page/story"), ("feed", "/feed.json")]
    report = crawl(campaign(*((k, site.url + p) for k, p in sources), site=site))
    assert report.outcomes == {"indexed": 6}
    assert not report.partly_failed
    by_url = {r.url.removeprefix(site.url): r for r in report.sources}
    assert by_url["/feed.xml"].detail == "1 without a usable link"
    assert (by_url["/map.xml"].entries, by_url["/map.xml"].new) == (2, 2)
    assert {a.article.outlet for a in index.articles()} == {"The Larkmouth Ledger"}
    assert msgspec.json.decode(index.fact(LAST_RUN) or "", type=RunReport) == report


def test_a_second_run_asks_sources_conditionally_and_fetches_nothing_else(
    site: Site, index: Index, crawl: Crawl
) -> None:
    site.routes["/feed.xml"] = conditional(str(rss("/a").body), '"f1"')  # type: ignore[assignment]
    site.routes["/bare.xml"] = rss("/b")
    site.routes["/map.xml"] = conditional(  # type: ignore[assignment]
        "<sitemapindex><sitemap><loc>/in.xml</loc></sitemap></sitemapindex>", '"m1"'
    )
    site.routes["/in.xml"] = Answer("<urlset><url><loc>/c</loc></url></urlset>")
    for path in "abc":
        site.routes[f"/{path}"] = Answer(article(path, FERRIES))
    plan = campaign(
        ("feed", f"{site.url}/feed.xml"),
        ("feed", f"{site.url}/bare.xml"),
        ("sitemap", f"{site.url}/map.xml"),
    )
    crawl(plan)
    site.forget()
    report = crawl(plan, days=1)
    assert sorted(site.paths()) == ["/bare.xml", "/feed.xml", "/in.xml", "/map.xml"]
    assert {s.status for s in report.sources} == {"unchanged"}
    assert (report.discovered, report.known) == (0, 0)
    site.routes["/in.xml"] = Answer("<urlset><url><loc>/d</loc></url></urlset>")
    site.routes["/d"] = Answer(article("d", FERRIES))
    assert crawl(plan, days=2).outcomes == {"indexed": 1}


def test_young_pages_are_asked_again_conditionally_and_lying_validators_found_out(
    site: Site, index: Index, crawl: Crawl
) -> None:
    page = article("Ferries", FERRIES)
    site.routes["/honest"] = conditional(page, '"p1"')  # type: ignore[assignment]
    site.routes["/liar"] = Answer(page.replace("Ferries", "Boats"), headers={"ETag": '"new"'})
    site.routes["/changed"] = Answer(article("Old", FERRIES))
    site.routes["/feed.xml"] = rss("/honest", "/liar", "/changed")
    plan = campaign(("feed", f"{site.url}/feed.xml"))
    crawl(plan)
    changed = article("Old", FERRIES, "The council has since said no to all of it.")
    site.routes["/changed"] = Answer(changed)
    site.routes["/feed.xml"] = rss("/honest", "/liar", "/changed", "/new")
    site.routes["/new"] = Answer(article("New", FERRIES))
    site.forget()
    report = crawl(plan, days=1)
    assert report.outcomes == {"indexed": 1, "unchanged": 2, "updated": 1}
    asked = {a.path: a.headers.get("If-None-Match") for a in site.log}
    assert asked["/honest"] == '"p1"'
    assert "said no" in index.article(f"{site.url}/changed").article.body  # type: ignore[union-attr]
    site.routes["/feed.xml"] = rss("/honest", "/liar", "/changed", "/new", "/new")
    site.forget()
    assert crawl(plan, days=30).known == 4
    assert site.paths() == ["/feed.xml"]


def test_failures_are_named_counted_and_tried_again(site: Site, index: Index, crawl: Crawl) -> None:
    site.routes["/gone"] = Answer(status=410)
    site.routes["/broken"] = Answer(status=500)
    site.routes["/members"] = Answer(status=402)
    site.routes["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    site.routes["/ftp"] = Answer(status=302, headers={"Location": "ftp://n.example/x"})
    site.routes["/slow"] = Answer(article("Slow"), delay=3)
    site.routes["/report.pdf"] = Answer(b"%PDF-1.7", type="application/pdf")
    site.routes["/empty"] = Answer("")
    site.routes["/cut"] = Answer("<html>", length=5000)
    nobody = f"http://127.0.0.1:{free_port()}/x"
    names = ["gone", "broken", "members", "loop", "ftp", "slow", "report.pdf", "empty", "cut"]
    site.routes["/feed.xml"] = rss(*(f"/{n}" for n in names), nobody)
    plan = campaign(("feed", f"{site.url}/feed.xml"), timeout=1.0)
    report = crawl(plan)
    found = ended(index, site)
    assert found.pop(nobody) is Outcome.ROBOTS_UNREACHABLE
    assert found == {
        "/gone": Outcome.HTTP_ERROR,
        "/broken": Outcome.HTTP_ERROR,
        "/members": Outcome.HTTP_ERROR,
        "/loop": Outcome.HTTP_ERROR,
        "/ftp": Outcome.HTTP_ERROR,
        "/slow": Outcome.TIMEOUT,
        "/report.pdf": Outcome.NOT_AN_ARTICLE,
        "/empty": Outcome.NOT_AN_ARTICLE,
        "/cut": Outcome.NETWORK_ERROR,
    }
    assert report.partly_failed
    assert row(index, f"{site.url}/gone").detail == "HTTP status 410"
    site.routes["/broken"] = Answer(article("Mended", FERRIES))
    site.forget()
    report = crawl(plan, days=1)
    assert ended(index, site)["/broken"] is Outcome.INDEXED
    assert "/gone" not in site.paths()


def test_one_article_under_several_addresses_is_kept_once(
    site: Site, index: Index, crawl: Crawl
) -> None:
    own = f"{site.url}/2024/03/ferries-will-stay-in-town"
    text = article("Ferries will stay", FERRIES, canonical=own)
    site.routes["/2024/03/ferries-will-stay-in-town"] = Answer(text)
    site.routes["/2024/03/ferries-will-stay-in-town/amp"] = Answer(text)
    site.routes["/go?id=1"] = Answer(status=301, headers={"Location": f"{own}?utm_medium=x"})
    site.routes["/2024/03/ferries-will-stay-in-town?utm_medium=x"] = Answer(text)
    site.routes["/feed.xml"] = rss("/go?id=1", f"{own}/amp", f"{own}?fbclid=2")
    report = crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert report.outcomes == {"duplicate": 2, "indexed": 1}
    assert [a.article.canonical_url for a in index.articles()] == [own]
    details = {r.detail for r in index.ledger() if r.outcome is Outcome.DUPLICATE}
    assert details == {own}


def test_what_is_over_the_limit_waits_for_the_next_run(
    site: Site, index: Index, crawl: Crawl
) -> None:
    paths = [f"/story-{n}" for n in range(5)]
    for path in paths:
        site.routes[path] = Answer(article(path, FERRIES))
    site.routes["/feed.xml"] = rss(*paths)
    plan = campaign(("feed", f"{site.url}/feed.xml"), max_pages=3)
    assert crawl(plan).outcomes == {"indexed": 3, "limit": 2}
    assert crawl(plan, days=1).outcomes == {"indexed": 2}


def test_a_web_page_served_as_a_feed_fails_that_source_only(
    site: Site, index: Index, crawl: Crawl
) -> None:
    site.routes["/feed.xml"] = Answer("<html><body>We moved</body></html>", type="text/xml")
    site.routes["/good.xml"] = rss("/a")
    site.routes["/a"] = Answer(article("A", FERRIES))
    plan = campaign(("feed", f"{site.url}/feed.xml"), ("feed", f"{site.url}/good.xml"))
    report = crawl(plan)
    failed = next(s for s in report.sources if s.status == "failed")
    assert failed.detail == "unparsable: the answer is a web page, not a feed"
    assert row(index, f"{site.url}/feed.xml").outcome is Outcome.UNPARSABLE
    assert report.outcomes == {"indexed": 1}
    assert report.partly_failed
    site.routes["/feed.xml"] = rss("/a")
    assert crawl(plan, days=1).sources[0].status == "ok"


def test_a_page_in_a_wrong_charset_is_indexed_with_its_letters(
    site: Site, index: Index, crawl: Crawl
) -> None:
    text = article("Café", "“Die Fähre bleibt,” said Ann Wye of the harbor union on Monday.")
    site.routes["/a"] = Answer(text.encode("cp1252"), type="text/html; charset=utf-8")
    crawl(campaign(("page", f"{site.url}/a")))
    assert "“Die Fähre bleibt,”" in next(index.articles()).article.body


def test_staff_can_add_pages_that_are_known_and_old(site: Site, index: Index, crawl: Crawl) -> None:
    site.routes["/a"] = Answer(article("A", FERRIES))
    plan = campaign(site=site)
    first = add(plan, index, [f"{site.url}/a"], now=NOW, workers=1)
    assert first.outcomes == {"indexed": 1}
    assert row(index, f"{site.url}/a").source == "user"
    site.forget()
    again = add(plan, index, [Given(url=f"{site.url}/a#x")], now=NOW.replace(year=2025), workers=1)
    assert again.outcomes == {"unchanged": 1}
    assert site.paths() == ["/a"]


def test_single_pages_are_fetched_without_an_index(site: Site) -> None:
    site.routes["/a"] = Answer(article("A", FERRIES))
    urls = [f"{site.url}/a", f"{site.url}/none", "mailto:x"]
    found = dict(fetch(campaign(), urls))
    assert list(found) == urls
    page, missing, unusable = found.values()
    assert isinstance(page, Page)
    assert page.header("content-type") == "text/html; charset=utf-8"
    assert isinstance(missing, Rejected)
    assert missing.outcome is Outcome.HTTP_ERROR
    assert isinstance(unusable, Rejected)


class Refusing:
    """An index whose disk is full from some batch on."""

    def __init__(self, index: Index, batches: int) -> None:
        self._index = index
        self._left = batches

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)

    def write(self, batch: Batch) -> None:
        self._left -= 1
        if self._left < 0:
            raise PickupError("the disk is full")
        self._index.write(batch)


def test_an_index_that_cannot_be_written_ends_the_run_with_one_error_and_no_loss(
    site: Site, index: Index, crawl: Crawl
) -> None:
    site.routes["/a"] = Answer(article("A", FERRIES))
    site.routes["/feed.xml"] = rss("/a")
    plan = campaign(("feed", f"{site.url}/feed.xml"))
    for batches in (0, 1):
        with pytest.raises(PickupError, match="the disk is full"):
            run(plan, Refusing(index, batches), now=NOW, workers=1)  # type: ignore[arg-type]
    assert crawl(plan).outcomes == {"indexed": 1}


def test_a_statement_added_later_finds_its_pickups_without_a_fetch(
    site: Site, index: Index, crawl: Crawl
) -> None:
    site.routes["/a"] = Answer(article("A", FERRIES))
    site.routes["/feed.xml"] = conditional(str(rss("/a").body), '"f"')  # type: ignore[assignment]
    plan = campaign(("feed", f"{site.url}/feed.xml"))
    crawl(plan)
    line = Line(number=1, text="The ferries belong to the harbor.", paragraph=1)
    letter = Statement(id="letter", title="Letter", lines=(line,))
    site.forget()
    crawl(plan.model_copy(update={"statements": (letter,)}), days=1)
    assert site.paths() == ["/feed.xml"]
    matched = [m.matches[0].statement for m in index.mentions() if m.matches]
    assert matched == ["letter"]


def test_progress_is_told(site: Site, crawl: Crawl) -> None:
    site.routes["/a"] = Answer(article("A", FERRIES))
    site.routes["/feed.xml"] = rss("/a")
    told: list[object] = []
    crawl(campaign(("feed", f"{site.url}/feed.xml")), progress=told.append)
    phases = [p.phase for p in told]  # type: ignore[attr-defined]
    assert phases == sorted(phases, key=["sources", "pages", "linking"].index)
    assert set(phases) == {"sources", "pages", "linking"}


def test_a_pending_page_of_a_killed_run_comes_first_in_the_next(
    site: Site, index: Index, crawl: Crawl, tmp_path: Path
) -> None:
    site.routes["/left"] = Answer(article("Left", FERRIES))
    url = f"{site.url}/left"
    index.write(Batch(urls=(UrlState(url=url, source="gone", discovered_at=NOW.isoformat()),)))
    assert crawl(campaign()).outcomes == {"indexed": 1}
    assert list(index.pending()) == []
    other = open_index(f"sqlite:///{tmp_path}/other.db")
    other.close()
