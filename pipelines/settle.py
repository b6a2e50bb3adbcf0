"""What becomes of each fetched page: indexed, updated, unchanged, off-topic or a duplicate.

One article can be reached under several URLs. It is kept once, and which page it is taken from
must not depend on which came first. So the versions have a total order (`_rank`): the page whose
own URL is the article's name, then the longer body, then the smaller URL. The other URLs end as
duplicates of it. A page fetched anew from the URL that the article was taken from replaces it.
"""

from collections.abc import Iterable

import msgspec

from press.coverage import Analysis, Article, Outcome, Rejected
from press.urls import identity
from search.index import Batch, Index, UrlState

KEPT = frozenset({Outcome.INDEXED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.OFF_TOPIC})
"""Outcomes of the page from which the index has its article."""

_OF_CONTENT = frozenset({Outcome.NOT_AN_ARTICLE, Outcome.PAYWALL, Outcome.UNPARSABLE})
_TRANSIENT = frozenset(
    {Outcome.NETWORK_ERROR, Outcome.TIMEOUT, Outcome.ROBOTS_UNREACHABLE, Outcome.LIMIT}
)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What one fetch found."""

    state: UrlState
    """The URL's row as it will be, but for its outcome."""
    result: Analysis | Rejected | None
    """None: the page has not changed since it was last analysed."""


def settle(index: Index, findings: Iterable[Finding]) -> Batch:
    """The batch that gives every finding its outcome.

    Reads the index; findings of one batch see each other.
    """
    desk = _Desk(index)
    for finding in findings:
        desk.take(finding)
    return Batch(analyses=tuple(desk.analyses.values()), urls=tuple(desk.rows.values()))


class _Desk:
    """The index as it will be once this batch is written."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.rows: dict[str, UrlState] = {}
        self.analyses: dict[str, Analysis] = {}

    def take(self, finding: Finding) -> None:
        state, result = finding.state, finding.result
        if isinstance(result, Rejected):
            self._reject(state, result)
        elif result is None:
            self._unchanged(state)
        else:
            self._article(state, result)

    def _put(self, state: UrlState, outcome: Outcome, detail: str = "") -> None:
        self.rows[state.url] = msgspec.structs.replace(state, outcome=outcome, detail=detail)

    def _row(self, url: str) -> UrlState | None:
        return self.rows.get(url) or self._index.url_states([url]).get(url)

    def _analysis(self, canonical: str) -> Analysis | None:
        return self.analyses.get(canonical) or self._index.article(canonical)

    def _routes(self, canonical: str) -> dict[str, UrlState]:
        found = self._index.article_urls([canonical]).get(canonical, ())
        routes = {row.url: row for row in found if row.url not in self.rows}
        routes.update({r.url: r for r in self.rows.values() if r.canonical_url == canonical})
        return routes

    def _reject(self, state: UrlState, rejected: Rejected) -> None:
        # A failure to fetch says nothing about the article that this URL led to before.
        if rejected.outcome in _OF_CONTENT:
            state = msgspec.structs.replace(state, canonical_url=None)
        self._put(state, rejected.outcome, rejected.detail)

    def _unchanged(self, state: UrlState) -> None:
        before = previous(self._row(state.url) or state)
        canonical = state.canonical_url
        current = self._analysis(canonical) if canonical else None
        if canonical is None or current is None:
            self._put(state, before or Outcome.NOT_AN_ARTICLE, "unchanged")
            return
        routes = self._routes(canonical)
        routes[state.url] = state
        if _owner(routes, current.article) == state.url:
            self._put(state, Outcome.UNCHANGED if current.on_topic else Outcome.OFF_TOPIC)
        else:
            self._put(state, Outcome.DUPLICATE, canonical)

    def _article(self, state: UrlState, new: Analysis) -> None:
        canonical = new.article.canonical_url
        before = self._row(state.url)
        current = self._analysis(canonical)
        state = msgspec.structs.replace(state, canonical_url=canonical, final_url=new.article.url)
        routes = self._routes(canonical)
        routes[state.url] = state
        kept = new
        if current is not None:
            again = (
                before is not None
                and before.canonical_url == canonical
                and before.final_url == current.article.url
            )
            better = _rank(new.article) < _rank(current.article)
            kept = new if again or better else current
            kept = since(kept, min(new.first_fetched, current.first_fetched))
        changed = current is None or kept != current
        if changed:
            self.analyses[canonical] = kept
        owner = _owner(routes, kept.article)
        for url, row in routes.items():
            if url == owner and url == state.url:
                self._put(row, _outcome(kept, before, canonical, changed=changed))
            elif url == state.url or (url != owner and row.outcome in KEPT):
                self._put(row, Outcome.DUPLICATE, canonical)
            elif url == owner and row.outcome is Outcome.DUPLICATE:
                self._put(row, _outcome(kept, None, canonical, changed=True))


def _outcome(kept: Analysis, before: UrlState | None, canonical: str, *, changed: bool) -> Outcome:
    if not kept.on_topic:
        return Outcome.OFF_TOPIC
    if before is None or before.canonical_url != canonical:
        return Outcome.INDEXED
    return Outcome.UPDATED if changed else Outcome.UNCHANGED


def _rank(article: Article) -> tuple[bool, int, str, str]:
    """Smallest is best; equal only for equal articles."""
    own = identity(article.url) == article.canonical_url
    return not own, -len(article.body), article.url, article.body


def _owner(routes: dict[str, UrlState], article: Article) -> str:
    """The URL that the article counts under: the smallest that leads to the page it is from."""
    return min(
        (url for url, row in routes.items() if row.final_url == article.url), default=min(routes)
    )


def previous(state: UrlState) -> Outcome | None:
    """The outcome of `state`; while it is pending again, the one it had before."""
    if state.outcome is not None:
        return state.outcome
    try:
        return Outcome(state.detail)
    except ValueError:
        return None


def is_transient(state: UrlState) -> bool:
    """True for an outcome that another run may change although the page has not."""
    if state.outcome is Outcome.HTTP_ERROR:
        return state.status is None or state.status >= 500 or state.status in (408, 425, 429)
    return state.outcome in _TRANSIENT


def since(analysis: Analysis, first_fetched: str) -> Analysis:
    """`analysis` as of an article that was first fetched at `first_fetched`.

    Mentions of an article without a date of its own carry that time.
    """
    if analysis.first_fetched == first_fetched:
        return analysis
    mentions = analysis.mentions
    if analysis.article.published is None:
        mentions = tuple(
            msgspec.structs.replace(m, date=first_fetched)
            if m.date == analysis.first_fetched
            else m
            for m in mentions
        )
    return msgspec.structs.replace(analysis, first_fetched=first_fetched, mentions=mentions)
