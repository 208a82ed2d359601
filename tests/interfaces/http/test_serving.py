from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from rag import Settings, UserError
from rag.interfaces.http.serving import bound, check_open, greeting
from tests.interfaces.conftest import Xunju

ROOT = Path(__file__).resolve().parents[3]


def test_another_address_without_a_key_is_refused_in_words(xunju: Xunju, tmp_path: Path) -> None:
    run = xunju("serve", "--host", "0.0.0.0", "--index", tmp_path / "index")
    assert run.code == 1
    assert "xunju keys add" in run.err
    assert not (tmp_path / "index").exists()


def test_another_address_with_a_key_is_served() -> None:
    check_open(local=False, keyed=True, host="0.0.0.0")


def test_this_machine_needs_no_key() -> None:
    check_open(local=True, keyed=False, host="127.0.0.1")


def test_the_greeting_says_whether_it_is_open() -> None:
    assert "没有设密钥" in greeting(Settings(), "127.0.0.1", 8000, keyed=False)
    assert "http://[::1]:8000" in greeting(Settings(), "::1", 8000, keyed=True)


def test_another_address_without_a_key_raises() -> None:
    with pytest.raises(UserError):
        check_open(local=False, keyed=False, host="10.0.0.5")


def test_a_port_that_is_taken_is_told_in_words() -> None:
    with bound("127.0.0.1", 0) as first:
        first.listen()
        with pytest.raises(UserError, match="--port"):
            bound("127.0.0.1", first.getsockname()[1])


def test_a_served_index_answers_until_it_is_interrupted(tmp_path: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = "import sys; from rag.interfaces.cli import main; sys.exit(main(sys.argv[1:]))"
    arguments = ["serve", "--port", str(port), "--index", str(tmp_path / "index")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", command, *arguments], env=environment, cwd=tmp_path,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while "Ctrl+C" not in process.stdout.readline():
            assert process.poll() is None
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                    assert answer.status == 200
                break
            except OSError:
                process.poll()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in (0, -signal.SIGTERM, 143)
