"""A market of forty invented issuers with four filings each, and questions whose right filing is known.

The names are made to be confused: four issuers share each stem, some names stand inside others, trades
recur, and every issuer is asked for by full name, short name, code, pinyin initials, with a slip, in
traditional characters or in full width.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from rag.filings.filing import Filing, FilingKind, Issuer

# Each with its pinyin initials.
_STEMS = {
    "澜岳": "LY", "川禾": "CH", "湖岭": "HL", "云泊": "YB", "宁禾": "NH",
    "岭川": "LC", "泊松": "BS", "峰澜": "FL", "禾岳": "HY", "松泉": "SQ",
}  # fmt: skip
_TRADITIONAL = str.maketrans("岭云宁泊药电", "嶺雲寧泊藥電")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_PERIODS: dict[str, tuple[FilingKind, str, tuple[str, ...]]] = {
    "2023FY": (
        "annual",
        "2023年年度报告",
        ("2023年", "2023年年报", "23年年报", "2023FY", "2023年度", "去年全年"),
    ),
    "2024Q1": ("quarterly", "2024年第一季度报告", ("2024年一季报", "24Q1", "2024年第一季度", "今年一季度")),
    "2024H1": (
        "half_year",
        "2024年半年度报告",
        ("2024年上半年", "2024中报", "24H1", "24年半年报", "2024年1-6月", "今年上半年", "1H24"),
    ),
    "2024Q3": (
        "quarterly",
        "2024年第三季度报告",
        ("2024年前三季度", "2024三季报", "24年前三季度", "2024年1-9月"),
    ),
}
_MATTERS = (
    "营业收入是多少",
    "归母净利润多少",
    "研发费用花了多少",
    "前五大客户占比",
    "有没有商誉减值",
    "毛利率怎么样",
    "扣非净利呢",
)
_ABSENT_PERIODS = (
    "2021年",
    "2022年上半年",
    "2020年年报",
    "19年中报",
    "2022Q3",
    "2021年前三季度",
    "25年年报",
    "2026年上半年",
)
_ABSENT_TRADES = ("银行", "证券", "乳业", "航空", "钢铁", "重工", "传媒", "置业")
_ABSENT_STEMS = ("梧砾", "棠屿", "漪沅", "朔砚", "璟珈", "皓茗")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, and the id of the filing it is about; an empty id where nothing loaded fits."""

    question: str
    filing_id: str = ""


@dataclass(frozen=True, slots=True)
class _Listed:
    issuer: Issuer
    initials: str
    filings: tuple[Filing, ...]


def market() -> tuple[_Listed, ...]:
    """The issuers with their filings."""
    found: list[_Listed] = []
    for stem, letters in _STEMS.items():
        for name, short, initials in (
            (f"{stem}科技股份有限公司", f"{stem}科技", f"{letters}KJ"),
            (f"{stem}生物医药股份有限公司", f"{stem}医药", f"{letters}YY"),
            (f"新{stem}电子集团股份有限公司", f"新{stem}", f"X{letters}"),
            (f"{stem}控股集团股份有限公司", f"{stem}控股", f"{letters}KG"),
        ):
            code = f"{890000 + len(found) * 7:06d}"
            issuer = Issuer(name, short, (code,))
            filings = tuple(_filing(issuer, code, period) for period in _PERIODS)
            found.append(_Listed(issuer, initials, filings))
    return tuple(found)


def _filing(issuer: Issuer, code: str, period: str) -> Filing:
    kind, title, _ = _PERIODS[period]
    identity = (code + period).encode().hex().ljust(64, "0")
    return Filing(identity, f"{code}_{period}.pdf", title, issuer, kind, period, page_count=9, size_bytes=9)


def known(count: int) -> Iterator[Asking]:
    """Questions about issuers and periods that are loaded."""
    draw = random.Random(20)
    issuers = market()
    for _ in range(count):
        listed = draw.choice(issuers)
        filing = draw.choice(listed.filings)
        name, when = draw.choice(_names(listed)), draw.choice(_PERIODS[filing.period][2])
        yield Asking(_worded(draw, name, when), filing.id)


def unknown_issuers(count: int) -> Iterator[Asking]:
    """Questions about issuers nobody has loaded: new names, known stems with another trade, codes."""
    draw = random.Random(21)
    for n in range(count):
        stem = draw.choice((*_ABSENT_STEMS, *_STEMS))
        name = draw.choice((stem + draw.choice(_ABSENT_TRADES), f"{899000 + n}", f"{899000 + n}.SH"))
        yield Asking(_worded(draw, name, draw.choice(_PERIODS["2024H1"][2][:5])))


def unknown_periods(count: int) -> Iterator[Asking]:
    """Questions about periods of which no filing is loaded."""
    draw = random.Random(22)
    issuers = market()
    for _ in range(count):
        name = draw.choice(_names(draw.choice(issuers)))
        yield Asking(_worded(draw, name, draw.choice(_ABSENT_PERIODS)))


def _names(listed: _Listed) -> tuple[str, ...]:
    issuer = listed.issuer
    (code,) = issuer.stock_codes
    return (
        issuer.name,
        issuer.short_name,
        issuer.short_name,
        issuer.name.removesuffix("股份有限公司"),
        code,
        f"{code}.SH",
        code.translate(_WIDE),
        listed.initials,
        listed.initials.lower(),
        issuer.short_name.translate(_TRADITIONAL),
        issuer.name.replace("股份", "股分"),
    )


def _worded(draw: random.Random, name: str, when: str) -> str:
    matter = draw.choice(_MATTERS)
    forms = (
        f"{name}{when}{matter}",
        f"{when}{name}的{matter}",
        f"请问{name} {when} {matter}？",
        f"{name}，{when}，{matter}",
    )
    return draw.choice(forms)
