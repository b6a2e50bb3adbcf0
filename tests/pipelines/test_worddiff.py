"""The word diff re-applies, and tells house style from wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import worddiff
from press.coverage import Edit

WORDS = st.sampled_from(
    "the a of to we must not stop selling e-mail email real-time real time U.S. US colour color "
    'forty 40 percent % — -- … ... [the company] [sic] “quoted” "plain" don’t cannot can 1,000 '
    "1000 governments, governments".split(" ")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))


def kinds(line: str, printed: str) -> set[str]:
    return {edit.kind for edit in worddiff.diff(line, printed)}


def steps(line: str, printed: str, kind: str) -> list[tuple[str, str]]:
    return [(e.statement, e.printed) for e in worddiff.diff(line, printed) if e.kind == kind]


@given(TEXTS, TEXTS)
def test_a_diff_of_any_two_texts_re_applies(line: str, printed: str) -> None:
    diff = worddiff.diff(line, printed)
    assert worddiff.apply(line, diff) == " ".join(worddiff.words(printed))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert kinds(text, text) <= {"same"}


@given(TEXTS, TEXTS, st.data())
def test_a_diff_of_a_known_part_re_applies(line: str, printed: str, data: st.DataObject) -> None:
    from pipelines.spelling import units

    size = len(units(line))
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    diff = worddiff.diff(line, printed, part=(start, end))
    assert worddiff.apply(line, diff) == " ".join(worddiff.words(printed))


def test_a_diff_of_another_line_is_refused() -> None:
    with pytest.raises(ValueError, match="another line"):
        worddiff.apply("quite another line", worddiff.diff("one line", "a line"))


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("The harbour shut.", "the harbor shut"),
        ("We organised forty per cent of it.", "We organized 40% of it."),
        ("It cost 1,000 pounds", "It cost £1000"),
        ("The U.S.'s e-mail", "The US's email"),
        ("in real-time—as they said", "in real time -- as they said"),
        ("café life", "cafe life"),
        ("We don’t know", "We don't know"),
        ("Two million people", "2 million people"),
        ("The port must close.", "[The harbor authority] must close"),
        ("The port must close.", "[T]he port must close"),
        ("research & development", "research and development"),
        ("we can not go", "we cannot go"),
        ("They trust us.{3} Always.", "They trust us. Always."),
    ],
)
def test_house_style_is_no_wording(line: str, printed: str) -> None:
    assert kinds(line, printed) <= {"same", "style"}


@pytest.mark.parametrize(
    ("line", "printed", "change"),
    [
        ("We will not sell it", "We will sell it", ("not", "")),
        ("We will sell it", "We will never sell it", ("", "never")),
        ("The mayor sells it", "The mayor sold it", ("sells", "sold")),
        ("We cannot go", "We can't go", ("cannot", "can't")),
        ("It took 40 days", "It took 41 days", ("40", "41")),
        ("The ferry runs daily", "The ferry ran daily", ("runs", "ran")),
    ],
)
def test_changed_words_are_wording(line: str, printed: str, change: tuple[str, str]) -> None:
    assert steps(line, printed, "wording") == [change]


def test_an_ellipsis_cuts_what_it_stands_for() -> None:
    line = "The harbor will close in June, after years of talks, for good."
    assert steps(line, "The harbor will close … for good.", "cut") == [
        ("in June, after years of talks,", "…")
    ]


def test_words_left_off_the_ends_are_cut() -> None:
    assert steps("Last year the harbor closed for good", "the harbor closed", "cut") == [
        ("Last year", ""),
        ("for good", ""),
    ]


def test_an_attribution_between_two_halves_is_style() -> None:
    line = "The harbor will close before the winter."
    printed = "The harbor will close,” the mayor said, “before the winter."
    assert Edit(kind="style", printed="the mayor said,") in worddiff.diff(line, printed)
    assert "wording" not in kinds(line, printed)


def test_the_attribution_is_told_from_the_same_word_of_the_line() -> None:
    line = "They reached the levels of last year."
    printed = "They reached,” the mayor said, “the levels of last year."
    assert "wording" not in kinds(line, printed)


def test_an_ellipsis_beside_an_equal_word_cuts_what_it_stands_for() -> None:
    line = "They want to try to get them to look elsewhere."
    diff = steps(line, "They want to try … to look elsewhere.", "cut")
    assert diff == [("to get them", "…")]


def test_words_skipped_without_a_mark_are_wording() -> None:
    assert steps("We will close the old harbor", "We will close harbor", "wording") == [
        ("the old", "")
    ]
