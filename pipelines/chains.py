"""The runs of words that a line and a text share, chained into the likeliest passage.

The hits of a line are widened to runs of equal words; the chain of runs is taken that outweighs
the gaps between them most (colinear chaining; Abouelhoda and Ohlebusch 2005).
"""

from collections.abc import Iterator, Sequence

from pipelines.alignment import Run, runs
from pipelines.lines import StatementLine
from pipelines.printed import PrintedText
from pipelines.shingles import Hit
from pipelines.worddiff import ELLIPSIS, INTERRUPTION

REGION_GAP = 25
"""Words between two hits of one printed passage: an attribution between two halves of a
quotation seldom has more."""
GAP_COST = 0.35
"""What each changed word between shared ones costs, in weight (a common noun weighs 1 to 2)."""
WORD_GAIN = 0.1
"""What each shared word is worth beside its weight."""
MARKED_GAP_COST = 0.5
"""What a gap costs in all when an ellipsis or closing and opening quote marks announce it."""
END_WEIGHT = 0.6
"""Lighter words at an end, parted by changed ones, count only where they end the line too."""


def chained(
    text: PrintedText,
    line: StatementLine,
    hits: Sequence[Hit],
    *,
    low: int,
    high: int,
    least: float,
) -> list[Run]:
    """The runs in ``units[low:high]`` that make up one passage, in order; none below `least`."""
    chain = _heaviest(text, line, _anchors(text, line, hits, low, high))
    if sum(_gain(line, run) for run in chain) < least:
        return []
    chain = _headed(text, line, chain, low)
    chain = _tailed(text, line, chain, high)
    found = list(_filled(text, line, chain))
    # Another form of a word at an end proves nothing: that/that's.
    while found and not _is_same(text, line, found[0].line, found[0].printed):
        first = found.pop(0)
        if first.size > 1:
            found.insert(0, Run(first.line + 1, first.printed + 1, first.size - 1))
    while found and not _is_same(
        text, line, found[-1].line + found[-1].size - 1, found[-1].printed + found[-1].size - 1
    ):
        last = found.pop()
        if last.size > 1:
            found.append(last._replace(size=last.size - 1))
    return found


def _is_same(text: PrintedText, line: StatementLine, in_line: int, in_text: int) -> bool:
    return line.keys[in_line] == text.keys[in_text]


def _headed(text: PrintedText, line: StatementLine, chain: list[Run], low: int) -> list[Run]:
    """The chain with words before it that no shingle shows, beyond an attribution or change."""
    first = chain[0]
    start = max(low, first.printed - first.line - REGION_GAP)
    for run in reversed(runs(line.stems[: first.line], text.stems[start : first.printed])):
        before = run._replace(printed=run.printed + start)
        if not _belongs(text, line, before, chain[0], at_end=before.line == 0):
            break
        chain = [before, *chain]
    return chain


def _tailed(text: PrintedText, line: StatementLine, chain: list[Run], high: int) -> list[Run]:
    last = chain[-1]
    begin, start = last.line + last.size, last.printed + last.size
    end = min(high, start + len(line.stems) - begin + REGION_GAP)
    for run in runs(line.stems[begin:], text.stems[start:end]):
        after = Run(run.line + begin, run.printed + start, run.size)
        at_end = after.line + after.size == len(line.stems)
        if not _belongs(text, line, chain[-1], after, at_end=at_end):
            break
        chain = [*chain, after]
    return chain


def _belongs(text: PrintedText, line: StatementLine, one: Run, two: Run, *, at_end: bool) -> bool:
    """Whether the lighter of two runs, at an end of the passage, outweighs the gap to the other."""
    gain = min(_gain(line, one), _gain(line, two))
    return (at_end or gain > END_WEIGHT) and gain > _gap_cost(text, one, two)


def _anchors(
    text: PrintedText, line: StatementLine, hits: Sequence[Hit], low: int, high: int
) -> list[Run]:
    """The longest runs of equal words that go through a hit, in order of the text."""
    found: dict[int, list[Run]] = {}
    for at in hits:
        printed, begin = at
        known = found.setdefault(printed - begin, [])
        if known and known[-1].printed + known[-1].size > printed:
            continue
        end, line_end = printed + 1, begin + 1
        while printed > low and begin > 0 and text.stems[printed - 1] == line.stems[begin - 1]:
            printed, begin = printed - 1, begin - 1
        while end < high and line_end < len(line.stems) and text.stems[end] == line.stems[line_end]:
            end, line_end = end + 1, line_end + 1
        known.append(Run(begin, printed, end - printed))
    return sorted((run for known in found.values() for run in known), key=lambda r: r.printed)


def _heaviest(text: PrintedText, line: StatementLine, anchors: list[Run]) -> list[Run]:
    """The chain of anchors, in order on both sides, that outweighs its gaps the most."""
    best: list[tuple[float, list[Run]]] = []
    for run in anchors:
        score, chain = _gain(line, run), [run]
        for before_score, before in best:
            after = _behind(before[-1], run)
            if after is None:
                continue
            total = before_score - _gap_cost(text, before[-1], after) + _gain(line, after)
            if before_score > _gap_cost(text, before[-1], after) and total > score:
                score, chain = total, [*before, after]
        best.append((score, chain))
    return max(best, key=lambda scored: scored[0], default=(0.0, []))[1]


def _gain(line: StatementLine, run: Run) -> float:
    return sum(line.weights[run.line : run.line + run.size]) + WORD_GAIN * run.size


def _behind(before: Run, run: Run) -> Run | None:
    """The part of `run` that lies behind `before` on both sides."""
    over = max(before.line + before.size - run.line, before.printed + before.size - run.printed, 0)
    return Run(run.line + over, run.printed + over, run.size - over) if over < run.size else None


def _gap_cost(text: PrintedText, before: Run, after: Run) -> float:
    printed = after.printed - before.printed - before.size
    dropped = after.line - before.line - before.size
    if is_marked(text, before.printed + before.size - 1, after.printed):
        return MARKED_GAP_COST + GAP_COST * max(0, printed - REGION_GAP)
    return GAP_COST * max(printed, dropped)


def is_marked(text: PrintedText, before: int, after: int) -> bool:
    """Whether an ellipsis, or a quotation closed and opened again, parts these two words."""
    between = text.text[text.units[before].end : text.units[after].start]
    return bool(ELLIPSIS.search(between) or INTERRUPTION.search(between))


def _filled(text: PrintedText, line: StatementLine, chain: list[Run]) -> Iterator[Run]:
    """The chain with the words that its gaps share as well."""
    before: Run | None = None
    for run in chain:
        if before is not None:
            at_line, at_text = before.line + before.size, before.printed + before.size
            for more in runs(line.stems[at_line : run.line], text.stems[at_text : run.printed]):
                yield Run(at_line + more.line, at_text + more.printed, more.size)
        yield run
        before = run
