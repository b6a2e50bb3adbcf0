"""Which articles are copies of one story, and which of them is most likely the original.

An article is seen as the words that its outlet wrote: quotations and statement lines stand in many
articles that were written apart, and a release may be reprinted in any number, so they are left
out. Two articles are copies when most of the smaller one's words, in runs of five, stand in the
larger one, and the larger one is not a round-up of several.

Each copy belongs to the first of its copies under a total order: the wire's or credited outlet's
own page, no credit to another, earliest, longest, canonical URL.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

import regex

from pipelines.clusters import moment
from press.coverage import Analysis, Article
from press.text import tokens

COPY = 0.5
"""Least share of the smaller article's shingles that stand in the larger one. Of the 28,680 pairs
of polnear_dev, all written apart, the highest share is .18, by an editor's note of one outlet."""

COPY_AT_HOME = 0.8
"""The same within one outlet, where a template repeats itself in every article; and half of the
first `_HEAD` shingles have to be shared, since a template may be most of a short item."""

LEAST = 40
"""Fewer shingles than this of an outlet's own words tell nothing: a caption, a teaser."""

LEAST_SHARE = 0.25
"""A smaller part of the larger article is an item of a round-up rather than a copy cut short."""

_HEAD = 20
_SHINGLE = 5
_KEY_SHINGLE = 6
_WINDOW = 16
"""Winnowing (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003): two bodies that share
_KEY_SHINGLE + _WINDOW - 1 = 21 words in a row share a key."""
_MAX_KEYS = 400
"""About 3,400 words; copies are cut from the end, so the beginning is what to keep."""

_QUOTED = regex.compile(r"“[^“”\n]*[”\n]|\"[^\"\n]*[\"\n]|«[^«»\n]*[»\n]|„[^„“”\n]*[“”\n]")


def keys(article: Article) -> tuple[str, ...]:
    """The keys by which the index finds articles that share 21 unquoted words in a row."""
    words = [token.norm for token in tokens(_QUOTED.sub(" ", article.body))]
    return tuple(sorted(f"a{value:08x}" for value in _winnowed(words)))


def _winnowed(words: Sequence[str]) -> set[int]:
    hashes = list(_shingles(words, _KEY_SHINGLE))
    chosen: set[int] = set()
    for i in range(max(1, len(hashes) - _WINDOW + 1)):
        if window := hashes[i : i + _WINDOW]:
            chosen.add(min(window))
        if len(chosen) >= _MAX_KEYS:
            break
    return chosen


class Copy:
    """An article as the verdict sees it."""

    __slots__ = ("head", "id", "keys", "outlet", "rank", "shingles")

    def __init__(self, analysis: Analysis) -> None:
        article = analysis.article
        self.id = article.canonical_url
        self.outlet = article.outlet
        self.keys = frozenset(analysis.keys)
        own = list(_own_shingles(analysis))
        self.head = frozenset(own[:_HEAD])
        self.shingles = frozenset(own)
        published = article.published.value if article.published else analysis.first_fetched
        self.rank = (
            _standing(article),
            article.published is None,
            moment(published),
            -len(article.body),
            self.id,
        )
        """Sorts copies, the most likely original first; never the same for two articles."""


def copied(a: Copy, b: Copy) -> float:
    """The share of the smaller article that stands in the larger; 0.0 when they are no copies.

    It does not matter which is which.
    """
    small, large = sorted((a, b), key=lambda copy: len(copy.shingles))
    if len(small.shingles) < max(LEAST, LEAST_SHARE * len(large.shingles)):
        return 0.0
    if a.keys.isdisjoint(b.keys):
        return 0.0
    share = len(a.shingles & b.shingles) / len(small.shingles)
    if a.outlet != b.outlet:
        return share if share >= COPY else 0.0
    opening = min(len(a.head & b.shingles), len(b.head & a.shingles)) / _HEAD
    return share if share >= COPY_AT_HOME and opening >= 0.5 else 0.0


def _own_shingles(analysis: Analysis) -> Iterator[int]:
    body = analysis.article.body
    foreign = [(q.start, q.end) for q in analysis.quotes if q.where == "body"]
    foreign += [
        (m.start, m.end)
        for m in analysis.matches
        if m.where == "body" and m.relation != "paraphrase"
    ]
    at = 0
    for start, end in [*sorted(foreign), (len(body), len(body))]:
        if start > at:
            yield from _shingles([t.norm for t in tokens(body[at:start])], _SHINGLE)
        at = max(at, end)


def _shingles(words: Sequence[str], size: int) -> Iterable[int]:
    return (
        zlib.crc32(" ".join(words[i : i + size]).encode()) for i in range(len(words) - size + 1)
    )


_WIRES = {
    "ap": "associated press",
    "afp": "agence france presse",
    "upi": "united press international",
    "dpa": "deutsche presse agentur",
    "pa": "press association",
}


def _standing(article: Article) -> int:
    """0: the source's own page; 1: credited to nobody else; 2: credited to another outlet."""
    outlet = _source(article.outlet)
    if article.credit and _source(article.credit) != outlet:
        return 2
    if _host(article.url) != _host(article.canonical_url):
        return 2
    return 0 if article.credit or outlet in _SOURCES else 1


def _source(name: str) -> str:
    words = [t.norm for t in tokens(name) if t.norm not in {"the", "news", "agency"}]
    return _WIRES.get(" ".join(words), " ".join(words))


_SOURCES = frozenset({*_WIRES.values(), "reuters", "bloomberg"})


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
