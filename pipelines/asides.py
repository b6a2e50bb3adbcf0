"""Lines inside an article that are not of it: pointers to other pages, appeals, small print.

Told from the set phrases with which editors and templates begin such lines. Only short lines are
judged, and a pointer that reads like a sentence must be a link too: prose may begin with anything.
The phrases are those seen on the pages of ``benchmarks/extraction.py``, in nine languages.
"""

import regex

MAX_LABEL = 60
"""Characters of a line that announces a list of other pages."""
MAX_POINTER = 240
"""Characters of a line that points to another page, with that page's headline."""
MAX_APPEAL = 400
"""Characters of an appeal to sign up, follow, subscribe or give, and of small print."""
LINKED = 0.4
"""The share in links from which a whole sentence can be a pointer."""

_START = r"^[\s>»→•*\-–—+|[(]*"
_POINTER = regex.compile(
    rf"""{_START}(?:
      (?:read|see|watch|listen|hear)\s(?:more|also|next)\b | also\sread\b
    | (?:more|related)\s(?:on|from|stories|articles|news|coverage|content|reading)\b
    | related\s?: | recommended\s(?:reading|stories|articles|videos)\b | click\shere\b
    | (?:you\smay|you\smight)\salso\s(?:like|enjoy|be\sinterested)\b | don['’]t\smiss\s?:
    | le[ae]\s?: | lea\s(?:más|también|además)\b | leer\s(?:más|también)\b
    | (?:te|le)\spuede\s(?:interesar|gustar)\b | (?:vea|ve|mira|mire)(?:\stambién)?\s?:
    | puedes\sver\s?: | (?:vea|ver|mira)\stambién\b | notas?\srelacionadas?\b
    | contenidos?\srelacionados?\b
    | (?:à\s)?lire\s(?:aussi|également|la\ssuite)\b | voir\saussi\b
    | lesen\ssie\s(?:auch|hier|dazu|mehr)\b | (?:auch|ebenfalls)\s(?:interessant|lesen)\b
    | mehr\s(?:zum\sthema|dazu|lesen)\b | (?:das\s)?könnte\s(?:dich|sie)\sauch\b
    | (?:passend|weiterlesen|lesetipp|auch\sauf\s[\w.]+)\s?:?$ | zum\sweiterlesen\b
    | (?:weitere|empfohlene)\s(?:artikel|beiträge|themen|infos?|informationen)\b[^.]*:?$
    | schon\sgelesen\s?\?
    | leggi\s(?:anche|qui)\b | leia\s(?:também|mais)\b | veja\s(?:também|mais)\b
    | lees\s(?:ook|meer)\b | läs\s(?:också|mer)\b | les\sogså\b | læs\sogså\b
    | czytaj\s(?:też|także|również|więcej)\b | dowiedz\ssię\swięcej\b
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
_SENTENCE = regex.compile(r"[.!][\"'”’»)]*$")
_LABEL = regex.compile(
    rf"""{_START}(?:
      (?:tags?|topics?|temas|themen|categor(?:y|ies)|kategorien?|schlagw[oö]rte?r?|keywords
        |filed\sunder|etiquetas)\s?(?::.*)?
    | (?:photos?|fotos?|images?|pictures?|bild|titelbild|beitragsbild|credits?|illustration
        |(?:photo|image|picture)\scredits?|crédits?\sphotos?|foto\sde\sportada)
        (?:\sby)?\s?[:©].*
    | (?:\d+|no|keine|view|show|all|post\sa|leave\sa|add\sa)?\s?
        (?:comments?|kommentare?|comentarios?|commentaires?)\b.{{0,24}}
    | (?:advertisement|anzeige|publicidad|werbung|publicité|annonce)s? | (?:anzeige)\s?[-–:].*
    | (?:share|print|email|save)\sthis\s(?:article|story|page|post)\b.*
    | skip\sadvertisement | story\scontinues\sbelow.*
    )\s*$""",
    regex.VERBOSE | regex.IGNORECASE,
)
_APPEAL = regex.compile(
    rf"""{_START}(?:
      (?:sign\sup|subscribe|register)\b.{{0,80}}\b
        (?:newsletter|newsletters|inbox|email|emails|edition|updates|alerts|full\sstory)\b
    | (?:get|never\smiss|want|do\syou\swant|to\sview|for\sthe\slatest)\b.{{0,120}}\b
        (?:newsletter|inbox|subscribe|subscriber|signing\sup|sign\sup|apps?\sfor)\b
    | (?:follow|like|join|find)\s(?:us|him|her|me|them|the\s[\w ]+|@?\w+(?:\s\w+)?)\son\s
        (?:twitter|facebook|instagram|linkedin|telegram|whatsapp|x\b|bluesky|threads|youtube)
    | (?:s[ií]guenos|únete|suscríbete|hazte)\b | folgen?\ssie\suns\b
    | (?:jetzt|hier|zum)\s(?:den\s)?newsletter\b | newsletter\sabonnieren\b
    | (?:support|fund)\s(?:our|independent|quality)\s(?:journalism|work|reporting|newsroom)\b
    | (?:donate|give)\s(?:now|today|to\s(?:us|our))\b | (?:can|will)\syou\schip\sin\b
    | (?:have\sa|got\sa|send\sus\sa)\s(?:news\s)?tip\b
    | if\syou\senjoyed\s(?:reading\s)?this\b
    )""",
    regex.VERBOSE | regex.IGNORECASE,
)
_SMALL_PRINT = regex.compile(
    r"""^\s*(?:©|copyright\s(?:©|\(c\)|\d{4}|by\b)|\(c\)\s\d{4})
    | \ball\srights\sreserved\b | \balle\srechte\svorbehalten\b
    | ^(?:this|our|republished|published|licensed)\b.{0,80}\bcreative\scommons\b
    | \bmay\snot\sbe\s(?:published|reproduced|redistributed),?\b
    | \bpermission\smust\sbe\sobtained\sbefore\sreprint
    | ^this\s(?:article|material|story)\sis\sthe\scopyrighted\b""",
    regex.VERBOSE | regex.IGNORECASE,
)


def is_aside(text: str, linked: float) -> bool:
    """Whether a line only points to another page, labels, appeals to the reader or is small print.

    `linked` is the share of it that stands in links, 0 to 1.
    """
    if len(text) <= MAX_POINTER:
        is_prose = _SENTENCE.search(text) and ":" not in text[:MAX_LABEL] and linked < LINKED
        if (_POINTER.match(text) and not is_prose) or _LABEL.match(text):
            return True
    return len(text) <= MAX_APPEAL and bool(_APPEAL.match(text) or _SMALL_PRINT.search(text))


def announces_others(text: str) -> bool:
    """Whether a line is the heading of a list of other pages."""
    return len(text) <= MAX_LABEL and _POINTER.match(text) is not None
