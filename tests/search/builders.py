"""Small records of invented coverage: an article is given by its name and what it quotes."""

from collections.abc import Sequence
from typing import Any

from press.coverage import Analysis, Article, Match, Mention, PrintedDate, Relation, mention_id
from search.index import Link, UrlState

DAY = "2031-04-02"


def url(name: str) -> str:
    return f"https://{name}.example/story"


def match(
    text: str,
    *,
    statement: str = "orchard",
    line: int = 1,
    relation: Relation = "verbatim",
    start: int = 0,
) -> Match:
    return Match(
        statement=statement,
        line=line,
        line_text="The old orchard belongs to everyone.",
        start=start,
        end=start + len(text),
        where="body",
        text=text,
        relation=relation,
        similarity=1.0,
    )


def mention(name: str, text: str, *, start: int = 0, **more: Any) -> Mention:
    """A sentence that the article `name` quotes, at `start` of its body."""
    where = more.setdefault("where", "body")
    values: dict[str, Any] = {
        "outlet": name.title(),
        "quote": f"{where}:{start}-{start + len(text)}",
        "quote_text": text,
        "kind": "sentence",
        "date": DAY,
        "language": "en",
    }
    return Mention(
        id=mention_id(url(name), where, start, start + len(text), text),
        article=url(name),
        start=start,
        end=start + len(text),
        text=text,
        **(values | more),
    )


def analysis(name: str, *mentions: Mention, **more: Any) -> Analysis:
    """What the page of the outlet `name` yields; its matches are those of its mentions."""
    body = ""
    for one in mentions:
        body = body.ljust(one.start) + one.text
    date = mentions[0].date if mentions else DAY
    article = Article(
        url=url(name),
        canonical_url=url(name),
        outlet=name.title(),
        title=more.pop("title", f"News from {name}"),
        published=PrintedDate(value=date, source="meta") if date else None,
        language="en",
        body=body,
    )
    values: dict[str, Any] = {
        "matches": tuple(m for one in mentions for m in one.matches),
        "first_fetched": "2031-04-03T08:00:00+00:00",
    }
    return Analysis(article=article, mentions=mentions, **(values | more))


def quoting(name: str, *texts: str, keys: Sequence[str] = (), **more: Any) -> Analysis:
    """An article that quotes `texts`, one behind the other."""
    mentions: list[Mention] = []
    at = 0
    for text in texts:
        mentions.append(mention(name, text, start=at, **more))
        at += len(text) + 1
    return analysis(name, *mentions, keys=tuple(keys))


def root(id: str) -> Link:
    return Link(id=id, parent=None, root=id)


def child(id: str, parent: str) -> Link:
    return Link(id=id, parent=parent, root=parent, similarity=0.75)


def page(name: str, **more: Any) -> UrlState:
    values: dict[str, Any] = {
        "url": url(name),
        "source": "https://example.org/feed",
        "discovered_at": "2031-04-01T00:00:00+00:00",
    }
    return UrlState(**(values | more))
