"""Reads a statement's file: which form it has, and its bytes as text."""

from pathlib import Path

from w3lib.encoding import html_to_unicode

from press.errors import CampaignError
from press.statement_markup import Form
from press.statement_text import StatementText, parse

FORMS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}

MAX_BYTES = 2_000_000
"""A long report has under 1 MB of text; more is a wrong file."""

_SIGNATURES = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a Word or other zipped document",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
}


def read_statement(path: Path, *, title: str = "") -> StatementText:
    """Read and take apart the statement at `path`; `title` as `parse` takes it.

    Raises CampaignError (without a place in the campaign file, which the caller knows) when the
    file is missing, too large, of another form than text, Markdown or HTML, or not decodable.
    """
    form = FORMS.get(path.suffix.lower())
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise CampaignError(f"there is no statement file {path}") from None
    except IsADirectoryError:
        raise CampaignError(f"the statement {path} is a folder; name a file in it") from None
    except OSError as error:
        raise CampaignError(f"the statement file {path} cannot be read: {error.strerror}") from None
    for signature, what in _SIGNATURES.items():
        if raw.startswith(signature):
            raise CampaignError(f"the statement {path} is {what}; save its text as .txt or .html")
    if form is None:
        raise CampaignError(
            f"the statement {path} should be .txt, .md or .html, not {path.suffix or 'nameless'}"
        )
    if len(raw) > MAX_BYTES:
        raise CampaignError(f"the statement {path} has {len(raw)} bytes; at most {MAX_BYTES}")
    return parse(_decoded(path, raw, form), form, title=title)


def _decoded(path: Path, raw: bytes, form: Form) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in raw:
        raise CampaignError(f"the statement {path} is no text; save its text as .txt or .html")
    else:
        encoding = "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if form == "html":
            # A page may declare another charset; w3lib reads the declaration as browsers do.
            used, text = html_to_unicode(None, raw)
            if used not in ("utf-8", "ascii") and "\ufffd" not in text:
                return str(text)
        line = raw.count(b"\n", 0, error.start) + 1
        raise CampaignError(
            f"the statement {path} is not in UTF-8 (line {line}); save it in UTF-8"
        ) from None
