"""From bytes to text: which character encoding a page is really in.

::

    byte order mark > HTTP charset > <meta charset> / XML declaration > detection
                      └─ unless the bytes prove the label wrong

Labels mean what the WHATWG Encoding Standard says (ISO-8859-1 is windows-1252), by `w3lib`. Two
proofs overrule a label, because both happen in the field and both would lose every curly quote:
valid multi-byte UTF-8 under a single-byte label, and bytes that are no UTF-8 under a UTF-8 label.
"""

import codecs
from typing import NamedTuple

import regex
from charset_normalizer import from_bytes
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    to_unicode,
)

SAMPLE_BYTES = 8_000
"""How much around the non-ASCII bytes is looked at: detection is slow, and a page is in one
encoding."""
MAX_BROKEN_SHARE = 0.02
"""Of the non-ASCII sequences, this share may be broken in a text still taken for UTF-8: pages cut
off or assembled from parts have a few; a windows-1252 text has all of them broken."""
MAX_CONTROL_SHARE = 0.02
"""More control characters than this, and it is no text. HTML and text have next to none."""

_NON_ASCII = regex.compile(rb"[\x80-\xff]+")
_CONTROL = bytes((*range(9), *range(14, 32), 127))
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF")
_WIDE = ("utf-16", "utf-32")


class Decoded(NamedTuple):
    """Text, and the Python name of the encoding it was in."""

    text: str
    encoding: str


def decode(body: bytes, content_type: str | None = None) -> Decoded | None:
    """The text of `body`, or None where it is no text (an image, an archive, noise).

    `content_type` is the HTTP header as sent. Bytes that mean nothing become U+FFFD; control
    characters, which neither HTML nor XML allows, are dropped.
    """
    if body.startswith(_MAGIC):
        return None
    encoding, mark = read_bom(body)
    if encoding is None or mark is None:
        encoding = _encoding(body, content_type)
    else:
        body = body[len(mark) :]
    if encoding.startswith((*_WIDE, "iso2022", "hz")):
        text = to_unicode(body, encoding)
        cleaned = text.translate(dict.fromkeys(_CONTROL))
        dropped = len(text) - len(cleaned)
    else:  # control characters are single bytes, and bytes are quicker to look through
        kept = body.translate(None, _CONTROL)
        cleaned = to_unicode(kept, encoding)
        dropped = len(body) - len(kept)
    if dropped > MAX_CONTROL_SHARE * (len(cleaned) + dropped):
        return None
    return Decoded(cleaned, encoding)


def _encoding(body: bytes, content_type: str | None) -> str:
    label = http_content_type_encoding(content_type) or html_body_declared_encoding(body)
    if label is not None and label.startswith(_WIDE) and not _looks_wide(body):
        label = None
    if label is not None and label.startswith(_WIDE):
        return label if label[-1] == "e" else f"{label}-le"
    if body.isascii():
        return label if label is not None and label.startswith("iso2022") else "utf-8"
    if _is_utf8(body):
        return "utf-8"
    if label is None or label == "utf-8":
        return _detect(body)
    return label


def _looks_wide(body: bytes) -> bool:
    """A text in UTF-16 or UTF-32 without zero bytes would hold no ASCII, so no markup."""
    return body[:SAMPLE_BYTES].count(0) > len(body[:SAMPLE_BYTES]) / 8


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.decode(body, "utf-8")
    except UnicodeDecodeError:
        sequences = len(_NON_ASCII.findall(body))
        broken = body.decode("utf-8", "replace").count("�") - body.count("�".encode())
        return broken <= MAX_BROKEN_SHARE * sequences
    return True


def _detect(body: bytes) -> str:
    first = _NON_ASCII.search(body)
    at = max(0, (first.start() if first else 0) - SAMPLE_BYTES // 2)
    found = from_bytes(body[at : at + SAMPLE_BYTES]).best()
    # What nothing else explains is windows-1252, the web's fallback for Western languages.
    return found.encoding if found and found.encoding not in {"ascii", "utf_8"} else "cp1252"
