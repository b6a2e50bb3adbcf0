"""From a query's tree to SQL over the tables of `search.sqlite_schema`.

Everything a user typed goes in as a parameter; words go into FTS5 expressions in quotation
marks, and hold none themselves (`search.words`).
"""

from typing import NamedTuple

from press.coverage import FIELDS
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


class Condition(NamedTuple):
    """An SQL expression over ``mentions m JOIN articles a`` and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


def condition(node: Node) -> Condition:
    """What a mention must meet."""
    expression = match_expression(node)
    if expression is not None:
        return Condition(
            "m.id IN (SELECT rowid FROM mention_text WHERE mention_text MATCH ?)", (expression,)
        )
    match node:
        case And(parts):
            return _joined(And, " AND ", parts)
        case Or(parts):
            return _joined(Or, " OR ", parts)
        case Not(part):
            inner = condition(part)
            return Condition(f"NOT ({inner.sql})", inner.parameters)
        case Roughly(words, least):
            each = " UNION ALL ".join(
                ["SELECT rowid AS id FROM mention_text WHERE mention_text MATCH ?"] * len(words)
            )
            return Condition(
                f"m.id IN (SELECT id FROM ({each}) GROUP BY id HAVING count(*) >= ?)",  # noqa: S608
                (*(_phrase((word,), "text") for word in words), least),
            )
        case Is(field, value):
            return _is(field, value)
        case Known(field):
            return Condition(_KNOWN[field])
        case Before(day):
            return Condition("substr(m.date, 1, 10) < ?", (day,))
        case Since(day):
            return Condition("substr(m.date, 1, 10) >= ?", (day,))
    assert isinstance(node, Everything)
    return Condition("1")


def match_expression(node: Node) -> str | None:
    """The FTS5 expression for `node`; None when it asks for more than words."""
    match node:
        case Words(words, field):
            return _phrase(words, field)
        case Prefix(start, field):
            return f"{_phrase((start,), field)} *"
        case Near(left, right, distance):
            return f"text : NEAR({_quoted(left)} {_quoted(right)}, {distance})"
        case And(parts) | Or(parts):
            each = [match_expression(part) for part in parts]
            if None in each:
                return None
            return (" AND " if isinstance(node, And) else " OR ").join(f"({e})" for e in each)
    return None


def any_word(words: frozenset[str]) -> str:
    """The FTS5 expression for texts with any of `words`."""
    return " OR ".join(_phrase((word,), "text") for word in sorted(words))


def _joined(kind: type[And] | type[Or], operator: str, parts: tuple[Node, ...]) -> Condition:
    """The parts as one condition; those that only ask for words as one FTS5 expression."""
    textual = tuple(part for part in parts if match_expression(part) is not None)
    others = [part for part in parts if match_expression(part) is None]
    conditions = [condition(part) for part in others]
    if textual:
        conditions.append(condition(kind(textual) if len(textual) > 1 else textual[0]))
    return Condition(
        operator.join(f"({c.sql})" for c in conditions),
        tuple(parameter for c in conditions for parameter in c.parameters),
    )


_KNOWN = {
    "speaker": "m.id IN (SELECT rowid FROM mention_text WHERE speaker <> '')",
    "statement": "m.statements <> '[]'",
    "tier": "a.tier IS NOT NULL",
    "language": "m.language IS NOT NULL",
}


def _is(field: str, value: str) -> Condition:
    match field:
        case "tier":
            return Condition("coalesce(a.tier, 0) = ?", (int(value),))
        case "where":
            return Condition("m.place = ?", (FIELDS.index(value),))
        case "kind" | "language":
            return Condition(f"coalesce(m.{field}, '') = ?", (value,))
    return Condition(
        "m.id IN (SELECT mention FROM mention_values WHERE field = ? AND value = ?)",
        (field, value),
    )


def _phrase(words: tuple[str, ...], field: str) -> str:
    return f"{field} : {_quoted(words)}"


def _quoted(words: tuple[str, ...]) -> str:
    return '"' + " ".join(words).replace('"', '""') + '"'
