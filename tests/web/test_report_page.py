"""The report page in a real browser: hostile text stays text, and it fits a narrow screen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from press.coverage import Edit
from search.pickups import (
    Alteration,
    Copy,
    CoverageReport,
    Day,
    LineReport,
    Pickup,
    Printing,
    RecurringQuote,
    SourceState,
    StatementReport,
    StoryReport,
)
from web.report import page

EVIL = '<script>document.title="owned"</script><img src=x onerror="document.title=1">&"\''
LAUNCH = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        reason = "needs Chromium (Debian: apt-get install chromium)"
        if os.environ.get("PICKUP_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(LAUNCH))
        yield started
        started.close()


def hostile() -> CoverageReport:
    """A report in which every text of a stranger's tries to run."""
    copy = Copy(
        outlet=EVIL, article="javascript:alert(1)", title=EVIL, date="2024-03-12", coverage="earned"
    )
    relations = {"altered": 1}
    return CoverageReport(
        campaign=EVIL,
        counts={"articles": 1, "stories": 1},
        outcomes={"indexed": 1},
        statements=(
            StatementReport(
                statement="letter",
                title=EVIL,
                date=None,
                author=EVIL,
                outlets=1,
                stories=1,
                articles=1,
                lines=tuple(
                    LineReport(
                        line=n,
                        text=EVIL,
                        outlets=1,
                        stories=1,
                        articles=1,
                        relations=relations,
                        first_seen="2024-03-12",
                    )
                    for n in range(1, 40)
                ),
            ),
        ),
        pickups=(
            Pickup(
                coverage="earned",
                outlet=EVIL,
                tier=1,
                statement="letter",
                line=1,
                first_seen="2024-03-12",
                first_article="https://example.org/a",
                relation="altered",
                relations=relations,
                articles=1,
                stories=1,
            ),
        ),
        timeline=(Day(date="2024-03-12", articles=1, stories=1, outlets=(EVIL,)),),
        alterations=(
            Alteration(
                statement="letter",
                line=1,
                line_text=EVIL,
                printed=EVIL,
                diff=(Edit(kind="wording", statement=EVIL, printed=EVIL),),
                similarity=0.5,
                printings=(
                    Printing(
                        outlet=EVIL,
                        article="javascript:alert(1)",
                        date="2024-03-12",
                        where="body",
                        speaker=EVIL,
                        coverage="earned",
                    ),
                ),
            ),
        ),
        recurring=(
            RecurringQuote(
                cluster="c",
                text=EVIL,
                speakers=(EVIL,),
                outlets=(EVIL, "B"),
                articles=2,
                stories=2,
                first_seen="2024-03-12",
            ),
        ),
        stories=(StoryReport(original=copy, copies=(copy,), outlets=1),),
        releases=(copy,),
        sources=(SourceState(url=EVIL, outcome="http-error", detail=EVIL),),
    )


def test_hostile_text_is_shown_and_never_runs(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(hostile()), encoding="utf-8")
    tab = browser.new_page()
    requests: list[str] = []
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(file.as_uri())
    assert tab.title() == f"Pickup report: {EVIL}"
    assert tab.locator("h1").inner_text() == EVIL
    assert tab.locator("script, img").count() == 0
    assert tab.locator('a[href^="javascript"]').count() == 0
    assert requests == [file.as_uri()]
    tab.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_narrow_screen(browser: Browser, tmp_path: Path, scheme: str) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(hostile()), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 360, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    regions = tab.locator('[role="region"]')
    assert regions.evaluate_all("all => all.every(r => r.tabIndex === 0 && r.ariaLabel)")
    tab.close()


def test_a_relation_is_told_by_words_too(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(page(hostile()), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    assert tab.locator("table.matrix tbody .hidden").first.text_content() == "altered"
    tab.close()
