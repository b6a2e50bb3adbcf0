"""What a query means, as a small tree that every engine compiles and `search.evaluate` evaluates.

The tree holds nothing that one of the engines cannot do exactly: a prefix is one word, NEAR joins
two stretches of text, and `Roughly` counts distinct words.
"""

from typing import Literal, TypeAlias

import msgspec

TextField = Literal["text", "speaker", "outlet"]
"""Fields that are searched by their words."""

KeywordField = Literal["statement", "relation", "tier", "where", "kind", "language"]
"""Fields that are compared whole. `statement` holds ``id`` and ``id/line`` for each match."""


class Everything(msgspec.Struct, frozen=True):
    """Meets every text: the blank query."""


class Words(msgspec.Struct, frozen=True):
    """These words one after the other, in one field."""

    words: tuple[str, ...]
    field: TextField = "text"


class Prefix(msgspec.Struct, frozen=True):
    """A word that begins like this."""

    start: str
    field: TextField = "text"


class Near(msgspec.Struct, frozen=True):
    """Both in the text, in any order, with at most `distance` words between them."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    distance: int


class Roughly(msgspec.Struct, frozen=True):
    """At least `least` of these distinct words in the text."""

    words: tuple[str, ...]
    least: int


class Is(msgspec.Struct, frozen=True):
    """A keyword field that has this value."""

    field: KeywordField
    value: str


class Known(msgspec.Struct, frozen=True):
    """A field that has any value: ``speaker:*``."""

    field: Literal["speaker", "statement", "tier", "language"]


class Before(msgspec.Struct, frozen=True):
    """A printed day earlier than this one (ISO 8601)."""

    day: str


class Since(msgspec.Struct, frozen=True):
    """A printed day not earlier than this one (ISO 8601)."""

    day: str


class And(msgspec.Struct, frozen=True):
    parts: tuple["Node", ...]


class Or(msgspec.Struct, frozen=True):
    parts: tuple["Node", ...]


class Not(msgspec.Struct, frozen=True):
    part: "Node"


Node: TypeAlias = (
    Everything | Words | Prefix | Near | Roughly | Is | Known | Before | Since | And | Or | Not
)


def depth(node: Node) -> int:
    """How many levels `node` has."""
    if isinstance(node, And | Or):
        return 1 + max(depth(part) for part in node.parts)
    return 1 + depth(node.part) if isinstance(node, Not) else 1


def size(node: Node) -> int:
    """How many words and conditions `node` has."""
    if isinstance(node, And | Or):
        return sum(size(part) for part in node.parts)
    if isinstance(node, Not):
        return size(node.part)
    if isinstance(node, Near):
        return len(node.left) + len(node.right)
    return len(node.words) if isinstance(node, Words | Roughly) else 1


def sought(node: Node) -> frozenset[str]:
    """The words of the text that `node` looks for, those under NOT left out."""
    if isinstance(node, And | Or):
        return frozenset().union(*(sought(part) for part in node.parts))
    if isinstance(node, Near):
        return frozenset(node.left + node.right)
    if isinstance(node, Roughly) or (isinstance(node, Words) and node.field == "text"):
        return frozenset(node.words)
    return frozenset()
