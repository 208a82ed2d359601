"""Many questions from a file, their answers to a file in the same order, a failed one in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from rag import Filters, SummaryRequest, UserError, XunjuError, hit_json, to_json
from rag.interfaces.exits import bug_in_words, say, tally
from rag.interfaces.flat import flat_answer, flat_hits
from rag.interfaces.progress import progress
from rag.interfaces.rows import KINDS, BrokenRow, Row, SummaryRow, read_rows, read_summary_rows
from rag.interfaces.tables import write_table

if TYPE_CHECKING:
    from rag import Assistant

Json = dict[str, object]
R = TypeVar("R", Row, SummaryRow)
Job = tuple[Path, str]
STDOUT = "-"


def ask_all(assistant: Assistant, job: Job, filters: Filters, *, use_model: bool) -> int:
    """The exit code of answering a file of questions; `filters` hold where a row has none of its own."""

    def one(row: Row) -> Json:
        answer = assistant.answer(
            row.question, history=row.history, filters=_both(row.filters, filters), use_model=use_model
        )
        return {**to_json(answer), "id": row.id}

    return _run(job, read_rows(job[0]), one, flat_answer)


def summarize_all(assistant: Assistant, job: Job, common: SummaryRequest, *, use_model: bool) -> int:
    """The exit code of summarising as a file asks; `common` holds where a row has nothing of its own."""

    def one(row: SummaryRow) -> Json:
        own = {f.name: getattr(row.request, f.name) or getattr(common, f.name) for f in fields(common)}
        return {**to_json(assistant.summarize(SummaryRequest(**own), use_model=use_model)), "id": row.id}

    return _run(job, read_summary_rows(job[0]), one, flat_answer)


def search_all(assistant: Assistant, job: Job, filters: Filters, top_k: int | None) -> int:
    """The exit code of searching for a file of queries."""

    def one(row: Row) -> Json:
        hits = assistant.search(row.question, top_k=top_k, filters=_both(row.filters, filters))
        return {"id": row.id, "hits": [hit_json(hit) for hit in hits]}

    return _run(job, read_rows(job[0]), one, flat_hits)


def _run(
    job: Job,
    rows: Sequence[R | BrokenRow],
    work: Callable[[R], Json],
    flat: Callable[[Mapping[str, object]], Json],
) -> int:
    source, target = job
    _check_target(source, target)
    failed = 0

    def counted() -> Iterator[Json]:
        nonlocal failed
        with progress(wanted=target != STDOUT) as bar:
            for number, row in enumerate(rows, 1):
                result = _result(row, work)
                failed += "error" in result
                bar.show("回答", number, len(rows))
                yield result

    _write(target, counted(), flat)
    if failed:
        say(f"{len(rows)} 行中有 {failed} 行没有完成，原因写在各自的位置上。")
    return tally(failed, len(rows) - failed)


def _result(row: R | BrokenRow, work: Callable[[R], Json]) -> Json:
    """The result of a row, or its error in its place."""
    if isinstance(row, BrokenRow):
        return _error(row.id, UserError.kind, row.message)
    try:
        return work(row)
    except XunjuError as error:
        return _error(row.id, error.kind, str(error))
    except Exception as error:  # one bad row must not take the others with it
        return _error(row.id, "internal", bug_in_words(error))


def _error(row_id: object, kind: str, message: str) -> Json:
    return {"id": row_id, "error": {"kind": kind, "message": message}}


def _both(own: Filters, common: Filters) -> Filters:
    return Filters(own.company or common.company, own.period or common.period, own.filing or common.filing)


def _check_target(source: Path, target: str) -> None:
    if target == STDOUT:
        return
    path = Path(target)
    if path.suffix.lower() not in KINDS:
        raise UserError(f"结果文件 {path.name} 的格式不认识。请用 {'、'.join(KINDS)}，或 - 表示标准输出。")
    if path.exists() and path.samefile(source):
        raise UserError("结果不能写回问题所在的文件。请在 --out 换一个名字。")
    if not path.parent.is_dir():
        raise UserError(f"文件夹 {path.parent} 不存在。请先建好，或在 --out 换一个位置。")


def _write(target: str, results: Iterable[Json], flat: Callable[[Mapping[str, object]], Json]) -> None:
    """Lines are written as they are done; a table when all are, since its columns depend on every row."""
    if target == STDOUT or target.lower().endswith(".jsonl"):
        with _line_writer(target) as write:
            for result in results:
                write(json.dumps(result, ensure_ascii=False))
    else:
        write_table(Path(target), [flat(result) for result in results])


@contextmanager
def _line_writer(target: str) -> Iterator[Callable[[str], None]]:
    if target == STDOUT:
        yield typer.echo
        return
    try:
        with Path(target).open("w", encoding="utf-8", buffering=1) as file:
            yield lambda line: typer.echo(line, file=file)
    except OSError as error:
        raise UserError(f"结果写不到 {target}（{error.strerror}）。请检查文件夹、权限和磁盘。") from error
