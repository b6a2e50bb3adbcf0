"""Sitemaps: what a sitemap's bytes list (sitemaps.org 0.9, news sitemaps, indexes, plain text).

Gzipped bodies are unpacked here, with a bound: a file of some kilobytes can hold gigabytes.
"""

import gzip
import io
import re
import zlib
from datetime import datetime
from typing import Literal
from urllib.parse import urljoin

import lxml.etree
import msgspec

from press.coverage import Hints

MAX_BYTES = 50 * 1024 * 1024
"""A sitemap's largest size when unpacked, as sitemaps.org sets it."""
MAX_URLS = 50_000
"""URLs in one file, as sitemaps.org sets it; the rest of a longer file is not read."""

_TEXT_URL = re.compile(r"https?://\S+")


class NotASitemap(ValueError):
    """The bytes are no sitemap of any known kind."""


class SitemapTooLarge(ValueError):
    """The sitemap unpacks to more than `MAX_BYTES`."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One URL of a sitemap."""

    url: str
    hints: Hints


class Sitemap(msgspec.Struct, frozen=True, kw_only=True):
    """What a sitemap lists, in its own order: pages, or further sitemaps."""

    kind: Literal["pages", "index"]
    listed: tuple[Listed, ...]


def parse(body: bytes, url: str, *, max_bytes: int = MAX_BYTES) -> Sitemap:
    """The sitemap in `body`, served at `url`. Raises `NotASitemap` or `SitemapTooLarge`."""
    body = _unpacked(body, max_bytes)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _plain_text(body)
    return _xml(body, url)


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            data = packed.read(max_bytes + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise NotASitemap(f"damaged gzip: {error}") from error
    if len(data) > max_bytes:
        raise SitemapTooLarge(f"unpacks to more than {max_bytes} bytes")
    return data


def _plain_text(body: bytes) -> Sitemap:
    """One URL a line, as sitemaps.org allows; prose that mentions a URL is no sitemap."""
    text = body.decode("utf-8-sig", "replace")
    lines = [line for line in (x.strip() for x in text.splitlines()) if line]
    urls = [line for line in lines if _TEXT_URL.fullmatch(line)]
    if not urls or len(urls) < len(lines) / 2:
        raise NotASitemap("the answer is neither XML nor a list of URLs")
    hints = Hints(source="sitemap")
    return Sitemap(kind="pages", listed=tuple(Listed(url=u, hints=hints) for u in urls[:MAX_URLS]))


def _xml(body: bytes, url: str) -> Sitemap:
    context = lxml.etree.iterparse(
        io.BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    kind: Literal["pages", "index"] | None = None
    listed: list[Listed] = []
    try:
        for event, element in context:
            name = _local(element)
            if kind is None:
                kind = _kind(name)
            elif event == "end" and name in ("url", "sitemap"):
                found = _listed(element, url)
                if found is not None:
                    listed.append(found)
                element.clear(keep_tail=False)
                if len(listed) >= MAX_URLS:
                    break
    except lxml.etree.XMLSyntaxError as error:
        if kind is None:
            raise NotASitemap(f"broken XML: {error}") from error
    if kind is None:
        raise NotASitemap("the answer is empty")
    return Sitemap(kind=kind, listed=tuple(listed))


def _kind(root: str) -> Literal["pages", "index"]:
    if root == "sitemapindex":
        return "index"
    if root == "urlset":
        return "pages"
    raise NotASitemap(f"the answer is <{root}>, not a sitemap")


def _local(element: lxml.etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _listed(element: lxml.etree._Element, base: str) -> Listed | None:
    found: dict[str, str] = {}
    for child in element.iter():
        text = " ".join((child.text or "").split()) if child is not element else ""
        # Images and videos have <loc> and <title> of their own; the page's come first.
        if text:
            found.setdefault(_local(child), text)
    location = next((" ".join((c.text or "").split()) for c in element if _local(c) == "loc"), "")
    if not location:
        return None
    try:
        absolute = urljoin(base, location)
    except ValueError:
        return None
    is_news = "publication_date" in found or "publication" in found
    return Listed(
        url=absolute,
        hints=Hints(
            title=found.get("title") if is_news else None,
            published=iso(found.get("publication_date")),
            updated=iso(found.get("lastmod")),
            language=found.get("language", "").lower()[:2] or None if is_news else None,
            source="sitemap",
        ),
    )


def iso(text: str | None) -> str | None:
    """`text` if it is a W3C date with day at least, or a date-time; else None."""
    if not text or len(text) < len("2018-06-18"):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if len(text) == len("2018-06-18") else moment.isoformat()
