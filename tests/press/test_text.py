"""Words and sentences: one cutting for all that compares texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.text import fold, sentences, tokens


def norms(text: str) -> list[str]:
    return [t.norm for t in tokens(text)]


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the U.S. and US’s", "The US and U.S.'s"),
        ("in the U.S", "in the US"),
        ("e.g. at 5 p.m.", "eg at 5 pm"),
        ("J.R.R. Tolkien", "JRR Tolkien"),
        ("a café’s naïve rôle", "A CAFE'S naive role"),
        ("they’re", "they're"),
        ("custo\u00admers", "customers"),
        ("free\u200bdom", "freedom"),
        ("1,000 of 12,345,678", "1000 of 12345678"),
        ("well-known—truly", "well known truly"),
        ("Straße", "STRASSE"),
        ("ﬁrst", "first"),
        ("“person tracking”", "'person tracking'"),
    ],
)
def test_house_style_does_not_tell_words_apart(one: str, other: str) -> None:
    assert norms(one) == norms(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the 1940s, a 10th 3D $3.5m 40%", ["the", "1940s", "a", "10th", "3d", "$3.5m", "40%"]),
        ("1.5 and 3:30", ["1.5", "and", "3:30"]),
        ("rock ’n’ roll", ["rock", "n", "roll"]),
        ("can't O’Neill", ["can't", "o'neill"]),
        ("人権は Amazonの", ["人", "権", "は", "amazon", "の"]),
        ("#MeToo @example", ["metoo", "example"]),
        ("הזכות שלנו", ["הזכות", "שלנו"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_words_are_what_readers_see_as_words(text: str, words: list[str]) -> None:
    assert norms(text) == words


@pytest.mark.parametrize(
    "parts",
    [
        ["They said no.", "We went on."],
        ["It beat No. 5 by far.", "See pp. 3-9 and Fig. 2 there."],
        ["Mr. Brown met Dr. Ito.", "Gen. Okoro and St. Paul agreed."],
        ["He flew to the U.S. Senate on Jan. 30 of that year.", "So did I.", "We know."],
        ["It left the U.S.", "We stayed."],
        ["J. Edgar Low and George W. Tree spoke.", "A. A. Pine wrote."],
        ["Restore the Light, Inc. Oslo branch signed.", "It belongs to Lamps Inc.", "They sued."],
        ["They meet at 5 p.m. Tuesday.", "They part at 6 p.m.", "The end."],
        ["We fell ill.", "A critical mass.", "Then came the wash."],
        ["“No.”", "The man left.", "‘Why?’ she asked.", "Really?!", "Yes."],
        ["They asked “Why?” and left (at last.)", "Then rain came."],
        ["1. Stop selling.", "2. Stop now."],
        ["We hold these rights.{1}", "And these.[2]", "And these.³", "All."],
        ["Prices rose 3.5 percent.", "The end."],
        ["iPhones sell.", "Öl steigt.", "Çay içtik."],
        ["لا تفعل.", "نحن هنا؟", "نعم."],
    ],
)
def test_sentences_end_where_readers_end_them(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_sentences_of_scripts_without_spaces_are_cut() -> None:
    assert cut("灯を守れ。「はい。」市は答えた！") == ["灯を守れ。", "「はい。」", "市は答えた！"]


def test_a_blank_line_always_ends_a_sentence() -> None:
    assert cut("Our demands\n\nkeep the light on\n \nMr.\n\nBrown") == [
        "Our demands",
        "keep the light on",
        "Mr.",
        "Brown",
    ]


def test_sentences_of_a_part_have_offsets_of_the_whole() -> None:
    text = "Skip this. Take one. Take two. Leave."
    start, end = text.index("Take one"), text.index(" Leave")
    assert [text[s.start : s.end] for s in sentences(text, start, end)] == [
        "Take one.",
        "Take two.",
    ]


_prose = st.text(
    st.sampled_from("ab U.SIn1,3$%'’“”\"()[]{}—-…!?。人ก\u00ad\u200b\u0301éß\n\t¹†")
    | st.characters(),
    max_size=80,
)


@given(_prose)
def test_offsets_are_true_for_any_text(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert last <= token.start < token.end
        assert fold(text[token.start : token.end]) == token.norm
        last = token.end
    last = 0
    for span in sentences(text):
        assert last <= span.start < span.end
        sentence = text[span.start : span.end]
        assert sentence == sentence.strip()
        assert not text[last : span.start].strip()
        last = span.end
    assert not text[last:].strip()


@given(_prose)
def test_folding_twice_changes_nothing(text: str) -> None:
    for token in tokens(text):
        assert fold(token.norm) == token.norm
