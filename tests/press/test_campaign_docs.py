"""The page on the campaign file names every key, and the examples load."""

import re
from pathlib import Path

import pytest

from press.campaign import Campaign, Line, Model, Outlet, Politeness, Source, Statement
from press.campaign_checks import StatementEntry
from press.campaign_file import load
from tests.shared import ROOT

PAGE = ROOT / "docs" / "campaign-file.md"


@pytest.mark.parametrize(
    ("model", "heading"),
    [
        (Campaign, "Top of the file"),
        (StatementEntry, "`[[statements]]`"),
        (Statement, "`[[statements]]`"),
        (Line, "`[[statements]]`"),
        (Outlet, "`[[outlets]]`"),
        (Source, "`[[sources]]`"),
        (Politeness, "`[politeness]`"),
    ],
)
def test_every_field_is_documented_in_its_section(model: type[Model], heading: str) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ")[0]
    documented = set(re.findall(r"`(\w+)`", section))
    assert set(model.model_fields) <= documented


def test_every_documented_default_is_the_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| `([^`|]+)` \|$", PAGE.read_text(), re.MULTILINE)
    defaults = {
        name: field.default
        for model in (Campaign, Outlet, Politeness)
        for name, field in model.model_fields.items()
    }
    shown = {name: text for name, text in rows if name in defaults}
    assert len(shown) == 10
    for name, text in shown.items():
        value = defaults[name]
        plain = {"false": False, '""': "", "[]": (), '"en"': "en"}
        expected = plain[text] if text in plain else float(text.replace("_", ""))
        assert value == expected, name


@pytest.mark.parametrize("file", sorted((ROOT / "campaigns").glob("*.toml")), ids=lambda p: p.name)
def test_the_example_campaigns_load(file: Path) -> None:
    campaign = load(file)
    assert all(s.lines for s in campaign.statements)
    assert campaign.sources


def test_the_example_statement_is_told_apart() -> None:
    letter = load(ROOT / "campaigns" / "harbour-light.toml").statements[0]
    assert len(letter.lines) == 9
    assert letter.lines[-1].text == "A harbour without a light is a promise without a word."
    assert len(letter.signatories) == 3
    assert len(letter.notes) == 2
