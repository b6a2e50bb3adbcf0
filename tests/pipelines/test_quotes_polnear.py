"""Floors under the quality on PolNeAR's development articles (benchmarks/quotes_polnear.py)."""

import os
import re
import subprocess
import sys

from tests.shared import ROOT, shared

FLOORS = {
    "overlap": 0.95,
    "exact": 0.95,
    "named": 0.92,
    "pronouns": 0.93,
}
"""Measured: overlap and exact F1 .958, named sources .933, pronouns .958."""


def test_quotations_and_speakers_stay_above_their_floors() -> None:
    shared("data/polnear_dev/articles.jsonl.gz")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "benchmarks/quotes_polnear.py"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    figures = {
        "overlap": re.search(r"overlap, \d+ .*F1 ([\d.]+)", run.stdout),
        "exact": re.search(r"exact, same .*F1 ([\d.]+)", run.stdout),
        "named": re.search(r"speaker, named +([\d.]+)", run.stdout),
        "pronouns": re.search(r"speaker, pronouns +([\d.]+)", run.stdout),
    }
    low = {k: m and m[1] for k, m in figures.items() if m is None or float(m[1]) < FLOORS[k]}
    assert not low, run.stdout
