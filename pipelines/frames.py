"""A paragraph as its outlet's own words with the quotations taken out.

What stands inside marks says nothing about who said it, so each outer quotation becomes one token.
Sentences are those of the outlet: a quotation that ends with a full stop ends its sentence too, one
that ends with a comma does not.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sen senator rep representative gov governor lt gen "
    "general col colonel sgt capt captain maj major rev reverend hon president chairman "
    "chairwoman chair speaker secretary minister chancellor mayor congressman congresswoman "
    "congressmen judge justice sheriff attorney ambassador director spokesman spokeswoman "
    "spokesperson leader king queen prince princess sir lord lady dame pope cardinal bishop "
    "archbishop rabbi imam pastor sister brother officer chief commissioner councilman "
    "councilwoman councillor alderman delegate coach ceo cfo cto founder editor reporter "
    "correspondent host strategist analyst sens reps attys adm admiral msgr fr herr frau "
    "monsieur madame señor señora don doña premier vice candidate nominee democrat republican "
    "actor actress singer comedian businessman mogul tycoon billionaire manager adviser advisor "
    "counsel staff moderator anchor aide president-elect ex-president co-founder lawyer author".split()
)
_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Lt|Gen|Col|Sgt|Capt|Maj|Rev|Hon|St|Jr|Sr|Adm|Fr|Mt|Ft"
    "|Inc|Corp|Co|Ltd|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Fla|Calif|Mass|Pa|Va|Ill|Ariz|Colo"
    "|Conn|Ga|Ky|La|Md|Mich|Minn|Miss|Mo|Neb|Nev|Okla|Ore|Tenn|Tex|Vt|Wash|Wis|vs|No"
)
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻĽŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
_TOKEN = re.compile(
    rf"(?:{_ABBREVIATED})\.|(?:[{_UPPER}]\.)+(?![^\W\d_]{{2}})|[{_UPPER}]-(?:[{_UPPER}]\.)+"
    r"|[\w@#$]\w*(?:(?:['’&‑-]|\.(?=[a-z\d]))\w+)*(?:['’](?=\s))?|--+|\S"
)


LONGEST_SENTENCE = 400
"""Tokens after which a sentence ends whatever follows; keeps reading linear."""


class Token(NamedTuple):
    """A word, a punctuation mark, or (`quote` ≥ 0) a whole quotation."""

    text: str
    low: str
    start: int
    end: int
    quote: int = -1


class Inset(NamedTuple):
    """A quotation as a frame sees it."""

    start: int
    end: int
    outer_start: int
    outer_end: int


class Frame(NamedTuple):
    """The tokens of one paragraph and its sentences as ranges of tokens."""

    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]


def words(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``."""
    return [
        Token(t := m.group(), t.lower().replace("’", "'"), m.start(), m.end())
        for m in _TOKEN.finditer(text, start, end)
    ]


def frame(text: str, start: int, end: int, insets: Sequence[Inset]) -> Frame:
    """The frame of the paragraph ``text[start:end]`` whose outer quotations are `insets`."""
    tokens: list[Token] = []
    at = start
    for n, inset in enumerate(insets):
        tokens += words(text, at, inset.outer_start)
        tokens.append(
            Token(text[inset.start : inset.end], "", inset.outer_start, inset.outer_end, n)
        )
        at = inset.outer_end
    tokens += words(text, at, end)
    return Frame(tuple(tokens), tuple(_sentences(tokens)))


_STOPS = frozenset(".!?")
_CLOSERS = frozenset(")]”\"’'")


def _sentences(tokens: list[Token]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    begin = 0
    for i, token in enumerate(tokens):
        if i + 1 == len(tokens):
            break
        following = tokens[i + 1]
        if i - begin >= LONGEST_SENTENCE:
            out.append((begin, i + 1))
            begin = i + 1
            continue
        starts = following.quote >= 0 or following.text[0].isupper() or following.text[0].isdigit()
        if token.text in {"}", "]"} and i >= begin + 3 and tokens[i - 1].text.isdigit():
            # A footnote mark behind the full stop: *… of faces.{4} Amazon …*.
            stop = tokens[i - 3].text
            ends = stop[-1:] in _STOPS and starts
        elif token.quote >= 0:
            # “…?” and “…!” may go on with their attribution; only a full stop surely ends.
            ends = token.text[-1] == "." and not token.text.endswith("...") and starts
            ends = ends or (token.text[-1] in "?!…" and following.quote >= 0)
        elif following.quote >= 0 and token.text[-1] == "." and len(token.text) > 3:
            # *R-S.C. “I get that.”*: an abbreviation that ends the sentence before a quotation.
            ends = token.low[:-1] not in TITLES and tokens[i - 1].text == ","
        else:
            ends = token.text in {".", "!", "?", "…", "•"} and (
                starts or following.text in _CLOSERS
            )
            if ends and following.text in _CLOSERS:
                continue
            if token.text in _CLOSERS and i and tokens[i - 1].text in {".", "!", "?"}:
                ends = starts
        if ends:
            out.append((begin, i + 1))
            begin = i + 1
    if begin < len(tokens):
        out.append((begin, len(tokens)))
    return out
