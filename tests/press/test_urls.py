"""URLs: what is fetched, and under which name an article is known."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from press.urls import MAX_LENGTH, canonical, clean, host, identity


@pytest.mark.parametrize(
    ("given_url", "cleaned"),
    [
        ("HTTP://Example.ORG:80/A", "http://example.org/A"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("http://127.0.0.1:8001/a?b=1", "http://127.0.0.1:8001/a?b=1"),
        ("http://example.org", "http://example.org/"),
        ("  http://example.org/a \n", "http://example.org/a"),
        ("http://example.org/a#part", "http://example.org/a"),
        ("http://example.org/a/./b/../c/", "http://example.org/a/c/"),
        ("http://example.org/a/..", "http://example.org/"),
        ("http://example.org/a.html;jsessionid=5A.2_c?x=1", "http://example.org/a.html?x=1"),
        ("http://example.org/a//b", "http://example.org/a//b"),
        ("http://example.org/%7ejo/%c3%a9%2f", "http://example.org/~jo/%C3%A9%2F"),
        ("http://example.org/é", "http://example.org/%C3%A9"),
        ("http://example.org./a", "http://example.org/a"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("http://example.org/a?b=2&a=1", "http://example.org/a?b=2&a=1"),
        ("http://example.org/a?b&c=&b=2", "http://example.org/a?b&c=&b=2"),
        ("http://example.org/a?x=1&amp;utm_medium=rss", "http://example.org/a?x=1"),
    ],
)
def test_clean_changes_only_what_a_server_cannot_tell(given_url: str, cleaned: str) -> None:
    assert clean(given_url) == cleaned


@pytest.mark.parametrize(
    "parameter",
    [
        "utm_source=x", "UTM_Campaign=y", "%75tm_source=z", "fbclid=1", "gclid=1", "ftag=CAD",
        "mc_cid=1", "mc_eid=2", "CMP=share_btn_tw", "ref=rss", "source=twitter",
        "at_medium=RSS", "ns_mchannel=rss", "feedType=RSS", "mod=rss_headlines", "partner=rss",
        "xtor=RSS-1", "ncid=txtlnk", "_hsenc=p2", "guccounter=1", "PHPSESSID=ab", "src=email_share",
        "sid=58428beaa14598c2e02d93ad5c773e4d",
    ],
)  # fmt: skip
def test_tracking_parameters_go(parameter: str) -> None:
    assert clean(f"https://example.org/a?id=3&{parameter}&p=4") == "https://example.org/a?id=3&p=4"


@pytest.mark.parametrize(
    "parameter",
    ["gallery=7", "global=1", "ref=1234", "source=reuters-42", "sessions=2", "cid=55", "keyword=a",
     "page=2", "lang=de", "s=amp", "from=2018-05-01", "mod=article", "article_id=9", "medium=oil",
     "sid=4", "s=search"],
)  # fmt: skip
def test_parameters_that_choose_content_stay(parameter: str) -> None:
    url = f"https://example.org/a?{parameter}"
    assert clean(url) == url


@pytest.mark.parametrize(
    ("wrapped", "target"),
    [
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://example.org/a%3Fid%3D1&ct=ga",
            "https://example.org/a?id=1",
        ),
        ("https://l.facebook.com/l.php?u=http%3A%2F%2Fexample.org%2Fa&h=x", "http://example.org/a"),
        (
            "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a-b-c/amp",
            "https://www.example.org/a-b-c/amp",
        ),
        ("https://www.google.com/amp/s/www.example.org/a", "https://www.example.org/a"),
        ("https://www.google.com/url?q=javascript:1", "https://www.google.com/url?q=javascript:1"),
        ("https://example.org/url?url=http://other.example/", None),
    ],
)
def test_redirectors_that_carry_their_target_are_unwrapped(
    wrapped: str, target: str | None
) -> None:
    assert clean(wrapped) == (target or wrapped)


@pytest.mark.parametrize(
    "bad",
    [
        "", "   ", "example.org/a", "//example.org/a", "/a", "ftp://example.org/", "mailto:a@b.org",
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://", "http:///a",
        "http:example.org", "http://user@example.org/", "http://user:pw@example.org/",
        "http://example.org:99999/", "http://example.org:x/", "http://exa mple.org/",
        "http://*.example.org/", "http://[::1/", "http://a..b/", "http://" + "a" * 64 + ".org/",
        "http://example.org/\ud800", "http://example.org/" + "a" * MAX_LENGTH,
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_is_a_value_error(bad: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        clean(bad)


@pytest.mark.parametrize(
    "variant",
    [
        "https://example.org/2018/a-letter-to-all/",
        "https://example.org/2018/a-letter-to-all#comments",
        "https://example.org/2018/a-letter-to-all/index.html",
        "https://example.org/2018/a-letter-to-all/amp/",
        "https://example.org/2018/a-letter-to-all?amp=1",
        "https://example.org/2018/a-letter-to-all?outputType=amp&utm_source=x",
        "https://EXAMPLE.org:443/2018/a-letter-to-all",
    ],
)
def test_one_article_has_one_identity(variant: str) -> None:
    assert identity(variant) == "https://example.org/2018/a-letter-to-all"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8001/news/a",
        "https://www.example.org/a",
        "https://m.example.org/a",
        "http://example.org/a",
        "https://example.org/guitars/amp",
        "https://example.org/",
        "https://example.org/a?page=2",
    ],
)
def test_an_identity_stays_a_link_to_the_same_server_and_page(url: str) -> None:
    assert identity(url) == url


def test_the_order_of_parameters_makes_no_second_article() -> None:
    assert identity("https://e.org/a?b=2&a=1") == identity("https://e.org/a?a=1&b=2")
    assert identity("https://e.org/a?v=2&v=1") != identity("https://e.org/a?v=1&v=2")


@pytest.mark.parametrize(
    ("final", "link", "known_as"),
    [
        ("https://e.org/x/a-b-c?id=1", "https://e.org/x/a-b-c", "https://e.org/x/a-b-c"),
        ("https://e.org/x/a-b-c/amp", "/x/a-b-c/", "https://e.org/x/a-b-c"),
        ("https://e.org/x/a-b-c", "a-b-c-d", "https://e.org/x/a-b-c-d"),
        ("https://m.e.org/n/a-b-c", "https://www.e.org/n/a-b-c", "https://www.e.org/n/a-b-c"),
        ("https://e.org/?p=12", "https://e.org/rowing/", "https://e.org/rowing"),
        ("https://e.org/a-b-c", "http://e.org/a-b-c", "https://e.org/a-b-c"),
        ("http://127.0.0.1:81/x/a-b-c", "/x/c-b-a", "http://127.0.0.1:81/x/c-b-a"),
    ],
)
def test_a_site_is_believed_about_its_own_articles(final: str, link: str, known_as: str) -> None:
    assert canonical(final, link) == known_as


@pytest.mark.parametrize(
    ("final", "link"),
    [
        ("https://e.org/x/a-b-c", None),
        ("https://e.org/x/a-b-c", "  "),
        ("https://e.org/x/a-b-c", "javascript:void(0)"),
        ("https://e.org/x/a-b-c", "http://[broken"),
        ("https://e.org/x/a-b-c", "https://e.org/"),
        ("https://e.org/x/a-b-c", "/"),
        ("https://e.org/x/a-b-c", "https://e.org/x"),
        ("https://e.org/2018/a-b-c", "https://e.org/news/latest"),
        ("https://e.org/story?id=44", "https://e.org/story"),
        ("https://e.org/a-b-c", "https://e.org/a-b-c/https%3A%2F%2Fe.org%2Fa-b-c"),
        ("https://e.org/x/a-b-c", "https://other.example/x/a-b-c"),
        ("http://127.0.0.1:81/x/a-b-c", "http://127.0.0.1:82/x/a-b-c"),
        ("https://one.blogspot.com/2018/a-b-c", "https://two.blogspot.com/2018/a-b-c"),
        ("https://one.co.uk/2018/a-b-c", "https://two.co.uk/2018/a-b-c"),
    ],
)
def test_a_mistaken_or_foreign_canonical_link_is_not_believed(final: str, link: str | None) -> None:
    assert canonical(final, link) == identity(final)


def test_a_host_keeps_a_port_of_its_own() -> None:
    assert host("http://127.0.0.1:8001/a") == "127.0.0.1:8001"
    assert host("https://WWW.Example.org:443/a") == "www.example.org"


_pieces = st.lists(
    st.sampled_from(
        ["a", "B", "é", "%c3%a9", "%2F", "%zz", "%", "..", ".", "/", "?", "&", "=", "#", ";", "+",
         " ", "amp", "index.html", "utm_source=1", "b-c-d", "\\", "'", "|", "[", "]", "\u00a0",
         "人",
         "google.com", "/url?url=http://x.org/", ".amp", "@", ":", "&amp;", "%25", "%2e", "\t",
         ";jsessionid=1"]
    ),
    max_size=12,
)  # fmt: skip
_urls = st.builds(
    lambda scheme, name, port, rest: f"{scheme}://{name}{port}/{''.join(rest)}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["example.org", "www.google.com", "127.0.0.1", "x.cdn.ampproject.org", "Ü.de"]),
    st.sampled_from(["", ":80", ":443", ":8001"]),
    _pieces,
)


@given(_urls)
@example("http://example.org/%252e%252e/a")
@example("http://example.org/%2e%2e/a")
@example("https://example.org/a-b-c/amp/amp")
@example("https://example.org/a-b-c/index.html/index.html")
@example("https://example.org/a-b-c.amp/amp")
@example("http://example.org//..//a")
def test_cleaning_and_naming_twice_change_nothing(url: str) -> None:
    try:
        once = clean(url)
    except ValueError:
        return
    assert clean(once) == once
    assert identity(identity(url)) == identity(url) == identity(once)
    assert canonical(url, identity(url)) == identity(url)


@given(st.text(max_size=60))
def test_any_text_is_a_url_or_a_value_error(text: str) -> None:
    for raw in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            cleaned = clean(raw)
        except ValueError:
            continue
        assert cleaned.isascii()
        assert clean(cleaned) == cleaned
        assert canonical(cleaned, text).startswith(("http://", "https://"))
