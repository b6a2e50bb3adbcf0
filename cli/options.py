"""The arguments and options that several commands share, and what they lead to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from press.campaign import Campaign
    from search.index import Index

FINE, ERROR, USAGE, PARTLY, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit statuses, documented in docs/cli.md."""

CampaignFile = Annotated[
    Path, typer.Argument(metavar="CAMPAIGN", help="The campaign file.", show_default=False)
]
IndexUrl = Annotated[
    str | None,
    typer.Option(
        "--index",
        metavar="URL",
        help="The index, before PICKUP_INDEX and the campaign file.",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]


def load(file: Path) -> "Campaign":
    """The campaign of `file`; raises `press.errors.CampaignError`."""
    from press import campaign_file

    return campaign_file.load(file)


@contextmanager
def opened(
    file: Path, campaign: "Campaign", index: str | None, *, create: bool = False
) -> Iterator["Index"]:
    """The campaign's index, closed in the end."""
    from press import campaign_file
    from search.open import open_index

    found = open_index(campaign_file.index_url(file, campaign, index), create=create)
    try:
        yield found
    finally:
        found.close()
