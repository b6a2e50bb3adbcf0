"""The linking step: decides clusters and stories for whatever the index holds undecided.

The result depends on what is indexed and on nothing else. Each parent is the best of all possible
ones (`pipelines.clusters`, `pipelines.stories`); when an article comes, changes or goes, exactly
those parents are decided again that it can have been or can become:

::

    unlinked (new, rewritten, orphaned) ─┬─ decided among all candidates
    children of the unlinked ────────────┘
    others that share a key              ─── keep their parent, unless an unlinked one is better

An id stays unlinked until its link is written, together with every root that changes with it, so
a run that dies is simply run again.
"""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from pipelines.forest import regrow
from pipelines.linking_mentions import MentionLinker
from pipelines.linking_stories import StoryLinker
from search.index import Batch, Index

Progress = Callable[[int, int], None]
"""Called with how many mentions and articles are done, and how many there are in all."""


class LinkReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the step did."""

    mentions: int = 0
    """Mentions whose cluster was to be decided."""
    articles: int = 0
    """Articles whose story was to be decided."""
    written: int = 0
    """Links written, those included whose parent or root changed with the others."""


def link(index: Index, *, batch: int = 2000, progress: Progress | None = None) -> LinkReport:
    """Decide and write all clusters and stories that are undecided.

    Holds the candidates of `batch` mentions (a tenth as many articles) in memory. Raises what the
    index raises; the step can then be repeated.
    """
    mentions, articles = index.unlinked()
    total, done, written = len(mentions) + len(articles), 0, 0
    pending = set(mentions)
    of_mentions = MentionLinker(index)
    for chunk in _chunks(of_mentions.neighbours(mentions), batch):
        pending.difference_update(chunk)
        clusters = regrow(
            of_mentions.decide(chunk, pending),
            pending=pending,
            links=index.cluster_links,
            children=index.cluster_children,
        )
        index.write(Batch(clusters=clusters))
        done, written = done + len(chunk), written + len(clusters)
        if progress:
            progress(done, total)
    pending = set(articles)
    of_stories = StoryLinker(index)
    for chunk in _chunks(articles, max(1, batch // 10)):
        pending.difference_update(chunk)
        stories = regrow(
            of_stories.decide(chunk, pending),
            pending=pending,
            links=index.story_links,
            children=index.story_children,
        )
        index.write(Batch(stories=stories))
        done, written = done + len(chunk), written + len(stories)
        if progress:
            progress(done, total)
    return LinkReport(mentions=len(mentions), articles=len(articles), written=written)


def _chunks(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (ids[i : i + size] for i in range(0, len(ids), size))
