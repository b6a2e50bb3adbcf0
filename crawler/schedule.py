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
        self._announced: dict[str, tuple[UrlState, Candidate]] = {}
        """A page's row before this run, and the best of this run's candidates for it."""
        self._urgent: set[str] = set()
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
        """Plan `candidates`, of which the ledger has `known`; of several for a URL the best counts.

        Gives the rows to write and how many of the candidates are new.
        """
        rows: dict[str, UrlState] = {}
        new = 0
        for candidate in candidates:
            url = candidate.url
            if url in self._announced:
                before, best = self._announced[url]
                best = min(best, candidate, key=_preference)
            else:
                row = self._planned.get(url) or known.get(url)
                if row is not None and not candidate.always and not self._is_due(row, candidate):
                    self.known.add(url)
                    continue
                new += row is None
                before, best = row or self._fresh(candidate), candidate
                if row is not None and _is_unasked(row):
                    # A run that died had it from other sources.
                    best = min(_candidate(row), candidate, key=_preference)
            self._announced[url] = before, best
            self.known.discard(url)
            if candidate.always:
                self._urgent.add(url)
            planned = _asked_again(before, best)
            if planned != self._planned.get(url):
                rows[url] = self._planned[url] = planned
        return list(rows.values()), new

    def _fresh(self, candidate: Candidate) -> UrlState:
        return UrlState(
            url=candidate.url, source=candidate.source, discovered_at=self._now.isoformat()
        )

    def _is_due(self, state: UrlState, candidate: Candidate) -> bool:
        if state.outcome is None or is_transient(state):
            return True
        old, hints = state.hints, candidate.hints
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


def _asked_again(before: UrlState, best: Candidate) -> UrlState:
    """The pending row of a page that `best` announces and that was `before`."""
    if _is_unasked(before):
        return msgspec.structs.replace(
            before, source=best.source, hints=best.hints, outlet=best.outlet
        )
    outcome = previous(before)
    return msgspec.structs.replace(
        before,
        outcome=None,
        detail=outcome.value if outcome else "",
        hints=best.hints or before.hints,
        outlet=best.outlet or before.outlet,
    )


def _is_unasked(state: UrlState) -> bool:
    return state.outcome is None and state.fetched_at is None and not state.attempts


def _candidate(state: UrlState) -> Candidate:
    return Candidate(url=state.url, source=state.source, outlet=state.outlet, hints=state.hints)


def _preference(candidate: Candidate) -> tuple[int, bytes, str, str]:
    """Smallest is best; a total order, so that the best of many does not depend on theirs."""
    hints = candidate.hints
    kind = _KINDS[hints.source] if hints else len(_KINDS)
    said = msgspec.json.encode(hints)
    return kind, said, candidate.outlet or "", candidate.source


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment
