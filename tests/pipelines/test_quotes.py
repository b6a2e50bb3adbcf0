"""What counts as a quotation, of which kind, in which field."""

import pytest

from pipelines.quotes import find_quotes
from press.coverage import Article, Block, BlockKind, Quote


def article(*paragraphs: str, kinds: tuple[BlockKind, ...] = (), **fields: str) -> Article:
    """An article whose body is `paragraphs`."""
    blocks, at = [], 0
    for n, text in enumerate(paragraphs):
        kind = kinds[n] if kinds else "paragraph"
        blocks.append(Block(kind=kind, start=at, end=at + len(text)))
        at += len(text) + 2
    return Article(
        url="https://paper.example/a",
        canonical_url="https://paper.example/a",
        outlet="Paper",
        body="\n\n".join(paragraphs),
        blocks=tuple(blocks),
        **fields,
    )


def quotes(*paragraphs: str, **fields: str) -> list[Quote]:
    return list(find_quotes(article(*paragraphs, **fields)))


def speech(*paragraphs: str, **fields: str) -> list[str]:
    return [q.text for q in quotes(*paragraphs, **fields) if q.kind != "scare"]


def test_a_whole_sentence_and_a_fragment_are_told_apart() -> None:
    found = quotes(
        "“The river is rising,” Ada Moreno said. She called the dam “a standing invitation to disaster.”"
    )
    assert [q.kind for q in found] == ["sentence", "fragment"]


def test_halves_around_an_attribution_share_their_utterance() -> None:
    found = quotes("“The river,” Ada Moreno said, “is rising.” “Nobody acts,” she added.")
    assert [q.utterance for q in found] == [0, 0, 1]


def test_paragraphs_of_one_long_quotation_share_utterance_and_speaker() -> None:
    found = quotes(
        "Ada Moreno told the council: “The river is rising and has been for years.",
        "“Nobody acts, and nobody will until it is too late.",
        "“That is all.”",
    )
    assert [q.text for q in found] == [
        "The river is rising and has been for years.",
        "Nobody acts, and nobody will until it is too late.",
        "That is all.",
    ]
    assert {q.speaker for q in found} == {"Ada Moreno"}
    assert len({q.utterance for q in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The hacker known as “Nightjar” was never caught.",
        "The company sells a tool that it named “Watchman.”",
        "She appeared on “Morning Coffee” yesterday.",
        "Gov. Carl “Buzz” Adler signed the bill.",
        "The firm ships “smart” locks.",
        "The tool offers “best effort” delivery for parcels.",
        "The film, titled “The Last Ferry,” opens today.",
    ],
)
def test_names_titles_and_terms_are_scare_quotes(text: str) -> None:
    assert [q.kind for q in quotes(text)] == ["scare"]


@pytest.mark.parametrize(
    "text",
    [
        "Moreno called the plan “reckless.”",
        "“No,” Moreno said.",
        "Moreno said the plan was “dead.”",
        "The crowd answered with chants of “Shame!”",
        "Critics have denounced the deal as “a gift to polluters.”",
    ],
)
def test_short_words_with_an_attribution_are_speech(text: str) -> None:
    assert [q.kind != "scare" for q in quotes(text)] == [True]


def test_quotes_in_every_field_have_its_kind_and_true_offsets() -> None:
    found = find_quotes(
        article(
            "Nothing here.",
            title="'A Flood Foretold': Town Blames Council",
            dek='Residents say they were "left to drown."',
            caption="“We lost everything,” Ada Moreno said.",
            pullquote="“We lost everything.”\n—Ada Moreno",
        )
    )
    assert [(q.where, q.kind, q.text) for q in found] == [
        ("title", "headline", "A Flood Foretold"),
        ("dek", "headline", "left to drown."),
        ("caption", "caption", "We lost everything,"),
        ("pullquote", "pullquote", "We lost everything."),
    ]
    assert [q.speaker for q in found] == [None, "Residents", "Ada Moreno", "Ada Moreno"]


def test_a_pull_quote_without_marks_is_one_quotation_without_its_signature() -> None:
    found = quotes("Body.", pullquote="We lost everything that we had built. — Ada Moreno, farmer")
    assert [(q.text, q.speaker) for q in found] == [
        ("We lost everything that we had built.", "Ada Moreno")
    ]


def test_consecutive_block_quotes_are_one_quotation_and_inner_marks_its_own() -> None:
    found = find_quotes(
        article(
            "As Ada Moreno and Li Chen write in their report,",
            "The gauges were switched off. The mayor praised it as a “bold saving for everybody.”",
            "They are still off.",
            "The mayor declined to comment.",
            kinds=("paragraph", "blockquote", "blockquote", "paragraph"),
        )
    )
    block, inner = found
    assert block.kind == "block"
    assert block.speaker == "Ada Moreno and Li Chen"
    assert block.text.startswith("The gauges") and block.text.endswith("still off.")
    assert (inner.text, inner.speaker) == ("bold saving for everybody.", "The mayor")


def test_a_letter_in_plain_paragraphs_runs_from_salutation_to_sign_off() -> None:
    found = quotes(
        "The nurses wrote to the ministry on Monday.",
        "The nurses' letter can be read in full below:",
        "Dear Minister,",
        "We are too few. We say so every year.",
        "Come and see.",
        "Sincerely,",
        "The nurses of Ward 4",
        "Updated on Tuesday at noon: adds a comment.",
    )
    assert [q.kind for q in found] == ["block"]
    assert found[0].text.startswith("Dear Minister,")
    assert found[0].text.endswith("The nurses of Ward 4")
    assert found[0].speaker == "The nurses' letter"


def test_a_letter_that_nothing_announces_is_no_quotation() -> None:
    assert quotes("Dear Minister,", "We are too few. We say so every year.", "Sincerely,") == []


def test_turns_of_a_transcript_are_quotations_of_their_names() -> None:
    found = quotes(
        "Ada Moreno and Li Chen met on stage.",
        "MORENO: The river is rising.",
        "CHEN: It always was.",
        "MORENO: Not like this.",
        "CHEN: We shall see.",
    )
    assert [(q.text, q.speaker) for q in found] == [
        ("The river is rising.", "Ada Moreno"),
        ("It always was.", "Li Chen"),
        ("Not like this.", "Ada Moreno"),
        ("We shall see.", "Li Chen"),
    ]


def test_a_lost_opening_mark_is_mended_only_beside_an_attribution() -> None:
    assert speech("We were never asked,” Ada Moreno said on Monday.") == ["We were never asked,"]
    assert speech("So have several firms,” which collect data about people.") == []


def test_a_lost_closing_mark_is_mended_before_the_attribution_it_would_swallow() -> None:
    assert speech("“We were never asked, Ada Moreno said on Monday.") == ["We were never asked,"]
    assert speech("He saw the “plan and went home that evening without a word.") == []


def test_a_quotation_never_crosses_into_a_paragraph_that_opens_without_a_mark() -> None:
    found = speech(
        "Moreno said, “We were never asked, not once.", "The mayor left. “Fine,” he said."
    )
    assert found == ["We were never asked, not once.", "Fine,"]


def test_quotes_come_in_order_of_field_and_start() -> None:
    found = quotes("“One two three,” she said. “Four ‘five’ six,” he said.", title="“Zero”")
    assert [(q.where, q.start) for q in found] == sorted(
        ((q.where, q.start) for q in found), key=lambda k: (k[0] != "title", k[1])
    )


def test_an_empty_article_has_no_quotations() -> None:
    assert quotes("") == []
