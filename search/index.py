"""The contract of the index: what every engine does, and what it never does.

An engine keeps four things: articles with their mentions, the links that make clusters and
stories, the ledger of URLs, and what the campaign's statements were when it was last analysed.
It decides nothing about press coverage: clusters and stories are decided in `pipelines` and
stored here; queries come compiled from `search.query`.

Writing happens in batches, each one transaction: an article, its mentions, the outcome of its
URL and the state of its source are visible together or not at all. Writing a batch twice changes
nothing.
"""

from collections.abc import Collection, Iterator
from typing import Literal, Protocol

import msgspec

from press.coverage import Analysis, Hints, Mention, Outcome, Relation, Where
from search.query import Query


class UrlState(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger's row for a URL: what is known of it across runs."""

    url: str
    """The URL as it was discovered, tracking parameters stripped (`press.urls.clean`)."""
    source: str
    """The source's URL that announced it first (`user` for pickup add)."""
    outlet: str | None = None
    kind: Literal["source", "page"] = "page"
    hints: Hints | None = None
    discovered_at: str
    """ISO 8601."""
    outcome: Outcome | None = None
    """None while pending: discovered and not yet dealt with."""
    detail: str = ""
    """For an outcome that needs one: HTTP status, the article it duplicates, the exception."""
    status: int | None = None
    final_url: str | None = None
    canonical_url: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """SHA-256 of the body bytes, hexadecimal."""
    fetched_at: str | None = None
    attempts: int = 0
    run: str | None = None
    """The run that gave this outcome."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Where a mention (or article) stands in the forest of clusters (or stories)."""

    id: str
    """Mention id, or canonical URL."""
    parent: str | None
    """The longer mention (or the original article) that it belongs to; None: a root."""
    root: str
    """The id that names the whole cluster (or story)."""
    similarity: float = 1.0
    """To the parent, 0 to 1."""


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What one transaction writes; all parts optional.

    Links are written first: one of a mention or article that the index does not hold on topic is
    passed over, as it was decided before the article was replaced.
    """

    analyses: tuple[Analysis, ...] = ()
    """Each replaces whatever the index held of the same canonical URL.

    Links of mentions that stay stay, those of removed mentions go. Writing what is stored already,
    word for word, changes nothing.
    """
    urls: tuple[UrlState, ...] = ()
    clusters: tuple[Link, ...] = ()
    stories: tuple[Link, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Named facts about the index, such as the digest of the statements it was analysed with."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed of a mention that meets a query to sort, group and count it."""

    id: str
    article: str
    outlet: str
    date: str
    cluster: str
    """The root of its cluster; its own id while that is not decided."""
    story: str
    """The root of its story; its article while that is not decided."""
    where: Where
    kind: str
    speaker: str | None = None
    language: str | None = None
    tier: int | None = None
    own_site: bool = False
    release_of: str | None = None
    statements: tuple[str, ...] = ()
    """The statements it matches, in order."""
    relations: tuple[Relation, ...] = ()
    """The relations of its matches, in order."""
    score: float = 0.0
    """Higher is closer; comparable within one answer of one engine, and 0 unless asked for."""


class Index(Protocol):
    """An engine. All iterators read one consistent state; none holds a whole index in memory.

    May be called from any thread, by one at a time: the crawl writes off its event loop.
    """

    url: str

    def write(self, batch: Batch) -> None:
        """Write all of `batch` or nothing.

        Raises `IndexUnavailable` or `IndexUnusable`; the batch can then be written again.
        """
        ...

    def close(self) -> None: ...

    # the ledger
    def url_states(self, urls: Collection[str]) -> dict[str, UrlState]: ...
    def pending(self) -> Iterator[UrlState]:
        """Discovered pages without an outcome, in order of URL."""
        ...

    def ledger(self, *, run: str | None = None) -> Iterator[UrlState]:
        """All URL states (or those of one run), in order of URL."""
        ...

    def article_urls(self, canonical_urls: Collection[str]) -> dict[str, tuple[UrlState, ...]]:
        """The ledger's pages that led to these articles (by `UrlState.canonical_url`).

        In order of URL; an article that no page led to is left out.
        """
        ...

    def fact(self, name: str) -> str | None: ...

    # questions
    def hits(self, query: Query, *, scored: bool = False) -> Iterator[Hit]:
        """Every on-topic mention that meets `query`, in order of id.

        Exactly those for which `query.highlights` is not None. All else that a question needs is
        made of hits, in `search.find`, the same for every engine.
        """
        ...

    # articles and mentions
    def article(self, canonical_url: str) -> Analysis | None: ...
    def articles(self, *, on_topic: bool | None = True) -> Iterator[Analysis]:
        """In order of canonical URL; `on_topic=None` gives the off-topic ones too."""
        ...

    def mentions(self) -> Iterator[Mention]:
        """Of on-topic articles, in order of article, field (`FIELDS`), start, end."""
        ...

    def counts(self) -> dict[str, int]:
        """`articles`, `mentions`, `clusters`, `stories`, `off_topic` (articles) and `urls`.

        All but the last two count what is on topic; undecided mentions are clusters of their own.
        """
        ...

    # candidates for pipelines.clusters and pipelines.stories
    def mentions_by_id(self, ids: Collection[str]) -> dict[str, Mention]: ...
    def mentions_sharing(self, keys: Collection[str]) -> Iterator[Mention]:
        """On-topic mentions that have at least one of these `Mention.keys`."""
        ...

    def articles_sharing(self, keys: Collection[str]) -> Iterator[Analysis]:
        """On-topic articles that have at least one of these `Analysis.keys`."""
        ...

    def cluster_links(self, ids: Collection[str] | None = None) -> dict[str, Link]: ...
    def cluster_children(self, ids: Collection[str]) -> dict[str, Link]:
        """The links whose parent is one of `ids`."""
        ...

    def story_links(self, ids: Collection[str] | None = None) -> dict[str, Link]: ...
    def story_children(self, ids: Collection[str]) -> dict[str, Link]: ...

    def unlinked(self) -> tuple[list[str], list[str]]:
        """On-topic mentions and articles whose place in the forest must be decided again.

        Sorted by id. These are: every mention (and the article itself) of an analysis written since
        its link was last written, whether or not it was there before; and every mention or article
        whose link named a parent that is gone, or no longer on topic. A `Link` in a batch settles
        its id, unless its parent is gone or the same batch also changes that id's analysis.
        """
        ...
