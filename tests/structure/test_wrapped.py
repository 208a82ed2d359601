from __future__ import annotations

from rag.filings.page import Page
from rag.structure.cells import cores
from rag.structure.names import Names
from rag.structure.tokens import tokens_of
from rag.structure.wrapped import Window, likely_names, wrapped_label


def window(text: str) -> tuple[Window, Names]:
    tokens = tokens_of([Page(1, text)])
    core = cores(tokens)[0]
    until = next(k for k, token in enumerate(tokens) if token.text == "完")
    return Window(tokens, 0, core, until, (0, until - 1)), Names(tokens)


def label(text: str) -> str:
    found = wrapped_label(*window(text))
    return found.text if found is not None else ""


def test_a_name_in_two_lines_stands_above_and_below_its_figures() -> None:
    text = (
        "杭州澜聚工业软 境内非国 1,200,000 6.99 件有限公司 有法人 完 公司股东杭州澜聚工业软件有限公司增持。"
    )
    assert label(text) == "杭州澜聚工业软件有限公司"


def test_the_middle_line_of_three_stands_on_the_line_of_the_figures() -> None:
    text = "杭州澜聚工 同一控制下 业软件技术 杭州 产品销售 100.00 企业合并 有限公司 完 杭州澜聚工业软件技术有限公司。"
    assert label(text) == "杭州澜聚工业软件技术有限公司"


def test_a_name_that_the_filing_says_nowhere_else_is_not_made_up() -> None:
    assert label("杭州澜聚工业软 境内非国 1,200,000 6.99 件有限公司 有法人 完") == ""


def test_prescribed_cells_are_no_names() -> None:
    assert label("境内非国 1,200,000 6.99 有法人 完 股东均为境内非国有法人单位。") == ""


def test_likely_names_have_as_much_beside_them_above_as_below() -> None:
    text = "基于云 发行 2025 平台的 可转 研 年3 安全研 是 否 15,713.00 9,837.61 换债 发 月 31 发升级 券 日 项目 完"
    assert [one.text for one in likely_names(window(text)[0])].count("基于云平台的安全研发升级项目") == 1
