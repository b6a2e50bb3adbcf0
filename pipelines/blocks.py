"""From a parsed page to its blocks: every run of text that a reader sees as one paragraph.

White space is what a browser shows: runs of it are one space, no-break spaces stay, ``<br>`` is a
line break and two of them part paragraphs. Each block knows what it stands in (a heading, a list
item, a block quotation, a caption …) but not whether it belongs to the article: that is decided in
`pipelines.body`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml.html import HtmlElement

from pipelines import furniture
from pipelines.furniture import Role
from press.coverage import BlockKind

SKIPPED = frozenset(
    """script style noscript template svg math canvas iframe object embed audio video map select
    option textarea input button datalist progress meter head title link meta base picture img
    source track area param applet frame frameset noindex""".split()
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q
    rp rt ruby s samp small span strike strong sub sup time tt u var wbr td th""".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_ITEMS = frozenset("li dt dd".split())
_SPACE = regex.compile(r"[ \t\n\r\f]+")
_BREAK = "\x00"  # never in a parsed page: XML has no such character
_PARTS = regex.compile(rf"\s*{_BREAK}\s*{_BREAK}[\s{_BREAK}]*")
_LINE = regex.compile(rf"\s*{_BREAK}\s*")
_KEY = regex.compile(r"[^\p{L}\p{N}]+")


def key(text: str) -> str:
    """Letters and digits alone, so that two renderings of the same words are equal."""
    return _KEY.sub("", text)


@dataclass(slots=True, eq=False)
class Scope:
    """What an element is, inherited by all that stands in it."""

    kind: BlockKind = "paragraph"
    role: Role = ""
    root: HtmlElement | None = None
    """The outermost element with a role: what `role` was told from."""


@dataclass(slots=True, eq=False)
class Run:
    """A run of text between two block boundaries."""

    text: str
    element: HtmlElement
    """The innermost block-level element around it."""
    scope: Scope
    linked: int
    """How many of its characters stand in links."""
    key: str = ""
    chosen: bool = False
    level: int = 0
    """1 to 6 for a heading."""


@dataclass(slots=True)
class _Reader:
    runs: list[Run] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    linked: int = 0

    def flush(self, element: HtmlElement, scope: Scope) -> None:
        """End a run: cut it at double line breaks and keep what holds a letter or digit."""
        if not self.buffer:
            return
        text = _SPACE.sub(" ", "".join(self.buffer))
        self.buffer.clear()
        linked, self.linked = self.linked, 0
        for part in _PARTS.split(text) if _BREAK in text else (text,):
            printed = _LINE.sub("\n", part).strip() if _BREAK in part else part.strip()
            if printed and (found := key(printed)):
                level = int(element.tag[1]) if element.tag in _HEADINGS else 0
                self.runs.append(
                    Run(printed, element, scope, min(linked, len(printed)), found, level=level)
                )


def runs(body: HtmlElement) -> list[Run]:
    """All runs of text under `body`, in order. Takes time in proportion to the page."""
    reader = _Reader()
    scope = Scope()
    block = body
    open_scopes: list[tuple[HtmlElement, Scope, HtmlElement, bool]] = []
    links = 0
    for element, entering in _events(body):
        tag = element.tag
        if entering:
            if tag == "br":
                reader.buffer.append(_BREAK)
            if tag in SKIPPED:
                continue
            inner = _enter(element, scope)
            boundary = tag not in _INLINE or (inner is not scope and inner.role != scope.role)
            if boundary:
                reader.flush(block, scope)
            elif tag in {"td", "th"}:
                reader.buffer.append(" ")
            open_scopes.append((block, scope, element, boundary))
            scope = inner
            if boundary:
                block = element
            links += tag == "a"
            if element.text:
                reader.buffer.append(element.text)
                if links:
                    reader.linked += len(element.text)
        else:
            if tag not in SKIPPED:
                links -= tag == "a"
                outer, outer_scope, _, boundary = open_scopes.pop()
                if boundary:
                    reader.flush(block, scope)
                block, scope = outer, outer_scope
            if element is not body and element.tail:
                reader.buffer.append(element.tail)
                if links:
                    reader.linked += len(element.tail)
    reader.flush(body, scope)
    return reader.runs


def _events(root: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """Each element entered (True) and left (False), without recursion; skipped ones unopened."""
    element = root
    while True:
        yield element, True
        if len(element) and element.tag not in SKIPPED:
            element = element[0]
            continue
        while True:
            yield element, False
            if element is root:
                return
            following = element.getnext()
            if following is not None:
                element = following
                break
            element = element.getparent()


def _enter(element: HtmlElement, scope: Scope) -> Scope:
    """The scope inside `element`: its own where its tag or names say something new."""
    tag = element.tag
    role: Role = ""
    attributes = element.attrib
    if attributes or tag in furniture.JUNK_TAGS or tag == "figcaption":
        names = attributes.get("class", "")
        if "id" in attributes:
            names = f"{names} {attributes['id']}"
        role = furniture.role(tag, names, attributes.get("itemprop", ""))
        if _hidden(element):
            role = "junk"
    kind = scope.kind
    if tag in _HEADINGS:
        kind = "heading"
    elif tag in _ITEMS and kind != "blockquote":
        kind = "item"
    elif tag == "blockquote":
        kind = "blockquote"
    if scope.role and not (scope.role == "caption" and role == "credit"):
        # Inside a caption or a teaser everything is caption or teaser. Only an aside can turn out
        # to hold a pull quote.
        role = "pullquote" if role == "pullquote" and scope.role == "junk" else scope.role
    if kind == scope.kind and role == scope.role:
        return scope
    return Scope(kind, role, scope.root if role == scope.role else element)


def _hidden(element: HtmlElement) -> bool:
    attributes = element.attrib
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style is not None and "display:none" in style.replace(" ", ""))
    )
