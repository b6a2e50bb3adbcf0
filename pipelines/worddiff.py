"""The word diff between a statement line and the words that were printed.

Words are what white space separates, and dashes are words of their own, so that
``words("governments—such as")`` is ``governments — such as``. In a diff, the statement sides
joined by a space are the line's words and the printed sides the printed words, always.

==========  ===========================================================================
*same*      the same characters
*style*     case, marks, dashes, hyphens, spelling, numerals; what stands in editorial brackets;
            an attribution between two halves of a quotation
*cut*       words left off an end, or replaced by an ellipsis or an attribution
*wording*   all else: words changed, added or dropped without a mark
==========  ===========================================================================
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from pipelines.alignment import Run, runs, without_chance
from pipelines.spelling import Unit, units
from press.coverage import Edit, EditKind

_WORD = regex.compile(r"--+|[—–―]|(?:(?!--)[^\s—–―])+")
_BRACKETS = regex.compile(r"\[(?!\s*(?:…|\.))[^\[\]\n]{1,80}\]")
ELLIPSIS = regex.compile(r"…|\.[\s\u00a0]?\.[\s\u00a0]?\.|\*[\s\u00a0]?\*[\s\u00a0]?\*")
INTERRUPTION = regex.compile(
    r"\A[.,;:!?…—–-]*[\"”»“].*\s[(\[]?[\"“«„][\[…\s.'’‘—–-]*\Z", regex.DOTALL
)
"""A quotation closed, other words, and opened again: all that stands between two of its words."""


def words(text: str) -> list[str]:
    """The words of `text` as a diff shows them."""
    return _WORD.findall(text)


def apply(line: str, diff: Sequence[Edit]) -> str:
    """The printed words that `diff` makes of `line`, joined by a space.

    Raises ValueError when the diff was not made from this line.
    """
    if " ".join(e.statement for e in diff if e.statement) != " ".join(words(line)):
        raise ValueError("this diff belongs to another line")
    return " ".join(e.printed for e in diff if e.printed)


class _Side:
    """One text of the two: its words, its units, and which words a unit stands in."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [m.span() for m in _WORD.finditer(text)]
        self.words = [text[a:b] for a, b in spans]
        self.units = units(text)
        self.first: list[int] = []
        self.last: list[int] = []
        self.of_word: list[list[int]] = [[] for _ in spans]
        at = 0
        for number, unit in enumerate(self.units):
            while at + 1 < len(spans) and spans[at][1] <= unit.start:
                at += 1
            end = at
            while end + 1 < len(spans) and spans[end + 1][0] < unit.end:
                end += 1
            self.first.append(at)
            self.last.append(end)
            self.of_word[at].append(number)
        self.brackets = [m.span() for m in _BRACKETS.finditer(text)]

    def bracketed(self, unit: Unit) -> bool:
        return any(a <= unit.start < b for a, b in self.brackets)

    def within(self, start: int, end: int) -> list[Unit]:
        """The units that begin in ``words[start:end]``."""
        return [self.units[n] for word in self.of_word[start:end] for n in word]


class _Piece(NamedTuple):
    """Words of both sides that belong together, as half-open ranges of words."""

    line: int
    line_end: int
    printed: int
    printed_end: int


def diff(line: str, printed: str, *, part: tuple[int, int] | None = None) -> tuple[Edit, ...]:
    """The steps from `line` to `printed`.

    `part` says which units of the line (`spelling.units`) were printed, where that is known:
    words before and after it were cut.
    """
    a, b = _Side(line), _Side(printed)
    edits: list[Edit] = []
    at_line = at_printed = 0
    pieces = _pieces(a, b, part or (0, len(a.units)))
    for piece in pieces:
        gap = _Piece(at_line, piece.line, at_printed, piece.printed)
        edits += _gap(a, b, gap, first=at_line == at_printed == 0, last=False)
        edits.append(_paired(a, b, piece))
        at_line, at_printed = piece.line_end, piece.printed_end
    rest = _Piece(at_line, len(a.words), at_printed, len(b.words))
    edits += _gap(a, b, rest, first=not pieces, last=True)
    return tuple(_merged(edits))


def _pieces(a: _Side, b: _Side, part: tuple[int, int]) -> list[_Piece]:
    """The smallest ranges of words that hold aligned units whole, in order."""
    found: list[_Piece] = []
    line = a.units[part[0] : part[1]]
    stems = [u.stem for u in line]
    shared = runs(stems, [u.stem for u in b.units])
    for run in _settled(without_chance(shared, line, b.units), stems, b):
        for step in range(run.size):
            i, j = part[0] + run.line + step, run.printed + step
            piece = _Piece(a.first[i], a.last[i] + 1, b.first[j], b.last[j] + 1)
            while found and (
                found[-1].line_end > piece.line or found[-1].printed_end > piece.printed
            ):
                before = found.pop()
                piece = _Piece(
                    min(before.line, piece.line),
                    max(before.line_end, piece.line_end),
                    min(before.printed, piece.printed),
                    max(before.printed_end, piece.printed_end),
                )
            found.append(piece)
    return found


def _settled(found: list[Run], line: Sequence[str], printed: _Side) -> list[Run]:
    """The runs, parted where the print marks it rather than at an equal word beside the mark.

    In *reach,” the group said, “the levels* either *the* can be the line's: it is the one inside
    the quotation. In *try … to focus* for *try to get them to focus*, the second *to* is printed.
    """
    stems = [u.stem for u in printed.units]
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        dropped = two.line - one.line - one.size
        added = two.printed - one.printed - one.size
        if (dropped == 0) == (added == 0):
            continue
        texts, end, start = (
            (line, one.line + one.size, two.line)
            if dropped
            else (stems, one.printed + one.size, two.printed)
        )
        for shift in range(-two.size + 1, one.size):
            low, high = min(0, -shift), max(0, -shift)
            if texts[end + low : end + high] != texts[start + low : start + high]:
                continue
            before = one.printed + one.size - shift - 1
            between = printed.text[
                printed.units[before].end : printed.units[before + added + 1].start
            ]
            if (INTERRUPTION if added else ELLIPSIS).search(between):
                found[at] = one._replace(size=one.size - shift)
                found[at + 1] = Run(two.line - shift, two.printed - shift, two.size + shift)
                break
    return found


def _edit(kind: EditKind, statement: Sequence[str], printed: Sequence[str]) -> Edit:
    return Edit(kind=kind, statement=" ".join(statement), printed=" ".join(printed))


def _same_words(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    return "".join(u.key for u in left) == "".join(u.key for u in right)


def _paired(a: _Side, b: _Side, piece: _Piece) -> Edit:
    statement = a.words[piece.line : piece.line_end]
    printed = b.words[piece.printed : piece.printed_end]
    if statement == printed:
        return _edit("same", statement, printed)
    left, right = a.within(piece.line, piece.line_end), b.within(piece.printed, piece.printed_end)
    if _same_words(left, right) or any(b.bracketed(u) for u in right):
        return _edit("style", statement, printed)
    if len(left) > len(right):
        # Half of a hyphenated word at an end of the line: real-time / real.
        at_start, at_end = piece.printed == 0, piece.printed_end == len(b.words)
        if (at_end and _same_words(left[: len(right)], right)) or (
            at_start and _same_words(left[-len(right) :], right)
        ):
            return _edit("cut", statement, printed)
    return _edit("wording", statement, printed)


def _gap(a: _Side, b: _Side, gap: _Piece, *, first: bool, last: bool) -> Iterator[Edit]:
    """The edits for words that are aligned with nothing."""
    statement = a.words[gap.line : gap.line_end]
    printed = b.words[gap.printed : gap.printed_end]
    if not statement and not printed:
        return
    left, right = a.within(gap.line, gap.line_end), b.within(gap.printed, gap.printed_end)
    if _same_words(left, right):
        yield _edit("same" if statement == printed else "style", statement, printed)
    elif not right:
        at_end = first or last
        marked = at_end or ELLIPSIS.search(_between(b, gap)) or _interrupted(b, gap)
        if not left:
            yield _edit("style", statement, printed)
        else:
            yield _edit("cut" if marked else "wording", statement, printed)
    elif all(b.bracketed(u) for u in right):
        yield _edit("style", statement, printed)
    elif not first and not last and _interrupted(b, gap):
        if left:
            yield _edit("cut", statement, ())
        yield _edit("style", () if left else statement, printed)
    elif (first or last) and len(statement) > len(printed):
        # Words changed at the end where the line was cut: the rest is cut, not changed.
        keep = len(printed)
        if first:
            yield _edit("cut", statement[:-keep], ())
            yield _edit("wording", statement[-keep:], printed)
        else:
            yield _edit("wording", statement[:keep], printed)
            yield _edit("cut", statement[keep:], ())
    elif left and ELLIPSIS.search(_between(b, gap)):
        yield _edit("cut", statement, ())
        yield _edit("wording", (), printed)
    else:
        yield _edit("wording", statement, printed)


def _between(side: _Side, gap: _Piece) -> str:
    """The printed text from the last word before the gap to the first after it, with marks."""
    before, after = side.within(0, gap.printed), side.within(gap.printed_end, len(side.words))
    start = before[-1].end if before else 0
    end = after[0].start if after else len(side.text)
    return side.text[start:end]


def _interrupted(side: _Side, gap: _Piece) -> bool:
    """Whether the quotation is closed before the gap's words and opened again after them."""
    return INTERRUPTION.search(_between(side, gap)) is not None


def _merged(edits: list[Edit]) -> Iterator[Edit]:
    """Neighbouring steps that are the same, joined into one."""
    held: Edit | None = None
    for edit in edits:
        if held is not None and held.kind == edit.kind == "same":
            held = _edit("same", (held.statement, edit.statement), (held.printed, edit.printed))
            continue
        if held is not None:
            yield held
        held = edit
    if held is not None:
        yield held
