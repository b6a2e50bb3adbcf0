"""What the demo press serves: `press/site.toml` and its templates, read into routes.

Every outlet has its own port, so addresses are only known once the server listens; a route's
bytes are therefore made from its template by `Site.content` and not before.
"""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

HOME = Path(__file__).parent / "press"


class Route(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One path of an outlet. Just one of `file`, `hex`, `redirect` and `status` says what it is."""

    file: str | None = None
    hex: str | None = None
    """The body itself, for what no text editor writes."""
    redirect: str | None = None
    status: int = 200
    type: str = "text/html; charset=utf-8"
    charset: str = "utf-8"
    """In which the body is encoded, whatever `type` claims."""
    gzip: bool = False


class Announced(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source of the campaign file."""

    kind: str
    path: str


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outlet of the demo press."""

    id: str
    name: str
    tier: int
    routes: dict[str, Route]
    sources: list[Announced]
    own_site: bool = False
    robots: str = "User-agent: *\nDisallow:\n"


class Site:
    """All outlets and what they print."""

    def __init__(self, home: Path = HOME) -> None:
        self.home = home
        written = tomllib.loads((home / "site.toml").read_text(encoding="utf-8"))
        self.papers = msgspec.convert(written["outlets"], list[Paper])

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(self.home),
            autoescape=select_autoescape(["html", "xml"]),
            keep_trailing_newline=True,
        )

    def content(self, paper: Paper, path: str, base: Mapping[str, str]) -> bytes:
        """The body of one route, with `base` the outlets' addresses."""
        route = paper.routes[path]
        if route.hex is not None:
            return bytes.fromhex(route.hex)
        if route.file is None:
            return f"{route.status}\n".encode()
        values: dict[str, Any] = {
            "outlet": paper.name,
            "here": base[paper.id],
            "base": base,
            "path": path,
            "charset": "utf-8" if route.charset == "utf-8" else "iso-8859-1",
            "letter_paragraphs": self.statement("letter").split("\n\n"),
        }
        return self._templates.get_template(route.file).render(values).encode(route.charset)

    def statement(self, name: str) -> str:
        """The text of a statement of the campaign."""
        return (self.home / "statements" / f"{name}.txt").read_text(encoding="utf-8").strip()

    def campaign(self, folder: Path, base: Mapping[str, str]) -> Path:
        """Write the campaign file and its statements into `folder`; returns the file."""
        (folder / "statements").mkdir(parents=True, exist_ok=True)
        for source in sorted((self.home / "statements").iterdir()):
            (folder / "statements" / source.name).write_bytes(source.read_bytes())
        template = Environment(
            loader=FileSystemLoader(self.home),
            autoescape=False,  # noqa: S701 - writes TOML from files of this package
            undefined=StrictUndefined,
            keep_trailing_newline=True,
        ).get_template("campaign.toml")
        sources = [
            {"kind": s.kind, "path": s.path, "outlet": paper}
            for paper in self.papers
            for s in paper.sources
        ]
        file = folder / "campaign.toml"
        file.write_text(
            template.render(outlets=self.papers, sources=sources, base=base), encoding="utf-8"
        )
        return file
