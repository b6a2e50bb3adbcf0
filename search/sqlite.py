"""The embedded engine: one SQLite file, for one machine.

One connection writes and looks up; every iterator reads one consistent state through a
connection of its own, so that a run can write while a report reads.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import RLock
from typing import Any, Self

import msgspec

from press.coverage import FIELDS, Analysis, Mention
from press.errors import IndexUnusable
from search import sqlite_query, sqlite_schema, sqlite_write
from search.index import Batch, Hit, Link, UrlState
from search.query import Query
from search.sqlite_schema import translated
from search.sqlite_write import decode_analysis, decode_mention

_decode_url = msgspec.json.Decoder(UrlState).decode
_decode_mentions = msgspec.json.Decoder(list[Mention]).decode
_decode_names = msgspec.json.Decoder(tuple[str, ...]).decode

_MENTIONS = (
    "(SELECT '[' || group_concat(CAST(m.record AS TEXT), ',') || ']' FROM mentions m"
    " WHERE m.article = articles.id)"
)
"""The mentions of a row of `articles` as a JSON array, in any order; null if it has none."""


class SqliteIndex:
    """The index in an SQLite file; see `search.index.Index` for what it promises."""

    def __init__(self, url: str, path: Path, db: sqlite3.Connection, busy_seconds: float) -> None:
        self.url = url
        self._path = path
        self._db = db
        self._busy_seconds = busy_seconds
        self._lock = RLock()

    @classmethod
    def open(
        cls,
        url: str,
        path: Path,
        *,
        create: bool = True,
        busy_seconds: float = sqlite_schema.BUSY_SECONDS,
    ) -> Self:
        """Open the file, or make it if `create`.

        Raises `IndexUnusable` when there is none, or when it cannot serve; `IndexUnavailable`
        when another process holds it for longer than `busy_seconds`.
        """
        if not create and not path.exists():
            raise IndexUnusable(f"{path}: there is no index here yet: `pickup run` makes it")
        if not path.parent.is_dir():
            raise IndexUnusable(f"{path}: the folder {path.parent} does not exist: make it first")
        if path.is_dir():
            raise IndexUnusable(f"{path} is a folder: name a file in it")
        with translated(path):
            db = sqlite_schema.connect(path, busy_seconds=busy_seconds)
            try:
                sqlite_schema.prepare(db, path)
            except BaseException:
                db.close()
                raise
        return cls(url, path, db, busy_seconds)

    def write(self, batch: Batch) -> None:
        with self._lock, translated(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                sqlite_write.write(self._db, batch)
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        with self._lock, translated(self._path):
            self._db.close()

    # the ledger

    def url_states(self, urls: Collection[str]) -> dict[str, UrlState]:
        rows = self._rows(
            "SELECT record FROM urls WHERE url IN (SELECT value FROM json_each(?)) ORDER BY url",
            _listed(urls),
        )
        return {state.url: state for state in (_decode_url(record) for (record,) in rows)}

    def pending(self) -> Iterator[UrlState]:
        for (record,) in self._stream("SELECT record FROM urls WHERE pending ORDER BY url"):
            yield _decode_url(record)

    def ledger(self, *, run: str | None = None) -> Iterator[UrlState]:
        for (record,) in self._stream(
            "SELECT record FROM urls WHERE ?1 IS NULL OR run = ?1 ORDER BY url", run
        ):
            yield _decode_url(record)

    def article_urls(self, canonical_urls: Collection[str]) -> dict[str, tuple[UrlState, ...]]:
        rows = self._rows(
            "SELECT article, record FROM urls"
            " WHERE article IN (SELECT value FROM json_each(?)) ORDER BY article, url",
            _listed(canonical_urls),
        )
        return {
            article: tuple(_decode_url(record) for _, record in of_article)
            for article, of_article in groupby(rows, key=itemgetter(0))
        }

    def fact(self, name: str) -> str | None:
        rows = self._rows("SELECT value FROM facts WHERE name = ?", name)
        return rows[0][0] if rows else None

    # questions

    def hits(self, query: Query, *, scored: bool = False) -> Iterator[Hit]:
        where = sqlite_query.condition(query.root)
        words = query.words() if scored else frozenset()
        score, join, parameters = "0.0", "", where.parameters
        if words:
            score = "coalesce(-r.rank, 0.0)"
            join = (
                "LEFT JOIN (SELECT rowid AS id, bm25(mention_text) AS rank FROM mention_text"
                " WHERE mention_text MATCH ?) r ON r.id = m.id"
            )
            parameters = (sqlite_query.any_word(words), *parameters)
        rows = self._stream(
            f"""SELECT m.name, a.url, m.outlet, m.date, coalesce(c.root, m.name),
                coalesce(s.root, a.url), m.place, m.kind, m.speaker, m.language, a.tier,
                a.own_site, a.release_of, m.statements, m.relations, {score}
            FROM mentions m JOIN articles a ON a.id = m.article
            LEFT JOIN clusters c ON c.mention = m.id
            LEFT JOIN stories s ON s.article = a.id {join}
            WHERE {where.sql} ORDER BY m.name""",  # noqa: S608
            *parameters,
        )
        for row in rows:
            yield Hit(
                id=row[0],
                article=row[1],
                outlet=row[2],
                date=row[3],
                cluster=row[4],
                story=row[5],
                where=FIELDS[row[6]],
                kind=row[7],
                speaker=row[8],
                language=row[9],
                tier=row[10],
                own_site=bool(row[11]),
                release_of=row[12],
                statements=_decode_names(row[13]),
                relations=_decode_names(row[14]),  # type: ignore[arg-type]
                score=row[15],
            )

    # articles and mentions

    def article(self, canonical_url: str) -> Analysis | None:
        rows = self._rows(
            f"SELECT record, {_MENTIONS} FROM articles WHERE url = ?",  # noqa: S608
            canonical_url,
        )
        return _analysis(*rows[0]) if rows else None

    def articles(self, *, on_topic: bool | None = True) -> Iterator[Analysis]:
        for row in self._stream(
            f"SELECT record, {_MENTIONS} FROM articles"  # noqa: S608
            " WHERE ?1 IS NULL OR on_topic = ?1 ORDER BY url",
            on_topic,
        ):
            yield _analysis(*row)

    def mentions(self) -> Iterator[Mention]:
        for (record,) in self._stream(
            "SELECT m.record FROM articles a JOIN mentions m ON m.article = a.id"
            " ORDER BY a.url, m.place, m.start, m.stop, m.name"
        ):
            yield decode_mention(record)

    def counts(self) -> dict[str, int]:
        rows = self._rows(
            "SELECT (SELECT count(*) FROM articles WHERE on_topic),"
            " (SELECT count(*) FROM mentions),"
            " (SELECT count(DISTINCT coalesce(root, name)) FROM mentions m"
            "   LEFT JOIN clusters c ON c.mention = m.id),"
            " (SELECT count(DISTINCT coalesce(root, url)) FROM articles a"
            "   LEFT JOIN stories s ON s.article = a.id WHERE on_topic),"
            " (SELECT count(*) FROM articles WHERE NOT on_topic), (SELECT count(*) FROM urls)"
        )
        names = ("articles", "mentions", "clusters", "stories", "off_topic", "urls")
        return dict(zip(names, rows[0], strict=True))

    # candidates for pipelines.clusters and pipelines.stories

    def mentions_by_id(self, ids: Collection[str]) -> dict[str, Mention]:
        rows = self._rows(
            "SELECT record FROM mentions WHERE name IN (SELECT value FROM json_each(?))"
            " ORDER BY name",
            _listed(ids),
        )
        return {mention.id: mention for mention in (decode_mention(record) for (record,) in rows)}

    def mentions_sharing(self, keys: Collection[str]) -> Iterator[Mention]:
        rows = self._rows(
            "SELECT record FROM mentions WHERE id IN (SELECT mention FROM mention_keys"
            " WHERE key IN (SELECT value FROM json_each(?))) ORDER BY name",
            _listed(keys),
        )
        for (record,) in rows:
            yield decode_mention(record)

    def articles_sharing(self, keys: Collection[str]) -> Iterator[Analysis]:
        rows = self._rows(
            f"SELECT record, {_MENTIONS} FROM articles WHERE id IN ("  # noqa: S608
            "SELECT article FROM article_keys WHERE key IN (SELECT value FROM json_each(?)))"
            " ORDER BY url",
            _listed(keys),
        )
        for row in rows:
            yield _analysis(*row)

    def cluster_links(self, ids: Collection[str] | None = None) -> dict[str, Link]:
        return self._links(_CLUSTERS, "name", ids)

    def cluster_children(self, ids: Collection[str]) -> dict[str, Link]:
        return self._links(_CLUSTERS, "parent", ids)

    def story_links(self, ids: Collection[str] | None = None) -> dict[str, Link]:
        return self._links(_STORIES, "url", ids)

    def story_children(self, ids: Collection[str]) -> dict[str, Link]:
        return self._links(_STORIES, "parent", ids)

    def unlinked(self) -> tuple[list[str], list[str]]:
        mentions = self._rows("SELECT name FROM mentions WHERE due ORDER BY name")
        articles = self._rows("SELECT url FROM articles WHERE due ORDER BY url")
        return [name for (name,) in mentions], [url for (url,) in articles]

    def _links(self, select: str, column: str, ids: Collection[str] | None) -> dict[str, Link]:
        if ids is None:
            rows = self._rows(f"{select} ORDER BY 1")
        else:
            wanted = f"{select} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY 1"  # noqa: S608
            rows = self._rows(wanted, _listed(ids))
        return {
            row[0]: Link(id=row[0], parent=row[1], root=row[2], similarity=row[3]) for row in rows
        }

    def _rows(self, sql: str, *parameters: object) -> list[Any]:
        with self._lock, translated(self._path):
            return self._db.execute(sql, parameters).fetchall()

    def _stream(self, sql: str, *parameters: object) -> Iterator[Any]:
        """The rows, read one by one through a connection of its own."""
        with (
            translated(self._path),
            closing(
                sqlite_schema.connect(self._path, busy_seconds=self._busy_seconds, read_only=True)
            ) as db,
        ):
            yield from db.execute(sql, parameters)


_CLUSTERS = (
    "SELECT m.name, c.parent, c.root, c.similarity FROM clusters c JOIN mentions m"
    " ON m.id = c.mention"
)
_STORIES = (
    "SELECT a.url, s.parent, s.root, s.similarity FROM stories s JOIN articles a"
    " ON a.id = s.article"
)


def _listed(values: Collection[str]) -> str:
    """One parameter for any number of values."""
    return msgspec.json.encode(sorted(set(values))).decode()


def _analysis(record: bytes, mentions: str | None) -> Analysis:
    analysis = decode_analysis(record)
    if mentions is None:
        return analysis
    return msgspec.structs.replace(
        analysis, mentions=tuple(sorted(_decode_mentions(mentions), key=_place))
    )


def _place(mention: Mention) -> tuple[int, int, int, str]:
    return FIELDS.index(mention.where), mention.start, mention.end, mention.id
