"""Which mention belongs to which: the keys that bring candidates together, and the verdict.

A mention belongs to at most one other, its parent; following parents leads to the root that names
the cluster. The parent is the best of all mentions that can be one, under an order that is total,
so it depends on the mentions alone and not on when they came:

::

    matched to a statement line   →  the most complete mention of that line; never anything else
    a term (scare quote)          →  the same term, with support
    a fragment (< 4 content words)→  a longer text that contains it, with support
    any other                     →  a longer text that contains it, perhaps altered;
                                     a short one not when the speakers differ

Keys are hashes of content words, by kind:

::

    3…   three in a row            two firm mentions, one of which contains the other, share one
    2…   two in a row              where a fragment of two finds its longer text
    s…   speaker's surname + one   where a fragment of one finds its longer text
    f…   the same, all of it       where a longer text finds the fragments of one word within it
    =…   all of a fragment         where a longer text finds the other fragments within it
    l…   statement and line        all mentions of one line
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from pipelines.speech import Name, name_of
from pipelines.wording import FRAGMENT, SURE, Words, hashed, kept
from press.coverage import Match, Mention

Line = tuple[str, int]
"""Statement id and line number."""


def keys(
    text: str, *, speaker: str | None = None, matches: Sequence[Match] = ()
) -> tuple[str, ...]:
    """The keys by which the index finds a mention of `text`; sorted, without repetition.

    Pass the mention's own speaker and matches, best first: a fragment of one word finds its longer
    text by the speaker, mentions of one statement line find each other by the line.
    """
    words = words_of(text)
    found = {*words.runs, *words.grams("2", 2)}
    if words.is_fragment:
        found.add(words.whole())
    name = name_of(speaker)
    if name.proper:
        found.update(hashed("s", [name.words[-1], word]) for word in words.content)
        if len(words.content) == 1:
            found.add(hashed("f", [name.words[-1], *words.content]))
    if line := line_of(matches):
        found.add(_line_key(line))
    return tuple(sorted(found))


def line_of(matches: Sequence[Match]) -> Line | None:
    """The statement line that a mention stands for: its best match, unless that only paraphrases.

    One line at most, so that mentions of different lines are never joined.
    """
    if matches and matches[0].relation != "paraphrase":
        return matches[0].statement, matches[0].line
    return None


@lru_cache(maxsize=100_000)
def words_of(text: str) -> Words:
    """The words of a text, remembered: many mentions have the same."""
    return Words(text)


class Member:
    """A mention as the verdict sees it."""

    __slots__ = ("age", "article", "id", "keys", "line", "name", "rank", "term", "words")

    def __init__(self, mention: Mention) -> None:
        self.id = mention.id
        self.article = mention.article
        self.keys = mention.keys
        self.words: Words = words_of(mention.text)
        self.name: Name = name_of(mention.speaker)
        self.term = mention.kind == "scare"
        self.line = None if self.term else line_of(mention.matches)
        self.age = (moment(mention.date), mention.id)
        self.rank = self._rank(mention)

    def _rank(self, mention: Mention) -> tuple[bool, int, tuple[str, str]]:
        """Sorts the mentions of one line, the most complete first."""
        if self.line is None:
            return (True, -len(self.words), self.age)
        best = mention.matches[0]
        return (best.relation != "verbatim", -len(words_of(best.text)), self.age)

    def above(self) -> set[str]:
        """Keys of which every possible parent has one, but for the runs of firm words."""
        words, found = self.words, set[str]()
        if words.is_fragment:
            found.update((words.whole(), *words.runs))
            if len(words.content) == 2:
                found.update(words.grams("2", 2))
            if len(words.content) == 1 and self.name.proper:
                found.add(hashed("s", [self.name.words[-1], words.content[0]]))
        if self.line is not None:
            found.add(_line_key(self.line))
        return found

    def below(self) -> set[str]:
        """Keys of which every possible child has one, but for the runs of firm words."""
        found = {gram for size in range(2, FRAGMENT) for gram in self.words.grams("=", size)}
        if self.name.proper:
            found.update(hashed("f", [self.name.words[-1], word]) for word in self.words.content)
        if self.words.is_fragment:
            found.add(self.words.whole())
        if self.line is not None:
            found.add(_line_key(self.line))
        return found


Preference = tuple[float, int, tuple[str, str]]
"""Sorts the possible parents of one mention, the best first: similarity, length, age, id."""

Support = Callable[[Member, Member], bool]
"""Whether the articles of a fragment and of a longer text speak for one utterance."""


def preference(
    child: Member, parent: Member, support: Support, alike: Callable[[Words, Words], float] = kept
) -> Preference | None:
    """How good a parent by its words; None when it can be none.

    For a child without a statement line: those of one line follow `Member.rank`.
    """
    if child.term != parent.term or not _outranks(parent, child):
        return None
    similarity = alike(child.words, parent.words)
    if not similarity:
        return None
    differs = child.name.differs(parent.name)
    if child.term:
        fits = child.words.content == parent.words.content and support(child, parent)
    elif child.words.is_fragment:
        fits = not differs and _supported(child, parent, support)
    else:
        fits = not differs or len(child.words.content) >= SURE
    return (-similarity, -len(parent.words), parent.age) if fits else None


def related(one: Sequence[Member], other: Sequence[Member]) -> bool:
    """Whether two articles, given by their mentions, share a firm quotation or statement line."""
    return any(_firm(a, b) for a in one for b in other)


def _firm(a: Member, b: Member) -> bool:
    if a.line is not None and a.line == b.line:
        return True
    if a.term or b.term or a.words.is_fragment or b.words.is_fragment:
        return False
    if a.name.differs(b.name) and min(len(a.words.content), len(b.words.content)) < SURE:
        return False
    short, long = sorted((a.words, b.words), key=len)
    return kept(short, long) > 0


def _outranks(parent: Member, child: Member) -> bool:
    return (-len(parent.words), parent.age) < (-len(child.words), child.age)


def _supported(child: Member, parent: Member, support: Support) -> bool:
    """A single word needs its speaker, or to stand alone in both articles."""
    if len(child.words.content) >= 2:
        return child.name.agrees(parent.name) or support(child, parent)
    if child.name.agrees(parent.name) and child.name.words[-1] == parent.name.words[-1]:
        return bool(child.words.content) or child.words.all == parent.words.all
    return child.words.content == parent.words.content and support(child, parent)


@lru_cache(maxsize=65536)
def moment(value: str) -> str:
    """An ISO 8601 date or time as UTC, to be sorted; a date alone stands for its end."""
    try:
        if len(value) <= 10:
            return datetime.combine(date.fromisoformat(value), time.max, UTC).isoformat()
        when = datetime.fromisoformat(value)
    except ValueError:
        return f"~{value}"
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _line_key(line: Line) -> str:
    return hashed("l", [line[0], str(line[1])])
