"""The command on a crawled campaign: run, report, search, export, add, analyse."""

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import Crawled, Pickup


def test_outcomes_of_a_run_add_up(crawled: Crawled) -> None:
    run = json.loads((crawled.folder / "run.json").read_text(encoding="utf-8"))
    assert run["discovered"] == sum(run["outcomes"].values()) + run["pending"]
    expected = {"indexed", "off-topic", "duplicate", "robots", "unparsable", "http-error"}
    assert expected <= run["outcomes"].keys()
    assert [s["status"] for s in run["sources"]].count("failed") == 1


def test_a_second_run_fetches_nothing_new(pickup: Pickup, crawled: Crawled) -> None:
    before = len(crawled.server.requests)
    done = pickup("run", crawled.campaign, "--json", "--workers", "1")
    assert "indexed" not in json.loads(done.stdout)["outcomes"]
    again = [r for r in crawled.server.requests[before:] if not r.path.endswith("robots.txt")]
    assert [r for r in again if r.status == 200 and r.conditional] == []


def test_the_report_tells_earned_coverage_from_copies(pickup: Pickup, crawled: Crawled) -> None:
    report = json.loads(pickup("report", crawled.campaign, "--json").stdout)
    letter = report["statements"][0]
    assert letter["articles"] > letter["stories"]
    kinds = {p["coverage"] for p in report["pickups"]}
    assert kinds == {"earned", "own", "release"}
    dropped = [e for a in report["alterations"] for e in a["diff"] if e["kind"] == "wording"]
    assert "not" in [e["statement"] for e in dropped]


def test_a_report_fits_80_columns_and_has_no_escapes_in_a_pipe(
    pickup: Pickup, crawled: Crawled
) -> None:
    told = pickup("report", crawled.campaign).stdout
    assert "\x1b" not in told
    assert max(map(len, told.splitlines())) <= 80


def test_search_highlights_and_groups(pickup: Pickup, crawled: Crawled) -> None:
    found = json.loads(
        pickup("search", crawled.campaign, '"surveillance product"', "--json").stdout
    )
    assert found["mentions"] > found["clusters"] >= 1
    mention = found["found"][0]["mentions"][0]
    start, end = mention["highlights"][0]
    assert mention["text"][start:end].lower() == "surveillance product"


def test_a_query_mistake_is_shown_at_its_column(pickup: Pickup, crawled: Crawled) -> None:
    done = pickup("search", crawled.campaign, "a AND (b")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "  " + " " * 6 + "^"


def test_exports_hold_what_the_documentation_says(pickup: Pickup, crawled: Crawled) -> None:
    lines = pickup("export", crawled.campaign, "--what", "mentions", "--jsonl").stdout.splitlines()
    articles = pickup("export", crawled.campaign, "--what", "articles").stdout.splitlines()
    bodies = {a["canonical_url"]: a for a in map(json.loads, articles)}
    for mention in map(json.loads, lines):
        field = bodies[mention["article"]][mention["where"]]
        assert field[mention["start"] : mention["end"]] == mention["text"]
    table = pickup("export", crawled.campaign, "--what", "pickups", "--csv").stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {r["coverage"] for r in rows} == {"earned", "own", "release"}


def test_a_folder_of_clippings_is_added(pickup: Pickup, crawled: Crawled, tmp_path: Path) -> None:
    clipping = (
        "Radio panel talks buses\n\nThe bus footage contract was read out on air on Friday.\n\n"
        "“A bus is a public service, not a surveillance product,” a caller quoted the letter.\n\n"
        "Two other callers spoke about bus cameras, fares and the winter timetable at length.\n"
    )
    (tmp_path / "radio.txt").write_text(clipping, encoding="utf-8")
    index = f"sqlite:///{tmp_path / 'added.db'}"
    words = ("add", crawled.campaign, tmp_path, "--outlet", "Radio Larkmouth", "--json")
    done = pickup(*words, "--date", "2024-03-15", "--index", index)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == "indexed"
    report = json.loads(pickup("report", crawled.campaign, "--json", "--index", index).stdout)
    pickups = [(p["outlet"], p["line"], p["first_seen"]) for p in report["pickups"]]
    assert pickups == [("Radio Larkmouth", 4, "2024-03-15")]
    again = pickup(*words, "--date", "2024-03-15", "--index", index)
    assert json.loads(again.stdout)["outcome"] == "unchanged"


def test_a_statement_added_later_finds_its_pickups(
    pickup: Pickup, crawled: Crawled, tmp_path: Path
) -> None:
    late = (crawled.folder / "campaign.toml").read_text(encoding="utf-8")
    early = late.split("[[statements]]")[0] + "[[outlets]]" + late.split("[[outlets]]", 1)[1]
    file = crawled.folder / "late.toml"
    index = ("--index", f"sqlite:///{tmp_path / 'late.db'}")
    file.write_text(early, encoding="utf-8")
    pickup("run", file, "--workers", "1", *index)
    assert json.loads(pickup("report", file, "--json", *index).stdout)["pickups"] == []
    file.write_text(late, encoding="utf-8")
    told = pickup("report", file, "--json", *index)
    assert "has changed since" in told.stderr
    pickup("run", file, "--workers", "1", *index)
    found = json.loads(pickup("report", file, "--json", *index).stdout)
    whole = json.loads(pickup("report", crawled.campaign, "--json").stdout)
    dated = [p for p in whole["pickups"] if p["first_seen"] < "2025"]
    assert [p for p in found["pickups"] if p["first_seen"] < "2025"] == dated
