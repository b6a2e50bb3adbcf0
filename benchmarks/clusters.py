"""How fast and how truly mentions are clustered, on invented coverage with known truth.

Speakers say utterances of invented words, some around stock phrases. Articles print them whole,
cut, altered, or as fragments. Prints mentions a second for writing and for the linking step, the
growth of the step's time a mention from one size to the next, B-cubed precision, recall and F1
(Bagga and Baldwin, 1998), and on the smallest size how many parents are those that a search
through all pairs finds.

    python benchmarks/clusters.py [--sizes 1000 10000 100000] [--seed 1]
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from pipelines import clusters, stories
from pipelines.clusters import Member, preference, related
from pipelines.link import link
from press.coverage import Analysis, Article, Mention, mention_id
from search.index import Batch, Index
from search.open import open_index

SYLLABLES = "ba ke li mo nu ra se ti vo za dro fle gri pla sto tre".split()
FUNCTION_WORDS = "the a of to and in that is we for it with on as not they be this our have".split()
STOCK = 40
STOCK_SHARE = 0.25
"""Utterances that contain a stock phrase."""


class Utterance(NamedTuple):
    speaker: str
    words: list[str]


class Coverage(NamedTuple):
    analyses: list[Analysis]
    truth: dict[str, int]
    """Mention id to the number of its utterance."""


def coverage(size: int, seed: int) -> Coverage:
    """About `size` mentions; the vocabulary is the same at every size, as a language's is."""
    rng = random.Random(seed)
    vocabulary = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(6000)]
    weights = [1 / (rank + 20) for rank in range(len(vocabulary))]
    stock = [phrase(rng, vocabulary, weights, rng.randint(3, 5)) for _ in range(STOCK)]
    speakers = [
        f"{w.title()} {v.title()}" for w, v in zip(vocabulary, vocabulary[400:], strict=False)
    ]
    analyses: list[Analysis] = []
    truth: dict[str, int] = {}
    said = 0
    while len(truth) < size:
        event = []
        for speaker in rng.sample(speakers, rng.randint(1, 3)):
            for _ in range(rng.randint(1, 4)):
                words = phrase(rng, vocabulary, weights, rng.randint(8, 30))
                if rng.random() < STOCK_SHARE:
                    at = rng.randrange(len(words))
                    words[at:at] = rng.choice(stock)
                event.append((said, Utterance(speaker, words)))
                said += 1
        for number in range(min(300, int(rng.paretovariate(0.9)))):
            first = event if number == 0 else rng.sample(event, rng.randint(1, len(event)))
            mentions = list(article(rng, len(analyses), first, whole=number == 0))
            truth.update({mention.id: utterance for utterance, mention in mentions})
            analyses.append(analysis(len(analyses), [mention for _, mention in mentions]))
    rng.shuffle(analyses)
    return Coverage(analyses, truth)


def phrase(
    rng: random.Random, vocabulary: list[str], weights: list[float], length: int
) -> list[str]:
    content = iter(rng.choices(vocabulary, weights, k=length))
    return [rng.choice(FUNCTION_WORDS) if rng.random() < 0.45 else word for word in content]


def article(rng: random.Random, number: int, event: list[tuple[int, Utterance]], *, whole: bool):  # type: ignore[no-untyped-def]
    for place, (utterance, (speaker, words)) in enumerate(event):
        text = " ".join(words if whole else cut(rng, words))
        named = None if rng.random() < 0.15 else rng.choice([speaker, speaker.split()[1]])
        url = f"https://outlet{number % 400}.example/{number}"
        yield (
            utterance,
            Mention(
                id=mention_id(url, "body", place, place + 1, text),
                article=url,
                outlet=f"Outlet {number % 400}",
                where="body",
                start=place,
                end=place + 1,
                text=text,
                kind="sentence",
                speaker=named,
                date=f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}",
                keys=clusters.keys(text, speaker=named),
            ),
        )


def cut(rng: random.Random, words: list[str]) -> list[str]:
    """Whole, cut at an end, a word changed, or a fragment of two to four words."""
    how = rng.random()
    if how < 0.5:
        return words
    if how < 0.75:
        length = rng.randint(max(4, len(words) // 2), len(words))
    elif how < 0.9:
        changed = list(words)
        changed[rng.randrange(len(words))] = "otherwise"
        return changed
    else:
        length = rng.randint(2, 4)
    start = rng.randint(0, max(0, len(words) - length))
    return words[start : start + length]


def analysis(number: int, mentions: list[Mention]) -> Analysis:
    url = f"https://outlet{number % 400}.example/{number}"
    page = Article(url=url, canonical_url=url, outlet=f"Outlet {number % 400}")
    return Analysis(article=page, mentions=tuple(mentions), keys=stories.keys(page))


def b_cubed(truth: dict[str, int], roots: dict[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all mentions."""
    true_sizes, sizes = Counter(truth.values()), Counter(roots.values())
    both = Counter((truth[id_], roots[id_]) for id_ in truth)
    precision = sum(both[truth[i], roots[i]] / sizes[roots[i]] for i in truth) / len(truth)
    recall = sum(both[truth[i], roots[i]] / true_sizes[truth[i]] for i in truth) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def by_all_pairs(analyses: list[Analysis]) -> dict[str, str | None]:
    """Every mention's parent, found without keys."""
    of_article = {a.article.canonical_url: [Member(m) for m in a.mentions] for a in analyses}
    members = [member for group in of_article.values() for member in group]

    def support(a: Member, b: Member) -> bool:
        one, other = sorted((a.article, b.article))
        return one == other or related(of_article[one], of_article[other])

    parents: dict[str, str | None] = {}
    for child in members:
        options = [(p, m.id) for m in members if (p := preference(child, m, support))]
        parents[child.id] = min(options)[1] if options else None
    return parents


def filled(index: Index, analyses: list[Analysis]) -> None:
    for at in range(0, len(analyses), 200):
        index.write(Batch(analyses=tuple(analyses[at : at + 200])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    before: float | None = None
    for number, size in enumerate(given.sizes):
        made = coverage(size, given.seed)
        with tempfile.TemporaryDirectory() as folder:
            index = open_index(f"sqlite:///{Path(folder) / 'clusters.db'}")
            began = time.process_time()
            filled(index, made.analyses)
            written = time.process_time()
            link(index)
            took = time.process_time() - written
            links = index.cluster_links()
            index.close()
        roots = {id_: links[id_].root for id_ in made.truth}
        precision, recall, f1 = b_cubed(made.truth, roots)
        total, each = len(made.truth), took / len(made.truth)
        growth = f", {each / before:.2f} x the time a mention before" if before else ""
        print(f"{total} mentions, {len(set(made.truth.values()))} utterances")
        print(f"  write {total / (written - began):.0f}/s, link {total / took:.0f}/s{growth}")
        print(f"  B3 precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}")
        before = each
        if number == 0:
            parents = by_all_pairs(made.analyses)
            same = sum(links[id_].parent == parent for id_, parent in parents.items())
            print(f"  parents as in all pairs: {same} of {len(parents)}")


if __name__ == "__main__":
    main()
