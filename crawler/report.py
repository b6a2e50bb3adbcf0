"""What a run did: every URL it took up has one counted outcome, every source a status."""

from typing import Literal

import msgspec

from press.coverage import Outcome

SourceKind = Literal["feed", "sitemap", "list", "page"]

FAILURES = frozenset(
    {
        Outcome.ROBOTS_UNREACHABLE,
        Outcome.HTTP_ERROR,
        Outcome.NETWORK_ERROR,
        Outcome.TIMEOUT,
        Outcome.TOO_LARGE,
        Outcome.UNPARSABLE,
    }
)
"""Outcomes of pages that could not be read although nothing forbade it."""


class SourceResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one source of the campaign announced."""

    kind: SourceKind
    url: str
    outlet: str | None = None
    status: Literal["ok", "unchanged", "failed"]
    entries: int = 0
    """Listed there, with or without a usable link."""
    new: int = 0
    """Never seen before."""
    detail: str = ""
    """Why it failed, what was left out."""


class RunReport(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one run.

    ``discovered == sum(outcomes.values()) + pending`` always holds.
    """

    run: str
    started: str
    finished: str
    discovered: int
    """Pages that this run took up: new, due again, or left by an earlier run."""
    outcomes: dict[str, int]
    """Pages of this run by `Outcome`."""
    pending: int = 0
    """Pages that a stopped run leaves to the next."""
    known: int = 0
    """Pages listed again that are neither young nor changed: not asked for."""
    sources: tuple[SourceResult, ...] = ()
    errors: tuple[str, ...] = ()
    """Failed sources and pages and mistakes of Pickup itself, a line each: the first hundred."""
    stopped: bool = False
    """True when the run was interrupted; the next one goes on."""

    @property
    def partly_failed(self) -> bool:
        """True when a source or a page failed, or the run was stopped."""
        failed = any(self.outcomes.get(outcome, 0) for outcome in FAILURES)
        left = self.stopped or self.pending > 0
        return failed or left or any(s.status == "failed" for s in self.sources)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is."""

    phase: Literal["reanalysis", "sources", "pages", "linking"]
    """*reanalysis* only when the campaign file has changed since the last run."""
    done: int = 0
    total: int = 0
