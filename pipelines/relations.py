"""What became of a line in print: the extent of the printed words, and their relation to it."""

from collections.abc import Iterator

import regex

from pipelines.lines import StatementLine
from pipelines.passages import Passage, clipped, proof
from pipelines.printed import PrintedText
from press.coverage import Edit, Relation
from press.text import Span

QUOTE_SHARE = 0.5
"""When a line accounts for this share (by weight) of a sentence inside quote marks, all of the
sentence is held to be that line: what differs at its ends was changed. Below, the quotation says
something else as well."""
SENTENCE_SHARE = 0.6
"""The same without quote marks, where the outlet's own words may follow."""
MAX_TAIL, MAX_REST = 2, 3
"""… and then only for this many words, in place of so many words of the line: a longer stretch is
more often the outlet's own end to a sentence that took up part of a line."""
MAX_OUTSIDE = 3
"""Words of a passage outside the quote marks that are taken for the outlet's own, when changed."""
SENTENCE_WORDS = 4
"""A shorter stretch is no sentence of its own."""

_SAYING = regex.compile(
    r"\b(?:said|says|saying|say|wrote|writes|write|writing|read|reads|stated|states|told|tells|"
    r"added|adds|according|argued|argues|concluded|asked|declared|warned|tweeted)\b",
    regex.IGNORECASE,
)
_BREAK = regex.compile(r"[,;:\"“”«»()—–―]|--|(?<!\p{L})-(?!\p{L})")
_TAIL_MARKS = regex.compile(r"(?:%|\])?(?:\.\.\.|[.!?…,;:])?[\"”»]?")


def in_quotes(text: PrintedText, line: StatementLine, found: Passage) -> Passage:
    """`found` without the outlet's own words before or after a quotation.

    In *urged Amazon to “act swiftly …”* against *Amazon must act swiftly*, the quotation starts
    at *act*. Marks that the line itself has, and halves of one quotation, divide nothing.
    """
    inside = [
        n
        for span in text.quotes_in(found.start, found.end)
        if (words := text.word_range(span.start, span.end))
        and not _is_of_line(text, line, found, words)
        for n in words
        if found.start <= n < found.end
    ]
    if not inside:
        return found
    first, last = inside[0], inside[-1] + 1
    inner = clipped(found, first, last)
    if (first, last) == (found.start, found.end) or inner is None:
        return found
    whole = found.line_start == 0 and found.line_end == len(line.units)
    unchanged = len(found.runs) == 1 and found.runs[0].size == found.end - found.start
    outside = found.end - found.start - (last - first)
    if unchanged and (whole or outside > MAX_OUTSIDE):
        return found
    if proof(text, line, inner).weight < proof(text, line, found).weight / 2:
        return found
    return inner


def _is_of_line(text: PrintedText, line: StatementLine, found: Passage, words: range) -> bool:
    """Whether the line itself has these words in marks, and goes on unchanged around them."""
    if tuple(text.stems[words.start : words.stop]) not in line.quoted:
        return False
    return all(
        any(run.printed < n < run.printed + run.size for run in found.runs)
        for n in (words.start, words.stop)
        if found.start < n < found.end
    )


def quoted_parts(text: PrintedText, found: Passage) -> Iterator[Passage]:
    """The parts of `found` that stand in quote marks: they may prove more than all of it."""
    for quote in text.quotes_in(found.start, found.end):
        words = text.word_range(quote.start, quote.end)
        part = clipped(found, words.start, words.stop)
        if part is not None:
            yield part


def extended(
    text: PrintedText, line: StatementLine, found: Passage, low: int, high: int
) -> Passage:
    """`found` and the words changed at its ends, between the words `low` and `high` (exclusive).

    A line that was quoted to its last word but one, and with another last word, was altered; to
    stop before that word would hide it.
    """
    size = len(line.units)
    if found.line_start == 0 and found.line_end == size:
        return found
    quote = text.quote_around(found.start)
    start, end = found.start, found.end
    first, last = text.sentence(start), text.sentence(end - 1)
    quoted = quote is not None and text.units[end - 1].start < quote.end
    if quote is not None and quoted:
        bounds = text.word_range(max(first.start, quote.start), min(last.end, quote.end))
    else:
        bounds = text.word_range(first.start, last.end)
    begin, stop = max(low, bounds.start), min(high, bounds.stop)
    share = QUOTE_SHARE if quoted else SENTENCE_SHARE
    if proof(text, line, found).weight < share * text.weighs(begin, stop):
        return found
    head, rest = found.line_start, size - found.line_end
    if head and begin < start and (quoted or (head <= MAX_REST and _is_tail(text, begin, start))):
        start = begin
    if rest and end < stop and (quoted or (rest <= MAX_REST and _is_tail(text, end, stop))):
        end = stop
    return found._replace(
        start=start,
        end=end,
        line_start=0 if start < found.start else found.line_start,
        line_end=size if end > found.end else found.line_end,
    )


def _is_tail(text: PrintedText, start: int, end: int) -> bool:
    """Whether ``units[start:end]`` runs on from its neighbours: no break, no verb of saying."""
    if not 0 < end - start <= MAX_TAIL:
        return False
    first = text.units[start - 1].end if start else 0
    last = text.units[end].start if end < len(text.units) else len(text.text)
    stretch = text.text[first:last].strip(" \n\"'“”’».!?…")
    return not _BREAK.search(stretch) and not _SAYING.search(stretch)


def span(text: PrintedText, found: Passage) -> Span:
    """The printed words with the marks that belong to them."""
    start, end = text.units[found.start].start, text.units[found.end - 1].end
    if start and text.text[start - 1] == "[" and "]" in text.text[start:]:
        start -= 1
    marks = _TAIL_MARKS.match(text.text, end)
    close = marks.end() if marks else end
    if close > end and text.text[close - 1] in '"”»' and not _opens(text.text[start:end]):
        close -= 1
    return Span(start, close)


def _opens(printed: str) -> bool:
    """Whether a quotation is opened in `printed` and not closed."""
    return printed.count("“") > printed.count("”") or printed.count('"') % 2 == 1


def relation(
    text: PrintedText, line: StatementLine, found: Passage, where: Span, diff: tuple[Edit, ...]
) -> Relation:
    """How the printed words relate to the line, by the kinds of steps in their diff."""
    if any(edit.kind == "wording" for edit in diff):
        return "altered"
    if any(edit.kind == "cut" for edit in diff[1:-1]) or any(map(_interrupts, diff)):
        return "elided"
    if not any(edit.kind == "cut" for edit in diff):
        return "verbatim"
    return "trimmed" if _is_sentence(text, found, where) else "fragment"


def _interrupts(edit: Edit) -> bool:
    """Whether this step is an attribution between two halves of a quotation."""
    return (
        edit.kind == "style"
        and not edit.statement
        and "[" not in edit.printed
        and any(c.isalpha() for c in edit.printed)
    )


def _is_sentence(text: PrintedText, found: Passage, where: Span) -> bool:
    """Whether the words stand as a sentence of their own."""
    if found.end - found.start < SENTENCE_WORDS or not text.text[where.start].isupper():
        return False
    quote = text.quote_around(found.start)
    of_quote = text.word_range(quote.start, quote.end) if quote else range(-1, -1)
    first, last = text.sentence(found.start), text.sentence(found.end - 1)
    begins = text.word_range(first.start, first.end).start == found.start or (
        of_quote.start == found.start and _is_introduced(text, quote)
    )
    if text.word_range(last.start, last.end).stop == found.end:
        return begins
    after = text.text[text.units[found.end - 1].end :][:2]
    return begins and of_quote.stop == found.end and any(c in ".,!?…" for c in after)


def _is_introduced(text: PrintedText, quote: Span | None) -> bool:
    """Whether a quotation begins a sentence of its own: after a comma, colon or nothing."""
    before = text.text[: quote.start - 1].rstrip() if quote else ""
    return not before or before[-1] in ",:;.!?…—–"
