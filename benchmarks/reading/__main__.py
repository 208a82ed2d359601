"""Compares readers of PDFs side by side and prints the tables of RESULTS.md.

    python -m benchmarks.reading [--text REPORT.txt] [--scan SCAN.pdf] [--pdf REPORT.pdf]

Without the options the filings beside the project are taken where they are there.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.reading.readers import READERS
from benchmarks.reading.tables import Case, cases

Measured = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
BESIDE = ROOT.parent / "shared" / "filings"


def main() -> None:
    """Measures every reader on every case, then what the options name."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, pattern in (("text", "004_*.txt"), ("pdf", "600080*.pdf"), ("scan", "*扫描版.pdf")):
        found = next(BESIDE.glob(pattern), None) if BESIDE.is_dir() else None
        parser.add_argument(f"--{name}", type=Path, default=found)
    options = parser.parse_args()
    every = cases()
    if options.pdf:
        every.append(Case("a real half-year report", options.pdf.read_bytes(), (), ()))
    measured = {name: _measure(name, every) for name in READERS}
    _print_rows(every, measured)
    _print_speed(every, measured)
    for name, path in (("flattened text", options.text), ("recognised pages", options.scan)):
        if path:
            print(f"\n{name}: {_timed(path)}")


def _measure(name: str, every: list[Case]) -> Measured:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading.one", name],
        input=pickle.dumps(every), capture_output=True, cwd=ROOT, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def _print_rows(every: list[Case], measured: dict[str, Measured]) -> None:
    readers = [name for name in READERS if name != "ours, pages"]
    print("| rows of tables right | rows |", " | ".join(readers), "|")
    print("|---|---|" + "---|" * len(readers))
    for n, case in enumerate(every):
        if case.rows:
            right = [measured[name]["cases"][n]["right"] or 0 for name in readers]
            shares = " | ".join(f"{count / len(case.rows):.1%}" for count in right)
            print(f"| {case.name} | {len(case.rows)} | {shares} |")


def _print_speed(every: list[Case], measured: dict[str, Measured]) -> None:
    print("\n| pages a second of processor time | pages |", " | ".join(READERS), "|")
    print("|---|---|" + "---|" * len(READERS))
    for n, case in enumerate(every):
        told = [measured[name]["cases"][n] for name in READERS]
        speeds = " | ".join(f"{one['pages'] / one['seconds']:.0f}" for one in told)
        print(f"| {case.name} | {told[0]['pages']} | {speeds} |")
    print("| largest memory, MB | |", " | ".join(str(measured[name]["mb"]) for name in READERS), "|")


def _timed(path: Path) -> str:
    """How long our guarded reading of one file takes, in wall time with the start of its process."""
    from rag.reading.guard import read_guarded
    from rag.settings import Settings

    settings = Settings()
    start = time.perf_counter()
    read = read_guarded(path, settings.limits, settings.reading)
    seconds = time.perf_counter() - start
    return f"{len(read.pages)} pages in {seconds:.1f} s, {seconds / len(read.pages):.2f} s a page"


if __name__ == "__main__":
    main()
