"""`xunju filings`: what is in the index, and its upkeep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag import UserError
from rag.interfaces.exits import ACT, say
from rag.interfaces.inspecting import (
    VIEWS,
    check_line,
    checks_in_words,
    checks_of_all,
    show_rows,
    write_rows,
)
from rag.interfaces.options import AsJson, Config, Index, opened, settings_of
from rag.interfaces.show import tame

if TYPE_CHECKING:
    from rag import Assistant, Filing

app = typer.Typer(help="管理已读入的公告：列出、查看、移除、检查、重建。", no_args_is_help=True)

KINDS = {
    "annual": "年度报告", "half_year": "半年度报告", "quarterly": "季度报告", "annual_summary": "年报摘要",
    "action_plan": "行动方案", "action_plan_evaluation": "行动方案评估报告", "earnings_flash": "业绩快报",
    "earnings_forecast": "业绩预告", "prospectus": "招股说明书", "other": "其他",
}  # fmt: skip
_FIELDS = {
    "issuer": "公司", "short_name": "简称", "stock_code": "证券代码", "title": "标题", "kind": "类型",
    "period": "报告期", "announced": "公告日期", "audit": "审计意见",
}  # fmt: skip
Wanted = Annotated[str, typer.Argument(metavar="ID", help="编号（开头 8 位以上）、文件名或标题")]


@app.command("list")
def list_filings(index: Index = None, config: Config = None, as_json: AsJson = False) -> None:
    """列出已读入的公告。"""
    with opened(config, index) as assistant:
        filings = assistant.filings()
    if as_json:
        typer.echo(json.dumps([_card(filing) for filing in filings], ensure_ascii=False))
        return
    for filing in filings:
        typer.echo(
            f"{filing.id[:12]}  {' · '.join(_about(filing))}  {filing.page_count} 页  {filing.file_name}"
        )
    if not filings:
        say("索引里还没有公告。请用 xunju ingest 读入。")


@app.command()
def show(  # noqa: PLR0913  a command's options are its parameters
    wanted: Wanted,
    page: Annotated[int | None, typer.Option("--page", metavar="页", min=1, help="显示这一页的文字")] = None,
    outline: Annotated[bool, typer.Option("--outline", help="显示目录")] = False,
    tables: Annotated[bool, typer.Option("--tables", help="显示读出的表格，每行一条")] = False,
    facts: Annotated[
        bool, typer.Option("--facts", help="显示读出的数字，连同科目、期间、口径和页码")
    ] = False,
    checks: Annotated[bool, typer.Option("--checks", help="显示合计、勾稽和增减的核对，不符的在前")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件", help="把这一种写成 .xlsx、.csv 或 .json")
    ] = None,
    index: Index = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """查看一份公告：来源、页数、提醒；或它的某页、目录、表格、数字、勾稽核对。"""
    flags = {"outline": outline, "tables": tables, "facts": facts, "checks": checks}
    views = [name for name, wished in flags.items() if wished]
    with opened(config, index) as assistant:
        filing = assistant.filing(wanted)
        if out is not None:
            _write(assistant, filing, views, out)
        elif as_json:
            typer.echo(json.dumps(_card_with(assistant, filing, page, views), ensure_ascii=False))
        elif page is not None:
            typer.echo(tame(assistant.page(filing.id, page).text))
        else:
            _show(assistant, filing, views)


def _write(assistant: Assistant, filing: Filing, views: list[str], out: Path) -> None:
    if len(views) != 1:
        raise UserError("--out 一次写一种。请写 --outline、--tables、--facts、--checks 之一。")
    rows = VIEWS[views[0]](assistant, filing.id)
    write_rows(out, rows)
    say(f"已写入 {out}：{len(rows)} 行。")


def _show(assistant: Assistant, filing: Filing, views: list[str]) -> None:
    typer.echo("\n".join(_lines(filing)))
    for view in views:
        if view == "outline":
            for heading in assistant.outline(filing.id):
                typer.echo(f"{'  ' * (heading.level - 1)}{heading.text}  第{heading.span.page}页")
        else:
            rows = VIEWS[view](assistant, filing.id)
            show_rows(rows)
            typer.echo(check_line(rows) if view == "checks" else f"共 {len(rows)} 行。")


@app.command()
def remove(wanted: Wanted, index: Index = None, config: Config = None, as_json: AsJson = False) -> None:
    """移除一份公告，连同保存的原文件。"""
    with opened(config, index) as assistant:
        filing = assistant.filing(wanted)
        assistant.remove(filing.id)
    if as_json:
        typer.echo(json.dumps({"removed": filing.id}))
    else:
        typer.echo(f"已移除 {filing.file_name}：{' · '.join(_about(filing))}")


@app.command()
def verify(index: Index = None, config: Config = None, as_json: AsJson = False) -> None:
    """检查索引是否完好，与保存的原文件是否一致，有问题时退出码为 1；并数出对不上的合计与勾稽。"""
    with opened(config, index) as assistant:
        findings = assistant.verify()
        # A damaged index has no pages to check figures on.
        held, failed = (0, {}) if findings else checks_of_all(assistant)
    if as_json:
        checks = {"held": held, "failed": failed}
        told = {"ok": not findings, "findings": findings, "checks": checks}
        typer.echo(json.dumps(told, ensure_ascii=False))
    elif findings:
        say("\n".join(findings))
    else:
        typer.echo(f"索引完好，与原文件一致。{checks_in_words(held, failed)}")
    if findings:
        raise typer.Exit(ACT)


@app.command()
def rebuild(index: Index = None, config: Config = None, as_json: AsJson = False) -> None:
    """由保存的内容重建检索；更换嵌入模型后用。不需要原来的文件。"""
    from rag import rebuild_index

    settings = settings_of(config, index)
    rebuild_index(settings)
    if as_json:
        typer.echo(json.dumps({"rebuilt": str(settings.index.path)}, ensure_ascii=False))
    else:
        typer.echo(f"已重建索引 {settings.index.path}。")


def _about(filing: Filing) -> list[str]:
    company = filing.issuer.short_name or filing.issuer.name
    code = filing.issuer.stock_codes[0] if filing.issuer.stock_codes else ""
    named = f"{company}（{code}）" if company and code else company or code
    return [part for part in (named, filing.period, KINDS[filing.kind], filing.title) if part]


def _lines(filing: Filing) -> list[str]:
    pages = {"printed": "", "inferred": "（由分页推算）", "none": "（原文没有页码）"}[filing.numbering]
    told = [
        ("编号", filing.id),
        ("文件", f"{filing.file_name}（{filing.size_bytes:,} 字节）"),
        ("公司", "、".join(filing.issuer.names) or "未写明"),
        ("证券代码", "、".join(filing.issuer.stock_codes)),
        ("标题", filing.title),
        ("类型", KINDS[filing.kind]),
        ("报告期", filing.period),
        ("页数", f"{filing.page_count}{pages}"),
        ("公告日期", str(filing.announced or "")),
        *((f"依据 {_FIELDS.get(field, field)}", where) for field, where in filing.evidence.items()),
        *(("注意", warning) for warning in filing.warnings),
    ]
    return [f"{name}：{value}" for name, value in told if value]


def _card(filing: Filing) -> dict[str, object]:
    return {
        "id": filing.id, "file_name": filing.file_name, "title": filing.title, "company": filing.issuer.name,
        "short_name": filing.issuer.short_name, "stock_codes": list(filing.issuer.stock_codes),
        "kind": filing.kind, "period": filing.period, "pages": filing.page_count,
        "numbering": filing.numbering, "size_bytes": filing.size_bytes,
        "announced": filing.announced.isoformat() if filing.announced else None,
        "evidence": filing.evidence, "warnings": list(filing.warnings),
    }  # fmt: skip


def _card_with(assistant: Assistant, filing: Filing, page: int | None, views: list[str]) -> dict[str, object]:
    card = _card(filing)
    for view in views:
        card[view] = VIEWS[view](assistant, filing.id)
    if "outline" in views:
        card["outline"] = [
            {"level": heading.level, "text": heading.text, "page": heading.span.page}
            for heading in assistant.outline(filing.id)
        ]
    if page is not None:
        shown = assistant.page(filing.id, page)
        card["page"] = {"page": shown.position, "page_label": shown.label, "text": shown.text}
    return card
