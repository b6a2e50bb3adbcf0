"""A statement's paragraphs, from plain text, Markdown or HTML.

::

    Markdown ── markdown-it ──> HTML ── lxml ──> blocks ─┐
                                      plain text ────────┴─ unwrap ──> paragraphs

Only what the markup itself says is decided here (headings, items, notes, rules); what a paragraph
means in a letter is told in `press.statement_text`. A line break is the end of a paragraph unless
the text is hard-wrapped, which shows in full lines that break off inside a sentence.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

import regex
from lxml import etree, html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

Form = Literal["text", "markdown", "html"]
Kind = Literal["text", "item", "heading", "rule", "note", "signatory"]


class Paragraph(NamedTuple):
    """One paragraph as the author divided the text; bullets and list numbers are off.

    A rule is a row of dashes, stars or the like.
    """

    text: str
    kind: Kind


MIN_WRAP, MAX_WRAP = 40, 120
"""Widths at which editors and mail programs wrap; longer lines are whole paragraphs."""

MAX_NAME = 100
"""Characters of a line that may be a person or organisation; a wrapped line can be as long."""

_NEWLINE = regex.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = regex.compile(r"[ \t\n\r\u200b\ufeff]+")  # a no-break space is as printed
_BULLET = regex.compile(r"\s*(?:[•·‣▪▫●○◦■□➢➤✓✔⁃]|[-–*+](?=\s))\s*(?=\S)")
_NUMBER = regex.compile(r"\s*(?:\((?P<n>\d{1,2})\)|(?P<n>\d{1,2})[.)])\s+(?=\S)")
_RULE = regex.compile(r"[\s*_=~#.—–―-]*(?:[*_=~#—–―-]\s*){2,}")
_SENTENCE_END = regex.compile(r"[.!?…:;。！？]['\"’”»)\]]*$")
_MARKUP = regex.compile(r"\[\^[^\]]*\]|[*_\s]+$|^[*_\s]+")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_SKIPPED = frozenset(
    "head script style template noscript nav header footer form button select textarea svg math "
    "iframe object figcaption".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt fieldset figure h1 h2 h3 h4 h5 h6 "
    "hr li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_FURNITURE = frozenset(
    "share sharing social breadcrumb breadcrumbs cookie cookies related newsletter "
    "footnote-backref sr-only screen-reader-text visually-hidden".split()
)
_NOTES = regex.compile(r"(?:foot|end)-?notes?(?:-item|-text|-list)?|references|reflist")
_SIGNERS = regex.compile(r"signator(?:y|ies)|signatures?|signers|signees|undersigned")


def paragraphs(raw: str, form: Form) -> list[Paragraph]:
    """The paragraphs of `raw` in order, without empty ones."""
    if form == "markdown":
        raw = _rendered(raw)
    blocks = _html_blocks(raw) if form != "text" else _text_blocks(raw)
    found = [*_unwrapped(list(blocks))]
    return [*_without_numbers(found)]


def _rendered(markdown: str) -> str:
    """Markdown as HTML; a paragraph of short lines such as names keeps its line breaks."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    tokens = parser.parse(markdown)
    for token in tokens:
        lines = token.content.split("\n") if token.type == "inline" else []
        if _are_names(lines):
            for child in token.children or ():
                child.type = "hardbreak" if child.type == "softbreak" else child.type
    return str(parser.renderer.render(tokens, parser.options, {}))


def _are_names(lines: list[str]) -> bool:
    texts = [_MARKUP.sub("", line) for line in lines]
    ended = sum(_SENTENCE_END.search(text) is not None for text in texts)
    # One in five may be an "Inc."
    return ended <= len(texts) / 5 and all(
        0 < len(text) <= MAX_NAME and not text[0].islower() for text in texts
    )


# --- plain text


def _text_blocks(raw: str) -> Iterator[tuple[list[str], Kind]]:
    lines: list[str] = []
    for line in [*_NEWLINE.split(raw.removeprefix("\ufeff")), ""]:
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines, "text"
            lines = []


def _unwrapped(blocks: list[tuple[list[str], Kind]]) -> Iterator[Paragraph]:
    width = _wrap_width([lines for lines, _ in blocks])
    for lines, kind in blocks:
        parts: list[Paragraph] = []
        full = 0
        for line in lines:
            text = _SPACE.sub(" ", line).strip()
            if not text:
                continue
            if _RULE.fullmatch(text):
                parts.append(Paragraph(text, "rule"))
                continue
            bullet = _BULLET.match(line) if kind == "text" else None
            first_word = text.split(" ", 1)[0]
            starts_anew = bullet is not None or _NUMBER.match(text) is not None
            if parts and parts[-1].kind != "rule" and not starts_anew:
                last = parts[-1]
                runs_on = first_word[0].islower() and not _SENTENCE_END.search(last.text)
                if runs_on or (width and full + 1 + len(first_word) > width):
                    parts[-1] = Paragraph(f"{last.text} {text}", last.kind)
                    full = len(line.rstrip())
                    continue
            full = len(line.rstrip())
            if bullet is not None:
                text = _SPACE.sub(" ", line[bullet.end() :]).strip()
            parts.append(Paragraph(text, "item" if bullet is not None else kind))
        yield from parts


def _wrap_width(blocks: list[list[str]]) -> int:
    """The width at which the text is wrapped; 0 where each line is a paragraph of its own."""
    width = max((len(s.rstrip()) for b in blocks for s in b if " " in s.strip()), default=0)
    if not MIN_WRAP <= width <= MAX_WRAP:
        return 0
    filled = [[line.rstrip() for line in block if line.strip()] for block in blocks]
    broken = sum(
        len(line) + 1 + len(after.split(None, 1)[0]) > width and not _SENTENCE_END.search(line)
        for block in filled
        for line, after in pairwise(block)
    )
    return width if broken >= 2 else 0


def _without_numbers(found: list[Paragraph]) -> Iterator[Paragraph]:
    """Take list numbers off where they count up: ``1.`` alone may begin a sentence."""
    numbers = [_NUMBER.match(p.text) if p.kind in ("text", "item") else None for p in found]
    values = [int(m["n"]) if m else None for m in numbers]
    listed = {v for v in values if v is not None}
    for paragraph, number, value in zip(found, numbers, values, strict=True):
        if number and value is not None and 1 in listed and {value - 1, value + 1} & listed:
            yield Paragraph(paragraph.text[number.end() :], "item")
        else:
            yield paragraph


# --- HTML


def _html_blocks(raw: str) -> Iterator[tuple[list[str], Kind]]:
    try:
        tree = html.document_fromstring(raw.removeprefix("\ufeff"))
    except (etree.ParserError, ValueError):
        return
    for tag in ("article", "main", "body"):
        found = tree.findall(f".//{tag}")
        if len(found) == 1:
            tree = found[0]
            break
    collector = _Collector()
    collector.visit(tree, "text")
    collector.close("text")
    yield from collector.blocks


class _Collector:
    """Walks an element tree and gathers the text of each block, split at its line breaks."""

    def __init__(self) -> None:
        self.blocks: list[tuple[list[str], Kind]] = []
        self._text: list[str] = []

    def close(self, kind: Kind) -> None:
        lines = [_SPACE.sub(" ", s).strip() for s in "".join(self._text).split("\0")]
        self._text = []
        if any(lines):
            self.blocks.append((lines, kind))

    def visit(self, element: html.HtmlElement, kind: Kind) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        names = {n.lower() for n in f"{element.get('class', '')} {element.get('id', '')}".split()}
        if not tag or tag in _SKIPPED or names & _FURNITURE or element.get("hidden") is not None:
            return
        if tag == "br":
            self._text.append("\0")
        elif tag == "hr":
            self.close(kind)
            self.blocks.append((["---"], "text"))
        elif tag == "sup":
            self._text.append(_superscript(element))
        elif tag in _BLOCKS:
            self.close(kind)
            inner = _kind(element, tag, names) if kind in ("text", "item") else kind
            self._children(element, inner if inner != "text" else kind)
            self.close(inner if inner != "text" else kind)
        else:
            self._children(element, kind)

    def _children(self, element: html.HtmlElement, kind: Kind) -> None:
        self._text.append(element.text or "")
        for child in element:
            self.visit(child, kind)
            self._text.append(child.tail or "")


def _kind(element: html.HtmlElement, tag: str, names: set[str]) -> Kind:
    role = (element.get("role") or "").lower()
    if role in ("doc-endnotes", "doc-footnote") or any(_NOTES.fullmatch(n) for n in names):
        return "note"
    if any(_SIGNERS.fullmatch(n) for n in names):
        return "signatory"
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "heading"
    return "item" if tag in ("li", "dd") else "text"


def _superscript(element: html.HtmlElement) -> str:
    """A raised number as raised digits; one that links to its note as a mark, ``{1}``."""
    text = _SPACE.sub(" ", element.text_content()).strip()
    digits = text.strip("[](){} ")
    if digits.isdecimal():
        return (
            f"{{{digits}}}"
            if element.find(".//a") is not None
            else (digits.translate(_SUPERSCRIPTS))
        )
    return text if text.isalpha() else ""
