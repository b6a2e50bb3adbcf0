"""The linking step: whatever comes when, the same clusters and stories."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import clusters, link, stories
from pipelines.clusters import Member, preference, related
from pipelines.stories import Copy, copied
from press.coverage import Analysis, Article, Match, Mention, PrintedDate, mention_id
from search.index import Batch, Index
from search.open import open_index

_numbers = count()

TEXTS = (
    (
        "The harbour wall was built by our grandparents, and our children will not forgive us if "
        "we sell the stones."
    ),
    "The harbour wall was built by our grandparents",
    "our children will not forgive us if we sell the stones",
    (
        "The harbor wall was built by grandparents, and our children will never forgive us if we "
        "sell those stones."
    ),
    "sell the stones",
    "harbour wall",
    "forgive",
    "Our thoughts and prayers are with the fishermen.",
    "Our thoughts and prayers are with the teachers of the valley school tonight.",
    "thoughts and prayers",
    "No.",
    "Nobody asked the fishermen before the harbour wall was measured for sale last winter.",
    "the fishermen before the harbour wall was measured",
)
LINE = "The harbour wall was built by our grandparents."
OTHER_LINE = "Nobody asked the fishermen."
SPEAKERS = (None, "Ada Brook", "Brook", "Mayor Tom Reed", "the union", "Ada")


@st.composite
def analyses(draw: st.DrawFn, *, articles: int = 6) -> Analysis:
    number = draw(st.integers(1, articles))
    url = f"https://outlet{number % 3}.example/{number}"
    date = draw(st.sampled_from(["2031-04-02", "2031-04-02T08:00:00+02:00", "2031-04-01"]))
    mentions = []
    for place in range(draw(st.integers(0, 4))):
        text = draw(st.sampled_from(TEXTS))
        speaker = draw(st.sampled_from(SPEAKERS))
        kind = draw(st.sampled_from(["sentence", "fragment", "sentence", "scare"]))
        lines = draw(st.sampled_from([(), (), (), ((1, LINE),), ((2, OTHER_LINE), (1, LINE))]))
        matches = tuple(
            Match(
                statement="letter",
                line=line,
                line_text=words,
                start=place,
                end=place + 1,
                where="body",
                text=text,
                relation=draw(st.sampled_from(["verbatim", "fragment", "altered", "paraphrase"])),
                similarity=0.9,
            )
            for line, words in lines
        )
        mentions.append(
            Mention(
                id=mention_id(url, "body", place, place + 1, text),
                article=url,
                outlet=f"Outlet {number % 3}",
                where="body",
                start=place,
                end=place + 1,
                text=text,
                kind=kind,
                speaker=speaker,
                date=date,
                matches=matches,
                keys=clusters.keys(text, speaker=speaker, matches=matches),
            )
        )
    first = draw(st.integers(0, 3))
    body = " ".join(STORY[first * 15 : first * 15 + draw(st.integers(20, 200))])
    article = Article(
        url=url,
        canonical_url=url,
        outlet=f"Outlet {number % 3}",
        credit=draw(st.sampled_from([None, None, "Outlet 1", "AP"])),
        published=PrintedDate(value=date, source="meta"),
        body=body,
    )
    return Analysis(
        article=article,
        mentions=tuple(mentions),
        on_topic=draw(st.sampled_from([True, True, True, False])),
        first_fetched="2031-05-01",
        keys=stories.keys(article),
    )


STORY = [f"word{number}" for number in range(240)]


@contextmanager
def new_index(folder: Path) -> Iterator[Index]:
    index = open_index(f"sqlite:///{folder / f'{next(_numbers)}.db'}")
    try:
        yield index
    finally:
        index.close()


def linked(folder: Path, steps: Sequence[Sequence[Analysis]], batch: int) -> dict[str, object]:
    """All links after each step was written and linked."""
    with new_index(folder) as index:
        for step in steps:
            index.write(Batch(analyses=tuple(step)))
            link.link(index, batch=batch)
        assert index.unlinked() == ([], [])
        return {**index.cluster_links(), **index.story_links()}


def last_of_each(written: Sequence[Analysis]) -> list[Analysis]:
    return list({analysis.article.canonical_url: analysis for analysis in written}.values())


history = st.lists(analyses(), max_size=10)
no_deadline = settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@no_deadline
@given(history, st.randoms(use_true_random=False), st.integers(1, 12))
def test_order_batches_and_replaced_articles_leave_no_trace(
    tmp_path: Path, written: list[Analysis], random: object, batch: int
) -> None:
    at_once = linked(tmp_path, [last_of_each(written)], batch=1000)
    one_by_one = linked(tmp_path, [[analysis] for analysis in written], batch=batch)
    shuffled = last_of_each(written)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    halves = [shuffled[: len(shuffled) // 2], shuffled[len(shuffled) // 2 :]]
    assert one_by_one == at_once
    assert linked(tmp_path, halves, batch=batch) == at_once


class Killed(Exception):
    """Stands for the end of the process between two batches."""


@no_deadline
@given(history, st.integers(1, 4), st.integers(1, 6))
def test_a_run_that_dies_is_simply_run_again(
    tmp_path: Path, written: list[Analysis], batch: int, after: int
) -> None:
    calls = count(1)

    def die(done: int, total: int) -> None:
        if next(calls) % after == 0:
            raise Killed

    with new_index(tmp_path) as index:
        for analysis in written:
            index.write(Batch(analyses=(analysis,)))
            with suppress(Killed):
                link.link(index, batch=batch, progress=die)
        link.link(index, batch=batch)
        result = {**index.cluster_links(), **index.story_links()}
        assert link.link(index).written == 0
    assert result == linked(tmp_path, [last_of_each(written)], batch=1000)


@no_deadline
@given(history)
def test_every_parent_is_the_best_of_all_mentions(tmp_path: Path, written: list[Analysis]) -> None:
    """Compared with a search through all pairs, so no key misses a parent."""
    shown = [analysis for analysis in last_of_each(written) if analysis.on_topic]
    members = [Member(m) for analysis in shown for m in analysis.mentions]
    of_article = {
        analysis.article.canonical_url: [Member(m) for m in analysis.mentions] for analysis in shown
    }

    def support(fragment: Member, longer: Member) -> bool:
        mine = of_article[fragment.article]
        return (
            fragment.article == longer.article
            or any(longer.line and m.line and m.line[0] == longer.line[0] for m in mine)
            or related(*(of_article[u] for u in sorted((fragment.article, longer.article))))
        )

    expected: dict[str, str | None] = {}
    for child in members:
        if child.line is not None:
            best = min((m for m in members if m.line == child.line), key=lambda m: m.rank)
            expected[child.id] = None if best is child else best.id
        else:
            options = [(p, m.id) for m in members if (p := preference(child, m, support))]
            expected[child.id] = min(options)[1] if options else None
    copies = [Copy(analysis) for analysis in shown]
    for copy in copies:
        above = [c for c in copies if c.rank < copy.rank and copied(copy, c)]
        expected[copy.id] = min(above, key=lambda c: c.rank).id if above else None
    links = linked(tmp_path, [written], batch=1000)
    assert {id_: stored.parent for id_, stored in links.items()} == expected  # type: ignore[attr-defined]


@pytest.mark.parametrize("batch", [1, 1000])
def test_a_copy_finds_its_next_best_original_when_the_first_is_rewritten(
    tmp_path: Path, batch: int
) -> None:
    """Even when a new copy is decided before the rewritten original."""

    def copy(number: int, words: int, credit: str | None = None) -> Analysis:
        url = f"https://outlet{number}.example/"
        article = Article(
            url=url,
            canonical_url=url,
            outlet=f"Outlet {number}",
            credit=credit,
            published=PrintedDate(value="2031-04-01", source="meta"),
            body=" ".join(STORY[:words]),
        )
        return Analysis(article=article, keys=stories.keys(article))

    original, second, last = (
        copy(3, 90, "Outlet 3"),
        copy(1, 90),
        copy(4, 90),
    )
    with new_index(tmp_path) as index:
        index.write(Batch(analyses=(original, second, last)))
        link.link(index, batch=batch)
        index.write(Batch(analyses=(copy(3, 5), copy(2, 90))))
        link.link(index, batch=batch)
        links = index.story_links()
    assert links[last.article.canonical_url].parent == second.article.canonical_url


@pytest.mark.parametrize("batch", [1, 3, 1000])
def test_a_longer_copy_that_comes_late_takes_the_whole_cluster_over(
    tmp_path: Path, batch: int
) -> None:
    def coverage(number: int, text: str) -> Analysis:
        url = f"https://outlet{number}.example/"
        mention = Mention(
            id=mention_id(url, "body", 0, 1, text),
            article=url,
            outlet=str(number),
            where="body",
            start=0,
            end=1,
            text=text,
            kind="sentence",
            date=f"2031-04-0{number}",
            keys=clusters.keys(text),
        )
        article = Article(url=url, canonical_url=url, outlet=str(number))
        return Analysis(article=article, mentions=(mention,), keys=stories.keys(article))

    short, long = coverage(1, TEXTS[1]), coverage(3, TEXTS[0])
    with new_index(tmp_path) as index:
        index.write(Batch(analyses=(short, coverage(2, TEXTS[1]))))
        link.link(index, batch=batch)
        before = {stored.root for stored in index.cluster_links().values()}
        index.write(Batch(analyses=(long,)))
        report = link.link(index, batch=batch)
        after = {stored.root for stored in index.cluster_links().values()}
    assert before == {short.mentions[0].id}
    assert after == {long.mentions[0].id}
    assert (report.mentions, report.articles, report.written) == (1, 1, 4)
