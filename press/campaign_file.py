"""Reads a campaign file: TOML in, a checked `Campaign` with its statements' lines out.

Every mistake is collected and told at once, one line each, as
``file:line:column: what is wrong; what was meant``. Each table is checked for itself, so that one
wrong outlet hides no wrong source; what concerns several tables (double ids, unknown outlets) is
checked last, among those that are right in themselves.
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import regex
from pydantic import ValidationError

from press.campaign import Campaign, Model, Outlet, Source, Statement
from press.campaign_checks import StatementEntry, cross_checks, explain
from press.errors import CampaignError
from press.statement_file import read_statement
from press.statement_text import parse
from press.toml_places import KeyPath, Place, Places

M = TypeVar("M", bound=Model)

_POSITION = regex.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load(path: Path | str) -> Campaign:
    """Read the campaign file at `path` and the statements it names, relative to it.

    Raises CampaignError with all mistakes, one a line.
    """
    path = Path(path)
    return _Reader(path, _read(path)).campaign()


def index_url(
    campaign_path: Path | str,
    campaign: Campaign,
    option: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> str:
    """The URL of the index to use.

    In order: `option`, PICKUP_INDEX in `environ` (by default the process's own), the campaign
    file's `index`, an SQLite file beside the campaign file. A relative SQLite path in the campaign
    file starts from its folder, one given by hand from the working directory.
    """
    given = option or (os.environ if environ is None else environ).get("PICKUP_INDEX")
    if given:
        return given
    campaign_path = Path(campaign_path).absolute()
    named = campaign.index or f"sqlite:///{campaign_path.stem}.db"
    scheme, _, file = named.partition(":///")
    if scheme != "sqlite" or not file or file == ":memory:":
        return named
    return f"sqlite:///{campaign_path.parent / file}"


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CampaignError(
            f"{path}: there is no such file; `pickup init {path}` writes one"
        ) from None
    except IsADirectoryError:
        raise CampaignError(f"{path}: is a folder; name the campaign file in it") from None
    except OSError as error:
        raise CampaignError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise CampaignError(
            f"{path}:{line}:{column}: no UTF-8 text; save the file in UTF-8"
        ) from None


class _Reader:
    """Reads one campaign file and gathers its mistakes."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._mistakes: list[tuple[Place, str]] = []
        try:
            self._data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._fail_syntax(text, str(error))
        self._places = Places(text)

    def campaign(self) -> Campaign:
        tables: dict[str, Any] = {"statements": [], "outlets": [], "sources": []}
        whole = {k: v for k, v in self._data.items() if k not in tables}
        top = self._checked(Campaign, whole, (), known=set(tables))
        outlets = dict(self._tables("outlets", Outlet))
        sources = dict(self._tables("sources", Source))
        entries = dict(self._tables("statements", StatementEntry))
        for key, at_key, message in cross_checks(self._data, outlets, sources, entries):
            self._mistake(key, message, at_key=at_key)
        statements = [self._statement(key, entry) for key, entry in entries.items()]
        if self._mistakes or top is None:
            raise CampaignError(
                "\n".join(
                    f"{self._path}:{place.line}:{place.column}: {message}"
                    for place, message in sorted(set(self._mistakes))
                )
            )
        return top.model_copy(
            update={
                "statements": tuple(s for s in statements if s is not None),
                "outlets": tuple(outlets.values()),
                "sources": tuple(_with_outlet(s, outlets) for s in sources.values()),
            }
        )

    def _mistake(self, key: KeyPath, message: str, *, at_key: bool = False) -> None:
        find: Callable[[KeyPath], Place] = self._places.key if at_key else self._places.value
        self._mistakes.append((find(key), message))

    def _checked(
        self, model: type[M], table: object, key: KeyPath, known: set[str] | None = None
    ) -> M | None:
        try:
            return model.model_validate(table)
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                found, at_key, message = explain(problem, model, known or set())
                self._mistake((*key, *found), message, at_key=at_key)
            return None

    def _tables(self, name: str, model: type[M]) -> Iterator[tuple[KeyPath, M]]:
        tables = self._data.get(name, [])
        if isinstance(tables, dict):
            self._mistake((name,), f"[{name}] should be [[{name}]], once for each", at_key=True)
            return
        if not isinstance(tables, list):
            self._mistake((name,), f"{name} should be tables that begin with [[{name}]]")
            return
        for index, table in enumerate(tables):
            checked = self._checked(model, table, (name, index))
            if checked is not None:
                yield (name, index), checked

    def _statement(self, key: KeyPath, entry: StatementEntry) -> Statement | None:
        try:
            if entry.text is not None:
                field, text = "text", parse(entry.text, title=entry.title)
            elif entry.path is not None:
                field = "path"
                text = read_statement(self._path.parent / entry.path, title=entry.title)
            else:
                return None
        except CampaignError as error:
            self._mistake((*key, "path"), str(error))
            return None
        if not text.lines:
            self._mistake((*key, field), "the statement has no line; give its text")
            return None
        return Statement(
            id=entry.id,
            title=entry.title,
            date=entry.date,
            author=entry.author,
            lines=text.lines,
            signatories=text.signatories,
            notes=text.notes,
        )

    def _fail_syntax(self, text: str, message: str) -> NoReturn:
        found = _POSITION.search(message)
        if found and found[1]:
            line, column = int(found[1]), int(found[2])
        else:
            line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
        what = _POSITION.sub("", message)
        what = what[:1].lower() + what[1:]
        raise CampaignError(f"{self._path}:{line}:{column}: not valid TOML: {what}") from None


def _with_outlet(source: Source, outlets: Mapping[KeyPath, Outlet]) -> Source:
    """Name the outlet exactly as its table does."""
    if source.outlet is None:
        return source
    wanted = " ".join(source.outlet.casefold().split())
    names = {" ".join(o.name.casefold().split()): o.name for o in outlets.values()}
    return source.model_copy(update={"outlet": names.get(wanted, source.outlet)})
