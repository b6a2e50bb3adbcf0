"""A campaign's single pages and the pages that they announce."""

from crawler.coverage import CoverageSpider


class PagesSpider(CoverageSpider):
    """Only the sources of kind `page`."""

    name = "pages"
    kinds = frozenset({"page"})
