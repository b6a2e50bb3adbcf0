"""How text is cut into searchable words: once, here, so that every engine gives the same hits.

Engines index `line(text)`, the folded words joined by spaces, and need no analysis of their own
but to split at spaces. Words are those of `press.text`, split at apostrophes too, so that
``amazon`` finds *Amazon’s*; hyphens and dashes already separate words there.
"""

import re

from press.text import APOSTROPHES, Token, fold, tokens

_PIECE = re.compile(rf"[^{re.escape(APOSTROPHES)}]+")
_GAP = re.compile(r"['\s]+")
"""A folded word can hold these: *ŉ* folds to *'n*, the ligature U+FDFA to four words."""


def words(text: str) -> list[Token]:
    """The searchable words of `text` in order, with their offsets into it."""
    found: list[Token] = []
    for token in tokens(text):
        if token.norm.isalnum():
            found.append(token)
            continue
        for piece in _PIECE.finditer(text, token.start, token.end):
            found.extend(
                Token(norm, piece.start(), piece.end())
                for norm in _GAP.split(fold(piece.group()))
                if norm
            )
    return found


def line(text: str) -> str:
    """What an engine indexes of `text`: its words, joined by single spaces."""
    return " ".join(word.norm for word in words(text))
