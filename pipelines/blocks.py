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
from pipelines.furniture import Role, Sign
from press.coverage import BlockKind

SKIPPED = frozenset(
    """script style template svg math canvas iframe object embed audio video map select
    option textarea input button datalist progress meter head title link meta base picture img
    source track area param applet frame frameset noindex""".split()
)
HIDDEN = Sign("junk", "hidden")
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q
    rp rt ruby s samp small span strike strong sub sup time tt u var wbr td th""".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SENTENCES = frozenset("p li dt dd h1 h2 h3 h4 h5 h6 blockquote figcaption pre".split())
_ITEMS = frozenset("li dt dd".split())
_SPACE = regex.compile(r"[ \t\n\r\f]+")
# Soft hyphens, zero-width spaces and joiners of words: no reader sees them, every search trips.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BREAK = "\x00"  # never in a parsed page: XML has no such character
_PARTS = regex.compile(rf"\s*{_BREAK}\s*{_BREAK}[\s{_BREAK}]*")
_LINE = regex.compile(rf"\s*{_BREAK}\s*")
_KEY = regex.compile(r"[^\p{L}\p{N}]+")


def key(text: str) -> str:
    """Letters and digits alone, so that two renderings of the same words are equal."""
    return _KEY.sub("", text)


@dataclass(slots=True, eq=False)
class Scope:
    """What an element is by its tag and names, in what its ancestors are."""

    kind: BlockKind = "paragraph"
    sign: Sign = furniture.NOTHING
    """Of this element alone."""
    outer: "Scope | None" = None


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
    role: Role = ""
    """What it is in the end; settled by `pipelines.body`."""
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
        text = "".join(self.buffer)
        self.buffer.clear()
        if not text or text.isspace():
            self.linked = 0
            return
        text = _SPACE.sub(" ", text)
        if not text.isascii():
            text = text.translate(_UNSEEN)
        linked, self.linked = min(self.linked, len(text)), 0
        for part in _PARTS.split(text) if _BREAK in text else (text,):
            printed = _LINE.sub("\n", part).strip() if _BREAK in part else part.strip()
            if printed and (found := key(printed)):
                level = int(element.tag[1]) if element.tag in _HEADINGS else 0
                share = round(linked * len(part) / len(text))
                self.runs.append(Run(printed, element, scope, share, found, level=level))


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
            if tag in _INLINE:
                inner = _enter_inline(element, scope, block)
                boundary = inner is not scope
            else:
                inner = _enter(element, scope)
                boundary = True
            if boundary:
                reader.flush(block, scope)
            elif tag in {"td", "th"}:
                reader.buffer.append(" ")
            open_scopes.append((block, scope, element, boundary))
            scope = inner
            if boundary:
                block = element
            links += tag == "a" and "href" in element.attrib
            if element.text:
                reader.buffer.append(element.text)
                if links:
                    reader.linked += len(element.text)
        else:
            if tag not in SKIPPED:
                links -= tag == "a" and "href" in element.attrib
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
    sign = furniture.NOTHING
    attributes = dict(element.items())
    if tag != "body" and (attributes or tag in furniture.ROLE_TAGS):
        names = attributes.get("class", "")
        if "id" in attributes:
            names = f"{names} {attributes['id']}"
        sign = furniture.sign(tag, names, attributes.get("itemprop", ""))
        if sign.role != "junk" and _hidden(attributes):
            sign = HIDDEN
    kind = _kind(tag, scope.kind)
    if kind == scope.kind and not sign.role:
        return scope
    return Scope(kind, sign, scope)


def _enter_inline(element: HtmlElement, scope: Scope, block: HtmlElement) -> Scope:
    """The scope inside an inline element: in a sentence it is part of that, whatever its name.

    Only a credit stands apart from the caption that it ends.
    """
    if block.tag in _SENTENCES and scope.sign.role != "caption":
        return scope
    inner = _enter(element, scope)
    if block.tag not in _SENTENCES:
        return inner
    return inner if inner.sign.role == "credit" and scope.sign.role == "caption" else scope


def _kind(tag: str, outer: BlockKind) -> BlockKind:
    if tag in _HEADINGS:
        return "heading"
    if tag == "blockquote":
        return "blockquote"
    if tag in _ITEMS and outer != "blockquote":
        return "item"
    if tag == "p" and outer == "heading":
        return "paragraph"  # an unclosed heading
    return outer


def _hidden(attributes: dict[str, str]) -> bool:
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style is not None and "display:none" in style.replace(" ", ""))
    )
