"""Writing a batch into SQLite: what an article replaces, and whose links must be decided again.

All functions run inside the caller's transaction.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from press.coverage import FIELDS, Analysis, Mention, Relation
from search.evaluate import statement_values
from search.index import Batch, Link
from search.words import line

encode = msgspec.json.encode
decode_analysis = msgspec.json.Decoder(Analysis).decode
decode_mention = msgspec.json.Decoder(Mention).decode


class _Forest(NamedTuple):
    """The tables of clusters or of stories."""

    links: str
    owner: str
    """The column of `links` that holds the row of `members`."""
    members: str
    name: str
    """The column of `members` that holds `Link.id`."""
    shown: str
    """What a member on topic meets."""


_CLUSTERS = _Forest("clusters", "mention", "mentions", "name", "1")
_STORIES = _Forest("stories", "article", "articles", "url", "on_topic")


def write(db: sqlite3.Connection, batch: Batch) -> None:
    """Write all parts of `batch`."""
    _write_links(db, _CLUSTERS, batch.clusters)
    _write_links(db, _STORIES, batch.stories)
    for analysis in batch.analyses:
        _write_analysis(db, analysis)
    db.executemany(
        "INSERT OR REPLACE INTO urls (url, pending, run, article, record) VALUES (?, ?, ?, ?, ?)",
        [
            (u.url, u.kind == "page" and u.outcome is None, u.run, u.canonical_url, encode(u))
            for u in batch.urls
        ],
    )
    db.executemany("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", batch.facts)


def _write_analysis(db: sqlite3.Connection, analysis: Analysis) -> None:
    """Replace what the index holds of an article; nothing happens when that is the same."""
    url = analysis.article.canonical_url
    shown = analysis.mentions if analysis.on_topic else ()
    stored = msgspec.structs.replace(analysis, mentions=()) if analysis.on_topic else analysis
    record = encode(stored)
    row = db.execute("SELECT id, record FROM articles WHERE url = ?", (url,)).fetchone()
    before = decode_analysis(row[1]) if row else None
    columns = (
        analysis.on_topic,
        analysis.tier,
        analysis.own_site,
        analysis.release_of,
        record,
        analysis.on_topic,
    )
    if row is None:
        article = db.execute(
            "INSERT INTO articles (on_topic, tier, own_site, release_of, record, due, url)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (*columns, url),
        ).fetchone()[0]
    else:
        article = row[0]
        old = {name: mention for _, name, mention in _stored_mentions(db, article)}
        if row[1] == record and old == {mention.id: encode(mention) for mention in shown}:
            return
        db.execute(
            "UPDATE articles SET on_topic = ?, tier = ?, own_site = ?, release_of = ?,"
            " record = ?, due = ? WHERE id = ?",
            (*columns, article),
        )
    if not analysis.on_topic:
        db.execute("DELETE FROM stories WHERE article = ?", (article,))
        _mark_children(db, _STORIES, [url])
    old_keys = before.keys if before and before.on_topic else ()
    _change_keys(db, "article", article, old_keys, analysis.keys if analysis.on_topic else ())
    _write_mentions(db, article, shown)


def _stored_mentions(db: sqlite3.Connection, article: int) -> list[tuple[int, str, bytes]]:
    return db.execute(
        "SELECT id, name, record FROM mentions WHERE article = ?", (article,)
    ).fetchall()


def _write_mentions(db: sqlite3.Connection, article: int, mentions: Iterable[Mention]) -> None:
    new = {mention.id: mention for mention in mentions}
    gone: list[str] = []
    for row, name, record in _stored_mentions(db, article):
        if name in new and encode(new[name]) == record:
            del new[name]
            continue
        _take_out(db, row, decode_mention(record))
        if name not in new:
            gone.append(name)
            db.execute("DELETE FROM mentions WHERE id = ?", (row,))
    for mention in new.values():
        _put_in(db, article, mention)
    db.execute("UPDATE mentions SET due = 1 WHERE article = ?", (article,))
    _mark_children(db, _CLUSTERS, gone)


def _take_out(db: sqlite3.Connection, row: int, mention: Mention) -> None:
    """Take a mention's words, keys and values out; its row and its link stay."""
    db.execute("DELETE FROM mention_text WHERE rowid = ?", (row,))
    _change_keys(db, "mention", row, mention.keys, ())
    db.executemany(
        "DELETE FROM mention_values WHERE field = ? AND value = ? AND mention = ?",
        [(field, value, row) for field, value in _values(mention)],
    )


def _put_in(db: sqlite3.Connection, article: int, mention: Mention) -> None:
    """Insert a mention, or update the row of one whose words were taken out."""
    columns = {
        "name": mention.id,
        "article": article,
        "place": FIELDS.index(mention.where),
        "start": mention.start,
        "stop": mention.end,
        "outlet": mention.outlet,
        "date": mention.date,
        "speaker": mention.speaker,
        "kind": mention.kind,
        "language": mention.language,
        "statements": encode(sorted({match.statement for match in mention.matches})),
        "relations": encode(relations(mention)),
        "record": encode(mention),
        "due": True,
    }
    row: int = db.execute(
        f"INSERT INTO mentions ({', '.join(columns)})"  # noqa: S608
        f" VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (name) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in columns)}"
        " RETURNING id",
        tuple(columns.values()),
    ).fetchone()[0]
    db.execute(
        "INSERT INTO mention_text (rowid, text, speaker, outlet) VALUES (?, ?, ?, ?)",
        (row, line(mention.text), line(mention.speaker or ""), line(mention.outlet)),
    )
    _change_keys(db, "mention", row, (), mention.keys)
    db.executemany(
        "INSERT INTO mention_values (field, value, mention) VALUES (?, ?, ?)",
        [(field, value, row) for field, value in _values(mention)],
    )


def relations(mention: Mention) -> list[Relation]:
    """The relations of its matches, each once, in order."""
    return sorted({match.relation for match in mention.matches})


def _values(mention: Mention) -> list[tuple[str, str]]:
    return [("statement", value) for value in statement_values(mention)] + [
        ("relation", relation) for relation in relations(mention)
    ]


def _change_keys(
    db: sqlite3.Connection, owner: str, row: int, old: Iterable[str], new: Iterable[str]
) -> None:
    before, after = frozenset(old), frozenset(new)
    db.executemany(
        f"DELETE FROM {owner}_keys WHERE key = ? AND {owner} = ?",  # noqa: S608
        [(key, row) for key in before - after],
    )
    db.executemany(
        f"INSERT INTO {owner}_keys (key, {owner}) VALUES (?, ?)",  # noqa: S608
        [(key, row) for key in after - before],
    )


def _mark_children(db: sqlite3.Connection, forest: _Forest, parents: Iterable[str]) -> None:
    """Those whose parent is gone are to be decided again."""
    db.executemany(
        f"UPDATE {forest.members} SET due = 1"  # noqa: S608
        f" WHERE id IN (SELECT {forest.owner} FROM {forest.links} WHERE parent = ?)",
        [(parent,) for parent in parents],
    )


def _write_links(db: sqlite3.Connection, forest: _Forest, links: tuple[Link, ...]) -> None:
    found = f"SELECT id FROM {forest.members} WHERE {forest.name} = ? AND {forest.shown}"  # noqa: S608
    for link in links:
        row = db.execute(found, (link.id,)).fetchone()
        if row is None:
            continue
        lost = link.parent is not None and db.execute(found, (link.parent,)).fetchone() is None
        db.execute(f"UPDATE {forest.members} SET due = ? WHERE id = ?", (lost, row[0]))  # noqa: S608
        db.execute(
            f"INSERT OR REPLACE INTO {forest.links}"  # noqa: S608
            f" ({forest.owner}, parent, root, similarity) VALUES (?, ?, ?, ?)",
            (row[0], link.parent, link.root, link.similarity),
        )
