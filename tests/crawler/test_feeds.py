"""Feeds of every kind are read from bytes, and what is no feed is said to be none."""

from typing import Any

import msgspec
import pytest

from crawler import feeds
from crawler.feeds import NotAFeed, parse
from tests.crawler.cases import load

URL = "https://news.example/sub/feed.xml"


def links(text: str | bytes, **headers: str) -> list[str | None]:
    body = text.encode() if isinstance(text, str) else text
    return [entry.url for entry in parse(body, headers, URL).entries]


def test_rss_links_are_resolved_against_the_feed() -> None:
    assert links(
        "<rss version='2.0'><channel><item><link>/a</link></item>"
        "<item><link>b?c=1</link></item></channel></rss>"
    ) == ["https://news.example/a", "https://news.example/sub/b?c=1"]


def test_atom_prefers_the_alternate_link_and_obeys_xml_base() -> None:
    assert links(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://base.example/x/'><entry>"
        "<link rel='self' href='s'/><link rel='alternate' href='story'/></entry></feed>"
    ) == ["https://base.example/x/story"]


def test_a_permalink_guid_stands_in_for_a_missing_link() -> None:
    assert links(
        "<rss version='2.0'><channel><item><guid>https://news.example/g</guid></item>"
        "<item><guid isPermaLink='false'>tag:1</guid><title>t</title></item></channel></rss>"
    ) == ["https://news.example/g", None]


def test_feedburner_says_where_the_article_is() -> None:
    assert links(
        "<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>"
        "<channel><item><link>https://feeds.example/~r/1</link>"
        "<feedburner:origLink>https://news.example/real</feedburner:origLink></item>"
        "</channel></rss>"
    ) == ["https://news.example/real"]


def test_rdf_is_read_and_an_empty_feed_is_a_feed() -> None:
    rdf = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/'>{}</rdf:RDF>"
    )
    item = "<item rdf:about='https://n.example/1'><link>https://n.example/1</link></item>"
    assert links(rdf.format(item)) == ["https://n.example/1"]
    assert links(rdf.format("")) == []


def test_dates_keep_their_precision_and_vague_ones_are_no_dates() -> None:
    item = "<item><link>/{0}</link><pubDate>{0}</pubDate></item>"
    dates = ("Mon, 18 Jun 2018 23:30:00 -0400", "2018-06-18", "2018", "yesterday")
    body = f"<rss version='2.0'><channel>{''.join(map(item.format, dates))}</channel></rss>"
    found = [entry.hints.published for entry in parse(body.encode(), {}, URL).entries]
    assert found == ["2018-06-19T03:30:00+00:00", "2018-06-18", None, None]


def test_an_update_is_not_made_up_from_the_publication() -> None:
    item = "<item><link>/a</link><pubDate>Mon, 18 Jun 2018 23:30:00 GMT</pubDate></item>"
    feed = parse(f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), {}, URL)
    assert feed.entries[0].hints.updated is None


def test_json_feed_is_read_and_wrong_types_are_left_out() -> None:
    body = msgspec.json.encode(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "language": "en-GB",
            "items": [
                {
                    "url": "/a",
                    "title": "A &amp; B",
                    "authors": [{"name": "Ann Wye"}, {"name": 3}],
                    "date_published": "2018-06-18T10:00:00-04:00",
                    "date_modified": 12,
                },
                {"id": "https://news.example/by-id"},
                {"id": "7"},
                "no object",
            ],
        }
    )
    feed = parse(body, {"content-type": "application/feed+json"}, URL)
    assert [e.url for e in feed.entries] == [
        "https://news.example/a",
        "https://news.example/by-id",
        None,
    ]
    hints = feed.entries[0].hints
    assert (hints.title, hints.author, hints.language) == ("A & B", "Ann Wye", "en")
    assert (hints.published, hints.updated) == ("2018-06-18T10:00:00-04:00", None)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<!doctype html><html><body>Sorry</body></html>", "web page"),
        (b"", "empty"),
        (b"plain words", "no feed"),
        (b'{"items": []}', "no JSON Feed"),
        (b'{"broken', "none"),
        (b"[" * 100_000, "no feed"),
        (b'{"a":' * 100_000, "none"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, why: str) -> None:
    with pytest.raises(NotAFeed, match=why):
        parse(body, {"content-type": "application/rss+xml"}, URL)


@pytest.mark.parametrize("prolog", ["<?xml version='1.0' encoding='UTF-8'?>", ""])
def test_windows_1252_under_a_false_flag_keeps_its_letters(prolog: str) -> None:
    text = f"{prolog}<rss version='2.0'><channel><item><title>Caf\xe9 \x93Lark\x94</title></item>"
    feed = parse(f"{text}</channel></rss>".encode("latin-1"), {}, URL)
    assert feed.entries[0].hints.title == "Café “Lark”"


def test_the_name_of_a_file_is_never_opened(tmp_path: Any) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss version='2.0'><channel><item><link>/x</link></item></channel></rss>")
    with pytest.raises(NotAFeed):
        parse(str(secret).encode(), {}, URL)


def test_an_external_entity_is_not_read(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("sesame")
    text = (
        f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]><rss version='2.0'><channel>"
        "<item><title>a&x;b</title><link>/a</link></item></channel></rss>"
    )
    assert b"sesame" not in msgspec.json.encode(parse(text.encode(), {}, URL))


def test_nested_entities_do_not_blow_up() -> None:
    levels = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    text = (
        f"<!DOCTYPE rss [<!ENTITY l0 'lol'>{levels}]><rss version='2.0'><channel>"
        "<item><title>&l9;</title><link>/a</link></item></channel></rss>"
    )
    feed = parse(text.encode(), {}, URL)
    assert len(feed.entries[0].hints.title or "") <= feeds.SUMMARY_CHARACTERS


def test_gofeeds_item_counts_are_met() -> None:
    wrong = []
    for case in load("feeds_gofeed"):
        want = len(case["expected"].get("items") or case["expected"].get("entries") or [])
        if len(parse(case["bytes"], {}, URL).entries) != want:
            wrong.append(case["id"])
    assert wrong == []


@pytest.mark.parametrize("name", ["feeds_feedparser", "feeds_miniflux"])
def test_no_collected_feed_crashes_the_parser(name: str) -> None:
    refused = []
    cases = load(name)
    for case in cases:
        try:
            parse(case["bytes"], case.get("headers", {}), URL)
        except NotAFeed:
            refused.append(case["id"])
    # Those refused are web pages, fragments and files without a feed's root element.
    assert len(refused) < len(cases) * (0.01 if name == "feeds_feedparser" else 0.6)
