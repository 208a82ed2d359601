from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from rag import UserError
from rag.interfaces.exports.card import card_as_markdown, card_as_workbook
from rag.interfaces.exports.content import content_of
from rag.interfaces.exports.sheets import as_workbook
from rag.interfaces.exports.write import exported, exported_card, kind_of
from tests.interfaces.exports.conftest import citation

Json = dict[str, object]


def book(*answers: Json) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(as_workbook(content_of(answers, "公告问答"))))


def rows(workbook: Workbook, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in line] for line in workbook[sheet].iter_rows()]


def card(previous: bool = True) -> Json:
    value = {"text": "1,234.56元", "value": "1234.56", "unit": "元", "period": "2024H1", "short": ""}
    figure = {
        **citation(1), "name": "营业收入", "line_item": "revenue", "label": "营业收入", "scope": "合并",
        "current": value, "previous": {**value, "value": "1000.00", "period": "2023H1"} if previous else None,
        "change": {"text": "23.46%", "versus": "同比", "computed": False},
    }  # fmt: skip
    return {
        "filing_id": "ab" * 32, "source": "甲.pdf", "title": "半年报", "company": "甲公司", "stock_code": "688999",
        "period": "2024H1", "kind": "half_year", "figures": [figure], "missing": ["研发费用"],
    }  # fmt: skip


def test_there_is_a_sheet_of_sources(extracted: Json) -> None:
    line = rows(book(extracted), "来源")[1]
    assert line[:8] == [1, 1, "甲公司_2024.pdf", "甲公司", "688999", "2024H1", 7, "第二节 › 一、主要会计数据"]
    assert line[-1] == "ab" * 32


def test_the_label_stands_above_the_answers(extracted: Json) -> None:
    assert "未使用大模型" in str(rows(book(extracted), "回答")[0][0])


def test_figures_are_numbers(extracted: Json) -> None:
    assert rows(book(extracted), "数字")[1][1:4] == ["1,234.56元", 1234.56, "元"]


def test_cells_that_look_like_formulas_are_inert(extracted: Json) -> None:
    made = book(extracted)
    cells = [cell for sheet in made for line in sheet.iter_rows() for cell in line]
    live = [cell for cell in cells if cell.data_type == "f"]
    assert live == []
    assert [c.quotePrefix for c in cells if str(c.value).startswith(("=", "+同比"))] == [True, True]


def test_a_card_has_figure_change_scope_and_page() -> None:
    made = openpyxl.load_workbook(io.BytesIO(card_as_workbook(card())))
    line = rows(made, "指标卡")[3]
    assert (line[0], line[5], line[7], line[8], line[11]) == ("营业收入", "同比 23.46%", "合并", 7, 1234.56)


def test_two_periods_make_a_chart() -> None:
    made = openpyxl.load_workbook(io.BytesIO(card_as_workbook(card())))
    assert len(made["图"]._charts) == 1


def test_one_period_makes_none() -> None:
    made = openpyxl.load_workbook(io.BytesIO(card_as_workbook(card(previous=False))))
    assert made.sheetnames == ["指标卡", "来源"]


def test_a_card_in_markdown_is_a_table() -> None:
    said = card_as_markdown(card()).decode()
    assert "| 营业收入 | 1,234.56元 | 1,234.56元 | 同比 23.46% | 合并 | 7 | 营业收入 |" in said
    assert "公告没有印出：研发费用" in said


@pytest.mark.parametrize("kind", [".txt", "", ".pdf"])
def test_an_unknown_format_is_told(extracted: Json, kind: str) -> None:
    with pytest.raises(UserError, match="不认识的格式"):
        exported([extracted], kind, "题")


def test_a_card_is_no_word_document() -> None:
    with pytest.raises(UserError, match=r"\.md 或 \.xlsx"):
        exported_card(card(), ".docx")


def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(UserError, match="不存在"):
        kind_of("没有这个文件夹/a.docx")
