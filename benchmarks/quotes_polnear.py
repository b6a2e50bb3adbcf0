"""Direct quotations and their speakers on the PolNeAR development articles.

    python benchmarks/quotes_polnear.py [--half even|odd] [--show quotes|speakers|pronouns] [--limit N]

Quotations: a reported stretch (kind other than *scare*, outside the title and not inside another
one) is right when it and an annotated direct stretch overlap by more than half of the longer.
*exact* asks for the same words. The annotated stretches were derived from the text with a pattern
that misses ``''…''`` with an apostrophe inside; reported stretches of that form which lie inside
an annotated attribution's content are therefore set aside, and the raw figure is printed too.

Speakers: of the annotated stretches that were found, whose source is named. Right when the head of
the printed source (its last name or head noun) is the head of the answer. A pronoun's antecedent is
not annotated: an answer counts when it is a name (or for it/they a phrase) that the article prints
before the quotation and whose gender, where the article or its first name tells it, agrees.

Baselines in the same run: every marked stretch is a quote; its speaker is the nearest name.
"""

import argparse
import collections
import gzip
import json
import os
import time
from pathlib import Path
from typing import Any

import regex

from pipelines.names import Names
from pipelines.quotemarks import lines, marked
from pipelines.quotes import find_quotes
from press.coverage import Article, Quote

HOME = Path(os.environ.get("PICKUP_SHARED") or Path(__file__).resolve().parents[2] / "shared")
PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "p",
    "it": "n",
    "his": "m",
    "her": "f",
    "their": "p",
    "its": "n",
}
VAGUE = {
    "who",
    "which",
    "that",
    "i",
    "we",
    "one",
    "this",
    "these",
    "those",
    "some",
    "many",
    "others",
    "you",
    "both",
}
PREPOSITIONS = "involved|familiar|named|of|for|at|in|from|with|on|to|who|which|that|by|as|during|after|about|on"


def head(source: str) -> str:
    """The last name or head noun of a source as printed."""
    text = source.replace("\xa0", " ").strip(" ,.:—–-“”\"'’")
    text = regex.sub(r"\([^)]*\)", " ", text)
    text = regex.split(r"[,;:—–\[]|\s-\s", text)[0]
    text = regex.sub(r"[“”\"]", "", text)
    part = regex.split(rf"\s(?:{PREPOSITIONS})\s", text)[0] or text
    words = [w.strip(".'’") for w in part.split()]
    words = [w for w in words if w and w.lower() not in {"jr", "sr", "also", "himself", "herself"}]
    if not words:
        return ""
    return regex.sub(r"(?:'s|’s)$", "", words[-1]).lower()


def articles(half: str | None) -> list[dict[str, Any]]:
    rows = [json.loads(x) for x in gzip.open(HOME / "data/polnear_dev/articles.jsonl.gz", "rt")]
    kept = {
        None: rows,
        "even": rows[::2],
        "odd": rows[1::2],
        "odd1": rows[1::4],
        "odd2": rows[3::4],
    }
    return kept[half]


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    common = min(a[1], b[1]) - max(a[0], b[0])
    return 2 * common > max(a[1] - a[0], b[1] - b[0])


def bare(text: str) -> str:
    return text.strip("“”\"'`‘’ \xa0")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("even", "odd", "odd1", "odd2"))
    parser.add_argument("--show", choices=("quotes", "speakers", "pronouns"))
    parser.add_argument("--limit", type=int, default=80)
    options = parser.parse_args()
    rows = articles(options.half)
    made = [
        Article(
            url=r["id"],
            canonical_url=r["id"],
            outlet=r["publisher"],
            byline=r["author"] or None,
            language="en",
            body=r["text"],
        )
        for r in rows
    ]
    began = time.process_time()
    answers = [find_quotes(a) for a in made]
    spent = time.process_time() - began
    count: collections.Counter[str] = collections.Counter()
    shown = 0

    def show(kind: str, *what: object) -> None:
        nonlocal shown
        if options.show == kind and shown < options.limit:
            shown += 1
            print(*what)

    for row, quotes in zip(rows, answers, strict=True):
        text: str = row["text"]
        title_end = text.find("\n")
        gold: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for a in row["attributions"]:
            for s, e in a["direct"]:
                gold.setdefault((s, e), []).append(a)
        contents = [(s, e) for a in row["attributions"] for s, e in a["content"]]
        speech = [q for q in quotes if q.kind not in ("scare", "block")]
        tops = [
            q
            for q in speech
            if not any(o is not q and o.start <= q.start and q.end <= o.end for o in speech)
        ]
        tops = [q for q in tops if q.start > title_end]
        taken: dict[tuple[int, int], Quote] = {}
        for q in tops:
            span = (q.start, q.end)
            hit = next(
                (g for g in gold if g not in taken and overlap((g[0] + 1, g[1] - 1), span)), None
            )
            count["reported"] += 1
            if hit:
                taken[hit] = q
                count["right"] += 1
                count["exact"] += bare(text[slice(*hit)]) == bare(q.text)
            elif text[q.start - 2 : q.start] == "''" and any(
                s <= q.start and q.end <= e for s, e in contents
            ):
                count["aside"] += 1
            else:
                count["false"] += 1
                show(
                    "quotes",
                    "FALSE",
                    q.kind,
                    q.speaker,
                    repr(text[max(0, q.start - 70) : q.end + 30]),
                )
        count["gold"] += sum(s > title_end for s, e in gold)
        for g in gold:
            if g not in taken and g[0] > title_end:
                show("quotes", "MISSED", repr(text[max(0, g[0] - 70) : g[1] + 30]))
        base = [
            m
            for s, e in lines(text)
            for m in marked(text, s, e)
            if m.depth == 0 and m.family != "single" and m.start > title_end
        ]
        for m in base:
            count["base reported"] += 1
            count["base right"] += any(
                overlap((g[0] + 1, g[1] - 1), (m.start, m.end)) for g in gold
            )
        names = Names(text)
        for g, q in taken.items():
            sources = [" ".join(text[s:e] for s, e in a["source"]) for a in gold[g]]
            # Nested attributions of one stretch (“Walker said, according to AP”): either is right.
            printed = next(
                (s for s in sources if q.speaker and head(s) == head(q.speaker)), sources[0]
            )
            low = printed.lower().strip(" ,\xa0")
            if not printed:
                count["no source"] += 1
                count["no source, none said"] += q.speaker is None
                continue
            if low in PRONOUNS or low in VAGUE:
                if low not in PRONOUNS or PRONOUNS[low] in "np":
                    kind = "things" if low in PRONOUNS else "vague"
                    count[kind] += 1
                    said = q.speaker is not None and head(q.speaker) in text[: g[0]].lower()
                    count[kind + " answered"] += said
                    continue
                count["pronouns"] += 1
                good = plausible(q.speaker, PRONOUNS[low], names, text[: g[0]])
                count["pronouns right"] += good
                show(
                    "pronouns",
                    "ok " if good else "BAD",
                    low,
                    "->",
                    q.speaker,
                    repr(text[max(0, g[0] - 260) : g[1] + 60]),
                )
                continue
            count["named"] += 1
            good = q.speaker is not None and head(printed) == head(q.speaker)
            count["named right"] += good
            nearest = min(
                (m for m in names.mentions),
                key=lambda m: abs(m.start - g[0]) if m.start > g[1] else abs(m.end - g[0]),
                default=None,
            )
            count["base named right"] += nearest is not None and nearest.last.lower() == head(
                printed
            )
            if not good:
                show(
                    "speakers",
                    f"{q.speaker!r} should be {printed!r}",
                    repr(text[max(0, g[0] - 120) : g[0] + 50] + "…" + text[g[1] - 20 : g[1] + 90]),
                )
    report(count, spent, len(rows))


def plausible(said: str | None, gender: str, names: Names, before: str) -> bool:
    if not said or head(said) not in before.lower():
        return False
    parts = said.split()
    if not parts[-1][0].isupper():
        return False
    known = names.genders.get(parts[-1], "")
    return not known or known == gender


def report(c: collections.Counter[str], spent: float, articles_read: int) -> None:
    def line(name: str, right: int, reported: int, gold: int) -> None:
        p, r = right / max(reported, 1), right / max(gold, 1)
        print(f"{name:<44} P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}")

    print(
        f"{articles_read} articles, {c['gold']} direct quotations, {1000 * spent / articles_read:.2f} ms CPU an article"
    )
    line("every double-marked stretch (baseline)", c["base right"], c["base reported"], c["gold"])
    line("overlap, raw", c["right"], c["reported"], c["gold"])
    line("exact, raw", c["exact"], c["reported"], c["gold"])
    scored = c["reported"] - c["aside"]
    line(f"overlap, {c['aside']} underivable set aside", c["right"], scored, c["gold"])
    line("exact, same", c["exact"], scored, c["gold"])
    for name in ("base named", "named", "pronouns"):
        total = c["named" if name.startswith("base") else name]
        print(
            f"speaker, {name:<35} {c[name + ' right'] / max(total, 1):.3f}  ({c[name + ' right']}/{total})"
        )
    for name in ("things", "vague"):
        print(f"{name}: answered {c[name + ' answered']}/{c[name]}")
    print(f"no source annotated: none said {c['no source, none said']}/{c['no source']}")


if __name__ == "__main__":
    main()
