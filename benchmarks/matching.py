"""How well statement lines are found again in print, and how their relation is told.

Real sentences that people were quoted with (`../shared/data/polnear_dev`, 240 news articles) serve
as statements. Each is edited in known ways and set into the text of another article; the match
must be found with the right relation. The same articles without the edits must stay free of
matches. The edits are general; nothing here knows the golden corpus.

    python -m benchmarks.matching [--lines 150] [--seed 1] [--verbose] [--scale]
"""

import argparse
import gzip
import json
import random
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.rarity import weight
from pipelines.spelling import units
from pipelines.statements import StatementMatcher
from press.campaign import Line, Statement
from press.coverage import Article
from press.text import sentences

DATA = Path(__file__).resolve().parents[2] / "shared/data/polnear_dev/articles.jsonl.gz"


class Print(NamedTuple):
    """A sentence as an outlet might print it: the words around, and what must be said of it."""

    text: str
    relations: frozenset[str]


def load() -> list[dict]:
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def statements_of(articles: list[dict]) -> list[Statement]:
    """For each article with two or more whole sentences in quotes, a statement of these."""
    found = []
    for article in articles:
        lines, seen = [], set()
        for start, end in article["quote_spans"]:
            text = article["text"]
            inner = text[start:end].strip("\"“”'‘’ \n")
            for span in sentences(inner):
                line = inner[span.start : span.end].rstrip(",")
                if (
                    len(line.split()) >= 9
                    and line[0].isupper()
                    and line not in seen
                    and not re.search(r"[\[\]“”\"…]|\.\.", line)
                ):
                    seen.add(line)
                    lines.append(line if line[-1] in ".!?" else line + ".")
        if len(lines) >= 2:
            numbered = tuple(Line(number=n, text=x, paragraph=1) for n, x in enumerate(lines, 1))
            found.append(Statement(id=article["id"], title=article["title"], lines=numbered))
    return found


def quoted(words: str) -> str:
    return f"“{words.rstrip('.')},” the group said in the letter."


SWAPS = "harbor lantern orchard violin granite meadow copper saddle".split()
CUE = "In its letter, the group said "


def _content(line: str, rng: random.Random, low: int = 1, high: int = 1) -> int:
    parts = line.split()
    places = [
        n
        for n in range(low, len(parts) - high)
        if parts[n].isalpha() and parts[n].islower() and weight(parts[n]) > 0.8
    ]
    return rng.choice(places) if places else -1


def _edited(
    line: str,
    rng: random.Random,
    change: Callable[[list[str], int], None],
    low: int = 1,
    high: int = 1,
) -> str:
    at = _content(line, rng, low, high)
    if at < 0:
        return ""
    parts = line.split()
    change(parts, at)
    return " ".join(parts)


def _swap(parts: list[str], at: int) -> None:
    parts[at] = SWAPS[at % len(SWAPS)]


def _middle(line: str, share: float = 0.6) -> str:
    parts = line.rstrip(".!?").split()
    size = max(6, int(len(parts) * share))
    start = max(1, (len(parts) - size) // 2)
    return " ".join(parts[start : start + size]).strip(",;:—")


SAME, ALTERED = frozenset({"verbatim"}), frozenset({"altered"})
PART = frozenset({"trimmed", "fragment"})
FRAGMENT, TRIMMED, ELIDED = frozenset({"fragment"}), frozenset({"trimmed"}), frozenset({"elided"})


def _glyphs(line: str) -> str:
    table = {"’": "'", "‘": "'", "'": "’", "—": " -- ", "–": "-", " ": "\u00a0"}
    return "".join(table.get(c, c) if n % 3 == 0 or c != " " else c for n, c in enumerate(line))


def _numbers(line: str) -> str:
    out = re.sub(
        r"\b(\d+) percent\b|\b(\d+)%", lambda m: f"{m[2]} percent" if m[2] else f"{m[1]}%", line
    )
    names = "zero one two three four five six seven eight nine ten eleven twelve".split()
    out = re.sub(
        r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
        lambda m: str(names.index(m[1])),
        out,
    )
    out = re.sub(r"(?<=\d),(?=\d{3})", "", out)
    return out if out != line else ""


def _british(line: str) -> str:
    out = re.sub(r"\b(\w+?)iz(e|es|ed|ing|ation)\b", r"\1is\2", line)
    for word in ("honor", "labor", "color", "favor", "neighbor", "behavior", "endeavor"):
        out = re.sub(rf"\b({word})", lambda m: m[1][:-2] + "our", out)
    out = (
        out.replace("defense", "defence")
        .replace("center", "centre")
        .replace("program ", "programme ")
    )
    return out if out != line and "size" not in line and "prize" not in line else ""


def _negation(line: str) -> str:
    out = re.sub(r"\b(not|never) ", "", line, count=1)
    return out if out != line else ""


def _number_changed(line: str) -> str:
    return (
        re.sub(r"\b\d\d+\b", lambda m: str(int(m[0]) + 7), line, count=1)
        if re.search(r"\b\d\d+\b", line) and "," not in "".join(re.findall(r"\d,\d", line))
        else ""
    )


def _reordered(line: str) -> str:
    parts = line.rstrip(".!?").split()
    half = len(parts) // 2
    back = " ".join(parts[half:])
    return back[0].upper() + back[1:] + " " + " ".join(parts[:half]) + "."


def _elided(line: str, mark: str) -> str:
    parts = line.split()
    if len(parts) < 14:
        return ""
    return " ".join([*parts[: len(parts) // 3 + 2], mark, *parts[len(parts) * 2 // 3 :]])


def _split(line: str) -> str:
    parts = line.split()
    half = len(parts) // 2
    first = " ".join(parts[:half]).rstrip(",")
    return f"“{first},” the group said, “{' '.join(parts[half:])}”"


def _bracketed(line: str, rng: random.Random) -> str:
    return _edited(line, rng, lambda p, at: p.__setitem__(at, "[the agency]"), 0)


def prints(line: str, rng: random.Random) -> Iterator[tuple[str, Print]]:
    """The kinds of print, by name. Kinds that do not apply to this line are left out."""
    made: list[tuple[str, str, frozenset[str]]] = [
        ("verbatim quoted", quoted(line), SAME),
        ("verbatim unquoted", f"{line} Nobody answered.", SAME),
        ("verbatim after that", f"{CUE}that {line[0].lower()}{line[1:]}", SAME),
        ("glyphs and spaces", quoted(_glyphs(line)), SAME),
        ("upper case", quoted(line.upper()), SAME),
        ("numerals", (x := _numbers(line)) and quoted(x), SAME),
        ("british", (x := _british(line)) and quoted(x), SAME),
        ("brackets", (x := _bracketed(line, rng)) and quoted(x), SAME),
        (
            "trimmed end",
            quoted(" ".join(line.split()[: max(7, len(line.split()) * 2 // 3)]).strip(",;:—")),
            TRIMMED,
        ),
        (
            "fragment quoted",
            f"The plan, which the group says “{_middle(line)}”, was shelved on Monday.",
            FRAGMENT,
        ),
        (
            "fragment unquoted",
            f"Critics of the plan fear that {_middle(line, 0.8)} as the winter begins.",
            FRAGMENT,
        ),
        ("elided", (x := _elided(line, "…")) and quoted(x), ELIDED),
        ("elided dots", (x := _elided(line, ". . .")) and quoted(x), ELIDED),
        ("elided brackets", (x := _elided(line, "[…]")) and quoted(x), ELIDED),
        ("split", _split(line), ELIDED),
        ("word swapped quoted", (x := _edited(line, rng, _swap, 0)) and quoted(x), ALTERED),
        (
            "word swapped unquoted",
            (x := _edited(line, rng, _swap, 2, 2)) and f"{x} Nobody answered.",
            ALTERED,
        ),
        (
            "last word swapped",
            quoted(" ".join([*line.rstrip(".!?").split()[:-1], "lanterns"])),
            ALTERED,
        ),
        ("first word swapped", quoted(" ".join(["Lanterns", *line.split()[1:]])), ALTERED),
        (
            "word dropped",
            (x := _edited(line, rng, lambda p, at: p.pop(at) and None)) and quoted(x),
            ALTERED,
        ),
        (
            "word added",
            (x := _edited(line, rng, lambda p, at: p.insert(at, "granite"))) and quoted(x),
            ALTERED,
        ),
        ("negation dropped", (x := _negation(line)) and quoted(x), ALTERED),
        ("number changed", (x := _number_changed(line)) and quoted(x), ALTERED),
        ("reordered", quoted(_reordered(line)), ALTERED),
    ]
    for name, text, relations in made:
        if text:
            yield name, Print(text, relations)


def page_of(article: dict) -> Article:
    name = article["id"]
    return Article(
        url=name, canonical_url=name, outlet="x", title=article["title"], body=article["text"]
    )


def article_with(host: dict, *paragraphs: str) -> tuple[Article, list[tuple[int, int]]]:
    """The host's text with `paragraphs` set in after its third, and where they stand."""
    own = host["text"].split("\n\n")
    places, body = [], "\n\n".join(own[:3])
    for paragraph in paragraphs:
        body += "\n\n"
        places.append((len(body), len(body) + len(paragraph)))
        body += paragraph
    body = "\n\n".join([body, *own[3:]])
    return Article(
        url=host["id"], canonical_url=host["id"], outlet="x", title=host["title"], body=body
    ), places


def measure(count: int, seed: int, verbose: bool, supported: bool) -> float:
    rng = random.Random(seed)
    articles = load()
    every = statements_of(articles)
    matcher = StatementMatcher(every)
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    pool = [(s, line) for s in every for line in s.lines]
    rng.shuffle(pool)
    for statement, line in pool[:count]:
        host = rng.choice([a for a in articles if a["id"] != statement.id])
        other = rng.choice([x for x in statement.lines if x.number != line.number])
        for kind, printed in prints(line.text, rng):
            extra = [f"“{other.text}”"] if supported else []
            article, places = article_with(host, printed.text, *extra)
            start, end = places[0]
            found = [
                m
                for m in matcher.match(article)
                if m.statement == statement.id
                and m.line == line.number
                and m.where == "body"
                and m.start < end
                and m.end > start
            ]
            told = {m.relation for m in found}
            outcome = "missed" if not found else "right" if told <= printed.relations else "wrong"
            by_kind[kind][outcome] += 1
            if outcome == "right" and len(found) > 1:
                by_kind[kind]["twice"] += 1
            if "altered" in told and "altered" not in printed.relations:
                by_kind[kind]["false altered"] += 1
            if verbose and (outcome != "right" or len(found) > 1):
                print(f"- {kind}: {outcome} {sorted(told)}\n    {line.text}\n    {printed.text}")
                for m in found:
                    print(
                        "     ",
                        m.relation,
                        repr(m.text),
                        [(e.statement, e.printed) for e in m.diff if e.kind == "wording"],
                    )
    total: Counter[str] = Counter()
    print(
        f"{'supported' if supported else 'alone':<24}{'prints':>8}{'recall':>8}{'relation':>10}{'twice':>7}{'false altered':>15}"
    )
    for kind, found in [*by_kind.items(), ("all", total)]:
        if kind != "all":
            total.update(found)
        hits = found["right"] + found["wrong"]
        n = hits + found["missed"]
        print(
            f"{kind:<24}{n:>8}{hits / n:>8.3f}{found['right'] / max(1, hits):>10.3f}{found['twice']:>7}{found['false altered']:>15}"
        )
    return total["right"] / (total["right"] + total["wrong"])


def negatives(verbose: bool) -> None:
    """Every article against the statements of all others; most matches here are chance."""
    articles = load()
    every = statements_of(articles)
    matcher = StatementMatcher(every)
    found: Counter[str] = Counter()
    for article in articles:
        page = Article(
            url=article["id"],
            canonical_url=article["id"],
            outlet="x",
            title=article["title"],
            body=article["text"],
        )
        for m in matcher.match(page):
            if m.statement != article["id"]:
                found[m.relation] += 1
                if verbose:
                    print(
                        f"- {article['id'][:40]} {m.relation} {m.similarity} {m.text!r}\n      {m.line_text!r}"
                    )
    print(
        f"matches to others' words in {len(articles)} articles × {len(every)} statements: {sum(found.values())} ({dict(found)}); {sum(found.values()) / len(articles):.3f} an article"
    )


def scale() -> None:
    """CPU time an article against ever more statements of the same field and language.

    The lines are made by a Markov chain of second order over articles that are not searched, so
    that their phrases are as common as in print and no two lines are equal.
    """
    articles = load()
    pages = [page_of(a) for a in articles[:60]]
    chain: dict[tuple[str, str], list[str]] = defaultdict(list)
    for a in articles[60:]:
        words = a["text"].split()
        for one, two, three in zip(words, words[1:], words[2:], strict=False):
            chain[one, two].append(three)
    starts = [pair for pair in chain if pair[0][0].isupper()]
    rng = random.Random(5)

    def line() -> str:
        made = list(rng.choice(starts))
        while len(made) < 22 and (after := chain.get((made[-2], made[-1]))):
            made.append(rng.choice(after))
        return " ".join(made)

    words = statistics.mean(len(units(p.body)) for p in pages)
    for count in (1, 100, 1000, 10_000):
        every = [
            Statement(
                id=f"s{n}",
                title="",
                lines=tuple(Line(number=i, text=line(), paragraph=1) for i in range(1, 11)),
            )
            for n in range(count)
        ]
        start = time.process_time()
        matcher = StatementMatcher(every)
        built = time.process_time() - start
        for page in pages:
            matcher.match(page)
        spent = []
        for page in pages:
            start = time.process_time()
            matcher.match(page)
            spent.append(1000 * (time.process_time() - start))
        print(
            f"{count:>6} statements of 10 lines: built in {built:5.1f} s, median "
            f"{statistics.median(spent):5.1f} ms, mean {statistics.mean(spent):5.1f} ms "
            f"an article of {words:.0f} words"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=150)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--scale", action="store_true")
    options.add_argument("--negatives", action="store_true")
    given = options.parse_args()
    if given.scale:
        scale()
        return
    negatives(given.verbose)
    if not given.negatives:
        measure(given.lines, given.seed, given.verbose, supported=True)
        measure(given.lines, given.seed, given.verbose, supported=False)


if __name__ == "__main__":
    main()
