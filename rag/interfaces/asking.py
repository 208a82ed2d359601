"""`xunju ask` and `xunju search`: one question or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.interfaces.keeping import filed
from rag.interfaces.options import (
    AsJson,
    Batch,
    Company,
    Config,
    Index,
    NoLlm,
    OneFiling,
    Out,
    Period,
    WithPages,
    opened,
)
from rag.interfaces.progress import growing_text
from rag.interfaces.show import answer_lines, hit_lines

if TYPE_CHECKING:
    from rag import Answer, Assistant, Filters, Turn


def ask(  # noqa: PLR0913  a command's options are its parameters
    question: Annotated[str, typer.Argument(metavar="[问题]", show_default=False)] = "",
    index: Index = None,
    company: Company = "",
    period: Period = "",
    filing: OneFiling = "",
    as_json: AsJson = False,
    no_llm: NoLlm = False,
    batch: Batch = None,
    out: Out = "",
    pages: WithPages = False,
    config: Config = None,
) -> None:
    """提问：回答、引用的页和原文；--out 存成文件；--batch 成批提问。"""
    from rag import Filters, to_json

    filters = Filters(company, period, filing)
    if batch is not None:
        from rag.interfaces.batch import ask_all

        job = _batch_job(question, batch, out)
        with opened(config, index) as assistant:
            raise typer.Exit(ask_all(assistant, job, filters, use_model=not no_llm))
    with opened(config, index) as assistant, filed(assistant, out, pages) as keep:
        answer = _ask_one(assistant, question, filters, as_json, use_model=not no_llm)
        keep([to_json(answer)])


def search(  # noqa: PLR0913
    query: Annotated[str, typer.Argument(metavar="[查询]", show_default=False)] = "",
    top_k: Annotated[
        int | None, typer.Option("-k", metavar="个数", min=1, max=100, help="取几段，1 到 100")
    ] = None,
    index: Index = None,
    company: Company = "",
    period: Period = "",
    filing: OneFiling = "",
    as_json: AsJson = False,
    batch: Batch = None,
    out: Out = "",
    config: Config = None,
) -> None:
    """查找段落，最接近的在前；--batch 成批查找。--json 输出 {query, hits}。"""
    from rag import Filters, hit_json

    filters = Filters(company, period, filing)
    if batch is not None or out:
        from rag.interfaces.batch import search_all

        job = _batch_job(query, batch, out)
        with opened(config, index) as assistant:
            raise typer.Exit(search_all(assistant, job, filters, top_k))
    with opened(config, index) as assistant:
        hits = assistant.search(query, top_k=top_k, filters=filters)
    if as_json:
        typer.echo(json.dumps({"query": query, "hits": [hit_json(hit) for hit in hits]}, ensure_ascii=False))
        return
    for hit in hits:
        typer.echo("\n".join(hit_lines(hit)))
    if not hits:
        typer.echo("没有找到相关段落。")


def _batch_job(question: str, batch: Path | None, out: str) -> tuple[Path, str]:
    """Input and output of a batch; a usage error where one of them is missing."""
    if question and batch is not None:
        raise typer.BadParameter("--batch 与单个问题不能同时用。")
    if batch is None or not out:
        raise typer.BadParameter("--batch 要与 --out 一起用；--out - 为标准输出。")
    return batch, out


def _ask_one(
    assistant: Assistant, question: str, filters: Filters, as_json: bool, *, use_model: bool
) -> Answer:
    """The answer, once it is shown."""
    from rag import to_json

    if as_json:
        answer = assistant.answer(question, filters=filters, use_model=use_model)
        typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
        return answer
    answer = answered_aloud(assistant, question, filters, use_model=use_model)
    typer.echo("\n".join(answer_lines(answer)))
    return answer


def answered_aloud(
    assistant: Assistant, question: str, filters: Filters, history: Sequence[Turn] = (), *, use_model: bool
) -> Answer:
    """The answer; on a terminal a model's sentences are shown as they pass the check, until all is there."""
    if not use_model or assistant.settings.llm.provider == "none" or not sys.stdout.isatty():
        return assistant.answer(question, filters=filters, history=history, use_model=use_model)
    with growing_text() as say:
        return assistant.answer(question, filters=filters, history=history, say=say)
