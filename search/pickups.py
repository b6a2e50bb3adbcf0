"""The pickup report: which outlets ran which line of which statement, when and how faithfully.

Three numbers are never confused: *articles* are pages, *stories* are what is left when copies of
one article count once, *outlets* are publications. Three kinds of coverage are kept apart:
`earned`, `release` (the statement reprinted in the main) and `own` (the campaign's own sites).

Computed in one pass over the articles through the contract, so every engine gives the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from press.campaign import Campaign
from press.coverage import Analysis, Edit, Match, Mention, Relation, Where
from press.text import tokens
from search.index import Index

Coverage = Literal["earned", "release", "own"]

FAITHFULNESS: tuple[Relation, ...] = (
    "verbatim",
    "elided",
    "trimmed",
    "fragment",
    "altered",
    "paraphrase",
)
"""Relations, most faithful first: the one that stands for an outlet that printed several."""


class Pickup(msgspec.Struct, frozen=True, kw_only=True):
    """One outlet's use of one statement line."""

    coverage: Coverage
    outlet: str
    tier: int | None
    statement: str
    line: int
    first_seen: str
    first_article: str
    relation: Relation
    """The most faithful one that the outlet printed."""
    relations: dict[str, int]
    """Printings by relation, in order of faithfulness."""
    articles: int
    stories: int
    speakers: tuple[str, ...] = ()
    """To whom the outlet credits the words, where it quotes them."""


class LineReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one line in earned coverage."""

    line: int
    text: str
    outlets: int
    stories: int
    articles: int
    relations: dict[str, int]
    first_seen: str | None


class StatementReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one statement."""

    statement: str
    title: str
    date: str | None
    author: str | None
    outlets: int
    stories: int
    articles: int
    """These three count earned coverage."""
    lines: tuple[LineReport, ...]


class Printing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a wording was printed."""

    outlet: str
    article: str
    date: str
    where: Where
    speaker: str | None
    coverage: Coverage


class Alteration(msgspec.Struct, frozen=True, kw_only=True):
    """One altered wording of a line, and who printed it."""

    statement: str
    line: int
    line_text: str
    printed: str
    diff: tuple[Edit, ...]
    similarity: float
    printings: tuple[Printing, ...]


class RecurringQuote(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation that at least two outlets printed and that is from no statement."""

    cluster: str
    text: str
    speakers: tuple[str, ...]
    outlets: tuple[str, ...]
    articles: int
    stories: int
    first_seen: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a story."""

    outlet: str
    article: str
    title: str
    date: str
    coverage: Coverage


class StoryReport(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was run more than once."""

    original: Copy
    copies: tuple[Copy, ...]
    outlets: int


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Earned coverage of the statements on one day."""

    date: str
    articles: int
    stories: int
    outlets: tuple[str, ...]


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """The last that was heard of a source."""

    url: str
    outcome: str | None
    detail: str


class CoverageReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that `pickup report` shows."""

    campaign: str
    counts: dict[str, int]
    outcomes: dict[str, int]
    """Every discovered page by what became of it; `pending` is still to be dealt with."""
    statements: tuple[StatementReport, ...]
    pickups: tuple[Pickup, ...]
    timeline: tuple[Day, ...]
    alterations: tuple[Alteration, ...]
    recurring: tuple[RecurringQuote, ...]
    stories: tuple[StoryReport, ...]
    releases: tuple[Copy, ...]
    """Articles that reprint a statement in the main."""
    sources: tuple[SourceState, ...]


class _Use(msgspec.Struct, frozen=True):
    """One match in one article, with all that the tables need."""

    analysis: Analysis
    coverage: Coverage
    date: str
    story: str
    match: Match
    speaker: str | None


def coverage_of(analysis: Analysis) -> Coverage:
    """Whether an article is the campaign's own, a release copy, or earned."""
    if analysis.own_site:
        return "own"
    return "release" if analysis.release_of else "earned"


def date_of(analysis: Analysis) -> str:
    """When an article appeared: as it says, else when it was first fetched."""
    published = analysis.article.published
    return published.value if published else analysis.first_fetched


def report(campaign: Campaign, index: Index) -> CoverageReport:
    """The whole report, in a deterministic order."""
    stories = {url: link.root for url, link in index.story_links().items()}
    uses: list[_Use] = []
    copies: dict[str, list[Copy]] = {}
    releases: list[Copy] = []
    clusters = _Clusters(index)
    for analysis in index.articles():
        article = analysis.article
        story = stories.get(article.canonical_url, article.canonical_url)
        copy = Copy(
            outlet=article.outlet,
            article=article.canonical_url,
            title=article.title,
            date=date_of(analysis),
            coverage=coverage_of(analysis),
        )
        copies.setdefault(story, []).append(copy)
        if analysis.release_of:
            releases.append(copy)
        uses.extend(_uses(analysis, story))
        clusters.add(analysis, story)
    pages = [u for u in index.ledger() if u.kind == "page"]
    return CoverageReport(
        campaign=campaign.name,
        counts=index.counts(),
        outcomes=dict(sorted(Counter(u.outcome or "pending" for u in pages).items())),
        statements=_statements(campaign, uses),
        pickups=_pickups(uses),
        timeline=_timeline(uses),
        alterations=_alterations(uses),
        recurring=clusters.recurring(),
        stories=_stories(copies),
        releases=tuple(sorted(releases, key=lambda c: (c.date, c.article))),
        sources=tuple(
            SourceState(url=u.url, outcome=u.outcome, detail=u.detail)
            for u in index.ledger()
            if u.kind == "source"
        ),
    )


def _uses(analysis: Analysis, story: str) -> Iterator[_Use]:
    for match in analysis.matches:
        credited = [m for m in analysis.mentions if m.speaker and _overlap(m, match)]
        yield _Use(
            analysis,
            coverage_of(analysis),
            date_of(analysis),
            story,
            match,
            credited[0].speaker if credited else None,
        )


def _overlap(mention: Mention, match: Match) -> bool:
    return mention.where == match.where and mention.start < match.end and match.start < mention.end


def _count(uses: Iterable[_Use]) -> tuple[int, int, int]:
    """Outlets, stories, articles."""
    chosen = list(uses)
    return (
        len({u.analysis.article.outlet for u in chosen}),
        len({u.story for u in chosen}),
        len({u.analysis.article.canonical_url for u in chosen}),
    )


def _relations(uses: Iterable[_Use]) -> dict[str, int]:
    counts = Counter(u.match.relation for u in uses)
    return {r: counts[r] for r in FAITHFULNESS if counts[r]}


def _pickups(uses: list[_Use]) -> tuple[Pickup, ...]:
    groups: dict[tuple[Coverage, str, str, int], list[_Use]] = {}
    for use in uses:
        key = (use.coverage, use.analysis.article.outlet, use.match.statement, use.match.line)
        groups.setdefault(key, []).append(use)
    made = []
    for (coverage, outlet, statement, line), group in sorted(groups.items()):
        first = min(group, key=lambda u: (u.date, u.analysis.article.canonical_url))
        relations = _relations(group)
        _, stories, articles = _count(group)
        made.append(
            Pickup(
                coverage=coverage,
                outlet=outlet,
                tier=first.analysis.tier,
                statement=statement,
                line=line,
                first_seen=first.date,
                first_article=first.analysis.article.canonical_url,
                relation=min((u.match.relation for u in group), key=FAITHFULNESS.index),
                relations=relations,
                articles=articles,
                stories=stories,
                speakers=tuple(sorted({u.speaker for u in group if u.speaker})),
            )
        )
    return tuple(made)


def _statements(campaign: Campaign, uses: list[_Use]) -> tuple[StatementReport, ...]:
    made = []
    for statement in campaign.statements:
        ours = [u for u in uses if u.match.statement == statement.id and u.coverage == "earned"]
        lines = []
        for line in statement.lines:
            of_line = [u for u in ours if u.match.line == line.number]
            outlets, stories, articles = _count(of_line)
            lines.append(
                LineReport(
                    line=line.number,
                    text=line.text,
                    outlets=outlets,
                    stories=stories,
                    articles=articles,
                    relations=_relations(of_line),
                    first_seen=min((u.date for u in of_line), default=None),
                )
            )
        outlets, stories, articles = _count(ours)
        made.append(
            StatementReport(
                statement=statement.id,
                title=statement.title,
                date=statement.date.isoformat() if statement.date else None,
                author=statement.author,
                outlets=outlets,
                stories=stories,
                articles=articles,
                lines=tuple(lines),
            )
        )
    return tuple(made)


def _timeline(uses: list[_Use]) -> tuple[Day, ...]:
    days: dict[str, list[_Use]] = {}
    for use in uses:
        if use.coverage == "earned":
            days.setdefault(use.date[:10], []).append(use)
    return tuple(
        Day(
            date=day,
            articles=_count(group)[2],
            stories=_count(group)[1],
            outlets=tuple(sorted({u.analysis.article.outlet for u in group})),
        )
        for day, group in sorted(days.items())
    )


def _alterations(uses: list[_Use]) -> tuple[Alteration, ...]:
    groups: dict[tuple[str, int, str], list[_Use]] = {}
    for use in uses:
        if use.match.relation == "altered":
            words = " ".join(t.norm for t in tokens(use.match.text))
            groups.setdefault((use.match.statement, use.match.line, words), []).append(use)
    made = []
    for (statement, line, _), group in sorted(groups.items()):
        ordered = sorted(group, key=lambda u: (u.date, u.analysis.article.canonical_url))
        first = ordered[0].match
        made.append(
            Alteration(
                statement=statement,
                line=line,
                line_text=first.line_text,
                printed=first.text,
                diff=first.diff,
                similarity=first.similarity,
                printings=tuple(
                    Printing(
                        outlet=u.analysis.article.outlet,
                        article=u.analysis.article.canonical_url,
                        date=u.date,
                        where=u.match.where,
                        speaker=u.speaker,
                        coverage=u.coverage,
                    )
                    for u in ordered
                ),
            )
        )
    return tuple(made)


def _stories(copies: dict[str, list[Copy]]) -> tuple[StoryReport, ...]:
    made = []
    for root, members in copies.items():
        if len(members) > 1:
            ordered = sorted(members, key=lambda c: (c.article != root, c.date, c.article))
            outlets = len({c.outlet for c in members})
            made.append(
                StoryReport(original=ordered[0], copies=tuple(ordered[1:]), outlets=outlets)
            )
    return tuple(sorted(made, key=lambda s: (-len(s.copies), s.original.article)))


class _Clusters:
    """Collects, cluster by cluster, what tells a recurring quote."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._roots = {id: link.root for id, link in index.cluster_links().items()}
        self._from_statement: set[str] = set()
        self._quoted: dict[str, list[tuple[str, str, str, str | None, str]]] = {}

    def add(self, analysis: Analysis, story: str) -> None:
        for m in analysis.mentions:
            root = self._roots.get(m.id, m.id)
            if m.matches:
                self._from_statement.add(root)
            elif m.quote is not None and m.kind != "scare":
                row = (m.date, m.article, m.outlet, m.speaker, story)
                self._quoted.setdefault(root, []).append(row)

    def recurring(self) -> tuple[RecurringQuote, ...]:
        rows = {
            root: sorted(of, key=lambda r: (r[0], r[1]))
            for root, of in self._quoted.items()
            if root not in self._from_statement and len({r[2] for r in of}) > 1
        }
        texts = self._index.mentions_by_id(rows)
        made = [
            RecurringQuote(
                cluster=root,
                text=texts[root].text if root in texts else "",
                speakers=tuple(dict.fromkeys(r[3] for r in of if r[3])),
                outlets=tuple(dict.fromkeys(r[2] for r in of)),
                articles=len({r[1] for r in of}),
                stories=len({r[4] for r in of}),
                first_seen=of[0][0],
            )
            for root, of in rows.items()
        ]
        return tuple(sorted(made, key=lambda q: (-len(q.outlets), q.first_seen, q.cluster)))
