"""Closing notes: cash flows by the indirect method, earnings per share, segments of ownership."""

from decimal import Decimal

from samples.making.accounts import Accounts
from samples.making.blocks import Row
from samples.making.ledger import ZERO
from samples.making.money import amount, yuan
from samples.making.tables import OPERATING, Blocks, table, unit

RECEIVABLES = ("应收票据", "应收账款", "应收款项融资", "预付款项", "其他应收款", "合同资产")


def indirect(accounts: Accounts) -> Blocks:
    """现金流量表补充资料: from the net profit to the operating cash flow of the period."""
    group = accounts.group
    steps: dict[str, Decimal] = {
        "净利润": group.value("净利润"),
        "加：资产减值准备": -group.value("资产减值损失"),
        "信用减值损失": -group.value("信用减值损失"),
        "固定资产折旧": group.value("固定资产/折旧/增加"),
        "使用权资产摊销": amount(accounts.source["补充资料"]["使用权资产摊销"], "使用权资产摊销"),
        "无形资产摊销": group.value("无形资产/折旧/增加"),
        "长期待摊费用摊销": amount(accounts.source["补充资料"]["长期待摊费用摊销"], "长期待摊费用摊销"),
        "处置固定资产、无形资产和其他长期资产的损失（收益以“-”号填列）": -group.value("资产处置收益"),
        "公允价值变动损失（收益以“-”号填列）": -group.value("公允价值变动收益"),
        "财务费用（收益以“-”号填列）": group.value("利息费用") + group.value("财务费用/汇兑损益"),
        "投资损失（收益以“-”号填列）": -group.value("投资收益"),
        "递延所得税资产减少（增加以“-”号填列）": -group.rise("递延所得税资产"),
        "递延所得税负债增加（减少以“-”号填列）": group.rise("递延所得税负债"),
        "存货的减少（增加以“-”号填列）": -group.rise("存货/余额"),
        "经营性应收项目的减少（增加以“-”号填列）": -sum((group.rise(key) for key in RECEIVABLES), ZERO),
        "股份支付费用": group.value("股份支付费用"),
    }
    end = group.value(OPERATING)
    payables = "经营性应付项目的增加（减少以“-”号填列）"
    steps[payables] = end - sum(steps.values(), ZERO)
    rows = [
        Row((label, yuan(value) if value else ""), tag=f"补充资料.{label}") for label, value in steps.items()
    ]
    rows.append(Row((OPERATING, yuan(end)), tag=f"补充资料.{OPERATING}"))
    return [unit(accounts), table("20 10", ["补充资料", "本期金额"], rows)]


def cash_equivalents(accounts: Accounts) -> Blocks:
    """现金和现金等价物 against 货币资金 at both ends."""
    group = accounts.group
    rows = [
        Row((label, yuan(group.value(key, 0)), yuan(group.value(key, 1))), tag=f"现金构成.{label}")
        for label, key in (
            ("货币资金", "货币资金"),
            ("减：使用受到限制的存款", "受限资金"),
            ("期末现金及现金等价物余额", "现金及现金等价物"),
        )
    ]
    return [unit(accounts), table("14 8 8", ["项目", "期末余额", "期初余额"], rows)]


def returns(accounts: Accounts) -> Blocks:
    """净资产收益率及每股收益."""
    group, rows = accounts.group, []
    for label, prefix in (
        ("归属于公司普通股股东的净利润", ""),
        ("扣除非经常性损益后归属于公司普通股股东的净利润", "扣非"),
    ):
        keys = (f"{prefix}加权平均净资产收益率", f"{prefix}基本每股收益", f"{prefix}稀释每股收益")
        rows.append(Row((label, *(str(group.value(key)) for key in keys)), tag=f"收益率.{label}"))
    head = ["报告期利润", "加权平均净资产收益率（%）", "基本每股收益", "稀释每股收益"]
    return [table("12 7 6 6", head, rows)]
