"""Generated filings of invented issuers: passages of the length and wording of real ones, nobody's text."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from rag.filings.filing import Filing, Issuer, ParsedFiling
from rag.filings.lexicon import line_items
from rag.filings.page import Page, Span
from rag.filings.passage import Passage, passage_id

PASSAGES_A_FILING = 1000
PERIODS = ("2023FY", "2024Q1", "2024H1", "2024Q3")
_STEMS = [
    "澜岳",
    "川禾",
    "湖岭",
    "云泊",
    "宁禾",
    "岭川",
    "泊松",
    "峰澜",
    "禾岳",
    "松泉",
    "砚湖",
    "霁峰",
    "漪和",
    "朔宁",
    "栎原",
    "澄屿",
]
_TRADES = ["科技", "医药", "电子", "能源", "材料", "软件", "机械", "食品"]
_VERBS = [
    "增加",
    "减少",
    "开展",
    "推进",
    "完成",
    "披露",
    "计提",
    "确认",
    "支付",
    "收到",
    "取得",
    "处置",
    "投入",
    "加强",
    "优化",
    "调整",
]
_MATTERS = [
    "研发项目",
    "客户",
    "供应商",
    "产品",
    "订单",
    "子公司",
    "募集资金",
    "生产基地",
    "核心技术",
    "人员",
    "专利",
    "市场",
    "渠道",
    "区域",
    "合同",
    "政府补助",
]
_TAILS = [
    "主要系",
    "所致",
    "较上年同期",
    "报告期内",
    "截至报告期末",
    "按照",
    "公司",
    "董事会",
    "审议通过",
    "预计",
    "金额",
    "比例",
]


def filings(passages: int, seed: int = 5) -> Iterator[ParsedFiling]:
    """Filings of a thousand passages each, as many as hold `passages`."""
    draw = random.Random(seed)
    names = [item.name for item in line_items().values()]
    for number in range(passages // PASSAGES_A_FILING):
        filing = card(number)
        texts = [_text(draw, names) for _ in range(PASSAGES_A_FILING)]
        parts = tuple(_passage(filing.id, ordinal, text) for ordinal, text in enumerate(texts))
        pages = (Page(1, "\n".join(texts), "1"),)
        yield ParsedFiling(filing, pages, (), parts, ())


def card(number: int) -> Filing:
    """The filing of a number: four periods an issuer, issuers numbered through."""
    issuer = number // len(PERIODS)
    stem, trade = _STEMS[issuer % len(_STEMS)], _TRADES[issuer // len(_STEMS) % len(_TRADES)]
    round_ = issuer // (len(_STEMS) * len(_TRADES))
    short = stem + trade + ("甲乙丙丁戊己庚辛"[round_ - 1] if round_ else "")
    period = PERIODS[number % len(PERIODS)]
    identity = hashlib.sha256(f"generated {number}".encode()).hexdigest()
    listed = Issuer(f"{short}股份有限公司", short, (f"{800000 + issuer:06d}",))
    return Filing(
        identity, f"{number}.txt", f"{period}报告", listed, "half_year", period, page_count=1, size_bytes=1
    )


def _text(draw: random.Random, names: list[str]) -> str:
    """About 150 characters of words that filings use, with figures."""
    words: list[str] = []
    while sum(map(len, words)) < draw.randint(60, 260):
        figure = f"{draw.uniform(1, 9_999_999):,.2f}元"
        words += [draw.choice(names), draw.choice(_VERBS), draw.choice(_MATTERS), draw.choice(_TAILS), figure]
    return "".join(words) + "。"


def _passage(filing_id: str, ordinal: int, text: str) -> Passage:
    section = (f"第{ordinal // 100 + 1}节", f"{ordinal // 10}、事项")
    return Passage(
        passage_id(filing_id, ordinal), filing_id, ordinal, "prose", section, (Span(1, 0, len(text)),), text
    )


def questions(count: int, issuers: int, *, known: bool, seed: int = 6) -> list[str]:
    """Questions with or without issuer and period."""
    draw = random.Random(seed)
    names = [item.name for item in line_items().values()]
    found = []
    for _ in range(count):
        filing = card(draw.randrange(issuers * len(PERIODS)))
        whom = f"{filing.issuer.short_name}{filing.period}" if known else ""
        found.append(f"{whom}{draw.choice(names)}{draw.choice(_VERBS)}的{draw.choice(_MATTERS)}有哪些")
    return found
