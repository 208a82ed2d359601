"""The child process of `rag.reading.guard`: one order comes in, progress and one answer go out."""

from __future__ import annotations

import os
import sys
import time
from typing import IO

from rag.errors import FilingError
from rag.reading.exchange import Answer, Order, receive, send
from rag.reading.process import bind
from rag.reading.read import read_file

_BETWEEN_S = 0.1  # progress is told at most this often


def main() -> None:
    """Reads the file that the order on standard input names and answers on standard output."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever a parser prints must not reach the answers
        order: Order = receive(sys.stdin.buffer)
        bind(order.limits.read_memory_mb, order.limits.read_seconds)
        send(out, _answer(order, out))


def _answer(order: Order, out: IO[bytes]) -> Answer:
    told = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _BETWEEN_S:
            told = time.monotonic()
            send(out, Answer(progress=(done, total)))

    try:
        return Answer(read=read_file(order.path, order.limits, order.reading, progress))
    except FilingError as error:
        return Answer(refusal=str(error))
    except MemoryError:
        return Answer(
            refusal=(
                f"读 {order.path.name} 需要的内存超过 {order.limits.read_memory_mb} MiB，已停止。"
                "请拆分文件，或调大 [limits] read_memory_mb。"
            )
        )


if __name__ == "__main__":
    main()
