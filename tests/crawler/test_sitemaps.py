"""Sitemaps of every kind are read, bounded, and what is none is said to be none."""

import gzip

import pytest

from crawler.sitemaps import NotASitemap, SitemapTooLarge, parse
from tests.crawler.cases import load

URL = "https://news.example/sitemap.xml"
SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
NEWS = "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'"
IMAGE = "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"


def test_pages_are_listed_with_their_last_change() -> None:
    found = parse(
        f"<urlset {SPACE}><url><loc> /a </loc><lastmod>2018-06-18</lastmod></url>"
        "<url><loc>https://news.example/b</loc><lastmod>2018</lastmod></url></urlset>".encode(),
        URL,
    )
    assert found.kind == "pages"
    assert [(x.url, x.hints.updated) for x in found.listed] == [
        ("https://news.example/a", "2018-06-18"),
        ("https://news.example/b", None),
    ]


def test_a_news_sitemap_gives_title_date_and_language_of_the_page_not_of_its_image() -> None:
    found = parse(
        f"<urlset {SPACE} {NEWS} {IMAGE}><url><image:image><image:loc>/i.jpg</image:loc>"
        "</image:image><loc>/a</loc><news:news><news:publication><news:name>N</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>"
        "2018-06-18T10:00:00Z</news:publication_date><news:title>Ferries stay</news:title>"
        "</news:news></url></urlset>".encode(),
        URL,
    )
    hints = found.listed[0].hints
    assert found.listed[0].url == "https://news.example/a"
    assert (hints.title, hints.language, hints.source) == ("Ferries stay", "en", "sitemap")
    assert hints.published == "2018-06-18T10:00:00+00:00"


def test_an_index_lists_sitemaps_and_gzip_is_unpacked() -> None:
    body = f"<sitemapindex {SPACE}><sitemap><loc>/one.xml.gz</loc></sitemap></sitemapindex>"
    found = parse(gzip.compress(body.encode()), URL)
    assert (found.kind, [x.url for x in found.listed]) == (
        "index",
        ["https://news.example/one.xml.gz"],
    )


def test_a_plain_list_of_addresses_is_a_sitemap_and_prose_is_not() -> None:
    found = parse(b"https://n.example/a\r\n\nhttps://n.example/b\n", URL)
    assert [x.url for x in found.listed] == ["https://n.example/a", "https://n.example/b"]
    with pytest.raises(NotASitemap):
        parse(b"See also\nhttps://n.example/a\nand others\nbelow\n", URL)


def test_a_gzip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(SitemapTooLarge):
        parse(gzip.compress(b"<urlset>" + b" " * 3_000_000), URL, max_bytes=1_000_000)


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>no</body></html>", b"\x1f\x8bbroken", b"<", b"<rss></rss>"]
)
def test_what_is_no_sitemap_is_named(body: bytes) -> None:
    with pytest.raises(NotASitemap):
        parse(body, URL)


def test_a_cut_off_sitemap_gives_what_it_has() -> None:
    body = f"<urlset {SPACE}><url><loc>/a</loc></url><url><loc>/b</loc></url><url><lo".encode()
    assert len(parse(body, URL).listed) == 2


def test_the_collected_sitemaps_are_told_from_what_lies_beside_them() -> None:
    kinds = {}
    for case in load("sitemaps"):
        try:
            kinds[case["id"].rpartition("/")[2]] = len(parse(case["bytes"], URL).listed)
        except NotASitemap:
            continue
    assert kinds == {
        "sitemap-news.xml": 1,
        "sitemap-hreflang.xml": 4,
        "sitemap.xml": 84,
        "sitemap.xml.gz": 84,
        "sitemap2.xml": 2,
    }
