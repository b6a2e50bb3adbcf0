"""One article has one keeper among its URLs, whichever page came first."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import msgspec
import pytest

from pipelines.settle import Finding, settle
from press.coverage import Analysis, Article, Mention, Outcome, Rejected
from press.coverage import mention_id as name
from search.index import Index, UrlState
from search.open import open_index

CANONICAL = "https://n.example/story"


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    opened = open_index(f"sqlite:///{tmp_path}/index.db")
    yield opened
    opened.close()


def found(
    url: str,
    body: str,
    *,
    final: str | None = None,
    canonical: str = CANONICAL,
    fetched: str = "2024-03-20T12:00:00+00:00",
    on_topic: bool = True,
) -> Finding:
    final = final or url
    mention = Mention(
        id=name(canonical, "body", 0, len(body), body),
        article=canonical,
        outlet="N",
        where="body",
        start=0,
        end=len(body),
        text=body,
        date=fetched,
    )
    return Finding(
        state=UrlState(
            url=url, source="f", discovered_at=fetched, final_url=final, body_hash=body, run="r"
        ),
        result=Analysis(
            article=Article(url=final, canonical_url=canonical, outlet="N", body=body),
            mentions=(mention,),
            first_fetched=fetched,
            on_topic=on_topic,
        ),
    )


def outcomes(index: Index) -> dict[str, tuple[Outcome | None, str]]:
    return {row.url: (row.outcome, row.detail) for row in index.ledger()}


def held(index: Index) -> list[tuple[str, str, str, str]]:
    return [
        (a.article.url, a.article.body, a.first_fetched, a.mentions[0].date)
        for a in index.articles(on_topic=None)
    ]


VERSIONS = [
    found(f"{CANONICAL}/amp", "longer than all the others", fetched="2024-03-20T09:00:00+00:00"),
    found("https://n.example/go?to=1", "own words", final=CANONICAL),
    found("https://n.example/go?to=2", "own words", final=CANONICAL),
    found("https://m.n.example/story", "mobile"),
]


@pytest.mark.parametrize("batch", [1, 2, 4])
def test_any_order_and_any_batches_end_in_the_same_article_and_outcomes(
    tmp_path: Path, batch: int
) -> None:
    seen = set()
    for number, order in enumerate(permutations(VERSIONS)):
        index = open_index(f"sqlite:///{tmp_path}/{number}.db")
        for at in range(0, len(order), batch):
            index.write(settle(index, order[at : at + batch]))
        seen.add((tuple(held(index)), tuple(outcomes(index).items())))
        index.close()
    assert len(seen) == 1
    articles, ended = seen.pop()
    early = "2024-03-20T09:00:00+00:00"
    assert articles == ((CANONICAL, "own words", early, early),)
    assert dict(ended) == {
        "https://n.example/go?to=1": (Outcome.INDEXED, ""),
        "https://n.example/go?to=2": (Outcome.DUPLICATE, CANONICAL),
        "https://m.n.example/story": (Outcome.DUPLICATE, CANONICAL),
        f"{CANONICAL}/amp": (Outcome.DUPLICATE, CANONICAL),
    }


def test_without_the_articles_own_page_the_longer_body_is_kept(index: Index) -> None:
    short = found("https://n.example/x1", "short")
    longer = found("https://n.example/x2", "a longer body")
    index.write(settle(index, [longer]))
    index.write(settle(index, [short]))
    assert held(index)[0][:2] == ("https://n.example/x2", "a longer body")


def test_a_page_that_changed_at_its_own_url_updates_the_article(index: Index) -> None:
    index.write(settle(index, [found(CANONICAL, "first words, and many of them")]))
    again = found(CANONICAL, "second", fetched="2024-03-21T12:00:00+00:00")
    index.write(settle(index, [again]))
    assert outcomes(index) == {CANONICAL: (Outcome.UPDATED, "")}
    first = "2024-03-20T12:00:00+00:00"
    assert held(index) == [(CANONICAL, "second", first, first)]


def test_other_bytes_with_the_same_words_are_no_update(index: Index) -> None:
    index.write(settle(index, [found(CANONICAL, "the words")]))
    again = found(CANONICAL, "the words", fetched="2024-03-21T12:00:00+00:00")
    index.write(settle(index, [again]))
    assert outcomes(index) == {CANONICAL: (Outcome.UNCHANGED, "")}


def unchanged(index: Index, url: str) -> Finding:
    state = msgspec.structs.replace(index.url_states([url])[url], outcome=None)
    return Finding(state=state, result=None)


def test_an_unchanged_page_keeps_what_it_was(index: Index) -> None:
    rejected = Rejected(outcome=Outcome.PAYWALL, detail="members only")
    paywall = found("https://n.example/paid", "")
    index.write(settle(index, [*VERSIONS, msgspec.structs.replace(paywall, result=rejected)]))
    off = found("https://n.example/off", "sports", canonical="https://n.example/off")
    assert isinstance(off.result, Analysis)
    off = msgspec.structs.replace(off, result=msgspec.structs.replace(off.result, on_topic=False))
    index.write(settle(index, [off]))
    before = outcomes(index)
    index.write(settle(index, [unchanged(index, url) for url in before]))
    after = outcomes(index)
    keeper = "https://n.example/go?to=1"
    assert after.pop(keeper) == (Outcome.UNCHANGED, "")
    assert {u: o for u, (o, _) in after.items()} == {
        u: o for u, (o, _) in before.items() if u != keeper
    }


def test_a_failed_fetch_takes_nothing_back(index: Index) -> None:
    index.write(settle(index, [found(CANONICAL, "the words")]))
    row = index.url_states([CANONICAL])[CANONICAL]
    failed = Finding(state=row, result=Rejected(outcome=Outcome.TIMEOUT, detail="slow"))
    index.write(settle(index, [failed]))
    assert outcomes(index) == {CANONICAL: (Outcome.TIMEOUT, "slow")}
    index.write(settle(index, [unchanged(index, CANONICAL)]))
    assert outcomes(index) == {CANONICAL: (Outcome.UNCHANGED, "")}
    assert held(index)[0][1] == "the words"


def test_a_better_page_of_a_later_run_leaves_the_old_runs_count_alone(index: Index) -> None:
    index.write(settle(index, [found("https://n.example/x", "mobile")]))
    late = found(CANONICAL, "own words")
    late = msgspec.structs.replace(late, state=msgspec.structs.replace(late.state, run="s"))
    index.write(settle(index, [late]))
    rows = {row.url: (row.outcome, row.run) for row in index.ledger()}
    assert rows == {
        CANONICAL: (Outcome.INDEXED, "s"),
        "https://n.example/x": (Outcome.DUPLICATE, "r"),
    }
