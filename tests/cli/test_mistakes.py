"""A user's mistake is one clear line and a documented exit status, never a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Crawled, Pickup


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def campaign(pickup: Pickup, tmp_path: Path) -> Path:
    file = tmp_path / "bus.toml"
    assert pickup("init", file).returncode == 0
    return file


def test_init_writes_a_file_that_loads_and_keeps_what_is_there(
    pickup: Pickup, campaign: Path
) -> None:
    again = pickup("init", campaign)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert pickup("doctor", campaign, "--offline").returncode == 0


def test_broken_toml_is_told_with_its_place(pickup: Pickup, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('name = "x"\ncontact = oops\n', encoding="utf-8")
    done = pickup("run", file)
    assert done.returncode == 1
    assert f"{file}:2:" in one_line(done)


def test_an_unknown_key_is_told_with_the_nearest_name(pickup: Pickup, campaign: Path) -> None:
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text("topik = 'bus'\n" + text, encoding="utf-8")
    done = pickup("report", campaign)
    assert done.returncode == 1
    assert "topic" in done.stderr
    assert ":1:1:" in done.stderr


def test_a_missing_statement_file_is_named(pickup: Pickup, tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text(
        'name = "x"\ncontact = "a@example.org"\n[[statements]]\nid = "l"\ntitle = "L"\n'
        'path = "gone.txt"\n',
        encoding="utf-8",
    )
    done = pickup("doctor", file, "--offline")
    assert done.returncode == 1
    assert "gone.txt" in done.stdout + done.stderr


def test_a_corrupt_index_is_told_in_one_line(pickup: Pickup, campaign: Path) -> None:
    campaign.with_suffix(".db").write_bytes(b"no database at all" * 500)
    done = pickup("report", campaign)
    assert done.returncode == 1
    assert str(campaign.with_suffix(".db")) in one_line(done)


def test_an_index_in_a_missing_folder_is_told_in_one_line(pickup: Pickup, campaign: Path) -> None:
    done = pickup("run", campaign, "--index", "sqlite:////nowhere/at/all/pickup.db")
    assert done.returncode == 1
    assert "/nowhere/at/all" in one_line(done)


def test_an_unknown_command_names_the_nearest(pickup: Pickup) -> None:
    done = pickup("serch", "x")
    assert done.returncode == 2
    assert "search" in done.stderr


def test_a_missing_campaign_file_is_told_in_one_line(pickup: Pickup, tmp_path: Path) -> None:
    done = pickup("run", tmp_path / "gone.toml")
    assert done.returncode == 1
    assert "gone.toml" in one_line(done)


def test_a_closed_pipe_is_quiet(crawled: Crawled) -> None:
    command = (
        f'"{sys.executable}" -m cli.main export "{crawled.campaign}" --what articles | head -c 1'
    )
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""


def test_escapes_in_a_title_do_not_reach_the_terminal(pickup: Pickup, tmp_path: Path) -> None:
    page = tmp_path / "evil.html"
    words = "The council met on Tuesday and heard many people speak about the new buses. " * 12
    page.write_text(
        f"<html><head><title>Bad \x1b]0;owned\x07 [red]title[/red]</title></head><body><article>"
        f"<h1>Bad \x1b]0;owned\x07 [red]title[/red]</h1><p>{words}</p><p>{words}</p>"
        "</article></body></html>",
        encoding="utf-8",
    )
    done = pickup("analyse", page)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
    assert "[red]title[/red]" in done.stdout
