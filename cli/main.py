"""The `pickup` command: its commands, its exit statuses, and what becomes of every error.

::

    PickupError     one line on stderr, its own exit status     a user can act on it
    usage           one line on stderr, 2                       with the nearest command or option
    Ctrl-C          one line on stderr, 130                     what was written stays
    closed pipe     silence, 0                                  the reader has had enough
    anything else   two lines on stderr, 1                      a bug: --debug shows the traceback
"""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer
from typer.exceptions import TyperException

from cli import add, analyse, console, demo, doctor, export, init, report, run, search
from cli.options import ERROR, FINE, INTERRUPTED, USAGE
from press.errors import PickupError

app = typer.Typer(
    name="pickup",
    help="Which outlets ran your words, which words, and how they were changed.",
    epilog="Start with: pickup demo. Then: pickup init campaign.toml. Manual: docs/cli.md",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"pickup {version('pickup-press')}\n")
        raise typer.Exit(FINE)


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", is_eager=True, callback=_print_version
        ),
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error; works anywhere.")
    ] = False,
) -> None:
    """Which outlets ran your words, which words, and how they were changed."""


for _module in (init, run, report, search, export, analyse, add, doctor, demo):
    _module.register(app)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (default: the process's own); returns the exit status."""
    args = list(sys.argv[1:] if argv is None else argv)
    words = args[: args.index("--")] if "--" in args else args
    debug = "--debug" in words or bool(os.environ.get("PICKUP_DEBUG"))
    args = [a for i, a in enumerate(args) if a != "--debug" or i >= len(words)] or ["--help"]
    try:
        status = app(args=args, prog_name="pickup", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else FINE
    except BrokenPipeError:
        return _hush()
    except (KeyboardInterrupt, typer.Abort):
        console.message("pickup: interrupted; what was written stays")
        return INTERRUPTED
    except TyperException as error:
        if debug:
            raise
        console.message(f"pickup: {console.one_line(error.format_message())}")
        if error.exit_code == USAGE:
            console.message(f"Try: pickup {_command_of(args)}--help")
        return error.exit_code
    except PickupError as error:
        if debug:
            raise
        console.message(f"pickup: {console.one_line(str(error))}")
        return error.exit_status
    except Exception as error:
        if debug:
            raise
        detail = console.one_line(f"{type(error).__name__}: {error}")
        console.message(f"pickup: internal error: {detail}")
        console.message("This is a bug. Run the command again with --debug for the traceback.")
        return ERROR


def _command_of(args: Sequence[str]) -> str:
    names = {command.name for command in app.registered_commands}
    return next((f"{a} " for a in args if a in names), "")


def _hush() -> int:
    """Keep the interpreter from complaining about a closed stdout when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FINE


if __name__ == "__main__":
    sys.exit(main())
