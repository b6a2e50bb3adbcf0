"""Who wrote an article: person names, without roles, addresses or the word *by*."""

from collections.abc import Iterable
from typing import Any

import regex

from pipelines.blocks import Run, key
from pipelines.metadata import Metadata, listed, plain, types

MAX_NAME = 60
"""Characters: a longer name is a sentence."""
MAX_WORDS = 6
MAX_LINE = 100
"""Characters of a byline with names, roles and a date."""

_BY = regex.compile(
    r"^\s*(?:(?:written|posted|published|reported|text|story|words|article|veröffentlicht|publiziert"
    r"|verfasst|geschrieben|artikel|beitrag|publicado|publié|escrito|scritto)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|przez|autor(?:in|en)?|author|auteur|text)\b\s*:?\s*",
    regex.IGNORECASE,
)
_PARTS = regex.compile(r"\s*(?:;|,|\||·|•|/|\n|\s&\s|\s(?:and|und|et|y|e|en|och|og)\s)\s*")
_TAIL = regex.compile(
    r"\s*(?:\(.*|\[.*|<.*|@\S+.*|https?:.*|\s[-–—]\s.*|\d.*|,?\s+(?:for|in|at|on|from|für|aus|am)\s+.*)$"
)
_NO_NAME = regex.compile(
    r"@|https?:|\b(?:staff|admin(?:istrator)?|editor(?:s|ial)?|redaktion|redaction|redacción"
    r"|redazione|team|desk|newsroom|correspondent|reporter|writer|contributor|guest|author"
    r"|press release|anonymous|unknown|associated press|reuters|afp|dpa|news|agenc\w+|agentur"
    r"|user|webmaster|senior|former|director|chief|journalist\w*|published|updated)\b",
    regex.IGNORECASE,
)
_PARTICLES = frozenset(
    "van von de der den del della di da do dos das du la le el al bin ibn ben ter ten zu zum y e".split()
)
_ORGANISATIONS = frozenset(("Organization", "NewsMediaOrganization", "Corporation", "NGO"))
_NAME = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}.'’‘ʼ\-  ]+[\p{L}\p{M}.]")


def byline(stated: Metadata, printed: Iterable[Run], sites: Iterable[str]) -> str | None:
    """The authors' names, joined by commas; None where no person is named.

    `printed` are the runs about the headline that the markup calls a byline.
    """
    site_keys = {k for name in sites if (k := key(name).lower())}
    ways = (
        _json_ld(stated.article.get("author")),
        _json_ld(stated.article.get("creator")),
        stated.meta.get("author", []),
        stated.meta.get("article:author", []) + stated.meta.get("article:author_name", []),
        [
            value
            for name in (
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "byl",
                "dcterms.creator",
            )
            for value in stated.meta.get(name, [])
        ],
        _printed(printed),
    )
    for way in ways:
        named = [name for text in way for name in names(text)]
        unique = list(dict.fromkeys(n for n in named if key(n).lower() not in site_keys))
        if unique:
            return ", ".join(unique)
    return None


def is_byline(text: str) -> bool:
    """Whether a whole line says by whom an article is, and nothing else."""
    return len(text) <= MAX_LINE and _BY.match(text) is not None and bool(names(text))


def names(text: str) -> list[str]:
    """The person names in a byline, in order."""
    if "://" in text:
        return []
    text = _BY.sub("", plain(text), count=1)
    found: list[str] = []
    for part in _PARTS.split(text):
        name = _TAIL.sub("", _BY.sub("", part)).strip(" .,:-–—\xa0")
        if not name or _NO_NAME.search(name):
            # What follows a role in a comma-separated list is no name either (its outlet, place).
            if found:
                break
            continue
        if _is_name(name):
            found.append(name.title() if name.isupper() and len(name) > 4 else name)
    return found


def _printed(runs: Iterable[Run]) -> list[str]:
    """The first printed byline with names in it, and those that follow it at once."""
    found: list[str] = []
    for run in runs:
        if len(run.text) <= MAX_LINE and names(run.text):
            found.append(run.text)
        elif found:
            break
    return found


def _is_name(text: str) -> bool:
    """Whether `text` has the form of a person's name: two to six words, capitals but particles."""
    words = text.split()
    return (
        1 < len(words) <= MAX_WORDS
        and len(text) <= MAX_NAME
        and _NAME.fullmatch(text) is not None
        and not any(word[0].islower() and word.lower() not in _PARTICLES for word in words)
    )


def _json_ld(author: Any) -> list[str]:
    """The names of the persons among JSON-LD authors; organisations sign no article."""
    found = []
    for one in listed(author):
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict) and not _ORGANISATIONS & set(types(one)):
            found += [name for name in listed(one.get("name")) if isinstance(name, str)]
    return found
