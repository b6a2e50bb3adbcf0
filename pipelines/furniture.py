"""What on a page is not its article: told from the names that its markup gives to things.

Names are cut into words (``post__shareBar`` → post, share, bar) and words are looked up; no name
of any one site is listed. A name alone proves nothing about a box that holds most of the article
(``<div class="layout with-sidebar">``), so `pipelines.blocks` asks how much it holds before it
believes one.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Literal

import regex

Role = Literal["", "junk", "caption", "credit", "pullquote", "dek", "byline", "date"]

JUNK_TAGS = frozenset("nav footer aside form dialog menu details".split())
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
    license licence copyright disclaimer
    bio biography login register paywall
    rating ratings poll quiz print""".split()
)
_JUNK_PAIRS = frozenset(
    """more-stories more-news more-articles more-from also-read read-also read-more read-next
    see-also most-read most-popular tag-list post-tags article-tags entry-tags author-bio
    author-info author-box author-card about-author about-the call-to action-link embed-action
    embed-action skip-link skip-to entry-meta post-meta article-meta next-post previous-post
    prev-next post-nav latest-news top-stories news-list editors-picks""".split()
)
_CAPTION = frozenset("caption captions figcaption cutline wp-caption-text bildunterschrift".split())
_CREDIT = frozenset(
    "credit credits copyright photographer photocredit imagecredit source quelle byline".split()
)
_PULLQUOTE = frozenset("pullquote pullquotes pulledquote".split())
_DEK = frozenset(
    """dek deck standfirst subheadline subhead subheading subtitle subtitel underrubrik strapline
    kicker-dek""".split()
)
_DEK_PAIRS = frozenset(
    "sub-headline sub-title sub-heading header-description headline-description".split()
)
_BYLINE = frozenset("byline bylines author authors autor autoren auteur contributor".split())
_DATE = frozenset(
    "date datetime dateline timestamp published publish pubdate updated modified time".split()
)
_WORDS = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+")


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The words of a class, id or itemprop attribute, lower case, in order."""
    return tuple(word.lower() for word in _WORDS.findall(name))


@lru_cache(maxsize=8192)
def role(tag: str, classes: str, itemprop: str = "") -> Role:
    """What an element is by its tag and its names (class and id together)."""
    found = words(classes)
    named = frozenset(found)
    pairs = frozenset(f"{a}-{b}" for a, b in pairwise(found))
    if named & _PULLQUOTE or "pull-quote" in pairs or "pulled-quote" in pairs:
        return "pullquote"
    if tag == "figcaption" or named & _CAPTION or itemprop == "caption":
        return "caption"
    if named & _CREDIT and not named & _BYLINE:
        return "credit"
    if named & _DEK or pairs & _DEK_PAIRS or itemprop in {"alternativeHeadline", "alternateName"}:
        return "dek"
    if tag in JUNK_TAGS or named & _JUNK or pairs & _JUNK_PAIRS:
        return "junk"
    if named & _BYLINE or "author" in itemprop:
        return "byline"
    if tag == "time" or named & _DATE or itemprop in {"datePublished", "dateModified"}:
        return "date"
    return ""
