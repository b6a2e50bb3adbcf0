"""The records of coverage: what was fetched, what it says, what it quotes and what that matches.

All are frozen `msgspec` structs: hashable, cheap to send between processes, and
`msgspec.json.encode` writes them as the documented JSON. Offsets count Unicode code points into
one *field* of an article (`Article.field`), start inclusive, end exclusive, and
``article.field(where)[start:end] == text`` holds for every quote, mention and match.
"""

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Literal

import msgspec

Where = Literal["body", "title", "dek", "caption", "pullquote"]
"""The field of an article in which a text stands."""

FIELDS: tuple[Where, ...] = ("title", "dek", "body", "caption", "pullquote")

QuoteKind = Literal["sentence", "fragment", "scare", "block", "headline", "caption", "pullquote"]
"""How a quotation stands in its article; a *scare* quote (a term, a name) is no speech."""

Relation = Literal["verbatim", "trimmed", "elided", "fragment", "altered", "paraphrase"]
"""How printed words relate to a statement line; see docs/matching.md."""

BlockKind = Literal["paragraph", "heading", "blockquote", "item"]

DateSource = Literal["json-ld", "meta", "time", "text", "feed", "sitemap", "url", "user"]
"""Where a date was read, most trustworthy first."""


class Outcome(StrEnum):
    """What became of a URL. Every discovered URL ends in exactly one."""

    INDEXED = "indexed"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OFF_TOPIC = "off-topic"
    NOT_AN_ARTICLE = "not-an-article"
    DUPLICATE = "duplicate"
    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots-unreachable"
    FORBIDDEN_ADDRESS = "forbidden-address"
    PAYWALL = "paywall"
    HTTP_ERROR = "http-error"
    NETWORK_ERROR = "network-error"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    UNPARSABLE = "unparsable"
    LIMIT = "limit"
    """Left for a later run because this run reached a limit of the campaign."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What was fetched, byte for byte."""

    requested_url: str
    url: str
    """The final URL, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes
    """The body after content decoding (gzip, br …), before character decoding."""
    fetched_at: datetime

    def header(self, name: str) -> str | None:
        """The last header of this name, whatever its case."""
        return next((v for k, v in reversed(self.headers) if k.lower() == name.lower()), None)


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed or sitemap entry says about a page before it is fetched."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO 8601 date or date-time."""
    updated: str | None = None
    summary: str | None = None
    language: str | None = None
    source: Literal["feed", "sitemap", "user"] = "feed"


class PrintedDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date that the page (or its feed entry) states; never a guess."""

    value: str
    """ISO 8601: a date (``2018-06-18``), or a date-time with offset where one is stated."""
    source: DateSource


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph of an article's body."""

    kind: BlockKind
    start: int
    end: int


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says."""

    url: str
    """The URL that was fetched, after redirects."""
    canonical_url: str
    """The article's identity: `press.urls.identity` of its canonical link or final URL."""
    outlet: str
    """The outlet's name as the campaign file gives it, else its site name or host."""
    title: str = ""
    byline: str | None = None
    published: PrintedDate | None = None
    updated: PrintedDate | None = None
    language: str | None = None
    """BCP 47 primary language, lower case."""
    credit: str | None = None
    """The wire or outlet that the text is credited to (``AP``, ``Reuters``), as printed."""
    body: str = ""
    """The paragraphs, joined by a blank line."""
    dek: str = ""
    caption: str = ""
    """All captions, joined by a blank line."""
    pullquote: str = ""
    """All pull quotes, joined by a blank line."""
    blocks: tuple[Block, ...] = ()
    """The body's paragraphs in order; together they cover it but for the blank lines."""

    def field(self, where: Where) -> str:
        """The text that offsets with this `where` count into."""
        text: str = getattr(self, where)
        return text


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """One unbroken quotation as an article printed it, without its marks."""

    text: str
    start: int
    end: int
    where: Where
    kind: QuoteKind
    speaker: str | None = None
    """Whoever the article names for these words; None rather than a guess."""
    cue: str | None = None
    """The words that introduce the quotation: *said*, *according to*, *:* …"""
    utterance: int = 0
    """Parts of one utterance (split halves, successive paragraphs) share this number."""

    @property
    def id(self) -> str:
        """Unique in its article."""
        return f"{self.where}:{self.start}-{self.end}"


EditKind = Literal["same", "style", "wording", "cut"]


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a word diff.

    The `statement` sides of a diff joined by a space are the statement line's words, the `printed`
    sides are the printed words, in order. *style* is house style (case, glyphs, spelling,
    editorial brackets); *wording* changes, adds or drops words without a mark; *cut* marks words
    of the line that were left off an end or replaced by an ellipsis, honestly.
    """

    kind: EditKind
    statement: str = ""
    printed: str = ""


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """Printed words that reproduce (part of) a statement line."""

    statement: str
    line: int
    """The line's number in its statement, from 1."""
    line_text: str
    start: int
    end: int
    where: Where
    text: str
    relation: Relation
    similarity: float
    """0 to 1: the share of words that both sides have in common, in order."""
    diff: tuple[Edit, ...] = ()


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """The unit that is indexed and clustered: a sentence or fragment of a quote, or of unquoted
    text that reproduces a statement line.
    """

    id: str
    article: str
    """`Article.canonical_url`."""
    outlet: str
    where: Where
    start: int
    end: int
    text: str
    quote: str | None = None
    """`Quote.id`; None for unquoted text."""
    quote_text: str | None = None
    kind: QuoteKind | Literal["unquoted"] = "unquoted"
    speaker: str | None = None
    cue: str | None = None
    date: str
    """When the article appeared: ISO 8601, its published date or else when it was first fetched."""
    language: str | None = None
    matches: tuple[Match, ...] = ()
    """Best first; at most one for each statement line."""
    keys: tuple[str, ...] = ()
    """By which the index finds mentions of perhaps the same utterance (`pipelines.clusters`)."""


def mention_id(article: str, where: Where, start: int, end: int, text: str) -> str:
    """A stable id (16 hexadecimal digits): the same words at the same place always get the same."""
    key = f"{article}\n{where}\n{start}\n{end}\n{text}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """All that one page yields: the value that the pipeline hands to the index."""

    article: Article
    quotes: tuple[Quote, ...] = ()
    matches: tuple[Match, ...] = ()
    mentions: tuple[Mention, ...] = ()
    release_of: str | None = None
    """The id of the statement that this article reprints in the main: a release copy."""
    own_site: bool = False
    tier: int | None = None
    on_topic: bool = True
    """False: kept so that a statement added later can still find it, and shown nowhere."""
    first_fetched: str = ""
    """ISO 8601 time at which this article was first fetched."""
    keys: tuple[str, ...] = ()
    """By which the index finds articles that may be copies of one story (`pipelines.stories`)."""


class Rejected(msgspec.Struct, frozen=True, kw_only=True):
    """A page that yields no article, and why."""

    outcome: Outcome
    detail: str = ""
