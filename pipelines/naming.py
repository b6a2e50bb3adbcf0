"""The person's name inside a source phrase."""

from pipelines.frames import TITLES, Token
from pipelines.grammar import DETERMINERS, PREPOSITIONS, RELATIVES, is_name
from pipelines.names import NOT_NAMES
from pipelines.phrases import Phrase

_PARTICLES = frozenset("de del della di da dos du von van der den bin ibn al el la le".split())
_BODIES = frozenset(
    "center centre university department institute union council association bureau committee "
    "bank board college court office ministry foundation coalition campaign academy society "
    "federation house party school church league commission agency group organization company "
    "chamber".split()
)


def person(tokens: tuple[Token, ...], phrase: Phrase) -> str | None:
    """The person's name in a source phrase, titles and roles taken off; None if it names none."""
    start, end = phrase
    while end - 1 > start and tokens[end - 1].text == ")":
        k = end - 1
        while k > start and tokens[k].text != "(":
            k -= 1
        end = k
    for k in range(start + 1, end):
        t = tokens[k]
        if t.low in RELATIVES or t.text == ",":
            end = k
            break
        if t.low in PREPOSITIONS:
            if is_name(tokens[k - 1]) and tokens[k - 1].low.rstrip(".") in _BODIES:
                return None
            end = k
            break
    if end <= start or not is_name(tokens[end - 1]):
        return None
    begin = end - 1
    while begin > start:
        t = tokens[begin - 1]
        if t.low.endswith(("'s", "s'")):
            break
        if (
            is_name(t)
            or t.text == "&"
            or (t.low in _PARTICLES and begin - 2 >= start and is_name(tokens[begin - 2]))
        ) or (t.low == "and" and begin - 2 >= start and is_name(tokens[begin - 2])):
            begin -= 1
        else:
            break
    kept = list(tokens[begin:end])
    for n in range(len(kept) - 2, -1, -1):
        low = kept[n].low.rstrip(".")
        if low in TITLES or low in NOT_NAMES - {"and"}:
            kept = kept[n + 1 :]
            break
    if kept and kept[0].low in DETERMINERS:
        return None
    out = " ".join(t.text for t in kept)
    for mark in ("'s", "’s", "’", "'"):
        out = out.removesuffix(mark)
    return out or None
