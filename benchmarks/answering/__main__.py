"""Times warm offline answers to our own gold questions and prints the table of RESULTS.md.

    python -m benchmarks.answering [--rounds N]

Every question of a set is asked once to warm up, then N times; a question's time is the least of its
rounds.  The time on the clock is that of a machine that does nothing else; the processor's time (`cpu`)
also holds where it does.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence

from eval.corpus import at, index_for
from eval.sets import own_sets
from rag import Assistant, Filters, Settings, open_assistant

# Milliseconds on the clock and of the processor.
_Took = tuple[float, float]
SHARES = (0.5, 0.95, 1.0)


def main() -> None:
    """Asks every set of own gold whose filings are here."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3, help="times each question is asked once warm")
    rounds = parser.parse_args().rounds
    settings = Settings()
    asked, _ = own_sets(())
    print("| set | kind | questions | p50 ms | p95 ms | max ms | cpu p50 | cpu p95 | cpu max |")
    print("|---|---|---|---|---|---|---|---|---|")
    for one in asked:
        index = index_for(one.shelf, settings, lambda told: print(told, file=sys.stderr))
        assistant = open_assistant(at(settings, index))
        times: dict[str, list[_Took]] = defaultdict(list)
        for question in one.gold.questions:
            filters = Filters(question.company, question.period, question.filing)
            took = _least(assistant, question.question, filters, rounds)
            times[question.kind].append(took)
        for row in _rows(one.gold.name, times):
            print(row)


def _least(assistant: Assistant, question: str, filters: Filters, rounds: int) -> _Took:
    """The least time of a few answers to one question, after one to warm up."""
    took: list[_Took] = []
    for _ in range(rounds + 1):
        clock, cpu = time.perf_counter(), time.process_time()
        assistant.answer(question, filters=filters, use_model=False)
        took.append((1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - cpu)))
    return min(clock for clock, _ in took[1:]), min(cpu for _, cpu in took[1:])


def _rows(name: str, times: dict[str, list[_Took]]) -> Iterator[str]:
    every = [took for several in times.values() for took in several]
    for kind, taken in (*sorted(times.items()), ("all", every)):
        figures = [_at([took[n] for took in taken], share) for n in (0, 1) for share in SHARES]
        yield f"| {name} | {kind} | {len(taken)} | {' | '.join(f'{ms:.0f}' for ms in figures)} |"


def _at(times: Sequence[float], share: float) -> float:
    """The time that this share of the answers does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


if __name__ == "__main__":
    main()
