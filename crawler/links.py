"""A page list: the links of one page that may lead to articles."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import lxml.html

from press.urls import clean, host


class NotAPage(ValueError):
    """The bytes are no web page."""


def parse(body: bytes, url: str, hosts: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The distinct links in `body`, served at `url`, in order; fragments and `url` itself apart.

    Only links to the page's own host or to one of `hosts` (and their subdomains) are candidates.
    Raises `NotAPage`.
    """
    try:
        tree = lxml.html.fromstring(body)
    except (ValueError, lxml.etree.LxmlError) as error:
        raise NotAPage(f"the answer is no web page: {error}") from error
    allowed = (urlsplit(url).netloc.lower(), *(h.lower() for h in hosts))
    base = next((b for b in tree.xpath("//base/@href") if b.strip()), "")
    here = clean(url)
    found: dict[str, None] = {}
    for link in _links(tree, urljoin(url, base.strip())):
        if link != here and _belongs(host(link), allowed):
            found.setdefault(link)
    return tuple(found)


def _links(tree: lxml.html.HtmlElement, base: str) -> Iterator[str]:
    for anchor in tree.iter("a", "area"):
        target = (anchor.get("href") or "").strip()
        if not target or target.startswith("#"):
            continue
        try:
            yield clean(urljoin(base, target))
        except ValueError:
            continue


def _belongs(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == a or name.endswith(f".{a}") for a in allowed if a)
