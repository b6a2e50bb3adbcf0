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
from collections.abc import Iterator
from dataclasses import dataclass, field

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from pipelines import asides, bylines, dates
from pipelines.blocks import Run, Scope, key
from pipelines.furniture import Role, Sign
from press.coverage import BlockKind

MOST = 0.3
"""A box named like furniture that holds more than this share of the chosen text is the article."""
FOUND = 0.6
"""The share of a run's letters that trafilatura must have kept for the whole run to count."""
SHORT = 16
"""Letters; a shorter run must stand where trafilatura has a paragraph begin."""
REACH = 60
"""Letters that trafilatura's text may be ahead of the last run when a short run is looked for."""
PIECE = 20
THIN = 700
"""Characters: a text as short as this is worth a second look by slower means."""
BETTER = 1.3
"""How much more the second look must find to be believed over the first."""
HEAD = 8
"""Runs between a headline and the first paragraph where a dek, byline or date may stand."""
PROSE = 60
"""Characters: a line about the headline this long is a sentence, no label."""
LINKED = 0.5
ALL = 0.9
"""The share of a line in links from which it is a link: the rest is an arrow or a full stop."""
HEAD_BEFORE = 4
"""Runs before the headline where a date or byline may stand."""
_LEADS = frozenset(("teaser", "teasers"))
_UNREAD = ("script", "style", "svg", "template", "iframe", "object", "canvas")

logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("trafilatura").propagate = False


def chosen_text(tree: HtmlElement, stated: str) -> list[str]:
    """The text nodes that are taken for the article, in order; empty when there are none.

    trafilatura's fast mode first, its full cascade where that finds little, and the text `stated`
    in the page's metadata (schema.org articleBody) where there is no more than that to see.
    `tree` loses the elements that hold no text.
    """
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    texts = trafilatura_text(tree, fast=True)
    size = sum(map(len, texts))
    if size < THIN:
        thorough = trafilatura_text(tree, fast=False)
        if sum(map(len, thorough)) > BETTER * size:
            texts, size = thorough, sum(map(len, thorough))
    if size < THIN and len(stated) > BETTER * size:
        texts = [line for line in map(str.strip, stated.splitlines()) if line]
    return texts


def trafilatura_text(tree: HtmlElement, *, fast: bool) -> list[str]:
    """The text nodes that trafilatura takes for the article; `tree` stays as it is."""
    try:
        document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False)
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


def settle(found: list[Run]) -> None:
    """Give every run its role: the outermost of the boxes that it stands in and that are believed.

    When boxes with one name of furniture hold most of the chosen text, that name means something
    else on this page. Inside furniture only a pull quote is told apart, inside a
    caption only its credit.
    """
    held: dict[Sign, int] = {}
    total = 0
    for run in found:
        if run.chosen:
            total += len(run.key)
            for sign in {scope.sign for scope in _around(run) if scope.sign.role}:
                held[sign] = held.get(sign, 0) + len(run.key)
    layout = {sign for sign, size in held.items() if size > MOST * total}
    settled: dict[Scope, Role] = {}
    for run in found:
        if run.scope not in settled:
            signs = [scope.sign for scope in _around(run)]
            roles = [sign.role for sign in signs if sign.role and sign not in layout]
            role: Role = roles[-1] if roles else ""
            if role == "junk" and "pullquote" in roles:
                role = "pullquote"
            elif role == "caption" and "credit" in roles:
                role = "credit"
            elif role == "date" and "byline" in roles:
                role = "byline"
            settled[run.scope] = role
        run.role = settled[run.scope]


def _around(run: Run) -> Iterator[Scope]:
    """The scopes that a run stands in, from the inside out."""
    scope: Scope | None = run.scope
    while scope is not None:
        yield scope
        scope = scope.outer


@dataclass(slots=True)
class Parts:
    """An article's runs, sorted into its fields."""

    paragraphs: list[tuple[BlockKind, str]] = field(default_factory=list)
    dek: str = ""
    captions: list[str] = field(default_factory=list)
    pullquotes: list[str] = field(default_factory=list)
    head: list[Run] = field(default_factory=list)
    """The runs about the headline: from just before it to the first paragraph."""
    marks: list[Run] = field(default_factory=list)
    """Bylines and dates elsewhere in the article's box, by their names or words."""
    under: int = 0
    """How many runs of `head` stand above the headline or are it."""
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
    _find_lead(found, first, title_key)
    _drop_asides([run for run in found if run.chosen and _is_body(run, title_key)])
    named = [i for i, run in enumerate(found) if title_key and run.key == title_key and run.level]
    top = max((i for i in named if i <= first), default=max(0, first - HEAD))
    region = _region([found[i] for i in (*body, *([top] if top in named else ()))])
    dek = _dek(found[top : last + 1], title_key, deks)
    sorted_in.head = found[max(0, top - HEAD_BEFORE) : first + 1]
    sorted_in.under = min(top, HEAD_BEFORE) + 1 if top in named else len(sorted_in.head)
    boxes = {
        "caption": sorted_in.captions,
        "pullquote": sorted_in.pullquotes,
    }
    for run in found:
        is_mark = run.role in {"byline", "date"} or (run.role == "" and dates.is_note(run.text))
        if is_mark or run.role in boxes:
            if run.chosen or region is run.element or region in run.element.iterancestors():
                boxes[run.role].append(run.text) if run.role in boxes else sorted_in.marks.append(
                    run
                )
        if run is dek:
            sorted_in.dek = run.text
        elif run.chosen and _is_body(run, title_key) and (dek is None or run.key != dek.key):
            sorted_in.paragraphs.append((run.scope.kind, run.text))
            sorted_in.linked += run.linked
    kinds = [kind for kind, _ in sorted_in.paragraphs]
    end = next((i for i in range(len(kinds), 0, -1) if kinds[i - 1] != "heading"), len(kinds))
    del sorted_in.paragraphs[end:]
    return sorted_in


def _find_lead(found: list[Run], first: int, title_key: str) -> None:
    """Choose the lead paragraphs that stand between the headline and the chosen body.

    Many templates put them into the header, which trafilatura leaves out.
    """
    top = max((i for i in range(first) if found[i].level and found[i].key == title_key), default=-1)
    if top < 0 or first - top > HEAD:
        return
    for run in found[top + 1 : first]:
        is_lead = run.role in {"", "dek"} or run.scope.sign.why in _LEADS
        if is_lead and len(run.text) >= PROSE and run.linked < LINKED * len(run.text):
            run.chosen = True
            if run.role == "junk":
                run.role = ""


def _drop_asides(body: list[Run]) -> None:
    """Unchoose what is not of the article: lines that are nothing but a link, and set phrases.

    A list of links under such a phrase goes with it.
    """
    dropped = []
    announced = False
    for run in body:
        share = run.linked / len(run.text)
        is_aside = _is_link(run) or asides.is_aside(run.text, share) or bylines.is_byline(run.text)
        if is_aside or (announced and share > LINKED):
            dropped.append(run)
        announced = asides.announces_others(run.text) or (announced and share > LINKED)
    if sum(len(run.key) for run in dropped) < MOST * sum(len(run.key) for run in body):
        for run in dropped:
            run.chosen = False


def _is_link(run: Run) -> bool:
    return run.scope.kind in {"paragraph", "heading"} and run.linked >= ALL * len(run.text)


def _is_body(run: Run, title_key: str) -> bool:
    return run.role in {"", "dek"} and run.key != title_key


def _dek(after_title: list[Run], title_key: str, deks: set[str]) -> Run | None:
    """The line under the headline: named so, a heading directly under it, or stated as such."""
    for run in after_title[: HEAD + 1]:
        if run.key == title_key:
            continue
        if run.role == "dek" or (run.key in deks and run.level):
            return run
        if run.role == "" and run.chosen and not run.level:
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
