"""The tables of a run and of its pickups, for a terminal of 80 columns or more.

A pickup matrix has a row an outlet and a column a line; what an outlet did to a line is one sign,
told by its shape as well as its colour. Long statements are folded into several tables.
"""

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from cli import console
from cli.diffs import RELATION_MARK, RELATION_STYLE, diff_text
from crawler.report import RunReport
from search.pickups import CoverageReport, Pickup, StatementReport

NAME_WIDTH = 22
NOTHING = "·"
SHOWN = 8
"""Rows of the longer lists; the rest is told as a number."""


def heading(text: str) -> None:
    """A heading with a blank line before it."""
    console.stdout().print(console.styled("\n", (text, "bold underline")))


def run_report(report: RunReport) -> None:
    """What became of every source and page of a run."""
    out = console.stdout()
    heading("Run")
    told = ", ".join(f"{n} {name}" for name, n in sorted(report.outcomes.items()))
    pages = f"{report.discovered} pages taken up"
    out.print(console.styled(f"{pages}: {told or 'nothing new'}"))
    if report.pending:
        out.print(console.styled((f"{report.pending} left for the next run", "yellow")))
    if report.known:
        out.print(console.styled(f"{report.known} known pages were not due again"))
    for source in report.sources:
        style = {"failed": "bold red", "unchanged": "dim"}.get(source.status, "green")
        detail = f", {source.detail}" if source.detail else ""
        numbers = f"  {source.entries} listed, {source.new} new{detail}"
        out.print(
            console.styled(
                (f"  {source.status:<10}", style),
                f"{source.kind:<8}{console.one_line(source.url)}",
                (console.one_line(numbers), "dim"),
            ),
            soft_wrap=True,
        )


def matrix(report: CoverageReport) -> None:
    """The pickup matrix of each statement, earned coverage first."""
    out = console.stdout()
    if not report.statements:
        out.print("The campaign file names no statement; nothing can be matched.")
    for statement in report.statements:
        heading(f"{statement.statement}: {statement.title}")
        numbers = f"{statement.outlets} outlets, {statement.stories} stories, "
        out.print(
            console.styled(f"Earned: {numbers}{statement.articles} articles", (_when(statement)))
        )
        pickups = [p for p in report.pickups if p.statement == statement.statement]
        if pickups:
            for lines in _folded([line.line for line in statement.lines]):
                out.print(_matrix(pickups, lines))
        unrun = [str(line.line) for line in statement.lines if not line.outlets]
        if unrun:
            out.print(console.styled((f"Run by nobody: {', '.join(unrun)}", "dim")))
    legend = "  ".join(f"{mark} {relation}" for relation, mark in RELATION_MARK.items())
    out.print(console.styled("\n", (legend, "dim")))


def _when(statement: StatementReport) -> tuple[str, str]:
    return (f"  (published {statement.date})" if statement.date else "", "dim")


def _folded(lines: Sequence[int]) -> Iterable[Sequence[int]]:
    width = console.stdout().width - NAME_WIDTH - 11
    step = max(1, width // 3)
    return (lines[i : i + step] for i in range(0, len(lines), step))


def _matrix(pickups: Sequence[Pickup], lines: Sequence[int]) -> Table:
    table = Table(box=None, padding=(0, 0), pad_edge=False, show_edge=False)
    table.add_column("outlet", width=NAME_WIDTH + 1, no_wrap=True)
    table.add_column("first seen", width=10, no_wrap=True)
    for line in lines:
        table.add_column(str(line), justify="right", width=3)
    rows: dict[tuple[int, str], dict[int, Pickup]] = {}
    order = {"earned": 0, "release": 1, "own": 2}
    for pickup in pickups:
        rows.setdefault((order[pickup.coverage], pickup.outlet), {})[pickup.line] = pickup
    for (kind, outlet), cells in sorted(rows.items()):
        note = ("", " (release)", " (own)")[kind]
        name = console.clipped(outlet, NAME_WIDTH - len(note) - 1) + note
        first = min(p.first_seen for p in cells.values())[:10]
        table.add_row(console.styled(name), first, *(_cell(cells.get(n)) for n in lines))
    return table


def _cell(pickup: Pickup | None) -> Text:
    if pickup is None:
        return Text(NOTHING, "dim")
    return Text(RELATION_MARK[pickup.relation], RELATION_STYLE[pickup.relation])


def alterations(report: CoverageReport) -> None:
    """Every altered wording as a word diff."""
    out = console.stdout()
    heading(f"Alterations: {len(report.alterations)}")
    for alteration in report.alterations[:SHOWN]:
        out.print(console.styled((f"{alteration.statement}, line {alteration.line}", "bold")))
        out.print(console.styled("  ") + diff_text(alteration.diff))
        for printing in alteration.printings:
            who = f", credited to {printing.speaker}" if printing.speaker else ""
            own = "" if printing.coverage == "earned" else f" ({printing.coverage})"
            told = console.one_line(f"{printing.outlet}{own}, {printing.date[:10]}{who}")
            out.print(console.styled((f"    {told}", "dim")))
    _more(len(report.alterations))


def stories(report: CoverageReport) -> None:
    """Stories that were run more than once, and quotes that recur without a statement."""
    out = console.stdout()
    heading(f"Stories with copies: {len(report.stories)}")
    for story in report.stories[:SHOWN]:
        outlets = ", ".join(dict.fromkeys(c.outlet for c in story.copies))
        told = console.one_line(f"{story.original.outlet}; copied by {outlets}")
        out.print(
            console.styled(
                (console.one_line(story.original.title or story.original.article), "bold"),
                f"\n  {told}",
            )
        )
    _more(len(report.stories))
    heading(f"Recurring quotes from no statement: {len(report.recurring)}")
    for quote in report.recurring[:SHOWN]:
        who = ", ".join(quote.speakers) or "nobody named"
        out.print(console.styled(f"“{console.clipped(quote.text, 150)}”"))
        out.print(console.styled((console.one_line(f"  {who}: {', '.join(quote.outlets)}"), "dim")))
    _more(len(report.recurring))


def timeline(report: CoverageReport) -> None:
    """Earned coverage day by day."""
    out = console.stdout()
    heading("Timeline of earned coverage")
    for day in report.timeline:
        bar = "█" * min(day.articles, 30)
        numbers = f"{day.articles} articles, {day.stories} stories"
        outlets = console.clipped(", ".join(day.outlets), 200)
        out.print(console.styled(f"{day.date}  ", (bar, "cyan"), f" {numbers}: {outlets}"))
    if not report.timeline:
        out.print("No earned coverage of a statement yet.")


def outcomes(report: CoverageReport) -> None:
    """What became of every URL that was ever discovered."""
    heading("Pages discovered so far")
    told = ", ".join(f"{n} {name}" for name, n in report.outcomes.items())
    total = sum(report.outcomes.values())
    console.stdout().print(console.styled(f"{total}: {told or 'none'}"))


def _more(count: int) -> None:
    if count > SHOWN:
        more = f"{count - SHOWN} more: pickup report CAMPAIGN --json"
        console.stdout().print(console.styled((more, "dim")))
