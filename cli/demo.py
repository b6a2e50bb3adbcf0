"""`pickup demo`: the whole job on a small invented press, served on this machine."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from cli import console
from cli.options import FINE, Json
from cli.report import write_page
from cli.run import crawl_once

EXAMPLE = '"surveillance product"'


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", epilog="Example: pickup demo --keep demo-files --html demo.html")(demo)


def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="DIR", help="Keep the campaign file and index here."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write the report page.")
    ] = None,
    json: Json = False,
) -> int:
    """Serve an invented press on loopback, crawl it, and show what was picked up.

    The real crawl, the real analysis, the embedded index; nothing leaves this machine.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        return _demo(folder, html, kept=keep is not None, json=json)


def _demo(folder: Path, html: Path | None, *, kept: bool, json: bool) -> int:
    from cli import search, tables
    from demo.server import PressServer
    from press.campaign_file import index_url, load
    from search.find import find
    from search.open import open_index
    from search.pickups import report

    with PressServer() as server:
        file = server.site.campaign(folder, server.base)
        campaign = load(file)
        index = open_index(index_url(file, campaign, environ={}))
        try:
            done = crawl_once(campaign, index, workers=1)
            made = report(campaign, index)
            found = find(index, EXAMPLE)
        finally:
            index.close()
    if json:
        console.write_json(made)
    else:
        tables.run_report(done)
        tables.matrix(made)
        tables.timeline(made)
        tables.alterations(made)
        tables.stories(made)
        tables.heading(f"Search: {EXAMPLE}")
        search.show(found)
    if html:
        write_page(html, made)
    if kept:
        console.message(f"Kept {file} and its index; the press itself is gone: its addresses too.")
    return FINE
