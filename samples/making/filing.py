"""A filing of `filings.toml` from its source text to its pages."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples.making import cash_notes, notes, shenzhen, tables
from samples.making.accounts import Accounts
from samples.making.blocks import Block, Generated, Line, Row, Table, parse
from samples.making.shapes import blank_lines, few_markers, one_line, spaced
from samples.making.typeset import Layout, typeset
from samples.making.wording import fill

INCLUDES = {"@政策": "../policies.txt", "@附注": "../notes.txt", "@收入政策": "revenue_policy.txt"}
PARTS: dict[str, Any] = {
    "单位": lambda accounts: [tables.unit(accounts)],
    "会计数据": tables.key_figures,
    "财务指标": tables.key_ratios,
    "非经常性损益": tables.one_off_items,
    "科目变动": tables.explained_changes,
    "资产负债变动": tables.balance_changes,
    "研发投入": tables.research,
    "分项": notes.breakdown,
    "货币资金": notes.cash,
    "账龄": notes.ages,
    "坏账": notes.allowances,
    "坏账变动": notes.allowance_moves,
    "前五名": notes.debtors,
    "存货": notes.inventory,
    "跌价": notes.inventory_moves,
    "变动": notes.movement,
    "年限": notes.lives,
    "收入成本": notes.revenue,
    "分类": notes.margins,
    "补助": notes.grants,
    "补充资料": cash_notes.indirect,
    "深会计数据": shenzhen.key_figures,
    "深科目变动": shenzhen.explained_changes,
    "深资产变动": shenzhen.balance_changes,
    "深产品": shenzhen.margins,
    "收入构成": shenzhen.composition,
    "现金构成": cash_notes.cash_equivalents,
    "收益率": cash_notes.returns,
}


@dataclass(frozen=True, slots=True)
class Filing:
    """One invented filing: where it comes from, in which shape it is kept."""

    folder: str
    source: str
    kind: str
    title: str
    head: str
    spacing: str
    foot: str = "{page} / {pages}"
    shape: str = ""
    text: str = ""
    pdf: str = ""
    kept_markers: tuple[int, ...] = ()
    repeat_head: bool = False
    body: float = 10.5
    ticked: str = "√"


def lay_out(filing: Filing, accounts: Accounts, sources: Path) -> Layout:
    """The pages of the filing, its figures filled in from the accounts."""
    text = fill(_with_includes(sources / filing.folder / filing.source), accounts)
    blocks: list[Block] = []
    for block in parse(text, filing.ticked):
        blocks.extend(_made(block, accounts) if isinstance(block, Generated) else [block])
    return typeset([_spaced(block, filing.spacing) for block in blocks], filing.repeat_head, filing.body)


def _with_includes(path: Path) -> str:
    """The source text with the shared texts it names set in."""
    text = path.read_text(encoding="utf-8")
    for mark, name in INCLUDES.items():
        text = text.replace(f"{mark}\n", (path.parent / name).read_text(encoding="utf-8"))
    return text


def _made(part: Generated, accounts: Accounts) -> list[Line | Table]:
    if part.name == "报表":
        title = part.arguments[0]
        return tables.statement(accounts, title, "母公司" if title.startswith("母公司") else "合并")
    made: list[Line | Table] = PARTS[part.name](accounts, *part.arguments)
    return made


def _spaced(block: Block, manner: str) -> Block:
    if isinstance(block, Line):
        return dataclasses.replace(block, text=spaced(block.text, manner))
    if isinstance(block, Table):
        rows = tuple(
            Row(tuple(spaced(cell, manner) for cell in row.cells), row.head, row.tag) for row in block.rows
        )
        return dataclasses.replace(block, rows=rows)
    return block


def text_of(filing: Filing, layout: Layout) -> str:
    """The filing as text in its shape."""
    if filing.shape == "one_line":
        return one_line(layout, filing.head)
    if filing.shape == "blank_lines":
        return blank_lines(layout)
    return few_markers(layout, frozenset((*filing.kept_markers, len(layout.pages))))
