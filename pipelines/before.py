"""The cue in front of a quotation: a verb, a participle, a reporting noun or *according to*."""

from typing import NamedTuple

from pipelines.cues import Cues
from pipelines.frames import Frame
from pipelines.grammar import (
    MODALS,
    PREPOSITIONS,
    TIMES,
    is_adverb,
    is_finite,
    is_name,
    is_noun_here,
    is_word,
    verb_kind,
)
from pipelines.phrases import Phrase, left_phrase, right_phrase
from pipelines.subjects import sentence_subject, subject_before


class Attribution(NamedTuple):
    """Where a quotation's source and cue stand, as ranges of tokens."""

    source: Phrase | None
    cue: Phrase | None
    how: str
    """``after``, ``before``, ``colon``, or ``asked``: put to somebody, by nobody who is named."""


_BE = frozenset({"was", "were", "been", "be", "is", "are", "being"})
_LEADING = frozenset("after before when while as if since although though once because".split())
_JOINS = frozenset("and or a an the as".split())
_BESIDE = frozenset("a an the as it him her them his its their to out on of about for".split())


class Before:
    """Reads the cues to the left of quotations in one frame."""

    def __init__(self, frame: Frame, cues: Cues) -> None:
        self.tokens = frame.tokens
        self.frame = frame
        self.cues = cues
        self._source_starts = {phrase[0] for phrase in cues.sources}

    def before(self, q: int, lo: int) -> Attribution | None:
        """The nearest cue to the left of token `q` in its sentence that reports it."""
        tokens, cues = self.tokens, self.cues
        unsourced = owned = fallback = None
        introduced = q > lo and tokens[q - 1].text in {",", ":"}
        for i in range(q - 1, lo - 1, -1):
            token = tokens[i]
            if token.quote >= 0 or not is_word(token):
                continue
            phrase = self.source_phrase(i, q)
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
        """*Trump said Y called it Q*: the reporter of the clause that starts at `clause`."""
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
        """*After Y asked about it, X became Q*: a verb in a leading clause reports nothing more."""
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

    def source_phrase(self, at: int, hi: int) -> Phrase | None:
        """*according to* and the like at token `at`."""
        if self.tokens[at].low not in self._source_starts:
            return None
        for phrase in self.cues.sources:
            end = at + len(phrase)
            if end <= hi and all(self.tokens[at + n].low == w for n, w in enumerate(phrase)):
                return Phrase(at, end)
        return None

    def beside(self, q: int, lo: int) -> Attribution | None:
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
