from __future__ import annotations

from dataclasses import replace

from rag.answering.draft import Material
from rag.answering.extreme import asks_extreme, extreme_row, is_one_of_many
from rag.answering.ranking import Scored
from rag.answering.units import row_unit
from rag.checking.check import check
from rag.checking.claim import Claim, Quote
from rag.filings.passage import Cell, Column, Passage, Row
from rag.retrieval.evidence import Evidence
from rag.retrieval.question import Query
from tests.answering.invented import filing

ROWS = (("内窥镜", "62.01"), ("监护仪", "49.69"), ("导管", "59.92"), ("合计", "99.00"))


def table(
    head: str = "毛利率(%)", listed: str = "分产品", rows_of: tuple[tuple[str, str], ...] = ROWS
) -> Passage:
    text, rows = "", []
    for label, figure in rows_of:
        start = len(text)
        text += f"{label} {figure}\n"
        place = start + len(label) + 1
        cell = Cell(figure, place, place + len(figure), 0, "%")
        rows.append(Row(label, start, place + len(figure), (cell,)))
    whole = filing().filing
    context = f"{listed} {head}"
    return Passage(
        "t", whole.id, 1, "table", ("主营业务",), (), text, context,
        columns=(Column(head, "", None, "ratio", "%"),), rows=tuple(rows),
    )  # fmt: skip


def said(question: str, passage: Passage) -> str:
    query = Query(question, question, "compare", line_items=("gross_margin",))
    evidence = (Evidence(1, 0.5, passage, filing().filing),)
    held = Material(query, evidence, ())
    ranked = [Scored(row_unit(0, passage, row), 1.0, 2.0) for row in passage.rows]
    draft = extreme_row(held, ranked, lambda piece: ())
    if draft is None:
        return ""
    assert all(check(claim, evidence).passed for claim in draft.claims)
    return "".join(claim.text for claim in draft.claims)


def test_the_row_with_the_most_is_told_and_no_total() -> None:
    assert said("毛利率最高的产品是哪个", table()) == "青珩科技表中所列，内窥镜毛利率最高，为62.01%。"


def test_the_most_and_the_least_are_told_together() -> None:
    assert said("毛利率最高和最低的产品各是哪个", table()).endswith("监护仪毛利率最低，为49.69%。")


def test_a_table_by_region_says_nothing_of_products() -> None:
    assert said("毛利率最高的产品是哪个", table(listed="分地区")) == ""


def test_another_column_is_not_read() -> None:
    assert said("毛利率最高的产品是哪个", table(head="收入占比(%)")) == ""


def test_a_question_for_one_figure_asks_for_no_extreme() -> None:
    assert not asks_extreme(Query("", "毛利率是多少", "number"))
    assert asks_extreme(Query("", "毛利率最高的产品是哪个", "compare"))


def test_the_gap_of_two_rows_named_in_the_question_is_told() -> None:
    told = said("导管和监护仪哪个毛利率高，高多少", table())
    assert told.startswith("青珩科技表中所列，导管毛利率最高，为59.92%。")
    assert "相差10.23个百分点" in told


def test_no_row_is_the_least_where_the_name_of_one_cannot_be_read() -> None:
    broken = (*ROWS[:2], ("、导管", "12.00"))
    assert said("毛利率最低的产品是哪个", table(rows_of=broken)) == ""


def test_rows_of_regions_and_of_channels_are_not_one_listing() -> None:
    mixed = (("境内", "62.01"), ("境外", "49.69"), ("直销", "59.92"))
    assert said("毛利率最高的地区是哪个", table(listed="", rows_of=mixed)) == ""


def test_one_row_alone_does_not_answer_which_is_the_most() -> None:
    passage = table()
    material = Material(
        Query("", "毛利率最高的产品是哪个", "compare"), (Evidence(1, 0.5, passage, filing().filing),), ()
    )
    row = passage.rows[1]
    assert is_one_of_many(material, [Claim("监护仪49.69%", (Quote(0, row.start, row.end),))])
    plain = replace(material, query=Query("", "监护仪毛利率是多少", "number"))
    assert not is_one_of_many(plain, [Claim("监护仪49.69%", (Quote(0, row.start, row.end),))])


def test_the_parts_of_an_item_are_told_as_amounts_of_it() -> None:
    parts = (("职工薪酬", "62.01"), ("差旅费", "49.69"))
    passage = replace(
        table(listed="", rows_of=parts), section=("63、销售费用",), columns=(Column("本期发生额", unit="%"),)
    )
    assert said("销售费用里哪一项最大", passage).startswith("青珩科技销售费用表中所列，职工薪酬金额最高")


def test_an_investment_of_the_period_is_not_the_one_in_all() -> None:
    assert said("哪个项目本期投入最多", table(head="累计投入金额", listed="项目")) == ""


def test_the_gap_of_both_ends_is_that_of_the_first_and_the_last() -> None:
    assert "12.32" in said("毛利率最高的产品比最低的产品高多少", table())


def test_the_smallest_fall_is_no_largest_one() -> None:
    assert said("收入降幅最小的产品是哪个", table(head="营业收入比上年增减(%)")) == ""
