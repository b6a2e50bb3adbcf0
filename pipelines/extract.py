"""From a page to its article, or to the reason why it is none.

::

    bytes ─ decode ─> text ─ lxml, once ─> tree ─┬─ metadata ──> title, byline, dates, language
                                                 ├─ blocks ────> runs of text
                                                 └─ trafilatura ─> which of them are the body

No input raises: what cannot be read becomes a `Rejected` that says why.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import lxml.html
import regex
from lxml import etree
from lxml.html import HtmlElement

from pipelines import body, bylines, clippings, credits, dates, headline, metadata
from pipelines.blocks import Run, key, runs
from pipelines.decode import decode
from pipelines.metadata import Metadata
from press import urls
from press.coverage import Article, Hints, Outcome, Page, Rejected

MIN_BODY = 140
"""Characters: less is a caption, an error message or a paywall's first sentence, and no story."""
PAYWALLED_BODY = 800
"""Characters: a page that says it is not free and shows less is taken for its teaser."""
MAX_CHARACTERS = 8_000_000
"""A longer text is not parsed: it is no article, and parsing takes time in proportion."""
MOSTLY_LINKS = 0.7
"""The share of a body's characters in links above which it is a list of links."""
SOME_LINKS = 0.2
"""The share that makes a site's root its home page; a text that somebody put there has fewer."""
DATE_LINE = 120
"""Characters: a longer line about the headline is prose, whose dates are of other things."""
FOREIGN = frozenset("comment comments teaser teasers related recommended trending hidden".split())
"""Boxes whose dates are of something else, wherever they stand."""
COVERED = 0.5
"""Below this share of trafilatura's text found in the page's blocks, its own paragraphs count (it
then read them out of embedded JSON)."""

_TEXTUAL = regex.compile(r"^(?:text/|application/(?:xhtml|xml|json)|[^/]*$)", regex.IGNORECASE)
_LANGUAGE = regex.compile(r"^([a-zA-Z]{2,3})(?:[-_]|$)")


def extract(page: Page, *, hints: Hints | None = None) -> Article | Rejected:
    """The article that `page` holds; `hints` say what its feed entry or sitemap stated."""
    content_type = page.header("content-type")
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind and (not _TEXTUAL.match(kind) or kind in {"text/css", "text/csv", "text/javascript"}):
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail=f"served as {kind[:80]}, no HTML")
    decoded = decode(page.body, content_type)
    if decoded is None:
        return Rejected(outcome=Outcome.UNPARSABLE, detail="the bytes are no text")
    text = decoded.text
    if not text.strip():
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="the page is empty")
    if len(text) > MAX_CHARACTERS:
        return Rejected(outcome=Outcome.TOO_LARGE, detail=f"{len(text):,} characters of HTML")
    if kind == "text/plain" or (not kind and "<" not in text):
        return clippings.article_from_text(text, url=page.url, hints=hints)
    try:
        tree = parse(text)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        return Rejected(outcome=Outcome.UNPARSABLE, detail=f"no HTML: {str(error)[:120]}")
    if tree is None or tree.find("body") is None:
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="the page has no body")
    return _article(page, tree, hints)


def parse(text: str) -> HtmlElement | None:
    """Parse HTML as lxml does, without comments and processing instructions."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
    )
    tree: HtmlElement | None = lxml.html.document_fromstring(
        text.encode("utf-8", "replace"), parser=parser
    )
    return tree


def _article(page: Page, tree: HtmlElement, hints: Hints | None) -> Article | Rejected:
    stated = metadata.read(tree)
    texts = body.chosen_text(tree, _stated_body(stated))
    found = runs(tree.find("body"))
    covered = body.choose(found, texts)
    body.settle(found)
    sites = _site_names(stated, page.url)
    headings = sorted((run for run in found if 1 <= run.level <= 2), key=lambda run: run.level)
    title = headline.title(stated, headings, sites) or ((hints and hints.title) or "")
    parts = body.parts(found, title, _deks(stated))
    if covered < COVERED:
        parts.paragraphs = [("paragraph", " ".join(text.split())) for text in texts]
    text, blocks = clippings.joined(parts.paragraphs)
    if (refusal := _refusal(page, stated, text, parts)) is not None:
        return refusal
    language = _language(
        stated.language,
        stated.text("inLanguage"),
        stated.first("og:locale"),
        stated.first("content-language", "language"),
        hints.language if hints else None,
    )
    signed = [run for run in parts.head if _is_signature(run)]
    signed = signed or [run for run in parts.marks if _is_signature(run)][:1]
    published, updated = dates.find(
        stated,
        _printed(parts, language),
        url=page.url,
        hints=hints,
        fetched_at=page.fetched_at,
        language=language,
    )
    names = bylines.byline(stated, signed, sites)
    return Article(
        url=page.url,
        canonical_url=_canonical(page.url, stated),
        outlet=sites[0],
        title=title,
        byline=names or (", ".join(bylines.names((hints and hints.author) or "")) or None),
        published=published,
        updated=updated,
        language=language,
        credit=credits.credit(stated, [run.text for run in signed], text),
        body=text,
        dek=parts.dek,
        caption="\n\n".join(parts.captions),
        pullquote="\n\n".join(parts.pullquotes),
        blocks=blocks,
    )


def _refusal(page: Page, stated: Metadata, text: str, parts: body.Parts) -> Rejected | None:
    """Why the page is no article, if it is none."""
    if len(text) < PAYWALLED_BODY and _is_paywalled(stated):
        return Rejected(
            outcome=Outcome.PAYWALL,
            detail=f"the page says it is not free to read and shows {len(text)} characters",
        )
    if not text:
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="no paragraphs of text")
    if stated.article:
        return None
    if stated.is_listing and parts.linked > SOME_LINKS * len(text):
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="calls itself a list of articles")
    if parts.linked > MOSTLY_LINKS * len(text) and stated.first("og:type") != "article":
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="mostly links: a section or index")
    parsed = urlsplit(page.url)
    is_root = parsed.path in {"", "/"} and not parsed.query
    is_site = stated.first("og:type") == "website" or parts.linked > SOME_LINKS * len(text)
    if is_root and is_site:
        return Rejected(outcome=Outcome.NOT_AN_ARTICLE, detail="a site's home page")
    if len(text) < MIN_BODY and stated.first("og:type") != "article":
        return Rejected(
            outcome=Outcome.NOT_AN_ARTICLE, detail=f"only {len(text)} characters of text"
        )
    return None


def _stated_body(stated: Metadata) -> str:
    """The article's text in its metadata, unless the page says that it is not free to read."""
    return "" if _is_paywalled(stated) else stated.text("articleBody")


def _is_paywalled(stated: Metadata) -> bool:
    free = stated.article.get("isAccessibleForFree")
    return free is False or str(free).strip().lower() == "false"


def _site_names(stated: Metadata, url: str) -> list[str]:
    """The names under which the site goes, the best first; its host is the last."""
    publisher = stated.article.get("publisher")
    named = [
        stated.first("og:site_name"),
        *(
            str(one.get("name") or "") if isinstance(one, dict) else ""
            for one in metadata.listed(publisher)
        ),
        stated.first("application-name", "twitter:app:name:iphone", "al:ios:app_name"),
    ]
    host = urlsplit(url).hostname or ""
    bare = host.removeprefix("www.")
    return [*(name.strip() for name in named if name.strip()), bare, bare.rsplit(".", 1)[0]]


def _deks(stated: Metadata) -> set[str]:
    told = [
        stated.text("alternativeHeadline"),
        stated.text("description"),
        stated.first("og:description"),
        stated.first("description"),
        stated.first("twitter:description"),
    ]
    return {key(text) for text in told if text}


def _language(*told: str | None) -> str | None:
    """The primary language of the first usable tag."""
    for tag in told:
        if tag and (m := _LANGUAGE.match(tag.strip())):
            return m[1].lower()
    return None


def _canonical(url: str, stated: Metadata) -> str:
    try:
        return urls.canonical(url, stated.canonical or stated.first("og:url"))
    except ValueError:
        return url


def _is_signature(run: Run) -> bool:
    return run.role == "byline" or (run.role != "junk" and bylines.is_byline(run.text))


def _printed(parts: body.Parts, language: str | None) -> list[dates.Printed]:
    """The dates printed about the headline, else the one date named as such elsewhere."""
    under = parts.head[parts.under :]
    found = [date for run in parts.head for date in _dates_of(run, near=run in under)]
    others = [date for run in parts.marks for date in _dates_of(run, near=False)]
    days = {day[:10] for date in others if (day := date.value(language))}
    return found + (others if len(days) == 1 else [])


def _dates_of(run: Run, *, near: bool) -> Iterator[dates.Printed]:
    """The dates in a short line; directly under the headline even in a box named like furniture."""
    is_own = run.role not in {"junk", "caption", "pullquote"}
    if near and run.role == "junk":
        is_own = run.scope.sign.why not in FOREIGN and run.linked < SOME_LINKS * len(run.text)
    if not is_own or len(run.text) > DATE_LINE:
        return
    for element in run.element.iter("time"):
        stated = element.get("datetime")
        if stated and " ".join(element.text_content().split()) in run.text:
            names = f"{element.get('class', '')} {element.get('itemprop', '')}".lower()
            is_update = "published" not in names and dates.speaks_of_update(f"{run.text} {names}")
            yield dates.Printed(stated, "time", is_update)
    yield from dates.notes(run.text)
