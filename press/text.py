"""Words and sentences: the one tokenisation that matching, clustering and search all share.

House style must not tell two texts apart, so a token's `norm` folds what style changes: case,
quote glyphs, accents, abbreviation points (U.S. → us) and Unicode compatibility forms. Offsets
always point into the text as printed.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

APOSTROPHES = "'’‘ʼ＇`´"
_WORD = regex.compile(
    rf"""
    (?:\p{{L}}\.){{2,}}(?:\p{{L}}\b(?!['’]))?      # U.S.  U.N.  U.S.A
    | [$€£¥]?\d+(?:[.,:]\d+)*%?                    # 1,000  $3.5  40%
    | [\p{{L}}\p{{M}}\p{{N}}]+(?:[{APOSTROPHES}][\p{{L}}\p{{M}}]+)*
    """,
    regex.VERBOSE,
)


class Token(NamedTuple):
    """One word: its folded form and where it stands in the text as printed."""

    norm: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The form in which a word is compared: case, glyphs, accents and points folded."""
    text = unicodedata.normalize("NFKD", word)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    for mark in APOSTROPHES:
        text = text.replace(mark, "'")
    if "." in text and any(c.isalpha() for c in text):
        text = text.replace(".", "")
    return text


def tokens(text: str) -> list[Token]:
    """The words of `text` in order.

    Hyphens and dashes separate words, apostrophes inside a word do not.
    """
    return [Token(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


class Span(NamedTuple):
    """A stretch of text: code points, start inclusive, end exclusive."""

    start: int
    end: int


_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col sgt capt rev hon st jr sr vs etc inc corp co ltd no "
    "jan feb mar apr jun jul aug sept sep oct nov dec fla calif mass wash ore va pa ill ariz colo "
    "conn del ga ind kan ky la md mich minn miss mo mont neb nev okla tenn tex vt wis wyo dept "
    "assn bros univ approx est fig vol pp cf al ave blvd rd ft mt".split()
)
_STOP = regex.compile(
    r"(?P<mark>[.!?…]+[\"'”’»)\]]*(?:\{\d+\}|\[\d+\])*)(?P<gap>\s+)(?=[\"'“‘«„(\[]*[\p{Lu}\p{N}])"
    r"|(?P<para>\s*\n\s*\n\s*)"
)
_LAST_WORD = regex.compile(r"([\p{L}\p{N}.]+)$")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, without the white space between them.

    A blank line always ends a sentence. Abbreviations and initials do not.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for m in _STOP.finditer(text, start, stop):
        if m.group("mark") is not None and _is_abbreviation(
            text, begin, m.start("mark"), m["mark"]
        ):
            continue
        close = m.end("mark") if m.group("mark") is not None else m.start("para")
        _append(spans, text, begin, close)
        begin = m.end()
    _append(spans, text, begin, stop)
    return spans


def _is_abbreviation(text: str, begin: int, at: int, mark: str) -> bool:
    if not mark.startswith(".") or mark.startswith(".."):
        return False
    last = _LAST_WORD.search(text, begin, at)
    if last is None:
        return False
    word = last.group(1).rsplit(".", 1)[-1]
    # An initial (J. Edgar) or the end of U.S. — but a sentence may end in "I" or "U.S." followed
    # by a word that is no name; the first is rare enough to be read as an initial.
    if len(word) == 1 and word.isupper() and mark == ".":
        return True
    return word.lower() in _ABBREVIATIONS and mark == "."


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))
