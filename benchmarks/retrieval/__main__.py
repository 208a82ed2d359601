"""Measures finding the right passage and prints the tables of RESULTS.md.

    python -m benchmarks.retrieval [--ours-only]

Own gold is always asked; the gold shared beside the project where it is there.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence

from benchmarks.retrieval import ours, usual
from benchmarks.retrieval.asked import Case, Group, groups
from benchmarks.retrieval.usual import Ranking
from eval.corpus import at, index_for
from eval.paired import paired
from rag import Settings, open_assistant

SIZES = ((500, 50), (1000, 200))
CUTS = {"default tokens": usual.by_space, "jieba": usual.by_jieba, "bigrams": usual.by_bigrams}
Ranks = dict[str, dict[str, list[int]]]
Lengths = dict[str, list[int]]


def main() -> None:
    """Runs every ranking over every group of questions."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ours-only", action="store_true", help="leave the usual recipes out")
    options = parser.parse_args()
    ranks: Ranks = defaultdict(lambda: defaultdict(list))
    lengths: Lengths = defaultdict(list)
    for group in groups():
        for name, found in _rankings(group, usual_too=not options.ours_only):
            ranks[name][group.kind] += [
                _rank(case, ranking) for case, ranking in zip(group.cases, found, strict=True)
            ]
            lengths[name] += [len(text) for ranking in found for _, text in ranking[:10]]
        print(f"{group.kind}: {len(group.cases)} questions", file=sys.stderr)
    for kind in ("own", "shared"):
        if ranks["ours"][kind]:
            print("\n".join(_table(kind, ranks, lengths)))


def _rankings(group: Group, *, usual_too: bool) -> list[tuple[str, list[Ranking]]]:
    settings = Settings()
    index = index_for(group.shelf, settings, lambda told: print(told, file=sys.stderr))
    assistant = open_assistant(at(settings, index))
    found: list[tuple[str, list[Ranking]]] = []
    for size, overlap in SIZES if usual_too else ():
        given = usual.pieces(assistant, size, overlap)
        for name, cut in CUTS.items():
            found.append((f"splitter {size}/{overlap}, BM25, {name}", usual.by_bm25(given, group.cases, cut)))
        dense = usual.by_vectors(given, group.cases, assistant._embedder)
        found.append((f"splitter {size}/{overlap}, dense (bundled model)", dense))
    for name, (values, change) in ours.changes().items():
        section = settings.retrieval.model_copy(update=dict(values))
        with change():
            changed = settings.model_copy(update={"retrieval": section})
            found.append((name, ours.ranked(assistant, group.cases, changed)))
    found.append(("without routing", ours.ranked(assistant, group.cases, settings, routed=False)))
    assistant.close()
    return found


def _rank(case: Case, ranking: Ranking) -> int:
    """The rank, from 1, of the first text that holds the evidence; 0 if none does."""
    return next((n for n, (file, text) in enumerate(ranking, 1) if case.is_held_by(file, text)), 0)


def _table(kind: str, ranks: Ranks, lengths: Lengths) -> list[str]:
    """A Markdown table with one row a ranking; wins and losses are against ours, at the first place."""
    full = ranks["ours"][kind]
    lines = [
        f"\n### {'Own' if kind == 'own' else 'Shared'} gold ({len(full)} questions)\n",
        "| ranking | characters | R@1 | R@5 | R@10 | MRR | R@1 won / lost against ours | p |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, by_kind in ranks.items():
        found = by_kind[kind]
        recalls = " | ".join(f"{sum(0 < r <= k for r in found) / len(found):.3f}" for k in (1, 5, 10))
        mrr = sum(1 / r for r in found if r) / len(found)
        length = sum(lengths[name]) / max(1, len(lengths[name]))
        lines.append(f"| {name} | {length:.0f} | {recalls} | {mrr:.3f} | {_against(full, found)} |")
    return lines


def _against(full: Sequence[int], found: Sequence[int]) -> str:
    compared = paired([float(r == 1) for r in full], [float(r == 1) for r in found])
    if compared is None or found is full:
        return " | "
    return f"{compared.wins} / {compared.losses} | {compared.p:.2g}"


if __name__ == "__main__":
    main()
