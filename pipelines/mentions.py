"""Cuts an article's quotes and matches into mentions, the unit that is indexed and clustered.

A quote yields one mention for each of its sentences, with the matches that overlap the sentence.
A match yields a mention of its own (*unquoted*) where a substantial part of it stands outside all
quotes. So a sentence quoted in part and run on without marks gives two mentions of one match.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from pipelines import clusters
from press.coverage import Article, Match, Mention, Quote, Where, mention_id
from press.text import Span, sentences, tokens

SHARED = 0.5
"""A match belongs to a sentence when this share of the shorter of the two is common."""
REMAINDER_WORDS = 4
"""Words of a match outside all quotes that make an unquoted mention …"""
REMAINDER_SHARE = 0.5
"""… if they are this share of the match: an attribution between two halves is not."""


def cut(
    article: Article,
    quotes: Sequence[Quote],
    matches: Sequence[Match],
    *,
    first_fetched: str,
) -> tuple[Mention, ...]:
    """The mentions of `article`: those of its quotes in order, then those of unquoted matches.

    `first_fetched` (ISO 8601) dates an article that prints no date.
    """
    date = article.published.value if article.published else first_fetched
    found: dict[str, Mention] = {}
    for quote in quotes:
        text = article.field(quote.where)
        near = [m for m in matches if m.where == quote.where]
        for part in sentences(text, quote.start, quote.end):
            place = _Place(quote.where, part, quote)
            mention = _mention(article, place, _best(near, part), date)
            found.setdefault(mention.id, mention)
    for where, part in _unquoted(quotes, matches, article):
        near = [m for m in matches if m.where == where]
        mention = _mention(article, _Place(where, part, None), _best(near, part), date)
        found.setdefault(mention.id, mention)
    return tuple(found.values())


class _Place(NamedTuple):
    where: Where
    part: Span
    quote: Quote | None


def _mention(article: Article, place: _Place, matches: tuple[Match, ...], date: str) -> Mention:
    where, part, quote = place
    text = article.field(where)[part.start : part.end]
    speaker = quote.speaker if quote else None
    return Mention(
        id=mention_id(article.canonical_url, where, part.start, part.end, text),
        article=article.canonical_url,
        outlet=article.outlet,
        where=where,
        start=part.start,
        end=part.end,
        text=text,
        quote=quote.id if quote else None,
        quote_text=quote.text if quote else None,
        kind=quote.kind if quote else "unquoted",
        speaker=speaker,
        cue=quote.cue if quote else None,
        date=date,
        language=article.language,
        matches=matches,
        keys=clusters.keys(text, speaker=speaker, matches=matches),
    )


def _best(matches: Sequence[Match], part: Span) -> tuple[Match, ...]:
    """The matches of a stretch, best first, one for each statement line.

    Several lines may have the same few words. Then the company decides: a line whose neighbours
    are printed close by is the one that is quoted.
    """
    inside = [(share, m) for m in matches if (share := _common(m, part)) >= SHARED]
    inside.sort(
        key=lambda pair: (
            -_overlap(pair[1], part),
            -pair[0],
            any(edit.kind == "wording" for edit in pair[1].diff),
            *_company(pair[1], matches),
            -pair[1].similarity,
            pair[1].statement,
            pair[1].line,
        )
    )
    best: dict[tuple[str, int], Match] = {}
    for _, match in inside:
        best.setdefault((match.statement, match.line), match)
    return tuple(best.values())


def _company(match: Match, matches: Sequence[Match]) -> tuple[float, float]:
    """How far the next match to another line of the statement is: in characters, and in lines."""
    others = [
        (max(m.start - match.end, match.start - m.end), abs(m.line - match.line))
        for m in matches
        if m.statement == match.statement
        and m.line != match.line
        and (m.start >= match.end or m.end <= match.start)
    ]
    return min(others, default=(inf, inf))


def _overlap(match: Match, part: Span) -> int:
    return max(0, min(match.end, part.end) - max(match.start, part.start))


def _common(match: Match, part: Span) -> float:
    return _overlap(match, part) / max(1, min(match.end - match.start, part.end - part.start))


def _unquoted(
    quotes: Sequence[Quote], matches: Sequence[Match], article: Article
) -> Iterator[tuple[Where, Span]]:
    """The stretches that reproduce a line outside all quotes, each once."""
    seen: set[tuple[Where, Span]] = set()
    for match in matches:
        text = article.field(match.where)
        inside = [Span(q.start, q.end) for q in quotes if q.where == match.where]
        words = tokens(text[match.start : match.end])
        outside = [
            word for word in words if not any(s <= match.start + word.start < e for s, e in inside)
        ]
        place = (match.where, Span(match.start, match.end))
        if place in seen or len(outside) < REMAINDER_SHARE * len(words):
            continue
        if len(outside) < min(REMAINDER_WORDS, len(words)):
            continue
        seen.add(place)
        yield place
