"""How well articles are extracted, against plain trafilatura, on three public collections.

    python benchmarks/extraction.py                     all pages, about three minutes
    python benchmarks/extraction.py --every 8           each eighth page, for a quick look
    python benchmarks/extraction.py --misses 20         name the worst pages

Body quality on ``trafilatura_eval`` is counted as its authors do: each page has segments of text
that must and must not be extracted (white space aside); micro precision, recall and F1 over all
of them; a page that is refused or crashes misses all its segments. Titles are equal when their
letters and digits are, names as sets, dates by day. ``readability_pages`` and ``newspaper4k_tests``
hold other extractors' approved output: the F1 of words shows where we differ from them.
"""

import argparse
import importlib
import logging
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import trafilatura

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pipelines.extract import extract  # noqa: E402
from press.coverage import Article, Page  # noqa: E402

FETCHED = datetime(2026, 8, 21, tzinfo=UTC)
Sample = dict[str, Any]


class Said(NamedTuple):
    """What an extractor says of a page."""

    body: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    published_by: str = ""


def samples(name: str) -> Iterator[Sample]:
    """The pages of one collection of the development data."""
    home = Path(os.environ.get("PICKUP_SHARED") or ROOT.parent / "shared") / "data"
    sys.path.insert(0, str(home / "loaders"))
    yield from importlib.import_module(name).load()


def page(sample: Sample) -> Page:
    """A page as if fetched, without headers: the collections have none."""
    url = sample.get("url") or f"https://news.example/{sample['id']}"
    return Page(requested_url=url, url=url, status=200, body=sample["html"], fetched_at=FETCHED)


def pickup(sample: Sample) -> Said:
    """Our own extractor; the body alone, without title, dek, captions and pull quotes."""
    found = extract(page(sample))
    if not isinstance(found, Article):
        return Said()
    date = found.published.value[:10] if found.published else ""
    return Said(
        body=found.body,
        title=found.title,
        author=found.byline or "",
        date=date,
        published_by=found.published.source if found.published else "",
    )


def pickup_all(sample: Sample) -> Said:
    """Our own extractor with all the fields that a quote may stand in."""
    found = extract(page(sample))
    if not isinstance(found, Article):
        return Said()
    fields = (found.title, found.dek, found.body, found.caption, found.pullquote)
    return Said(body="\n\n".join(filter(None, fields)))


def plain(sample: Sample, **settings: bool) -> Said:
    """trafilatura alone, given the bytes."""
    found = trafilatura.bare_extraction(
        sample["html"], url=sample.get("url"), with_metadata=True, **settings
    )
    if found is None or isinstance(found, dict):
        return Said()
    return Said(found.text or "", found.title or "", found.author or "", found.date or "")


def flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def letters(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", (text or "").lower())


def titles(gold: str | list[str]) -> set[str]:
    return {letters(title) for title in ([gold] if isinstance(gold, str) else gold)}


def persons(text: str | list[str] | None) -> set[str]:
    names = text if isinstance(text, list) else re.split(r"[;,]| and | und ", text or "")
    return {letters(name) for name in names if letters(name)}


def word_f1(gold: str, said: str) -> float:
    a, b = Counter(re.findall(r"\w+", gold.lower())), Counter(re.findall(r"\w+", said.lower()))
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else float(not a and not b)


def rate(hits: int, reported: int, wanted: int) -> str:
    p, r = hits / max(1, reported), hits / max(1, wanted)
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * hits / max(1, reported + wanted):.4f}"


def segments(pages: list[Sample], name: str, way: Callable[[Sample], Said], misses: int) -> None:
    """Body, title, author and date quality on trafilatura_eval."""
    tp = fn = fp = 0
    counts: Counter[str] = Counter()
    worst: list[tuple[int, str, list[str], list[str]]] = []
    started = time.process_time()
    for sample in pages:
        said = way(sample)
        text = flat(said.body)
        missing = [s for s in sample["with"] or [] if flat(s) not in text]
        surplus = [s for s in sample["without"] or [] if flat(s) in text]
        tp += len(sample["with"] or []) - len(missing)
        fn += len(missing)
        fp += len(surplus)
        worst.append((len(missing) + len(surplus), sample["id"], missing, surplus))
        if sample["title"]:
            counts["titles"] += 1
            counts["titles right"] += letters(said.title) in titles(sample["title"])
        if sample["author"]:
            gold, ours = persons(sample["author"]), persons(said.author)
            counts["authors"] += len(gold)
            counts["authors said"] += len(ours)
            counts["authors right"] += len(gold & ours)
        if sample["date"]:
            counts["dates"] += 1
            counts["dates said"] += bool(said.date)
            counts["dates right"] += said.date == sample["date"]
    seconds = time.process_time() - started
    print(f"{name:<24} body    {rate(tp, tp + fp, tp + fn)}   {1000 * seconds / len(pages):.1f} ms")
    if counts["titles right"]:
        right, said_all, gold_all = (
            (counts["titles right"], counts["titles"], counts["titles"]),
            (counts["authors right"], counts["authors said"], counts["authors"]),
            (counts["dates right"], counts["dates said"], counts["dates"]),
        )
        print(f"{'':<24} titles  {rate(*right)}")
        print(f"{'':<24} authors {rate(*said_all)}")
        print(f"{'':<24} dates   {rate(*gold_all)}")
    for faults, identity, missing, surplus in sorted(worst, reverse=True)[:misses]:
        print(f"    {faults} {identity}\n      missing {missing}\n      surplus {surplus}")


def words(collection: str, every: int) -> None:
    """Agreement in words with the approved output of other extractors."""
    pages = [s for s in list(samples(collection))[::every] if s.get("gold_text")]
    for name, way in (("pickup", pickup), ("trafilatura", plain)):
        scores = sorted((word_f1(s["gold_text"], way(s).body), s["id"]) for s in pages)
        mean = sum(score for score, _ in scores) / len(scores)
        lowest = ", ".join(f"{identity} {score:.2f}" for score, identity in scores[:5])
        print(f"{collection:<24} {name:<12} {len(pages)} pages, mean word F1 {mean:.4f}; {lowest}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--every", type=int, default=1, help="look at each n-th page only")
    options.add_argument("--misses", type=int, default=0, help="print the n worst pages")
    options.add_argument("--only", action="store_true", help="pickup on trafilatura_eval only")
    chosen = options.parse_args()
    logging.disable(logging.CRITICAL)
    pages = list(samples("trafilatura_eval"))[:: chosen.every]
    print(f"trafilatura_eval: {len(pages)} pages; trafilatura {trafilatura.__version__}")
    segments(pages, "pickup", pickup, chosen.misses)
    segments(pages, "pickup, all fields", pickup_all, 0)
    if chosen.only:
        return
    segments(pages, "trafilatura", plain, 0)
    segments(pages, "trafilatura, no comments", lambda s: plain(s, include_comments=False), 0)
    segments(pages, "trafilatura, fast", lambda s: plain(s, include_comments=False, fast=True), 0)
    for collection in ("readability_pages", "newspaper4k_tests"):
        words(collection, chosen.every)


if __name__ == "__main__":
    main()
