"""Decides the parents of mentions with candidates from the index.

Mentions with the same words are looked at as one `Shelf`: a sentence that a thousand outlets print
is compared once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from pipelines.clusters import Line, Member, Preference, preference, related
from pipelines.forest import Parent
from pipelines.wording import Words, kept
from search.index import Index

_AT_ONCE = 2000
_KINDS = "l3=2s"


def _nearness(key: str) -> tuple[int, str]:
    return _KINDS.index(key[0]), key


class Shelf:
    """All candidates of the same words, the earliest first."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.members: list[Member] = []


class Pool:
    """The candidates of one batch, by key and by statement line."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.shelves: dict[tuple[str, ...], Shelf] = {}
        self.by_key: dict[str, dict[int, Shelf]] = defaultdict(dict)
        self.by_line: dict[Line, list[Member]] = defaultdict(list)
        for member in members:
            shelf = self.shelves.setdefault(member.words.all, Shelf(member.words))
            shelf.members.append(member)
            for key in member.keys:
                self.by_key[key][id(shelf)] = shelf
            if member.line is not None:
                self.by_line[member.line].append(member)
        for shelf in self.shelves.values():
            shelf.members.sort(key=lambda member: member.age)

    def sharing(self, keys: Iterable[str]) -> Iterator[Shelf]:
        """The shelves of which a mention has one of these keys."""
        found: dict[int, Shelf] = {}
        for key in keys:
            found.update(self.by_key.get(key, {}))
        return iter(found.values())


class MentionLinker:
    """Reads from the index and decides; writes nothing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._alike = lru_cache(maxsize=500_000)(kept)
        self._articles = lru_cache(maxsize=2000)(self._article)
        self._related = lru_cache(maxsize=500_000)(self._are_related)

    def neighbours(self, ids: Sequence[str]) -> list[str]:
        """`ids` sorted so that mentions of one utterance mostly come together.

        By a key that mentions with a part in common are likely to share: the statement line, else
        the least of their keys (as min-wise hashing does, Broder 1997). It only saves reading.
        """
        places = [
            (min(mention.keys, key=_nearness, default=""), mention.id)
            for at in range(0, len(ids), _AT_ONCE)
            for mention in self._index.mentions_by_id(ids[at : at + _AT_ONCE]).values()
        ]
        return [id_ for _, id_ in sorted(places)]

    def decide(self, ids: Sequence[str], pending: Collection[str]) -> dict[str, Parent]:
        """The parents of the mentions `ids`, and of all others that change with them.

        Mentions in `pending` are candidates too, but are decided in their own turn.
        """
        new = {id_: Member(m) for id_, m in self._index.mentions_by_id(ids).items()}
        below = [id_ for id_ in self._index.cluster_children(ids) if id_ not in pending]
        again = new | {id_: Member(m) for id_, m in self._index.mentions_by_id(below).items()}
        wanted = {key for member in again.values() for key in member.above()}
        wanted.update(key for member in new.values() for key in member.below())
        found = {m.id: m for m in map(Member, self._index.mentions_sharing(sorted(wanted)))}
        pool = Pool((found | again).values())

        decided = {
            id_: self._best(member, pool) for id_, member in again.items() if member.line is None
        }
        decided |= self._of_lines(again, pool, pending)
        return decided | self._won_over(new, decided, pool, pending)

    def _best(self, child: Member, pool: Pool) -> Parent:
        best: tuple[Preference, str] | None = None
        for shelf in pool.sharing(child.above()):
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
        similarity = self._alike(child.words, words) if len(words) >= len(child.words) else 0.0
        if not similarity or (best and (-similarity, -len(words)) > best[0][:2]):
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
        new: dict[str, Member],
        decided: dict[str, Parent],
        pool: Pool,
        pending: Collection[str],
    ) -> dict[str, Parent]:
        """Mentions decided earlier, for which one of `new` is a better parent than theirs."""
        offers: dict[str, tuple[Member, dict[tuple[str, ...], list[Member]]]] = {}
        arrived: dict[tuple[str, ...], list[Member]] = defaultdict(list)
        for member in new.values():
            arrived[member.words.all].append(member)
        for wording, parents in arrived.items():
            parents.sort(key=lambda member: member.age)
            keys = {key for parent in parents for key in parent.below()}
            for shelf in pool.sharing(keys):
                if len(shelf.words) > len(wording) or not self._alike(
                    shelf.words, parents[0].words
                ):
                    continue
                for child in shelf.members:
                    if child.line is None and child.id not in decided and child.id not in pending:
                        offers.setdefault(child.id, (child, {}))[1][wording] = parents
        if not offers:
            return {}
        stored = self._index.cluster_links(sorted(offers))
        held = self._index.mentions_by_id(sorted({k.parent for k in stored.values() if k.parent}))
        parents_now = {id_: Member(mention) for id_, mention in held.items()}
        won: dict[str, Parent] = {}
        for id_, (child, offered) in offers.items():
            if id_ not in stored or stored[id_].parent in pending:
                continue  # it is decided with its parent, in that one's turn
            now = parents_now.get(stored[id_].parent or "")
            best = kept_best = self._held(child, now)
            for parents in offered.values():
                best = self._better(child, parents[0].words, parents, best)
            if best is not None and best is not kept_best:
                won[id_] = Parent(best[1], -best[0][0])
        return won

    def _held(self, child: Member, parent: Member | None) -> tuple[Preference, str] | None:
        if parent is None:
            return None
        similarity = self._alike(child.words, parent.words)
        return (-similarity, -len(parent.words), parent.age), parent.id

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
