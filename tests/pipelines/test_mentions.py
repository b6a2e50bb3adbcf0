"""Quotes and matches become mentions, each at its place, with what is known of it."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines import mentions
from pipelines.statements import StatementMatcher
from press.campaign import Line, Statement
from press.coverage import Article, Mention, PrintedDate, Quote

LINES = (
    "The harbor commission has hidden the dredging reports from every fishing family in town.",
    "No community should drink water that its own regulators refuse to test.",
)
MATCHER = StatementMatcher(
    [
        Statement(
            id="letter",
            title="",
            lines=tuple(Line(number=n, text=x, paragraph=1) for n, x in enumerate(LINES, 1)),
        )
    ]
)


def cut(body: str, *quoted: str, published: str | None = None) -> tuple[Mention, ...]:
    """The mentions of an article in which each of `quoted` is a quote by Ms. Dell."""
    article = Article(
        url="u",
        canonical_url="https://example.org/a",
        outlet="Gazette",
        body=body,
        language="en",
        published=PrintedDate(value=published, source="meta") if published else None,
    )
    quotes = tuple(
        Quote(
            text=text,
            start=body.index(text),
            end=body.index(text) + len(text),
            where="body",
            kind="sentence",
            speaker="Ms. Dell",
            cue="said",
        )
        for text in quoted
    )
    found = mentions.cut(article, quotes, MATCHER.match(article), first_fetched="2024-05-02T10:00")
    assert all(body[m.start : m.end] == m.text for m in found)
    return found


def test_each_sentence_of_a_quote_is_a_mention_with_its_own_match() -> None:
    both = " ".join(LINES)
    found = cut(f"“{both}” said Ms. Dell.", both)
    assert [m.text for m in found] == list(LINES)
    assert [[x.line for x in m.matches] for m in found] == [[1], [2]]
    assert {(m.quote_text, m.speaker, m.cue, m.kind) for m in found} == {
        (both, "Ms. Dell", "said", "sentence")
    }
    assert len({m.id for m in found}) == 2


def test_a_quote_without_a_match_is_a_mention_too() -> None:
    (mention,) = cut("“We are late,” said Ms. Dell.", "We are late,")
    assert (mention.text, mention.matches, mention.outlet) == ("We are late,", (), "Gazette")
    assert mention.quote == "body:1-13"


def test_a_line_printed_without_marks_is_an_unquoted_mention() -> None:
    (mention,) = cut(f"{LINES[0]} Nobody answered.")
    assert (mention.kind, mention.quote, mention.speaker) == ("unquoted", None, None)
    assert mention.matches[0].relation == "verbatim"


def test_a_quoted_line_is_not_told_twice() -> None:
    found = cut(f"“{LINES[1]}” said Ms. Dell.", LINES[1])
    assert [m.kind for m in found] == ["sentence"]


def test_the_halves_of_a_split_line_both_have_its_match() -> None:
    first, second = "No community should drink water,", "that its own regulators refuse to test."
    found = cut(f"“{first}” said Ms. Dell, “{second}”", first, second)
    assert [(m.kind, [x.line for x in m.matches]) for m in found] == [
        ("sentence", [2]),
        ("sentence", [2]),
    ]


def test_a_line_half_in_marks_and_half_outside_is_told_both_ways() -> None:
    inside = "drink water"
    body = LINES[1].replace(inside, f"“{inside}”")
    assert [m.kind for m in cut(body, inside)] == ["sentence", "unquoted"]


def test_words_of_two_lines_belong_to_the_one_whose_neighbour_is_quoted() -> None:
    lines = (
        "The ferry company ignored a grave warning from its own engineers in the spring.",
        "Nobody asked the captain why two lifeboats had been left behind at the quay.",
        "Passengers were told nothing about the cracked hull until the vessel had sailed.",
        "The harbor pilots gave a grave warning about the fog on that same morning.",
    )
    numbered = tuple(Line(number=n, text=x, paragraph=1) for n, x in enumerate(lines, 1))
    matcher = StatementMatcher([Statement(id="s", title="", lines=numbered)])
    body = f"“{lines[2]}” she said, citing the “grave warning” of the crew."
    article = Article(url="u", canonical_url="u", outlet="o", body=body)
    at = body.index("grave")
    quote = Quote(text="grave warning", start=at, end=at + 13, where="body", kind="fragment")
    found = mentions.cut(article, [quote], matcher.match(article), first_fetched="2024-05-02")
    assert [m.line for m in found[0].matches] == [4, 1]


def test_the_printed_date_wins_over_the_time_of_fetching() -> None:
    quote = "We are late,"
    assert cut(f"“{quote}” she said.", quote, published="2024-05-01")[0].date == "2024-05-01"
    assert cut(f"“{quote}” she said.", quote)[0].date == "2024-05-02T10:00"


def test_the_order_of_quotes_does_not_change_the_mentions() -> None:
    one, two = "We are late,", LINES[0]
    body = f"“{one}” she said. “{two}”"
    assert set(cut(body, one, two)) == set(cut(body, two, one))


@given(st.lists(st.sampled_from([*" ".join(LINES).split(), "“", "”", "…", "\n\n"]), max_size=60))
def test_offsets_of_mentions_are_true(words: list[str]) -> None:
    body = " ".join(["Start here.", *words, "The end."])
    cut(body, body[3:-3].strip())
