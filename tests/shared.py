"""Finds the development data beside the project; a user's clone has none and skips."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared(path: str) -> Path:
    """The file or folder `path` of the shared data; skips the test where it is not there.

    With PICKUP_REQUIRE_SHARED set (as CI does) its absence is a failure instead.
    """
    home = Path(os.environ.get("PICKUP_SHARED") or ROOT.parent / "shared")
    found = home / path
    if not found.exists():
        reason = f"needs the development data, which is not at {found}"
        if os.environ.get("PICKUP_REQUIRE_SHARED"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found
