"""Runs the real command in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from demo.server import PressServer


class Pickup(Protocol):
    def __call__(self, *words: str | Path, **env: str) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def pickup() -> Pickup:
    def run(*words: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PICKUP")}
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *map(str, words)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=kept | env,
        )

    return run


class Crawled:
    """The demo press, crawled once into an index of its own."""

    def __init__(self, folder: Path, server: PressServer, campaign: Path) -> None:
        self.folder = folder
        self.server = server
        self.campaign = campaign


@pytest.fixture(scope="session")
def crawled(pickup: Pickup, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("press")
    with PressServer() as server:
        campaign = server.site.campaign(folder, server.base)
        done = pickup("run", campaign, "--json", "--workers", "1")
        assert done.returncode == 3, done.stderr
        (folder / "run.json").write_text(done.stdout, encoding="utf-8")
        yield Crawled(folder, server, campaign)
