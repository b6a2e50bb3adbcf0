"""A campaign's feeds and the pages that they announce."""

from crawler.coverage import CoverageSpider


class FeedsSpider(CoverageSpider):
    """Only the sources of kind `feed`."""

    name = "feeds"
    kinds = frozenset({"feed"})
