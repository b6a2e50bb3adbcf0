"""What a query finds in one text, in memory: whether it meets it, and which words to highlight.

This is the definition of the query language; engines must agree with it (tests/search holds them
to it), and all highlights are computed here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from press.coverage import Article, Mention
from press.text import Span, Token
from search.nodes import (
    And,
    Before,
    Everything,
    Is,
    Known,
    Near,
    Node,
    Not,
    Or,
    Prefix,
    Roughly,
    Since,
    Words,
)
from search.words import words


class Subject:
    """A text and what is known of it, prepared for questions.

    Several texts can stand for one (title, dek, body); no phrase reaches from one to the next.
    """

    def __init__(
        self,
        texts: Iterable[str],
        *,
        speaker: str | None = None,
        outlet: str = "",
        keywords: Mapping[str, frozenset[str]],
        day: str,
    ) -> None:
        self.keywords = keywords
        self.day = day
        self._tokens: dict[str, list[Token]] = {
            "text": _joined(texts),
            "speaker": words(speaker or ""),
            "outlet": words(outlet),
        }
        self._places: dict[str, dict[str, list[int]]] = {}
        for field, found in self._tokens.items():
            places: dict[str, list[int]] = defaultdict(list)
            for place, token in enumerate(found):
                places[token.norm].append(place)
            self._places[field] = places

    def runs(self, sequence: tuple[str, ...], field: str = "text") -> list[int]:
        """The places at which `sequence` begins."""
        found = self._tokens[field]
        return [
            place
            for place in self._places[field].get(sequence[0], ())
            if place + len(sequence) <= len(found)
            and all(found[place + i].norm == word for i, word in enumerate(sequence))
        ]

    def starting(self, start: str, field: str) -> list[int]:
        """The places of the words that begin with `start`."""
        places = self._places[field]
        return [p for word in places if word.startswith(start) for p in places[word]]

    def span(self, place: int, length: int = 1) -> Span:
        """Where the words at `place` stand in the text."""
        found = self._tokens["text"]
        return Span(found[place].start, found[place + length - 1].end)


_WALL = [Token("\n", 0, 0)]
"""Stands between two texts: no query's word is equal to it."""


def _joined(texts: Iterable[str]) -> list[Token]:
    found: list[Token] = []
    for text in texts:
        found += _WALL + words(text) if found else words(text)
    return found


def of_mention(mention: Mention, *, tier: int | None) -> Subject:
    """The subject that an indexed mention is; `tier` is its article's."""
    return Subject(
        [mention.text],
        speaker=mention.speaker,
        outlet=mention.outlet,
        keywords={
            "statement": frozenset(statement_values(mention)),
            "relation": frozenset(match.relation for match in mention.matches),
            "tier": _some(tier),
            "where": _some(mention.where),
            "kind": _some(mention.kind),
            "language": _some(mention.language),
        },
        day=mention.date[:10],
    )


def statement_values(mention: Mention) -> list[str]:
    """What ``statement:`` finds a mention by: the statements and lines that it matches."""
    return sorted(
        {match.statement.casefold() for match in mention.matches}
        | {f"{match.statement.casefold()}/{match.line}" for match in mention.matches}
    )


def of_article(article: Article) -> Subject:
    """The subject that an article is to a campaign's topic: its title, dek and body."""
    return Subject(
        [article.title, article.dek, article.body],
        outlet=article.outlet,
        keywords={"language": _some(article.language)},
        day=article.published.value[:10] if article.published else "",
    )


def _some(value: object) -> frozenset[str]:
    return frozenset() if value is None else frozenset({str(value)})


def spans(node: Node, subject: Subject) -> tuple[Span, ...] | None:
    """The stretches of the text to highlight; None when `subject` does not meet `node`.

    In order, apart from each other. Only what made the subject meet the query is highlighted: of
    ``(a b) OR c`` in a text with *a* and *c*, that is *c*.
    """
    found = _spans(node, subject)
    return None if found is None else tuple(_merged(found))


def _spans(node: Node, subject: Subject) -> list[Span] | None:
    match node:
        case And(parts):
            each = [_spans(part, subject) for part in parts]
            return None if None in each else [span for part in each for span in part or ()]
        case Or(parts):
            met = [found for part in parts if (found := _spans(part, subject)) is not None]
            return [span for part in met for span in part] if met else None
        case Not(part):
            return [] if _spans(part, subject) is None else None
        case Words(sequence, field):
            places = subject.runs(sequence, field)
            return _stretches(subject, places, len(sequence), field) if places else None
        case Prefix(start, field):
            places = subject.starting(start, field)
            return _stretches(subject, places, 1, field) if places else None
        case Near():
            return _near(node, subject)
        case Roughly(sequence, least):
            at = {word: subject.runs((word,)) for word in sequence}
            if sum(1 for places in at.values() if places) < least:
                return None
            return [subject.span(place) for places in at.values() for place in places]
    return [] if _holds(node, subject) else None


def _holds(node: Node, subject: Subject) -> bool:
    match node:
        case Is(field, value):
            return value in subject.keywords.get(field, ())
        case Known("speaker"):
            return bool(subject.starting("", "speaker"))
        case Known(field):
            return bool(subject.keywords.get(field))
        case Before(day):
            return "" < subject.day < day
        case Since(day):
            return subject.day >= day
    return isinstance(node, Everything)


def _stretches(subject: Subject, places: list[int], length: int, field: str) -> list[Span]:
    return [subject.span(place, length) for place in places] if field == "text" else []


def _near(node: Near, subject: Subject) -> list[Span] | None:
    found: list[Span] = []
    rights = subject.runs(node.right)
    for left in subject.runs(node.left):
        for right in rights:
            gap = right - left - len(node.left) if left <= right else left - right - len(node.right)
            if gap <= node.distance:
                found += [
                    subject.span(left, len(node.left)),
                    subject.span(right, len(node.right)),
                ]
    return found or None


def _merged(found: list[Span]) -> Iterator[Span]:
    ordered = sorted(set(found))
    for i, span in enumerate(ordered):
        if i == 0:
            start, end = span
        elif span.start < end:
            end = max(end, span.end)
        else:
            yield Span(start, end)
            start, end = span
    if ordered:
        yield Span(start, end)
