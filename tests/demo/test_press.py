"""The demo press serves what its site file says, on loopback, with validators."""

import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.server import PressServer
from demo.site import Site


@pytest.fixture(scope="module")
def press() -> Iterator[PressServer]:
    with PressServer() as server:
        yield server


def fetch(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, dict(answer.headers), answer.read()


def test_every_route_answers_as_its_site_file_says(press: PressServer) -> None:
    for paper in press.site.papers:
        for path, route in paper.routes.items():
            status, headers, body = fetch(press.base[paper.id] + path)
            assert status == route.status, (paper.id, path)
            assert headers["Content-Type"] == route.type or route.redirect
            assert body


def test_no_page_links_away_from_loopback(press: PressServer) -> None:
    allowed = ("http://127.0.0.1:", "http://www.", "http://purl.org", "http://ogp.me")
    for paper in press.site.papers:
        for path, route in paper.routes.items():
            if route.file is None or path.endswith((".xml", ".atom", ".rdf", ".json", "/feed")):
                continue
            text = press.site.content(paper, path, press.base).decode(route.charset)
            for link in text.split('href="http')[1:]:
                assert ("http" + link).startswith(allowed), (paper.id, path, link[:60])


def test_a_validator_is_answered_with_304(press: PressServer) -> None:
    url = press.base["wire"] + "/stories/8812"
    _, headers, _ = fetch(url)
    status, _, body = fetch(url, **{"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")
    assert press.requests[-1].conditional


def test_gzip_is_sent_only_to_who_accepts_it(press: PressServer) -> None:
    url = press.base["courier"] + "/politics/transit-board-footage"
    assert "Content-Encoding" not in fetch(url)[1]
    assert fetch(url, **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"


def test_the_herald_lies_about_its_charset(press: PressServer) -> None:
    _, headers, body = fetch(press.base["herald"] + "/news/bus-footage-deal.html")
    assert "ISO-8859-1" in headers["Content-Type"]
    assert b"\x93A bus is a public service" in body


def test_an_unknown_path_is_not_found(press: PressServer) -> None:
    assert fetch(press.base["ledger"] + "/gallery/picnic")[0] == 404


def test_two_servers_share_no_port() -> None:
    with PressServer() as one, PressServer() as two:
        assert not set(one.base.values()) & set(two.base.values())


def test_the_campaign_names_every_outlet_and_source(press: PressServer, tmp_path: Path) -> None:
    file = press.site.campaign(tmp_path, press.base)
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    assert [o["name"] for o in written["outlets"]] == [p.name for p in Site().papers]
    assert len(written["sources"]) == sum(len(p.sources) for p in Site().papers)
    for statement in written["statements"]:
        assert (tmp_path / statement["path"]).is_file()
