"""Keeps a stored forest true while parents change: every link names the root above it.

::

    changed parents ──> walk up to each root ──> walk down: whoever stands below gets that root too

Clusters and stories are such forests. A parent always outranks its child, so there is no cycle;
links that are still to be decided may be older than that, and are taken for roots meanwhile.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from search.index import Link


class Parent(NamedTuple):
    """What was decided for an id: to whom it belongs (None: a root), and how similar it is."""

    id: str | None = None
    similarity: float = 1.0


Reader = Callable[[Collection[str]], Mapping[str, Link]]


def regrow(
    decided: Mapping[str, Parent], *, pending: Collection[str], links: Reader, children: Reader
) -> tuple[Link, ...]:
    """The links of all `decided` ids, and those below them whose root changes; sorted by id.

    `pending` are ids that are to be decided later; they are disjoint from `decided`. `links` and
    `children` read what is stored, as `Index.cluster_links` and `Index.cluster_children`.
    """
    above = {id_: parent.id for id_, parent in decided.items()}
    _read_ancestors(above, pending, links)
    grown = {
        id_: Link(id=id_, parent=parent.id, root=_root(id_, above), similarity=parent.similarity)
        for id_, parent in decided.items()
    }
    roots = {id_: link.root for id_, link in grown.items()}
    frontier: Iterable[str] = list(roots)
    while frontier:
        below = {
            id_: link
            for id_, link in children(list(frontier)).items()
            if id_ not in roots and id_ not in pending and link.parent is not None
        }
        for id_, link in below.items():
            roots[id_] = root = roots[str(link.parent)]
            if link.root != root:
                grown[id_] = Link(id=id_, parent=link.parent, root=root, similarity=link.similarity)
        frontier = list(below)
    return tuple(grown[id_] for id_ in sorted(grown))


def _read_ancestors(above: dict[str, str | None], pending: Collection[str], links: Reader) -> None:
    """Add every ancestor's parent to `above`; whoever has no link, or is pending, is a root."""
    unknown = {parent for parent in above.values() if parent is not None} - above.keys()
    while unknown:
        found = links(sorted(unknown))
        for id_ in unknown:
            above[id_] = found[id_].parent if id_ in found and id_ not in pending else None
        unknown = {p for i in unknown if (p := above[i]) is not None} - above.keys()


def _root(id_: str, above: Mapping[str, str | None]) -> str:
    while (parent := above[id_]) is not None:
        id_ = parent
    return id_
