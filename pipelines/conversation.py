"""Reads one text paragraph by paragraph and gives each quotation its speaker.

A quotation with an attribution of its own takes that. One without goes on with whoever was just
speaking, in this order: the same sentence, earlier in the paragraph, the sentence that introduces
it, later in the paragraph, the paragraph before. Otherwise it has no speaker.
"""

from bisect import bisect_left

import regex

from pipelines.attribution import Reader
from pipelines.cues import Cues
from pipelines.frames import Token, frame
from pipelines.grammar import is_word
from pipelines.naming import person
from pipelines.paragraphs import Paragraphs, inset
from pipelines.quotemarks import Marked
from pipelines.speakers import Resolver
from pipelines.stretches import Stretch, mended
from pipelines.subjects import sentence_subject
from pipelines.terms import is_term, kind_of
from press.coverage import Where

CUE_LENGTH = 80
"""Code points of printed cue that are kept."""
LATER = 6
"""Quotations of the same paragraph after which one without attribution is not looked for."""
GUESSED_WORDS = 4
"""Words from which a fragment without a cue takes its sentence's subject as speaker."""
_STOP = regex.compile(r"[.!?](?=\s+[\p{Lu}“\"])")
_WORDS = regex.compile(r"[\p{L}\p{N}]+")


class Conversation(Paragraphs):
    """The quotations of one field."""

    def __init__(self, text: str, where: Where, cues: Cues, resolver: Resolver) -> None:
        super().__init__(text, where, cues, resolver)
        self._next = 0
        self._last: Stretch | None = None

    def stretches(self) -> list[Stretch]:
        """All marked quotations, speakers resolved."""
        found: list[Stretch] = []
        for number, marks in enumerate(self.marks):
            if marks:
                found += self._paragraph(number, marks)
        return found

    def utterance(self) -> int:
        """A number for a new utterance."""
        self._next += 1
        return self._next - 1

    # ---- one paragraph

    def _paragraph(self, number: int, marks: list[Marked]) -> list[Stretch]:
        kept = [
            k
            for m in marks
            if m.depth == 0
            and (k := mended(self.text, m, self.paragraphs[number], goes_on=self.goes_on(number)))
            is not None
        ]
        start, end = self.paragraphs[number]
        fr = frame(self.text, start, end, [inset(m) for m in kept])
        self.frames[number] = fr
        reader = Reader(fr, self.cues)
        outer: list[Stretch] = []
        for lo, hi in fr.sentences:
            outer += self._sentence(number, reader, lo, hi, kept)
        self._carry(number, outer)
        return outer + self._inner(number, outer, [m for m in marks if m.depth == 1])

    def _sentence(
        self, number: int, reader: Reader, lo: int, hi: int, kept: list[Marked]
    ) -> list[Stretch]:
        tokens = reader.tokens
        out: list[Stretch] = []
        known: list[Stretch] = []
        for q in (k for k in range(lo, hi) if tokens[k].quote >= 0):
            m = kept[tokens[q].quote]
            found = reader.of(q, lo, hi)
            stretch = Stretch(
                m.start, m.end, m.outer_start, m.outer_end, self.where, paragraph=number
            )
            stretch.open_end = m.lost == "close"
            stretch.alone = all(not is_word(tokens[k]) for k in range(lo, hi) if k != q)
            stretch.kind = kind_of(tokens, q, lo, hi, found, self.cues, self.where)
            if stretch.kind == "scare" and self._likely(tokens, q, lo):
                stretch.kind = "fragment"
                stretch.speaker = self._subject(tokens, lo, q)
            out.append(stretch)
            if stretch.kind == "scare":
                continue
            if found and found.source:
                stretch.speaker = self.resolver.speaker(tokens, found.source)
            if found and found.cue:
                a, b = tokens[found.cue.start].start, tokens[found.cue.end - 1].end
                stretch.cue = self.text[a:b][:CUE_LENGTH]
            stretch.asked = found is not None and found.how == "asked"
            if stretch.speaker:
                known.append(stretch)
                self.resolver.spoke(stretch.speaker, tokens[q].start)
        # The rest of the sentence goes with the quotation that has an attribution.
        for stretch in out:
            if stretch.asked:
                continue
            if stretch.kind != "scare" and stretch.speaker is None and known:
                near = min(known, key=lambda s: abs(s.start - stretch.start))
                stretch.speaker, stretch.cue = near.speaker, stretch.cue or near.cue
            elif stretch.kind != "scare" and stretch.speaker is None and not stretch.alone:
                stretch.speaker = self.signed(number)
                length = len(_WORDS.findall(self.text, stretch.start, stretch.end))
                if stretch.speaker is None and length >= GUESSED_WORDS:
                    q = next(k for k in range(lo, hi) if tokens[k].start == stretch.outer_start)
                    if not self._predicate(tokens, lo, q):
                        stretch.speaker = self._subject(tokens, lo, q)
        return out

    def _likely(self, tokens: tuple[Token, ...], q: int, lo: int) -> bool:
        """Whether two or three plain words without a cue are likely their subject's own.

        They were for two of three on PolNeAR's development articles where the sentence has a
        person as its subject.
        """
        inside = tokens[q].text
        if q == lo or not inside[0].islower() or not 2 <= len(_WORDS.findall(inside)) <= 3:
            return False
        subject = sentence_subject(tokens, lo, q, self.cues)
        if subject is None:
            return False
        if self.cues.pronouns.get(tokens[subject.start].low, "") in {"m", "f"}:
            return True
        name = person(tokens, subject)
        return name is not None and name.split()[-1] in self.resolver.names.genders

    def _predicate(self, tokens: tuple[Token, ...], lo: int, q: int) -> bool:
        """*Biden “kind of misspoke”*: what is said of the subject is not said by it."""
        subject = sentence_subject(tokens, lo, q, self.cues) if q > lo else None
        return subject is not None and subject.end == q

    def _subject(self, tokens: tuple[Token, ...], lo: int, q: int) -> str | None:
        """The subject of the sentence up to token `q`."""
        subject = sentence_subject(tokens, lo, q, self.cues) if q > lo else None
        return self.resolver.speaker(tokens, subject) if subject else None

    # ---- carrying over

    def _carry(self, number: int, outer: list[Stretch]) -> None:
        speech = [s for s in outer if s.kind != "scare"]
        for n, stretch in enumerate(speech):
            earlier = speech[n - 1] if n else None
            if stretch.speaker and earlier and self._split(earlier, stretch):
                stretch.utterance = earlier.utterance
            elif stretch.asked:
                pass
            elif stretch.speaker is None and not stretch.alone and earlier and earlier.speaker:
                stretch.speaker = earlier.speaker
            elif stretch.speaker is None and stretch.alone:
                self._continue(number, stretch, earlier, speech[n + 1 : n + 1 + LATER])
            if stretch.utterance < 0:
                stretch.utterance = self.utterance()
            if stretch.speaker:
                self.resolver.spoke(stretch.speaker, stretch.start)
        for stretch in outer:
            if stretch.utterance < 0:
                stretch.utterance = self.utterance()
        if speech:
            self._last = speech[-1]

    def _split(self, earlier: Stretch, stretch: Stretch) -> bool:
        """Whether one attribution stands between the two halves of one quotation."""
        between = self.text[earlier.outer_end : stretch.outer_start]
        return (
            earlier.speaker == stretch.speaker
            and self.text[earlier.end - 1] in ",—–-"
            and between.rstrip()[-1:] == ","
            and len(between) < 200
        )

    def _continue(
        self, number: int, stretch: Stretch, earlier: Stretch | None, later: list[Stretch]
    ) -> None:
        """Find who goes on speaking in a quotation that is its own sentence."""
        last = self._last
        if earlier and earlier.speaker and not self._between(earlier, stretch):
            stretch.speaker, stretch.utterance = earlier.speaker, earlier.utterance
            return
        if last and last.open_end and last.paragraph == number - 1 and earlier is None:
            follower = next((s for s in later if s.speaker), None)
            if last.speaker is None and follower:
                last.speaker = follower.speaker
            stretch.speaker, stretch.utterance = last.speaker, last.utterance
            return
        signed = None if later else self.signed(number)
        if signed:
            stretch.speaker = signed
            return
        announced = self._announced_before(number, stretch)
        if announced[0]:
            stretch.speaker, stretch.cue = announced
            return
        if earlier and earlier.speaker:
            stretch.speaker = earlier.speaker
            return
        follower = next((s for s in later if s.speaker and s.cue), None)
        if follower and not self._between(stretch, follower):
            stretch.speaker = follower.speaker
            return
        if earlier is None and last and last.speaker and last.paragraph == number - 1:
            tail = self.text[last.outer_end : self.paragraphs[number - 1][1]]
            if len(tail) < 200 and self._one_sentence(tail):
                stretch.speaker, stretch.utterance = last.speaker, last.utterance
                return
        if earlier is None and number and stretch.outer_start == self.paragraphs[number][0]:
            stretch.speaker, stretch.cue = self.introduced_by(number - 1)

    def _between(self, a: Stretch, b: Stretch) -> bool:
        """Whether a whole sentence of the outlet stands between two quotations."""
        return not self._one_sentence(self.text[a.outer_end : b.outer_start])

    @staticmethod
    def _one_sentence(text: str) -> bool:
        return _STOP.search(text) is None or len(text) < 3

    def _announced_before(self, number: int, stretch: Stretch) -> tuple[str | None, str | None]:
        """What the sentence before (or a line that ends with a colon) announces."""
        fr = self.frame_of(number)
        k = bisect_left(fr.sentences, stretch.outer_end, key=lambda r: fr.tokens[r[1] - 1].end)
        if 0 < k < len(fr.sentences):
            lo, hi = fr.sentences[k - 1]
            return self.announced(number, lo, hi)
        if number:
            _, end = self.paragraphs[number - 1]
            if self.text[end - 1] == ":":
                return self.introduced_by(number - 1)
        return None, None

    # ---- quotations inside quotations

    def _inner(self, number: int, outer: list[Stretch], marks: list[Marked]) -> list[Stretch]:
        out: list[Stretch] = []
        n = 0
        for o in outer:
            inside: list[Marked] = []
            while n < len(marks) and marks[n].outer_start < o.outer_end:
                if o.start <= marks[n].outer_start and marks[n].outer_end <= o.end:
                    inside.append(marks[n])
                n += 1
            if inside:
                out += self._nested(number, o, inside)
        return out

    def _nested(self, number: int, outer: Stretch, inner: list[Marked]) -> list[Stretch]:
        fr = frame(self.text, outer.start, outer.end, [inset(m) for m in inner])
        reader = Reader(fr, self.cues)
        out: list[Stretch] = []
        for lo, hi in fr.sentences:
            for q in (k for k in range(lo, hi) if fr.tokens[k].quote >= 0):
                m = inner[fr.tokens[q].quote]
                found = reader.of(q, lo, hi)
                stretch = Stretch(
                    m.start, m.end, m.outer_start, m.outer_end, self.where, paragraph=number
                )
                claims = (
                    found and found.source and not is_term(fr.tokens, q, lo, hi, found, self.cues)
                )
                stretch.kind = (
                    kind_of(fr.tokens, q, lo, hi, found, self.cues, self.where)
                    if claims
                    else "scare"
                )
                if stretch.kind != "scare" and found and found.source:
                    first = fr.tokens[found.source.start].low
                    stretch.speaker = (
                        outer.speaker
                        if first in self.cues.first
                        else self.resolver.speaker(fr.tokens, found.source)
                    )
                stretch.utterance = self.utterance()
                out.append(stretch)
        return out
