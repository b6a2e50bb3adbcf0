"""Exports: everything that the index holds, one record a mention, article or pickup.

As JSON lines (the documented shapes, see docs/export.md) or as CSV for spreadsheets. CSV cells
come from strangers: a cell that a spreadsheet would run as a formula gets an apostrophe in front
(OWASP, CSV injection). Streamed: no export holds more than one article in memory, but for the
table of links.
"""

import csv
from collections.abc import Iterator
from typing import Any, Literal, TextIO

import msgspec

from press.campaign import Campaign
from search.index import Index
from search.pickups import coverage_of, date_of, report

What = Literal["mentions", "articles", "pickups"]

MENTION_FIELDS = (
    *("id", "article", "outlet", "where", "start", "end", "text", "quote", "quote_text"),
    *("cluster", "story", "statement", "line", "line_text", "relation", "similarity", "diff"),
    *("speaker", "cue", "kind", "date", "language"),
)
ARTICLE_FIELDS = (
    *("canonical_url", "url", "outlet", "tier", "coverage", "title", "byline", "published"),
    *("updated", "date", "language", "credit", "story", "release_of", "dek", "body", "caption"),
    *("pullquote", "first_fetched"),
)
PICKUP_FIELDS = (
    *("coverage", "outlet", "tier", "statement", "line", "first_seen", "first_article"),
    *("relation", "relations", "articles", "stories", "speakers"),
)
FIELDS: dict[What, tuple[str, ...]] = {
    "mentions": MENTION_FIELDS,
    "articles": ARTICLE_FIELDS,
    "pickups": PICKUP_FIELDS,
}

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def rows(what: What, campaign: Campaign, index: Index) -> Iterator[dict[str, Any]]:
    """The records in a deterministic order, each with exactly the fields of `FIELDS[what]`."""
    if what == "mentions":
        yield from _mentions(index)
    elif what == "articles":
        yield from _articles(index)
    else:
        for pickup in report(campaign, index).pickups:
            yield msgspec.to_builtins(pickup)


def write_jsonl(records: Iterator[dict[str, Any]], out: TextIO) -> int:
    """Write one JSON object a line; returns how many."""
    written = 0
    for record in records:
        out.write(msgspec.json.encode(record).decode() + "\n")
        written += 1
    return written


def write_csv(what: What, records: Iterator[dict[str, Any]], out: TextIO) -> int:
    """Write a header and one line a record (RFC 4180); returns how many records."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS[what])
    written = 0
    for record in records:
        writer.writerow(safe_cell(record[name]) for name in FIELDS[what])
        written += 1
    return written


def safe_cell(value: Any) -> Any:
    """`value` as a CSV cell that no spreadsheet runs: numbers stay, structures become JSON."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _mentions(index: Index) -> Iterator[dict[str, Any]]:
    clusters = {id: link.root for id, link in index.cluster_links().items()}
    stories = {url: link.root for url, link in index.story_links().items()}
    for mention in index.mentions():
        best = mention.matches[0] if mention.matches else None
        told = msgspec.to_builtins(mention)
        told |= {
            "cluster": clusters.get(mention.id, mention.id),
            "story": stories.get(mention.article, mention.article),
            "statement": best.statement if best else None,
            "line": best.line if best else None,
            "line_text": best.line_text if best else None,
            "relation": best.relation if best else None,
            "similarity": best.similarity if best else None,
            "diff": msgspec.to_builtins(best.diff) if best else None,
        }
        yield {name: told[name] for name in MENTION_FIELDS}


def _articles(index: Index) -> Iterator[dict[str, Any]]:
    stories = {url: link.root for url, link in index.story_links().items()}
    for analysis in index.articles():
        told = msgspec.to_builtins(analysis.article)
        url = analysis.article.canonical_url
        told |= {
            "tier": analysis.tier,
            "coverage": coverage_of(analysis),
            "date": date_of(analysis),
            "story": stories.get(url, url),
            "release_of": analysis.release_of,
            "first_fetched": analysis.first_fetched,
        }
        yield {name: told[name] for name in ARTICLE_FIELDS}
