"""Pull quotes: quotations as a whole, marked or not, perhaps signed *—Name*."""

import regex

from pipelines.frames import words
from pipelines.phrases import Phrase
from pipelines.quotemarks import lines
from pipelines.speakers import Resolver
from pipelines.stretches import Stretch

_SIGNATURE = regex.compile(r"[—–―-]+\s*(?P<name>\S.*)")
_TAIL = regex.compile(r"(?<=[.!?…”\"’»])\s*[—–―]\s*(?P<name>\p{Lu}[^.!?“”\"]{1,80})$")


def pulled(text: str, marked: list[Stretch], resolver: Resolver) -> list[Stretch]:
    """The quotations of the pull quotes in `text`, each taken whole."""
    out: list[Stretch] = []
    of_line: dict[int, list[Stretch]] = {}
    for stretch in marked:
        of_line.setdefault(stretch.paragraph, []).append(stretch)
    for number, (start, end) in enumerate(lines(text)):
        signed = _SIGNATURE.match(text, start, end)
        if signed:
            _sign(out, text, signed.start("name"), end, resolver)
            continue
        inside = of_line.get(number, [])
        tail = _TAIL.search(text, start, end)
        stop = tail.start() if tail else end
        whole = [s for s in inside if s.outer_start <= start + 1]
        if whole:
            out += inside
            for stretch in inside:
                stretch.kind = "pullquote" if stretch.kind != "scare" else "scare"
            whole[0].kind = "pullquote"
        else:
            last = out[-1].utterance if out else -1
            out.append(
                Stretch(start, stop, start, stop, "pullquote", kind="pullquote", utterance=last + 1)
            )
            out += inside
        if tail:
            _sign(out, text, tail.start("name"), end, resolver)
    for n, stretch in enumerate(out):
        stretch.utterance = n if stretch.utterance < 0 else stretch.utterance
    return out


def _sign(out: list[Stretch], text: str, start: int, end: int, resolver: Resolver) -> None:
    """Credit the pull quote above to the name at ``text[start:end]``."""
    tokens = tuple(words(text, start, end))
    stop = next((n for n, t in enumerate(tokens) if t.text in {",", "(", "|"}), len(tokens))
    if out and stop:
        for stretch in out:
            if stretch.speaker is None:
                stretch.speaker = resolver.speaker(tokens, Phrase(0, stop))
