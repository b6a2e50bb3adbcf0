"""`make golden`: the whole job on the golden corpus, judged by the corpus's own score.

::

    serve the corpus ─ pickup run ─ pickup analyse ─┐
         │                └ pickup export ──────────┴─ score.py ── exit status
         └ request log ── manners: robots.txt, one at a time, Crawl-delay, 304 on a second run

Exits 0 when the score is full and the manners are good. The corpus stays where it is: beside the
project, or where PICKUP_SHARED says.
"""

import argparse
import importlib.util
import itertools
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(os.environ.get("PICKUP_SHARED") or ROOT.parent / "shared") / "golden"
PICKUP = Path(sys.executable).parent / "pickup"
CLOCK_SECONDS = 0.05
"""By how much two clocks may read one delay differently: seen up to 0.02 on a busy machine."""

KNOWN_MISSES = {
    "m46": "an unquoted sentence rewritten in most of its words; what finds it finds false matches",
}
"""Faults that `--tolerate-known` accepts, with the reason; docs/matching.md has the trade-off."""

STATEMENTS = {
    "coalition-letter": ("ACLU and coalition", "2018-06-18"),
    "employees-letter": ("Amazon employees", None),
    "aclu-blog": ("ACLU", None),
}
OWN_SITE = "aclu"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--keep", type=Path, help="keep campaign, index and outputs here")
    options.add_argument("--verbose", action="store_true", help="name every miss")
    options.add_argument(
        "--tolerate-known", action="store_true", help="accept the misses that are known"
    )
    chosen = options.parse_args()
    if not GOLDEN.is_dir():
        print(f"golden: no corpus at {GOLDEN}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        return judge(folder, verbose=chosen.verbose, tolerant=chosen.tolerate_known)


def judge(folder: Path, *, verbose: bool, tolerant: bool) -> int:
    index = ["--index", f"sqlite:///{folder / 'golden.db'}"]
    for old in folder.glob("golden.db*"):
        old.unlink()
    with golden_server(folder / "requests.jsonl") as server:
        campaign = str(write_campaign(folder, server))
        pages = [
            server.url(o, what)
            for o, site in server.outlets.items()
            for what in ("article", "letter")
            if what in site
        ]
        pickup("run", campaign, *index, accepted=(0, 3))
        first = server.requests()
        pickup("run", campaign, *index, accepted=(0, 3))
        second = server.requests()[len(first) :]
        analysed = pickup("analyse", *pages, "--campaign", campaign, "--json")
    mentions = pickup("export", campaign, *index, "--what", "mentions", "--jsonl")
    articles = pickup("export", campaign, *index, "--what", "articles", "--jsonl")
    (folder / "pages.jsonl").write_text(analysed, encoding="utf-8")
    (folder / "mentions.jsonl").write_text(mentions, encoding="utf-8")
    faults = manners(first, second)
    if len(articles.splitlines()) != len(pages):
        faults.append(f"{len(articles.splitlines())} articles indexed instead of {len(pages)}")
    command = [
        *(sys.executable, GOLDEN / "score.py"),
        *("--analysis", folder / "pages.jsonl"),
        *("--mentions", folder / "mentions.jsonl"),
    ]
    score = subprocess.run([*command, *(["--verbose"] if verbose else [])], check=False)
    failed = bool(score.returncode)
    if failed and tolerant:
        unknown = firm_faults(command)
        failed = bool(unknown)
        for fault in unknown:
            print(f"  not among the known misses: {fault}")
    print("\nManners, from the request log")
    for fault in faults:
        print(f"  FAIL {fault}")
    if not faults:
        print(f"  ok   {len(first)} requests, then {len(second)} to see that nothing changed")
    return 1 if faults or failed else 0


def firm_faults(command: list[Any]) -> list[str]:
    """The faults in rows that decide the score, without the known misses."""
    told = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
    sheet = json.loads(told.stdout)
    return [
        f"{row}: {what}"
        for row, what in sheet["faults"]
        if sheet["rows"][row]["firm"] and what.split()[0] not in KNOWN_MISSES
    ]


def golden_server(log: Path) -> Any:
    """The corpus's own server."""
    spec = importlib.util.spec_from_file_location("golden_serve", GOLDEN / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.GoldenServer(log=log)


def write_campaign(folder: Path, server: Any) -> Path:
    """A campaign file for the corpus as it is served now."""
    lines = [
        'name = "Golden corpus"',
        'contact = "press@example.org"',
        "[politeness]\ndelay = 0.1\ntimeout = 10\nallow_private = true",
    ]
    for name, (author, date) in STATEMENTS.items():
        path = json.dumps(str(GOLDEN / "statements" / f"{name}.txt"))
        lines.append(f'[[statements]]\nid = "{name}"\ntitle = "{name}"\nauthor = "{author}"')
        lines.append(f"path = {path}" + (f"\ndate = {date}" if date else ""))
    for outlet, site in server.outlets.items():
        host = server.base[outlet].removeprefix("http://")
        lines.append(f"[[outlets]]\nname = {json.dumps(site['name'])}\nhosts = [{host!r}]")
        lines.append(f"own_site = {str(outlet == OWN_SITE).lower()}")
        kind = "sitemap" if "sitemap" in site["feed"] else "feed"
        lines.append(f'[[sources]]\nkind = "{kind}"\nurl = "{server.url(outlet, "feed")}"')
    lines.append(f'[[sources]]\nkind = "sitemap"\nurl = "{server.url("aclu", "/sitemap.xml")}"')
    file = folder / "golden.toml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def manners(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> list[str]:
    """What the request log holds against the crawler."""
    faults = [f"asked for {r['path']}, which robots.txt forbids" for r in first if r["disallowed"]]
    requests = first + second
    if any(r["in_flight"] > 1 for r in requests):
        faults.append("two requests at once to one host")
    if not all("press@example.org" in (r["user_agent"] or "") for r in requests):
        faults.append("a request without the contact in its user agent")
    slow = [
        r["mono"] for r in first if r["outlet"] == "commondreams" and r["path"] != "/robots.txt"
    ]
    if any(b - a < 1 - CLOCK_SECONDS for a, b in itertools.pairwise(slow)):
        faults.append("Crawl-delay of one second not kept")
    again = [r["path"] for r in second if r["status"] == 200 and r["path"] != "/robots.txt"]
    faults += [f"fetched {path} again in full, unchanged" for path in again]
    return faults


def pickup(*arguments: str, accepted: tuple[int, ...] = (0,)) -> str:
    """Run the command; its output, or the end of it all with its messages."""
    done = subprocess.run([PICKUP, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in accepted:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        sys.exit(f"golden: pickup {arguments[0]} exited with {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
