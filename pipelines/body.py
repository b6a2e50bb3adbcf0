"""Which blocks of a page are its article's body: trafilatura's choice, joined with the markup.

::

    parsed page ──┬─ blocks.runs ──────> every run of text, with what it stands in
                  └─ trafilatura (fast) ─> the text that it takes for the article
                                              │ matched by letters and digits, in order
                  chosen runs <───────────────┘
                  minus furniture, title, dek, captions, pull quotes

trafilatura decides what is text and what is page; the page's own markup decides what kind of
paragraph it is, and what its names call boilerplate goes, unless it holds most of the article.
"""

import logging
from dataclasses import dataclass, field

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from pipelines.blocks import Run, key
from press.coverage import BlockKind

MOST = 0.5
"""A box named like furniture that holds more than this share of the chosen text is the article."""
FOUND = 0.6
"""The share of a run's letters that trafilatura must have kept for the whole run to count."""
SHORT = 16
"""Letters; a shorter run must stand where trafilatura has a paragraph begin."""
REACH = 60
"""Letters that trafilatura's text may be ahead of the last run when a short run is looked for."""
PIECE = 20
HEAD = 8
"""Runs between a headline and the first paragraph where a dek, byline or date may stand."""
HEAD_BEFORE = 4
"""Runs before the headline where a date or byline may stand."""
_UNREAD = ("script", "style", "svg", "noscript", "template", "iframe", "object", "canvas")

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("trafilatura").propagate = False


def chosen_text(tree: HtmlElement) -> list[str]:
    """The text nodes that trafilatura takes for the article, in order; empty when it finds none.

    `tree` loses the elements that hold no text; trafilatura copies it before it changes anything.
    """
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    try:
        document = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    except Exception:  # whatever a strange page makes it do, the page is just not read
        return []
    if not isinstance(document, Document) or document.body is None:
        return []
    return [text for text in document.body.itertext() if text and not text.isspace()]


def choose(found: list[Run], texts: list[str]) -> float:
    """Mark the runs that make up `texts`; return the share of `texts` that they cover, 0 to 1."""
    keys = [k for k in map(key, texts) if k]
    whole = "".join(keys)
    if not whole:
        return 0.0
    starts = set()
    at = 0
    for k in keys:
        starts.add(at)
        at += len(k)
    pointer = covered = 0
    for run in found:
        at = _place(run.key, whole, pointer, starts)
        if at < 0:
            continue
        run.chosen = True
        covered += len(run.key)
        if at >= pointer:
            pointer = at + len(run.key)
    return min(1.0, covered / len(whole))


def _place(k: str, whole: str, pointer: int, starts: set[int]) -> int:
    """Where the run with key `k` stands in the chosen text, or -1."""
    if len(k) < SHORT:
        at = whole.find(k, pointer, pointer + REACH + len(k))
        while at >= 0 and at not in starts:
            at = whole.find(k, at + 1, pointer + REACH + len(k))
        return at
    at = whole.find(k, pointer)
    if at < 0:
        at = whole.find(k)
    if at >= 0 or len(k) < 2 * PIECE:
        return at
    first, last = whole.find(k[:PIECE], pointer), whole.find(k[-PIECE:], pointer)
    if first < 0 and last < 0:
        return -1
    pieces = [k[i : i + PIECE] for i in range(0, len(k), PIECE)]
    kept = sum(len(piece) for piece in pieces if piece in whole)
    if kept < FOUND * len(k):
        return -1
    return first if first >= 0 else max(0, last + PIECE - len(k))


def believe(found: list[Run]) -> None:
    """Forget the names of boxes that hold most of the chosen text: they are layout."""
    held: dict[HtmlElement, int] = {}
    total = 0
    for run in found:
        if run.chosen:
            total += len(run.key)
            if run.scope.root is not None:
                held[run.scope.root] = held.get(run.scope.root, 0) + len(run.key)
    layout = {root for root, size in held.items() if size > MOST * total}
    for run in found:
        if run.scope.root in layout:
            run.scope.role = ""


@dataclass(slots=True)
class Parts:
    """An article's runs, sorted into its fields."""

    paragraphs: list[tuple[BlockKind, str]] = field(default_factory=list)
    dek: str = ""
    captions: list[str] = field(default_factory=list)
    pullquotes: list[str] = field(default_factory=list)
    head: list[Run] = field(default_factory=list)
    """The runs about the headline: from just before it to the first paragraph."""
    linked: int = 0
    """Characters of the body that stand in links."""


def parts(found: list[Run], title: str, deks: set[str]) -> Parts:
    """Sort the runs of a page into the fields of its article.

    `deks` holds the keys of what the metadata calls a description or second headline.
    """
    sorted_in = Parts()
    title_key = key(title)
    body = [i for i, run in enumerate(found) if run.chosen and _is_body(run, title_key)]
    if not body:
        return sorted_in
    first, last = body[0], body[-1]
    named = [i for i, run in enumerate(found) if title_key and run.key == title_key and run.level]
    top = max((i for i in named if i <= first), default=max(0, first - HEAD))
    region = _region([found[i] for i in (*body, *([top] if top in named else ()))])
    dek = _dek(found[top : last + 1], title_key, deks)
    sorted_in.head = found[max(0, top - HEAD_BEFORE) : first + 1]
    for run in found:
        role = run.scope.role
        if role in {"caption", "pullquote"}:
            if run.chosen or region is run.element or region in run.element.iterancestors():
                (sorted_in.captions if role == "caption" else sorted_in.pullquotes).append(run.text)
        elif run is dek:
            sorted_in.dek = run.text
        elif run.chosen and _is_body(run, title_key) and (dek is None or run.key != dek.key):
            sorted_in.paragraphs.append((run.scope.kind, run.text))
            sorted_in.linked += run.linked
    while sorted_in.paragraphs and sorted_in.paragraphs[-1][0] == "heading":
        sorted_in.paragraphs.pop()
    return sorted_in


def _is_body(run: Run, title_key: str) -> bool:
    return run.scope.role in {"", "dek"} and run.key != title_key


def _dek(after_title: list[Run], title_key: str, deks: set[str]) -> Run | None:
    """The line under the headline: named so, a heading directly under it, or stated as such."""
    for run in after_title[: HEAD + 1]:
        if run.key == title_key:
            continue
        if run.scope.role == "dek" or (run.key in deks and run.level):
            return run
        if run.scope.role == "" and run.chosen and not run.level:
            return None
    return None


def _region(inside: list[Run]) -> HtmlElement:
    """The smallest element around all of `inside`, or the article element around that."""
    paths = [[*reversed(list(run.element.iterancestors())), run.element] for run in inside]
    common = paths[0][0]
    for level in zip(*paths, strict=False):
        if any(element is not level[0] for element in level):
            break
        common = level[0]
    return next((a for a in common.iterancestors("article")), common)
