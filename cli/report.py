"""`pickup report`: who ran which line, when, how faithfully."""

from pathlib import Path
from typing import Annotated

import typer

from cli import console
from cli.options import FINE, CampaignFile, IndexUrl, Json, load, opened
from cli.run import campaign_is_stale
from press.errors import PickupError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", epilog="Example: pickup report rekognition.toml --html report.html")(
        report
    )


def report(
    campaign: CampaignFile,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a page to look at.", show_default=False),
    ] = None,
    index: IndexUrl = None,
    json: Json = False,
) -> int:
    """Show outlets × statement lines, timeline, alterations, stories and recurring quotes."""
    from cli import tables
    from search.pickups import report as coverage

    loaded = load(campaign)
    with opened(campaign, loaded, index) as opened_index:
        campaign_is_stale(campaign, loaded, opened_index)
        made = coverage(loaded, opened_index)
    if html:
        write_page(html, made)
    if json:
        console.write_json(made)
    elif not html:
        tables.outcomes(made)
        tables.matrix(made)
        tables.timeline(made)
        tables.alterations(made)
        tables.stories(made)
    return FINE


def write_page(file: Path, made: object) -> None:
    """Write the report page; raises `PickupError` when the file cannot be written."""
    from search.pickups import CoverageReport
    from web.report import page

    assert isinstance(made, CoverageReport)
    try:
        file.write_text(page(made), encoding="utf-8")
    except OSError as error:
        raise PickupError(f"{file}: cannot be written: {error.strerror or error}") from None
    console.message(f"Wrote {file}")
