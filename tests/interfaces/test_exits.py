from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import rag
from rag.interfaces.exits import tally
from tests.interfaces.conftest import Xunju

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "import sys; from rag.interfaces.cli import main; sys.exit(main())"


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aks"], "没有命令 'aks'。用法见 xunju --help。"),
        (["ask", "营收", "--compny", "x"], "没有选项 --compny。是否想写"),
        (["ask", "营收", "多少"], "多出了 多少。"),
        (["ask", "--company"], "选项 --company 后面要跟一个值。"),
        (["ingest"], "缺少参数"),
        (["search", "营收", "-k", "0"], "选项 -k 的值不对。"),
    ],
)
def test_wrong_usage_is_told_in_chinese(xunju: Xunju, arguments: list[str], said: str) -> None:
    run = xunju(*arguments)
    assert run.code == 2
    assert said in run.err


def test_without_a_command_the_help_is_shown(xunju: Xunju) -> None:
    assert xunju().code == 2


def test_a_misspelt_config_key_is_told_with_the_nearest(xunju: Xunju) -> None:
    Path("bad.toml").write_text('[index]\npaht = "x"\n', encoding="utf-8")
    run = xunju("ask", "营收", "--config", "bad.toml")
    assert run.code == 1
    assert "paht" in run.err
    assert "path" in run.err


@pytest.mark.parametrize(("failed", "done", "code"), [(0, 2, 0), (1, 2, 3), (2, 0, 1), (0, 0, 0)])
def test_work_in_parts_ends_by_what_failed(failed: int, done: int, code: int) -> None:
    assert tally(failed, done) == code


def _broken(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(rag.Assistant, "search", wrong)


def test_a_bug_is_told_in_one_sentence_without_a_traceback(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _broken(monkeypatch, ZeroDivisionError())
    run = xunju("search", "营收", "--index", built)
    assert (run.code, run.err.count("\n")) == (1, 1)
    assert run.err.startswith("程序内部出错（ZeroDivisionError）")


def test_a_bug_shows_its_traceback_when_asked(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _broken(monkeypatch, ZeroDivisionError())
    monkeypatch.setenv("XUNJU_DEBUG", "1")
    assert "Traceback" in xunju("search", "营收", "--index", built).err


def test_an_interrupted_command_ends_quietly(
    xunju: Xunju, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _broken(monkeypatch, KeyboardInterrupt())
    run = xunju("search", "营收", "--index", built)
    assert (run.code, run.out, run.err) == (130, "", "")


def test_a_reader_that_leaves_the_pipe_is_no_failure(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text('{"question": "澜图工软营业收入"}\n' * 60, encoding="utf-8")
    with _start("ask", "--batch", str(path), "--out", "-", "--index", str(built)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(timeout=30)) == ("", 0)


def test_ctrl_c_ends_a_real_process_quietly(built: Path) -> None:
    with _start("chat", "--index", str(built)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()  # the greeting: it is waiting now
        process.send_signal(signal.SIGINT)
        assert (process.stderr.read(), process.wait(timeout=30)) == ("", 130)


def test_help_starts_in_a_blink() -> None:
    # 0.4 s are promised.  The work is measured, not the wait for a busy machine: a heavy import costs seconds.
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with _start("--help") as process:
            process.communicate()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.8


def test_help_loads_nothing_of_the_core() -> None:
    heavy = {"numpy", "pydantic", "rich", "rag.assemble"}
    program = f"import sys, rag.interfaces.cli; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
