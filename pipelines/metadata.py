"""What a page says of itself in machine-readable form: JSON-LD, OpenGraph, other meta elements.

Nothing is decided here but which JSON-LD node is the article; who is believed where two disagree
is decided in `pipelines.headline`, `pipelines.bylines` and `pipelines.dates`.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import regex
from lxml.html import HtmlElement

MAX_DEPTH = 6
"""How deep articles are looked for: graphs in lists in entities, never more in the wild."""
MAX_JSON = 2_000_000
"""Characters of one JSON-LD script: more is no metadata."""

_ARTICLE_TYPE = regex.compile(r"(?:Article|Posting|Report|Review|OpinionNewsArticle|LiveBlog)$")
_LISTING_TYPES = frozenset("CollectionPage SearchResultsPage ItemPage ItemList Blog".split()) - {
    "ItemPage",
    "ItemList",
}
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "itemReviewed")
_WRAPPING = regex.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$")

Node = dict[str, Any]


@dataclass(slots=True)
class Metadata:
    """What a page states of itself, in the order of statement."""

    article: Node = field(default_factory=dict)
    """The JSON-LD node of the article, references to other nodes resolved; empty: there is none."""
    types: set[str] = field(default_factory=set)
    """Of all JSON-LD nodes."""
    meta: dict[str, list[str]] = field(default_factory=dict)
    """By lower-case name, property or itemprop."""
    canonical: str | None = None
    language: str | None = None
    """As the html element says."""
    title: str = ""
    """The title element."""

    def first(self, *names: str) -> str:
        """The first non-empty value of the first of these meta elements, or an empty string."""
        return next((v for name in names for v in self.meta.get(name, ()) if v), "")

    def text(self, name: str) -> str:
        """A string property of the article node, in plain text."""
        value = self.article.get(name)
        if isinstance(value, list):
            value = value[0] if value else None
        return plain(value) if isinstance(value, str) else ""

    @property
    def is_listing(self) -> bool:
        """Whether the page calls itself a list of articles, and no article."""
        return not self.article and bool(self.types & _LISTING_TYPES)


def plain(value: str) -> str:
    """Text without entities (often escaped twice over) and without runs of white space."""
    return " ".join(html.unescape(value).split(" ")).strip() if "&" in value else value.strip()


def read(tree: HtmlElement) -> Metadata:
    """Read the metadata of a parsed page. Broken JSON-LD is passed over."""
    found = Metadata(language=tree.get("lang") or tree.get("xml:lang"))
    for element in tree.iter("meta", "link", "title"):
        tag = element.tag
        if tag == "meta":
            content = element.get("content")
            name = (
                element.get("property")
                or element.get("name")
                or element.get("itemprop")
                or element.get("http-equiv")
            )
            if name and content:
                found.meta.setdefault(name.lower(), []).append(plain(content))
        elif tag == "link" and element.get("rel", "").lower() == "canonical":
            found.canonical = found.canonical or element.get("href")
        elif tag == "title" and not found.title:
            found.title = plain(element.text or "")
    nodes = [node for script in _scripts(tree) for node in _nodes(script)]
    found.types = {kind for node in nodes for kind in types(node)}
    found.article = _resolved(_main_article(nodes, found), nodes)
    return found


def types(node: Node) -> list[str]:
    """The schema.org types of a node, without their namespace."""
    return [
        str(kind).rsplit("/", 1)[-1] for kind in listed(node.get("@type")) if isinstance(kind, str)
    ]


def listed(value: Any) -> list[Any]:
    """A JSON-LD value as a list: one or many are written alike."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _scripts(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        text = _WRAPPING.sub("", script.text or "").strip()
        if not text or len(text) > MAX_JSON:
            continue
        try:
            yield msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            try:  # raw newlines inside strings are common
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _nodes(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    for node in listed(value):
        if isinstance(node, list):
            yield from _nodes(node, depth + 1)
        elif isinstance(node, dict):
            yield node
            for name in _NESTED:
                yield from _nodes(node.get(name), depth + 1)


def _main_article(nodes: list[Node], found: Metadata) -> Node:
    """The article node that tells most, the one about this very page before all others."""
    addresses = {found.canonical, found.first("og:url")} - {None, ""}

    def worth(node: Node) -> tuple[bool, int]:
        page = node.get("mainEntityOfPage")
        page = page.get("@id") if isinstance(page, dict) else page
        mine = bool(addresses & {str(node.get("url")), str(node.get("@id")), str(page)})
        told = sum(
            bool(node.get(name)) for name in ("headline", "datePublished", "author", "publisher")
        )
        return mine, told

    articles = [n for n in nodes if any(_ARTICLE_TYPE.search(kind) for kind in types(n))]
    return max(articles, key=worth, default={})


def _resolved(article: Node, nodes: list[Node]) -> Node:
    """The article with ``{"@id": …}`` references replaced by the nodes that they name."""
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }

    def follow(value: Any) -> Any:
        if isinstance(value, list):
            return [follow(item) for item in value]
        if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
            identity = value.get("@id")
            return by_id.get(identity, value) if isinstance(identity, str) else value
        return value

    return {name: follow(value) for name, value in article.items()}
