"""Whether two mentions are said by the same speaker, as far as the names tell."""

from functools import lru_cache
from typing import NamedTuple

from press.text import tokens

_NOT_A_NAME = frozenset(
    "he she they it we i you who one him her them his their its "
    "mr mrs ms dr sen senator rep representative gov governor president vice secretary prof "
    "professor judge justice mayor chief officer sheriff attorney general director minister prime "
    "chancellor lord sir dame the a an former then jr sr ii iii spokesman spokeswoman spokesperson "
    "ceo chairman chairwoman chair".split()
)
"""Titles, and pronouns: one that was not resolved names nobody."""


class Name(NamedTuple):
    """A speaker as an article names them, titles left out."""

    words: tuple[str, ...]
    proper: bool
    """Every word begins with a capital: a name rather than a description (*the letter*)."""

    def agrees(self, other: "Name") -> bool:
        """The same speaker: one name is the other, or a part of it.

        A description (*officials*) agrees with nothing: there are others in the next article.
        """
        mine, theirs = set(self.words), set(other.words)
        return self.proper and other.proper and (mine <= theirs or theirs <= mine)

    def differs(self, other: "Name") -> bool:
        """Another speaker: two names with no word in common."""
        return self.proper and other.proper and not set(self.words) & set(other.words)


@lru_cache(maxsize=65536)
def name_of(speaker: str | None) -> Name:
    """Read a speaker's name; nobody has no words and is not proper."""
    found = [
        (token.norm.removesuffix("'s"), (speaker or "")[token.start].isupper())
        for token in tokens(speaker or "")
    ]
    kept = [(word, capital) for word, capital in found if word not in _NOT_A_NAME]
    return Name(tuple(word for word, _ in kept), bool(kept) and all(capital for _, capital in kept))
