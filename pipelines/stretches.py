"""Quotations on their way: marked stretches, and what is sure of those that lost a mark."""

from dataclasses import dataclass

import regex

from pipelines.quotemarks import Marked
from press.coverage import QuoteKind, Where

_SAID = r"(?:said|says|wrote|told|added|asked|tweeted)\b"
_SWALLOWED = regex.compile(
    rf"(?<=[,?!])\s+(?:(?:he|she|they|it|I|we|(?:\p{{Lu}}[\p{{L}}.’'-]+\s+){{1,4}})\s*{_SAID}"
    r"|(?:said|says|wrote|added|asked)\s+\p{Lu})"
)
_ATTRIBUTED = regex.compile(
    rf"\s+(?:(?:he|she|they|(?:\p{{Lu}}[\p{{L}}.’'-]*\s+){{1,4}})\s*)?{_SAID}"
)
SHORT_LOST = 20
"""Code points up to which a stretch without its closing mark is taken for a stray mark."""


@dataclass(slots=True)
class Stretch:
    """A quotation on its way to a `Quote`."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    where: Where
    kind: QuoteKind = "fragment"
    speaker: str | None = None
    cue: str | None = None
    utterance: int = -1
    paragraph: int = 0
    alone: bool = False
    """Its sentence holds nothing else."""
    asked: bool = False
    """Somebody was asked it, and nobody is named as asking."""
    open_end: bool = False
    """It lacks its closing mark because the next paragraph goes on with it."""


def mended(text: str, m: Marked, paragraph: tuple[int, int], *, goes_on: bool) -> Marked | None:
    """The stretch itself, or as much as is sure of one that lost a mark, or None.

    A lost opening mark is the paragraph's start if an attribution follows the closing one. A lost
    closing mark is the next paragraph's (`goes_on`), or stands before an attribution that would
    be swallowed, or at the paragraph's end behind *said,* or *:*.
    """
    if not m.lost:
        return m
    start, stop = paragraph
    inside = text[m.start : m.end]
    if m.lost == "open":
        return m if inside[-1] in ",?!" and _ATTRIBUTED.match(text, m.outer_end) else None
    if m.outer_end == stop and goes_on:
        return m
    before = text[start : m.outer_start].rstrip()
    if before and before[-1] not in ":,":
        return None
    swallowed = _SWALLOWED.search(inside)
    if swallowed:
        cut = m.start + swallowed.start()
        return m._replace(end=cut, outer_end=cut)
    whole = m.outer_end == stop and inside[-1] in ".!?…" and len(inside) > SHORT_LOST
    return m if whole else None
