"""All sources of a campaign: what `pickup run` crawls."""

from crawler.coverage import CoverageSpider


class CampaignSpider(CoverageSpider):
    """Every kind of source."""

    name = "coverage"
