"""An article's title, told from all the places that state one.

The printed headline (h1) is the title where a machine-readable one agrees with it; else the
machine-readable one. The site's name is taken off either end.
"""

from collections.abc import Iterable

import regex

from pipelines.blocks import Run, key
from pipelines.metadata import Metadata

MAX_TITLE = 400
"""Characters: a longer h1 wraps a whole page."""
CUT = 10
"""Letters that two titles must share before the longer counts as the shorter with an addition."""
_SEPARATOR = regex.compile(r"\s+(?:[|\-–—·•»«/]|::|<|>)\s+|\s*\|\s*")
_ELLIPSIS = regex.compile(r"\s*(?:…|\.\.\.)$")


def title(stated: Metadata, headings: Iterable[Run], sites: Iterable[str]) -> str:
    """The article's title, or an empty string.

    `headings` are the page's h1 and h2 in order, `sites` the names under which the site goes.
    """
    site_keys = {k for name in sites if (k := key(name).lower())}
    printed = [run.text.replace("\n", " ") for run in headings if len(run.text) <= MAX_TITLE]
    told = [
        _ELLIPSIS.sub("", without_site(text, site_keys))
        for text in (
            stated.text("headline"),
            stated.first("og:title"),
            stated.first("twitter:title"),
            stated.first("parsely-title", "sailthru.title", "dc.title", "headline"),
            stated.title,
        )
        if text
    ]
    told_keys = [key(text).lower() for text in told]
    for text in printed:
        clean = without_site(text, site_keys)
        k = key(clean).lower()
        if len(k) > 3 and k not in site_keys and any(_agree(k, told) for told in told_keys):
            return clean
    usable = [t for t in told if key(t).lower() not in site_keys and key(t)]
    return next(iter(usable), "") or next(iter(printed), "")


def without_site(text: str, sites: set[str]) -> str:
    """`text` without the site's name at its end or start; `sites` holds lower-case keys."""
    text = " ".join(text.split(" ")).strip()
    cuts = list(_SEPARATOR.finditer(text))
    for cut in reversed(cuts):
        if key(text[cut.end() :]).lower() in sites:
            text = text[: cut.start()].rstrip()
    start = _SEPARATOR.search(text)
    if start and key(text[: start.start()]).lower() in sites:
        text = text[start.end() :].lstrip()
    return text


def _agree(printed: str, told: str) -> bool:
    """Whether a printed and a stated title are one; either may be cut short or have an addition."""
    if printed == told:
        return True
    return min(len(printed), len(told)) > CUT and (printed.startswith(told) or printed in told)
