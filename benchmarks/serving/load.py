"""Fifty people, each with a question every ten seconds: how long they wait, what fails, what memory does.

python -m benchmarks.serving.load [--people 50] [--every 10] [--minutes 5]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.serving.served import ROOT, percentile, resident_mb, served, xunju

_MEMORY_EVERY_S = 5.0


@dataclass
class Seen:
    """Seconds to the first event and to the whole answer, of every question; what failed; MiB over time."""

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> None:
    """Prints one JSON object."""
    options = _options()
    questions = [
        json.loads(line)["question"]
        for line in (ROOT / "samples/questions.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        xunju("ingest", str(ROOT / "samples/filings"), "--index", str(index))
        with served(index) as (address, pid):
            seen = asyncio.run(_all(address, pid, questions, options))
    print(json.dumps(_told(seen, options), ensure_ascii=False, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--every", type=float, default=10.0)
    parser.add_argument("--minutes", type=float, default=5.0)
    return parser.parse_args()


async def _all(address: str, pid: int, questions: list[str], options: argparse.Namespace) -> Seen:
    seen = Seen()
    end = time.monotonic() + options.minutes * 60
    limits = httpx.Limits(max_connections=options.people + 5)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        people = [_person(client, n, questions, options, end, seen) for n in range(options.people)]
        await asyncio.gather(_memory(pid, end, seen), *people)
    return seen


async def _person(  # noqa: PLR0913
    client: httpx.AsyncClient,
    n: int,
    questions: list[str],
    options: argparse.Namespace,
    end: float,
    seen: Seen,
) -> None:
    chance = random.Random(n)
    await asyncio.sleep(chance.random() * options.every)
    while time.monotonic() < end:
        started = time.monotonic()
        await _ask(client, chance.choice(questions), seen)
        await asyncio.sleep(max(0.0, options.every - (time.monotonic() - started)))


async def _ask(client: httpx.AsyncClient, question: str, seen: Seen) -> None:
    started = time.monotonic()
    first, name = None, ""
    try:
        async with client.stream("POST", "/api/ask/stream", json={"question": question}) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                    first = first or time.monotonic() - started
    except httpx.HTTPError as error:
        seen.failed.append(type(error).__name__)
        return
    if answer.status_code != httpx.codes.OK or name != "answer" or first is None:
        seen.failed.append(f"{answer.status_code} {name}")
        return
    seen.first.append(first)
    seen.whole.append(time.monotonic() - started)


async def _memory(pid: int, end: float, seen: Seen) -> None:
    while time.monotonic() < end:
        seen.memory.append(round(resident_mb(pid), 1))
        await asyncio.sleep(_MEMORY_EVERY_S)


def _told(seen: Seen, options: argparse.Namespace) -> dict[str, object]:
    third = max(1, len(seen.memory) // 3)
    return {
        "people": options.people,
        "every_s": options.every,
        "minutes": options.minutes,
        "answers": len(seen.whole),
        "failed": seen.failed,
        "first_event_s": {name: round(percentile(seen.first, part), 3) for name, part in _PARTS.items()},
        "whole_answer_s": {name: round(percentile(seen.whole, part), 3) for name, part in _PARTS.items()},
        "memory_mb": {
            "start": seen.memory[0],
            "after_a_third": seen.memory[third - 1],
            "end": seen.memory[-1],
        },
    }


_PARTS = {"p50": 0.5, "p95": 0.95, "max": 1.0}

if __name__ == "__main__":
    main()
