"""What on a page is not its article: told from the names that its markup gives to things.

Names are cut into words (``post__shareBar`` → post, share, bar) and words are looked up; no name
of any one site is listed. A name alone proves nothing about a box that holds most of the article
(``<div class="layout with-sidebar">``), so `pipelines.blocks` asks how much it holds before it
believes one.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import regex

Role = Literal["", "junk", "caption", "credit", "pullquote", "dek", "byline", "date"]

JUNK_TAGS = frozenset("nav footer aside form dialog menu noscript".split())
ROLE_TAGS = JUNK_TAGS | {"figcaption", "time"}
"""Tags that say what they hold without any names."""
_JUNK = frozenset(
    """ad ads advert advertisement advertisements advertising adslot dfp gpt sponsor sponsored
    promo promos promotion promoted outbrain taboola
    comment comments commentlist disqus respond replies reply
    share shares sharing sharebar sharedaddy social socials addthis addtoany
    newsletter newsletters subscribe subscription signup optin mailchimp donate donation donations
    fundraising fundraiser membership
    related recommended recommendation recommendations trending popular teaser teasers
    mostread readmore morelinks upnext crosslinks
    cookie cookies consent gdpr onetrust privacy
    breadcrumb breadcrumbs pagination pager navigation nav navbar menu submenu footer sidebar
    toolbar toc widget widgets tags taglist tagcloud
    license licence disclaimer bio biography login register paywall rating ratings poll quiz print
    more-stories more-news more-articles more-from also-read read-also read-more read-next
    see-also most-read most-popular tag-list post-tags article-tags entry-tags author-bio
    author-info author-box author-card about-author about-the call-to action-link embed-action
    skip-link skip-to next-post previous-post prev-next post-nav
    latest-news top-stories news-list editors-picks""".split()
)
_CAPTION = frozenset(
    """caption captions figcaption cutline bildunterschrift itemprop:caption""".split()
)
_CREDIT = frozenset(
    "credit credits copyright photographer photocredit imagecredit source quelle".split()
)
_PULLQUOTE = frozenset("pullquote pullquotes pulledquote pull-quote pulled-quote".split())
_DEK = frozenset(
    """dek deck standfirst subheadline subhead subheading subtitle subtitel strapline
    sub-headline sub-title sub-heading header-description headline-description
    itemprop:alternativeHeadline""".split()
)
_BYLINE = frozenset(
    "byline bylines author authors autor autoren auteur contributor itemprop:author".split()
)
_DATE = frozenset(
    """entry-meta post-meta article-meta date datetime timestamp published pubdate updated modified time itemprop:datePublished
    itemprop:dateModified""".split()
)
# In order: a pull quote in a teaser box is a pull quote, a teaser's byline is a teaser.
_VOCABULARIES: tuple[tuple[Role, frozenset[str]], ...] = (
    ("pullquote", _PULLQUOTE),
    ("caption", _CAPTION),
    ("credit", _CREDIT),
    ("dek", _DEK),
    ("junk", _JUNK),
    ("byline", _BYLINE),
    ("date", _DATE),
)
_TAGS: dict[Role, frozenset[str]] = {
    "pullquote": frozenset(),
    "caption": frozenset({"figcaption"}),
    "credit": frozenset(),
    "dek": frozenset(),
    "junk": JUNK_TAGS,
    "byline": frozenset(),
    "date": frozenset({"time"}),
}
_WORDS = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+")


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The words of a class, id or itemprop attribute, lower case, in order."""
    return tuple(word.lower() for word in _WORDS.findall(name))


class Sign(NamedTuple):
    """What an element is, and the word or tag that says so."""

    role: Role
    why: str


NOTHING = Sign("", "")


@lru_cache(maxsize=8192)
def sign(tag: str, classes: str, itemprop: str = "") -> Sign:
    """What an element is by its tag and its names (class and id together)."""
    found = words(classes)
    named = {*found, *(f"{a}-{b}" for a, b in pairwise(found))}
    if itemprop:
        named.add(f"itemprop:{itemprop}")
    for role, vocabulary in _VOCABULARIES:
        if said := named & vocabulary:
            return Sign(role, min(said))
        if tag in _TAGS[role]:
            return Sign(role, tag)
    return NOTHING
