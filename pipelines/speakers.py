"""Who a printed source means: the name behind a title, a short form, a pronoun, *the spokesperson*."""

from bisect import bisect_right

import regex

from pipelines.attribution import text_of
from pipelines.cues import Cues
from pipelines.frames import Token, words
from pipelines.grammar import DETERMINERS, PREPOSITIONS, RELATIVES, is_name, is_word
from pipelines.names import Names
from pipelines.naming import person
from pipelines.phrases import Phrase, right_phrase
from pipelines.subjects import sentence_subject
from press.text import Span, sentences

MENTIONS = 24
"""Names before a pronoun among which its person is sought."""
REACH = 6000
"""Code points before a pronoun or short form in which its antecedent is sought."""
WINDOW = 400
"""Code points of a sentence that are read for its subject."""
SENTENCES_BACK = 6
"""Sentences of each paragraph among them."""
PARAGRAPHS_BACK = 3
"""Paragraphs before its own in which *it* or *they* may have its subject."""
_POSSESSED = {"his": "he", "her": "she", "their": "they", "its": "it"}


class Resolver:
    """Turns printed sources of one text into speakers."""

    def __init__(
        self, text: str, cues: Cues, names: Names, byline: str | None, *, in_body: bool
    ) -> None:
        self.text = text
        self.cues = cues
        self.names = names
        self.byline = byline
        self.in_body = in_body
        self._paragraphs: dict[int, list[Span]] = {}
        self.last_speaker: tuple[int, str] | None = None
        self.last_group: tuple[int, str] | None = None

    def speaker(self, tokens: tuple[Token, ...], phrase: Phrase) -> str | None:
        """The speaker whom the words of `phrase` name, or None."""
        first = tokens[phrase.start]
        low = _POSSESSED.get(first.low, first.low)
        single = phrase.end - phrase.start == 1
        if single and low in self.cues.pronouns:
            return self.pronoun(low, first.start)
        if single and low in self.cues.first:
            return self.byline
        if single and (
            low in RELATIVES
            or low
            in {
                "one",
                "there",
                "this",
                "that",
                "these",
                "those",
                "many",
                "some",
                "others",
                "you",
                "all",
                "both",
            }
        ):
            return None
        name = person(tokens, phrase)
        if name:
            return (
                self.names.full(name, first.start)
                if " and " not in name
                else self._both(name, first.start)
            )
        printed = text_of(tokens, self.text, phrase).strip(" ,")
        if not single and low == "the":
            return self.antecedent(printed, first.start) or printed
        return printed or None

    def spoke(self, speaker: str, at: int) -> None:
        """Remember who spoke last, and what spoke last that is no person."""
        last = speaker.rsplit(maxsplit=1)[-1]
        if last in self.names.known:
            self.last_speaker = (at, speaker)
        else:
            self.last_group = (at, speaker)

    def label(self, name: str) -> str:
        """The speaker whom a transcript's label (``SANDERS``) names."""
        last = (
            name.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].rsplit(maxsplit=1)[-1].title()
        )
        return self.names.full(last, 0) if last in self.names.known else name.title()

    def _both(self, name: str, at: int) -> str:
        return " and ".join(self.names.full(n, at) for n in name.split(" and "))

    def pronoun(self, low: str, at: int) -> str | None:
        """Whom a third-person pronoun at offset `at` means."""
        gender = self.cues.pronouns[low]
        if not self.in_body:
            return None
        if gender in "np":
            return self._group(gender, at)
        best: tuple[float, str] | None = None
        seen = [m for m in self.names.before(at, MENTIONS) if at - m.end < REACH]
        count: dict[str, int] = {}
        for m in seen:
            count[m.last] = count.get(m.last, 0) + 1
        for m in seen:
            known = m.gender or self.names.genders.get(m.last, "")
            if known and known != gender:
                continue
            gap = self.text[m.end : at]
            score = (
                -0.6 * gap.count("\n\n")
                - 0.35 * (gap.count(".") + gap.count("?") + gap.count("!"))
                - len(gap) / 900
            )
            score += 0.15 * min(count[m.last], 4)
            score += 0.4 if known == gender else 0.0
            before = self.text[max(0, m.start - 2) : m.start]
            if m.start == 0 or "\n" in before or before in {". ", "” ", '" '}:
                score += 0.8
            if self.last_speaker and self.last_speaker[1] == m.name:
                score += 0.9
            if self.text[m.end : m.end + 2] in {"'s", "’s"}:
                score -= 0.3
            if best is None or score >= best[0]:
                best = (score, m.name)
        return best[1] if best else None

    def _group(self, gender: str, at: int) -> str | None:
        """The thing or group that *it* or *they* means: the nearest subject of that kind."""
        end = at
        for _ in range(PARAGRAPHS_BACK + 1):
            begin = self.text.rfind("\n", 0, end) + 1
            spans = self._sentences(begin)
            last = bisect_right(spans, at, key=lambda span: span.end)
            # The clause that the pronoun itself stands in may name it: *Amazon offers a tool it says*.
            if end == at and last < len(spans):
                found = self._subject(spans[last].start, at, gender)
                if found:
                    return found
            for span in reversed(spans[max(0, last - SENTENCES_BACK) : last]):
                found = self._subject(span.start, span.end, gender)
                if found:
                    return found
            end = _stripped(self.text, max(0, begin - 1))
            if end == 0:
                break
        return self.last_group[1] if self.last_group else None

    def _sentences(self, begin: int) -> list[Span]:
        """The sentences of the paragraph that begins at `begin`."""
        if begin not in self._paragraphs:
            stop = self.text.find("\n", begin)
            stop = len(self.text) if stop < 0 else stop
            self._paragraphs[begin] = sentences(self.text, begin, stop)
        return self._paragraphs[begin]

    def _subject(self, start: int, end: int, gender: str) -> str | None:
        tokens = tuple(words(self.text, start, min(end, start + WINDOW)))
        found = sentence_subject(tokens, 0, len(tokens), self.cues)
        if found is None or tokens[found.start].low in self.cues.pronouns:
            return None
        last = tokens[found.end - 1]
        plural = any(tokens[k].low == "and" for k in range(*found)) or (
            last.low.endswith("s")
            and not last.low.endswith(("ss", "us", "is"))
            and not is_name(last)
        )
        name = person(tokens, found)
        if name and " " in name and name.split()[-1] in self.names.known:
            return None
        if plural != (gender == "p") or last.low in {"there", "this", "that"}:
            return None
        return self.speaker(tokens, found)

    def antecedent(self, printed: str, at: int) -> str | None:
        """The fuller earlier form of a definite short form: *the spokesperson* → *A spokesperson for …*."""
        parts = printed.split()
        if len(parts) > 2:
            return None
        head = parts[-1]
        begin = max(0, at - REACH)
        found = list(
            regex.finditer(
                rf"\b{regex.escape(head)}(?=\s+(?:for|of|from|at|with)\s)", self.text[begin:at]
            )
        )
        for m in reversed(found[-3:]):
            there = begin + m.start()
            line_start = self.text.rfind("\n", 0, there) + 1
            line_end = self.text.find("\n", there)
            line_end = line_end if line_end >= 0 else len(self.text)
            line_start, line_end = max(line_start, there - WINDOW), min(line_end, there + WINDOW)
            tokens = words(self.text, line_start, line_end)
            k = next((n for n, t in enumerate(tokens) if t.start == there), None)
            if k is None or k + 1 >= len(tokens):
                continue
            if tokens[k + 1].low not in {"for", "of", "from", "at", "with"}:
                continue
            left = k
            while left > max(0, k - 3) and is_word(tokens[left - 1]):
                left -= 1
                if tokens[left].low in DETERMINERS or tokens[left].low in PREPOSITIONS:
                    break
            right = right_phrase(tokens, k, len(tokens), self.cues)
            if tokens[left].low in DETERMINERS and right and right.end > k + 2:
                return self.text[tokens[left].start : tokens[right.end - 1].end]
        return None


def _stripped(text: str, end: int) -> int:
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end
