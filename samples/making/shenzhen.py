"""Tables as issuers on the Shenzhen exchange print them: signs of percent, reasons inside the table."""

from samples.making.accounts import Accounts
from samples.making.blocks import Row
from samples.making.ledger import ZERO, Ledger
from samples.making.money import change, profit_change, rounded, share, yuan
from samples.making.tables import EQUITY, OPERATING, OWN_PROFIT, PROFIT, Blocks, table, unit


def percent(text: str) -> str:
    """The figure with its sign of percent; words stay words."""
    return text if text == "不适用" else f"{text}%"


def key_figures(accounts: Accounts) -> Blocks:
    """主要会计数据和财务指标 in one table."""
    group = accounts.group
    rows = [
        _row(f"{label}（元）", yuan(group.value(key, 0)), yuan(group.value(key, 1)), _moved(group, key))
        for label, key in (
            ("营业收入", "营业收入"),
            ("归属于上市公司股东的净利润", PROFIT),
            ("归属于上市公司股东的扣除非经常性损益的净利润", OWN_PROFIT),
            ("经营活动产生的现金流量净额", OPERATING),
        )
    ]
    for label, key in (("基本每股收益（元/股）", "基本每股收益"), ("稀释每股收益（元/股）", "稀释每股收益")):
        rows.append(_row(label, str(group.value(key, 0)), str(group.value(key, 1)), _moved(group, key)))
    rate = [group.value("加权平均净资产收益率", 0), group.value("加权平均净资产收益率", 1)]
    rows.append(_row("加权平均净资产收益率", f"{rate[0]}%", f"{rate[1]}%", f"{rate[0] - rate[1]}%"))
    rows.append(Row(("", "本报告期末", "上年度末", "本报告期末比上年度末增减"), head=True))
    for label, key in (("总资产（元）", "资产总计"), ("归属于上市公司股东的净资产（元）", EQUITY)):
        end, begin = group.value(key, 0), group.value(key, 1)
        rows.append(_row(label, yuan(end), yuan(begin), percent(change(end, begin))))
    return [table("11 8 8 6", ["", "本报告期", "上年同期", "本报告期比上年同期增减"], rows)]


def _row(label: str, current: str, prior: str, moved: str) -> Row:
    return Row((label, current, prior, moved), tag=f"主要会计数据.{label}")


def _moved(group: Ledger, key: str) -> str:
    return percent(profit_change(group.value(key, 0), group.value(key, 1)))


def explained_changes(accounts: Accounts) -> Blocks:
    """主要财务数据同比变动情况, the reason in the last column."""
    group, rows = accounts.group, []
    for key, why in accounts.source["变动原因"].items():
        current, prior = group.value(key, 0), group.value(key, 1)
        rows.append(
            Row(
                (key, yuan(current), yuan(prior), percent(change(current, prior)), why), tag=f"科目变动.{key}"
            )
        )
    return [
        unit(accounts),
        table("6.5 7.5 7.5 5 10", ["", "本报告期", "上年同期", "同比增减", "变动原因"], rows),
    ]


def balance_changes(accounts: Accounts) -> Blocks:
    """资产构成重大变动情况: shares of total assets and by how many points they moved."""
    group, rows = accounts.group, []
    total = [group.value("资产总计", 0), group.value("资产总计", 1)]
    for key, why in accounts.source["情况说明"].items():
        end, begin = group.value(key, 0), group.value(key, 1)
        now, before = rounded(end / total[0] * 100), rounded(begin / total[1] * 100)
        cells = (key, yuan(end), f"{now}%", yuan(begin), f"{before}%", f"{now - before}%", why)
        rows.append(Row(cells, tag=f"资产负债变动.{key}"))
    head = ["", "本报告期末金额", "占总资产比例", "上年末金额", "占总资产比例", "比重增减", "重大变动说明"]
    return [unit(accounts), table("4.6 7.2 4 7.2 4 4 8", head, rows)]


def margins(accounts: Accounts) -> Blocks:
    """占比10%以上的产品: revenue, cost, margin and their changes in percent."""
    group, rows = accounts.group, []
    total = group.value("营业收入")
    for name in accounts.source["附注"]["收入"]["产品"]:
        a, a0 = group.value(f"营业收入/{name}", 0), group.value(f"营业收入/{name}", 1)
        b, b0 = group.value(f"营业成本/{name}", 0), group.value(f"营业成本/{name}", 1)
        if a * 10 < total:
            continue
        margin, margin0 = rounded((a - b) / a * 100), rounded((a0 - b0) / a0 * 100)
        cells = (name, yuan(a), yuan(b), f"{margin}%", percent(change(a, a0)), percent(change(b, b0)))
        rows.append(Row((*cells, f"{margin - margin0}%"), tag=f"分产品.{name}"))
    head = [
        "分产品或服务",
        "营业收入",
        "营业成本",
        "毛利率",
        "营业收入比上年同期增减",
        "营业成本比上年同期增减",
        "毛利率比上年同期增减",
    ]
    return [unit(accounts), table("6.5 7 7 4 5 5 5", head, rows)]


def composition(accounts: Accounts) -> Blocks:
    """营业收入构成 by product and by region with shares."""
    group, table_of, rows = accounts.group, accounts.source["附注"]["收入"], []
    regions = [*table_of["地区"], table_of["其余地区"]]
    parts = (
        ("分产品", [(name, f"营业收入/{name}") for name in [*table_of["产品"], "其他业务"]]),
        ("分地区", [(name, f"地区收入/{name}") for name in regions]),
    )
    for title, keys in parts:
        rows.append(Row((title, "", "", "", "", "")))
        whole = [sum((group.value(key, p) for _, key in keys), ZERO) for p in (0, 1)]
        for name, key in keys:
            a, b = group.value(key, 0), group.value(key, 1)
            cells = (
                yuan(a),
                f"{share(a, whole[0])}%",
                yuan(b),
                f"{share(b, whole[1])}%",
                percent(change(a, b)),
            )
            rows.append(Row((name, *cells), tag=f"收入构成.{name}"))
    head = ["", "本报告期金额", "占比", "上年同期金额", "占比", "同比增减"]
    return [unit(accounts), table("7 8 5 8 5 5", head, rows)]
