"""Reading sources: from the answer of a feed, sitemap or list to the pages that it announces.

An unchanged source (304, or the same bytes under any validators) announces nothing. A source's
new validators are kept only together with the pages it announced, and only if it could be read:
a run that dies in between, or a feed that was broken for a day, loses nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec
from scrapy.http import Response

from crawler import outcomes, sitemaps
from crawler.listing import UNREADABLE, Listing, read
from crawler.report import SourceResult
from crawler.schedule import Candidate
from crawler.session import Session
from press.campaign import Source
from press.coverage import Outcome, Rejected
from press.urls import clean
from search.index import UrlState

MAX_DEPTH = 3
"""How deep indexes of sitemaps are followed; the protocol knows one level."""
MAX_SITEMAPS = 500
"""Sitemaps read in one run from one source."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One document of a source that is to be read."""

    source: Source
    url: str
    state: UrlState | None = None
    depth: int = 0

    @property
    def max_bytes(self) -> int | None:
        """What sitemaps may weigh; None: as a page."""
        return sitemaps.MAX_BYTES if self.source.kind == "sitemap" else None


class _Tally:
    """What the documents of one source add up to."""

    def __init__(self) -> None:
        self.entries = self.new = self.unusable = self.documents = 0
        self.changed = False
        self.failures: list[str] = []
        self.skipped = 0


class SourceReader:
    """Reads all sources of one run."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tallies: dict[str, _Tally] = {}
        self._seen: set[str] = set()
        self._hosts = {outlet.name: outlet.hosts for outlet in session.campaign.outlets}
        self.read = 0
        """Documents read so far."""

    def first(self) -> list[Reading]:
        """What to read first: the sources as the campaign names them."""
        found = []
        for source in self._session.sources:
            self._tallies[source.url] = _Tally()
            if source.kind == "page":
                self._tallies[source.url].entries = 1
                self._tallies[source.url].changed = True
            elif source.url not in self._seen:
                found += self._readings(source, [source.url], 0)
        return found

    def _readings(self, source: Source, urls: Iterable[str], depth: int) -> list[Reading]:
        tally, found = self._tallies[source.url], []
        for url in urls:
            if url in self._seen:
                continue
            if depth > MAX_DEPTH or tally.documents >= MAX_SITEMAPS:
                tally.skipped += 1
                continue
            self._seen.add(url)
            tally.documents += 1
            state = self._session.source_rows.get(url)
            found.append(Reading(source=source, url=url, state=state, depth=depth))
        return found

    async def answer(self, reading: Reading, response: Response) -> list[Reading]:
        """Take what the document says. Gives the further documents to read."""
        self.read += 1
        tally, session = self._tallies[reading.source.url], self._session
        digest = hashlib.sha256(response.body).hexdigest()
        known = reading.state.body_hash if reading.state else None
        if response.status == 304 or (response.status == 200 and digest == known):
            row = self._row(reading, response, known, Outcome.UNCHANGED)
            await session.announce([], row)
            return self._readings(reading.source, session.children(reading.url), reading.depth + 1)
        rejected = outcomes.of_status(response)
        if rejected is not None:
            await self.failed(reading, rejected, response.status)
            return []
        try:
            listing = await session.on_index(lambda: self._listing(reading, response))
        except UNREADABLE as error:
            rejected = Rejected(outcome=Outcome.UNPARSABLE, detail=str(error))
            await self.failed(reading, rejected, response.status)
            return []
        except sitemaps.SitemapTooLarge as error:
            rejected = Rejected(outcome=Outcome.TOO_LARGE, detail=str(error))
            await self.failed(reading, rejected, response.status)
            return []
        tally.changed = True
        candidates = self._candidates(reading, listing, tally)
        further = self._sitemaps(listing)
        row = self._row(reading, response, digest, Outcome.UPDATED)
        tally.new += await session.announce(candidates, row, self._children(reading, further))
        return self._readings(reading.source, further, reading.depth + 1)

    def _listing(self, reading: Reading, response: Response) -> Listing:
        headers = {
            name.decode("latin-1"): values[-1].decode("latin-1")
            for name, values in response.headers.items()
            if values
        }
        hosts = self._hosts.get(reading.source.outlet or "", ())
        return read(reading.source.kind, response.body, headers, response.url, hosts)

    def _candidates(self, reading: Reading, listing: Listing, tally: _Tally) -> list[Candidate]:
        found = []
        for url, hints in listing.pages:
            tally.entries += 1
            try:
                cleaned = clean(url or "")
            except ValueError:
                tally.unusable += 1
                continue
            found.append(
                Candidate(
                    url=cleaned,
                    source=reading.source.url,
                    outlet=reading.source.outlet,
                    hints=hints,
                )
            )
        return found

    def _sitemaps(self, listing: Listing) -> list[str]:
        found: dict[str, None] = {}
        for url in listing.sitemaps:
            try:
                found.setdefault(clean(url))
            except ValueError:
                continue
        return list(found)

    def _children(self, reading: Reading, listed: Sequence[str]) -> list[UrlState]:
        """The rows by which a later run knows what an index of sitemaps lists."""
        session, rows = self._session, []
        for url in listed:
            known = session.source_rows.get(url)
            if known is None:
                now = session.now.isoformat()
                rows.append(UrlState(url=url, source=reading.url, kind="source", discovered_at=now))
            elif known.source != reading.url != url:
                rows.append(msgspec.structs.replace(known, source=reading.url))
        for url in set(session.children(reading.url)) - set(listed):
            gone = session.source_rows[url]
            rows.append(msgspec.structs.replace(gone, source=gone.url))
        return rows

    async def failed(self, reading: Reading, rejected: Rejected, status: int | None = None) -> None:
        """Note a document that could not be read; what is known of it stays."""
        if status is None:
            self.read += 1
        where = "" if reading.url == reading.source.url else f"{reading.url}: "
        tally = self._tallies[reading.source.url]
        tally.failures.append(f"{where}{rejected.outcome.value}: {rejected.detail}")
        old = reading.state or self._fresh(reading)
        row = msgspec.structs.replace(
            old,
            outcome=rejected.outcome,
            detail=rejected.detail,
            status=status,
            attempts=old.attempts + 1,
            run=self._session.run,
        )
        await self._session.announce([], row)

    def _fresh(self, reading: Reading) -> UrlState:
        return UrlState(
            url=reading.url,
            source=reading.source.url,
            kind="source",
            outlet=reading.source.outlet,
            discovered_at=self._session.now.isoformat(),
        )

    def _row(
        self, reading: Reading, response: Response, digest: str | None, outcome: Outcome
    ) -> UrlState:
        old = self._session.source_rows.get(reading.url) or self._fresh(reading)
        same = response.status == 304
        return msgspec.structs.replace(
            old,
            outlet=reading.source.outlet,
            outcome=outcome,
            detail="",
            status=response.status,
            final_url=response.url,
            etag=_text(response, "ETag") or (old.etag if same else None),
            last_modified=_text(response, "Last-Modified") or (old.last_modified if same else None),
            body_hash=digest,
            fetched_at=self._session.now.isoformat(),
            attempts=0,
            run=self._session.run,
        )

    def results(self) -> list[SourceResult]:
        """One result a source."""
        found = {}
        for source in self._session.sources:
            tally = self._tallies[source.url]
            details = list(tally.failures[:3])
            if len(tally.failures) > 3:
                details.append(f"and {len(tally.failures) - 3} more")
            if tally.unusable:
                details.append(f"{tally.unusable} without a usable link")
            if tally.skipped:
                details.append(f"{tally.skipped} sitemaps beyond the limit not read")
            found[source.url] = SourceResult(
                kind=source.kind,
                url=source.url,
                outlet=source.outlet,
                status="failed" if tally.failures else "ok" if tally.changed else "unchanged",
                entries=tally.entries,
                new=tally.new,
                detail="; ".join(details),
            )
        return list(found.values())


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
