"""What one document of a source lists, whatever its kind."""

from collections.abc import Mapping

import msgspec

from crawler import feeds, links, sitemaps
from press.coverage import Hints

UNREADABLE = (feeds.NotAFeed, sitemaps.NotASitemap, links.NotAPage)
"""Raised by `read` for a document of another kind than the campaign says."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Pages, or further sitemaps."""

    pages: tuple[tuple[str | None, Hints | None], ...] = ()
    """Each URL as it is given (None for an entry without one), with its hints."""
    sitemaps: tuple[str, ...] = ()


def read(
    kind: str, body: bytes, headers: Mapping[str, str], url: str, hosts: tuple[str, ...]
) -> Listing:
    """What `body`, served at `url`, lists; of a page list only links to `hosts` or its own.

    Raises one of `UNREADABLE`, or `crawler.sitemaps.SitemapTooLarge`.
    """
    if kind == "list":
        return Listing(pages=tuple((link, None) for link in links.parse(body, url, hosts)))
    if kind == "sitemap":
        return _sitemap(body, headers, url)
    return _feed(feeds.parse(body, headers, url))


def _sitemap(body: bytes, headers: Mapping[str, str], url: str) -> Listing:
    try:
        found = sitemaps.parse(body, url)
    except sitemaps.NotASitemap:
        try:  # the protocol allows feeds in the place of sitemaps
            feed = feeds.parse(body, headers, url)
        except feeds.NotAFeed:
            feed = None
        if feed is None:
            raise
        return _feed(feed)
    if found.kind == "index":
        return Listing(sitemaps=tuple(listed.url for listed in found.listed))
    return Listing(pages=tuple((listed.url, listed.hints) for listed in found.listed))


def _feed(feed: feeds.Feed) -> Listing:
    return Listing(pages=tuple((entry.url, entry.hints) for entry in feed.entries))
