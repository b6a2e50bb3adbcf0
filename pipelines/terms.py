"""Whether a marked stretch claims to be speech, or is a term, a name, a slogan or a title.

Evidence, strongest first: an attribution right beside it; words that name rather than report
(*known as*, *titled*); capitals of a title or name; its length. On the development articles of
PolNeAR 89 % of all marked stretches are speech, 95 % of those with four words or more.
"""

import regex

from pipelines.before import Attribution
from pipelines.cues import Cues
from pipelines.frames import Token
from pipelines.grammar import DETERMINERS, is_name, is_word, verb_kind
from press.coverage import QuoteKind, Where

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}'’.&-]*")
_NAMING = frozenset(
    "called dubbed nicknamed titled entitled named termed known labeled labelled so-called "
    "styled christened headlined rated marked".split()
)
_NAMED_THINGS = frozenset(
    "movie film show series book song novel play album program programme episode segment drama "
    "sitcom thriller memoir magazine podcast documentary musical game anthem hit bestseller "
    "award".split()
)
_OUTCRIES = frozenset("chants cries shouts calls cry chant slogan yells screams".split())
_AS = frozenset("describe describes described describing".split())
_WORKS_AFTER = _NAMED_THINGS | frozenset(
    "star host actress actor reboot theme co-host anchor column section character trailer".split()
)
_SMALL = frozenset("a an the of and or in on at for to with by from is vs de la el".split())
SHORT = 3
"""Words up to which a stretch without any attribution in its sentence is a term."""


def kind_of(
    tokens: tuple[Token, ...],
    q: int,
    lo: int,
    hi: int,
    found: Attribution | None,
    cues: Cues,
    where: Where,
) -> QuoteKind:
    """The kind of the quotation at token `q` of the sentence ``[lo, hi)`` of field `where`."""
    inside = tokens[q].text
    term = is_term(tokens, q, lo, hi, found, cues)
    if where in ("title", "dek"):
        return "scare" if term and q > lo and len(_WORD.findall(inside)) < SHORT else "headline"
    if term:
        return "scare"
    if where in ("caption", "pullquote"):
        return where
    begins = q == lo or not is_word(tokens[q - 1])
    first = next((c for c in inside if c.isalnum()), "a")
    whole = first.isupper() or first.isdigit() or inside[0] in "[…"
    return "sentence" if whole and (begins or inside[-1] in ".!?") else "fragment"


def is_term(
    tokens: tuple[Token, ...], q: int, lo: int, hi: int, found: Attribution | None, cues: Cues
) -> bool:
    """Whether the quotation at token `q` of the sentence ``[lo, hi)`` claims no speech."""
    inside = tokens[q].text
    words = _WORD.findall(inside)
    before = tokens[q - 1] if q > lo else None
    after = tokens[q + 1] if q + 1 < hi else None
    titled = _titled(words, inside)
    verb = verb_kind(tokens, found.cue.start, cues) if found and found.cue else ""
    sourced = found is not None and found.source is not None
    if found is not None and found.how == "after":
        return titled and verb != "say" and before is not None and is_word(before)
    if before is None and (after is None or inside[-1:] in ".?!"):
        return False
    if before is not None and before.low == "of" and tokens[q - 2].low in _OUTCRIES:
        return False
    if _nickname(before, after, words):
        return True
    if titled and before is not None and before.low in {"told", "tells", "telling"}:
        return True
    if titled and (_work(tokens, q, lo, hi) or (verb == "call" and len(words) < SHORT)):
        return True
    if _naming(tokens, q, lo) and not sourced and (titled or len(words) <= SHORT):
        return True
    if before is not None and before.text in {",", ":"} and found is not None:
        return titled and before.text == "," and not _reports(tokens, q - 2, cues)
    if titled:
        return not sourced and not inside.endswith(("!", "?"))
    short = len(words) <= SHORT
    if after is not None and after.low == "as" and before is not None and before.low in _AS:
        return short
    if verb == "weak" and short and before is not None and before.low in DETERMINERS:
        return after is not None and is_word(after) and after.text[0].islower()
    return short and not sourced


def _titled(words: list[str], inside: str) -> bool:
    """Whether all words that matter begin with a capital, as titles and names do."""
    if not words or len(words) > 9 or not words[0][0].isupper():
        return False
    return all(w[0].isupper() or w[0].isdigit() or w.lower() in _SMALL for w in words)


def _nickname(before: Token | None, after: Token | None, words: list[str]) -> bool:
    """*C.L. “Butch” Otter*."""
    return (
        before is not None
        and after is not None
        and len(words) <= 2
        and is_word(before)
        and is_word(after)
        and is_name(before)
        and is_name(after)
        and words[0][0].isupper()
    )


def _work(tokens: tuple[Token, ...], q: int, lo: int, hi: int) -> bool:
    """*NBC’s “Today”*, *on “Meet the Press”*, *the “Avatar” star*: a title by its company."""
    before = tokens[q - 1] if q > lo else None
    after = tokens[q + 1] if q + 1 < hi else None
    if after is not None and after.low in _WORKS_AFTER:
        return True
    if before is None:
        return False
    if before.low.endswith("'s") and is_name(before):
        return True
    k = q - 2 if before.text == "," else q - 1
    return before.low in {"on", "to", "in"} or tokens[k].low in _NAMED_THINGS


def _naming(tokens: tuple[Token, ...], q: int, lo: int) -> bool:
    for k in range(q - 1, max(lo - 1, q - 4), -1):
        if tokens[k].quote >= 0 or (not is_word(tokens[k]) and tokens[k].text != ","):
            return False
        if tokens[k].low in _NAMING or tokens[k].low in _NAMED_THINGS:
            return True
    return False


def _reports(tokens: tuple[Token, ...], k: int, cues: Cues) -> bool:
    return k >= 0 and (tokens[k].low in cues.say or tokens[k].low in cues.participles)
