"""robots.txt says what RFC 9309 says it says."""

import time

from crawler.robots import MAX_BYTES, MAX_DELAY, Rules
from tests.crawler.cases import load

NOT_RFC = {40, 63, 65, 66}
"""Decisions of Google's matcher that compare characters undecoded, against RFC 9309, 2.2.2, and
one that asks for a product token with a space, which RFC 9309, 2.2.1, does not have."""


def rules(text: str) -> Rules:
    return Rules(text.encode(), "Pickup")


def test_the_named_group_counts_and_not_the_general_one() -> None:
    both = rules("User-agent: *\nDisallow: /\n\nUser-agent: pickup/2 (all)\nDisallow: /private\n")
    assert both.allows("https://n.example/a")
    assert not both.allows("https://n.example/private/b")


def test_an_unknown_line_does_not_end_a_group() -> None:
    group = rules("User-agent: Pickup\nMood: sunny\nUser-agent: Other\nDisallow: /\n")
    assert not group.allows("https://n.example/a")


def test_the_longest_rule_wins_and_patterns_count() -> None:
    text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /*.pdf$\n"
    assert rules(text).allows("https://n.example/a/b/c")
    assert not rules(text).allows("https://n.example/a/c")
    assert not rules(text).allows("https://n.example/x.pdf")


def test_delays_are_read_and_bounded() -> None:
    assert rules("User-agent: *\nCrawl-delay: 2.5\n").delay == 2.5
    assert rules("User-agent: *\nRequest-rate: 1/10\n").delay == 10
    assert rules("User-agent: *\nCrawl-delay: 1e9\n").delay == MAX_DELAY
    assert rules("User-agent: *\nCrawl-delay: soon\n").delay == 0


def test_an_empty_or_binary_file_forbids_nothing() -> None:
    assert Rules(b"", "Pickup").allows("https://n.example/a")
    assert Rules(bytes(range(256)) * 10, "Pickup").allows("https://n.example/a")


def test_a_huge_file_is_read_to_its_bound_and_quickly() -> None:
    text = "User-agent: *\nDisallow: /early\n" + "#" * MAX_BYTES + "\nDisallow: /late\n"
    started = time.monotonic()
    assert not rules(text).allows("https://n.example/early")
    assert rules(text).allows("https://n.example/late")
    assert time.monotonic() - started < 5


def test_decisions_agree_with_googles_matcher_where_it_follows_the_rfc() -> None:
    wrong = {
        case["id"]
        for case in load("robots_google")
        if Rules(case["robotstxt"].encode(), case["user_agent"]).allows(case["url"])
        != case["allowed"]
    }
    assert wrong == NOT_RFC


def test_no_collected_file_crashes_the_parser() -> None:
    count = 0
    for case in load("robots_protego"):
        found = Rules(case["bytes"], "Pickup")
        found.allows("https://n.example/2018/06/a-story?x=%C3%A9")
        assert 0 <= found.delay <= MAX_DELAY
        count += 1
    assert count > 4_000
