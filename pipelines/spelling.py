"""Words as they are compared: what house style changes is folded away, what is said is kept.

`press.text.fold` has already folded case, glyphs, accents and points. Here follow British and
American spelling (the word list of *breame*), numerals (forty/40, 1,000/1000), percent,
currency signs, the ampersand and footnote marks. A contraction is no house style: style guides
(AP, Reuters) forbid changing the words inside quotation marks, so *can't* for *cannot* shows as
wording, while a lost apostrophe (*dont*) does not.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex
import snowballstemmer
from breame.spelling import get_american_spelling

from press.text import Token, tokens


class Unit(NamedTuple):
    """One compared word: `key` decides whether words are the same, `stem` aligns inflections."""

    key: str
    stem: str
    start: int
    end: int


_SMALL = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES["trillion"] = 10**12
_ORDINALS = {
    word: f"{number}{ending}"
    for number, (word, ending) in enumerate(
        zip(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
            "twelfth".split(),
            ["st", "nd", "rd"] + 9 * ["th"],
            strict=True,
        ),
        1,
    )
}
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
_DIGITS = regex.compile(
    r"(?P<sign>[$€£¥])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)%?"
)
_FOOTNOTE = regex.compile(r"\{\d{1,3}\}|\[\d{1,3}\]")
_JOINER = regex.compile(r"[\s\-‐‑]+")
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def canonical(norm: str) -> str:
    """The one spelling of a folded word: American where the two differ, no apostrophes."""
    word: str = get_american_spelling(norm) if norm.isalpha() else norm
    return _ORDINALS.get(word, word).replace("'", "")


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """The form in which inflections of one word meet."""
    stemmed: str = _stemmer.stemWord(key)
    return stemmed


def units(text: str) -> list[Unit]:
    """The compared words of `text` in order; offsets point into the text as printed."""
    return list(_units(text))


def _words(text: str) -> list[Token]:
    found = tokens(text)
    if "&" in text:
        found += [Token("and", m.start(), m.end()) for m in regex.finditer(r"(?<=\s)&(?=\s)", text)]
        found.sort(key=lambda token: token.start)
    if "[" in text or "{" in text:
        marks = [m.span() for m in _FOOTNOTE.finditer(text)]
        found = [t for t in found if not any(a <= t.start < b for a, b in marks)]
    return found


def _units(text: str) -> Iterator[Unit]:
    words = _words(text)
    at = 0
    while at < len(words):
        norm, start, end = words[at]
        if norm in _SMALL or norm in _TENS or norm[-1:].isdigit() or norm.endswith("%"):
            number = _number(text, words, at)
            if number is not None:
                value, after, sign = number
                end = words[after - 1].end
                percent = text[end - 1] == "%"
                yield Unit(value, value, start, end - percent)
                if percent:
                    yield Unit("percent", "percent", end - 1, end)
                if sign:
                    yield Unit(sign, stem(sign), start, end)
                at = after
                continue
        if norm == "per" and at + 1 < len(words) and words[at + 1].norm == "cent":
            yield Unit("percent", "percent", start, words[at + 1].end)
            at += 2
            continue
        key = canonical(norm)
        yield Unit(key, stem(key), start, end)
        at += 1


def _number(text: str, words: list[Token], at: int) -> tuple[str, int, str] | None:
    """The number that begins at `at`: its decimal form, the next word, its currency."""
    first = words[at].norm
    sign = ""
    if (digits := _DIGITS.fullmatch(first)) is not None:
        sign = _CURRENCY.get(digits["sign"] or "", "")
        value = Decimal(digits["number"].replace(",", ""))
        after = at + 1
        if first.endswith("%"):
            return f"{value.normalize():f}", after, sign
    elif first in _SMALL or first in _TENS:
        value, after = Decimal(_SMALL.get(first, 0) + _TENS.get(first, 0)), at + 1
        if first in _TENS and (unit := _SMALL.get(_follows(text, words, after), 0)) in range(1, 10):
            value, after = value + unit, after + 1
    else:
        return None
    while (scale := _SCALES.get(_follows(text, words, after))) is not None:
        value, after = value * scale, after + 1
    return f"{value.normalize():f}", after, sign


def _follows(text: str, words: list[Token], at: int) -> str:
    """The word at `at` where only a space or hyphen parts it from the one before."""
    if at >= len(words) or not _JOINER.fullmatch(text, words[at - 1].end, words[at].start):
        return ""
    return words[at].norm
