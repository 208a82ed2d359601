"""A service of its own for a measurement."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_RUN = "import sys; from rag.interfaces.cli import main; sys.exit(main(sys.argv[1:]))"
_UNHINDERED = {"XUNJU_SERVE_QUESTIONS_PER_MINUTE": "1000000", "XUNJU_SERVE_REQUESTS_PER_MINUTE": "1000000"}


def xunju(*arguments: str) -> None:
    """Runs a command to its end."""
    subprocess.run([sys.executable, "-c", _RUN, *arguments], env=_environment(), check=True)


@contextmanager
def served(index: Path) -> Iterator[tuple[str, int]]:
    """The address of a service over the index, and its process id."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-c", _RUN, "serve", "--port", str(port), "--index", str(index)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=_environment(), **quiet) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/readyz", process)
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def resident_mb(pid: int) -> float:
    """The resident memory of a process in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def percentile(values: list[float], part: float) -> float:
    """The value below which this part of the values lies, by nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(part * len(ranked)))]


def _environment() -> dict[str, str]:
    return {**os.environ, **_UNHINDERED, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            if process.poll() is not None:
                raise
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)
