"""Which passages prove their line, and which of several explanations of the same words is best."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipelines.lines import StatementLine
from pipelines.passages import Passage, Proof, proof
from pipelines.printed import PrintedText
from press.coverage import Where

STRONG = (
    Proof(weight=9.0, words=8, longest=5, density=0.65, share=0.6),
    Proof(weight=5.0, words=8, longest=8, density=0.0, share=0.0),
)
"""Either proves a line by itself: about six content words in a mostly equal stretch, or a run of
eight words whatever stands around it."""
SUPPORTED = Proof(weight=4.4, words=5, longest=2, density=0.46, share=0.45)
"""What suffices when the article has strong matches to the same statement."""
SENTENCE_STRONG = Proof(weight=4.0, words=8, longest=4, density=0.6, share=0.7)
SENTENCE = Proof(weight=1.8, words=6, longest=3, density=0.5, share=0.7)
"""For all that a quotation has of a sentence: alone, and supported."""
QUOTED_STRONG = Proof(weight=4.5, words=3, longest=3, density=0.0, share=0.0)
QUOTED_LONG = 8
QUOTED_WEIGHT, QUOTED_WORDS = 1.5, 6
"""For a stretch in quote marks that is part of a line word for word: alone, this weight or so many
words; supported, this weight or so many words."""
WHOLE_STRONG_WEIGHT, WHOLE_WEIGHT = 5.0, 3.0
"""For a whole line, word for word: alone, and supported (or of `QUOTED_WORDS`)."""
REPRINT_SHARE = 0.5
"""An article of whose words one statement explains this share is a reprint of that statement."""
CLAIM_SHARE = 0.5
"""A passage is dropped when better ones have claimed more than this share of its weight."""


class Candidate(NamedTuple):
    """A passage that may be a match."""

    where: Where
    line: StatementLine
    passage: Passage
    proof: Proof
    strong: bool
    """It needs no other match to support it."""

    @property
    def worth(self) -> float:
        """How well it explains its words."""
        return self.proof.weight * self.proof.density


def judged(
    where: Where, text: PrintedText, line: StatementLine, found: Passage
) -> Candidate | None:
    """The passage as a candidate, if its words can prove the line at all."""
    shown = proof(text, line, found)
    size = found.end - found.start
    unchanged = shown.longest == size == found.line_end - found.line_start
    whole = unchanged and size == len(line.units)
    quoted = unchanged and _is_quoted(text, found)
    sentence = _is_quoted_sentence(text, found)
    strong = (
        any(_reaches(shown, least) for least in STRONG)
        or (sentence and _reaches(shown, SENTENCE_STRONG))
        or (quoted and (_reaches(shown, QUOTED_STRONG) or size >= QUOTED_LONG))
        or (whole and shown.weight >= WHOLE_STRONG_WEIGHT)
    )
    possible = (
        strong
        or (_reaches(shown, SUPPORTED) and not _is_lost_in_quotation(text, found))
        or (sentence and _reaches(shown, SENTENCE))
        or (quoted and (shown.weight >= QUOTED_WEIGHT or shown.words >= QUOTED_WORDS))
        or (whole and (shown.weight >= WHOLE_WEIGHT or size >= QUOTED_WORDS))
    )
    return Candidate(where, line, found, shown, strong) if possible else None


def _reaches(shown: Proof, least: Proof) -> bool:
    return all(has >= needs for has, needs in zip(shown, least, strict=True))


def _is_quoted(text: PrintedText, found: Passage) -> bool:
    """Whether the passage fills a stretch between quote marks."""
    quote = text.quote_around(found.start)
    if quote is None:
        return False
    inside = text.word_range(quote.start, quote.end)
    return inside.start >= found.start and inside.stop <= found.end


def _is_quoted_sentence(text: PrintedText, found: Passage) -> bool:
    """Whether the passage fills all that one quotation has of its sentence."""
    inside = _quoted_words(text, found)
    return inside is not None and inside.start >= found.start and inside.stop <= found.end


def _is_lost_in_quotation(text: PrintedText, found: Passage) -> bool:
    """Whether a quotation says much else in the same sentence: it shares a phrase, no more."""
    inside = _quoted_words(text, found)
    return inside is not None and found.end - found.start < CLAIM_SHARE * len(inside)


def _quoted_words(text: PrintedText, found: Passage) -> range | None:
    """The words that one quotation has of the passage's sentence."""
    quote = text.quote_around(found.start)
    if quote is None:
        return None
    first, last = text.sentence(found.start), text.sentence(found.end - 1)
    inside = text.word_range(max(first.start, quote.start), min(last.end, quote.end))
    return range(inside.start, inside.stop)


def reprinted(found: Sequence[Candidate], body: PrintedText) -> str | None:
    """The statement of which the body is a reprint."""
    covered: dict[str, set[int]] = defaultdict(set)
    for candidate in found:
        if candidate.where == "body" and candidate.strong:
            for statement, _ in candidate.line.owners:
                passage = candidate.passage
                covered[statement].update(range(passage.start, passage.end))
    best = max(covered, key=lambda s: (len(covered[s]), s), default=None)
    if best is None or len(covered[best]) < REPRINT_SHARE * len(body.units):
        return None
    return best


def best_explained(
    found: Sequence[Candidate], texts: Mapping[Where, PrintedText], reprint: str | None
) -> Iterator[Candidate]:
    """The candidates without those whose words another explains better.

    The best come first: a candidate must have words of its own, or explain its words as well as
    the one that claimed them (the same sentence in two statements). In a reprint the statement
    that explains everything is left aside when others are compared: it may itself take up their
    lines.
    """
    claimed: dict[tuple[bool, Where], dict[int, float]] = defaultdict(dict)
    for candidate in sorted(found, key=_rank):
        own = any(statement == reprint for statement, _ in candidate.line.owners)
        words = claimed[own, candidate.where]
        weights = texts[candidate.where].weights
        places = range(candidate.passage.start, candidate.passage.end)
        free = sum(weights[n] for n in places if words.get(n, 0.0) <= candidate.worth + 1e-9)
        if free < CLAIM_SHARE * sum(weights[n] for n in places):
            continue
        for n in places:
            words[n] = max(words.get(n, 0.0), candidate.worth)
        yield candidate


def _rank(found: Candidate) -> tuple[float, int, int, str]:
    return (-found.worth, found.passage.start, found.passage.end, found.line.text)
