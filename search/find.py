"""Searching quotes: the mentions that meet a query, grouped by cluster, with counts and highlights.

Everything here is computed from `Index.hits`, so that every engine gives the same answer. Orders
are total: what ties is told apart by id.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from press.coverage import Mention, Relation, Where
from press.text import Span
from search.index import Hit, Index
from search.query import Query, parse

Sort = Literal["date", "relevance", "outlet"]

FACETS = ("outlet", "speaker", "statement", "relation", "tier", "kind", "year")
FACET_VALUES = 20
"""Values of one facet that are counted out; what is rarer is found by the query language."""


class FoundMention(msgspec.Struct, frozen=True, kw_only=True):
    """One mention that meets the query."""

    id: str
    text: str
    highlights: tuple[Span, ...]
    """What to highlight in `text`."""
    outlet: str
    tier: int | None
    date: str
    article: str
    title: str
    where: Where
    kind: str
    speaker: str | None
    statement: str | None
    line: int | None
    relation: Relation | None


class FoundCluster(msgspec.Struct, frozen=True, kw_only=True):
    """All mentions of one utterance that meet the query."""

    cluster: str
    text: str
    """The cluster's most complete form, whether or not that form meets the query."""
    outlets: tuple[str, ...]
    speakers: tuple[str, ...]
    first: str
    last: str
    articles: int
    stories: int
    mentions: tuple[FoundMention, ...]
    """In order of date, then id."""


class FacetCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the mentions found have this value."""

    value: str
    mentions: int


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the answer to a query."""

    query: str
    mentions: int
    """In all, on this page or not."""
    clusters: int
    """In all, on this page or not."""
    offset: int
    found: tuple[FoundCluster, ...]
    facets: dict[str, tuple[FacetCount, ...]]


def find(
    index: Index, query: str | Query, *, sort: Sort = "date", limit: int = 20, offset: int = 0
) -> Results:
    """The clusters whose mentions meet `query`, from number `offset` on, `limit` at most.

    `date` puts the latest first, `relevance` the closest, `outlet` goes by name. Raises
    `press.errors.QueryError`.
    """
    parsed = parse(query) if isinstance(query, str) else query
    clusters: dict[str, list[Hit]] = {}
    facets: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    total = 0
    for hit in index.hits(parsed, scored=sort == "relevance"):
        total += 1
        clusters.setdefault(hit.cluster, []).append(hit)
        for name, values in _facet_values(hit).items():
            facets[name].update(set(values))
    order = _ordered(clusters, sort)
    page = {root: clusters[root] for root in order[offset : offset + limit]}
    wanted = {h.id for hits in page.values() for h in hits} | set(page)
    stored = index.mentions_by_id(wanted)
    titles = _titles(index, (h.article for hits in page.values() for h in hits))
    return Results(
        query=parsed.text,
        mentions=total,
        clusters=len(clusters),
        offset=offset,
        found=tuple(_cluster(root, hits, stored, titles, parsed) for root, hits in page.items()),
        facets={
            name: tuple(
                FacetCount(value=v, mentions=n)
                for v, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))[:FACET_VALUES]
            )
            for name, counts in facets.items()
        },
    )


def _facet_values(hit: Hit) -> dict[str, Iterable[str]]:
    return {
        "outlet": [hit.outlet],
        "speaker": [hit.speaker] if hit.speaker else [],
        "statement": hit.statements,
        "relation": hit.relations,
        "tier": [str(hit.tier)] if hit.tier is not None else [],
        "kind": [hit.kind],
        "year": [hit.date[:4]],
    }


def _ordered(clusters: dict[str, list[Hit]], sort: Sort) -> list[str]:
    roots = sorted(clusters)
    if sort == "date":
        roots.sort(key=lambda r: max(h.date for h in clusters[r]), reverse=True)
    elif sort == "relevance":
        roots.sort(key=lambda r: (-max(h.score for h in clusters[r]), -len(clusters[r]), r))
    else:
        roots.sort(key=lambda r: (min(h.outlet for h in clusters[r]), r))
    return roots


def _titles(index: Index, urls: Iterable[str]) -> dict[str, str]:
    found = {url: index.article(url) for url in sorted(set(urls))}
    return {url: a.article.title if a else "" for url, a in found.items()}


def _cluster(
    root: str,
    hits: list[Hit],
    stored: dict[str, Mention],
    titles: dict[str, str],
    query: Query,
) -> FoundCluster:
    hits = sorted(hits, key=lambda h: (h.date, h.id))
    mentions = tuple(_mention(h, stored[h.id], titles, query) for h in hits if h.id in stored)
    representative = stored.get(root)
    return FoundCluster(
        cluster=root,
        text=representative.text if representative else mentions[0].text if mentions else "",
        outlets=tuple(dict.fromkeys(h.outlet for h in hits)),
        speakers=tuple(dict.fromkeys(h.speaker for h in hits if h.speaker)),
        first=hits[0].date,
        last=hits[-1].date,
        articles=len({h.article for h in hits}),
        stories=len({h.story for h in hits}),
        mentions=mentions,
    )


def _mention(hit: Hit, mention: Mention, titles: dict[str, str], query: Query) -> FoundMention:
    best = mention.matches[0] if mention.matches else None
    return FoundMention(
        id=hit.id,
        text=mention.text,
        highlights=query.highlights(mention, tier=hit.tier) or (),
        outlet=hit.outlet,
        tier=hit.tier,
        date=hit.date,
        article=hit.article,
        title=titles[hit.article],
        where=mention.where,
        kind=mention.kind,
        speaker=mention.speaker,
        statement=best.statement if best else None,
        line=best.line if best else None,
        relation=best.relation if best else None,
    )
