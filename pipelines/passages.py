"""Where exactly a statement line stands in a printed text, from the words both seem to share.

The hits of a line are gathered into regions; a region yields the line printed whole, or else the
best chain of what it shares (`pipelines.chains`), and then what stands on either side of that.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.alignment import Run
from pipelines.chains import REGION_GAP, chained, is_marked
from pipelines.lines import StatementLine
from pipelines.printed import PrintedText
from pipelines.shingles import Hit

MIN_WORDS, MIN_WEIGHT, MIN_QUOTED, MIN_LONG_QUOTED = 3, 2.4, 1.2, 0.8
"""Passages with less are never looked at: three words, two of them content words; two words and
one of them a content word in short quotations, which may be a fragment of the line."""
SWAP_GAP = 2
"""Words between two parts of a line that were printed in the other order, or in both."""
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
    share: float
    """The share of the words of the longer stretch that is common."""


def passages(text: PrintedText, line: StatementLine, hits: Sequence[Hit]) -> Iterator[Passage]:
    """The places where `line` (or part of it) seems to stand, in no order, without overlap."""
    for region in _regions(hits):
        found = sorted(_between(text, line, region, 0, len(text.units)))
        held: Passage | None = None
        for passage in found:
            if held is not None and _is_swapped(text, held, passage):
                held = _spanned((*held.runs, *passage.runs))
                continue
            if held is not None:
                yield held
            held = passage
        if held is not None:
            yield held


def _is_swapped(text: PrintedText, one: Passage, two: Passage) -> bool:
    """Whether two parts of the line stand side by side in one sentence, in the other order."""
    return (
        two.line_end <= one.line_start + SWAP_GAP
        and two.line_start < one.line_start
        and two.start - one.end <= SWAP_GAP
        and text.sentence(one.start) == text.sentence(two.end - 1)
    )


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
            same = line.keys[i] == text.keys[j]
            total += both if same else INFLECTED * both
            words, streak = words + 1, streak + 1 if same else 0
            longest = max(longest, streak)
    of_line = sum(line.weights[found.line_start : found.line_end])
    of_text = sum(text.weights[found.start : found.end])
    line_words, text_words = found.line_end - found.line_start, found.end - found.start
    for one, two in zip(found.runs, found.runs[1:], strict=False):
        if is_marked(text, one.printed + one.size - 1, two.printed):
            # What an ellipsis or an attribution stands for was neither kept nor changed.
            dropped = range(one.line + one.size, two.line)
            between = range(one.printed + one.size, two.printed)
            of_line -= sum(line.weights[n] for n in dropped)
            of_text -= sum(text.weights[n] for n in between)
            line_words, text_words = line_words - len(dropped), text_words - len(between)
    density = min(1.0, 2 * total / (of_line + of_text + 1e-9))
    return Proof(total, words, longest, density, words / max(1, line_words, text_words))


def clipped(found: Passage, start: int, end: int) -> Passage | None:
    """The part of `found` in ``units[start:end]``."""
    kept = []
    for run in found.runs:
        low, high = max(run.printed, start), min(run.printed + run.size, end)
        if low < high:
            kept.append(Run(run.line + low - run.printed, low, high - low))
    return _spanned(kept) if kept else None


def _spanned(kept: Sequence[Run]) -> Passage:
    last = kept[-1]
    return Passage(
        kept[0].printed,
        last.printed + last.size,
        min(run.line for run in kept),
        max(run.line + run.size for run in kept),
        tuple(kept),
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
    places = {h.printed for h in hits}
    least, count = MIN_WEIGHT, MIN_WORDS
    if any(text.in_short_quote[p] for p in places):
        least, count = MIN_QUOTED, 2
    elif text.quote_around(hits[0].printed) is not None:
        least = MIN_LONG_QUOTED
    if len(places) < min(count, len(line.units)):
        return
    found = _exact(text, line, hits, low, high)
    if found is None and sum(text.weights[p] for p in places) >= least:
        runs = chained(text, line, hits, low=low, high=high, least=least)
        found = _spanned(runs) if runs else None
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
