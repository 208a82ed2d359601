from __future__ import annotations

from rag.filings.page import Page
from rag.structure.cells import cores
from rag.structure.columns import Head
from rag.structure.flattened import FlatTable, is_flattened, learn
from rag.structure.names import Names
from rag.structure.rows import rows_of
from rag.structure.tokens import tokens_of


def labels(table: str, elsewhere: str = "") -> list[str]:
    tokens = tokens_of([Page(1, f"{table} {elsewhere}")])
    last = len(table.split()) - 1
    found = [core for core in cores(tokens) if core.last <= last]
    flat = FlatTable(tokens, Names(tokens), 0, last, found)
    learn(flat.names, [flat])
    return [row.label for row in rows_of(tokens, 0, found, Head((), "", "元", "2024H1"), flat)]


def test_text_on_one_line_is_flattened() -> None:
    assert is_flattened(tokens_of([Page(1, "项目 金额 12.50")]))
    assert not is_flattened(tokens_of([Page(1, "项目\n金额\n12.50\n货币\n")]))


def test_wrapped_names_take_the_place_of_the_pieces_before_figures() -> None:
    table = "项目 杭州澜聚工业软 1,200,000.00 件有限公司 宁波砚石投资管 900,000.00 理有限公司"
    assert labels(table, "杭州澜聚工业软件有限公司与宁波砚石投资管理有限公司为股东。") == [
        "杭州澜聚工业软件有限公司",
        "宁波砚石投资管理有限公司",
    ]


def test_figures_on_one_line_are_one_row() -> None:
    table = "单位名称 杭州澜聚工业软 500,000.00 7.11 保证金 65,150.00 件有限公司"
    tokens = tokens_of([Page(1, f"{table} 往来方为杭州澜聚工业软件有限公司。")])
    found = cores(tokens)
    flat = FlatTable(tokens, Names(tokens), 0, len(table.split()) - 1, found)
    (row,) = rows_of(tokens, 0, found, Head((), "", "元", "2024H1"), flat)
    assert len(row.cells) == 3


def test_pieces_that_make_no_known_name_are_no_label() -> None:
    assert labels("项目 换债 中心建 管 月 设项目理 1,000.00 2,000.00") == [""]


def test_a_person_is_named_without_the_pieces_of_the_office() -> None:
    table = "姓名 职务 副总经理、财 柏明岚 60,796 0 30,398 务负责人"
    assert labels(table, "财务负责人柏明岚签字。") == ["柏明岚"]
