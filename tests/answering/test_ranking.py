from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.ranking import WEIGHTS, features, rank_units
from rag.answering.units import units_of
from rag.filings.fiscal import same_time
from rag.filings.page import Span
from rag.filings.passage import Cell, Column, Passage, Row
from tests.answering.invented import material, needs


def best(question: str) -> str:
    held = material(question)
    ranked = rank_units(units_of(held.evidence), needs(held), held.query, held.evidence)
    return ranked[0].unit.text if ranked else ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("软件著作权有多少项？", "318项"),
        ("资产负债率是多少？", "44.29%"),
        ("营业收入是多少？", "412,345,678.90"),
        ("有没有重大诉讼？", "重大诉讼"),
        ("应收账款是多少？", "99,000,000.00"),
    ],
)
def test_the_unit_that_answers_comes_first(question: str, words: str) -> None:
    assert words in best(question)


def test_the_parents_row_is_ruled_out_where_it_is_not_asked_for() -> None:
    assert "110,000,000.00" not in best("2024年6月末货币资金是多少？")


def test_the_parents_row_comes_first_where_it_is_asked_for() -> None:
    assert "110,000,000.00" in best("母公司2024年6月末货币资金是多少？")


def test_every_feature_has_its_weight_and_lies_between_nought_and_one() -> None:
    held = material("2024年上半年营业收入是多少，同比增长多少？")
    for unit in units_of(held.evidence):
        seen = features(unit, needs(held), held.query, held.evidence[unit.evidence])
        assert set(WEIGHTS) == set(seen)
        assert all(0 <= value <= 1 for value in seen.values())


@pytest.mark.parametrize(
    ("period", "asked", "same"),
    [
        ("2024H1", "2024H1", True),
        ("2024-06-30", "2024H1", True),
        ("2024H1", "2024-06-30", True),
        ("2024H1", "2024FY", False),
        ("2023-12-31", "2024H1", False),
        ("", "2024H1", False),
    ],
)
def test_a_date_stands_for_the_period_it_ends(period: str, asked: str, same: bool) -> None:
    assert same_time(period, asked) is same


def test_the_row_beside_one_without_figures_is_no_answer() -> None:
    assert "资产总计" not in best("库存股是多少？")


def test_the_half_year_is_no_answer_for_a_quarter() -> None:
    assert "412,345,678.90" not in best("2024年第二季度营业收入是多少？")


def test_the_half_year_is_no_answer_for_what_the_whole_year_will_bring() -> None:
    assert "412,345,678.90" not in best("预计2024年全年营业收入多少？")


def test_the_total_of_the_five_largest_is_not_the_line_items() -> None:
    held = material("应收账款坏账准备是多少？")
    whole, largest = (_total(title) for title in ("坏账准备的情况", "按欠款方归集的期末余额前五名"))
    pieces = (replace(held.evidence[0], passage=largest), replace(held.evidence[0], passage=whole))
    ranked = rank_units(units_of(pieces), needs(held), held.query, pieces)
    assert {scored.unit.evidence for scored in ranked} == {1}


def _total(title: str) -> Passage:
    text = "坏账准备合计 1,500,000.00"
    row = Row("坏账准备合计", 0, len(text), (Cell("1,500,000.00", 7, len(text), 0, "元"),))
    return Passage(
        "p",
        "f",
        0,
        "table",
        (title,),
        (Span(1, 0, len(text)),),
        text,
        rows=(row,),
        columns=(Column("期末余额", "2024-06-30"),),
    )


def test_the_part_with_related_parties_is_not_told_for_the_whole() -> None:
    text = "前五名客户销售额900万元，占62.77%。其中前五名客户销售额中关联方销售额400万元，占31.71%。"
    held = material("前五名客户销售额占比多少？")
    piece = replace(
        held.evidence[0], passage=Passage("p", "f", 0, "prose", (), (Span(1, 0, len(text)),), text)
    )
    ranked = rank_units(units_of((piece,)), needs(held), held.query, (piece,))
    assert [scored.unit.text for scored in ranked] == ["前五名客户销售额900万元,占62.77%。"]


def test_a_groups_row_does_not_answer_for_one_age() -> None:
    held = material("应收账款1-2年坏账准备是多少？")
    pieces = tuple(
        replace(held.evidence[0], passage=_aged(label)) for label in ("按组合计提坏账准备", "1至2年")
    )
    ranked = rank_units(units_of(pieces), needs(held), held.query, pieces)
    assert {scored.unit.evidence for scored in ranked} == {1}


def _aged(label: str) -> Passage:
    text = f"{label} 1,500,000.00"
    row = Row(label, 0, len(text), (Cell("1,500,000.00", len(label) + 1, len(text), 0, "元"),))
    span, column = (Span(1, 0, len(text)),), Column("坏账准备", "2024-06-30")
    return Passage("p", "f", 0, "table", ("应收账款",), span, text, rows=(row,), columns=(column,))


def test_what_has_added_up_since_the_listing_is_no_periods_figure() -> None:
    text = "自2020年上市以来，公司累计投入研发费用81.00亿元。本期研发费用为5.00亿元。"
    held = material("研发费用是多少？")
    piece = replace(
        held.evidence[0], passage=Passage("p", "f", 0, "prose", (), (Span(1, 0, len(text)),), text)
    )
    ranked = rank_units(units_of((piece,)), needs(held), held.query, (piece,))
    assert [scored.unit.text for scored in ranked] == ["本期研发费用为5.00亿元。"]
