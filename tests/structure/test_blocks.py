from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.filings.page import Page
from rag.structure.blocks import Block, blocks_of
from rag.structure.tokens import Token, tokens_of

ROWS = "货币资金 1,234.56 1,000.00\n应收账款 99.50 88.00\n存货 77.00 66.00\n"


def blocks(*texts: str) -> tuple[list[Token], list[Block]]:
    tokens = tokens_of(Page(n, text) for n, text in enumerate(texts, 1))
    return tokens, blocks_of(tokens)


def kinds(text: str) -> list[str]:
    return [block.kind for block in blocks(text)[1]]


def texts_of(kind: str, text: str) -> list[str]:
    tokens, found = blocks(text)
    return [
        "".join(token.text for token in tokens[block.first : block.last + 1])
        for block in found
        if block.kind == kind
    ]


def test_a_section_is_heading_caption_table_and_prose() -> None:
    text = f"第二节 主要财务指标\n一、主要会计数据\n单位：元 币种：人民币\n{ROWS}报告期内收入增长，主要系订单增加。\n"
    assert kinds(text) == ["heading", "heading", "caption", "table", "prose"]


def test_a_caption_takes_the_currency_along() -> None:
    assert texts_of("caption", f"单位：元 币种：人民币\n项目 期末余额 期初余额\n{ROWS}") == [
        "单位：元币种：人民币"
    ]


def test_boxes_are_a_block_of_their_own() -> None:
    assert kinds("一、重大诉讼、仲裁事项\n□适用 √不适用\n") == ["heading", "box"]


def test_lines_with_leaders_are_contents() -> None:
    assert kinds("第一节 释义 ........................ 5\n") == ["prose", "contents"]


def test_a_statement_is_known_with_its_scope() -> None:
    _, found = blocks(f"2、 母公司资产负债表\n2024 年 6 月 30 日\n单位：元\n项目 期末余额 期初余额\n{ROWS}")
    statement = next(block for block in found if block.kind == "statement")
    assert (statement.statement, statement.scope) == ("balance_sheet", "parent")


def test_a_statement_without_rows_below_is_only_named() -> None:
    assert "statement" not in kinds("公司编制了\n合并利润表\n等报表。\n")


def test_numbered_rows_of_a_statement_are_no_headings() -> None:
    text = (
        "合并利润表\n2024 年 1—6 月\n项目 2024 年半年度 2023 年半年度\n"
        "一、营业总收入 9.00 8.00\n二、营业总成本 7.00 6.00\n三、营业利润 5.00 4.00\n"
        "（一）按经营持续性分类\n1.持续经营净利润 3.00 2.00\n"
    )
    assert "heading" not in kinds(text)


def test_the_signature_ends_a_statement() -> None:
    text = (
        f"合并资产负债表\n单位：元\n项目 期末余额 期初余额\n{ROWS}公司负责人：甲 主管会计工作负责人：乙\n"
        "（一）公司的历史沿革\n"
    )
    assert kinds(text)[-1] == "heading"


def test_a_row_of_figures_is_no_heading() -> None:
    assert "heading" not in kinds(
        "股份变动\n一、有限售条件股份 12,000.00 5.00%\n二、无限售条件股份 87,720.00 42.50%\n"
    )


def test_a_lone_number_in_a_sentence_makes_no_table() -> None:
    assert kinds(
        "公司本期实现营业收入 41.20 亿元，较上年同期增长 3.09 个百分点，经营情况总体保持稳定。\n"
    ) == ["prose"]


PIECES = st.lists(
    st.sampled_from(
        [
            "第二节 概述",
            "一、经营情况",
            "（一）概述",
            "1、货币资金",
            "\n",
            " ",
            "单位：元",
            "□适用",
            "√不适用",
            "。",
            "；",
            "营业收入 1.00 2.00",
            "合并利润表",
            "12.5",
            "公司盈利",
            "......",
            "%",
            "2024",
            "年",
        ]
    ),
    max_size=60,
)


@given(PIECES)
def test_every_token_is_in_exactly_one_block(pieces: list[str]) -> None:
    tokens, found = blocks("".join(pieces))
    assert [i for block in found for i in range(block.first, block.last + 1)] == list(range(len(tokens)))


def test_a_quarters_statement_is_known() -> None:
    block = next(b for b in blocks(f"2、合并年初到报告期末利润表\n{ROWS}")[1] if b.kind == "statement")
    assert (block.statement, block.scope) == ("income_statement", "consolidated")


def test_a_statement_of_group_and_company_has_no_scope_of_its_own() -> None:
    block = next(b for b in blocks(f"合并及公司资产负债表\n{ROWS}")[1] if b.kind == "statement")
    assert (block.statement, block.scope) == ("balance_sheet", None)


def test_headings_follow_the_last_row_of_a_statement() -> None:
    text = (
        f"合并资产负债表\n{ROWS}负债和所有者权益总计 241.56 154.00\n"
        "1、货币资金\n现金 1.00 2.00\n银行存款 3.00 4.00\n其他 5.00 6.00\n存单 7.00 8.00\n"
        "五、税项\n税率说明如下。\n"
    )
    assert "五、税项" in texts_of("heading", f"三、会计政策\n政策说明如下。\n{text}")
