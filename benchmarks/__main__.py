"""`make bench`: every benchmark in turn, each in a process of its own."""

import subprocess
import sys

NAMES = ("extraction", "quotes_polnear", "matching", "clusters")


def main() -> int:
    """Run them all; returns 1 when one could not run."""
    failed = 0
    for name in NAMES:
        print(f"== {name}", flush=True)
        failed |= subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], check=False
        ).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
