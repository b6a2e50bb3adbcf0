"""Late statements: what is indexed is analysed again when the campaign says something new.

The index remembers with which statements, outlets and topic it was analysed (a digest, as the
fact `analysed-with`). When the campaign file no longer agrees, every stored article, the
off-topic ones too, goes through the analysis again. No page is needed and none is fetched.
Killed in between, the work is done again from the start: writing an analysis twice changes
nothing.
"""

import hashlib
from collections.abc import Callable

from pipelines.analyse import Analyser
from press.campaign import Campaign
from search.index import Batch, Index

FACT = "analysed-with"
ANALYSIS = 1
"""Raised when the analysis itself changes, so that older indexes are brought up to it."""

BATCH = 100
"""Articles in one transaction: small enough to stop quickly, large enough to write fast."""


def digest(campaign: Campaign) -> str:
    """What an index must have been analysed with to agree with `campaign` (hexadecimal)."""
    said = campaign.model_dump_json(include={"language", "topic", "statements", "outlets"})
    return hashlib.sha256(f"{ANALYSIS}\n{said}".encode()).hexdigest()


def is_stale(campaign: Campaign, index: Index) -> bool:
    """Whether the index holds articles that were analysed with another campaign file."""
    known = index.fact(FACT)
    return known is not None and known != digest(campaign)


def reanalyse(
    campaign: Campaign,
    index: Index,
    *,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Bring the index up to `campaign`; returns how many articles were analysed again.

    `progress` is called with the number done so far. Clusters and stories are decided afterwards
    by `pipelines.link`.
    """
    wanted = digest(campaign)
    if index.fact(FACT) == wanted:
        return 0
    analyser = Analyser.of(campaign)
    done = 0
    fresh = []
    for old in index.articles(on_topic=None):
        fresh.append(
            analyser.article(
                old.article, outlet=old.article.outlet, first_fetched=old.first_fetched
            )
        )
        if len(fresh) == BATCH:
            index.write(Batch(analyses=tuple(fresh)))
            done += len(fresh)
            fresh.clear()
            if progress:
                progress(done)
    index.write(Batch(analyses=tuple(fresh), facts=((FACT, wanted),)))
    return done + len(fresh)
