"""Which stretches of an article are quotations, and whose.

::

    field -> paragraphs -> marked stretches -> frame -> attribution -> term or speech
                                                           └-> speaker, carried over to what follows
    body  -> block quotes, letters and turns printed without marks

Everything is told from the article's own words; see docs/quotes.md for the rules.
"""

from pipelines.blockquotes import unmarked
from pipelines.conversation import Conversation
from pipelines.cues import cues_for
from pipelines.names import Names
from pipelines.pulled import pulled
from pipelines.speakers import Resolver
from pipelines.stretches import Stretch
from press.coverage import FIELDS, Article, Quote


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """All quotations of `article`, in order of field and start.

    Pure and linear in the article's length. Terms, names and slogans in marks have the kind
    *scare*; a caller that counts speech leaves them out.
    """
    cues = cues_for(article.language)
    names = Names(article.body)
    quotes: list[Quote] = []
    utterances = 0
    for where in FIELDS:
        text = article.field(where)
        if not text:
            continue
        resolver = Resolver(text, cues, names, article.byline, in_body=where == "body")
        talk = Conversation(text, where, cues, resolver)
        stretches = talk.stretches()
        if where == "body":
            stretches += unmarked(article, talk)
        elif where == "pullquote":
            stretches = pulled(text, stretches, resolver)
        stretches = [s for s in stretches if _trim(text, s)]
        stretches.sort(key=lambda s: (s.start, -s.end))
        quotes += [_quote(text, s, utterances) for s in stretches]
        utterances += 1 + max((s.utterance for s in stretches), default=-1)
    return tuple(quotes)


def _trim(text: str, stretch: Stretch) -> bool:
    """Take white space off the ends; False if nothing is said between them."""
    inside = text[stretch.start : stretch.end]
    stretch.start += len(inside) - len(inside.lstrip())
    stretch.end = stretch.start + len(inside.strip())
    return any(c.isalnum() for c in inside)


def _quote(text: str, stretch: Stretch, base: int) -> Quote:
    return Quote(
        text=text[stretch.start : stretch.end],
        start=stretch.start,
        end=stretch.end,
        where=stretch.where,
        kind=stretch.kind,
        speaker=stretch.speaker if stretch.kind != "scare" else None,
        cue=stretch.cue if stretch.kind != "scare" else None,
        utterance=base + stretch.utterance,
    )
