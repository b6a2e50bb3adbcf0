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
    r"(?P<triple>(?<!['’‘])['’‘]{3}(?!['’‘]))|(?P<angle>[«»‹›])|(?P<corner>[「」『』〝〞〟])|(?P<double>[“”„‟\"＂]|``|(?<!['’‘])['’‘]{2}(?!['’‘]))"
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

_MEASURE = regex.compile(r"(?:['’]\d{1,2}|\b\d{1,3}(?:\.\d)?)$")
_SAYS_SOMETHING = regex.compile(r"[\p{L}\p{N}]")

LONGEST_SINGLE = 600
"""Code points between two single marks: longer stretches are apostrophes by chance."""
MOST_MARKS = 20_000
"""Marks in one line from which it is no prose and nothing in it a quotation."""
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
    """Which mark is missing, ``open`` or ``close``; empty when both are there."""


class _Pair(NamedTuple):
    start: int
    end: int
    outer_start: int
    outer_end: int
    family: str
    lost: str


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
    for n, (at, after, family) in enumerate(_glyphs(text, start, end)):
        if n > MOST_MARKS:
            return []
        mark = _judge(text, start, end, at, after, family)
        if mark.opens or mark.closes:
            families.setdefault(family, []).append(mark)
    if not families:
        return []
    found: list[_Pair] = []
    for family, marks in families.items():
        if family != "single":
            found += [
                _Pair(a, b, c, d, family, lost) for a, b, c, d, lost in _pair(marks, start, end)
            ]
    if "single" in families:
        found += _singles(text, families["single"], found)
    found.sort(key=lambda p: (p.outer_start, -p.outer_end))
    return _nest(text, found)


def _glyphs(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The marks with their families; those inside left-over markup are no marks."""
    tags = [m.span() for m in _TAG.finditer(text, start, end)] if "<" in text[start:end] else []
    tag = 0
    for m in _MARK.finditer(text, start, end):
        at, after = m.span()
        while tag < len(tags) and tags[tag][1] <= at:
            tag += 1
        if tag < len(tags) and tags[tag][0] < at:
            continue
        if m.lastgroup != "triple":
            yield at, after, m.lastgroup or ""
        elif at == start or text[at - 1] in _SPACE:
            yield from ((at, at + 2, "double"), (at + 2, after, "single"))
        else:
            yield from ((at, at + 1, "single"), (at + 1, after, "double"))


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
            if _MEASURE.search(digits) and following not in ",.":
                return _Mark(at, after, glyph, False, following == " " and "'" not in digits)
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


def _pair(marks: list[_Mark], begin: int, end: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Pairs of one family: inner start and end, outer start and end, and which mark is lost.

    A stretch without its closing mark runs to the next opening one or to the paragraph's `end`;
    one without its opening mark from the paragraph's `begin`.
    """
    stack: list[_Mark] = []
    for n, mark in enumerate(marks):
        exact = _INWARD.get(stack[-1].glyph) if stack else None
        if stack and mark.closes and (exact is None or mark.glyph == exact):
            first = stack.pop()
            yield first.end, mark.start, first.start, mark.end, ""
        elif mark.opens:
            if stack and not _nested(marks, n, len(stack)):
                first = stack.pop()
                yield first.end, mark.start, first.start, mark.start, "close"
            stack.append(mark)
        elif n == 0:
            yield begin, mark.start, begin, mark.end, "open"
    if stack:
        yield stack[0].end, end, stack[0].start, end, "close"


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


def _singles(text: str, marks: list[_Mark], doubles: list[_Pair]) -> Iterator[_Pair]:
    """Pairs of single marks that stand wholly inside or wholly outside every double pair."""
    inside = _surroundings(marks, [p for p in doubles if not p.lost])
    n = 0
    while n < len(marks):
        mark = marks[n]
        best = None
        if mark.opens:
            for k in range(n + 1, min(n + SINGLE_LOOKAHEAD, len(marks))):
                other = marks[k]
                if other.start > mark.end + LONGEST_SINGLE or (other.opens and not other.closes):
                    break
                if not other.closes or other.start == mark.end or inside[k] != inside[n]:
                    continue
                best = k
                if not _possessive(text, other):
                    break
        if best is None:
            n += 1
            continue
        last = marks[best]
        yield _Pair(mark.end, last.start, mark.start, last.end, "single", "")
        n = best + 1


def _surroundings(marks: list[_Mark], doubles: list[_Pair]) -> list[int]:
    """For each single mark the innermost double pair around it, as a number; -1 for none."""
    events = [(p.outer_start, 1, n) for n, p in enumerate(doubles)]
    events += [(p.outer_end - 1, -1, n) for n, p in enumerate(doubles)]
    events += [(m.start, 0, n) for n, m in enumerate(marks)]
    around = [-1] * len(marks)
    stack: list[int] = []
    for _, what, n in sorted(events):
        if what == 1:
            stack.append(n)
        elif what == 0:
            around[n] = stack[-1] if stack else -1
        elif stack:
            stack.pop()
    return around


_POSSESSIVE = regex.compile(r"(?<=[sxz])['’](?=\s+[\p{Ll}\p{Lu}])")


def _possessive(text: str, mark: _Mark) -> bool:
    """Whether the mark may be the apostrophe of a plural (dogs’ tails)."""
    return _POSSESSIVE.match(text, mark.start) is not None


def _nest(text: str, found: list[_Pair]) -> list[Marked]:
    out: list[Marked] = []
    open_ends: list[int] = []
    for pair in found:
        start, stop, outer_start, outer_end, family, lost = pair
        while open_ends and open_ends[-1] <= outer_start:
            open_ends.pop()
        if open_ends and outer_end > open_ends[-1]:
            continue
        while start < stop and text[start] in _SPACE:
            start += 1
        while stop > start and text[stop - 1] in _SPACE:
            stop -= 1
        if start < stop and _SAYS_SOMETHING.search(text, start, stop):
            depth = len(open_ends)
            out.append(Marked(start, stop, outer_start, outer_end, depth, family, lost))
            if not lost:
                open_ends.append(outer_end)
    return out
