"""Measures indexing and searching generated filings, and draws how the times grow.

    python -m benchmarks.scale 10000 100000 [--keep FOLDER] [--plot growth.svg]

Times are of one process and one thread (OMP_NUM_THREADS=1); run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.scale.generated import PASSAGES_A_FILING, PERIODS, filings, questions
from benchmarks.scale.plot import svg
from rag.ingest.pipeline import embedded_text
from rag.models.embedding import Embedder, open_embedder
from rag.retrieval.question import Asked
from rag.retrieval.search import Retriever
from rag.retrieval.understand import understand
from rag.settings import RetrievalSettings
from rag.store.index import FilingIndex

ASKED = 60
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: rates in passages a second, times in milliseconds, memory in MiB."""

    passages: int
    embedded: float
    indexed: float
    known_p50: float
    known_p95: float
    open_p50: float
    open_p95: float
    exact_p50: float
    graph_p50: float
    memory: float
    disk: float


@dataclass(frozen=True, slots=True)
class Built:
    """How fast an index was made, in passages a second, and the most memory that took, in MiB."""

    embedded: float
    indexed: float
    memory: float


def build(passages: int, folder: Path, embedder: Embedder) -> Built:
    """An index of so many passages; one that stands there is taken as it is."""
    told = folder.with_suffix(".json")
    if told.exists():
        return Built(**json.loads(told.read_text(encoding="utf-8")))
    embedding = writing = 0.0
    with (
        FilingIndex.open(
            folder, embedder_name=embedder.name, dimension=embedder.dimension, create=True
        ) as index,
        index.writing("scale") as writer,
    ):
        for parsed in filings(passages):
            started = time.perf_counter()
            vectors = embedder.embed_passages([embedded_text(p) for p in parsed.passages])
            embedded = time.perf_counter()
            writer.replace(parsed, b"x", vectors)
            embedding, writing = embedding + embedded - started, writing + time.perf_counter() - embedded
    built = Built(passages / embedding, passages / writing, _memory())
    told.write_text(json.dumps(asdict(built)), encoding="utf-8")
    return built


def measure(passages: int, folder: Path, embedder: Embedder) -> Measured:
    """Ask an index of so many passages with and without issuer and period."""
    built = build(passages, folder, embedder)
    with FilingIndex.open(
        folder, embedder_name=embedder.name, dimension=embedder.dimension, create=False
    ) as index:
        issuers = max(1, passages // PASSAGES_A_FILING // len(PERIODS))
        retriever = Retriever(index, embedder, RetrievalSettings())
        known = _times(index, retriever, questions(ASKED, issuers, known=True))
        unknown = _times(index, retriever, questions(ASKED, issuers, known=False))
        vector = embedder.embed_queries(["研发项目进展"])[0]
        ids = [filing.id for filing in index.filings()]
        exact = _repeated(lambda: index.search_vectors(vector, 60, ids), 10)
        graph = _repeated(lambda: index.search_vectors(vector, 60), 30)
    return Measured(
        passages, built.embedded, built.indexed,
        *_quantiles(known), *_quantiles(unknown), float(np.median(exact)), float(np.median(graph)),
        max(built.memory, _memory()), _size(folder) / MIB,
    )  # fmt: skip


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _times(index: FilingIndex, retriever: Retriever, asked: Sequence[str]) -> list[float]:
    """Milliseconds from question to ranked windows; the first five warm up."""

    def search(question: str) -> None:
        retriever.windows(understand(Asked(question), index.filings()))

    return [_ms(partial(search, question)) for question in asked][5:]


def _repeated(work: Callable[[], object], times: int) -> list[float]:
    work()
    return [_ms(work) for _ in range(times)]


def _ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _quantiles(times: Sequence[float]) -> tuple[float, float]:
    return float(np.median(times)), float(np.quantile(times, 0.95))


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Prints a row for each size, and draws the times where asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="+", type=int, help="numbers of passages, ascending")
    parser.add_argument("--keep", type=Path, help="leave the indexes in this folder, and take those there")
    parser.add_argument("--plot", type=Path, help="draw the query times into this .svg")
    options = parser.parse_args()
    embedder = open_embedder("bundled")
    print("| passages | embedding /s | indexes /s | known p50 / p95 ms | unknown p50 / p95 ms "
          "| vectors exact / Chroma ms | peak MiB | disk MiB |")  # fmt: skip
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    rows = []
    for size in options.sizes:
        with tempfile.TemporaryDirectory() if options.keep is None else nullcontext(options.keep) as folder:
            row = measure(size, Path(folder) / f"{size}", embedder)
        rows.append(row)
        print(
            f"| {row.passages:,} | {row.embedded:,.0f} | {row.indexed:,.0f} | {row.known_p50:.1f} / {row.known_p95:.1f}"
            f" | {row.open_p50:.1f} / {row.open_p95:.1f} | {row.exact_p50:.1f} / {row.graph_p50:.1f}"
            f" | {row.memory:,.0f} | {row.disk:,.0f} |",
            flush=True,
        )
    if options.plot:
        lines = {
            "issuer and period known": [(r.passages, r.known_p50) for r in rows],
            "neither known": [(r.passages, r.open_p50) for r in rows],
            "all vectors, exact": [(r.passages, r.exact_p50) for r in rows],
            "all vectors, Chroma": [(r.passages, r.graph_p50) for r in rows],
        }
        options.plot.write_text(svg(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
