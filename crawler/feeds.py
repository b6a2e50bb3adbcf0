"""Feeds: what a feed's bytes announce.

::

    bytes ─┬─ begins with "{" ──> JSON Feed 1, 1.1           ┐
           └─ else ──> feedparser: RSS 0.9x-2.0, RDF, Atom   ┴──> Feed(entries)

Only bytes are parsed. feedparser is never given a URL, which it would fetch, nor a string or bare
bytes, which it would try to open as a file.
"""

import io
import re
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser
import lxml.html
import msgspec

from press.coverage import Hints

SUMMARY_CHARACTERS = 1_000
"""Longer summaries are cut: they are hints, and some feeds put whole articles there."""

_DATE_ONLY = re.compile(r"\d{4}-?\d\d-?\d\d")
_TOO_VAGUE = re.compile(r"\d{2,4}(-\d\d)?")
_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=")


class NotAFeed(ValueError):
    """The bytes are no feed of any known kind."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: where the article is and what the feed says about it."""

    url: str | None
    """Absolute, as the feed gives it; None for an entry that links nowhere."""
    hints: Hints


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed announces, in its own order."""

    kind: str
    """``rss20``, ``atom10``, ``rss10`` (RDF), ``json11`` …"""
    entries: tuple[Entry, ...]
    language: str | None = None


def parse(body: bytes, headers: Mapping[str, str], url: str) -> Feed:
    """The feed in `body`, which was served with `headers` at `url`. Raises `NotAFeed`."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(body, url)
    return _xml_feed(body, headers, url)


def _xml_feed(body: bytes, headers: Mapping[str, str], url: str) -> Feed:
    served = {k.lower(): v for k, v in headers.items() if k.lower() == "content-type"}
    try:
        parsed = feedparser.parse(
            io.BytesIO(_honest(body)),
            response_headers={**served, "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever a stranger's bytes do to the parser, it is no feed
        raise NotAFeed(f"feedparser failed: {type(error).__name__}: {error}") from error
    entries = parsed.get("entries") or []
    if not parsed.get("version") and not entries and not _ROOT.search(body[:2000]):
        raise NotAFeed(_what_instead(body))
    head = parsed.get("feed") or {}
    language = _language(head.get("language"))
    return Feed(
        kind=parsed.get("version") or "unknown",
        entries=tuple(_entry(e, url, language) for e in entries),
        language=language,
    )


def _honest(body: bytes) -> bytes:
    """`body` with its XML declaration set right where its bytes prove it wrong.

    Bytes that are no UTF-8 although the prolog says so (or says nothing) are windows-1252 in
    nearly every real feed; feedparser would read them as UTF-8 with replacement characters.
    """
    head = body[:300]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in body[:8]:
        return body
    declared = _DECLARED.search(head)
    if declared and b"utf-8" not in head[declared.end() : declared.end() + 12].lower():
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        if not declared:
            return body
        return body.decode("windows-1252", "replace").encode()
    return body


def _what_instead(body: bytes) -> str:
    start = body[:2000].lstrip().lower()
    if not start:
        return "the answer is empty"
    if b"<!doctype html" in start or b"<html" in start:
        return "the answer is a web page, not a feed"
    return "the answer is no feed"


def _entry(entry: Mapping[str, Any], base: str, language: str | None) -> Entry:
    return Entry(
        url=_link(entry, base),
        hints=Hints(
            title=_plain(_get(entry, "title")),
            author=_plain(_get(entry, "author")),
            published=_date(entry, "published") or _date(entry, "created"),
            updated=_date(entry, "updated"),
            summary=_plain(_get(entry, "summary")),
            language=language,
        ),
    )


def _get(entry: Mapping[str, Any], key: str) -> Any:
    # feedparser's dict falls back from one key to another; `in` looks at what is there.
    return dict.get(entry, key) if isinstance(entry, dict) else entry.get(key)


def _link(entry: Mapping[str, Any], base: str) -> str | None:
    links = _get(entry, "links") or []
    by_relation = [
        x.get("href") for x in links if x.get("rel", "alternate") == "alternate" and x.get("href")
    ]
    found = (
        entry.get("feedburner_origlink")
        or (by_relation[0] if by_relation else None)
        or entry.get("link")
    )
    if not found and str(_get(entry, "id") or "").startswith(("http://", "https://")):
        found = _get(entry, "id")
    if not found:
        return None
    try:
        return urljoin(base, str(found).strip()) or None
    except ValueError:
        return None


def _date(entry: Mapping[str, Any], name: str) -> str | None:
    raw, parsed = _get(entry, name), _get(entry, f"{name}_parsed")
    if not isinstance(parsed, time.struct_time) or not isinstance(raw, str):
        return None
    if _TOO_VAGUE.fullmatch(raw.strip()):
        return None
    try:
        moment = datetime(*parsed[:6], tzinfo=UTC)
    except ValueError:
        return None
    if _DATE_ONLY.fullmatch(raw.strip()):
        return moment.date().isoformat()
    return moment.isoformat()


def _plain(text: Any, limit: int = SUMMARY_CHARACTERS) -> str | None:
    """`text` without markup and with single spaces; None when nothing is left."""
    if not isinstance(text, str) or not text.strip():
        return None
    if "<" in text or "&" in text:
        try:
            text = lxml.html.fromstring(f"<div>{text}</div>").text_content()
        except (ValueError, lxml.etree.LxmlError):
            text = re.sub(r"<[^>]*>", " ", text)
    return " ".join(text.split())[:limit] or None


def _language(tag: Any) -> str | None:
    if not isinstance(tag, str):
        return None
    primary = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", tag.strip())
    return primary.group().lower() if primary else None


def _json_feed(body: bytes, url: str) -> Feed:
    """JSON Feed 1 and 1.1 (jsonfeed.org); fields of wrong types are left out."""
    try:
        feed = msgspec.json.decode(body.lstrip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAFeed(f"begins like JSON and is none: {error}") from error
    version, items = feed.get("version"), feed.get("items")
    if not isinstance(items, list) or not (
        isinstance(version, str) and "jsonfeed.org" in version.lower()
    ):
        raise NotAFeed("the answer is JSON, but no JSON Feed")
    language = _language(feed.get("language"))
    return Feed(
        kind="json11" if "1.1" in version else "json1",
        entries=tuple(_json_entry(i, feed, url, language) for i in items if isinstance(i, dict)),
        language=language,
    )


def _json_entry(
    item: dict[str, Any], feed: dict[str, Any], base: str, language: str | None
) -> Entry:
    link = item.get("url")
    if not isinstance(link, str) or not link.strip():
        identifier = item.get("id")
        permanent = isinstance(identifier, str) and identifier.startswith(("http://", "https://"))
        link = identifier if permanent else None
    try:
        absolute = urljoin(base, link.strip()) if isinstance(link, str) else None
    except ValueError:
        absolute = None
    authors = item.get("authors") or [item.get("author")]
    return Entry(
        url=absolute,
        hints=Hints(
            title=_plain(item.get("title")),
            author=", ".join(_names(authors)) or None,
            published=_iso(item.get("date_published")),
            updated=_iso(item.get("date_modified")),
            summary=_plain(item.get("summary")),
            language=_language(item.get("language")) or language,
        ),
    )


def _names(authors: Any) -> Iterable[str]:
    for author in authors if isinstance(authors, list) else []:
        name = author.get("name") if isinstance(author, dict) else None
        if isinstance(name, str) and name.strip():
            yield " ".join(name.split())


def _iso(text: Any) -> str | None:
    """`text` if it is an ISO 8601 date or date-time (RFC 3339, as JSON Feed asks)."""
    if not isinstance(text, str):
        return None
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return text if _DATE_ONLY.fullmatch(text) else moment.isoformat()
