"""Where exactly a statement line stands in a printed text, from the words both seem to share.

The hits of a line are gathered into regions; in each, the line is aligned and the stretch is
taken whose shared words outweigh the gaps between them (the maximum-sum segment; Bentley 1984).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.alignment import Run, runs
from pipelines.lines import StatementLine
from pipelines.printed import PrintedText
from pipelines.shingles import Hit
from pipelines.worddiff import ELLIPSIS

REGION_GAP = 25
"""Words between two hits of one printed passage: an attribution between two halves of a
quotation seldom has more."""
SLACK = 8
"""Words beside the hits in which the line may begin or end, if words were added."""
GAP_COST = 0.35
"""What each changed word between shared ones costs, in weight (a common noun weighs 1 to 2)."""
MARKED_GAP_COST = 0.5
"""What a gap costs in all when an ellipsis or closing and opening quote marks announce it."""
MIN_WEIGHT = 1.2
"""Lighter passages are never looked at: one common content word."""
INFLECTED = 0.7
"""An inflected form (runs/run) proves this share of what the same form would."""


class Passage(NamedTuple):
    """``units[start:end]`` of a printed text reproduce ``[line_start:line_end]`` of a line."""

    start: int
    end: int
    line_start: int
    line_end: int
    runs: tuple[Run, ...]
    """The words in common, by stem."""


class Proof(NamedTuple):
    """How much a passage has in common with its line."""

    weight: float
    """Of the words in common (`rarity.weight`)."""
    words: int
    """How many these are."""
    longest: int
    """… and how many of them stand in one unchanged run."""
    density: float
    """The share by weight that is common to both stretches (Dice)."""


def passages(text: PrintedText, line: StatementLine, hits: Sequence[Hit]) -> Iterator[Passage]:
    """The places where `line` (or part of it) seems to stand, in no order, without overlap."""
    for region in _regions(hits):
        yield from _between(text, line, region, 0, len(text.units))


def proof(text: PrintedText, line: StatementLine, found: Passage) -> Proof:
    """What the words of `found` prove."""
    total, words, longest = 0.0, 0, 0
    for run in found.runs:
        streak = 0
        for i, j in zip(
            range(run.line, run.line + run.size),
            range(run.printed, run.printed + run.size),
            strict=True,
        ):
            both = min(line.weights[i], text.weights[j])
            if line.keys[i] == text.keys[j]:
                total, words, streak = total + both, words + 1, streak + 1
                longest = max(longest, streak)
            else:
                total, streak = total + INFLECTED * both, 0
    of_line = sum(line.weights[found.line_start : found.line_end])
    of_text = sum(text.weights[found.start : found.end])
    return Proof(total, words, longest, min(1.0, 2 * total / (of_line + of_text + 1e-9)))


def clipped(found: Passage, start: int, end: int) -> Passage | None:
    """The part of `found` in ``units[start:end]``."""
    kept = []
    for run in found.runs:
        low, high = max(run.printed, start), min(run.printed + run.size, end)
        if low < high:
            kept.append(Run(run.line + low - run.printed, low, high - low))
    return _spanned(kept) if kept else None


def _spanned(kept: Sequence[Run]) -> Passage:
    first, last = kept[0], kept[-1]
    return Passage(
        first.printed, last.printed + last.size, first.line, last.line + last.size, tuple(kept)
    )


def _regions(hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    region: list[Hit] = []
    for hit in hits:
        if region and hit.printed - region[-1].printed > REGION_GAP:
            yield region
            region = []
        region.append(hit)
    if region:
        yield region


def _between(
    text: PrintedText, line: StatementLine, hits: Sequence[Hit], low: int, high: int
) -> Iterator[Passage]:
    """The passages in ``units[low:high]``: the heaviest, then what is on either side of it."""
    if sum(text.weights[p] for p in {h.printed for h in hits}) < MIN_WEIGHT:
        return
    found = _exact(text, line, hits, low, high) or _aligned(text, line, hits, low, high)
    if found is None:
        return
    yield found
    before = [h for h in hits if h.printed < found.start]
    after = [h for h in hits if h.printed >= found.end]
    if before:
        yield from _between(text, line, before, low, found.start)
    if after:
        yield from _between(text, line, after, found.end, high)


def _exact(
    text: PrintedText, line: StatementLine, hits: Sequence[Hit], low: int, high: int
) -> Passage | None:
    """The whole line, word for word: nothing needs aligning."""
    size = len(line.keys)
    for start in sorted({h.printed - h.line for h in hits}):
        end = start + size
        if start >= low and end <= high and text.keys[start:end] == line.keys:
            return _spanned([Run(0, start, size)])
    return None


def _aligned(
    text: PrintedText, line: StatementLine, hits: Sequence[Hit], low: int, high: int
) -> Passage | None:
    before, after = hits[0], hits[-1]
    first = max(low, before.printed - before.line - SLACK)
    end = min(high, after.printed + len(line.units) - after.line + SLACK)
    found = [
        run._replace(printed=run.printed + first) for run in runs(line.stems, text.stems[first:end])
    ]
    kept = _heaviest(text, line, found)
    return _widened(text, line, kept, low, high) if kept else None


def _heaviest(text: PrintedText, line: StatementLine, found: list[Run]) -> list[Run]:
    best: list[Run] = []
    best_score = 0.0
    chain: list[Run] = []
    score = 0.0
    for run in found:
        gain = sum(line.weights[run.line : run.line + run.size]) + 0.1 * run.size
        cost = _gap_cost(text, chain[-1], run) if chain else 0.0
        if score > cost:
            chain, score = [*chain, run], score - cost + gain
        else:
            chain, score = [run], gain
        if score > best_score:
            best, best_score = chain, score
    return best


def _gap_cost(text: PrintedText, before: Run, after: Run) -> float:
    printed = after.printed - before.printed - before.size
    dropped = after.line - before.line - before.size
    between = text.text[
        text.units[before.printed + before.size - 1].end : text.units[after.printed].start
    ]
    if ELLIPSIS.search(between) or sum(c in '"“”«»„' for c in between) >= 2:
        return MARKED_GAP_COST + GAP_COST * max(0, printed - REGION_GAP)
    return GAP_COST * max(printed, dropped)


def _widened(
    text: PrintedText, line: StatementLine, kept: list[Run], low: int, high: int
) -> Passage:
    """The passage from the first run to the last, and the same words that adjoin it."""
    first, last = kept[0], kept[-1]
    more = 0
    while (
        first.printed - more > low
        and first.line - more > 0
        and text.stems[first.printed - more - 1] == line.stems[first.line - more - 1]
    ):
        more += 1
    kept[0] = Run(first.line - more, first.printed - more, first.size + more)
    last, more = kept[-1], 0
    while (
        last.printed + last.size + more < high
        and last.line + last.size + more < len(line.stems)
        and text.stems[last.printed + last.size + more] == line.stems[last.line + last.size + more]
    ):
        more += 1
    kept[-1] = last._replace(size=last.size + more)
    return _spanned(kept)
