"""The agency or outlet that a text is credited to."""

import regex

from pipelines.metadata import Metadata, listed

_AGENCIES = regex.compile(
    r"\b(?P<name>The Associated Press|Associated Press|AP|Reuters|Thomson Reuters|AFP"
    r"|Agence France-Presse|UPI|United Press International|dpa|Deutsche Presse-Agentur|EFE|ANSA"
    r"|PA Media|Press Association|Bloomberg(?: News)?|Xinhua|TASS|Kyodo(?: News)?|Yonhap|PTI"
    r"|Canadian Press|The Canadian Press|AAP|States Newsroom|ProPublica|Kaiser Health News"
    r"|KFF Health News|The Conversation|TNS|Tribune News Service|epd|KNA|APA|SDA|Keystone-SDA"
    r"|Ritzau|TT|NTB|STT|Belga|ANP|PAP)\b"
)
# WASHINGTON (AP) — and BERLIN, June 18 (Reuters) -: a place in capitals, an agency in parentheses.
_DATELINE = regex.compile(
    r"^\s*(?:[\p{Lu}][\p{L}.'’\- /,]{1,60}?\s?(?:,\s*[\p{L}.]+\s\d{1,2}\s*)?)?"
    r"[(\[](?P<name>[\p{L}][\p{L} .\-/]{1,40})[)\]]\s*[-–—:―]"
)
_ENDING = regex.compile(
    r"(?:^|\n\n|[.!?”\"]\s+)\(?(?:©\s*)?(?P<name>[\p{L}]{2,12})(?:/[\p{L}]{2,12})*\)?\s*$"
)


def credit(stated: Metadata, bylines: list[str], body: str) -> str | None:
    """The agency that the page credits its text to, as printed; None where it names none.

    Looked for in the metadata, the byline, the dateline and a last line of its own.
    """
    told = [
        *(
            str(one.get("name") or "")
            for name in ("author", "creator", "sourceOrganization", "isBasedOn")
            for one in listed(stated.article.get(name))
            if isinstance(one, dict)
        ),
        *(one for one in listed(stated.article.get("author")) if isinstance(one, str)),
        *(
            v
            for name in ("author", "source", "dc.source", "byl")
            for v in stated.meta.get(name, ())
        ),
        *bylines,
    ]
    for text in told:
        if len(text) < 120 and (m := _AGENCIES.search(text)):
            return m["name"]
    dateline = _DATELINE.match(body[:160])
    if dateline and _AGENCIES.search(dateline["name"]):
        return dateline["name"].strip()
    ending = _ENDING.search(body[-60:])
    if ending and _AGENCIES.fullmatch(ending["name"]):
        return ending["name"]
    return None
