"""What a run asks for: new pages, those to ask again, those that an earlier run left.

::

    entries of all sources ─┐
    left by earlier runs ───┼─> plan: one row a URL ──> in order, up to max_pages
    given by staff ─────────┘

The plan is made from all sources before the first page is asked for, so that neither the order in
which sources answer nor a crash between them changes it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from pipelines.settle import is_transient, previous
from press.coverage import Hints
from search.index import UrlState

MAX_ATTEMPTS = 8
"""A page that failed in so many runs is tried again only when a source still lists it."""

_KINDS = {"user": 0, "feed": 1, "sitemap": 2}


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A URL as one source announces it."""

    url: str
    """As `press.urls.clean` gives it."""
    source: str
    outlet: str | None = None
    hints: Hints | None = None
    always: bool = False
    """True for a page that is asked for even if it is known and old."""


class Plan:
    """The pages of one run, in the making."""

    def __init__(self, now: datetime, recheck_days: int) -> None:
        self._now = now
        self._recheck = timedelta(days=recheck_days)
        self._planned: dict[str, UrlState] = {}
        self._urgent: set[str] = set()
        self._announced: set[str] = set()
        self.known: set[str] = set()
        """Listed again and neither young nor changed: not asked for."""

    def resume(self, ledger: Iterable[UrlState]) -> None:
        """Take up what earlier runs left: pending pages and failures that may pass."""
        for state in ledger:
            if state.kind == "page" and (
                state.outcome is None or (is_transient(state) and state.attempts < MAX_ATTEMPTS)
            ):
                self._planned[state.url] = state

    def announce(
        self, candidates: Iterable[Candidate], known: dict[str, UrlState]
    ) -> tuple[list[UrlState], int]:
        """Plan `candidates`, of which the ledger has `known`.

        Gives the rows to write and how many of the candidates are new.
        """
        rows: dict[str, UrlState] = {}
        new = 0
        for candidate in candidates:
            url = candidate.url
            before = self._planned.get(url) or known.get(url)
            if before is None:
                new += 1
                row = self._fresh(candidate)
            elif url in self._announced:
                row = _merged(before, candidate)
            elif candidate.always or self._is_due(before, candidate.hints):
                row = self._again(before, candidate)
            else:
                self.known.add(url)
                continue
            self._announced.add(url)
            self.known.discard(url)
            if candidate.always:
                self._urgent.add(url)
            if row != before:
                rows[url] = row
            self._planned[url] = row
        return list(rows.values()), new

    def _fresh(self, candidate: Candidate) -> UrlState:
        return UrlState(
            url=candidate.url,
            source=candidate.source,
            outlet=candidate.outlet,
            hints=candidate.hints,
            discovered_at=self._now.isoformat(),
        )

    def _again(self, before: UrlState, candidate: Candidate) -> UrlState:
        if before.outcome is None:
            return _merged(before, candidate)
        outcome = previous(before)
        return msgspec.structs.replace(
            before,
            outcome=None,
            detail=outcome.value if outcome else "",
            hints=candidate.hints or before.hints,
            outlet=candidate.outlet or before.outlet,
        )

    def _is_due(self, state: UrlState, hints: Hints | None) -> bool:
        if state.outcome is None or is_transient(state):
            return True
        old = state.hints
        if (
            hints is not None
            and hints.updated is not None
            and old is not None
            and old.source == hints.source
            and old.updated != hints.updated
        ):
            return True
        return self._now - self._date(state, hints) <= self._recheck

    def _date(self, state: UrlState, hints: Hints | None) -> datetime:
        """When the article appeared, or else when it was first seen."""
        for source in (hints, state.hints):
            stated = _moment(source.published) if source and source.published else None
            if stated is not None and stated <= self._now:
                return stated
        return _moment(state.discovered_at) or self._now

    def pages(self, limit: int) -> tuple[list[UrlState], list[UrlState]]:
        """The pages to ask for, newest first, and those beyond `limit`."""
        planned = sorted(self._planned.values(), key=lambda s: s.url)
        planned.sort(key=lambda s: (s.hints.published if s.hints else None) or "", reverse=True)
        planned.sort(key=lambda s: s.url not in self._urgent)
        return planned[:limit], planned[limit:]


def _merged(state: UrlState, candidate: Candidate) -> UrlState:
    """`state` with the best source of those that announce it, whichever came first."""
    if _preference(candidate.hints, candidate.source) >= _preference(state.hints, state.source):
        return state
    return msgspec.structs.replace(
        state,
        source=candidate.source,
        hints=candidate.hints or state.hints,
        outlet=candidate.outlet or state.outlet,
    )


def _preference(hints: Hints | None, source: str) -> tuple[int, str]:
    return _KINDS[hints.source] if hints else len(_KINDS), source


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment
