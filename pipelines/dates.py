"""When an article appeared and was updated, as stated, never as guessed.

A date counts when somebody states it with day, month and year. Who states it decides who is
believed: JSON-LD, then meta elements, then the time elements and the printed words about the
headline, then the feed or sitemap entry, then the URL. A date later than a day after the page was
fetched is nobody's publication date.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import regex
from babel import Locale, UnknownLocaleError

from pipelines.metadata import Metadata
from press.coverage import DateSource, Hints, PrintedDate

EARLIEST = 1990
"""No web page appeared before; 1970-01-01 and 0001-01-01 are what empty fields look like."""
LATEST = timedelta(days=1)
"""Past the time of fetching: local dates run up to 14 hours ahead of UTC, clocks are wrong."""

PUBLISHED = tuple(
    """article:published_time og:published_time og:article:published_time datepublished
    article:published parsely-pub-date sailthru.date date pubdate publishdate publish-date
    publish_date publication_date publicationdate dc.date.issued dcterms.issued dc.date
    dcterms.date dc.date.created dcterms.created citation_publication_date
    cxenseparse:recs:publishtime article.published originalpublicationdate displaydate
    bt:pubdate datecreated date.created""".split()
)
UPDATED = tuple(
    """article:modified_time og:updated_time og:modified_time og:article:modified_time
    datemodified article:modified lastmod last-modified last_updated_date dc.date.modified
    dcterms.modified dateupdated article.updated updated_time""".split()
)
_ISO = regex.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"
    r"(?:[T ]+(?P<H>\d\d?):(?P<M>\d\d)(?::(?P<S>\d\d))?(?:[.,]\d+)?"
    r"\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?",
    regex.IGNORECASE,
)
_COMPACT = regex.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)")
_YEAR_FIRST = regex.compile(r"\b(?P<y>(?:19|20)\d\d)[/.](?P<m>\d\d?)[/.](?P<d>\d\d?)\b")
_EAST_ASIAN = regex.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일]"
)
_YEAR_LAST = regex.compile(
    r"\b(?P<a>\d\d?)(?P<sep>[./-])\s?(?P<b>\d\d?)(?P=sep)\s?(?P<y>(?:19|20)\d\d)\b"
)
_NAMED = regex.compile(
    r"\b(?:(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:de\s+|of\s+)?(?P<mon>\p{L}[\p{L}\p{M}]{2,}\.?)"
    r"|(?P<mon>\p{L}[\p{L}\p{M}]{2,}\.?)\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?)"
    r",?\s+(?:de\s+|del\s+)?(?P<y>(?:19|20)\d\d)\b"
)
_IN_URL = regex.compile(
    r"[/\-_](?P<y>(?:19|20)\d\d)[/\-](?P<m>\d\d?)[/\-](?P<d>\d\d?)(?=[/\-_.]|$)"
)
MAX_NOTE = 80
"""Characters of a line that says when an article appeared."""
_NOTE = regex.compile(
    r"^\s*[(\[–—-]*\s*(?:(?:first\s)?(?:published|posted|written|created|updated?|modified)|last\s\w+"
    r"|date|datum|stand|veröffentlicht|erstellt|erschienen|publiziert|aktualisiert|letzte\s\w+"
    r"|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|atualizado)\b",
    regex.IGNORECASE,
)
_UPDATE = regex.compile(
    r"(?:\b(?:updated?|modified|revised|aktualisiert|geändert|stand:|mis à jour|modifié|actualizad\w+"
    r"|aggiornat\w+|atualizad\w+|bijgewerkt|uppdaterad|opdateret|oppdatert|päivitetty)|datemodified)",
    regex.IGNORECASE,
)


class Printed:
    """A date as printed: its words, and whether they speak of an update."""

    __slots__ = ("source", "text", "update")

    def __init__(self, text: str, source: DateSource, update: bool | None = None) -> None:
        self.text = text
        self.source = source
        self.update = speaks_of_update(text) if update is None else update

    def value(self, language: str | None) -> str | None:
        """The date as ISO 8601, where it is a full one."""
        return in_words(self.text, language) if self.source == "text" else iso(self.text)


def speaks_of_update(text: str) -> bool:
    """Whether a printed note says that something was updated."""
    return _UPDATE.search(text) is not None


def is_note(text: str) -> bool:
    """Whether a line does nothing but say when the article appeared or was updated."""
    return len(text) <= MAX_NOTE and _NOTE.match(text) is not None


def notes(text: str) -> list[Printed]:
    """What a line says of publication and of updates, which it may name both."""
    update = _UPDATE.search(text)
    if update is None or not any(c.isdigit() for c in text[: update.start()]):
        return [Printed(text, "text")]
    halves = text[: update.start()], text[update.start() :]
    return [Printed(half, "text") for half in halves]


def find(
    stated: Metadata,
    printed: Iterable[Printed],
    *,
    url: str,
    hints: Hints | None,
    fetched_at: datetime,
    language: str | None,
) -> tuple[PrintedDate | None, PrintedDate | None]:
    """When the article was published and when it was updated, each with who says so."""
    printed = list(printed)
    latest = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
    latest += LATEST

    def state(text: str | None, source: DateSource) -> PrintedDate | None:
        if not text:
            return None
        value = iso(text) if source != "text" else in_words(text, language)
        if value is None or not _plausible(value, latest):
            return None
        return PrintedDate(value=value, source=source)

    def near(update: bool) -> Iterable[PrintedDate | None]:
        for source in ("time", "text"):
            yield from (
                state(p.text, p.source)
                for p in printed
                if p.source == source and p.update == update
            )

    announced: DateSource = hints.source if hints else "feed"
    published = _first(
        lambda: state(stated.text("datePublished"), "json-ld"),
        lambda: _any(state(v, "meta") for name in PUBLISHED for v in stated.meta.get(name, ())),
        lambda: state(stated.text("dateCreated"), "json-ld"),
        lambda: _any(near(update=False)),
        lambda: state(hints.published, announced) if hints else None,
        lambda: state(in_url(url), "url"),
    )
    updated = _first(
        lambda: state(stated.text("dateModified"), "json-ld"),
        lambda: _any(state(v, "meta") for name in UPDATED for v in stated.meta.get(name, ())),
        lambda: _any(near(update=True)),
        lambda: state(hints.updated, announced) if hints else None,
    )
    if hints and hints.source == "user" and (told := state(hints.published, "user")):
        published = told
    if updated and published and updated.value[:16] == published.value[:16]:
        updated = None
    return published, updated


def iso(text: str) -> str | None:
    """A machine-readable date as ISO 8601, with the precision and offset that it states.

    ISO 8601 in its usual spellings and RFC 2822 are read; anything else is None.
    """
    text = text.strip()
    if (m := _ISO.match(text)) or (m := _COMPACT.match(text)):
        parts = m.groupdict()
        day = _day(parts["y"], parts["m"], parts["d"])
        if day is None or not parts.get("H"):
            return day
        hour, minute, second = (int(parts[p] or 0) for p in "HMS")
        if hour > 23 or minute > 59 or second > 59:
            return day
        zone = (parts["z"] or "").upper()
        if zone in {"Z", "UTC", "GMT"}:
            zone = "+00:00"
        elif zone and ":" not in zone:
            zone = f"{zone[:3]}:{zone[3:]}"
        return f"{day}T{hour:02}:{minute:02}:{second:02}{zone}"
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return in_words(text, None) if len(text) < 40 else None


def in_words(text: str, language: str | None) -> str | None:
    """The first full date (day, month, year) printed in `text`, as ISO 8601; else None.

    Where 03/04/2018 could be either, English leaves it open (None) and other languages put the
    day first.
    """
    if m := _ISO.search(text):
        return _day(m["y"], m["m"], m["d"])
    for pattern in (_EAST_ASIAN, _YEAR_FIRST):
        if m := pattern.search(text):
            return _day(m["y"], m["m"], m["d"])
    if m := _NAMED.search(text):
        month = _month(m["mon"].rstrip(".").lower(), language)
        return _day(m["y"], str(month), m["d"]) if month else None
    if m := _YEAR_LAST.search(text):
        a, b = int(m["a"]), int(m["b"])
        if m["sep"] == "." or a > 12 or a == b or (language or "en") != "en":
            return _day(m["y"], m["b"], m["a"])
        return _day(m["y"], m["a"], m["b"]) if b > 12 else None
    return None


def in_url(url: str) -> str | None:
    """The day that a URL's path names (…/2018/06/18/…), as ISO 8601."""
    m = _IN_URL.search(url.split("?", 1)[0])
    return _day(m["y"], m["m"], m["d"]) if m else None


def _month(name: str, language: str | None) -> int | None:
    """The month that `name` is in `language` or, failing that, in English."""
    return _months(language or "en").get(name) or _months("en").get(name)


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Month names and abbreviations, lower case, without points, by the Unicode CLDR."""
    try:
        calendar = Locale.parse(language).months
    except (ValueError, UnknownLocaleError):
        return {}
    named = {
        name.lower().rstrip("."): number
        for form in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in calendar[form][width].items()
    }
    # AP style abbreviates in another way than the CLDR.
    return {**named, "sept": 9} if language == "en" else named


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= EARLIEST else None


def _plausible(value: str, latest: datetime) -> bool:
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return False
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return when.year >= EARLIEST and when <= latest


def _any(found: Iterable[PrintedDate | None]) -> PrintedDate | None:
    return next((one for one in found if one), None)


def _first(*ways: Callable[[], PrintedDate | None]) -> PrintedDate | None:
    return _any(way() for way in ways)
