"""A statement's lines are told from its letterhead, names and notes, in every form."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.errors import CampaignError
from press.statement_file import read_statement
from press.statement_notes import without_marks
from press.statement_text import StatementText, parse
from tests.shared import shared

LINES = [
    "The lighthouse has guided our boats home for one hundred and forty years.",
    "Switching it off to save the price of a parking meter is not thrift, it is neglect.",
    "We ask you:",
    "to keep the light on,",
    "to publish the report that the council received in the autumn of last year, and",
    "to hold a hearing.",
    "The sea does not wait.",
]
SIGNATORIES = ("Ana Petrov", "Chair, Friends of the Harbour", "Tomasz Lind, Rowing Club")

TEXT = """\
Friends of the Harbour
12 Quay Street, Port Anselm

4 March 2024

Dear Councillor Mbeki and members of the council,

The lighthouse has guided our boats home for one hundred and forty years.{1} Switching it off \
to save the price of a parking meter is not thrift, it is neglect.{2}

We ask you:

• to keep the light on,
• to publish the report that the council received in the autumn of last year, and
• to hold a hearing.

The sea does not wait.

Yours sincerely,

Ana Petrov
Chair, Friends of the Harbour
Tomasz Lind, Rowing Club

{1} Harbour archive, box 4.
{2} Council minutes, item 12.
"""

WRAPPED = """\
4 March 2024

Dear Councillor Mbeki and members of the council,

The lighthouse has guided our boats home for one hundred and forty
years [1]. Switching it off to save the price of a parking meter is not
thrift, it is neglect.[2]

We ask you:

  * to keep the light on,
  * to publish the report that the council received in the autumn of
    last year, and
  * to hold a hearing.

The sea does not wait.

Ana Petrov
Chair, Friends of the Harbour
Tomasz Lind, Rowing Club

Notes
[1] Harbour archive, box 4.
[2] Council minutes, item 12.
"""

MARKDOWN = """\
# Open letter

*4 March 2024*

Dear Councillor Mbeki and **members of the council**,

The lighthouse has guided our boats home for one hundred and forty years.[^1]
Switching it off to save the price of a parking meter is *not thrift*, it is neglect.[^b]

We ask you:

1. to keep the light on,
2. to publish the report that the council received in the autumn of last year, and
3. to hold a hearing.

The sea does [not](https://example.org/) wait.

Signed,

Ana Petrov
Chair, Friends of the Harbour
Tomasz Lind, Rowing Club

[^1]: Harbour archive, box 4.
[^b]: Council minutes, item 12.
"""

HTML = """\
<!doctype html><meta charset=utf-8><title>Letter</title><header><p>Menu</p></header>
<main><h1>Open letter</h1><p><time>4 March 2024</time></p>
<div>Dear Councillor Mbeki and members of the council,<br><br>The lighthouse has guided our boats
home for one hundred and forty years.<sup>1</sup> Switching it off to save the price of a parking
meter is not thrift, it is neglect.<sup><a href="#n2">[2]</a></sup></div>
<p>We ask you:<ul><li>to keep the light on,<li>to publish the report that the council
received in the autumn of last year, and<li>to hold a hearing.</ul>
<p>The sea does not wait.</p><p>In solidarity,<p>Ana Petrov<br>Chair, Friends of the Harbour<br>
Tomasz Lind, Rowing Club</p><hr><ol class="footnotes"><li>Harbour archive, box 4.</li>
<li id=n2>Council minutes, item 12.</li></ol></main><footer>Share this</footer>
"""


@pytest.mark.parametrize(
    ("raw", "form"),
    [(TEXT, "text"), (WRAPPED, "text"), (MARKDOWN, "markdown"), (HTML, "html")],
    ids=["one paragraph a line", "hard-wrapped", "markdown", "html"],
)
def test_one_letter_gives_the_same_parts_in_every_form(raw: str, form: str) -> None:
    found = parse(raw, form)  # type: ignore[arg-type]
    assert [line.text for line in found.lines] == LINES
    assert [line.number for line in found.lines] == list(range(1, 8))
    assert [line.paragraph for line in found.lines] == [1, 1, 2, 3, 4, 5, 6]
    assert found.signatories == SIGNATORIES
    assert [re.sub(r"^\W*\d\W+", "", n) for n in found.notes] == [
        "Harbour archive, box 4.",
        "Council minutes, item 12.",
    ]
    assert "4 March 2024" in found.letterhead


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028"])
def test_newlines_of_any_kind_and_a_byte_order_mark_change_nothing(newline: str) -> None:
    assert parse("\ufeff" + TEXT.replace("\n", newline)) == parse(TEXT)


def lines(raw: str, title: str = "") -> list[str]:
    return [line.text for line in parse(raw, title=title).lines]


def test_a_press_release_has_its_text_as_lines() -> None:
    found = parse(
        """FOR IMMEDIATE RELEASE
May 21, 2024
Contact: Jo Park, jo@example.org

Council breaks its promise

PORT ANSELM, May 21, 2024 — The council voted to switch off the light. “A betrayal,” said Jo Park.

###

About the Friends: a charity founded in 1999.
""",
        title="Council Breaks Its Promise",
    )
    assert [line.text for line in found.lines] == [
        "The council voted to switch off the light.",
        "“A betrayal,” said Jo Park.",
    ]
    assert found.notes == ("About the Friends: a charity founded in 1999.",)
    assert "Contact: Jo Park, jo@example.org" in found.letterhead


@pytest.mark.parametrize(
    "raw",
    [
        "Keep it lit",
        "Thank you.\n\nTonight we have come a long way to say this.\n\nThank you.",
        "In 2018 we won 3 cases.\n\n2019 was harder.",
        "We call on you to:\n\n• Stop the sale\n• Free the report",
        "[1] The court finds this.\n\n[2] The court orders that.",
        "We ask for light.\n\nStop the sale.\nFree the report.",
        "It gave [3] people a home.",
    ],
)
def test_what_is_in_doubt_is_a_line(raw: str) -> None:
    assert lines(raw) == [p.lstrip("• ") for p in raw.split("\n") if p]


@pytest.mark.parametrize(
    ("tail", "signatories"),
    [
        ("– Ana Petrov, Friends of the Harbour", ["Ana Petrov, Friends of the Harbour"]),
        ("Respectfully submitted,\n\nAna Petrov", ["Ana Petrov"]),
        ("For the rowers,\nAna Petrov\nTom Lind", ["Ana Petrov", "Tom Lind"]),
        ("The undersigned organizations:\n\n- Harbour Watch\n- Light Now",
         ["Harbour Watch", "Light Now"]),
        ("Harbour Watch\nÄrzte ohne Grenzen\nLight Now\nThe X Lab\nLamps, Inc.",
         ["Harbour Watch", "Ärzte ohne Grenzen", "Light Now", "The X Lab", "Lamps, Inc."]),
        ("Mit freundlichen Grüßen\n\nAna Petrov", ["Ana Petrov"]),
        ("Sincerely,\nAna\n\nP.S. We mean it.", ["Ana"]),
    ],
)  # fmt: skip
def test_who_signed_is_no_line(tail: str, signatories: list[str]) -> None:
    found = parse(f"We ask for light. We will not stop asking.\n\n{tail}\n")
    assert list(found.signatories) == signatories
    assert [line.text for line in found.lines[:2]] == [
        "We ask for light.",
        "We will not stop asking.",
    ]
    assert [line.text for line in found.lines[2:]] in ([], ["We mean it."])


@pytest.mark.parametrize(
    "salutation",
    ["Dear Ms. Ito,", "Dear all", "To Mayor Ana Petrov and the Harbour Board:", "To our members,",
     "To Whom It May Concern:", "Sehr geehrte Frau Ito,", "Madame la Ministre,"],
)  # fmt: skip
def test_whom_a_letter_addresses_is_no_line(salutation: str) -> None:
    found = parse(f"Port Anselm, 4 March 2024\n\n{salutation}\n\nKeep the light on.\n")
    assert [line.text for line in found.lines] == ["Keep the light on."]
    assert found.letterhead == ("Port Anselm, 4 March 2024", salutation)


@pytest.mark.parametrize(
    "opening", ["Dear to us is the light that we grew up with", "To win this, we ask:"]
)
def test_a_line_that_begins_like_a_salutation_stays_a_line(opening: str) -> None:
    assert lines(f"{opening}\n\nKeep it on.") == [opening, "Keep it on."]


def test_sentences_before_a_salutation_stay_lines() -> None:
    intro = "The following letter was sent to every member of the council today."
    assert lines(f"{intro}\n\nDear member,\n\nKeep it on.") == [intro, "Keep it on."]


def test_affiliations_and_numbered_sources_at_the_end_are_notes() -> None:
    found = parse(
        "We ask for light.\n\nAna Petrov, University of Anselm*\nTom Lind\n\n"
        "*Affiliations are given for identification only."
    )
    assert found.notes == ("*Affiliations are given for identification only.",)
    found = parse("We ask for light.¹ It is ours.²\n\n---\n\n1. Minutes.\n2. A deed.")
    assert found.notes == ("Minutes.", "A deed.")


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("for abuse.{1} Next", "for abuse. Next"),
        ("customer trust.”{12}", "customer trust.”"),
        ("trust”[1], he", "trust”, he"),
        ("trust [1], he", "trust [1], he"),
        ("trust.[^3]", "trust."),
        ("trust.[1][2] So", "trust. So"),
        ("trust.[1, 2] So [2–4]", "trust. So [2–4]"),
        ("trust.¹² So", "trust. So"),
        ("trust.† So* it", "trust. So it"),
        ("5 km² and 10⁶", "5 km² and 10⁶"),
        ("in [2018] and {name}", "in [2018] and {name}"),
    ],
)
def test_footnote_marks_come_off(marked: str, plain: str) -> None:
    assert without_marks(marked) == plain


def test_a_spaced_mark_comes_off_when_a_note_has_its_number() -> None:
    assert without_marks("trust [1], he", {"1"}) == "trust, he"


@given(st.text(st.sampled_from("Ab .\n,:-•*1[]{}<p>/brli#'é \u2028"), max_size=120))
def test_any_text_is_taken_apart_in_every_form(raw: str) -> None:
    for form in ("text", "markdown", "html"):
        found = parse(raw, form)  # type: ignore[arg-type]
        assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
        assert all(line.text.strip() == line.text != "" for line in found.lines)
        numbers = [line.paragraph for line in found.lines]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(1, len(set(numbers)) + 1))


def test_html_in_a_declared_charset_is_read(tmp_path: Path) -> None:
    page = tmp_path / "letter.html"
    page.write_bytes("<meta charset=windows-1252><p>“Keep it.” Café.</p>".encode("cp1252"))
    assert [line.text for line in read_statement(page).lines] == ["“Keep it.”", "Café."]


def test_utf16_text_is_read(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes("Keep it lit.".encode("utf-16"))
    assert [line.text for line in read_statement(file).lines] == ["Keep it lit."]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", None, "there is no statement file"),
        ("a.txt", b"caf\xe9\n", "is not in UTF-8 (line 1)"),
        ("a.txt", b"a\n\nb \x93c\x94", "is not in UTF-8 (line 3)"),
        ("a.txt", b"\0\1\2", "is no text"),
        ("a.txt", b"%PDF-1.7 ...", "is a PDF document"),
        ("a.docx", b"PK\x03\x04", "is a Word or other zipped document"),
        ("a.rst", b"Keep it.", "should be .txt, .md or .html, not .rst"),
        ("a", b"Keep it.", "should be .txt, .md or .html"),
        ("a.txt", b"a" * 2_000_001, "has 2000001 bytes"),
        ("a.html", "<p>\x93".encode() + b"\xff", "is not in UTF-8"),
    ],
)
def test_a_file_that_is_no_statement_is_one_clear_error(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CampaignError) as caught:
        read_statement(tmp_path / name)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def gold_lines(statement: dict[str, object]) -> list[str]:
    sentences = statement["sentences"]
    assert isinstance(sentences, list)
    return [re.sub(r"\{\d+\}", "", s["text"]) for s in sentences]


def gold_statements() -> list[dict[str, object]]:
    found = json.loads(shared("golden/gold.json").read_text(encoding="utf-8"))["statements"]
    assert isinstance(found, list)
    return found


def test_the_golden_statements_have_their_104_lines() -> None:
    statements = gold_statements()
    assert sum(len(gold_lines(s)) for s in statements) == 104
    for statement in statements:
        found = read_statement(shared(f"golden/{statement['file']}"))
        assert [line.text for line in found.lines] == gold_lines(statement)
        assert found.signatories == found.notes == ()


def test_the_whole_golden_letter_has_the_same_lines_as_text_page_and_markdown() -> None:
    letter = next(s for s in gold_statements() if s["id"] == "coalition-letter")
    seed = next(shared("golden/seeds").glob("000*.txt")).read_text(encoding="utf-8")
    page = shared("golden/pages/aclu/letter.html").read_text(encoding="utf-8")
    forms: list[StatementText] = [parse(seed), parse(page, "html"), parse(seed, "markdown")]
    for found in forms:
        assert [line.text for line in found.lines] == gold_lines(letter)
        assert len(found.signatories) == 63
        assert "{8}" in found.notes[-1]
        assert found.letterhead[0] == "June 18, 2018"
