"""From a query as typed to its tree; every mistake names its column and what was meant.

::

    query    = [or]
    or       = and {"OR" and}
    and      = not {["AND"] not}
    not      = ("NOT" | "-") not | near
    near     = primary ["NEAR/n" primary]
    primary  = "(" or ")" | [field ":"] value | "~" phrase
    value    = phrase | word | word"*" | "(" or ")"

A parser of our own, as Lucene's grammar (luqum was tried) has no ``~"…"`` look-up, no NEAR, no
curly marks, and gives no column for most mistakes. Words are cut by `search.words`, so nothing
that a user types reaches an engine as syntax.
"""

import difflib
import math
import re
from datetime import date
from typing import NamedTuple, NoReturn, get_args

from press.coverage import FIELDS, QuoteKind, Relation
from press.errors import QueryError
from search import nodes
from search.nodes import Node
from search.words import words

MAX_LENGTH = 5_000
"""Code points; a long paragraph pasted into ``~"…"`` has about 1,500."""
MAX_SIZE = 300
"""Words and conditions; Elasticsearch refuses a query of 1,024 clauses on a small machine."""
MAX_DEPTH = 20
"""Levels; Elasticsearch refuses 30 (`indices.query.bool.max_nested_depth`)."""
MAX_DISTANCE = 1_000
ROUGHLY = 2 / 3
"""The share of its distinct words that ``~"…"`` must find. Of four words three."""

TEXT_FIELDS = ("speaker", "outlet")
CHOICES: dict[str, tuple[str, ...]] = {
    "relation": get_args(Relation),
    "where": FIELDS,
    "kind": (*get_args(QuoteKind), "unquoted"),
}
OPEN_FIELDS = ("statement", "tier", "language")
DATE_FIELDS = ("before", "after")
FIELD_NAMES = (*TEXT_FIELDS, *CHOICES, *OPEN_FIELDS, *DATE_FIELDS)

_OPENING = '"“”„«»'
_CLOSING = {'"': '"'}
_CURLY_CLOSING = '”“»«"'
_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z_]+):")
_NEAR = re.compile(r"NEAR(?:/(\d*))?")
_CHUNK = re.compile(rf"[^\s(){_OPENING}]+")


class _Token(NamedTuple):
    kind: str
    """One of ( ) AND OR NOT NEAR FIELD PHRASE ROUGHLY WORD END."""
    text: str
    column: int


class _Scanner:
    """Cuts a query into tokens."""

    def __init__(self, query: str) -> None:
        self.query = query

    def fail(self, message: str, column: int) -> NoReturn:
        raise QueryError(message, query=self.query, column=column)

    def tokens(self) -> list[_Token]:
        found: list[_Token] = []
        at = 0
        while at < len(self.query):
            if gap := _SPACE.match(self.query, at):
                at = gap.end()
                continue
            token, at = self._next(at)
            if token is not None:
                found.append(token)
        return [*found, _Token("END", "", len(self.query))]

    def _next(self, at: int) -> tuple[_Token | None, int]:
        char = self.query[at]
        following = self.query[at + 1 : at + 2]
        if char in "()":
            return _Token(char, char, at), at + 1
        if char in _OPENING:
            return self._phrase("PHRASE", at, at)
        if char == "~" and following and following in _OPENING:
            return self._phrase("ROUGHLY", at, at + 1)
        if char == "~":
            self.fail('~ looks for roughly these words: write ~"the words" in quotation marks', at)
        if char == "-" and following and (following.isalnum() or following in f'("{_OPENING}'):
            return _Token("NOT", "-", at), at + 1
        if field := _FIELD.match(self.query, at):
            return self._field(field)
        return self._chunk(at)

    def _phrase(self, kind: str, at: int, mark: int) -> tuple[_Token, int]:
        closing = _CLOSING.get(self.query[mark], _CURLY_CLOSING)
        end = next((i for i in range(mark + 1, len(self.query)) if self.query[i] in closing), None)
        if end is None:
            self.fail("this quotation mark is never closed", mark)
        return _Token(kind, self.query[mark + 1 : end], at), end + 1

    def _field(self, found: re.Match[str]) -> tuple[_Token, int]:
        name = found.group(1).lower()
        if name not in FIELD_NAMES:
            near = difflib.get_close_matches(name, FIELD_NAMES, n=1)
            hint = f"did you mean {near[0]}:?" if near else f"there are {', '.join(FIELD_NAMES)}"
            self.fail(
                f"there is no field {found.group(1)}: — {hint} "
                "(to look for it as text, put it in quotation marks)",
                found.start(),
            )
        if not self.query[found.end() : found.end() + 1].strip(")"):
            self.fail(f"{name}: needs a value right behind it", found.start())
        if self.query[found.end()].isspace():
            self.fail(f"{name}: needs its value right behind it, without a space", found.start())
        return _Token("FIELD", name, found.start()), found.end()

    def _chunk(self, at: int) -> tuple[_Token | None, int]:
        chunk = _CHUNK.match(self.query, at)
        assert chunk is not None, "every character is a space, a mark or part of a chunk"
        text, end = chunk.group(), chunk.end()
        if text in ("AND", "OR", "NOT"):
            return _Token(text, text, at), end
        if near := _NEAR.fullmatch(text):
            if not near.group(1):
                self.fail("NEAR needs a distance in words, such as NEAR/5", at)
            if len(near.group(1)) > 4 or int(near.group(1)) > MAX_DISTANCE:
                self.fail(f"NEAR reaches over {MAX_DISTANCE} words at most", at)
            return _Token("NEAR", near.group(1), at), end
        if "*" not in text and not words(text):
            return None, end
        return _Token("WORD", text, at), end


class Parser:
    """Reads one query."""

    def __init__(self, query: str) -> None:
        scanner = _Scanner(query)
        self.fail = scanner.fail
        if len(query) > MAX_LENGTH:
            self.fail(f"a query has at most {MAX_LENGTH} characters", MAX_LENGTH)
        self._tokens = scanner.tokens()
        self._at = 0
        self._nested = 0

    @property
    def _token(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._token
        self._at += 1
        return token

    def parse(self) -> Node:
        """The query's tree.

        Raises `QueryError`.
        """
        if len(self._tokens) == 1:
            return nodes.Everything()
        node = self._or(None)
        if self._token.kind == ")":
            self.fail("this ) closes nothing", self._token.column)
        if nodes.size(node) > MAX_SIZE:
            self.fail(f"a query has at most {MAX_SIZE} words and conditions", 0)
        if nodes.depth(node) > MAX_DEPTH:
            self.fail(f"a query has at most {MAX_DEPTH} levels", 0)
        return node

    def _or(self, field: str | None) -> Node:
        parts = [self._and(field)]
        while self._token.kind == "OR":
            self._take()
            parts.append(self._and(field))
        return _flat(nodes.Or, parts)

    def _and(self, field: str | None) -> Node:
        parts = [self._not(field)]
        while self._token.kind not in ("OR", ")", "END"):
            if self._token.kind == "AND":
                self._take()
            parts.append(self._not(field))
        return _flat(nodes.And, parts)

    def _not(self, field: str | None) -> Node:
        negative = False
        while self._token.kind == "NOT":
            self._take()
            negative = not negative
        node = self._near(field)
        return nodes.Not(node) if negative else node

    def _near(self, field: str | None) -> Node:
        begin = self._token
        left = self._primary(field)
        if self._token.kind != "NEAR":
            return left
        near = self._take()
        end = self._token
        right = self._primary(field)
        if self._token.kind == "NEAR":
            self.fail("NEAR joins two; join the third with AND", self._token.column)
        sides = []
        for token, node in ((begin, left), (end, right)):
            if not isinstance(node, nodes.Words) or node.field != "text":
                self.fail("NEAR joins words or phrases of the text", token.column)
            sides.append(node.words)
        return nodes.Near(sides[0], sides[1], int(near.text))

    def _primary(self, field: str | None) -> Node:
        token = self._take()
        match token.kind:
            case "(":
                return self._group(token, field)
            case "PHRASE" | "WORD":
                return self._value(token, field)
            case "FIELD" if field is not None:
                self.fail(f"{token.text}: stands inside {field}:( )", token.column)
            case "FIELD":
                value = self._take()
                if value.kind == "(":
                    return self._group(value, token.text)
                if value.kind not in ("PHRASE", "WORD"):
                    self.fail(f"{token.text}: needs a value right behind it", token.column)
                return self._value(value, token.text)
            case "ROUGHLY" if field is None:
                return self._roughly(token)
            case "ROUGHLY":
                self.fail(f"~ does not go with {field}:", token.column)
        self._at -= 1
        return self._fail_expecting(token)

    def _fail_expecting(self, token: _Token) -> NoReturn:
        before = self._tokens[self._at - 1] if self._at else None
        if token.kind in ("END", ")") and before is not None and before.kind != "(":
            name = f"NEAR/{before.text}" if before.kind == "NEAR" else before.text
            self.fail(f"{name} needs something to look for behind it", before.column)
        if token.kind == ")":
            self.fail("nothing stands before this )", token.column)
        if token.kind == "END":
            self.fail("this ( is never closed", before.column if before else 0)
        name = f"NEAR/{token.text}" if token.kind == "NEAR" else token.text
        self.fail(
            f"{name} needs something to look for before it "
            f"(to look for the word, write it in small letters)",
            token.column,
        )

    def _group(self, opening: _Token, field: str | None) -> Node:
        self._nested += 1
        if self._nested > MAX_DEPTH:
            self.fail(f"brackets stand in one another {MAX_DEPTH} deep at most", opening.column)
        node = self._or(field)
        if self._token.kind != ")":
            self.fail("this ( is never closed", opening.column)
        self._take()
        self._nested -= 1
        return node

    def _value(self, token: _Token, field: str | None) -> Node:
        if field is None or field in TEXT_FIELDS:
            return self._words(token, field or "text")
        value = token.text.strip()
        if value == "*" and token.kind == "WORD" and field in OPEN_FIELDS:
            return nodes.Known(field)  # type: ignore[arg-type]
        if field in DATE_FIELDS:
            day = _day(value)
            if day is None:
                self.fail(f"{field}: needs a date like 2018-06-18, 2018-06 or 2018", token.column)
            return nodes.Before(day) if field == "before" else nodes.Since(day)
        value = value.casefold()
        choices = CHOICES.get(field)
        if choices and value not in choices:
            near = difflib.get_close_matches(value, choices, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(choices)}"
            self.fail(f"{field}: cannot be {token.text} — {hint}", token.column)
        if field == "tier" and not re.fullmatch("[1-9]", value):
            self.fail("tier: needs a number from 1 to 9", token.column)
        return nodes.Is(field, value)  # type: ignore[arg-type]

    def _words(self, token: _Token, field: str) -> Node:
        found = tuple(word.norm for word in words(token.text))
        if token.kind == "WORD" and "*" in token.text:
            if token.text == "*" and field == "speaker":
                return nodes.Known("speaker")
            if token.text.find("*") != len(token.text) - 1 or len(found) != 1:
                self.fail("a * stands at the end of one word: recogni*", token.column)
            return nodes.Prefix(found[0], field)  # type: ignore[arg-type]
        if not found:
            self.fail("there are no words between these quotation marks", token.column)
        return nodes.Words(found, field)  # type: ignore[arg-type]

    def _roughly(self, token: _Token) -> Node:
        found = tuple(dict.fromkeys(word.norm for word in words(token.text)))
        if not found:
            self.fail("there are no words between these quotation marks", token.column)
        return nodes.Roughly(found, math.ceil(len(found) * ROUGHLY))


def _flat(kind: type[nodes.And] | type[nodes.Or], parts: list[Node]) -> Node:
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else [part])
    return kind(tuple(flat))


def _day(value: str) -> str | None:
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value, re.ASCII)
    if parts is None:
        return None
    year, month, day = (int(part or 1) for part in parts.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
