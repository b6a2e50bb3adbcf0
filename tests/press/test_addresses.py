"""Hosts and outlets: which are private, which belong together, whose a URL is."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import addresses
from press.addresses import host_name, is_private, site
from press.campaign import Outlet
from press.outlets import split_host
from press.urls import OutletDirectory


@pytest.mark.parametrize(
    "private",
    [
        "localhost", "LOCALHOST.", "a.localhost", "printer", "nas.local", "db.internal",
        "router.home.arpa", "127.0.0.1", "127.1", "127.0.0.1:8000", "http://127.0.0.1/x",
        "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "127。0。0。1",
        "１２７.0.0.1", "%31%32%37.0.0.1", "0", "0.0.0.0", "10.0.0.1", "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.2.1",
        "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "[::1]", "[::1]:80",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:7f00:1", "[::ffff:10.0.0.1]:80", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2002:c0a8:101::1",
        "http://[::ffff:169.254.169.254]/latest", "", " ", "a b", "exa/mple", "256.1.1.1",
        "1.2.3.4.5", "example.org@127.0.0.1",
    ],
)  # fmt: skip
def test_no_form_of_a_private_address_passes(private: str) -> None:
    assert is_private(private)


@pytest.mark.parametrize(
    "public",
    ["example.org", "www.example.org:8080", "http://example.org/x", "8.8.8.8", "8.8.8.8:53",
     "134744072", "1.1.1.1.", "172.32.0.1", "100.128.0.1", "2606:4700::1111",
     "[2606:4700::1111]:80",
     "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "localhost.example.org",
     "10.0.0.1.example.org", "bücher.example"],
)  # fmt: skip
def test_public_hosts_pass(public: str) -> None:
    assert not is_private(public)


@given(st.integers(0, 2**32 - 1))
def test_all_spellings_of_an_ipv4_address_are_judged_alike(number: int) -> None:
    a, b, c, d = number.to_bytes(4, "big")
    dotted = socket.inet_ntoa(bytes([a, b, c, d]))
    spellings = [
        str(number), hex(number), f"0{number:o}", f"{a}.{number & 0xFFFFFF}",
        f"{a:#x}.{b:#o}".replace("0o", "0") + f".{c}.{d}", f"::ffff:{dotted}", f"64:ff9b::{dotted}",
    ]  # fmt: skip
    assert {is_private(s) for s in spellings} == {is_private(dotted)}


@given(st.text(max_size=40))
def test_any_text_has_an_answer(text: str) -> None:
    assert is_private(text) in (True, False)


def test_a_site_is_what_one_publisher_holds() -> None:
    assert site("news.example.co.uk") == "example.co.uk"
    assert site("www.courier.test") == site("courier.test")
    assert site("one.blogspot.com") != site("two.blogspot.com")
    assert site("127.0.0.1") == "127.0.0.1"


def test_a_host_is_written_one_way() -> None:
    assert host_name("WWW.Example.ORG.") == "www.example.org"
    assert host_name("bücher.example") == "xn--bcher-kva.example"
    assert host_name("[0:0::1]") == "::1"


COURIER = Outlet(name="The Courier", hosts=("courier.example",))
SPORT = Outlet(name="Courier Sport", hosts=("sport.courier.example",))
LOCAL = Outlet(name="Local", hosts=("127.0.0.1:8001",))
OTHER = Outlet(name="Other", hosts=("127.0.0.1:8002", "[::1]:8002", "localhost"))
WWW = Outlet(name="Bücher", hosts=("www.bücher.example",))
DIRECTORY = OutletDirectory([COURIER, SPORT, LOCAL, OTHER, WWW])


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://courier.example/a", COURIER),
        ("https://www.Courier.example:8080/a", COURIER),
        ("https://m.sport.courier.example/a", SPORT),
        ("http://127.0.0.1:8001/", LOCAL),
        ("http://127.0.0.1:8002/", OTHER),
        ("http://[::1]:8002/", OTHER),
        ("http://localhost:9/", OTHER),
        ("https://xn--bcher-kva.example/a", WWW),
        ("https://bücher.example/a", WWW),
        ("https://notcourier.example/", None),
        ("https://courier.example.org/", None),
        ("http://127.0.0.1:8003/", None),
        ("not a url", None),
        ("http://[broken", None),
        ("http://example.org:99999/", None),
    ],
)
def test_a_url_belongs_to_the_outlet_with_the_longest_host(url: str, outlet: Outlet | None) -> None:
    assert DIRECTORY.find(url) is outlet


def test_an_outlet_is_found_by_name_whatever_its_case_and_spacing() -> None:
    assert DIRECTORY.named("  the  COURIER ") is COURIER
    assert DIRECTORY.named("Gazette") is None


@pytest.mark.parametrize(
    "entry", ["", "https://a.org/", "a.org/x", "a b.org", "u@a.org", "a.org:x"]
)
def test_what_is_no_host_is_no_entry(entry: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        split_host(entry)


def test_the_public_suffix_list_is_the_bundled_one() -> None:
    assert addresses._SUFFIXES.suffix_list_urls == ()
    assert not addresses._SUFFIXES._cache.enabled
