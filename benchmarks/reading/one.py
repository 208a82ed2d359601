"""One reader over all cases in a process of its own, whose memory is then its alone."""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any

from benchmarks.reading.readers import READERS, Reader
from benchmarks.reading.tables import Case, Row

_LONG_S = 5.0  # a case that takes longer is read once, others twice: the first reading pays for imports


def main() -> None:
    """Reads the cases pickled on standard input with the reader named, and prints what was measured."""
    cases: list[Case] = pickle.load(sys.stdin.buffer)
    reader = READERS[sys.argv[1]]
    measured = [_measured(reader, case) for case in cases]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"cases": measured, "mb": memory}))


def _measured(reader: Reader, case: Case) -> dict[str, Any]:
    """Pages, seconds of processor time, and how many rows are right; None where the reader gives no rows."""
    seconds: list[float] = []
    while len(seconds) < 2 and sum(seconds) < _LONG_S:
        start = time.process_time()
        read = reader(case.data, case.heads)
        seconds.append(time.process_time() - start)
    return {
        "pages": read.pages,
        "seconds": min(seconds),
        "right": _right(case.rows, read.rows) if read.rows else None,
    }


def _right(truth: Sequence[Row], read: Sequence[Row]) -> int:
    """How many rows stand among those read, label and every figure in its column."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in read:
        found.setdefault(row.figures, []).append(row.label)
    return sum(any(own.endswith(row.label) for own in found.get(row.figures, ())) for row in truth)


if __name__ == "__main__":
    main()
