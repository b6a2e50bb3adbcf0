"""Which quotation marks belong together.

Works paragraph by paragraph (a line is a paragraph), so that a stray mark never reaches further::

    glyph and neighbours -> may open / may close -> pairs -> nesting -> lost marks

Double marks (“ ” „ " '' ``), guillemets, corner brackets and single marks are families of their
own; inside a family any opening glyph pairs with any closing one, because print mixes them
(``"…”``, ``„…“``, ``”…”``). Single marks are apostrophes until a whole pair says otherwise.
"""

from collections.abc import Iterator
from typing import NamedTuple

import regex

_MARK = regex.compile(
    r"(?P<angle>[«»‹›])|(?P<corner>[「」『』〝〞〟])|(?P<double>[“”„‟\"＂]|``|(?<!['’‘])['’‘]{2}(?!['’‘]))"
    r"|(?P<single>[‚‛‘’'`](?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[‚‛‘’'`])"
)
_ELISION = regex.compile(
    r"(?:\d0s|\d\ds?\b(?!\s+(?:percent|per))|(?:tis|twas|twere|til|till|em|cause|cuz|bout|round|n|neath|"
    r"nuff|fraid|ere|gainst|kay|sup|scuse)\b)",
    regex.IGNORECASE,
)
_OPENS_AFTER = frozenset(" \t\u00a0\u2009\u200a\u202f\u200b\ufeff([{<>/-–—―=:;…+~|*_\"“„«‹‘‚'`")
_CLOSES_BEFORE = frozenset(" \t\u00a0\u2009\u200a\u202f\u200b\ufeff)]}</-–—―.,:;!?…+~|*_\"”“»›’'`")
_SPACE = frozenset(" \t\u00a0\u2009\u200a\u202f\u200b\ufeff")
_TERMINAL = frozenset(".,!?…;:—–-")

# Markup that was left in a text: the marks of its attributes quote nobody.
_TAG = regex.compile(r"<[a-zA-Z/!][^<>\n]{0,2000}>")

_MEASURE = regex.compile(r"(?:['’]\d{1,2}|\b\d{1,3}(?:\.\d)?)$")

LONGEST_SINGLE = 600
"""Code points between two single marks: longer stretches are apostrophes by chance."""
SINGLE_LOOKAHEAD = 24
"""Single marks looked at for the one that closes; keeps the search linear."""


class Marked(NamedTuple):
    """A stretch between quotation marks; `start` and `end` exclude the marks."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    depth: int
    """0: not inside another stretch."""
    family: str
    lost: str = ""
    """Which mark is missing: ``open``, ``close`` (at the paragraph's end), or none."""


class _Mark(NamedTuple):
    start: int
    end: int
    glyph: str
    opens: bool
    closes: bool


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines of `text` that hold something: offsets without surrounding white space."""
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.find(stripped[0])
            yield start, start + len(stripped)
        at += len(raw) + 1


def marked(text: str, start: int, end: int) -> list[Marked]:
    """The marked stretches of the paragraph ``text[start:end]``, in order of their start."""
    families: dict[str, list[_Mark]] = {}
    tags = [m.span() for m in _TAG.finditer(text, start, end)]
    for m in _MARK.finditer(text, start, end):
        if any(a < m.start() < b for a, b in tags):
            continue
        family = m.lastgroup or ""
        mark = _judge(text, start, end, m.start(), m.end(), family)
        if mark.opens or mark.closes:
            families.setdefault(family, []).append(mark)
    if not families:
        return []
    found: list[tuple[_Mark, _Mark | None, str]] = []
    for family, marks in families.items():
        if family != "single":
            found += [(a, b, family) for a, b in _pair(marks)]
    found.sort(key=lambda f: f[0].start)
    if "single" in families:
        doubles = [(a.start, b.end) for a, b, _ in found if b is not None]
        found += [(a, b, "single") for a, b in _singles(text, families["single"], doubles)]
        found.sort(key=lambda f: (f[0].start, -(f[1].end if f[1] else end)))
    return _nest(text, end, found)


def _judge(text: str, start: int, end: int, at: int, after: int, family: str) -> _Mark:
    """Whether the mark at `at` may open or close, by its glyph and its neighbours."""
    glyph = text[at:after]
    before = text[at - 1] if at > start else " "
    following = text[after] if after < end else " "
    opens = before in _OPENS_AFTER and following not in _SPACE
    closes = before not in _SPACE and following in _CLOSES_BEFORE
    if family == "double":
        if glyph in "„‟" or glyph == "``":
            return _Mark(at, after, glyph, True, False)
        if glyph == '"' and before.isdigit() and not opens:
            # 5'10", a 24" screen: inches, unless something is open that it can close.
            digits = text[max(start, at - 6) : at]
            if (
                regex.search(r"(?:['’]\d{1,2}|\b\d{1,3}(?:\.\d)?)$", digits)
                and following not in ",."
            ):
                opens, closes = False, closes and following == " " and "'" not in digits
        if not opens and not closes:
            return _Mark(at, after, glyph, glyph != "”", glyph != "“")
        if glyph == "“" and opens:
            closes = False
        if glyph == "”" and closes:
            opens = False
        return _Mark(at, after, glyph, opens, closes)
    if family == "angle":
        # « French » has spaces inside, »German« points inwards; both are told by what is open.
        spaced = following in _SPACE and before in _SPACE
        return _Mark(at, after, glyph, opens or glyph in "«‹" or spaced, True)
    if family == "corner":
        return _Mark(at, after, glyph, glyph in "「『〝", glyph not in "「『〝")
    if glyph in "‚‛‘`":
        opens = following not in _SPACE
        closes = glyph == "‘" and closes and not opens
    elif glyph == "’":
        opens = False
    if opens and _ELISION.match(text, after, end):
        opens = False
    return _Mark(at, after, glyph, opens, closes and before not in _SPACE)


_INWARD = {"«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』", "〝": "〞"}


def _pair(marks: list[_Mark]) -> Iterator[tuple[_Mark, _Mark | None]]:
    """Pairs of one family; None instead of the closing mark where the last one has none."""
    stack: list[_Mark] = []
    for n, mark in enumerate(marks):
        exact = _INWARD.get(stack[-1].glyph) if stack else None
        if stack and mark.closes and (exact is None or mark.glyph == exact):
            yield stack.pop(), mark
        elif mark.opens:
            if stack and not _nested(marks, n, len(stack)):
                # The one before lost its closing mark in mid-paragraph: where it ended is a guess.
                stack.pop()
            stack.append(mark)
    if stack:
        yield stack[0], None


def _nested(marks: list[_Mark], n: int, depth: int) -> bool:
    """Whether the opening mark `n`, met inside an open stretch, opens an inner one.

    It does when the closing marks of both follow before anything opens again.
    """
    if depth > 2:
        return False
    closing = 0
    for mark in marks[n + 1 : n + 10]:
        if mark.closes:
            closing += 1
            if closing > depth:
                return True
        elif closing == 0:
            return False
    return False


def _singles(
    text: str, marks: list[_Mark], doubles: list[tuple[int, int]]
) -> Iterator[tuple[_Mark, _Mark]]:
    """Pairs of single marks that stand wholly inside or wholly outside every double pair."""
    n = 0
    while n < len(marks):
        mark = marks[n]
        best = None
        if mark.opens:
            inside = next((d for d in doubles if d[0] <= mark.start < d[1]), None)
            limit = min(inside[1] if inside else len(text), mark.end + LONGEST_SINGLE)
            for k in range(n + 1, min(n + SINGLE_LOOKAHEAD, len(marks))):
                other = marks[k]
                if other.start >= limit:
                    break
                if other.opens and not other.closes:
                    break
                if not other.closes or other.start == mark.end:
                    continue
                if any(a < other.start < b and not (a <= mark.start < b) for a, b in doubles):
                    continue
                best = k
                if not _possessive(text, other):
                    break
        if best is None:
            n += 1
            continue
        yield mark, marks[best]
        n = best + 1


_POSSESSIVE = regex.compile(r"(?<=[sxz])['’](?=\s+[\p{Ll}\p{Lu}])")


def _possessive(text: str, mark: _Mark) -> bool:
    """Whether the mark may be the apostrophe of a plural (dogs’ tails)."""
    return _POSSESSIVE.match(text, mark.start) is not None


def _nest(text: str, end: int, found: list[tuple[_Mark, _Mark | None, str]]) -> list[Marked]:
    out: list[Marked] = []
    open_ends: list[int] = []
    for a, b, family in found:
        stop, outer = (b.start, b.end) if b else (end, end)
        while open_ends and open_ends[-1] <= a.start:
            open_ends.pop()
        if open_ends and outer > open_ends[-1]:
            continue
        start = a.end
        while start < stop and text[start] in _SPACE:
            start += 1
        while stop > start and text[stop - 1] in _SPACE:
            stop -= 1
        if start < stop and any(c.isalnum() for c in text[start:stop]):
            lost = "" if b else "close"
            out.append(Marked(start, stop, a.start, outer, len(open_ends), family, lost))
            open_ends.append(outer)
    return out
