"""The SQLite file: its tables, how it is opened, and what its errors mean to the user.

Migrations are append-only; each runs in one transaction with the version it leads to. A file
that a newer version wrote, that another program made, or that is damaged is refused.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from press.errors import IndexUnavailable, IndexUnusable

APPLICATION_ID = 0x5069636B
"""``Pick``, in the file's header: tells an index from other programs' SQLite files."""

BUSY_SECONDS = 30.0
"""How long to wait for another process; a batch of 50 articles is written in 0.1 s."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL UNIQUE,
            on_topic INTEGER NOT NULL,
            tier INTEGER,
            own_site INTEGER NOT NULL,
            release_of TEXT,
            record BLOB NOT NULL, -- Analysis as JSON; its mentions are in their table if on topic
            due INTEGER NOT NULL -- its story is to be decided
        )""",
        "CREATE INDEX articles_due ON articles (url) WHERE due",
        """CREATE TABLE article_keys (
            key TEXT NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (key, article)
        ) WITHOUT ROWID""",
        """CREATE TABLE stories (
            article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
            parent TEXT, root TEXT NOT NULL, similarity REAL NOT NULL
        )""",
        "CREATE INDEX stories_parent ON stories (parent) WHERE parent IS NOT NULL",
        """CREATE TABLE mentions (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE, -- Mention.id
            article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
            place INTEGER NOT NULL, -- of its field in FIELDS
            start INTEGER NOT NULL,
            stop INTEGER NOT NULL,
            outlet TEXT NOT NULL,
            date TEXT NOT NULL,
            speaker TEXT,
            kind TEXT NOT NULL,
            language TEXT,
            statements TEXT NOT NULL, -- JSON array
            relations TEXT NOT NULL, -- JSON array
            record BLOB NOT NULL, -- Mention as JSON
            due INTEGER NOT NULL -- its cluster is to be decided
        )""",
        "CREATE INDEX mentions_article ON mentions (article, place, start, stop, name)",
        "CREATE INDEX mentions_due ON mentions (name) WHERE due",
        """CREATE TABLE mention_keys (
            key TEXT NOT NULL, mention INTEGER NOT NULL, PRIMARY KEY (key, mention)
        ) WITHOUT ROWID""",
        """CREATE TABLE mention_values (
            field TEXT NOT NULL, value TEXT NOT NULL, mention INTEGER NOT NULL,
            PRIMARY KEY (field, value, mention)
        ) WITHOUT ROWID""",
        """CREATE TABLE clusters (
            mention INTEGER PRIMARY KEY REFERENCES mentions ON DELETE CASCADE,
            parent TEXT, root TEXT NOT NULL, similarity REAL NOT NULL
        )""",
        "CREATE INDEX clusters_parent ON clusters (parent) WHERE parent IS NOT NULL",
        # The columns hold `search.words.line`: every character but a space belongs to a word.
        """CREATE VIRTUAL TABLE mention_text USING fts5 (
            text, speaker, outlet,
            tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
        )""",
        """CREATE TABLE urls (
            url TEXT PRIMARY KEY, pending INTEGER NOT NULL, run TEXT,
            article TEXT, -- UrlState.canonical_url
            record BLOB NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX urls_pending ON urls (url) WHERE pending",
        "CREATE INDEX urls_run ON urls (run, url)",
        "CREATE INDEX urls_article ON urls (article, url) WHERE article IS NOT NULL",
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    ),
)


def connect(path: Path, *, busy_seconds: float, read_only: bool = False) -> sqlite3.Connection:
    """A connection with the settings that all of ours have; `translated` errors are the caller's.

    WAL lets searches read while a run writes. With it, synchronous=NORMAL loses nothing when a
    process is killed and never corrupts; a power cut can undo the last batches whole, articles
    and ledger alike, and the next run does them again.
    """
    db = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        if read_only:
            db.execute("PRAGMA query_only = ON")
    except BaseException:
        db.close()
        raise
    return db


def prepare(db: sqlite3.Connection, path: Path) -> None:
    """Check that the file is ours and bring it up to date.

    Raises `IndexUnusable` for a newer version's file or another program's.
    """
    if _version(db, path) < len(MIGRATIONS):
        db.execute("PRAGMA journal_mode = WAL")
        migrate(db, path)


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Run the migrations that the file lacks; two processes may call this at once."""
    for number, statements in enumerate(MIGRATIONS, start=1):
        db.execute("BEGIN IMMEDIATE")
        try:
            if _version(db, path) < number:
                for statement in statements:
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise


def _version(db: sqlite3.Connection, path: Path) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    application: int = db.execute("PRAGMA application_id").fetchone()[0]
    empty = db.execute("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)").fetchone()[0]
    if application != APPLICATION_ID and not empty:
        raise IndexUnusable(
            f"{path} is another program's SQLite file, not an index of Pickup: name another file"
        )
    if version > len(MIGRATIONS):
        raise IndexUnusable(
            f"{path} was written by a newer version of Pickup (index version {version}, this one "
            f"knows {len(MIGRATIONS)}): update Pickup"
        )
    return version


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise SQLite's errors that a user can act on as ours, with the path and what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        meaning = _MEANINGS.get(code & 0xFF) if code is not None else None
        if meaning is None:
            raise
        kind, advice = meaning
        raise kind(f"{path}: {advice} ({error})") from error


_MEANINGS: dict[int, tuple[type[IndexUnavailable | IndexUnusable], str]] = {
    sqlite3.SQLITE_BUSY: (
        IndexUnavailable,
        "another process is writing to this index: try again when it has ended",
    ),
    sqlite3.SQLITE_LOCKED: (
        IndexUnavailable,
        "another process is writing to this index: try again when it has ended",
    ),
    sqlite3.SQLITE_FULL: (IndexUnavailable, "the disk is full: make room and run again"),
    sqlite3.SQLITE_IOERR: (IndexUnavailable, "reading or writing failed: check the disk"),
    sqlite3.SQLITE_NOTADB: (
        IndexUnusable,
        "not an SQLite file: name another, or move it away and run again to build a new index",
    ),
    sqlite3.SQLITE_CORRUPT: (
        IndexUnusable,
        "the index is damaged: restore it from a backup, or move it away and run again",
    ),
    sqlite3.SQLITE_READONLY: (
        IndexUnusable,
        "the index cannot be written: allow writing to the file and its folder",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        IndexUnusable,
        "the index cannot be opened: check that the folder exists and can be written",
    ),
    sqlite3.SQLITE_PERM: (
        IndexUnusable,
        "the index cannot be opened: check the file's permissions",
    ),
}
