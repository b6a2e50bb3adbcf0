"""Decides the parents of articles with candidates from the index."""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from pipelines.forest import Parent
from pipelines.stories import Copy, copied
from press.coverage import Analysis
from search.index import Index

_REMEMBERED = 5_000
"""Articles whose shingles are kept between batches: about 150 MB."""


class StoryLinker:
    """Reads from the index and decides; writes nothing."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._copies: OrderedDict[str, Copy] = OrderedDict()

    def decide(self, ids: Sequence[str], pending: Collection[str]) -> dict[str, Parent]:
        """The parents of the articles `ids`, and of all others that change with them.

        Articles in `pending` are candidates too, but are decided in their own turn.
        """
        new = self._read(ids)
        below = self._index.story_children(ids)
        again = new | self._read([id_ for id_ in below if id_ not in pending])
        wanted = {key for copy in again.values() for key in copy.keys}
        found = {c.id: c for c in map(self._copy, self._index.articles_sharing(sorted(wanted)))}
        by_key = _by_key((found | again).values())
        decided = {id_: self._best(copy, _sharing(copy, by_key)) for id_, copy in again.items()}
        return decided | self._won_over(new, decided, by_key, pending)

    def _best(self, child: Copy, candidates: Iterable[Copy]) -> Parent:
        for parent in sorted(candidates, key=lambda copy: copy.rank):
            if parent.rank >= child.rank:
                break
            if share := copied(child, parent):
                return Parent(parent.id, share)
        return Parent()

    def _won_over(
        self,
        new: Mapping[str, Copy],
        decided: Mapping[str, Parent],
        by_key: Mapping[str, Sequence[Copy]],
        pending: Collection[str],
    ) -> dict[str, Parent]:
        """Articles decided earlier, for which one of `new` is a better parent than theirs."""
        offers: dict[str, tuple[Copy, list[Copy]]] = {}
        for parent in new.values():
            for child in _sharing(parent, by_key):
                if child.id in decided or child.id in pending or child.rank <= parent.rank:
                    continue
                offers.setdefault(child.id, (child, []))[1].append(parent)
        stored = self._index.story_links(sorted(offers)) if offers else {}
        won: dict[str, Parent] = {}
        held = self._read({k.parent for k in stored.values() if k.parent})
        for id_, (child, parents) in offers.items():
            if id_ not in stored or stored[id_].parent in pending:
                continue  # it is decided with its parent, in that one's turn
            now = held.get(stored[id_].parent or "")
            better = [p for p in parents if now is None or p.rank < now.rank]
            if (best := self._best(child, better)).id is not None:
                won[id_] = best
        return won

    def _read(self, ids: Iterable[str]) -> dict[str, Copy]:
        analyses = {id_: self._index.article(id_) for id_ in sorted(ids)}
        return {id_: self._copy(analysis) for id_, analysis in analyses.items() if analysis}

    def _copy(self, analysis: Analysis) -> Copy:
        id_ = analysis.article.canonical_url
        copy = self._copies.pop(id_, None) or Copy(analysis)
        self._copies[id_] = copy
        if len(self._copies) > _REMEMBERED:
            self._copies.popitem(last=False)
        return copy


def _by_key(copies: Iterable[Copy]) -> Mapping[str, Sequence[Copy]]:
    by_key: dict[str, list[Copy]] = defaultdict(list)
    for copy in copies:
        for key in copy.keys:
            by_key[key].append(copy)
    return by_key


def _sharing(copy: Copy, by_key: Mapping[str, Sequence[Copy]]) -> Iterable[Copy]:
    return {o.id: o for key in copy.keys for o in by_key.get(key, ()) if o is not copy}.values()
