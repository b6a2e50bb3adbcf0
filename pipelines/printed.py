"""One field of an article as matching sees it: its words, sentences, paragraphs and quote marks."""

from bisect import bisect_left, bisect_right
from functools import cached_property

import regex

from pipelines.rarity import weight
from pipelines.spelling import units
from press.text import Span, sentences

_PARAGRAPH = regex.compile(r"\n\s*\n")
_QUOTED = regex.compile(
    r"“[^“”\n]{2,2000}(?:”|\"|(?=\n\s*\n|\Z))"
    r"|\"[^\"\n]{2,2000}[\"”]"
    r"|«[^«»\n]{2,2000}»|„[^„“”\n]{2,2000}[“”]"
    r"|(?<![\w’'])[‘'](?=\S)[^‘’'\n]{2,300}(?:(?<=\w)['’](?=\w)[^‘’'\n]{0,300})*['’](?!\w)"
)

_EDITORIAL = regex.compile(r"\[[^\[\]\n]{1,80}\]")

SHORT_QUOTE = 6
"""Words in quote marks that are a fragment rather than a sentence."""


class PrintedText:
    """The words of a text, and where its sentences, paragraphs and quoted stretches end.

    Words in editorial brackets weigh nothing: they are neither shared nor changed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.units = units(text)
        self._starts = [u.start for u in self.units]
        self.keys = [u.key for u in self.units]
        self.stems = [u.stem for u in self.units]
        self.weights = [weight(key) for key in self.keys]
        for m in _EDITORIAL.finditer(text):
            for n in self.word_range(m.start(), m.end()):
                self.weights[n] = 0.0

    def word_range(self, start: int, end: int) -> range:
        """The words that begin in ``text[start:end]``."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    @cached_property
    def paragraphs(self) -> list[int]:
        """The first word of each paragraph, in order, and the number of words."""
        breaks = [m.end() for m in _PARAGRAPH.finditer(self.text)]
        return [0, *(bisect_left(self._starts, b) for b in breaks), len(self.units)]

    def paragraph(self, word: int) -> range:
        at = bisect_right(self.paragraphs, word)
        if at >= len(self.paragraphs):
            return range(self.paragraphs[-2], self.paragraphs[-1])
        return range(self.paragraphs[at - 1], self.paragraphs[at])

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence(self, word: int) -> Span:
        """The sentence in which a word stands."""
        at = bisect_right(self._sentence_starts, self.units[word].start) - 1
        return self.sentences[max(at, 0)]

    @cached_property
    def quoted(self) -> list[Span]:
        """The stretches inside quote marks, without the marks."""
        return [
            Span(m.start() + 1, max(m.start() + 1, m.end() - (m.group()[-1] in "”\"»“'’")))
            for m in _QUOTED.finditer(self.text)
        ]

    @cached_property
    def _quoted_starts(self) -> list[int]:
        return [q.start for q in self.quoted]

    def quote_around(self, word: int) -> Span | None:
        """The quoted stretch in which a word stands."""
        start = self.units[word].start
        at = bisect_right(self._quoted_starts, start) - 1
        if at >= 0 and self.quoted[at].start <= start < self.quoted[at].end:
            return self.quoted[at]
        return None

    @cached_property
    def in_short_quote(self) -> list[bool]:
        """For each word, whether it stands in quote marks around a few words."""
        found = [False] * len(self.units)
        for quote in self.quoted:
            words = self.word_range(quote.start, quote.end)
            if len(words) <= SHORT_QUOTE:
                found[words.start : words.stop] = [True] * len(words)
        return found

    def quotes_in(self, first: int, end: int) -> list[Span]:
        """The quoted stretches that share words with ``units[first:end]``."""
        start, stop = self.units[first].start, self.units[end - 1].end
        return [q for q in self.quoted if q.start < stop and q.end > start]

    def weighs(self, first: int, end: int) -> float:
        """The weight of ``units[first:end]``."""
        return sum(self.weights[first:end])
