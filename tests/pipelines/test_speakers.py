"""Who is named as speaker, by which words."""

import pytest

from pipelines.quotes import find_quotes
from press.coverage import Article


def speakers(*paragraphs: str, language: str = "en", byline: str | None = None) -> list[str | None]:
    found = find_quotes(
        Article(
            url="https://paper.example/a",
            canonical_url="https://paper.example/a",
            outlet="Paper",
            language=language,
            byline=byline,
            body="\n\n".join(paragraphs),
        )
    )
    return [q.speaker for q in found if q.kind != "scare"]


@pytest.mark.parametrize(
    "text",
    [
        "“The river is rising,” Ada Moreno said.",
        "“The river is rising,” said Ada Moreno, a farmer.",
        "“The river is rising,” Ada Moreno, a farmer from Lower Hollin, said in a statement.",
        "“The river is rising?” Ada Moreno asked.",
        "“The river is rising,” according to Ada Moreno.",
        "“The river is rising,” mayor Ada Moreno told reporters on Monday.",
        "“The river is rising,” the town’s former mayor Ada Moreno added.",
        "Ada Moreno said: “The river is rising.”",
        "Ada Moreno, who farms there, said, “The river is rising.”",
        "Ada Moreno: “The river is rising.”",
        "According to Ada Moreno, “the river is rising every year.”",
        "On Monday, Ada Moreno warned that “the river is rising.”",
        "In a letter to the council, Ada Moreno wrote that “the river is rising.”",
        "Ada Moreno emailed the council, telling it that “the river is rising.”",
        "Ada Moreno said the mayor knew that “the river is rising.”",
        "The answer came from Ada Moreno, who said “the river is rising.”",
        "“The river is rising.” — Ada Moreno",
        "Ada Moreno has called the dam “an invitation to disaster.”",
        "Ada Moreno visited the dam and called it “an invitation to disaster.”",
        "The river, Ada Moreno said, “is rising.”",
        "Speaking in Lower Hollin, Vermont, Ada Moreno called it “an invitation to disaster.”",
        "“The river is rising,” tweeted Sen. Ada Moreno (D-Vt.).",
        "In what Ada Moreno describes as a “slow disaster,” the river rises.",
        "Citing “a slow disaster,” Ada Moreno urged the council to act.",
    ],
)
def test_a_named_source_is_found_wherever_it_stands(text: str) -> None:
    assert speakers(text) == ["Ada Moreno"]


def test_a_last_name_becomes_the_fullest_name() -> None:
    assert speakers("Ada B. Moreno farms.", "“It rises,” Moreno said.") == ["Ada B. Moreno"]
    assert speakers("“It rises,” Moreno said.", "Ada Moreno farms there.") == ["Ada Moreno"]


def test_of_two_people_with_one_last_name_the_latest_is_meant() -> None:
    assert speakers(
        "Ada Moreno and Paul Moreno farm there.",
        "Ada Moreno spoke first.",
        "“It rises,” Moreno said.",
    ) == ["Ada Moreno"]


def test_pronouns_mean_the_person_of_their_gender() -> None:
    assert speakers(
        "Mary Whitfield met Thomas Ortega on Monday.",
        "“It was cold,” she said. “Too cold,” he said.",
    ) == ["Mary Whitfield", "Thomas Ortega"]


def test_they_and_it_mean_groups_and_things() -> None:
    assert speakers(
        "The nurses wrote to the ministry on Monday.", "“We are too few,” they wrote."
    ) == ["The nurses"]
    assert speakers("The ministry replied. It said the claim was “entirely without merit.”") == [
        "The ministry"
    ]


def test_a_pronoun_without_anybody_before_it_stays_open() -> None:
    assert speakers("“It was cold,” he said.") == [None]


def test_a_definite_short_form_takes_its_fuller_antecedent() -> None:
    assert speakers(
        "A spokesperson for the county gave no number.",
        "A spokesperson for Northbank Energy (NBE) told The Ledger that it had done nothing wrong.",
        "“We did nothing wrong,” the spokesperson said.",
    ) == ["A spokesperson for Northbank Energy (NBE)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The river is rising,” the letter reads.", "the letter"),
        ("“The river is rising,” the groups concluded.", "the groups"),
        ("Farmers and anglers argued that the dam was “a slow disaster.”", "Farmers and anglers"),
        (
            "“The river is rising,” said a spokesman for Northbank Energy.",
            "a spokesman for Northbank Energy",
        ),
        (
            "Orlin’s police chief praises it as a “model for the whole country.”",
            "Orlin’s police chief",
        ),
        (
            "The Northbank inquiry found that the gauges had been “switched off for years.”",
            "The Northbank inquiry",
        ),
    ],
)
def test_groups_bodies_and_documents_can_speak(text: str, expected: str) -> None:
    assert speakers(text) == [expected]


def test_the_speaker_is_carried_to_sentences_and_paragraphs_that_name_nobody() -> None:
    assert (
        speakers(
            "“It rises,” Ada Moreno said. “It always did.”",
            "“And nobody acts. Nobody ever will.”",
        )
        == ["Ada Moreno"] * 3
    )


def test_a_later_attribution_in_the_paragraph_reaches_back() -> None:
    assert (
        speakers("“It rises. It always did.” “And nobody acts,” Ada Moreno said.")
        == ["Ada Moreno"] * 2
    )


def test_a_line_that_ends_with_a_colon_introduces_the_next_paragraph() -> None:
    assert speakers("Ada Moreno had one answer for them:", "“It rises. It always did.”") == [
        "Ada Moreno"
    ]


def test_a_signature_in_the_next_paragraph_names_the_speaker() -> None:
    assert speakers("“It rises. It always did.”", "— Ada Moreno, farmer") == ["Ada Moreno"]


def test_nobody_is_named_who_is_only_asked_or_spoken_about() -> None:
    assert speakers("Ada Moreno was asked, “Does the river rise every year?”") == [None]


def test_what_is_quoted_about_somebody_is_not_theirs() -> None:
    assert speakers(
        "“He failed us,” Ada Moreno said. Carter “never once answered our letters.”"
    ) == [
        "Ada Moreno",
        "Ada Moreno",
    ]


def test_quotes_in_two_clauses_have_their_own_speakers() -> None:
    assert speakers(
        "Ada Moreno said the dam “will not hold another year,” but Li Chen called that “a fairy tale.”"
    ) == ["Ada Moreno", "Li Chen"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Der Fluss steigt“, sagte Jonas Keller.", "Jonas Keller"),
        ("de", "Jonas Keller sagte: „Der Fluss steigt.“", "Jonas Keller"),
        ("fr", "« La rivière monte », a déclaré Claire Aubin.", "Claire Aubin"),
        ("fr", "Selon Claire Aubin, « la rivière monte chaque année ».", "Claire Aubin"),
        ("es", "“El río sube”, dijo Marta Ibarra.", "Marta Ibarra"),
        ("es", "Según Marta Ibarra, «el río sube cada año».", "Marta Ibarra"),
    ],
)
def test_cues_of_other_languages_name_their_speakers(
    language: str, text: str, expected: str
) -> None:
    assert speakers(text, language=language) == [expected]
