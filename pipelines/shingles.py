"""Finds the few statement lines that may stand in a text, whatever the number of statements.

A shingle is a pair of neighbouring content words (stems); function words between them are passed
over, and a pair may leave one content word out, so that one changed word hides nothing. The
index is a dictionary in memory: a text of n words costs 2n look-ups, with one statement or ten
thousand.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.rarity import is_function_word
from pipelines.spelling import Unit

REACH = 2
"""A pair joins a content word with the next one and the one after it."""
NEAR = 25
"""Words between two shingles of one passage, at most."""
MAX_LINES = 40
"""A pair that stands in more lines than this is a stock phrase and finds none of them; lines that
are equal word for word count once."""
MAX_LINE = 1 << 10
"""Words of a line that are looked at."""


class Hit(NamedTuple):
    """A word of the text that may be a word of a line."""

    printed: int
    line: int


def content(words: Sequence[Unit]) -> list[int]:
    """Where the content words stand; in a line of function words all count."""
    found = [n for n, unit in enumerate(words) if not is_function_word(unit.key)]
    return found if len(found) > 1 else list(range(len(words)))


class LineIndex:
    """The shingles of numbered lines."""

    def __init__(self, lines: Sequence[Sequence[Unit]]) -> None:
        self._stems: dict[str, int] = {}
        self._postings: dict[int, int | list[int]] = {}
        for number, line in enumerate(lines):
            self._add(number, line[:MAX_LINE])
        self._postings = {
            key: found
            for key, found in self._postings.items()
            if isinstance(found, int) or len(found) <= MAX_LINES
        }

    def _add(self, number: int, line: Sequence[Unit]) -> None:
        places = content(line)
        ids = [self._stems.setdefault(line[p].stem, len(self._stems)) for p in places]
        for at, first in enumerate(ids):
            for step in range(1, REACH + 1):
                if at + step >= len(ids):
                    break
                key = first << 32 | ids[at + step]
                posting = (number * MAX_LINE + places[at]) * MAX_LINE + places[at + step]
                found = self._postings.get(key)
                if found is None:
                    self._postings[key] = posting
                elif isinstance(found, int):
                    self._postings[key] = [found, posting]
                else:
                    found.append(posting)

    def hits(self, words: Sequence[Unit], alone: Sequence[bool]) -> dict[int, list[Hit]]:
        """For each line that shares shingles with `words`: the words that both have, in order.

        Lines that share no two shingles near each other are left out, but for the words for which
        `alone` is true: there, one is enough.
        """
        known = self._stems
        places = [(n, i) for n, u in enumerate(words) if (i := known.get(u.stem)) is not None]
        by_line: dict[int, list[tuple[int, int, int]]] = {}
        for first, second in _pairs(places, words):
            found = self._postings.get(first[1] << 32 | second[1])
            if found is None:
                continue
            for posting in (found,) if isinstance(found, int) else found:
                line, at = divmod(posting, MAX_LINE * MAX_LINE)
                by_line.setdefault(line, []).append((first[0], second[0], at))
        hits: dict[int, list[Hit]] = {}
        for line, shared in by_line.items():
            if _is_close(shared) or any(alone[one] for one, _, _ in shared):
                both = {Hit(one, at // MAX_LINE) for one, _, at in shared}
                both.update(Hit(two, at % MAX_LINE) for _, two, at in shared)
                hits[line] = sorted(both)
        return hits


def _is_close(shared: list[tuple[int, int, int]]) -> bool:
    """Whether two shingles stand near each other, in the text as in the line."""
    held: tuple[int, int] | None = None
    for one, _, at in shared:
        place = (one, at // MAX_LINE)
        if held is not None and place != held and abs(place[0] - held[0]) <= NEAR:
            return True
        held = place
    return False


def _pairs(
    places: list[tuple[int, int]], words: Sequence[Unit]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Neighbours among the content words, and words side by side of which one is none."""
    rank: dict[int, int] = {}
    for n, unit in enumerate(words):
        if not is_function_word(unit.key):
            rank[n] = len(rank)
    held: list[tuple[tuple[int, int], int]] = []
    near: list[tuple[int, int]] = []
    for place in places:
        at = rank.get(place[0])
        if at is not None:
            held = [pair for pair in held if at - pair[1] <= REACH]
            for other, _ in held:
                yield other, place
            held.append((place, at))
        near = [other for other in near if place[0] - other[0] <= REACH]
        for other in near:
            if at is None or other[0] not in rank:
                yield other, place
        near.append(place)
