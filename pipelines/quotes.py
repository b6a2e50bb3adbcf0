"""Which stretches of an article are quotations."""

from pipelines.quotemarks import lines, marked
from press.coverage import FIELDS, Article, Quote, QuoteKind


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """All quotations of `article`, in order of field and start."""
    quotes: list[Quote] = []
    for where in FIELDS:
        text = article.field(where)
        for start, end in lines(text):
            for m in marked(text, start, end):
                if m.lost:
                    continue
                words = len(text[m.start : m.end].split())
                kind: QuoteKind = "sentence" if words > 6 else "fragment"
                if where in ("title", "dek"):
                    kind = "headline"
                elif where in ("caption", "pullquote"):
                    kind = where
                quotes.append(
                    Quote(
                        text=text[m.start : m.end],
                        start=m.start,
                        end=m.end,
                        where=where,
                        kind=kind,
                        utterance=len(quotes),
                    )
                )
    return tuple(quotes)
