"""Noun phrases in a frame, read leftwards from a verb or rightwards from a mark, without a parser."""

from collections.abc import Sequence
from typing import NamedTuple

from pipelines.cues import Cues
from pipelines.frames import Token
from pipelines.grammar import (
    ADJECTIVES,
    AUXILIARIES,
    CLITICS,
    COMMON_VERBS,
    DETERMINERS,
    OPEN,
    PREPOSITIONS,
    RELATIVES,
    SHUT,
    SUBORDINATORS,
    TIMES,
    is_adverb,
    is_finite,
    is_name,
    is_noun_here,
    is_verbal,
    is_word,
    verb_kind,
)


class Phrase(NamedTuple):
    """A range of tokens, end exclusive."""

    start: int
    end: int


LONGEST = 18
"""Tokens of a noun phrase; longer ones are two phrases that nothing divided."""


def left_phrase(tokens: Sequence[Token], last: int, lo: int, cues: Cues) -> Phrase | None:
    """The noun phrase whose last token is `last`."""
    a = last
    if tokens[a].text in SHUT:
        while a > lo and tokens[a].text not in OPEN:
            a -= 1
        a = max(a - 1, lo)
    if not is_word(tokens[a]):
        return None
    joined = False
    while a > lo and last - a < LONGEST:
        t = tokens[a - 1]
        if t.quote >= 0:
            break
        if t.text in SHUT:
            b = a - 1
            while b > lo and tokens[b].text not in OPEN:
                b -= 1
            if b <= lo:
                break
            a = b
            continue
        if not is_word(t):
            if t.text in "&-/'’":
                a -= 1
                continue
            break
        if t.low in AUXILIARIES or t.low in SUBORDINATORS or t.low in RELATIVES or t.low in CLITICS:
            break
        if t.low in {"after", "before", "until", "since"} or t.low in COMMON_VERBS:
            break
        if (
            t.low.endswith("ed")
            and a - 2 >= lo
            and is_name(tokens[a - 2])
            and t.low not in ADJECTIVES
        ):
            break
        if t.low in cues.participles and not is_noun_here(tokens, a - 1):
            break
        if is_finite(tokens, a - 1, cues):
            break
        if t.low in cues.pronouns and t.low != "her":
            break
        joined = joined or t.low == "and"
        a -= 1
    # What stands before the phrase is known now: a clause's start, or a verb that needs an object.
    stopped_by_verb = a > lo and (
        tokens[a - 1].low in AUXILIARIES or is_finite(tokens, a - 1, cues)
    )
    if joined and stopped_by_verb:
        a = max(k for k in range(a, last + 1) if tokens[k].low == "and") + 1
    return trimmed(tokens, a, last)


def trimmed(tokens: Sequence[Token], a: int, last: int) -> Phrase | None:
    """Take leading adverbs, conjunctions and prepositional phrases off."""
    while a <= last and (
        (is_adverb(tokens[a]) and tokens[a].low not in {"both", "all"})
        or tokens[a].low in {"and", "but", "or"}
        or not is_word(tokens[a])
    ):
        a += 1
    if a > last:
        return None
    if tokens[a].low in PREPOSITIONS:
        a = _after_preposition(tokens, a, last)
    return Phrase(a, last + 1) if a <= last else None


def _after_preposition(tokens: Sequence[Token], a: int, last: int) -> int:
    """Where the subject starts after *In March*, *On Tuesday*, *At a rally in Iowa* …"""
    k = a + 1
    while k <= last and (tokens[k].low in TIMES or tokens[k].text.isdigit()):
        k += 1
    if k > a + 1 and k <= last:
        return k
    for k in range(last, a, -1):
        if tokens[k].low in DETERMINERS:
            return k
    k = last
    while k > a + 1 and is_name(tokens[k - 1]):
        k -= 1
    return k


_MORE = frozenset("other his her dozens some several many".split())


def right_phrase(tokens: Sequence[Token], first: int, hi: int, cues: Cues) -> Phrase | None:
    """The noun phrase that starts at `first`, with its *of* and *for* but no clause."""
    if first >= hi:
        return None
    t = tokens[first]
    if t.quote >= 0 or not is_word(t):
        return None
    if t.low in cues.pronouns or t.low in cues.first:
        return Phrase(first, first + 1)
    if (
        (t.low in AUXILIARIES and t.text[0].islower())
        or (t.low.endswith("ing") and t.text[0].islower() and not t.low.endswith("thing"))
        or t.low in SUBORDINATORS
        or t.low in PREPOSITIONS
        or t.low in CLITICS
        or t.low in {"and", "who", "which", "whose"}
        or t.low in cues.participles
        or (is_adverb(t) and t.low not in {"both", "all"})
    ):
        return None
    if t.text[0].islower() and t.low not in DETERMINERS | ADJECTIVES:
        verbal = t.low.endswith("ed") and len(t.low) > 3
        if verbal or (verb_kind(tokens, first, cues) and t.low not in cues.nouns):
            return None
    k = first + 1
    while k < hi and k - first < LONGEST:
        t = tokens[k]
        if t.quote >= 0:
            break
        if t.text in OPEN:
            b = k
            while b < hi and tokens[b].text not in SHUT:
                b += 1
            if b - k > 8 or b >= hi:
                break
            k = b + 1
            continue
        if not is_word(t):
            if t.text in "&-/'’":
                k += 1
                continue
            break
        if (t.low in AUXILIARIES and t.text[0].islower()) or t.low in RELATIVES:
            break
        if t.low in SUBORDINATORS:
            break
        settled = tokens[k - 1].low in DETERMINERS
        if (verb_kind(tokens, k, cues) and not settled) or t.low in CLITICS:
            break
        if t.low in cues.participles or t.low in cues.weak_participles:
            break
        if is_verbal(tokens, k, first):
            break
        if is_adverb(t) and not (k == first + 1 and tokens[first].low in DETERMINERS):
            break
        if t.low in cues.pronouns and t.low != "her":
            break
        if t.low in PREPOSITIONS and t.low not in {"of", "for", "at", "from", "with"}:
            break
        if t.low in {"at", "from", "with"} and is_name(tokens[k - 1]) and first < k - 1:
            break
        if (
            t.low == "and"
            and k + 1 < hi
            and not (
                is_name(tokens[k + 1])
                or tokens[k + 1].low in _MORE
                or tokens[first].low in DETERMINERS
                or tokens[k - 1].low.endswith("s")
            )
        ):
            break
        k += 1
    while k > first + 1 and tokens[k - 1].low in {"and", "of", "for", "at", "from", "with"}:
        k -= 1
    return Phrase(first, k)
