"""The mentions that may belong together, laid out for comparing: by words, by key, by line."""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from pipelines.clusters import Line, Member
from pipelines.wording import Words


class Shelf:
    """All candidates of the same words, the earliest first."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.members: list[Member] = []


class Pool:
    """The candidates of one batch.

    Mentions with the same words share a `Shelf`: a sentence that a thousand outlets print is
    compared once.
    """

    def __init__(self, members: Iterable[Member], wanted: Set[str]) -> None:
        """Lay out `members` by those of their keys that will be asked for."""
        self._by_key: dict[str, dict[int, Shelf]] = defaultdict(dict)
        self.by_line: dict[Line, list[Member]] = defaultdict(list)
        shelves: dict[tuple[str, ...], Shelf] = {}
        for member in members:
            shelf = shelves.setdefault(member.words.all, Shelf(member.words))
            shelf.members.append(member)
            for key in wanted & set(member.keys):
                self._by_key[key][id(shelf)] = shelf
            if member.line is not None:
                self.by_line[member.line].append(member)
        for shelf in shelves.values():
            shelf.members.sort(key=lambda member: member.age)

    def sharing(self, keys: Iterable[str]) -> Iterator[Shelf]:
        """The shelves of which a mention has one of these keys."""
        found: dict[int, Shelf] = {}
        for key in keys:
            found.update(self._by_key.get(key, {}))
        return iter(found.values())


_CELLS = 1 << 20


class Census:
    """How often keys were seen, about: a hash table without its keys, four megabytes.

    Texts that belong together share several runs of words (`Words.shared`), so some can be left
    out of a search: those of a stock phrase or of the campaign's topic, which half the index has.
    What is found is the same whichever are left out (prefix filtering: Chaudhuri, Ganti,
    Kaushik, ICDE 2006).
    """

    def __init__(self) -> None:
        self._seen = array("L", bytes(_CELLS * array("L").itemsize))

    def count(self, keys: Iterable[str]) -> None:
        """Add the keys of one mention."""
        for key in keys:
            self._seen[zlib.crc32(key.encode()) % _CELLS] += 1

    def rarest(self, keys: Set[str], spared: int) -> Set[str]:
        """`keys` without the `spared` most common of them."""
        if spared <= 0:
            return keys
        seen = {key: self._seen[zlib.crc32(key.encode()) % _CELLS] for key in keys}
        return set(sorted(keys, key=lambda key: (seen[key], key))[:-spared])
