"""What holds for every text: true offsets, fields in order, no exception, linear time."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.quotes import find_quotes
from press.coverage import FIELDS, Article, Block

MARKS = "\"'“”‘’„‚«»‹›`「」—–-"
PIECES = st.sampled_from(
    [
        *MARKS,
        " ",
        " ",
        "\n\n",
        "\n",
        ", ",
        ". ",
        "? ",
        ": ",
        "Ada Moreno",
        "Moreno",
        "he",
        "they",
        "it",
        " said ",
        " who ",
        " according to ",
        "calling it a",
        "the spokesperson",
        "A spokesperson for Northbank",
        "Dear Minister,",
        "The letter in full:",
        "MORENO: ",
        "(D-Vt.)",
        "’90s",
        "5'10\"",
        '<a href="x">',
        "was asked",
        "{4}",
        "ß",
        "İ",
        "\u0301",
        "\u00a0",
        "😀",
        "word",
        "another word",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200)
SECONDS_PER_MEGABYTE = 60
"""Fifteen times what the slowest text here takes on a quiet machine."""


def made(body: str, **fields: object) -> Article:
    return Article(
        url="https://paper.example/a",
        canonical_url="https://paper.example/a",
        outlet="Paper",
        body=body,
        **fields,
    )


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["en", "de", "fr", "es", "sv", None]), st.booleans())
def test_offsets_are_true_and_quotes_in_order_on_any_text(
    body: str, title: str, other: str, language: str | None, blocked: bool
) -> None:
    blocks = (Block(kind="blockquote", start=0, end=len(body)),) if blocked else ()
    article = made(
        body,
        title=title,
        dek=other,
        caption=other,
        pullquote=other,
        language=language,
        blocks=blocks,
    )
    found = find_quotes(article)
    for quote in found:
        assert article.field(quote.where)[quote.start : quote.end] == quote.text
        assert quote.text == quote.text.strip()
        assert quote.text
        assert quote.utterance >= 0
        assert quote.kind != "scare" or quote.speaker is None
    order = [(FIELDS.index(q.where), q.start, -q.end) for q in found]
    assert order == sorted(order)
    assert len({q.id for q in found}) == len(found)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_marked_quotations_never_cross_a_line(body: str) -> None:
    assert all("\n" not in q.text for q in find_quotes(made(body)) if q.kind != "block")


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_quotes(body: str) -> None:
    assert find_quotes(made(body)) == find_quotes(made(body))


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        '" ',
        "“",
        "'",
        "'a ",
        "“a ",
        "«",
        "'''a ",
        '"a" ',
        '<a "',
        "“a\n",
        '"a," said Bob. ',
        "he said “a b c d.” ",
        "they said “a b c d.” ",
        "the spokesman said “a b c.” ",
        "John Smith, “a b,” Smith said. ",
    ],
)
def test_a_long_text_of_marks_takes_linear_time(unit: str) -> None:
    size = 60_000
    began = time.process_time()
    find_quotes(made(unit * (size // len(unit))))
    assert time.process_time() - began < SECONDS_PER_MEGABYTE * size / 1_000_000 + 0.5


def test_a_megabyte_of_quotation_marks_is_read_within_its_bound() -> None:
    began = time.process_time()
    assert find_quotes(made("“”\"'" * 250_000)) == ()
    assert time.process_time() - began < 10
