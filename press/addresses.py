"""Hosts: how they are written, which of them are private, which belong to one site.

`is_private` is the gate between a stranger's link and our own network, so it answers True
whenever it is in doubt. It sees names and addresses, not what a name resolves to: whoever connects
must ask again with the resolved address.
"""

import ipaddress
import re
import socket
import unicodedata
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import idna
import tldextract

# The bundled snapshot of the public suffix list: never the network, never a cache on disk.
# Private suffixes count: two blogs on one blog host are two sites.
_SUFFIXES = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)

# RFC 6761, RFC 6762, RFC 8375 and the names that routers and cloud providers use inside.
_PRIVATE_SUFFIXES = frozenset(
    "localhost local localdomain internal intranet lan home corp private home.arpa".split()
)

# Every form that C's inet_aton reads as an IPv4 address: 127.1, 0x7f000001, 017700000001.
_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)
_HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?")

# IPv6 prefixes whose addresses carry an IPv4 address in their last 32 bits: IPv4-compatible
# (RFC 4291), IPv4-mapped and -translated (RFC 2765), NAT64 (RFC 6052).
_CARRIERS = tuple(
    ipaddress.IPv6Network(n) for n in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
)

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@lru_cache(maxsize=65536)
def host_name(raw: str) -> str:
    """`raw` as DNS and HTTP write it: lower case, ASCII, addresses in their usual form.

    IPv6 addresses come without brackets. Raises ValueError for what is no host.
    """
    text = unicodedata.normalize("NFKC", unquote(raw)).strip().lower().rstrip(".")
    found = address(text)
    if found is not None:
        return str(found)
    if not text.isascii():
        try:
            text = idna.encode(text, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise ValueError(f"no host name: {raw!r}") from error
    labels = text.split(".")
    if (
        not _HOST_NAME.fullmatch(text)
        or len(text) > 253
        or not all(0 < len(label) <= 63 for label in labels)
        or labels[-1].isdigit()
    ):
        raise ValueError(f"no host name: {raw!r}")
    return text


def address(text: str) -> IPAddress | None:
    """The IP address that a host part means, however it is written; None for a name."""
    text = text.strip().strip("[]").partition("%")[0]
    if ":" in text:
        try:
            return ipaddress.IPv6Address(text)
        except ValueError:
            return None
    if not _NUMERIC_HOST.fullmatch(text):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(text.rstrip(".")))
    except OSError:
        return None


def is_private(host_or_ip: str) -> bool:
    """True for a host that a public page has no business to send us to.

    Takes a name, an IPv4 or IPv6 address (decimal, octal, hexadecimal and shortened forms too),
    either with a port, or a whole URL. Loopback, private, link-local, shared (RFC 6598),
    multicast and reserved addresses are private, so are names without a dot and what is no host.
    """
    text = host_or_ip.strip()
    try:
        if "//" in text:
            text = urlsplit(text).hostname or ""
        elif text.startswith("[") or text.count(":") == 1:
            text = urlsplit(f"//{text}").hostname or ""
        name = host_name(text)
    except ValueError:
        return True
    found = address(name)
    if found is not None:
        return not _is_public(found)
    return "." not in name or any(
        name == suffix or name.endswith(f".{suffix}") for suffix in _PRIVATE_SUFFIXES
    )


def _is_public(ip: IPAddress) -> bool:
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in _CARRIERS):
            return _is_public(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.sixtofour is not None and not _is_public(ip.sixtofour):
            return False
        if ip.teredo is not None and not all(map(_is_public, ip.teredo)):
            return False
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast


@lru_cache(maxsize=65536)
def site(host: str) -> str:
    """What one publisher holds of the DNS: ``news.example.co.uk`` → ``example.co.uk``.

    Addresses and names under no public suffix have no such part and stay whole, but for ``www.``.
    `host` is as `host_name` writes it.
    """
    if address(host) is not None:
        return host
    return _SUFFIXES(host).top_domain_under_public_suffix or host.removeprefix("www.")
