"""A statement's text told apart: its numbered lines, who signed it, its notes, and the rest.

A letter is read from both ends inwards::

    date, addressee, salutation      before the first line: the letterhead
    ...                              the lines
    closing                          "Sincerely,", "Signed by:"
    names                            signatories: after a closing, or a list of names at the end
    notes                            behind a rule or a heading, or labelled like a mark in a line

Footnote marks (``{1}``, ``[1]``, ``¹``, ``†``) come off the lines. What is in doubt is a line: a
line too many matches nothing, a line too few loses coverage.
"""

from typing import NamedTuple

import regex

from press.campaign import Line
from press.statement_markup import Form, Paragraph, paragraphs
from press.text import sentences


class StatementText(NamedTuple):
    """The parts of a statement."""

    lines: tuple[Line, ...]
    signatories: tuple[str, ...]
    notes: tuple[str, ...]
    letterhead: tuple[str, ...]
    """Headings, date line, addressee, salutation and closing."""


HEAD = 15
"""Paragraphs among which a salutation is looked for: a letterhead with addressee has fewer."""

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"
_MARK = regex.compile(rf"\s*(?:\{{{_NUMBERS}\}}|\[\^?{_NUMBERS}\])(?=\s|\p{{P}}|$|\{{|\[)")
_SPACED_MARK = regex.compile(rf"\s\[\^?{_NUMBERS}\]")
_RAISED_MARK = regex.compile(r"(?:(?<=\p{L}{3}|\p{P})[⁰¹²³⁴-⁹]+|(?<=\S)[†‡]+)(?:[,⁻][⁰¹²³⁴-⁹]+)*")
_LABEL = regex.compile(
    r"(?:\{(?P<n>\d{1,3})\}|\[\^?(?P<n>\d{1,3})\]:?|(?P<raised>[⁰¹²³⁴-⁹]+|[†‡]))\s*(?=\S)"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_SALUTATION = regex.compile(
    r"(?:dear|to whom it may concern|sehr geehrte|liebe|madame|monsieur|estimad[oa]s?|querid[oa]s?|"
    r"caro|cara|gentile|beste|geachte)\b[^!?]{0,150}[,:!]?",
    regex.IGNORECASE,
)
_INLINE_SALUTATION = regex.compile(r"Dear\s[^.!?:,]{1,40}(?:\.[^.!?:,]{1,40})?[:,]\s+(?=\p{Lu})")
_RELEASE_HEAD = regex.compile(
    r"(?:for (?:immediate|general) release|press release|news release|media (?:release|advisory)|"
    r"embargo(?:ed)?\b|not for (?:release|publication)|(?:press|media|for (?:more|further) "
    r"information,?)?\s*contacts?\s*:)[^.!?]*",
    regex.IGNORECASE,
)
_DATE_LABEL = regex.compile(r"(?:dated?|published|updated|posted|issued)\b:?\s*", regex.IGNORECASE)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NUMERIC_DATE = regex.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_DAY = regex.compile(r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?", regex.IGNORECASE)
_DATELINE = regex.compile(
    r"\p{Lu}[\p{Lu}.'’ -]{2,40}(?:,\s[^—–]{0,40}?|\s?\([^)]{0,40}\))?"
    r"\s*(?:—|–|--)\s*(?=\p{Lu}|[“\"])"
)

_CLOSING = regex.compile(
    r"(?:(?:yours |very |most )*(?:sincerely|truly|faithfully|respectfully|cordially|warmly)"
    r"(?: yours| submitted)?|(?:with |our |my |kind |best |warm |many )*"
    r"(?:regards|wishes|thanks|respect|gratitude)|best|thank you|in solidarity|in unity|"
    r"signed(?: by)?|co-?signed(?: by)?|signator(?:y|ies)|endorsed by|(?:the )?undersigned.{0,40}|"
    r"mit freundlichen grüßen|hochachtungsvoll|cordialement|atentamente|cordialmente|"
    r"distinti saluti|hoogachtend)\s*[,:.]?",
    regex.IGNORECASE,
)
_END_OF_RELEASE = regex.compile(
    r"[#\s-]*(?:###?|#\s#\s#|-+\s*(?:ends?|30)\s*-+|ends)[#\s-]*", regex.I
)
_NOTES_HEADING = regex.compile(
    r"(?:(?:foot|end)?notes?|references|sources|citations|works cited|bibliography|"
    r"notes? (?:to|for) editors?|(?:press|media) contacts?|contacts?)\s*:?",
    regex.IGNORECASE,
)
_SENTENCE_END = regex.compile(r"[.!?…。！？]['\"’”»)\]]*$")
_WORD = regex.compile(r"\p{L}[\p{L}'’.-]*")


def parse(raw: str, form: Form = "text") -> StatementText:
    """Tell the parts of a statement apart. Lines and paragraphs are numbered from 1."""
    found = paragraphs(raw, form)
    letterhead = [p.text for p in found if p.kind == "heading" and not _heads_notes(p)]
    body, notes = _split_notes([p for p in found if p.kind != "heading" or _heads_notes(p)])
    body, head = _split_head(body)
    body, signatories, closing, more = _split_tail(body)
    labels = {m["n"] for note in notes if (m := _LABEL.match(note))}
    lines: list[Line] = []
    number = 0
    for paragraph in body:
        text = without_marks(paragraph.text, labels)
        if not lines:
            text = _DATELINE.sub("", _INLINE_SALUTATION.sub("", text, 1), 1)
        spans = sentences(text)
        number += bool(spans)
        lines += [
            Line(number=len(lines) + n, text=text[s.start : s.end], paragraph=number)
            for n, s in enumerate(spans, 1)
        ]
    return StatementText(
        tuple(lines), tuple(signatories), tuple(more + notes), (*letterhead, *head, *closing)
    )


def without_marks(text: str, labels: set[str] | None = None) -> str:
    """`text` without its footnote marks.

    A bracketed number with a space before it is a mark only when a note has that label.
    """

    def mark(m: regex.Match[str]) -> str:
        spaced = _SPACED_MARK.match(m.group())
        if m.start() == 0 or (spaced and m.group().strip(" []^") not in (labels or ())):
            return str(m.group())
        return ""

    return str(_RAISED_MARK.sub("", _MARK.sub(mark, text)).strip())


def _heads_notes(paragraph: Paragraph) -> bool:
    return _NOTES_HEADING.fullmatch(paragraph.text) is not None


def _split_notes(found: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Cut off the notes: marked up, behind a heading or the end of a release, or labelled."""
    marked = [p.text for p in found if p.kind == "note"]
    found = [p for p in found if p.kind != "note"]
    for at, paragraph in enumerate(found):
        if at == 0:
            continue
        label = _LABEL.match(paragraph.text)
        # A label counts when the text before it refers to it; paragraphs of a court's decision
        # are numbered in the same way and refer to nothing.
        referred = label is not None and any(
            _refers(p.text, label["n"] or label["raised"]) for p in found[:at]
        )
        heads = _heads_notes(paragraph) and at > len(found) // 3
        if referred or heads or _END_OF_RELEASE.fullmatch(paragraph.text):
            rest = found[at if referred else at + 1 :]
            return found[:at], [p.text for p in rest if p.text] + marked
    return found, marked


def _refers(text: str, label: str) -> bool:
    plain = label.translate(_RAISED)
    marks = (f"{{{plain}}}", f"[{plain}]", f"[^{plain}]", label if label != plain else "\0")
    return any(mark in text[1:] for mark in marks)


def _split_head(body: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    for at, paragraph in enumerate(body[:HEAD]):
        if paragraph.kind == "text" and _is_salutation(paragraph.text):
            return body[at + 1 :], [p.text for p in body[: at + 1] if p.text]
    at = 0
    while at < len(body) - 1 and (
        body[at].kind == "rule"
        or _is_date(body[at].text)
        or _RELEASE_HEAD.fullmatch(body[at].text) is not None
    ):
        at += 1
    return body[at:], [p.text for p in body[:at] if p.text]


def _is_salutation(text: str) -> bool:
    return (
        len(text) <= 160 and _SALUTATION.fullmatch(text) is not None and len(sentences(text)) == 1
    )


def _is_date(text: str) -> bool:
    """True for a date and no more, a place before it apart: ``Berlin, den 3. Mai 2018``."""
    words = _DATE_LABEL.sub("", text, 1).replace(",", " ").split()
    if not words or len(words) > 7:
        return False
    if len(words) <= 3 and any(_NUMERIC_DATE.fullmatch(w) for w in words):
        return True
    last = words[-1].strip(".()")
    return _YEAR.fullmatch(last) is not None and any(_DAY.fullmatch(w) for w in words[:-1])


def _split_tail(
    body: list[Paragraph],
) -> tuple[list[Paragraph], list[str], list[str], list[str]]:
    """Cut off closing and signatories: body, signatories, closing, and what follows a rule."""
    signed = [p.text for p in body if p.kind == "signatory"]
    body = [p for p in body if p.kind != "signatory"]
    for at in range(len(body) - 1, 0, -1):
        if not _closes(body, at):
            continue
        names: list[str] = []
        notes: list[str] = []
        target = names
        for paragraph in body[at + 1 :]:
            if paragraph.kind == "rule":
                target = notes if names else names
            elif _is_prose(paragraph.text):
                notes.append(paragraph.text)
            else:
                target.append(paragraph.text)
        return body[:at], [*names, *signed], [body[at].text], notes
    while body and body[-1].kind == "rule":
        body = body[:-1]
    start = len(body)
    while start > 1 and body[start - 1].kind != "rule" and _is_name(body[start - 1].text):
        start -= 1
    names = [p.text.lstrip("—–―- ") for p in body[start:]]
    # A list introduced by a sentence ("We call on you to:") is what the sentence says.
    if names and body[start - 1].text.endswith(":"):
        start, names = len(body), []
    return body[:start], [*names, *signed], [], []


def _closes(body: list[Paragraph], at: int) -> bool:
    text = body[at].text
    if _CLOSING.fullmatch(text):
        return True
    # Any other few words with a comma, when only names follow: "For the students,".
    return (
        text.endswith(",")
        and len(text.split()) <= 5
        and at + 1 < len(body)
        and all(not _is_prose(p.text) for p in body[at + 1 :])
    )


def _is_prose(text: str) -> bool:
    return len(text.split()) >= 8 and _SENTENCE_END.search(text) is not None and not _is_name(text)


def _is_name(text: str) -> bool:
    """True for a person, an organisation, or both: nearly all long words are capitalised."""
    if len(text) > 150 or text.endswith((":", "!", "?", "…", "”", '"', ",")):
        return False
    if text.endswith(".") and len(sentences(text + " Next")) > 1:
        return False
    words = _WORD.findall(text)
    long = [w for w in words if len(w) > 3] or words
    capital = sum(w[0].isupper() for w in long)
    few = text[0].isupper() or text[0] in "—–―-"
    return few and bool(_WORD.search(text)) and capital >= max(1, len(long) - len(long) // 5)
