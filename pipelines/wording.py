"""A text as the words that clustering compares, and how much of one text stands in another.

Words are folded as `press.text` folds them. Those that carry content decide; `STOPWORDS` between
them only weigh in the similarity.
"""

import zlib
from collections.abc import Iterable
from functools import cached_property

from rapidfuzz.distance import LCSseq

from pipelines.stopwords import STOPWORDS
from press.text import tokens

FRAGMENT = 4
"""Fewer content words than this are a fragment, which joins only with support (DESIGN.md)."""

RUN = 3
"""Content words in a row that make one run."""

LEAST_SHARED = 2
MOST_SHARED = 3
"""Runs that two firm texts must share to be looked at: 2 when the shorter has fewer than `SURE`
content words, else 3. One word changed in eight leaves at least 3 of 6 runs."""

ALTERED = 0.75
"""Least share of the shorter text's words, and of its content words, that stand in the longer one
in order: one word in four may be another."""

SURE = 8
"""From this many content words on, the same words are the same utterance whoever is named for it:
outlets disagree on speakers more often than two people say eight such words alike."""

ALTERED_SHORT = 0.8
"""As `ALTERED`, for the content words of a text that has fewer than `SURE`. In polnear_dev all
pairs of two articles between the two shares were different sentences around a stock phrase (*to be
president of the United States*), none of them altered quotations."""

_MAX_WORDS = 120
"""Content words of one text that are looked at; no sentence of polnear_dev has more."""


class Words:
    """The words of a text; equal for texts that differ in house style only."""

    def __init__(self, text: str) -> None:
        self.all = tuple(token.norm.removesuffix("'s") for token in tokens(text))
        self.content = [word for word in self.all if word not in STOPWORDS][:_MAX_WORDS]

    def __len__(self) -> int:
        return len(self.all)

    @property
    def is_fragment(self) -> bool:
        return len(self.content) < FRAGMENT

    @cached_property
    def runs(self) -> frozenset[str]:
        """Keys of `RUN` content words in a row."""
        return frozenset(self.grams("3", RUN))

    @property
    def shared(self) -> int:
        """Runs that a longer text must share with this one."""
        if self.is_fragment:
            return 1
        if len(self.content) < SURE or len(self.runs) < MOST_SHARED:
            return LEAST_SHARED
        return MOST_SHARED

    @cached_property
    def printed(self) -> str:
        """All words, a space around each."""
        return f" {' '.join(self.all)} "

    @cached_property
    def carried(self) -> str:
        """The content words, a space around each."""
        return f" {' '.join(self.content)} "

    def grams(self, kind: str, size: int) -> Iterable[str]:
        """Keys of every `size` content words in a row."""
        words = self.content
        return (hashed(kind, words[i : i + size]) for i in range(len(words) - size + 1))

    def whole(self) -> str:
        """The key of all content words together, or of all words where none carries content."""
        return hashed("=", self.content or ["", *self.all])


def hashed(kind: str, words: Iterable[str]) -> str:
    """A key: its kind, and a hash short enough to be stored by the million."""
    return f"{kind}{zlib.crc32(' '.join(words).encode()):08x}"


def kept(short: Words, long: Words) -> float:
    """The share of `short`'s words that stand in `long`, in order; 0.0 when that is too few.

    A fragment must stand there whole: its content words in a row. A longer text may have words
    changed, left out or put in, as long as some runs (`Words.shared`) and a share of `ALTERED`
    (`ALTERED_SHORT` of a short text) are left.
    """
    if not short.content:
        return 1.0 if short.all == long.all else 0.0
    if short.is_fragment:
        if short.carried not in long.carried:
            return 0.0
        common: int = LCSseq.similarity(short.all, long.all)
        return common / len(short)
    if len(short.runs & long.runs) < short.shared:
        return 0.0
    return 1.0 if short.printed in long.printed else _aligned(short, long)


def _aligned(short: Words, long: Words) -> float:
    """As `kept`: stop words count only beside content words that are kept too."""
    least = ALTERED if len(short.content) >= SURE else ALTERED_SHORT
    if LCSseq.similarity(short.content, long.content) < least * len(short.content):
        return 0.0
    words = content = 0
    for block in LCSseq.opcodes(short.all, long.all):
        if block.tag == "equal":
            stretch = short.all[block.src_start : block.src_end]
            if carrying := sum(word not in STOPWORDS for word in stretch):
                words += len(stretch)
                content += carrying
    share = words / len(short)
    return share if share >= ALTERED and content >= least * len(short.content) else 0.0
