"""The page of `pickup report --html`: one file that needs no network and no script.

Everything that strangers wrote goes through Jinja's escaping; links are only made of http and
https addresses. What colour tells is told by a sign and a word too.
"""

from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from press.coverage import Relation
from search.pickups import CoverageReport, Pickup
from web import charts

SIGNS: dict[Relation, str] = {
    "verbatim": "●",
    "elided": "◍",
    "trimmed": "◐",
    "fragment": "◔",
    "altered": "▲",
    "paraphrase": "◇",
}
MEANINGS: dict[Relation, str] = {
    "verbatim": "the whole line, word for word",
    "elided": "words left out inside, and marked",
    "trimmed": "words left off an end",
    "fragment": "some of its words inside the outlet’s own sentence",
    "altered": "words changed, added or dropped without a mark",
    "paraphrase": "the same in other words",
}
COVERAGE = {"earned": "", "release": "release copy", "own": "own site"}


def page(report: CoverageReport) -> str:
    """The report as one HTML document."""
    template = _environment().get_template("report.html")
    return template.render(
        report=report,
        rows={s.statement: _rows(report, s.statement) for s in report.statements},
        chart=Markup(charts.timeline(report.timeline)),  # noqa: S704 - drawn by us, dates only
        signs=SIGNS,
        meanings=MEANINGS,
        coverage=COVERAGE,
    )


def _rows(report: CoverageReport, statement: str) -> list[tuple[str, str, str, dict[int, Pickup]]]:
    """Outlet, kind of coverage, first seen, and its pickups by line; earned coverage first."""
    cells: dict[tuple[int, str], dict[int, Pickup]] = {}
    kinds = list(COVERAGE)
    for pickup in report.pickups:
        if pickup.statement == statement:
            key = (kinds.index(pickup.coverage), pickup.outlet)
            cells.setdefault(key, {})[pickup.line] = pickup
    return [
        (outlet, kinds[kind], min(p.first_seen for p in of.values())[:10], of)
        for (kind, outlet), of in sorted(cells.items())
    ]


def safe_link(url: str) -> str:
    """`url` when a browser may follow it, else nothing."""
    return url if urlsplit(url).scheme in ("http", "https") else ""


@cache
def _environment() -> Environment:
    from jinja2 import FunctionLoader

    def load(name: str) -> str:
        return files("web").joinpath("templates", name).read_text(encoding="utf-8")

    environment = Environment(
        loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["link"] = safe_link
    return environment
