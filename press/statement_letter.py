"""A letter's ends: letterhead before its first line, closing and names behind its last.

Each is told by its look (a date and no more, a row of capitalised words) and by a few words that
letters use ("Dear", "Sincerely"), of several languages.
"""

import regex

from press.statement_markup import Paragraph
from press.statement_notes import texts
from press.text import sentences

NAMES, NAMES_SHARE = 3, 0.6
"""A run of so many short lines at the end, most of them names, is a list of signatories."""

HEAD = 15
"""Paragraphs among which a salutation is looked for: a letterhead with addressee has fewer."""

_SALUTATION = regex.compile(
    r"(?:dear|to whom it may concern|sehr geehrte|liebe|madame|monsieur|estimad[oa]s?|querid[oa]s?|"
    r"caro|cara|gentile|beste|geachte)\b[^!?]{0,150}[,:!]?|"
    r"to (?:the|all|our)(?: [\p{L}'’-]+){1,6}[,:]",
    regex.IGNORECASE,
)
_RELEASE_HEAD = regex.compile(
    r"(?:for (?:immediate|general) release|press release|news release|media (?:release|advisory)|"
    r"embargo(?:ed)?\b|not for (?:release|publication)|(?:press|media|for (?:more|further) "
    r"information,?)?\s*contacts?\s*:)(?:[^.!?]|\.(?=\S))*",
    regex.IGNORECASE,
)
_DATE_LABEL = regex.compile(r"(?:dated?|published|updated|posted|issued)\b:?\s*", regex.IGNORECASE)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NUMERIC_DATE = regex.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_DAY = regex.compile(r"\d{1,2}(?:st|nd|rd|th|er|[.ºª])?", regex.IGNORECASE)
_CLOSING = regex.compile(
    r"(?:(?:yours |very |most )*(?:sincerely|truly|faithfully|respectfully|cordially|warmly)"
    r"(?: yours| submitted)?|(?:with |our |my |kind |best |warm |many )*"
    r"(?:regards|wishes|thanks|respect|gratitude)|best|thank you|in solidarity|in unity|"
    r"signed(?: by)?|co-?signed(?: by)?|signator(?:y|ies)|endorsed by|(?:the )?undersigned.{0,40}|"
    r"mit freundlichen grüßen|hochachtungsvoll|cordialement|atentamente|cordialmente|"
    r"distinti saluti|hoogachtend)\s*[,:.]?",
    regex.IGNORECASE,
)
_SENTENCE_END = regex.compile(r"[.!?…。！？]['\"’”»)\]]*$")
_STARRED = regex.compile(r"[*†‡]+\s?\p{L}")
_POSTSCRIPT = regex.compile(r"P\.?\s?(?:P\.?\s?)?S\b[.:]?")
_WORD = regex.compile(r"\p{L}[\p{L}'’.-]*")


def split_head(body: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """Cut off date line, addressee, salutation and a release's head: body, letterhead."""
    for at, paragraph in enumerate(body[:HEAD]):
        if paragraph.kind == "text" and _is_salutation(paragraph.text):
            # What runs in sentences before it is no address: an introduction, or a quoted letter.
            prose = [p for p in body[:at] if _is_prose(p.text)]
            address = [p for p in body[: at + 1] if p not in prose]
            return [*prose, *body[at + 1 :]], texts(address)
    at = 0
    while at < len(body) - 1 and (
        body[at].kind == "rule"
        or _is_date(body[at].text)
        or _RELEASE_HEAD.fullmatch(body[at].text) is not None
    ):
        at += 1
    return body[at:], texts(body[:at])


def _is_salutation(text: str) -> bool:
    if len(text) > 160 or len(sentences(text)) != 1:
        return False
    if text.startswith("To ") and text[-1] in ",:" and _is_name(text[3:-1]):
        return True
    return _SALUTATION.fullmatch(text) is not None and (text[-1] in ",:!" or len(text.split()) <= 6)


def _is_date(text: str) -> bool:
    """True for a date and no more, a place before it apart: ``Berlin, den 3. Mai 2018``."""
    words = _DATE_LABEL.sub("", text, 1).replace(",", " ").split()
    if not words or len(words) > 7:
        return False
    if len(words) <= 3 and any(_NUMERIC_DATE.fullmatch(w) for w in words):
        return True
    last = words[-1].strip(".()")
    return _YEAR.fullmatch(last) is not None and any(_DAY.fullmatch(w) for w in words[:-1])


def split_tail(
    body: list[Paragraph],
) -> tuple[list[Paragraph], list[str], list[str], list[str]]:
    """Cut off closing and signatories: body, signatories, closing, notes behind them."""
    signed = [p.text for p in body if p.kind == "signatory"]
    body = [p for p in body if p.kind != "signatory"]
    for at in range(len(body) - 1, 0, -1):
        if not _closes(body, at):
            continue
        names: list[str] = []
        notes: list[str] = []
        postscript: list[Paragraph] = []
        target = names
        for paragraph in body[at + 1 :]:
            if paragraph.kind == "rule":
                target = notes if names else names
            elif _POSTSCRIPT.match(paragraph.text):
                postscript.append(
                    paragraph._replace(text=_POSTSCRIPT.sub("", paragraph.text, 1).strip())
                )
            elif _is_prose(paragraph.text):
                notes.append(paragraph.text)
            else:
                target.append(paragraph.text)
        return [*body[:at], *postscript], [*names, *signed], [body[at].text], notes
    notes = []
    while len(body) > 1 and (body[-1].kind == "rule" or _STARRED.match(body[-1].text)):
        notes = texts(body[-1:]) + notes
        body = body[:-1]
    start = _names_from(body)
    names = [p.text.lstrip("—–―- ") for p in body[start:]]
    return body[:start], [*names, *signed], [], notes


def _names_from(body: list[Paragraph]) -> int:
    """Where the list of names at the end of `body` begins; its length where there is none."""
    loose = len(body)
    while loose > 1 and _may_be_name(body[loose - 1]):
        loose -= 1
    start = len(body)
    while start > loose and _is_name(body[start - 1].text):
        start -= 1
    # In a longer list an odd name is borne by the others: "Ärzte ohne Grenzen".
    strict = sum(_is_name(p.text) for p in body[loose:])
    if len(body) - loose >= NAMES and strict >= NAMES_SHARE * (len(body) - loose):
        start = loose
    # A list introduced by a sentence ("We call on you to:") is what the sentence says.
    return len(body) if start and body[start - 1].text.endswith(":") else start


def _closes(body: list[Paragraph], at: int) -> bool:
    """True for "Sincerely," and for any few words with a comma before nothing but names."""
    text, after = body[at].text, [p for p in body[at + 1 :] if p.kind != "rule"]
    if not after or text.endswith("!") or _is_prose(after[0].text):
        return False
    if _CLOSING.fullmatch(text):
        return not text.endswith(".") or _is_name(after[0].text)
    few = text.endswith(",") and len(text.split()) <= 5 and body[at].kind == "text"
    return few and all(_is_name(p.text) for p in after)


def _may_be_name(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        paragraph.kind in ("text", "item")
        and (text[0].isupper() or text[0] in "—–―-")
        and len(text.split()) <= 14
        and (_is_name(text) or text[-1] not in '.,;:!?…”"')
    )


def _is_prose(text: str) -> bool:
    return len(text.split()) >= 8 and _SENTENCE_END.search(text) is not None and not _is_name(text)


def _is_name(text: str) -> bool:
    """True for a person, an organisation, or both: nearly all long words are capitalised."""
    if len(text) > 150 or text.endswith((":", "!", "?", "…", "”", '"', ",")):
        return False
    if text.endswith(".") and len(sentences(text + " Next")) > 1:
        return False
    words = _WORD.findall(text)
    long = [w for w in words if len(w) > 3] or words
    capital = sum(w[0].isupper() for w in long)
    begins = text[0].isupper() or text[0] in "—–―-"
    return begins and bool(words) and capital >= max(1, len(long) - len(long) // 5)
