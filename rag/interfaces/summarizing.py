"""`xunju summarize` and `xunju card`: a summary with evidence, and the key figures of a report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rag.interfaces.exits import say
from rag.interfaces.keeping import filed
from rag.interfaces.options import (
    AsJson,
    Batch,
    Company,
    Config,
    Index,
    NoLlm,
    Out,
    Period,
    WithPages,
    opened,
)
from rag.interfaces.show import answer_lines, card_lines

if TYPE_CHECKING:
    from rag import Answer, Assistant, SummaryRequest

Instruction = Annotated[
    str,
    typer.Option("--instruction", metavar="要求", help="一句话的要求，如“三句话，给基金经理看”"),
]


def summarize(  # noqa: PLR0913  a command's options are its parameters
    filing: Annotated[str, typer.Argument(metavar="[公告]", show_default=False)] = "",
    company: Company = "",
    period: Period = "",
    section: Annotated[str, typer.Option("--section", metavar="章节", help="只概括这一章节，可写几个")] = "",
    focus: Annotated[str, typer.Option("--focus", metavar="问题", help="只说与这个问题有关的")] = "",
    max_chars: Annotated[
        int | None, typer.Option("--max-chars", metavar="字数", min=1, help="最多多少字，不计引用标记")
    ] = None,
    instruction: Instruction = "",
    index: Index = None,
    as_json: AsJson = False,
    no_llm: NoLlm = False,
    batch: Batch = None,
    out: Out = "",
    pages: WithPages = False,
    config: Config = None,
) -> None:
    """概括一份公告、一个章节或一个问题，每句话都有出处；--batch 成批概括。"""
    from rag import SummaryRequest, to_json

    request = SummaryRequest(instruction, filing, company, period, section, focus, max_chars)
    if batch is not None:
        from rag.interfaces.batch import summarize_all

        if filing or not out:
            raise typer.BadParameter("--batch 要与 --out 一起用，不能再写公告；--out - 为标准输出。")
        with opened(config, index) as assistant:
            raise typer.Exit(summarize_all(assistant, (batch, out), request, use_model=not no_llm))
    with opened(config, index) as assistant, filed(assistant, out, pages, "公告概括") as keep:
        keep([to_json(_summarize_one(assistant, request, as_json, use_model=not no_llm))])


def _summarize_one(
    assistant: Assistant, request: SummaryRequest, as_json: bool, *, use_model: bool
) -> Answer:
    """The summary, once it is shown."""
    from rag import to_json

    answer = assistant.summarize(request, use_model=use_model)
    if as_json:
        typer.echo(json.dumps(to_json(answer), ensure_ascii=False))
    else:
        typer.echo("\n".join(answer_lines(answer)))
    return answer


def card(
    filing: Annotated[str, typer.Argument(metavar="公告", show_default=False)],
    index: Index = None,
    as_json: AsJson = False,
    out: Annotated[str, typer.Option("--out", metavar="文件", help="存成 .md 或 .xlsx")] = "",
    config: Config = None,
) -> None:
    """一份定期报告的指标卡：十来个常用数字，连同增减、口径和页码。"""
    from rag import card_json
    from rag.interfaces.exports.write import exported_card, kind_of, save

    kind = kind_of(out) if out else ""
    with opened(config, index) as assistant:
        made = assistant.card(assistant.filing(filing).id)
    if as_json:
        typer.echo(json.dumps(card_json(made), ensure_ascii=False))
    else:
        typer.echo("\n".join(card_lines(made)))
    if out:
        save(out, exported_card(card_json(made), kind))
        say(f"已存到 {out}")
