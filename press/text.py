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
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts that write no space between words: each character is a word of its own."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens, joiners and zero-width spaces, which pages put inside words."""

_WORD = regex.compile(
    rf"""
    (?<![\p{{L}}\p{{N}}]) (?: (?:\p{{L}}\.){{2,}}(?:\p{{L}}\b)? | (?:\p{{Lu}}\.)+\p{{Lu}}\b )
        (?:[{APOSTROPHES}]s\b)?                          # U.S.  e.g.  U.S.A  U.S  U.S.’s
    | [$€£¥₹]?\d+(?:[.,:]\d+)*                           # 1,000  $3.5m  40%  10th  1940s
        (?:%|[\p{{L}}\p{{M}}--{_UNSPACED}]+)?(?:[{APOSTROPHES}]s\b)?
    | [{_UNSPACED}]\p{{M}}*
    | [\p{{L}}\p{{N}}--{_UNSPACED}][\p{{L}}\p{{M}}\p{{N}}{_INVISIBLE}--{_UNSPACED}]*
        (?:[{APOSTROPHES}][\p{{L}}\p{{M}}{_INVISIBLE}--{_UNSPACED}]+)*
    """,
    regex.VERBOSE | regex.V1,
)
_POINT = regex.compile(r"(?<!\d)\.|\.(?!\d)")
_THOUSANDS = regex.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Token(NamedTuple):
    """One word: its folded form and where it stands in the text as printed."""

    norm: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The form in which a word is compared.

    Case, glyphs, accents, abbreviation points, thousands separators and invisible characters are
    folded.
    """
    text = unicodedata.normalize("NFKD", word)
    text = "".join(
        c for c in text if c not in _INVISIBLE and not unicodedata.combining(c)
    ).casefold()
    for mark in APOSTROPHES:
        text = text.replace(mark, "'")
    if "." in text and any(c.isalpha() for c in text):
        text = _POINT.sub("", text)
    return _THOUSANDS.sub("", text)


def tokens(text: str) -> list[Token]:
    """The words of `text` in order.

    Hyphens and dashes separate words, apostrophes inside a word do not.
    """
    return [Token(fold(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


class Span(NamedTuple):
    """A stretch of text: code points, start inclusive, end exclusive."""

    start: int
    end: int


# Never the end of a sentence: a name follows.
_TITLES = frozenset(
    "mr mrs ms mx dr prof sen rep gov gen lt col sgt capt cpl pvt maj cmdr adm rev hon st fr sr "
    "supt asst dist atty pres vs mt ft messrs mme mlle hr hrsg cf viz approx".split()
)
# Only before a number: "No. 5", "Jan. 30", "pp. 3-9"; "no" and "may" end many a sentence.
_BEFORE_NUMBERS = frozenset(
    "no nos nr fig figs vol vols pp p ch sec sect art para est ca "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
# May stand at the end of a sentence; the next word tells.
_OTHERS = frozenset(
    "jr inc corp co cos ltd llc plc etc al dept assn bros univ ave blvd rd bldg "
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb "
    "Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que".split()
)
# Words that begin sentences and hardly ever names.
_STARTERS = frozenset(
    "the this that these those it its he his she her they their them we our you your there here "
    "and but or so yet if when while as at in on for from by with to of after before since "
    "although because however what why how who which where not no nor now then an some many most "
    "all both each every any is are was were do does did has have had can could should would will "
    "may must let".split()
)
_STOP = regex.compile(
    r"(?P<mark>[.!?…‽؟۔।॥]+[\"'”’»)\]]*(?:\{\d+\}|\[\d+\]|[⁰¹²³⁴-⁹†‡]+)*)(?P<gap>\s+)"
    r"(?=[\"'“‘«‹„‚¿¡(\[]*(?:[\p{Lu}\p{Lt}\p{Lo}\p{N}]))"
    r"|(?P<mark>[。！？｡]+[」』”’）】]*)(?P<gap>)(?=[^。！？｡」』”’）】])"
    r"|(?P<para>\s*\n\s*\n\s*)"
)
_PARAGRAPH = regex.compile(r"\n\s*\n")
_LAST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}.]+$")
_NEXT_WORD = regex.compile(r"[^\p{L}\p{N}]*([\p{L}\p{N}][\p{L}\p{N}'’]*)")
_ENUMERATOR = regex.compile(r"[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[)\]]?")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, without the white space between them.

    A blank line always ends a sentence. Abbreviations, initials and list numbers do not.
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for m in _STOP.finditer(text, start, stop):
        if m["para"] is not None:
            close = m.start("para")
        elif not _PARAGRAPH.search(m["gap"]) and _goes_on(
            text, begin, m.start("mark"), m["mark"], m.end()
        ):
            continue
        else:
            close = m.end("mark")
        _append(spans, text, begin, close)
        begin = m.end()
    _append(spans, text, begin, stop)
    return spans


def _goes_on(text: str, begin: int, at: int, mark: str, after: int) -> bool:
    """True when the mark at `at` ends an abbreviation, an initial or a list number instead."""
    if mark != ".":
        return False
    last = _LAST_WORD.search(text, begin, at)
    if last is None:
        return False
    if _ENUMERATOR.fullmatch(text[begin:at].strip()):
        return True
    word = last.group()
    following = _NEXT_WORD.match(text, after)
    upcoming = following.group(1) if following else ""
    tail = word.rsplit(".", 1)[-1]
    # An initial (J. Edgar) or the end of U.S., unless a word follows that is no name.
    if len(tail) == 1 and (tail.isupper() or "." in word):
        return upcoming.lower() not in _STARTERS and not (word == "I" and len(upcoming) == 1)
    if tail.lower() in _TITLES:
        return True
    if tail.lower() in _BEFORE_NUMBERS:
        return upcoming[:1].isdigit()
    # A state's short form is an English word in lower case: mass, wash, ill.
    return (tail.lower() in _OTHERS or tail in _OTHERS) and upcoming.lower() not in _STARTERS


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))
