"""The engines that the contract suite is run against."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.index import Index
from search.open import open_index

Engine = Callable[[], Index]
"""Opens the same index each time it is called, empty at first."""


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    opened: list[Index] = []
    urls = {"sqlite": f"sqlite:///{tmp_path}/pickup.db"}

    def open_it() -> Index:
        opened.append(open_index(urls[request.param]))
        return opened[-1]

    yield open_it
    for index in opened:
        index.close()


@pytest.fixture
def index(engine: Engine) -> Index:
    return engine()
