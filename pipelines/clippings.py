"""Articles from plain text: clippings in a folder, pages served as text.

The first line is the title when it looks like one; blank lines part the paragraphs.
"""

from pathlib import Path
from urllib.parse import urlsplit

import regex

from pipelines.dates import iso
from pipelines.decode import decode
from press import urls
from press.coverage import Article, Block, BlockKind, Hints, Outcome, PrintedDate, Rejected

MAX_TITLE = 160
"""Characters of a first line that can be a headline; longer ones are lead paragraphs."""

_PARAGRAPHS = regex.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)]*$")
_BULLET = regex.compile(r"^(?:[-*•‣–]|\d{1,2}[.)])\s+")
_SPACE = regex.compile(r"[ \t\r\f\n]+")


def read(
    source: Path | bytes,
    *,
    url: str | None = None,
    outlet: str | None = None,
    hints: Hints | None = None,
) -> Article | Rejected:
    """The article in a text file or its bytes, in whatever encoding.

    Without `url` a file is known by its ``file:`` URL. Raises OSError when the file cannot be read.
    """
    body = source.read_bytes() if isinstance(source, Path) else source
    if url is None:
        url = source.resolve().as_uri() if isinstance(source, Path) else ""
    decoded = decode(body)
    if decoded is None:
        return Rejected(outcome=Outcome.UNPARSABLE, detail="the bytes are no text")
    return article_from_text(decoded.text, url=url, outlet=outlet, hints=hints)


def article_from_text(
    text: str,
    *,
    url: str,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    hints: Hints | None = None,
) -> Article | Rejected:
    """The article that `text` is.

    `title` and `date` (ISO 8601) overrule what the text and the hints say.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = [part.strip() for part in _PARAGRAPHS.split(lines) if part.strip()]
    if not parts:
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="the text is empty")
    title = title or (hints.title if hints else None)
    if title is None:
        parts, title = _title(parts)
    paragraphs = [_paragraph(part) for part in parts]
    body, blocks = joined(paragraphs)
    stated = iso(date) if date else None
    hinted = iso(hints.published) if hints and hints.published and not stated else None
    return Article(
        url=url,
        canonical_url=_identity(url),
        outlet=outlet or urlsplit(url).netloc or "clippings",
        title=title,
        byline=hints.author if hints else None,
        published=PrintedDate(value=stated, source="user")
        if stated
        else PrintedDate(value=hinted, source=hints.source)
        if hinted and hints
        else None,
        language=hints.language if hints else None,
        body=body,
        blocks=blocks,
    )


def joined(paragraphs: list[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """Paragraphs as one body, parted by blank lines, and where each of them stands in it."""
    blocks = []
    at = 0
    for kind, text in paragraphs:
        blocks.append(Block(kind=kind, start=at, end=at + len(text)))
        at += len(text) + 2
    return "\n\n".join(text for _, text in paragraphs), tuple(blocks)


def _title(parts: list[str]) -> tuple[list[str], str]:
    """Take the first line off as a title where it looks like one and text follows."""
    first, _, rest = parts[0].partition("\n")
    first = first.strip()
    if len(first) > MAX_TITLE or (_SENTENCE_END.search(first) and not first.endswith("?")):
        return parts, ""
    if rest.strip() and len(rest.split("\n")[0]) <= MAX_TITLE and not _SENTENCE_END.search(rest):
        return parts, ""  # the first line of an address or a poem
    following = ([rest.strip()] if rest.strip() else []) + parts[1:]
    return (following, first) if following else (parts, "")


def _paragraph(text: str) -> tuple[BlockKind, str]:
    """A paragraph on one line; the bullet of a list item is taken off."""
    line = _SPACE.sub(" ", text).strip()
    bullet = _BULLET.match(line)
    return ("item", line[bullet.end() :]) if bullet else ("paragraph", line)


def _identity(url: str) -> str:
    try:
        return urls.identity(url)
    except ValueError:
        return url
