"""A campaign: what was said, who might run it, where to look.

This module holds the checked values; `press.campaign_file` reads them from TOML and reports
mistakes with file, line and column.
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A part of the campaign file: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Line(Model):
    """One sentence of a statement."""

    number: int
    """From 1, through the whole statement."""
    text: str
    paragraph: int
    """From 1."""


class Statement(Model):
    """A text that the campaign published, split into numbered lines.

    Signatories, footnote marks and reference notes are no lines.
    """

    id: str
    title: str
    date: datetime.date | None = None
    author: str | None = None
    """Who issued it: a quotation credited to somebody else is worth a look."""
    lines: tuple[Line, ...]
    signatories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Outlet(Model):
    """A publication."""

    name: str
    hosts: tuple[str, ...] = ()
    """Host names; `example.org` covers its subdomains too. A port may follow (`127.0.0.1:8001`)."""
    tier: Annotated[int, Field(ge=1, le=9)] | None = None
    own_site: bool = False
    """True for the campaign's own sites: never counted as earned coverage."""


class Source(Model):
    """A place where coverage is announced."""

    kind: Literal["feed", "sitemap", "list", "page"]
    """`list` is a page whose links are followed once, `page` is an article itself."""
    url: str
    outlet: str | None = None
    """The outlet's name; None: told from each article's host."""


class Politeness(Model):
    """How gently sites are asked."""

    delay: Annotated[float, Field(ge=0, le=600)] = 1.0
    """Seconds between two requests to one host; a longer Crawl-delay in robots.txt wins."""
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    """Seconds for one request."""
    max_page_bytes: Annotated[int, Field(ge=10_000)] = 5_000_000
    """A larger body is refused, compressed or not."""
    max_pages: Annotated[int, Field(ge=1)] = 5_000
    """Pages in one run; the rest waits for the next."""
    recheck_days: Annotated[int, Field(ge=0)] = 7
    """An article this young that a source still lists is asked for again, conditionally."""
    allow_private: bool = False
    """Fetch from private and loopback addresses too; for a press office's own network and tests."""


class Campaign(Model):
    """All that a campaign file says."""

    name: str
    language: str = "en"
    topic: str = ""
    """A query; articles that neither meet it nor match a statement are off-topic.

    Empty: all meet it.
    """
    contact: str
    """An address or URL for the user agent, so that a webmaster can complain."""
    index: str | None = None
    """The index's URL; None: an SQLite file beside the campaign file."""
    statements: tuple[Statement, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    sources: tuple[Source, ...] = ()
    politeness: Politeness = Politeness()
