"""Footnotes of a statement: marks come off its lines, notes are cut off its end.

Notes are what the markup calls so, what stands behind a heading such as "Notes" or behind the end
of a press release, and paragraphs labelled like a mark in the text before them.
"""

import regex

from press.statement_markup import Paragraph

_NUMBERS = r"\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*"
_MARK = regex.compile(rf"\s*(?:\{{{_NUMBERS}\}}|\[\^?{_NUMBERS}\])(?=\s|\p{{P}}|$|\{{|\[)")
_SPACED_MARK = regex.compile(rf"\s\[\^?{_NUMBERS}\]")
_RAISED_MARK = regex.compile(
    r"(?:(?<=\p{L}{3}|\p{P})[⁰¹²³⁴-⁹]+|(?<=\S)[†‡]+|(?<=\p{L}{2}|[.,;:!?”’\"])\*+(?=\s|$))"
    r"(?:[,⁻][⁰¹²³⁴-⁹]+)*"
)
_LABEL = regex.compile(
    r"(?:\{(?P<n>\d{1,3})\}|\[\^?(?P<n>\d{1,3})\]:?|(?P<raised>[⁰¹²³⁴-⁹]+|[†‡]))\s*(?=\S)"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_END_OF_RELEASE = regex.compile(
    r"[#\s-]*(?:###?|#\s#\s#|-+\s*(?:ends?|30)\s*-+|ends)[#\s-]*", regex.I
)
_NOTES_HEADING = regex.compile(
    r"(?:(?:foot|end)?notes?|references|sources|citations|works cited|bibliography|"
    r"notes? (?:to|for) editors?|(?:press|media) contacts?|contacts?)\s*:?",
    regex.IGNORECASE,
)


def label_of(note: str) -> str:
    """The number that a note begins with; empty where it has none."""
    found = _LABEL.match(note)
    return (found["n"] or found["raised"]).translate(_RAISED) if found else ""


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


def split_notes(found: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Cut off the notes: marked up, behind a heading or the end of a release, or labelled."""
    marked = [p.text for p in found if p.kind == "note"]
    found = [p for p in found if p.kind != "note"]
    for at, paragraph in enumerate(found):
        if at == 0:
            continue
        label = _LABEL.match(paragraph.text)
        # A label counts when the text before it refers to it; paragraphs of a court's decision
        # are numbered in the same way and refer to nothing.
        behind_rule = (
            paragraph.kind == "rule"
            and all(p.kind == "item" for p in found[at + 1 :])
            and any(p.text != without_marks(p.text) for p in found[:at])
        )
        referred = label is not None and any(
            _refers(p.text, label["n"] or label["raised"]) for p in found[:at]
        )
        heads = heads_notes(paragraph) and at > len(found) // 3
        if referred or heads or behind_rule or _END_OF_RELEASE.fullmatch(paragraph.text):
            rest = found[at if referred else at + 1 :]
            return found[:at], texts(rest) + marked
    return found, marked


def heads_notes(paragraph: Paragraph) -> bool:
    """True for a heading such as "Notes" or "References"."""
    return _NOTES_HEADING.fullmatch(paragraph.text) is not None


def texts(found: list[Paragraph]) -> list[str]:
    """The paragraphs' texts, without rules."""
    return [p.text for p in found if p.kind != "rule"]


def _refers(text: str, label: str) -> bool:
    plain = label.translate(_RAISED)
    raised = plain.translate(_TO_RAISED)
    return any(m in text[1:] for m in (f"{{{plain}}}", f"[{plain}]", f"[^{plain}]", raised))
