"""A campaign's page lists and the pages that they announce."""

from crawler.coverage import CoverageSpider


class ListsSpider(CoverageSpider):
    """Only the sources of kind `list`."""

    name = "lists"
    kinds = frozenset({"list"})
