"""What strangers serve cannot make a run fetch from private networks, fill memory or hang."""

import gzip
import resource
import time

import pytest

import crawler.addresses
from press.coverage import Outcome
from search.index import Index
from tests.crawler.conftest import Crawl, ended, row
from tests.crawler.site import Answer, Asked, Site, article, campaign, rss

MEGABYTE = 1_000_000


def memory() -> float:
    """Megabytes that this process has needed at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_private_addresses_are_refused_however_they_are_written(
    site: Site, index: Index, crawl: Crawl, host: str
) -> None:
    port = site.host.rpartition(":")[2]
    report = crawl(campaign(("page", f"http://{host}:{port}/a"), allow_private=False))
    assert report.outcomes == {"forbidden-address": 1}
    assert site.log == []


def test_a_private_source_fails_and_says_why(site: Site, crawl: Crawl) -> None:
    report = crawl(campaign(("feed", f"{site.url}/feed.xml"), allow_private=False))
    assert report.sources[0].detail == "forbidden-address: 127.0.0.1 is a private address"
    assert site.log == []


def test_a_redirect_or_a_link_to_a_private_address_is_refused(
    site: Site, index: Index, crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On loopback everything is private: 127.0.0.2 plays the private network.
    monkeypatch.setattr(crawler.addresses, "is_private", lambda ip: ip == "127.0.0.2")
    port = site.host.rpartition(":")[2]
    inside = f"http://127.0.0.2:{port}"
    site.routes["/go"] = Answer(status=302, headers={"Location": f"{inside}/secret"})
    refresh = f'<meta http-equiv="refresh" content="0; url={inside}/secret">'
    site.routes["/meta"] = Answer(f"<html><head>{refresh}</head><body></body></html>")
    site.routes["/map.xml"] = Answer(
        f"<sitemapindex><sitemap><loc>{inside}/map.xml</loc></sitemap></sitemapindex>"
    )
    site.routes["/feed.xml"] = rss("/go", "/meta", f"{inside}/direct")
    plan = campaign(
        ("feed", f"{site.url}/feed.xml"),
        ("sitemap", f"{site.url}/map.xml"),
        allow_private=False,
    )
    report = crawl(plan)
    assert set(ended(index, site).values()) == {Outcome.FORBIDDEN_ADDRESS}
    assert [s.status for s in report.sources] == ["ok", "failed"]
    assert set(site.paths()) == {"/feed.xml", "/map.xml", "/go", "/meta"}
    assert not [a for a in site.log if "127.0.0.2" in a.headers["Host"]]


@pytest.mark.parametrize("length", [None, -1])
def test_a_page_of_200_megabytes_is_too_large(
    site: Site, index: Index, crawl: Crawl, length: int | None
) -> None:
    site.routes["/huge"] = Answer(b"<p>" + b"x" * 200 * MEGABYTE, length=length)
    site.routes["/fine"] = Answer(article("Fine", "The ferries will stay in Larkmouth."))
    site.routes["/feed.xml"] = rss("/huge", "/fine")
    before = memory()
    report = crawl(campaign(("feed", f"{site.url}/feed.xml"), timeout=30.0))
    assert report.outcomes == {"indexed": 1, "too-large": 1}
    # The server of this test holds the page too: twice, at most.
    assert memory() - before < 450


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_a_body_that_unpacks_without_end_is_too_large(
    site: Site, index: Index, crawl: Crawl, coding: str
) -> None:
    bomb = b"<p>" + b"\0" * 60 * MEGABYTE
    site.routes["/bomb"] = Answer(_packed(coding, bomb), headers={"Content-Encoding": coding})
    site.routes["/fine"] = Answer(article("Fine", "The ferries will stay in Larkmouth."))
    site.routes["/feed.xml"] = rss("/bomb", "/fine")
    report = crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert report.outcomes == {"indexed": 1, "too-large": 1}
    assert row(index, f"{site.url}/bomb").detail == "unpacks to more than max_page_bytes"


def _packed(coding: str, body: bytes) -> bytes:
    if coding == "gzip":
        return gzip.compress(body)
    if coding == "deflate":
        import zlib

        return zlib.compress(body)
    if coding == "br":
        import brotli

        return bytes(brotli.compress(body, quality=5))
    from backports import zstd

    return bytes(zstd.compress(body))


def test_a_damaged_or_unknown_coding_is_named(site: Site, index: Index, crawl: Crawl) -> None:
    site.routes["/damaged"] = Answer(b"no gzip at all", headers={"Content-Encoding": "gzip"})
    site.routes["/unknown"] = Answer(b"\1\2\3" * 50, headers={"Content-Encoding": "secret"})
    site.routes["/feed.xml"] = rss("/damaged", "/unknown")
    crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert ended(index, site) == {
        "/damaged": Outcome.NETWORK_ERROR,
        "/unknown": Outcome.UNPARSABLE,
    }


def test_a_body_that_drips_is_cut_off_in_time(site: Site, index: Index, crawl: Crawl) -> None:
    site.routes["/drip"] = Answer("<html>" + "x" * 500, drip=0.05)
    started = time.monotonic()
    report = crawl(campaign(("page", f"{site.url}/drip"), timeout=1.0))
    assert report.outcomes == {"timeout": 1}
    assert time.monotonic() - started < 15


def test_a_feed_that_lists_itself_and_absurd_links_harms_nothing(
    site: Site, index: Index, crawl: Crawl
) -> None:
    site.routes["/a"] = Answer(article("A", "The ferries will stay in Larkmouth."))
    links = ["/feed.xml", "/a", "javascript:alert(1)", "file:///etc/passwd", "http://", "//["]
    links += ["http://user:word@n.example/", "/" + "x" * 9000, "http://h:99999/", "data:,x"]
    site.routes["/feed.xml"] = rss(*links)
    report = crawl(campaign(("feed", f"{site.url}/feed.xml")))
    assert report.outcomes == {"indexed": 1}
    assert report.sources[0].detail.endswith(" without a usable link")


def test_an_index_of_sitemaps_that_never_ends_is_followed_to_its_bound(
    site: Site, crawl: Crawl
) -> None:
    def endless(asked: Asked) -> Answer:
        depth = int(asked.path.strip("/") or 0)
        listed = "".join(f"<sitemap><loc>/{depth + n}</loc></sitemap>" for n in (0, 1, 2))
        return Answer(f"<sitemapindex>{listed}</sitemapindex>")

    for n in range(20):
        site.routes[f"/{n}"] = endless
    report = crawl(campaign(("sitemap", f"{site.url}/0")))
    assert len(site.paths()) == len(set(site.paths())) < 12
    assert "beyond the limit" in report.sources[0].detail


def test_deeply_nested_markup_costs_that_page_only(site: Site, index: Index, crawl: Crawl) -> None:
    site.routes["/deep"] = Answer("<html><body>" + "<div>" * 100_000 + "x")
    site.routes["/nul"] = Answer(b"<html>\0\0\0\xff\xfe" + bytes(range(256)) * 20)
    site.routes["/fine"] = Answer(article("Fine", "The ferries will stay in Larkmouth."))
    site.routes["/feed.xml"] = rss("/deep", "/nul", "/fine")
    crawl(campaign(("feed", f"{site.url}/feed.xml")))
    found = ended(index, site)
    assert found["/fine"] is Outcome.INDEXED
    assert found["/deep"] in (Outcome.NOT_AN_ARTICLE, Outcome.UNPARSABLE)
    assert found["/nul"] in (Outcome.NOT_AN_ARTICLE, Outcome.UNPARSABLE)
