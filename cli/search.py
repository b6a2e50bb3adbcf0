"""`pickup search`: quotes, grouped by cluster."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from cli import console
from cli.diffs import RELATION_STYLE
from cli.options import FINE, USAGE, CampaignFile, IndexUrl, Json, load, opened
from cli.run import campaign_is_stale
from press.errors import QueryError

if TYPE_CHECKING:
    from search.find import FoundCluster, FoundMention, Results


class Sort(StrEnum):
    """What `--sort` takes."""

    DATE = "date"
    RELEVANCE = "relevance"
    OUTLET = "outlet"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("search", epilog="Example: pickup search campaign.toml '\"primed for abuse\"'")(
        search
    )


def search(
    campaign: CampaignFile,
    query: Annotated[str, typer.Argument(help="What to look for; see docs/query-language.md.")],
    sort: Annotated[Sort, typer.Option("--sort", help="Which clusters come first.")] = Sort.DATE,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Clusters to show.")] = 20,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Clusters to pass over.")] = 0,
    index: IndexUrl = None,
    json: Json = False,
) -> int:
    """Search quotes and matched passages, grouped by utterance.

    Words are ANDed; "phrases", OR, NOT, (…), NEAR/3, prefix*, speaker:, outlet:, statement:,
    relation:, before:, after:, ~"roughly these words".
    """
    from search.find import find

    loaded = load(campaign)
    with opened(campaign, loaded, index) as opened_index:
        campaign_is_stale(campaign, loaded, opened_index)
        try:
            results = find(opened_index, query, sort=sort.value, limit=limit, offset=offset)
        except QueryError as error:
            console.message(f"pickup: {console.one_line(str(error))}")
            console.message(f"  {console.plain(error.query)}\n  {' ' * error.column}^")
            return USAGE
    if json:
        console.write_json(results)
    else:
        show(results)
    return FINE


def show(results: "Results") -> None:
    """The clusters found, each mention with its highlight."""
    out = console.stdout()
    for cluster in results.found:
        _show_cluster(cluster)
    shown = len(results.found)
    more = f", {shown} shown" if shown < results.clusters else ""
    out.print(
        console.styled((f"{results.mentions} mentions in {results.clusters} clusters{more}", "dim"))
    )


def _show_cluster(cluster: "FoundCluster") -> None:
    out = console.stdout()
    out.print(console.styled((f"“{console.one_line(cluster.text)}”", "bold")))
    for mention in cluster.mentions:
        out.print(_head(mention))
        out.print(Text("    ") + _highlighted(mention))
        out.print(console.styled(("    " + console.one_line(mention.article), "dim")))
    out.print()


def _head(mention: "FoundMention") -> Text:
    parts: list[str | tuple[str, str]] = [
        f"  {mention.date[:10]}  {console.one_line(mention.outlet)}",
        (f"  {console.one_line(mention.speaker or 'nobody named')}", "italic"),
    ]
    if mention.relation:
        parts.append((f"  {mention.relation}", RELATION_STYLE[mention.relation]))
        parts.append(f" {mention.statement}, line {mention.line}")
    return console.styled(*parts)


def _highlighted(mention: "FoundMention") -> Text:
    parts: list[str | tuple[str, str]] = []
    at = 0
    for start, end in mention.highlights:
        parts += [mention.text[at:start], (mention.text[start:end], "bold reverse")]
        at = end
    parts.append(mention.text[at:])
    text = console.styled(*parts)
    text.plain = text.plain.replace("\n", " ")
    return text
