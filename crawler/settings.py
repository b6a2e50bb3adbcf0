"""How Pickup crawls: Scrapy's settings, and those that a campaign sets.

Crawls run on asyncio alone, without Twisted's reactor, so that one process can run several after
each other.
"""

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from press.campaign import Campaign

BOT_NAME = "pickup"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

PICKUP_TOKEN = "Pickup"  # noqa: S105 - the product token that robots.txt names
PICKUP_ALLOW_PRIVATE = False


def _version() -> str:
    try:
        return version("pickup-press")
    except PackageNotFoundError:
        return "0"


USER_AGENT = f"{PICKUP_TOKEN}/{_version()}"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}

TWISTED_REACTOR_ENABLED = False
_HANDLER = "crawler.addresses.GuardedDownloadHandler"
DOWNLOAD_HANDLERS = {
    "http": _HANDLER,
    "https": _HANDLER,
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
DOWNLOADER = "crawler.downloader.PoliteDownloader"
DOWNLOAD_VERIFY_CERTIFICATES = True
# A proxy would resolve names for us, and the check of addresses would see only the proxy's.
HTTPPROXY_ENABLED = False

CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_TIMEOUT = 30.0
DOWNLOAD_MAXSIZE = 5_000_000
DOWNLOAD_WARNSIZE = 0
URLLENGTH_LIMIT = 0  # press.urls.clean bounds them, and counts them

ROBOTSTXT_OBEY = True
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
REDIRECT_MAX_TIMES = 8
METAREFRESH_MAXDELAY = 5
RETRY_TIMES = 1  # the next run tries again anyway
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"
HTTPERROR_ALLOW_ALL = True  # every status is an outcome of ours

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.BoundedCompressionMiddleware": 590,
    "crawler.middlewares.WaitMiddleware": 560,
}
ITEM_PIPELINES = {"pipelines.item.AnalysisPipeline": 100}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0


def user_agent(campaign: Campaign) -> str:
    """Who asks, and whom to write to: ``Pickup/0.1.0 (+press@example.org; Campaign name)``."""
    about = f"+{campaign.contact}; {campaign.name}"
    printable = re.sub(r"[^\x20-\x7e]|[()\\]", " ", about)
    return f"{USER_AGENT} ({' '.join(printable.split())})"


def settings_of(campaign: Campaign) -> dict[str, Any]:
    """The settings that `campaign` decides."""
    polite = campaign.politeness
    return {
        "USER_AGENT": user_agent(campaign),
        "DEFAULT_REQUEST_HEADERS": {
            **DEFAULT_REQUEST_HEADERS,
            "Accept-Language": f"{campaign.language},*;q=0.5",
        },
        "DOWNLOAD_DELAY": polite.delay,
        "DOWNLOAD_TIMEOUT": polite.timeout,
        "DOWNLOAD_MAXSIZE": polite.max_page_bytes,
        "PICKUP_ALLOW_PRIVATE": polite.allow_private,
    }
