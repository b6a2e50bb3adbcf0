"""Which addresses a crawl may connect to.

A link in a stranger's feed must not make us fetch from our own network. Names are no proof: a
name can resolve to a private address, at the first request, at a redirect or only at the second
look (DNS rebinding). So the check stands where a socket is made for one resolved address, behind
DNS and before the first byte is sent, for every connection of every request.
"""

import socket
from typing import Any

import aiohttp
from scrapy import Request
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.downloader import polite
from press.addresses import is_private


class ForbiddenAddress(IgnoreRequest):
    """The host resolves to an address that the campaign does not allow."""


class Stopped(IgnoreRequest):
    """The crawl was asked to stop before this request was sent."""


class AskedToWait(IgnoreRequest):
    """The site asked for a rest longer than this run will wait."""


def _public_socket(info: tuple[Any, ...]) -> socket.socket:
    family, kind, protocol, _, where = info
    if is_private(str(where[0])):
        raise ForbiddenAddress(f"{where[0]} is a private address")
    return socket.socket(family, kind, protocol)


class GuardedDownloadHandler(AiohttpDownloadHandler):
    """Scrapy's asyncio download handler, refusing private addresses and stopping at once.

    The setting PICKUP_ALLOW_PRIVATE lifts the refusal.
    """

    experimental = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._crawler = crawler
        if crawler.settings.getbool("PICKUP_ALLOW_PRIVATE"):
            return
        connector = self._session.connector
        if not isinstance(connector, aiohttp.TCPConnector) or not hasattr(
            connector, "_socket_factory"
        ):
            raise RuntimeError("this aiohttp has no place for the check of addresses")
        connector._socket_factory = _public_socket

    async def download_request(self, request: Request) -> Response:
        """Fetch `request`. Raises `Stopped` or `AskedToWait` where nothing more may be sent."""
        downloader = polite(self._crawler)
        if downloader.stopping:
            raise Stopped("the crawl is stopping")
        reason = downloader.closed.get(downloader.get_slot_key(request))
        if reason is not None:
            raise AskedToWait(reason)
        return await super().download_request(request)
