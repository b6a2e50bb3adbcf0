"""`pickup run`: crawl every source once, then say what was picked up."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from cli import console
from cli.options import FINE, INTERRUPTED, PARTLY, CampaignFile, IndexUrl, Json, load, opened

if TYPE_CHECKING:
    from crawler import report as crawl
    from press.campaign import Campaign
    from search.index import Index


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", epilog="Example: pickup run rekognition.toml")(run)


def run(
    campaign: CampaignFile,
    index: IndexUrl = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Processes that analyse pages.", show_default=False),
    ] = None,
    json: Json = False,
) -> int:
    """Crawl all sources once, analyse, index, and print the run report and the pickup matrix.

    A second run fetches only what is new or changed. Exits 3 when a source or a page failed.
    """
    loaded = load(campaign)
    with opened(campaign, loaded, index, create=True) as opened_index:
        done = crawl_once(loaded, opened_index, workers=workers)
        if json:
            console.write_json(done)
        else:
            show(loaded, opened_index, done)
    if done.stopped:
        return INTERRUPTED
    return PARTLY if done.partly_failed else FINE


def crawl_once(
    campaign: "Campaign", index: "Index", *, workers: int | None = None
) -> "crawl.RunReport":
    """One crawl with a progress bar on a terminal."""
    from crawler.run import run as crawl_run

    with _progress() as tell:
        return crawl_run(campaign, index, progress=tell, workers=workers)


def show(campaign: "Campaign", index: "Index", done: "crawl.RunReport") -> None:
    """The run report and the pickup matrix."""
    from cli import tables
    from search.pickups import report

    tables.run_report(done)
    tables.matrix(report(campaign, index))


@contextmanager
def _progress() -> Iterator[Callable[["crawl.Progress"], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
    )
    with Progress(*columns, console=console.stderr(), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(now: "crawl.Progress") -> None:
            bar.update(task, description=now.phase, completed=now.done, total=now.total or None)

        yield tell


def campaign_is_stale(file: Path, campaign: "Campaign", index: "Index") -> None:
    """Tell the user when the campaign file says something that the index does not know yet."""
    from pipelines.reanalyse import is_stale

    if is_stale(campaign, index):
        console.message(
            f"pickup: {file} has changed since this index was analysed; "
            f"`pickup run {file}` brings it up to date"
        )
