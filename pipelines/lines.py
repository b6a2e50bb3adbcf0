"""A statement line as matching sees it."""

from functools import cached_property

import regex

from pipelines.rarity import weight
from pipelines.spelling import units

NAME_WEIGHT = 1.0
"""A name (a capital inside the line) weighs no more: it tells the subject, not the words, and all
that is written on the subject has it."""
_QUOTED = regex.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")


class StatementLine:
    """One line (or several that are equal), with its words and what each of them proves."""

    def __init__(self, text: str, owners: tuple[tuple[str, int], ...]) -> None:
        self.text = text
        self.owners = owners
        """Statement ids and line numbers."""
        self.units = units(text)
        self.keys = [u.key for u in self.units]
        self.stems = [u.stem for u in self.units]

    @cached_property
    def weights(self) -> list[float]:
        found = [weight(key) for key in self.keys]
        for n, unit in enumerate(self.units):
            if n and self.text[unit.start].isupper():
                found[n] = min(found[n], NAME_WEIGHT)
        return found

    @cached_property
    def quoted(self) -> frozenset[tuple[str, ...]]:
        """What the line itself quotes: marks around these words are not the outlet's."""
        return frozenset(
            tuple(u.stem for u in self.units if m.start(1) <= u.start < m.end(1))
            for m in _QUOTED.finditer(self.text)
        )
