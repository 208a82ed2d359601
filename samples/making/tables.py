"""Tables of the front part of a report: key figures, explained changes, research spending."""

from decimal import Decimal

from samples.making.accounts import Accounts
from samples.making.blocks import Line, Row, Table
from samples.making.ledger import ZERO, Ledger, StatementLine
from samples.making.money import change, points, profit_change, rounded, share, yuan

Blocks = list[Line | Table]
PROFIT = "归属于母公司股东的净利润"
OWN_PROFIT = "扣除非经常性损益的净利润"
EQUITY = "归属于母公司所有者权益合计"
OPERATING = "经营活动产生的现金流量净额"


def table(widths: str, head: list[str], rows: list[Row], *, splits: bool = False) -> Table:
    """A table of one head row and its rows."""
    shares = tuple(float(width) for width in widths.split())
    return Table((Row(tuple(head), head=True), *rows), shares, splits)


def unit(accounts: Accounts) -> Line:
    """The line above a table that names its unit."""
    return Line(accounts.source["公司"]["货币注"], align="right")


def printed(ledger: Ledger, key: str, period: int) -> str:
    """The amount as printed; empty where the line has none."""
    value = ledger.value(key, period)
    return yuan(value) if value != ZERO else ""


def statement(accounts: Accounts, title: str, scope: str) -> Blocks:
    """One of the statements, every line that has an amount tagged `scope.statement.key`."""
    name = "现金流量表" if title.endswith("现金流量表") else title
    ledger = accounts.ledger(scope)
    company = accounts.source["公司"]
    is_balance = title.endswith("资产负债表")
    heads = company["期末栏"] if is_balance else company["期间栏"]
    rows = [
        _statement_row(accounts, ledger, line, f"{title}.{line.key}") for line in accounts.statements[name]
    ]
    head, widths = ["项目", "附注", *heads], "9 4 8.5 8.5"
    if not accounts.source["附注号"]:
        rows = [Row((row.cells[0], *row.cells[2:]), tag=row.tag) for row in rows]
        head, widths = ["项目", *heads], "17 9 9"
    when = "2024年6月30日" if is_balance else "2024年1—6月"
    signed = "公司负责人：{法人}　主管会计工作负责人：{财务}　会计机构负责人：{会计}".format(**company)
    return [
        Line(title, align="center"),
        Line(when, align="center"),
        Line(f"编制单位：{company['全称']}"),
        unit(accounts),
        table(widths, head, rows),
        Line(signed),
    ]


def _statement_row(accounts: Accounts, ledger: Ledger, line: StatementLine, tag: str) -> Row:
    if line.key.endswith("每股收益（元/股）") or "每股收益" in line.key:
        values = [str(ledger.value(line.key, p)) if ledger.knows(line.key) else "" for p in (0, 1)]
    else:
        values = ["" if line.is_heading else printed(ledger, line.key, p) for p in (0, 1)]
    note = accounts.source["附注号"].get(line.key, "") if ledger is accounts.group else ""
    return Row((line.label, note, *values), tag=tag if any(values) else "")


def key_figures(accounts: Accounts) -> Blocks:
    """主要会计数据: amounts of the period and of its end."""
    group = accounts.group
    flows = [
        ("营业收入", "营业收入"),
        ("归属于上市公司股东的净利润", PROFIT),
        ("归属于上市公司股东的扣除非经常性损益的净利润", OWN_PROFIT),
        ("经营活动产生的现金流量净额", OPERATING),
    ]
    rows = [_compared(group, label, key, key != "营业收入") for label, key in flows]
    ends = [("归属于上市公司股东的净资产", EQUITY), ("总资产", "资产总计")]
    ends_rows = [_compared(group, label, key, False) for label, key in ends]
    ends_head = Row(("", "本报告期末", "上年度末", "本报告期末比上年度末增减（%）"), head=True)
    head = ["主要会计数据", "本报告期（1-6月）", "上年同期", "本报告期比上年同期增减（%）"]
    return [unit(accounts), table("11 8 8 6", head, [*rows, ends_head, *ends_rows])]


def _compared(group: Ledger, label: str, key: str, is_profit: bool) -> Row:
    current, prior = group.value(key, 0), group.value(key, 1)
    moved = profit_change(current, prior) if is_profit else change(current, prior)
    return Row((label, yuan(current), yuan(prior), moved), tag=f"主要会计数据.{label}")


def key_ratios(accounts: Accounts) -> Blocks:
    """主要财务指标: earnings per share, return on equity, share of research spending."""
    group = accounts.group
    rows = []
    for label, key in (
        ("基本每股收益（元/股）", "基本每股收益"),
        ("稀释每股收益（元/股）", "稀释每股收益"),
        ("扣除非经常性损益后的基本每股收益（元/股）", "扣非基本每股收益"),
    ):
        current, prior = group.value(key, 0), group.value(key, 1)
        cells = (label, str(current), str(prior), profit_change(current, prior))
        rows.append(Row(cells, tag=f"主要财务指标.{label}"))
    for label, key in (
        ("加权平均净资产收益率（%）", "加权平均净资产收益率"),
        ("扣除非经常性损益后的加权平均净资产收益率（%）", "扣非加权平均净资产收益率"),
    ):
        current, prior = group.value(key, 0), group.value(key, 1)
        rows.append(
            Row((label, str(current), str(prior), points(current, prior)), tag=f"主要财务指标.{label}")
        )
    ratios = [rounded(_research(group, p)[2] / group.value("营业收入", p) * 100) for p in (0, 1)]
    label = "研发投入占营业收入的比例（%）"
    rows.append(Row((label, *map(str, ratios), points(*ratios)), tag=f"主要财务指标.{label}"))
    head = ["主要财务指标", "本报告期（1-6月）", "上年同期", "本报告期比上年同期增减（%）"]
    return [table("11 8 8 6", head, rows)]


def _research(group: Ledger, period: int) -> tuple[Decimal, Decimal, Decimal]:
    """Research spending: expensed, capitalised, together."""
    expensed = group.value("研发费用", period)
    capitalised = group.value("资本化研发投入", period)
    return expensed, capitalised, expensed + capitalised


def research(accounts: Accounts) -> Blocks:
    """研发投入情况表."""
    group = accounts.group
    now, before = _research(group, 0), _research(group, 1)
    rows = [
        Row((label, yuan(a), yuan(b) if b else "0.00", change(a, b)), tag=f"研发投入.{label}")
        for label, a, b in zip(("费用化研发投入", "资本化研发投入", "研发投入合计"), now, before, strict=True)
    ]
    sales = [group.value("营业收入", 0), group.value("营业收入", 1)]
    for label, part, whole in (
        ("研发投入总额占营业收入比例（%）", (now[2], before[2]), sales),
        ("研发投入资本化的比重（%）", (now[1], before[1]), [now[2], before[2]]),
    ):
        ratios = [rounded(a / b * 100) for a, b in zip(part, whole, strict=True)]
        rows.append(Row((label, *map(str, ratios), points(*ratios)), tag=f"研发投入.{label}"))
    return [unit(accounts), table("11 8 8 6", ["", "本期数", "上年同期数", "变化幅度（%）"], rows)]


def one_off_items(accounts: Accounts) -> Blocks:
    """非经常性损益项目和金额."""
    group, rows = accounts.group, []
    for label, key in accounts.source["非经常性损益"]["项目"].items():
        rows.append(
            Row((label, printed(group, key or f"非经常性损益/{label}", 0), ""), tag=f"非经常性损益.{label}")
        )
    rows.append(Row(("合计", yuan(group.value("非经常性损益")), ""), tag="非经常性损益.合计"))
    return [unit(accounts), table("16 8 5", ["非经常性损益项目", "金额", "附注（如适用）"], rows)]


def explained_changes(accounts: Accounts) -> Blocks:
    """财务报表相关科目变动分析表 and the reason given for each line."""
    group, rows, reasons = accounts.group, [], []
    for key, why in accounts.source["变动原因"].items():
        current, prior = group.value(key, 0), group.value(key, 1)
        rows.append(Row((key, yuan(current), yuan(prior), change(current, prior)), tag=f"科目变动.{key}"))
        reasons.append(Line(f"{key}变动原因说明：{why}"))
    return [
        unit(accounts),
        table("11 8 8 6", ["科目", "本期数", "上年同期数", "变动比例（%）"], rows),
        *reasons,
    ]


def balance_changes(accounts: Accounts) -> Blocks:
    """资产及负债状况: what moved much since the year's end, and why."""
    group, rows = accounts.group, []
    total = [group.value("资产总计", 0), group.value("资产总计", 1)]
    for key, why in accounts.source["情况说明"].items():
        end, begin = group.value(key, 0), group.value(key, 1)
        cells = (
            key,
            yuan(end),
            share(end, total[0]),
            yuan(begin),
            share(begin, total[1]),
            change(end, begin),
            why,
        )
        rows.append(Row(cells, tag=f"资产负债变动.{key}"))
    head = [
        "项目名称",
        "本期期末数",
        "本期期末数占总资产的比例（%）",
        "上年期末数",
        "上年期末数占总资产的比例（%）",
        "本期期末金额较上年期末变动比例（%）",
        "情况说明",
    ]
    return [unit(accounts), table("5 7.2 4.2 7.2 4.2 4.6 8", head, rows)]
