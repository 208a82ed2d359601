"""Reads many files in one child process under the limits, as one process each would take too long."""

from __future__ import annotations

import pickle
import signal
import sys
import tempfile
from pathlib import Path

from rag.errors import FilingError
from rag.reading.process import bind
from rag.reading.read import read_file
from rag.settings import LimitSettings, ReadingSettings

LIMITS = LimitSettings(read_seconds=300, read_memory_mb=1024, pages=200)
LONGEST_S = 10


def _outcome(path: Path) -> str:
    """`read`, the words of a refusal, or the name of an error that no reader should raise."""
    try:
        return "read" if read_file(path, LIMITS, ReadingSettings(ocr="off")).pages else "no page"
    except FilingError as error:
        return str(error)
    except MemoryError:
        return "MemoryError"
    except Exception as error:  # told to the test, which fails
        return f"!{error!r}"


def main() -> None:
    """One outcome a line for each file pickled on standard input."""
    files: list[tuple[str, bytes]] = pickle.load(sys.stdin.buffer)
    bind(LIMITS.read_memory_mb, LIMITS.read_seconds)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files:
            path = Path(folder) / name
            path.write_bytes(data)
            signal.alarm(LONGEST_S)
            print(name, _outcome(path).replace("\n", " "), sep="\t", flush=True)  # noqa: T201
            signal.alarm(0)
            path.unlink()


if __name__ == "__main__":
    main()
