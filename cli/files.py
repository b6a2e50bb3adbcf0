"""Articles from files on this machine: saved pages and clippings."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pipelines import clippings, extract
from pipelines.dates import iso
from press.coverage import Article, Hints, Page, PrintedDate, Rejected
from press.errors import UsageError

PAGES = frozenset({".html", ".htm", ".xhtml"})
TEXTS = frozenset({".txt", ".md"})


def is_url(target: str) -> bool:
    """Whether a command line's word names a page on the web."""
    return target.lower().startswith(("http://", "https://"))


def found(targets: Iterable[str]) -> Iterator[Path]:
    """The files that these files and folders hold, each folder in order of name.

    Raises `UsageError` for what is not there, cannot be read as coverage, or holds nothing.
    """
    for target in targets:
        path = Path(target)
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if p.suffix.lower() in PAGES | TEXTS]
            if not inside:
                raise UsageError(f"{path}: no .html or .txt file in this folder")
            yield from inside
        elif not path.exists():
            hint = "; a web address starts with https://" if "." in target else ""
            raise UsageError(f"{path}: no such file or folder{hint}")
        elif path.suffix.lower() not in PAGES | TEXTS:
            raise UsageError(f"{path}: a clipping is an .html or .txt file")
        else:
            yield path


def checked_date(date: str | None) -> str | None:
    """`--date` as ISO 8601; raises `UsageError` when it is none."""
    if date is None:
        return None
    stated = iso(date)
    if stated is None:
        raise UsageError(f"--date {date}: not a date; write it as 2024-03-12")
    return stated


def read(path: Path, *, outlet: str | None = None, date: str | None = None) -> Article | Rejected:
    """The article in `path`; `outlet` and `date` (ISO 8601) overrule what it says of itself.

    Raises `UsageError` when the file cannot be read.
    """
    hints = Hints(published=date, source="user") if date else None
    try:
        if path.suffix.lower() in TEXTS:
            article = clippings.read(path, outlet=outlet, hints=hints)
        else:
            url = path.resolve().as_uri()
            article = extract.extract(
                Page(
                    requested_url=url,
                    url=url,
                    status=200,
                    body=path.read_bytes(),
                    fetched_at=datetime.now(UTC),
                ),
                hints=hints,
            )
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}") from None
    if isinstance(article, Rejected):
        return article
    if date:
        article = msgspec.structs.replace(article, published=PrintedDate(value=date, source="user"))
    return msgspec.structs.replace(article, outlet=outlet) if outlet else article
