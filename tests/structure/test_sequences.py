from __future__ import annotations

import re

from rag.structure.outline import Mark
from rag.structure.sequences import Numbering

LEVELS = (r"第", r"[一二三四五六七八九十]", r"（[一二三四五六七八九十]", r"\d", r"（\d")
VALUES = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)}


def depths(*printed: str) -> list[int]:
    """How deep each of these numbers stands, 0 for those that are no heading."""
    marks = []
    for n, text in enumerate(printed):
        level = next(k for k, form in enumerate(LEVELS, 1) if re.match(form, text))
        sign = re.sub(r"[第节、（）]", "", text)
        marks.append(Mark(level, n, n, text, int(sign) if sign.isdigit() else VALUES[sign], str(level)))
    numbering = Numbering(marks)
    return [numbering.depth_of(mark) for mark in marks]


def test_counts_stand_inside_each_other() -> None:
    assert depths("第三节", "一、", "（一）", "1、", "2、", "（二）", "二、") == [1, 2, 3, 4, 4, 3, 2]


def test_a_filing_without_parts_begins_at_the_top() -> None:
    assert depths("一、", "1、", "2、", "二、") == [1, 2, 2, 1]


def test_a_level_may_be_left_out() -> None:
    assert depths("第三节", "一、", "1、", "（1）", "二、") == [1, 2, 3, 4, 2]


def test_a_count_of_the_same_form_stands_inside_one_that_goes_on_later() -> None:
    assert depths("一、", "1、", "1、", "2、", "3、", "2、", "二、") == [1, 2, 3, 3, 3, 2, 1]


def test_the_headings_of_an_auditors_report_stand_inside_it() -> None:
    assert depths("第十节", "一、", "一、", "二、", "三、", "二、", "三、") == [1, 2, 3, 3, 3, 2, 2]


def test_a_count_that_begins_anew_ends_the_one_before() -> None:
    assert depths("一、", "二、", "三、", "一、", "二、", "三、", "四、") == [1, 1, 1, 1, 1, 1, 1]


def test_two_lost_headings_are_forgiven() -> None:
    assert depths("一、", "二、", "五、") == [1, 1, 1]


def test_a_larger_gap_needs_a_number_that_goes_on() -> None:
    assert depths("一、", "二、", "八、", "（一）") == [1, 1, 0, 2]
    assert depths("一、", "二、", "八、", "九、") == [1, 1, 1, 1]


def test_a_count_whose_beginning_is_lost_needs_a_number_that_goes_on() -> None:
    assert depths("第十节", "七、", "八、") == [1, 2, 2]
    assert depths("第十节", "七、", "（一）") == [1, 0, 2]


def test_a_row_that_numbers_a_table_inside_a_deeper_heading_is_none() -> None:
    assert depths("一、", "（一）", "1、", "一、", "2、")[3] == 0


def test_a_new_part_lets_every_count_begin_anew() -> None:
    assert depths("第三节", "三、", "第四节", "一、") == [1, 2, 1, 2]


def test_a_weak_heading_counts_only_where_it_continues_a_count() -> None:
    marks = [Mark(4, n, n, f"{n + 1}、", n + 1, "4、", weak=n > 0) for n in range(2)]
    first, second = Numbering(marks), Numbering(marks)
    assert [first.depth_of(mark) for mark in marks] == [1, 1]
    assert second.depth_of(marks[1]) == 0
