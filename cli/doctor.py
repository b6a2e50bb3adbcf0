"""`pickup doctor`: what is wrong, and what to do about it."""

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from cli import console
from cli.options import ERROR, FINE, CampaignFile, IndexUrl, Json, load
from press.errors import PickupError

if TYPE_CHECKING:
    from press.campaign import Campaign

LIBRARIES = ("scrapy", "trafilatura", "lxml", "rapidfuzz", "feedparser", "msgspec", "pydantic")
LOW_DISK_BYTES = 500_000_000
"""An index of a year's coverage stays below this (about 20 kB an article were measured)."""

STYLES = {"ok": "green", "warn": "yellow", "fail": "bold red"}


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    status: Literal["ok", "warn", "fail"]
    what: str
    told: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", epilog="Example: pickup doctor rekognition.toml --offline")(doctor)


def doctor(
    campaign: CampaignFile,
    index: IndexUrl = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask no source.")] = False,
    json: Json = False,
) -> int:
    """Check the campaign file, the index, the sources and the installation.

    Exits 1 when something is broken.
    """
    findings = []
    for finding in _findings(campaign, index, offline=offline):
        findings.append(finding)
        if json:
            console.write_json_lines([finding])
        else:
            console.stdout().print(
                console.styled(
                    (f"{finding.status:<5}", STYLES[finding.status]),
                    (f"{finding.what}: ", "bold"),
                    console.plain(finding.told),
                )
            )
    return ERROR if any(f.status == "fail" for f in findings) else FINE


def _findings(file: Path, index: str | None, *, offline: bool) -> Iterator[Finding]:
    yield from _installation()
    try:
        campaign = load(file)
    except PickupError as error:
        yield Finding(status="fail", what="campaign", told=str(error))
        return
    yield from _campaign(file, campaign)
    yield from _index(file, campaign, index)
    if offline:
        yield Finding(status="ok", what="sources", told="not asked (--offline)")
    else:
        yield from _sources(campaign)


def _installation() -> Iterator[Finding]:
    told = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield Finding(status="ok", what="versions", told=f"{python}, {told}")


def _campaign(file: Path, campaign: "Campaign") -> Iterator[Finding]:
    from pipelines.analyse import Analyser

    named = f"{len(campaign.outlets)} outlets, {len(campaign.sources)} sources"
    yield Finding(status="ok", what="campaign", told=f"{campaign.name}: {named}")
    try:
        Analyser.of(campaign)
    except PickupError as error:
        yield Finding(status="fail", what="topic", told=f"{file}: topic: {error}")
    if not campaign.sources:
        yield Finding(status="warn", what="sources", told="none; add a [[sources]] table")
    if not campaign.statements:
        yield Finding(status="warn", what="statements", told="none; nothing can be matched")
    for statement in campaign.statements:
        apart = f"{len(statement.signatories)} signatories and {len(statement.notes)} notes apart"
        yield Finding(
            status="ok" if statement.date else "warn",
            what=f"statement {statement.id}",
            told=f"{len(statement.lines)} lines, {apart}" + ("" if statement.date else "; no date"),
        )


def _index(file: Path, campaign: "Campaign", option: str | None) -> Iterator[Finding]:
    from pipelines.reanalyse import is_stale
    from press import campaign_file
    from search.open import open_index

    url = campaign_file.index_url(file, campaign, option)
    folder = Path(url.partition(":///")[2]).parent if url.startswith("sqlite:") else None
    if folder is not None and folder.is_dir():
        free = shutil.disk_usage(folder).free
        yield Finding(
            status="ok" if free > LOW_DISK_BYTES else "warn",
            what="disk",
            told=f"{free / 1e9:.1f} GB free in {folder}",
        )
    if folder is not None and not Path(url.partition(":///")[2]).exists():
        yield Finding(status="ok", what="index", told=f"{url} is not there yet; a run makes it")
        return
    try:
        index = open_index(url, create=False)
    except PickupError as error:
        yield Finding(status="fail", what="index", told=str(error))
        return
    try:
        counts = ", ".join(f"{n} {name}" for name, n in index.counts().items())
        yield Finding(status="ok", what="index", told=f"{url}: {counts}")
        waiting = sum(1 for _ in index.pending())
        if waiting:
            told = f"{waiting} left by an earlier run; `pickup run` takes them up"
            yield Finding(status="warn", what="pending pages", told=told)
        if is_stale(campaign, index):
            told = "the campaign file has changed since; `pickup run` brings the index up to it"
            yield Finding(status="warn", what="analysis", told=told)
    except PickupError as error:
        yield Finding(status="fail", what="index", told=str(error))
    finally:
        index.close()


def _sources(campaign: "Campaign") -> Iterator[Finding]:
    from crawler.run import fetch
    from press.coverage import Rejected

    urls = [source.url for source in campaign.sources]
    for url, answer in fetch(campaign, urls) if urls else ():
        if isinstance(answer, Rejected):
            told = f"{answer.outcome} {answer.detail}".strip()
            yield Finding(status="fail", what="source", told=f"{url}: {told}")
        else:
            size = f"{len(answer.body)} bytes, {answer.header('content-type') or 'no type'}"
            yield Finding(status="ok", what="source", told=f"{url}: {answer.status}, {size}")
