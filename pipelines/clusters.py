"""Which mention belongs to which: the keys that bring candidates together, and the verdict.

A mention is seen as its words, folded as `press.text` folds them. Words that carry content count
most; `keys` are hashes of runs of them, by kind:

::

    3…   three content words in a row     any two firm mentions that are linked share one
    2…   two content words in a row       where a fragment of two finds its longer text
    s…   speaker's surname + one word     where a fragment of one word finds its longer text
    =…   all content words of a fragment  where a longer text finds the fragments within it
    l…   statement and line               mentions of one line

`Words.keys` are stored with a mention; `Words.wanted` are what to look for with it: one finds the
other whichever of the two came first.
"""

import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property

from pipelines.stopwords import STOPWORDS
from press.coverage import Match
from press.text import tokens

FRAGMENT = 4
"""Fewer content words than this are a fragment, which joins only with support (DESIGN.md)."""

_MAX_WORDS = 120
"""Content words of one mention that make keys: 120 is more than any sentence of polnear_dev."""


def keys(
    text: str, *, speaker: str | None = None, matches: Sequence[Match] = ()
) -> tuple[str, ...]:
    """The keys by which the index finds a mention of `text`; sorted, without repetition.

    Pass the mention's own speaker and matches, best first: a fragment of one word finds its longer
    text by the speaker, mentions of one statement line find each other by the line.
    """
    return Words(text).keys(speaker, line_of(matches))


def line_of(matches: Sequence[Match]) -> tuple[str, int] | None:
    """The statement line that a mention stands for: its best match, unless that only paraphrases.

    One line at most, so that mentions of different lines are never joined.
    """
    if matches and matches[0].relation != "paraphrase":
        return matches[0].statement, matches[0].line
    return None


class Words:
    """A text as the words that clustering compares."""

    def __init__(self, text: str) -> None:
        self.all = [_bare(token.norm) for token in tokens(text)]
        self.content = [word for word in self.all if word not in STOPWORDS]

    @property
    def is_fragment(self) -> bool:
        return len(self.content) < FRAGMENT

    @cached_property
    def runs(self) -> frozenset[str]:
        """Keys of three content words in a row."""
        return frozenset(self._grams("3", 3))

    def keys(self, speaker: str | None, line: tuple[str, int] | None) -> tuple[str, ...]:
        """What is stored with the mention."""
        found = {*self.runs, *self._grams("2", 2)}
        if self.is_fragment:
            found.add(self._whole())
        if name := surname(speaker):
            found.update(_hashed("s", [name, word]) for word in self.content[:_MAX_WORDS])
        if line is not None:
            found.add(_hashed("l", [line[0], str(line[1])]))
        return tuple(sorted(found))

    def wanted(self, speaker: str | None, line: tuple[str, int] | None) -> set[str]:
        """What to look for: keys that every possible parent or child of the mention has."""
        found = {*self.runs, *(g for n in (1, 2, 3) for g in self._grams("=", n))}
        if len(self.content) == 2:
            found.update(self._grams("2", 2))
        if self.is_fragment:
            found.add(self._whole())
            if (name := surname(speaker)) and len(self.content) == 1:
                found.add(_hashed("s", [name, self.content[0]]))
        if line is not None:
            found.add(_hashed("l", [line[0], str(line[1])]))
        return found

    def _grams(self, kind: str, size: int) -> Iterable[str]:
        words = self.content[:_MAX_WORDS]
        return (_hashed(kind, words[i : i + size]) for i in range(len(words) - size + 1))

    def _whole(self) -> str:
        return _hashed("=", self.content or ["", *self.all])


_TITLES = frozenset(
    "mr mrs ms dr sen senator rep representative gov governor president vice secretary prof "
    "professor judge justice mayor chief officer sheriff attorney general director minister prime "
    "chancellor lord sir dame the a an former then jr sr ii iii spokesman spokeswoman spokesperson "
    "ceo chairman chairwoman chair".split()
)


def names(speaker: str | None) -> tuple[str, ...]:
    """The words of a speaker's name without titles, folded; empty for nobody."""
    if not speaker:
        return ()
    return tuple(w for t in tokens(speaker) if (w := _bare(t.norm)) not in _TITLES)


def surname(speaker: str | None) -> str | None:
    """The last word of a speaker's name."""
    words = names(speaker)
    return words[-1] if words else None


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _hashed(kind: str, words: Iterable[str]) -> str:
    return f"{kind}{zlib.crc32(' '.join(words).encode()):08x}"
