"""Fetching single pages without an index: for a look at what Pickup sees in a page."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import outcomes
from crawler.settings import settings_of
from press.campaign import Campaign
from press.coverage import Outcome, Page, Rejected
from press.urls import clean


class FetchSpider(scrapy.Spider):
    """Fetches `urls` and puts a page or the reason why there is none into `found`."""

    name = "fetch"

    def __init__(self, campaign: Campaign, urls: tuple[str, ...], found: dict[str, Any]) -> None:
        super().__init__()
        self._campaign = campaign
        self._urls = urls
        self._found: dict[str, Page | Rejected] = found

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "FetchSpider":
        """Build the spider and apply the campaign's settings."""
        spider: FetchSpider = super().from_crawler(crawler, *args, **kwargs)
        crawler.settings.setdict(settings_of(spider._campaign), priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """A request for each URL that can be fetched."""
        for url in self._urls:
            try:
                cleaned = clean(url)
            except ValueError as error:
                self._found[url] = Rejected(outcome=Outcome.UNPARSABLE, detail=str(error))
                continue
            yield scrapy.Request(
                cleaned,
                callback=self.read,
                errback=self.failed,
                cb_kwargs={"url": url},
                dont_filter=True,
            )

    def read(self, response: Response, url: str) -> None:
        """Keep the page."""
        rejected = outcomes.of_status(response) or outcomes.of_content(response)
        self._found[url] = rejected or page_of(response, url, datetime.now(UTC))

    def failed(self, failure: Failure) -> None:
        """Keep the reason."""
        rejected = outcomes.of_error(failure.value)
        if rejected is not None:
            self._found[outcomes.request_of(failure).cb_kwargs["url"]] = rejected


def page_of(response: Response, requested_url: str, now: datetime) -> Page:
    """The frozen record of what was fetched."""
    return Page(
        requested_url=requested_url,
        url=response.url,
        status=response.status,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ),
        body=response.body,
        fetched_at=now,
    )
