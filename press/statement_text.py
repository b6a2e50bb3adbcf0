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
from press.statement_letter import HEAD, split_head, split_tail
from press.statement_markup import Form, paragraphs
from press.statement_notes import heads_notes, label_of, split_notes, without_marks
from press.text import sentences, tokens


class StatementText(NamedTuple):
    """The parts of a statement."""

    lines: tuple[Line, ...]
    signatories: tuple[str, ...]
    notes: tuple[str, ...]
    letterhead: tuple[str, ...]
    """Headings, date line, addressee, salutation and closing."""


OPENING = 3
"""Paragraphs at whose head a dateline may stand: headline, subtitle, text."""

_INLINE_SALUTATION = regex.compile(
    r"Dear\s(?:\p{Lu}|friends?\b|colleagues?\b|members?\b|sirs?\b|madam\b|editors?\b|all\b)"
    r"[^.!?:,]{0,40}(?:\.[^.!?:,]{1,40})?[:,]\s+(?=\p{L})"
)
_DATELINE = regex.compile(
    r"\p{Lu}[\p{Lu}.'’ -]{2,40}(?:,\s[^—–]{0,40}?|\s?\([^)]{0,40}\))?"
    r"\s*(?:—|–|--)\s*(?=\p{Lu}|[“\"])"
)


def parse(raw: str, form: Form = "text", *, title: str = "") -> StatementText:
    """Tell the parts of a statement apart. Lines and paragraphs are numbered from 1.

    A paragraph at the head that repeats `title` is a heading.
    """
    found = paragraphs(raw, form)
    found = [
        p._replace(kind="heading") if at < HEAD and _same_words(p.text, title) else p
        for at, p in enumerate(found)
    ]
    letterhead = [p.text for p in found if p.kind == "heading" and not heads_notes(p)]
    body, notes = split_notes([p for p in found if p.kind != "heading" or heads_notes(p)])
    body, head = split_head(body)
    body, signatories, closing, more = split_tail(body)
    labels = {label_of(note) for note in notes}
    lines: list[Line] = []
    number = 0
    for paragraph in body:
        if paragraph.kind == "rule":
            continue
        text = without_marks(paragraph.text, labels)
        if number < OPENING:
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


def _same_words(one: str, other: str) -> bool:
    words = [t.norm for t in tokens(one)]
    return bool(words) and words == [t.norm for t in tokens(other)]
