"""`pickup analyse`: what Pickup sees in a page, without touching an index."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli import console
from cli.diffs import RELATION_STYLE, diff_text
from cli.options import ERROR, FINE, Json, load
from press.campaign import Campaign
from press.coverage import Analysis, Article, Match, PrintedDate, Quote, Rejected
from press.errors import UsageError

if TYPE_CHECKING:
    from pipelines.analyse import Analyser

NOBODY = Campaign(name="none", contact="none")
"""Files can be analysed without a campaign; nothing is matched then."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyse", epilog="Example: pickup analyse saved.html -c campaign.toml --json")(
        analyse
    )


def analyse(
    targets: Annotated[
        list[str],
        typer.Argument(metavar="FILE|DIR|URL...", help="Pages (.html), texts (.txt) or addresses."),
    ],
    campaign: Annotated[
        Path | None,
        typer.Option(
            "--campaign", "-c", help="Whose statements to look for; needed to fetch addresses."
        ),
    ] = None,
    json: Json = False,
) -> int:
    """Show what Pickup sees in pages: the article, its quotes, its matches.

    Nothing is written to an index. With --json, one object a line. Exits 1 if a page gave none.
    """
    from pipelines.analyse import Analyser

    analyser = Analyser.of(load(campaign) if campaign else NOBODY)
    status = FINE
    for target, result in _results(targets, analyser, fetching=campaign is not None):
        if isinstance(result, Rejected):
            status = ERROR
            detail = f" ({result.detail})" if result.detail else ""
            console.message(f"pickup: {target}: {result.outcome}{detail}")
        elif json:
            console.write_json_lines([record(result)])
        else:
            _show(result)
    return status


def _results(
    targets: list[str], analyser: "Analyser", *, fetching: bool
) -> Iterator[tuple[str, Analysis | Rejected]]:
    from cli import files

    urls = [t for t in targets if files.is_url(t)]
    if urls and not fetching:
        raise UsageError(
            f"{urls[0]}: fetching needs --campaign, whose contact address the sites are told"
        )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for path in files.found(t for t in targets if not files.is_url(t)):
        article = files.read(path)
        if isinstance(article, Article):
            yield str(path), analyser.article(article, first_fetched=now)
        else:
            yield str(path), article
    if urls:
        from crawler.run import fetch

        for url, page in fetch(analyser.campaign, urls):
            yield url, page if isinstance(page, Rejected) else analyser.page(page)


def record(analysis: Analysis) -> dict[str, Any]:
    """The documented JSON object of one page; see docs/cli.md."""
    article = analysis.article
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "updated": article.updated,
        "language": article.language,
        "credit": article.credit,
        "dek": article.dek,
        "caption": article.caption,
        "pullquote": article.pullquote,
        "body": article.body,
        "quotes": analysis.quotes,
        "matches": analysis.matches,
        "release_of": analysis.release_of,
        "on_topic": analysis.on_topic,
    }


def _show(analysis: Analysis) -> None:
    article = analysis.article
    out = console.stdout()
    out.print(console.styled((article.title or "(no title)", "bold")))
    facts = Table.grid(padding=(0, 2))
    for name, value in (
        ("outlet", article.outlet),
        ("address", article.canonical_url),
        ("byline", article.byline or "none"),
        ("published", _date(article.published)),
        ("updated", _date(article.updated)),
        ("language", article.language or "unknown"),
        ("body", f"{len(article.body.split())} words, {len(article.blocks)} paragraphs"),
        ("release copy of", analysis.release_of),
    ):
        if value is not None:
            facts.add_row(Text(name, "dim"), console.styled(console.one_line(value)))
    out.print(facts)
    _section("Quotes", len(analysis.quotes))
    for quote in analysis.quotes:
        out.print(Padding(_quote(quote), (0, 0, 0, 2)))
    _section("Matches", len(analysis.matches))
    for match in analysis.matches:
        out.print(Padding(_match(match), (0, 0, 0, 2)))
    out.print()


def _section(name: str, count: int) -> None:
    console.stdout().print(console.styled("\n", (f"{name}: {count}", "bold underline")))


def _quote(quote: Quote) -> Text:
    who = quote.speaker or "nobody named"
    cue = f", {console.one_line(quote.cue)}" if quote.cue else ""
    return console.styled(
        f"“{console.one_line(quote.text)}”\n",
        (f"{who}{cue} · {quote.kind} in {quote.where} {quote.start}-{quote.end}", "dim"),
    )


def _match(match: Match) -> Text:
    head = console.styled(
        (f"{match.relation}", RELATION_STYLE[match.relation]),
        (f" {match.statement}, line {match.line}", "bold"),
        (f" · {match.similarity:.0%} · {match.where} {match.start}-{match.end}\n", "dim"),
    )
    return head + diff_text(match.diff)


def _date(date: PrintedDate | None) -> str:
    return f"{date.value} (from {date.source})" if date else "none printed"
