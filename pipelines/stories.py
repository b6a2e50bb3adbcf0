"""Which articles are copies of one story, and which of them is most likely the original.

An article is seen as the words that its outlet wrote: quotations and statement lines stand in many
articles that were written apart, so they are left out.
"""

import zlib
from collections.abc import Sequence

import regex

from press.coverage import Article
from press.text import tokens

_KEY_SHINGLE = 6
_WINDOW = 16
"""Winnowing (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003): two bodies that share
_KEY_SHINGLE + _WINDOW - 1 = 21 words in a row share a key."""
_MAX_KEYS = 400
"""About 3,400 words; copies are cut from the end, so the beginning is what to keep."""

_QUOTED = regex.compile(r"“[^“”\n]*[”\n]|\"[^\"\n]*[\"\n]|«[^«»\n]*[»\n]|„[^„“”\n]*[“”\n]")


def keys(article: Article) -> tuple[str, ...]:
    """The keys by which the index finds articles that share 21 unquoted words in a row."""
    words = [token.norm for token in tokens(_QUOTED.sub(" ", article.body))]
    return tuple(sorted(f"a{value:08x}" for value in _winnowed(words)))


def _winnowed(words: Sequence[str]) -> set[int]:
    hashes = [
        zlib.crc32(" ".join(words[i : i + _KEY_SHINGLE]).encode())
        for i in range(len(words) - _KEY_SHINGLE + 1)
    ]
    chosen: set[int] = set()
    for i in range(max(1, len(hashes) - _WINDOW + 1)):
        if window := hashes[i : i + _WINDOW]:
            chosen.add(min(window))
        if len(chosen) >= _MAX_KEYS:
            break
    return chosen
