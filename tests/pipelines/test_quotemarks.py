"""Which marks pair, and which are no quotation marks at all."""

import pytest

from pipelines.quotemarks import marked


def inside(text: str, *, depth: int = 0) -> list[str]:
    return [
        text[m.start : m.end] for m in marked(text, 0, len(text)) if m.depth == depth and not m.lost
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said, "We will go."', ["We will go."]),
        ("She said, “We will go.”", ["We will go."]),
        ('She said, "We will go.”', ["We will go."]),
        ('She said, “We will go."', ["We will go."]),
        ("She said, ''We'll go.''", ["We'll go."]),
        ("She said, ``We will go.''", ["We will go."]),
        ("Elle a dit : « Nous irons. »", ["Nous irons."]),
        ("Elle a dit : «\u00a0Nous irons.\u00a0» Puis rien.", ["Nous irons."]),
        ("Sie sagte: »Wir gehen.«", ["Wir gehen."]),
        ("Sie sagte: „Wir gehen.“ Dann schwieg sie.", ["Wir gehen."]),
        ("Sie sagte: „Wir gehen.” Dann schwieg sie.", ["Wir gehen."]),
        ("Sie sagte: ‚Wir gehen.‘", ["Wir gehen."]),
        ("Hon sa: ”Vi går.” Sedan tystnad.", ["Vi går."]),
        ("彼女は「行きます」と言った。", ["行きます"]),
        ("'We will go,' she said, 'and we'll stay.'", ["We will go,", "and we'll stay."]),
        ("‘We will go,’ she said. ‘It’s time.’", ["We will go,", "It’s time."]),
        ('"One," he said. "Two."', ["One,", "Two."]),
        ('the "big"-and "small"—ones', ["big", "small"]),
        ('("Yes.")', ["Yes."]),
        ("He liked it“ a lot and “her“ too", ["her"]),
    ],
)
def test_opening_and_closing_marks_of_many_styles_pair(text: str, expected: list[str]) -> None:
    assert inside(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The dogs' owners don't mind the '90s.",
        "The dogs’ owners don’t mind the ’90s, ’tis said.",
        'The board is 5\'10" by 6\'2" and the shelf 24" wide.',
        "Rock 'n' roll isn't dead, y'all.",
        "The Joneses' and the Smiths' houses",
        'A stray " stands here.',
        "No marks at all.",
        '<a href="https://example.org/" target="_blank">link</a>',
        "“”",
        "''",
    ],
)
def test_apostrophes_inches_elisions_and_markup_quote_nobody(text: str) -> None:
    assert inside(text) == []


def test_a_single_quotation_ends_after_the_plural_possessive_inside_it() -> None:
    assert inside("'The dogs' owners are here,' he said.") == ["The dogs' owners are here,"]


def test_a_stray_mark_does_not_swallow_the_quotation_after_it() -> None:
    text = 'The 12" pipe burst, and “nobody came,” she said.'
    assert inside(text) == ["nobody came,"]


def test_an_opening_mark_without_close_ends_where_the_next_one_opens() -> None:
    text = "“We never knew, he said. “And nobody told us.”"
    assert inside(text) == ["And nobody told us."]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("“She told me ‘no’ twice,” he said.", "She told me ‘no’ twice,", "no"),
        ("\"She told me 'no' twice,\" he said.", "She told me 'no' twice,", "no"),
        ("„Er rief ‚Halt‘ und lief“, sagte sie.", "Er rief ‚Halt‘ und lief", "Halt"),
        ("« Il a dit “non” hier », dit-elle.", "Il a dit “non” hier", "non"),
        (
            "“She called it “very bad” twice,” he said.",
            "She called it “very bad” twice,",
            "very bad",
        ),
        ("''They say, 'Go home,''' he said.", "They say, 'Go home,'", "Go home,"),
    ],
)
def test_a_nested_quotation_is_found_inside_its_whole_outer_one(
    text: str, outer: str, inner: str
) -> None:
    assert inside(text) == [outer]
    assert inside(text, depth=1) == [inner]
