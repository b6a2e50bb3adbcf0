"""What a campaign file must say beyond its types, and how a mistake in it is put in words."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import regex
from pydantic import BaseModel
from pydantic_core import ErrorDetails
from rapidfuzz import process

from press.campaign import Model, Outlet, Source
from press.outlets import split_host
from press.toml_places import KeyPath
from press.urls import clean

Mistake = tuple[KeyPath, bool, str]
"""Where (True: at the key, False: at the value), and what."""

HINT_SIMILARITY = 60.0
"""rapidfuzz's ratio; `topc`/`topic` has 89, `host`/`hosts` 89, `url`/`title` 25."""

INDEX_SCHEMES = ("sqlite", "elasticsearch", "http", "https")

_ID = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LANGUAGE = regex.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_CONTACT = regex.compile(
    r"(?:mailto:)?[^@\s]+@[^@\s]+\.[^@\s]+|https?://[^\s/]+\S*", regex.IGNORECASE
)


class StatementEntry(Model):
    """A statement as the campaign file gives it: in a file, or inline."""

    id: str
    title: str
    date: datetime.date | None = None
    author: str | None = None
    path: str | None = None
    text: str | None = None


def explain(problem: ErrorDetails, model: type[BaseModel], known: set[str]) -> Mistake:
    """Put a pydantic error in words. `known` are keys of the same table checked elsewhere."""
    path: KeyPath = problem["loc"]
    name = str(path[-1]) if path else ""
    kind = problem["type"]
    if kind == "extra_forbidden":
        keys = {*_fields(model, path[:-1]), *(known if len(path) == 1 else ())}
        return path, True, f"unknown key {name!r}; {hint(name, keys)}"
    if kind == "missing":
        return path[:-1], True, f"the key {name!r} is missing"
    if kind in ("model_type", "dict_type"):
        table = name or "this"
        return path, False, f"{table} should be a table of keys and values"
    given = problem["input"]
    label = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    message = problem["msg"].replace("Input should", "should").replace("Value error, ", "")
    if kind.startswith(("date", "datetime")):
        message = "should be a date such as 2018-06-18"
    elif kind == "tuple_type":
        message = "should be a list in brackets"
    return path, False, f"{label} {message}, not {_shown(given)}"


def hint(name: str, known: set[str] | list[str]) -> str:
    """The nearest of `known`, or all of them."""
    found = process.extractOne(name.lower(), sorted(known), score_cutoff=HINT_SIMILARITY)
    if found is not None:
        return f"did you mean {found[0]!r}?"
    return "known here: " + ", ".join(sorted(known)) if known else "none is known here"


def cross_checks(
    data: Mapping[str, Any],
    outlets: Mapping[KeyPath, Outlet],
    sources: Mapping[KeyPath, Source],
    statements: Mapping[KeyPath, StatementEntry],
) -> Iterator[Mistake]:
    """The mistakes that types do not show."""
    yield from _check_top(data)
    yield from _check_outlets(outlets)
    yield from _check_sources(sources, _outlet_names(data))
    yield from _check_statements(statements)


def _check_top(data: Mapping[str, Any]) -> Iterator[Mistake]:
    name, contact = data.get("name"), data.get("contact")
    if isinstance(name, str) and not name.strip():
        yield ("name",), False, "name is empty; give the campaign a name"
    if isinstance(contact, str) and not _CONTACT.fullmatch(contact.strip()):
        yield (
            ("contact",),
            False,
            f"contact should be an e-mail address or a URL for webmasters, not {_shown(contact)}",
        )
    language = data.get("language")
    if isinstance(language, str) and not _LANGUAGE.fullmatch(language.strip()):
        yield ("language",), False, f"language should be a code such as en, not {_shown(language)}"
    index = data.get("index")
    if isinstance(index, str) and index.strip().partition("://")[0] not in INDEX_SCHEMES:
        yield (
            ("index",),
            False,
            f"index should be a URL such as sqlite:///pickup.db, not {_shown(index)}",
        )


def _check_outlets(outlets: Mapping[KeyPath, Outlet]) -> Iterator[Mistake]:
    names: dict[str, str] = {}
    hosts: dict[tuple[str, int | None], str] = {}
    for key, outlet in outlets.items():
        folded = " ".join(outlet.name.casefold().split())
        if not folded:
            yield (*key, "name"), False, "name is empty; give the outlet a name"
        elif folded in names:
            yield (*key, "name"), False, f"there is an outlet {names[folded]!r} already"
        names.setdefault(folded, outlet.name)
        for n, entry in enumerate(outlet.hosts):
            place = (*key, "hosts", n)
            try:
                host = split_host(entry)
            except ValueError:
                yield place, False, f"{entry!r} is no host name; write it as in www.example.org"
                continue
            if host in hosts:
                yield place, False, f"the host {entry!r} belongs to {hosts[host]!r} already"
            hosts.setdefault(host, outlet.name)


def _outlet_names(data: Mapping[str, Any]) -> dict[str, str]:
    """The names of all outlets, of those with other mistakes too: one mistake, one line."""
    tables = data.get("outlets")
    names = (
        [t.get("name") for t in tables if isinstance(t, dict)] if isinstance(tables, list) else []
    )
    return {" ".join(n.casefold().split()): n for n in names if isinstance(n, str)}


def _check_sources(
    sources: Mapping[KeyPath, Source], names: Mapping[str, str]
) -> Iterator[Mistake]:
    seen: set[str] = set()
    for key, source in sources.items():
        try:
            url = clean(source.url)
        except ValueError as error:
            yield (*key, "url"), False, f"{error}; a source needs an http or https URL"
        else:
            if url in seen:
                yield (*key, "url"), False, f"the source {source.url!r} is listed already"
            seen.add(url)
        if source.outlet is None:
            continue
        if " ".join(source.outlet.casefold().split()) not in names:
            meant = hint(source.outlet, list(names.values()))
            yield (*key, "outlet"), False, f"there is no outlet {source.outlet!r}; {meant}"


def _check_statements(statements: Mapping[KeyPath, StatementEntry]) -> Iterator[Mistake]:
    seen: set[str] = set()
    for key, entry in statements.items():
        if not _ID.fullmatch(entry.id):
            yield (
                (*key, "id"),
                False,
                f"id should be letters, digits, '.', '_' and '-', not {_shown(entry.id)}",
            )
        if entry.id in seen:
            yield (*key, "id"), False, f"there is a statement {entry.id!r} already"
        seen.add(entry.id)
        if not entry.title:
            yield (*key, "title"), False, "title is empty; give the statement a title"
        if entry.path is None and entry.text is None:
            yield key, True, "the statement has neither path nor text; give one of them"
        elif entry.path is not None and entry.text is not None:
            yield (*key, "text"), True, "the statement has both path and text; give one of them"


def _fields(model: type[BaseModel], path: KeyPath) -> set[str]:
    for name in path:
        if isinstance(name, int):
            continue
        annotation = model.model_fields[name].annotation
        inner = [annotation, *get_args(annotation)]
        model = next(t for t in inner if isinstance(t, type) and issubclass(t, BaseModel))
    return set(model.model_fields)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
