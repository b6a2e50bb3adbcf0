"""From a page to all that it yields: extract, find quotes, match, cut into mentions.

::

    Page ── extract ──> Article ── quotes ──> Quotes ─┐
                          │                           ├─ mentions ──> Analysis
                          └────── statements ──> Matches

Pure: no clock, no network, no index. One `Analyser` holds what is prepared once per campaign
(the statements' shingles); it is built once in each worker process.
"""

from dataclasses import dataclass

import msgspec

from pipelines import extract, mentions, stories
from pipelines.quotes import find_quotes
from pipelines.statements import StatementMatcher
from press.campaign import Campaign
from press.coverage import Analysis, Article, Hints, Page, Rejected
from press.urls import OutletDirectory
from search.query import Query, parse


@dataclass(frozen=True, slots=True)
class Analyser:
    """Analyses pages and articles for one campaign."""

    campaign: Campaign
    matcher: StatementMatcher
    outlets: OutletDirectory
    topic: Query | None

    @classmethod
    def of(cls, campaign: Campaign) -> "Analyser":
        """Prepare the analysis for `campaign`.

        Raises `press.errors.QueryError` when the topic does not parse.
        """
        return cls(
            campaign=campaign,
            matcher=StatementMatcher(campaign.statements),
            outlets=OutletDirectory(campaign.outlets),
            topic=parse(campaign.topic) if campaign.topic else None,
        )

    def page(
        self, page: Page, *, hints: Hints | None = None, outlet: str | None = None
    ) -> Analysis | Rejected:
        """All that `page` yields, or why it yields nothing.

        `outlet` is the name that the source claims; the page's host decides where it is known.
        """
        article = extract.extract(page, hints=hints)
        if isinstance(article, Rejected):
            return article
        return self.article(article, outlet=outlet, first_fetched=page.fetched_at.isoformat())

    def article(
        self, article: Article, *, outlet: str | None = None, first_fetched: str
    ) -> Analysis:
        """All that `article` yields; analysing it again with other statements needs no page."""
        known = self.outlets.find(article.canonical_url) or self.outlets.find(article.url)
        named = known.name if known else outlet or article.outlet
        by_name = known or self.outlets.named(named)
        article = msgspec.structs.replace(article, outlet=named)
        quotes = find_quotes(article)
        matches = self.matcher.match(article)
        return Analysis(
            article=article,
            quotes=quotes,
            matches=matches,
            mentions=mentions.cut(article, quotes, matches, first_fetched=first_fetched),
            release_of=self.matcher.release_of(article, matches),
            own_site=by_name.own_site if by_name else False,
            tier=by_name.tier if by_name else None,
            on_topic=bool(matches) or self.topic is None or self.topic.meets(article),
            first_fetched=first_fetched,
            keys=stories.keys(article),
        )
