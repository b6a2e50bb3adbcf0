"""Matches an article's text against the lines of the campaign's statements.

::

    text ── shingles ──> lines that share some ── alignment ──> passages ── evidence ──> matches

All fields are searched from end to end, quoted or not. A passage becomes a match when it proves
its line: by itself (*strong*), or because the article has strong matches to the same statement
(*supported*). A passage that another explains better is dropped; equal lines of two statements
are both reported.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines import worddiff
from pipelines.alignment import Run
from pipelines.evidence import Candidate, best_explained, judged, reprinted
from pipelines.lines import StatementLine
from pipelines.passages import Passage, passages, proof
from pipelines.printed import PrintedText
from pipelines.relations import extended, in_quotes, quoted_parts, relation, span
from pipelines.shingles import LineIndex
from pipelines.spelling import units
from press.campaign import Statement
from press.coverage import FIELDS, Article, Match, Where

FIRM_RUN, FIRM_WEIGHT = 5, 5.0
"""Words that a passage proves like this are not drawn into the end of another."""
RELEASE_LINES, RELEASE_WORDS = 0.6, 0.8
"""A release copy: it has this share of the statement's words in matches of `RELEASE_SIMILARITY`,
and these are this share of its own words, signatories and notes of the statement apart. A report
that prints a letter in full below a news story (seen: three words of the letter to one of
its own) stays earned coverage."""
RELEASE_SIMILARITY = 0.7


class StatementMatcher:
    """The lines of all statements, prepared once."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        owners: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for statement in statements:
            for line in statement.lines:
                owners[line.text].append((statement.id, line.number))
        self._lines = [StatementLine(text, tuple(of)) for text, of in owners.items()]
        self._index = LineIndex([line.units for line in self._lines])
        at = {line.text: line for line in self._lines}
        self._beside: dict[str, set[tuple[int, str]]] = defaultdict(set)
        for statement in statements:
            for one, two in zip(statement.lines, statement.lines[1:], strict=False):
                self._beside[one.text].add((1, two.text))
                self._beside[two.text].add((-1, one.text))
        self._by_text = at
        self._apart = {s.id: (*s.signatories, *s.notes) for s in statements}
        self._words = {s.id: sum(len(at[x.text].units) for x in s.lines) for s in statements}

    def match(self, article: Article) -> tuple[Match, ...]:
        """The matches in all fields, in order of field, place, statement and line."""
        if not self._lines:
            return ()
        texts = {f: PrintedText(article.field(f)) for f in FIELDS if article.field(f)}
        found = [c for where, text in texts.items() for c in self._candidates(where, text)]
        supported = {s for c in found if c.strong for s, _ in c.line.owners}
        kept = [c for c in found if c.strong or any(s in supported for s, _ in c.line.owners)]
        reprint = reprinted(kept, texts["body"]) if "body" in texts else None
        matches = [
            match
            for c in best_explained(kept, texts, reprint)
            for match in _matches(c, texts[c.where], None if c.strong else supported)
        ]
        order = {where: n for n, where in enumerate(FIELDS)}
        matches.sort(key=lambda m: (order[m.where], m.start, m.end, m.statement, m.line))
        return tuple(matches)

    def release_of(self, article: Article, matches: Sequence[Match]) -> str | None:
        """The statement that `article` reprints in the main, if it does."""
        lines: dict[str, dict[int, int]] = defaultdict(dict)
        printed: dict[str, int] = defaultdict(int)
        for match in matches:
            if match.where == "body" and match.similarity >= RELEASE_SIMILARITY:
                lines[match.statement][match.line] = len(self._by_text[match.line_text].units)
                printed[match.statement] += len(units(match.text))
        words = len(units(article.body))
        copies = [
            (sum(found.values()) / self._words[statement], statement)
            for statement, found in lines.items()
            if sum(found.values()) >= RELEASE_LINES * self._words[statement]
            and printed[statement]
            >= RELEASE_WORDS * (words - self._beside_words(statement, article))
        ]
        return max(copies)[1] if copies else None

    def _beside_words(self, statement: str, article: Article) -> int:
        """The words of the statement's signatories and notes that the article prints too."""
        return sum(len(units(x)) for x in self._apart[statement] if x in article.body)

    def _candidates(self, where: Where, text: PrintedText) -> Iterator[Candidate]:
        found = [
            (line, in_quotes(text, line, passage))
            for number, hits in self._index.hits(text.units, text.in_short_quote).items()
            for line in (self._lines[number],)
            for passage in passages(text, line, hits)
        ]
        firm = [
            (passage.start, passage.end)
            for line, passage in found
            if max(run.size for run in passage.runs) >= FIRM_RUN
            and proof(text, line, passage).weight >= FIRM_WEIGHT
        ]
        candidates = []
        for line, passage in found:
            low = max((end for _, end in firm if end <= passage.start), default=0)
            high = min(
                (start for start, _ in firm if start >= passage.end), default=len(text.units)
            )
            whole = extended(text, line, passage, low, high)
            for part in (whole, *quoted_parts(text, passage)):
                candidate = judged(where, text, line, part)
                if candidate is not None:
                    candidates.append(candidate)
                    break
        yield from candidates
        yield from self._neighbours(text, candidates)

    def _neighbours(self, text: PrintedText, found: list[Candidate]) -> Iterator[Candidate]:
        """The lines before and after those that are printed whole: however short, they count."""
        waiting = [c for c in found if c.strong and c.passage.line_end == len(c.line.units)]
        known = {(c.line.text, c.passage.start) for c in found}
        while waiting:
            whole = waiting.pop()
            for step, name in sorted(self._beside.get(whole.line.text, ())):
                line = self._by_text[name]
                size = len(line.units)
                start = whole.passage.end if step > 0 else whole.passage.start - size
                if size == 0 or start < 0 or (name, start) in known:
                    continue
                if text.keys[start : start + size] != line.keys:
                    continue
                passage = Passage(start, start + size, 0, size, (Run(0, start, size),))
                candidate = Candidate(
                    whole.where, line, passage, proof(text, line, passage), strong=True
                )
                known.add((name, start))
                waiting.append(candidate)
                yield candidate


def _matches(found: Candidate, text: PrintedText, supported: set[str] | None) -> Iterator[Match]:
    """One match for each statement that has the line."""
    line, passage = found.line, found.passage
    place = span(text, passage)
    printed = text.text[place.start : place.end]
    diff = worddiff.diff(line.text, printed, part=(passage.line_start, passage.line_end))
    how = relation(text, line, passage, place, diff)
    words = sum(run.size for run in passage.runs)
    similarity = 2 * words / (len(line.units) + passage.end - passage.start)
    for statement, number in line.owners:
        if supported is None or statement in supported:
            yield Match(
                statement=statement,
                line=number,
                line_text=line.text,
                start=place.start,
                end=place.end,
                where=found.where,
                text=printed,
                relation=how,
                similarity=round(min(1.0, similarity), 4),
                diff=diff,
            )
