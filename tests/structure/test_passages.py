from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.filings.page import Page
from rag.filings.passage import Passage
from rag.structure.blocks import blocks_of
from rag.structure.passages import PassageMaker
from rag.structure.places import locate
from rag.structure.tokens import tokens_of

ROWS = "货币资金 1,234.56 1,000.00\n应收账款 99.50 88.00\n存货 77.00 66.00\n"
LINE = "报告期内公司坚持以客户需求为中心，持续加大研发投入，不断完善产品布局，经营情况总体保持稳定。\n"


def passages(*texts: str, max_chars: int = 600) -> list[Passage]:
    tokens = tokens_of(Page(n, text) for n, text in enumerate(texts, 1))
    return PassageMaker("f" * 64, "2024H1", tokens, max_chars).run(blocks_of(tokens))


def test_a_passage_knows_the_path_of_its_headings() -> None:
    text = f"第三节 管理层讨论与分析\n一、经营情况\n{LINE}二、风险因素\n{LINE}"
    assert [p.section for p in passages(text)] == [
        ("第三节管理层讨论与分析", "一、经营情况"),
        ("第三节管理层讨论与分析", "二、风险因素"),
    ]


def test_no_passage_crosses_a_heading() -> None:
    made = passages(f"一、经营情况\n{LINE}二、风险因素\n{LINE}")
    assert ["风险因素" in p.text for p in made] == [False, True]


def test_long_prose_is_cut_at_sentence_ends() -> None:
    made = passages(LINE * 30, max_chars=200)
    assert len(made) > 3
    assert all(p.text.endswith("。") and len(p.text) < 300 for p in made)


def test_a_wrapped_sentence_is_mended() -> None:
    (made,) = passages("报告期内公司加强激励，销售人\n员人均产出有所提升，稳步增长。\n")
    assert "销售人员人均产出" in made.text


def test_a_sentence_over_a_pages_end_is_one_passage_on_two_pages() -> None:
    made = passages("报告期内公司坚持以客户需求为", "中心，持续投入研发。")
    assert [span.page for span in made[0].spans] == [1, 2]
    assert "客户需求为中心" in made[0].text


def test_an_empty_box_answers_its_heading() -> None:
    (made,) = passages("一、重大诉讼、仲裁事项\n□适用 √不适用\n")
    assert (made.kind, made.text) == ("box", "一、重大诉讼、仲裁事项\n□适用√不适用")


def test_a_box_on_the_next_page_answers_the_heading_before() -> None:
    (made,) = passages("一、重大诉讼、仲裁事项\n", "□适用 √不适用\n")
    assert (made.kind, [span.page for span in made.spans]) == ("box", [1, 2])


def test_a_ticked_box_opens_the_passage_that_explains_it() -> None:
    (made,) = passages(f"一、重大诉讼、仲裁事项\n√适用 □不适用\n{LINE}")
    assert (made.kind, "√适用" in made.text, "客户需求" in made.text) == ("prose", True, True)


def test_two_boxes_in_a_row_answer_each_its_own_heading() -> None:
    made = passages("1、委托理财\n□适用 √不适用\n2、委托贷款\n□适用 √不适用\n")
    assert [p.text.split("\n")[0] for p in made] == ["1、委托理财", "2、委托贷款"]


def test_a_table_keeps_caption_head_and_rows() -> None:
    (made,) = passages(f"一、资产\n单位：万元 币种：人民币\n项目 期末余额 期初余额\n{ROWS}")
    assert (made.kind, made.unit) == ("table", "万元")
    assert [row.label for row in made.rows] == ["货币资金", "应收账款", "存货"]
    assert [column.period for column in made.columns] == ["2024-06-30", "2023-12-31"]


def test_rows_and_cells_are_ranges_of_the_text() -> None:
    (made,) = passages(f"单位：元\n项目 期末余额 期初余额\n{ROWS}")
    assert made.text[slice(made.rows[1].start, made.rows[1].end)] == "应收账款 99.50 88.00"
    assert [made.text[cell.start : cell.end] for cell in made.rows[1].cells] == ["99.50", "88.00"]


def test_a_long_table_is_cut_between_rows() -> None:
    rows = "".join(f"某项资产{n:03d} {n},000.00 {n},500.00\n" for n in range(100, 160))
    made = passages(f"单位：元\n项目 期末余额 期初余额\n{rows}", max_chars=300)
    assert len(made) > 3
    assert sum(len(p.rows) for p in made) == 60
    assert all(p.columns and p.unit == "元" for p in made)


def test_a_unit_ends_with_its_section() -> None:
    made = passages(
        f"一、资产\n单位：万元\n项目 期末余额 期初余额\n{ROWS}二、人员\n项目 期末余额 期初余额\n{ROWS}"
    )
    assert [p.unit for p in made if p.kind == "table"] == ["万元", ""]


@pytest.mark.parametrize(
    ("title", "scope"), [("母公司资产负债表", "parent"), ("合并资产负债表", "consolidated")]
)
def test_a_statement_gives_its_scope(title: str, scope: str) -> None:
    made = passages(f"{title}\n单位：元\n项目 期末余额 期初余额\n{ROWS}")
    assert [(p.scope, p.statement) for p in made if p.rows] == [(scope, "balance_sheet")]


def test_notes_on_the_parent_are_of_the_parent() -> None:
    made = passages(
        f"第十节 财务报告\n一、母公司财务报表主要项目注释\n单位：元\n项目 期末余额 期初余额\n{ROWS}"
    )
    assert [p.scope for p in made if p.rows] == ["parent"]


def test_contents_make_no_passage() -> None:
    assert passages("第一节 释义 ............ 5\n第二节 公司简介 ............ 6\n") == []


def test_ids_follow_from_the_filing_and_the_order() -> None:
    assert [p.id for p in passages(f"一、甲\n{LINE}二、乙\n{LINE}")] == [
        "f" * 16 + "-00000",
        "f" * 16 + "-00001",
    ]


PIECES = st.lists(
    st.sampled_from(
        [
            "第二节 概述",
            "一、经营情况",
            "（一）概述",
            "\n",
            " ",
            "单位：元",
            "□适用",
            "√不适用",
            "。",
            "项目 期末余额 期初余额",
            "营业收入 1.00 2.00",
            "合并利润表",
            "12.5",
            "公司坚持以客户需求为中心，持续加大投入",
            "A",
            "人 员",
        ]
    ),
    max_size=50,
)
PAGES = st.lists(PIECES.map("".join), min_size=1, max_size=3)


def visible(text: str) -> str:
    return "".join(text.split())


@given(PAGES)
def test_a_passage_says_what_its_spans_hold(texts: list[str]) -> None:
    for made in passages(*texts, max_chars=80):
        held = "".join(texts[span.page - 1][span.start : span.end] for span in made.spans)
        assert visible(made.text) == visible(held)


@given(PAGES)
def test_passages_follow_each_other_without_overlap(texts: list[str]) -> None:
    spans = [span for made in passages(*texts, max_chars=80) for span in made.spans]
    assert spans == sorted(spans)
    assert all(a.page < b.page or a.end <= b.start for a, b in pairwise(spans))


@given(PAGES, st.data())
def test_any_piece_of_a_passage_is_found_on_its_pages(texts: list[str], data: st.DataObject) -> None:
    pages = dict(enumerate(texts, 1))
    for made in passages(*texts, max_chars=80):
        start = data.draw(st.integers(0, len(made.text)))
        end = data.draw(st.integers(start, len(made.text)))
        found = locate(made, start, end, pages)
        assert visible("".join(pages[s.page][s.start : s.end] for s in found)) == visible(
            made.text[start:end]
        )
        assert all(pages[s.page][s.start : s.end].strip() for s in found)


def test_a_caption_may_count_things() -> None:
    (table,) = passages("单位：个\n地区 期末数量 期初数量\n某地 1,046 1,015\n另地 104 105\n")
    assert {cell.unit for row in table.rows for cell in row.cells} == {"个"}


def test_a_table_without_a_line_of_a_statement_is_none() -> None:
    text = "合并资产负债表\n项目 数量 金额\n甲设备 12 1,200.00\n乙设备 13 1,300.00\n丙设备 14 1,400.00\n"
    assert passages(text)[-1].statement == "other"


def units_in(made: list[Passage]) -> set[str]:
    return {cell.unit for passage in made for row in passage.rows for cell in row.cells}


def test_a_line_with_nothing_but_a_unit_is_the_caption_of_its_table() -> None:
    made = passages(f"一、主要会计数据\n万元\n项目 期末余额 期初余额\n{ROWS}")
    assert units_in(made) == {"万元"}


def test_the_rest_of_a_bracket_is_no_caption() -> None:
    made = passages(f"一、主要会计数据\n每股收益（\n元\n项目 期末余额 期初余额\n{ROWS}")
    assert units_in(made) == {""}


def test_a_statement_without_a_unit_has_the_one_stated_for_all() -> None:
    text = f"合并资产负债表\n2024 年 6 月 30 日\n项目 期末余额 期初余额\n{ROWS}"
    tokens = tokens_of([Page(1, text)])
    made = PassageMaker("f" * 64, "2024H1", tokens, 600, "千元").run(blocks_of(tokens))
    assert units_in(made) == {"千元"}
