"""Query parameters that say where a reader came from, not what is shown.

A list of our own, since a parameter taken off wrongly makes two articles one and a parameter left
on only costs a second fetch, which the canonical link then mends. courlan's pattern (1.4.0) takes
off anything that begins with ``ga``, ``gl``, ``ref``, ``source`` or ``session`` (``gallery=7``),
drops parameters without a value and re-encodes the rest; w3lib's `url_query_cleaner` knows whole
names only. The names come from their vendors' documentation and from the lists of ClearURLs and
AdGuard's TrackParamFilter.
"""

import re
from urllib.parse import unquote_plus

_PREFIXES = (
    "utm_ mtm_ matomo_ piwik_ pk_ hsa_ itm_ oly_ vero_ mc_ mkt_ ga_ guce_ guccounter _hs __hs "
    "at_medium at_campaign at_custom at_link at_format at_ptr at_bbc ns_mchannel ns_source "
    "ns_campaign ns_linkname ns_fee wt.mc wt_mc wt_zmc fb_action fb_ref fb_source soc_ s_kwcid "
    "ss_source ss_campaign ml_subscriber bsft_ sb_referer int_source int_medium int_campaign"
).split()

_NAMES = frozenset(
    (
        # click identifiers of advertisers and networks
        "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid tblci obclid "
        "rdt_cid igshid igsh li_fat_id mibextid epik srsltid irclickid rb_clickid dicbo oborigurl "
        "_ga _gl _openstat __twitter_impression __s s_cid spm trk trkinfo mkwid pcrid "
        # newsletters, feeds and share buttons of publishers
        "ftag cmp cmpid cmp_id ncid icid ocid xtor smid smtyp sref ex_cid intcid intcmp dgcid "
        "mbid cndid bxid esrc ito wpisrc wpmm wprss emc taid tsrc feedtype feedname feedref "
        "echobox sr_share sfns sfnsn sharetype cvid pnespid giftcopy "
        # sessions
        "phpsessid jsessionid aspsessionid cfid cftoken"
    ).split()
)

# Sessions by their look: "sid=4" may be a section.
_SESSIONS = frozenset("sid s session session_id sessionid zenid osid".split())
_SESSION = re.compile(r"[0-9a-fA-F]{24,}")

# Names that some sites use for content and others for tracking: their value tells.
_AMBIGUOUS = frozenset(
    "ref ref_src referrer referer source src from via campaign partner mod share shared "
    "cid rss medium channel origin context".split()
)
_ORIGINS = re.compile(
    r"(?:rss|feed|atom|twitter|twt?r?|x\.com|facebook|fb|linkedin|whatsapp|telegram|reddit|"
    r"instagram|google(?:news)?|gnews|yahoo|bing|flipboard|smartnews|pocket|newsletters?|nl|"
    r"e?mail|share(?:d|_btn\w*)?|social|home(?:page)?|hp|front|related|recirc|trending|"
    r"topstories|mostpopular|nav|button|link|true|1)(?:[-_.:+].*)?",
    re.IGNORECASE,
)


def is_tracking(parameter: str) -> bool:
    """True when ``name=value``, as it stands in a query, only says where a reader came from."""
    name, _, value = parameter.partition("=")
    name = unquote_plus(name).strip().lower()
    if name in _NAMES or name.startswith(tuple(_PREFIXES)):
        return True
    if name in _SESSIONS:
        return _SESSION.fullmatch(value) is not None
    return name in _AMBIGUOUS and _ORIGINS.fullmatch(unquote_plus(value).strip()) is not None
