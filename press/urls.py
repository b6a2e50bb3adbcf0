"""URLs: what is asked for, and under which name an article is known.

::

    as discovered ── clean ──> what is fetched and kept in the ledger
                                   │
    canonical link ── canonical ───┴── identity ──> the article's name, and still a working link

Cleaning changes nothing that a server could answer differently (RFC 3986, section 6.2.2, and
tracking parameters). An identity goes further where nearly every server gives the same article:
no trailing slash, no ``index.html``, no AMP suffix, parameters in order of name. Hosts stay as
they are: not every ``www.example.org`` answers as ``example.org`` or an ``m.`` host under the
desktop's name. There the site's own redirects and canonical links say what is one article.
"""

import re
from urllib.parse import parse_qs, unquote, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from press.addresses import address, host_name, is_private, site
from press.outlets import DEFAULT_PORTS, OutletDirectory
from press.tracking import is_tracking

__all__ = ["OutletDirectory", "canonical", "clean", "host", "identity", "is_private"]

MAX_LENGTH = 8000
"""Characters; RFC 9110, section 4.1, asks servers to support at least this many."""

_UNWRAP_LIMIT = 8
_UNRESERVED = re.compile(r"%(?:2[DE]|3[0-9]|[46][1-9A-F]|[57][0-9A]|5F|7E)", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_EMBEDDED_URL = re.compile(r"https?(?::|%3A)(?:/|%2F)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)

# Pages that do nothing but send the reader on, and the parameter that says where. Feeds of news
# alerts link through them, and their robots.txt forbids them.
_REDIRECTORS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}"), "/url", ("url", "q")),
    (re.compile(r"(?:l|lm)\.facebook\.com"), "/l.php", ("u",)),
    (re.compile(r"l\.instagram\.com"), "/", ("u",)),
    (re.compile(r"www\.bing\.com"), "/news/apiclick.aspx", ("url",)),
    (re.compile(r"duckduckgo\.com"), "/l/", ("uddg",)),
    (re.compile(r"out\.reddit\.com"), "", ("url",)),
    (re.compile(r"t\.umblr\.com"), "/redirect", ("z",)),
    (re.compile(r"www\.linkedin\.com"), "/safety/go", ("url",)),
    (re.compile(r"[a-z0-9]+\.safelinks\.protection\.outlook\.com"), "/", ("url",)),
)
_AMP_CACHE_PATH = re.compile(r"/(?:[acv]|amp)/(s/)?(?=[^/]+\.[a-z]{2})")

_INDEX_PAGE = re.compile(r"/(?:index\.(?:html?|php)|default\.aspx?)$", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"/amp(?:\.html)?$|\.amp(?=\.html?$)|\.amp$", re.IGNORECASE)
_AMP_PARAMETER = re.compile(r"amp(?:=(?:1|true)?)?|output(?:type)?=amp", re.IGNORECASE)
_ARTICLE_ID = re.compile(r"\d{3}")


def clean(url: str) -> str:
    """`url` as it is fetched: no fragment, no default port, no tracking parameters.

    Redirectors that carry their target (news alerts, social networks) and AMP caches are replaced
    by it. The parameters that stay keep their order. Idempotent. Raises ValueError for what
    cannot be fetched: another scheme than http and https, no host, a user name, a port out of
    range, over `MAX_LENGTH` characters.
    """
    for _ in range(_UNWRAP_LIMIT):
        url = _normal(url)
        inner = _unwrapped(url)
        if inner is None:
            return url
        url = inner
    raise ValueError(f"URL within {_UNWRAP_LIMIT} redirectors")


def _normal(url: str) -> str:
    url = url.strip()
    if len(url) > MAX_LENGTH:
        raise ValueError(f"URL of {len(url)} characters; at most {MAX_LENGTH} are taken")
    scheme = _SCHEME.match(url)
    if scheme is None:
        raise ValueError(f"no absolute URL: {url!r}")
    if scheme.group().lower() not in ("http:", "https:"):
        raise ValueError(f"neither http nor https: {url!r}")
    try:
        parts = urlsplit(safe_url_string(url))
        port = parts.port
    except (UnicodeError, ValueError) as error:
        raise ValueError(f"unusable URL {url!r}: {error}") from error
    if "@" in parts.netloc:
        raise ValueError(f"URL with a user name: {url!r}")
    if not parts.hostname:
        raise ValueError(f"URL without a host: {url!r}")
    name = host_name(parts.hostname)
    netloc = f"[{name}]" if ":" in name else name
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        netloc = f"{netloc}:{port}"
    query = "&".join(p for p in _parameters(parts.query) if not is_tracking(p))
    clean_url = urlunsplit((parts.scheme, netloc, _path(parts.path), _escapes(query), ""))
    if len(clean_url) > MAX_LENGTH:
        raise ValueError(f"URL of {len(clean_url)} characters; at most {MAX_LENGTH} are taken")
    return clean_url


def identity(url: str) -> str:
    """The name under which the article at `url` is known; a working link. Idempotent.

    Raises ValueError as `clean` does.
    """
    parts = urlsplit(clean(url))
    path, before = parts.path, ""
    while path != before:
        before = path
        path = _without_amp(_INDEX_PAGE.sub("/", path).rstrip("/"))
    kept = [p for p in _parameters(parts.query) if not _AMP_PARAMETER.fullmatch(p)]
    query = "&".join(sorted(kept, key=lambda p: p.partition("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc, path or "/", query, ""))


def canonical(final_url: str, link: str | None) -> str:
    """The identity of the page at `final_url` that claims `link` as its canonical URL.

    A site's claim is believed about itself only. A link that leads to the home page, to another
    site (a copy names its original; the copy is still an article of its own outlet), to a section,
    to a page without the parameters that select this article, or that holds a whole URL in its
    path is a mistake of its template, and the final URL counts. Raises ValueError when `final_url`
    is unusable.
    """
    here = identity(final_url)
    link = (link or "").strip()
    if not link:
        return here
    try:
        there = identity(link if _SCHEME.match(link) else urljoin(final_url, link))
    except ValueError:
        return here
    ours, theirs = urlsplit(here), urlsplit(there)
    if _site_and_port(here) != _site_and_port(there):
        return here
    if ours.scheme == "https" and theirs.scheme == "http":
        there = urlunsplit(("https", *theirs[1:]))
    if theirs.path == ours.path and theirs.query == ours.query:
        return there
    if theirs.path == "/" and not theirs.query:
        return here
    if _EMBEDDED_URL.search(theirs.path) and not _EMBEDDED_URL.search(ours.path):
        return here
    # An ancestor or a less specific page is a section, unless its own name is an article's.
    is_ancestor = f"{ours.path}/".startswith(f"{theirs.path}/")
    # `/?p=12` says nothing about how its article's own name looks.
    if not _names_article(there) and (is_ancestor or (_names_article(here) and ours.path != "/")):
        return here
    return there


def host(url: str) -> str:
    """The host of `url`, lower case, with its port where that is not the scheme's own.

    Raises ValueError as `clean` does.
    """
    return urlsplit(_normal(url)).netloc


def _parameters(query: str) -> list[str]:
    # Feeds that escape twice leave `&amp;`.
    return [p for p in query.replace("&amp;", "&").split("&") if p]


def _path(path: str) -> str:
    path = _SESSION.sub("", _escapes(path)) or "/"
    if "/." not in path:
        return path
    # RFC 3986, section 5.2.4; empty segments are segments there, and stay.
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == ".." and kept:
            kept.pop()
        if segment not in (".", ".."):
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _escapes(text: str) -> str:
    text = _UNRESERVED.sub(lambda m: unquote(m.group()), text)
    return _ESCAPE.sub(lambda m: m.group().upper(), text)


def _unwrapped(url: str) -> str | None:
    """Where a redirector leads, or the page that an AMP cache holds."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if name.endswith(".cdn.ampproject.org") or (
        name.startswith("www.google.") and parts.path.startswith("/amp/")
    ):
        found = _AMP_CACHE_PATH.match(parts.path)
        if found is not None:
            target = f"{'https' if found[1] else 'http'}://{parts.path[found.end() :]}"
            return urlunsplit((*urlsplit(target)[:3], parts.query, ""))
    for pattern, path, names in _REDIRECTORS:
        if pattern.fullmatch(name) and (not path or parts.path == path):
            given = parse_qs(parts.query)
            for key in names:
                target = given.get(key, [""])[0]
                if target.lower().startswith(("http://", "https://")):
                    return target
    return None


def _without_amp(path: str) -> str:
    # "/guitars/amp" is a page of its own: only behind the name of an article is it the format.
    shorter = _AMP_SUFFIX.sub("", path)
    return shorter if shorter != path and _names_article(f"http://h{shorter}") else path


def _names_article(url: str) -> bool:
    """True for ``/2018/05/three-word-slug``, ``/a123.html``, ``/?p=12``; not for ``/news``."""
    parts = urlsplit(url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return (
        len(re.findall(r"[-_]", last)) >= 2
        or _ARTICLE_ID.search(last) is not None
        or len(last) >= 25
        or any(p.partition("=")[2] for p in _parameters(parts.query))
    )


def _site_and_port(url: str) -> tuple[str, str]:
    # On an address each port is a server of its own; under a name the publisher has them all.
    parts = urlsplit(url)
    name = parts.hostname or ""
    return site(name), parts.netloc if address(name) is not None or "." not in name else ""
