"""Statement lines are found in any article, with the relation that a press officer would give."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines import worddiff
from pipelines.statements import StatementMatcher
from press.campaign import Line, Statement
from press.coverage import Article, Match

LINES = (
    "The harbor commission has hidden the dredging reports from every fishing family in town.",
    "We ask Governor Ellery to suspend the permits before the spring tides return.",
    "No community should drink water that its own regulators refuse to test.",
    "More than forty percent of the wells near the quarry contain arsenic, and nobody warned us.",
    "The time to act is now.",
    "Our organisation will not honor a settlement that was written behind closed doors.",
)
LETTER = Statement(
    id="letter",
    title="Open letter",
    lines=tuple(Line(number=n, text=text, paragraph=1) for n, text in enumerate(LINES, 1)),
)
MATCHER = StatementMatcher([LETTER])
BEFORE = "Residents met on Tuesday in the old cannery to discuss the plans.\n\n"
AFTER = "\n\nA spokesman for the county declined to comment on the matter."


def article(body: str, **fields: str) -> Article:
    return Article(url="u", canonical_url="u", outlet="o", body=BEFORE + body + AFTER, **fields)


def found(body: str, *, line: int | None = None, support: bool = False) -> list[Match]:
    """The matches in `body`, perhaps in an article that quotes another line too."""
    text = f"{body}\n\n“{LINES[1]}”" if support else body
    matches = MATCHER.match(article(text))
    return [m for m in matches if (m.line == line if line else not support or m.line != 2)]


def only(body: str, line: int, *, support: bool = False) -> Match:
    matches = found(body, line=line, support=support)
    assert len(matches) == 1, matches
    return matches[0]


@pytest.mark.parametrize("line", [1, 2, 3, 4, 6])
@pytest.mark.parametrize(
    "form", ["“{}”", '"{}" she said.', "{}", "«{}»", "It ended: {} Then rain."]
)
def test_a_line_printed_whole_is_verbatim(line: int, form: str) -> None:
    assert only(form.format(LINES[line - 1]), line).relation == "verbatim"


@pytest.mark.parametrize(
    ("printed", "line"),
    [
        ("“MORE THAN 40% OF THE WELLS NEAR THE QUARRY CONTAIN ARSENIC, and nobody warned us.”", 4),
        ("“Our organization will not honour a settlement that was written behind closed doors”", 6),
        ("“[The board] has hidden the dredging reports from every fishing family in town.”", 1),
        ("“No community should drink water that its own regulators  refuse to test,” he said.", 3),
    ],
)
def test_house_style_is_never_altered(printed: str, line: int) -> None:
    assert only(printed, line).relation == "verbatim"


def test_a_quoted_part_printed_as_a_sentence_is_trimmed() -> None:
    match = only("“The harbor commission has hidden the dredging reports,” the letter says.", 1)
    assert match.relation == "trimmed"


def test_a_quoted_part_inside_the_outlets_sentence_is_a_fragment() -> None:
    match = only("It accuses officials who “refuse to test” wells.", 3, support=True)
    assert (match.relation, match.text) == ("fragment", "refuse to test")


def test_the_outlets_lead_in_is_not_part_of_a_fragment() -> None:
    match = only(
        "They urged the governor to “suspend the permits before the spring tides return.”", 2
    )
    assert match.text == "suspend the permits before the spring tides return."
    assert match.relation == "fragment"


@pytest.mark.parametrize("mark", ["…", "...", ". . .", "[…]", "[...]"])
def test_words_left_out_with_a_mark_are_elided(mark: str) -> None:
    printed = f"“The harbor commission has hidden the dredging reports {mark} in town.”"
    assert only(printed, 1).relation == "elided"


def test_a_line_split_by_an_attribution_is_elided() -> None:
    printed = "“No community should drink water,” the letter says, “that its own regulators refuse to test.”"
    match = only(printed, 3)
    assert match.relation == "elided"
    assert match.text.startswith("No community")
    assert match.text.rstrip("”").endswith("test.")


@pytest.mark.parametrize(
    ("printed", "line", "change"),
    [
        (
            "“Our organisation will honor a settlement that was written behind closed doors.”",
            6,
            ("not", ""),
        ),
        (
            "“No community should drink milk that its own regulators refuse to test.”",
            3,
            ("water", "milk"),
        ),
        (
            "“No community should drink water that its own regulators refuse to sell.”",
            3,
            ("test.", "sell."),
        ),
        (
            "“More than sixty percent of the wells near the quarry contain arsenic, and nobody warned us.”",
            4,
            ("forty", "sixty"),
        ),
        (
            "“The harbor commission has deliberately hidden the dredging reports from every fishing family in town.”",
            1,
            ("", "deliberately"),
        ),
    ],
)
def test_a_changed_word_is_altered(printed: str, line: int, change: tuple[str, str]) -> None:
    match = only(printed, line)
    assert match.relation == "altered"
    assert change in [(e.statement, e.printed) for e in match.diff if e.kind == "wording"]


def test_unquoted_rewording_is_altered_where_the_article_quotes_the_statement() -> None:
    body = (
        "Critics say the commission has kept hidden the dredging reports from every fishing family."
    )
    assert only(body, 1, support=True).relation == "altered"


@pytest.mark.parametrize(
    "body",
    [
        "More than forty percent of the voters stayed at home, and nobody was surprised.",
        "The governor said the time had come, and that the family would return in spring.",
        "The commission was asked to suspend the meeting.",
        "Mr. Ellery, the governor, spoke to the harbor commission.",
    ],
)
def test_stock_phrases_and_names_are_no_matches(body: str) -> None:
    assert found(body) == []


def test_a_stock_phrase_of_a_quotation_that_says_something_else_is_no_match() -> None:
    body = "“No community should have to choose between its schools and its roads,” said Ms. Dell."
    assert found(body, line=3, support=True) == []


def test_a_short_line_counts_beside_its_printed_neighbour() -> None:
    body = f"“{LINES[3]} {LINES[4]} {LINES[5]}”"
    assert {m.line: m.relation for m in found(body)} == {
        4: "verbatim",
        5: "verbatim",
        6: "verbatim",
    }


def test_equal_lines_of_two_statements_are_both_reported() -> None:
    other = Statement(id="speech", title="", lines=(Line(number=7, text=LINES[2], paragraph=2),))
    matches = StatementMatcher([LETTER, other]).match(article(f"“{LINES[2]}”"))
    assert [(m.statement, m.line) for m in matches] == [("letter", 3), ("speech", 7)]


def test_an_exact_line_is_not_an_alteration_of_its_later_version() -> None:
    later = LINES[2].replace("refuse to", "hesitate to")
    other = Statement(id="speech", title="", lines=(Line(number=1, text=later, paragraph=1),))
    matches = StatementMatcher([LETTER, other]).match(article(f"“{LINES[2]}”"))
    assert [(m.statement, m.relation) for m in matches] == [("letter", "verbatim")]


def test_all_fields_are_searched() -> None:
    matches = MATCHER.match(
        article("", title=LINES[0], dek=f"“{LINES[1]}”", caption=LINES[2], pullquote=LINES[3])
    )
    assert {(m.where, m.line) for m in matches} == {
        ("title", 1),
        ("dek", 2),
        ("caption", 3),
        ("pullquote", 4),
    }


def test_a_line_printed_twice_is_two_matches() -> None:
    assert len(found(f"“{LINES[2]}” A long pause followed. “{LINES[2]}”", line=3)) == 2


def test_a_release_copy_is_told_from_an_article_that_quotes_at_length() -> None:
    whole = Article(url="u", canonical_url="u", outlet="o", body=" ".join(LINES))
    assert MATCHER.release_of(whole, MATCHER.match(whole)) == "letter"
    report = article(" ".join(LINES) + "\n\n" + "The council meets again on Friday at noon. " * 15)
    assert MATCHER.release_of(report, MATCHER.match(report)) is None


def test_signatories_do_not_hide_a_release_copy() -> None:
    names = tuple(
        f"{name} Fishing Cooperative of the Lower Bay"
        for name in "Alder Birch Cedar Elm Fir".split()
    )
    signed = LETTER.model_copy(update={"signatories": names})
    matcher = StatementMatcher([signed])
    whole = Article(
        url="u", canonical_url="u", outlet="o", body="\n\n".join([" ".join(LINES), *names])
    )
    assert matcher.release_of(whole, matcher.match(whole)) == "letter"


def test_a_matcher_without_statements_finds_nothing() -> None:
    assert StatementMatcher([]).match(article(LINES[0])) == ()


def test_a_matcher_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(MATCHER))
    body = article(f"“{LINES[0]}”")
    assert again.match(body) == MATCHER.match(body)


PROSE = st.lists(
    st.sampled_from(
        "The council met. Rain fell on the harbor. “We are late,” he said. Nobody asked why. It "
        'cost $3.5 million — a record. The U.S. delegation left. "Yes" was heard. \n\n'.split("  ")[
            0
        ].split(". ")
    ),
    max_size=6,
).map(". ".join)


@settings(max_examples=150, deadline=None)
@given(PROSE, PROSE, st.sampled_from(LINES[:4]), st.sampled_from(["“{}”", "{}", "\n\n{}\n\n"]))
def test_a_line_set_into_any_text_is_found_verbatim(
    before: str, after: str, line: str, form: str
) -> None:
    text = f"{before}.\n\n{form.format(line)}\n\n{after}"
    page = Article(url="u", canonical_url="u", outlet="o", body=text)
    matches = [m for m in MATCHER.match(page) if m.line_text == line]
    assert [m.relation for m in matches] == ["verbatim"]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_offsets_are_true_and_diffs_re_apply_in_any_text(data: st.DataObject) -> None:
    words = " ".join(LINES).split() + ["…", "[", "]", "“", "”", '"', "said", "\n\n", "not", "—"]
    text = " ".join(data.draw(st.lists(st.sampled_from(words), max_size=120)))
    for match in MATCHER.match(Article(url="u", canonical_url="u", outlet="o", body=text)):
        assert text[match.start : match.end] == match.text
        assert worddiff.apply(match.line_text, match.diff) == " ".join(worddiff.words(match.text))
        assert 0 <= match.similarity <= 1


STYLE = st.sampled_from(
    [
        lambda s: s.upper(),
        lambda s: s.replace("forty percent", "40 per cent"),
        lambda s: s.replace("honor", "honour").replace("organisation", "organization"),
        lambda s: s.replace(" ", "\u00a0"),
        lambda s: s.rstrip("."),
        lambda s: s.replace(",", " —"),
        lambda s: s.replace("harbor", "harbour"),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(LINES[:4]), st.lists(STYLE, max_size=4), st.booleans())
def test_house_style_on_either_side_never_gives_altered(line, changes, swap) -> None:  # type: ignore[no-untyped-def]
    printed = line
    for change in changes:
        printed = change(printed)
    said, shown = (printed, line) if swap else (line, printed)
    statement = Statement(id="s", title="", lines=(Line(number=1, text=said, paragraph=1),))
    matches = StatementMatcher([statement]).match(article(f"“{shown}”"))
    assert [m.relation for m in matches] == ["verbatim"]
