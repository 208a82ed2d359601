"""The accounts of an invented issuer: a few given amounts, everything else follows from them."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from samples.making.ledger import ZERO, Ledger, StatementLine, read_statements, rules_of
from samples.making.money import amount, rounded

Source = dict[str, Any]
PERIODS: tuple[int, int] = (0, 1)
SALES = "销售商品、提供劳务收到的现金"
SCOPES = {"合并": ("合并资产负债表", "合并利润表"), "母公司": ("母公司资产负债表", "母公司利润表")}


@dataclass(frozen=True, slots=True)
class Accounts:
    """An issuer's facts and its two ledgers, in balance to the cent."""

    source: Source
    group: Ledger
    parent: Ledger
    statements: dict[str, list[StatementLine]]

    def ledger(self, scope: str) -> Ledger:
        """The ledger of a scope: 合并 or 母公司."""
        return self.group if scope == "合并" else self.parent


def load(folder: Path) -> Accounts:
    """The accounts kept in `accounts.toml` of a source folder."""
    source = tomllib.loads((folder / "accounts.toml").read_text(encoding="utf-8"))
    statements = read_statements(folder.parent / "statements.txt")
    group = _ledger(source, statements, "合并")
    _notes(source["附注"], group)
    _profit_lines(group)
    parent = _ledger(source, statements, "母公司")
    parent.put("联营投资收益", group.value("联营投资收益", 0), group.value("联营投资收益", 1))
    _pay_in_shares(group, parent)
    _close(group, source["合并"]["结转"])
    _earnings(source, group)
    _close(parent, source["母公司"]["结转"])
    return Accounts(source, group, parent, statements)


def _ledger(source: Source, statements: dict[str, list[StatementLine]], scope: str) -> Ledger:
    titles = (*SCOPES[scope], "现金流量表")
    ledger = Ledger(rules=rules_of([statements[title] for title in titles]))
    for table in ("科目", "现金流量"):
        for key, pair in source[scope][table].items():
            # The scope is not part of the name: what the parent alone holds is the same to the cent in both.
            ledger.put(key, *(amount(rough, f"{key}{n}") for n, rough in enumerate(pair)))
    return ledger


def _notes(notes: Source, group: Ledger) -> None:
    _breakdowns(notes["分项"], group)
    _revenue(notes["收入"], group)
    _receivables(notes["应收账款"], group)
    _inventory(notes["存货"], group)
    for name in ("固定资产", "无形资产"):
        _movement(name, notes[name], group)


def _put(group: Ledger, key: str, pair: list[object]) -> None:
    group.put(key, *(amount(rough, f"{key}{n}") for n, rough in enumerate(pair)))


def _sum_rule(group: Ledger, total: str, keys: list[str]) -> None:
    group.rules[total] = tuple((1, key) for key in keys)


def _breakdowns(tables: Source, group: Ledger) -> None:
    """Notes that say of what parts a line consists."""
    for line, parts in tables.items():
        keys = [f"{line}/{part}" for part in parts]
        for key, pair in zip(keys, parts.values(), strict=True):
            _put(group, key, pair)
        _sum_rule(group, line, keys)


def _revenue(table: Source, group: Ledger) -> None:
    products = {**table["产品"], "其他业务": table["其他业务"]}
    names = list(products)
    for name, (income, cost, income_prior, cost_prior) in products.items():
        _put(group, f"营业收入/{name}", [income, income_prior])
        _put(group, f"营业成本/{name}", [cost, cost_prior])
    for line in ("营业收入", "营业成本"):
        _sum_rule(group, f"主营{line}", [f"{line}/{name}" for name in names[:-1]])
        _sum_rule(group, line, [f"主营{line}", f"{line}/其他业务"])
    for name, (income, cost, income_prior, cost_prior) in table["地区"].items():
        _put(group, f"地区收入/{name}", [income, income_prior])
        _put(group, f"地区成本/{name}", [cost, cost_prior])
    rest = table["其余地区"]
    for line, head in (("收入", "主营营业收入"), ("成本", "主营营业成本")):
        others = [(-1, f"地区{line}/{name}") for name in table["地区"]]
        group.rules[f"地区{line}/{rest}"] = ((1, head), *others)


def _receivables(table: Source, group: Ledger) -> None:
    """Receivables by age; the allowance is the balance times the loss rate of its age."""
    ages = table["账龄"]
    for age, (end, begin, rate) in ages.items():
        _put(group, f"应收账款/余额/{age}", [end, begin])
        balances = group.given[f"应收账款/余额/{age}"]
        group.given[f"应收账款/坏账/{age}"] = [rounded(balance * Decimal(rate) / 100) for balance in balances]
    for part in ("余额", "坏账"):
        _sum_rule(group, f"应收账款/{part}", [f"应收账款/{part}/{age}" for age in ages])
    group.rules["应收账款"] = ((1, "应收账款/余额"), (-1, "应收账款/坏账"))
    _put(group, "应收账款/核销", table["核销"])
    group.put("应收账款/计提", group.rise("应收账款/坏账") + group.value("应收账款/核销"), ZERO)


def _inventory(table: Source, group: Ledger) -> None:
    names = list(table["类别"])
    for name, (end, begin, allowance_end, allowance_begin) in table["类别"].items():
        _put(group, f"存货/余额/{name}", [end, begin])
        _put(group, f"存货/跌价/{name}", [allowance_end, allowance_begin])
    for part in ("余额", "跌价"):
        _sum_rule(group, f"存货/{part}", [f"存货/{part}/{name}" for name in names])
    group.rules["存货"] = ((1, "存货/余额"), (-1, "存货/跌价"))
    _put(group, "存货/转销", table["转销"])
    group.put("存货/计提", group.rise("存货/跌价") + group.value("存货/转销"), ZERO)


def _movement(name: str, table: Source, group: Ledger) -> None:
    """Long-lived assets: cost and accumulated depreciation, each begin + increase - decrease = end."""
    for part, columns in (("原值", (0, 1, 2)), ("折旧", (3, 4, 5))):
        for kind, figures in table["类别"].items():
            key = f"{name}/{part}/{kind}"
            begin, more, less = (amount(figures[c], f"{key}{c}") for c in columns)
            group.put(key, begin + more - less, begin)
            group.put(f"{key}/增加", more, ZERO)
            group.put(f"{key}/减少", less, ZERO)
        for suffix in ("", "/增加", "/减少"):
            _sum_rule(group, f"{name}/{part}{suffix}", [f"{name}/{part}/{k}{suffix}" for k in table["类别"]])
    group.rules[name] = ((1, f"{name}/原值"), (-1, f"{name}/折旧"))


def _profit_lines(group: Ledger) -> None:
    """Profit lines that the notes determine: impairments and the deferred tax."""
    for line, charge in (("信用减值损失", "应收账款/计提"), ("资产减值损失", "存货/计提")):
        group.put(f"{line}/{charge.split('/')[0]}", -group.value(charge), group.value(f"{line}/上期"))
        _sum_rule(group, line, [f"{line}/{charge.split('/')[0]}", f"{line}/其他"])
    deferred = group.rise("递延所得税负债") - group.rise("递延所得税资产")
    group.put("所得税费用/递延所得税费用", deferred, group.value("递延所得税费用上期"))
    group.rules["利息费用"] = ((1, "财务费用/利息费用"),)
    group.rules["利息收入"] = ((-1, "财务费用/减：利息收入"),)
    group.rules["联营投资收益"] = ((1, "投资收益/权益法核算的长期股权投资收益"),)
    group.rules["营业外收支净额"] = ((1, "营业外收入"), (-1, "营业外支出"))
    _sum_rule(group, "所得税费用", ["所得税费用/当期所得税费用", "所得税费用/递延所得税费用"])


def _pay_in_shares(group: Ledger, parent: Ledger) -> None:
    """Share-based pay of the period goes into the capital reserve of the group and of the parent."""
    paid = sum((amounts[0] for key, amounts in group.given.items() if key.endswith("/股份支付")), ZERO)
    group.put("股份支付费用", paid, ZERO)
    for ledger in (group, parent):
        ledger.given["资本公积"][0] = ledger.value("资本公积", 1) + paid


def _close(ledger: Ledger, closing: Source) -> None:
    """Carry the profit into equity, then let cash balance the books and sales receipts the cash flows."""
    total, funding = "资产总计", "负债和所有者权益总计"
    ledger.given["未分配利润"] = [ZERO, ZERO]
    ledger.balance("未分配利润", funding, total, 1)
    is_group = "归属于母公司股东的净利润" in ledger.rules
    profit = ledger.value("归属于母公司股东的净利润" if is_group else "净利润")
    ledger.given["未分配利润"][0] = ledger.value("未分配利润", 1) + profit - Decimal(closing["分红"])
    if is_group:
        ledger.given["少数股东权益"][0] = ledger.value("少数股东权益", 1) + ledger.value("少数股东损益")
        ledger.given["其他综合收益"][0] = ledger.value("其他综合收益", 1) + ledger.value(
            "其他综合收益的税后净额"
        )
    ledger.balance("货币资金", total, funding, 0)
    restricted = [amount(rough, f"受限资金{n}") for n, rough in enumerate(closing["受限资金"])]
    ledger.put("受限资金", restricted[0], restricted[1])
    ledger.rules["现金及现金等价物"] = ((1, "货币资金"), (-1, "受限资金"))
    begin_prior = amount(closing["上年年初现金"], f"年初现金{profit}")
    ledger.put("期初现金余额", ledger.value("现金及现金等价物", 1), begin_prior)
    ledger.balance(SALES, "期末现金余额", "现金及现金等价物", 0)


def _earnings(source: Source, group: Ledger) -> None:
    """Earnings per share, return on equity and the profit without non-recurring items."""
    facts = source["每股"]
    profit = [group.value("归属于母公司股东的净利润", 0), group.value("归属于母公司股东的净利润", 1)]
    odd = source["非经常性损益"]
    keys = list(odd["项目"])
    group.rules["非经常性损益"] = tuple(
        (-1 if key.startswith("减：") else 1, odd["项目"][key] or f"非经常性损益/{key}") for key in keys
    )
    for key, pair in odd["金额"].items():
        _put(group, f"非经常性损益/{key}", pair)
    own = "扣除非经常性损益的净利润"
    group.put(own, profit[0] - group.value("非经常性损益", 0), profit[1] - group.value("非经常性损益", 1))
    equity = "归属于母公司所有者权益合计"
    begin = [group.value(equity, 1), amount(facts["上年年初净资产"], "净资产")]
    end = [group.value(equity, 0), amount(facts["上年六月末净资产"], "净资产")]
    for label, key in (("", "归属于母公司股东的净利润"), ("扣非", own)):
        per_share = [rounded(group.value(key, p) / Decimal(facts["加权股数"][p]), 4) for p in (0, 1)]
        group.put(f"{label}基本每股收益", *per_share)
        group.put(f"{label}稀释每股收益", *per_share)
        # Weighted equity: the mean of both ends, since profit accrues evenly and buy-backs are spread.
        rates = [rounded(group.value(key, p) / ((begin[p] + end[p]) / 2) * 100) for p in (0, 1)]
        group.put(f"{label}加权平均净资产收益率", *rates)
