"""The query language: one for the terminal, the browser and a campaign's topic.

`parse` reads it (`search.syntax` has the grammar), `search.nodes` says what it can mean,
`search.evaluate` defines what it finds, and every engine compiles the same tree. See
docs/query-language.md.
"""

import msgspec

from press.coverage import Article, Mention
from press.text import Span
from search import evaluate
from search.nodes import Node, sought
from search.syntax import Parser


class Query(msgspec.Struct, frozen=True):
    """A parsed query."""

    text: str
    """As it was typed."""
    root: Node

    def meets(self, article: Article) -> bool:
        """Whether an article meets this query by its title, dek and body.

        An article that is not analysed yet has an outlet, a language and a printed date; it has
        no speaker, statement, relation, kind, place or tier.
        """
        return evaluate.spans(self.root, evaluate.of_article(article)) is not None

    def highlights(self, mention: Mention, *, tier: int | None = None) -> tuple[Span, ...] | None:
        """What to highlight in the mention's text; None when it does not meet this query."""
        return evaluate.spans(self.root, evaluate.of_mention(mention, tier=tier))

    def words(self) -> frozenset[str]:
        """The words of the text that it looks for, by which engines score relevance."""
        return sought(self.root)


def parse(query: str) -> Query:
    """Parse `query`; a blank one meets everything.

    Raises `press.errors.QueryError` with the column of the mistake and what was meant.
    """
    return Query(query, Parser(query).parse())
