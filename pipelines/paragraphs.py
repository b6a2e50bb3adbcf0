"""The paragraphs of one field: their marks, their frames, and whom they announce or sign."""

import regex

from pipelines.cues import Cues
from pipelines.frames import TITLES, Frame, Inset, frame, words
from pipelines.grammar import is_finite, is_word
from pipelines.naming import person
from pipelines.phrases import Phrase
from pipelines.quotemarks import Marked, lines, marked
from pipelines.speakers import Resolver
from pipelines.subjects import sentence_subject, subject_before
from press.coverage import Where

LONGEST_SIGNATURE = 160
"""Code points of a paragraph that signs the quotation above it."""
_SIGNATURE = regex.compile(r"[-—–―~]{1,2}\s*(?=\p{Lu})")


class Paragraphs:
    """One field's paragraphs (its lines)."""

    def __init__(self, text: str, where: Where, cues: Cues, resolver: Resolver) -> None:
        self.text = text
        self.where: Where = where
        self.cues = cues
        self.resolver = resolver
        self.paragraphs = list(lines(text))
        self.marks = [marked(text, s, e) for s, e in self.paragraphs]
        self.frames: dict[int, Frame] = {}

    def frame_of(self, number: int) -> Frame:
        """The frame of paragraph `number`."""
        if number not in self.frames:
            start, end = self.paragraphs[number]
            outer = [m for m in self.marks[number] if m.depth == 0 and not m.lost]
            self.frames[number] = frame(self.text, start, end, [inset(m) for m in outer])
        return self.frames[number]

    def marks_of(self, start: int) -> list[Marked]:
        """The marked stretches of the paragraph that begins at offset `start`."""
        return next(
            (m for (a, _), m in zip(self.paragraphs, self.marks, strict=True) if a == start), []
        )

    def introduced_by(self, number: int) -> tuple[str | None, str | None]:
        """The speaker and cue that paragraph `number` announces in its last sentence."""
        _, sentences = self.frame_of(number)
        if not sentences:
            return None, None
        lo, hi = sentences[-1]
        return self.announced(number, lo, hi)

    def goes_on(self, number: int) -> bool:
        """Whether the next paragraph opens with a mark, as each of one long quotation does."""
        if number + 1 >= len(self.marks) or not self.marks[number + 1]:
            return False
        return self.marks[number + 1][0].outer_start == self.paragraphs[number + 1][0]

    def signed(self, number: int) -> str | None:
        """The name in the next paragraph when that is a signature: *—Malkia Cyril, director*."""
        if number + 1 >= len(self.paragraphs) or self.marks[number + 1]:
            return None
        start, end = self.paragraphs[number + 1]
        dash = _SIGNATURE.match(self.text, start, end)
        if dash is None or end - start > LONGEST_SIGNATURE:
            return None
        tokens = tuple(words(self.text, dash.end(), end))
        stop = next((n for n, t in enumerate(tokens) if not is_word(t)), len(tokens))
        name = person(tokens, Phrase(0, stop)) if 0 < stop <= 8 else None
        known = name is not None and (" " in name or name in self.resolver.names.known)
        if not known and tokens[0].low not in TITLES:
            return None
        return self.resolver.speaker(tokens, Phrase(0, stop))

    def announced(self, number: int, lo: int, hi: int) -> tuple[str | None, str | None]:
        """The speaker and cue of the sentence ``[lo, hi)`` of paragraph `number`."""
        tokens = self.frame_of(number).tokens
        for v in range(lo, hi):
            if is_finite(tokens, v, self.cues):
                subject = subject_before(tokens, v, lo, self.cues)
                if subject:
                    return self.resolver.speaker(tokens, subject), tokens[v].text
        first: Phrase | None = sentence_subject(tokens, lo, hi, self.cues)
        return (self.resolver.speaker(tokens, first) if first else None), None


def inset(m: Marked) -> Inset:
    """A marked stretch as a frame takes it."""
    return Inset(m.start, m.end, m.outer_start, m.outer_end)
