"""How Pickup speaks: data on stdout, messages on stderr, and nothing of a stranger's that acts.

Titles and quotes come from pages of strangers. They pass through `plain`, which takes out what a
terminal would obey, and are printed as `rich.text.Text`, which reads no markup. Colour follows
rich's rules: only on a terminal, and never with NO_COLOR. A pipe gets 80 columns or COLUMNS.
"""

import os
import sys
from collections.abc import Iterable
from typing import Any

import msgspec
import regex
from rich.console import Console
from rich.text import Text

# Control characters but tab and line feed; marks that reorder or hide text (bidirectional
# controls, zero-width joiners outside words, byte order marks); lone surrogates.
_UNSAFE = regex.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """`text` without anything that a terminal would obey."""
    return _UNSAFE.sub("", text)


def one_line(text: str) -> str:
    """`text` as one line, safe for a terminal."""
    return plain(" ".join(text.split()))


def styled(*parts: str | tuple[str, str]) -> Text:
    """A text of parts, each a string or (string, style); all are made safe."""
    safe = [plain(p) if isinstance(p, str) else (plain(p[0]), p[1]) for p in parts]
    return Text.assemble(*safe)


def clipped(text: str, length: int) -> str:
    """`text` in one line of at most `length` code points, with an ellipsis where it is cut."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def stdout() -> Console:
    """A console for data."""
    return _console(sys.stdout)


def stderr() -> Console:
    """A console for messages."""
    return _console(sys.stderr)


def _console(stream: Any) -> Console:
    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or 80)
    return Console(file=stream, width=width, markup=False, highlight=False, emoji=False)


def message(*parts: str | tuple[str, str]) -> None:
    """One message for the user, on stderr."""
    stderr().print(styled(*parts), soft_wrap=True)


def write_json(value: Any) -> None:
    """One JSON document on stdout: indented on a terminal, one line in a pipe."""
    encoded = msgspec.json.encode(value)
    if sys.stdout.isatty():
        encoded = msgspec.json.format(encoded, indent=2)
    sys.stdout.write(encoded.decode() + "\n")


def write_json_lines(values: Iterable[Any]) -> int:
    """One JSON object a line on stdout; returns how many."""
    count = 0
    for count, value in enumerate(values, 1):  # noqa: B007 - the last one is the answer
        sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    return count
