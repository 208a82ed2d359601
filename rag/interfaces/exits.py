"""How a command ends: one table from error to exit code and words, never a traceback for the user."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

import typer

from rag import FilingError, ModelError, StoreError, UserError, XunjuError

DONE = 0
ACT = 1  # the user must act
USAGE = 2
PARTLY = 3  # a part failed, the others are done
INTERRUPTED = 130  # as a shell counts it: 128 + SIGINT

DEBUG_ENV = "XUNJU_DEBUG"

# Error class -> exit code, and the words before its message.  The first that fits counts.
_ENDS: tuple[tuple[type[XunjuError], int, str], ...] = (
    (UserError, ACT, ""),
    (FilingError, ACT, "公告读不了："),
    (StoreError, ACT, ""),
    (ModelError, ACT, "模型不可用："),
    (XunjuError, ACT, ""),
)


def in_words(error: XunjuError) -> str:
    """What the user is told of an error."""
    return next(words for kind, _, words in _ENDS if isinstance(error, kind)) + str(error)


def code_of(error: XunjuError) -> int:
    """The exit code of an error."""
    return next(code for kind, code, _ in _ENDS if isinstance(error, kind))


def tally(failed: int, done: int) -> int:
    """The exit code of work in parts: all done, some failed, or all failed."""
    if not failed:
        return DONE
    return PARTLY if done else ACT


def guarded(run: Callable[[], object]) -> int:
    """The exit code of a run; whatever goes wrong in it is told in words on standard error."""
    try:
        code = run()
        sys.stdout.flush()
    except XunjuError as error:
        say(in_words(error))
        return code_of(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as stop:
        # The command line library ends so when the reader of a pipe (`| head`) has gone: no failure.
        return _pipe_closed() if isinstance(stop.__context__, BrokenPipeError) else _number(stop.code)
    except BrokenPipeError:
        return _pipe_closed()
    except Exception as error:  # the last resort, and the only one
        return _explained(error)
    return _number(code)


def bug_in_words(error: Exception) -> str:
    """What the user is told of an error that nobody foresaw; with XUNJU_DEBUG=1 its traceback goes to stderr."""
    if os.environ.get(DEBUG_ENV) == "1":
        traceback.print_exception(error)
    return (
        f"程序内部出错（{type(error).__name__}），已存的内容没有改动。"
        f"请设 {DEBUG_ENV}=1 再运行一次，把完整输出和所用命令反馈给维护者。"
    )


def say(message: str) -> None:
    """Tell the user, on standard error."""
    typer.echo(message, err=True)


def _explained(error: Exception) -> int:
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        from rag.interfaces.usage import usage_in_words

        say(usage_in_words(error))
        return _number(error.exit_code)
    if type(error).__name__ == "Abort":
        return INTERRUPTED
    say(bug_in_words(error))
    return ACT


def _pipe_closed() -> int:
    """Done, with standard output led to nowhere: the interpreter flushes it once more at its end."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return DONE


def _number(code: object) -> int:
    return code if isinstance(code, int) else DONE
