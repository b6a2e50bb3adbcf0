"""`pickup add`: coverage that no source announced, by address or as clippings."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from cli import console
from cli.options import ERROR, FINE, PARTLY, CampaignFile, IndexUrl, Json, load, opened
from press.coverage import Outcome, Rejected
from press.errors import UsageError

if TYPE_CHECKING:
    from pipelines.analyse import Analyser
    from press.campaign import Campaign
    from press.coverage import Analysis
    from search.index import Index, UrlState

LEFT_OUT = frozenset(Outcome) - {
    Outcome.INDEXED,
    Outcome.UPDATED,
    Outcome.UNCHANGED,
    Outcome.OFF_TOPIC,
    Outcome.DUPLICATE,
}
"""Outcomes after which the index has no article from what was added."""

BATCH = 50
"""Clippings in one transaction."""


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one thing that was to be added."""

    target: str
    outcome: Outcome
    detail: str = ""
    article: str | None = None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "add",
        epilog="Example: pickup add campaign.toml clippings/ --outlet 'Radio Larkmouth' "
        "--date 2024-03-12",
    )(add)


def add(
    campaign: CampaignFile,
    targets: Annotated[
        list[str],
        typer.Argument(metavar="URL|FILE|DIR...", help="Addresses, or clippings (.html, .txt)."),
    ],
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="The outlet of the clippings.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="When the clippings appeared: 2024-03-12.")
    ] = None,
    index: IndexUrl = None,
    json: Json = False,
) -> int:
    """Add coverage that no source had: links, files or folders of clippings.

    Says for each what became of it. Exits 3 if only some could be added, 1 if none.
    """
    from cli import files
    from pipelines.analyse import Analyser

    loaded = load(campaign)
    stated = files.checked_date(date)
    paths = list(files.found(t for t in targets if not files.is_url(t)))
    urls = [t for t in targets if files.is_url(t)]
    with opened(campaign, loaded, index, create=True) as open_index:
        added = _clippings(open_index, Analyser.of(loaded), paths, outlet=outlet, date=stated)
        if urls:
            added += _fetched(loaded, open_index, urls, outlet=outlet, date=stated)
    if json:
        console.write_json_lines(added)
    else:
        _show(added)
    failed = sum(a.outcome in LEFT_OUT for a in added)
    return FINE if not failed else ERROR if failed == len(added) else PARTLY


def _clippings(
    index: "Index",
    analyser: "Analyser",
    paths: list[Path],
    *,
    outlet: str | None,
    date: str | None,
) -> list[Added]:
    """Analyse, write and link what the files hold."""
    from cli import files
    from pipelines.link import link
    from search.index import Batch

    now = datetime.now(UTC).isoformat(timespec="seconds")
    added: list[Added] = []
    for start in range(0, len(paths), BATCH):
        analyses, urls = [], []
        for path in paths[start : start + BATCH]:
            article = files.read(path, outlet=outlet, date=date)
            if isinstance(article, Rejected):
                outcome, detail, name = article.outcome, article.detail, None
            else:
                analysis = analyser.article(article, outlet=outlet, first_fetched=now)
                name, detail = article.canonical_url, ""
                outcome = _outcome(index.article(name), analysis)
                if outcome is not Outcome.UNCHANGED:
                    analyses.append(analysis)
            urls.append(_state(path, now, outcome, detail, name))
            added.append(Added(target=str(path), outcome=outcome, detail=detail, article=name))
        index.write(Batch(analyses=tuple(analyses), urls=tuple(urls)))
    if paths:
        link(index)
    return added


def _outcome(known: "Analysis | None", now: "Analysis") -> Outcome:
    if not now.on_topic:
        return Outcome.OFF_TOPIC
    if known is None:
        return Outcome.INDEXED
    return Outcome.UNCHANGED if known.article == now.article else Outcome.UPDATED


def _state(path: Path, now: str, outcome: Outcome, detail: str, article: str | None) -> "UrlState":
    from search.index import UrlState

    url = path.resolve().as_uri()
    return UrlState(
        url=url,
        source="user",
        discovered_at=now,
        outcome=outcome,
        detail=detail,
        final_url=url,
        canonical_url=article,
        fetched_at=now,
    )


def _fetched(
    campaign: "Campaign", index: "Index", urls: list[str], *, outlet: str | None, date: str | None
) -> list[Added]:
    """Fetch the pages through the crawler, as politely as a run does."""
    from crawler.run import Given
    from crawler.run import add as crawl
    from press.urls import clean

    try:
        cleaned = {url: clean(url) for url in urls}
    except ValueError as error:
        raise UsageError(str(error)) from None
    crawl(campaign, index, [Given(url=u, outlet=outlet, published=date) for u in cleaned.values()])
    states = index.url_states(tuple(cleaned.values()))
    added = []
    for url, key in cleaned.items():
        state = states[key]
        added.append(
            Added(
                target=url,
                outcome=state.outcome or Outcome.LIMIT,
                detail=state.detail,
                article=state.canonical_url,
            )
        )
    return added


def _show(added: list[Added]) -> None:
    out = console.stdout()
    for one in added:
        style = "red" if one.outcome in LEFT_OUT else "green"
        detail = f" ({one.detail})" if one.detail else ""
        out.print(
            console.styled(
                (f"{one.outcome:<16}", style), console.one_line(f" {one.target}{detail}")
            )
        )
    counts = Counter(str(one.outcome) for one in added)
    console.message(", ".join(f"{n} {name}" for name, n in sorted(counts.items())))
