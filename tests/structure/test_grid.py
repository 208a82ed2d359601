"""Tables whose cells stand between drawn lines; pages are made here, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rag.filings.page import Page, TableCell
from rag.structure.blocks import blocks_of
from rag.structure.cells import Placed
from rag.structure.columns import Head
from rag.structure.grid import Grid, grid_of
from rag.structure.rows import TableRow, rows_of
from rag.structure.tokens import tokens_of

Drawn = tuple[float, float, float, float, str]  # left, top, right, bottom, text with its lines
WIDTHS = (60.0, 160.0, 260.0, 360.0, 460.0)
CHAR, LINE = 5.0, 12.0


def row(top: float, *texts: str, height: float = 20.0, position: int = 0) -> list[Drawn]:
    """Cells side by side from the column `position`; an empty text is an empty cell."""
    return [
        (WIDTHS[position + n], top, WIDTHS[position + n + 1], top + height, text)
        for n, text in enumerate(texts)
    ]


def sheet(*cells: Drawn, position: int = 1, bare: Sequence[Drawn] = ()) -> Page:
    """A page with these cells, its text in their order; each has a border unless it is in `bare`."""
    text, boxes, rules = "", list[Sequence[float]](), list[Sequence[float]]()
    blank = (np.nan,) * 4
    for left, top, right, bottom, words in cells:
        if (left, top, right, bottom, words) not in bare:
            rules += [(left, y - 0.2, right, y + 0.2) for y in (top, bottom)]
            rules += [(x - 0.2, top, x + 0.2, bottom) for x in (left, right)]
        for n, line in enumerate(words.split("\n") if words else ()):
            y = top + 2 + LINE * n
            for k, char in enumerate(line):
                x = left + 2 + CHAR * k
                boxes.append((x, y, x + CHAR, y + LINE - 2))
                text += char
            text, boxes = text + "\n", [*boxes, blank]
    shape = (-1, 4)
    return Page(
        position,
        text,
        width=595.0,
        height=842.0,
        boxes=np.array(boxes, np.float32).reshape(shape),
        rules=np.array(rules, np.float32).reshape(shape),
    )


def grid(*pages: Page) -> Grid:
    return grid_of(pages, tokens_of(pages))


def placed(*pages: Page) -> list[Placed]:
    return [core.placed for core in grid(*pages).cores if core.placed is not None]


def table_rows(*pages: Page) -> list[TableRow]:
    tokens = tokens_of(pages)
    (table,) = [b for b in blocks_of(tokens, grid_of(pages, tokens)) if b.kind == "table"]
    return rows_of(tokens, table.first, table.cores, Head((), "", "元", "2024H1"))


HEAD = row(100, "项目", "期末余额", "期初余额")
BOTH = [*row(100, "项目", "", "", height=40)[:1], (160.0, 100.0, 360.0, 120.0, "期末余额")]
PARTS = [(160.0, 120.0, 260.0, 140.0, "金额"), (260.0, 120.0, 360.0, 140.0, "比例(%)")]


def test_a_lone_figure_stands_in_its_own_column() -> None:
    (found,) = placed(sheet(*HEAD, *row(120, "某项设备", "", "8.50")))
    assert found.heads == (("期初余额",),)


def test_a_label_wrapped_over_lines_is_one() -> None:
    (found,) = placed(sheet(*HEAD, *row(120, "归属于上市公司\n股东的净利润", "12.50", "8.50", height=40)))
    assert found.label == "归属于上市公司股东的净利润"


def test_a_figure_wrapped_in_its_cell_is_one() -> None:
    page = sheet(*HEAD, *row(120, "某项设备", "1,234,5\n67.89", "8.50", height=40))
    (core,) = grid(page).cores
    tokens = tokens_of([page])
    assert ["".join(t.text for t in tokens[a : b + 1]) for a, b in core.cells] == ["1,234,567.89", "8.50"]


def test_a_merged_head_is_spread_over_its_columns() -> None:
    (found,) = placed(sheet(*BOTH, *PARTS, *row(140, "某项设备", "12.50", "8.50")))
    assert found.heads == (("期末余额", "金额"), ("期末余额", "比例(%)"))


def test_a_second_line_of_heads_without_a_word_over_the_labels_goes_deeper() -> None:
    upper = [(60.0, 100.0, 160.0, 120.0, ""), (160.0, 100.0, 360.0, 120.0, "本次变动前")]
    lower = row(120, "", "数量", "发行新股")
    (found,) = placed(sheet(*upper, *lower, *row(140, "某类股份", "1,250", "850")))
    assert found.heads == (("本次变动前", "数量"), ("本次变动前", "发行新股"))


def test_the_innermost_head_says_what_is_measured() -> None:
    (found,) = table_rows(sheet(*BOTH, *PARTS, *row(140, "某项设备", "12.50", "8.50")))
    assert [(c.head, c.measure, c.period) for c in found.columns] == [
        ("期末余额金额", "amount", "2024-06-30"),
        ("期末余额比例(%)", "ratio", "2024-06-30"),
    ]


def test_figures_before_a_restatement_are_of_no_period() -> None:
    head = [
        (60.0, 100.0, 160.0, 140.0, "项目"),
        (160.0, 100.0, 360.0, 120.0, "上年同期"),
        (160.0, 120.0, 260.0, 140.0, "调整前"),
        (260.0, 120.0, 360.0, 140.0, "调整后"),
    ]
    (found,) = table_rows(sheet(*head, *row(140, "营业收入", "12.50", "8.50")))
    assert [(column.head, column.period) for column in found.columns] == [
        ("上年同期调整前", ""),
        ("上年同期调整后", "2023H1"),
    ]


def test_a_column_of_units_tells_the_unit_of_its_rows() -> None:
    (found,) = table_rows(sheet(*row(100, "产品", "单位", "生产量"), *row(120, "某种饮料", "吨", "1,250.50")))
    assert found.unit == "吨"


def test_the_first_of_january_is_the_end_of_the_year_before() -> None:
    head = row(100, "项目", "2024年6月30日", "2024年1月1日")
    (found,) = table_rows(sheet(*head, *row(120, "某项设备", "12.50", "8.50")))
    assert [column.period for column in found.columns] == ["2024-06-30", "2023-12-31"]


def test_the_first_of_january_beside_the_year_end_is_a_column_of_its_own() -> None:
    head = row(100, "项目", "2023年12月31日", "2024年1月1日")
    (found,) = table_rows(sheet(*head, *row(120, "某项设备", "12.50", "8.50")))
    assert [column.period for column in found.columns] == ["2023-12-31", "2024-01-01"]


def test_heads_of_scopes_give_columns_their_scope() -> None:
    head = [
        (60.0, 100.0, 160.0, 140.0, "项目"),
        (160.0, 100.0, 360.0, 120.0, "2024年6月30日"),
        (160.0, 120.0, 260.0, 140.0, "合并"),
        (260.0, 120.0, 360.0, 140.0, "公司"),
    ]
    (found,) = table_rows(sheet(*head, *row(140, "货币资金", "12.50", "8.50")))
    assert [column.scope for column in found.columns] == ["consolidated", "parent"]


def test_a_table_goes_on_over_a_page_break_under_its_head() -> None:
    first = sheet(*HEAD, *row(120, "甲设备", "12.50", "8.50"))
    second = sheet(*row(60, "乙设备", "", "7.50"), position=2)
    assert [found.heads for found in placed(first, second)] == [
        (("期末余额",), ("期初余额",)),
        (("期初余额",),),
    ]


def test_a_repeated_head_is_no_row() -> None:
    first = sheet(*HEAD, *row(120, "甲设备", "12.50", "8.50"))
    again = row(60, "项目", "期末余额", "期初余额")
    second = sheet(*again, *row(80, "乙设备", "9.50", "7.50"), position=2)
    assert [found.label for found in placed(first, second)] == ["甲设备", "乙设备"]


def test_a_head_cut_by_a_page_break_is_whole_again() -> None:
    parts = [(left, 60.0, right, 80.0, text) for left, _, right, _, text in PARTS]
    below = sheet(*parts, *row(80, "某项设备", "12.50", "8.50"), position=2)
    (found,) = placed(sheet(*BOTH), below)
    assert found.heads == (("期末余额", "金额"), ("期末余额", "比例(%)"))


def test_a_head_does_not_reach_over_text_between_two_tables() -> None:
    between = (60.0, 160.0, 400.0, 180.0, "其他说明如下")
    page = sheet(
        *HEAD,
        *row(120, "甲设备", "12.50", "8.50"),
        between,
        *row(200, "乙设备", "9.50", "7.50"),
        bare=(between,),
    )
    assert [found.heads for found in placed(page)] == [(("期末余额",), ("期初余额",)), ((), ())]


def test_names_and_figures_that_take_turns_across_a_line_are_rows_of_their_own() -> None:
    page = sheet(*row(100, "普通股股东总数", "11,352", "优先股股东总数", "0"))
    assert [(one.label, len(one.heads)) for one in placed(page)] == [
        ("普通股股东总数", 1),
        ("优先股股东总数", 1),
    ]


def test_sentences_left_of_a_figure_stay_with_its_row() -> None:
    head = row(100, "项目名称", "项目目的", "累计投入")
    page = sheet(*head, *row(120, "成像系统", "实现术中显影。缩短时间。", "3,862.45"))
    tokens = tokens_of([page])
    (table,) = [b for b in blocks_of(tokens, grid_of([page], tokens)) if b.kind == "table"]
    assert "成像系统" in "".join(token.text for token in tokens[table.first : table.last + 1])


def test_a_figure_cut_by_a_page_break_is_left_out() -> None:
    first = sheet(*HEAD, *row(120, "甲设备", "1,234,567", "8.50"))
    second = sheet(*row(60, ".89", "", position=1), *row(80, "乙设备", "9.50", "7.50"), position=2)
    assert [found.heads for found in placed(first, second)] == [
        (("期初余额",),),
        (("期末余额",), ("期初余额",)),
    ]


def test_a_label_cut_by_a_page_break_is_mended() -> None:
    first = sheet(*HEAD, *row(120, "归属于上市公司股东", "12.50", "8.50"))
    second = sheet(*row(60, "的净利润", "", ""), *row(80, "营业收入", "9.50", "7.50"), position=2)
    assert [found.label for found in table_rows(first, second)] == ["归属于上市公司股东的净利润", "营业收入"]


def test_a_label_begun_in_the_row_above_is_mended() -> None:
    page = sheet(*HEAD, *row(120, "归属于上市公司股东", "", ""), *row(140, "的净利润", "12.50", "8.50"))
    assert [found.label for found in table_rows(page)] == ["归属于上市公司股东的净利润"]


def test_a_movement_in_amounts_is_no_change_in_percent() -> None:
    head = row(100, "项目", "本期变动", "同比增减(%)")
    (found,) = table_rows(sheet(*head, *row(120, "某项设备", "1,250.50", "8.50")))
    assert [column.measure for column in found.columns] == ["amount", "change"]


def test_a_new_head_inside_a_table_ends_the_first() -> None:
    middle = row(140, "项目", "本期发生额", "上期发生额")
    page = sheet(*HEAD, *row(120, "甲设备", "12.50", "8.50"), *middle, *row(160, "营业收入", "9.50", "7.50"))
    assert [found.heads[0] for found in placed(page)] == [("期末余额",), ("本期发生额",)]


@pytest.mark.parametrize("serial", ["1", "(1)", "七、1"])
def test_a_number_before_the_label_is_no_label(serial: str) -> None:
    head = row(100, "序号", "项目", "期末余额", "期初余额")
    (found,) = placed(sheet(*head, *row(120, serial, "某项设备", "12.50", "8.50")))
    assert (found.label, found.heads) == ("某项设备", (("期末余额",), ("期初余额",)))


def test_a_label_over_several_rows_names_rows_without_their_own() -> None:
    tall = (60.0, 120.0, 160.0, 160.0, "某项设备")
    page = sheet(*HEAD, tall, *row(120, "12.50", "8.50", position=1), *row(140, "9.50", "7.50", position=1))
    assert [found.label for found in placed(page)] == ["某项设备", "某项设备"]


def test_a_customers_part_of_a_line_item_is_named_by_both() -> None:
    head = row(100, "项目名称", "关联方", "期末余额", "期初余额")
    (found,) = placed(sheet(*head, *row(120, "应收账款", "某公司", "12.50", "8.50")))
    assert found.label == "应收账款某公司"


def test_words_under_no_head_of_names_are_left_out_of_the_label() -> None:
    head = row(100, "股东名称", "股东性质", "数量", "比例(%)")
    (found,) = placed(sheet(*head, *row(120, "某公司", "国有法人", "1,250", "8.50")))
    assert found.label == "某公司"


def test_codes_and_years_are_no_figures() -> None:
    head = row(100, "股东名称", "证券代码", "2023", "2022")
    (found,) = placed(sheet(*head, *row(120, "某公司", "600999", "12.50", "8.50")))
    assert found.heads == (("2023",), ("2022",))


def test_words_between_figures_belong_to_the_row() -> None:
    head = row(100, "项目", "金额", "原因", "比例(%)")
    (core,) = grid(sheet(*head, *row(120, "某项设备", "12.50", "出售所致。", "8.50"))).cores
    assert len(core.cells) == 2


def test_numbers_of_table_rows_are_no_headings() -> None:
    page = sheet(*HEAD, *row(120, "一、账面原值", "", ""), *row(140, "1.期初余额", "12.50", "8.50"))
    tokens = tokens_of([page])
    assert {block.kind for block in blocks_of(tokens, grid_of([page], tokens))} == {"table"}


def test_a_table_open_at_its_sides_goes_on_over_a_page_break() -> None:
    def opened(page: Page) -> Page:
        assert page.rules is not None
        outer = (page.rules[:, 0] < 61) & (page.rules[:, 2] < 62) | (page.rules[:, 0] > 359)
        return replace(page, rules=page.rules[~outer])

    first = opened(sheet(*HEAD, *row(120, "甲设备", "12.50", "8.50")))
    second = opened(sheet(*row(60, "乙设备", "9.50", "7.50"), position=2))
    assert [found.heads for found in placed(first, second)] == [(("期末余额",), ("期初余额",))] * 2


def test_a_page_without_lines_is_left_to_the_order_of_its_text() -> None:
    cells = [*HEAD, *row(120, "某项设备", "12.50", "8.50")]
    assert grid(sheet(*cells, bare=cells)) == Grid()


def test_a_page_without_places_is_left_to_the_order_of_its_text() -> None:
    assert grid(Page(1, "项目 期末余额 期初余额\n货币资金 12.50 8.50")) == Grid()


def test_a_scan_that_lies_elsewhere_on_the_next_page_goes_on_under_the_same_heads() -> None:
    first = sheet(*row(700, "项目", "本期", "上期"), *row(720, "营业收入", "1,204.50", "980.20"))
    next_page = sheet(*row(60, "营业利润", "204.50", "180.20"), position=2)
    assert next_page.boxes is not None
    assert next_page.rules is not None
    aside = np.array([7.0, 0.0, 7.0, 0.0], np.float32)
    moved = replace(next_page, boxes=next_page.boxes + aside, rules=next_page.rules + aside, origin="ocr")
    cores = grid(first, moved).cores
    assert [core.placed.heads for core in cores if core.placed] == [(("本期",), ("上期",))] * 2


def test_the_tokens_of_a_leaning_page_stand_in_the_cells_of_its_straight_lines() -> None:
    page = sheet(*row(100, "项目", "本期", "上期"), *row(120, "营业收入", "1,204.50", "980.20"))
    assert page.boxes is not None
    lean = 0.05
    boxes = page.boxes.copy()
    boxes[:, [1, 3]] += lean * page.boxes[:, [0, 2]]
    boxes[:, [0, 2]] -= lean * page.boxes[:, [1, 3]]
    leaning = replace(page, boxes=boxes, lean=lean)
    assert [core.placed.heads for core in grid(leaning).cores if core.placed] == [(("本期",), ("上期",))]


def test_marked_cells_of_a_page_are_read_by_row_and_column() -> None:
    text = "项目  期末余额  期初余额\n某项设备  8.50\n"
    places = (("项目", 0, 0), ("期末余额", 0, 1), ("期初余额", 0, 2), ("某项设备", 1, 0), ("8.50", 1, 2))
    cells = tuple(
        TableCell(text.index(word), text.index(word) + len(word), 0, row, column)
        for word, row, column in places
    )
    (found,) = placed(Page(1, text, cells=cells))
    assert (found.label, found.heads) == ("某项设备", (("期初余额",),))


def test_the_words_right_of_the_figures_are_the_rows_remark() -> None:
    page = sheet(
        *row(100, "项目", "本期", "上期", "变动原因"),
        *row(120, "应收账款", "12.50", "9.80", "主要系订单增加。"),
        *row(140, "存货", "7.00", "6.00"),
    )
    tokens = tokens_of([page])
    first, second = table_rows(page)
    assert tokens[first.remark].text == "主要系订单增加。"
    assert second.remark == -1


def test_a_head_cell_that_is_said_again_in_the_next_row_keeps_the_level_above() -> None:
    text = "项目  本期\n项目  金额  比例\n某项设备  8.50  3.10\n"
    places = (
        ("项目", 0, 0, 0, 1),
        ("本期", 0, 0, 1, 2),
        ("项目", 1, 1, 0, 1),
        ("金额", 0, 1, 1, 1),
        ("比例", 0, 1, 2, 1),
        ("某项设备", 0, 2, 0, 1),
        ("8.50", 0, 2, 1, 1),
        ("3.10", 0, 2, 2, 1),
    )
    cells = []
    for word, again, row, column, span in places:
        at = text.index(word, text.index("\n") if again else 0)
        cells.append(TableCell(at, at + len(word), 0, row, column, span))
    (found,) = placed(Page(1, text, cells=tuple(cells)))
    assert found.heads == (("本期", "金额"), ("本期", "比例"))
