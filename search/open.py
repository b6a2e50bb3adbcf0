"""From an index's URL to the index: the only place that knows which engines there are."""

from collections.abc import Callable
from pathlib import Path

from press.errors import IndexUnusable
from search.index import Index


def open_index(url: str, *, create: bool = True) -> Index:
    """The index that `url` names, made first if `create` and it is not there yet.

    ``sqlite:///pickup.db`` is a file in the working folder, ``sqlite:////srv/pickup.db`` an
    absolute path. Raises `IndexUnusable` or `IndexUnavailable`.
    """
    scheme, separator, rest = url.partition("://")
    engine = _ENGINES.get(scheme) if separator else None
    if engine is None:
        raise IndexUnusable(
            f"{url}: no index can be opened by this URL: write sqlite:///pickup.db for a file in "
            "the working folder, sqlite:////folder/pickup.db for an absolute path"
        )
    return engine(url, rest, create)


def _sqlite(url: str, rest: str, create: bool) -> Index:
    from search.sqlite import SqliteIndex

    if not rest.startswith("/") or not rest.strip("/"):
        raise IndexUnusable(
            f"{url}: three slashes and a path name a file: sqlite:///pickup.db in the working "
            "folder, or four for an absolute path: sqlite:////folder/pickup.db"
        )
    return SqliteIndex.open(url, Path(rest[1:]), create=create)


_ENGINES: dict[str, Callable[[str, str, bool], Index]] = {"sqlite": _sqlite}
