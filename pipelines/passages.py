"""Where exactly a statement line stands in a printed text, from the words both seem to share.

The hits of a line are gathered into regions and widened to runs of equal words; the chain of runs
is taken that outweighs the gaps between them most (colinear chaining; Abouelhoda and Ohlebusch
2005).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
MIN_WORDS, MIN_WEIGHT, MIN_QUOTED, MIN_LONG_QUOTED = 3, 2.4, 1.2, 0.8
"""Passages with less are never looked at: three words, two of them content words; two words and
one of them a content word in short quotations, which may be a fragment of the line."""
SWAP_GAP = 2
"""Words between two parts of a line that were printed in the other order, or in both."""
END_WEIGHT = 0.6
"""Lighter words at an end, parted by changed ones, count only where they end the line too."""
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
        found = _aligned(text, line, hits, low, high, least)
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
    text: PrintedText, line: StatementLine, hits: Sequence[Hit], low: int, high: int, least: float
) -> Passage | None:
    chain = _heaviest(text, line, _anchors(text, line, hits, low, high))
    if sum(_gain(line, run) for run in chain) < least:
        return None
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
    return _spanned(found) if found else None


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
