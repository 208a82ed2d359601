"""What was read from one filing, as rows for the eye of a person: shown, or written to .xlsx, .csv or .json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rag import UserError
from rag.interfaces.show import tame
from rag.interfaces.tables import TABLES, Cells, write_table

if TYPE_CHECKING:
    from rag import Assistant

_SCOPES = {"consolidated": "合并", "parent": "母公司"}
_NAMES = {"indicator": "与报表一致", "change": "印出的增减", "note": "附注与报表一致"}
_STATEMENTS = {
    "key_indicators": "主要会计数据", "balance_sheet": "资产负债表", "income_statement": "利润表",
    "cash_flow": "现金流量表", "equity_changes": "所有者权益变动表", "other": "其他",
}  # fmt: skip


def outline_rows(assistant: Assistant, filing_id: str) -> list[Cells]:
    """The headings of a filing."""
    return [
        {"级别": heading.level, "标题": heading.text, "页": heading.span.page}
        for heading in assistant.outline(filing_id)
    ]


def table_rows(assistant: Assistant, filing_id: str) -> list[Cells]:
    """The rows of all tables: a column for each figure and its head."""
    found: list[Cells] = []
    for row in assistant.inspection(filing_id).rows:
        told: dict[str, object] = {
            "表": row.table, "页": row.page, "章节": " › ".join(row.section), "行": row.label
        }  # fmt: skip
        for n, (head, text) in enumerate(row.cells, 1):
            told[f"列{n}"], told[f"数{n}"] = head or "？", text
        found.append(told)
    return found


def fact_rows(assistant: Assistant, filing_id: str) -> list[Cells]:
    """The facts, those with an uncertain column included and marked."""
    return [
        {
            "页": one.page, "报表": _STATEMENTS[one.fact.statement], "口径": _SCOPES.get(one.fact.scope or "", ""),
            "行": one.fact.label, "科目": one.fact.line_item, "期间": one.fact.period, "列": one.fact.column,
            "数": one.fact.text, "单位": one.fact.unit, "可用": "是" if one.fact.certain else "列不确定",
            "章节": " › ".join(one.fact.section),
        }
        for one in assistant.inspection(filing_id).facts
    ]  # fmt: skip


def check_rows(assistant: Assistant, filing_id: str) -> list[Cells]:
    """The checked identities, those that fail first."""
    checks = sorted(assistant.inspection(filing_id).checks, key=lambda one: one.finding.holds)
    return [
        {
            "结果": "成立" if one.finding.holds else "不符", "页": one.page, "行": one.finding.label,
            "核对": _NAMES.get(one.finding.identity, "合计与勾稽"), "期间": one.finding.period,
            "口径": _SCOPES.get(one.finding.scope or "", ""), "印出": f"{one.finding.found:,f}",
            "应为": f"{one.finding.expected:,f}", "单位": one.finding.unit,
        }
        for one in checks
    ]  # fmt: skip


def check_line(rows: Sequence[Cells]) -> str:
    """How many identities hold, in one sentence."""
    failed = sum(row["结果"] == "不符" for row in rows)
    return f"勾稽核对 {len(rows)} 项，成立 {len(rows) - failed} 项，不符 {failed} 项。"


def checks_of_all(assistant: Assistant) -> tuple[int, dict[str, int]]:
    """How many identities hold in all filings, and how many fail by file name."""
    held, failed = 0, dict[str, int]()
    for filing in assistant.filings():
        checks = assistant.inspection(filing.id).checks
        right = sum(one.finding.holds for one in checks)
        held += right
        if right < len(checks):
            failed[filing.file_name] = failed.get(filing.file_name, 0) + len(checks) - right
    return held, failed


def checks_in_words(held: int, failed: Mapping[str, int]) -> str:
    """The identities of all filings in one sentence."""
    where = "、".join(f"{name} {count} 项" for name, count in failed.items())
    wrong = sum(failed.values())
    return f"勾稽核对 {held + wrong} 项，成立 {held} 项，不符 {wrong} 项{f'：{where}' if where else ''}。"


VIEWS = {"outline": outline_rows, "tables": table_rows, "facts": fact_rows, "checks": check_rows}


def show_rows(rows: Sequence[Cells]) -> None:
    """The rows on the terminal, one a line."""
    for row in rows:
        typer.echo(tame("  ".join(str(value) for value in row.values() if value not in ("", None))))


def write_rows(path: Path, rows: Sequence[Cells]) -> None:
    """The rows in a file of the kind that its name ends in; UserError for another kind or where it fails."""
    kind = path.suffix.lower()
    if kind in TABLES:
        write_table(path, rows)
    elif kind == ".json":
        try:
            path.write_text(json.dumps(list(rows), ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as error:
            raise UserError(f"结果写不到 {path}（{error.strerror}）。请检查文件夹和权限。") from error
    else:
        raise UserError(f"不能写成 {path.name}。请用 .xlsx、.csv 或 .json 结尾的文件名。")
