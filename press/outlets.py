"""Which outlet a URL belongs to, by the hosts that the campaign file lists."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from press.addresses import address, host_name
from press.campaign import Outlet

DEFAULT_PORTS = {"http": 80, "https": 443}


def split_host(entry: str) -> tuple[str, int | None]:
    """The host and port of an outlet's entry: ``www.example.org`` → ``("example.org", None)``.

    Raises ValueError for what is no host.
    """
    if "/" in entry or "@" in entry or any(c.isspace() for c in entry):
        raise ValueError(f"no host name: {entry!r}")
    bare = address(entry) is not None and not entry.startswith("[")
    if bare:
        return host_name(entry), None
    parts = urlsplit(f"//{entry}")
    return host_name(parts.hostname or "").removeprefix("www."), parts.port


class OutletDirectory:
    """Finds outlets by URL or by name.

    `example.org` covers its subdomains; the longest entry wins, then one that names the port.
    """

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        """Of two outlets with the same host or name, the first is found."""
        self._by_host: dict[tuple[str, int | None], Outlet] = {}
        self._by_name: dict[str, Outlet] = {}
        for outlet in outlets:
            self._by_name.setdefault(_folded(outlet.name), outlet)
            for entry in outlet.hosts:
                self._by_host.setdefault(split_host(entry), outlet)

    def find(self, url: str) -> Outlet | None:
        """The outlet that `url` belongs to."""
        try:
            parts = urlsplit(url)
            host = host_name(parts.hostname or "")
            port = parts.port or DEFAULT_PORTS.get(parts.scheme)
        except ValueError:
            return None
        if address(host) is not None:
            suffixes = [host]
        else:
            labels = host.split(".")
            suffixes = [".".join(labels[n:]) for n in range(len(labels))]
        for suffix in suffixes:
            found = self._by_host.get((suffix, port)) or self._by_host.get((suffix, None))
            if found is not None:
                return found
        return None

    def named(self, name: str) -> Outlet | None:
        """The outlet of this name, whatever its case and spacing."""
        return self._by_name.get(_folded(name))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
