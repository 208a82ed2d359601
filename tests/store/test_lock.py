from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.store.lock import sole_writer

HOLD = """
import sys
from pathlib import Path
from rag.store.lock import sole_writer
with sole_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_writes_and_what_to_do(tmp_path: Path) -> None:
    with (
        sole_writer(tmp_path),
        pytest.raises(StoreError, match=rf"进程 {os.getpid()}（始于 .*请等它结束"),
        sole_writer(tmp_path),
    ):
        pass


def test_the_lock_is_free_again_after_its_holder_ends(tmp_path: Path) -> None:
    for _ in range(2):
        with sole_writer(tmp_path):
            pass


def test_the_lock_dies_with_a_killed_process(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(StoreError, match=f"进程 {child.pid}"), sole_writer(tmp_path):
            pass
        child.kill()
    with sole_writer(tmp_path):
        pass


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="不能写入"), sole_writer(tmp_path / "nowhere"):
        pass
