from __future__ import annotations

from rag.structure.lines import fills_lines, width


def test_a_chinese_sign_is_as_wide_as_two_latin_ones() -> None:
    assert (width("云平台"), width("PLM")) == (6, 3)


def test_lines_without_room_for_the_next_sign_are_full() -> None:
    assert fills_lines(("杭州澜聚企", "业管理有限", "公司"), 0)


def test_a_line_with_room_for_the_next_sign_ends_its_cell() -> None:
    assert not fills_lines(("杭州澜聚", "业管理有限公司"), 0)


def test_a_wider_column_has_room_left() -> None:
    assert not fills_lines(("杭州澜聚企", "业管理"), 14)


def test_a_bracket_that_must_not_begin_a_line_takes_its_sign_along() -> None:
    assert fills_lines(("澜图工业技", "信技术(北", "京)有限公司"), 0)
