"""The subject of a verb or of a sentence.

News prose puts it in few places: before the verb (*Trump said*), before an apposition in commas
(*Huma Abedin, vice chair of …, said*), or behind a lead (*On Monday, in Iowa, Trump …*). What
these functions cannot read they leave out.
"""

from collections.abc import Sequence

from pipelines.cues import Cues
from pipelines.frames import Token
from pipelines.grammar import (
    AUXILIARIES,
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
    is_word,
)
from pipelines.phrases import Phrase, left_phrase, right_phrase, trimmed

APPOSITION = 45
"""Tokens between a name and its verb across an apposition."""


def subject_before(tokens: Sequence[Token], verb: int, lo: int, cues: Cues) -> Phrase | None:
    """The subject of the finite verb at `verb`, sought leftwards down to `lo`."""
    i = verb - 1
    while (
        i >= lo
        and tokens[i].quote < 0
        and (tokens[i].low in AUXILIARIES or is_adverb(tokens[i]) or tokens[i].low in {"on", "to"})
    ):
        if tokens[i].low == "to":
            return sentence_subject(tokens, lo, verb, cues)
        i -= 1
    if i < lo:
        return None
    t = tokens[i]
    if t.quote >= 0:
        return None
    if t.low in cues.pronouns or t.low in cues.first:
        return Phrase(i, i + 1)
    if t.low in RELATIVES or t.low == "what":
        if t.low == "what":
            return None
        j = i - 1
        if j >= lo and tokens[j].text == ",":
            j -= 1
        return left_phrase(tokens, j, lo, cues) if j >= lo else None
    if t.low in {"and", "but", "or", "then"}:
        for k in range(i - 1, lo, -1):
            if tokens[k].quote >= 0 or tokens[k].text in ",;:":
                break
            if tokens[k].low == "who":
                return left_phrase(tokens, k - 1 - (tokens[k - 1].text == ","), lo, cues)
        return sentence_subject(tokens, lo, verb, cues)
    if t.text in {",", "—", "–", "--", "-"}:
        return _before_apposition(tokens, i, lo, cues)
    if t.text in SHUT or is_word(t):
        found = left_phrase(tokens, i, lo, cues)
        if found and found.start - 1 > lo and tokens[found.start].low in DETERMINERS:
            found = _named_before(tokens, found, lo, cues) or found
        if found and found.end - found.start == 1 and tokens[found.start].low in {"and", "that"}:
            return None
        return found
    return None


def _named_before(tokens: Sequence[Token], found: Phrase, lo: int, cues: Cues) -> Phrase | None:
    """*Sam Lau, the director of X said*: the name before an apposition that lacks its comma."""
    comma = found.start - 1
    if (
        tokens[comma].text != ","
        or not is_word(tokens[comma - 1])
        or not is_name(tokens[comma - 1])
    ):
        return None
    name = left_phrase(tokens, comma - 1, lo, cues)
    at_start = name is not None and (name.start == lo or not is_word(tokens[name.start - 1]))
    short = name is not None and name.end - name.start <= 6
    return name if at_start and short and tokens[lo].low not in PREPOSITIONS else None


def _before_apposition(tokens: Sequence[Token], comma: int, lo: int, cues: Cues) -> Phrase | None:
    """The phrase before an apposition or relative clause that ends at `comma`."""
    chunks: list[Phrase] = []
    end, depth = comma, 0
    for k in range(comma - 1, lo - 2, -1):
        at_edge = k < lo
        if not at_edge and tokens[k].text in SHUT:
            depth += 1
        if not at_edge and tokens[k].text in OPEN:
            depth -= 1
        if at_edge or (
            depth == 0
            and (tokens[k].quote >= 0 or tokens[k].text in {",", ";", ":", "—", "–", "--"})
        ):
            if k + 1 < end:
                chunks.append(Phrase(k + 1, end))
            end = k
            if at_edge or tokens[k].quote >= 0 or comma - k > APPOSITION or tokens[k].text in ";:":
                break
    if not chunks:
        return None
    if len(chunks) == 1:
        return sentence_subject(tokens, lo, comma, cues)
    # *CNN, Cruz said, called it …*: the parenthesis is the attribution.
    inner = chunks[0]
    if is_finite(tokens, inner.end - 1, cues) and inner.end - inner.start > 1:
        return left_phrase(tokens, inner.end - 2, inner.start, cues)
    # The last chunk is the apposition; the phrase is the nearest one that can be a subject.
    best = None
    for n, chunk in enumerate(chunks[1:], 1):
        first = tokens[chunk.start]
        if (
            first.low in PREPOSITIONS
            or (first.low in RELATIVES and first.text[0].islower())
            or (first.low in SUBORDINATORS and first.low not in {"but"})
            or first.low in cues.participles
        ):
            # “the director of X, Y and Z” or “In a statement, …”: look on inside a clause only.
            if n > 1:
                break
            continue
        if (
            any(tokens[k].low in RELATIVES for k in range(chunk.start + 1, chunk.end))
            and first.low in DETERMINERS
        ):
            continue
        if any(tokens[k].low in AUXILIARIES or is_finite(tokens, k, cues) for k in range(*chunk)):
            found = left_phrase(tokens, chunk.end - 1, chunk.start, cues)
            if found and is_name(tokens[found.end - 1]):
                return best or found
            break
        found = trimmed(tokens, chunk.start, chunk.end - 1)
        if found is None:
            continue
        short = found.end - found.start <= 10
        if short and is_name(tokens[found.end - 1]):
            best = found
            if tokens[chunk.end].text == "," and n == 1:
                break
            break
        if short and best is None:
            best = found
    return best


def _place(tokens: Sequence[Token], found: Phrase, hi: int) -> bool:
    """*In Salem, New Hampshire, Trump*: the state behind a city is no subject."""
    return (
        found.end + 1 < hi
        and tokens[found.end].text == ","
        and found.start >= 2
        and tokens[found.start - 1].text == ","
        and is_name(tokens[found.start - 2])
        and found.end - found.start <= 2
        and all(is_name(tokens[k]) for k in range(*found))
        and may_begin(tokens[found.end + 1])
    )


def may_begin(token: Token) -> bool:
    """Whether a noun phrase can begin with the token."""
    return is_word(token) and (
        is_name(token) or token.low in DETERMINERS or token.low in {"he", "she"}
    )


_LEADS = frozenset("asked speaking appearing noting citing given based according".split())


def sentence_subject(tokens: Sequence[Token], lo: int, hi: int, cues: Cues) -> Phrase | None:
    """The subject of the main clause of ``tokens[lo:hi]``: its first phrase, leads skipped."""
    k = lo
    while k < hi and (
        tokens[k].text in {"-", "—", "–", "--", "•", "*", "(", "[", "…", "'"}
        or tokens[k].low in {"and", "but", "yet", "so", "or"}
    ):
        k += 1
    guard = 0
    while k < hi and guard < 4:
        guard += 1
        t = tokens[k]
        if t.quote >= 0:
            k += 1
            continue
        leads = (
            t.low in PREPOSITIONS
            or t.low in SUBORDINATORS - {"what", "that"}
            or t.low in cues.participles
            or t.low in _LEADS
            or (t.low.endswith("ing") and not is_name(tokens[k + 1] if k + 1 < hi else t))
            or (t.low.endswith("ed") and (k == lo or (k + 1 < hi and tokens[k + 1].low == "by")))
            or is_adverb(t)
            or t.low in TIMES
        )
        if not leads:
            found = right_phrase(tokens, k, hi, cues)
            if found and guard > 1 and _place(tokens, found, hi):
                k = found.end + 1
                continue
            return found
        comma = next((c for c in range(k, hi) if tokens[c].text == ","), None)
        if is_adverb(t) and (k + 1 >= hi or tokens[k + 1].text != ","):
            k += 1
            continue
        if comma is None or comma + 1 >= hi:
            j = k + 1
            while j < hi and (tokens[j].low in TIMES or tokens[j].text.isdigit()):
                j += 1
            return right_phrase(tokens, j, hi, cues) if j > k + 1 else None
        k = comma + 1
    return None
