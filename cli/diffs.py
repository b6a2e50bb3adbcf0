"""Word diffs for a terminal.

Every kind of edit has marks of its own, so that the diff reads the same without colour:
``[-dropped-]``, ``{+added+}``, ``(… left out)``.
"""

from collections.abc import Sequence

from rich.text import Text

from cli.console import styled
from press.coverage import Edit


def diff_text(diff: Sequence[Edit]) -> Text:
    """The printed words, with what the statement said where the wording differs."""
    parts: list[str | tuple[str, str]] = []
    for edit in diff:
        if edit.kind in ("same", "style"):
            parts.append(edit.printed)
        elif edit.kind == "cut":
            left_out = edit.statement or edit.printed
            parts.append((f"(… {left_out})", "dim"))
        else:
            if edit.statement:
                parts.append((f"[-{edit.statement}-]", "red strike"))
            if edit.printed:
                parts.append((f"{{+{edit.printed}+}}", "green"))
    spaced: list[str | tuple[str, str]] = []
    for part in parts:
        if spaced:
            spaced.append(" ")
        spaced.append(part)
    return styled(*spaced)


RELATION_STYLE = {
    "verbatim": "bold green",
    "trimmed": "green",
    "elided": "cyan",
    "fragment": "cyan",
    "altered": "bold red",
    "paraphrase": "dim",
}

RELATION_MARK = {
    "verbatim": "=",
    "trimmed": "<",
    "elided": "~",
    "fragment": "/",
    "altered": "!",
    "paraphrase": "p",
}
"""One sign for each relation, for narrow cells; told in the legend beneath a matrix."""
