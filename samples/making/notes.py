"""Notes to the consolidated statements: the tables that the statements' amounts come from."""

from decimal import Decimal

from samples.making.accounts import Accounts
from samples.making.blocks import Row
from samples.making.ledger import ZERO, Ledger
from samples.making.money import amount, change, rounded, share, yuan
from samples.making.tables import Blocks, printed, table, unit

FLOW_LINES = {"销售费用", "管理费用", "研发费用", "财务费用", "其他收益", "投资收益", "所得税费用"}
ENDS = ["期末余额", "期初余额"]
FLOWS = ["本期发生额", "上期发生额"]


def breakdown(accounts: Accounts, line: str) -> Blocks:
    """Of what parts a line consists, both periods."""
    group = accounts.group
    parts = [key for _, key in group.rules[line]]
    heads = FLOWS if line in FLOW_LINES else ENDS
    rows = [
        Row((key.split("/")[1], printed(group, key, 0), printed(group, key, 1)), tag=key) for key in parts
    ]
    rows.append(Row(("合计", yuan(group.value(line, 0)), yuan(group.value(line, 1))), tag=f"附注.{line}"))
    return [unit(accounts), table("14 8 8", ["项目", *heads], rows)]


def cash(accounts: Accounts) -> Blocks:
    """货币资金: cash in hand, at banks, restricted."""
    group = accounts.group
    in_hand = [amount(1.2, "库存现金0"), amount(0.9, "库存现金1")]
    restricted = [group.value("受限资金", 0), group.value("受限资金", 1)]
    total = [group.value("货币资金", 0), group.value("货币资金", 1)]
    banks = [t - h - r for t, h, r in zip(total, in_hand, restricted, strict=True)]
    named = {"库存现金": in_hand, "银行存款": banks, "其他货币资金": restricted, "合计": total}
    rows = [Row((label, *map(yuan, pair)), tag=f"附注.货币资金.{label}") for label, pair in named.items()]
    return [unit(accounts), table("14 8 8", ["项目", *ENDS], rows)]


def ages(accounts: Accounts) -> Blocks:
    """应收账款 by age, balances before allowance."""
    group, key = accounts.group, "应收账款/余额"
    names = [*accounts.source["附注"]["应收账款"]["账龄"]]
    rows = [
        Row((age, printed(group, f"{key}/{age}", 0), printed(group, f"{key}/{age}", 1)), tag=f"{key}/{age}")
        for age in names
    ]
    rows.append(Row(("合计", printed(group, key, 0), printed(group, key, 1)), tag=key))
    return [unit(accounts), table("14 8 8", ["账龄", "期末账面余额", "期初账面余额"], rows)]


def allowances(accounts: Accounts) -> Blocks:
    """应收账款: balance, allowance and loss rate of each age at the end."""
    group, rows = accounts.group, []
    for age, (_, _, rate) in accounts.source["附注"]["应收账款"]["账龄"].items():
        balance, bad = printed(group, f"应收账款/余额/{age}", 0), printed(group, f"应收账款/坏账/{age}", 0)
        rows.append(Row((age, balance, bad, f"{Decimal(rate):.2f}"), tag=f"应收账款/坏账/{age}"))
    total, bad_total = group.value("应收账款/余额"), group.value("应收账款/坏账")
    rows.append(Row(("合计", yuan(total), yuan(bad_total), share(bad_total, total)), tag="应收账款/坏账"))
    return [unit(accounts), table("8 8 8 6", ["名称", "应收账款", "坏账准备", "计提比例（%）"], rows)]


def allowance_moves(accounts: Accounts) -> Blocks:
    """应收账款 allowance: begin, charged, written off, end."""
    group = accounts.group
    keys = ["应收账款/计提", "应收账款/核销"]
    begin, end = group.value("应收账款/坏账", 1), group.value("应收账款/坏账", 0)
    cells = ("账龄组合", yuan(begin), *(yuan(group.value(key)) for key in keys), yuan(end))
    head = ["类别", "期初余额", "计提", "转销或核销", "期末余额"]
    return [unit(accounts), table("6 7 7 7 7", head, [Row(cells, tag="应收账款/坏账变动")])]


def debtors(accounts: Accounts) -> Blocks:
    """The five greatest debtors, unnamed, with their share of all receivables."""
    group, rows, sums = accounts.group, [], [ZERO, ZERO]
    total = group.value("应收账款/余额")
    for name, rough in accounts.source["附注"]["应收账款"]["前五名"]:
        owed = amount(rough, f"欠款{name}")
        bad = rounded(owed * Decimal("0.05"))
        sums = [sums[0] + owed, sums[1] + bad]
        rows.append(Row((name, yuan(owed), share(owed, total), yuan(bad)), tag=f"前五名应收.{name}"))
    group.put("前五名应收", sums[0], ZERO)
    rows.append(Row(("合计", yuan(sums[0]), share(sums[0], total), yuan(sums[1])), tag="前五名应收.合计"))
    head = ["单位名称", "应收账款期末余额", "占应收账款期末余额合计数的比例（%）", "坏账准备期末余额"]
    return [unit(accounts), table("6 8 8 8", head, rows)]


def inventory(accounts: Accounts) -> Blocks:
    """存货: balance, write-down, carrying amount at both ends."""
    group, rows = accounts.group, []
    for name in [*accounts.source["附注"]["存货"]["类别"], ""]:
        tail = f"/{name}" if name else ""
        cells = []
        for period in (0, 1):
            balance = group.value(f"存货/余额{tail}", period)
            down = group.value(f"存货/跌价{tail}", period)
            cells += [yuan(balance), yuan(down) if down else "", yuan(balance - down)]
        rows.append(Row((name or "合计", *cells), tag=f"附注.存货.{name or '合计'}"))
    heads = [f"{end}{part}" for end in ("期末", "期初") for part in ("账面余额", "存货跌价准备", "账面价值")]
    return [unit(accounts), table("4.4 5.8 5.2 5.8 5.8 5.2 5.8", ["项目", *heads], rows)]


def inventory_moves(accounts: Accounts) -> Blocks:
    """存货跌价准备: begin, charged, used, end in total."""
    group = accounts.group
    begin, end = group.value("存货/跌价", 1), group.value("存货/跌价", 0)
    cells = ("合计", yuan(begin), yuan(group.value("存货/计提")), yuan(group.value("存货/转销")), yuan(end))
    head = ["项目", "期初余额", "本期计提", "本期转回或转销", "期末余额"]
    return [unit(accounts), table("6 7 7 7 7", head, [Row(cells, tag="存货/跌价变动")])]


def movement(accounts: Accounts, line: str) -> Blocks:
    """A long-lived asset by kind: cost, accumulated depreciation and carrying amount."""
    group = accounts.group
    kinds = [*accounts.source["附注"][line]["类别"]]
    used = "累计折旧" if line == "固定资产" else "累计摊销"
    rows = []
    for title, part in (("一、账面原值", "原值"), (f"二、{used}", "折旧")):
        rows.append(Row((title, *("" for _ in kinds), "")))
        for label, suffix, period in (
            ("1.期初余额", "", 1),
            ("2.本期增加金额", "/增加", 0),
            ("3.本期减少金额", "/减少", 0),
            ("4.期末余额", "", 0),
        ):
            keys = [f"{line}/{part}/{kind}{suffix}" for kind in kinds] + [f"{line}/{part}{suffix}"]
            cells = (label, *(printed(group, key, period) for key in keys))
            rows.append(Row(cells, tag=f"附注.{line}.{part}.{label}"))
    rows.append(Row(("三、账面价值", *("" for _ in kinds), "")))
    for label, period in (("1.期末账面价值", 0), ("2.期初账面价值", 1)):
        cells = tuple(_net(group, line, tail, period) for tail in (*(f"/{kind}" for kind in kinds), ""))
        rows.append(Row((label, *cells), tag=f"附注.{line}.{label}"))
    widths = " ".join(["6.4", *("6" for _ in kinds), "6.2"])
    return [unit(accounts), table(widths, ["项目", *kinds, "合计"], rows)]


def _net(group: Ledger, line: str, tail: str, period: int) -> str:
    return yuan(group.value(f"{line}/原值{tail}", period) - group.value(f"{line}/折旧{tail}", period))


def lives(accounts: Accounts) -> Blocks:
    """Useful lives of the fixed assets."""
    head = ["类别", "折旧方法", "折旧年限（年）", "残值率", "年折旧率"]
    rows = [
        Row(tuple(cells), tag=f"折旧年限.{cells[0]}") for cells in accounts.source["附注"]["固定资产"]["年限"]
    ]
    return [table("7 7 6 5 7", head, rows)]


def revenue(accounts: Accounts) -> Blocks:
    """营业收入和营业成本: main and other business."""
    group, rows = accounts.group, []
    for label, income, cost in (
        ("主营业务", "主营营业收入", "主营营业成本"),
        ("其他业务", "营业收入/其他业务", "营业成本/其他业务"),
        ("合计", "营业收入", "营业成本"),
    ):
        cells = (
            printed(group, income, 0),
            printed(group, cost, 0),
            printed(group, income, 1),
            printed(group, cost, 1),
        )
        rows.append(Row((label, *cells), tag=f"附注.营业收入.{label}"))
    head = ["项目", "本期发生额收入", "本期发生额成本", "上期发生额收入", "上期发生额成本"]
    return [unit(accounts), table("5 7 7 7 7", head, rows)]


def margins(accounts: Accounts, kind: str) -> Blocks:
    """主营业务 by product or by region: revenue, cost, margin and their changes."""
    group, table_of = accounts.group, accounts.source["附注"]["收入"]
    if kind == "产品":
        names, income, cost = [*table_of["产品"]], "营业收入", "营业成本"
    else:
        names, income, cost = [*table_of["地区"], table_of["其余地区"]], "地区收入", "地区成本"
    rows = []
    for name in names:
        a, a0 = group.value(f"{income}/{name}", 0), group.value(f"{income}/{name}", 1)
        b, b0 = group.value(f"{cost}/{name}", 0), group.value(f"{cost}/{name}", 1)
        margin, margin0 = rounded((a - b) / a * 100), rounded((a0 - b0) / a0 * 100)
        moved = f"{'增加' if margin >= margin0 else '减少'}{abs(margin - margin0)}个百分点"
        cells = (name, yuan(a), yuan(b), str(margin), change(a, a0), change(b, b0), moved)
        rows.append(Row(cells, tag=f"分{kind}.{name}"))
    head = [
        f"分{kind}",
        "营业收入",
        "营业成本",
        "毛利率（%）",
        "营业收入比上年增减（%）",
        "营业成本比上年增减（%）",
        "毛利率比上年增减（%）",
    ]
    return [unit(accounts), table("6.5 7 7 4 5 5 6", head, rows)]


def grants(accounts: Accounts) -> Blocks:
    """政府补助 taken to income, by project; the last project takes what is left."""
    total = accounts.group.value("其他收益/政府补助")
    given = accounts.source["附注"]["补助"]["项目"]
    amounts = [amount(rough, f"补助{name}") for name, rough in given[:-1]]
    amounts.append(total - sum(amounts, ZERO))
    rows = [
        Row((name, yuan(granted), "与收益相关"), tag=f"政府补助.{name}")
        for (name, _), granted in zip(given, amounts, strict=True)
    ]
    rows.append(Row(("合计", yuan(total), "/"), tag="政府补助.合计"))
    return [unit(accounts), table("16 8 6", ["补助项目", "本期计入损益金额", "与资产/收益相关"], rows)]
