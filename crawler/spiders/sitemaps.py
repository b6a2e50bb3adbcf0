"""A campaign's sitemaps and the pages that they announce."""

from crawler.coverage import CoverageSpider


class SitemapsSpider(CoverageSpider):
    """Only the sources of kind `sitemap`."""

    name = "sitemaps"
    kinds = frozenset({"sitemap"})
