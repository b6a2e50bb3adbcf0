"""`pickup export`: everything in the index, streamed."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from cli import console
from cli.options import FINE, CampaignFile, IndexUrl, load, opened
from press.errors import PickupError, UsageError

if TYPE_CHECKING:
    from press.campaign import Campaign
    from search.index import Index


class What(StrEnum):
    """What `--what` takes."""

    MENTIONS = "mentions"
    ARTICLES = "articles"
    PICKUPS = "pickups"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export",
        epilog="Example: pickup export rekognition.toml --what pickups --csv > pickups.csv",
    )(export)


def export(
    campaign: CampaignFile,
    what: Annotated[What, typer.Option("--what", help="Which records.")] = What.MENTIONS,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")] = False,
    json: Annotated[bool, typer.Option("--json", help="The same as --jsonl.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Instead of stdout.", show_default=False),
    ] = None,
    index: IndexUrl = None,
) -> int:
    """Write every mention, article or pickup as JSON lines (the default) or CSV."""
    if csv and (jsonl or json):
        raise UsageError("--csv and --jsonl exclude each other")
    loaded = load(campaign)
    with opened(campaign, loaded, index) as opened_index:
        if out is None:
            _write(what, loaded, opened_index, sys.stdout, as_csv=csv)
            return FINE
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                written = _write(what, loaded, opened_index, file, as_csv=csv)
        except OSError as error:
            raise PickupError(f"{out}: cannot be written: {error.strerror or error}") from None
    console.message(f"Wrote {written} {what.value} to {out}")
    return FINE


def _write(what: What, campaign: "Campaign", index: "Index", file: TextIO, *, as_csv: bool) -> int:
    from search.export import rows, write_csv, write_jsonl

    records = rows(what.value, campaign, index)
    return write_csv(what.value, records, file) if as_csv else write_jsonl(records, file)
