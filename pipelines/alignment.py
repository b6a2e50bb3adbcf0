"""Which word of a statement line stands where in a printed text.

Levenshtein opcodes over stems (rapidfuzz) give runs of words that both sides share. A run of
function words with changed words around it is chance, and is left out.
"""

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipelines.rarity import weight
from pipelines.spelling import Unit

CHANCE_WEIGHT = 0.5
"""A run that weighs less proves nothing: one to four function words (`rarity.weight`)."""
CHANCE_GAP = 2
"""… when at least this many words differ on each side of it: `the`, `to` or `and the` turn up in
any two sentences; aligned, they would cut one rewording into several."""


class Run(NamedTuple):
    """`size` words that stand in order on both sides, from `line` and `printed` on."""

    line: int
    printed: int
    size: int


def runs(line: Sequence[str], printed: Sequence[str]) -> list[Run]:
    """The runs of words (given as stems) that a shortest edit of `line` into `printed` keeps."""
    return [
        Run(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in Levenshtein.opcodes(line, printed)
        if op.tag == "equal"
    ]


def without_chance(found: list[Run], line: Sequence[Unit], printed: Sequence[Unit]) -> list[Run]:
    """The runs without those that are function words amid changed ones."""
    kept: list[Run] = []
    for at, run in enumerate(found):
        before = kept[-1] if kept else Run(0, 0, 0)
        after = found[at + 1] if at + 1 < len(found) else Run(len(line), len(printed), 0)
        weighs = sum(weight(u.key) for u in line[run.line : run.line + run.size])
        gap_before = min(
            run.line - before.line - before.size, run.printed - before.printed - before.size
        )
        gap_after = min(after.line - run.line - run.size, after.printed - run.printed - run.size)
        if weighs < CHANCE_WEIGHT and gap_before >= CHANCE_GAP and gap_after >= CHANCE_GAP:
            continue
        kept.append(run)
    return kept
