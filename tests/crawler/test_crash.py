"""A run that is killed at any moment and run again ends as if nothing had happened."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from search.index import Index
from search.open import open_index
from tests.crawler.site import Answer, Site, article, campaign, rss

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 20
PARTS = 4
"""So that several processors can share the moments."""
SEED = 20240320

_RUN = """
import sys, json
from datetime import UTC, datetime
import msgspec
from crawler.run import run
from press.campaign import Campaign
from search.open import open_index

def main():
    plan = Campaign.model_validate_json(open(sys.argv[1]).read())
    index = open_index(sys.argv[2])
    print("started", flush=True)
    report = run(plan, index, now=datetime(2024, 3, 20, 12, tzinfo=UTC), workers=1)
    print(msgspec.json.encode(report).decode(), flush=True)

if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def press() -> Iterator[Site]:
    """A small press: sources of three kinds, copies, addresses that lead to one article."""
    with Site() as site:
        quote = "“We will not let the ferries go,” said Ann Wye, who chairs the union."
        paths = []
        for n in range(12):
            path = f"/2024/03/story-number-{n:02}-about-ferries"
            own = site.url + path
            words = f"Number {n} of the ferries left the harbor at dawn, and nobody saw it."
            site.routes[path] = Answer(
                article(f"Ferry {n}", quote, words, canonical=own), delay=0.02
            )
            site.routes[f"{path}/amp"] = site.routes[path]
            site.routes[f"/go/{n}"] = Answer(status=301, headers={"Location": path})
            paths.append(path)
        site.routes["/feed.xml"] = rss(*paths[:6], *(f"{p}/amp" for p in paths[3:9]), "/gone")
        listed = "".join(f"<url><loc>{p}</loc></url>" for p in paths[4:])
        site.routes["/map.xml"] = Answer(
            "<sitemapindex><sitemap><loc>/in.xml</loc></sitemap></sitemapindex>",
            headers={"ETag": '"m"'},
        )
        site.routes["/in.xml"] = Answer(f"<urlset>{listed}</urlset>", headers={"ETag": '"i"'})
        site.routes["/today"] = Answer("".join(f'<a href="/go/{n}">x</a>' for n in range(5)))
        yield site


class Runner:
    """Runs the campaign in a process of its own."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        plan = campaign(
            ("feed", f"{site.url}/feed.xml"),
            ("sitemap", f"{site.url}/map.xml"),
            ("list", f"{site.url}/today"),
            site=site,
        )
        (folder / "plan.json").write_text(plan.model_dump_json())
        (folder / "run.py").write_text(_RUN)

    def start(self, name: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [
                sys.executable,
                str(self.folder / "run.py"),
                str(self.folder / "plan.json"),
                self.url(name),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, name: str) -> dict[str, Any]:
        process = self.start(name)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        report: dict[str, Any] = json.loads(out.splitlines()[-1])
        assert report["discovered"] == sum(report["outcomes"].values()) + report["pending"]
        return report

    def url(self, name: str) -> str:
        return f"sqlite:///{self.folder}/{name}.db"

    def holdings(self, name: str) -> dict[str, Any]:
        """All that the index holds, but for which run and attempt it was."""
        index = open_index(self.url(name))
        try:
            return _holdings(index)
        finally:
            index.close()


def _holdings(index: Index) -> dict[str, Any]:
    plain = msgspec.to_builtins
    return {
        "articles": [plain(a) for a in index.articles(on_topic=None)],
        "mentions": [plain(m) for m in index.mentions()],
        "clusters": plain(index.cluster_links()),
        "stories": plain(index.story_links()),
        "ledger": [
            {k: v for k, v in plain(row).items() if k not in ("run", "outcome", "detail")}
            | {"ended": _ended(plain(row))}
            for row in index.ledger()
        ],
        "unlinked": index.unlinked(),
    }


def _ended(row: dict[str, Any]) -> tuple[str, str]:
    # What one run indexes, the next one finds unchanged; both have the article.
    kept = {"indexed": "kept", "unchanged": "kept", "updated": "kept"}
    return kept.get(row["outcome"], row["outcome"]), row["detail"]


class Whole(msgspec.Struct):
    """An undisturbed run: what it left, and how long it took."""

    holdings: dict[str, Any]
    seconds: float


@pytest.fixture(scope="module")
def whole(press: Site, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    runner = Runner(tmp_path_factory.mktemp("whole"), press)
    began = time.monotonic()
    report = runner.finish("whole")
    seconds = time.monotonic() - began
    assert report["outcomes"] == {"duplicate": 11, "http-error": 1, "indexed": 12}
    holdings = runner.holdings("whole")
    assert len(holdings["mentions"]) >= 12
    return Whole(holdings, seconds)


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_random_moments_and_run_again_it_equals_an_undisturbed_run(
    press: Site, whole: Whole, tmp_path: Path, part: int
) -> None:
    runner = Runner(tmp_path, press)
    moments = random.Random(f"{SEED}-{part}")
    killed = 0
    for number in range(MOMENTS // PARTS):
        name = f"killed-{number}"
        process = runner.start(name)
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        time.sleep(moments.uniform(0, whole.seconds))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        killed += process.returncode == -signal.SIGKILL
        runner.finish(name)
        assert runner.holdings(name) == whole.holdings, f"moment {number} of {SEED}-{part}"
    assert killed


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_ends_soon_says_so_and_the_next_run_goes_on(
    press: Site, whole: Whole, tmp_path: Path, how: signal.Signals
) -> None:
    runner = Runner(tmp_path, press)
    plan = json.loads((tmp_path / "plan.json").read_text())
    plan["politeness"]["delay"] = 1.0
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    process = runner.start("stopped")
    assert process.stdout is not None
    process.stdout.readline()
    index = open_index(runner.url("stopped"))
    deadline = time.monotonic() + 60
    while not index.counts()["articles"] and time.monotonic() < deadline:
        time.sleep(0.1)
    index.close()
    process.send_signal(how)
    asked = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert time.monotonic() - asked < 15
    report = json.loads(out.splitlines()[-1])
    assert report["stopped"]
    assert report["pending"] > 0
    assert "Traceback" not in err
    plan["politeness"]["delay"] = 0.0
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    runner.finish("stopped")
    assert runner.holdings("stopped") == whole.holdings


def test_workers_end_with_the_process_that_was_killed(press: Site, tmp_path: Path) -> None:
    runner = Runner(tmp_path, press)
    process = runner.start("orphans")
    assert process.stdout is not None
    process.stdout.readline()
    deadline = time.monotonic() + 30
    while not (workers := _children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    workers |= _children(process.pid)
    process.kill()
    process.communicate(timeout=60)
    assert workers
    deadline = time.monotonic() + 15
    while any(_lives(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in workers if _lives(pid)]


def _children(pid: int) -> set[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return set()
    return {int(child) for child in text.split()}


def _lives(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
