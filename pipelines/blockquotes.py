"""Quotations that print no marks: block quotes, letters reproduced whole, and turns of a transcript."""

import regex

from pipelines.conversation import Conversation
from pipelines.frames import words
from pipelines.phrases import Phrase
from pipelines.stretches import Stretch
from press.coverage import Article

_DOCUMENT = r"(?:letter|statement|memo|memorandum|e-?mail|message|text|note|petition|speech|remarks|transcript|post|tweet|release|testimony|op-ed|resolution)"
_INTRODUCES = regex.compile(
    rf"\b{_DOCUMENT}\b.*(?:\bbelow\b|\bin full\b|\breads?\b|\bfollows\b|\bin its entirety\b|\bfull text\b|\bsaid\b|\bwrote\b)"
    rf"|\bfull (?:text|statement|letter|transcript)\b|\bhere(?:'s|’s| is)\b.*\b{_DOCUMENT}\b",
    regex.IGNORECASE,
)
_WHOLE = regex.compile(
    r"\bin full\b|\bfull (?:text|statement|letter|memo|email|transcript|remarks)\b|\bentire(?:ty)?\b|\bverbatim\b",
    regex.IGNORECASE,
)
_SALUTATION = regex.compile(
    r"^(?:Dear|To (?:the|our|my|all|whom)|Hi|Hello|Colleagues|Team|Friends|Sehr geehrte|Liebe|Chère?|Estimad[oa])\b.{0,120}[,:.!]?$"
)
_SIGN_OFF = regex.compile(
    r"^(?:sincerely|yours|respectfully|(?:best|kind|warm)(?:est)? regards|regards|signed|best(?: wishes)?|in solidarity|with (?:respect|love|gratitude)|thank you|cordially|faithfully)\b.{0,40}$",
    regex.IGNORECASE,
)
_NOTE = regex.compile(
    r"^[\s\[(*_–—-]*(?:updated?\b|correction\b|clarification\b|editor[’']?s[’']? note|this (?:story|article|post) (?:was|has)|read more|related\b|photo\b|image\b|source:|more:|watch:|follow\b|contact\b|first published|originally published)",
    regex.IGNORECASE,
)
_TURN = regex.compile(
    r"(?P<name>\p{Lu}[\p{Lu}.’'-]+(?:[ ,]+(?:\p{Lu}[\p{Lu}.’'-]*|\([^)]{1,30}\))){0,4}|Q|A)\s?[:.]\s+(?=\S)"
)
TURNS = 4
"""Lines that begin with a speaker's name in capitals, from which a text is a transcript."""
SIGNED_LINES = 3
"""Short lines after a sign-off that are still the letter's: name, office, place."""


def unmarked(article: Article, talk: Conversation) -> list[Stretch]:
    """The quotations of the article's body that stand without marks."""
    return _blocks(article, talk) or _letter(article, talk) or _turns(article, talk)


def _blocks(article: Article, talk: Conversation) -> list[Stretch]:
    """One quotation for each run of block quotes that no marks enclose."""
    runs: list[tuple[int, int, int]] = []
    for n, block in enumerate(article.blocks):
        if block.kind != "blockquote":
            continue
        if runs and runs[-1][2] == n - 1:
            runs[-1] = (runs[-1][0], block.end, n)
        else:
            runs.append((block.start, block.end, n))
    return [
        s for start, end, _ in runs if (s := _block(article.body, start, end, talk)) is not None
    ]


def _block(body: str, start: int, end: int, talk: Conversation) -> Stretch | None:
    inside = [(a, b) for a, b in talk.paragraphs if start <= a < end]
    if not inside:
        return None
    speaker = cue = None
    last = body[inside[-1][0] : inside[-1][1]]
    signed = regex.match(r"[—–―-]+\s*(?=\p{Lu})", last)
    if signed and len(inside) > 1:
        tokens = tuple(words(body, inside[-1][0] + signed.end(), inside[-1][1]))
        stop = next((n for n, t in enumerate(tokens) if t.text in {",", "("}), len(tokens))
        speaker = talk.resolver.speaker(tokens, Phrase(0, stop)) if stop else None
        end = inside[-2][1]
    opens = body[start] in '“"«„‘' and any(
        m.outer_start == start and m.outer_end >= end - 1 for m in talk.marks_of(start)
    )
    if opens:
        return None
    number = next(n for n, (a, _) in enumerate(talk.paragraphs) if a >= start)
    if speaker is None and number:
        speaker, cue = talk.introduced_by(number - 1)
    return Stretch(
        start,
        end,
        start,
        end,
        "body",
        kind="block",
        speaker=speaker,
        cue=cue,
        utterance=talk.utterance(),
        paragraph=number,
    )


def _letter(article: Article, talk: Conversation) -> list[Stretch]:
    """A letter or statement reproduced in plain paragraphs after a line that announces it."""
    body, paragraphs = article.body, talk.paragraphs
    for number, (a, b) in enumerate(paragraphs[:-1]):
        line = body[a:b]
        if len(line) > 400 or line[-1] != ":" or not _INTRODUCES.search(line.rsplit(". ", 1)[-1]):
            continue
        first = body[paragraphs[number + 1][0] : paragraphs[number + 1][1]]
        if first[0] in "“\"«„‘'" or not (_SALUTATION.match(first) or _WHOLE.search(line)):
            continue
        last = _letter_end(article, talk, number + 1)
        start, end = paragraphs[number + 1][0], paragraphs[last][1]
        speaker, cue = talk.introduced_by(number)
        return [
            Stretch(
                start,
                end,
                start,
                end,
                "body",
                kind="block",
                speaker=speaker,
                cue=cue,
                utterance=talk.utterance(),
                paragraph=number + 1,
            )
        ]
    return []


def _letter_end(article: Article, talk: Conversation, first: int) -> int:
    """The last paragraph of the letter that begins at paragraph `first`."""
    body, paragraphs = article.body, talk.paragraphs
    headings = {block.start for block in article.blocks if block.kind == "heading"}
    last = first
    for n in range(first, len(paragraphs)):
        a, b = paragraphs[n]
        line = body[a:b]
        if n > first and (_NOTE.match(line) or a in headings):
            break
        last = n
        if n > first and _SIGN_OFF.match(line):
            while last + 1 < len(paragraphs) and last - n < SIGNED_LINES:
                c, d = paragraphs[last + 1]
                if d - c > 60 or body[d - 1] in ".:!?" or _NOTE.match(body[c:d]):
                    break
                last += 1
            break
    return last


def _turns(article: Article, talk: Conversation) -> list[Stretch]:
    """The turns of a transcript: ``NAME: words``."""
    body = article.body
    found = [(m, b) for a, b in talk.paragraphs if (m := _TURN.match(body, a, b))]
    names = {m["name"] for m, _ in found}
    if len(found) < TURNS or not 2 <= len(names) <= len(found) // 2:
        return []
    out: list[Stretch] = []
    for m, end in found:
        start = m.end()
        if body[start] in '“"':
            continue
        name = m["name"]
        speaker = None if name in {"Q", "A"} else talk.resolver.label(name)
        out.append(
            Stretch(
                start,
                end,
                start,
                end,
                "body",
                kind="block",
                speaker=speaker,
                cue=":",
                utterance=talk.utterance(),
            )
        )
    return out
