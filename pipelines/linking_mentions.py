"""Decides the parents of mentions with candidates from the index."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

from pipelines.candidates import Census, Pool, Shelf
from pipelines.clusters import Member, Preference, preference, related
from pipelines.forest import Parent
from pipelines.wording import LEAST_SHARED, Words, kept
from search.index import Index

_AT_ONCE = 2000
_KINDS = "l3=2fs"


def _nearness(key: str) -> tuple[int, str]:
    return _KINDS.index(key[0]), key


class MentionLinker:
    """Reads from the index and decides; writes nothing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._census = Census()
        self._alike = lru_cache(maxsize=500_000)(kept)
        self._articles = lru_cache(maxsize=2000)(self._article)
        self._related = lru_cache(maxsize=500_000)(self._are_related)

    def neighbours(self, ids: Sequence[str]) -> list[str]:
        """`ids` sorted so that mentions of one utterance mostly come together.

        By a key that mentions with a part in common are likely to share: the statement line, else
        the least of their keys (as min-wise hashing does, Broder 1997). It only saves reading.
        """
        places: list[tuple[tuple[int, str], str]] = []
        for at in range(0, len(ids), _AT_ONCE):
            for mention in self._index.mentions_by_id(ids[at : at + _AT_ONCE]).values():
                self._census.count(mention.keys)
                places.append((min(map(_nearness, mention.keys), default=(0, "")), mention.id))
        return [id_ for _, id_ in sorted(places)]

    def decide(self, ids: Sequence[str], pending: Set[str]) -> dict[str, Parent]:
        """The parents of the mentions `ids`, and of all others that change with them.

        Mentions in `pending` are candidates too, but are decided in their own turn.
        """
        new = self._read(ids)
        again = new | self._read(self._index.cluster_children(ids).keys() - pending)
        above = {id_: self._above(member) for id_, member in again.items()}
        below = {id_: self._below(member) for id_, member in new.items()}
        wanted = set().union(*above.values(), *below.values())
        found = {m.id: m for m in map(Member, self._index.mentions_sharing(sorted(wanted)))}
        pool = Pool((found | again).values(), wanted)

        decided = {
            id_: self._best(member, pool.sharing(above[id_]))
            for id_, member in again.items()
            if member.line is None
        }
        decided |= self._of_lines(again, pool, pending)
        return decided | self._won_over(new, below, pool, decided, pending)

    def _read(self, ids: Collection[str]) -> dict[str, Member]:
        return {id_: Member(m) for id_, m in self._index.mentions_by_id(sorted(ids)).items()}

    def _best(self, child: Member, shelves: Iterable[Shelf]) -> Parent:
        best: tuple[Preference, str] | None = None
        for shelf in shelves:
            best = self._better(child, shelf.words, shelf.members, best)
        return Parent() if best is None else Parent(best[1], -best[0][0])

    def _better(
        self,
        child: Member,
        words: Words,
        members: Iterable[Member],
        best: tuple[Preference, str] | None,
    ) -> tuple[Preference, str] | None:
        """The better of `best` and the first of `members`, sorted by age, that fits."""
        if not self._alike_enough(child.words, words):
            return best
        similarity = self._alike(child.words, words)
        if best and (-similarity, -len(words)) > best[0][:2]:
            return best
        for member in members:
            if best and (-similarity, -len(words), member.age) >= best[0]:
                break
            if found := preference(child, member, self._support, self._alike):
                return found, member.id
        return best

    def _of_lines(
        self, again: dict[str, Member], pool: Pool, pending: Collection[str]
    ) -> dict[str, Parent]:
        """All mentions of a statement line belong to its most complete one."""
        decided: dict[str, Parent] = {}
        for line in {member.line for member in again.values()} - {None}:
            members = pool.by_line[line] if line else []
            first = min(members, key=lambda member: member.rank)
            stored = self._index.cluster_links([member.id for member in members])
            for member in members:
                parent = None if member is first else first.id
                known = stored.get(member.id)
                changed = known is not None and known.parent != parent
                if member.id in again or (changed and member.id not in pending):
                    decided[member.id] = Parent(parent)
        return decided

    def _won_over(
        self,
        new: Mapping[str, Member],
        below: Mapping[str, Set[str]],
        pool: Pool,
        decided: Mapping[str, Parent],
        pending: Set[str],
    ) -> dict[str, Parent]:
        """Mentions decided earlier, for which one of `new` is a better parent than theirs."""
        others = decided.keys() | pending
        offers: dict[str, tuple[Member, list[Shelf]]] = {}
        for offer, keys in _by_wording(new, below):
            for shelf in pool.sharing(keys):
                children = [c for c in shelf.members if c.line is None and c.id not in others]
                if children and self._alike_enough(shelf.words, offer.words):
                    for child in children:
                        offers.setdefault(child.id, (child, []))[1].append(offer)
        stored = self._index.cluster_links(sorted(offers)) if offers else {}
        held = self._read({link.parent for link in stored.values() if link.parent})
        won: dict[str, Parent] = {}
        for id_, (child, offered) in offers.items():
            if id_ not in stored or stored[id_].parent in pending:
                continue  # it is decided with its parent, in that one's turn
            best = now = self._held(child, held.get(stored[id_].parent or ""))
            for shelf in offered:
                best = self._better(child, shelf.words, shelf.members, best)
            if best is not None and best is not now:
                won[id_] = Parent(best[1], -best[0][0])
        return won

    def _alike_enough(self, short: Words, long: Words) -> bool:
        return len(short) <= len(long) and self._alike(short, long) > 0

    def _held(self, child: Member, parent: Member | None) -> tuple[Preference, str] | None:
        if parent is None:
            return None
        similarity = self._alike(child.words, parent.words)
        return (-similarity, -len(parent.words), parent.age), parent.id

    def _above(self, child: Member) -> Set[str]:
        """Keys of which every possible parent has one."""
        return child.above() | self._census.rarest(child.words.runs, child.words.shared - 1)

    def _below(self, parent: Member) -> Set[str]:
        """Keys of which every possible child has one."""
        return parent.below() | self._census.rarest(parent.words.runs, LEAST_SHARED - 1)

    def _support(self, fragment: Member, longer: Member) -> bool:
        """The articles speak for one utterance.

        They are the same, share a firm quotation, or both quote the longer text's statement.
        """
        if fragment.article == longer.article:
            return True
        if longer.line and longer.line[0] in self._articles(fragment.article)[1]:
            return True
        return self._related(*sorted((fragment.article, longer.article)))

    def _are_related(self, one: str, other: str) -> bool:
        return related(self._articles(one)[0], self._articles(other)[0])

    def _article(self, url: str) -> tuple[tuple[Member, ...], frozenset[str]]:
        """The mentions of an article, and the statements that it quotes."""
        analysis = self._index.article(url)
        members = tuple(map(Member, analysis.mentions)) if analysis else ()
        return members, frozenset(member.line[0] for member in members if member.line)


def _by_wording(
    new: Mapping[str, Member], below: Mapping[str, Set[str]]
) -> Iterator[tuple[Shelf, Set[str]]]:
    """New mentions of the same words together, and the keys of what they may contain."""
    shelves: dict[tuple[str, ...], tuple[Shelf, set[str]]] = {}
    for id_ in sorted(new, key=lambda id_: new[id_].age):
        member = new[id_]
        shelf, keys = shelves.setdefault(member.words.all, (Shelf(member.words), set()))
        shelf.members.append(member)
        keys |= below[id_]
    return iter(shelves.values())
