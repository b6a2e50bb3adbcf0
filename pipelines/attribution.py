"""Which words of a paragraph attribute each of its quotations, and to whom as printed.

Tried in this order for a quotation (Q stands for it)::

    beside     X called it Q
    after      Q, X said / Q, said X / Q, according to X / Q — X
    before     X said: Q / according to X, Q / X’s claim that Q        (pipelines.before)
    trailing   … Q …, X said.
    colon      X: Q
"""

from pipelines.before import Attribution, Before
from pipelines.frames import Token
from pipelines.grammar import (
    PREPOSITIONS,
    RELATIVES,
    is_adverb,
    is_finite,
    is_name,
    is_word,
    verb_kind,
)
from pipelines.phrases import Phrase, right_phrase
from pipelines.subjects import APPOSITION, sentence_subject

_DASHES = frozenset({"—", "–", "--", "-", "―"})
_SPLITTERS = frozenset({",", "?", "!", "…", "—", "–", "-", "'", "’"})


class Reader(Before):
    """Reads the attributions of one frame."""

    def of(self, q: int, lo: int, hi: int) -> Attribution | None:
        """The attribution of the quotation at token `q` of the sentence ``[lo, hi)``."""
        tokens = self.tokens
        inside = tokens[q].text
        open_end = inside[-1:] in _SPLITTERS or inside.endswith("...")
        found = None
        beside = self.beside(q, lo)
        if beside:
            return beside
        closed = inside[-1:] == "." and not inside.endswith("...")
        runs_on = q + 1 < hi and (tokens[q + 1].text in _DASHES or tokens[q + 1].text[0].islower())
        if not closed or runs_on:
            found = self.after(q, hi, sure=open_end)
            if found and open_end:
                return found
        before = self.before(q, lo)
        if before and before.source:
            return before
        return found or self.trailing(q, hi) or self.colon(q, lo) or before

    def after(self, q: int, hi: int, *, sure: bool) -> Attribution | None:
        """*Q, X said* and its kin right after token `q`."""
        tokens, cues = self.tokens, self.cues
        j = q + 1
        dash = False
        while j < hi and tokens[j].text in {",", *_DASHES}:
            dash = dash or tokens[j].text in _DASHES
            j += 1
        if j >= hi:
            return None
        if tokens[j].low == "as" and j + 1 < hi:
            j += 1
        start = j
        while j < hi and is_adverb(tokens[j]) and j - start < 2:
            j += 1
        if j >= hi:
            return None
        phrase = self.source_phrase(start, hi)
        if phrase:
            return Attribution(right_phrase(tokens, phrase.end, hi, cues), phrase, "after")
        if tokens[j].low in cues.helpers and j + 1 < hi:
            j += 1
        kind = verb_kind(tokens, j, cues)
        if kind == "say" or (kind and sure and tokens[q].text[:1].isupper()):
            return self._inverted(j, hi)
        return self._subject_then_verb(start, hi, sure=sure, ended=tokens[q].text[-1:] in "?!") or (
            self._signature(start, hi) if dash else None
        )

    def _inverted(self, verb: int, hi: int) -> Attribution | None:
        """*said Steven Ekovich, a broker*."""
        tokens = self.tokens
        k = verb + 1
        while k < hi and is_adverb(tokens[k]):
            k += 1
        subject = right_phrase(tokens, k, hi, self.cues)
        return Attribution(subject, Phrase(verb, verb + 1), "after") if subject else None

    def _subject_then_verb(self, j: int, hi: int, *, sure: bool, ended: bool) -> Attribution | None:
        """*Trump told reporters*; *Malkia Cyril, director of …, said*."""
        tokens, cues = self.tokens, self.cues
        subject = right_phrase(tokens, j, hi, cues)
        if subject is None:
            return None
        k = subject.end
        while k < hi and (is_adverb(tokens[k]) or tokens[k].low in cues.helpers):
            k += 1
        if k >= hi:
            return None
        kind = verb_kind(tokens, k, cues)
        ended = ended and not tokens[j].text[0].islower()
        closes = k + 1 >= hi or not is_word(tokens[k + 1])
        if kind == "say" or (kind and (closes or not ended) and (sure or kind == "call")):
            return Attribution(subject, Phrase(k, k + 1), "after")
        if sure and tokens[k].low in cues.participles and k > subject.end:
            return Attribution(subject, Phrase(k, k + 1), "after")
        if tokens[k].text == "," and not is_name(tokens[subject.end - 1]):
            # *another friend, Mariam Emara told CNN*
            second = right_phrase(tokens, k + 1, hi, cues)
            if second and second.end < hi and is_name(tokens[second.start]):
                if verb_kind(tokens, second.end, cues) == "say":
                    return Attribution(second, Phrase(second.end, second.end + 1), "after")
        verb = self._verb_after_apposition(k, hi, sure=sure)
        if verb is not None:
            return Attribution(subject, Phrase(verb, verb + 1), "after")
        named = is_name(tokens[subject.end - 1])
        pronoun = tokens[subject.start].low in cues.pronouns
        if sure and not ended and k == subject.end and is_word(tokens[k]):
            # Beside a quotation that ends with a comma any verb will do, or none: *Trump from his desk*.
            low = tokens[k].low
            if pronoun or (named and low in PREPOSITIONS):
                return Attribution(subject, Phrase(k, k + 1) if pronoun else None, "after")
            if low.endswith(("ed", "s")) and not is_name(tokens[k]):
                return Attribution(subject, Phrase(k, k + 1), "after")
        return None

    def _verb_after_apposition(self, k: int, hi: int, *, sure: bool) -> int | None:
        """The verb behind *, director of …,* or *of Ohio* that starts at token `k`."""
        tokens = self.tokens
        adjunct = tokens[k].low in PREPOSITIONS
        if not (
            adjunct or tokens[k].text in {",", "(", "—", "–", "--"} or tokens[k].low in RELATIVES
        ):
            return None
        for v in range(k + 1, min(hi, k + APPOSITION)):
            if tokens[v].quote >= 0:
                if tokens[v].text[-1:] in ".?!":
                    return None
                continue
            kind = verb_kind(tokens, v, self.cues)
            if kind == "say" or (kind and sure):
                w = v - 1
                while w > k and is_adverb(tokens[w]):
                    w -= 1
                closed = tokens[w].text in {",", "—", "–", "--", ")"}
                if closed or (adjunct and kind == "say"):
                    return v
        return None

    def _signature(self, j: int, hi: int) -> Attribution | None:
        """*— Name*, when nothing but a name follows."""
        end = hi
        while end > j and not is_word(self.tokens[end - 1]):
            end -= 1
        if (
            0 < end - j <= 8
            and is_name(self.tokens[j])
            and not any(is_finite(self.tokens, k, self.cues) for k in range(j, end))
        ):
            comma = next((k for k in range(j, end) if self.tokens[k].text == ","), end)
            return Attribution(Phrase(j, comma), None, "after")
        return None

    def trailing(self, q: int, hi: int) -> Attribution | None:
        """*… Q and more, X said.* at the sentence's end."""
        tokens = self.tokens
        for k in range(q + 1, hi):
            if tokens[k].quote >= 0:
                if tokens[k].text[-1:] in _SPLITTERS:
                    found = self.after(k, hi, sure=True)
                    if found and found.source:
                        return found
                continue
            if self.source_phrase(k, hi):
                return self.after(k - 1, hi, sure=False)
            if tokens[k].text == "," and k + 2 < hi:
                found = self.after(k, hi, sure=False)
                if found and found.source and found.cue and self._ends(found, hi):
                    return found
        return None

    def _ends(self, found: Attribution, hi: int) -> bool:
        """Whether the attribution closes its sentence but for *in a statement* and the like."""
        assert found.cue is not None and found.source is not None
        k = max(found.cue.end, found.source.end)
        return (
            k >= hi
            or not is_word(self.tokens[k])
            or self.tokens[k].low in PREPOSITIONS
            or is_adverb(self.tokens[k])
        )

    def colon(self, q: int, lo: int) -> Attribution | None:
        """*X: Q* where nothing but X stands before the colon."""
        tokens = self.tokens
        if q - 1 <= lo or tokens[q - 1].text != ":":
            return None
        if q - 1 - lo <= 8 and is_name(tokens[lo]) and not is_adverb(tokens[lo]):
            return Attribution(Phrase(lo, q - 1), Phrase(q - 1, q), "colon")
        subject = sentence_subject(tokens, lo, q - 1, self.cues)
        return Attribution(subject, Phrase(q - 1, q), "colon") if subject else None


def text_of(tokens: tuple[Token, ...], text: str, phrase: Phrase) -> str:
    """The printed text of a range of tokens."""
    return text[tokens[phrase.start].start : tokens[phrase.end - 1].end]
