"""An invented filing, small enough to see through, as evidence for the check."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from rag.checking.claim import Claim, Operand, Quote
from rag.filings.filing import Filing, Issuer
from rag.filings.page import Page, Span
from rag.filings.passage import Cell, Column, Fact, Passage, Row
from rag.retrieval.evidence import Evidence
from rag.structure.cell_units import cell_units

FILING = Filing(
    id="ab" * 32,
    file_name="qingheng.txt",
    title="青珩科技股份有限公司2024年半年度报告",
    issuer=Issuer("青珩科技股份有限公司", "青珩科技", ("688999",), ("公司",)),
    kind="half_year",
    period="2024H1",
    page_count=40,
    size_bytes=1000,
)
OTHER = replace(
    FILING,
    id="cd" * 32,
    file_name="baiyan.txt",
    title="白砚股份有限公司2024年半年度报告",
    issuer=Issuer("白砚股份有限公司", "白砚股份", ("688998",)),
)

TABLE_TEXT = """营业收入 412,345,678.90 400,000,000.00 3.09
归属于上市公司股东的净利润 -61,234,567.80 -80,100,200.30 不适用
基本每股收益（元／股） -0.34 -0.44 不适用
研发投入占营业收入的比例（%） 33.84 36.10 减少2.26个百分点"""
PROSE_TEXT = (
    "报告期内，公司实现营业收入41,234.57万元，较上年同期增长3.09%；归属于上市公司股东的净利润-6,123.46万元，亏损收窄23.55%。"
    "截至2024年6月30日，公司员工总数1,234人，其中研发人员567人。公司共推出近70款K7680系列产品，涉及18个品类。"
    "2022年、2023年公司研发费用分别为1.20亿元和1.35亿元。公司不存在控股股东非经营性占用资金的情况。"
    "公司营业收入增长主要系渠道合作伙伴带来的订单增加所致。"
)
BALANCE_TEXT = "货币资金 210,000,000.00 305,000,000.00\n应收账款 99,000,000.00 88,000,000.00"


def _rows(text: str) -> tuple[Row, ...]:
    rows: list[Row] = []
    position = 0
    for line in text.split("\n"):
        label, *printed = line.split(" ")
        cells: list[Cell] = []
        at = position + len(label) + 1
        for column, cell in enumerate(printed):
            cells.append(Cell(cell, at, at + len(cell), column))
            at += len(cell) + 1
        rows.append(Row(label, position, position + len(line), tuple(cells)))
        position += len(line) + 1
    return tuple(rows)


def _passage(key: str, page: int, text: str, filing: Filing = FILING, **fields: object) -> Passage:
    base = Passage(
        key, filing.id, page, "prose", ("第二节 公司简介和主要财务指标",), (Span(page, 0, len(text)),), text
    )
    made = replace(base, **fields)  # type: ignore[arg-type]
    return replace(made, rows=tuple(_with_units(row, made) for row in made.rows))


def _with_units(row: Row, passage: Passage) -> Row:
    """The row with the unit of each cell decided as the reader does."""
    columns = [passage.columns[cell.column] if passage.columns else None for cell in row.cells]
    units = cell_units([cell.text for cell in row.cells], row.label, columns, passage.unit)
    cells = tuple(replace(cell, unit=unit) for cell, unit in zip(row.cells, units, strict=True))
    return replace(row, cells=cells)


TABLE = _passage(
    "p-table",
    7,
    TABLE_TEXT,
    kind="table",
    unit="元",
    context="主要会计数据\n单位：元 币种：人民币",
    rows=_rows(TABLE_TEXT),
    scope="consolidated",
    statement="key_indicators",
    columns=(
        Column("本报告期（1－6月）", "2024H1"),
        Column("上年同期", "2023H1"),
        Column("本报告期比上年同期增减(%)", "2024H1", None, "change", "%"),
    ),
)
PROSE = _passage("p-prose", 9, PROSE_TEXT, section=("第三节 管理层讨论与分析", "经营情况的讨论与分析"))
BALANCE = _passage(
    "p-balance",
    70,
    BALANCE_TEXT,
    kind="table",
    unit="元",
    context="母公司资产负债表\n单位：元",
    rows=_rows(BALANCE_TEXT),
    scope="parent",
    statement="balance_sheet",
    section=("第十节 财务报告",),
    columns=(Column("2024年6月30日", "2024-06-30"), Column("2023年12月31日", "2023-12-31")),
)
OTHER_TEXT = "报告期内，公司实现营业收入9,876.54万元，较上年同期下降12.34%。"
OTHER_PROSE = _passage("p-other", 8, OTHER_TEXT, OTHER, section=("第三节 管理层讨论与分析",))
COUNTS_TEXT = (
    "2024年上半年，公司召开董事会4次，审计委员会3次。公司共拥有1,318项发明专利和1,448项软件著作权。"
    "报告期末资产负债率为44.29%（上年年末：41.67%）。2024年新增获得专利86项。"
)
COUNTS = _passage("p-counts", 12, COUNTS_TEXT, section=("第四节 公司治理",))
SUBSCRIBERS_TEXT = (
    "截至2024年6月30日，公司年度经常性收入为5,326.40万元，较上年末增长18.7%，订阅客户续约率为91.3%。"
    "全年目标为6,000万元，上半年完成进度为88.77%。自2020年上市以来，公司累计投入研发费用9.00亿元。"
)
SUBSCRIBERS = _passage("p-subscribers", 14, SUBSCRIBERS_TEXT, section=("第三节 管理层讨论与分析",))
NOTE_TEXT = "合同资产 8,500,000.00 3,400,000.00 5,100,000.00"
NOTE = _passage(
    "p-note",
    30,
    NOTE_TEXT,
    kind="table",
    unit="元",
    rows=_rows(NOTE_TEXT),
    scope="consolidated",
    section=("合并财务报表项目注释", "6、合同资产"),
    columns=tuple(Column(f"期末余额{word}", "2024-06-30") for word in ("账面余额", "坏账准备", "账面价值")),
)
AREAS_TEXT = "境外 89,000,000.00 70,000,000.00"
AREAS = _passage(
    "p-areas",
    15,
    AREAS_TEXT,
    kind="table",
    unit="元",
    rows=_rows(AREAS_TEXT),
    section=("主营业务分析", "营业收入构成"),
    columns=(Column("本报告期", "2024H1"), Column("上年同期", "2023H1")),
)
EVIDENCE = (
    Evidence(1, 0.9, TABLE, FILING),
    Evidence(2, 0.8, PROSE, FILING),
    Evidence(3, 0.7, BALANCE, FILING),
    Evidence(4, 0.6, OTHER_PROSE, OTHER),
    Evidence(5, 0.5, COUNTS, FILING),
    Evidence(6, 0.4, SUBSCRIBERS, FILING),
    Evidence(7, 0.3, NOTE, FILING),
    Evidence(8, 0.2, AREAS, FILING),
)


def fact(evidence: int, row: int, cell: int, **fields: object) -> Fact:
    """The fact of one cell of an evidence table."""
    passage = EVIDENCE[evidence].passage
    printed_row, column = passage.rows[row], passage.columns[cell]
    printed = printed_row.cells[cell]
    base = Fact(
        f"{passage.id}-{row}-{cell}",
        passage.filing_id,
        passage.id,
        printed_row.label,
        "",
        column.period,
        passage.scope,
        passage.statement,
        column.measure,
        Decimal(printed.text.replace(",", "")),
        column.unit or passage.unit,
        column.head,
        printed.text,
        (printed_row.start, printed_row.end),
        (printed.start, printed.end),
        passage.section,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def row_quote(evidence: int, row: int) -> Quote:
    """The whole row of an evidence table."""
    printed = EVIDENCE[evidence].passage.rows[row]
    return Quote(evidence, printed.start, printed.end)


def operand(evidence: int, row: int, cell: int, **fields: object) -> Operand:
    """The cell as an operand."""
    return Operand(fact(evidence, row, cell, **fields), row_quote(evidence, row))


def sentence(evidence: int, words: str) -> Quote:
    """The sentence of an evidence passage that holds the words."""
    text = EVIDENCE[evidence].passage.text
    place = text.index(words)
    start = text.rfind("。", 0, place) + 1
    return Quote(evidence, start, text.index("。", place) + 1)


def claim(text: str, *quotes: Quote) -> Claim:
    """A claim without facts."""
    return Claim(text, quotes)


@dataclass
class Pages:
    """Pages held in memory, keyed by filing and position."""

    held: dict[tuple[str, int], Page] = field(default_factory=dict)

    def page(self, filing_id: str, position: int) -> Page:
        """The page of that position."""
        return self.held[filing_id, position]


def pages() -> Pages:
    """The pages of the evidence: each passage is the text of its page."""
    return Pages(
        {
            (item.filing.id, item.passage.spans[0].page): Page(
                item.passage.spans[0].page, item.passage.text, str(item.passage.spans[0].page)
            )
            for item in EVIDENCE
        }
    )
