"""Which words of a paragraph attribute each of its quotations, and to whom as printed.

Tried in this order for a quotation (Q stands for it)::

    after      Q, X said / Q, said X / Q, according to X / Q — X
    before     X said: Q / X called it Q / according to X, Q / X’s claim that Q
    trailing   … Q …, X said.
    colon      X: Q
"""

from typing import NamedTuple

from pipelines.cues import Cues
from pipelines.frames import Frame, Token
from pipelines.phrases import (
    APPOSITION,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    TIMES,
    Phrase,
    is_adverb,
    is_finite,
    is_name,
    is_noun_here,
    is_word,
    left_phrase,
    right_phrase,
    sentence_subject,
    subject_before,
    verb_kind,
)


class Attribution(NamedTuple):
    """Where a quotation's source and cue stand, as ranges of tokens."""

    source: Phrase | None
    cue: Phrase | None
    how: str


_BE = frozenset({"was", "were", "been", "be", "is", "are", "being"})
_LEADING = frozenset("after before when while as if since although though once because".split())
_JOINS = frozenset("and or a an the as".split())
_BESIDE = frozenset("a an the as it him her them his its their to out on of about for".split())
_DASHES = frozenset({"—", "–", "--", "-", "―"})
_SPLITTERS = frozenset({",", "?", "!", "…", "—", "–", "-", "'", "’"})


class Reader:
    """Reads the attributions of one frame."""

    def __init__(self, frame: Frame, cues: Cues) -> None:
        self.tokens = frame.tokens
        self.frame = frame
        self.cues = cues
        self._source_starts = {phrase[0] for phrase in cues.sources}

    def of(self, q: int, lo: int, hi: int) -> Attribution | None:
        """The attribution of the quotation at token `q` of the sentence ``[lo, hi)``."""
        tokens = self.tokens
        inside = tokens[q].text
        open_end = inside[-1:] in _SPLITTERS or inside.endswith("...")
        found = None
        beside = self._beside(q, lo)
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

    def _beside(self, q: int, lo: int) -> Attribution | None:
        """*X called it a Q*: a fragment right behind its verb belongs to that verb."""
        tokens = self.tokens
        first = next((c for c in tokens[q].text if c.isalnum()), "A")
        if first.isupper():
            return None
        k = q - 1
        while k > lo and q - k < 5 and tokens[k].low in _BESIDE:
            k -= 1
        if k <= lo or not is_finite(tokens, k, self.cues):
            return None
        found = self.before(q, lo)
        return found if found and found.source else None

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
        phrase = self._source_phrase(start, hi)
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

    def _source_phrase(self, at: int, hi: int) -> Phrase | None:
        """*according to* and the like at token `at`."""
        if self.tokens[at].low not in self._source_starts:
            return None
        for phrase in self.cues.sources:
            end = at + len(phrase)
            if end <= hi and all(self.tokens[at + n].low == w for n, w in enumerate(phrase)):
                return Phrase(at, end)
        return None

    def before(self, q: int, lo: int) -> Attribution | None:
        """The nearest cue to the left of token `q` in its sentence that reports it."""
        tokens, cues = self.tokens, self.cues
        unsourced = owned = fallback = None
        introduced = q > lo and tokens[q - 1].text in {",", ":"}
        for i in range(q - 1, lo - 1, -1):
            token = tokens[i]
            if token.quote >= 0 or not is_word(token):
                continue
            phrase = self._source_phrase(i, q)
            if phrase:
                source = right_phrase(tokens, phrase.end, q, cues)
                if source:
                    return Attribution(source, phrase, "before")
            kind = verb_kind(tokens, i, cues)
            participle = "" if kind else self._participle(i)
            strength = kind or participle
            cue = Phrase(i, i + 1)
            if strength and self._reaches(i, q, strength, introduced=introduced):
                subject = self._subject(i, lo) if kind else self._governor(i, lo)
                if subject is None and kind and (i == lo or tokens[i - 1].text == ","):
                    subject = right_phrase(tokens, i + 1, q, cues)
                if subject and not self._subordinate(i, q, lo):
                    found = Attribution(subject, cue, "before")
                    weaker = strength != "say" or (i > lo and tokens[i - 1].low in MODALS)
                    if not weaker:
                        return found
                    outer = self._reporter_of(subject.start, lo)
                    if outer or strength == "call" or self._independent(subject.start, lo):
                        return outer or found
                    fallback = fallback or found
                    continue
                unsourced = unsourced or Attribution(None, cue, "before")
                if self._asked(i, lo):
                    return Attribution(None, cue, "asked")
            elif token.low in cues.nouns and i > lo and owned is None:
                owner = self._owner(i, lo)
                if owner:
                    owned = Attribution(owner, cue, "before")
        if introduced and unsourced is None and owned is None and fallback is None:
            owned = self._introduction(q - 1, lo)
        return fallback or owned or unsourced

    def _participle(self, i: int) -> str:
        low = self.tokens[i].low
        if low in self.cues.participles:
            return "" if is_noun_here(self.tokens, i) else "say"
        return "weak" if low in self.cues.weak_participles else ""

    def _reaches(self, i: int, q: int, strength: str, *, introduced: bool) -> bool:
        """Whether the verb at `i` reports the quotation at `q`, given what stands between."""
        tokens = self.tokens
        if strength == "say":
            return True
        if strength == "call":
            last = next((k for k in range(q - 1, i, -1) if tokens[k].quote >= 0), None)
            return last is None or all(
                tokens[k].low in _JOINS or tokens[k].text == "," for k in range(last + 1, q)
            )
        if introduced:
            return not any(tokens[k].quote >= 0 for k in range(i + 1, q))
        if any(tokens[k].low in {"that", "how", "whether"} for k in range(i + 1, min(i + 5, q))):
            return True
        return all(tokens[k].low in _BESIDE for k in range(i + 1, q))

    def _reporter_of(self, clause: int, lo: int) -> Attribution | None:
        """*Trump said Y called it Q*: the reporter of the clause that starts at token `clause`."""
        tokens = self.tokens
        k = clause - 1
        that = k >= lo and tokens[k].low == "that"
        steps = 8 if that else 4
        while k >= lo and clause - k <= steps:
            t = tokens[k]
            if t.quote >= 0 or not (is_word(t)):
                return None
            if verb_kind(tokens, k, self.cues) == "say":
                subject = self._subject(k, lo)
                return Attribution(subject, Phrase(k, k + 1), "before") if subject else None
            if not (
                that
                or is_adverb(t)
                or t.low in TIMES
                or t.low in {"on", "in", "this", "last", "earlier"}
            ):
                return None
            k -= 1
        return None

    def _independent(self, clause: int, lo: int) -> bool:
        """Whether the clause that starts at token `clause` stands on its own."""
        return (
            clause == lo
            or not is_word(self.tokens[clause - 1])
            or self.tokens[clause - 1].low in {"and", "but", "while", "as"}
        )

    def _subordinate(self, verb: int, q: int, lo: int) -> bool:
        """*After Y asked about it, X became Q*: a verb in a leading clause reports nothing after it."""
        tokens = self.tokens
        if tokens[lo].low not in _LEADING:
            return False
        comma = next((k for k in range(verb + 1, q) if tokens[k].text == ","), None)
        if comma is None or comma + 1 >= q or any(tokens[k].text == "," for k in range(lo, verb)):
            return False
        return right_phrase(tokens, comma + 1, q, self.cues) is not None

    def _asked(self, verb: int, lo: int) -> bool:
        """*Trump was asked Q*: nobody is named as asking."""
        return (
            self.tokens[verb].low in {"asked", "told"}
            and verb > lo
            and self.tokens[verb - 1].low in _BE
        )

    def _introduction(self, mark: int, lo: int) -> Attribution | None:
        """*…, Hillary shot back, Q*: any verb will do before a comma or colon."""
        tokens = self.tokens
        start = next((k + 1 for k in range(mark - 1, lo - 1, -1) if not is_word(tokens[k])), lo)
        found = right_phrase(tokens, start, mark, self.cues)
        if found is None or found.end >= mark or mark - found.end > 8:
            return None
        named = is_name(tokens[found.end - 1]) or tokens[start].low in self.cues.pronouns
        return Attribution(found, Phrase(found.end, found.end + 1), "before") if named else None

    def _subject(self, verb: int, lo: int) -> Phrase | None:
        tokens = self.tokens
        before = tokens[verb - 1] if verb > lo else None
        if before is not None and before.low in _BE:
            # Passive: the agent, if any, follows *by*.
            for k in range(verb + 1, min(verb + 12, len(tokens) - 1)):
                if tokens[k].low == "by":
                    agent = right_phrase(tokens, k + 1, len(tokens), self.cues)
                    return agent
                if tokens[k].text in ".;":
                    break
            return None
        return subject_before(tokens, verb, lo, self.cues)

    def _governor(self, i: int, lo: int) -> Phrase | None:
        """The subject that a participle (*saying*, *calling*) takes from its clause."""
        tokens, cues = self.tokens, self.cues
        k = i - 1
        while k >= lo and (is_adverb(tokens[k]) or tokens[k].low in {"then", "not"}):
            k -= 1
        if k >= lo and tokens[k].low in {"is", "are", "was", "were", "been", "'s"}:
            return subject_before(tokens, k, lo, cues)
        for v in range(i - 1, lo - 1, -1):
            if is_finite(tokens, v, cues):
                subject = self._subject(v, lo)
                if subject:
                    outer = self._reporter_of(subject.start, lo)
                    return outer.source if outer else subject
                break
        if i > lo and is_name(tokens[i - 1]):
            named = left_phrase(tokens, i - 1, lo, cues)
            if named and named.start > lo and tokens[named.start - 1].low == "with":
                return named
        found = sentence_subject(tokens, lo, i, cues)
        leads = all(tokens[n].low in PREPOSITIONS or is_adverb(tokens[n]) for n in range(lo, i))
        return found if found or not leads else self._main_clause(i)

    def _main_clause(self, lead: int) -> Phrase | None:
        """*Highlighting Q, the coalition urged*: the subject after the leading participle."""
        tokens = self.tokens
        hi = next(h for a, h in self.frame.sentences if a <= lead < h)
        for k in range(lead + 1, hi):
            t = tokens[k]
            ends_clause = t.text == "," or (t.quote >= 0 and t.text[-1:] == ",")
            if ends_clause and k + 1 < hi:
                found = right_phrase(tokens, k + 1, hi, self.cues)
                if found and found.end < hi and not tokens[found.end].quote >= 0:
                    return found
        return None

    def _owner(self, noun: int, lo: int) -> Phrase | None:
        """*Trump’s claim*, *his repeated claim*: whoever owns the reporting noun."""
        tokens = self.tokens
        for k in range(noun - 1, max(lo - 1, noun - 4), -1):
            low = tokens[k].low
            if tokens[k].quote >= 0 or not is_word(tokens[k]):
                return None
            if low in {"his", "her", "their", "its"}:
                return Phrase(k, k + 1)
            if low.endswith(("'s", "s'")) and low not in {"it's", "that's"}:
                return left_phrase(tokens, k, lo, self.cues)
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
            if self._source_phrase(k, hi):
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
