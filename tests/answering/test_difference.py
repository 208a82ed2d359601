from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answering.difference import _comparable, compare
from rag.answering.draft import Material
from rag.answering.relevance import Need
from rag.answering.units import Unit, units_of
from rag.checking.check import check
from rag.checking.claim import Claim
from rag.retrieval.question import Query
from tests.answering.invented import material, needs
from tests.checking.hand_built import EVIDENCE


def row_of(held: Material, line_item: str) -> Unit:
    return next(u for u in units_of(held.evidence) if u.line_item == line_item)


def change(question: str, line_item: str) -> Claim | None:
    held = material(question)
    return compare(held, [row_of(held, line_item)], needs(held))


def test_the_change_of_a_balance_is_worked_out() -> None:
    claim = change("货币资金和年初相比变动多少？", "monetary_funds")
    assert claim is not None
    assert claim.text.startswith("2024年6月末较2023年末")
    assert check(claim, material("货币资金").evidence).passed


def test_a_fall_is_told_in_percent_where_asked_in_percent() -> None:
    claim = change("货币资金与年初相比下降百分之几？", "monetary_funds")
    assert claim is not None
    assert claim.text == "2024年6月末较2023年末下降31.15%。"


def test_a_printed_change_is_not_worked_out_again() -> None:
    assert change("营业收入和去年相比变动多少？", "revenue") is None


def test_without_a_comparison_asked_for_none_is_made() -> None:
    assert change("货币资金是多少？", "monetary_funds") is None


def test_a_comparative_in_the_same_sentence_is_set_against_its_figure() -> None:
    held = material("资产负债率和上年末相比变动多少？")
    unit = next(u for u in units_of(held.evidence) if "44.29%" in u.text)
    claim = compare(held, [unit], needs(held))
    assert claim is not None
    assert claim.text == "上升2.62个百分点。"


def test_two_rows_of_one_issuer_are_not_set_against_each_other() -> None:
    held = Material(Query("", "", "compare"), EVIDENCE, ())
    rows = [u for u in units_of(EVIDENCE) if u.kind == "row"]
    assert compare(held, rows[:2], ()) is None


def test_nothing_said_gives_nothing_to_compare() -> None:
    assert compare(material("货币资金和年初相比变动多少？"), [], ()) is None


def test_a_total_in_a_sentence_is_not_set_against_one_of_its_items() -> None:
    held = material("三费合计和财务费用差多少？")
    sentence = next(u for u in units_of(held.evidence) if "44.29%" in u.text)
    row = row_of(held, "monetary_funds")
    asked = [Need(("资产负债率",), 5.0, 1), Need(("货币资金",), 4.0, 1, "monetary_funds")]
    assert compare(held, [sentence, row], asked) is None


def test_by_how_much_a_figure_rose_is_no_comparative() -> None:
    text = "本期所得税费用1,282.69万元，较上年同期增加877.27万元。"
    piece = replace(
        EVIDENCE[0], passage=replace(EVIDENCE[0].passage, kind="prose", text=text, rows=(), columns=())
    )
    held = Material(
        Query("所得税费用同比变动多少", "所得税费用同比变动多少", "compare", asks_change=True), (piece,), ()
    )
    assert compare(held, units_of(held.evidence)[:1], ()) is None


@pytest.mark.parametrize(
    ("later", "earlier", "comparable"),
    [
        ("2024H1", "2023H1", True),
        ("2024Q3S", "2024Q2S", True),
        ("2024-06-30", "2023-12-31", True),
        ("2024Q3S", "2024Q3", False),
        ("2024H1", "2024H1", False),
        ("2024-06-30", "2024H1", False),
    ],
)
def test_only_periods_of_one_length_are_compared(later: str, earlier: str, comparable: bool) -> None:
    assert _comparable(later, earlier) == comparable


def test_the_companys_figures_beside_the_groups_are_no_periods_of_its_own() -> None:
    held = material("营业利润变动多少？")
    unit = row_of(held, "monetary_funds")
    passage = held.evidence[unit.evidence].passage
    assert unit.row is not None
    columns = tuple(replace(column, scope="consolidated") for column in passage.columns)
    beside = replace(passage, columns=(*columns, *(replace(c, scope="parent") for c in passage.columns)))
    cells = (*unit.row.cells, *(replace(c, column=c.column + len(columns)) for c in unit.row.cells))
    row = replace(unit.row, cells=cells)
    evidence = list(held.evidence)
    rows = tuple(row if r.start == row.start else r for r in beside.rows)
    evidence[unit.evidence] = replace(evidence[unit.evidence], passage=replace(beside, rows=rows))
    wide = replace(held, evidence=tuple(evidence))
    claim = compare(wide, [replace(unit, row=row)], needs(held))
    assert claim is not None
    assert claim.text.startswith("2024年6月末较2023年末")
