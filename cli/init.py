"""`pickup init`: a commented campaign file to edit."""

from pathlib import Path
from typing import Annotated

import typer

from cli import console
from cli.options import FINE, Json
from press.errors import PickupError, UsageError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init", epilog="Example: pickup init rekognition.toml")(init)


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The campaign file to write.")],
    name: Annotated[str | None, typer.Option("--name", help="The campaign's name.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
    json: Json = False,
) -> int:
    """Write a commented campaign file that works as it is."""
    from press.campaign_template import template

    if file.exists() and not force:
        raise UsageError(f"{file}: there is a file already; --force overwrites it")
    title = name or file.stem.replace("-", " ").replace("_", " ").title()
    try:
        file.write_text(template(title), encoding="utf-8")
    except OSError as error:
        raise PickupError(f"{file}: cannot be written: {error.strerror or error}") from None
    if json:
        console.write_json({"campaign": title, "file": str(file)})
    else:
        console.message(f"Wrote {file}. Edit it, then: pickup doctor {file}; pickup run {file}")
    return FINE
