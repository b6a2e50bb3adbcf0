"""A run's plan depends on what is announced, not on which source answers first."""

from datetime import UTC, datetime
from itertools import permutations

from crawler.schedule import MAX_ATTEMPTS, Candidate, Plan
from press.coverage import Hints, Outcome
from search.index import UrlState

NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)
URL = "https://n.example/a"


def state(outcome: Outcome | None = Outcome.INDEXED, **fields: object) -> UrlState:
    values = {"url": URL, "source": "https://n.example/feed", "discovered_at": NOW.isoformat()}
    return UrlState(**{**values, "outcome": outcome, **fields})  # type: ignore[arg-type]


def is_asked(known: UrlState, hints: Hints | None = None, *, always: bool = False) -> bool:
    plan = Plan(NOW, recheck_days=7)
    candidate = Candidate(url=URL, source="https://n.example/feed", hints=hints, always=always)
    plan.announce([candidate], {URL: known})
    return bool(plan.pages(10)[0])


OLD = "2024-03-01T00:00:00+00:00"


def test_a_known_page_is_asked_again_while_it_is_young() -> None:
    assert is_asked(state())
    assert not is_asked(state(discovered_at=OLD))
    assert is_asked(state(discovered_at=OLD), Hints(published="2024-03-18"))
    assert not is_asked(state(), Hints(published="2024-03-01"))


def test_a_date_in_the_future_is_not_believed() -> None:
    assert not is_asked(state(discovered_at=OLD), Hints(published="2030-01-01"))


def test_a_known_page_is_asked_again_when_its_source_says_it_was_updated() -> None:
    before = state(discovered_at=OLD, hints=Hints(updated="2024-03-02T00:00:00+00:00"))
    assert is_asked(before, Hints(updated="2024-03-19T00:00:00+00:00"))
    assert not is_asked(before, Hints(updated="2024-03-02T00:00:00+00:00"))
    assert not is_asked(before, Hints(updated="2024-03-19", source="sitemap"))


def test_a_failure_that_may_pass_is_tried_again_and_a_lasting_one_is_not() -> None:
    old = {"discovered_at": OLD}
    assert is_asked(state(Outcome.TIMEOUT, **old))
    assert is_asked(state(Outcome.HTTP_ERROR, status=503, **old))
    assert not is_asked(state(Outcome.HTTP_ERROR, status=404, **old))
    assert not is_asked(state(Outcome.ROBOTS, **old))


def test_what_staff_name_is_always_asked_for() -> None:
    assert is_asked(state(discovered_at=OLD), always=True)


def test_what_earlier_runs_left_is_taken_up_until_it_failed_too_often() -> None:
    plan = Plan(NOW, recheck_days=7)
    plan.resume(
        [
            state(None, url="https://n.example/pending"),
            state(Outcome.LIMIT, url="https://n.example/limit"),
            state(Outcome.TIMEOUT, url="https://n.example/failed", attempts=1),
            state(Outcome.TIMEOUT, url="https://n.example/hopeless", attempts=MAX_ATTEMPTS),
            state(Outcome.INDEXED, url="https://n.example/done"),
        ]
    )
    assert {s.url.rpartition("/")[2] for s in plan.pages(10)[0]} == {"pending", "limit", "failed"}


def test_the_order_in_which_sources_answer_changes_nothing() -> None:
    announced = [
        Candidate(url=URL, source="https://n.example/list"),
        Candidate(url=URL, source="https://n.example/map", hints=Hints(source="sitemap")),
        Candidate(url=URL, source="https://n.example/c", outlet="C"),
        Candidate(url=URL, source="https://n.example/b", hints=Hints(title="B"), outlet="B"),
        Candidate(url=URL, source="https://n.example/a", hints=Hints(title="A"), outlet="A"),
    ]
    for known in ({}, {URL: state(hints=Hints(title="old"), fetched_at=OLD)}, {URL: state(None)}):
        seen = set()
        for order in permutations(announced):
            plan = Plan(NOW, recheck_days=7)
            for candidate in order:
                plan.announce([candidate], known)
            row = plan.pages(1)[0][0]
            seen.add((row.hints, row.outlet))
        assert seen == {(Hints(title="A"), "A")}


def test_a_crash_between_two_sources_changes_nothing() -> None:
    first = Candidate(url=URL, source="https://n.example/list")
    second = Candidate(url=URL, source="https://n.example/feed", hints=Hints(title="T"))
    whole = Plan(NOW, recheck_days=7)
    whole.announce([first], {})
    whole.announce([second], {})
    before_crash = Plan(NOW, recheck_days=7)
    rows, _ = before_crash.announce([first], {})
    resumed = Plan(NOW, recheck_days=7)
    resumed.resume(rows)
    resumed.announce([second], {row.url: row for row in rows})
    assert resumed.pages(9) == whole.pages(9)


def test_the_limit_takes_the_newest_and_names_the_rest() -> None:
    plan = Plan(NOW, recheck_days=7)
    for day in ("01", "03", "02"):
        hints = Hints(published=f"2024-03-{day}")
        plan.announce([Candidate(url=f"{URL}{day}", source="f", hints=hints)], {})
    asked, left = plan.pages(2)
    assert [s.url[-2:] for s in asked] == ["03", "02"]
    assert [s.url[-2:] for s in left] == ["01"]
